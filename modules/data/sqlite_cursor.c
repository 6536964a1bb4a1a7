// sqlite_cursor.c - sqlite3.Cursor: executing statements. A cursor holds a statement from the moment it executes it until its rows are at an end.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "sqlite_part.h"

#define SELF         kr_sql_cursor(self)
#define METHOD(name) static KrValue cursor_##name(KrVm *vm, KrValue self, const KrValue *arg)

static bool refuse(KrVm *vm, const char *why) { return kr_fail(kr_raise(vm, &kr_sql_programming_error, "%s", why)); }

static bool is_free(KrVm *vm, const KrSqlCursor *c) {
    if (KR_UNLIKELY(kr_is_unset(c->connection))) return refuse(vm, "Base Cursor.__init__ not called.");
    if (KR_UNLIKELY(c->closed)) return refuse(vm, "Cannot operate on a closed cursor.");
    return !c->locked || refuse(vm, "Recursive use of cursors not allowed.");
}

bool kr_sql_cursor_usable(KrVm *vm, KrSqlCursor *c) { return is_free(vm, c) && kr_sql_usable(vm, kr_sql_connection(c->connection)); }

void kr_sql_cursor_reset(KrVm *vm, KrSqlCursor *c) {
    KrSqlStatement *s = c->statement;
    if (!s) return;
    KR_STORE_PTR(vm, c, c->statement, NULL);
    s->user = NULL;
    if (s->stmt) kr_sqlite.reset(s->stmt);
}

// ---- Making ------------------------------------------------------------------------------------------------------------------------

static KrValue alloc(KrVm *vm, const KrType *type) {
    KrValue made = kr_alloc_instance(vm, type);
    if (kr_is_error(made)) return made;
    KrSqlCursor *c = kr_sql_cursor(made);
    c->connection = c->converters = c->ahead = KR_UNSET;
    c->description = c->row_factory = c->lastrowid = KR_NONE;
    c->array_size = 1, c->row_count = -1;
    return made;
}

METHOD(init) {
    size_t count;
    const KrValue *given = kr_tuple_items(arg[0], &count);
    if (count != 1) return kr_raise(vm, &kr_type_error, "Cursor expected 1 argument, got %u", count);
    if (!kr_isa(given[0], &kr_sql_connection_type))
        return kr_raise(vm, &kr_type_error, "Cursor() argument 1 must be sqlite3.Connection, not %T", given[0]);
    KrSqlCursor *c = SELF;
    KrSqlConnection *connection = kr_sql_connection(given[0]);
    if (c->locked) return refuse(vm, "Recursive use of cursors not allowed."), KR_ERROR;
    if (c->statement && !kr_sql_wait(vm, c->statement->sql)) return KR_ERROR;
    kr_sql_cursor_reset(vm, c);
    kr_store(vm, c, &c->connection, given[0]);
    kr_store(vm, c, &c->description, KR_NONE);
    kr_store(vm, c, &c->lastrowid, KR_NONE);
    kr_store(vm, c, &c->converters, KR_UNSET);
    kr_store(vm, c, &c->ahead, KR_UNSET);
    kr_store(vm, c, &c->row_factory, connection->row_factory);
    c->array_size = 1, c->row_count = -1, c->closed = false;
    return kr_sql_usable(vm, connection) ? KR_NONE : KR_ERROR;
}

KrValue kr_sql_cursor_of(KrVm *vm, KrValue connection, KrValue factory) {
    KrSqlConnection *c = kr_sql_connection(connection);
    if (!kr_sql_usable(vm, c)) return KR_ERROR;
    KrValue made = kr_is_unset(factory) ? alloc(vm, &kr_sql_cursor_type) : kr_call(vm, factory, 1, &connection);
    if (kr_is_error(made)) return made;
    if (!kr_isa(made, &kr_sql_cursor_type)) return kr_raise(vm, &kr_type_error, "factory must return a cursor, not %T", made);
    if (kr_is_unset(factory)) kr_store(vm, kr_ptr(made), &kr_sql_cursor(made)->connection, connection);
    if (kr_is_unset(factory) || !kr_is_none(c->row_factory)) kr_store(vm, kr_ptr(made), &kr_sql_cursor(made)->row_factory, c->row_factory);
    return made;
}

// A cursor that nobody has any more lets go of its rows. Its statement may have gone before it.
static void finalize(KrVm *vm, KrObject *o) {
    KrSqlStatement *s = ((KrSqlCursor *)o)->statement;
    (void)vm;
    if (!s) return;
    ((KrSqlCursor *)o)->statement = NULL;
    s->user = NULL;
    KrSql *sql = s->sql;
    if (!s->stmt || !sql) return;
    sql->resets++;
    if (sql->call) {
        s->reset_due = sql->due = true;
    } else {
        sql->silent = true;
        kr_sqlite.reset(s->stmt);
        sql->silent = false;
    }
}

static void trace(KrTracer *tracer, KrObject *o) {
    const KrSqlCursor *c = (KrSqlCursor *)o;
    kr_trace(tracer, c->connection);
    kr_trace(tracer, c->description);
    kr_trace(tracer, c->row_factory);
    kr_trace(tracer, c->lastrowid);
    kr_trace(tracer, c->converters);
    kr_trace(tracer, c->ahead);
    kr_trace_object(tracer, c->statement);
}

// ---- Executing ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrSqlCursor *cursor;
    KrSqlConnection *connection;
    KrSqlStatement *statement;
    bool many;
} Run;

// The cursor gets the statement of this text, and a transaction is begun for one that changes rows.
static bool take(KrVm *vm, Run *r, KrValue text) {
    KrSqlCursor *c = r->cursor;
    KrSqlConnection *connection = r->connection;
    if (!kr_sql_wait(vm, connection->sql)) return false;
    kr_sql_cursor_reset(vm, c);
    kr_store(vm, c, &c->description, KR_NONE);
    kr_store(vm, c, &c->ahead, KR_UNSET);
    KrSqlStatement *s = r->statement = kr_sql_cached(vm, connection, text);
    if (!s) return false;
    if (s->reset_due) kr_sqlite.reset(s->stmt), s->reset_due = false;
    KR_STORE_PTR(vm, c, c->statement, s);
    s->user = c;
    c->row_count = s->is_dml ? 0 : -1;
    if (r->many && !s->is_dml) return refuse(vm, "executemany() can only execute DML statements.");
    if (connection->autocommit != KR_SQL_LEGACY || !connection->isolation || !s->is_dml) return true;
    return !kr_sqlite.get_autocommit(connection->sql->db) || kr_sql_begin(vm, connection);
}

static bool still_there(KrVm *vm, const Run *r) { // Python code has run
    if (r->statement->stmt && r->cursor->statement == r->statement) return kr_sql_wait(vm, r->connection->sql);
    return kr_sql_usable(vm, r->connection) && refuse(vm, "Cannot operate on a closed database.");
}

static bool describe(KrVm *vm, const Run *r) {
    if (r->many || !kr_sqlite.column_count(r->statement->stmt)) return true;
    return kr_sql_describe(vm, r->cursor) && kr_sql_converters(vm, r->cursor) && still_there(vm, r);
}

// With one set of parameters. A statement that gives rows stands before the first of them afterwards.
static bool run_once(KrVm *vm, Run *r, KrValue parameters) {
    KrSqlCursor *c = r->cursor;
    KrSqlStatement *s = r->statement;
    if (!kr_sql_bind(vm, r->connection, s, parameters) || !still_there(vm, r)) return false;
    int result = kr_sql_step(vm, s->sql, s->stmt);
    if (result < 0 || !still_there(vm, r)) return false;
    if (result != SQL_ROW && result != SQL_DONE) return kr_fail(kr_sql_raise_result(vm, s->sql->db, result));
    if (!describe(vm, r)) return false;
    if (s->is_dml && (result == SQL_DONE || r->many)) c->row_count += kr_sqlite.changes(s->sql->db);
    if (r->many) return kr_sqlite.reset(s->stmt), true;
    KrValue id = kr_int(vm, kr_sqlite.last_insert_rowid(s->sql->db));
    if (kr_is_error(id)) return false;
    kr_store(vm, c, &c->lastrowid, id);
    if (result == SQL_DONE) kr_sql_cursor_reset(vm, c);
    // PRAGMA journal_mode and its like count as writing: while nobody fetches their row, no statement after them would be committed.
    return result != SQL_ROW || s->is_dml || kr_sqlite.stmt_readonly(s->stmt) || kr_sql_read_ahead(vm, c);
}

static bool run_many(KrVm *vm, Run *r, KrValue rows) {
    for (;;) {
        KrValue parameters = kr_next(vm, rows);
        if (kr_is_done(parameters)) return still_there(vm, r);
        if (kr_is_error(parameters) || !still_there(vm, r) || !run_once(vm, r, parameters)) return false;
    }
}

static bool run(KrVm *vm, Run *r, KrValue text, KrValue parameters) {
    if (!take(vm, r, text)) return false;
    if (r->statement->is_empty) return kr_sql_cursor_reset(vm, r->cursor), true;
    return r->many ? run_many(vm, r, parameters) : run_once(vm, r, parameters);
}

static KrValue execute(KrVm *vm, KrValue self, KrValue text, KrValue parameters, bool many) {
    KrSqlCursor *c = SELF;
    if (!kr_sql_cursor_usable(vm, c)) return KR_ERROR;
    if (!kr_is_str(text))
        return kr_raise(vm, &kr_type_error, "%s() argument 1 must be str, not %T", many ? "executemany" : "execute", text);
    Run r = { c, kr_sql_connection(c->connection), NULL, many };
    c->locked = true;
    if (many) parameters = kr_iter(vm, parameters);
    bool ok = !kr_is_error(parameters) && run(vm, &r, text, parameters);
    c->locked = false;
    if (ok && !many) return self;
    KrValue raised = ok ? KR_UNSET : kr_take_raised(vm);
    if (c->statement && !c->statement->sql->call) kr_sql_cursor_reset(vm, c);
    else if (c->statement)
        c->statement->reset_due = c->statement->sql->due = true, c->statement->user = NULL, KR_STORE_PTR(vm, c, c->statement, NULL);
    if (ok) return self;
    c->row_count = -1;
    return kr_raise_value(vm, raised);
}

METHOD(execute) { return execute(vm, self, arg[0], arg[1], false); }
METHOD(executemany) { return execute(vm, self, arg[0], arg[1], true); }

// ---- Scripts -----------------------------------------------------------------------------------------------------------------------

typedef struct {
    SqlDb *db;
    const char *text;
    SqlStmt *stmt;
    int result;
} Script;

static void do_prepare(void *context) {
    Script *s = context;
    s->result = kr_sqlite.prepare_v2(s->db, s->text, -1, &s->stmt, &s->text);
}

static void do_steps(void *context) {
    Script *s = context;
    while ((s->result = kr_sqlite.step(s->stmt)) == SQL_ROW) continue;
    s->result = kr_sqlite.finalize(s->stmt);
}

static bool run_script(KrVm *vm, KrSqlConnection *c, const char *text) {
    Script s = { .db = c->sql->db, .text = text };
    while (*s.text) {
        s.stmt = NULL;
        if (!kr_sql_run(vm, c->sql, do_prepare, &s) || !kr_sql_usable(vm, c)) return kr_sqlite.finalize(s.stmt), false;
        if (s.result != SQL_OK) return kr_fail(kr_sql_raise_result(vm, s.db, s.result));
        if (s.stmt && !kr_sql_run(vm, c->sql, do_steps, &s)) return false;
        if (!kr_sql_usable(vm, c)) return false;
        if (s.result != SQL_OK) return kr_fail(kr_sql_raise_result(vm, s.db, s.result));
        if (!kr_step(vm)) return false;
    }
    return true;
}

METHOD(executescript) {
    const char *text;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "executescript() argument must be str, not %T", arg[0]);
    if (!kr_sql_c_text(vm, arg[0], &text) || !kr_sql_cursor_usable(vm, SELF)) return KR_ERROR;
    KrSqlConnection *c = kr_sql_connection(SELF->connection);
    if (strlen(text) > (size_t)kr_sqlite.limit(c->sql->db, SQL_LIMIT_SQL_LENGTH, -1))
        return kr_raise(vm, &kr_sql_data_error, "query string is too large");
    if (!kr_sql_wait(vm, c->sql)) return KR_ERROR;
    if (c->autocommit == KR_SQL_LEGACY && !kr_sqlite.get_autocommit(c->sql->db) && !kr_sql_execute(vm, c->sql, "COMMIT")) return KR_ERROR;
    SELF->locked = true;
    bool ok = kr_sql_usable(vm, c) && run_script(vm, c, text);
    SELF->locked = false;
    return ok ? self : KR_ERROR;
}

// ---- Rows --------------------------------------------------------------------------------------------------------------------------

static KrValue iterate(KrVm *vm, KrValue self) { return (void)vm, self; }

METHOD(fetchone) {
    KrValue row = kr_sql_next(vm, self);
    (void)arg;
    return kr_is_done(row) ? KR_NONE : row;
}

static KrValue fetch(KrVm *vm, KrValue self, int64_t most) { // below 1: all
    KrValue list = kr_list(vm, 0, NULL);
    if (kr_is_error(list)) return KR_ERROR;
    for (int64_t i = 0; most < 1 || i < most; i++) {
        KrValue row = kr_sql_next(vm, self);
        if (kr_is_done(row)) break;
        if (kr_is_error(row) || !kr_list_append(vm, list, row)) return KR_ERROR;
    }
    return list;
}

METHOD(fetchall) { return (void)arg, fetch(vm, self, -1); }

METHOD(fetchmany) {
    int most = (int)SELF->array_size;
    if (!kr_is_unset(arg[0]) && !kr_sql_int(vm, arg[0], &most)) return KR_ERROR;
    return fetch(vm, self, most);
}

METHOD(close) {
    KrSqlCursor *c = SELF;
    (void)arg;
    if (c->locked) return refuse(vm, "Recursive use of cursors not allowed."), KR_ERROR;
    if (kr_is_unset(c->connection)) return refuse(vm, "Base Cursor.__init__ not called."), KR_ERROR;
    if (!kr_sql_usable(vm, kr_sql_connection(c->connection))) return KR_ERROR;
    if (c->statement && !kr_sql_wait(vm, c->statement->sql)) return KR_ERROR;
    kr_sql_cursor_reset(vm, c);
    kr_store(vm, c, &c->ahead, KR_UNSET);
    return c->closed = true, KR_NONE;
}

METHOD(nothing) { return (void)vm, (void)self, (void)arg, KR_NONE; }

// ---- Attributes --------------------------------------------------------------------------------------------------------------------

static KrValue get_connection(KrVm *vm, KrValue self) {
    return kr_is_unset(SELF->connection) ? kr_raise(vm, &kr_attribute_error, "connection") : SELF->connection;
}
static KrValue get_description(KrVm *vm, KrValue self) { return (void)vm, SELF->description; }
static KrValue get_lastrowid(KrVm *vm, KrValue self) { return (void)vm, SELF->lastrowid; }
static KrValue get_rowcount(KrVm *vm, KrValue self) { return kr_int(vm, SELF->row_count); }
static KrValue get_arraysize(KrVm *vm, KrValue self) { return kr_int(vm, SELF->array_size); }
static KrValue get_row_factory(KrVm *vm, KrValue self) { return (void)vm, SELF->row_factory; }
static bool set_row_factory(KrVm *vm, KrValue self, KrValue value) {
    return kr_store(vm, SELF, &SELF->row_factory, kr_is_unset(value) ? KR_NONE : value), true;
}
static bool set_arraysize(KrVm *vm, KrValue self, KrValue value) {
    int n;
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "can't delete numeric/char attribute"));
    return kr_sql_int(vm, value, &n) && (SELF->array_size = n, true);
}
static bool read_only(KrVm *vm, KrValue self, KrValue value) {
    (void)self, (void)value;
    return kr_fail(kr_raise(vm, &kr_attribute_error, "readonly attribute"));
}

static const KrGetSet attributes[] = {
    { "arraysize", get_arraysize, set_arraysize, KR_DOC("How many rows fetchmany() gives.") },
    { "connection", get_connection, read_only, KR_DOC("The connection.") },
    { "description", get_description, read_only,
      KR_DOC("A tuple for each column of the result: its name and six times None. None: there is no result.") },
    { "lastrowid", get_lastrowid, read_only, KR_DOC("The number of the row that was inserted last.") },
    { "row_factory", get_row_factory, set_row_factory,
      KR_DOC("factory(cursor, row) makes of each row what fetching gives; None: tuples.") },
    { "rowcount", get_rowcount, read_only, KR_DOC("How many rows were changed, -1 if the statement was none that changes rows.") },
    { 0 },
};

static const KrMethod methods[] = {
    { "execute(sql, parameters=(), /)", cursor_execute,
      KR_DOC("Execute a statement. Parameters: a sequence for ? in it, a dict for :name. Returns the cursor."), 0 },
    { "executemany(sql, seq_of_parameters, /)", cursor_executemany,
      KR_DOC("Execute a statement that changes rows once for each set of parameters."), 0 },
    { "executescript(sql_script, /)", cursor_executescript,
      KR_DOC("Execute all statements of a text; an open transaction is committed first."), 0 },
    { "fetchone()", cursor_fetchone, KR_DOC("The next row, None after the last."), 0 },
    { "fetchmany(size=<unset>)", cursor_fetchmany, KR_DOC("A list of the next rows: size of them, arraysize if that is not given."), 0 },
    { "fetchall()", cursor_fetchall, KR_DOC("A list of all rows that are left."), 0 },
    { "close()", cursor_close, KR_DOC("Let go of the statement; the cursor cannot be used any more."), 0 },
    { "setinputsizes(sizes, /)", cursor_nothing, KR_DOC("Does nothing: required by the DB-API."), 0 },
    { "setoutputsize(size, column=None, /)", cursor_nothing, KR_DOC("Does nothing: required by the DB-API."), 0 },
    { 0 },
};

static const KrMethod init = { "Cursor(*args)", cursor_init, "", 0 };

const KrType kr_sql_cursor_type = {
    KR_TYPE_HEAD(kr_sql_cursor_type),
    .name = "sqlite3.Cursor",
    .module = "sqlite3",
    .doc = KR_DOC("What executes statements and gives their rows: an iterator over them."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(KrSqlCursor),
    .methods = methods,
    .attributes = attributes,
    .init = &init,
    .alloc = alloc,
    .trace = trace,
    .finalize = finalize,
    .iter = iterate,
    .next = kr_sql_next,
};
