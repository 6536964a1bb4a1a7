// datetime_iso.c - ISO 8601: dates and times as text, and back.
// SPDX-License-Identifier: MIT
#include "datetime_part.h"

// ---- Writing ---------------------------------------------------------------------------------------------------------------------

static char *put(char *p, unsigned value, int digits) {
    for (int i = digits; i--; value /= 10) p[i] = (char)('0' + value % 10);
    return p + digits;
}

void kr_iso_add_date(KrText *text, const KrDate *d) {
    char out[10], *p = put(out, d->year, 4);
    *p++ = '-';
    p = put(p, d->month, 2);
    *p++ = '-';
    put(p, d->day, 2);
    kr_text_add(text, out, sizeof out);
}

void kr_iso_add_clock(KrText *text, KrClock c, KrIsoSpec spec) {
    char out[15], *p = put(out, c.hour, 2);
    if (spec == KR_ISO_AUTO) spec = c.micros ? KR_ISO_MICROS : KR_ISO_SECONDS;
    if (spec >= KR_ISO_MINUTES) *p++ = ':', p = put(p, c.minute, 2);
    if (spec >= KR_ISO_SECONDS) *p++ = ':', p = put(p, c.second, 2);
    if (spec == KR_ISO_MILLIS) *p++ = '.', p = put(p, c.micros / 1000, 3);
    if (spec == KR_ISO_MICROS) *p++ = '.', p = put(p, c.micros, 6);
    kr_text_add(text, out, (size_t)(p - out));
}

bool kr_iso_spec(KrVm *vm, KrValue v, int number, KrIsoSpec *out) {
    static const char *const names[] = { "auto", "hours", "minutes", "seconds", "milliseconds", "microseconds" };
    *out = KR_ISO_AUTO;
    if (kr_is_unset(v)) return true;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "isoformat() argument %d must be str, not %T", number, v));
    for (size_t i = 0; i < KR_COUNT_OF(names); i++)
        if (kr_str_is(v, names[i])) return *out = (KrIsoSpec)i, true;
    return kr_fail(kr_raise(vm, &kr_value_error, "Unknown timespec value"));
}

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

typedef struct { // what is left of a text; functions say false where it is not as it should be
    const char *p, *end;
} Reader;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool number(Reader *r, int digits, int *out) {
    int n = 0;
    if (r->end - r->p < digits) return false;
    for (int i = 0; i < digits; i++, r->p++) {
        if (!is_digit(*r->p)) return false;
        n = n * 10 + (*r->p - '0');
    }
    return *out = n, true;
}

static bool letter(Reader *r, char c) { return r->p < r->end && *r->p == c && (r->p++, true); }

bool kr_iso_date(int64_t year, int week, int weekday, KrDate *out) {
    int64_t january_4 = kr_days_since_1970(year, 1, 4), iso_year, y;
    int month, day, first = (int)(((january_4 + 3) % 7 + 7) % 7);
    int64_t days = january_4 - first + (int64_t)(week - 1) * 7 + weekday - 1;
    if (week < 1 || week > 53 || days < 1 - KR_ORDINAL_1970 || days > KR_MAX_ORDINAL - KR_ORDINAL_1970) return false;
    kr_civil_of_days(days, &y, &month, &day);
    int real = kr_iso_week(y, kr_days_before_month(y, month) + day, weekday - 1, &iso_year);
    out->year = (uint16_t)y, out->month = (uint8_t)month, out->day = (uint8_t)day;
    return real == week && iso_year == year;
}

// YYYY-MM-DD, YYYYMMDD, YYYY-Www, YYYYWww, YYYY-Www-D, YYYYWwwD: the whole text. Fields of a calendar date are not checked.
static bool read_date(Reader r, int field[3]) {
    KrDate d;
    int week, weekday = 1;
    if (!number(&r, 4, &field[0])) return false;
    bool dashes = letter(&r, '-');
    if (letter(&r, 'W')) {
        if (!number(&r, 2, &week)) return false;
        if (r.p < r.end && ((dashes && !letter(&r, '-')) || !number(&r, 1, &weekday))) return false;
        if (r.p < r.end || weekday < 1 || weekday > 7 || field[0] < 1 || !kr_iso_date(field[0], week, weekday, &d)) return false;
        return field[0] = d.year, field[1] = d.month, field[2] = d.day, true;
    }
    return number(&r, 2, &field[1]) && (!dashes || letter(&r, '-')) && number(&r, 2, &field[2]) && r.p == r.end;
}

// HH[:MM[:SS[.ffffff]]] or HH[MM[SS[.ffffff]]], the whole text; digits beyond microseconds are dropped.
static bool read_clock(Reader r, int field[4]) {
    memset(field, 0, 4 * sizeof *field);
    if (!number(&r, 2, &field[0])) return false;
    bool colons = r.p < r.end && *r.p == ':';
    for (int i = 1; i < 3 && r.p < r.end; i++)
        if ((colons && !letter(&r, ':')) || !number(&r, 2, &field[i])) return false;
    if (r.p == r.end) return true;
    if (!letter(&r, '.') && !letter(&r, ',')) return false;
    int scale = 100000;
    if (r.p == r.end) return false;
    for (; r.p < r.end; r.p++, scale /= 10) {
        if (!is_digit(*r.p)) return false;
        field[3] += (*r.p - '0') * scale;
    }
    return true;
}

typedef enum { GOOD, WRONG, RAISED } Outcome;

// A time, with an offset from UTC or without. The zone of a Z, or of an offset of 0, is UTC.
static Outcome read_time(KrVm *vm, Reader r, int field[4], KrValue *zone) {
    const char *sign = r.p;
    int offset[4];
    *zone = KR_NONE;
    while (sign < r.end && *sign != '+' && *sign != '-' && *sign != 'Z') sign++;
    if (!read_clock((Reader){ r.p, sign }, field)) return WRONG;
    if (sign == r.end) return GOOD;
    if (*sign == 'Z') {
        if (sign + 1 != r.end) return WRONG;
        *zone = kr_zone_utc(vm);
        return kr_is_error(*zone) ? RAISED : GOOD;
    }
    if (!read_clock((Reader){ sign + 1, r.end }, offset)) return WRONG;
    int64_t seconds = offset[0] * 3600 + offset[1] * 60 + offset[2], micros = offset[3];
    KrValue delta = *sign == '-' ? kr_delta(vm, 0, -seconds, -micros) : kr_delta(vm, 0, seconds, micros);
    *zone = kr_is_error(delta) ? delta : kr_zone_of_offset(vm, delta, KR_UNSET);
    return kr_is_error(*zone) ? RAISED : GOOD;
}

static KrValue not_iso(KrVm *vm, KrValue text) { return kr_raise(vm, &kr_value_error, "Invalid isoformat string: %R", text); }
static KrValue no_text(KrVm *vm) { return kr_raise(vm, &kr_type_error, "fromisoformat: argument must be str"); }

KrValue kr_date_fromisoformat(KrVm *vm, KrValue self, const KrValue *arg) {
    int field[3];
    size_t len;
    if (!kr_is_str(arg[0])) return no_text(vm);
    const char *p = kr_str_text(arg[0], &len);
    if ((len != 7 && len != 8 && len != 10) || !read_date((Reader){ p, p + len }, field)) return not_iso(vm, arg[0]);
    return kr_date_new(vm, kr_as_type(self), field[0], field[1], field[2]);
}

KrValue kr_daytime_fromisoformat(KrVm *vm, KrValue self, const KrValue *arg) {
    int field[4];
    size_t len;
    KrValue zone;
    KrClock clock;
    if (!kr_is_str(arg[0])) return no_text(vm);
    const char *p = kr_str_text(arg[0], &len), *start = p + (len && *p == 'T');
    Outcome outcome = read_time(vm, (Reader){ start, p + len }, field, &zone);
    if (outcome == WRONG) return not_iso(vm, arg[0]);
    if (outcome == RAISED || !kr_clock_check(vm, field[0], field[1], field[2], field[3], 0, &clock)) return KR_ERROR;
    return kr_daytime_new(vm, kr_as_type(self), clock, zone);
}

// How many characters of the text are its date: what stands between date and time may be any character, a digit or a dash as well. 0: no date.
static size_t date_length(const char *p, size_t len) {
    if (len < 7) return 0;
    if (len == 7) return 7;
    if (p[4] == '-') {
        if (p[5] != 'W') return 10;
        if (p[8] != '-') return 8;
        if (len == 9) return 0;
        return len > 10 && is_digit(p[10]) ? 8 : 10; // YYYY-Www-HH..., or a day of the week and what follows
    }
    if (p[4] != 'W') return 8;
    size_t at = 7;
    while (at < len && is_digit(p[at])) at++;
    if (at < 9) return at;
    return at % 2 ? 8 : 7; // what follows has an even number of digits
}

// Bytes of the character at p.
static size_t width(const char *p) {
    uint8_t c = (uint8_t)*p;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

KrValue kr_moment_fromisoformat(KrVm *vm, KrValue self, const KrValue *arg) {
    int field[4] = { 0 }, day[3];
    size_t len;
    KrValue zone = KR_NONE;
    KrClock clock;
    if (!kr_is_str(arg[0])) return no_text(vm);
    const char *p = kr_str_text(arg[0], &len);
    size_t date = date_length(p, len);
    if (!date || date > len || !read_date((Reader){ p, p + date }, day)) return not_iso(vm, arg[0]);
    if (date < len) {
        size_t start = date + width(p + date);
        Outcome outcome = start < len ? read_time(vm, (Reader){ p + start, p + len }, field, &zone) : WRONG;
        if (outcome == WRONG) return not_iso(vm, arg[0]);
        if (outcome == RAISED) return KR_ERROR;
    }
    if (!kr_date_check(vm, day[0], day[1], day[2])) return KR_ERROR;
    if (!kr_clock_check(vm, field[0], field[1], field[2], field[3], 0, &clock)) return KR_ERROR;
    KrDate d = { .year = (uint16_t)day[0], .month = (uint8_t)day[1], .day = (uint8_t)day[2] };
    return kr_moment_new(vm, kr_as_type(self), &d, clock, zone);
}
