// sqlite_function.c - functions, aggregates, window functions and collations that are written in Python.
//
// SQLite hands every callback the KrSqlHook that the function was made with. The instance of an aggregate is a hook of its own: SQLite keeps
// memory for a pointer to it, zeroed at first, until it has called xFinal.
// SPDX-License-Identifier: MIT
#include "sqlite_hook.h"

typedef struct {
    SqlContext *context;
    int count;
    SqlItem **items;
    KrSqlHook *hook; // the function
} Call;

static bool is_quiet(const KrSql *sql) { return sql->silent || !sql->connection; }

// What SQLite is told of an exception: its own kinds for memory and size, otherwise the text.
static void fail(const Call *c, const char *what, const char *how) {
    KrSql *sql = c->hook->sql;
    KrVm *vm = sql->vm;
    char text[80] = "user-defined ";
    bool memory = kr_raised_is(vm, &kr_memory_error), size = kr_raised_is(vm, &kr_overflow_error);
    kr_sql_hook_failed(sql, c->hook->value);
    if (memory) {
        kr_sqlite.result_error_nomem(c->context);
    } else if (size) {
        kr_sqlite.result_error_toobig(c->context);
    } else {
        strcat(text, *what ? "aggregate's '" : "function");
        strcat(strcat(strcat(text, what), *what ? "' method " : " "), how);
        kr_sqlite.result_error(c->context, text, -1);
    }
}

// The arguments as objects, in memory of the collector unless they are few.
static KrValue *arguments(KrVm *vm, const Call *c, KrValue few[8]) {
    KrValue *arg = c->count <= 8 ? few : NULL;
    if (!arg) { // a tuple keeps them alive
        KrValue row = kr_tuple(vm, (size_t)c->count, NULL);
        if (kr_is_error(row)) return NULL;
        arg = kr_tuple_items(row, NULL);
    }
    for (int i = 0; i < c->count; i++) {
        KrValue v = kr_sql_item(vm, c->items[i]);
        if (kr_is_error(v)) return NULL;
        if (arg == few) arg[i] = v;
        else kr_store(vm, arg, &arg[i], v);
    }
    return arg;
}

// ---- Functions ---------------------------------------------------------------------------------------------------------------------

static void call_function(void *context) {
    Call *c = context;
    KrVm *vm = c->hook->sql->vm;
    KrValue few[8], *arg = arguments(vm, c, few), v = arg ? kr_call(vm, c->hook->value, (size_t)c->count, arg) : KR_ERROR;
    if (kr_is_error(v) || !kr_sql_result(vm, c->context, v)) fail(c, "", "raised exception");
}

static void on_function(SqlContext *context, int count, SqlItem **items) {
    Call c = { context, count, items, kr_sqlite.user_data(context) };
    if (is_quiet(c.hook->sql)) kr_sqlite.result_error(context, "the connection is gone", -1);
    else kr_sql_inside(c.hook->sql, call_function, &c);
}

// ---- Aggregates --------------------------------------------------------------------------------------------------------------------

static void call_named(Call *c, KrValue instance, const char *name, bool wants_result) {
    KrVm *vm = c->hook->sql->vm;
    KrValue few[8], *arg = arguments(vm, c, few), method = arg ? kr_getattr_c(vm, instance, name) : KR_ERROR;
    if (kr_is_error(method)) {
        fail(c, name, kr_raised_is(vm, &kr_attribute_error) ? "not defined" : "raised error");
        return;
    }
    KrValue v = kr_call(vm, method, (size_t)c->count, arg);
    if (kr_is_error(v) || (wants_result && !kr_sql_result(vm, c->context, v))) fail(c, name, "raised error");
}

static KrSqlHook **place_of(SqlContext *context, bool make) {
    return kr_sqlite.aggregate_context(context, make ? (int)sizeof(KrSqlHook *) : 0);
}

static void call_step(void *context) {
    Call *c = context;
    KrSql *sql = c->hook->sql;
    KrSqlHook **place = place_of(c->context, true);
    if (!place) {
        kr_sqlite.result_error_nomem(c->context);
        return;
    }
    if (!*place) {
        KrValue made = kr_call(sql->vm, c->hook->value, 0, NULL);
        if (kr_is_error(made) || !(*place = kr_sql_hook(sql->vm, sql, made))) {
            fail(c, "__init__", "raised error");
            return;
        }
    }
    call_named(c, (*place)->value, "step", false);
}

static void call_inverse(void *context) {
    Call *c = context;
    KrSqlHook **place = place_of(c->context, false);
    if (place && *place) call_named(c, (*place)->value, "inverse", false);
}

static void call_value(void *context) {
    Call *c = context;
    KrSqlHook **place = place_of(c->context, false);
    if (place && *place) call_named(c, (*place)->value, "value", true);
}

static void call_final(void *context) { // without a step: NULL, as of SQLite's own
    Call *c = context;
    KrSqlHook **place = place_of(c->context, false), *instance = place ? *place : NULL;
    if (!instance) return;
    *place = NULL;
    if (!is_quiet(c->hook->sql)) call_named(c, instance->value, "finalize", true);
    kr_sql_unhook(instance);
}

#define CALLBACK(name) \
    static void on_##name(SqlContext *context, int count, SqlItem **items) { \
        Call c = { context, count, items, kr_sqlite.user_data(context) }; \
        if (!is_quiet(c.hook->sql)) kr_sql_inside(c.hook->sql, call_##name, &c); \
    }
CALLBACK(step)
CALLBACK(inverse)

static void on_value(SqlContext *context) {
    Call c = { context, 0, NULL, kr_sqlite.user_data(context) };
    if (!is_quiet(c.hook->sql)) kr_sql_inside(c.hook->sql, call_value, &c);
}

static void on_final(SqlContext *context) {
    Call c = { context, 0, NULL, kr_sqlite.user_data(context) };
    kr_sql_inside(c.hook->sql, call_final, &c);
}

// ---- Collations --------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrSqlHook *hook;
    const char *left, *right;
    int left_len, right_len, order;
} Collation;

static void call_collation(void *context) {
    Collation *c = context;
    KrVm *vm = c->hook->sql->vm;
    KrValue callable = c->hook->value, zero = kr_int_box(0);
    KrValue pair[2] = { kr_sql_text_value(vm, c->left, (size_t)c->left_len), kr_sql_text_value(vm, c->right, (size_t)c->right_len) };
    if (kr_is_unset(pair[0]) || kr_is_unset(pair[1])) return;
    bool ok = !kr_is_error(pair[0]) && !kr_is_error(pair[1]), less = false, more = false;
    KrValue v = ok ? kr_call(vm, callable, 2, pair) : KR_ERROR;
    if (!kr_is_error(v)) v = kr_index(vm, v);
    if (kr_is_error(v) || !kr_compare_bool(vm, v, zero, KR_LT, &less) || !kr_compare_bool(vm, v, zero, KR_GT, &more))
        kr_sql_hook_failed(c->hook->sql, callable);
    c->order = more - less;
}

static int on_collation(void *context, int left_len, const void *left, int right_len, const void *right) {
    Collation c = { context, left, right, left_len, right_len, 0 };
    if (!is_quiet(c.hook->sql)) kr_sql_inside(c.hook->sql, call_collation, &c);
    return c.order;
}

// ---- Making them -------------------------------------------------------------------------------------------------------------------

static void do_unhook(void *context) { kr_sql_unhook(context); }

static void on_destroy(void *context) {
    KrSqlHook *hook = context;
    kr_sql_inside(hook->sql, do_unhook, hook);
}

typedef enum { FUNCTION, AGGREGATE, WINDOW } Kind;

static int make(KrSql *sql, const char *name, int count, int flags, KrSqlHook *hook, Kind kind) {
    SqlDb *db = sql->db;
    if (!hook) return kr_sqlite.create_function_v2(db, name, count, flags, NULL, NULL, NULL, NULL, NULL);
    switch (kind) { // where they fail, they have called on_destroy
    case FUNCTION: return kr_sqlite.create_function_v2(db, name, count, flags, hook, on_function, NULL, NULL, on_destroy);
    case AGGREGATE: return kr_sqlite.create_function_v2(db, name, count, flags, hook, NULL, on_step, on_final, on_destroy);
    default: return kr_sqlite.create_window_function(db, name, count, flags, hook, on_step, on_final, on_value, on_inverse, on_destroy);
    }
}

static KrValue create(KrVm *vm, KrValue self, const KrValue *arg, int flags, Kind kind) { // name, count, callable
    KrSqlConnection *c = kr_sql_connection(self);
    KrSqlHook *hook = NULL;
    const char *name, *message = kind == FUNCTION ? "Error creating function" : "Error creating aggregate";
    int count;
    if (!kr_sql_usable(vm, c) || !kr_is_str(arg[0])) {
        const char *function = kind == FUNCTION ? "function" : kind == AGGREGATE ? "aggregate" : "window_function";
        return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_type_error, "create_%s() argument 1 must be str, not %T", function, arg[0]);
    }
    if (!kr_sql_c_text(vm, arg[0], &name) || !kr_sql_int(vm, arg[1], &count) || !kr_sql_wait(vm, c->sql)) return KR_ERROR;
    if (!kr_is_none(arg[2]) && !(hook = kr_sql_hook(vm, c->sql, arg[2]))) return KR_ERROR;
    int result = make(c->sql, name, count, flags | SQL_UTF8, hook, kind);
    if (result == SQL_OK) return KR_NONE;
    if (kind == WINDOW) return kr_raise(vm, &kr_sql_programming_error, "%s", kr_sqlite.errstr(result));
    return kr_raise(vm, &kr_sql_operational_error, "%s", message);
}

static KrValue function(KrVm *vm, KrValue self, const KrValue *arg) {
    bool deterministic;
    if (!kr_truth(vm, arg[3], &deterministic)) return KR_ERROR;
    return create(vm, self, arg, deterministic ? SQL_DETERMINISTIC : 0, FUNCTION);
}

static KrValue aggregate(KrVm *vm, KrValue self, const KrValue *arg) { return create(vm, self, arg, 0, AGGREGATE); }
KrValue kr_sql_create_window_function(KrVm *vm, KrValue self, const KrValue *arg) { return create(vm, self, arg, 0, WINDOW); }

static const KrMethod function_row = { "create_function(name, narg, func, *, deterministic=False)", function, "", 0 };
static const KrMethod aggregate_row = { "create_aggregate(name, n_arg, aggregate_class)", aggregate, "", 0 };

// Arguments by name will go: how many were named of the first three?
static bool warn_named(KrVm *vm, const KrValue *arg, const char *method, const char *names) {
    size_t count;
    (void)kr_tuple_items(arg[0], &count);
    if (count >= 3) return true;
    return kr_warn(
        vm, &kr_deprecation_warning,
        "Passing keyword arguments %s to _sqlite3.Connection.%s() is deprecated. Parameters %s will become positional-only in Python 3.15.",
        names, method, names);
}

KrValue kr_sql_create_function(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue v = kr_sql_bound(vm, &function_row, &kr_sql_connection_type, self, arg[0], arg[1]);
    return kr_is_error(v) || !warn_named(vm, arg, "create_function", "'name', 'narg' and 'func'") ? KR_ERROR : v;
}

KrValue kr_sql_create_aggregate(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue v = kr_sql_bound(vm, &aggregate_row, &kr_sql_connection_type, self, arg[0], arg[1]);
    return kr_is_error(v) || !warn_named(vm, arg, "create_aggregate", "'name', 'n_arg' and 'aggregate_class'") ? KR_ERROR : v;
}

KrValue kr_sql_create_collation(KrVm *vm, KrValue self, const KrValue *arg) {
    KrSqlConnection *c = kr_sql_connection(self);
    KrSqlHook *hook = NULL;
    const char *name;
    if (!kr_sql_usable(vm, c)) return KR_ERROR;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "create_collation() argument 1 must be str, not %T", arg[0]);
    if (!kr_sql_c_text(vm, arg[0], &name)) return KR_ERROR;
    if (!kr_is_none(arg[1]) && !kr_callable(arg[1])) return kr_raise(vm, &kr_type_error, "parameter must be callable");
    if (!kr_sql_wait(vm, c->sql)) return KR_ERROR;
    if (!kr_is_none(arg[1]) && !(hook = kr_sql_hook(vm, c->sql, arg[1]))) return KR_ERROR;
    int result = kr_sqlite.create_collation_v2(c->sql->db, name, SQL_UTF8, hook, hook ? on_collation : NULL, hook ? on_destroy : NULL);
    if (result != SQL_OK && hook) kr_sql_unhook(hook); // this one does not call on_destroy
    return kr_sql_check(vm, c->sql, result) ? KR_NONE : KR_ERROR;
}
