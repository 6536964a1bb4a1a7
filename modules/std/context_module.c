// context_module.c - the _contextvars module: variables whose values belong to a context, and contexts.
//
// A context holds a dict {variable: value}. Copies share it until one of them is written to: so copying takes no time, and each task of an
// event loop can have its own. The current context is the thread's; there is none until somebody asks.
// SPDX-License-Identifier: MIT
#include "context.h"
#include "object/vm_state.h"

typedef struct {
    KrObject head;
    KrValue values;   // dict, KR_UNSET: empty
    KrValue previous; // while it is entered: the context before, or KR_UNSET
    bool shared;      // another context, or an iterator, has the same dict
    bool entered;
} Context;

typedef struct {
    KrObject head;
    KrValue name, initial; // KR_UNSET: no default
} Variable;

typedef struct {
    KrObject head;
    KrValue context, variable, old; // KR_UNSET: there was no value
    bool used;
} Token;

#define CONTEXT(v)         ((Context *)kr_ptr(v))
#define VARIABLE(v)        ((Variable *)kr_ptr(v))
#define TOKEN(v)           ((Token *)kr_ptr(v))
#define METHOD(noun, name) static KrValue noun##_##name(KrVm *vm, KrValue self, const KrValue *arg)

static const KrType context_type, variable_type, token_type;

// ---- Contexts --------------------------------------------------------------------------------------------------------------------

static KrValue context_new(KrVm *vm) {
    Context *c = kr_alloc(vm, &context_type.shape, sizeof *c);
    if (!c) return KR_ERROR;
    c->values = c->previous = KR_UNSET;
    return kr_from_ptr(c);
}

static KrValue context_current(KrVm *vm) {
    if (!kr_is_unset(vm->thread.context)) return vm->thread.context;
    KrValue made = context_new(vm);
    if (!kr_is_error(made)) vm->thread.context = made;
    return made;
}

static KrValue context_copy_of(KrVm *vm, KrValue from) {
    KrValue made = kr_is_error(from) ? from : context_new(vm);
    if (kr_is_error(made) || kr_is_unset(CONTEXT(from)->values)) return made;
    kr_store(vm, kr_ptr(made), &CONTEXT(made)->values, CONTEXT(from)->values);
    CONTEXT(made)->shared = CONTEXT(from)->shared = true;
    return made;
}

// The context's dict is its own afterwards.
static bool own_values(KrVm *vm, Context *c) {
    if (!kr_is_unset(c->values) && !c->shared) return true;
    KrValue fresh = kr_dict(vm), key, value;
    if (kr_is_error(fresh)) return false;
    if (!kr_is_unset(c->values))
        for (size_t at = 0; kr_dict_next(c->values, &at, &key, &value);)
            if (!kr_dict_set(vm, fresh, key, value)) return false;
    kr_store(vm, c, &c->values, fresh);
    c->shared = false;
    return true;
}

static bool context_find(KrVm *vm, KrValue context, KrValue variable, KrValue *value) {
    *value = KR_UNSET;
    return kr_is_unset(CONTEXT(context)->values) || kr_dict_find(vm, CONTEXT(context)->values, variable, value);
}

static bool look_up(KrVm *vm, KrValue self, KrValue key, KrValue *value) {
    if (kr_type_of(key) != &variable_type) return kr_fail(kr_raise(vm, &kr_type_error, "a ContextVar key was expected, got %R", key));
    return context_find(vm, self, key, value);
}

static KrValue context_getitem(KrVm *vm, KrValue self, KrValue key) {
    KrValue value;
    if (!look_up(vm, self, key, &value)) return KR_ERROR;
    return kr_is_unset(value) ? kr_raise_key(vm, key) : value;
}

static bool context_contains(KrVm *vm, KrValue self, KrValue key, bool *out) {
    KrValue value;
    return look_up(vm, self, key, &value) && (*out = !kr_is_unset(value), true);
}

METHOD(context, get) {
    KrValue value;
    if (!look_up(vm, self, arg[0], &value)) return KR_ERROR;
    return kr_is_unset(value) ? arg[1] : value;
}

static bool context_length(KrVm *vm, KrValue self, size_t *out) {
    (void)vm;
    return *out = kr_is_unset(CONTEXT(self)->values) ? 0 : kr_dict_len(CONTEXT(self)->values), true;
}

// An iterator over what the context holds now.
static KrValue iterate(KrVm *vm, KrValue self, const char *what) {
    Context *c = CONTEXT(self);
    if (kr_is_unset(c->values) && !own_values(vm, c)) return KR_ERROR;
    KrValue view = kr_call_method(vm, c->values, what, 0, NULL);
    if (kr_is_error(view)) return view;
    c->shared = true;
    return kr_iter(vm, view);
}

static KrValue context_iter(KrVm *vm, KrValue self) { return iterate(vm, self, "keys"); }
METHOD(context, keys) { return (void)arg, iterate(vm, self, "keys"); }
METHOD(context, values) { return (void)arg, iterate(vm, self, "values"); }
METHOD(context, items) { return (void)arg, iterate(vm, self, "items"); }
METHOD(context, copy) { return (void)arg, context_copy_of(vm, self); }

static KrValue context_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if ((op != KR_EQ && op != KR_NE) || kr_type_of(other) != &context_type) return KR_NOTIMPL;
    bool same = false;
    KrValue a = CONTEXT(self)->values, b = CONTEXT(other)->values;
    if (kr_is_unset(a) || kr_is_unset(b)) {
        size_t lengths[2];
        if (!context_length(vm, self, &lengths[0]) || !context_length(vm, other, &lengths[1])) return KR_ERROR;
        same = lengths[0] == lengths[1];
    } else if (!kr_equal(vm, a, b, &same)) {
        return KR_ERROR;
    }
    return kr_bool(same == (op == KR_EQ));
}

bool kr_is_context(KrValue v) { return kr_type_of(v) == &context_type; }

KrValue kr_context_copy(KrVm *vm) { return kr_is_unset(vm->thread.context) ? context_new(vm) : context_copy_of(vm, vm->thread.context); }

bool kr_context_enter(KrVm *vm, KrValue context) {
    Context *c = CONTEXT(context);
    if (c->entered) return kr_fail(kr_raise(vm, &kr_runtime_error, "cannot enter context: %R is already entered", context));
    kr_store(vm, c, &c->previous, vm->thread.context);
    c->entered = true;
    vm->thread.context = context;
    return true;
}

void kr_context_leave(KrVm *vm, KrValue context) {
    Context *c = CONTEXT(context);
    vm->thread.context = c->previous;
    kr_store(vm, c, &c->previous, KR_UNSET);
    c->entered = false;
}

// run(callable, /, *args, **kwargs)
METHOD(context, run) {
    size_t len;
    const KrValue *item = kr_tuple_items(arg[0], &len);
    if (!len) return kr_raise(vm, &kr_type_error, "run() missing 1 required positional argument");
    if (!kr_context_enter(vm, self)) return KR_ERROR;
    KrValue result;
    if (kr_is_unset(arg[1])) {
        result = kr_call(vm, item[0], len - 1, item + 1);
    } else {
        KrValue rest = kr_tuple(vm, len - 1, item + 1);
        result = kr_is_error(rest) ? rest : kr_call_args(vm, item[0], rest, arg[1]);
    }
    kr_context_leave(vm, self);
    return result;
}

METHOD(context, make) {
    (void)self;
    size_t len;
    kr_tuple_items(arg[0], &len);
    if (len || kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "Context() does not accept any arguments");
    return context_new(vm);
}

static void context_trace(KrTracer *tracer, KrObject *object) {
    kr_trace(tracer, ((Context *)object)->values);
    kr_trace(tracer, ((Context *)object)->previous);
}

static const KrMethod context_methods[] = {
    { "get(key, default=None, /)", context_get, KR_DOC("Return the value of the variable key, or default if it has none here."), 0 },
    { "items()", context_items, KR_DOC("Iterate over (variable, value)."), 0 },
    { "keys()", context_keys, KR_DOC("Iterate over the variables."), 0 },
    { "values()", context_values, KR_DOC("Iterate over the values."), 0 },
    { "copy()", context_copy, KR_DOC("Return a copy, in no time."), 0 },
    { "run(*args, **kwargs)", context_run, KR_DOC("Call callable(*args, **kwargs) in this context."), KR_NO_EMPTY_KEYWORDS },
    { 0 },
};
static const KrMethod context_make_row = { "Context(*args, **kwargs)", context_make, KR_NO_DOC, 0 };

static const KrType context_type = {
    KR_TYPE_HEAD(context_type),   .name = "_contextvars.Context", .module = "_contextvars",  .flags = KR_TYPE_WEAKREF | KR_TYPE_MAPPING,
    .size = sizeof(Context),      .methods = context_methods,     .make = &context_make_row, .trace = context_trace,
    .hash = kr_hash_unhashable,   .compare = context_compare,     .length = context_length,  .getitem = context_getitem,
    .contains = context_contains, .iter = context_iter,
};

// ---- Tokens ----------------------------------------------------------------------------------------------------------------------

static KrValue token_missing(KrVm *vm) { return kr_getattr_c(vm, kr_type_value(&token_type), "MISSING"); }
static KrValue token_var(KrVm *vm, KrValue self) { return (void)vm, TOKEN(self)->variable; }
static KrValue token_old_value(KrVm *vm, KrValue self) { return kr_is_unset(TOKEN(self)->old) ? token_missing(vm) : TOKEN(self)->old; }

static KrValue token_repr(KrVm *vm, KrValue self) {
    return kr_format(vm, "<Token%s var=%R at 0x%x>", TOKEN(self)->used ? " used" : "", TOKEN(self)->variable,
                     (size_t)(uintptr_t)kr_ptr(self));
}

METHOD(token, make) {
    (void)self, (void)arg;
    return kr_raise(vm, &kr_runtime_error, "Tokens can only be created by ContextVars");
}

static void token_trace(KrTracer *tracer, KrObject *object) {
    Token *t = (Token *)object;
    kr_trace(tracer, t->context);
    kr_trace(tracer, t->variable);
    kr_trace(tracer, t->old);
}

static const KrMethod token_methods[] = {
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrGetSet token_attributes[] = { { "var", token_var, NULL, NULL }, { "old_value", token_old_value, NULL, NULL }, { 0 } };
static const KrMethod token_make_row = { "Token(*args, **kwargs)", token_make, KR_NO_DOC, 0 };

static const KrType token_type = {
    KR_TYPE_HEAD(token_type), .name = "_contextvars.Token",   .module = "_contextvars", .size = sizeof(Token),
    .methods = token_methods, .attributes = token_attributes, .make = &token_make_row,  .trace = token_trace,
    .repr = token_repr,       .hash = kr_hash_unhashable,
};

static KrValue missing_repr(KrVm *vm, KrValue self) { return (void)self, kr_str_c(vm, "<Token.MISSING>"); }

static const KrType missing_type = {
    KR_TYPE_HEAD(missing_type), .name = "Token.MISSING", .flags = KR_TYPE_NO_NEW, .size = sizeof(KrObject), .repr = missing_repr,
};

// ---- Variables -------------------------------------------------------------------------------------------------------------------

METHOD(variable, get) {
    KrValue value = KR_UNSET;
    if (!kr_is_unset(vm->thread.context) && !context_find(vm, vm->thread.context, self, &value)) return KR_ERROR;
    if (!kr_is_unset(value)) return value;
    if (!kr_is_unset(arg[0])) return arg[0];
    if (!kr_is_unset(VARIABLE(self)->initial)) return VARIABLE(self)->initial;
    KrValue args = kr_tuple(vm, 1, &self);
    return kr_is_error(args) ? args : kr_raise_args(vm, &kr_lookup_error, args);
}

METHOD(variable, set) {
    KrValue context = context_current(vm), old;
    if (kr_is_error(context) || !context_find(vm, context, self, &old) || !own_values(vm, CONTEXT(context))) return KR_ERROR;
    Token *t = kr_alloc(vm, &token_type.shape, sizeof *t);
    if (!t) return KR_ERROR;
    t->context = context;
    t->variable = self;
    t->old = old;
    return kr_dict_set(vm, CONTEXT(context)->values, self, arg[0]) ? kr_from_ptr(t) : KR_ERROR;
}

METHOD(variable, reset) {
    if (kr_type_of(arg[0]) != &token_type) return kr_raise(vm, &kr_type_error, "expected an instance of Token, got %R", arg[0]);
    Token *t = TOKEN(arg[0]);
    if (t->used) return kr_raise(vm, &kr_runtime_error, "%R has already been used once", arg[0]);
    if (kr_ptr(t->variable) != kr_ptr(self)) return kr_raise(vm, &kr_value_error, "%R was created by a different ContextVar", arg[0]);
    KrValue context = context_current(vm);
    if (kr_is_error(context)) return context;
    if (kr_ptr(t->context) != kr_ptr(context)) return kr_raise(vm, &kr_value_error, "%R was created in a different Context", arg[0]);
    if (!own_values(vm, CONTEXT(context))) return KR_ERROR;
    t->used = true;
    bool found;
    bool done = kr_is_unset(t->old) ? kr_dict_delete(vm, CONTEXT(context)->values, self, &found)
                                    : kr_dict_set(vm, CONTEXT(context)->values, self, t->old);
    return done ? KR_NONE : KR_ERROR;
}

METHOD(variable, make) {
    (void)self;
    size_t len;
    const KrValue *item = kr_tuple_items(arg[0], &len);
    KrValue initial = KR_UNSET, key, value;
    for (size_t at = 0; kr_dict_next(arg[1], &at, &key, &value);) {
        if (kr_str_is(key, "default")) initial = value;
        else if (len) return kr_raise(vm, &kr_type_error, "ContextVar() got an unexpected keyword argument '%S'", key);
    }
    if (len > 1) return kr_raise(vm, &kr_type_error, "ContextVar() takes at most 1 positional argument (%u given)", len);
    if (!len) return kr_raise(vm, &kr_type_error, "ContextVar() takes exactly 1 positional argument (0 given)");
    if (!kr_is_str(item[0])) return kr_raise(vm, &kr_type_error, "context variable name must be a str");
    Variable *v = kr_alloc(vm, &variable_type.shape, sizeof *v);
    if (!v) return KR_ERROR;
    v->name = item[0];
    v->initial = initial;
    return kr_from_ptr(v);
}

static KrValue variable_name(KrVm *vm, KrValue self) { return (void)vm, VARIABLE(self)->name; }

static bool variable_set_name(KrVm *vm, KrValue self, KrValue value) {
    (void)self, (void)value;
    return kr_fail(kr_raise(vm, &kr_attribute_error, "readonly attribute"));
}

static KrValue variable_repr(KrVm *vm, KrValue self) {
    const Variable *v = VARIABLE(self);
    size_t address = (size_t)(uintptr_t)v;
    if (kr_is_unset(v->initial)) return kr_format(vm, "<ContextVar name=%R at 0x%x>", v->name, address);
    if (!kr_enter(vm, " while getting the repr of an object")) return KR_ERROR; // the default may hold the variable
    KrValue text = kr_format(vm, "<ContextVar name=%R default=%R at 0x%x>", v->name, v->initial, address);
    kr_leave(vm);
    return text;
}

static void variable_trace(KrTracer *tracer, KrObject *object) {
    kr_trace(tracer, ((Variable *)object)->name);
    kr_trace(tracer, ((Variable *)object)->initial);
}

static const KrMethod variable_methods[] = {
    { "get(default=<unset>, /)", variable_get,
      KR_DOC("Return the value in the current context, else default, else the variable's default. LookupError: there is none."), 0 },
    { "set(value, /)", variable_set, KR_DOC("Set the value in the current context; return a Token, with which reset() undoes it."), 0 },
    { "reset(token, /)", variable_reset, KR_DOC("Give the variable the value that it had before the set() that made token."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrGetSet variable_attributes[] = { { "name", variable_name, variable_set_name, NULL }, { 0 } };
static const KrMethod variable_make_row = { "ContextVar(*args, **kwargs)", variable_make, KR_NO_DOC, 0 };

static const KrType variable_type = {
    KR_TYPE_HEAD(variable_type),       .name = "_contextvars.ContextVar",
    .module = "_contextvars",          .flags = KR_TYPE_WEAKREF,
    .size = sizeof(Variable),          .methods = variable_methods,
    .attributes = variable_attributes, .make = &variable_make_row,
    .trace = variable_trace,           .repr = variable_repr,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------

static KrValue copy_context(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)self, (void)arg, context_copy_of(vm, context_current(vm));
}

static bool init(KrVm *vm, KrValue module) {
    (void)module;
    KrObject *missing = kr_alloc(vm, &missing_type.shape, sizeof *missing);
    return missing && kr_type_constant(vm, &token_type, "MISSING", kr_from_ptr(missing));
}

static const KrMethod functions[] = {
    { "copy_context()", copy_context, KR_DOC("Return a copy of the current context."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "Context", KR_CONST_TYPE, { .p = &context_type } },
    { "ContextVar", KR_CONST_TYPE, { .p = &variable_type } },
    { "Token", KR_CONST_TYPE, { .p = &token_type } },
    { 0 },
};

const KrModuleDef kr_context_module = { "_contextvars", KR_DOC("Context Variables"), functions, constants, init };
