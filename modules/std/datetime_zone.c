// datetime_zone.c - datetime.tzinfo, which Python code fills with zones, and datetime.timezone, fixed offsets from UTC.
// SPDX-License-Identifier: MIT
#include "datetime_part.h"

static KrFixedZone *fixed_of(KrValue v) { return (KrFixedZone *)kr_ptr(v); }
static bool is_fixed(KrValue v) { return kr_is_exact(v, &kr_timezone_type); }

bool kr_zone_check(KrVm *vm, KrValue zone) {
    if (kr_is_none(zone) || kr_isa(zone, &kr_tzinfo_type)) return true;
    return kr_fail(kr_raise(vm, &kr_type_error, "tzinfo argument must be None or of a tzinfo subclass, not type '%T'", zone));
}

static bool within_a_day(KrValue delta) {
    int64_t seconds = kr_delta_seconds(delta);
    return seconds < KR_DAY && (seconds > -KR_DAY || (seconds == -KR_DAY && kr_delta_of(delta)->micros > 0));
}

KrValue kr_zone_offset(KrVm *vm, KrValue zone, const char *method, KrValue when) {
    if (kr_is_none(zone)) return KR_NONE;
    if (is_fixed(zone)) return *method == 'u' ? fixed_of(zone)->offset : KR_NONE;
    KrValue v = kr_call_method(vm, zone, method, 1, &when);
    if (kr_is_error(v) || kr_is_none(v)) return v;
    if (!kr_is_delta(v)) return kr_raise(vm, &kr_type_error, "tzinfo.%s() must return None or a timedelta, not '%T'", method, v);
    if (within_a_day(v)) return v;
    return kr_raise(vm, &kr_value_error, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
}

// ---- Texts of offsets ------------------------------------------------------------------------------------------------------------

static void add_digits(KrText *text, int value, int digits) {
    char *p = kr_text_room(text, (size_t)digits);
    for (; p && digits--; value /= 10) p[digits] = (char)('0' + value % 10);
}

void kr_zone_add_offset(KrText *text, KrValue offset, const char *colon) {
    if (kr_is_none(offset)) return;
    int64_t micros = kr_delta_seconds(offset) * KR_MILLION + kr_delta_of(offset)->micros, size = micros < 0 ? -micros : micros;
    int seconds = (int)(size / KR_MILLION), rest = (int)(size % KR_MILLION);
    kr_text_add_c(text, micros < 0 ? "-" : "+");
    add_digits(text, seconds / 3600, 2);
    kr_text_add_c(text, colon);
    add_digits(text, seconds / 60 % 60, 2);
    if (seconds % 60 || rest) kr_text_add_c(text, colon), add_digits(text, seconds % 60, 2);
    if (rest) kr_text_add_c(text, "."), add_digits(text, rest, 6);
}

static KrValue fixed_name(KrVm *vm, KrValue zone) {
    const KrFixedZone *z = fixed_of(zone);
    KrText t;
    if (!kr_is_none(z->name)) return z->name;
    kr_text_init(vm, &t);
    kr_text_add_c(&t, "UTC");
    if (kr_delta_seconds(z->offset) || kr_delta_of(z->offset)->micros) kr_zone_add_offset(&t, z->offset, ":");
    return kr_text_str(&t);
}

KrValue kr_zone_name(KrVm *vm, KrValue zone, KrValue when) {
    if (kr_is_none(zone)) return KR_NONE;
    if (is_fixed(zone)) return fixed_name(vm, zone);
    KrValue v = kr_call_method(vm, zone, "tzname", 1, &when);
    if (kr_is_error(v) || kr_is_none(v) || kr_is_str(v)) return v;
    return kr_raise(vm, &kr_type_error, "tzinfo.tzname() must return None or a string, not '%T'", v);
}

// ---- tzinfo ----------------------------------------------------------------------------------------------------------------------

static KrValue tzinfo_make(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_alloc_instance(vm, kr_as_type(self)); }
static const KrMethod tzinfo_make_row = { "tzinfo(*args, **kwargs)", tzinfo_make, "", 0 };

static KrValue left_out(KrVm *vm, const char *name) {
    return kr_raise(vm, &kr_not_implemented_error, "a tzinfo subclass must implement %s()", name);
}
static KrValue tzinfo_utcoffset(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, left_out(vm, "utcoffset"); }
static KrValue tzinfo_dst(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, left_out(vm, "dst"); }
static KrValue tzinfo_tzname(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, (void)arg, left_out(vm, "tzname"); }

static bool of_this_zone(KrVm *vm, KrValue self, KrValue moment) {
    if (!kr_is_moment(moment)) return kr_fail(kr_raise(vm, &kr_type_error, "fromutc: argument must be a datetime"));
    if (!kr_same(kr_moment_of(moment)->zone, self)) return kr_fail(kr_raise(vm, &kr_value_error, "fromutc: dt.tzinfo is not self"));
    return true;
}

static KrValue plus_delta(KrVm *vm, KrValue moment, KrValue a, int sign, KrValue b) {
    const KrDelta *x = kr_delta_of(a), *y = kr_is_unset(b) ? NULL : kr_delta_of(b);
    return kr_moment_add(vm, moment, (int64_t)x->days + (y ? sign * y->days : 0), (int64_t)x->seconds + (y ? sign * y->seconds : 0),
                         (int64_t)x->micros + (y ? sign * y->micros : 0));
}

// The standard offset leads to local standard time; what dst() says of that is added.
static KrValue tzinfo_fromutc(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!of_this_zone(vm, self, arg[0])) return KR_ERROR;
    KrValue offset = kr_moment_offset(vm, arg[0]);
    if (kr_is_none(offset)) return kr_raise(vm, &kr_value_error, "fromutc: non-None utcoffset() result required");
    KrValue dst = kr_is_error(offset) ? offset : kr_zone_offset(vm, self, "dst", arg[0]);
    if (kr_is_none(dst)) return kr_raise(vm, &kr_value_error, "fromutc: non-None dst() result required");
    KrValue standard = kr_is_error(dst) ? dst : plus_delta(vm, arg[0], offset, -1, dst);
    if (kr_is_error(standard)) return standard;
    if (!kr_is_moment(standard)) return kr_raise(vm, &kr_type_error, "fromutc: argument must be a datetime");
    dst = kr_zone_offset(vm, kr_moment_of(standard)->zone, "dst", standard);
    if (kr_is_none(dst)) return kr_raise(vm, &kr_value_error, "fromutc: tz.dst() gave inconsistent results; cannot convert");
    return kr_is_error(dst) ? dst : plus_delta(vm, standard, dst, 1, KR_UNSET);
}

static KrValue tzinfo_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue name = kr_name(vm, "__getinitargs__"), make;
    (void)arg;
    if (kr_is_error(name) || !kr_find_attr(vm, self, name, &make)) return KR_ERROR;
    KrValue args = kr_is_unset(make) ? kr_tuple(vm, 0, NULL) : kr_call(vm, make, 0, NULL);
    KrValue state = kr_is_error(args) ? args : kr_call_method(vm, self, "__getstate__", 0, NULL);
    return kr_is_error(state) ? state : kr_tuple(vm, 3, (KrValue[]){ kr_type_value(kr_type_of(self)), args, state });
}

static const KrMethod tzinfo_methods[] = {
    { "tzname(dt, /)", tzinfo_tzname, KR_DOC("datetime -> string name of time zone."), 0 },
    { "utcoffset(dt, /)", tzinfo_utcoffset, KR_DOC("datetime -> timedelta showing offset from UTC, negative values indicating West of UTC"),
      0 },
    { "dst(dt, /)", tzinfo_dst, KR_DOC("datetime -> DST offset as timedelta positive east of UTC."), 0 },
    { "fromutc(dt, /)", tzinfo_fromutc, KR_DOC("datetime in UTC -> datetime in local time."), 0 },
    { "__reduce__()", tzinfo_reduce, KR_DOC("-> (cls, state)"), 0 },
    { 0 },
};

const KrType kr_tzinfo_type = {
    KR_TYPE_HEAD(kr_tzinfo_type), .name = "datetime.tzinfo",  .doc = KR_DOC("Abstract base class for time zone info objects."),
    .flags = KR_TYPE_BASE,        .size = sizeof(KrObject),   .methods = tzinfo_methods,
    .make = &tzinfo_make_row,     .alloc = kr_alloc_instance,
};

// ---- timezone --------------------------------------------------------------------------------------------------------------------

KrValue kr_zone_utc(KrVm *vm) {
    KrValue name = kr_name(vm, "utc");
    return kr_is_error(name) ? name : kr_type_lookup(vm, &kr_timezone_type, name);
}

KrValue kr_zone_of_offset(KrVm *vm, KrValue delta, KrValue name) {
    if (!within_a_day(delta))
        return kr_raise(vm, &kr_value_error,
                        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %R.", delta);
    if (kr_is_unset(name) && !kr_delta_seconds(delta) && !kr_delta_of(delta)->micros) {
        KrValue utc = kr_zone_utc(vm);
        if (!kr_is_unset(utc)) return utc; // else it is being made
    }
    KrValue v = kr_alloc_instance(vm, &kr_timezone_type);
    if (kr_is_error(v)) return v;
    fixed_of(v)->offset = delta;
    fixed_of(v)->name = kr_is_unset(name) ? KR_NONE : name;
    return v;
}

static KrValue timezone_make(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_delta(arg[0])) return kr_raise(vm, &kr_type_error, "timezone() argument 1 must be datetime.timedelta, not %T", arg[0]);
    if (!kr_is_unset(arg[1]) && !kr_is_str(arg[1]))
        return kr_raise(vm, &kr_type_error, "timezone() argument 2 must be str, not %T", arg[1]);
    return kr_zone_of_offset(vm, arg[0], arg[1]);
}
static const KrMethod timezone_make_row = { "timezone(offset, name=<unset>)", timezone_make, "", 0 };

static bool moment_or_none(KrVm *vm, KrValue v, const char *method) {
    if (kr_is_none(v) || kr_is_moment(v)) return true;
    return kr_fail(kr_raise(vm, &kr_type_error, "%s(dt) argument must be a datetime instance or None, not %T", method, v));
}
static KrValue timezone_utcoffset(KrVm *vm, KrValue self, const KrValue *arg) {
    return moment_or_none(vm, arg[0], "utcoffset") ? fixed_of(self)->offset : KR_ERROR;
}
static KrValue timezone_dst(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)self, moment_or_none(vm, arg[0], "dst") ? KR_NONE : KR_ERROR;
}
static KrValue timezone_tzname(KrVm *vm, KrValue self, const KrValue *arg) {
    return moment_or_none(vm, arg[0], "tzname") ? fixed_name(vm, self) : KR_ERROR;
}
static KrValue timezone_fromutc(KrVm *vm, KrValue self, const KrValue *arg) {
    return of_this_zone(vm, self, arg[0]) ? plus_delta(vm, arg[0], fixed_of(self)->offset, 1, KR_UNSET) : KR_ERROR;
}

KrValue kr_zone_from_utc(KrVm *vm, KrValue zone, KrValue moment) {
    if (is_fixed(zone) && kr_is_exact(moment, &kr_moment_type)) return timezone_fromutc(vm, zone, &moment);
    return kr_call_method(vm, zone, "fromutc", 1, &moment);
}

static KrValue timezone_initargs(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_tuple(vm, kr_is_none(fixed_of(self)->name) ? 1 : 2, (KrValue[]){ fixed_of(self)->offset, fixed_of(self)->name });
}

static KrValue timezone_repr(KrVm *vm, KrValue self) {
    const KrFixedZone *z = fixed_of(self);
    if (kr_same(self, kr_zone_utc(vm))) return kr_str_c(vm, "datetime.timezone.utc");
    return kr_is_none(z->name) ? kr_format(vm, "%T(%R)", self, z->offset) : kr_format(vm, "%T(%R, %R)", self, z->offset, z->name);
}

static bool timezone_hash(KrVm *vm, KrValue self, KrHash *out) { return kr_hash(vm, fixed_of(self)->offset, out); }

static KrValue timezone_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    if ((op != KR_EQ && op != KR_NE) || !is_fixed(other)) return KR_NOTIMPL;
    return kr_bool(kr_delta_same(fixed_of(self)->offset, fixed_of(other)->offset) == (op == KR_EQ));
}

static void timezone_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrFixedZone *)o)->offset);
    kr_trace(tracer, ((KrFixedZone *)o)->name);
}

static const KrMethod timezone_methods[] = {
    { "tzname(dt, /)", timezone_tzname,
      KR_DOC("If name is specified when timezone is created, returns the name. Otherwise 'UTC' and the offset."), 0 },
    { "utcoffset(dt, /)", timezone_utcoffset, KR_DOC("Return fixed offset."), 0 },
    { "dst(dt, /)", timezone_dst, KR_DOC("Return None."), 0 },
    { "fromutc(dt, /)", timezone_fromutc, KR_DOC("datetime in UTC -> datetime in local time."), 0 },
    { "__getinitargs__()", timezone_initargs, KR_DOC("pickle support"), 0 },
    { 0 },
};

const KrType kr_timezone_type = {
    KR_TYPE_HEAD(kr_timezone_type), .name = "datetime.timezone", .doc = KR_DOC("Fixed offset from UTC implementation of tzinfo."),
    .base = &kr_tzinfo_type,        .size = sizeof(KrFixedZone), .methods = timezone_methods,
    .make = &timezone_make_row,     .alloc = kr_alloc_instance,  .trace = timezone_trace,
    .repr = timezone_repr,          .str = fixed_name,           .hash = timezone_hash,
    .compare = timezone_compare,
};
