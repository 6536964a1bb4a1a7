// datetime_date.c - datetime.date: days of the calendar.
// SPDX-License-Identifier: MIT
#include "datetime_part.h"
#include "object/tuple.h"
#include "port.h"
#include "vm/clock.h"

// ---- Making ----------------------------------------------------------------------------------------------------------------------

bool kr_date_check(KrVm *vm, int64_t year, int month, int day) {
    if (year < KR_MIN_YEAR || year > KR_MAX_YEAR) return kr_fail(kr_raise(vm, &kr_value_error, "year %z is out of range", (intptr_t)year));
    if (month < 1 || month > 12) return kr_fail(kr_raise(vm, &kr_value_error, "month must be in 1..12"));
    int most = month == 2 ? 28 + kr_is_leap(year) : 30 + ((month + month / 8) & 1);
    return (day >= 1 && day <= most) || kr_fail(kr_raise(vm, &kr_value_error, "day is out of range for month"));
}

// Pickles may have years and days that there are not; everything here is safe with them.
static KrValue date_raw(KrVm *vm, const KrType *type, int year, int month, int day) {
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrDate *d = kr_date_of(v);
    d->year = (uint16_t)year, d->month = (uint8_t)month, d->day = (uint8_t)day;
    return v;
}

static KrValue date_exact(KrVm *vm, const KrType *type, int year, int month, int day) {
    return kr_date_check(vm, year, month, day) ? date_raw(vm, type, year, month, day) : KR_ERROR;
}

KrValue kr_date_new(KrVm *vm, const KrType *type, int year, int month, int day) {
    if (type == &kr_date_type) return date_exact(vm, type, year, month, day);
    const KrValue arg[] = { kr_int_box(year), kr_int_box(month), kr_int_box(day) };
    return kr_call(vm, kr_type_value(type), 3, arg);
}

bool kr_date_from_ordinal(KrVm *vm, int64_t ordinal, KrDate *out) {
    int64_t year;
    int month, day;
    if (ordinal < 1 || ordinal > KR_MAX_ORDINAL) return kr_fail(kr_raise(vm, &kr_overflow_error, "date value out of range"));
    kr_civil_of_days(ordinal - KR_ORDINAL_1970, &year, &month, &day);
    out->year = (uint16_t)year, out->month = (uint8_t)month, out->day = (uint8_t)day;
    return true;
}

// The bytes of a pickle's state, of this length and with a month at `sane`. A str of Latin-1 is what Python 2's bytes became.
const uint8_t *kr_pickle_state(KrVm *vm, KrValue v, size_t len, size_t sane, const char *what, bool *failed) {
    size_t real;
    KrValue bytes = v;
    if (kr_is_str(v)) {
        if (kr_str_length(v) != len) return NULL;
        const KrValue arg = kr_name(vm, "latin-1");
        bytes = kr_is_error(arg) ? arg : kr_call_method(vm, v, "encode", 1, &arg);
        if (kr_is_error(bytes)) {
            bool coded = kr_raised_is(vm, &kr_unicode_encode_error);
            if (coded) (void)kr_take_raised(vm);
            *failed = true;
            if (coded)
                (void)kr_raise(vm, &kr_value_error,
                               "Failed to encode latin1 string when unpickling a %s object. "
                               "pickle.load(data, encoding='latin1') is assumed.",
                               what);
            return NULL;
        }
    }
    if (!kr_is_bytes(bytes)) return NULL;
    const uint8_t *p = kr_bytes_data(bytes, &real);
    unsigned month = real == len ? p[sane] & (len == 10 ? 0x7F : 0xFF) : 0; // a datetime's has its fold there, too
    if (!strcmp(what, "time")) return real == len && (p[0] & 0x7F) < 24 ? p : NULL;
    return month >= 1 && month <= 12 ? p : NULL;
}

static KrValue missing(KrVm *vm, const char *name, int position) {
    return kr_raise(vm, &kr_type_error, "function missing required argument '%s' (pos %d)", name, position);
}

static KrValue date_make(KrVm *vm, KrValue self, const KrValue *arg) {
    static const char *const names[] = { "year", "month", "day" };
    bool failed = false;
    int n[3];
    if (!kr_is_unset(arg[0]) && kr_is_unset(arg[1]) && kr_is_unset(arg[2])) {
        const uint8_t *p = kr_pickle_state(vm, arg[0], 4, 2, "date", &failed);
        if (failed) return KR_ERROR;
        if (p) return date_raw(vm, kr_as_type(self), p[0] << 8 | p[1], p[2], p[3]);
    }
    for (int i = 0; i < 3; i++) {
        if (kr_is_unset(arg[i])) return missing(vm, names[i], i + 1);
        if (!kr_time_int(vm, arg[i], &n[i])) return KR_ERROR;
    }
    return date_exact(vm, kr_as_type(self), n[0], n[1], n[2]);
}
static const KrMethod date_make_row = { "function(year=<unset>, month=<unset>, day=<unset>)", date_make, "", 0 };

// ---- Class methods ---------------------------------------------------------------------------------------------------------------

static KrValue date_fromtimestamp(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t at;
    KrBrokenTime t;
    if (!kr_time_seconds(vm, arg[0], &at) || !kr_fields_local(vm, at, &t)) return KR_ERROR;
    return kr_date_new(vm, kr_as_type(self), (int)t.year, t.month, t.day);
}

static KrValue date_today(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue now = kr_float(vm, (double)kr_wall_ns(vm) * 1e-9);
    (void)arg;
    if (kr_as_type(self) == &kr_date_type) return date_fromtimestamp(vm, self, &now);
    return kr_call_method(vm, self, "fromtimestamp", 1, &now);
}

static KrValue date_fromordinal(KrVm *vm, KrValue self, const KrValue *arg) {
    int ordinal;
    int64_t year;
    int month, day;
    if (!kr_time_int(vm, arg[0], &ordinal)) return KR_ERROR;
    if (ordinal < 1) return kr_raise(vm, &kr_value_error, "ordinal must be >= 1");
    kr_civil_of_days((int64_t)ordinal - KR_ORDINAL_1970, &year, &month, &day);
    return kr_date_check(vm, year, month, day) ? kr_date_new(vm, kr_as_type(self), (int)year, month, day) : KR_ERROR;
}

static KrValue date_fromisocalendar(KrVm *vm, KrValue self, const KrValue *arg) {
    int year, week, day;
    KrDate d;
    for (int i = 0; i < 3; i++) {
        if (kr_is_int(arg[i]) || !kr_is_integer(arg[i])) continue;
        int64_t small;
        if (!kr_int_fits(arg[i], &small)) return kr_raise(vm, &kr_value_error, "ISO calendar component out of range");
    }
    if (!kr_time_int(vm, arg[0], &year) || !kr_time_int(vm, arg[1], &week) || !kr_time_int(vm, arg[2], &day)) {
        if (!kr_raised_is(vm, &kr_overflow_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_value_error, "ISO calendar component out of range");
    }
    if (year < KR_MIN_YEAR || year > KR_MAX_YEAR) return kr_raise(vm, &kr_value_error, "Year is out of range: %d", year);
    if (day < 1 || day > 7) {
        if (week < 1 || week > 53) return kr_raise(vm, &kr_value_error, "Invalid week: %d", week);
        return kr_raise(vm, &kr_value_error, "Invalid day: %d (range is [1, 7])", day);
    }
    if (!kr_iso_date(year, week, day, &d)) {
        if (week < 1 || week > 53 || !kr_iso_date(year, week, 1, &d)) return kr_raise(vm, &kr_value_error, "Invalid week: %d", week);
        return kr_raise(vm, &kr_value_error, "year %d is out of range", year + (week > 1 ? 1 : -1));
    }
    return kr_date_new(vm, kr_as_type(self), d.year, d.month, d.day);
}

// ---- Methods ---------------------------------------------------------------------------------------------------------------------

void kr_broken_date(const KrDate *d, KrBrokenTime *out) {
    int64_t days = kr_days_since_1970(d->year, d->month, d->day);
    *out = (KrBrokenTime){ .year = d->year, .month = d->month, .day = d->day, .isdst = -1, .zone = KR_UNSET };
    out->weekday = (int)(((days + 3) % 7 + 7) % 7);
    out->day_of_year = kr_days_before_month(d->year, d->month) + d->day;
}

static int weekday(KrValue self) {
    KrBrokenTime t;
    kr_broken_date(kr_date_of(self), &t);
    return t.weekday;
}
static KrValue date_weekday(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, kr_int_box(weekday(self)); }
static KrValue date_isoweekday(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, kr_int_box(weekday(self) + 1); }
static KrValue date_toordinal(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)vm, (void)arg, kr_int_box(kr_date_ordinal(kr_date_of(self)));
}

static KrValue date_timetuple(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBrokenTime t;
    (void)arg;
    kr_broken_date(kr_date_of(self), &t);
    return kr_struct_time(vm, &t, false);
}

static KrValue date_ctime(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBrokenTime t;
    KrText text;
    (void)arg;
    kr_broken_date(kr_date_of(self), &t);
    kr_text_init(vm, &text);
    kr_time_add_text(&text, &t, "%a %b %e 00:00:00 %04Y", 22);
    return kr_text_str(&text);
}

static KrValue date_isoformat(KrVm *vm, KrValue self, const KrValue *arg) {
    KrText text;
    (void)arg;
    kr_text_init(vm, &text);
    kr_iso_add_date(&text, kr_date_of(self));
    return kr_text_str(&text);
}
static KrValue date_str(KrVm *vm, KrValue self) {
    return kr_is_exact(self, &kr_date_type) ? date_isoformat(vm, self, NULL) : kr_call_method(vm, self, "isoformat", 0, NULL);
}

static KrValue date_repr(KrVm *vm, KrValue self) {
    const KrDate *d = kr_date_of(self);
    return kr_format(vm, "%T(%d, %d, %d)", self, d->year, d->month, d->day);
}

static KrValue date_strftime(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBrokenTime t;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "strftime() argument 1 must be str, not %T", arg[0]);
    kr_broken_date(kr_date_of(self), &t);
    return kr_strftime(vm, &t, KR_NONE, KR_NONE, arg[0]);
}

KrValue kr_format_dunder(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "__format__() argument 1 must be str, not %T", arg[0]);
    return kr_str_length(arg[0]) ? kr_call_method(vm, self, "strftime", 1, arg) : kr_to_str(vm, self);
}

static KrValue date_replace(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrDate *d = kr_date_of(self);
    int n[3] = { d->year, d->month, d->day };
    for (int i = 0; i < 3; i++)
        if (!kr_is_unset(arg[i]) && !kr_time_int(vm, arg[i], &n[i])) return KR_ERROR;
    return kr_date_new(vm, kr_type_of(self), n[0], n[1], n[2]);
}

static KrValue date_isocalendar(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBrokenTime t;
    int64_t year;
    (void)arg;
    kr_broken_date(kr_date_of(self), &t);
    int week = kr_iso_week(t.year, t.day_of_year, t.weekday, &year);
    KrValue v = kr_alloc_instance(vm, &kr_isodate_type);
    if (kr_is_error(v)) return v;
    KrTupleObject *tuple = (KrTupleObject *)kr_ptr(v);
    tuple->len = 3;
    tuple->item[0] = kr_int_box((intptr_t)year), tuple->item[1] = kr_int_box(week), tuple->item[2] = kr_int_box(t.weekday + 1);
    return v;
}

KrValue kr_date_state(KrVm *vm, KrValue self, int protocol) {
    const KrDate *d = kr_date_of(self);
    uint8_t data[10] = { (uint8_t)(d->year >> 8), (uint8_t)d->year, d->month, d->day };
    if (!kr_is_moment(self)) {
        KrValue state = kr_bytes(vm, data, 4);
        return kr_is_error(state) ? state : kr_tuple(vm, 1, &state);
    }
    const KrMoment *m = kr_moment_of(self);
    if (m->clock.fold && protocol > 3) data[2] |= 0x80;
    data[4] = m->clock.hour, data[5] = m->clock.minute, data[6] = m->clock.second;
    data[7] = (uint8_t)(m->clock.micros >> 16), data[8] = (uint8_t)(m->clock.micros >> 8), data[9] = (uint8_t)m->clock.micros;
    KrValue state[2] = { kr_bytes(vm, data, 10), m->zone };
    return kr_is_error(state[0]) ? KR_ERROR : kr_tuple(vm, kr_is_none(m->zone) ? 1 : 2, state);
}

static KrValue date_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue pair[2] = { kr_type_value(kr_type_of(self)), kr_date_state(vm, self, 2) };
    return kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

// ---- Operators -------------------------------------------------------------------------------------------------------------------

static KrValue date_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    KrDate d;
    if (op == KR_ADD && kr_is_delta(left)) return date_binary(vm, op, right, left);
    if (!kr_is_plain_date(left)) return KR_NOTIMPL;
    int ordinal = kr_date_ordinal(kr_date_of(left));
    if (kr_is_delta(right)) {
        int64_t days = kr_delta_of(right)->days;
        if (!kr_date_from_ordinal(vm, ordinal + (op == KR_ADD ? days : -days), &d)) return KR_ERROR;
        return kr_date_new(vm, kr_type_of(left), d.year, d.month, d.day);
    }
    if (op == KR_ADD || !kr_is_plain_date(right)) return KR_NOTIMPL;
    return kr_delta(vm, (int64_t)ordinal - kr_date_ordinal(kr_date_of(right)), 0, 0);
}

static KrValue date_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    (void)vm;
    if (!kr_is_plain_date(self) || !kr_is_plain_date(other)) return KR_NOTIMPL;
    const KrDate *a = kr_date_of(self), *b = kr_date_of(other);
    int64_t apart = (a->year * 65536LL + a->month * 256 + a->day) - (b->year * 65536LL + b->month * 256 + b->day);
    const bool answer[] = { apart<0, apart <= 0, apart == 0, apart != 0, apart> 0, apart >= 0 };
    return kr_bool(answer[op]);
}

static bool date_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrValue state = kr_date_state(vm, self, 2);
    return !kr_is_error(state) && kr_hash(vm, kr_tuple_items(state, NULL)[0], out);
}

// ---- The type --------------------------------------------------------------------------------------------------------------------

static KrValue get_year(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_date_of(self)->year); }
static KrValue get_month(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_date_of(self)->month); }
static KrValue get_day(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_date_of(self)->day); }

static const KrGetSet date_attributes[] = {
    { "year", get_year, NULL, "" }, { "month", get_month, NULL, "" }, { "day", get_day, NULL, "" }, { 0 }
};

static const KrMethod date_methods[] = {
    { "fromtimestamp(timestamp, /)", date_fromtimestamp, KR_DOC("Create a date from a POSIX timestamp, in local time."), KR_CLASS_METHOD },
    { "fromordinal(ordinal, /)", date_fromordinal, KR_DOC("int -> date corresponding to a proleptic Gregorian ordinal."), KR_CLASS_METHOD },
    { "fromisoformat(string, /)", kr_date_fromisoformat, KR_DOC("Construct a date from a string in ISO 8601 format."), KR_CLASS_METHOD },
    { "fromisocalendar(year, week, day)", date_fromisocalendar,
      KR_DOC("int, int, int -> Construct a date from the ISO year, week number and weekday.\n\nThis is the inverse of date.isocalendar()."),
      KR_CLASS_METHOD },
    { "today()", date_today, KR_DOC("Current date or datetime:  same as self.__class__.fromtimestamp(time.time())."), KR_CLASS_METHOD },
    { "ctime()", date_ctime, KR_DOC("Return ctime() style string."), 0 },
    { "strftime(format)", date_strftime, KR_DOC("format -> strftime() style string."), 0 },
    { "__format__(format, /)", kr_format_dunder, KR_DOC("Formats self with strftime."), 0 },
    { "isoformat()", date_isoformat, KR_DOC("Return string in ISO 8601 format, YYYY-MM-DD."), 0 },
    { "isoweekday()", date_isoweekday, KR_DOC("Return the day of the week represented by the date.\nMonday == 1 ... Sunday == 7"), 0 },
    { "isocalendar()", date_isocalendar, KR_DOC("Return a named tuple containing ISO year, week number, and weekday."), 0 },
    { "toordinal()", date_toordinal, KR_DOC("Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1."), 0 },
    { "weekday()", date_weekday, KR_DOC("Return the day of the week represented by the date.\nMonday == 0 ... Sunday == 6"), 0 },
    { "timetuple()", date_timetuple, KR_DOC("Return time tuple, compatible with time.localtime()."), 0 },
    { "replace(year=<unset>, month=<unset>, day=<unset>)", date_replace, KR_DOC("Return date with new specified fields."), 0 },
    { "__replace__(*, year=<unset>, month=<unset>, day=<unset>)", date_replace, KR_DOC("The same as replace()."), 0 },
    { "__reduce__()", date_reduce, KR_DOC("__reduce__() -> (cls, state)"), 0 },
    { 0 },
};

const KrType kr_date_type = {
    KR_TYPE_HEAD(kr_date_type),
    .name = "datetime.date",
    .doc = KR_DOC("date(year, month, day) --> date object"),
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrDate),
    .methods = date_methods,
    .attributes = date_attributes,
    .make = &date_make_row,
    .alloc = kr_alloc_instance,
    .repr = date_repr,
    .str = date_str,
    .hash = date_hash,
    .compare = date_compare,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_SUB),
    .binary = date_binary,
};

// ---- What isocalendar() gives ------------------------------------------------------------------------------------------------------

static KrValue iso_item(KrValue self, size_t i) { return kr_tuple_items(self, NULL)[i]; }
static KrValue iso_year(KrVm *vm, KrValue self) { return (void)vm, iso_item(self, 0); }
static KrValue iso_week(KrVm *vm, KrValue self) { return (void)vm, iso_item(self, 1); }
static KrValue iso_weekday(KrVm *vm, KrValue self) { return (void)vm, iso_item(self, 2); }
static const KrGetSet iso_attributes[] = {
    { "year", iso_year, NULL, "" }, { "week", iso_week, NULL, "" }, { "weekday", iso_weekday, NULL, "" }, { 0 }
};

static KrValue iso_repr(KrVm *vm, KrValue self) {
    return kr_format(vm, "%T(year=%S, week=%S, weekday=%S)", self, iso_item(self, 0), iso_item(self, 1), iso_item(self, 2));
}
static KrValue iso_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue plain = kr_tuple(vm, 3, kr_tuple_items(self, NULL)), args = kr_is_error(plain) ? plain : kr_tuple(vm, 1, &plain);
    return kr_is_error(args) ? args : kr_tuple(vm, 2, (KrValue[]){ kr_type_value(&kr_tuple_type), args });
}
static const KrMethod iso_methods[] = { { "__reduce__()", iso_reduce, "", 0 }, { 0 } };

static void iso_trace(KrTracer *tracer, KrObject *o) {
    for (size_t i = 0; i < 3; i++) kr_trace(tracer, ((KrTupleObject *)o)->item[i]);
}

const KrType kr_isodate_type = {
    KR_TYPE_HEAD(kr_isodate_type),
    .name = "datetime.IsoCalendarDate",
    .doc = KR_DOC("The result of date.isocalendar() or datetime.isocalendar()."),
    .base = &kr_tuple_type,
    .flags = KR_TYPE_IS_TUPLE | KR_TYPE_SEQUENCE | KR_TYPE_NO_NEW,
    .size = sizeof(KrTupleObject) + 3 * sizeof(KrValue),
    .methods = iso_methods,
    .attributes = iso_attributes,
    .alloc = kr_alloc_instance,
    .trace = iso_trace,
    .repr = iso_repr,
};
