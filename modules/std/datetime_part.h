// datetime_part.h - what the files of module datetime share: its objects, none of which ever changes.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_DATETIME_PART_H
#define KR_STD_DATETIME_PART_H

#include "time_part.h"

enum {
    KR_MIN_YEAR = 1,
    KR_MAX_YEAR = 9999,
    KR_MAX_DAYS = 999999999,
    KR_MAX_ORDINAL = 3652059,
    KR_ORDINAL_1970 = 719163,
    KR_MILLION = 1000000,
    KR_DAY = 86400
};

typedef struct { // days may be negative; 0 <= seconds < KR_DAY, 0 <= micros < KR_MILLION
    KrObject head;
    int32_t days, seconds, micros;
} KrDelta;

typedef struct {
    KrObject head;
    uint16_t year;
    uint8_t month, day;
} KrDate;

typedef struct { // a time of the day
    uint8_t hour, minute, second, fold;
    uint32_t micros;
} KrClock;

typedef struct {
    KrObject head;
    KrClock clock;
    KrValue zone; // tzinfo or None
} KrDayTime;

typedef struct { // datetime.datetime, which is a date
    KrDate date;
    KrClock clock;
    KrValue zone;
} KrMoment;

typedef struct { // datetime.timezone
    KrObject head;
    KrValue offset, name; // a timedelta; str or KR_NONE
} KrFixedZone;

extern const KrType kr_delta_type, kr_date_type, kr_daytime_type, kr_moment_type, kr_tzinfo_type, kr_timezone_type, kr_isodate_type;

static inline KrDelta *kr_delta_of(KrValue v) { return (KrDelta *)kr_ptr(v); }
static inline KrDate *kr_date_of(KrValue v) { return (KrDate *)kr_ptr(v); }
static inline KrDayTime *kr_daytime_of(KrValue v) { return (KrDayTime *)kr_ptr(v); }
static inline KrMoment *kr_moment_of(KrValue v) { return (KrMoment *)kr_ptr(v); }
static inline bool kr_is_delta(KrValue v) { return kr_isa(v, &kr_delta_type); }
static inline bool kr_is_moment(KrValue v) { return kr_isa(v, &kr_moment_type); }
static inline bool kr_is_plain_date(KrValue v) { return kr_isa(v, &kr_date_type) && !kr_is_moment(v); }

// datetime_delta.c
KrValue kr_delta(KrVm *vm, int64_t days, int64_t seconds, int64_t micros) KR_RAISES; // made normal; OverflowError
bool kr_delta_same(KrValue a, KrValue b);
static inline int64_t kr_delta_seconds(KrValue v) {
    return (int64_t)kr_delta_of(v)->days * KR_DAY + kr_delta_of(v)->seconds;
} // rounded down

// datetime_zone.c. A zone is a tzinfo or None; `when` is what its methods are asked about.
bool kr_zone_check(KrVm *vm, KrValue zone) KR_RAISES;                                       // TypeError if it is neither
KrValue kr_zone_offset(KrVm *vm, KrValue zone, const char *method, KrValue when) KR_RAISES; // utcoffset or dst: a timedelta or None
KrValue kr_zone_name(KrVm *vm, KrValue zone, KrValue when) KR_RAISES;                       // str or None
KrValue kr_zone_of_offset(KrVm *vm, KrValue delta, KrValue name) KR_RAISES;                 // timezone(delta, name); name KR_UNSET: none
KrValue kr_zone_utc(KrVm *vm) KR_RAISES;                                                    // timezone.utc
void kr_zone_add_offset(KrText *text, KrValue offset, const char *colon);                   // +01:00; nothing for None
KrValue kr_zone_from_utc(KrVm *vm, KrValue zone, KrValue moment) KR_RAISES;                 // zone.fromutc(moment)

// datetime_date.c
KrValue kr_date_new(KrVm *vm, const KrType *type, int year, int month, int day) KR_RAISES; // type: date or a subclass, which is called
bool kr_date_check(KrVm *vm, int64_t year, int month, int day) KR_RAISES;
static inline int kr_date_ordinal(const KrDate *d) { return (int)kr_days_since_1970(d->year, d->month, d->day) + KR_ORDINAL_1970; }
bool kr_date_from_ordinal(KrVm *vm, int64_t ordinal, KrDate *out) KR_RAISES; // OverflowError
void kr_broken_date(const KrDate *d, KrBrokenTime *out);
KrValue kr_format_dunder(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES; // __format__
KrValue kr_date_state(KrVm *vm, KrValue self, int protocol) KR_RAISES;          // arguments of its class, for pickles
const uint8_t *kr_pickle_state(KrVm *vm, KrValue v, size_t len, size_t sane, const char *what, bool *failed); // NULL: v is no such state

// datetime_time.c
bool kr_clock_check(KrVm *vm, int hour, int minute, int second, int micros, int fold, KrClock *out) KR_RAISES;
KrValue kr_daytime_new(KrVm *vm, const KrType *type, KrClock clock, KrValue zone) KR_RAISES;
int64_t kr_clock_micros(KrClock c); // since midnight
KrClock kr_clock_of_state(const uint8_t *p, int fold);
KrClock kr_clock_of_micros(int64_t micros);
bool kr_offsets_equal(KrValue a, KrValue b); // timedeltas or None
KrValue kr_strftime(KrVm *vm, KrBrokenTime *t, KrValue zone, KrValue when, KrValue format) KR_RAISES;

// datetime_moment.c
KrValue kr_moment_new(KrVm *vm, const KrType *type, const KrDate *date, KrClock clock, KrValue zone) KR_RAISES;   // a subclass is called
KrValue kr_moment_exact(KrVm *vm, const KrType *type, const KrDate *date, KrClock clock, KrValue zone) KR_RAISES; // nothing is called
KrValue kr_moment_add(KrVm *vm, KrValue moment, int64_t days, int64_t seconds, int64_t micros) KR_RAISES;
KrValue kr_moment_offset(KrVm *vm, KrValue moment) KR_RAISES;      // utcoffset()
KrValue kr_moment_minus(KrVm *vm, KrValue a, KrValue b) KR_RAISES; // a timedelta
KrValue kr_moment_of_seconds(KrVm *vm, const KrType *type, int64_t seconds, int32_t micros, int fold, KrValue zone) KR_RAISES;
int64_t kr_moment_micros_apart(const KrMoment *a, const KrMoment *b);
extern const KrMethod kr_moment_methods[];

// datetime_stamp.c: class methods of datetime, and what has to do with the local time
KrValue kr_moment_now(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_moment_utcnow(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_moment_fromtimestamp(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_moment_utcfromtimestamp(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_moment_timestamp(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_moment_astimezone(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_moment_strptime(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
bool kr_fields_local(KrVm *vm, int64_t seconds, KrBrokenTime *out) KR_RAISES; // with a year that dates can have

// datetime_iso.c
typedef enum { KR_ISO_AUTO, KR_ISO_HOURS, KR_ISO_MINUTES, KR_ISO_SECONDS, KR_ISO_MILLIS, KR_ISO_MICROS } KrIsoSpec;
bool kr_iso_spec(KrVm *vm, KrValue v, int number, KrIsoSpec *out) KR_RAISES; // number: of the argument
void kr_iso_add_date(KrText *text, const KrDate *d);
void kr_iso_add_clock(KrText *text, KrClock c, KrIsoSpec spec);
KrValue kr_date_fromisoformat(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_daytime_fromisoformat(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_moment_fromisoformat(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
bool kr_iso_date(int64_t year, int week, int weekday, KrDate *out); // false: there is no such week

#endif
