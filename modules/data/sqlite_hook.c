// sqlite_hook.c - callbacks of a connection: authorizer, progress handler, trace; and what becomes of their exceptions.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "object/str.h"
#include "sqlite_hook.h"

void kr_sql_hook_failed(KrSql *sql, KrValue callable) {
    KrVm *vm = sql->vm;
    bool ends = kr_raised_is(vm, &kr_keyboard_interrupt) || kr_raised_is(vm, &kr_limit_exceeded);
    if (ends && sql->call) sql->call->raised = kr_take_raised(vm), kr_sqlite.interrupt(sql->db);
    else if (kr_sql_state(sql->connection)->tracebacks) kr_report_unraisable(vm, callable);
    else (void)kr_take_raised(vm);
}

// ---- Authorizer --------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrSql *sql;
    int action, answer;
    const char *text[4];
} Question;

static int answer_of(KrVm *vm, KrValue v, bool *failed) {
    int64_t n = SQL_DENY;
    *failed = kr_is_error(v);
    if (*failed || !kr_is_integer(v)) return SQL_DENY;
    if (kr_int_fits(v, &n) && n >= INT_MIN && n <= INT_MAX) return (int)n;
    return *failed = true, kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int"), SQL_DENY;
}

static void ask(void *context) {
    Question *q = context;
    KrVm *vm = q->sql->vm;
    KrValue arg[5] = { kr_int_box(q->action) }, callable = q->sql->authorizer->value;
    bool failed = false;
    for (int i = 0; i < 4 && !failed; i++) {
        arg[i + 1] = q->text[i] ? kr_sql_text_value(vm, q->text[i], strlen(q->text[i])) : KR_NONE;
        if (kr_is_unset(arg[i + 1])) arg[i + 1] = KR_NONE;
        failed = kr_is_error(arg[i + 1]);
    }
    q->answer = answer_of(vm, failed ? KR_ERROR : kr_call(vm, callable, 5, arg), &failed);
    if (failed) kr_sql_hook_failed(q->sql, callable);
}

static void may_attach(void *context) {
    Question *q = context;
    KrValue what = q->text[0] ? kr_str_c(q->sql->vm, q->text[0]) : KR_UNSET;
    if (!kr_is_error(what) && kr_access(q->sql->vm, KR_ACCESS_FILES_READ | KR_ACCESS_FILES_WRITE, what)) return;
    q->answer = SQL_DENY;
    if (q->sql->call) q->sql->call->raised = kr_take_raised(q->sql->vm);
    else (void)kr_take_raised(q->sql->vm);
}

// A database in memory, or one that SQLite deletes itself.
static bool is_private(const char *name) { return name && (!*name || !strcmp(name, ":memory:")); }

static int on_action(void *context, int action, const char *a, const char *b, const char *c, const char *d) {
    Question q = { context, action, SQL_OK, { a, b, c, d } };
    if (q.sql->silent || !q.sql->connection) return SQL_OK;
    if (action == SQL_ATTACH && !is_private(a)) kr_sql_inside(q.sql, may_attach, &q);
    if (q.answer == SQL_OK && q.sql->authorizer) kr_sql_inside(q.sql, ask, &q);
    return q.answer;
}

static bool may_all_files(KrVm *vm) { return kr_may(vm, KR_ACCESS_FILES_READ | KR_ACCESS_FILES_WRITE); }

// The VM's own question, whether files may be opened, is asked before the program's authorizer.
void kr_sql_authorize(KrSql *sql) { kr_sqlite.set_authorizer(sql->db, sql->authorizer || !may_all_files(sql->vm) ? on_action : NULL, sql); }

// ---- Trace -------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrSql *sql;
    SqlStmt *stmt;
} Traced;

static void call_tracer(void *context) {
    Traced *t = context;
    KrVm *vm = t->sql->vm;
    KrValue callable = t->sql->tracer->value;
    char *whole = kr_sqlite.expanded_sql(t->stmt);
    const char *text = whole ? whole : kr_sqlite.sql(t->stmt);
    if (!whole) {
        kr_raise(vm, &kr_sql_data_error, "Expanded SQL string exceeds the maximum string length");
        kr_sql_hook_failed(t->sql, KR_NONE);
    }
    KrValue v = text ? kr_decode(vm, (const uint8_t *)text, strlen(text), "utf-8", "replace") : KR_NONE;
    if (whole) kr_sqlite.free(whole);
    if (kr_is_error(v) || kr_is_error(kr_call(vm, callable, 1, &v))) kr_sql_hook_failed(t->sql, callable);
}

static int on_trace(unsigned kind, void *context, void *stmt, void *text) {
    Traced t = { context, stmt };
    (void)kind, (void)text;
    if (!t.sql->silent && t.sql->connection && t.sql->tracer) kr_sql_inside(t.sql, call_tracer, &t);
    return 0;
}

// ---- Methods -----------------------------------------------------------------------------------------------------------------------

// The hook for a callback, NULL for None. False: raised.
static bool hook_of(KrVm *vm, KrValue self, KrValue callback, KrSqlHook **hook) {
    KrSqlConnection *c = kr_sql_connection(self);
    *hook = NULL;
    if (!kr_sql_usable(vm, c) || !kr_sql_wait(vm, c->sql)) return false;
    return kr_is_none(callback) || (*hook = kr_sql_hook(vm, c->sql, callback)) != NULL;
}

static KrValue authorizer(KrVm *vm, KrValue self, const KrValue *arg) {
    KrSql *sql = kr_sql_connection(self)->sql;
    KrSqlHook *hook;
    if (!hook_of(vm, self, arg[0], &hook)) return KR_ERROR;
    KrSqlHook *old = sql->authorizer;
    sql->authorizer = hook;
    kr_sql_authorize(sql);
    return kr_sql_unhook(old), KR_NONE;
}

static KrValue progress(KrVm *vm, KrValue self, const KrValue *arg) {
    KrSqlHook *hook;
    int count;
    if (!kr_sql_int(vm, arg[1], &count) || !hook_of(vm, self, arg[0], &hook)) return KR_ERROR;
    return kr_sql_set_progress(kr_sql_connection(self)->sql, hook, count), KR_NONE;
}

static KrValue trace(KrVm *vm, KrValue self, const KrValue *arg) {
    KrSql *sql = kr_sql_connection(self)->sql;
    KrSqlHook *hook;
    if (!hook_of(vm, self, arg[0], &hook)) return KR_ERROR;
    KrSqlHook *old = sql->tracer;
    sql->tracer = hook;
    kr_sqlite.trace_v2(sql->db, hook ? SQL_TRACE_STMT : 0, hook ? on_trace : NULL, sql);
    return kr_sql_unhook(old), KR_NONE;
}

static const KrMethod rows[] = {
    { "set_authorizer(authorizer_callback)", authorizer, "", 0 },
    { "set_progress_handler(progress_handler, n)", progress, "", 0 },
    { "set_trace_callback(trace_callback)", trace, "", 0 },
};

// The first argument by name will go.
static KrValue set(KrVm *vm, KrValue self, const KrValue *arg, int which, const char *name, const char *method) {
    size_t count;
    KrValue v = kr_sql_bound(vm, &rows[which], &kr_sql_connection_type, self, arg[0], arg[1]);
    (void)kr_tuple_items(arg[0], &count);
    if (kr_is_error(v) || count) return v;
    bool ok =
        kr_warn(vm, &kr_deprecation_warning,
                "Passing keyword argument '%s' to _sqlite3.Connection.%s() is deprecated. Parameter '%s' will become positional-only in "
                "Python 3.15.",
                name, method, name);
    return ok ? v : KR_ERROR;
}

KrValue kr_sql_set_authorizer(KrVm *vm, KrValue self, const KrValue *arg) {
    return set(vm, self, arg, 0, "authorizer_callback", "set_authorizer");
}
KrValue kr_sql_set_progress_handler(KrVm *vm, KrValue self, const KrValue *arg) {
    return set(vm, self, arg, 1, "progress_handler", "set_progress_handler");
}
KrValue kr_sql_set_trace_callback(KrVm *vm, KrValue self, const KrValue *arg) {
    return set(vm, self, arg, 2, "trace_callback", "set_trace_callback");
}
