// complex.c - the type complex: values, construction, arithmetic, comparison, text.
// SPDX-License-Identifier: MIT
#include "base/double_math.h"
#include "base/double_text.h"
#include "base/hash.h"
#include "object/container.h"
#include "object/format.h"
#include "object/name_table.h"
#include "object/number.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"

static bool is_complex(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_COMPLEX); }

KrComplex kr_complex_value(KrValue v) {
    const KrComplexObject *z = KR_AS(const KrComplexObject, v);
    return (KrComplex){ z->real, z->imag };
}

static KrValue new_instance(KrVm *vm, const KrType *type, KrComplex z) {
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KR_AS(KrComplexObject, v)->real = z.real;
    KR_AS(KrComplexObject, v)->imag = z.imag;
    return v;
}

KrValue kr_complex(KrVm *vm, double real, double imag) {
    KrComplexObject *z = kr_alloc(vm, &kr_complex_type.shape, sizeof *z);
    if (!z) return KR_ERROR;
    z->real = real;
    z->imag = imag;
    return kr_from_ptr(z);
}

static KrValue box(KrVm *vm, KrComplex z) { return kr_complex(vm, z.real, z.imag); }

// ---- Construction ----------------------------------------------------------------------------------------------------------------

// v.__complex__() for objects that are not complex themselves; KR_UNSET: no such method.
static KrValue special(KrVm *vm, KrValue v) {
    bool number = kr_is_exact(v, &kr_complex_type) || kr_is_float(v) || kr_is_integer(v);
    if (number && !kr_is_heap_type(kr_type_of(v))) return KR_UNSET;
    KrValue r = kr_try_special(vm, v, KR_N(__complex__), 0, NULL);
    if (kr_is_unset(r) || kr_is_error(r) || kr_is_exact(r, &kr_complex_type)) return r;
    if (!is_complex(r)) return kr_raise(vm, &kr_type_error, "__complex__ returned non-complex (type %T)", r);
    if (!kr_warn(vm, &kr_deprecation_warning,
                 "__complex__ returned non-complex (type %T).  The ability to return an instance of a strict subclass of complex is "
                 "deprecated, and may be removed in a future version of Python.",
                 r))
        return KR_ERROR;
    return r;
}

bool kr_to_complex(KrVm *vm, KrValue v, double *real, double *imag) {
    KrValue r = is_complex(v) ? v : special(vm, v);
    if (kr_is_error(r)) return false;
    if (kr_is_unset(r)) return *imag = 0, kr_to_double(vm, v, real);
    KrComplex z = kr_complex_value(r);
    return *real = z.real, *imag = z.imag, true;
}

static bool part(KrVm *vm, KrValue v, const char *refusal, KrComplex *out) {
    if (is_complex(v)) return *out = kr_complex_value(v), true;
    KrValue f = kr_float_from_object(vm, v, refusal);
    if (kr_is_error(f)) return false;
    *out = (KrComplex){ kr_float_value(f), 0 };
    return true;
}

static bool has_double(KrVm *vm, KrValue v) {
    const KrType *t = kr_type_of(v);
    return kr_is_unset(v) || is_complex(v) || kr_is_float(v) || kr_is_integer(v) || !kr_is_unset(kr_type_lookup(vm, t, KR_N(__float__))) ||
           !kr_is_unset(kr_type_lookup(vm, t, KR_N(__index__)));
}

static KrValue from_parts(KrVm *vm, const KrType *type, KrValue real, KrValue imag) {
    KrComplex x = { 0, 0 }, y = { 0, 0 };
    if (has_double(vm, real) && !has_double(vm, imag)) // before anything is asked for its value
        return kr_raise(vm, &kr_type_error, "complex() second argument must be a number, not '%T'", imag);
    if (!kr_is_unset(real) && !part(vm, real, "complex() first argument must be a string or a number, not '%T'", &x)) return KR_ERROR;
    if (kr_is_unset(imag)) return new_instance(vm, type, x);
    if (!part(vm, imag, "complex() second argument must be a number, not '%T'", &y)) return KR_ERROR;
    // real + imag * 1j, without touching the signs of zeros where the arguments are real
    KrComplex z = { x.real, y.real };
    if (is_complex(imag)) z.real -= y.imag;
    if (!kr_is_unset(real) && is_complex(real)) z.imag += x.imag;
    return new_instance(vm, type, z);
}

static KrValue from_text(KrVm *vm, const KrType *type, KrValue v) {
    KrNumberSource source;
    KrComplex z;
    bool valid;
    size_t len;
    const char *text = kr_str_text(v, &len);
    if (!kr_number_source(vm, &source, text, len, true) || !kr_number_drop_underscores(vm, &source, &valid)) return KR_ERROR;
    if (!valid) return kr_raise(vm, &kr_value_error, "could not convert string to complex: %R", v);
    if (kr_complex_from_text(source.text, source.len, &z)) return new_instance(vm, type, z);
    return kr_raise(vm, &kr_value_error, "complex() arg is a malformed string");
}

static KrValue complex_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    KrValue real = arg[0], imag = arg[1];
    if (kr_is_exact(real, &kr_complex_type) && kr_is_unset(imag) && type == &kr_complex_type) return real;
    if (kr_is_str(real)) {
        if (!kr_is_unset(imag)) return kr_raise(vm, &kr_type_error, "complex() can't take second arg if first is a string");
        return from_text(vm, type, real);
    }
    if (kr_is_str(imag)) return kr_raise(vm, &kr_type_error, "complex() second arg can't be a string");
    if (!kr_is_unset(real)) {
        KrValue r = special(vm, real);
        if (kr_is_error(r)) return r;
        if (!kr_is_unset(r)) real = r;
    }
    return from_parts(vm, type, real, imag);
}

static const KrMethod complex_make_row = { "complex(real=<0>, imag=<0>)", complex_make, "", 0 };

// ---- Arithmetic ------------------------------------------------------------------------------------------------------------------

KrComplex kr_complex_multiply(KrComplex a, KrComplex b) {
    return (KrComplex){ a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real };
}

// R. L. Smith, Algorithm 116: Complex division (1962): scales by the larger part of the divisor.
bool kr_complex_divide(KrComplex a, KrComplex b, KrComplex *out) {
    double x = kr_fabs(b.real), y = kr_fabs(b.imag);
    if (x >= y) {
        if (x == 0) return false;
        double ratio = b.imag / b.real, scale = b.real + b.imag * ratio;
        *out = (KrComplex){ (a.real + a.imag * ratio) / scale, (a.imag - a.real * ratio) / scale };
    } else if (y >= x) {
        double ratio = b.real / b.imag, scale = b.real * ratio + b.imag;
        *out = (KrComplex){ (a.real * ratio + a.imag) / scale, (a.imag * ratio - a.real) / scale };
    } else { // a NaN in b
        *out = (KrComplex){ kr_double_nan(), kr_double_nan() };
    }
    return true;
}

static bool operand(KrVm *vm, KrValue v, KrComplex *out, bool *foreign) {
    out->imag = 0;
    if (is_complex(v)) return *out = kr_complex_value(v), true;
    if (kr_is_float(v)) return out->real = kr_float_value(v), true;
    if (kr_is_integer(v)) return kr_int_to_double(vm, v, &out->real);
    *foreign = true;
    return false;
}

static KrValue complex_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    KrComplex a, b, r;
    bool foreign = false;
    if (!operand(vm, left, &a, &foreign) || !operand(vm, right, &b, &foreign)) return foreign ? KR_NOTIMPL : KR_ERROR;
    switch (op) {
    case KR_ADD: return kr_complex(vm, a.real + b.real, a.imag + b.imag);
    case KR_SUB: return kr_complex(vm, a.real - b.real, a.imag - b.imag);
    case KR_MUL: return box(vm, kr_complex_multiply(a, b));
    case KR_TRUEDIV:
        if (!kr_complex_divide(a, b, &r)) return kr_raise(vm, &kr_zero_division_error, "complex division by zero");
        return box(vm, r);
    case KR_POW: return kr_complex_power(vm, a, b);
    default: return KR_NOTIMPL;
    }
}

static KrValue complex_power(KrVm *vm, KrValue base, KrValue exponent, KrValue modulus) {
    (void)modulus;
    bool numbers = (is_complex(base) || kr_is_float(base) || kr_is_integer(base)) &&
                   (is_complex(exponent) || kr_is_float(exponent) || kr_is_integer(exponent));
    return numbers ? kr_raise(vm, &kr_value_error, "complex modulo") : KR_NOTIMPL;
}

static KrValue complex_unary(KrVm *vm, KrUnary op, KrValue self) {
    KrComplex z = kr_complex_value(self);
    if (op == KR_NEG) return kr_complex(vm, -z.real, -z.imag);
    if (op == KR_POS) return kr_is_exact(self, &kr_complex_type) ? self : box(vm, z);
    double r = kr_hypot(z.real, z.imag);
    if (kr_isinf(r) && kr_isfinite(z.real) && kr_isfinite(z.imag)) return kr_raise(vm, &kr_overflow_error, "absolute value too large");
    return kr_float(vm, r);
}

// ---- Comparison ------------------------------------------------------------------------------------------------------------------

static KrValue complex_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    if (op != KR_EQ && op != KR_NE) return KR_NOTIMPL;
    KrComplex z = kr_complex_value(self);
    bool equal;
    if (is_complex(other)) equal = z.real == kr_complex_value(other).real && z.imag == kr_complex_value(other).imag;
    else if (kr_is_float(other)) equal = z.imag == 0 && z.real == kr_float_value(other);
    else if (kr_is_integer(other)) equal = z.imag == 0 && !kr_isnan(z.real) && kr_int_order_double(other, z.real) == 0;
    else return KR_NOTIMPL;
    return kr_bool(equal == (op == KR_EQ));
}

static bool complex_hash(KrVm *vm, KrValue self, KrHash *out) {
    (void)vm;
    KrComplex z = kr_complex_value(self);
    KrHash own = (KrHash)(self.bits >> 4 & INTPTR_MAX);
    uintptr_t hash = (uintptr_t)kr_hash_double(z.real, own) + (uintptr_t)KR_HASH_IMAG * (uintptr_t)kr_hash_double(z.imag, own);
    *out = (KrHash)hash == -1 ? -2 : (KrHash)hash;
    return true;
}

static bool complex_truth(KrVm *vm, KrValue self, bool *out) {
    KrComplex z = kr_complex_value(self);
    return (void)vm, *out = z.real != 0 || z.imag != 0, true;
}

// ---- Text ------------------------------------------------------------------------------------------------------------------------

static KrValue complex_repr(KrVm *vm, KrValue self) {
    KrComplex z = kr_complex_value(self);
    char text[2 * KR_DOUBLE_REPR_MAX + 4];
    size_t n = 0;
    bool imaginary = z.real == 0 && !kr_signbit(z.real); // no real part is shown
    if (!imaginary) {
        text[n++] = '(';
        n += kr_double_format(z.real, 'r', 0, 0, text + n);
    }
    n += kr_double_format(z.imag, 'r', 0, imaginary ? 0 : KR_DOUBLE_SIGN, text + n);
    text[n++] = 'j';
    if (!imaginary) text[n++] = ')';
    return kr_str(vm, text, n);
}

// ---- Methods ---------------------------------------------------------------------------------------------------------------------

static KrValue complex_conjugate(KrVm *vm, KrValue self, const KrValue *arg) {
    KrComplex z = kr_complex_value(self);
    return (void)arg, kr_complex(vm, z.real, -z.imag);
}

static KrValue complex_complex(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_is_exact(self, &kr_complex_type) ? self : box(vm, kr_complex_value(self));
}

static KrValue complex_getnewargs(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrComplex z = kr_complex_value(self);
    KrValue real = kr_float(vm, z.real), imag = kr_float(vm, z.imag);
    return kr_is_error(real) || kr_is_error(imag) ? KR_ERROR : kr_tuple2(vm, real, imag);
}

static KrValue get_real(KrVm *vm, KrValue self) { return kr_float(vm, kr_complex_value(self).real); }
static KrValue get_imag(KrVm *vm, KrValue self) { return kr_float(vm, kr_complex_value(self).imag); }

static const KrMethod complex_methods[] = {
    { "conjugate()", complex_conjugate, KR_DOC("The complex conjugate: (3-4j).conjugate() is 3+4j."), 0 },
    { "__complex__()", complex_complex, KR_DOC("The number as an exact complex."), 0 },
    { "__format__(format_spec, /)", kr_complex_dunder_format, KR_DOC("The number as format_spec says."), 0 },
    { "__getnewargs__()", complex_getnewargs, "", 0 },
    { 0 },
};

static const KrGetSet complex_attributes[] = {
    { "real", get_real, kr_read_only, KR_DOC("the real part of a complex number") },
    { "imag", get_imag, kr_read_only, KR_DOC("the imaginary part of a complex number") },
    { 0 },
};

const KrType kr_complex_type = {
    KR_TYPE_HEAD(kr_complex_type),
    .name = "complex",
    .doc = KR_DOC("Create a complex number from a string or numbers.\n\nText is parsed as a complex number, a single number is converted; "
                  "with real or imag\ngiven, the result has these parts."),
    .flags = KR_TYPE_BASE | KR_TYPE_IS_COMPLEX,
    .size = sizeof(KrComplexObject),
    .methods = complex_methods,
    .attributes = complex_attributes,
    .make = &complex_make_row,
    .repr = complex_repr,
    .hash = complex_hash,
    .truth = complex_truth,
    .compare = complex_compare,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_SUB) | KR_OP(KR_MUL) | KR_OP(KR_TRUEDIV) | KR_OP(KR_POW),
    .binary = complex_binary,
    .more =
        &(const KrMoreSlots){ .unary_ops = KR_OP(KR_NEG) | KR_OP(KR_POS) | KR_OP(KR_ABS), .unary = complex_unary, .power = complex_power },
};
