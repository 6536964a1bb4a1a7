// machine.c - which board a VM has, and what the types of module machine share.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

#include <string.h>

static void machine_trace(KrTracer *tracer, KrObject *object) {
    KrMachine *m = (KrMachine *)object;
    kr_trace(tracer, m->state);
    kr_trace(tracer, m->pins);
    kr_trace(tracer, m->watchdog);
}

static const KrType machine_type = {
    KR_TYPE_HEAD(machine_type), .name = "_machine", .flags = KR_TYPE_NO_NEW, .size = sizeof(KrMachine), .trace = machine_trace,
};

// "sim", "sim:garden.toml" or just "garden.toml", which only a simulated board can be.
static bool is_named(const KrBoard *b, const char *name, const char **rest) {
    size_t len = strlen(b->name);
    *rest = NULL;
    if (strncmp(name, b->name, len) == 0 && (!name[len] || name[len] == ':')) {
        if (name[len]) *rest = name + len + 1;
        return true;
    }
    size_t all = strlen(name);
    bool file = (all > 5 && strcmp(name + all - 5, ".toml") == 0) || (all > 3 && strcmp(name + all - 3, ".py") == 0);
    return file && b->from_file && (*rest = name);
}

static const KrBoard *choose(KrVm *vm, const char **rest) {
    *rest = NULL;
    for (const KrBoard *const *b = kr_boards; *b; b++)
        if (vm->board_name ? is_named(*b, vm->board_name, rest) : !(*b)->found || (*b)->found()) return *b;
    (void)kr_raise(vm, &kr_value_error,
                   "there is no board %s: this Krait has linux, sim, or a file .toml or .py that describes a simulated one",
                   vm->board_name);
    return NULL;
}

KrMachine *kr_machine(KrVm *vm) {
    if (!kr_is_unset(vm->machine)) return KR_AS(KrMachine, vm->machine);
    const char *rest;
    if (!kr_access(vm, KR_ACCESS_DEVICES, KR_UNSET)) return NULL;
    const KrBoard *board = choose(vm, &rest);
    KrValue pins = board ? kr_dict(vm) : KR_ERROR;
    KrMachine *m = kr_is_error(pins) ? NULL : kr_alloc(vm, &machine_type.shape, sizeof *m);
    if (!m) return NULL;
    m->board = board;
    m->pins = pins;
    m->state = m->watchdog = KR_UNSET;
    vm->machine = kr_from_ptr(m); // opening may use pins
    KrValue state = KR_NONE;
    if (!board->open(vm, rest, &state)) return vm->machine = KR_UNSET, NULL;
    kr_store(vm, m, &m->state, state);
    return m;
}

KrValue kr_board_state(const KrVm *vm) { return kr_is_unset(vm->machine) ? KR_UNSET : KR_AS(KrMachine, vm->machine)->state; }

KrPin *kr_pin_known(KrVm *vm, int32_t number) {
    KrValue found = KR_UNSET;
    const KrMachine *m = kr_is_unset(vm->machine) ? NULL : KR_AS(KrMachine, vm->machine);
    if (m && !kr_dict_find(vm, m->pins, kr_int_box(number), &found)) (void)kr_take_raised(vm);
    return kr_is_unset(found) ? NULL : kr_pin(found);
}

bool kr_board_fail(KrVm *vm, int error, KrValue text) {
    KrValue item[] = { kr_int_box(error), text }, args = kr_is_error(text) ? text : kr_tuple(vm, 2, item);
    return !kr_is_error(args) && kr_fail(kr_raise_args(vm, &kr_os_error, args));
}

KrValue kr_lacks(KrVm *vm, const char *what) {
    const KrMachine *m = kr_machine(vm);
    return m ? kr_raise(vm, &kr_not_implemented_error, "the board %s has no %s", m->board->name, what) : KR_ERROR;
}

bool kr_machine_number(KrVm *vm, KrValue v, const char *what, int64_t least, int64_t most, int64_t *out) {
    int64_t n;
    if (kr_is_unset(v) || kr_is_none(v)) return true;
    if (!kr_to_int64(vm, v, &n)) return false;
    if (n == -1 && least >= 0) return true; // MicroPython's way to say that it is not given
    if (n < least || n > most)
        return kr_fail(kr_raise(vm, &kr_value_error, "%s must be %z to %z, not %z", what, (intptr_t)least, (intptr_t)most, (intptr_t)n));
    return *out = n, true;
}
