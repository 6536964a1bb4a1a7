// sqlite_watch.c - what happens to SQLite while it works: limits of the VM, signals, the program's progress handler, waiting for locks.
// SPDX-License-Identifier: MIT
#include "port.h"
#include "sqlite_hook.h"

enum { TICK_STEPS = 1000, COLLECT_NS = 30000000, GROWN = 64 * 1024 }; // instructions of SQLite's machine between two looks: some 50 us

static void do_poll(void *context) {
    KrSql *sql = context;
    if (!kr_poll(sql->vm, TICK_STEPS) || (sql->grown && !kr_sql_account(sql->vm, sql))) sql->call->raised = kr_take_raised(sql->vm);
}

static int memory_of(const KrSql *sql) {
    int used = 0, most;
    return kr_sqlite.db_status(sql->db, SQL_DBSTATUS_CACHE_USED, &used, &most, 0) == SQL_OK && used > 0 ? used : 0;
}

// Without the lock of the VM: is there anything that a poll would do?
static bool poll_due(KrSql *sql) {
    KrVm *vm = sql->vm;
    sql->grown = (++sql->looks & 31) == 0 && sql->db && (size_t)memory_of(sql) > sql->charged + GROWN;
    if (sql->grown || !sql->call->outside || vm->step_budget) return true;
    if (__atomic_load_n(&vm->interrupt, __ATOMIC_RELAXED) || (vm->deadline_ns && kr_port_monotonic_ns() >= vm->deadline_ns)) return true;
    return vm->threads->ending;
}

// False: the operation is to end.
static bool poll(KrSql *sql) {
    if (!sql->call || sql->silent || !poll_due(sql)) return true;
    kr_sql_inside(sql, do_poll, sql);
    return kr_is_unset(sql->call->raised);
}

typedef struct {
    KrSql *sql;
    bool stop;
} Progress;

static void call_progress(void *context) {
    Progress *p = context;
    KrSql *sql = p->sql;
    KrValue callable = sql->progress ? sql->progress->value : KR_NONE, v = kr_call(sql->vm, callable, 0, NULL);
    if (kr_is_error(v) || !kr_truth(sql->vm, v, &p->stop)) kr_sql_hook_failed(sql, callable), p->stop = true;
}

static int on_progress(void *context) {
    KrSql *sql = context;
    Progress p = { sql, false };
    if (!poll(sql)) return 1;
    if (!sql->progress || sql->silent || --sql->progress_left) return 0;
    sql->progress_left = sql->progress_ticks;
    kr_sql_inside(sql, call_progress, &p);
    return p.stop;
}

// ---- Locks of other connections ----------------------------------------------------------------------------------------------------

static void do_collect(void *context) { kr_collect(((KrSql *)context)->vm); }

// A lock may be held by a cursor that is garbage.
static bool collect_late(KrSql *sql, int64_t waited) {
    if (sql->busy_collected || (waited < COLLECT_NS && waited < sql->timeout_ns)) return false;
    kr_sql_inside(sql, do_collect, sql);
    return sql->busy_collected = true;
}

static int on_busy(void *context, int count) {
    KrSql *sql = context;
    int64_t now = kr_port_monotonic_ns(), pause = count < 5 ? 1000000 << count : 50000000;
    if (sql->silent) return 0;
    if (count == 0) sql->busy_since = now, sql->busy_collected = false;
    int64_t left = sql->timeout_ns - (now - sql->busy_since), most = kr_deadline_left(sql->vm);
    if (collect_late(sql, now - sql->busy_since)) return 1;
    if (left <= 0) return 0;
    if (pause > left) pause = left;
    if (pause > most) pause = most;
    if (pause > 0) kr_port_sleep_ns(pause);
    return poll(sql);
}

void kr_sql_watch(KrSql *sql) {
    kr_sqlite.busy_handler(sql->db, on_busy, sql);
    kr_sqlite.progress_handler(sql->db, TICK_STEPS, on_progress, sql);
}

// The program's handler is called every `count` instructions, or at most one look later.
void kr_sql_set_progress(KrSql *sql, KrSqlHook *hook, int count) {
    KrSqlHook *old = sql->progress;
    unsigned ticks = hook && count > 0 ? ((unsigned)count + TICK_STEPS - 1) / TICK_STEPS : 1;
    sql->progress = hook && count > 0 ? hook : NULL;
    sql->progress_left = sql->progress_ticks = ticks;
    kr_sqlite.progress_handler(sql->db, sql->progress ? (int)((unsigned)count / ticks) : TICK_STEPS, on_progress, sql);
    kr_sql_unhook(old);
    if (!sql->progress) kr_sql_unhook(hook);
}

bool kr_sql_account(KrVm *vm, KrSql *sql) {
    if (!sql->db) return true;
    size_t now = (size_t)memory_of(sql), before = sql->charged;
    if (now > before && !kr_charge(vm, now - before)) return false;
    if (now < before) kr_uncharge(vm, before - now);
    return sql->charged = now, true;
}
