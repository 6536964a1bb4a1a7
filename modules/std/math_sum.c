// math_sum.c - functions of module math over many numbers: sums that lose nothing, products, and lengths of vectors.
// SPDX-License-Identifier: MIT
#include <float.h>

#include "math_part.h"

// ---- Items of any iterable -------------------------------------------------------------------------------------------------------

bool kr_math_feed(KrVm *vm, KrValue iterable, KrMathFeed *feed) {
    bool plain = kr_math_plain(iterable);
    *feed = (KrMathFeed){ iterable, 0, plain && kr_is_list(iterable), plain && kr_is_tuple(iterable) };
    if (feed->list || feed->tuple) return true;
    feed->from = kr_iter(vm, iterable);
    return !kr_is_error(feed->from);
}

KrValue kr_math_feed_slow(KrVm *vm, KrMathFeed *feed) {
    size_t len;
    if (!feed->list && !feed->tuple) return kr_next(vm, feed->from);
    const KrValue *item = feed->list ? kr_list_items(feed->from, &len) : kr_tuple_items(feed->from, &len);
    return feed->at - 1 < len ? item[feed->at - 1] : KR_DONE;
}

// ---- fsum: J. R. Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates", 1997 ----------------

enum { FEW = 32 };

typedef struct { // the exact sum so far: doubles that do not overlap, the smallest first
    double small[FEW], *part;
    size_t count, room;
    double special, infinite; // sums of the infinities and NaNs, and of the infinities
} Partials;

static bool more_room(KrVm *vm, Partials *p) {
    double *larger = kr_buffer_alloc(vm, 2 * p->room * sizeof *larger);
    if (!larger) return false;
    memcpy(larger, p->part, p->count * sizeof *larger);
    return p->part = larger, p->room *= 2, true;
}

static bool add_exactly(KrVm *vm, Partials *p, double x) {
    double given = x;
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        double y = p->part[i], large = fabs(x) < fabs(y) ? y : x, little = fabs(x) < fabs(y) ? x : y;
        double high = large + little, low = little - (high - large);
        if (low != 0) p->part[kept++] = low;
        x = high;
    }
    p->count = kept;
    if (x == 0) return true;
    if (!isfinite(x)) {
        if (isfinite(given)) return kr_fail(kr_raise(vm, &kr_overflow_error, "intermediate overflow in fsum"));
        if (isinf(given)) p->infinite += given;
        p->special += given;
        return p->count = 0, true;
    }
    if (p->count == p->room && !more_room(vm, p)) return false;
    return p->part[p->count++] = x, true;
}

// Rounded once: where the rest is half a unit, what is below it decides.
static double rounded(const Partials *p) {
    size_t n = p->count;
    double high = n ? p->part[--n] : 0, low = 0;
    while (n && low == 0) {
        double x = high, y = p->part[--n];
        high = x + y;
        low = y - (high - x);
    }
    if (n && ((low < 0 && p->part[n - 1] < 0) || (low > 0 && p->part[n - 1] > 0))) {
        double twice = low * 2, next = high + twice;
        if (next - high == twice) high = next;
    }
    return high;
}

KR_MATH(fsum) {
    (void)self;
    Partials p = { .room = FEW };
    KrMathFeed feed;
    KrValue item;
    double x;
    p.part = p.small;
    if (!kr_math_feed(vm, arg[0], &feed)) return KR_ERROR;
    while (item = kr_math_next(vm, &feed), !kr_is_done(item))
        if (kr_is_error(item) || !kr_math_real(vm, item, &x) || !add_exactly(vm, &p, x)) return KR_ERROR;
    if (p.special != 0) return isnan(p.infinite) ? kr_raise(vm, &kr_value_error, "-inf + inf in fsum") : kr_float(vm, p.special);
    return kr_float(vm, rounded(&p));
}

// ---- prod ------------------------------------------------------------------------------------------------------------------------

// a * b, in the processor while both are plain numbers that it can multiply.
static KrValue times(KrVm *vm, KrValue a, KrValue b) {
    KrValue product;
    if (kr_is_double(a) && kr_is_double(b)) return kr_float(vm, kr_double_unbox(a) * kr_double_unbox(b));
    if (kr_both_int(a, b) && kr_int_mul(a, b, &product)) return product;
    return kr_binary(vm, KR_MUL, a, b);
}

KR_MATH(prod) {
    (void)self;
    KrMathFeed feed;
    KrValue item, product = arg[1];
    if (!kr_math_feed(vm, arg[0], &feed)) return KR_ERROR;
    while (item = kr_math_next(vm, &feed), !kr_is_done(item)) {
        if (!kr_is_error(item)) product = times(vm, product, item);
        if (kr_is_error(item) || kr_is_error(product)) return KR_ERROR;
    }
    return product;
}

// ---- sumprod: T. Ogita, S. Rump, S. Oishi, "Accurate sum and dot product", 2005, algorithm 5.10 for K = 3 ---------------------------

typedef struct {
    double high, low, tiny;
} Triple;

typedef struct {
    KrValue total;          // of what is in neither of the others
    int64_t whole;          // while only ints came
    Triple real;            // while floats come
    bool wholes, reals;     // may still be used
    bool in_whole, in_real; // are in use
} Dot;

static KrMathPair exact_sum(double a, double b) {
    double s = a + b, t = s - a;
    return (KrMathPair){ s, (a - (s - t)) + (b - t) };
}

static KrMathPair exact_product(double a, double b) {
    double p = a * b, large = fabs(p) > fabs(a) ? fabs(p) : fabs(a);
    if (large < 0x1p900 && fabs(b) < 0x1p900 && fabs(p) > 0x1p-900) return kr_math_product(a, b);
    return (KrMathPair){ p, kr_port_math.fma(a, b, -p) };
}

static Triple with_product(Triple t, double a, double b) {
    KrMathPair product = exact_product(a, b), sum = exact_sum(t.high, product.high);
    KrMathPair r1 = exact_sum(t.low, product.low), r2 = exact_sum(r1.high, sum.low);
    return (Triple){ sum.high, r2.high, t.tiny + r1.low + r2.low };
}

static double as_double(Triple t) {
    KrMathPair last = exact_sum(t.low, t.high);
    return t.tiny + last.low + last.high;
}

static bool add_total(KrVm *vm, Dot *d, KrValue v) {
    if (!kr_is_error(v)) d->total = kr_binary(vm, KR_ADD, d->total, v);
    return !kr_is_error(v) && !kr_is_error(d->total);
}

static bool settle_whole(KrVm *vm, Dot *d) {
    bool used = d->in_whole;
    d->wholes = d->in_whole = false;
    return !used || add_total(vm, d, kr_int(vm, d->whole));
}

static bool settle_real(KrVm *vm, Dot *d) {
    bool used = d->in_real;
    d->reals = d->in_real = false;
    return !used || add_total(vm, d, kr_float(vm, as_double(d->real)));
}

static bool plain_int(KrValue v, int64_t *out) { return kr_is_integer(v) && !kr_is_bool(v) && kr_math_plain(v) && kr_int_fits(v, out); }
static bool plain_float(KrValue v) { return kr_is_float(v) && kr_math_plain(v); }

static bool add_whole(Dot *d, KrValue a, KrValue b) {
    int64_t x, y, product, sum;
    if (!plain_int(a, &x) || !plain_int(b, &y) || __builtin_mul_overflow(x, y, &product) || __builtin_add_overflow(d->whole, product, &sum))
        return false;
    d->whole = sum;
    return d->in_whole = true;
}

// One of the two is a float, the other may be an int. *done: it was, and the sum is finite.
static bool add_real(KrVm *vm, Dot *d, KrValue a, KrValue b, bool *done) {
    double x, y;
    bool real = plain_float(a), also = plain_float(b);
    *done = false;
    if ((!real && !(also && kr_is_integer(a) && kr_math_plain(a))) || (!also && !(kr_is_integer(b) && kr_math_plain(b)))) return true;
    if (!kr_math_real(vm, a, &x) || !kr_math_real(vm, b, &y)) {
        if (!kr_raised_is(vm, &kr_overflow_error)) return false;
        (void)kr_take_raised(vm); // an int that is too large: the plain way says so
        return true;
    }
    Triple next = with_product(d->real, x, y);
    if (!isfinite(next.high)) return true;
    d->real = next;
    return d->in_real = *done = true;
}

static bool add_term(KrVm *vm, Dot *d, KrValue a, KrValue b) {
    bool done;
    if (d->wholes) {
        if (add_whole(d, a, b)) return true;
        if (!settle_whole(vm, d)) return false;
    }
    if (d->reals) {
        if (!add_real(vm, d, a, b, &done)) return false;
        if (done) return true;
        if (!settle_real(vm, d)) return false;
    }
    return add_total(vm, d, kr_binary(vm, KR_MUL, a, b));
}

KR_MATH(sumprod) {
    (void)self;
    KrMathFeed p, q;
    Dot d = { .total = kr_int_box(0), .wholes = true, .reals = true };
    if (!kr_math_feed(vm, arg[0], &p) || !kr_math_feed(vm, arg[1], &q)) return KR_ERROR;
    for (;;) {
        KrValue a = kr_math_next(vm, &p), b = kr_is_error(a) ? a : kr_math_next(vm, &q);
        if (kr_is_error(b)) return b;
        if (kr_is_done(a) != kr_is_done(b)) return kr_raise(vm, &kr_value_error, "Inputs are not the same length");
        if (kr_is_done(a)) break;
        if (!add_term(vm, &d, a, b)) return KR_ERROR;
    }
    return settle_whole(vm, &d) && settle_real(vm, &d) ? d.total : KR_ERROR;
}

// ---- Lengths of vectors ----------------------------------------------------------------------------------------------------------

// The root of the sum of squares, of numbers that are scaled so that the largest is below 1: squares and sums are exact in two doubles, and
// the root is corrected by what it lacks (as in C. F. Borges, "An improved algorithm for hypot(a, b)", 2019).
static double scaled_length(const double *x, size_t count, double scale) {
    double sum = 1, low1 = 0, low2 = 0; // from 1, so that the larger summand is known
    for (size_t i = 0; i < count; i++) {
        double y = x[i] * scale;
        KrMathPair square = kr_math_product(y, y);
        double next = sum + square.high;
        low2 += square.high - (next - sum);
        low1 += square.low;
        sum = next;
    }
    double h = __builtin_sqrt(sum - 1 + (low1 + low2));
    KrMathPair square = kr_math_product(-h, h);
    double next = sum + square.high;
    low2 += square.high - (next - sum);
    low1 += square.low;
    double rest = next - 1 + (low1 + low2);
    return (h + rest / (2 * h)) / scale;
}

static double length_of(double *x, size_t count, double max, bool nan) {
    int exponent;
    if (isinf(max)) return max;
    if (nan) return NAN;
    if (max == 0 || count <= 1) return max;
    (void)kr_port_math.frexp(max, &exponent);
    if (exponent >= -1023) return scaled_length(x, count, kr_port_math.ldexp(1.0, -exponent));
    for (size_t i = 0; i < count; i++) x[i] /= DBL_MIN; // subnormal
    return DBL_MIN * length_of(x, count, max / DBL_MIN, nan);
}

enum { COORDINATES = 16 };

static double *coordinates(KrVm *vm, size_t count, double *small) {
    return count <= COORDINATES ? small : kr_buffer_alloc(vm, count * sizeof(double));
}

KR_MATH(hypot) {
    (void)self;
    size_t count;
    bool nan = false;
    double small[COORDINATES], max = 0;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    double *x = coordinates(vm, count, small);
    if (!x) return KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        if (!kr_math_real(vm, item[i], &x[i])) return KR_ERROR;
        x[i] = fabs(x[i]);
        nan = nan || isnan(x[i]);
        max = x[i] > max ? x[i] : max;
        if ((i & 127) == 127 && !kr_poll(vm, 128)) return KR_ERROR;
    }
    return kr_float(vm, length_of(x, count, max, nan));
}

KR_MATH(dist) {
    (void)self;
    size_t count, other;
    bool nan = false;
    double small[COORDINATES], max = 0, a, b;
    KrValue p = kr_is_tuple(arg[0]) ? arg[0] : kr_tuple_from(vm, arg[0]);
    KrValue q = kr_is_error(p) ? p : kr_is_tuple(arg[1]) ? arg[1] : kr_tuple_from(vm, arg[1]);
    if (kr_is_error(q)) return q;
    const KrValue *from = kr_tuple_items(p, &count), *to = kr_tuple_items(q, &other);
    if (count != other) return kr_raise(vm, &kr_value_error, "both points must have the same number of dimensions");
    double *x = coordinates(vm, count, small);
    if (!x) return KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        if (!kr_math_real(vm, from[i], &a) || !kr_math_real(vm, to[i], &b)) return KR_ERROR;
        x[i] = fabs(a - b);
        nan = nan || isnan(x[i]);
        max = x[i] > max ? x[i] : max;
        if ((i & 127) == 127 && !kr_poll(vm, 128)) return KR_ERROR;
    }
    return kr_float(vm, length_of(x, count, max, nan));
}
