// sqlite_module.c - the _sqlite3 module: SQLite as a database module by PEP 249. lib/sqlite3 has what is Python.
// SPDX-License-Identifier: MIT
#include "object/function.h"
#include "sqlite_part.h"

#include "../modules/modules.h"

#define FUNCTION(name) static KrValue module_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define STATE          ((KrSqlState *)kr_ptr(kr_module_state(self)))

static void state_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrSqlState *)o)->adapters);
    kr_trace(tracer, ((KrSqlState *)o)->converters);
}

static const KrType state_type = {
    KR_TYPE_HEAD(state_type),   .name = "state",      .module = "_sqlite3", .flags = KR_TYPE_NO_NEW,
    .size = sizeof(KrSqlState), .trace = state_trace,
};

const KrType kr_sql_protocol_type = {
    KR_TYPE_HEAD(kr_sql_protocol_type),
    .name = "sqlite3.PrepareProtocol",
    .module = "sqlite3",
    .doc = KR_DOC("What adapters adapt to: values that SQLite has."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrObject),
};

// ---- Functions ---------------------------------------------------------------------------------------------------------------------

FUNCTION(connect) { // factory(*args, **kwargs), where the factory is given as well
    KrValue factory;
    (void)self;
    if (!kr_sql_warn_positional(vm, arg[0], "sqlite3.connect") || !kr_dict_find(vm, arg[1], kr_name(vm, "factory"), &factory))
        return KR_ERROR;
    size_t count;
    const KrValue *given = kr_tuple_items(arg[0], &count);
    if (kr_is_unset(factory)) factory = count > 5 ? given[5] : kr_type_value(&kr_sql_connection_type);
    return kr_call_args(vm, factory, arg[0], arg[1]);
}

FUNCTION(adapt) {
    KrValue protocol = kr_is_unset(arg[1]) ? kr_type_value(&kr_sql_protocol_type) : arg[1];
    return kr_sql_adapt(vm, STATE, arg[0], protocol, arg[2]);
}

// Of types that statements take as they are? From then on they ask for adapters, too.
static bool is_basic(const KrType *t) {
    static const uint32_t flags = KR_TYPE_IS_INT | KR_TYPE_IS_FLOAT | KR_TYPE_IS_STR | KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY;
    return t == kr_type_of(KR_NONE) || (!(t->flags & KR_TYPE_HEAP) && t->flags & flags);
}

FUNCTION(register_adapter) {
    KrValue pair[2] = { arg[0], kr_type_value(&kr_sql_protocol_type) }, key = kr_tuple(vm, 2, pair);
    if (kr_is_error(key) || !kr_dict_set(vm, STATE->adapters, key, arg[1])) return KR_ERROR;
    if (kr_is_type(arg[0]) && is_basic(kr_as_type(arg[0]))) STATE->adapts_basic = true;
    return KR_NONE;
}

FUNCTION(register_converter) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "register_converter() argument 1 must be str, not %T", arg[0]);
    KrValue name = kr_call_method(vm, arg[0], "upper", 0, NULL);
    return kr_is_error(name) || !kr_dict_set(vm, STATE->converters, name, arg[1]) ? KR_ERROR : KR_NONE;
}

FUNCTION(complete_statement) {
    const char *text;
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "complete_statement() argument 'statement' must be str, not %T", arg[0]);
    return kr_sql_c_text(vm, arg[0], &text) ? kr_bool(kr_sqlite.complete(text)) : KR_ERROR;
}

FUNCTION(enable_callback_tracebacks) {
    int on;
    return kr_sql_int(vm, arg[0], &on) ? (STATE->tracebacks = on, KR_NONE) : KR_ERROR;
}

static const KrMethod functions[] = {
    { "connect(*args, **kwargs)", module_connect,
      KR_DOC("connect(database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=Connection, "
             "cached_statements=128, uri=False, *, autocommit=LEGACY_TRANSACTION_CONTROL): open a database. database: a path, ':memory:', "
             "or, with "
             "uri, file:path?name=value. timeout: how many seconds to wait for others that write. detect_types: which values converters "
             "are for "
             "(PARSE_DECLTYPES, PARSE_COLNAMES)."),
      0 },
    { "adapt(obj, proto=<unset>, alt=<unset>, /)", module_adapt,
      KR_DOC("What an adapter, proto.__adapt__ or obj.__conform__ makes of obj; else alt."), 0 },
    { "register_adapter(type, adapter, /)", module_register_adapter,
      KR_DOC("adapter(value) makes of values of the type such as SQLite has."), 0 },
    { "register_converter(typename, converter, /)", module_register_converter,
      KR_DOC("converter(bytes) makes the values of columns that are declared with this type."), 0 },
    { "complete_statement(statement)", module_complete_statement,
      KR_DOC("Does the text end with a semicolon that is not inside of anything?"), 0 },
    { "enable_callback_tracebacks(enable, /)", module_enable_callback_tracebacks,
      KR_DOC("Show exceptions in callbacks, by sys.unraisablehook."), 0 },
    { 0 },
};

// ---- The module --------------------------------------------------------------------------------------------------------------------

static bool add_numbers(KrVm *vm, KrValue module) {
    char name[40] = "SQLITE_";
    const char *known = NULL;
    size_t at = 0;
    int value = 0;
    while ((known = kr_sql_number(&at, known, &value))) {
        strcpy(name + 7, known);
        if (!kr_setattr_c(vm, module, name, kr_int_box(value))) return false;
    }
    return true;
}

static bool open_library(KrVm *vm) {
    const char *missing;
    if (kr_sqlite_open(&missing)) return true;
    return kr_fail(kr_raise(vm, &kr_import_error,
                            "sqlite3 needs the library SQLite, of which %s is missing (Debian: apt install libsqlite3-0)", missing));
}

static bool init(KrVm *vm, KrValue module) {
    static const int levels[] = { 0, 3, 1 }; // SQLite's threading modes as PEP 249 counts
    if (!open_library(vm)) return false;
    KrSqlState *state = kr_alloc(vm, &state_type.shape, sizeof *state);
    if (!state) return false;
    state->adapters = state->converters = KR_UNSET;
    KrValue version = kr_str_c(vm, kr_sqlite.libversion());
    kr_store(vm, state, &state->adapters, kr_dict(vm));
    kr_store(vm, state, &state->converters, kr_dict(vm));
    if (kr_is_error(state->adapters) || kr_is_error(state->converters) || kr_is_error(version)) return false;
    kr_module_set_state(vm, module, kr_from_ptr(state));
    int mode = kr_sqlite.threadsafe();
    if (kr_is_unset(vm->state)) vm->state = kr_dict(vm);
    if (kr_is_error(vm->state)) return vm->state = KR_UNSET, false;
    return kr_dict_set_c(vm, vm->state, "_sqlite3", kr_from_ptr(state)) && kr_setattr_c(vm, module, "adapters", state->adapters) &&
           kr_setattr_c(vm, module, "converters", state->converters) && kr_setattr_c(vm, module, "sqlite_version", version) &&
           kr_setattr_c(vm, module, "threadsafety", kr_int_box(mode >= 0 && mode < 3 ? levels[mode] : 0)) && add_numbers(vm, module);
}

static const KrConst constants[] = {
    { "Connection", KR_CONST_TYPE, { .p = &kr_sql_connection_type } },
    { "Cursor", KR_CONST_TYPE, { .p = &kr_sql_cursor_type } },
    { "Row", KR_CONST_TYPE, { .p = &kr_sql_row_type } },
    { "Blob", KR_CONST_TYPE, { .p = &kr_sql_blob_type } },
    { "PrepareProtocol", KR_CONST_TYPE, { .p = &kr_sql_protocol_type } },
#define X(symbol, text, base) { text, KR_CONST_TYPE, { .p = &kr_sql_##symbol } },
    KR_SQL_ERRORS(X)
#undef X
        { "PARSE_DECLTYPES", KR_CONST_INT, { .i = 1 } },
    { "PARSE_COLNAMES", KR_CONST_INT, { .i = 2 } },
    { "LEGACY_TRANSACTION_CONTROL", KR_CONST_INT, { .i = KR_SQL_LEGACY } },
    { 0 },
};

const KrModuleDef kr_sqlite_module = { "_sqlite3", KR_DOC("Databases of SQLite; see sqlite3."), functions, constants, init };
