// monitor.c - sys.monitoring: the tools, what each wants to know, and calling them. The events themselves come from hook.c.
//
// vm->monitor is a list: one for each tool, as in the enum below, then DISABLE and MISSING. A tool that is given back keeps its
// callbacks and events, as in CPython 3.13.
// SPDX-License-Identifier: MIT
#include "vm/audit.h"
#include "vm/monitor.h"

#include "object/list.h"
#include "object/namespace.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"
#include "vm/hook.h"
#include "vm/op.h"

enum { TOOLS = 6, DISABLE = TOOLS, MISSING, SLOTS };
enum {
    NAME,
    EVENTS,
    CALLBACKS,
    LOCAL,
    DISABLED,
    FIELDS
}; // str or None, int, dict event -> callable, dict code -> events, dict (code, place, event) -> None
enum { C_EVENTS = 1 << KR_EVENT_C_RETURN | 1 << KR_EVENT_C_RAISE, LOCAL_EVENTS = (1 << KR_EVENT_RAISE) - 1 };

static const char *const event_name[KR_EVENT_COUNT] = {
    "PY_START",       "PY_RESUME", "PY_RETURN",         "PY_YIELD",  "CALL",     "LINE",    "INSTRUCTION", "JUMP",   "BRANCH",
    "STOP_ITERATION", "RAISE",     "EXCEPTION_HANDLED", "PY_UNWIND", "PY_THROW", "RERAISE", "C_RETURN",    "C_RAISE"
};

static KrValue slot_of(KrVm *vm, size_t i) { return kr_list_items(vm->monitor, NULL)[i]; }
static KrValue *fields(KrValue tool) { return KR_AS(KrListObject, tool)->items->item; }
static void set_field(KrVm *vm, KrValue tool, size_t i, KrValue v) { kr_store(vm, KR_AS(KrListObject, tool)->items, &fields(tool)[i], v); }

static KrValue new_tool(KrVm *vm) {
    KrValue field[FIELDS] = { KR_NONE, kr_int_box(0), kr_dict(vm), kr_dict(vm), kr_dict(vm) };
    for (size_t k = CALLBACKS; k < FIELDS; k++)
        if (kr_is_error(field[k])) return KR_ERROR;
    return kr_list(vm, FIELDS, field);
}

static bool start(KrVm *vm) {
    if (!kr_is_unset(vm->monitor)) return true;
    KrValue item[SLOTS];
    for (size_t i = 0; i < SLOTS; i++) {
        item[i] = i < TOOLS ? new_tool(vm) : kr_call(vm, kr_type_value(&kr_object_type), 0, NULL);
        if (kr_is_error(item[i])) return false;
    }
    KrValue list = kr_list(vm, SLOTS, item);
    if (!kr_is_error(list)) vm->monitor = list;
    return !kr_is_error(list);
}

bool kr_monitor_on(KrVm *vm) {
    for (size_t i = 0; !kr_is_unset(vm->monitor) && i < TOOLS; i++) {
        KrValue tool = slot_of(vm, i);
        if (kr_int_value(fields(tool)[EVENTS]) || kr_dict_len(fields(tool)[LOCAL])) return true;
    }
    return false;
}

// ---- Events --------------------------------------------------------------------------------------------------------------------

static bool wants(KrVm *vm, KrValue tool, KrValue code, unsigned event, bool *out) {
    KrValue local;
    *out = false;
    if (!kr_dict_find(vm, fields(tool)[LOCAL], code, &local)) return false;
    intptr_t events = kr_int_value(fields(tool)[EVENTS]) | (kr_is_unset(local) ? 0 : kr_int_value(local));
    *out = events >> (1 << event & C_EVENTS ? KR_EVENT_CALL : event) & 1;
    return true;
}

static bool call_tool(KrVm *vm, KrValue tool, unsigned event, KrValue where, size_t count, const KrValue *arg) {
    KrValue number = kr_int_box((intptr_t)event), callback, off, place[3] = { arg[0], where, number }, key = kr_tuple(vm, 3, place);
    if (kr_is_error(key) || !kr_dict_find(vm, fields(tool)[CALLBACKS], number, &callback) ||
        !kr_dict_find(vm, fields(tool)[DISABLED], key, &off))
        return false;
    if (kr_is_unset(callback) || !kr_is_unset(off)) return true;
    vm->thread.in_hook = true;
    KrValue v = kr_call(vm, callback, count, arg);
    vm->thread.in_hook = false;
    if (kr_is_error(v)) return false;
    if (!kr_same(v, slot_of(vm, DISABLE))) return true;
    if (!(1 << event & (LOCAL_EVENTS | C_EVENTS))) {
        bool found;
        if (!kr_dict_delete(vm, fields(tool)[CALLBACKS], number, &found)) return false;
        return kr_fail(kr_raise(vm, &kr_value_error, "Cannot disable %s events. Callback removed.", event_name[event]));
    }
    return kr_dict_set(vm, fields(tool)[DISABLED], key, KR_NONE);
}

bool kr_monitor_fire(KrVm *vm, KrFrame *f, unsigned event, size_t count, const KrValue *args) {
    return kr_monitor_fire_at(vm, f, event, args[0], count, args);
}

bool kr_monitor_fire_at(KrVm *vm, KrFrame *f, unsigned event, KrValue where, size_t count, const KrValue *args) {
    KrValue arg[5] = { kr_from_ptr(f->code) };
    for (size_t i = 0; i < count; i++) arg[i + 1] = args[i];
    for (size_t i = TOOLS; !kr_is_unset(vm->monitor) && !vm->thread.in_hook && i-- > 0;) {
        KrValue tool = slot_of(vm, i);
        bool wanted;
        if (!wants(vm, tool, arg[0], event, &wanted) || (wanted && !call_tool(vm, tool, event, where, count + 1, arg))) return false;
    }
    return true;
}

// ---- The module ----------------------------------------------------------------------------------------------------------------

#define FUNCTION(name) static KrValue monitor_##name(KrVm *vm, KrValue self, const KrValue *arg)

// The number of a tool, in use or (used false) not looked at.
static bool tool_number(KrVm *vm, KrValue v, bool used, size_t *out) {
    int n;
    if (!start(vm) || !kr_arg_int(vm, v, &n)) return false;
    if (n < 0 || n >= TOOLS) return kr_fail(kr_raise(vm, &kr_value_error, "invalid tool %z (must be between 0 and 5)", (intptr_t)n));
    *out = (size_t)n;
    if (used && kr_is_none(fields(slot_of(vm, *out))[NAME]))
        return kr_fail(kr_raise(vm, &kr_value_error, "tool %z is not in use", (intptr_t)n));
    return true;
}

static bool event_set(KrVm *vm, KrValue v, intptr_t allowed, const char *what, intptr_t *out) {
    bool local = *what;
    int wanted;
    if (!kr_arg_int(vm, v, &wanted)) return false;
    *out = wanted;
    if (!local && (*out < 0 || *out >= 1 << KR_EVENT_COUNT))
        return kr_fail(kr_raise(vm, &kr_value_error, "invalid %sevent set 0x%x", what, (size_t)(uint32_t)*out));
    if ((*out & C_EVENTS) == C_EVENTS && *out & 1 << KR_EVENT_CALL) *out &= ~(intptr_t)C_EVENTS;
    if (*out & C_EVENTS) return kr_fail(kr_raise(vm, &kr_value_error, "cannot set C_RETURN or C_RAISE events independently"));
    if (*out & ~allowed) return kr_fail(kr_raise(vm, &kr_value_error, "invalid %sevent set 0x%x", what, (size_t)(uint32_t)*out));
    return true;
}

FUNCTION(use_tool_id) {
    size_t i;
    (void)self;
    if (!tool_number(vm, arg[0], false, &i)) return KR_ERROR;
    if (!kr_is_str(arg[1])) return kr_raise(vm, &kr_value_error, "tool name must be a str");
    KrValue tool = slot_of(vm, i);
    if (!kr_is_none(fields(tool)[NAME])) return kr_raise(vm, &kr_value_error, "tool %u is already in use", i);
    return set_field(vm, tool, NAME, arg[1]), KR_NONE;
}

FUNCTION(free_tool_id) {
    size_t i;
    (void)self;
    if (!tool_number(vm, arg[0], false, &i)) return KR_ERROR;
    return set_field(vm, slot_of(vm, i), NAME, KR_NONE), KR_NONE;
}

FUNCTION(get_tool) {
    size_t i;
    (void)self;
    if (!tool_number(vm, arg[0], false, &i)) return KR_ERROR;
    return fields(slot_of(vm, i))[NAME];
}

FUNCTION(register_callback) {
    size_t i;
    intptr_t set;
    unsigned event = 0;
    KrValue before;
    (void)self;
    if (!tool_number(vm, arg[0], false, &i) || !kr_to_index(vm, arg[1], &set)) return KR_ERROR;
    if (set <= 0 || set & (set - 1)) return kr_raise(vm, &kr_value_error, "The callback can only be set for one event at a time");
    if (set >= 1 << KR_EVENT_COUNT) return kr_raise(vm, &kr_value_error, "invalid event %z", set);
    if (!kr_audit(vm, "sys.monitoring.register_callback", 1, &arg[2])) return KR_ERROR;
    while (set >> event > 1) event++;
    KrValue callbacks = fields(slot_of(vm, i))[CALLBACKS], number = kr_int_box((intptr_t)event);
    bool found;
    if (!kr_dict_find(vm, callbacks, number, &before)) return KR_ERROR;
    if (kr_is_none(arg[2]) ? !kr_dict_delete(vm, callbacks, number, &found) : !kr_dict_set(vm, callbacks, number, arg[2])) return KR_ERROR;
    return kr_is_unset(before) ? KR_NONE : before;
}

FUNCTION(set_events) {
    size_t i;
    intptr_t events;
    (void)self;
    if (!tool_number(vm, arg[0], false, &i) || !event_set(vm, arg[1], INTPTR_MAX, "", &events) || !tool_number(vm, arg[0], true, &i))
        return KR_ERROR;
    set_field(vm, slot_of(vm, i), EVENTS, kr_int_box(events));
    return kr_hooks_changed(vm), KR_NONE;
}

FUNCTION(get_events) {
    size_t i;
    (void)self;
    if (!tool_number(vm, arg[0], false, &i)) return KR_ERROR;
    return fields(slot_of(vm, i))[EVENTS];
}

FUNCTION(set_local_events) {
    size_t i;
    intptr_t events;
    (void)self;
    if (!kr_is_exact(arg[1], &kr_code_type)) return kr_raise(vm, &kr_type_error, "code must be a code object");
    if (!tool_number(vm, arg[0], true, &i) || !event_set(vm, arg[2], LOCAL_EVENTS, "local ", &events)) return KR_ERROR;
    KrValue local = fields(slot_of(vm, i))[LOCAL];
    bool found;
    if (events ? !kr_dict_set(vm, local, arg[1], kr_int_box(events)) : !kr_dict_delete(vm, local, arg[1], &found)) return KR_ERROR;
    return kr_hooks_changed(vm), KR_NONE;
}

FUNCTION(get_local_events) {
    size_t i;
    KrValue events;
    (void)self;
    if (!kr_is_exact(arg[1], &kr_code_type)) return kr_raise(vm, &kr_type_error, "code must be a code object");
    if (!tool_number(vm, arg[0], false, &i) || !kr_dict_find(vm, fields(slot_of(vm, i))[LOCAL], arg[1], &events)) return KR_ERROR;
    return kr_is_unset(events) ? kr_int_box(0) : events;
}

FUNCTION(restart_events) {
    (void)self, (void)arg;
    for (size_t i = 0; !kr_is_unset(vm->monitor) && i < TOOLS; i++) {
        KrValue tool = slot_of(vm, i), empty = kr_dict(vm);
        if (kr_is_error(empty)) return empty;
        set_field(vm, tool, DISABLED, empty);
    }
    return KR_NONE;
}

static KrValue make_events(KrVm *vm) {
    KrValue events = kr_namespace(vm);
    if (kr_is_error(events) || !kr_setattr_c(vm, events, "NO_EVENTS", kr_int_box(0))) return KR_ERROR;
    for (size_t i = 0; i < KR_EVENT_COUNT; i++)
        if (!kr_setattr_c(vm, events, event_name[i], kr_int_box((intptr_t)1 << i))) return KR_ERROR;
    return events;
}

static KrValue make_disable(KrVm *vm) { return start(vm) ? slot_of(vm, DISABLE) : KR_ERROR; }
KrValue kr_monitor_missing(KrVm *vm) { return kr_is_unset(vm->monitor) ? KR_NONE : slot_of(vm, MISSING); }
static KrValue make_missing(KrVm *vm) { return start(vm) ? slot_of(vm, MISSING) : KR_ERROR; }

static const KrMethod functions[] = {
    { "use_tool_id(tool_id, name, /)", monitor_use_tool_id, KR_DOC("Take a tool number, 0 to 5. ValueError if it is in use."), 0 },
    { "free_tool_id(tool_id, /)", monitor_free_tool_id,
      KR_DOC("Give a tool number back. Its events and callbacks stay until they are set anew."), 0 },
    { "get_tool(tool_id, /)", monitor_get_tool, KR_DOC("Return the name of a tool, or None."), 0 },
    { "register_callback(tool_id, event, func, /)", monitor_register_callback,
      KR_DOC("Set the function for one event, or None. Return the one before."), 0 },
    { "set_events(tool_id, event_set, /)", monitor_set_events, KR_DOC("Set the events that the tool wants, in all code."), KR_SETS_HOOKS },
    { "get_events(tool_id, /)", monitor_get_events, KR_DOC("Return the events that the tool wants in all code."), 0 },
    { "set_local_events(tool_id, code, event_set, /)", monitor_set_local_events,
      KR_DOC("Set the further events that the tool wants in one code object."), KR_SETS_HOOKS },
    { "get_local_events(tool_id, code, /)", monitor_get_local_events, KR_DOC("Return the events that the tool wants in one code object."),
      0 },
    { "restart_events()", monitor_restart_events, KR_DOC("Enable again all that callbacks disabled."), 0 },
    { 0 },
};
static const KrConst constants[] = {
    { "events", KR_CONST_MAKE, { .make = make_events } },
    { "DISABLE", KR_CONST_MAKE, { .make = make_disable } },
    { "MISSING", KR_CONST_MAKE, { .make = make_missing } },
    { "DEBUGGER_ID", KR_CONST_INT, { .i = 0 } },
    { "COVERAGE_ID", KR_CONST_INT, { .i = 1 } },
    { "PROFILER_ID", KR_CONST_INT, { .i = 2 } },
    { "OPTIMIZER_ID", KR_CONST_INT, { .i = 5 } },
    { 0 },
};
const KrModuleDef kr_monitoring_module = { "sys.monitoring", KR_DOC("Tools that are called for events in Python code (PEP 669)."),
                                           functions, constants, NULL };
