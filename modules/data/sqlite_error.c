// sqlite_error.c - what goes wrong in SQLite as the exceptions of the DB-API (PEP 249).
// SPDX-License-Identifier: MIT
#include "sqlite_constant.h"
#include "sqlite_part.h"

#define X(symbol, text, parent) \
    const KrType kr_sql_##symbol = { KR_TYPE_HEAD(kr_sql_##symbol), .name = text, .module = "sqlite3", .base = &parent, KR_EXCEPTION_REST };
KR_SQL_ERRORS(X)
#undef X

static const KrType *type_of(int code) {
    switch (code & 255) {
    case SQL_INTERNAL:
    case SQL_NOTFOUND: return &kr_sql_internal_error;
    case SQL_TOOBIG: return &kr_sql_data_error;
    case SQL_CONSTRAINT:
    case SQL_MISMATCH: return &kr_sql_integrity_error;
    case SQL_MISUSE:
    case SQL_RANGE: return &kr_sql_interface_error;
    case SQL_CORRUPT: return &kr_sql_database_error;
    default:
        return (code & 255) < SQL_TOOBIG ? &kr_sql_operational_error : &kr_sql_database_error; // 1 to 17: the machine, the disk, others
    }
}

// All numbers by name, in order; results come first. Names follow one another, each with a NUL.
static const int16_t values[] = {
#define X(name, value) value,
    KR_SQLITE_RESULTS(X) KR_SQLITE_OTHERS(X)
#undef X
};
static const char names[] =
#define X(name, value) #name "\0"
    KR_SQLITE_RESULTS(X) KR_SQLITE_OTHERS(X)
#undef X
    ;

const char *kr_sql_number(size_t *at, const char *name, int *value) {
    if (*at >= KR_COUNT_OF(values)) return NULL;
    *value = values[(*at)++];
    return name ? name + strlen(name) + 1 : names;
}

static const char *name_of(int code) {
    const char *name = NULL;
    size_t at = 0;
    int value = 0;
    while ((name = kr_sql_number(&at, name, &value)) && strcmp(name, "CREATE_INDEX") != 0) // the first that is no result
        if (value == code) return name;
    return NULL;
}

KrValue kr_sql_raise_code(KrVm *vm, int code, const char *message) {
    if ((code & 255) == SQL_NOMEM) return kr_raise_memory(vm);
    kr_raise(vm, type_of(code), "%s", message ? message : kr_sqlite.errstr(code));
    KrValue exception = kr_take_raised(vm);
    if (!kr_isa(exception, &kr_sql_error)) return kr_raise_value(vm, exception); // MemoryError
    const char *known = name_of(code);
    KrValue name = kr_format(vm, "%s%s", known ? "SQLITE_" : "unknown", known ? known : "");
    if (kr_is_error(name) || !kr_setattr_c(vm, exception, "sqlite_errorcode", kr_int_box(code)) ||
        !kr_setattr_c(vm, exception, "sqlite_errorname", name))
        return KR_ERROR;
    return kr_raise_value(vm, exception);
}

KrValue kr_sql_raise(KrVm *vm, SqlDb *db) { return kr_sql_raise_code(vm, kr_sqlite.extended_errcode(db), kr_sqlite.errmsg(db)); }

// Resetting the statement of a cursor that is garbage makes SQLite forget what went wrong in another.
KrValue kr_sql_raise_result(KrVm *vm, SqlDb *db, int result) {
    return kr_sqlite.extended_errcode(db) == SQL_OK ? kr_sql_raise_code(vm, result, NULL) : kr_sql_raise(vm, db);
}

bool kr_sql_check(KrVm *vm, KrSql *sql, int code) { return code == SQL_OK || kr_fail(kr_sql_raise(vm, sql->db)); }
