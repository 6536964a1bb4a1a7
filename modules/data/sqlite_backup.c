// sqlite_backup.c - Connection.backup: a copy of a database while it is in use.
// SPDX-License-Identifier: MIT
#include "port.h"
#include "sqlite_hook.h"
#include "vm/blocking.h"

typedef struct {
    KrSqlConnection *from, *to;
    SqlBackup *backup;
    int pages, result;
    int64_t sleep_ns;
    KrValue progress;
    const char *name;
    KrSqlCall call; // of the target, which is as busy as the source
} Copy;

static void do_begin(void *context) {
    Copy *c = context;
    c->call.outside = c->from->sql->call->outside;
    c->backup = kr_sqlite.backup_init(c->to->sql->db, "main", c->from->sql->db, c->name);
}

static void do_step(void *context) {
    Copy *c = context;
    c->call.outside = c->from->sql->call->outside;
    c->result = kr_sqlite.backup_step(c->backup, c->pages);
}

static void do_finish(void *context) {
    Copy *c = context;
    c->call.outside = c->from->sql->call->outside;
    c->result = kr_sqlite.backup_finish(c->backup);
}

// Both databases belong to this thread while SQLite works.
static bool run(KrVm *vm, Copy *c, void (*work)(void *)) {
    KrSql *to = c->to->sql;
    while (c->from->sql->call || to->call) { // another thread, or an operation that this one is in the middle of
        KrSql *busy = c->from->sql->call ? c->from->sql : to;
        if (!kr_sql_wait(vm, busy)) return false;
        if (busy->call) break;
    }
    c->call = (KrSqlCall){ .outer = to->call, .raised = KR_UNSET };
    to->call = &c->call;
    to->owner = vm->threads ? vm->threads->current : NULL;
    bool ok = kr_sql_run(vm, c->from->sql, work, c);
    to->call = c->call.outer;
    kr_wake_all(vm, &to->waiters);
    if (ok && !kr_is_unset(c->call.raised)) return kr_fail(kr_raise_value(vm, c->call.raised));
    return ok;
}

static bool usable(KrVm *vm, const Copy *c) {
    if (!kr_sql_usable(vm, c->from)) return false;
    return !c->to->sql->closing || kr_fail(kr_raise(vm, &kr_sql_programming_error, "Cannot operate on a closed database."));
}

static bool report(KrVm *vm, const Copy *c) {
    if (kr_is_none(c->progress)) return true;
    KrValue arg[3] = { kr_int_box(c->result), kr_int_box(kr_sqlite.backup_remaining(c->backup)),
                       kr_int_box(kr_sqlite.backup_pagecount(c->backup)) };
    return !kr_is_error(kr_call(vm, c->progress, 3, arg)) && usable(vm, c);
}

static bool rest(KrVm *vm, int64_t ns) {
    int64_t end = kr_port_monotonic_ns() + ns, left;
    while ((left = end - kr_port_monotonic_ns()) > 0) {
        int64_t most = kr_deadline_left(vm);
        kr_block_sleep_ns(vm, left < most ? left : most);
        if (!kr_poll(vm, 1000000)) return false;
    }
    return true;
}

static bool copy(KrVm *vm, Copy *c) {
    do {
        if (!run(vm, c, do_step) || !report(vm, c)) return false;
        int kind = c->result & 255;
        if ((kind == SQL_BUSY || kind == SQL_LOCKED) && (!rest(vm, c->sleep_ns) || !usable(vm, c))) return false;
        if (kind != SQL_OK && kind != SQL_BUSY && kind != SQL_LOCKED) break;
    } while (kr_poll(vm, 1000));
    return !kr_raised(vm);
}

static KrValue finish(KrVm *vm, Copy *c, bool ok) {
    KrValue raised = ok ? KR_UNSET : kr_take_raised(vm);
    bool finished = run(vm, c, do_finish);
    c->from->sql->pins--, c->to->sql->pins--, c->to->sql->is_target = false;
    if (c->from->sql->closing) kr_sql_close(c->from->sql);
    if (c->to->sql->closing) kr_sql_close(c->to->sql);
    if (!ok) return finished ? (void)0 : (void)kr_take_raised(vm), kr_raise_value(vm, raised);
    if (!finished) return KR_ERROR;
    if (c->result != SQL_OK) return c->to->sql->db ? kr_sql_raise(vm, c->to->sql->db) : kr_sql_raise_code(vm, c->result, NULL);
    return kr_sql_account(vm, c->to->sql) ? KR_NONE : KR_ERROR;
}

static bool read_arguments(KrVm *vm, KrValue self, const KrValue *arg, Copy *c) { // target, pages, progress, name, sleep
    double sleep;
    if (!kr_isa(arg[0], &kr_sql_connection_type))
        return kr_fail(kr_raise(vm, &kr_type_error, "backup() argument 'target' must be sqlite3.Connection, not %T", arg[0]));
    if (!kr_sql_int(vm, arg[1], &c->pages)) return false;
    if (!kr_is_str(arg[3])) return kr_fail(kr_raise(vm, &kr_type_error, "backup() argument 'name' must be str, not %T", arg[3]));
    if (!kr_sql_c_text(vm, arg[3], &c->name) || !kr_to_double(vm, arg[4], &sleep)) return false;
    c->from = kr_sql_connection(self), c->to = kr_sql_connection(arg[0]);
    c->sleep_ns = sleep > 0 ? sleep < 9e9 ? (int64_t)(sleep * 1e9) : INT64_MAX / 2 : 0;
    c->progress = arg[2];
    if (c->pages == 0) c->pages = -1;
    if (!kr_sql_usable(vm, c->from)) return false;
    if (c->from == c->to) return kr_fail(kr_raise(vm, &kr_value_error, "target cannot be the same connection instance"));
    if (!kr_sql_usable(vm, c->to)) return false;
    return kr_is_none(arg[2]) || kr_callable(arg[2]) || kr_fail(kr_raise(vm, &kr_type_error, "progress argument must be a callable"));
}

KrValue kr_sql_backup(KrVm *vm, KrValue self, const KrValue *arg) {
    Copy c = { 0 };
    if (!read_arguments(vm, self, arg, &c) || !run(vm, &c, do_begin)) return KR_ERROR;
    if (!c.backup) return kr_sql_raise(vm, c.to->sql->db);
    c.from->sql->pins++, c.to->sql->pins++, c.to->sql->is_target = true; // closing waits until the copy is done
    return finish(vm, &c, copy(vm, &c));
}
