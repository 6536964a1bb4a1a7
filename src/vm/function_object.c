// function_object.c - Python functions as objects: their attributes, MAKEFUNC, and calling them from C.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/descriptor.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/shape.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/op.h"

#define SELF KR_AS(KrFunctionObject, self)

static void function_trace(KrTracer *tracer, KrObject *o) {
    KrFunctionObject *f = (KrFunctionObject *)o;
    const KrValue v[] = { f->globals,  f->builtins, f->closure, f->defaults,    f->kwdefaults, f->name,
                          f->qualname, f->module,   f->doc,     f->annotations, f->type_params };
    kr_trace_object(tracer, f->code);
    for (size_t i = 0; i < KR_COUNT_OF(v); i++) kr_trace(tracer, v[i]);
}

KrValue kr_function_new(KrVm *vm, KrCode *code, KrValue globals) {
    KrValue v = kr_alloc_instance(vm, &kr_function_type), module = KR_NONE, builtins = KR_UNSET;
    if (kr_is_error(v)) return v;
    KrFunctionObject *f = KR_AS(KrFunctionObject, v);
    f->code = code;
    f->globals = f->builtins = globals;
    f->closure = f->defaults = f->kwdefaults = f->annotations = f->doc = f->type_params = f->module = KR_NONE;
    f->name = code->name;
    f->qualname = code->qualname;
    if (!kr_dict_find(vm, globals, KR_N(__name__), &module) || !kr_dict_find(vm, globals, KR_N(__builtins__), &builtins)) return KR_ERROR;
    f->module = kr_is_unset(module) ? KR_NONE : module;
    if (kr_is_unset(builtins)) builtins = vm->builtins;
    f->builtins = kr_is_module(builtins) ? kr_from_ptr(KR_AS(KrModuleObject, builtins)->dict)
                  : kr_is_dict(builtins) ? builtins
                                         : kr_from_ptr(KR_AS(KrModuleObject, vm->builtins)->dict);
    if (code->flags & KR_CODE_DOCSTRING) f->doc = kr_tuple_items(code->consts, NULL)[0];
    return v;
}

KrValue kr_op_makefunc(KrVm *vm, KrFrame *frame, KrValue *window, unsigned flags, KrValue code) {
    KrValue v = kr_function_new(vm, KR_AS(KrCode, code), kr_from_ptr(frame->globals));
    if (kr_is_error(v)) return v;
    KrFunctionObject *f = KR_AS(KrFunctionObject, v);
    kr_store(vm, f, &f->builtins, kr_from_ptr(frame->builtins));
    if (flags & 1) kr_store(vm, f, &f->defaults, window[1]);
    if (flags & 2) kr_store(vm, f, &f->kwdefaults, window[2]);
    if (flags & 4) kr_store(vm, f, &f->annotations, window[3]);
    if (flags & 8) kr_store(vm, f, &f->closure, window[4]);
    return v;
}

static KrValue function_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    return kr_call_function(vm, SELF, arg, count, names);
}

static KrValue function_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    (void)type;
    return kr_is_unset(object) ? self : kr_bind_method(vm, self, object);
}

static KrValue function_repr(KrVm *vm, KrValue self) { return kr_format(vm, "<function %S at 0x%x>", SELF->qualname, (size_t)SELF); }

// ---- Attributes ----------------------------------------------------------------------------------------------------------------

static KrValue get_code(KrVm *vm, KrValue self) { return kr_audit_getattr(vm, self, "__code__") ? kr_from_ptr(SELF->code) : KR_ERROR; }
static KrValue get_globals(KrVm *vm, KrValue self) { return (void)vm, SELF->globals; }
static KrValue get_builtins(KrVm *vm, KrValue self) { return (void)vm, SELF->builtins; }
static KrValue get_closure(KrVm *vm, KrValue self) { return (void)vm, SELF->closure; }
static KrValue get_defaults(KrVm *vm, KrValue self) { return kr_audit_getattr(vm, self, "__defaults__") ? SELF->defaults : KR_ERROR; }
static KrValue get_kwdefaults(KrVm *vm, KrValue self) { return kr_audit_getattr(vm, self, "__kwdefaults__") ? SELF->kwdefaults : KR_ERROR; }
static KrValue get_name(KrVm *vm, KrValue self) { return (void)vm, SELF->name; }
static KrValue get_qualname(KrVm *vm, KrValue self) { return (void)vm, SELF->qualname; }
static KrValue get_module(KrVm *vm, KrValue self) { return (void)vm, SELF->module; }
static KrValue get_doc(KrVm *vm, KrValue self) { return (void)vm, SELF->doc; }
static KrValue get_type_params(KrVm *vm, KrValue self) { return kr_is_none(SELF->type_params) ? vm->empty_tuple : SELF->type_params; }

static KrValue get_annotations(KrVm *vm, KrValue self) {
    KrValue a = SELF->annotations;
    if (kr_is_dict(a)) return a;
    KrValue dict = kr_dict(vm);
    if (kr_is_error(dict)) return dict;
    size_t count = 0;
    const KrValue *item = kr_is_tuple(a) ? kr_tuple_items(a, &count) : NULL;
    for (size_t i = 0; i + 1 < count; i += 2)
        if (!kr_dict_set(vm, dict, item[i], item[i + 1])) return KR_ERROR;
    kr_store(vm, SELF, &SELF->annotations, dict);
    return dict;
}

static bool set_checked(KrVm *vm, KrValue self, KrValue *slot, KrValue v, bool ok, const char *message) {
    if (!ok) return kr_fail(kr_raise(vm, &kr_type_error, "%s", message));
    return kr_store(vm, SELF, slot, kr_is_unset(v) ? KR_NONE : v), true;
}

static bool set_code(KrVm *vm, KrValue self, KrValue v) {
    if (!kr_is_exact(v, &kr_code_type)) return kr_fail(kr_raise(vm, &kr_type_error, "__code__ must be set to a code object"));
    if (!kr_audit_setattr(vm, self, "__code__", v)) return false;
    size_t have = 0, want;
    if (kr_is_tuple(SELF->closure)) kr_tuple_items(SELF->closure, &have);
    kr_tuple_items(KR_AS(KrCode, v)->frees, &want);
    if (have != want)
        return kr_fail(kr_raise(vm, &kr_value_error, "%S() requires a code object with %u free vars, not %u", SELF->name, have, want));
    KR_STORE_PTR(vm, SELF, SELF->code, KR_AS(KrCode, v));
    return true;
}

static bool set_defaults(KrVm *vm, KrValue self, KrValue v) {
    bool good = kr_is_unset(v) || kr_is_none(v) || kr_is_tuple(v);
    if (good && !kr_audit_setattr(vm, self, "__defaults__", v)) return false;
    return set_checked(vm, self, &SELF->defaults, v, good, "__defaults__ must be set to a tuple object");
}
static bool set_kwdefaults(KrVm *vm, KrValue self, KrValue v) {
    bool good = kr_is_unset(v) || kr_is_none(v) || kr_is_dict(v);
    if (good && !kr_audit_setattr(vm, self, "__kwdefaults__", v)) return false;
    return set_checked(vm, self, &SELF->kwdefaults, v, good, "__kwdefaults__ must be set to a dict object");
}
static bool set_name(KrVm *vm, KrValue self, KrValue v) {
    return set_checked(vm, self, &SELF->name, v, kr_is_str(v), "__name__ must be set to a string object");
}
static bool set_qualname(KrVm *vm, KrValue self, KrValue v) {
    return set_checked(vm, self, &SELF->qualname, v, kr_is_str(v), "__qualname__ must be set to a string object");
}
static bool set_module(KrVm *vm, KrValue self, KrValue v) { return set_checked(vm, self, &SELF->module, v, true, ""); }
static bool set_doc(KrVm *vm, KrValue self, KrValue v) { return set_checked(vm, self, &SELF->doc, v, true, ""); }
static bool set_annotations(KrVm *vm, KrValue self, KrValue v) {
    return set_checked(vm, self, &SELF->annotations, v, kr_is_unset(v) || kr_is_none(v) || kr_is_dict(v),
                       "__annotations__ must be set to a dict object");
}
static bool set_type_params(KrVm *vm, KrValue self, KrValue v) {
    return set_checked(vm, self, &SELF->type_params, v, kr_is_tuple(v), "__type_params__ must be set to a tuple");
}

static const KrGetSet function_attributes[] = {
    { "__code__", get_code, set_code, "" },
    { "__globals__", get_globals, kr_read_only, "" },
    { "__builtins__", get_builtins, kr_read_only, "" },
    { "__closure__", get_closure, kr_read_only, "" },
    { "__defaults__", get_defaults, set_defaults, "" },
    { "__kwdefaults__", get_kwdefaults, set_kwdefaults, "" },
    { "__name__", get_name, set_name, "" },
    { "__qualname__", get_qualname, set_qualname, "" },
    { "__module__", get_module, set_module, "" },
    { "__doc__", get_doc, set_doc, "" },
    { "__annotations__", get_annotations, set_annotations, "" },
    { "__type_params__", get_type_params, set_type_params, "" },
    { 0 },
};

static KrValue function_make(KrVm *vm, KrValue type, const KrValue *arg) {
    (void)type;
    KrValue code = arg[0], globals = arg[1], name = arg[2], defaults = arg[3], closure = arg[4], kwdefaults = arg[5];
    size_t want, have = 0;
    if (!kr_is_exact(code, &kr_code_type)) return kr_raise(vm, &kr_type_error, "function() argument 'code' must be code, not %T", code);
    if (!kr_is_dict(globals)) return kr_raise(vm, &kr_type_error, "function() argument 'globals' must be dict, not %T", globals);
    kr_tuple_items(KR_AS(KrCode, code)->frees, &want);
    if (!kr_is_none(name) && !kr_is_str(name)) return kr_raise(vm, &kr_type_error, "arg 3 (name) must be None or string");
    if (!kr_is_none(defaults) && !kr_is_tuple(defaults)) return kr_raise(vm, &kr_type_error, "arg 4 (defaults) must be None or tuple");
    if (!kr_is_none(kwdefaults) && !kr_is_dict(kwdefaults)) return kr_raise(vm, &kr_type_error, "arg 6 (kwdefaults) must be None or dict");
    if (want && kr_is_none(closure)) return kr_raise(vm, &kr_type_error, "arg 5 (closure) must be tuple");
    if (!kr_is_none(closure) && !kr_is_tuple(closure)) return kr_raise(vm, &kr_type_error, "arg 5 (closure) must be None or tuple");
    const KrValue *cell = kr_is_tuple(closure) ? kr_tuple_items(closure, &have) : NULL;
    if (want != have)
        return kr_raise(vm, &kr_value_error, "%S requires closure of length %u, not %u", KR_AS(KrCode, code)->name, want, have);
    for (size_t i = 0; i < have; i++)
        if (!kr_is_exact(cell[i], &kr_cell_type)) return kr_raise(vm, &kr_type_error, "arg 5 (closure) expected cell, found %T", cell[i]);
    KrValue v = kr_function_new(vm, KR_AS(KrCode, code), globals);
    if (kr_is_error(v)) return v;
    KrFunctionObject *f = KR_AS(KrFunctionObject, v);
    if (kr_is_str(name)) kr_store(vm, f, &f->name, name);
    kr_store(vm, f, &f->defaults, defaults);
    kr_store(vm, f, &f->closure, closure);
    kr_store(vm, f, &f->kwdefaults, kwdefaults);
    return v;
}

static const KrMethod function_new = { "function(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)", function_make,
                                       KR_DOC("Create a function object."), 0 };

const KrType kr_function_type = {
    KR_TYPE_HEAD(kr_function_type),
    .doc = KR_DOC("Create a function object.\n\n  code\n    a code object\n  globals\n    the globals dictionary"),
    .name = "function",
    .size = sizeof(KrFunctionObject),
    .flags = KR_TYPE_HAS_DICT | KR_TYPE_DESCR_METHOD | KR_TYPE_WEAKREF,
    .trace = function_trace,
    .call = function_call,
    .descr_get = function_get,
    .repr = function_repr,
    .attributes = function_attributes,
    .make = &function_new,
};

// ---- What other parts ask of running frames ------------------------------------------------------------------------------------

KrValue kr_calling_module_name(KrVm *vm) {
    KrValue v = KR_UNSET;
    if (!vm->thread.frame) return v;
    return kr_dict_find(vm, kr_from_ptr(vm->thread.frame->globals), KR_N(__name__), &v) ? v : KR_ERROR;
}

static KrValue unwrap_cell(KrValue v) { return kr_is_exact(v, &kr_cell_type) ? KR_AS(KrCellObject, v)->value : v; }

bool kr_super_context(KrVm *vm, KrValue *type, KrValue *self) {
    KrFrame *f = vm->thread.frame;
    if (!f) return kr_fail(kr_raise(vm, &kr_runtime_error, "super(): no current frame"));
    if (!f->code->npos) return kr_fail(kr_raise(vm, &kr_runtime_error, "super(): no arguments"));
    *self = f->code->local_kinds && (f->code->local_kinds[0] & KR_LOCAL_CELL) ? unwrap_cell(f->base[0]) : f->base[0];
    if (kr_is_unset(*self)) return kr_fail(kr_raise(vm, &kr_runtime_error, "super(): arg[0] deleted"));
    size_t count;
    const KrValue *name = kr_tuple_items(f->code->frees, &count);
    for (size_t i = 0; i < count; i++) {
        if (!kr_same(name[i], KR_N(__class__))) continue;
        *type = unwrap_cell(kr_tuple_items(KR_AS(KrFunctionObject, f->base[-1])->closure, NULL)[i]);
        if (kr_is_unset(*type)) return kr_fail(kr_raise(vm, &kr_runtime_error, "super(): empty __class__ cell"));
        if (!kr_is_type(*type)) return kr_fail(kr_raise(vm, &kr_runtime_error, "super(): __class__ is not a type (%T)", *type));
        return true;
    }
    return kr_fail(kr_raise(vm, &kr_runtime_error, "super(): __class__ cell not found"));
}
