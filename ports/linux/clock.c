// clock.c - the system's clocks by number, and its local time zone.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "port.h"

bool kr_port_zone(int64_t seconds, KrPortZone *out) {
    time_t at = (time_t)seconds;
    struct tm t;
    if ((int64_t)at != seconds || !localtime_r(&at, &t)) return false;
    out->offset = (int)t.tm_gmtoff;
    out->daylight = t.tm_isdst > 0;
    snprintf(out->name, sizeof out->name, "%s", t.tm_zone ? t.tm_zone : "");
    return true;
}

bool kr_port_zone_name(bool summer, KrPortZone *out) {
    tzset();
    *out = (KrPortZone){ .daylight = summer };
    snprintf(out->name, sizeof out->name, "%s", tzname[summer]);
    return true;
}

void kr_port_zone_reset(void) { tzset(); }

int kr_port_clock_read(int clock, bool resolution, int64_t *ns) {
    struct timespec t;
    if (resolution ? clock_getres(clock, &t) : clock_gettime(clock, &t)) return errno;
    *ns = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
    return 0;
}

int kr_port_clock_set(int clock, int64_t ns) {
    struct timespec t = { .tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000) };
    if (t.tv_nsec < 0) t.tv_sec--, t.tv_nsec += 1000000000;
    return clock_settime(clock, &t) ? errno : 0;
}

int kr_port_thread_clock(int *clock) { return pthread_getcpuclockid(pthread_self(), clock); }
