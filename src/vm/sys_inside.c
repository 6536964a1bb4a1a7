// sys_inside.c - functions of sys that look into the interpreter: frames, exceptions, interned strings, objects, coroutine origins.
// SPDX-License-Identifier: MIT
#include "vm/sys_inside.h"

#include "object/heap.h"
#include "object/object.h"
#include "object/str.h"
#include "object/struct_sequence.h"
#include "vm/frame.h"
#include "vm/op.h"
#include "vm/thread.h"

#define FUNCTION(name) KrValue kr_sys_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define UNUSED_SELF    ((void)vm, (void)self, (void)arg)

static KrValue frame_of(KrVm *vm, KrThread *t) {
    KrFrameObject *o = t->frame ? kr_frame_reify(vm, t->frame) : NULL;
    return !t->frame ? KR_UNSET : o ? kr_from_ptr(o) : KR_ERROR;
}

static KrValue handled_by(KrVm *vm, KrThread *t) { return t == &vm->thread ? kr_handled(vm) : t->handled; }

// A dict from the numbers of threads to what find gives; KR_UNSET: nothing.
static KrValue by_thread(KrVm *vm, KrValue (*find)(KrVm *vm, KrThread *t)) {
    KrValue dict = kr_threads_begin(vm) ? kr_dict(vm) : KR_ERROR;
    const KrThreadRecord *at = NULL;
    KrThread *t;
    for (int64_t ident; !kr_is_error(dict) && kr_threads_next(vm, &at, &ident, &t);) {
        KrValue v = find(vm, t), key = kr_int(vm, ident);
        if (kr_is_error(v) || kr_is_error(key)) return KR_ERROR;
        if (!kr_is_unset(v) && !kr_dict_set(vm, dict, key, v)) return KR_ERROR;
    }
    return dict;
}

FUNCTION(current_frames) { return UNUSED_SELF, by_thread(vm, frame_of); }
FUNCTION(current_exceptions) { return UNUSED_SELF, by_thread(vm, handled_by); }

FUNCTION(is_interned) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "_is_interned() argument must be str, not %T", arg[0]);
    return kr_bool(kr_is_interned(arg[0]));
}

FUNCTION(is_gil_enabled) { return UNUSED_SELF, KR_TRUE; }

FUNCTION(clear_caches) {
    UNUSED_SELF;
    memset(vm->lookup, 0, sizeof vm->lookup);
    return KR_NONE;
}

static bool count_object(void *context, KrObject *o) { return (void)o, ++*(size_t *)context, true; }

FUNCTION(getallocatedblocks) {
    UNUSED_SELF;
    size_t count = 0;
    kr_collect(vm); // objects are told from garbage by a mark
    kr_heap_each(vm, count_object, &count);
    return kr_int(vm, (int64_t)count);
}

FUNCTION(getunicodeinternedsize) { return UNUSED_SELF, kr_int(vm, (int64_t)vm->intern.count); }
FUNCTION(cpu_count_config) { return UNUSED_SELF, kr_int_box(-1); }

// Without support for the `perf` tool, as CPython is where that does not exist.
FUNCTION(activate_trampoline) { return UNUSED_SELF, kr_raise(vm, &kr_value_error, "perf trampoline not available"); }
FUNCTION(deactivate_trampoline) { return UNUSED_SELF, KR_NONE; }
FUNCTION(is_trampoline_active) { return UNUSED_SELF, KR_FALSE; }

// ---- Where coroutines were made ------------------------------------------------------------------------------------------------

FUNCTION(get_origin_depth) { return UNUSED_SELF, kr_int_box((intptr_t)vm->origin_depth); }

FUNCTION(set_origin_depth) {
    intptr_t depth;
    (void)self;
    if (!kr_to_index(vm, arg[0], &depth)) return KR_ERROR;
    if (depth < 0) return kr_raise(vm, &kr_value_error, "depth must be >= 0");
    vm->origin_depth = depth > INT32_MAX ? INT32_MAX : (uint32_t)depth;
    return KR_NONE;
}

KrValue kr_coroutine_origin(KrVm *vm, const void *frame) {
    KrValue list = kr_list(vm, 0, NULL);
    uint32_t left = vm->origin_depth;
    for (const KrFrame *f = frame; f && left && !kr_is_error(list); f = f->prev, left--) {
        KrValue item[3] = { f->code->filename, kr_int_box((intptr_t)kr_frame_line(f)), f->code->name }, row = kr_tuple(vm, 3, item);
        if (kr_is_error(row) || !kr_list_append(vm, list, row)) return KR_ERROR;
    }
    return kr_is_error(list) ? list : kr_tuple_from(vm, list);
}

// ---- Values --------------------------------------------------------------------------------------------------------------------

KrValue kr_sys_thread_info(KrVm *vm) {
    static const char *const field[] = { "name", "lock", "version", NULL };
    KrValue item[3] = { kr_name(vm, "pthread"), KR_NONE, KR_NONE };
    return kr_is_error(item[0]) ? item[0] : kr_struct_sequence(vm, "sys.thread_info", field, item);
}

KrValue kr_sys_git(KrVm *vm) {
    KrValue item[3] = { kr_name(vm, "Krait"), vm->empty_str, vm->empty_str };
    return kr_is_error(item[0]) ? item[0] : kr_tuple(vm, 3, item);
}
