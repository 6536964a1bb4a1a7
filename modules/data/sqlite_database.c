// sqlite_database.c - databases of SQLite as connections, statements and blobs share them: their life, and how threads get into them.
// SPDX-License-Identifier: MIT
#include "sqlite_part.h"

// ---- Who is inside -----------------------------------------------------------------------------------------------------------------

static const KrThreadRecord *self_of(const KrVm *vm) { return vm->threads ? vm->threads->current : NULL; }

static bool is_mine(KrVm *vm, const KrSql *sql) { // NULL: from before there were several threads
    return sql->owner == self_of(vm) || (!sql->owner && kr_thread_is_first(vm));
}

bool kr_sql_wait(KrVm *vm, KrSql *sql) {
    while (KR_UNLIKELY(sql->call && !is_mine(vm, sql)))
        if (kr_wait(vm, &sql->waiters, INT64_MAX) < 0) return false;
    return true;
}

void kr_sql_inside(KrSql *sql, void (*work)(void *context), void *context) {
    kr_unblocking(sql->vm, sql->call ? sql->call->outside : NULL, work, context);
}

static void close_now(void *context) { kr_sqlite.close_v2(context); }

// ---- Objects that go ---------------------------------------------------------------------------------------------------------------

bool kr_sql_reserve(KrVm *vm, KrSql *sql) {
    if (sql->live_count + sql->dead_count < sql->dead_room) return true;
    size_t size = (sql->dead_room * 2 + 16) * sizeof *sql->dead;
    uintptr_t *room = kr_side_alloc(vm, &size);
    if (!room) return kr_fail(kr_raise_memory(vm));
    if (sql->dead_count) memcpy(room, sql->dead, sql->dead_count * sizeof *room);
    if (sql->dead) kr_side_free(vm, sql->dead, sql->dead_room * sizeof *room);
    return sql->dead = room, sql->dead_room = size / sizeof *room, true;
}

static void end_dead(KrSql *sql) {
    sql->silent = true;
    while (sql->dead_count) {
        uintptr_t handle = sql->dead[--sql->dead_count];
        if (handle & 1) kr_sqlite.blob_close((SqlBlob *)(handle - 1));
        else kr_sqlite.finalize((SqlStmt *)handle);
    }
    sql->silent = false;
}

void kr_sql_bury(KrSql *sql, const void *handle, bool blob) {
    sql->live_count--;
    if (!handle) return;
    sql->dead[sql->dead_count++] = (uintptr_t)handle | blob;
    if (!sql->call) end_dead(sql);
}

// What had to wait until nothing was on its way.
static void settle(KrSql *sql) {
    if (sql->dead_count || sql->due) {
        end_dead(sql);
        sql->silent = true;
        for (KrSqlStatement *s = sql->due ? sql->statements : NULL; s; s = s->next)
            if (s->reset_due && !s->user) kr_sqlite.reset(s->stmt), s->reset_due = false;
        sql->due = sql->silent = false;
    }
    if (sql->closing) kr_sql_close(sql);
    kr_wake_all(sql->vm, &sql->waiters);
}

bool kr_sql_run(KrVm *vm, KrSql *sql, void (*run)(void *context), void *context) {
    if (!kr_sql_wait(vm, sql)) return false;
    KrSqlCall call = { .outer = sql->call, .raised = KR_UNSET };
    sql->call = &call;
    sql->owner = self_of(vm);
    sql->refs++;
    kr_blocking_callable(vm, &call.outside, run, context);
    sql->call = call.outer;
    if (!sql->call && (sql->dead_count || sql->due || sql->closing || sql->waiters.first)) settle(sql);
    kr_sql_release(sql);
    return kr_is_unset(call.raised) || kr_fail(kr_raise_value(vm, call.raised));
}

// ---- Steps -------------------------------------------------------------------------------------------------------------------------

typedef struct {
    SqlStmt *stmt;
    SqlDb *db;
    const char *text;
    int result;
} Step;

static void do_step(void *context) {
    Step *s = context;
    s->result = kr_sqlite.step(s->stmt);
}

static void do_execute(void *context) {
    Step *s = context;
    SqlStmt *stmt;
    s->result = kr_sqlite.prepare_v2(s->db, s->text, -1, &stmt, NULL);
    if (s->result != SQL_OK) return;
    kr_sqlite.step(stmt);
    s->result = kr_sqlite.finalize(stmt);
}

static bool others_active(const KrSql *sql, const SqlStmt *stmt) {
    for (const KrSqlStatement *s = sql->statements; s; s = s->next)
        if (s->user && s->stmt != stmt) return true;
    return false;
}

// Could it be that what failed would not fail if cursors that nobody has any more had let go of their rows?
static bool try_again(KrVm *vm, KrSql *sql, const SqlStmt *stmt, int result) {
    int kind = result & 255;
    if ((kind != SQL_LOCKED && kind != SQL_ERROR && kind != SQL_BUSY) || sql->call || !others_active(sql, stmt)) return false;
    return kr_sql_collect(vm, sql);
}

int kr_sql_step(KrVm *vm, KrSql *sql, SqlStmt *stmt) {
    Step s = { .stmt = stmt };
    if ((++sql->ticks & 1023) == 0 && !kr_sql_account(vm, sql)) return -1;
    do
        if (!kr_sql_run(vm, sql, do_step, &s)) return -1;
    while (KR_UNLIKELY(s.result != SQL_ROW && s.result != SQL_DONE) && try_again(vm, sql, stmt, s.result) && (kr_sqlite.reset(stmt), true));
    return kr_step(vm) ? s.result : -1;
}

bool kr_sql_execute(KrVm *vm, KrSql *sql, const char *text) {
    Step s = { .db = sql->db, .text = text };
    do
        if (!kr_sql_run(vm, sql, do_execute, &s)) return false;
    while (s.result != SQL_OK && try_again(vm, sql, NULL, s.result));
    return kr_sql_check(vm, sql, s.result);
}

bool kr_sql_collect(KrVm *vm, KrSql *sql) {
    uint32_t before = sql->resets;
    kr_collect(vm);
    return sql->resets != before;
}

// ---- Life --------------------------------------------------------------------------------------------------------------------------

KrSql *kr_sql_new(KrVm *vm, KrSqlConnection *connection) {
    size_t size = sizeof(KrSql);
    KrSql *sql = kr_side_alloc(vm, &size);
    if (!sql) return (void)kr_raise_memory(vm), NULL;
    *sql = (KrSql){ .vm = vm, .refs = 1, .connection = connection };
    return sql;
}

static void end_statements(KrSql *sql) {
    end_dead(sql);
    sql->silent = true;
    for (KrSqlStatement *s = sql->statements; s; s = s->next) kr_sql_statement_end(s);
    for (KrSqlBlob *b = sql->blobs; b; b = b->next) {
        if (b->blob) kr_sqlite.blob_close(b->blob);
        b->blob = NULL;
    }
    sql->silent = false;
}

void kr_sql_close(KrSql *sql) {
    SqlDb *db = sql->db;
    if (sql->call || sql->pins) {
        sql->closing = true;
        return;
    }
    sql->closing = false;
    if (!db) return;
    sql->db = NULL;
    end_statements(sql);
    KrSqlCall call = { .raised = KR_UNSET }; // closing may write: a checkpoint, a journal
    sql->call = &call;
    sql->owner = self_of(sql->vm);
    if (sql->connection) kr_blocking_callable(sql->vm, &call.outside, close_now, db);
    else close_now(db);
    sql->call = NULL;
    kr_sql_unhook(sql->progress), kr_sql_unhook(sql->authorizer), kr_sql_unhook(sql->tracer); // others are gone with their functions
    sql->progress = sql->authorizer = sql->tracer = NULL;
    kr_uncharge(sql->vm, sql->charged);
    sql->charged = 0;
    kr_wake_all(sql->vm, &sql->waiters);
}

void kr_sql_release(KrSql *sql) {
    if (--sql->refs) return;
    sql->connection = NULL;
    kr_sql_close(sql);
    if (sql->dead) kr_side_free(sql->vm, sql->dead, sql->dead_room * sizeof *sql->dead);
    kr_side_free(sql->vm, sql, sizeof *sql);
}

// ---- Hooks -------------------------------------------------------------------------------------------------------------------------

KrSqlHook *kr_sql_hook(KrVm *vm, KrSql *sql, KrValue value) {
    size_t size = sizeof(KrSqlHook);
    KrSqlHook *hook = kr_side_alloc(vm, &size);
    if (!hook) return (void)kr_raise_memory(vm), NULL;
    *hook = (KrSqlHook){ .next = sql->hooks, .link = &sql->hooks, .sql = sql, .value = value };
    if (sql->hooks) sql->hooks->link = &hook->next;
    return sql->hooks = hook;
}

void kr_sql_unhook(KrSqlHook *hook) {
    if (!hook) return;
    KrSql *sql = hook->sql;
    if (sql->connection) kr_store(sql->vm, sql->connection, &hook->value, KR_UNSET); // a collection that is under way has yet to see it
    *hook->link = hook->next;
    if (hook->next) hook->next->link = hook->link;
    kr_side_free(sql->vm, hook, sizeof *hook);
}
