// sqlite_part.h - what the files of module _sqlite3 share.
//
// A KrSql is a database of SQLite with all that refers to it. It is not an object of the heap: connection, statements and blobs share it, and
// the last of them to go closes it, in whatever order the collector finds them. What SQLite refers to (functions, running aggregates) are
// KrSqlHook nodes of its list, which the connection traces.
//
// One thread at a time is inside SQLite with a database. It runs there without the lock of the VM and takes it for callbacks; others wait for it as
// for any lock of Python (kr_sql_wait), never in a mutex of SQLite, where they would hold the lock that the callback needs.
//
// SPDX-License-Identifier: MIT
#ifndef KR_DATA_SQLITE_PART_H
#define KR_DATA_SQLITE_PART_H

#include "krait.h"
#include "sqlite_api.h"
#include "vm/thread.h"

typedef struct KrSql KrSql;
typedef struct KrSqlHook KrSqlHook;
typedef struct KrSqlCall KrSqlCall;
typedef struct KrSqlStatement KrSqlStatement;
typedef struct KrSqlBlob KrSqlBlob;
typedef struct KrSqlCursor KrSqlCursor;
typedef struct KrSqlConnection KrSqlConnection;

struct KrSqlCall { // an operation of SQLite on its way; on the C stack
    KrSqlCall *outer;
    KrThreadRecord *outside; // the thread, if it has given the lock away
    KrValue raised;          // ended by this exception, or KR_UNSET
};

struct KrSqlHook { // a callable, or the instance of an aggregate, that SQLite refers to
    KrSqlHook *next, **link;
    KrSql *sql;
    KrValue value;
    uint8_t kind; // of an aggregate that failed: what it failed in
};

struct KrSql {
    KrVm *vm;
    SqlDb *db; // NULL: closed
    size_t refs;
    KrSqlConnection *connection; // NULL: it is gone, nothing calls Python any more
    KrSqlCall *call;             // the newest operation; NULL: idle
    const KrThreadRecord *owner; // who is inside
    KrWaiters waiters;
    KrSqlStatement *statements;
    KrSqlBlob *blobs;
    KrSqlHook *hooks;
    uintptr_t *dead;                          // statements and blobs (odd) whose objects went while an operation was on its way
    size_t dead_count, dead_room, live_count; // there is room for as many as there are objects
    size_t charged;                           // memory of SQLite that the VM knows of
    int64_t timeout_ns, busy_since;
    uint32_t ticks, looks, resets;          // resets: cursors that were found to be garbage
    uint32_t progress_ticks, progress_left; // the program's progress handler is called every so many ticks
    KrSqlHook *progress, *authorizer, *tracer;
    uint32_t pins;              // copies that are under way
    bool silent;                // the collector is at work: callbacks do not call Python
    bool due;                   // statements are to be reset once it is idle
    bool closing;               // to be closed once it is idle
    bool is_target;             // of a copy that is under way
    bool busy_collected, grown; // grown: it uses much more memory than the VM knows
};

enum { KR_SQL_IDLE, KR_SQL_USED };

struct KrSqlStatement {
    KrObject head;
    KrSql *sql;
    SqlStmt *stmt;                 // NULL: finalized, or is_empty
    KrSqlStatement *next, **link;  // of the database's
    KrSqlCursor *user;             // whose rows it gives: not traced; cleared when either goes
    KrSqlStatement *newer, *older; // in the cache, by use
    KrValue text;                  // str
    KrValue bound;                 // tuple whose texts SQLite refers to, or KR_UNSET
    int parameters;
    size_t charged;
    bool is_dml, cached, reset_due;
    bool is_empty; // there is nothing in the text
};

struct KrSqlCursor {
    KrObject head;
    KrValue connection; // KR_UNSET: __init__ was not called
    KrValue description, row_factory, lastrowid;
    KrValue converters; // tuple by column, or KR_UNSET
    KrValue ahead;      // a row that was read before it was asked for, or KR_UNSET
    KrSqlStatement *statement;
    intptr_t array_size;
    int64_t row_count;
    bool closed, locked;
};

struct KrSqlBlob {
    KrObject head;
    KrSql *sql;
    SqlBlob *blob; // NULL: closed
    KrSqlBlob *next, **link;
    KrValue connection;
    int offset;
};

enum { KR_SQL_LEGACY = -1 }; // autocommit; others are 0 and 1

struct KrSqlConnection {
    KrObject head;
    KrSql *sql; // NULL: __init__ was not called
    KrValue row_factory, text_factory;
    KrValue cache; // dict: text -> statement
    KrSqlStatement *newest, *oldest;
    KrValue module_state;
    const char *isolation; // NULL: None
    const KrThreadRecord *thread;
    int autocommit, detect_types, cached_most;
    bool check_thread, opened;
};

// State of the module, one per VM.
typedef struct {
    KrObject head;
    KrValue adapters, converters; // dicts, as the module has them
    bool tracebacks, adapts_basic;
} KrSqlState;

extern const KrType kr_sql_connection_type, kr_sql_cursor_type, kr_sql_row_type, kr_sql_blob_type, kr_sql_statement_type,
    kr_sql_protocol_type;

// clang-format off
#define KR_SQL_ERRORS(X) \
    X(error, "Error", kr_exception) X(warning, "Warning", kr_exception) X(interface_error, "InterfaceError", kr_sql_error) \
    X(database_error, "DatabaseError", kr_sql_error) X(internal_error, "InternalError", kr_sql_database_error) \
    X(operational_error, "OperationalError", kr_sql_database_error) X(programming_error, "ProgrammingError", kr_sql_database_error) \
    X(integrity_error, "IntegrityError", kr_sql_database_error) X(data_error, "DataError", kr_sql_database_error) \
    X(not_supported_error, "NotSupportedError", kr_sql_database_error)
// clang-format on
#define X(symbol, name, base) extern const KrType kr_sql_##symbol;
KR_SQL_ERRORS(X)
#undef X

static inline KrSqlConnection *kr_sql_connection(KrValue v) { return (KrSqlConnection *)kr_ptr(v); }
static inline KrSqlCursor *kr_sql_cursor(KrValue v) { return (KrSqlCursor *)kr_ptr(v); }
static inline KrSqlState *kr_sql_state(const KrSqlConnection *c) { return (KrSqlState *)kr_ptr(c->module_state); }

// ---- sqlite_database.c -------------------------------------------------------------------------------------------------------------

KrSql *kr_sql_new(KrVm *vm, KrSqlConnection *connection); // NULL: raised. refs is 1
void kr_sql_release(KrSql *sql);                          // one reference less; with the last one it is closed
void kr_sql_close(KrSql *sql);                            // now, or when it is idle
bool kr_sql_wait(KrVm *vm, KrSql *sql) KR_RAISES;         // until no other thread is inside
// Runs a call of SQLite that may take long or call back, without the VM's lock. False: raised, by waiting for others or in a callback.
bool kr_sql_run(KrVm *vm, KrSql *sql, void (*run)(void *context), void *context) KR_RAISES;
int kr_sql_step(KrVm *vm, KrSql *sql, SqlStmt *stmt); // a result of SQLite; below zero: raised
bool kr_sql_execute(KrVm *vm, KrSql *sql, const char *text) KR_RAISES;
bool kr_sql_collect(KrVm *vm, KrSql *sql);           // looks for cursors that are garbage; were there any that still held something?
bool kr_sql_reserve(KrVm *vm, KrSql *sql) KR_RAISES; // for one object more that may be buried
void kr_sql_bury(KrSql *sql, const void *handle, bool blob); // ends a statement or a blob whose object goes, now or when it is idle
bool kr_sql_account(KrVm *vm, KrSql *sql) KR_RAISES;         // tells the VM how much memory it uses now
void kr_sql_watch(KrSql *sql); // sets the handlers by which limits, signals and the program's own handler come through
// In a callback: work(context) with the VM's lock.
void kr_sql_inside(KrSql *sql, void (*work)(void *context), void *context);

KrSqlHook *kr_sql_hook(KrVm *vm, KrSql *sql, KrValue value); // NULL: raised
void kr_sql_unhook(KrSqlHook *hook);                         // NULL is ignored

// ---- sqlite_error.c ----------------------------------------------------------------------------------------------------------------

KrValue kr_sql_raise(KrVm *vm, SqlDb *db);                          // what went wrong last
KrValue kr_sql_raise_result(KrVm *vm, SqlDb *db, int result);       // of a call that has returned this
KrValue kr_sql_raise_code(KrVm *vm, int code, const char *message); // message NULL: SQLite's own
// One number after the other: its name without SQLITE_, given that of the one before, NULL at first. NULL: there are no more.
const char *kr_sql_number(size_t *at, const char *name, int *value);
bool kr_sql_check(KrVm *vm, KrSql *sql, int code) KR_RAISES; // SQL_OK, or raises

// ---- sqlite_statement.c, sqlite_bind.c, sqlite_adapt.c ------------------------------------------------------------------------------

KrSqlStatement *kr_sql_prepare(KrVm *vm, KrSqlConnection *c, KrValue text); // NULL: raised
KrSqlStatement *kr_sql_cached(KrVm *vm, KrSqlConnection *c, KrValue text);  // from the cache, or made and put there
void kr_sql_forget(KrVm *vm, KrSqlConnection *c);                           // empties the cache
void kr_sql_statement_end(KrSqlStatement *s);                               // finalizes it
bool kr_sql_bind(KrVm *vm, KrSqlConnection *c, KrSqlStatement *s, KrValue parameters) KR_RAISES;
KrValue kr_sql_adapt(KrVm *vm, KrSqlState *state, KrValue v, KrValue protocol, KrValue otherwise) KR_RAISES; // otherwise KR_UNSET: raises
const char *kr_sql_text(KrVm *vm, KrValue str, size_t *len);            // NULL: it cannot be encoded, raised
bool kr_sql_c_text(KrVm *vm, KrValue str, const char **text) KR_RAISES; // without null characters

// ---- sqlite_connection.c -----------------------------------------------------------------------------------------------------------

bool kr_sql_usable(KrVm *vm, const KrSqlConnection *c) KR_RAISES; // made, open, of this thread
bool kr_sql_same_thread(KrVm *vm, const KrSqlConnection *c) KR_RAISES;
KrValue kr_sql_bound(KrVm *vm, const KrMethod *row, const KrType *type, KrValue self, KrValue args, KrValue keywords) KR_RAISES;
bool kr_sql_int(KrVm *vm, KrValue v, int *out) KR_RAISES;
bool kr_sql_warn_positional(KrVm *vm, KrValue args, const char *what) KR_RAISES; // more than one for connect()
bool kr_sql_begin(KrVm *vm, KrSqlConnection *c) KR_RAISES;                       // a transaction of the kind that isolation_level names

// ---- sqlite_cursor.c, sqlite_fetch.c, sqlite_row.c ---------------------------------------------------------------------------------

bool kr_sql_cursor_usable(KrVm *vm, KrSqlCursor *c) KR_RAISES;
void kr_sql_cursor_reset(KrVm *vm, KrSqlCursor *c);         // lets go of its statement
KrValue kr_sql_next(KrVm *vm, KrValue cursor) KR_RAISES;    // a row, KR_DONE
bool kr_sql_read_ahead(KrVm *vm, KrSqlCursor *c) KR_RAISES; // the first row, so that a statement which has no more of them is at its end
bool kr_sql_describe(KrVm *vm, KrSqlCursor *c) KR_RAISES;
bool kr_sql_converters(KrVm *vm, KrSqlCursor *c) KR_RAISES;
KrValue kr_sql_row(KrVm *vm, KrValue description, KrValue tuple) KR_RAISES;
KrValue kr_sql_cursor_of(KrVm *vm, KrValue connection, KrValue factory) KR_RAISES; // factory KR_UNSET: the plain one
KrValue kr_sql_text_value(KrVm *vm, const char *text, size_t len);                 // a str; KR_UNSET: it is not UTF-8

#endif
