// time_calendar.c - the Gregorian calendar: days and dates. Years begin in March here, so that the day of the leap is the last one.
// SPDX-License-Identifier: MIT
#include "time_part.h"

enum { ERA = 146097, ERA_YEARS = 400, TO_1970 = 719468 }; // days of 400 years; 0000-03-01 to 1970-01-01

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); } // b > 0

bool kr_is_leap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int kr_days_before_month(int64_t year, int month) {
    static const uint16_t before[] = { 0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
    return before[month] + (month > 2 && kr_is_leap(year));
}

int64_t kr_days_since_1970(int64_t year, int month, int day) {
    int64_t y = year - (month <= 2), era = floor_div(y, ERA_YEARS), of_era = y - era * ERA_YEARS;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5;
    return era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year + day - 1 - TO_1970;
}

void kr_civil_of_days(int64_t days, int64_t *year, int *month, int *day) {
    int64_t z = days + TO_1970, era = floor_div(z, ERA);
    int of_era = (int)(z - era * ERA);
    int years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * years + years / 4 - years / 100), m = (5 * of_year + 2) / 153;
    *day = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = era * ERA_YEARS + years + (*month <= 2);
}

static int weeks_of(int64_t year) { // ISO 8601: those years have 53 that begin on a Thursday, or on a Wednesday if they are leap years
    int first = (int)((kr_days_since_1970(year, 1, 1) + 3) % 7 + 7) % 7;
    return first == 3 || (first == 2 && kr_is_leap(year)) ? 53 : 52;
}

int kr_iso_week(int64_t year, int day_of_year, int weekday, int64_t *iso_year) {
    int week = (day_of_year - weekday + 9) / 7;
    if (week < 1) return *iso_year = year - 1, weeks_of(year - 1);
    if (week > weeks_of(year)) return *iso_year = year + 1, 1;
    return *iso_year = year, week;
}

void kr_broken_time(int64_t seconds, KrBrokenTime *out) {
    int64_t days = floor_div(seconds, 86400);
    int rest = (int)(seconds - days * 86400);
    *out = (KrBrokenTime){ .hour = rest / 3600, .minute = rest / 60 % 60, .second = rest % 60, .zone = KR_UNSET };
    kr_civil_of_days(days, &out->year, &out->month, &out->day);
    out->weekday = (int)(((days + 3) % 7 + 7) % 7);
    out->day_of_year = kr_days_before_month(out->year, out->month) + out->day;
}

int64_t kr_broken_seconds(const KrBrokenTime *t) {
    int64_t months = (int64_t)t->month - 1, carry = floor_div(months, 12);
    int64_t days = kr_days_since_1970(t->year + carry, (int)(months - carry * 12) + 1, 1) + t->day - 1;
    return days * 86400 + (int64_t)t->hour * 3600 + (int64_t)t->minute * 60 + t->second;
}
