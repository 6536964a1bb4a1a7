// datetime_moment.c - datetime.datetime: a date and a time of the day, with a zone or without.
// SPDX-License-Identifier: MIT
#include "datetime_part.h"

// ---- Making ----------------------------------------------------------------------------------------------------------------------

KrValue kr_moment_exact(KrVm *vm, const KrType *type, const KrDate *date, KrClock clock, KrValue zone) {
    if (!kr_date_check(vm, date->year, date->month, date->day) || !kr_zone_check(vm, zone)) return KR_ERROR;
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrMoment *m = kr_moment_of(v);
    m->date.year = date->year, m->date.month = date->month, m->date.day = date->day;
    m->clock = clock, m->zone = zone;
    return v;
}

KrValue kr_moment_new(KrVm *vm, const KrType *type, const KrDate *date, KrClock clock, KrValue zone) {
    if (type == &kr_moment_type) return kr_moment_exact(vm, type, date, clock, zone);
    const KrValue arg[] = { kr_int_box(date->year),
                            kr_int_box(date->month),
                            kr_int_box(date->day),
                            kr_int_box(clock.hour),
                            kr_int_box(clock.minute),
                            kr_int_box(clock.second),
                            kr_int_box((intptr_t)clock.micros),
                            zone };
    KrValue v = kr_call(vm, kr_type_value(type), 8, arg);
    if (!kr_is_error(v) && clock.fold && kr_is_moment(v)) kr_moment_of(v)->clock.fold = 1;
    return v;
}

static KrValue moment_raw(KrVm *vm, const KrType *type, const KrDate *date, KrClock clock, KrValue zone) {
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrMoment *m = kr_moment_of(v);
    m->date.year = date->year, m->date.month = date->month, m->date.day = date->day;
    m->clock = clock, m->zone = zone;
    return v;
}

static KrValue from_state(KrVm *vm, const KrType *type, const uint8_t *p, KrValue zone) {
    KrDate d = { .year = (uint16_t)(p[0] << 8 | p[1]), .month = p[2] & 0x7F, .day = p[3] };
    if (kr_is_unset(zone)) zone = KR_NONE;
    if (!kr_is_none(zone) && !kr_isa(zone, &kr_tzinfo_type)) return kr_raise(vm, &kr_type_error, "bad tzinfo state arg");
    return moment_raw(vm, type, &d, kr_clock_of_state(p + 4, p[2] >> 7), zone);
}

// year month day hour minute second microsecond tzinfo fold; a clock and a date that are in range.
static bool fields(KrVm *vm, const KrValue *arg, int n[8], KrDate *date, KrClock *clock) {
    for (int i = 0; i < 7; i++)
        if (!kr_is_unset(arg[i]) && !kr_time_int(vm, arg[i], &n[i])) return false;
    if (!kr_is_unset(arg[8]) && !kr_time_int(vm, arg[8], &n[7])) return false;
    if (!kr_date_check(vm, n[0], n[1], n[2]) || !kr_clock_check(vm, n[3], n[4], n[5], n[6], n[7], clock)) return false;
    date->year = (uint16_t)n[0], date->month = (uint8_t)n[1], date->day = (uint8_t)n[2];
    return true;
}

static KrValue moment_make(KrVm *vm, KrValue self, const KrValue *arg) {
    static const char *const names[] = { "year", "month", "day" };
    int n[8] = { 0 };
    bool failed = false;
    KrDate date = { 0 };
    KrClock clock;
    if (!kr_is_unset(arg[0]) && !kr_is_int(arg[0]) && kr_is_unset(arg[2])) {
        const uint8_t *p = kr_pickle_state(vm, arg[0], 10, 2, "datetime", &failed);
        if (failed) return KR_ERROR;
        if (p) return from_state(vm, kr_as_type(self), p, arg[1]);
    }
    for (int i = 0; i < 3; i++) {
        if (kr_is_unset(arg[i])) return kr_raise(vm, &kr_type_error, "function missing required argument '%s' (pos %d)", names[i], i + 1);
        if (!kr_time_int(vm, arg[i], &n[i])) return KR_ERROR;
    }
    if (!fields(vm, arg, n, &date, &clock)) return KR_ERROR;
    return kr_moment_exact(vm, kr_as_type(self), &date, clock, arg[7]);
}
static const KrMethod moment_make_row = {
    "function(year=<unset>, month=<unset>, day=<unset>, hour=<unset>, minute=<unset>, second=<unset>, "
    "microsecond=<unset>, tzinfo=None, *, fold=<unset>)",
    moment_make, "", 0
};

static KrValue moment_replace(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrMoment *m = kr_moment_of(self);
    int n[8] = { m->date.year,    m->date.month,   m->date.day,          m->clock.hour,
                 m->clock.minute, m->clock.second, (int)m->clock.micros, m->clock.fold };
    KrDate date = { 0 };
    KrClock clock;
    KrValue zone = kr_is_unset(arg[7]) ? m->zone : arg[7];
    if (!fields(vm, arg, n, &date, &clock) || !kr_zone_check(vm, zone)) return KR_ERROR;
    return kr_moment_new(vm, kr_type_of(self), &date, clock, zone);
}

static KrValue moment_combine(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_isa(arg[0], &kr_date_type)) return kr_raise(vm, &kr_type_error, "combine() argument 1 must be datetime.date, not %T", arg[0]);
    if (!kr_isa(arg[1], &kr_daytime_type))
        return kr_raise(vm, &kr_type_error, "combine() argument 2 must be datetime.time, not %T", arg[1]);
    const KrDayTime *t = kr_daytime_of(arg[1]);
    return kr_moment_new(vm, kr_as_type(self), kr_date_of(arg[0]), t->clock, kr_is_unset(arg[2]) ? t->zone : arg[2]);
}

// ---- Arithmetic ------------------------------------------------------------------------------------------------------------------

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); } // b > 0

KrValue kr_moment_add(KrVm *vm, KrValue moment, int64_t days, int64_t seconds, int64_t micros) {
    const KrMoment *m = kr_moment_of(moment);
    const int64_t day = (int64_t)KR_DAY * KR_MILLION;
    micros += kr_clock_micros(m->clock) + seconds * KR_MILLION;
    int64_t carry = floor_div(micros, day);
    KrDate date = { 0 };
    if (!kr_date_from_ordinal(vm, kr_date_ordinal(&m->date) + days + carry, &date)) return KR_ERROR;
    return kr_moment_new(vm, kr_type_of(moment), &date, kr_clock_of_micros(micros - carry * day), m->zone);
}

KrValue kr_moment_of_seconds(KrVm *vm, const KrType *type, int64_t seconds, int32_t micros, int fold, KrValue zone) {
    int64_t days = floor_div(seconds, KR_DAY), year;
    int month, day;
    kr_civil_of_days(days, &year, &month, &day);
    if (!kr_date_check(vm, year, month, day)) return KR_ERROR;
    KrDate date = { .year = (uint16_t)year, .month = (uint8_t)month, .day = (uint8_t)day };
    KrClock clock = kr_clock_of_micros((seconds - days * KR_DAY) * KR_MILLION + micros);
    clock.fold = (uint8_t)fold;
    return kr_moment_new(vm, type, &date, clock, zone);
}

int64_t kr_moment_micros_apart(const KrMoment *a, const KrMoment *b) {
    int64_t days = (int64_t)kr_date_ordinal(&a->date) - kr_date_ordinal(&b->date);
    return days * KR_DAY * KR_MILLION + kr_clock_micros(a->clock) - kr_clock_micros(b->clock);
}

KrValue kr_moment_offset(KrVm *vm, KrValue moment) { return kr_zone_offset(vm, kr_moment_of(moment)->zone, "utcoffset", moment); }

static int64_t offset_micros(KrValue offset) { return kr_delta_seconds(offset) * KR_MILLION + kr_delta_of(offset)->micros; }

KrValue kr_moment_minus(KrVm *vm, KrValue left, KrValue right) {
    const KrMoment *a = kr_moment_of(left), *b = kr_moment_of(right);
    int64_t apart = kr_moment_micros_apart(a, b);
    if (!kr_same(a->zone, b->zone)) {
        KrValue x = kr_moment_offset(vm, left), y = kr_is_error(x) ? x : kr_moment_offset(vm, right);
        if (kr_is_error(y)) return y;
        if (kr_is_none(x) != kr_is_none(y)) return kr_raise(vm, &kr_type_error, "can't subtract offset-naive and offset-aware datetimes");
        if (!kr_is_none(x)) apart -= offset_micros(x) - offset_micros(y);
    }
    return kr_delta(vm, 0, 0, apart);
}

static KrValue moment_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op == KR_ADD && kr_is_delta(left)) return moment_binary(vm, op, right, left);
    if (!kr_is_moment(left)) return KR_NOTIMPL;
    if (kr_is_delta(right)) {
        const KrDelta *d = kr_delta_of(right);
        int64_t sign = op == KR_ADD ? 1 : -1;
        return kr_moment_add(vm, left, sign * d->days, sign * d->seconds, sign * d->micros);
    }
    return op == KR_SUB && kr_is_moment(right) ? kr_moment_minus(vm, left, right) : KR_NOTIMPL;
}

// The same moment with the other fold: its offset differs where clocks are put forward or back, and such a time equals none of another zone.
static bool depends_on_fold(KrVm *vm, KrValue moment, KrValue offset, bool *out) {
    const KrMoment *m = kr_moment_of(moment);
    KrClock clock = m->clock;
    clock.fold = !clock.fold;
    KrValue other = kr_moment_new(vm, kr_type_of(moment), &m->date, clock, m->zone);
    if (!kr_is_error(other) && !kr_is_moment(other)) return *out = false, true;
    if (!kr_is_error(other)) kr_moment_of(other)->clock.fold = clock.fold;
    KrValue flipped = kr_is_error(other) ? other : kr_moment_offset(vm, other);
    return !kr_is_error(flipped) && (*out = !kr_offsets_equal(flipped, offset), true);
}

static KrValue compare_zones(KrVm *vm, KrValue self, KrValue other, KrCompareOp op, int64_t *apart) {
    bool exact = op == KR_EQ || op == KR_NE, odd = false;
    KrValue x = kr_moment_offset(vm, self), y = kr_is_error(x) ? x : kr_moment_offset(vm, other);
    if (kr_is_error(y)) return y;
    if (kr_is_none(x) != kr_is_none(y)) {
        if (exact) return kr_bool(op == KR_NE);
        return kr_raise(vm, &kr_type_error, "can't compare offset-naive and offset-aware datetimes");
    }
    if (!kr_is_none(x)) *apart -= offset_micros(x) - offset_micros(y);
    if (!exact || *apart) return KR_UNSET;
    if (!depends_on_fold(vm, self, x, &odd) || (!odd && !depends_on_fold(vm, other, y, &odd))) return KR_ERROR;
    return odd ? kr_bool(op == KR_NE) : KR_UNSET;
}

static KrValue moment_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_is_moment(other)) return KR_NOTIMPL;
    const KrMoment *a = kr_moment_of(self), *b = kr_moment_of(other);
    int64_t apart = kr_moment_micros_apart(a, b);
    if (!kr_same(a->zone, b->zone)) {
        KrValue answer = compare_zones(vm, self, other, op, &apart);
        if (!kr_is_unset(answer)) return answer;
    }
    const bool answer[] = { apart<0, apart <= 0, apart == 0, apart != 0, apart> 0, apart >= 0 };
    return kr_bool(answer[op]);
}

static bool moment_hash(KrVm *vm, KrValue self, KrHash *out) {
    const KrMoment *m = kr_moment_of(self);
    const KrMoment epoch = { .date = { .year = 1970, .month = 1, .day = 1 } };
    KrValue first = self;
    if (m->clock.fold && !kr_is_none(m->zone)) { // equal ones may differ in that
        KrClock clock = m->clock;
        clock.fold = 0;
        first = kr_moment_new(vm, kr_type_of(self), &m->date, clock, m->zone);
        if (!kr_is_error(first) && !kr_is_moment(first)) first = self;
        if (kr_is_error(first)) return false;
    }
    KrValue offset = kr_moment_offset(vm, first);
    if (kr_is_error(offset)) return false;
    KrValue n = kr_int(vm, kr_moment_micros_apart(m, &epoch) - (kr_is_none(offset) ? 0 : offset_micros(offset)));
    return !kr_is_error(n) && kr_hash(vm, n, out);
}

// ---- Texts -----------------------------------------------------------------------------------------------------------------------

static void broken(const KrMoment *m, KrBrokenTime *out) {
    kr_broken_date(&m->date, out);
    out->hour = m->clock.hour, out->minute = m->clock.minute, out->second = m->clock.second, out->microsecond = (int)m->clock.micros;
}

static KrValue iso_text(KrVm *vm, KrValue self, const char *separator, size_t len, KrIsoSpec spec) {
    const KrMoment *m = kr_moment_of(self);
    KrText text;
    KrValue offset = kr_moment_offset(vm, self);
    if (kr_is_error(offset)) return offset;
    kr_text_init(vm, &text);
    kr_iso_add_date(&text, &m->date);
    kr_text_add(&text, separator, len);
    kr_iso_add_clock(&text, m->clock, spec);
    kr_zone_add_offset(&text, offset, ":");
    return kr_text_str(&text);
}

static KrValue moment_isoformat(KrVm *vm, KrValue self, const KrValue *arg) {
    KrIsoSpec spec;
    const char *separator = "T";
    size_t len = 1;
    if (!kr_is_unset(arg[0])) {
        if (!kr_is_str(arg[0]) || kr_str_length(arg[0]) != 1)
            return kr_raise(vm, &kr_type_error, "isoformat() argument 1 must be a unicode character, not %T", arg[0]);
        separator = kr_str_text(arg[0], &len);
    }
    return kr_iso_spec(vm, arg[1], 2, &spec) ? iso_text(vm, self, separator, len, spec) : KR_ERROR;
}

static KrValue moment_str(KrVm *vm, KrValue self) {
    KrValue blank = kr_is_exact(self, &kr_moment_type) ? KR_NONE : kr_name(vm, " ");
    if (kr_is_none(blank)) return iso_text(vm, self, " ", 1, KR_ISO_AUTO);
    return kr_is_error(blank) ? blank : kr_call_method(vm, self, "isoformat", 1, &blank);
}

static KrValue moment_repr(KrVm *vm, KrValue self) {
    const KrMoment *m = kr_moment_of(self);
    KrText text;
    kr_text_init(vm, &text);
    kr_text_add_format(&text, "%T(%d, %d, %d, %d, %d", self, m->date.year, m->date.month, m->date.day, m->clock.hour, m->clock.minute);
    if (m->clock.second || m->clock.micros) kr_text_add_format(&text, ", %d", m->clock.second);
    if (m->clock.micros) kr_text_add_format(&text, ", %d", (int)m->clock.micros);
    if (m->clock.fold) kr_text_add_c(&text, ", fold=1");
    if (!kr_is_none(m->zone)) kr_text_add_format(&text, ", tzinfo=%R", m->zone);
    kr_text_add_c(&text, ")");
    return kr_text_str(&text);
}

static KrValue moment_strftime(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBrokenTime t;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "strftime() argument 1 must be str, not %T", arg[0]);
    broken(kr_moment_of(self), &t);
    KrValue zone = kr_moment_of(self)->zone;
    return kr_strftime(vm, &t, zone, self, arg[0]);
}

static KrValue moment_ctime(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBrokenTime t;
    KrText text;
    (void)arg;
    broken(kr_moment_of(self), &t);
    kr_text_init(vm, &text);
    kr_time_add_text(&text, &t, "%a %b %e %H:%M:%S %04Y", 22);
    return kr_text_str(&text);
}

// ---- Parts -----------------------------------------------------------------------------------------------------------------------

static KrValue moment_date(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrDate *d = kr_date_of(self);
    return (void)arg, kr_date_new(vm, &kr_date_type, d->year, d->month, d->day);
}
static KrValue moment_time(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_daytime_new(vm, &kr_daytime_type, kr_moment_of(self)->clock, KR_NONE);
}
static KrValue moment_timetz(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_daytime_new(vm, &kr_daytime_type, kr_moment_of(self)->clock, kr_moment_of(self)->zone);
}
static KrValue moment_utcoffset(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_moment_offset(vm, self); }
static KrValue moment_dst(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_zone_offset(vm, kr_moment_of(self)->zone, "dst", self);
}
static KrValue moment_tzname(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_zone_name(vm, kr_moment_of(self)->zone, self);
}

static KrValue moment_timetuple(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBrokenTime t;
    KrValue dst = moment_dst(vm, self, arg);
    if (kr_is_error(dst)) return dst;
    broken(kr_moment_of(self), &t);
    if (!kr_is_none(dst)) t.isdst = kr_delta_seconds(dst) || kr_delta_of(dst)->micros;
    return kr_struct_time(vm, &t, false);
}

static KrValue moment_utctimetuple(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrMoment *m = kr_moment_of(self);
    KrBrokenTime t;
    KrValue offset = kr_moment_offset(vm, self);
    (void)arg;
    if (kr_is_error(offset)) return offset;
    broken(m, &t);
    if (!kr_is_none(offset)) {
        int64_t micros = kr_broken_seconds(&t) * KR_MILLION + m->clock.micros - offset_micros(offset);
        kr_broken_time(floor_div(micros, KR_MILLION), &t);
        if (t.year < KR_MIN_YEAR || t.year > KR_MAX_YEAR) return kr_raise(vm, &kr_overflow_error, "date value out of range");
    }
    t.isdst = 0;
    return kr_struct_time(vm, &t, false);
}

static KrValue reduce(KrVm *vm, KrValue self, int protocol) {
    KrValue pair[2] = { kr_type_value(kr_type_of(self)), kr_date_state(vm, self, protocol) };
    return kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}
static KrValue moment_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, reduce(vm, self, 2); }
static KrValue moment_reduce_ex(KrVm *vm, KrValue self, const KrValue *arg) {
    int protocol;
    return kr_time_int(vm, arg[0], &protocol) ? reduce(vm, self, protocol) : KR_ERROR;
}

// ---- The type --------------------------------------------------------------------------------------------------------------------

static KrValue get_hour(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_moment_of(self)->clock.hour); }
static KrValue get_minute(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_moment_of(self)->clock.minute); }
static KrValue get_second(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_moment_of(self)->clock.second); }
static KrValue get_micros(KrVm *vm, KrValue self) { return (void)vm, kr_int_box((intptr_t)kr_moment_of(self)->clock.micros); }
static KrValue get_fold(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_moment_of(self)->clock.fold); }
static KrValue get_zone(KrVm *vm, KrValue self) { return (void)vm, kr_moment_of(self)->zone; }

static const KrGetSet moment_attributes[] = {
    { "hour", get_hour, NULL, "" },
    { "minute", get_minute, NULL, "" },
    { "second", get_second, NULL, "" },
    { "microsecond", get_micros, NULL, "" },
    { "tzinfo", get_zone, NULL, "" },
    { "fold", get_fold, NULL, "" },
    { 0 },
};

#define CHANGES \
    "year=<unset>, month=<unset>, day=<unset>, hour=<unset>, minute=<unset>, second=<unset>, microsecond=<unset>, tzinfo=<unset>"

static const KrMethod moment_methods[] = {
    { "now(tz=None)", kr_moment_now, KR_DOC("Returns new datetime object representing current time local to tz."), KR_CLASS_METHOD },
    { "utcnow()", kr_moment_utcnow, KR_DOC("Return a new datetime representing UTC day and time."), KR_CLASS_METHOD },
    { "fromtimestamp(timestamp, tz=None)", kr_moment_fromtimestamp, KR_DOC("timestamp[, tz] -> tz's local time from POSIX timestamp."),
      KR_CLASS_METHOD },
    { "utcfromtimestamp(timestamp, /)", kr_moment_utcfromtimestamp, KR_DOC("Construct a naive UTC datetime from a POSIX timestamp."),
      KR_CLASS_METHOD },
    { "strptime(string, format, /)", kr_moment_strptime,
      KR_DOC("string, format -> new datetime parsed from a string (like time.strptime())."), KR_CLASS_METHOD },
    { "combine(date, time, tzinfo=<unset>)", moment_combine, KR_DOC("date, time -> datetime with same date and time fields"),
      KR_CLASS_METHOD },
    { "fromisoformat(string, /)", kr_moment_fromisoformat, KR_DOC("string -> datetime from a string in most ISO 8601 formats"),
      KR_CLASS_METHOD },
    { "date()", moment_date, KR_DOC("Return date object with same year, month and day."), 0 },
    { "time()", moment_time, KR_DOC("Return time object with same time but with tzinfo=None."), 0 },
    { "timetz()", moment_timetz, KR_DOC("Return time object with same time and tzinfo."), 0 },
    { "ctime()", moment_ctime, KR_DOC("Return ctime() style string."), 0 },
    { "strftime(format)", moment_strftime, KR_DOC("format -> strftime() style string."), 0 },
    { "timetuple()", moment_timetuple, KR_DOC("Return time tuple, compatible with time.localtime()."), 0 },
    { "timestamp()", kr_moment_timestamp, KR_DOC("Return POSIX timestamp as float."), 0 },
    { "utctimetuple()", moment_utctimetuple, KR_DOC("Return UTC time tuple, compatible with time.localtime()."), 0 },
    { "isoformat(sep=<unset>, timespec=<unset>)", moment_isoformat,
      KR_DOC("[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n"
             "sep is used to separate the year from the time, and defaults to 'T'.\n"
             "timespec: auto, hours, minutes, seconds, milliseconds or microseconds."),
      0 },
    { "utcoffset()", moment_utcoffset, KR_DOC("Return self.tzinfo.utcoffset(self)."), 0 },
    { "tzname()", moment_tzname, KR_DOC("Return self.tzinfo.tzname(self)."), 0 },
    { "dst()", moment_dst, KR_DOC("Return self.tzinfo.dst(self)."), 0 },
    { "replace(" CHANGES ", *, fold=<unset>)", moment_replace, KR_DOC("Return datetime with new specified fields."), 0 },
    { "__replace__(*, " CHANGES ", fold=<unset>)", moment_replace, KR_DOC("The same as replace()."), 0 },
    { "astimezone(tz=None)", kr_moment_astimezone, KR_DOC("tz -> convert to local time in new timezone tz"), 0 },
    { "__reduce_ex__(proto, /)", moment_reduce_ex, KR_DOC("__reduce_ex__(proto) -> (cls, state)"), 0 },
    { "__reduce__()", moment_reduce, KR_DOC("__reduce__() -> (cls, state)"), 0 },
    { 0 },
};

static void moment_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrMoment *)o)->zone); }

const KrType kr_moment_type = {
    KR_TYPE_HEAD(kr_moment_type),
    .name = "datetime.datetime",
    .doc = KR_DOC("datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n"
                  "The year, month and day arguments are required. tzinfo may be None, or an\n"
                  "instance of a tzinfo subclass. The remaining arguments may be ints."),
    .base = &kr_date_type,
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrMoment),
    .methods = moment_methods,
    .attributes = moment_attributes,
    .make = &moment_make_row,
    .alloc = kr_alloc_instance,
    .trace = moment_trace,
    .repr = moment_repr,
    .str = moment_str,
    .hash = moment_hash,
    .compare = moment_compare,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_SUB),
    .binary = moment_binary,
};
