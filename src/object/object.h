// object.h - what any object can be asked for, beyond krait.h: protocols used inside the core.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_OBJECT_H
#define KR_OBJECT_OBJECT_H

#include <stdarg.h>

#include "krait.h"

// repr of containers: *again is set when v's repr is already on its way further up (print "[...]" then; do not call leave).
bool kr_repr_enter(KrVm *vm, KrValue v, bool *again) KR_RAISES;
void kr_repr_leave(KrVm *vm, KrValue v);

// Special methods: looked up on the type, never on the instance. *method is KR_UNSET when there is none; *self is KR_UNSET when the method
// found is bound already. Call with kr_call_special.
bool kr_find_special(KrVm *vm, KrValue object, KrValue name, KrValue *method, KrValue *self) KR_RAISES;
KrValue kr_call_special(KrVm *vm, KrValue method, KrValue self, size_t count, const KrValue *arg) KR_RAISES;
// kr_try_special (krait.h) finds and calls.

// Descriptors and attribute access, shared by types that have a getattr of their own.
bool kr_is_data_descriptor(KrVm *vm, KrValue v);
bool kr_descr_can_get(KrVm *vm, KrValue v); // has it a __get__?
KrValue kr_descr_get(KrVm *vm, KrValue v, KrValue object, const KrType *type) KR_RAISES;
bool kr_descr_set(KrVm *vm, KrValue descriptor, KrValue object, KrValue value) KR_RAISES;
KrValue kr_no_attribute(KrVm *vm, KrValue object, KrValue name);         // raises AttributeError
void kr_attribute_error_context(KrVm *vm, KrValue object, KrValue name); // sets .obj and .name of the AttributeError that is raised
KrValue kr_call_unbound(KrVm *vm, KrValue method, const KrValue *arg, size_t count, const KrType *type) KR_RAISES;
bool kr_is_slot_wrapper(KrValue v, KrValue name);                       // the builtin method of that name?
KrValue kr_module_no_attribute(KrVm *vm, KrValue module, KrValue name); // import_error.c

bool kr_is_iterator(KrVm *vm, KrValue v);
bool kr_iter_contains(KrVm *vm, KrValue iterable, KrValue item, bool *out) KR_RAISES; // by iteration
KrValue kr_sequence_iter(KrVm *vm, KrValue sequence) KR_RAISES;                       // by __getitem__(0), (1), ...
KrValue kr_callable_iter(KrVm *vm, KrValue callable, KrValue sentinel) KR_RAISES;
bool kr_hash_of_int(KrValue v, KrHash *out); // of what __hash__ returned
bool kr_int_negative(KrValue v);
bool kr_to_index_overflow(KrVm *vm, KrValue v, intptr_t *out) KR_RAISES; // OverflowError: cannot fit 'int' into an index-sized integer
KrValue kr_object_init(KrVm *vm, KrValue self, size_t count, KrValue names) KR_RAISES;
const char *kr_doc_body(const char *doc); // without the signature that it may begin with: "(function, /)\n\nText"
KrValue kr_native_text_signature(KrVm *vm, const KrMethod *row, bool method) KR_RAISES;
// user.c: operators of classes
// The class attribute that left op right asks first, if the right operand does not go first; KR_UNSET: there is none.
KrValue kr_user_operator(KrVm *vm, KrBinary op, const KrType *type);
KrValue kr_user_comparison(KrVm *vm, KrCompareOp op, const KrType *type);
// The rest of left op right when the left operand's method was called and has returned NotImplemented.
KrValue kr_binary_after(KrVm *vm, KrBinary op, KrValue left, KrValue right) KR_RAISES;
KrValue kr_compare_after(KrVm *vm, KrCompareOp op, KrValue left, KrValue right) KR_RAISES;
KrValue kr_user_plain(KrVm *vm, KrBinary op, KrValue self, KrValue other) KR_RAISES;
KrValue kr_user_reflected(KrVm *vm, KrBinary op, KrValue self, KrValue other) KR_RAISES;
bool kr_user_overrides(KrVm *vm, KrBinary op, KrValue self, const KrType *than);

KrValue kr_concat_error(KrVm *vm, KrValue left, KrValue right); // str.c: 'can only concatenate str (not "int") to str' and its like
void kr_name_error_context(KrVm *vm, KrValue name);             // sets .name of the NameError that is raised
KrValue kr_str_ascii(KrVm *vm, KrValue v) KR_RAISES;            // ascii(v)
// The next of an iterator whose items are pairs, without the tuple: KR_NONE, KR_DONE, KR_ERROR, or KR_UNSET: ask for the tuple.
KrValue kr_dict_next_pair(KrVm *vm, KrValue iterator, KrValue pair[2]) KR_RAISES;
KrValue kr_enumerate_next_pair(KrVm *vm, KrValue iterator, KrValue pair[2]) KR_RAISES;
KrValue kr_zip_next_pair(KrVm *vm, KrValue iterator, KrValue pair[2]) KR_RAISES;
KrValue kr_super_here(KrVm *vm) KR_RAISES; // super() in the running method
// Of a super object: the plain method behind, to be called with object. False: by other rules, or KR_ERROR in *function.
bool kr_super_method(KrVm *vm, KrValue super, KrValue name, KrValue *function, KrValue *object);
bool kr_super_context(KrVm *vm, KrValue *type, KrValue *self) KR_RAISES;  // of the running frame, for super()
KrValue kr_nearest_name(KrVm *vm, KrValue list, KrValue wrong) KR_RAISES; // of a list of names, by edit distance; None: none is near
bool kr_is_print(KrValue v);
KrValue kr_module_spec(KrVm *vm, KrValue name, KrValue origin, KrValue locations, const char *loader) KR_RAISES; // module_spec.c
KrValue kr_raise_cannot_import(KrVm *vm, KrValue module, KrValue package, KrValue name);
// A warning about a place in a module with these globals, where the place is remembered: each is shown once. globals may be KR_UNSET.
bool kr_warn_in(KrVm *vm, const KrType *category, KrValue message, KrValue filename, int line, KrValue globals) KR_RAISES;
bool kr_audit_wanted(const KrVm *vm); // vm/audit.c: somebody listens to events
bool kr_audit_event(KrVm *vm, const char *event, size_t count, const KrValue *arg) KR_RAISES;
// An attribute that says how code works is read; is set, or deleted where value is KR_UNSET.
bool kr_audit_getattr(KrVm *vm, KrValue object, const char *name) KR_RAISES;
bool kr_audit_setattr(KrVm *vm, KrValue object, const char *name, KrValue value) KR_RAISES;
// What nobody can catch: takes what is raised, and hands it to sys.unraisablehook or prints it.
void kr_report_unraisable(KrVm *vm, KrValue object);                                    // "Exception ignored in: <object>"
void kr_report_ignored(KrVm *vm, const char *format, ...);                              // under a line of its own
void kr_print_unraisable(KrVm *vm, KrValue exception, KrValue message, KrValue object); // message, object: may be None
bool kr_interrupted(KrVm *vm) KR_RAISES;                                                // signals that arrived; raises KeyboardInterrupt
void kr_weakref_run_callbacks(KrVm *vm);
KrValue kr_tuple_empty(KrVm *vm) KR_RAISES;
KrValue kr_bytes_empty(KrVm *vm) KR_RAISES;
bool kr_callable_type(const KrType *type);
bool kr_dir_class(KrVm *vm, KrValue cls, KrValue names) KR_RAISES;               // adds the names of a class and its bases to a dict
bool kr_isinstance_plain(KrVm *vm, KrValue v, KrValue cls, bool *out) KR_RAISES; // without __instancecheck__
bool kr_issubclass_plain(KrVm *vm, KrValue derived, KrValue cls, bool *out) KR_RAISES;
KrValue kr_generic_alias(KrVm *vm, KrValue origin, KrValue args) KR_RAISES;

KrValue kr_raise_formatted(KrVm *vm, const KrType *type, const char *format, va_list args);
KrValue kr_object_repr(KrVm *vm, KrValue v) KR_RAISES; // <module.Name object at 0x...>
const char *kr_type_name(const KrType *type);          // as messages show it; UTF-8
const char *kr_type_bare_name(const KrType *type);     // __name__ of a builtin type
extern const KrType kr_none_type, kr_notimpl_type, kr_ellipsis_type, kr_mappingproxy_type, kr_module_type, kr_super_type, kr_property_type,
    kr_staticmethod_type, kr_classmethod_type;

// Whether `order` (below 0, 0 or above: a < b, a == b, a > b) means that a op b.
static inline bool kr_order_holds(int order, KrCompareOp op) {
    switch (op) {
    case KR_LT: return order < 0;
    case KR_LE: return order <= 0;
    case KR_EQ: return order == 0;
    case KR_NE: return order != 0;
    case KR_GT: return order > 0;
    default: return order >= 0;
    }
}

static inline bool kr_is_module(KrValue v) { return kr_has_flag(v, KR_TYPE_OWN_DICT) && kr_isa(v, &kr_module_type); }

#endif
