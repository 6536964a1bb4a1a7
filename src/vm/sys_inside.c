// sys_inside.c - functions of sys that look into the interpreter: frames, exceptions, interned strings, objects, coroutine origins.
// SPDX-License-Identifier: MIT
#include "vm/sys_inside.h"

#include "object/heap.h"
#include "object/object.h"
#include "object/str.h"
#include "object/struct_sequence.h"
#include "vm/frame.h"
#include "vm/op.h"

#define FUNCTION(name) KrValue kr_sys_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define UNUSED_SELF    ((void)vm, (void)self, (void)arg)

enum { THREAD = 1 }; // there is one thread, and that is its number

static KrValue by_thread(KrVm *vm, KrValue v) {
    KrValue dict = kr_is_error(v) ? v : kr_dict(vm);
    return kr_is_error(dict) || !kr_dict_set(vm, dict, kr_int_box(THREAD), v) ? KR_ERROR : dict;
}

FUNCTION(current_frames) {
    UNUSED_SELF;
    KrFrame *f = vm->thread.frame;
    KrFrameObject *o = f ? kr_frame_reify(vm, f) : NULL;
    if (f && !o) return KR_ERROR;
    return f ? by_thread(vm, kr_from_ptr(o)) : kr_dict(vm);
}

FUNCTION(current_exceptions) { return UNUSED_SELF, by_thread(vm, kr_handled(vm)); }

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
