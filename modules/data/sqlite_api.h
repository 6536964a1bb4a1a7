// sqlite_api.h - what is used of SQLite's C interface (https://sqlite.org/c3ref/intro.html), declared here so that building needs no headers.
//
// One table has a row for each function: its result, its name without the prefix, its arguments. kr_sqlite holds their addresses: those of a
// shared library that is loaded with the first import, or, with KR_SQLITE_STATIC, of the library that is linked in.
// SPDX-License-Identifier: MIT
#ifndef KR_DATA_SQLITE_API_H
#define KR_DATA_SQLITE_API_H

#include <stddef.h>
#include <stdint.h>

#include "krait_config.h"

#ifndef KR_SQLITE_STATIC
#define KR_SQLITE_STATIC 0 // 1: libsqlite3.a is linked in
#endif

typedef struct sqlite3 SqlDb;
typedef struct sqlite3_stmt SqlStmt;
typedef struct sqlite3_value SqlItem;
typedef struct sqlite3_context SqlContext;
typedef struct sqlite3_blob SqlBlob;
typedef struct sqlite3_backup SqlBackup;
typedef int64_t SqlInt;
typedef void SqlFree(void *);
typedef void SqlStep(SqlContext *, int, SqlItem **);
typedef void SqlFinal(SqlContext *);
typedef int SqlCollate(void *, int, const void *, int, const void *);
typedef int SqlAuthorize(void *, int, const char *, const char *, const char *, const char *);

// clang-format off
#define KR_SQLITE_CALLS(X) \
    X(const char *, libversion, (void)) \
    X(int, libversion_number, (void)) \
    X(int, threadsafe, (void)) \
    X(int, complete, (const char *)) \
    X(void *, malloc64, (uint64_t)) \
    X(void, free, (void *)) \
    X(int, open_v2, (const char *, SqlDb **, int, const char *)) \
    X(int, close_v2, (SqlDb *)) \
    X(int, extended_result_codes, (SqlDb *, int)) \
    X(int, errcode, (SqlDb *)) \
    X(int, extended_errcode, (SqlDb *)) \
    X(const char *, errmsg, (SqlDb *)) \
    X(const char *, errstr, (int)) \
    X(int, get_autocommit, (SqlDb *)) \
    X(SqlInt, last_insert_rowid, (SqlDb *)) \
    X(int, changes, (SqlDb *)) \
    X(int, total_changes, (SqlDb *)) \
    X(void, interrupt, (SqlDb *)) \
    X(int, limit, (SqlDb *, int, int)) \
    X(int, db_config, (SqlDb *, int, ...)) \
    X(int, db_status, (SqlDb *, int, int *, int *, int)) \
    X(int, busy_handler, (SqlDb *, int (*)(void *, int), void *)) \
    X(void, progress_handler, (SqlDb *, int, int (*)(void *), void *)) \
    X(int, set_authorizer, (SqlDb *, SqlAuthorize *, void *)) \
    X(int, trace_v2, (SqlDb *, unsigned, int (*)(unsigned, void *, void *, void *), void *)) \
    X(int, create_function_v2, (SqlDb *, const char *, int, int, void *, SqlStep *, SqlStep *, SqlFinal *, SqlFree *)) \
    X(int, create_window_function, (SqlDb *, const char *, int, int, void *, SqlStep *, SqlFinal *, SqlFinal *, SqlStep *, SqlFree *)) \
    X(int, create_collation_v2, (SqlDb *, const char *, int, void *, SqlCollate *, SqlFree *)) \
    X(int, enable_load_extension, (SqlDb *, int)) \
    X(int, load_extension, (SqlDb *, const char *, const char *, char **)) \
    X(unsigned char *, serialize, (SqlDb *, const char *, SqlInt *, unsigned)) \
    X(int, deserialize, (SqlDb *, const char *, unsigned char *, SqlInt, SqlInt, unsigned)) \
    X(int, prepare_v2, (SqlDb *, const char *, int, SqlStmt **, const char **)) \
    X(int, step, (SqlStmt *)) \
    X(int, reset, (SqlStmt *)) \
    X(int, finalize, (SqlStmt *)) \
    X(int, stmt_readonly, (SqlStmt *)) \
    X(int, bind_parameter_count, (SqlStmt *)) \
    X(const char *, bind_parameter_name, (SqlStmt *, int)) \
    X(int, bind_null, (SqlStmt *, int)) \
    X(int, bind_int64, (SqlStmt *, int, SqlInt)) \
    X(int, bind_double, (SqlStmt *, int, double)) \
    X(int, bind_text, (SqlStmt *, int, const char *, int, SqlFree *)) \
    X(int, bind_blob, (SqlStmt *, int, const void *, int, SqlFree *)) \
    X(int, clear_bindings, (SqlStmt *)) \
    X(char *, expanded_sql, (SqlStmt *)) \
    X(const char *, sql, (SqlStmt *)) \
    X(int, column_count, (SqlStmt *)) \
    X(int, data_count, (SqlStmt *)) \
    X(const char *, column_name, (SqlStmt *, int)) \
    X(const char *, column_decltype, (SqlStmt *, int)) \
    X(SqlItem *, column_value, (SqlStmt *, int)) \
    X(int, value_type, (SqlItem *)) \
    X(SqlInt, value_int64, (SqlItem *)) \
    X(double, value_double, (SqlItem *)) \
    X(const unsigned char *, value_text, (SqlItem *)) \
    X(const void *, value_blob, (SqlItem *)) \
    X(int, value_bytes, (SqlItem *)) \
    X(void *, user_data, (SqlContext *)) \
    X(void *, aggregate_context, (SqlContext *, int)) \
    X(SqlDb *, context_db_handle, (SqlContext *)) \
    X(void, result_null, (SqlContext *)) \
    X(void, result_int64, (SqlContext *, SqlInt)) \
    X(void, result_double, (SqlContext *, double)) \
    X(void, result_text, (SqlContext *, const char *, int, SqlFree *)) \
    X(void, result_blob, (SqlContext *, const void *, int, SqlFree *)) \
    X(void, result_error, (SqlContext *, const char *, int)) \
    X(void, result_error_nomem, (SqlContext *)) \
    X(void, result_error_toobig, (SqlContext *)) \
    X(int, blob_open, (SqlDb *, const char *, const char *, const char *, SqlInt, int, SqlBlob **)) \
    X(int, blob_close, (SqlBlob *)) \
    X(int, blob_bytes, (SqlBlob *)) \
    X(int, blob_read, (SqlBlob *, void *, int, int)) \
    X(int, blob_write, (SqlBlob *, const void *, int, int)) \
    X(SqlBackup *, backup_init, (SqlDb *, const char *, SqlDb *, const char *)) \
    X(int, backup_step, (SqlBackup *, int)) \
    X(int, backup_finish, (SqlBackup *)) \
    X(int, backup_remaining, (SqlBackup *)) \
    X(int, backup_pagecount, (SqlBackup *)) \
    X(int, exec, (SqlDb *, const char *, void *, void *, char **))
// clang-format on

typedef struct {
#define X(result, name, arguments) result(*name) arguments;
    KR_SQLITE_CALLS(X)
#undef X
} KrSqliteCalls;

#if KR_SQLITE_STATIC
extern const KrSqliteCalls kr_sqlite;
#else
extern KrSqliteCalls kr_sqlite; // filled by kr_sqlite_open
#endif
bool kr_sqlite_open(const char **problem); // for all vms, once; false: *problem says what is missing

// Numbers that the code needs by name; what programs see is in sqlite_constant.h.
enum {
    SQL_OK = 0,
    SQL_ERROR = 1,
    SQL_INTERNAL = 2,
    SQL_BUSY = 5,
    SQL_LOCKED = 6,
    SQL_NOMEM = 7,
    SQL_INTERRUPT = 9,
    SQL_CORRUPT = 11,
    SQL_NOTFOUND = 12,
    SQL_FULL = 13,
    SQL_TOOBIG = 18,
    SQL_CONSTRAINT = 19,
    SQL_MISMATCH = 20,
    SQL_MISUSE = 21,
    SQL_RANGE = 25,
    SQL_ROW = 100,
    SQL_DONE = 101,
    SQL_INTEGER = 1,
    SQL_FLOAT = 2,
    SQL_TEXT = 3,
    SQL_BLOB = 4,
    SQL_NULL = 5,
    SQL_OPEN_READWRITE = 2,
    SQL_OPEN_CREATE = 4,
    SQL_OPEN_URI = 0x40,
    SQL_UTF8 = 1,
    SQL_DETERMINISTIC = 0x800,
    SQL_TRACE_STMT = 1,
    SQL_LIMIT_LENGTH = 0,
    SQL_LIMIT_SQL_LENGTH = 1,
    SQL_DESERIALIZE_FREEONCLOSE = 1,
    SQL_DESERIALIZE_RESIZEABLE = 2,
    SQL_SERIALIZE_NOCOPY = 1,
    SQL_DBSTATUS_CACHE_USED = 1,
    SQL_ATTACH = 24,
    SQL_DENY = 1,
};
#define SQL_STATIC    ((SqlFree *)0)  // the memory stays as it is while SQLite refers to it
#define SQL_TRANSIENT ((SqlFree *)-1) // SQLite makes a copy

#endif
