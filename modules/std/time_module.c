// time_module.c - the time module: clocks, sleeping, the calendar of seconds since 1970, and MicroPython's ticks.
// SPDX-License-Identifier: MIT
#include "krait.h"
#include "object/namespace.h"
#include "port.h"
#include "time_part.h"
#include "vm/audit.h"
#include "vm/blocking.h"
#include "vm/clock.h"
#include "vm/thread.h"

#define FUNCTION(name) static KrValue time_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- Clocks ----------------------------------------------------------------------------------------------------------------------

static KrValue seconds(KrVm *vm, int64_t ns) { return kr_float(vm, (double)ns * 1e-9); }

FUNCTION(time) { return (void)self, (void)arg, kr_clock_look(vm), seconds(vm, kr_wall_ns(vm)); }
FUNCTION(time_ns) { return (void)self, (void)arg, kr_clock_look(vm), kr_int(vm, kr_wall_ns(vm)); }
FUNCTION(monotonic) { return (void)self, (void)arg, kr_clock_look(vm), seconds(vm, kr_now_ns(vm)); }
FUNCTION(monotonic_ns) { return (void)self, (void)arg, kr_clock_look(vm), kr_int(vm, kr_now_ns(vm)); }
FUNCTION(thread_time) { return (void)self, (void)arg, seconds(vm, kr_port_cpu_ns()); }
FUNCTION(thread_time_ns) { return (void)self, (void)arg, kr_int(vm, kr_port_cpu_ns()); }
FUNCTION(process_time) { return (void)self, (void)arg, seconds(vm, kr_port_process_ns()); }
FUNCTION(process_time_ns) { return (void)self, (void)arg, kr_int(vm, kr_port_process_ns()); }

static bool read_clock(KrVm *vm, KrValue id, bool resolution, int64_t *ns) {
    int number;
    if (!kr_time_int(vm, id, &number)) return false;
    int error = kr_port_clock_read(number, resolution, ns);
    return !error || kr_fail(kr_raise_os(vm, error, KR_UNSET));
}

FUNCTION(clock_gettime) {
    int64_t ns;
    (void)self;
    return read_clock(vm, arg[0], false, &ns) ? seconds(vm, ns) : KR_ERROR;
}
FUNCTION(clock_gettime_ns) {
    int64_t ns;
    (void)self;
    return read_clock(vm, arg[0], false, &ns) ? kr_int(vm, ns) : KR_ERROR;
}
FUNCTION(clock_getres) {
    int64_t ns;
    (void)self;
    return read_clock(vm, arg[0], true, &ns) ? seconds(vm, ns) : KR_ERROR;
}

static KrValue set_clock(KrVm *vm, KrValue id, int64_t ns) {
    int number;
    if (!kr_time_int(vm, id, &number) || !kr_access(vm, KR_ACCESS_DEVICES, KR_UNSET)) return KR_ERROR;
    int error = kr_port_clock_set(number, ns);
    return error ? kr_raise_os(vm, error, KR_UNSET) : KR_NONE;
}
FUNCTION(clock_settime) {
    int64_t ns;
    (void)self;
    return kr_time_duration(vm, arg[1], &ns) ? set_clock(vm, arg[0], ns) : KR_ERROR;
}
FUNCTION(clock_settime_ns) {
    int64_t ns;
    (void)self;
    return kr_to_int64(vm, arg[1], &ns) ? set_clock(vm, arg[0], ns) : KR_ERROR;
}

FUNCTION(pthread_getcpuclockid) {
    int64_t thread;
    int clock;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &thread)) return KR_ERROR;
    bool own = thread == kr_thread_ident(vm->threads->current); // of others, which may have ended, nothing is known
    int error = own ? kr_port_thread_clock(&clock) : 3;         // ESRCH
    return error ? kr_raise_os(vm, error, KR_UNSET) : kr_int(vm, clock);
}

FUNCTION(get_clock_info) {
    static const struct {
        const char *name, *implementation;
        bool monotonic, adjustable;
        int id;
    } clocks[] = {
        { "time", "clock_gettime(CLOCK_REALTIME)", false, true, KR_PORT_CLOCK_REALTIME },
        { "monotonic", "clock_gettime(CLOCK_MONOTONIC)", true, false, KR_PORT_CLOCK_MONOTONIC },
        { "perf_counter", "clock_gettime(CLOCK_MONOTONIC)", true, false, KR_PORT_CLOCK_MONOTONIC },
        { "process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false, KR_PORT_CLOCK_PROCESS },
        { "thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false, KR_PORT_CLOCK_THREAD },
    };
    int64_t ns;
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "get_clock_info() argument 1 must be str, not %T", arg[0]);
    size_t i = 0;
    while (i < KR_COUNT_OF(clocks) && !kr_str_is(arg[0], clocks[i].name)) i++;
    if (i == KR_COUNT_OF(clocks)) return kr_raise(vm, &kr_value_error, "unknown clock");
    if (!read_clock(vm, kr_int_box(clocks[i].id), true, &ns)) return KR_ERROR;
    KrValue info = kr_namespace(vm), text = kr_str_c(vm, clocks[i].implementation);
    if (kr_is_error(info) || kr_is_error(text) || !kr_setattr_c(vm, info, "implementation", text) ||
        !kr_setattr_c(vm, info, "monotonic", kr_bool(clocks[i].monotonic)) ||
        !kr_setattr_c(vm, info, "adjustable", kr_bool(clocks[i].adjustable)) || !kr_setattr_c(vm, info, "resolution", seconds(vm, ns)))
        return KR_ERROR;
    return info;
}

// ---- Waiting ---------------------------------------------------------------------------------------------------------------------

// A signal that has come already is handled before, or it would be much later.
static bool handle_signals(KrVm *vm) { return !__atomic_load_n(&vm->interrupt, __ATOMIC_RELAXED) || kr_poll(vm, 1000000); }

static KrValue wait(KrVm *vm, int64_t length) {
    if (!handle_signals(vm)) return KR_ERROR;
    int64_t until = kr_now_ns(vm);
    until = length > INT64_MAX - until ? INT64_MAX : until + length;
    if (kr_clock_is_virtual(vm) && until < INT64_MAX) return kr_clock_wait(vm, until, NULL, NULL) < 0 ? KR_ERROR : KR_NONE;
    for (int64_t left = length; left >= 0; left = until - kr_port_monotonic_ns()) {
        int64_t most = kr_deadline_left(vm);
        bool slept = kr_block_sleep_ns(vm, left < most ? left : most), whole = slept && left <= most;
        if (!kr_poll(vm, whole ? 1 : 1000000) || !handle_signals(vm)) return KR_ERROR; // a signal that woke us is handled now
        if (whole) break;
    }
    return KR_NONE;
}

FUNCTION(sleep) {
    int64_t length;
    (void)self;
    if (!kr_audit(vm, "time.sleep", 1, arg) || !kr_time_duration(vm, arg[0], &length)) return KR_ERROR;
    return length < 0 ? kr_raise(vm, &kr_value_error, "sleep length must be non-negative") : wait(vm, length);
}

static KrValue wait_units(KrVm *vm, KrValue units, int64_t unit) {
    int64_t n;
    if (!kr_to_int64(vm, units, &n)) return KR_ERROR;
    return wait(vm, n < 0 ? 0 : n > INT64_MAX / unit ? INT64_MAX : n * unit);
}
FUNCTION(sleep_ms) { return (void)self, wait_units(vm, arg[0], 1000000); }
FUNCTION(sleep_us) { return (void)self, wait_units(vm, arg[0], 1000); }

// ---- MicroPython's ticks: counters that start anew, so that they fit a word everywhere ----------------------------------------------

enum { TICKS = 1 << 30 };

static KrValue ticks(int64_t n) { return kr_int_box((intptr_t)(n & (TICKS - 1))); }
FUNCTION(ticks_ms) { return (void)vm, (void)self, (void)arg, kr_clock_look(vm), ticks(kr_now_ns(vm) / 1000000); }
FUNCTION(ticks_us) { return (void)vm, (void)self, (void)arg, kr_clock_look(vm), ticks(kr_now_ns(vm) / 1000); }
FUNCTION(ticks_cpu) { return (void)vm, (void)self, (void)arg, kr_clock_look(vm), ticks(kr_now_ns(vm)); }

FUNCTION(ticks_add) {
    int64_t at, more;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &at) || !kr_to_int64(vm, arg[1], &more)) return KR_ERROR;
    if (more >= TICKS / 2 || more <= -TICKS / 2) return kr_raise(vm, &kr_overflow_error, "ticks interval overflow");
    return ticks((at & (TICKS - 1)) + more);
}
FUNCTION(ticks_diff) {
    int64_t end, start;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &end) || !kr_to_int64(vm, arg[1], &start)) return KR_ERROR;
    int64_t apart = ((end & (TICKS - 1)) - (start & (TICKS - 1)) + TICKS / 2) & (TICKS - 1);
    return kr_int_box((intptr_t)(apart - TICKS / 2));
}

// ---- The calendar ----------------------------------------------------------------------------------------------------------------

static bool moment(KrVm *vm, KrValue v, int64_t *out) {
    if (!kr_is_unset(v) && !kr_is_none(v)) return kr_time_seconds(vm, v, out);
    return *out = kr_wall_ns(vm) / 1000000000, true;
}

static bool local_of(KrVm *vm, KrValue v, KrBrokenTime *t) {
    int64_t at;
    return moment(vm, v, &at) && kr_time_local(vm, at, t);
}

FUNCTION(gmtime) {
    int64_t at;
    KrBrokenTime t;
    (void)self;
    if (!moment(vm, arg[0], &at)) return KR_ERROR;
    kr_broken_time(at, &t);
    if (t.year > INT32_MAX || t.year < INT32_MIN) return kr_raise_os(vm, 75, KR_UNSET); // EOVERFLOW
    t.zone = kr_str_c(vm, "GMT");
    return kr_is_error(t.zone) ? KR_ERROR : kr_struct_time(vm, &t, true);
}
FUNCTION(localtime) {
    KrBrokenTime t;
    (void)self;
    return local_of(vm, arg[0], &t) ? kr_struct_time(vm, &t, true) : KR_ERROR;
}
FUNCTION(mktime) {
    KrBrokenTime t;
    (void)self;
    return kr_time_from_tuple(vm, arg[0], "mktime", &t) ? kr_float(vm, (double)kr_time_of_local(&t)) : KR_ERROR;
}

// Zeros are taken for ones where counting begins with 1.
static bool check(KrVm *vm, KrBrokenTime *t) {
    const char *wrong = NULL;
    t->month += t->month == 0, t->day += t->day == 0, t->day_of_year += t->day_of_year == 0;
    if (t->weekday < -1) wrong = "day of week out of range";
    if (t->day_of_year < 1 || t->day_of_year > 366) wrong = "day of year out of range";
    if (t->weekday < -1) wrong = "day of week out of range";
    if (t->second < 0 || t->second > 61) wrong = "seconds out of range";
    if (t->minute < 0 || t->minute > 59) wrong = "minute out of range";
    if (t->hour < 0 || t->hour > 23) wrong = "hour out of range";
    if (t->day < 1 || t->day > 31) wrong = "day of month out of range";
    if (t->month < 1 || t->month > 12) wrong = "month out of range";
    t->weekday = (t->weekday + 7) % 7;
    return !wrong || kr_fail(kr_raise(vm, &kr_value_error, "%s", wrong));
}

static bool given_or_now(KrVm *vm, KrValue v, const char *function, KrBrokenTime *t) {
    if (kr_is_unset(v) || (kr_is_none(v) && !strcmp(function, "ctime"))) return local_of(vm, KR_UNSET, t);
    return kr_time_from_tuple(vm, v, function, t) && check(vm, t);
}

FUNCTION(asctime) {
    KrBrokenTime t;
    (void)self;
    return given_or_now(vm, arg[0], "asctime", &t) ? kr_time_ctime(vm, &t) : KR_ERROR;
}
FUNCTION(ctime) {
    KrBrokenTime t;
    (void)self;
    return local_of(vm, arg[0], &t) ? kr_time_ctime(vm, &t) : KR_ERROR;
}

FUNCTION(strftime) {
    KrBrokenTime t;
    KrText text;
    size_t len;
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "strftime() argument 1 must be str, not %T", arg[0]);
    if (!given_or_now(vm, arg[1], "strftime", &t)) return KR_ERROR;
    if (t.isdst < -1) t.isdst = -1;
    if (t.isdst > 1) t.isdst = 1;
    const char *format = kr_str_text(arg[0], &len);
    if (memchr(format, 0, len)) return kr_raise(vm, &kr_value_error, "embedded null character");
    kr_text_init(vm, &text);
    kr_time_add_text(&text, &t, format, len);
    return kr_text_str(&text);
}

FUNCTION(strptime) {
    (void)self;
    KrValue module = kr_import(vm, "_strptime");
    return kr_is_error(module) ? module : kr_call_method(vm, module, "_strptime_time", 2, arg);
}

// ---- The zone --------------------------------------------------------------------------------------------------------------------

// timezone, altzone, daylight and tzname, from the beginning and the middle of this year.
static bool set_zone(KrVm *vm, KrValue module) {
    enum { YEAR = 31556952 }; // seconds: 365.2425 days
    int64_t now = kr_port_clock_ns() / 1000000000, start = now / YEAR * YEAR;
    KrPortZone january, july;
    if (!kr_port_zone(start, &january) || !kr_port_zone(start + YEAR / 2, &july)) january = july = (KrPortZone){ .name = "UTC" };
    bool south = january.offset > july.offset;
    const KrPortZone *standard = south ? &july : &january, *summer = south ? &january : &july;
    KrValue name[2] = { kr_str_c(vm, standard->name), kr_str_c(vm, summer->name) };
    if (kr_is_error(name[0]) || kr_is_error(name[1])) return false;
    KrValue both = kr_tuple(vm, 2, name);
    return !kr_is_error(both) && kr_setattr_c(vm, module, "tzname", both) &&
           kr_setattr_c(vm, module, "timezone", kr_int_box(-standard->offset)) &&
           kr_setattr_c(vm, module, "altzone", kr_int_box(-summer->offset)) &&
           kr_setattr_c(vm, module, "daylight", kr_int_box(standard->offset != summer->offset));
}

FUNCTION(tzset) {
    (void)arg;
    kr_port_zone_reset();
    return set_zone(vm, self) ? KR_NONE : KR_ERROR;
}

static bool init(KrVm *vm, KrValue module) {
    static const struct {
        const char *name;
        int value;
    } counts[] = { { "n_fields", 11 }, { "n_sequence_fields", 9 }, { "n_unnamed_fields", 0 } };
    KrValue name[9];
    for (size_t i = 0; i < KR_COUNT_OF(counts); i++)
        if (!kr_type_constant(vm, &kr_struct_time_type, counts[i].name, kr_int_box(counts[i].value))) return false;
    for (size_t i = 0; i < KR_COUNT_OF(name); i++)
        if (kr_is_error(name[i] = kr_name(vm, kr_struct_time_type.attributes[i].name))) return false;
    KrValue all = kr_tuple(vm, KR_COUNT_OF(name), name);
    return !kr_is_error(all) && kr_type_constant(vm, &kr_struct_time_type, "__match_args__", all) && set_zone(vm, module);
}

static const KrMethod functions[] = {
    { "time()", time_time, KR_DOC("Return the current time in seconds since the Epoch."), 0 },
    { "time_ns()", time_time_ns, KR_DOC("Return the current time in nanoseconds since the Epoch."), 0 },
    { "monotonic()", time_monotonic, KR_DOC("Monotonic clock, cannot go backward."), 0 },
    { "monotonic_ns()", time_monotonic_ns, KR_DOC("Monotonic clock, cannot go backward, as nanoseconds."), 0 },
    { "perf_counter()", time_monotonic, KR_DOC("Performance counter for benchmarking."), 0 },
    { "perf_counter_ns()", time_monotonic_ns, KR_DOC("Performance counter for benchmarking as nanoseconds."), 0 },
    { "process_time()", time_process_time, KR_DOC("Process time for profiling: sum of the kernel and user-space CPU time."), 0 },
    { "process_time_ns()", time_process_time_ns, KR_DOC("Process time for profiling as nanoseconds."), 0 },
    { "thread_time()", time_thread_time, KR_DOC("Thread time for profiling: sum of the kernel and user-space CPU time."), 0 },
    { "thread_time_ns()", time_thread_time_ns, KR_DOC("Thread time for profiling as nanoseconds."), 0 },
    { "clock_gettime(clk_id, /)", time_clock_gettime, KR_DOC("The time of a clock, in seconds."), 0 },
    { "clock_gettime_ns(clk_id, /)", time_clock_gettime_ns, KR_DOC("The time of a clock, in nanoseconds."), 0 },
    { "clock_getres(clk_id, /)", time_clock_getres, KR_DOC("The resolution of a clock, in seconds."), 0 },
    { "clock_settime(clk_id, time, /)", time_clock_settime, KR_DOC("Set a clock, to seconds."), 0 },
    { "clock_settime_ns(clk_id, time, /)", time_clock_settime_ns, KR_DOC("Set a clock, to nanoseconds."), 0 },
    { "pthread_getcpuclockid(thread_id, /)", time_pthread_getcpuclockid, KR_DOC("The clk_id of a thread's CPU time clock."), 0 },
    { "get_clock_info(name, /)", time_get_clock_info, KR_DOC("What is known about the clock of this name."), 0 },
    { "sleep(object, /)", time_sleep, KR_DOC("Delay execution for a given number of seconds; it may be a float."), 0 },
    { "sleep_ms(ms, /)", time_sleep_ms, KR_DOC("Delay for a number of milliseconds."), 0 },
    { "sleep_us(us, /)", time_sleep_us, KR_DOC("Delay for a number of microseconds."), 0 },
    { "ticks_ms()", time_ticks_ms, KR_DOC("Milliseconds, counted up to 2**30; for ticks_diff()."), 0 },
    { "ticks_us()", time_ticks_us, KR_DOC("Microseconds, counted up to 2**30; for ticks_diff()."), 0 },
    { "ticks_cpu()", time_ticks_cpu, KR_DOC("The finest counter there is, up to 2**30; for ticks_diff()."), 0 },
    { "ticks_add(ticks, delta, /)", time_ticks_add, KR_DOC("A count of ticks, so much later."), 0 },
    { "ticks_diff(end, start, /)", time_ticks_diff, KR_DOC("Ticks between two counts that are less than half a round apart."), 0 },
    { "gmtime(seconds=None, /)", time_gmtime, KR_DOC("The time in UTC, as a struct_time; without seconds since the Epoch the current one."),
      0 },
    { "localtime(seconds=None, /)", time_localtime,
      KR_DOC("The local time, as a struct_time; without seconds since the Epoch the current one."), 0 },
    { "mktime(tuple, /)", time_mktime, KR_DOC("Seconds since the Epoch of a local time tuple."), 0 },
    { "asctime(tuple=<unset>, /)", time_asctime, KR_DOC("A time tuple as text, such as 'Sat Jun  6 16:26:11 1998'."), 0 },
    { "ctime(seconds=None, /)", time_ctime, KR_DOC("asctime(localtime(seconds))"), 0 },
    { "strftime(format, tuple=<unset>, /)", time_strftime,
      KR_DOC("A time tuple as text of this format, the current local time without one."), 0 },
    { "strptime(string, format='%a %b %d %H:%M:%S %Y', /)", time_strptime, KR_DOC("Text of this format as a struct_time."), 0 },
    { "tzset()", time_tzset, KR_DOC("Find the local time zone again, as the environment variable TZ has it now."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "struct_time", KR_CONST_TYPE, { .p = &kr_struct_time_type } },
    { "CLOCK_REALTIME", KR_CONST_INT, { .i = KR_PORT_CLOCK_REALTIME } },
    { "CLOCK_MONOTONIC", KR_CONST_INT, { .i = KR_PORT_CLOCK_MONOTONIC } },
    { "CLOCK_PROCESS_CPUTIME_ID", KR_CONST_INT, { .i = KR_PORT_CLOCK_PROCESS } },
    { "CLOCK_THREAD_CPUTIME_ID", KR_CONST_INT, { .i = KR_PORT_CLOCK_THREAD } },
    { "CLOCK_MONOTONIC_RAW", KR_CONST_INT, { .i = 4 } },
    { "CLOCK_BOOTTIME", KR_CONST_INT, { .i = 7 } },
    { "CLOCK_TAI", KR_CONST_INT, { .i = 11 } },
    { "_STRUCT_TM_ITEMS", KR_CONST_INT, { .i = 11 } },
    { 0 },
};

const KrModuleDef kr_time_module = {
    "time",
    KR_DOC("Clocks, and the calendar of seconds since 1970.\n\nA time is a number of seconds since the Epoch, 1970-01-01 00:00 UTC, or a "
           "tuple\n"
           "of 9 integers: year, month (1-12), day (1-31), hours, minutes, seconds, weekday (0-6,\nMonday is 0), day in the year (1-366), "
           "daylight saving time (-1, 0 or 1)."),
    functions, constants, init
};
