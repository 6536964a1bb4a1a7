// time_module.c - the _time module: clocks and sleep. Calendar functions are in lib/time.py.
// SPDX-License-Identifier: MIT
#include "krait.h"
#include "port.h"
#include "vm/audit.h"
#include "vm/blocking.h"

#define FUNCTION(name) static KrValue time_##name(KrVm *vm, KrValue self, const KrValue *arg)

static KrValue seconds(KrVm *vm, int64_t ns) { return kr_float(vm, (double)ns * 1e-9); }

FUNCTION(time) { return (void)self, (void)arg, seconds(vm, kr_port_clock_ns()); }
FUNCTION(time_ns) { return (void)self, (void)arg, kr_int(vm, kr_port_clock_ns()); }
FUNCTION(monotonic) { return (void)self, (void)arg, seconds(vm, kr_port_monotonic_ns()); }
FUNCTION(monotonic_ns) { return (void)self, (void)arg, kr_int(vm, kr_port_monotonic_ns()); }
FUNCTION(thread_time) { return (void)self, (void)arg, seconds(vm, kr_port_cpu_ns()); }
FUNCTION(thread_time_ns) { return (void)self, (void)arg, kr_int(vm, kr_port_cpu_ns()); }
FUNCTION(process_time) { return (void)self, (void)arg, seconds(vm, kr_port_process_ns()); }
FUNCTION(process_time_ns) { return (void)self, (void)arg, kr_int(vm, kr_port_process_ns()); }

FUNCTION(sleep) {
    double s;
    (void)self;
    int64_t whole_seconds;
    if (!kr_audit(vm, "time.sleep", 1, arg)) return KR_ERROR;
    bool number = kr_is_float(arg[0]) || kr_is_integer(arg[0]);
    if (number ? !kr_to_double(vm, arg[0], &s) : !kr_to_int64(vm, arg[0], &whole_seconds)) return KR_ERROR;
    if (!number) s = (double)whole_seconds;
    if (s != s) return kr_raise(vm, &kr_value_error, "Invalid value NaN (not a number)");
    if (s < 0) return kr_raise(vm, &kr_value_error, "sleep length must be non-negative");
    if (s > 9.2e9) return kr_raise(vm, &kr_overflow_error, "timestamp too large to convert to C PyTime_t");
    int64_t until = kr_port_monotonic_ns(), length = (int64_t)(s * 1e9);
    until = length > INT64_MAX - until ? INT64_MAX : until + length;
    for (int64_t left = length; left >= 0; left = until - kr_port_monotonic_ns()) {
        int64_t most = kr_deadline_left(vm);
        bool slept = kr_block_sleep_ns(vm, left < most ? left : most), whole = slept && left <= most;
        if (!kr_poll(vm, whole ? 1 : 1000000)) return KR_ERROR; // a signal that woke us is handled now
        if (whole) break;
    }
    return KR_NONE;
}

// (seconds east of UTC, is daylight saving time on, name of the zone) at a time in seconds since 1970
FUNCTION(zone) {
    int64_t at;
    KrPortZone zone;
    (void)self;
    if (!kr_to_int64(vm, arg[0], &at)) return KR_ERROR;
    if (!kr_port_zone(at, &zone)) return kr_raise(vm, &kr_overflow_error, "timestamp out of range for platform time_t");
    KrValue item[3] = { kr_int_box(zone.offset), kr_int_box(zone.daylight), kr_str_c(vm, zone.name) };
    return kr_is_error(item[2]) ? item[2] : kr_tuple(vm, 3, item);
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
    { "sleep(seconds, /)", time_sleep, KR_DOC("Delay execution for a given number of seconds; it may be a float."), 0 },
    { "_zone(seconds, /)", time_zone, KR_DOC("(seconds east of UTC, daylight saving, zone name) at a time."), 0 },
    { 0 },
};

const KrModuleDef kr_time_module = { "_time", KR_DOC("Clocks."), functions, NULL, NULL };
