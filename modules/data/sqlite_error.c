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
    default: return (code & 255) < SQL_TOOBIG ? &kr_sql_operational_error : &kr_sql_database_error; // 1 to 17: the machine, the disk, others
    }
}

// clang-format off
static const struct { int16_t code; char name[32]; } results[] = {
#define X(name, code) { code, "SQLITE_" #name },
    KR_SQLITE_RESULTS(X)
#undef X
};
// clang-format on

static const char *name_of(int code) {
    for (size_t i = 0; i < KR_COUNT_OF(results); i++)
        if (results[i].code == code) return results[i].name;
    return "unknown";
}

KrValue kr_sql_raise_code(KrVm *vm, int code, const char *message) {
    if ((code & 255) == SQL_NOMEM) return kr_raise_memory(vm);
    kr_raise(vm, type_of(code), "%s", message ? message : kr_sqlite.errstr(code));
    KrValue exception = kr_take_raised(vm);
    if (!kr_isa(exception, &kr_sql_error)) return kr_raise_value(vm, exception); // MemoryError
    KrValue name = kr_str_c(vm, name_of(code));
    if (kr_is_error(name) || !kr_setattr_c(vm, exception, "sqlite_errorcode", kr_int_box(code)) ||
        !kr_setattr_c(vm, exception, "sqlite_errorname", name))
        return KR_ERROR;
    return kr_raise_value(vm, exception);
}

KrValue kr_sql_raise(KrVm *vm, SqlDb *db) { return kr_sql_raise_code(vm, kr_sqlite.extended_errcode(db), kr_sqlite.errmsg(db)); }

bool kr_sql_check(KrVm *vm, KrSql *sql, int code) { return code == SQL_OK || kr_fail(kr_sql_raise(vm, sql->db)); }
