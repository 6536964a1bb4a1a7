// sqlite_value.c - values of SQLite as objects, and what functions return as values of SQLite.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/str.h"
#include "object/type.h"
#include "sqlite_hook.h"

KrValue kr_sql_text_value(KrVm *vm, const char *text, size_t len) {
    KrUtf8Scan scan;
    if (kr_is_ascii(text, len)) return kr_str_from_ascii(vm, text, len);
    return kr_utf8_scan(text, len, false, &scan) ? kr_str(vm, text, len) : KR_UNSET;
}

static KrValue item_text(KrVm *vm, SqlItem *item) {
    const char *text = (const char *)kr_sqlite.value_text(item);
    if (!text) return kr_raise_memory(vm);
    size_t len = (size_t)kr_sqlite.value_bytes(item);
    KrValue v = kr_sql_text_value(vm, text, len);
    return kr_is_unset(v) ? kr_decode(vm, (const uint8_t *)text, len, "utf-8", "strict") : v; // raises, and says what is wrong
}

// An argument of a function: text is always str.
KrValue kr_sql_item(KrVm *vm, SqlItem *item) {
    switch (kr_sqlite.value_type(item)) {
    case SQL_INTEGER: return kr_int(vm, kr_sqlite.value_int64(item));
    case SQL_FLOAT: return kr_float(vm, kr_sqlite.value_double(item));
    case SQL_TEXT: return item_text(vm, item);
    case SQL_BLOB: {
        const void *data = kr_sqlite.value_blob(item);
        return kr_bytes(vm, data ? data : "", (size_t)kr_sqlite.value_bytes(item));
    }
    default: return KR_NONE;
    }
}

// ---- Results -----------------------------------------------------------------------------------------------------------------------

static bool too_big(KrVm *vm, const char *message) { return kr_fail(kr_raise(vm, &kr_overflow_error, "%s", message)); }

static bool result_text(KrVm *vm, SqlContext *context, KrValue v) {
    size_t len;
    const char *text = kr_sql_text(vm, v, &len);
    if (!text) return false;
    if (len > INT_MAX) return too_big(vm, "string is longer than INT_MAX bytes");
    return kr_sqlite.result_text(context, text, (int)len, SQL_TRANSIENT), true;
}

static bool result_buffer(KrVm *vm, SqlContext *context, KrValue v) {
    KrBuffer b;
    if (!kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) return false;
    bool fits = b.len <= INT_MAX;
    if (fits) kr_sqlite.result_blob(context, b.len ? b.data : "", (int)b.len, SQL_TRANSIENT);
    kr_release_buffer(vm, &b);
    return fits || too_big(vm, "BLOB longer than INT_MAX bytes");
}

bool kr_sql_result(KrVm *vm, SqlContext *context, KrValue v) {
    int64_t i;
    if (kr_is_none(v)) return kr_sqlite.result_null(context), true;
    if (kr_is_float(v)) return kr_sqlite.result_double(context, kr_float_value(v)), true;
    if (kr_is_str(v)) return result_text(vm, context, v);
    if (kr_is_integer(v)) {
        if (!kr_int_fits(v, &i)) return too_big(vm, "Python int too large to convert to SQLite INTEGER");
        return kr_sqlite.result_int64(context, i), true;
    }
    if (KR_MORE_OWNER(kr_type_of(v), buffer)) return result_buffer(vm, context, v);
    return kr_fail(kr_raise(vm, &kr_sql_programming_error, "User-defined functions cannot return '%T' values to SQLite", v));
}
