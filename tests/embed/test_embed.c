// test_embed.c - what krait.h promises to a C program: values, calls both ways, types and modules by table, exceptions, limits, reset, threads.
//
// Uses krait.h alone. Prints each check that fails; the status tells whether one did. With failed allocations (tests/fail_alloc.c links this
// file and calls embed_test) checks may fail, but nothing may crash or leak.
// SPDX-License-Identifier: MIT
#define _POSIX_C_SOURCE 200809L
#include <krait.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int embed_test(bool threads);

static int failures, checks;

static _Thread_local KrVm *current; // the vm of the checks

// What a check that failed has left is taken: nothing may be called with an exception set.
static bool check(bool ok, const char *what, int line) {
    checks++;
    if (ok) return true;
    failures++;
    fprintf(stderr, "test_embed.c:%d: %s\n", line, what);
    if (current && kr_raised(current)) (void)kr_take_raised(current);
    return false;
}
#define CHECK(x) check((x), #x, __LINE__)

#if KR_DEBUG
void kr_debug_settings(KrVm *vm); // KRAIT_GC_STRESS=1
static void settings(KrVm *vm) { kr_debug_settings(vm); }
#else
static void settings(KrVm *vm) { (void)vm; }
#endif

static KrValue run(KrVm *vm, const char *source) { return kr_run(vm, source, strlen(source), "<test>"); }
static KrValue eval(KrVm *vm, const char *source) { return kr_eval(vm, source, strlen(source)); }

// The text of an expression's value, or "Type: message" of what it raised.
static bool gives(KrVm *vm, KrValue v, const char *want) {
    KrValue text = kr_is_error(v) ? KR_UNSET : kr_repr(vm, v);
    if (kr_is_error(v)) {
        KrValue e = kr_take_raised(vm);
        text = kr_format(vm, "%T: %S", e, e);
    }
    if (kr_is_error(text)) return (void)kr_take_raised(vm), false;
    bool same = strcmp(kr_str_text(text, NULL), want) == 0;
    if (!same) fprintf(stderr, "    %s instead of %s\n", kr_str_text(text, NULL), want);
    return same;
}

// ---- A type of ours: a meter with a handle outside the heap, a limit and a callback inside -------------------------------------------

typedef struct {
    KrObject head;
    double sum;
    int64_t count;
    KrValue callback; // called with each value
    int *handle;      // malloc'd: freed by the finalizer
} Meter;

static int open_handles; // of the VMs of the main thread
static const KrType meter_type;
static Meter *meter(KrValue v) { return (Meter *)kr_ptr(v); }

static KrValue meter_alloc(KrVm *vm, const KrType *type) {
    KrValue self = kr_alloc_instance(vm, type);
    if (kr_is_error(self)) return self;
    meter(self)->callback = KR_NONE;
    return self;
}

static KrValue meter_init(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_none(arg[0]) && !kr_callable(arg[0])) return kr_raise(vm, &kr_type_error, "callback must be callable, not %T", arg[0]);
    kr_store(vm, meter(self), &meter(self)->callback, arg[0]);
    if (!meter(self)->handle && (meter(self)->handle = malloc(sizeof(int)))) open_handles++;
    return meter(self)->handle ? KR_NONE : kr_raise_memory(vm);
}

static void meter_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Meter *)o)->callback); }

static void meter_finalize(KrVm *vm, KrObject *o) {
    (void)vm;
    if (((Meter *)o)->handle) open_handles--;
    free(((Meter *)o)->handle);
    ((Meter *)o)->handle = NULL;
}

static KrValue meter_add(KrVm *vm, KrValue self, const KrValue *arg) {
    double d;
    if (!kr_to_double(vm, arg[0], &d)) return KR_ERROR;
    meter(self)->sum += d;
    meter(self)->count++;
    if (kr_is_none(meter(self)->callback)) return KR_NONE;
    return kr_call(vm, meter(self)->callback, 1, arg);
}

static KrValue meter_mean(KrVm *vm, KrValue self) {
    if (!meter(self)->count) return kr_raise(vm, &kr_zero_division_error, "no values yet");
    return kr_float(vm, meter(self)->sum / (double)meter(self)->count);
}

static bool set_count(KrVm *vm, KrValue self, KrValue value) {
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "cannot delete count"));
    return kr_to_int64(vm, value, &meter(self)->count);
}
static KrValue get_count(KrVm *vm, KrValue self) { return kr_int(vm, meter(self)->count); }
static KrValue meter_repr(KrVm *vm, KrValue self) { return kr_format(vm, "<%T of %d>", self, (int)meter(self)->count); }
static bool meter_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = (size_t)meter(self)->count, true; }
static KrValue meter_iter(KrVm *vm, KrValue self) { return (void)vm, self; }
static KrValue meter_next(KrVm *vm, KrValue self) { return meter(self)->count <= 0 ? KR_DONE : kr_int(vm, --meter(self)->count); }

static KrValue meter_getitem(KrVm *vm, KrValue self, KrValue key) {
    intptr_t i;
    if (!kr_to_index(vm, key, &i)) return KR_ERROR;
    return i >= 0 && i < meter(self)->count ? kr_int(vm, i) : kr_raise(vm, &kr_index_error, "only %z values", (intptr_t)meter(self)->count);
}

static KrValue meter_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op != KR_ADD || !kr_isa(left, &meter_type) || !kr_isa(right, &meter_type)) return KR_NOTIMPL;
    return kr_int(vm, meter(left)->count + meter(right)->count);
}

static KrValue meter_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (op != KR_LT || !kr_isa(other, &meter_type)) return KR_NOTIMPL;
    return (void)vm, kr_bool(meter(self)->count < meter(other)->count);
}

static KrValue make_pair(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    return kr_tuple(vm, 2, arg);
}

static const KrMethod meter_methods[] = {
    { "add(value, /)", meter_add, "Adds a value, and calls the callback with it.", 0 },
    { "pair(a, b='x')", make_pair, "A static method.", KR_STATIC_METHOD },
    { 0 },
};
static const KrMethod meter_init_row = { "__init__(callback=None)", meter_init, "", 0 };
static const KrGetSet meter_attributes[] = { { "mean", meter_mean, NULL, "Of the values." },
                                             { "count", get_count, set_count, "How many." },
                                             { 0 } };
static const KrType meter_type = {
    KR_TYPE_HEAD(meter_type), .name = "Meter",          .module = "plant",
    .doc = "Sums values.",    .size = sizeof(Meter),    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .alloc = meter_alloc,     .trace = meter_trace,     .finalize = meter_finalize,
    .init = &meter_init_row,  .methods = meter_methods, .attributes = meter_attributes,
    .repr = meter_repr,       .length = meter_length,   .iter = meter_iter,
    .next = meter_next,       .getitem = meter_getitem, .binary_ops = KR_OP(KR_ADD),
    .binary = meter_binary,   .compare = meter_compare,
};

// ---- A module of ours --------------------------------------------------------------------------------------------------------------

static KrValue call_twice(KrVm *vm, KrValue self, const KrValue *arg) { // (function, *args, **kwargs)
    (void)self;
    KrValue first = kr_call_args(vm, arg[0], arg[1], arg[2]);
    if (kr_is_error(first)) return first;
    KrValue pair[2] = { first, kr_call_args(vm, arg[0], arg[1], arg[2]) };
    return kr_is_error(pair[1]) ? KR_ERROR : kr_tuple(vm, 2, pair);
}

static KrValue swallow(KrVm *vm, KrValue self, const KrValue *arg) { // calls, and gives the name of what was raised
    (void)self;
    KrValue v = kr_call(vm, arg[0], 0, NULL);
    if (!kr_is_error(v)) return v;
    KrValue e = kr_take_raised(vm);
    return kr_format(vm, "caught %T", e);
}

static KrValue wrap(KrVm *vm, KrValue self, const KrValue *arg) { // raises ours, caused by what the function raised
    (void)self;
    KrValue v = kr_call(vm, arg[0], 0, NULL);
    if (!kr_is_error(v)) return v;
    KrValue cause = kr_take_raised(vm);
    (void)kr_raise(vm, &kr_runtime_error, "wrapped %d", 7);
    KrValue e = kr_take_raised(vm);
    if (!kr_setattr_c(vm, e, "__cause__", cause)) return KR_ERROR;
    return kr_raise_value(vm, e);
}

static KrValue spin(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self, (void)arg;
    for (;;)
        if (!kr_poll(vm, 1000)) return KR_ERROR;
}

static KrValue nest(KrVm *vm, KrValue self, const KrValue *arg) { // recursion through C
    (void)self;
    if (!kr_enter(vm, " in nest")) return KR_ERROR;
    KrValue v = kr_call(vm, arg[0], 0, NULL);
    kr_leave(vm);
    return v;
}

static KrValue make_list(KrVm *vm) { return kr_list(vm, 0, NULL); }
static bool plant_init(KrVm *vm, KrValue module) { return kr_setattr_c(vm, module, "ready", KR_TRUE); }
static bool broken_init(KrVm *vm, KrValue module) { return (void)module, kr_fail(kr_raise_os(vm, 19, KR_UNSET)); }

static const KrMethod plant_functions[] = {
    { "call_twice(function, /, *args, **kwargs)", call_twice, "", 0 },
    { "swallow(function)", swallow, "", 0 },
    { "wrap(function)", wrap, "", 0 },
    { "spin()", spin, "", 0 },
    { "nest(function)", nest, "", 0 },
    { 0 },
};
static const KrConst plant_constants[] = {
    { .name = "LIMIT", .kind = KR_CONST_INT, .i = INT64_MIN },   { .name = "STEP", .kind = KR_CONST_FLOAT, .d = 0.25 },
    { .name = "UNIT", .kind = KR_CONST_STR, .p = "°C" },         { .name = "Meter", .kind = KR_CONST_TYPE, .p = &meter_type },
    { .name = "log", .kind = KR_CONST_MAKE, .make = make_list }, { 0 },
};
static const KrModuleDef plant = {
    .name = "plant", .doc = "Our plant.", .functions = plant_functions, .constants = plant_constants, .init = plant_init
};
static const KrModuleDef broken = { .name = "broken", .init = broken_init };
static const KrModuleDef *const modules[] = { &plant, &broken, NULL };

static KrVm *new_vm(KrOptions o) {
    o.modules = modules;
    if (!o.heap_cap) o.heap_cap = 16 << 20;
    KrVm *vm = kr_vm_new(&o);
    if (vm) settings(vm);
    return current = vm;
}

static void free_vm(KrVm *vm) {
    current = NULL;
    kr_vm_free(vm);
}

// ---- Tests -------------------------------------------------------------------------------------------------------------------------

static void test_values(KrVm *vm) {
    int64_t i;
    double d;
    size_t len;
    intptr_t at;
    CHECK(gives(vm, kr_int(vm, INT64_MIN), "-9223372036854775808"));
    CHECK(gives(vm, kr_int_from_u64(vm, UINT64_MAX), "18446744073709551615"));
    CHECK(kr_to_int64(vm, kr_int(vm, INT64_MAX), &i) && i == INT64_MAX);
    CHECK(!kr_to_int64(vm, kr_int_from_u64(vm, UINT64_MAX), &i) && kr_raised_is(vm, &kr_overflow_error));
    (void)kr_take_raised(vm);
    CHECK(!kr_to_int64(vm, kr_float(vm, 1.5), &i) && kr_raised_is(vm, &kr_type_error));
    (void)kr_take_raised(vm);
    CHECK(kr_to_double(vm, kr_int(vm, 3), &d) && d == 3.0);
    CHECK(kr_to_index(vm, KR_TRUE, &at) && at == 1);
    CHECK(!kr_to_size(vm, kr_int(vm, -1), "length", &len));
    (void)kr_take_raised(vm);
    KrValue item[2] = { kr_int(vm, 1), kr_str(vm, "a\0b", 3) }, bytes = kr_bytes(vm, "xyz", 3), key = kr_name(vm, "key"),
            dict = kr_dict(vm), found;
    if (!CHECK(!kr_is_error(item[1]) && !kr_is_error(bytes) && !kr_is_error(key) && !kr_is_error(dict))) return;
    KrValue list = kr_list(vm, 2, item);
    if (!CHECK(!kr_is_error(list))) return;
    CHECK(gives(vm, list, "[1, 'a\\x00b']") && kr_list_append(vm, list, KR_NONE) && kr_len(vm, list, &len) && len == 3);
    CHECK(kr_dict_set_c(vm, dict, "key", list) && kr_dict_find(vm, dict, key, &found) && kr_same(found, list));
    CHECK(kr_dict_find(vm, dict, kr_int(vm, 7), &found) && kr_is_unset(found) && kr_dict_len(dict) == 1);
    CHECK(!kr_dict_set(vm, dict, list, list) && gives(vm, KR_ERROR, "TypeError: unhashable type: 'list'"));
    CHECK(gives(vm, kr_binary(vm, KR_MUL, list, kr_int(vm, 2)), "[1, 'a\\x00b', None, 1, 'a\\x00b', None]"));
    CHECK(gives(vm, kr_getitem(vm, list, kr_int(vm, 9)), "IndexError: list index out of range"));
    CHECK(gives(vm, kr_format(vm, "%s %d %R %S %T %%", "s", -1, item[1], item[0], dict), "\"s -1 'a\\\\x00b' 1 dict %\""));
    KrBuffer b;
    if (CHECK(kr_get_buffer(vm, bytes, &b, KR_BUFFER_READ))) {
        CHECK(b.len == 3 && memcmp(b.data, "xyz", 3) == 0);
        kr_release_buffer(vm, &b);
    }
    CHECK(!kr_get_buffer(vm, item[0], &b, KR_BUFFER_READ) && kr_raised_is(vm, &kr_type_error));
    (void)kr_take_raised(vm);
}

static void test_run(KrVm *vm) {
    CHECK(!kr_is_error(
        run(vm, "x = 1\ndef f(a, *, b=2):\n    return a + b + x\nclass Fails:\n    def __repr__(self): raise KeyError('r')\n")));
    KrValue f = kr_getattr_c(vm, kr_main_module(vm), "f"), arg[2] = { kr_int(vm, 10), kr_int(vm, 20) }, name = kr_name(vm, "b");
    KrValue names = kr_is_error(name) ? KR_ERROR : kr_tuple(vm, 1, &name), sys = kr_import(vm, "sys"), text = kr_str_c(vm, "a,b"),
            comma = kr_str_c(vm, ",");
    if (!CHECK(!kr_is_error(f) && !kr_is_error(names) && !kr_is_error(sys) && !kr_is_error(text) && !kr_is_error(comma))) return;
    CHECK(gives(vm, kr_call(vm, f, 1, arg), "13"));
    CHECK(gives(vm, kr_call_names(vm, f, arg, 1, names), "31"));
    CHECK(gives(vm, kr_call(vm, f, 0, NULL), "TypeError: f() missing 1 required positional argument: 'a'"));
    CHECK(kr_setattr_c(vm, kr_main_module(vm), "x", kr_int(vm, 100)) && gives(vm, eval(vm, "f(1)"), "103"));
    CHECK(gives(vm, eval(vm, "1 +"), "SyntaxError: invalid syntax (<eval>, line 1)"));
    CHECK(gives(vm, run(vm, "raise SystemExit(3)"), "SystemExit: 3"));
    CHECK(gives(vm, kr_getattr_c(vm, sys, "version_info"), "sys.version_info(major=3, minor=13, micro=0, releaselevel='final', serial=0)"));
    CHECK(gives(vm, kr_import(vm, "no_such_module"), "ModuleNotFoundError: No module named 'no_such_module'"));
    CHECK(gives(vm, eval(vm, "repr(Fails())"), "KeyError: 'r'"));
    CHECK(gives(vm, kr_call_method(vm, text, "split", 1, &comma), "['a', 'b']"));
}

static void test_module(KrVm *vm) {
    CHECK(!kr_is_error(run(vm, "import plant\nfrom plant import Meter")));
    CHECK(
        gives(vm, eval(vm, "plant.LIMIT, plant.STEP, plant.UNIT, plant.ready, plant.log"), "(-9223372036854775808, 0.25, '°C', True, [])"));
    CHECK(gives(vm, eval(vm, "plant.log is plant.log"), "True"));
    CHECK(gives(vm, eval(vm, "plant.call_twice(max, 3, 9, key=lambda v: -v)"), "(3, 3)"));
    CHECK(gives(vm, eval(vm, "plant.swallow()"), "TypeError: swallow() missing required argument 'function' (pos 1)"));
    CHECK(gives(vm, run(vm, "import broken"), "OSError: [Errno 19] No such device"));
    CHECK(gives(vm, eval(vm, "'broken' in __import__('sys').modules"), "False"));
}

static void test_type(KrVm *vm) {
    int before = open_handles;
    CHECK(!kr_is_error(run(vm, "seen = []\nm = Meter(seen.append)\nm.add(1)\nm.add(2.5)\n")));
    CHECK(gives(vm, eval(vm, "seen, m.mean, m.count, len(m), m, m[1]"), "([1, 2.5], 1.75, 2, 2, <Meter of 2>, 1)"));
    CHECK(gives(vm, eval(vm, "Meter().mean"), "ZeroDivisionError: no values yet"));
    CHECK(gives(vm, eval(vm, "Meter(5)"), "TypeError: callback must be callable, not int"));
    CHECK(gives(vm, eval(vm, "m[2]"), "IndexError: only 2 values"));
    CHECK(gives(vm, eval(vm, "m + m, m < m, list(m), Meter.pair(b=1, a=2)"), "(4, False, [1, 0], (2, 1))"));
    CHECK(gives(vm, eval(vm, "m + 1"), "TypeError: unsupported operand type(s) for +: 'Meter' and 'int'"));
    CHECK(gives(vm, run(vm, "m.count = 'x'"), "TypeError: 'str' object cannot be interpreted as an integer"));
    CHECK(gives(vm, run(vm, "m.mean = 1"), "AttributeError: attribute 'mean' of 'Meter' objects is not writable"));
    CHECK(gives(vm, run(vm, "del m.count"), "TypeError: cannot delete count"));
    CHECK(!kr_is_error(run(vm, "class Own(Meter):\n    def __init__(self):\n        super().__init__(self.note)\n        self.notes = []\n"
                               "    def note(self, v):\n        self.notes.append(v)\n        if v > 5: raise ValueError('too much')\n"
                               "o = Own()\no.add(4)\n")));
    CHECK(gives(vm, eval(vm, "o.notes, o.mean, isinstance(o, Meter), Own.__mro__[1] is Meter"), "([4], 4.0, True, True)"));
    CHECK(gives(vm, eval(vm, "o.add(9)"), "ValueError: too much"));
    CHECK(!kr_is_error(run(vm, "for _ in range(50): Own().add(1)\nm = o = seen = None\nimport gc\n")));
    CHECK(!kr_is_error(eval(vm, "gc.collect()")) && open_handles <= before + 4); // a stale word may hold a few
}

static void test_exceptions(KrVm *vm) {
    CHECK(!kr_is_error(run(vm, "def bad(): raise KeyError('k')\ndef chain():\n    try: plant.wrap(bad)\n    except RuntimeError as e: "
                               "return str(e), repr(e.__cause__)\n")));
    CHECK(gives(vm, eval(vm, "plant.swallow(bad)"), "'caught KeyError'"));
    CHECK(gives(vm, eval(vm, "chain()"), "('wrapped 7', \"KeyError('k')\")"));
    CHECK(gives(vm, eval(vm, "plant.wrap(bad)"), "RuntimeError: wrapped 7"));
    CHECK(gives(vm, eval(vm, "plant.swallow(lambda: plant.wrap(lambda: plant.swallow(bad) + 1))"), "'caught RuntimeError'"));
    CHECK(gives(vm, kr_raise_key(vm, kr_int(vm, 5)), "KeyError: 5"));
    CHECK(gives(vm, kr_raise_value(vm, kr_int(vm, 5)), "TypeError: exceptions must derive from BaseException"));
    CHECK(gives(vm, kr_raise_stop(vm, kr_int(vm, 5)), "StopIteration: 5"));
    CHECK(!kr_is_error(run(vm, "def again(): return plant.nest(again)")));
    KrValue deep = eval(vm, "again()");
    CHECK(kr_is_error(deep) && kr_raised_is(vm, &kr_recursion_error));
    (void)kr_take_raised(vm);
    CHECK(gives(vm, eval(vm, "plant.nest(lambda: 6)"), "6"));
    CHECK(!kr_raised(vm));
}

static void test_roots(KrVm *vm) {
    KrValue *kept = malloc(sizeof *kept); // memory that the collector does not know
    *kept = KR_UNSET;
    if (!CHECK(kr_root_add(vm, kept))) return (void)kr_take_raised(vm), free(kept);
    CHECK(!kr_is_error(run(vm, "import weakref\nclass Box: pass\nbox = Box()\nbox.n = 41\nref = weakref.ref(box)\n")));
    *kept = eval(vm, "box");
    if (kr_is_error(*kept)) *kept = KR_NONE, (void)kr_take_raised(vm);
    CHECK(!kr_is_error(run(vm, "del box\n[[i] for i in range(1000)]\n")));
    kr_collect(vm);
    CHECK(gives(vm, eval(vm, "ref().n"), "41"));
    kr_root_remove(vm, kept);
    free(kept);
}

// A budget that ends anywhere in a compilation.
static void test_steps_of_compiler(void) {
    static const char text[] = "def f(a, *, b=1):\n    'one\\ttab'\n    return [x for x in a if f'{x:>{b}}']\nclass C[T]:\n    \"a\tb\"\n  "
                               "  x: int = 1 if 1else 2\n    '\\d'\n    1 is x\n";
    bool ended = false;
    for (unsigned steps = 1; steps < 2000 && !ended; steps++) {
        KrVm *vm = new_vm((KrOptions){ .steps = steps });
        if (!CHECK(vm)) return;
        KrValue v = run(vm, text);
        CHECK(kr_is_error(v) == kr_raised(vm));
        ended = !kr_is_error(v);
        (void)kr_take_raised(vm);
        free_vm(vm);
    }
    CHECK(ended);
}

static void test_limits(void) {
    KrVm *vm = new_vm((KrOptions){ .steps = 300000 });
    if (!CHECK(vm)) return;
    (void)run(vm, "import plant\ndef loop():\n    while True: pass\n");
    CHECK(kr_is_error(eval(vm, "plant.swallow(loop)")) && kr_raised_is(vm, &kr_limit_exceeded)); // a callback that catches it cannot go on
    (void)kr_take_raised(vm);
    CHECK(kr_is_error(eval(vm, "sum(range(10**9))")));
    (void)kr_take_raised(vm);
    CHECK(kr_vm_reset(vm) && gives(vm, eval(vm, "sum(range(100))"), "4950")); // with a full budget again
    free_vm(vm);
    vm = new_vm((KrOptions){ .deadline = 0.05 });
    if (!CHECK(vm)) return;
    (void)run(vm, "import plant\ndef stubborn():\n    while True:\n        try: plant.spin()\n        except BaseException: pass\n");
    CHECK(kr_is_error(eval(vm, "stubborn()")) && kr_raised_is(vm, &kr_limit_exceeded));
    (void)kr_take_raised(vm);
    free_vm(vm);
    vm = new_vm((KrOptions){ .heap_cap = 2 << 20 });
    if (!CHECK(vm)) return;
    CHECK(gives(vm, eval(vm, "bytes(10**7)"), "MemoryError: "));
    CHECK(gives(vm, run(vm, "def fill():\n    keep = []\n    while True: keep.append([0] * 10)\nfill()\n"), "MemoryError: "));
    CHECK(gives(vm, eval(vm, "len(bytes(1000))"), "1000"));
    CHECK(!kr_charge(vm, 4 << 20) && kr_raised_is(vm, &kr_memory_error));
    (void)kr_take_raised(vm);
    CHECK(kr_charge(vm, 4096));
    kr_uncharge(vm, 4096);
    free_vm(vm);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

// A heap that is full: the vm goes on when the program or C has dropped the data, and kr_vm_reset always gives a clean one.
static void test_full_heap(void) {
    static const char fill[] = "class Node:\n"
                               "    def __init__(self, next): self.next = next\n"
                               "    def __del__(self): pass\n"
                               "def fill():\n"
                               "    global data\n"
                               "    data = None\n"
                               "    while True: data = Node(data) if finalizers else [data, 'text' * 10]\n";
    KrVm *vm = new_vm((KrOptions){ .heap_cap = 2 << 20 });
    if (!CHECK(vm)) return;
    for (int i = 0; i < 6; i++) {
        CHECK(!kr_is_error(run(vm, fill)) && !kr_is_error(run(vm, i % 2 ? "finalizers = True" : "finalizers = False")));
        CHECK(gives(vm, run(vm, "fill()"), "MemoryError: "));
        if (i < 4) {                                                      // dropped by C, then by the program
            CHECK(kr_setattr_c(vm, kr_main_module(vm), "data", KR_NONE)); // takes no memory, as running a text does
            // The sanitizers' frames are large: stale words in those of the compiler keep the chain alive. From here, it is seen to be dead.
            if (SANITIZED) kr_collect(vm), (void)eval(vm, "1"), (void)kr_take_raised(vm), kr_collect(vm);
            CHECK(gives(vm, eval(vm, "len([str(i) for i in range(5000)])"), "5000"));
            CHECK(gives(vm, run(vm, "try: fill()\nexcept MemoryError: data = None\nn = len(list(range(20000)))\n"), "None"));
            CHECK(gives(vm, eval(vm, "n"), "20000"));
            if (i % 2) continue;
        }
        if (!CHECK(kr_vm_reset(vm)) && !kr_vm_reset(vm)) break; // also while it is full
        CHECK(gives(vm, eval(vm, "len([str(i) for i in range(5000)])"), "5000"));
        CHECK(kr_is_error(eval(vm, "data")) && kr_raised_is(vm, &kr_name_error));
        (void)kr_take_raised(vm);
    }
    free_vm(vm);
}

static void test_access(void) {
    KrVm *vm = new_vm((KrOptions){ .access = KR_ACCESS_CONSOLE });
    if (!CHECK(vm)) return;
    CHECK(kr_is_error(eval(vm, "open('/etc/passwd')")) && kr_raised_is(vm, &kr_permission_error));
    (void)kr_take_raised(vm);
    CHECK(kr_is_error(eval(vm, "open('/tmp/x', 'w')")) && kr_raised_is(vm, &kr_permission_error));
    (void)kr_take_raised(vm);
    free_vm(vm);
}

static void test_reset(void) {
    int before = open_handles;
    KrVm *vm = new_vm((KrOptions){ 0 });
    if (!CHECK(vm)) return;
    for (int i = 0; i < 20; i++) {
        CHECK(!kr_is_error(run(vm, "import plant\nkeep = [plant.Meter() for _ in range(20)]\nplant.log.append(1)\n")));
        CHECK(gives(vm, eval(vm, "len(plant.log)"), "1"));
        if (!CHECK(kr_vm_reset(vm)) && !kr_vm_reset(vm)) break; // for lack of memory: it may be there now
        CHECK(open_handles == before);                          // finalizers ran
        CHECK(kr_is_error(eval(vm, "keep")));
        (void)kr_take_raised(vm);
    }
    free_vm(vm);
    CHECK(open_handles == before);
}

// Every cap from nothing up: no VM, or one that works as far as memory goes.
static void test_small_caps(void) {
    size_t least = 0;
    for (size_t cap = 1; cap < (1 << 20); cap += cap / 4 + 512) {
        KrVm *vm = current = kr_vm_new(&(KrOptions){ .heap_cap = cap, .modules = modules });
        if (!vm) continue;
        if (!least) least = cap;
        KrValue v = run(vm, "import plant\nx = [plant.Meter() for _ in range(10)]\ny = sorted(str(i) for i in range(100))\n");
        CHECK(!kr_is_error(v) || kr_raised_is(vm, &kr_memory_error));
        free_vm(vm);
    }
    CHECK(least > 0 && least < 400000);
}

// ---- Threads -----------------------------------------------------------------------------------------------------------------------

static const char workload[] = "import gc, sys, weakref\n"
                               "class Node:\n"
                               "    def __init__(self, n): self.n, self.text = n, 'größe %d' % n\n"
                               "    def __del__(self): deleted.append(1)\n"
                               "deleted = []\n"
                               "def gen(n):\n"
                               "    for i in range(n):\n"
                               "        try: yield {str(i): [i, float(i)]}\n"
                               "        finally: pass\n"
                               "for round in range(3):\n"
                               "    nodes = [Node(i) for i in range(300)]\n"
                               "    refs = [weakref.ref(n) for n in nodes]\n"
                               "    out = sorted((n.text[3:] for n in nodes), key=lambda t: (len(t), t))\n"
                               "    for d in gen(200): d.update(a=1)\n"
                               "    exec('def f%d(a, b=1, *c, **d): return sum(range(a)) + b' % round)\n"
                               "    sys.intern('name%d' % round)\n"
                               "    try: eval('f%d(10, x=1)' % round) / 0\n"
                               "    except ZeroDivisionError as e: repr(e)\n"
                               "    nodes = None\n"
                               "    gc.collect()\n"
                               "    2 ** 3000 // 7 ** 500\n"
                               "    '{:>10.3f} {!r}'.format(3.14159, 'x')\n"
                               "done = len(out)\n";

static void *work(void *result) {
    KrVm *vm = new_vm((KrOptions){ 0 });
    if (!vm) return NULL;
    for (int i = 0; i < 3; i++) {
        KrValue v = run(vm, workload);
        if (kr_is_error(v)) kr_print_raised(vm);
        else *(int *)result += (int)kr_int_value(eval(vm, "done"));
        if (!kr_vm_reset(vm)) break;
    }
    free_vm(vm);
    return NULL;
}

static void test_threads(void) {
    int result[4] = { 0 };
    pthread_t thread[4];
    for (int i = 0; i < 4; i++)
        if (!CHECK(pthread_create(&thread[i], NULL, work, &result[i]) == 0)) exit(2);
    for (int i = 0; i < 4; i++) pthread_join(thread[i], NULL);
    for (int i = 0; i < 4; i++) CHECK(result[i] == 900);
}

// Has the other thread reached its loop? A function of ours tells, since a VM is no thread's but one's.
static int spins;
static bool spinning(void) { return __atomic_load_n(&spins, __ATOMIC_ACQUIRE) != 0; }
static KrValue now_spinning(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)vm, (void)self, (void)arg;
    __atomic_store_n(&spins, 1, __ATOMIC_RELEASE);
    return KR_NONE;
}
static const KrMethod thread_functions[] = { { "now_spinning()", now_spinning, "", 0 }, { 0 } };
static const KrModuleDef thread_module = { .name = "threads", .functions = thread_functions };

// A VM that was made here works there, once that thread has said so; and can be interrupted from here.
static void *adopt(void *context) {
    KrVm *vm = context;
    kr_vm_adopt(vm);
    KrValue v = run(vm, workload);
    if (!kr_is_error(v)) v = run(vm, "import threads\nthreads.now_spinning()\nwhile True: pass\n");
    __atomic_store_n(&spins, 1, __ATOMIC_RELEASE); // whatever happened: the other one waits for it
    return kr_is_error(v) && kr_raised_is(vm, &kr_keyboard_interrupt) ? vm : NULL;
}

static void test_adopt(void) {
    const KrModuleDef *const own[] = { &thread_module, NULL };
    KrVm *vm = current = kr_vm_new(&(KrOptions){ .modules = own });
    pthread_t thread;
    void *result = NULL;
    if (!CHECK(vm)) return;
    settings(vm);
    if (pthread_create(&thread, NULL, adopt, vm)) exit(2);
    while (!spinning()) nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    kr_interrupt(vm);
    pthread_join(thread, &result);
    CHECK(result == vm);
    kr_vm_adopt(vm);
    (void)kr_take_raised(vm);
    CHECK(gives(vm, eval(vm, "1 + 1"), "2"));
    free_vm(vm);
}

int embed_test(bool threads) {
    failures = checks = 0;
    KrVm *vm = new_vm((KrOptions){ 0 });
    if (CHECK(vm)) {
        void (*const test[])(KrVm *) = { test_values, test_run, test_module, test_type, test_exceptions, test_roots };
        for (size_t i = 0; i < sizeof test / sizeof *test; i++) {
            test[i](vm);
            if (kr_raised(vm)) (void)kr_take_raised(vm);
        }
        free_vm(vm);
    }
    CHECK(open_handles == 0);
    if (threads) test_steps_of_compiler();
    test_limits();
    if (threads) test_full_heap(); // fills heaps: not when run a thousand times over, under failing allocations
    test_access();
    test_reset();
    test_small_caps();
    if (threads) test_threads(), test_adopt();
    return failures;
}

#ifndef EMBED_UNDER_FAILURES
int main(void) {
    int failed = embed_test(true);
    printf("%d passed, %d failed\n", checks - failed, failed);
    return failed != 0;
}
#endif
