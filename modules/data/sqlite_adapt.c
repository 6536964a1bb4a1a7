// sqlite_adapt.c - values of other types as values of SQLite: adapters, __conform__ (PEP 246), and what statements are given.
// SPDX-License-Identifier: MIT
#include "object/str.h"
#include "object/type.h"
#include "sqlite_part.h"

// ---- Adapters ----------------------------------------------------------------------------------------------------------------------

static KrValue by_adapter(KrVm *vm, KrSqlState *state, KrValue v, KrValue protocol) {
    KrValue pair[2] = { kr_type_value(kr_type_of(v)), protocol }, adapter, key = kr_tuple(vm, 2, pair);
    if (kr_is_error(key) || !kr_dict_find(vm, state->adapters, key, &adapter)) return KR_ERROR;
    return kr_is_unset(adapter) ? adapter : kr_call(vm, adapter, 1, &v);
}

// protocol.__adapt__(v) or v.__conform__(protocol); KR_UNSET: there is no such method, or it has no answer.
static KrValue by_method(KrVm *vm, KrValue object, const char *name, KrValue argument) {
    KrValue method, v;
    if (!kr_find_attr(vm, object, kr_name(vm, name), &method)) return KR_ERROR;
    if (kr_is_unset(method)) return method;
    v = kr_call(vm, method, 1, &argument);
    if (!kr_is_error(v)) return kr_is_none(v) ? KR_UNSET : v;
    if (!kr_raised_is(vm, &kr_type_error)) return v;
    return (void)kr_take_raised(vm), KR_UNSET;
}

KrValue kr_sql_adapt(KrVm *vm, KrSqlState *state, KrValue v, KrValue protocol, KrValue otherwise) {
    KrValue out = by_adapter(vm, state, v, protocol);
    if (kr_is_unset(out)) out = by_method(vm, protocol, "__adapt__", v);
    if (kr_is_unset(out)) out = by_method(vm, v, "__conform__", protocol);
    if (!kr_is_unset(out)) return out;
    return kr_is_unset(otherwise) ? kr_raise(vm, &kr_sql_programming_error, "can't adapt") : otherwise;
}

// Of a type that SQLite has, and no subclass of it?
static bool is_basic(KrValue v) {
    static const uint32_t flags = KR_TYPE_IS_INT | KR_TYPE_IS_FLOAT | KR_TYPE_IS_STR | KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY;
    if (kr_is_int(v) || kr_is_none(v)) return true;
    const KrType *t = kr_type_of(v);
    return (t->flags & (flags | KR_TYPE_HEAP)) && !(t->flags & KR_TYPE_HEAP) && !kr_is_bool(v);
}

// ---- One value ---------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrSqlState *state;
    SqlStmt *stmt;
    int at;     // from 1
    bool holds; // the statement holds the values: SQLite need not copy texts
} Place;

static int bind_buffer(KrVm *vm, const Place *p, KrValue v) {
    KrBuffer b;
    if (!kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) return -1;
    int result = b.len > INT_MAX ? -2 : kr_sqlite.bind_blob(p->stmt, p->at, b.len ? b.data : "", (int)b.len, SQL_TRANSIENT);
    kr_release_buffer(vm, &b);
    if (result == -2) (void)kr_raise(vm, &kr_overflow_error, "BLOB longer than INT_MAX bytes");
    return result;
}

static int bind_text(KrVm *vm, const Place *p, KrValue v) {
    size_t len;
    const char *text = kr_sql_text(vm, v, &len);
    if (!text) return -1;
    if (len > INT_MAX) return (void)kr_raise(vm, &kr_overflow_error, "string longer than INT_MAX bytes"), -1;
    bool stays = p->holds && kr_is_exact(v, &kr_str_type) && !(kr_str_of(v)->flags & (KR_STR_OUTSIDE | KR_STR_SURROGATES));
    return kr_sqlite.bind_text(p->stmt, p->at, text, (int)len, stays ? SQL_STATIC : SQL_TRANSIENT);
}

static int bind_int(KrVm *vm, const Place *p, KrValue v) {
    int64_t i;
    if (kr_int_fits(v, &i)) return kr_sqlite.bind_int64(p->stmt, p->at, i);
    return (void)kr_raise(vm, &kr_overflow_error, "Python int too large to convert to SQLite INTEGER"), -1;
}

// A result of SQLite, or below zero: raised; -3: of no type that SQLite has.
static int bind_value(KrVm *vm, const Place *p, KrValue v) {
    if (kr_is_int(v)) return kr_sqlite.bind_int64(p->stmt, p->at, kr_int_value(v));
    if (kr_is_none(v)) return kr_sqlite.bind_null(p->stmt, p->at);
    if (kr_is_str(v)) return bind_text(vm, p, v);
    if (kr_is_float(v)) return kr_sqlite.bind_double(p->stmt, p->at, kr_float_value(v));
    if (kr_is_integer(v)) return bind_int(vm, p, v);
    return KR_MORE_OWNER(kr_type_of(v), buffer) ? bind_buffer(vm, p, v) : -3;
}

static bool bind_one(KrVm *vm, KrSqlConnection *c, const Place *place, KrValue v) {
    Place p = *place;
    if (KR_UNLIKELY(!is_basic(v) || p.state->adapts_basic)) {
        KrValue given = v;
        v = kr_sql_adapt(vm, p.state, v, kr_type_value(&kr_sql_protocol_type), v);
        if (kr_is_error(v)) return false;
        if (!kr_same(v, given)) p.holds = false;
        if (!kr_sql_usable(vm, c) || !kr_sql_wait(vm, c->sql)) return false;
    }
    int result = bind_value(vm, &p, v);
    if (KR_LIKELY(result == SQL_OK)) return true;
    if (result == -3)
        return kr_fail(kr_raise(vm, &kr_sql_programming_error, "Error binding parameter %d: type '%T' is not supported", p.at, v));
    return result < 0 ? false : kr_fail(kr_sql_raise(vm, c->sql->db));
}

// ---- All of them -------------------------------------------------------------------------------------------------------------------

static bool check_named(KrVm *vm, SqlStmt *stmt, int at) {
    const char *name = kr_sqlite.bind_parameter_name(stmt, at);
    return !name || *name == '?' ||
           kr_warn(vm, &kr_deprecation_warning,
                   "Binding %d ('%s') is a named parameter, but you supplied a sequence which requires nameless (qmark) placeholders. "
                   "Starting with Python 3.14 an sqlite3.ProgrammingError will be raised.",
                   at, name);
}

static bool is_plain_tuple(KrValue v) { return kr_is_tuple(v) && !kr_has_flag(v, KR_TYPE_HEAP); }

static KrValue item_at(KrVm *vm, KrValue sequence, int i) {
    if (is_plain_tuple(sequence)) return kr_tuple_items(sequence, NULL)[i];
    return kr_getitem(vm, sequence, kr_int_box(i));
}

static bool bind_sequence(KrVm *vm, KrSqlConnection *c, KrSqlStatement *s, KrValue given) {
    size_t count;
    Place p = { .state = kr_sql_state(c), .stmt = s->stmt, .holds = is_plain_tuple(given) };
    if (p.holds) (void)kr_tuple_items(given, &count);
    else if (!kr_len(vm, given, &count)) return false;
    if (count != (size_t)s->parameters)
        return kr_fail(kr_raise(vm, &kr_sql_programming_error,
                                "Incorrect number of bindings supplied. The current statement uses %d, and there are %u supplied.",
                                s->parameters, count));
    if (p.holds) kr_store(vm, s, &s->bound, given);
    for (p.at = 1; p.at <= s->parameters; p.at++) {
        if (!check_named(vm, s->stmt, p.at)) return false;
        KrValue v = item_at(vm, given, p.at - 1);
        if (kr_is_error(v) || !s->stmt) return kr_raised(vm) ? false : kr_sql_usable(vm, c);
        if (!bind_one(vm, c, &p, v)) return false;
    }
    return true;
}

static KrValue named_value(KrVm *vm, KrValue mapping, const char *name) {
    KrValue key = kr_str_c(vm, name + 1), v;
    if (kr_is_error(key)) return key;
    if (kr_is_dict(mapping) && !kr_has_flag(mapping, KR_TYPE_HEAP)) {
        if (!kr_dict_find(vm, mapping, key, &v)) return KR_ERROR;
    } else {
        v = kr_getitem(vm, mapping, key);
        if (kr_is_error(v) && kr_raised_is(vm, &kr_lookup_error)) (void)kr_take_raised(vm), v = KR_UNSET;
    }
    if (!kr_is_unset(v)) return v;
    return kr_raise(vm, &kr_sql_programming_error, "You did not supply a value for binding parameter :%s.", name + 1);
}

static bool bind_mapping(KrVm *vm, KrSqlConnection *c, KrSqlStatement *s, KrValue given) {
    Place p = { .state = kr_sql_state(c), .stmt = s->stmt };
    for (p.at = 1; p.at <= s->parameters; p.at++) {
        const char *name = kr_sqlite.bind_parameter_name(s->stmt, p.at);
        if (!name)
            return kr_fail(kr_raise(vm, &kr_sql_programming_error,
                                    "Binding %d has no name, but you supplied a dictionary (which has only names).", p.at));
        KrValue v = named_value(vm, given, name);
        if (kr_is_error(v) || !s->stmt) return kr_raised(vm) ? false : kr_sql_usable(vm, c);
        if (!bind_one(vm, c, &p, v)) return false;
    }
    return true;
}

// As CPython has it: what has items is a sequence, unless it is a dict or its likes.
bool kr_sql_bind(KrVm *vm, KrSqlConnection *c, KrSqlStatement *s, KrValue given) {
    if (kr_is_tuple(given) || kr_is_list(given)) return bind_sequence(vm, c, s, given);
    if (kr_is_dict(given) || (kr_has_flag(given, KR_TYPE_MAPPING) && !kr_has_flag(given, KR_TYPE_HEAP)))
        return bind_mapping(vm, c, s, given);
    if (!kr_is_unset(kr_type_lookup(vm, kr_type_of(given), kr_name(vm, "__getitem__")))) return bind_sequence(vm, c, s, given);
    return kr_fail(kr_raise(vm, &kr_sql_programming_error, "parameters are of unsupported type"));
}
