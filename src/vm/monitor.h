// monitor.h - sys.monitoring (PEP 669): tools that are called for events in Python code.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_MONITOR_H
#define KR_VM_MONITOR_H

#include "vm/frame.h"

enum { // numbers of the events; CPython's
    KR_EVENT_PY_START,
    KR_EVENT_PY_RESUME,
    KR_EVENT_PY_RETURN,
    KR_EVENT_PY_YIELD,
    KR_EVENT_CALL,
    KR_EVENT_LINE,
    KR_EVENT_INSTRUCTION,
    KR_EVENT_JUMP,
    KR_EVENT_BRANCH,
    KR_EVENT_STOP_ITERATION,
    KR_EVENT_RAISE,
    KR_EVENT_EXCEPTION_HANDLED,
    KR_EVENT_PY_UNWIND,
    KR_EVENT_PY_THROW,
    KR_EVENT_RERAISE,
    KR_EVENT_C_RETURN,
    KR_EVENT_C_RAISE,
    KR_EVENT_COUNT
};

extern const KrModuleDef kr_monitoring_module;

bool kr_monitor_on(KrVm *vm);         // whether any tool wants any event
KrValue kr_monitor_missing(KrVm *vm); // sys.monitoring.MISSING
// Calls the tools with (code, *args); args[0] is an offset or a line. What they raise is raised.
bool kr_monitor_fire(KrVm *vm, KrFrame *f, unsigned event, size_t count, const KrValue *args) KR_RAISES;
// The same; where: the place that DISABLE switches off, if that is not args[0].
bool kr_monitor_fire_at(KrVm *vm, KrFrame *f, unsigned event, KrValue where, size_t count, const KrValue *args) KR_RAISES;

#endif
