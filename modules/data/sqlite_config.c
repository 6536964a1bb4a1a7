// sqlite_config.c - limits and switches of a connection, extensions, and whole databases as bytes.
// SPDX-License-Identifier: MIT
#include "object/str.h"
#include "sqlite_hook.h"
#include "vm/access.h"
#include "vm/audit.h"

#define SELF         kr_sql_connection(self)
#define METHOD(name) KrValue kr_sql_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- Numbers -----------------------------------------------------------------------------------------------------------------------

static KrValue limit(KrVm *vm, KrValue self, int category, int value) {
    if (!kr_sql_usable(vm, SELF) || !kr_sql_wait(vm, SELF->sql)) return KR_ERROR;
    int before = kr_sqlite.limit(SELF->sql->db, category, value);
    return before >= 0 ? kr_int_box(before) : kr_raise(vm, &kr_sql_programming_error, "'category' is out of bounds");
}

METHOD(getlimit) {
    int category;
    return kr_sql_int(vm, arg[0], &category) ? limit(vm, self, category, -1) : KR_ERROR;
}

METHOD(setlimit) {
    int category, value;
    return kr_sql_int(vm, arg[0], &category) && kr_sql_int(vm, arg[1], &value) ? limit(vm, self, category, value) : KR_ERROR;
}

enum { FIRST_SWITCH = 1002, LAST_SWITCH = 1017 };

// value: -1 asks. False: raised.
static bool config(KrVm *vm, KrValue self, KrValue op, int value, int *is) {
    int which;
    if (!kr_sql_usable(vm, SELF) || !kr_sql_int(vm, op, &which) || !kr_sql_wait(vm, SELF->sql)) return false;
    if (which < FIRST_SWITCH || which > LAST_SWITCH) return kr_fail(kr_raise(vm, &kr_value_error, "unknown config 'op': %d", which));
    return kr_sql_check(vm, SELF->sql, kr_sqlite.db_config(SELF->sql->db, which, value, is));
}

METHOD(getconfig) {
    int is;
    return config(vm, self, arg[0], -1, &is) ? kr_bool(is) : KR_ERROR;
}

METHOD(setconfig) {
    bool on;
    int is;
    if (!kr_truth(vm, arg[1], &on) || !config(vm, self, arg[0], on, &is)) return KR_ERROR;
    return is == on ? KR_NONE : kr_raise(vm, &kr_sql_operational_error, "Unable to set config");
}

// ---- Extensions --------------------------------------------------------------------------------------------------------------------

// An extension is machine code: it may do whatever the process may.
static bool may_extend(KrVm *vm) { return kr_access(vm, KR_ACCESS_ALL, KR_UNSET); }

METHOD(enable_load_extension) {
    bool on;
    if (!kr_sql_usable(vm, SELF) || !kr_truth(vm, arg[0], &on) || (on && !may_extend(vm))) return KR_ERROR;
    KrValue told[2] = { self, kr_bool(on) };
    if (!kr_audit(vm, "sqlite3.enable_load_extension", 2, told) || !kr_sql_usable(vm, SELF) || !kr_sql_wait(vm, SELF->sql)) return KR_ERROR;
    if (kr_sqlite.enable_load_extension(SELF->sql->db, on) == SQL_OK) return KR_NONE;
    return kr_raise(vm, &kr_sql_operational_error, "Error enabling load extension");
}

typedef struct {
    SqlDb *db;
    const char *name, *entry;
    char *problem;
    int result;
} Load;

static void do_load(void *context) {
    Load *l = context;
    l->result = kr_sqlite.load_extension(l->db, l->name, l->entry, &l->problem);
}

METHOD(load_extension) {
    Load l = { 0 };
    if (!kr_sql_usable(vm, SELF)) return KR_ERROR;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "load_extension() argument 1 must be str, not %T", arg[0]);
    if (!kr_is_none(arg[1]) && !kr_is_str(arg[1]))
        return kr_raise(vm, &kr_type_error, "load_extension() argument 'entrypoint' must be str or None, not %T", arg[1]);
    if (!kr_sql_c_text(vm, arg[0], &l.name) || (kr_is_str(arg[1]) && !kr_sql_c_text(vm, arg[1], &l.entry)) || !may_extend(vm))
        return KR_ERROR;
    KrValue told[2] = { self, arg[0] };
    if (!kr_audit(vm, "sqlite3.load_extension", 2, told) || !kr_sql_usable(vm, SELF)) return KR_ERROR;
    l.db = SELF->sql->db;
    if (!kr_sql_run(vm, SELF->sql, do_load, &l)) return KR_ERROR;
    if (l.result == SQL_OK) return KR_NONE;
    kr_raise(vm, &kr_sql_operational_error, "%s", l.problem ? l.problem : kr_sqlite.errstr(l.result));
    kr_sqlite.free(l.problem);
    return KR_ERROR;
}

// ---- Databases as bytes ------------------------------------------------------------------------------------------------------------

typedef struct {
    SqlDb *db;
    const char *name;
    unsigned char *data;
    SqlInt len;
    int result;
} Image;

static void do_serialize(void *context) {
    Image *i = context;
    i->data = kr_sqlite.serialize(i->db, i->name, &i->len, 0);
}

static void do_deserialize(void *context) { // takes the data, also where it fails
    Image *i = context;
    i->result = kr_sqlite.deserialize(i->db, i->name, i->data, i->len, i->len, SQL_DESERIALIZE_FREEONCLOSE | SQL_DESERIALIZE_RESIZEABLE);
}

static bool image_of(KrVm *vm, KrValue self, KrValue name, const char *function, Image *i) {
    if (!kr_sql_usable(vm, SELF)) return false;
    if (!kr_is_str(name)) return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument 'name' must be str, not %T", function, name));
    i->db = SELF->sql->db;
    return kr_sql_c_text(vm, name, &i->name);
}

METHOD(serialize) {
    Image i = { 0 };
    if (!image_of(vm, self, arg[0], "serialize", &i) || !kr_sql_run(vm, SELF->sql, do_serialize, &i)) return KR_ERROR;
    if (!i.data) return kr_raise(vm, &kr_sql_operational_error, "unable to serialize '%s'", i.name);
    KrValue bytes = kr_bytes(vm, i.data, (size_t)i.len);
    kr_sqlite.free(i.data);
    return bytes;
}

METHOD(deserialize) {
    Image i = { 0 };
    KrBuffer b;
    KrValue data = kr_is_str(arg[0]) ? kr_encode(vm, arg[0], "utf-8", "strict") : arg[0];
    if (kr_is_error(data) || !image_of(vm, self, arg[1], "deserialize", &i) || !kr_get_buffer(vm, data, &b, KR_BUFFER_READ))
        return KR_ERROR;
    i.len = (SqlInt)b.len;
    i.data = kr_sqlite.malloc64(b.len ? b.len : 1);
    if (i.data) memcpy(i.data, b.data, b.len);
    kr_release_buffer(vm, &b);
    if (!i.data) return kr_raise_memory(vm);
    bool free = kr_sql_usable(vm, SELF) && kr_sql_wait(vm, SELF->sql);
    if (free && (SELF->sql->pins || SELF->sql->call)) // SQLite would take the pages away from under it
        free = kr_fail(kr_raise(vm, &kr_sql_operational_error, "the database is in use"));
    if (!free) return kr_sqlite.free(i.data), KR_ERROR;
    if (!kr_sql_run(vm, SELF->sql, do_deserialize, &i)) return KR_ERROR;
    if (i.result == SQL_OK) return kr_sql_account(vm, SELF->sql) ? KR_NONE : KR_ERROR;
    return kr_sqlite.errcode(i.db) == SQL_OK ? kr_sql_raise_code(vm, i.result, NULL) : kr_sql_raise(vm, i.db);
}
