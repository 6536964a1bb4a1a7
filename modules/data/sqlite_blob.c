// sqlite_blob.c - sqlite3.Blob: a BLOB in a row as something to read and write in place. Its length is fixed.
// SPDX-License-Identifier: MIT
#include "sqlite_hook.h"

#define SELF         ((KrSqlBlob *)kr_ptr(self))
#define METHOD(name) static KrValue blob_##name(KrVm *vm, KrValue self, const KrValue *arg)

static bool usable(KrVm *vm, const KrSqlBlob *b) {
    if (!kr_sql_usable(vm, kr_sql_connection(b->connection)) || !kr_sql_wait(vm, b->sql)) return false;
    return b->blob || kr_fail(kr_raise(vm, &kr_sql_programming_error, "Cannot operate on a closed blob."));
}

// ---- Opening and closing -----------------------------------------------------------------------------------------------------------

typedef struct {
    SqlDb *db;
    const char *name, *table, *column;
    SqlInt row;
    int writes, result;
    SqlBlob *blob;
} Open;

static void do_open(void *context) {
    Open *o = context;
    o->result = kr_sqlite.blob_open(o->db, o->name, o->table, o->column, o->row, o->writes, &o->blob);
}

static bool text_of(KrVm *vm, KrValue v, const char *which, const char **out) {
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "blobopen() argument %s must be str, not %T", which, v));
    return kr_sql_c_text(vm, v, out);
}

static KrValue open_blob(KrVm *vm, KrValue connection, Open *o) {
    KrSql *sql = kr_sql_connection(connection)->sql;
    KrValue made = kr_alloc_instance(vm, &kr_sql_blob_type);
    if (kr_is_error(made) || !kr_sql_run(vm, sql, do_open, o) || !kr_sql_reserve(vm, sql)) return kr_sqlite.blob_close(o->blob), KR_ERROR;
    if (o->result != SQL_OK) return kr_sql_raise(vm, o->db);
    KrSqlBlob *b = (KrSqlBlob *)kr_ptr(made);
    kr_store(vm, b, &b->connection, connection);
    b->sql = sql, b->blob = o->blob, b->next = sql->blobs, b->link = &sql->blobs;
    if (b->next) b->next->link = &b->next;
    sql->blobs = b;
    return sql->refs++, sql->live_count++, made;
}

KrValue kr_sql_blobopen(KrVm *vm, KrValue self, const KrValue *arg) { // table, column, row, readonly, name
    KrSqlConnection *c = kr_sql_connection(self);
    Open o = { 0 };
    bool read_only;
    if (!kr_sql_usable(vm, c) || !text_of(vm, arg[0], "1", &o.table) || !text_of(vm, arg[1], "2", &o.column)) return KR_ERROR;
    if (!kr_is_integer(arg[2])) return kr_raise(vm, &kr_type_error, "expected 'int'");
    if (!kr_int_fits(arg[2], &o.row)) return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to SQLite INTEGER");
    if (!kr_truth(vm, arg[3], &read_only) || !text_of(vm, arg[4], "'name'", &o.name) || !kr_sql_usable(vm, c) || !kr_sql_wait(vm, c->sql))
        return KR_ERROR;
    o.db = c->sql->db, o.writes = !read_only;
    return open_blob(vm, self, &o);
}

static void close_blob(KrSqlBlob *b) {
    SqlBlob *blob = b->blob;
    b->blob = NULL;
    if (blob) kr_sqlite.blob_close(blob);
}

static void finalize(KrVm *vm, KrObject *o) {
    KrSqlBlob *b = (KrSqlBlob *)o;
    KrSql *sql = b->sql;
    (void)vm;
    if (!sql) return;
    *b->link = b->next;
    if (b->next) b->next->link = b->link;
    kr_sql_bury(sql, b->blob, true);
    b->blob = NULL, b->sql = NULL;
    kr_sql_release(sql);
}

static void trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrSqlBlob *)o)->connection); }

METHOD(close) {
    KrSqlBlob *b = SELF;
    (void)arg;
    if (!kr_sql_usable(vm, kr_sql_connection(b->connection)) || !kr_sql_wait(vm, b->sql)) return KR_ERROR;
    return close_blob(b), KR_NONE;
}

METHOD(enter) { return (void)arg, usable(vm, SELF) ? self : KR_ERROR; }
METHOD(exit) {
    if (!usable(vm, SELF) || kr_is_error(blob_close(vm, self, arg))) return KR_ERROR;
    return KR_FALSE;
}

// ---- Reading and writing -----------------------------------------------------------------------------------------------------------

typedef struct {
    SqlBlob *blob;
    void *data;
    int len, at, result;
    bool writes;
} Move;

static void do_move(void *context) {
    Move *m = context;
    m->result = m->writes ? kr_sqlite.blob_write(m->blob, m->data, m->len, m->at) : kr_sqlite.blob_read(m->blob, m->data, m->len, m->at);
}

static bool move(KrVm *vm, const KrSqlBlob *b, void *data, int len, int at, bool writes) {
    Move m = { .blob = b->blob, .data = data, .len = len, .at = at, .writes = writes };
    if (!kr_sql_run(vm, b->sql, do_move, &m)) return false;
    if (m.result == SQL_OK) return true;
    return kr_fail(m.result == 4 ? kr_sql_raise_code(vm, m.result, NULL) : kr_sql_raise(vm, b->sql->db)); // 4: the row has changed
}

static KrValue read_at(KrVm *vm, const KrSqlBlob *b, int len, int at) {
    KrValue bytes = kr_bytes(vm, NULL, (size_t)len);
    return kr_is_error(bytes) || !move(vm, b, kr_bytes_data(bytes, NULL), len, at, false) ? KR_ERROR : bytes;
}

METHOD(read) {
    KrSqlBlob *b = SELF;
    int len;
    if (!kr_sql_int(vm, arg[0], &len) || !usable(vm, b)) return KR_ERROR;
    int left = kr_sqlite.blob_bytes(b->blob) - b->offset, from = b->offset;
    if (len < 0 || len > left) len = left;
    if (len <= 0 && left != 0 && len == 0) return kr_bytes(vm, "", 0);
    if (left < 0) len = kr_sqlite.blob_bytes(b->blob), from = 0; // it has expired: SQLite says so
    if (len == 0 && left == 0 && from) return kr_bytes(vm, "", 0);
    KrValue bytes = read_at(vm, b, len < 0 ? 0 : len, from);
    if (!kr_is_error(bytes)) b->offset += len;
    return bytes;
}

METHOD(write) {
    KrSqlBlob *b = SELF;
    KrBuffer buffer;
    if (!kr_get_buffer(vm, arg[0], &buffer, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = usable(vm, b);
    if (ok && (int64_t)buffer.len > (int64_t)kr_sqlite.blob_bytes(b->blob) - b->offset)
        ok = kr_fail(kr_raise(vm, &kr_value_error, "data longer than blob length"));
    ok = ok && move(vm, b, buffer.data, (int)buffer.len, b->offset, true);
    if (ok) b->offset += (int)buffer.len;
    kr_release_buffer(vm, &buffer);
    return ok ? KR_NONE : KR_ERROR;
}

METHOD(seek) {
    KrSqlBlob *b = SELF;
    int offset, origin;
    if (!kr_sql_int(vm, arg[0], &offset) || !kr_sql_int(vm, arg[1], &origin) || !usable(vm, b)) return KR_ERROR;
    int len = kr_sqlite.blob_bytes(b->blob);
    if (origin < 0 || origin > 2) return kr_raise(vm, &kr_value_error, "'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END");
    int64_t to = (int64_t)offset + (origin == 1 ? b->offset : origin == 2 ? len : 0);
    if (to > INT_MAX) return kr_raise(vm, &kr_overflow_error, "seek offset results in overflow");
    if (to < 0 || to > len) return kr_raise(vm, &kr_value_error, "offset out of blob range");
    return b->offset = (int)to, KR_NONE;
}

METHOD(tell) { return (void)arg, usable(vm, SELF) ? kr_int_box(SELF->offset) : KR_ERROR; }

// ---- Items -------------------------------------------------------------------------------------------------------------------------

static bool length(KrVm *vm, KrValue self, size_t *out) {
    return usable(vm, SELF) && (*out = (size_t)kr_sqlite.blob_bytes(SELF->blob), true);
}

static bool place_of(KrVm *vm, const KrSqlBlob *b, KrValue key, int *at) {
    intptr_t i;
    if (!kr_is_integer(key)) return kr_fail(kr_raise(vm, &kr_type_error, "Blob indices must be integers"));
    if (!kr_to_index(vm, key, &i)) return false;
    int len = kr_sqlite.blob_bytes(b->blob);
    if (i < 0) i += len;
    if (i < 0 || i >= len) return kr_fail(kr_raise(vm, &kr_index_error, "Blob index out of range"));
    return *at = (int)i, true;
}

typedef struct {
    intptr_t start, stop, step;
    size_t count;
    int low, high; // the part of the blob that has them
} Part;

static bool part_of(KrVm *vm, const KrSqlBlob *b, KrValue slice, Part *p) {
    if (!kr_slice_unpack(vm, slice, &p->start, &p->stop, &p->step)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_type_error, "slice indices must be integers or None or have an __index__ method"));
    }
    if (!usable(vm, b)) return false;
    p->count = kr_slice_adjust((size_t)kr_sqlite.blob_bytes(b->blob), &p->start, &p->stop, p->step);
    intptr_t last = p->count ? p->start + (intptr_t)(p->count - 1) * p->step : p->start;
    p->low = (int)(p->start < last ? p->start : last);
    p->high = p->count ? (int)(p->start < last ? last : p->start) + 1 : p->low;
    return true;
}

static KrValue getitem(KrVm *vm, KrValue self, KrValue key) {
    int at;
    uint8_t byte;
    Part p;
    if (!usable(vm, SELF)) return KR_ERROR;
    if (!kr_is_exact(key, &kr_slice_type))
        return place_of(vm, SELF, key, &at) && move(vm, SELF, &byte, 1, at, false) ? kr_int_box(byte) : KR_ERROR;
    if (!part_of(vm, SELF, key, &p)) return KR_ERROR;
    KrValue whole = p.count || !kr_sqlite.blob_bytes(SELF->blob) ? read_at(vm, SELF, p.high - p.low, p.low) : kr_bytes(vm, "", 0);
    if (kr_is_error(whole) || p.step == 1) return whole;
    KrValue out = kr_bytes(vm, NULL, p.count);
    if (kr_is_error(out)) return out;
    const uint8_t *from = kr_bytes_data(whole, NULL);
    uint8_t *to = kr_bytes_data(out, NULL);
    for (size_t i = 0; i < p.count; i++) to[i] = from[p.start + (intptr_t)i * p.step - p.low];
    return out;
}

static bool set_part(KrVm *vm, const KrSqlBlob *b, const Part *p, const KrBuffer *buffer) {
    if (buffer->len != p->count) return kr_fail(kr_raise(vm, &kr_index_error, "Blob slice assignment is wrong size"));
    if (!p->count) return true;
    if (p->step == 1) return move(vm, b, buffer->data, (int)p->count, p->low, true);
    KrValue whole = read_at(vm, b, p->high - p->low, p->low);
    if (kr_is_error(whole)) return false;
    uint8_t *to = kr_bytes_data(whole, NULL);
    for (size_t i = 0; i < p->count; i++) to[p->start + (intptr_t)i * p->step - p->low] = ((const uint8_t *)buffer->data)[i];
    return usable(vm, b) && move(vm, b, to, p->high - p->low, p->low, true);
}

static bool byte_of(KrVm *vm, KrValue v, uint8_t *byte) {
    int64_t n;
    if (!kr_is_integer(v)) return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object cannot be interpreted as an integer", v));
    if (!kr_int_fits(v, &n) || n < 0 || n > 255) return kr_fail(kr_raise(vm, &kr_value_error, "byte must be in range(0, 256)"));
    return *byte = (uint8_t)n, true;
}

static bool setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    bool is_slice = kr_is_exact(key, &kr_slice_type);
    uint8_t byte;
    int at;
    Part p;
    KrBuffer buffer;
    if (!usable(vm, SELF)) return false;
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "Blob doesn't support %s deletion", is_slice ? "slice" : "item"));
    if (!is_slice) return place_of(vm, SELF, key, &at) && byte_of(vm, value, &byte) && move(vm, SELF, &byte, 1, at, true);
    if (!kr_get_buffer(vm, value, &buffer, KR_BUFFER_READ)) return false;
    bool ok = part_of(vm, SELF, key, &p) && set_part(vm, SELF, &p, &buffer);
    kr_release_buffer(vm, &buffer);
    return ok;
}

static const KrMethod methods[] = {
    { "close()", blob_close, KR_DOC("Close the blob."), 0 },
    { "read(length=-1, /)", blob_read, KR_DOC("Up to length bytes from the position on; below zero: all that are left."), 0 },
    { "write(data, /)", blob_write, KR_DOC("Write bytes at the position; the blob cannot become longer."), 0 },
    { "seek(offset, origin=0, /)", blob_seek, KR_DOC("Set the position: from the start (0), from where it is (1), from the end (2)."), 0 },
    { "tell()", blob_tell, KR_DOC("The position."), 0 },
    { "__enter__()", blob_enter, KR_DOC("Return the blob."), 0 },
    { "__exit__(type, val, tb, /)", blob_exit, KR_DOC("Close the blob."), 0 },
    { 0 },
};

const KrType kr_sql_blob_type = {
    KR_TYPE_HEAD(kr_sql_blob_type),
    .name = "sqlite3.Blob",
    .module = "sqlite3",
    .flags = KR_TYPE_NO_NEW | KR_TYPE_WEAKREF,
    .size = sizeof(KrSqlBlob),
    .methods = methods,
    .trace = trace,
    .finalize = finalize,
    .length = length,
    .getitem = getitem,
    .setitem = setitem,
};
