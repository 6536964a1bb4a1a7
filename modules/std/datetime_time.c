// datetime_time.c - datetime.time: times of the day.
// SPDX-License-Identifier: MIT
#include "datetime_part.h"

// ---- Clocks ----------------------------------------------------------------------------------------------------------------------

bool kr_clock_check(KrVm *vm, int hour, int minute, int second, int micros, int fold, KrClock *out) {
    const char *wrong = hour < 0 || hour > 23                ? "hour must be in 0..23"
                        : minute < 0 || minute > 59          ? "minute must be in 0..59"
                        : second < 0 || second > 59          ? "second must be in 0..59"
                        : micros < 0 || micros >= KR_MILLION ? "microsecond must be in 0..999999"
                        : fold != 0 && fold != 1             ? "fold must be either 0 or 1"
                                                             : NULL;
    if (wrong) return kr_fail(kr_raise(vm, &kr_value_error, "%s", wrong));
    *out = (KrClock){ (uint8_t)hour, (uint8_t)minute, (uint8_t)second, (uint8_t)fold, (uint32_t)micros };
    return true;
}

int64_t kr_clock_micros(KrClock c) { return ((int64_t)c.hour * 3600 + c.minute * 60 + c.second) * KR_MILLION + c.micros; }

KrClock kr_clock_of_micros(int64_t micros) {
    int seconds = (int)(micros / KR_MILLION);
    return (KrClock){ (uint8_t)(seconds / 3600), (uint8_t)(seconds / 60 % 60), (uint8_t)(seconds % 60), 0,
                      (uint32_t)(micros % KR_MILLION) };
}

bool kr_offsets_equal(KrValue a, KrValue b) {
    if (kr_is_none(a) || kr_is_none(b)) return kr_same(a, b);
    return kr_delta_same(a, b);
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------

static KrValue daytime_exact(KrVm *vm, const KrType *type, KrClock clock, KrValue zone) {
    if (!kr_zone_check(vm, zone)) return KR_ERROR;
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    kr_daytime_of(v)->clock = clock;
    kr_daytime_of(v)->zone = zone;
    return v;
}

KrValue kr_daytime_new(KrVm *vm, const KrType *type, KrClock clock, KrValue zone) {
    if (type == &kr_daytime_type) return daytime_exact(vm, type, clock, zone);
    const KrValue arg[] = { kr_int_box(clock.hour), kr_int_box(clock.minute), kr_int_box(clock.second), kr_int_box(clock.micros), zone };
    KrValue v = kr_call(vm, kr_type_value(type), 5, arg);
    if (!kr_is_error(v) && kr_isa(v, &kr_daytime_type)) kr_daytime_of(v)->clock.fold = clock.fold;
    return v;
}

KrClock kr_clock_of_state(const uint8_t *p, int fold) { // hour, minute, second, microseconds: not checked
    return (KrClock){ p[0], p[1], p[2], (uint8_t)fold, (uint32_t)(p[3] << 16 | p[4] << 8 | p[5]) };
}

// hour, minute, second, microsecond, tzinfo, fold
static bool fields(KrVm *vm, const KrValue *arg, int n[5]) {
    for (int i = 0; i < 4; i++)
        if (!kr_is_unset(arg[i]) && !kr_time_int(vm, arg[i], &n[i])) return false;
    return kr_is_unset(arg[5]) || kr_time_int(vm, arg[5], &n[4]);
}

static KrValue daytime_make(KrVm *vm, KrValue self, const KrValue *arg) {
    int n[5] = { 0 };
    bool failed = false;
    KrClock clock;
    if (!kr_is_unset(arg[0]) && !kr_is_int(arg[0]) && kr_is_unset(arg[2]) && kr_is_unset(arg[3])) {
        const uint8_t *p = kr_pickle_state(vm, arg[0], 6, 0, "time", &failed);
        if (failed) return KR_ERROR;
        if (p && !kr_is_unset(arg[1]) && !kr_is_none(arg[1]) && !kr_isa(arg[1], &kr_tzinfo_type))
            return kr_raise(vm, &kr_type_error, "bad tzinfo state arg");
        if (p) {
            clock = kr_clock_of_state(p, p[0] >> 7);
            clock.hour &= 0x7F;
            return daytime_exact(vm, kr_as_type(self), clock, kr_is_unset(arg[1]) ? KR_NONE : arg[1]);
        }
    }
    if (!fields(vm, arg, n) || !kr_clock_check(vm, n[0], n[1], n[2], n[3], n[4], &clock)) return KR_ERROR;
    return daytime_exact(vm, kr_as_type(self), clock, arg[4]);
}
static const KrMethod daytime_make_row = {
    "function(hour=<unset>, minute=<unset>, second=<unset>, microsecond=<unset>, tzinfo=None, *, fold=<unset>)", daytime_make, "", 0
};

static KrValue daytime_replace(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrDayTime *t = kr_daytime_of(self);
    int n[5] = { t->clock.hour, t->clock.minute, t->clock.second, (int)t->clock.micros, t->clock.fold };
    KrClock clock;
    KrValue zone = kr_is_unset(arg[4]) ? t->zone : arg[4];
    if (!fields(vm, arg, n) || !kr_zone_check(vm, zone) || !kr_clock_check(vm, n[0], n[1], n[2], n[3], n[4], &clock)) return KR_ERROR;
    return kr_daytime_new(vm, kr_type_of(self), clock, zone);
}

// ---- Texts -----------------------------------------------------------------------------------------------------------------------

static KrValue iso_text(KrVm *vm, KrValue self, KrIsoSpec spec) {
    const KrDayTime *t = kr_daytime_of(self);
    KrText text;
    KrValue offset = kr_zone_offset(vm, t->zone, "utcoffset", KR_NONE);
    if (kr_is_error(offset)) return offset;
    kr_text_init(vm, &text);
    kr_iso_add_clock(&text, t->clock, spec);
    kr_zone_add_offset(&text, offset, ":");
    return kr_text_str(&text);
}
static KrValue daytime_isoformat(KrVm *vm, KrValue self, const KrValue *arg) {
    KrIsoSpec spec;
    return kr_iso_spec(vm, arg[0], 1, &spec) ? iso_text(vm, self, spec) : KR_ERROR;
}
static KrValue daytime_str(KrVm *vm, KrValue self) {
    return kr_is_exact(self, &kr_daytime_type) ? iso_text(vm, self, KR_ISO_AUTO) : kr_call_method(vm, self, "isoformat", 0, NULL);
}

static KrValue daytime_repr(KrVm *vm, KrValue self) {
    const KrDayTime *t = kr_daytime_of(self);
    KrText text;
    kr_text_init(vm, &text);
    kr_text_add_format(&text, "%T(%d, %d", self, t->clock.hour, t->clock.minute);
    if (t->clock.second || t->clock.micros) kr_text_add_format(&text, ", %d", t->clock.second);
    if (t->clock.micros) kr_text_add_format(&text, ", %d", (int)t->clock.micros);
    if (!kr_is_none(t->zone)) kr_text_add_format(&text, ", tzinfo=%R", t->zone);
    if (t->clock.fold) kr_text_add_c(&text, ", fold=1");
    kr_text_add_c(&text, ")");
    return kr_text_str(&text);
}

static bool has_directive(const char *p, size_t len, const char *what) {
    size_t size = strlen(what);
    for (size_t i = 0; i + 1 < len; i++) {
        if (p[i] != '%') continue;
        if (i + 1 + size <= len && !memcmp(p + i + 1, what, size)) return true;
        i++;
    }
    return false;
}

static KrValue offset_text(KrVm *vm, KrValue offset, const char *colon) {
    KrText text;
    kr_text_init(vm, &text);
    kr_zone_add_offset(&text, offset, colon);
    return kr_text_str(&text);
}

// t has the fields; zone and when are asked for what only they know, where the format wants it.
KrValue kr_strftime(KrVm *vm, KrBrokenTime *t, KrValue zone, KrValue when, KrValue format) {
    size_t len;
    KrText text;
    const char *p = kr_str_text(format, &len);
    KrValue empty = kr_str(vm, "", 0);
    t->has_more = true;
    t->offset_text = t->colon_text = t->zone = empty;
    if (kr_is_error(empty)) return empty;
    bool plain = has_directive(p, len, "z"), colon = has_directive(p, len, ":z");
    if (!kr_is_none(zone) && (plain || colon)) {
        KrValue offset = kr_zone_offset(vm, zone, "utcoffset", when);
        t->offset_text = kr_is_error(offset) ? offset : offset_text(vm, offset, "");
        t->colon_text = kr_is_error(t->offset_text) ? KR_ERROR : offset_text(vm, offset, ":");
        if (kr_is_error(t->colon_text)) return KR_ERROR;
    }
    if (!kr_is_none(zone) && has_directive(p, len, "Z")) {
        KrValue name = kr_zone_name(vm, zone, when);
        if (kr_is_str(name) && kr_has_flag(name, KR_TYPE_HEAP)) { // a class of its own may do what it likes where a % is doubled
            const KrValue arg[] = { kr_str_c(vm, "%"), kr_str_c(vm, "%%") };
            if (kr_is_error(arg[0]) || kr_is_error(arg[1])) return KR_ERROR;
            KrValue doubled = kr_call_method(vm, name, "replace", 2, arg);
            if (!kr_is_error(doubled) && !kr_is_str(doubled))
                return kr_raise(vm, &kr_type_error, "tzname.replace() did not return a string");
            if (kr_is_error(doubled)) return doubled;
        }
        if (kr_is_error(name)) return name;
        if (kr_is_str(name)) t->zone = name;
    }
    if (memchr(p, 0, len)) return kr_raise(vm, &kr_value_error, "embedded null character");
    kr_text_init(vm, &text);
    kr_time_add_text(&text, t, p, len);
    return kr_text_str(&text);
}

static KrValue daytime_strftime(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrDayTime *t = kr_daytime_of(self);
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "strftime() argument 1 must be str, not %T", arg[0]);
    KrBrokenTime b = { .year = 1900,
                       .month = 1,
                       .day = 1,
                       .weekday = 0,
                       .day_of_year = 1,
                       .isdst = -1,
                       .hour = t->clock.hour,
                       .minute = t->clock.minute,
                       .second = t->clock.second,
                       .microsecond = (int)t->clock.micros };
    return kr_strftime(vm, &b, t->zone, KR_NONE, arg[0]);
}

// ---- Zones, comparing, pickles -----------------------------------------------------------------------------------------------------

static KrValue daytime_utcoffset(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_zone_offset(vm, kr_daytime_of(self)->zone, "utcoffset", KR_NONE);
}
static KrValue daytime_dst(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_zone_offset(vm, kr_daytime_of(self)->zone, "dst", KR_NONE);
}
static KrValue daytime_tzname(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_zone_name(vm, kr_daytime_of(self)->zone, KR_NONE);
}

static KrValue daytime_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_isa(other, &kr_daytime_type)) return KR_NOTIMPL;
    const KrDayTime *a = kr_daytime_of(self), *b = kr_daytime_of(other);
    int64_t apart = kr_clock_micros(a->clock) - kr_clock_micros(b->clock);
    if (!kr_same(a->zone, b->zone)) {
        KrValue x = kr_zone_offset(vm, a->zone, "utcoffset", KR_NONE),
                y = kr_is_error(x) ? x : kr_zone_offset(vm, b->zone, "utcoffset", KR_NONE);
        if (kr_is_error(y)) return y;
        if (kr_is_none(x) != kr_is_none(y)) {
            if (op == KR_EQ || op == KR_NE) return kr_bool(op == KR_NE);
            return kr_raise(vm, &kr_type_error, "can't compare offset-naive and offset-aware times");
        }
        if (!kr_is_none(x) && !kr_offsets_equal(x, y)) apart -= (kr_delta_seconds(x) - kr_delta_seconds(y)) * KR_MILLION;
    }
    const bool answer[] = { apart<0, apart <= 0, apart == 0, apart != 0, apart> 0, apart >= 0 };
    return kr_bool(answer[op]);
}

static bool daytime_hash(KrVm *vm, KrValue self, KrHash *out) {
    const KrDayTime *t = kr_daytime_of(self);
    KrValue offset = kr_zone_offset(vm, t->zone, "utcoffset", KR_NONE);
    if (kr_is_error(offset)) return false;
    int64_t micros =
        kr_clock_micros(t->clock) - (kr_is_none(offset) ? 0 : kr_delta_seconds(offset) * KR_MILLION + kr_delta_of(offset)->micros);
    KrValue n = kr_int(vm, micros);
    return !kr_is_error(n) && kr_hash(vm, n, out);
}

static KrValue reduce(KrVm *vm, KrValue self, int protocol) {
    const KrDayTime *t = kr_daytime_of(self);
    const uint8_t data[] = { (uint8_t)(t->clock.hour | (t->clock.fold && protocol > 3 ? 0x80 : 0)),
                             t->clock.minute,
                             t->clock.second,
                             (uint8_t)(t->clock.micros >> 16),
                             (uint8_t)(t->clock.micros >> 8),
                             (uint8_t)t->clock.micros };
    KrValue state[2] = { kr_bytes(vm, data, sizeof data), t->zone };
    KrValue args = kr_is_error(state[0]) ? KR_ERROR : kr_tuple(vm, kr_is_none(t->zone) ? 1 : 2, state);
    return kr_is_error(args) ? args : kr_tuple(vm, 2, (KrValue[]){ kr_type_value(kr_type_of(self)), args });
}
static KrValue daytime_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, reduce(vm, self, 2); }
static KrValue daytime_reduce_ex(KrVm *vm, KrValue self, const KrValue *arg) {
    int protocol;
    return kr_time_int(vm, arg[0], &protocol) ? reduce(vm, self, protocol) : KR_ERROR;
}

static void daytime_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrDayTime *)o)->zone); }

static KrValue get_hour(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_daytime_of(self)->clock.hour); }
static KrValue get_minute(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_daytime_of(self)->clock.minute); }
static KrValue get_second(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_daytime_of(self)->clock.second); }
static KrValue get_micros(KrVm *vm, KrValue self) { return (void)vm, kr_int_box((intptr_t)kr_daytime_of(self)->clock.micros); }
static KrValue get_fold(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_daytime_of(self)->clock.fold); }
static KrValue get_zone(KrVm *vm, KrValue self) { return (void)vm, kr_daytime_of(self)->zone; }

static const KrGetSet daytime_attributes[] = {
    { "hour", get_hour, NULL, "" },
    { "minute", get_minute, NULL, "" },
    { "second", get_second, NULL, "" },
    { "microsecond", get_micros, NULL, "" },
    { "tzinfo", get_zone, NULL, "" },
    { "fold", get_fold, NULL, "" },
    { 0 },
};

static const KrMethod daytime_methods[] = {
    { "isoformat(timespec=<unset>)", daytime_isoformat,
      KR_DOC("Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n\n"
             "timespec: auto, hours, minutes, seconds, milliseconds or microseconds."),
      0 },
    { "strftime(format)", daytime_strftime, KR_DOC("format -> strftime() style string."), 0 },
    { "__format__(format, /)", kr_format_dunder, KR_DOC("Formats self with strftime."), 0 },
    { "utcoffset()", daytime_utcoffset, KR_DOC("Return self.tzinfo.utcoffset(self)."), 0 },
    { "tzname()", daytime_tzname, KR_DOC("Return self.tzinfo.tzname(self)."), 0 },
    { "dst()", daytime_dst, KR_DOC("Return self.tzinfo.dst(self)."), 0 },
    { "replace(hour=<unset>, minute=<unset>, second=<unset>, microsecond=<unset>, tzinfo=<unset>, *, fold=<unset>)", daytime_replace,
      KR_DOC("Return time with new specified fields."), 0 },
    { "__replace__(*, hour=<unset>, minute=<unset>, second=<unset>, microsecond=<unset>, tzinfo=<unset>, fold=<unset>)", daytime_replace,
      KR_DOC("The same as replace()."), 0 },
    { "fromisoformat(string, /)", kr_daytime_fromisoformat, KR_DOC("Construct a time from a string in ISO 8601 format."), KR_CLASS_METHOD },
    { "__reduce_ex__(proto, /)", daytime_reduce_ex, KR_DOC("__reduce_ex__(proto) -> (cls, state)"), 0 },
    { "__reduce__()", daytime_reduce, KR_DOC("__reduce__() -> (cls, state)"), 0 },
    { 0 },
};

const KrType kr_daytime_type = {
    KR_TYPE_HEAD(kr_daytime_type),
    .name = "datetime.time",
    .doc = KR_DOC(
        "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\n"
        "All arguments are optional. tzinfo may be None, or an instance of\na tzinfo subclass. The remaining arguments may be ints."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrDayTime),
    .methods = daytime_methods,
    .attributes = daytime_attributes,
    .make = &daytime_make_row,
    .alloc = kr_alloc_instance,
    .trace = daytime_trace,
    .repr = daytime_repr,
    .str = daytime_str,
    .hash = daytime_hash,
    .compare = daytime_compare,
};
