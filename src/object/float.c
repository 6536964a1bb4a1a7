// float.c - the type float: values, arithmetic, exact comparison with ints, construction, text.
// SPDX-License-Identifier: MIT
#include "base/double_math.h"
#include "base/double_text.h"
#include "base/hash.h"
#include "object/bytes.h"
#include "object/name_table.h"
#include "object/number.h"
#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/vm_state.h"

// ---- Values ----------------------------------------------------------------------------------------------------------------------

#if KR_TAGGED
KrValue kr_float_object(KrVm *vm, double d) {
    KrFloatObject *f = kr_alloc(vm, &kr_float_type.shape, sizeof *f);
    if (!f) return KR_ERROR;
    f->value = d;
    return kr_from_ptr(f);
}
#else
KrValue kr_float_object(KrVm *vm, double d) { return (void)vm, kr_double_box(d); }
#endif

double kr_float_value(KrValue v) { return kr_is_double(v) ? kr_double_unbox(v) : KR_AS(const KrFloatObject, v)->value; }

KrValue kr_float_from_bits(KrVm *vm, uint64_t bits) {
    double d = kr_double_from_bits(bits);
    if (kr_isnan(d)) d = kr_double_from_bits((bits & KR_DOUBLE_SIGN_BIT) | KR_DOUBLE_NAN_BITS);
    return kr_float(vm, d);
}

// ---- Arithmetic ------------------------------------------------------------------------------------------------------------------

static KrValue by_zero(KrVm *vm, const char *what) { return kr_raise(vm, &kr_zero_division_error, what); }

static KrValue power(KrVm *vm, double x, double y) {
    bool finite = kr_isfinite(x) && kr_isfinite(y);
    if (x == 0 && y < 0 && finite) return by_zero(vm, "0.0 cannot be raised to a negative power");
    if (x < 0 && finite && kr_floor(y) != y) return kr_complex_power(vm, (KrComplex){ x, 0 }, (KrComplex){ y, 0 });
    double r = kr_pow(x, y);
    if (KR_LIKELY(!kr_isinf(r) || !finite)) return kr_float(vm, r);
    KrValue text = kr_str_c(vm, "Numerical result out of range");
    KrValue args = kr_is_error(text) ? text : kr_tuple2(vm, kr_int_box(34), text); // ERANGE
    return kr_is_error(args) ? args : kr_raise_args(vm, &kr_overflow_error, args);
}

static KrValue divide_floored(KrVm *vm, double x, double y) {
    if (y == 0) return by_zero(vm, "float divmod()");
    KrValue q = kr_float(vm, kr_double_floordiv(x, y)), r = kr_float(vm, kr_double_mod(x, y));
    return kr_is_error(q) || kr_is_error(r) ? KR_ERROR : kr_tuple2(vm, q, r);
}

KrValue kr_float_binary(KrVm *vm, KrBinary op, double a, double b) {
    switch (op) {
    case KR_ADD: return kr_float(vm, a + b);
    case KR_SUB: return kr_float(vm, a - b);
    case KR_MUL: return kr_float(vm, a * b);
    case KR_TRUEDIV: return b != 0 ? kr_float(vm, a / b) : by_zero(vm, "float division by zero");
    case KR_FLOORDIV: return b != 0 ? kr_float(vm, kr_double_floordiv(a, b)) : by_zero(vm, "float floor division by zero");
    case KR_MOD: return b != 0 ? kr_float(vm, kr_double_mod(a, b)) : by_zero(vm, "float modulo by zero");
    case KR_POW: return power(vm, a, b);
    case KR_DIVMOD: return divide_floored(vm, a, b);
    default: return KR_NOTIMPL;
    }
}

// An operand as a double; *foreign when it is no real number.
static bool operand(KrVm *vm, KrValue v, double *out, bool *foreign) {
    if (KR_LIKELY(kr_is_float(v))) return *out = kr_float_value(v), true;
    if (kr_is_integer(v)) return kr_int_to_double(vm, v, out);
    *foreign = true;
    return false;
}

static KrValue float_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    double a, b;
    bool foreign = false;
    if (!operand(vm, left, &a, &foreign) || !operand(vm, right, &b, &foreign)) return foreign ? KR_NOTIMPL : KR_ERROR;
    return kr_float_binary(vm, op, a, b);
}

static KrValue float_power(KrVm *vm, KrValue base, KrValue exponent, KrValue modulus) {
    (void)base, (void)exponent, (void)modulus;
    return kr_raise(vm, &kr_type_error, "pow() 3rd argument not allowed unless all arguments are integers");
}

static KrValue float_unary(KrVm *vm, KrUnary op, KrValue self) {
    double x = kr_float_value(self);
    switch (op) {
    case KR_NEG: return kr_float(vm, -x);
    case KR_ABS: return kr_float(vm, kr_fabs(x));
    case KR_TO_INT: return kr_int_from_double(vm, x);
    default: return kr_float(vm, x);
    }
}

// ---- Comparison ------------------------------------------------------------------------------------------------------------------

static KrValue compare_doubles(double x, double y, KrCompareOp op) {
    switch (op) {
    case KR_LT: return kr_bool(x < y);
    case KR_LE: return kr_bool(x <= y);
    case KR_EQ: return kr_bool(x == y);
    case KR_NE: return kr_bool(x != y);
    case KR_GT: return kr_bool(x > y);
    default: return kr_bool(x >= y);
    }
}

static KrValue float_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    double x = kr_float_value(self);
    if (kr_is_float(other)) return compare_doubles(x, kr_float_value(other), op);
    if (!kr_is_integer(other)) return KR_NOTIMPL;
    if (kr_isnan(x)) return kr_bool(op == KR_NE);
    return compare_doubles(0, kr_int_order_double(other, x), op); // the int is larger: order is 1, and x is "less"
}

static bool float_hash(KrVm *vm, KrValue self, KrHash *out) {
    double x = kr_float_value(self);
    if (kr_isnan(x)) return kr_object_type.hash(vm, self, out); // it equals itself alone
    *out = kr_hash_double(x, 0);
    return true;
}

static bool float_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = kr_float_value(self) != 0, true; }

// ---- Text ------------------------------------------------------------------------------------------------------------------------

static KrValue float_repr(KrVm *vm, KrValue self) {
    char text[KR_DOUBLE_REPR_MAX];
    return kr_str(vm, text, kr_double_repr(kr_float_value(self), text));
}

static KrValue from_text(KrVm *vm, const char *text, size_t len, KrValue shown) {
    KrNumberSource source;
    bool valid;
    double d;
    if (!kr_number_source(vm, &source, text, len, kr_is_str(shown))) return KR_ERROR;
    if (!kr_number_drop_underscores(vm, &source, &valid)) return KR_ERROR;
    if (valid && kr_double_from_text(source.text, source.len, &d)) {
        // Each float("nan") is another object: without boxes, another payload tells them apart.
        if (kr_isnan(d)) d = kr_double_from_bits(kr_double_bits(d) | (++vm->nan_serial & 0x3FFFFFFFFFFFF));
        return kr_float(vm, d);
    }
    return kr_raise(vm, &kr_value_error, "could not convert string to float: %R", shown);
}

static const char refusal[] = "float() argument must be a string or a real number, not '%T'";

// A subclass of str may be a number as well.
static bool is_number(KrVm *vm, KrValue v) {
    const KrType *type = kr_type_of(v);
    return type != &kr_str_type &&
           (!kr_is_unset(kr_type_lookup(vm, type, KR_N(__float__))) || !kr_is_unset(kr_type_lookup(vm, type, KR_N(__index__))));
}

// Bytes and whatever else is made of them, else a number.
static KrValue from_other(KrVm *vm, KrValue v) {
    if (is_number(vm, v)) return kr_float_from_object(vm, v, refusal);
    if (kr_has_flag(v, KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY)) {
        size_t len;
        const char *text = (const char *)kr_bytes_data(v, &len);
        return from_text(vm, text, len, v);
    }
    KrBuffer buffer;
    if (!kr_get_buffer(vm, v, &buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_float_from_object(vm, v, refusal);
    }
    KrValue copy = kr_bytes(vm, buffer.data, buffer.len);
    kr_release_buffer(vm, &buffer);
    if (kr_is_error(copy)) return copy;
    size_t len;
    const char *text = (const char *)kr_bytes_data(copy, &len);
    return from_text(vm, text, len, v);
}

static KrValue float_convert(KrVm *vm, KrValue v) {
    if (kr_is_int(v)) return kr_float(vm, (double)kr_int_value(v));
    if (kr_is_str(v) && !is_number(vm, v)) {
        size_t len;
        const char *text = kr_str_text(v, &len);
        return from_text(vm, text, len, v);
    }
    return kr_type_of(v) == &kr_float_type ? v : from_other(vm, v);
}

static KrValue float_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    KrValue v = float_convert(vm, arg[0]);
    if (type == &kr_float_type || kr_is_error(v)) return v;
    KrValue instance = kr_alloc_instance(vm, type);
    if (!kr_is_error(instance)) KR_AS(KrFloatObject, instance)->value = kr_float_value(v);
    return instance;
}

static const KrMethod float_make_row = { "float(x=0, /)", float_make, "", 0 };

const KrType kr_float_type = {
    KR_TYPE_HEAD(kr_float_type),
    .name = "float",
    .doc = KR_DOC("Convert a string or number to a floating-point number, if possible."),
    .flags = KR_TYPE_BASE | KR_TYPE_MATCH_SELF | KR_TYPE_IS_FLOAT,
    .size = sizeof(KrFloatObject),
    .methods = kr_float_methods,
    .attributes = kr_float_attributes,
    .make = &float_make_row,
    .repr = float_repr,
    .hash = float_hash,
    .truth = float_truth,
    .compare = float_compare,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_SUB) | KR_OP(KR_MUL) | KR_OP(KR_TRUEDIV) | KR_OP(KR_FLOORDIV) | KR_OP(KR_MOD) | KR_OP(KR_POW) |
                  KR_OP(KR_DIVMOD),
    .binary = float_binary,
    .more =
        &(const KrMoreSlots){
            .unary_ops = KR_OP(KR_NEG) | KR_OP(KR_POS) | KR_OP(KR_ABS) | KR_OP(KR_TO_INT) | KR_OP(KR_TO_FLOAT),
            .unary = float_unary,
            .power = float_power,
            .convert = float_convert,
        },
};
