// datetime_stamp.c - datetimes and the clock: seconds since 1970 and the local time zone (PEP 495 says what holds when clocks are put back).
// SPDX-License-Identifier: MIT
#include "datetime_part.h"
#include "port.h"
#include "vm/clock.h"

enum { FOLD_REACH = 24 * 3600 }; // seconds: no zone is put forward or back by more

// ---- Local time ------------------------------------------------------------------------------------------------------------------

bool kr_fields_local(KrVm *vm, int64_t seconds, KrBrokenTime *out) {
    return kr_time_local(vm, seconds, out) && kr_date_check(vm, out->year, 1, 1);
}

// What clocks show at a moment, as seconds that look like UTC.
static bool shown_at(KrVm *vm, int64_t at, int64_t *shown) {
    KrPortZone zone;
    const int64_t first = -((int64_t)KR_ORDINAL_1970 - 1) * KR_DAY, last = (int64_t)(KR_MAX_ORDINAL - KR_ORDINAL_1970 + 1) * KR_DAY;
    if (at < first - KR_DAY || at >= last + KR_DAY) return kr_fail(kr_raise(vm, &kr_value_error, "year is out of range"));
    if (!kr_port_zone(at, &zone)) return kr_fail(kr_raise_os(vm, 75, KR_UNSET)); // EOVERFLOW
    *shown = at + zone.offset;
    if (*shown < first || *shown >= last) {
        int64_t year;
        int month, day;
        kr_civil_of_days(*shown / KR_DAY - (*shown % KR_DAY < 0), &year, &month, &day);
        return kr_fail(kr_raise(vm, &kr_value_error, "year %z is out of range", (intptr_t)year));
    }
    return true;
}

// The moment when clocks show this. Of two, fold chooses; of a time that is skipped, one of the two that the offsets around it give.
static bool moment_shown(KrVm *vm, int64_t shown, int fold, int64_t *out) {
    int64_t there, seen, other_shown, second;
    if (!shown_at(vm, shown, &there)) return false;
    int64_t offset = there - shown, first = shown - offset, other;
    if (!shown_at(vm, first, &seen)) return false;
    if (seen == shown) { // look for another, later or earlier
        int64_t probe = first + (fold ? FOLD_REACH : -FOLD_REACH);
        if (!shown_at(vm, probe, &other_shown)) return false;
        other = other_shown - probe;
        if (other == offset) return *out = first, true;
    } else {
        other = seen - first;
    }
    second = shown - other;
    if (!shown_at(vm, second, &other_shown)) return false;
    if (other_shown == shown) return *out = second, true;
    if (seen == shown) return *out = first, true;
    bool first_is_less = first < second;
    return *out = fold == first_is_less ? first : second, true;
}

static KrValue local_moment(KrVm *vm, const KrType *type, int64_t at, int32_t micros) {
    int64_t shown, before, then;
    int fold = 0;
    if (!shown_at(vm, at, &shown)) return KR_ERROR;
    KrPortZone zone;
    if (at - FOLD_REACH > -((int64_t)KR_ORDINAL_1970 - 2) * KR_DAY && kr_port_zone(at - FOLD_REACH, &zone)) {
        before = at - FOLD_REACH + zone.offset;
        int64_t put_forward = shown - before - FOLD_REACH; // less than 0: put back within the last day
        if (put_forward < 0) {
            if (!shown_at(vm, at + put_forward, &then)) return KR_ERROR;
            fold = then == shown;
        }
    }
    return kr_moment_of_seconds(vm, type, shown, micros, fold, KR_NONE);
}

// ---- From the clock --------------------------------------------------------------------------------------------------------------

static KrValue moment_in(KrVm *vm, KrValue self, int64_t at, int32_t micros, KrValue zone) {
    if (!kr_zone_check(vm, zone)) return KR_ERROR;
    if (kr_is_none(zone)) return local_moment(vm, kr_as_type(self), at, micros);
    KrValue utc = kr_moment_of_seconds(vm, kr_as_type(self), at, micros, 0, zone);
    return kr_is_error(utc) ? utc : kr_zone_from_utc(vm, zone, utc);
}

static bool within_years(KrVm *vm, int64_t at) { // before days are counted
    if (at >= INT64_C(-62135683200) && at < INT64_C(253402387200)) return true;
    int64_t year = 1970 + at / 31556952;
    return kr_fail(kr_raise(vm, &kr_value_error, "year %z is out of range", (intptr_t)year));
}

KrValue kr_moment_now(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t ns = kr_wall_ns(vm);
    return moment_in(vm, self, ns / 1000000000, (int32_t)(ns % 1000000000 / 1000), arg[0]);
}

KrValue kr_moment_utcnow(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t ns = kr_wall_ns(vm);
    (void)arg;
    if (!kr_warn(vm, &kr_deprecation_warning,
                 "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use "
                 "timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC)."))
        return KR_ERROR;
    return kr_moment_of_seconds(vm, kr_as_type(self), ns / 1000000000, (int32_t)(ns % 1000000000 / 1000), 0, KR_NONE);
}

KrValue kr_moment_fromtimestamp(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t at;
    int32_t micros;
    if (!kr_zone_check(vm, arg[1]) || !kr_time_micros(vm, arg[0], &at, &micros) || !within_years(vm, at)) return KR_ERROR;
    return moment_in(vm, self, at, micros, arg[1]);
}

KrValue kr_moment_utcfromtimestamp(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t at;
    int32_t micros;
    if (!kr_warn(vm, &kr_deprecation_warning,
                 "datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future version. Use timezone-aware "
                 "objects to represent datetimes in UTC: datetime.datetime.fromtimestamp(timestamp, datetime.UTC)."))
        return KR_ERROR;
    if (!kr_time_micros(vm, arg[0], &at, &micros) || !within_years(vm, at)) return KR_ERROR;
    return kr_moment_of_seconds(vm, kr_as_type(self), at, micros, 0, KR_NONE);
}

static int64_t seconds_of(const KrMoment *m) {
    const KrMoment epoch = { .date = { .year = 1970, .month = 1, .day = 1 } };
    return (kr_moment_micros_apart(m, &epoch) - m->clock.micros) / KR_MILLION;
}

KrValue kr_moment_timestamp(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrMoment *m = kr_moment_of(self);
    int64_t at;
    (void)arg;
    if (kr_is_none(m->zone)) {
        if (!moment_shown(vm, seconds_of(m), m->clock.fold, &at)) return KR_ERROR;
        return kr_float(vm, (double)at + (double)m->clock.micros / 1e6);
    }
    KrValue offset = kr_moment_offset(vm, self);
    if (kr_is_error(offset)) return offset;
    at = seconds_of(m);
    KrValue apart = kr_is_none(offset)
                        ? kr_raise(vm, &kr_type_error, "can't subtract offset-naive and offset-aware datetimes")
                        : kr_delta(vm, 0, at - kr_delta_seconds(offset), (int64_t)m->clock.micros - kr_delta_of(offset)->micros);
    return kr_is_error(apart) ? apart : kr_call_method(vm, apart, "total_seconds", 0, NULL);
}

// ---- Other zones -----------------------------------------------------------------------------------------------------------------

// The system's zone as it is at a moment: a timezone.
static KrValue zone_at(KrVm *vm, int64_t at) {
    KrPortZone zone;
    if (!kr_port_zone(at, &zone)) return kr_raise_os(vm, 75, KR_UNSET);
    KrValue delta = kr_delta(vm, 0, zone.offset, 0), name = kr_is_error(delta) ? delta : kr_str_c(vm, zone.name);
    return kr_is_error(name) ? name : kr_zone_of_offset(vm, delta, name);
}

static KrValue own_offset(KrVm *vm, KrValue self) { // of a datetime without a zone, or whose zone does not say: the system's
    const KrMoment *m = kr_moment_of(self);
    KrValue offset = kr_moment_offset(vm, self);
    int64_t at, other;
    KrPortZone zone;
    if (!kr_is_none(offset)) return offset;
    if (!moment_shown(vm, seconds_of(m), m->clock.fold, &at) || !moment_shown(vm, seconds_of(m), !m->clock.fold, &other)) return KR_ERROR;
    if (at != other && (other > at) == m->clock.fold) at = other; // a time that is skipped: the offset from before the gap for fold 0
    return kr_port_zone(at, &zone) ? kr_delta(vm, 0, zone.offset, 0) : kr_raise_os(vm, 75, KR_UNSET);
}

KrValue kr_moment_astimezone(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue zone = arg[0];
    if (!kr_zone_check(vm, zone)) return KR_ERROR;
    const KrMoment *m = kr_moment_of(self);
    if (!kr_is_none(m->zone) && kr_same(m->zone, zone)) return self;
    KrValue offset = own_offset(vm, self);
    if (kr_is_error(offset)) return offset;
    KrValue utc = kr_moment_add(vm, self, -(int64_t)kr_delta_of(offset)->days, -(int64_t)kr_delta_of(offset)->seconds,
                                -(int64_t)kr_delta_of(offset)->micros);
    if (kr_is_error(utc)) return utc;
    if (!kr_is_moment(utc)) return kr_raise(vm, &kr_type_error, "fromutc: argument must be a datetime");
    if (kr_is_none(zone)) zone = zone_at(vm, seconds_of(kr_moment_of(utc)));
    if (kr_is_error(zone)) return zone;
    KrDate date = kr_moment_of(utc)->date;
    utc = kr_moment_new(vm, kr_type_of(utc), &date, kr_moment_of(utc)->clock, zone);
    return kr_is_error(utc) ? utc : kr_zone_from_utc(vm, zone, utc);
}

KrValue kr_moment_strptime(KrVm *vm, KrValue self, const KrValue *arg) {
    for (int i = 0; i < 2; i++)
        if (!kr_is_str(arg[i])) return kr_raise(vm, &kr_type_error, "strptime() argument %d must be str, not %T", i + 1, arg[i]);
    KrValue module = kr_import(vm, "_strptime");
    return kr_is_error(module) ? module : kr_call_method(vm, module, "_strptime_datetime", 3, (KrValue[]){ self, arg[0], arg[1] });
}
