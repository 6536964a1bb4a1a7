// micropython_module.c - the _micropython module: what lib/micropython.py and lib/uctypes.py need of the interpreter.
// SPDX-License-Identifier: MIT
#include "compile/compiler.h"
#include "object/heap.h"
#include "object/object.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "object/weakref.h"
#include "vm/frame.h"
#include "vm/schedule.h"

#include "../modules/modules.h"

#define FUNCTION(name) static KrValue name(KrVm *vm, KR_UNUSED KrValue self, KR_UNUSED const KrValue *arg)

FUNCTION(schedule) {
    if (!kr_callable(arg[0])) return kr_raise(vm, &kr_type_error, "schedule() argument 1 must be callable, not %T", arg[0]);
    return kr_schedule(vm, arg[0], arg[1]) ? KR_NONE : KR_ERROR;
}

FUNCTION(interrupt) { // takes the argument that schedule() gives
    return kr_interrupt(vm), KR_NONE;
}

FUNCTION(stack_use) {
    const char here = 0, *base = vm->thread.c_stack_base;
    const KrFrame *f = vm->thread.frame;
    const KrValue *top = f ? f->top : vm->thread.stack_start; // registers of Python functions
    size_t registers = top > vm->thread.stack_start && top <= vm->thread.stack_end ? (size_t)(top - vm->thread.stack_start) : 0;
    return kr_int(vm, (int64_t)((size_t)(base - &here) + registers * sizeof(KrValue)));
}

FUNCTION(interned) {
    size_t bytes = 0;
    for (size_t i = 0; vm->intern.item && i <= vm->intern.mask; i++)
        if (vm->intern.item[i]) bytes += sizeof(KrStrObject) + ((const KrStrObject *)vm->intern.item[i])->len + 1;
    KrValue item[2] = { kr_int(vm, (int64_t)vm->intern.count), kr_int(vm, (int64_t)bytes) };
    return kr_tuple(vm, 2, item);
}

FUNCTION(interned_names) {
    KrValue out = kr_list(vm, 0, NULL);
    for (size_t i = 0; !kr_is_error(out) && vm->intern.item && i <= vm->intern.mask; i++)
        if (vm->intern.item[i] && !kr_list_append(vm, out, kr_from_ptr(vm->intern.item[i]))) return KR_ERROR;
    return out;
}

FUNCTION(opt_level) {
    int64_t level;
    if (kr_is_unset(arg[0])) return kr_int_box(vm->opt_level ? vm->opt_level : (vm->compile_flags & KR_COMPILE_NO_ASSERTS) != 0);
    if (!kr_to_int64(vm, arg[0], &level)) return KR_ERROR;
    if (level < 0 || level > 3) return kr_raise(vm, &kr_value_error, "opt_level() argument must be 0 to 3, not %z", (intptr_t)level);
    vm->opt_level = (uint8_t)level;
    vm->compile_flags = (vm->compile_flags & ~(unsigned)KR_COMPILE_NO_ASSERTS) | (level ? KR_COMPILE_NO_ASSERTS : 0);
    return KR_NONE;
}

FUNCTION(heap_lock) {
    kr_heap_lock(vm, 1);
    return KR_NONE;
}

FUNCTION(heap_unlock) {
    if (!vm->heap.locked) return kr_raise(vm, &kr_runtime_error, "the heap is not locked");
    kr_heap_lock(vm, -1);
    return kr_int_box((intptr_t)vm->heap.locked);
}

FUNCTION(heap_locked) { return kr_int_box((intptr_t)vm->heap.locked); }

// Bytes from the beginning of one object's memory to that of another.
FUNCTION(distance) {
    KrBuffer to, from;
    if (!kr_get_buffer(vm, arg[0], &to, KR_BUFFER_READ)) return KR_ERROR;
    if (!kr_get_buffer(vm, arg[1], &from, KR_BUFFER_READ)) return kr_release_buffer(vm, &to), KR_ERROR;
    int64_t n = (int64_t)((intptr_t)to.data - (intptr_t)from.data);
    kr_release_buffer(vm, &from);
    kr_release_buffer(vm, &to);
    return kr_int(vm, n);
}

FUNCTION(weak) {
    if (!kr_is_ptr(arg[0])) return kr_raise(vm, &kr_type_error, "cannot create weak reference to '%T' object", arg[0]);
    return kr_weakref_new_any(vm, &kr_weakref_type, arg[0], KR_NONE);
}

static const KrMethod functions[] = {
    { "schedule(func, arg, /)", schedule, KR_DOC("Call func(arg) very soon: between two instructions, and not within another such call."),
      0 },
    { "interrupt(arg, /)", interrupt, KR_DOC("Raise KeyboardInterrupt soon, as Ctrl-C does."), 0 },
    { "stack_use()", stack_use, KR_DOC("Bytes of stack in use; for differences."), 0 },
    { "interned()", interned, KR_DOC("How many strings are interned, beside those that are part of the binary, and their bytes."), 0 },
    { "interned_names()", interned_names, KR_DOC("The strings that interned() counts."), 0 },
    { "opt_level(level=<unset>, /)", opt_level,
      KR_DOC("Set how code is compiled from now on: at 1 and more without assertions, with __debug__ False. Without argument: the level."),
      0 },
    { "heap_lock()", heap_lock, KR_DOC("From now on, whatever needs memory raises MemoryError."), 0 },
    { "heap_unlock()", heap_unlock, KR_DOC("Take back one heap_lock(). Return how many are left."), 0 },
    { "heap_locked()", heap_locked, KR_DOC("How many times the heap is locked."), 0 },
    { "distance(to, origin, /)", distance, KR_DOC("Bytes from the beginning of one object's memory to that of another."), 0 },
    { "weak(obj, /)", weak, KR_DOC("A weak reference to any object."), 0 },
    { 0 },
};

const KrModuleDef kr_micropython_module = { "_micropython", KR_DOC("Interpreter support for MicroPython's modules."), functions, NULL,
                                            NULL };
