// sqlite_connection.c - sqlite3.Connection: opening, transactions, closing, and the shortcuts that make a cursor.
// SPDX-License-Identifier: MIT
#include "object/function.h"
#include "object/str.h"
#include "sqlite_hook.h"
#include "vm/access.h"
#include "vm/audit.h"

#define SELF         kr_sql_connection(self)
#define METHOD(name) static KrValue connection_##name(KrVm *vm, KrValue self, const KrValue *arg)

static const char *const levels[] = { "", "DEFERRED", "IMMEDIATE", "EXCLUSIVE" };

bool kr_sql_int(KrVm *vm, KrValue v, int *out) {
    int64_t n;
    if (!kr_to_int64(vm, v, &n)) {
        if (!kr_raised_is(vm, &kr_overflow_error)) return false;
        (void)kr_take_raised(vm);
        n = INT64_MAX;
    }
    if (n < INT_MIN || n > INT_MAX) return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int"));
    return *out = (int)n, true;
}

KrValue kr_sql_bound(KrVm *vm, const KrMethod *row, const KrType *type, KrValue self, KrValue args, KrValue keywords) {
    KrValue native = kr_native(vm, row, type, self);
    return kr_is_error(native) ? native : kr_call_args(vm, native, args, keywords);
}

// ---- May it be used? ---------------------------------------------------------------------------------------------------------------

static int64_t ident(const KrVm *vm, const KrThreadRecord *r) { return kr_thread_ident(r ? r : vm->threads->first); }

bool kr_sql_same_thread(KrVm *vm, const KrSqlConnection *c) {
    if (KR_LIKELY(!vm->threads) || !c->check_thread) return true;
    const KrThreadRecord *now = vm->threads->current, *made = c->thread ? c->thread : vm->threads->first;
    if (now == made) return true;
    KrValue here = kr_int(vm, ident(vm, now)), there = kr_int(vm, ident(vm, made));
    return kr_fail(
        kr_raise(vm, &kr_sql_programming_error,
                 "SQLite objects created in a thread can only be used in that same thread. The object was created in thread id %S and "
                 "this is thread id %S.",
                 there, here));
}

static bool is_open(KrVm *vm, const KrSqlConnection *c) {
    if (KR_LIKELY(c->sql && c->sql->db && !c->sql->closing && !c->sql->is_target)) return true;
    if (c->sql && c->sql->is_target) // SQLite forbids it, and does not check
        return kr_fail(kr_raise(vm, &kr_sql_programming_error, "The target of a backup cannot be used before that has ended."));
    return kr_fail(kr_raise(vm, &kr_sql_programming_error,
                            c->opened ? "Cannot operate on a closed database." : "Base Connection.__init__ not called."));
}

bool kr_sql_usable(KrVm *vm, const KrSqlConnection *c) { return kr_sql_same_thread(vm, c) && is_open(vm, c); }

// ---- Opening -----------------------------------------------------------------------------------------------------------------------

typedef struct {
    const char *path;
    SqlDb *db;
    int flags, result;
} Open;

static void do_open(void *context) {
    Open *o = context;
    o->result = kr_sqlite.open_v2(o->path, &o->db, o->flags, NULL);
}

static bool level_of(KrVm *vm, KrValue v, const char **out) {
    size_t len;
    if (kr_is_none(v)) return *out = NULL, true;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "isolation_level must be str or None"));
    const char *text = kr_str_text(v, &len);
    if (strlen(text) != len) return kr_fail(kr_raise(vm, &kr_value_error, "embedded null character"));
    for (size_t i = 0; i < KR_COUNT_OF(levels); i++) {
        size_t at = 0;
        while (levels[i][at] && (text[at] & ~0x20) == levels[i][at]) at++;
        if (!levels[i][at] && !text[at]) return *out = levels[i], true;
    }
    return kr_fail(kr_raise(vm, &kr_value_error, "isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'"));
}

static bool autocommit_of(KrVm *vm, KrValue v, int *out) {
    int64_t n;
    if (kr_is_bool(v)) return *out = kr_is_true_value(v), true;
    if (kr_is_integer(v) && kr_int_fits(v, &n) && n == KR_SQL_LEGACY) return *out = KR_SQL_LEGACY, true;
    return kr_fail(kr_raise(vm, &kr_value_error, "autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL"));
}

// The path in the system's encoding; *keep holds it.
static bool path_of(KrVm *vm, KrValue v, const char **text, KrValue *keep) {
    size_t len;
    if (!kr_is_str(v) && !kr_is_bytes(v)) {
        KrValue given = v;
        v = kr_try_special(vm, given, kr_name(vm, "__fspath__"), 0, NULL);
        if (kr_is_error(v)) return false;
        if (kr_is_unset(v) || (!kr_is_str(v) && !kr_is_bytes(v)))
            return kr_fail(kr_raise(vm, &kr_type_error, "expected str, bytes or os.PathLike object, not %T", given));
    }
    *keep = kr_is_str(v) ? kr_encode(vm, v, "utf-8", "surrogateescape") : v;
    if (kr_is_error(*keep)) return false;
    *text = (const char *)kr_bytes_data(*keep, &len);
    return strlen(*text) == len || kr_fail(kr_raise(vm, &kr_value_error, "embedded null byte"));
}

// A VM that may not read and write files has databases in memory alone, and nothing of them spills into files.
static bool may_open(KrVm *vm, const char *path, KrValue given) {
    if (!*path || !strcmp(path, ":memory:")) return true;
    if (!strncmp(path, "file:", 5)) return kr_access(vm, KR_ACCESS_FILES_READ | KR_ACCESS_FILES_WRITE, given);
    return kr_access_open(vm, KR_ACCESS_FILES_READ | KR_ACCESS_FILES_WRITE, path, given);
}

static bool open_path(KrVm *vm, KrSqlConnection *c, const char *path, bool uri) {
    Open o = { .path = path, .flags = SQL_OPEN_READWRITE | SQL_OPEN_CREATE | (uri ? SQL_OPEN_URI : 0) };
    if (!kr_sql_run(vm, c->sql, do_open, &o)) return kr_sqlite.close_v2(o.db), false;
    if (!o.db) return kr_fail(kr_raise_memory(vm));
    if (o.result != SQL_OK) {
        kr_sql_raise(vm, o.db);
        kr_sqlite.close_v2(o.db);
        return false;
    }
    kr_sqlite.extended_result_codes(o.db, 1);
    kr_sqlite.enable_load_extension(o.db, 0); // Debian's SQLite starts with it
    c->sql->db = o.db;
    kr_sql_watch(c->sql);
    kr_sql_authorize(c->sql);
    bool free = kr_may(vm, KR_ACCESS_FILES_READ | KR_ACCESS_FILES_WRITE);
    return (free || kr_sql_execute(vm, c->sql, "PRAGMA temp_store = MEMORY")) && kr_sql_account(vm, c->sql);
}

// __init__ is called again, or could not open the database. As in CPython, cursors that have rows of the old one keep them.
static void leave(KrVm *vm, KrSqlConnection *c) {
    KrSql *sql = c->sql;
    bool used = false;
    if (!sql) return;
    for (const KrSqlStatement *s = sql->statements; s; s = s->next) used |= s->user != NULL;
    if (!used) kr_sql_close(sql);
    sql->connection = NULL;
    c->sql = NULL;
    kr_sql_release(sql);
    (void)vm;
}

enum { DATABASE, TIMEOUT, DETECT, LEVEL, CHECK, FACTORY, CACHED, URI, AUTOCOMMIT };

static KrValue open_row(KrVm *vm, KrValue self, const KrValue *arg) {
    KrSqlConnection *c = SELF;
    const char *path, *level;
    double timeout;
    int detect, cached, autocommit;
    bool check, uri;
    KrValue keep, cache = kr_dict(vm);
    if (kr_is_error(cache) || !kr_audit(vm, "sqlite3.connect", 1, &arg[DATABASE]) || !path_of(vm, arg[DATABASE], &path, &keep) ||
        !kr_to_double(vm, arg[TIMEOUT], &timeout) || !kr_sql_int(vm, arg[DETECT], &detect) || !level_of(vm, arg[LEVEL], &level) ||
        !kr_truth(vm, arg[CHECK], &check) || !kr_sql_int(vm, arg[CACHED], &cached) || !kr_truth(vm, arg[URI], &uri) ||
        !autocommit_of(vm, arg[AUTOCOMMIT], &autocommit) || !may_open(vm, path, arg[DATABASE]))
        return KR_ERROR;
    if (c->sql && (c->sql->call || c->sql->pins)) return kr_raise(vm, &kr_sql_programming_error, "the connection is in use");
    leave(vm, c);
    kr_sql_forget(vm, c);
    if (!(c->sql = kr_sql_new(vm, c))) return KR_ERROR;
    kr_store(vm, c, &c->cache, cache);
    kr_store(vm, c, &c->row_factory, KR_NONE);
    kr_store(vm, c, &c->text_factory, kr_type_value(kr_type_of(vm->empty_str)));
    c->sql->timeout_ns = timeout > 0 ? timeout < 9e9 ? (int64_t)(timeout * 1e9) : INT64_MAX / 2 : 0;
    c->detect_types = detect, c->isolation = level, c->check_thread = check, c->cached_most = cached, c->autocommit = autocommit;
    c->thread = vm->threads ? vm->threads->current : NULL;
    c->opened = true;
    if (!open_path(vm, c, path, uri) || (autocommit == 0 && !kr_sql_execute(vm, c->sql, "BEGIN")))
        return c->opened = false, leave(vm, c), KR_ERROR;
    return kr_audit(vm, "sqlite3.connect/handle", 1, &self) ? KR_NONE : KR_ERROR;
}

static const KrMethod init_bound = {
    "Connection(database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=<unset>, "
    "cached_statements=128, uri=False, *, autocommit=-1)",
    open_row, "", 0
};

bool kr_sql_warn_positional(KrVm *vm, KrValue args, const char *what) {
    size_t count;
    (void)kr_tuple_items(args, &count);
    return count < 2 || count > 8 ||
           kr_warn(
               vm, &kr_deprecation_warning,
               "Passing more than 1 positional argument to %s() is deprecated. Parameters 'timeout', 'detect_types', 'isolation_level', "
               "'check_same_thread', 'factory', 'cached_statements' and 'uri' will become keyword-only parameters in Python 3.15.",
               what);
}

METHOD(init) {
    if (!kr_sql_warn_positional(vm, arg[0], "_sqlite3.Connection")) return KR_ERROR;
    return kr_sql_bound(vm, &init_bound, &kr_sql_connection_type, self, arg[0], arg[1]);
}

static KrValue alloc(KrVm *vm, const KrType *type) {
    KrValue made = kr_alloc_instance(vm, type);
    if (kr_is_error(made)) return made;
    KrSqlConnection *c = kr_sql_connection(made);
    c->cache = c->row_factory = c->text_factory = c->module_state = KR_NONE;
    KrValue state = KR_UNSET;
    if (!kr_dict_find(vm, vm->state, kr_name(vm, "_sqlite3"), &state)) return KR_ERROR;
    return kr_store(vm, c, &c->module_state, state), made;
}

static void trace(KrTracer *tracer, KrObject *o) {
    const KrSqlConnection *c = (KrSqlConnection *)o;
    kr_trace(tracer, c->row_factory);
    kr_trace(tracer, c->text_factory);
    kr_trace(tracer, c->cache);
    kr_trace(tracer, c->module_state);
    kr_trace_object(tracer, c->newest);
    kr_trace_object(tracer, c->oldest);
    for (const KrSqlHook *h = c->sql ? c->sql->hooks : NULL; h; h = h->next) kr_trace(tracer, h->value);
}

static void finalize(KrVm *vm, KrObject *o) {
    KrSqlConnection *c = (KrSqlConnection *)o;
    KrSql *sql = c->sql;
    (void)vm;
    c->sql = NULL;
    if (!sql) return;
    sql->connection = NULL;
    kr_sql_release(sql);
}

// ---- Transactions ------------------------------------------------------------------------------------------------------------------

static bool run(KrVm *vm, KrSqlConnection *c, const char *text) { return kr_sql_wait(vm, c->sql) && kr_sql_execute(vm, c->sql, text); }
static bool idle(const KrSqlConnection *c) { return kr_sqlite.get_autocommit(c->sql->db); } // no transaction is on its way

bool kr_sql_begin(KrVm *vm, KrSqlConnection *c) {
    static const char *const begin[] = { "BEGIN ", "BEGIN DEFERRED", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE" };
    size_t i = 0;
    while (c->isolation != levels[i]) i++;
    return run(vm, c, begin[i]);
}

static bool end(KrVm *vm, KrSqlConnection *c, const char *how) {
    if (!kr_sql_usable(vm, c) || !kr_sql_wait(vm, c->sql)) return false;
    if (c->autocommit == KR_SQL_LEGACY) return idle(c) || run(vm, c, how);
    return c->autocommit || (run(vm, c, how) && run(vm, c, "BEGIN"));
}

METHOD(commit) { return (void)arg, end(vm, SELF, "COMMIT") ? KR_NONE : KR_ERROR; }
METHOD(rollback) { return (void)arg, end(vm, SELF, "ROLLBACK") ? KR_NONE : KR_ERROR; }

static bool close_now(KrVm *vm, KrSqlConnection *c) {
    bool ok = true;
    if (!c->sql || !c->sql->db) return true;
    if (!kr_sql_wait(vm, c->sql)) return false;
    if (c->autocommit == 0 && !idle(c)) ok = run(vm, c, "ROLLBACK");
    KrValue raised = ok ? KR_UNSET : kr_take_raised(vm);
    kr_sql_close(c->sql);
    kr_sql_forget(vm, c);
    return ok || kr_fail(kr_raise_value(vm, raised));
}

METHOD(close) {
    (void)arg;
    if (!kr_sql_same_thread(vm, SELF)) return KR_ERROR;
    if (!SELF->opened) return kr_raise(vm, &kr_sql_programming_error, "Base Connection.__init__ not called.");
    return close_now(vm, SELF) ? KR_NONE : KR_ERROR;
}

METHOD(del) {
    (void)arg;
    if (!SELF->sql || !SELF->sql->db || SELF->sql->call) return KR_NONE; // a thread that the end of the program stopped is inside
    bool ok = kr_warn(vm, &kr_resource_warning, "unclosed database in %R", self);
    KrValue raised = ok ? KR_UNSET : kr_take_raised(vm);
    if (!close_now(vm, SELF)) return KR_ERROR;
    return ok ? KR_NONE : kr_raise_value(vm, raised);
}

METHOD(enter) { return (void)arg, kr_sql_usable(vm, SELF) ? self : KR_ERROR; }

METHOD(exit) {
    bool failed = !kr_is_none(arg[0]) || !kr_is_none(arg[1]) || !kr_is_none(arg[2]);
    if (!failed && end(vm, SELF, "COMMIT")) return KR_FALSE;
    if (failed) return end(vm, SELF, "ROLLBACK") ? KR_FALSE : KR_ERROR;
    KrValue raised = kr_take_raised(vm); // committing failed: the lock is given back
    if (!end(vm, SELF, "ROLLBACK")) return KR_ERROR;
    return kr_raise_value(vm, raised);
}

METHOD(interrupt) {
    (void)arg;
    if (!is_open(vm, SELF)) return KR_ERROR;
    return kr_sqlite.interrupt(SELF->sql->db), KR_NONE;
}

// ---- Cursors -----------------------------------------------------------------------------------------------------------------------

METHOD(cursor) {
    if (!kr_sql_usable(vm, SELF)) return KR_ERROR;
    return kr_sql_cursor_of(vm, self, arg[0]);
}

// connection.cursor().method(...): what a subclass has instead of cursor() counts.
static KrValue by_cursor(KrVm *vm, KrValue self, const char *method, size_t count, const KrValue *arg) {
    KrValue cursor =
        kr_type_of(self) == &kr_sql_connection_type ? kr_sql_cursor_of(vm, self, KR_UNSET) : kr_call_method(vm, self, "cursor", 0, NULL);
    if (kr_is_error(cursor) || kr_is_error(kr_call_method(vm, cursor, method, count, arg))) return KR_ERROR;
    return cursor;
}

METHOD(execute) { return by_cursor(vm, self, "execute", kr_is_unset(arg[1]) ? 1 : 2, arg); }
METHOD(executemany) { return by_cursor(vm, self, "executemany", 2, arg); }
METHOD(executescript) { return by_cursor(vm, self, "executescript", 1, arg); }

static KrValue call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    if (!kr_sql_usable(vm, SELF)) return KR_ERROR;
    if (!kr_is_unset(names)) return kr_raise(vm, &kr_type_error, "Connection() takes no keyword arguments");
    if (count != 1) return kr_raise(vm, &kr_type_error, "function takes exactly 1 argument (%u given)", count);
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "argument 1 must be str, not %T", arg[0]);
    KrSqlStatement *s = kr_sql_prepare(vm, SELF, arg[0]);
    return s ? kr_from_ptr(s) : KR_ERROR;
}

METHOD(iterdump) {
    if (!kr_sql_usable(vm, SELF)) return KR_ERROR;
    KrValue module = kr_import(vm, "sqlite3.dump"), function = kr_is_error(module) ? module : kr_getattr_c(vm, module, "_iterdump");
    KrValue given[2] = { self, arg[0] }, name = kr_name(vm, "filter"), names = kr_tuple(vm, 1, &name);
    return kr_is_error(function) || kr_is_error(names) ? KR_ERROR : kr_call_names(vm, function, given, 1, names);
}

// ---- Attributes --------------------------------------------------------------------------------------------------------------------

static KrValue get_in_transaction(KrVm *vm, KrValue self) {
    return is_open(vm, SELF) && kr_sql_wait(vm, SELF->sql) ? kr_bool(!idle(SELF)) : KR_ERROR;
}
static KrValue get_total_changes(KrVm *vm, KrValue self) {
    return is_open(vm, SELF) && kr_sql_wait(vm, SELF->sql) ? kr_int_box(kr_sqlite.total_changes(SELF->sql->db)) : KR_ERROR;
}
static KrValue get_isolation(KrVm *vm, KrValue self) {
    if (!is_open(vm, SELF)) return KR_ERROR;
    return SELF->isolation ? kr_str_c(vm, SELF->isolation) : KR_NONE;
}

static bool set_isolation(KrVm *vm, KrValue self, KrValue value) {
    const char *level;
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"));
    if (!kr_is_none(value)) return level_of(vm, value, &level) && (SELF->isolation = level, true);
    if (!kr_sql_usable(vm, SELF) || !kr_sql_wait(vm, SELF->sql)) return false;
    SELF->isolation = NULL;
    if (SELF->autocommit != KR_SQL_LEGACY || idle(SELF)) return true;
    return run(vm, SELF, "COMMIT");
}

static KrValue get_autocommit(KrVm *vm, KrValue self) {
    if (!kr_sql_usable(vm, SELF)) return KR_ERROR;
    return SELF->autocommit == KR_SQL_LEGACY ? kr_int_box(KR_SQL_LEGACY) : kr_bool(SELF->autocommit);
}

static bool set_autocommit(KrVm *vm, KrValue self, KrValue value) {
    KrSqlConnection *c = SELF;
    int how;
    if (!kr_sql_usable(vm, c) || !kr_sql_wait(vm, c->sql)) return false;
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"));
    if (!autocommit_of(vm, value, &how)) return false;
    if (how == 1 && !idle(c) && !run(vm, c, "COMMIT")) return false;
    if (how == 0 && idle(c) && !run(vm, c, "BEGIN")) return false;
    return c->autocommit = how, true;
}

static KrValue get_row_factory(KrVm *vm, KrValue self) { return (void)vm, SELF->row_factory; }
static KrValue get_text_factory(KrVm *vm, KrValue self) { return (void)vm, SELF->text_factory; }
static bool set_row_factory(KrVm *vm, KrValue self, KrValue value) {
    return kr_store(vm, SELF, &SELF->row_factory, kr_is_unset(value) ? KR_NONE : value), true;
}
static bool set_text_factory(KrVm *vm, KrValue self, KrValue value) {
    return kr_store(vm, SELF, &SELF->text_factory, kr_is_unset(value) ? KR_NONE : value), true;
}

#define X(symbol, text, base) \
    static KrValue get_##symbol(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_type_value(&kr_sql_##symbol); }
KR_SQL_ERRORS(X)
#undef X

static KrValue get_signature(KrVm *vm, KrValue self) { return (void)self, kr_str_c(vm, "(sql, /)"); } // of a call: connection(sql)

static const KrGetSet attributes[] = {
    { "__text_signature__", get_signature, NULL, NULL },
#define X(symbol, text, base) { text, get_##symbol, NULL, NULL },
    KR_SQL_ERRORS(X)
#undef X
        { "autocommit", get_autocommit, set_autocommit,
          KR_DOC("True: SQLite's own; False: a transaction is always open; -1: see isolation_level.") },
    { "in_transaction", get_in_transaction, NULL, KR_DOC("Is a transaction open?") },
    { "isolation_level", get_isolation, set_isolation,
      KR_DOC(
          "The kind of transaction that INSERT, UPDATE, DELETE and REPLACE begin: '', 'DEFERRED', 'IMMEDIATE', 'EXCLUSIVE'; None: none.") },
    { "row_factory", get_row_factory, set_row_factory,
      KR_DOC("Of new cursors: factory(cursor, row) makes of each row what fetching gives, or None.") },
    { "text_factory", get_text_factory, set_text_factory, KR_DOC("What texts become: str, bytes, or a callable that is given the bytes.") },
    { "total_changes", get_total_changes, NULL, KR_DOC("How many rows were changed since the connection was opened.") },
    { 0 },
};

static const KrMethod methods[] = {
    { "create_function(*args, **kwargs)", kr_sql_create_function,
      KR_DOC("create_function(name, narg, func, /, *, deterministic=False): a function of SQL; narg -1: any number of arguments, func "
             "None: none."),
      0 },
    { "create_aggregate(*args, **kwargs)", kr_sql_create_aggregate,
      KR_DOC("create_aggregate(name, n_arg, aggregate_class, /): an aggregate of SQL; the class has methods step and finalize."), 0 },
    { "create_window_function(name, num_params, aggregate_class, /)", kr_sql_create_window_function,
      KR_DOC("A window function of SQL; the class has methods step, inverse, value and finalize."), 0 },
    { "create_collation(name, callback, /)", kr_sql_create_collation,
      KR_DOC("An order of texts; callback(a, b) gives below 0, 0 or above. None: the name has no order any more."), 0 },
    { "set_authorizer(*args, **kwargs)", kr_sql_set_authorizer,
      KR_DOC("set_authorizer(callback, /): callback(action, a, b, database, trigger) gives SQLITE_OK, SQLITE_DENY or SQLITE_IGNORE. None: "
             "no one is "
             "asked."),
      0 },
    { "set_progress_handler(*args, **kwargs)", kr_sql_set_progress_handler,
      KR_DOC("set_progress_handler(handler, /, n): handler() is called about every n instructions of SQLite; what it returns ends the "
             "statement, if "
             "it is true. None: nobody is called."),
      0 },
    { "set_trace_callback(*args, **kwargs)", kr_sql_set_trace_callback,
      KR_DOC("set_trace_callback(callback, /): callback(text) is called for every statement, with its parameters filled in. None: nobody "
             "is called."),
      0 },
    { "cursor(factory=<unset>)", connection_cursor, KR_DOC("A new cursor; factory(connection) makes it."), 0 },
    { "execute(sql, parameters=<unset>, /)", connection_execute, KR_DOC("Execute a statement with a new cursor, and return that."), 0 },
    { "executemany(sql, parameters, /)", connection_executemany,
      KR_DOC("Execute a statement once for each set of parameters with a new cursor."), 0 },
    { "executescript(sql_script, /)", connection_executescript, KR_DOC("Execute all statements of a text with a new cursor."), 0 },
    { "commit()", connection_commit, KR_DOC("Write what was changed since the transaction began, if there is one."), 0 },
    { "rollback()", connection_rollback, KR_DOC("Undo what was changed since the transaction began, if there is one."), 0 },
    { "close()", connection_close, KR_DOC("Close the database; what was not committed is lost."), 0 },
    { "interrupt()", connection_interrupt, KR_DOC("From another thread or a callback: end what runs, with OperationalError."), 0 },
    { "iterdump(*, filter=None)", connection_iterdump,
      KR_DOC("The SQL that makes the same database, a statement at a time; filter: a LIKE pattern for names."), 0 },
    { "backup(target, *, pages=-1, progress=None, name='main', sleep=0.25)", kr_sql_backup,
      KR_DOC("Copy the database into another one, pages at a time, with a pause of sleep seconds where it is locked; progress(status, "
             "left, all)."),
      0 },
    { "blobopen(table, column, row, /, *, readonly=False, name='main')", kr_sql_blobopen, KR_DOC("Open a BLOB as if it were a file."), 0 },
    { "serialize(*, name='main')", kr_sql_serialize, KR_DOC("The database as bytes: those of its file."), 0 },
    { "deserialize(data, /, *, name='main')", kr_sql_deserialize,
      KR_DOC("Replace the database by one in memory, whose file these bytes are."), 0 },
    { "getlimit(category, /)", kr_sql_getlimit, KR_DOC("A limit of this connection: SQLITE_LIMIT_..."), 0 },
    { "setlimit(category, limit, /)", kr_sql_setlimit, KR_DOC("Set a limit of this connection; return what it was."), 0 },
    { "getconfig(op, /)", kr_sql_getconfig, KR_DOC("A switch of this connection: SQLITE_DBCONFIG_..."), 0 },
    { "setconfig(op, enable=True, /)", kr_sql_setconfig, KR_DOC("Set a switch of this connection."), 0 },
    { "enable_load_extension(enable, /)", kr_sql_enable_load_extension, KR_DOC("Let load_extension load extensions of SQLite."), 0 },
    { "load_extension(name, /, *, entrypoint=None)", kr_sql_load_extension, KR_DOC("Load an extension of SQLite, a shared library."), 0 },
    { "__enter__()", connection_enter, KR_DOC("Return the connection."), 0 },
    { "__exit__(type, value, traceback, /)", connection_exit,
      KR_DOC("Commit, or roll back if there was an exception. The connection stays open."), 0 },
    { "__del__()", connection_del, KR_DOC(""), 0 },
    { 0 },
};

static const KrMethod init = { "Connection(*args, **kwargs)", connection_init, "", 0 };

const KrType kr_sql_connection_type = {
    KR_TYPE_HEAD(kr_sql_connection_type),
    .name = "sqlite3.Connection",
    .module = "sqlite3",
    .doc = KR_DOC("A database. connect() makes it: see there."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL,
    .size = sizeof(KrSqlConnection),
    .methods = methods,
    .attributes = attributes,
    .init = &init,
    .alloc = alloc,
    .trace = trace,
    .finalize = finalize,
    .call = call,
};
