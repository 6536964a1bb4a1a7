// time_format.c - a time as text: strftime's directives, with the flags and widths of Linux, in English.
// SPDX-License-Identifier: MIT
#include "port.h"
#include "time_part.h"

static const char *const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December" };

typedef struct {
    char pad;        // 0: as the directive has it; '-' none, '_' spaces, '0' zeros
    char upper;      // '^' upper case, '#' the other case
    size_t width;    // at least so many characters
    char directive;  // what follows
    const char *end; // behind it
} Spec;

static int floor_mod(int64_t a, int b) { return (int)((a % b + b) % b); }

static void add_number(KrText *text, const Spec *s, int64_t value, size_t digits, char pad) {
    char out[24];
    size_t at = sizeof out;
    uint64_t n = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do out[--at] = (char)('0' + n % 10);
    while (n /= 10);
    size_t len = sizeof out - at + (value < 0), least = s->width > digits ? s->width : digits;
    if (s->pad) pad = s->pad == '_' ? ' ' : s->pad;
    if (pad == '-') least = 0;
    if (pad == ' ' && least > len) kr_text_add_fill(text, ' ', least - len);
    if (value < 0) kr_text_add_char(text, '-');
    if (pad != ' ' && least > len) kr_text_add_fill(text, '0', least - len);
    kr_text_add(text, out + at, sizeof out - at);
}

static char in_case(char c, char how) {
    if (how == '^' && c >= 'a' && c <= 'z') return (char)(c - 32);
    return how == 'v' && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

// how: '^' upper case, 'v' lower case, 0 as it is.
static void add_words(KrText *text, const Spec *s, const char *words, size_t len, char how) {
    size_t shown = 0;
    for (size_t i = 0; i < len; i++) shown += ((uint8_t)words[i] & 0xC0) != 0x80;
    if (s->width > shown && s->pad != '-') kr_text_add_fill(text, s->pad == '0' ? '0' : ' ', s->width - shown);
    char *to = kr_text_room(text, len);
    for (size_t i = 0; to && i < len; i++) to[i] = in_case(words[i], how);
}

static void add_name(KrText *text, const Spec *s, const char *name, size_t most) {
    size_t len = strlen(name);
    add_words(text, s, name, len < most ? len : most, s->upper ? '^' : 0);
}

static void add_composite(KrText *text, const KrBrokenTime *t, const Spec *s, const char *format) {
    KrText inner;
    kr_text_init(text->vm, &inner);
    kr_time_add_text(&inner, t, format, strlen(format));
    KrValue v = kr_text_str(&inner);
    size_t len;
    if (kr_is_error(v)) {
        text->failed = true;
        return;
    }
    const char *p = kr_str_text(v, &len);
    add_words(text, s, p, len, s->upper == '^' ? '^' : 0);
}

static void add_offset(KrText *text, const KrBrokenTime *t, const Spec *s) {
    if (t->isdst < 0) return;
    int64_t minutes = (t->offset < 0 ? -t->offset : t->offset) / 60, n = minutes / 60 * 100 + minutes % 60;
    kr_text_add_char(text, t->offset < 0 ? '-' : '+');
    Spec rest = *s;
    if (rest.width) rest.width--;
    add_number(text, &rest, n, 4, '0');
}

static void add_zone(KrText *text, const KrBrokenTime *t, const Spec *s) {
    KrPortZone zone = { 0 };
    size_t len;
    const char *name = kr_is_unset(t->zone) ? zone.name : kr_str_text(t->zone, &len);
    if (kr_is_unset(t->zone)) {
        if (t->isdst >= 0) (void)kr_port_zone_name(t->isdst > 0, &zone);
        len = strlen(zone.name);
    }
    add_words(text, s, name, len, s->upper == '#' ? 'v' : s->upper);
}

static int week_from(const KrBrokenTime *t, int first) { // first day of weeks: 0 Monday, 6 Sunday
    return (t->day_of_year - 1 - floor_mod(t->weekday - first, 7) + 7) / 7;
}

// Directives that are numbers. False: it is none.
static bool add_numeric(KrText *text, const KrBrokenTime *t, const Spec *s) {
    int64_t iso_year;
    int week = kr_iso_week(t->year, t->day_of_year, t->weekday, &iso_year), hour = floor_mod(t->hour + 11, 12) + 1;
    switch (s->directive) {
    case 'C': return add_number(text, s, (t->year - floor_mod(t->year, 100)) / 100, 1, '0'), true;
    case 'd': return add_number(text, s, t->day, 2, '0'), true;
    case 'e': return add_number(text, s, t->day, 2, ' '), true;
    case 'g': return add_number(text, s, floor_mod(iso_year, 100), 2, '0'), true;
    case 'G': return add_number(text, s, iso_year, 1, '0'), true;
    case 'H': return add_number(text, s, t->hour, 2, '0'), true;
    case 'I': return add_number(text, s, hour, 2, '0'), true;
    case 'j': return add_number(text, s, t->day_of_year, 3, '0'), true;
    case 'k': return add_number(text, s, t->hour, 2, ' '), true;
    case 'l': return add_number(text, s, hour, 2, ' '), true;
    case 'm': return add_number(text, s, t->month, 2, '0'), true;
    case 'M': return add_number(text, s, t->minute, 2, '0'), true;
    case 's': return add_number(text, s, kr_time_of_local(t), 1, '0'), true;
    case 'S': return add_number(text, s, t->second, 2, '0'), true;
    case 'u': return add_number(text, s, t->weekday + 1, 1, '0'), true;
    case 'U': return add_number(text, s, week_from(t, 6), 2, '0'), true;
    case 'V': return add_number(text, s, week, 2, '0'), true;
    case 'w': return add_number(text, s, (t->weekday + 1) % 7, 1, '0'), true;
    case 'W': return add_number(text, s, week_from(t, 0), 2, '0'), true;
    case 'y': return add_number(text, s, floor_mod(t->year, 100), 2, '0'), true;
    case 'Y': return add_number(text, s, t->year, 1, '0'), true;
    default: return false;
    }
}

static bool add_textual(KrText *text, const KrBrokenTime *t, const Spec *s) {
    switch (s->directive) {
    case '%': return kr_text_add_char(text, '%'), true;
    case 'a': return add_name(text, s, days[t->weekday], 3), true;
    case 'A': return add_name(text, s, days[t->weekday], 9), true;
    case 'b':
    case 'h': return add_name(text, s, months[t->month - 1], 3), true;
    case 'B': return add_name(text, s, months[t->month - 1], 9), true;
    case 'c': return add_composite(text, t, s, "%a %b %e %H:%M:%S %Y"), true;
    case 'D':
    case 'x': return add_composite(text, t, s, "%m/%d/%y"), true;
    case 'F': return add_composite(text, t, s, "%Y-%m-%d"), true;
    case 'n': return add_words(text, s, "\n", 1, 0), true;
    case 'p': return add_words(text, s, t->hour > 11 ? "PM" : "AM", 2, s->upper == '#' ? 'v' : 0), true;
    case 'P': return add_words(text, s, t->hour > 11 ? "pm" : "am", 2, s->upper == '^' ? '^' : 0), true;
    case 'r': return add_composite(text, t, s, "%I:%M:%S %p"), true;
    case 'R': return add_composite(text, t, s, "%H:%M"), true;
    case 't': return add_words(text, s, "\t", 1, 0), true;
    case 'T':
    case 'X': return add_composite(text, t, s, "%H:%M:%S"), true;
    case 'z': return add_offset(text, t, s), true;
    case 'Z': return add_zone(text, t, s), true;
    default: return false;
    }
}

// %f %z %:z %Z as module datetime has them: they take neither flags nor widths. The end of the directive, or NULL.
static const char *add_more(KrText *text, const KrBrokenTime *t, const char *p, const char *end) {
    if (p < end && *p == 'f') return kr_text_add_format(text, "%s", ""), add_number(text, &(Spec){ 0 }, t->microsecond, 6, '0'), p + 1;
    if (p < end && *p == 'z') return kr_text_add_str(text, t->offset_text), p + 1;
    if (p + 1 < end && p[0] == ':' && p[1] == 'z') return kr_text_add_str(text, t->colon_text), p + 2;
    if (p < end && *p == 'Z') return kr_text_add_str(text, t->zone), p + 1;
    return NULL;
}

static Spec parse(const char *p, const char *end) { // p is behind the %
    Spec s = { 0 };
    for (; p < end && strchr("_-0^#", *p) && *p; p++) {
        if (*p == '^' || *p == '#') s.upper = *p;
        else s.pad = *p;
    }
    for (; p < end && *p >= '0' && *p <= '9'; p++) s.width = s.width < 100000 ? s.width * 10 + (size_t)(*p - '0') : s.width;
    if (p < end && (*p == 'E' || *p == 'O')) p++; // other calendars and digits: English has none
    if (p < end) s.directive = *p++;
    s.end = p;
    return s;
}

void kr_time_add_text(KrText *text, const KrBrokenTime *t, const char *format, size_t len) {
    const char *p = format, *end = format + len;
    while (p < end && !text->failed) {
        const char *percent = memchr(p, '%', (size_t)(end - p));
        kr_text_add(text, p, (size_t)((percent ? percent : end) - p));
        if (!percent) return;
        p = t->has_more ? add_more(text, t, percent + 1, end) : NULL;
        if (p) continue;
        Spec s = parse(percent + 1, end);
        p = s.end;
        if (!add_numeric(text, t, &s) && !add_textual(text, t, &s)) kr_text_add(text, percent, (size_t)(p - percent));
    }
}

KrValue kr_time_ctime(KrVm *vm, const KrBrokenTime *t) {
    KrText text;
    kr_text_init(vm, &text);
    kr_time_add_text(&text, t, "%a %b %e %H:%M:%S %Y", 20);
    return kr_text_str(&text);
}
