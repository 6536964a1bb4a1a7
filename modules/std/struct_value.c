// struct_value.c - values of module struct: to bytes, and back.
// SPDX-License-Identifier: MIT
#include <math.h>

#include "number_bytes.h"
#include "struct_part.h"

// ---- Half precision --------------------------------------------------------------------------------------------------------------

bool kr_half_of_double(double x, uint16_t *out) {
    uint16_t sign = signbit(x) ? 0x8000 : 0;
    double a = fabs(x);
    if (isnan(x) || isinf(x)) return *out = sign | (isnan(x) ? 0x7E00 : 0x7C00), true;
    // In units of the last place: exact but for the rounding, which the addition of 2 ** 52 makes, ties to even.
    int exponent = (int)(kr_bits_of_double(a) >> 52) - 1023;
    if (exponent < -14) exponent = -14; // subnormal, zero
    if (exponent > 15) return false;
    double units = (a * kr_double_of_bits((uint64_t)(1023 + 10 - exponent) << 52) + 0x1p52) - 0x1p52;
    unsigned half = (unsigned)units + ((unsigned)(exponent + 14) << 10); // the leading 1 of a normal number counts the exponent up
    if (half >= 0x7C00) return false;
    return *out = (uint16_t)(sign | half), true;
}

double kr_double_of_half(uint16_t half) {
    unsigned exponent = half >> 10 & 31, mantissa = half & 1023;
    double x;
    if (exponent == 31) x = mantissa ? NAN : INFINITY;
    else if (exponent == 0) x = mantissa * 0x1p-24;
    else x = (1024 + mantissa) * kr_double_of_bits((uint64_t)(1023 + exponent - 25) << 52);
    return half & 0x8000 ? -x : x;
}

// ---- To bytes --------------------------------------------------------------------------------------------------------------------

static bool out_of_range(KrVm *vm, const KrField *f) {
    char code[2] = { f->code, 0 };
    uint64_t most = UINT64_MAX >> (64 - 8 * f->size + (f->kind == KR_FIELD_SIGNED));
    KrValue high = kr_int_from_u64(vm, most), low = f->kind == KR_FIELD_SIGNED ? kr_int(vm, -(int64_t)most - 1) : kr_int_box(0);
    if (kr_is_error(high) || kr_is_error(low)) return false;
    return kr_fail(kr_raise(vm, &kr_struct_error, "'%s' format requires %S <= number <= %S", code, low, high));
}

// v as an int: through __index__ if it has that.
static bool integer_of(KrVm *vm, KrValue v, KrValue *out) {
    KrValue name;
    if (kr_is_integer(v)) return *out = v, true;
    name = kr_name(vm, "__index__");
    if (kr_is_error(name)) return false;
    if (kr_is_unset(kr_type_lookup(vm, kr_type_of(v), name)))
        return kr_raised(vm) ? false : kr_fail(kr_raise(vm, &kr_struct_error, "required argument is not an integer"));
    *out = kr_index(vm, v);
    return !kr_is_error(*out);
}

static inline bool fits(const KrField *f, int64_t i) {
    if (f->size == 8) return i >= 0 || f->kind != KR_FIELD_UNSIGNED;
    int64_t half = (int64_t)1 << (8 * f->size - 1);
    return i >= (f->kind == KR_FIELD_UNSIGNED ? 0 : -half) && i < (f->kind == KR_FIELD_SIGNED ? half : 2 * half);
}

static KR_NOINLINE bool integer_bits(KrVm *vm, const KrField *f, KrValue v, uint64_t *bits) {
    int64_t i;
    if (!integer_of(vm, v, &v)) return false;
    if (kr_int_fits(v, &i)) {
        *bits = (uint64_t)i;
        if (fits(f, i)) return true;
    } else if (f->kind != KR_FIELD_SIGNED && f->size == 8 && kr_int_fits_u64(v, bits)) {
        return true;
    }
    return f->kind == KR_FIELD_POINTER ? kr_fail(kr_raise(vm, &kr_struct_error, "int too large to convert")) : out_of_range(vm, f);
}

static bool real_of(KrVm *vm, KrValue v, double *out) {
    if (KR_LIKELY(kr_is_double(v))) return *out = kr_double_unbox(v), true;
    if (kr_to_double(vm, v, out)) return true;
    if (!kr_raised_is(vm, &kr_exception) || kr_raised_is(vm, &kr_memory_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_struct_error, "required argument is not a float"));
}

static bool write_real(KrVm *vm, const KrField *f, KrValue v, uint8_t *to) {
    double x;
    uint16_t half;
    if (!real_of(vm, v, &x)) return false;
    if (isnan(x)) x = copysign(kr_double_of_bits((uint64_t)0x7FF8 << 48), x); // payloads are Krait's own
    if (f->kind == KR_FIELD_DOUBLE) return kr_store_bytes(to, kr_bits_of_double(x), 8, f->swap), true;
    if (f->kind == KR_FIELD_FLOAT) {
        float single = (float)x;
        if (f->strict && isinf(single) && !isinf(x))
            return kr_fail(kr_raise(vm, &kr_overflow_error, "float too large to pack with f format"));
        return kr_store_bytes(to, kr_bits_of_float(single), 4, f->swap), true;
    }
    if (!kr_half_of_double(x, &half)) return kr_fail(kr_raise(vm, &kr_overflow_error, "float too large to pack with e format"));
    return kr_store_bytes(to, half, 2, f->swap), true;
}

static bool write_text(KrVm *vm, const KrField *f, KrValue v, uint8_t *to) {
    size_t len, room = f->count;
    if (!kr_has_flag(v, KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY))
        return kr_fail(kr_raise(vm, &kr_struct_error, "argument for '%s' must be a bytes object", f->kind == KR_FIELD_STRING ? "s" : "p"));
    const uint8_t *from = kr_bytes_data(v, &len);
    if (f->kind == KR_FIELD_PASCAL && room) {
        room--;
        *to++ = (uint8_t)(len < room ? (len < 255 ? len : 255) : room < 255 ? room : 255);
    }
    if (len > room) len = room;
    if (len) memcpy(to, from, len);
    return true;
}

static bool write_value(KrVm *vm, const KrField *f, KrValue v, uint8_t *to) {
    uint64_t bits;
    bool truth;
    size_t len;
    switch (f->kind) {
    case KR_FIELD_SIGNED:
    case KR_FIELD_UNSIGNED:
    case KR_FIELD_POINTER:
        if (KR_LIKELY(kr_is_int(v)) && KR_LIKELY(fits(f, kr_int_value(v)))) bits = (uint64_t)(int64_t)kr_int_value(v);
        else if (!integer_bits(vm, f, v, &bits)) return false;
        return kr_store_bytes(to, bits, f->size, f->swap), true;
    case KR_FIELD_BOOL: return kr_truth(vm, v, &truth) && (*to = truth, true);
    case KR_FIELD_CHAR:
        if (!kr_is_bytes(v) || (kr_bytes_data(v, &len), len != 1))
            return kr_fail(kr_raise(vm, &kr_struct_error, "char format requires a bytes object of length 1"));
        return *to = *kr_bytes_data(v, &len), true;
    case KR_FIELD_STRING:
    case KR_FIELD_PASCAL: return write_text(vm, f, v, to);
    default: return write_real(vm, f, v, to);
    }
}

static bool not_written(KrVm *vm, KrValue v) {
    if (!kr_is_integer(v) || !kr_raised_is(vm, &kr_overflow_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_struct_error, "int too large to convert"));
}

bool kr_struct_write(KrVm *vm, const KrLayout *layout, uint8_t *to, const KrValue *value) {
    for (const KrField *f = layout->field, *end = f + layout->fields; f < end; f++) {
        size_t count = kr_field_values(f);
        uint8_t *at = to + f->offset;
        for (size_t i = 0; i < count; i++, at += f->size) {
            if (!write_value(vm, f, *value++, at)) return not_written(vm, value[-1]);
            if (KR_UNLIKELY((i & 2047) == 2047) && !kr_poll(vm, 2048)) return false;
        }
    }
    return kr_poll(vm, (uint32_t)(layout->fields >> 3));
}

// ---- From bytes ------------------------------------------------------------------------------------------------------------------

static inline KrValue read_value(KrVm *vm, const KrField *f, const uint8_t *from) {
    size_t len = f->count;
    switch (f->kind) {
    case KR_FIELD_SIGNED: return kr_int(vm, kr_load_signed(from, f->size, f->swap));
    case KR_FIELD_UNSIGNED:
    case KR_FIELD_POINTER: {
        uint64_t u = kr_load_bytes(from, f->size, f->swap);
        return KR_LIKELY(u <= (uint64_t)KR_INT_MAX) ? kr_int_box((intptr_t)u) : kr_int_from_u64(vm, u);
    }
    case KR_FIELD_BOOL: return kr_bool(*from != 0);
    case KR_FIELD_CHAR: return kr_bytes(vm, from, 1);
    case KR_FIELD_HALF: return kr_float(vm, kr_double_of_half((uint16_t)kr_load_bytes(from, 2, f->swap)));
    case KR_FIELD_FLOAT:
        return kr_float_from_bits(vm, kr_bits_of_double(kr_double_of_float_bits((uint32_t)kr_load_bytes(from, 4, f->swap))));
    case KR_FIELD_DOUBLE: return kr_float_from_bits(vm, kr_load_bytes(from, 8, f->swap));
    case KR_FIELD_STRING: return kr_bytes(vm, from, len);
    default:
        if (len) len = *from < len - 1 ? *from : len - 1;
        return kr_bytes(vm, from + 1, len);
    }
}

// item: where the values go, in `owner`, or on the C stack if that is NULL.
static bool read_all(KrVm *vm, const KrLayout *layout, const uint8_t *from, void *owner, KrValue *item) {
    for (const KrField *f = layout->field, *end = f + layout->fields; f < end; f++) {
        size_t count = kr_field_values(f);
        const uint8_t *at = from + f->offset;
        for (size_t i = 0; i < count; i++, at += f->size, item++) {
            KrValue v = read_value(vm, f, at);
            if (kr_is_error(v)) return false;
            if (owner) kr_store(vm, owner, item, v);
            else *item = v;
            if (KR_UNLIKELY((i & 2047) == 2047) && !kr_poll(vm, 2048)) return false;
        }
    }
    return kr_poll(vm, (uint32_t)(layout->fields >> 3));
}

KrValue kr_struct_read(KrVm *vm, const KrLayout *layout, const uint8_t *from) {
    KrValue few[16];
    if (layout->values <= KR_COUNT_OF(few)) return read_all(vm, layout, from, NULL, few) ? kr_tuple(vm, layout->values, few) : KR_ERROR;
    KrValue tuple = kr_tuple(vm, layout->values, NULL);
    if (kr_is_error(tuple)) return tuple;
    return read_all(vm, layout, from, kr_ptr(tuple), kr_tuple_items(tuple, NULL)) ? tuple : KR_ERROR;
}
