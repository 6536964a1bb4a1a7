// embed.c - Krait inside a C program: a native module, calls both ways, errors, limits, and a VM on each of two threads.
//
// Build:  cc -std=c11 -Iinclude examples/embed/embed.c build/release/libkrait.a -lpthread
//
// SPDX-License-Identifier: MIT
#include <krait.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

// ---- A module of our own -------------------------------------------------------------------------------------------------------

// Arguments arrive bound: arg[0] is value, arg[1] is alpha, given or its default.
static KrValue smooth(KrVm *vm, KrValue self, const KrValue *arg) {
    double value, alpha, state;
    if (!kr_to_double(vm, arg[0], &value) || !kr_to_double(vm, arg[1], &alpha)) return KR_ERROR;
    if (alpha <= 0 || alpha > 1) return kr_raise(vm, &kr_value_error, "alpha must be above 0 and at most 1, not %R", arg[1]);
    KrValue old; // kept in the module, so that each VM has its own
    if (!kr_find_attr(vm, self, kr_name(vm, "state"), &old)) return KR_ERROR;
    state = value;
    if (!kr_is_unset(old)) {
        if (!kr_to_double(vm, old, &state)) return KR_ERROR;
        state += alpha * (value - state);
    }
    KrValue result = kr_float(vm, state);
    return kr_setattr_c(vm, self, "state", result) ? result : KR_ERROR;
}

// Calls a Python function for each reading, and lists what it returns.
static KrValue each(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    KrValue list = kr_list(vm, 0, NULL), it = kr_iter(vm, arg[1]), item;
    if (kr_is_error(list) || kr_is_error(it)) return KR_ERROR;
    while (!kr_is_done(item = kr_next(vm, it))) {
        if (kr_is_error(item)) return KR_ERROR;
        KrValue v = kr_call(vm, arg[0], 1, &item);
        if (kr_is_error(v) || !kr_list_append(vm, list, v)) return KR_ERROR;
    }
    return list;
}

static const KrMethod functions[] = {
    { "smooth(value, alpha=0.5)", smooth, "Exponential moving average of the values given so far.", 0 },
    { "each(function, readings, /)", each, "[function(r) for r in readings]", 0 },
    { 0 },
};
static const KrConst constants[] = {
    { .name = "CHANNELS", .kind = KR_CONST_INT, .i = 8 },
    { .name = "UNIT", .kind = KR_CONST_STR, .p = "degrees" },
    { 0 },
};
static const KrModuleDef device = { .name = "device", .doc = "Readings of this device.", .functions = functions, .constants = constants };
static const KrModuleDef *const modules[] = { &device, NULL };

// ---- Using it ------------------------------------------------------------------------------------------------------------------

static bool report(KrVm *vm, const char *what, KrValue v) {
    if (kr_is_error(v)) {
        KrValue e = kr_take_raised(vm), text = kr_format(vm, "%T: %S", e, e);
        printf("%s raised %s\n", what, kr_is_error(text) ? "?" : kr_str_text(text, NULL));
        return false;
    }
    KrValue text = kr_repr(vm, v);
    printf("%s = %s\n", what, kr_is_error(text) ? "?" : kr_str_text(text, NULL));
    return true;
}

static KrValue run(KrVm *vm, const char *source) { return kr_run(vm, source, strlen(source), "<embedded>"); }
static KrValue eval(KrVm *vm, const char *source) { return kr_eval(vm, source, strlen(source)); }

static void call_both_ways(KrVm *vm) {
    KrValue done = run(vm, "import device\n"
                           "def scaled(raw, *, gain=1.0):\n"
                           "    return device.smooth(raw * gain)\n"
                           "def checked(raw):\n"
                           "    if raw > 100:\n"
                           "        raise ValueError(f'{raw} is above range')\n"
                           "    return scaled(raw)\n");
    if (kr_is_error(done)) {
        kr_print_raised(vm);
        return;
    }
    KrValue scaled = kr_getattr_c(vm, kr_main_module(vm), "scaled"), twenty = kr_int(vm, 20);
    report(vm, "scaled(20)", kr_call(vm, scaled, 1, &twenty));
    KrValue named[2] = { kr_int(vm, 30), kr_float(vm, 2.0) }, name = kr_name(vm, "gain"), names = kr_tuple(vm, 1, &name);
    report(vm, "scaled(30, gain=2.0)", kr_call_names(vm, scaled, named, 1, names));
    report(vm, "device.each", eval(vm, "device.each(lambda r: r * device.CHANNELS, [1, 2, 3])"));
    report(vm, "device.UNIT", eval(vm, "device.UNIT"));
    report(vm, "checked(300)", eval(vm, "checked(300)"));
    report(vm, "smooth(1, alpha=7)", eval(vm, "device.smooth(1, alpha=7)"));
    report(vm, "1 +", eval(vm, "1 +"));
    report(vm, "device.each(...)", eval(vm, "device.each(checked, [1, 300])"));
}

static void limits(void) {
    KrVm *vm = kr_vm_new(&(KrOptions){ .heap_cap = 8 << 20, .steps = 200000, .modules = modules });
    if (!vm) return;
    report(vm, "list of 10**9", eval(vm, "[0] * 10**9"));
    report(vm, "an endless loop", run(vm, "while True:\n try: pass\n except BaseException: pass\n"));
    if (!kr_vm_reset(vm)) return;
    report(vm, "after a reset", eval(vm, "sum(range(1000))"));
    report(vm, "what was there before", eval(vm, "scaled"));
    kr_vm_free(vm);
}

// ---- Two VMs at once -----------------------------------------------------------------------------------------------------------

typedef struct {
    int from;
    double result;
} Job;

static void *work(void *context) {
    Job *job = context;
    KrVm *vm = kr_vm_new(&(KrOptions){ .heap_cap = 16 << 20, .modules = modules });
    if (!vm) return NULL;
    KrValue v = run(vm, "import device\n"
                        "def work(n):\n"
                        "    for i in range(n, n + 20000):\n"
                        "        last = device.smooth(len(str([i] * (i % 5))), 0.25)\n"
                        "    return last\n");
    KrValue n = kr_int(vm, job->from);
    if (!kr_is_error(v)) v = kr_call(vm, kr_getattr_c(vm, kr_main_module(vm), "work"), 1, &n);
    if (kr_is_error(v)) kr_print_raised(vm);
    else job->result = kr_float_value(v);
    kr_vm_free(vm);
    return NULL;
}

static void two_threads(void) {
    Job job[2] = { { .from = 0 }, { .from = 100000 } };
    pthread_t thread[2];
    for (int i = 0; i < 2; i++)
        if (pthread_create(&thread[i], NULL, work, &job[i])) return;
    for (int i = 0; i < 2; i++) pthread_join(thread[i], NULL);
    for (int i = 0; i < 2; i++) printf("thread %d: %.6f\n", i, job[i].result);
}

int main(void) {
    KrVm *vm = kr_vm_new(&(KrOptions){ .heap_cap = 32 << 20, .modules = modules });
    if (!vm) return 1;
    call_both_ways(vm);
    kr_vm_free(vm);
    limits();
    two_threads();
    return 0;
}
