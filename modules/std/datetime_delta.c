// datetime_delta.c - datetime.timedelta: lengths of time in days, seconds and microseconds.
// SPDX-License-Identifier: MIT
#include "datetime_part.h"

// ---- Making ----------------------------------------------------------------------------------------------------------------------

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); } // b > 0

static KrValue delta_of_type(KrVm *vm, const KrType *type, int64_t days, int64_t seconds, int64_t micros) {
    int64_t carry = floor_div(micros, KR_MILLION);
    seconds += carry, micros -= carry * KR_MILLION;
    carry = floor_div(seconds, KR_DAY);
    days += carry, seconds -= carry * KR_DAY;
    if (days > INT32_MAX || days < INT32_MIN) return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int");
    if (days > KR_MAX_DAYS || days < -KR_MAX_DAYS)
        return kr_raise(vm, &kr_overflow_error, "days=%d; must have magnitude <= %d", (int)days, KR_MAX_DAYS);
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrDelta *d = kr_delta_of(v);
    d->days = (int32_t)days, d->seconds = (int32_t)seconds, d->micros = (int32_t)micros;
    return v;
}

KrValue kr_delta(KrVm *vm, int64_t days, int64_t seconds, int64_t micros) {
    return delta_of_type(vm, &kr_delta_type, days, seconds, micros);
}

bool kr_delta_same(KrValue a, KrValue b) {
    const KrDelta *x = kr_delta_of(a), *y = kr_delta_of(b);
    return x->days == y->days && x->seconds == y->seconds && x->micros == y->micros;
}

// As an int of microseconds.
static KrValue micros_of(KrVm *vm, KrValue v) {
    int64_t seconds = kr_delta_seconds(v), micros;
    if (!__builtin_mul_overflow(seconds, (int64_t)KR_MILLION, &micros) && !__builtin_add_overflow(micros, kr_delta_of(v)->micros, &micros))
        return kr_int(vm, micros);
    KrValue big = kr_int(vm, seconds);
    if (!kr_is_error(big)) big = kr_binary(vm, KR_MUL, big, kr_int_box(KR_MILLION));
    return kr_is_error(big) ? big : kr_binary(vm, KR_ADD, big, kr_int_box(kr_delta_of(v)->micros));
}

// divmod(a, b) of ints.
static bool divide(KrVm *vm, KrValue a, KrValue b, KrValue *quotient, KrValue *rest) {
    KrValue both = kr_binary(vm, KR_DIVMOD, a, b);
    if (kr_is_error(both)) return false;
    *quotient = kr_tuple_items(both, NULL)[0];
    *rest = kr_tuple_items(both, NULL)[1];
    return true;
}

static KrValue delta_of_micros(KrVm *vm, const KrType *type, KrValue micros) {
    int64_t n, rest_n;
    KrValue seconds, rest;
    micros = kr_index(vm, micros);
    if (kr_is_error(micros)) return micros;
    if (kr_int_fits(micros, &n)) return delta_of_type(vm, type, 0, 0, n);
    if (!divide(vm, micros, kr_int_box(KR_MILLION), &seconds, &rest)) return KR_ERROR;
    if (!kr_int_fits(seconds, &n) || !kr_int_fits(rest, &rest_n))
        return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int");
    return delta_of_type(vm, type, 0, n, rest_n);
}

static KrValue whole_of(KrVm *vm, double d, double *fraction) {
    double whole = d > -4e15 && d < 4e15 ? (double)(int64_t)d : d; // larger ones have no fraction
    *fraction = d - whole;
    return kr_int_from_double(vm, whole);
}

static KrValue add_product(KrVm *vm, KrValue sum, KrValue a, KrValue b) {
    KrValue product = kr_is_error(a) ? a : kr_binary(vm, KR_MUL, a, b);
    return kr_is_error(product) ? product : kr_binary(vm, KR_ADD, sum, product);
}

// sum + v * unit, where the fraction of a microsecond that a float leaves goes to *left.
static KrValue accumulate(KrVm *vm, KrValue sum, KrValue v, int64_t unit, const char *name, double *left) {
    KrValue factor = kr_int(vm, unit);
    double fraction;
    if (kr_is_error(factor)) return factor;
    if (kr_is_integer(v)) return add_product(vm, sum, kr_index(vm, v), factor);
    if (!kr_is_float(v)) return kr_raise(vm, &kr_type_error, "unsupported type for timedelta %s component: %T", name, v);
    sum = add_product(vm, sum, whole_of(vm, kr_float_value(v), &fraction), factor);
    if (kr_is_error(sum) || fraction == 0) return sum;
    KrValue more = whole_of(vm, fraction * (double)unit, &fraction);
    *left += fraction;
    return add_product(vm, sum, more, kr_int_box(1));
}

static int64_t round_half_even(double d) {
    int64_t n = (int64_t)d, odd = n & 1;
    double part = d - (double)n;
    if (part > 0.5 || (part == 0.5 && odd)) return n + 1;
    return part < -0.5 || (part == -0.5 && odd) ? n - 1 : n;
}

static const struct {
    const char *name;
    int64_t micros;
    int argument;
} units[] = { { "microseconds", 1, 2 },
              { "milliseconds", 1000, 3 },
              { "seconds", 1000000, 1 },
              { "minutes", 60000000, 4 },
              { "hours", INT64_C(3600000000), 5 },
              { "days", INT64_C(86400000000), 0 },
              { "weeks", INT64_C(604800000000), 6 } };

static KrValue from_numbers(KrVm *vm, const KrType *type, const KrValue *arg) {
    KrValue sum = kr_int_box(0);
    double left = 0;
    for (size_t i = 0; i < KR_COUNT_OF(units); i++) {
        KrValue v = arg[units[i].argument];
        if (kr_is_unset(v)) continue;
        sum = accumulate(vm, sum, v, units[i].micros, units[i].name, &left);
        if (kr_is_error(sum)) return sum;
    }
    if (left == 0) return delta_of_micros(vm, type, sum);
    KrValue half = kr_binary(vm, KR_AND, sum, kr_int_box(1)); // half to even: of the sum, not of what is left
    if (kr_is_error(half)) return half;
    int odd = (int)kr_int_value(half);
    int64_t whole = round_half_even(left);
    double apart = left - (double)(int64_t)left;
    if (apart == 0.5 || apart == -0.5) whole = 2 * round_half_even((left + odd) * 0.5) - odd;
    sum = kr_binary(vm, KR_ADD, sum, kr_int_box((intptr_t)whole));
    return kr_is_error(sum) ? sum : delta_of_micros(vm, type, sum);
}

// Ints that no sum of overflows take no detour.
static KrValue delta_make(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t n[7];
    for (size_t i = 0; i < 7; i++) {
        n[i] = 0;
        if (kr_is_unset(arg[i])) continue;
        if (!kr_is_int(arg[i])) return from_numbers(vm, kr_as_type(self), arg);
        n[i] = kr_int_value(arg[i]);
        if (n[i] > INT64_C(1) << 46 || n[i] < -(INT64_C(1) << 46)) return from_numbers(vm, kr_as_type(self), arg);
    }
    return delta_of_type(vm, kr_as_type(self), n[0] + 7 * n[6], n[1] + 60 * n[4] + 3600 * n[5], n[2] + 1000 * n[3]);
}

static const KrMethod delta_make_row = {
    "__new__(days=<unset>, seconds=<unset>, microseconds=<unset>, milliseconds=<unset>, minutes=<unset>, hours=<unset>, weeks=<unset>)",
    delta_make, "", 0
};

// ---- Operators -------------------------------------------------------------------------------------------------------------------

// a / b, rounded half to even.
static KrValue nearest(KrVm *vm, KrValue a, KrValue b) {
    KrValue quotient, rest, twice;
    bool beyond, tie, odd;
    if (kr_int_is_negative(b)) {
        a = kr_unary(vm, KR_NEG, a), b = kr_unary(vm, KR_NEG, b);
        if (kr_is_error(a) || kr_is_error(b)) return KR_ERROR;
    }
    if (!divide(vm, a, b, &quotient, &rest)) return KR_ERROR;
    twice = kr_binary(vm, KR_ADD, rest, rest);
    if (kr_is_error(twice) || !kr_compare_bool(vm, twice, b, KR_GT, &beyond) || !kr_compare_bool(vm, twice, b, KR_EQ, &tie))
        return KR_ERROR;
    KrValue low = tie ? kr_binary(vm, KR_AND, quotient, kr_int_box(1)) : kr_int_box(0);
    if (kr_is_error(low) || !kr_truth(vm, low, &odd)) return KR_ERROR;
    return beyond || odd ? kr_binary(vm, KR_ADD, quotient, kr_int_box(1)) : quotient;
}

// delta * (a / b), where v.as_integer_ratio() gives a and b.
static KrValue scale(KrVm *vm, KrValue delta, KrValue v, bool inverse) {
    KrValue ratio = kr_call_method(vm, v, "as_integer_ratio", 0, NULL), micros = micros_of(vm, delta);
    size_t count;
    if (kr_is_error(ratio) || kr_is_error(micros)) return KR_ERROR;
    if (!kr_is_tuple(ratio))
        return kr_raise(vm, &kr_type_error, "unexpected return type from as_integer_ratio(): expected tuple, not '%T'", ratio);
    const KrValue *given = kr_tuple_items(ratio, &count);
    if (count != 2) return kr_raise(vm, &kr_value_error, "as_integer_ratio() must return a 2-tuple");
    KrValue part[2] = { kr_index(vm, given[0]), KR_ERROR };
    if (!kr_is_error(part[0])) part[1] = kr_index(vm, given[1]);
    bool nonzero;
    if (kr_is_error(part[1]) || !kr_truth(vm, part[!inverse], &nonzero)) return KR_ERROR;
    if (!nonzero) return kr_raise(vm, &kr_zero_division_error, "division by zero");
    micros = kr_binary(vm, KR_MUL, micros, part[inverse]);
    KrValue n = kr_is_error(micros) ? micros : nearest(vm, micros, part[!inverse]);
    return kr_is_error(n) ? n : delta_of_micros(vm, &kr_delta_type, n);
}

static KrValue multiply(KrVm *vm, KrValue left, KrValue right) {
    if (!kr_is_delta(left)) return multiply(vm, right, left);
    if (kr_is_float(right)) return scale(vm, left, right, false);
    if (!kr_is_integer(right)) return KR_NOTIMPL;
    KrValue n = micros_of(vm, left), factor = kr_is_error(n) ? n : kr_index(vm, right);
    n = kr_is_error(factor) ? factor : kr_binary(vm, KR_MUL, n, factor);
    return kr_is_error(n) ? n : delta_of_micros(vm, &kr_delta_type, n);
}

static bool zero_divisor(KrVm *vm, KrValue n) {
    int64_t small;
    return kr_int_fits(n, &small) && small == 0 && !kr_fail(kr_raise(vm, &kr_zero_division_error, "integer division or modulo by zero"));
}

static KrValue quotient(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    KrValue a = micros_of(vm, left);
    if (kr_is_error(a)) return a;
    if (kr_is_delta(right)) {
        KrValue b = micros_of(vm, right);
        return kr_is_error(b) ? b : kr_binary(vm, op, a, b);
    }
    if (op == KR_TRUEDIV && kr_is_float(right)) return scale(vm, left, right, true);
    if (!kr_is_integer(right)) return KR_NOTIMPL;
    right = kr_index(vm, right);
    if (kr_is_error(right) || zero_divisor(vm, right)) return KR_ERROR;
    KrValue n = op == KR_TRUEDIV ? nearest(vm, a, right) : kr_binary(vm, op, a, right);
    return kr_is_error(n) ? n : delta_of_micros(vm, &kr_delta_type, n);
}

static KrValue remainder_of(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (!kr_is_delta(right)) return KR_NOTIMPL;
    KrValue a = micros_of(vm, left), b = kr_is_error(a) ? a : micros_of(vm, right), part[2];
    if (kr_is_error(b)) return b;
    if (op == KR_MOD) {
        KrValue n = kr_binary(vm, KR_MOD, a, b);
        return kr_is_error(n) ? n : delta_of_micros(vm, &kr_delta_type, n);
    }
    if (!divide(vm, a, b, &part[0], &part[1])) return KR_ERROR;
    part[1] = delta_of_micros(vm, &kr_delta_type, part[1]);
    return kr_is_error(part[1]) ? part[1] : kr_tuple(vm, 2, part);
}

static KrValue delta_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op == KR_MUL) return multiply(vm, left, right);
    if (!kr_is_delta(left)) return KR_NOTIMPL;
    if (op == KR_TRUEDIV || op == KR_FLOORDIV) return quotient(vm, op, left, right);
    if (op == KR_MOD || op == KR_DIVMOD) return remainder_of(vm, op, left, right);
    if (!kr_is_delta(right)) return KR_NOTIMPL;
    const KrDelta *a = kr_delta_of(left), *b = kr_delta_of(right);
    int sign = op == KR_SUB ? -1 : 1;
    return kr_delta(vm, (int64_t)a->days + sign * b->days, (int64_t)a->seconds + sign * b->seconds, (int64_t)a->micros + sign * b->micros);
}

static KrValue delta_unary(KrVm *vm, KrUnary op, KrValue self) {
    const KrDelta *d = kr_delta_of(self);
    int sign = op == KR_NEG || (op == KR_ABS && d->days < 0) ? -1 : 1;
    return kr_delta(vm, (int64_t)sign * d->days, (int64_t)sign * d->seconds, (int64_t)sign * d->micros);
}

static KrValue delta_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    if (!kr_is_delta(other)) return KR_NOTIMPL;
    const KrDelta *a = kr_delta_of(self), *b = kr_delta_of(other);
    int64_t apart = (int64_t)a->days - b->days;
    if (!apart) apart = (int64_t)a->seconds - b->seconds;
    if (!apart) apart = (int64_t)a->micros - b->micros;
    const bool answer[] = { apart<0, apart <= 0, apart == 0, apart != 0, apart> 0, apart >= 0 };
    return kr_bool(answer[op]);
}

static KrValue state_of(KrVm *vm, KrValue self) {
    const KrDelta *d = kr_delta_of(self);
    return kr_tuple(vm, 3, (KrValue[]){ kr_int_box(d->days), kr_int_box(d->seconds), kr_int_box(d->micros) });
}

static bool delta_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrValue state = state_of(vm, self);
    return !kr_is_error(state) && kr_hash(vm, state, out);
}

static bool delta_truth(KrVm *vm, KrValue self, bool *out) {
    const KrDelta *d = kr_delta_of(self);
    return (void)vm, *out = d->days || d->seconds || d->micros, true;
}

// ---- Texts and the rest ----------------------------------------------------------------------------------------------------------

static KrValue delta_repr(KrVm *vm, KrValue self) {
    const KrDelta *d = kr_delta_of(self);
    const char *comma = "";
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add_format(&t, "%T(", self);
    if (d->days) kr_text_add_format(&t, "days=%d", (int)d->days), comma = ", ";
    if (d->seconds) kr_text_add_format(&t, "%sseconds=%d", comma, (int)d->seconds), comma = ", ";
    if (d->micros) kr_text_add_format(&t, "%smicroseconds=%d", comma, (int)d->micros), comma = ", ";
    kr_text_add_c(&t, *comma ? ")" : "0)");
    return kr_text_str(&t);
}

static void add_digits(KrText *text, int value, int digits) {
    char *p = kr_text_room(text, (size_t)digits);
    for (; p && digits--; value /= 10) p[digits] = (char)('0' + value % 10);
}

static KrValue delta_str(KrVm *vm, KrValue self) {
    const KrDelta *d = kr_delta_of(self);
    KrText t;
    kr_text_init(vm, &t);
    if (d->days) kr_text_add_format(&t, "%d day%s, ", (int)d->days, d->days == 1 || d->days == -1 ? "" : "s");
    kr_text_add_format(&t, "%d:", (int)d->seconds / 3600);
    add_digits(&t, d->seconds / 60 % 60, 2);
    kr_text_add_c(&t, ":");
    add_digits(&t, d->seconds % 60, 2);
    if (d->micros) kr_text_add_c(&t, "."), add_digits(&t, d->micros, 6);
    return kr_text_str(&t);
}

static KrValue total_seconds(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue micros = micros_of(vm, self);
    return kr_is_error(micros) ? micros : kr_binary(vm, KR_TRUEDIV, micros, kr_int_box(KR_MILLION));
}

static KrValue delta_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue pair[2] = { kr_type_value(kr_type_of(self)), state_of(vm, self) };
    return kr_is_error(pair[1]) ? pair[1] : kr_tuple(vm, 2, pair);
}

static KrValue get_days(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_delta_of(self)->days); }
static KrValue get_seconds(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_delta_of(self)->seconds); }
static KrValue get_micros(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_delta_of(self)->micros); }

static const KrGetSet delta_attributes[] = {
    { "days", get_days, NULL, KR_DOC("Number of days.") },
    { "seconds", get_seconds, NULL, KR_DOC("Number of seconds (>= 0 and less than 1 day).") },
    { "microseconds", get_micros, NULL, KR_DOC("Number of microseconds (>= 0 and less than 1 second).") },
    { 0 },
};

static const KrMethod delta_methods[] = {
    { "total_seconds()", total_seconds, KR_DOC("Total seconds in the duration."), 0 },
    { "__reduce__()", delta_reduce, KR_DOC("__reduce__() -> (cls, state)"), 0 },
    { 0 },
};

const KrType kr_delta_type = {
    KR_TYPE_HEAD(kr_delta_type),
    .name = "datetime.timedelta",
    .doc = KR_DOC("Difference between two datetime values.\n\n"
                  "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n"
                  "All arguments are optional and default to 0.\nArguments may be integers or floats, and may be positive or negative."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrDelta),
    .methods = delta_methods,
    .attributes = delta_attributes,
    .make = &delta_make_row,
    .alloc = kr_alloc_instance,
    .repr = delta_repr,
    .str = delta_str,
    .hash = delta_hash,
    .truth = delta_truth,
    .compare = delta_compare,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_SUB) | KR_OP(KR_MUL) | KR_OP(KR_TRUEDIV) | KR_OP(KR_FLOORDIV) | KR_OP(KR_MOD) | KR_OP(KR_DIVMOD),
    .binary = delta_binary,
    .more = &(const KrMoreSlots){ .unary_ops = KR_OP(KR_NEG) | KR_OP(KR_POS) | KR_OP(KR_ABS), .unary = delta_unary },
};
