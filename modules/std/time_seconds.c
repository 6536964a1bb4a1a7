// time_seconds.c - numbers of seconds as C takes them, and the local time zone.
// SPDX-License-Identifier: MIT
#include "port.h"
#include "time_part.h"

enum { MILLION = 1000000, STRIDE = 601200, REACH = 536454000 }; // seconds: to look for a time with or without summer time

static bool out_of_range(KrVm *vm) { return kr_fail(kr_raise(vm, &kr_overflow_error, "timestamp out of range for platform time_t")); }

// The whole part, towards zero, and the rest. False: NaN or out of range, raised.
static bool split(KrVm *vm, double d, int64_t *whole, double *rest) {
    if (d != d) return kr_fail(kr_raise(vm, &kr_value_error, "Invalid value NaN (not a number)"));
    if (!(d > -9.2e18 && d < 9.2e18)) return out_of_range(vm);
    *whole = (int64_t)d;
    *rest = d - (double)*whole;
    return true;
}

static bool whole_number(KrVm *vm, KrValue v, int64_t *out) {
    if (kr_to_int64(vm, v, out)) return true;
    if (!kr_raised_is(vm, &kr_overflow_error)) return false;
    (void)kr_take_raised(vm);
    return out_of_range(vm);
}

bool kr_time_seconds(KrVm *vm, KrValue v, int64_t *seconds) {
    double rest;
    if (!kr_is_float(v)) return whole_number(vm, v, seconds);
    if (!split(vm, kr_float_value(v), seconds, &rest)) return false;
    *seconds -= rest < 0;
    return true;
}

bool kr_time_micros(KrVm *vm, KrValue v, int64_t *seconds, int32_t *micros) {
    double rest;
    if (!kr_is_float(v)) return *micros = 0, whole_number(vm, v, seconds);
    if (!split(vm, kr_float_value(v), seconds, &rest)) return false;
    double exact = rest * MILLION;
    int32_t n = (int32_t)exact, odd = n & 1;
    double part = exact - n;
    if (part > 0.5 || (part == 0.5 && odd)) n++;
    if (part < -0.5 || (part == -0.5 && odd)) n--;
    if (n < 0) n += MILLION, --*seconds;
    if (n >= MILLION) n -= MILLION, ++*seconds;
    return *micros = n, true;
}

bool kr_time_duration(KrVm *vm, KrValue v, int64_t *ns) {
    int64_t whole;
    double rest = 0;
    if (kr_is_float(v) ? !split(vm, kr_float_value(v), &whole, &rest) : !kr_to_int64(vm, v, &whole)) {
        if (kr_is_float(v) || !kr_raised_is(vm, &kr_overflow_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_overflow_error, "timestamp too large to convert to C PyTime_t"));
    }
    if (whole > INT64_MAX / 1000000000 - 1 || whole < -(INT64_MAX / 1000000000 - 1))
        return kr_fail(kr_raise(vm, &kr_overflow_error, "timestamp too large to convert to C PyTime_t"));
    double exact = rest * 1e9;
    int64_t part = (int64_t)exact;
    *ns = whole * 1000000000 + part + (exact > (double)part) - (exact < (double)part);
    return true;
}

bool kr_time_local(KrVm *vm, int64_t seconds, KrBrokenTime *out) {
    KrPortZone zone;
    if (!kr_port_zone(seconds, &zone)) return kr_fail(kr_raise_os(vm, 75, KR_UNSET)); // EOVERFLOW, as the system's own function has it
    kr_broken_time(seconds + zone.offset, out);
    out->isdst = zone.daylight;
    out->offset = zone.offset;
    out->zone = kr_str_c(vm, zone.name);
    return !kr_is_error(out->zone);
}

// Is the offset at `seconds` that of the summer time (or not) that is wanted?
static bool suits(int64_t seconds, int isdst, int *offset) {
    KrPortZone zone;
    if (!kr_port_zone(seconds, &zone)) return false;
    *offset = zone.offset;
    return isdst < 0 || zone.daylight == (isdst > 0);
}

// The moment at which clocks show t; of a time that they skip, as if they had not. Where isdst is not what holds then, the offset is taken from the
// nearest time when it did.
int64_t kr_time_of_local(const KrBrokenTime *t) {
    int64_t local = kr_broken_seconds(t);
    int offset = 0, next;
    (void)suits(local, -1, &offset);
    (void)suits(local - offset, -1, &offset);
    next = offset;
    if (suits(local - offset, t->isdst, &next) && next == offset) return local - offset;
    if (next < offset && t->isdst <= 0) offset = next;
    int64_t at = local - offset;
    if (suits(at, t->isdst, &next)) return at;
    for (int64_t away = STRIDE; away < REACH; away += STRIDE)
        if (suits(at - away, t->isdst, &next) || suits(at + away, t->isdst, &next)) return local - next;
    return t->isdst > 0 ? at - 3600 : at + 3600; // there is none: an hour
}
