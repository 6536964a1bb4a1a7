// op.h - what instructions do when the loop's fast paths do not apply. Each raises or returns as its prototype says.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_OP_H
#define KR_VM_OP_H

#include "vm/frame.h"

enum { // KrCache.kind
    KR_CACHE_NONE,
    KR_CACHE_SLOT,        // instance attribute inside the object; index: byte offset
    KR_CACHE_OVERFLOW,    // in the overflow; index: slot there
    KR_CACHE_MEMBER,      // __slots__ inside; index: byte offset; checked against the type's version
    KR_CACHE_VALUE,       // found on the type, no descriptor: value. GETMETHOD: any class attribute used as it is
    KR_CACHE_METHOD,      // function or method descriptor found on the type: value, called with self
    KR_CACHE_PROPERTY,    // GETATTR: value is the property; checked against the type's version
    KR_CACHE_GETTER,      // GETATTR: value is a data descriptor of a static type: asked; checked against the type's version
    KR_CACHE_FOR_CLASS,   // GETMETHOD: a class method's function, called with the class: value
    KR_CACHE_CLASS,       // attribute of a class: guard is the class, version its own; value
    KR_CACHE_CLASS_BOUND, // the same, GETMETHOD: called with the class
    KR_CACHE_MODULE,      // module attribute: guard is the module, version its dict's; value: address of the value
    KR_CACHE_ADD,         // SETATTR: new attribute; value: the new shape; index: byte offset
    KR_CACHE_GLOBAL,      // guard: address of the value in the globals, version: theirs
    KR_CACHE_BUILTIN,     // the same in the builtins; value: the builtins' version
};

// An address kept in a cache as something that is no object.
static inline KrValue kr_address_box(const void *p) { return kr_int_box((intptr_t)((uintptr_t)p >> 1)); }
static inline KrValue *kr_address_unbox(KrValue v) { return (KrValue *)((uintptr_t)kr_int_value(v) << 1); }

// Variables
KrValue kr_op_getglobal(KrVm *vm, KrFrame *f, uint32_t ext) KR_RAISES;
bool kr_op_setglobal(KrVm *vm, KrFrame *f, uint32_t ext, KrValue v) KR_RAISES;
bool kr_op_delglobal(KrVm *vm, KrFrame *f, uint32_t ext) KR_RAISES;
KrValue kr_op_getname(KrVm *vm, KrFrame *f, uint32_t ext) KR_RAISES;
bool kr_op_setname(KrVm *vm, KrFrame *f, uint32_t ext, KrValue v) KR_RAISES;
bool kr_op_delname(KrVm *vm, KrFrame *f, uint32_t ext) KR_RAISES;
KrValue kr_op_getclassfree(KrVm *vm, KrFrame *f, unsigned slot, uint32_t ext) KR_RAISES;
KrValue kr_op_getclassglobal(KrVm *vm, KrFrame *f, KrValue mapping, unsigned slot, uint32_t ext) KR_RAISES;
KrValue kr_op_unbound_local(KrVm *vm, KrFrame *f, unsigned reg);
KrValue kr_op_unbound_free(KrVm *vm, KrFrame *f, unsigned slot);
bool kr_op_annotations(KrVm *vm, KrFrame *f) KR_RAISES;
// Attributes
KrValue kr_op_getattr(KrVm *vm, KrFrame *f, KrValue o, uint32_t ext) KR_RAISES;
bool kr_op_setattr(KrVm *vm, KrFrame *f, KrValue o, KrValue v, uint32_t ext) KR_RAISES;
bool kr_op_getmethod(KrVm *vm, KrFrame *f, KrValue o, uint32_t ext, KrValue *window) KR_RAISES;
// Items and iteration
KrValue kr_op_getslice(KrVm *vm, KrValue o, KrValue start, KrValue stop) KR_RAISES;
bool kr_op_unpack(KrVm *vm, KrValue v, KrValue *into, size_t count) KR_RAISES;
KrValue kr_op_unpack_tuple(KrVm *vm, KrValue v, size_t before, intptr_t after) KR_RAISES; // after: -1: no star
bool kr_op_unpack_star(KrVm *vm, KrValue v, KrValue *into, size_t before, size_t after) KR_RAISES;
bool kr_op_extend(KrVm *vm, KrValue list, KrValue v, KrValue callable) KR_RAISES; // callable: whose arguments these are, or KR_UNSET
KrValue kr_op_dict(KrVm *vm, const KrValue *pair, size_t count) KR_RAISES;
bool kr_op_dict_update(KrVm *vm, KrValue dict, KrValue v) KR_RAISES;
bool kr_op_dict_merge(KrVm *vm, KrValue dict, KrValue v, KrValue callable) KR_RAISES;
// CALLEX's operands behind the callable: the iterable becomes a tuple or a list, the mapping a dict.
bool kr_op_spread(KrVm *vm, KrValue *window, unsigned how) KR_RAISES;
KrValue kr_op_format(KrVm *vm, KrValue v, KrValue spec, unsigned how) KR_RAISES;
// Functions and classes
KrValue kr_op_makefunc(KrVm *vm, KrFrame *f, KrValue *window, unsigned flags, KrValue code) KR_RAISES;
KrValue kr_op_intrinsic(KrVm *vm, KrFrame *f, KrValue *window, unsigned which) KR_RAISES;
// Exceptions
bool kr_op_match(KrVm *vm, KrValue exc, KrValue type, bool *out) KR_RAISES;
KrValue kr_op_raise(KrVm *vm, KrValue exc, KrValue cause, unsigned how);
KrValue kr_op_reraise(KrVm *vm, KrValue exc);
bool kr_op_group_match(KrVm *vm, KrValue exc, KrValue type, KrValue out[2]) KR_RAISES;
KrValue kr_op_group_raise(KrVm *vm, KrValue original, KrValue rest, KrValue raised) KR_RAISES;
bool kr_op_with_enter(KrVm *vm, KrValue manager, bool async, KrValue out[2]) KR_RAISES;
KrValue kr_op_with_exit(KrVm *vm, KrValue exit, KrValue exc) KR_RAISES;
// Coroutines
KrValue kr_op_getawait(KrVm *vm, KrValue v, unsigned from) KR_RAISES;
KrValue kr_op_yield_iter(KrVm *vm, KrFrame *f, KrValue v) KR_RAISES;
KrValue kr_op_aiter(KrVm *vm, KrValue v) KR_RAISES;
KrValue kr_op_anext(KrVm *vm, KrValue v) KR_RAISES;
KrValue kr_op_yield_from(KrVm *vm, KrValue iterator, KrValue value, bool *done) KR_RAISES;
bool kr_op_generator_failed(KrVm *vm, KrGenerator *g); // StopIteration leaves a generator as RuntimeError
// Imports
KrValue kr_op_import(KrVm *vm, KrFrame *f, KrValue name, KrValue fromlist, KrValue level) KR_RAISES;
KrValue kr_op_import_from(KrVm *vm, KrValue module, KrValue name) KR_RAISES;
bool kr_op_import_star(KrVm *vm, KrFrame *f, KrValue module) KR_RAISES;
// Patterns
KrValue kr_op_match_keys(KrVm *vm, KrValue subject, KrValue keys) KR_RAISES;
KrValue kr_op_match_class(KrVm *vm, KrValue subject, KrValue cls, size_t positional, KrValue names) KR_RAISES;
// Polls: limits, signals, finalizers, hooks. False: raised.
bool kr_poll_slow(KrVm *vm) KR_RAISES;
bool kr_hook_line(KrVm *vm, KrFrame *f) KR_RAISES;
bool kr_hook_call(KrVm *vm, KrFrame *f) KR_RAISES;
bool kr_hook_return(KrVm *vm, KrFrame *f, KrValue result) KR_RAISES; // result KR_ERROR: left by an exception
bool kr_hook_throw(KrVm *vm, KrFrame *f) KR_RAISES;
bool kr_hook_exception(KrVm *vm, KrFrame *f);
bool kr_hook_reraise(KrVm *vm, KrFrame *f);
bool kr_hook_stop(KrVm *vm, KrFrame *f, KrValue value, KrValue stop, bool loop) KR_RAISES; // one of the two values is unset
bool kr_hook_handled(KrVm *vm, KrFrame *f, KrValue exception) KR_RAISES;
KrValue kr_raise_recursion(KrVm *vm);
KrValue kr_suggest_keyword(KrVm *vm, KrFunctionObject *f, KrValue name) KR_RAISES; // the parameter that was meant, or None
KrValue kr_raise_unexpected_keyword(KrVm *vm, KrFunctionObject *f, KrValue name);

#endif
