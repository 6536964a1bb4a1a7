// int_type.c - the types int and bool: construction, slots and tables. Their arithmetic is in int_binary.c and int_power.c.
// SPDX-License-Identifier: MIT
#include "object/bytes.h"
#include "object/name_table.h"
#include "object/number.h"
#include "object/object.h"
#include "object/vm_state.h"
#include "object/type.h"

// ---- int(x) ----------------------------------------------------------------------------------------------------------------------

// What __int__ or __trunc__ returned, as a plain int.
static KrValue checked(KrVm *vm, KrValue v, const char *method) {
    if (kr_is_error(v) || kr_is_int(v) || kr_is_exact(v, &kr_int_type)) return v;
    if (!kr_is_integer(v)) return kr_raise(vm, &kr_type_error, "%s returned non-int (type %T)", method, v);
    if (!kr_warn(vm, &kr_deprecation_warning,
                 "%s returned non-int (type %T).  The ability to return an instance of a strict subclass of int is deprecated, and may be "
                 "removed in a future version of Python.",
                 method, v))
        return KR_ERROR;
    return kr_int_exact(vm, v);
}

static KrValue call_trunc(KrVm *vm, KrValue v) {
    if (!kr_warn(vm, &kr_deprecation_warning, "The delegation of int() to __trunc__ is deprecated.")) return KR_ERROR;
    KrValue r = kr_try_special(vm, v, KR_N(__trunc__), 0, NULL);
    if (kr_is_error(r)) return r;
    if (kr_is_integer(r)) return kr_int_exact(vm, r);
    if (!kr_is_unset(kr_type_lookup(vm, kr_type_of(r), KR_N(__index__)))) return kr_index(vm, r);
    return kr_raise(vm, &kr_type_error, "__trunc__ returned non-Integral (type %T)", r);
}

static KrValue from_buffer(KrVm *vm, KrValue v) {
    KrBuffer buffer;
    if (!kr_get_buffer(vm, v, &buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_exception) || kr_raised_is(vm, &kr_memory_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "int() argument must be a string, a bytes-like object or a real number, not '%T'", v);
    }
    KrValue shown = kr_bytes(vm, buffer.data, buffer.len);
    kr_release_buffer(vm, &buffer);
    if (kr_is_error(shown)) return shown;
    size_t len;
    const char *text = (const char *)kr_bytes_data(shown, &len);
    return kr_int_from_text(vm, text, len, 10, shown);
}

// A text of few digits and nothing else, as most are.
static bool few_digits(const KrStrObject *s, KrValue *out) {
    enum { FEW = KR_INT_BITS > 32 ? 12 : 8 };
    const char *text = kr_str_data(s);
    intptr_t n = 0;
    if (s->len == 0 || s->len > FEW) return false;
    for (size_t i = 0; i < s->len; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';
        if (digit > 9) return false;
        n = n * 10 + (intptr_t)digit;
    }
    return *out = kr_int_box(n), true;
}

KrValue kr_int_from_object(KrVm *vm, KrValue v) {
    if (kr_is_int(v) || kr_is_exact(v, &kr_int_type)) return v;
    KrValue n;
    if (kr_is_exact(v, &kr_str_type) && few_digits(kr_str_of(v), &n)) return n;
    const KrType *type = kr_type_of(v), *owner = KR_MORE_OWNER(type, unary);
    if (owner && (owner->more->unary_ops & KR_OP(KR_TO_INT))) {
        KrValue r = owner->more->unary(vm, KR_TO_INT, v);
        if (!kr_is_unset(r)) return checked(vm, r, "__int__");
    }
    if (owner && (owner->more->unary_ops & KR_OP(KR_TO_INDEX)) && !kr_is_unset(kr_type_lookup(vm, type, KR_N(__index__))))
        return kr_index(vm, v);
    if (!kr_is_unset(kr_type_lookup(vm, type, KR_N(__trunc__)))) return call_trunc(vm, v);
    if (kr_is_str(v)) {
        size_t len;
        const char *text = kr_str_text(v, &len);
        return kr_int_from_text(vm, text, len, 10, v);
    }
    return from_buffer(vm, v);
}

static KrValue with_base(KrVm *vm, KrValue v, KrValue base_value) {
    intptr_t base;
    if (!kr_to_index_clipped(vm, base_value, &base)) return KR_ERROR;
    if ((base != 0 && base < 2) || base > 36) return kr_raise(vm, &kr_value_error, "int() base must be >= 2 and <= 36, or 0");
    size_t len;
    const char *text;
    if (kr_is_str(v)) text = kr_str_text(v, &len);
    else if (kr_has_flag(v, KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY)) text = (const char *)kr_bytes_data(v, &len);
    else return kr_raise(vm, &kr_type_error, "int() can't convert non-string with explicit base");
    KrValue shown = kr_is_str(v) ? v : kr_bytes(vm, text, len); // a bytearray is shown as bytes
    return kr_is_error(shown) ? shown : kr_int_from_text(vm, text, len, (int)base, shown);
}

static KrValue int_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    KrValue v;
    size_t rest;
    kr_tuple_items(arg[2], &rest);
    if (rest && type != &kr_int_type) return kr_raise(vm, &kr_type_error, "int() takes at most 2 arguments (%u given)", rest + 2);
    if (rest) return kr_raise(vm, &kr_type_error, "int expected at most 2 arguments, got %u", rest + 2);
    if (kr_is_unset(arg[0])) {
        if (!kr_is_unset(arg[1])) return kr_raise(vm, &kr_type_error, "int() missing string argument");
        v = kr_int_box(0);
    } else {
        v = kr_is_unset(arg[1]) ? kr_int_from_object(vm, arg[0]) : with_base(vm, arg[0], arg[1]);
    }
    return type == &kr_int_type || kr_is_error(v) ? v : kr_int_subclass(vm, type, v);
}

// `rest` is there for the words of the error message alone.
static const KrMethod int_make_row = { "int(x=<unset>, /, base=<unset>, *rest)", int_make, "", 0 };

// ---- Slots -----------------------------------------------------------------------------------------------------------------------

static size_t int_var_size(const KrObject *o) { return offsetof(KrBigInt, limb) + ((const KrBigInt *)o)->len * sizeof(KrLimb); }

static KrValue int_repr(KrVm *vm, KrValue self) { return kr_int_text(vm, self, 10, false); }
static bool int_hash(KrVm *vm, KrValue self, KrHash *out) {
    if (kr_is_ptr(self)) kr_spend(vm, KR_AS(const KrBigInt, self)->len >> 3);
    return kr_int_hash(self, out);
}
static bool int_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = !kr_int_is_zero(self), true; }

static KrValue int_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    if (!kr_is_integer(other)) return KR_NOTIMPL;
    return kr_bool(kr_order_holds(kr_int_order(self, other), op));
}

#define BITWISE (KR_OP(KR_AND) | KR_OP(KR_OR) | KR_OP(KR_XOR))

static KrValue int_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (!kr_is_integer(left) || !kr_is_integer(right)) return KR_NOTIMPL;
    if ((BITWISE & KR_OP(op)) && kr_is_bool(left) && kr_is_bool(right)) // bool's operators, which it inherits from here
        return kr_bool(kr_is_true_value(kr_int_is_zero(kr_int_binary(vm, op, left, right)) ? KR_FALSE : KR_TRUE));
    return kr_int_binary(vm, op, left, right);
}

static KrValue negated(KrVm *vm, KrValue v) {
    if (!kr_is_ptr(v)) return kr_int(vm, -kr_int_word(v));
    KrIntView view;
    kr_int_view(v, &view);
    return kr_int_from_limbs(vm, view.limb, view.len, !view.negative && view.len);
}

static KrValue inverted(KrVm *vm, KrValue v) {
    if (kr_is_bool(v) &&
        !kr_warn(vm, &kr_deprecation_warning,
                 "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise "
                 "inversion of the underlying int object and is usually not what you expect from negating a bool. Use the "
                 "'not' operator for boolean negation or ~int(x) if you really want the bitwise inversion of the "
                 "underlying int."))
        return KR_ERROR;
    if (!kr_is_ptr(v)) return kr_int(vm, ~kr_int_word(v));
    KrIntView view;
    KrIntResult r;
    bool negative;
    kr_int_view(v, &view);
    if (!kr_int_result_open(vm, &r, (size_t)view.len + 1)) return KR_ERROR;
    size_t n = kr_limbs_not(r.limb, &negative, view.limb, view.len, view.negative);
    return kr_int_result_close(&r, n, negative);
}

static KrValue int_unary(KrVm *vm, KrUnary op, KrValue self) {
    double d;
    switch (op) {
    case KR_NEG: return negated(vm, self);
    case KR_INVERT: return inverted(vm, self);
    case KR_ABS: return kr_int_is_negative(self) ? negated(vm, self) : kr_int_exact(vm, self);
    case KR_TO_FLOAT: return kr_int_to_double(vm, self, &d) ? kr_float(vm, d) : KR_ERROR;
    default: return kr_int_exact(vm, self);
    }
}

// A float or a complex among the arguments refuses in its own words.
static KrValue int_power(KrVm *vm, KrValue base, KrValue exponent, KrValue modulus) {
    const KrValue all[3] = { base, exponent, modulus };
    for (size_t i = 0; i < 3; i++)
        if (!kr_is_integer(all[i])) return KR_NOTIMPL;
    return kr_int_power_modulo(vm, base, exponent, modulus);
}

#define ARITHMETIC \
    (KR_OP(KR_ADD) | KR_OP(KR_SUB) | KR_OP(KR_MUL) | KR_OP(KR_TRUEDIV) | KR_OP(KR_FLOORDIV) | KR_OP(KR_MOD) | KR_OP(KR_POW) | \
     KR_OP(KR_LSHIFT) | KR_OP(KR_RSHIFT) | KR_OP(KR_DIVMOD))

const KrType kr_int_type = {
    KR_TYPE_HEAD(kr_int_type),
    .name = "int",
    .doc = KR_DOC("int([x]) -> integer\nint(x, base=10) -> integer\n\nA number or text as an integer of any size; 0 without an argument. "
                  "Floats are cut off\ntowards zero. Text may have white space around it, a sign, and underscores between digits;\n"
                  "base is 2 to 36, or 0 to go by the prefix: 0b, 0o, 0x or none."),
    .flags = KR_TYPE_BASE | KR_TYPE_VAR | KR_TYPE_MATCH_SELF | KR_TYPE_IS_INT,
    .size = offsetof(KrBigInt, limb),
    .methods = kr_int_methods,
    .attributes = kr_int_attributes,
    .make = &int_make_row,
    .var_size = int_var_size,
    .repr = int_repr,
    .hash = int_hash,
    .truth = int_truth,
    .compare = int_compare,
    .binary_ops = ARITHMETIC | BITWISE,
    .binary = int_binary,
    .more = &(
        const KrMoreSlots){ .unary_ops = KR_OP(KR_UNARY_COUNT) - 1, .unary = int_unary, .power = int_power, .convert = kr_int_from_object },
};

// ---- bool ------------------------------------------------------------------------------------------------------------------------

static KrValue bool_make(KrVm *vm, KrValue self, const KrValue *arg) {
    bool truth;
    (void)self;
    return kr_truth(vm, arg[0], &truth) ? kr_bool(truth) : KR_ERROR;
}

static KrValue bool_convert(KrVm *vm, KrValue v) { return bool_make(vm, KR_UNSET, &v); }

static const KrMethod bool_make_row = { "bool(object=False, /)", bool_make, "", 0 };

static KrValue bool_repr(KrVm *vm, KrValue self) { return kr_name(vm, kr_is_true_value(self) ? "True" : "False"); }

const KrType kr_bool_type = {
    KR_TYPE_HEAD(kr_bool_type),
    .name = "bool",
    .doc = KR_DOC("The truth of the argument: True or False, which are the only two instances of bool.\n"
                  "They are ints as well, 1 and 0. There are no subclasses."),
    .flags = KR_TYPE_VAR | KR_TYPE_MATCH_SELF | KR_TYPE_IS_INT,
    .base = &kr_int_type,
    .size = offsetof(KrBigInt, limb),
    .make = &bool_make_row,
    .repr = bool_repr,
    .var_size = int_var_size,
    .more = &(const KrMoreSlots){ .convert = bool_convert },
};
