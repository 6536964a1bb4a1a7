// sqlite_fetch.c - rows of a result as objects: values, converters, factories, the description of the columns.
// SPDX-License-Identifier: MIT
#include "object/bytes.h"
#include "object/object.h"
#include "object/str.h"
#include "sqlite_hook.h"

enum { PARSE_DECLTYPES = 1, PARSE_COLNAMES = 2 };

// ---- Columns -----------------------------------------------------------------------------------------------------------------------

static KrValue column_name(KrVm *vm, const KrSqlCursor *c, int i) {
    const char *name = kr_sqlite.column_name(c->statement->stmt, i), *end;
    if (!name) return kr_raise_memory(vm);
    size_t len = strlen(name);
    if (kr_sql_connection(c->connection)->detect_types & PARSE_COLNAMES && (end = strchr(name, '['))) {
        len = (size_t)(end - name);
        if (len && name[len - 1] == ' ') len--;
    }
    return kr_decode(vm, (const uint8_t *)name, len, "utf-8", "strict");
}

bool kr_sql_describe(KrVm *vm, KrSqlCursor *c) {
    size_t count = (size_t)kr_sqlite.column_count(c->statement->stmt);
    KrValue all = kr_tuple(vm, count, NULL);
    for (size_t i = 0; i < count; i++) {
        KrValue column = kr_is_error(all) ? all : kr_tuple(vm, 7, NULL), name = kr_is_error(column) ? column : column_name(vm, c, (int)i);
        if (kr_is_error(name)) return false;
        kr_store(vm, kr_ptr(column), &kr_tuple_items(column, NULL)[0], name);
        kr_store(vm, kr_ptr(all), &kr_tuple_items(all, NULL)[i], column);
    }
    return !kr_is_error(all) && (kr_store(vm, c, &c->description, all), true);
}

// The converter that is registered under a name, whatever its case; None: there is none.
static bool converter_of(KrVm *vm, const KrSqlState *state, const char *name, size_t len, KrValue *out) {
    KrValue key = kr_str(vm, name, len);
    if (!kr_is_error(key)) key = kr_call_method(vm, key, "upper", 0, NULL);
    return !kr_is_error(key) && kr_dict_find(vm, state->converters, key, out);
}

static bool find_converter(KrVm *vm, const KrSqlCursor *c, int i, KrValue *out) {
    const KrSqlConnection *connection = kr_sql_connection(c->connection);
    const KrSqlState *state = kr_sql_state(connection);
    const char *name, *end;
    *out = KR_UNSET;
    if (connection->detect_types & PARSE_COLNAMES && (name = kr_sqlite.column_name(c->statement->stmt, i)) && (name = strchr(name, '[')) &&
        (end = strchr(name, ']')) && !converter_of(vm, state, name + 1, (size_t)(end - name - 1), out))
        return false;
    if (!kr_is_unset(*out) || !(connection->detect_types & PARSE_DECLTYPES)) return true;
    name = c->statement->stmt ? kr_sqlite.column_decltype(c->statement->stmt, i) : NULL;
    return !name || converter_of(vm, state, name, strcspn(name, " ("), out);
}

bool kr_sql_converters(KrVm *vm, KrSqlCursor *c) {
    kr_store(vm, c, &c->converters, KR_UNSET);
    if (!kr_sql_connection(c->connection)->detect_types) return true;
    int count = kr_sqlite.column_count(c->statement->stmt);
    KrValue all = kr_tuple(vm, (size_t)count, NULL), found;
    if (kr_is_error(all)) return false;
    for (int i = 0; i < count; i++) {
        if (!c->statement || !c->statement->stmt) return true;
        if (!find_converter(vm, c, i, &found)) return false;
        if (!kr_is_unset(found)) kr_store(vm, kr_ptr(all), &kr_tuple_items(all, NULL)[i], found);
    }
    return kr_store(vm, c, &c->converters, all), true;
}

// ---- Values ------------------------------------------------------------------------------------------------------------------------

static KrValue not_utf8(KrVm *vm, SqlStmt *stmt, int i, const char *text) {
    const char *name = kr_sqlite.column_name(stmt, i);
    KrValue shown = kr_decode(vm, (const uint8_t *)text, strlen(text), "utf-8", "replace");
    if (kr_is_error(shown)) return shown;
    return kr_raise(vm, &kr_sql_operational_error, "Could not decode to UTF-8 column '%s' with text '%S'", name ? name : "", shown);
}

static KrValue text_of(KrVm *vm, const KrSqlCursor *c, SqlItem *item, int i) {
    KrValue factory = kr_sql_connection(c->connection)->text_factory;
    const char *text = (const char *)kr_sqlite.value_text(item);
    if (!text) return kr_raise_memory(vm);
    size_t len = (size_t)kr_sqlite.value_bytes(item);
    if (KR_LIKELY(kr_same(factory, kr_type_value(&kr_str_type)))) {
        KrValue v = kr_sql_text_value(vm, text, len);
        return kr_is_unset(v) ? not_utf8(vm, c->statement->stmt, i, text) : v;
    }
    KrValue bytes = kr_bytes(vm, text, len);
    return kr_is_error(bytes) || kr_same(factory, kr_type_value(&kr_bytes_type)) ? bytes : kr_call(vm, factory, 1, &bytes);
}

static KrValue converted(KrVm *vm, KrValue converter, SqlItem *item) {
    const void *data = kr_sqlite.value_blob(item);
    if (!data) return KR_NONE; // of no bytes as well
    KrValue bytes = kr_bytes(vm, data, (size_t)kr_sqlite.value_bytes(item));
    return kr_is_error(bytes) ? bytes : kr_call(vm, converter, 1, &bytes);
}

static KrValue value_at(KrVm *vm, const KrSqlCursor *c, SqlStmt *stmt, int i) {
    SqlItem *item = kr_sqlite.column_value(stmt, i);
    if (KR_UNLIKELY(!kr_is_unset(c->converters))) {
        size_t count;
        const KrValue *converter = kr_tuple_items(c->converters, &count);
        if ((size_t)i < count && !kr_is_none(converter[i])) return converted(vm, converter[i], item);
    }
    return kr_sqlite.value_type(item) == SQL_TEXT ? text_of(vm, c, item, i) : kr_sql_item(vm, item);
}

// Converters and factories are Python: they may close the connection, and let other threads in.
static KrValue read_row(KrVm *vm, KrSqlCursor *c) {
    KrSqlStatement *s = c->statement;
    int count = kr_sqlite.data_count(s->stmt);
    KrValue row = kr_tuple(vm, (size_t)count, NULL);
    if (kr_is_error(row)) return row;
    KrValue *to = kr_tuple_items(row, NULL);
    for (int i = 0; i < count; i++) {
        if (KR_UNLIKELY(!s->stmt)) return kr_sql_usable(vm, kr_sql_connection(c->connection)) ? KR_DONE : KR_ERROR;
        if (!kr_sql_wait(vm, s->sql)) return KR_ERROR;
        KrValue v = value_at(vm, c, s->stmt, i);
        if (kr_is_error(v)) return v;
        kr_store(vm, kr_ptr(row), &to[i], v);
    }
    return row;
}

// To the row after; the statement is let go after the last. False: raised.
static bool advance(KrVm *vm, KrSqlCursor *c) {
    KrSqlStatement *s = c->statement;
    KrSql *sql = s->sql;
    c->locked = true; // functions of the statement may use the cursor
    int result = kr_sql_step(vm, sql, s->stmt);
    c->locked = false;
    if (result == SQL_ROW || c->statement != s) return true;
    if (result == SQL_DONE) {
        if (s->is_dml) c->row_count = kr_sqlite.changes(sql->db);
    } else if (result > 0) {
        kr_sql_raise_result(vm, sql->db, result);
    }
    KrValue raised = kr_raised(vm) ? kr_take_raised(vm) : KR_UNSET;
    kr_sql_cursor_reset(vm, c);
    return kr_is_unset(raised) || kr_fail(kr_raise_value(vm, raised));
}

// The row at which the statement stands, before it goes to the one after.
static KrValue take_row(KrVm *vm, KrSqlCursor *c) {
    if (!c->statement || !c->statement->stmt) return KR_DONE;
    if (!kr_sql_wait(vm, c->statement->sql)) return KR_ERROR;
    c->locked = true;
    KrValue row = read_row(vm, c);
    c->locked = false;
    if (kr_is_error(row) || kr_is_done(row)) return row;
    if (KR_UNLIKELY(!c->statement || !c->statement->stmt)) return kr_sql_cursor_usable(vm, c) ? row : KR_ERROR;
    return advance(vm, c) ? row : KR_ERROR;
}

bool kr_sql_read_ahead(KrVm *vm, KrSqlCursor *c) {
    KrValue row = take_row(vm, c);
    if (kr_is_error(row)) return false;
    kr_store(vm, c, &c->ahead, kr_is_done(row) ? KR_UNSET : row);
    return true;
}

KrValue kr_sql_next(KrVm *vm, KrValue cursor) {
    KrSqlCursor *c = kr_sql_cursor(cursor);
    if (!kr_sql_cursor_usable(vm, c)) return KR_ERROR;
    KrValue row = c->ahead;
    if (kr_is_unset(row)) row = take_row(vm, c);
    else kr_store(vm, c, &c->ahead, KR_UNSET);
    if (kr_is_error(row) || kr_is_done(row) || kr_is_none(c->row_factory)) return row;
    if (kr_same(c->row_factory, kr_type_value(&kr_sql_row_type))) return kr_sql_row(vm, c->description, row);
    KrValue pair[2] = { cursor, row };
    return kr_call(vm, c->row_factory, 2, pair);
}
