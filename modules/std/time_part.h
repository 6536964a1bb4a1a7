// time_part.h - what the files of module time share, and module datetime uses: the calendar, texts of times, seconds since 1970.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_TIME_PART_H
#define KR_STD_TIME_PART_H

#include "object/text.h"

// time_calendar.c. The Gregorian calendar, before its introduction as well; months and days count from 1.
int64_t kr_days_since_1970(int64_t year, int month, int day); // month 1 to 12, day may be any
void kr_civil_of_days(int64_t days, int64_t *year, int *month, int *day);
bool kr_is_leap(int64_t year);
int kr_days_before_month(int64_t year, int month);                              // days of the year that are over
int kr_iso_week(int64_t year, int day_of_year, int weekday, int64_t *iso_year); // day_of_year from 1, weekday from Monday, 0

// A broken-down time, in Python's numbers.
typedef struct {
    int64_t year;
    int month, day, hour, minute, second; // month and day from 1
    int weekday, day_of_year;             // from Monday, 0; from 1
    int isdst;                            // 1: summer time, 0: not, -1: unknown
    int64_t offset;                       // seconds east of UTC
    KrValue zone;                         // str; KR_UNSET: what the system calls its own
    // Of module datetime, whose %f %z %:z %Z mean more:
    bool has_more;
    int microsecond;
    KrValue offset_text, colon_text; // str
} KrBrokenTime;

void kr_broken_time(int64_t seconds, KrBrokenTime *out); // of seconds since 1970, without offset, zone and isdst
int64_t kr_broken_seconds(const KrBrokenTime *t);        // the other way; fields may be out of range

// time_format.c
void kr_time_add_text(KrText *text, const KrBrokenTime *t, const char *format, size_t len); // strftime, in English
KrValue kr_time_ctime(KrVm *vm, const KrBrokenTime *t) KR_RAISES;

// time_struct.c
extern const KrType kr_struct_time_type;
KrValue kr_struct_time(KrVm *vm, const KrBrokenTime *t, bool has_zone) KR_RAISES;
bool kr_time_from_tuple(KrVm *vm, KrValue tuple, const char *function, KrBrokenTime *out) KR_RAISES;
bool kr_time_int(KrVm *vm, KrValue v, int *out) KR_RAISES; // an int of C

// time_seconds.c
bool kr_time_seconds(KrVm *vm, KrValue v, int64_t *seconds) KR_RAISES;                 // a number, rounded down
bool kr_time_micros(KrVm *vm, KrValue v, int64_t *seconds, int32_t *micros) KR_RAISES; // rounded half to even
bool kr_time_duration(KrVm *vm, KrValue v, int64_t *ns) KR_RAISES;                     // a number of seconds, rounded up
bool kr_time_local(KrVm *vm, int64_t seconds, KrBrokenTime *out) KR_RAISES;
int64_t kr_time_of_local(const KrBrokenTime *t); // mktime

#endif
