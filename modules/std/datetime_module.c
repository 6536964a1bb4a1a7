// datetime_module.c - the datetime module: its types and what stands beside them.
// SPDX-License-Identifier: MIT
#include "datetime_part.h"

static bool constant(KrVm *vm, const KrType *type, const char *name, KrValue value) {
    return !kr_is_error(value) && kr_type_constant(vm, type, name, value);
}

static KrValue zone_of_minutes(KrVm *vm, int minutes) {
    KrValue delta = kr_delta(vm, 0, minutes * 60, 0);
    return kr_is_error(delta) ? delta : kr_zone_of_offset(vm, delta, KR_UNSET);
}

static KrValue moment_of(KrVm *vm, int year, int month, int day, KrClock clock) {
    KrDate date = { .year = (uint16_t)year, .month = (uint8_t)month, .day = (uint8_t)day };
    return kr_moment_exact(vm, &kr_moment_type, &date, clock, KR_NONE);
}

static bool init(KrVm *vm, KrValue module) {
    const KrClock midnight = { 0 }, latest = { 23, 59, 59, 0, KR_MILLION - 1 };
    KrValue day = kr_delta(vm, 1, 0, 0), micro = kr_is_error(day) ? day : kr_delta(vm, 0, 0, 1);
    if (kr_is_error(micro)) return false;
    if (!constant(vm, &kr_timezone_type, "utc", zone_of_minutes(vm, 0))) return false;
    bool ok = constant(vm, &kr_delta_type, "min", kr_delta(vm, -KR_MAX_DAYS, 0, 0)) &&
              constant(vm, &kr_delta_type, "max", kr_delta(vm, KR_MAX_DAYS, KR_DAY - 1, KR_MILLION - 1)) &&
              constant(vm, &kr_delta_type, "resolution", micro) &&
              constant(vm, &kr_date_type, "min", kr_date_new(vm, &kr_date_type, KR_MIN_YEAR, 1, 1)) &&
              constant(vm, &kr_date_type, "max", kr_date_new(vm, &kr_date_type, KR_MAX_YEAR, 12, 31)) &&
              constant(vm, &kr_date_type, "resolution", day) &&
              constant(vm, &kr_daytime_type, "min", kr_daytime_new(vm, &kr_daytime_type, midnight, KR_NONE)) &&
              constant(vm, &kr_daytime_type, "max", kr_daytime_new(vm, &kr_daytime_type, latest, KR_NONE)) &&
              constant(vm, &kr_daytime_type, "resolution", micro) &&
              constant(vm, &kr_moment_type, "min", moment_of(vm, KR_MIN_YEAR, 1, 1, midnight)) &&
              constant(vm, &kr_moment_type, "max", moment_of(vm, KR_MAX_YEAR, 12, 31, latest)) &&
              constant(vm, &kr_moment_type, "resolution", micro) &&
              constant(vm, &kr_timezone_type, "min", zone_of_minutes(vm, -(24 * 60 - 1))) &&
              constant(vm, &kr_timezone_type, "max", zone_of_minutes(vm, 24 * 60 - 1));
    return ok && kr_setattr_c(vm, module, "UTC", kr_zone_utc(vm));
}

static KrValue make_all(KrVm *vm) {
    static const char *const names[] = { "date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC" };
    KrValue item[KR_COUNT_OF(names)];
    for (size_t i = 0; i < KR_COUNT_OF(names); i++)
        if (kr_is_error(item[i] = kr_name(vm, names[i]))) return KR_ERROR;
    return kr_tuple(vm, KR_COUNT_OF(names), item);
}

static const KrMethod functions[] = { { 0 } };

static const KrConst constants[] = {
    { "MINYEAR", KR_CONST_INT, { .i = KR_MIN_YEAR } },       { "MAXYEAR", KR_CONST_INT, { .i = KR_MAX_YEAR } },
    { "timedelta", KR_CONST_TYPE, { .p = &kr_delta_type } }, { "date", KR_CONST_TYPE, { .p = &kr_date_type } },
    { "time", KR_CONST_TYPE, { .p = &kr_daytime_type } },    { "datetime", KR_CONST_TYPE, { .p = &kr_moment_type } },
    { "tzinfo", KR_CONST_TYPE, { .p = &kr_tzinfo_type } },   { "timezone", KR_CONST_TYPE, { .p = &kr_timezone_type } },
    { "__all__", KR_CONST_MAKE, { .make = make_all } },      { 0 },
};

const KrModuleDef kr_datetime_module = {
    "datetime", KR_DOC("Concrete date/time and related types.\n\nSee the iana time zones of module zoneinfo, too."), functions, constants,
    init
};
