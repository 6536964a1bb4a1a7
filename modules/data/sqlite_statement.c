// sqlite_statement.c - prepared statements, and the cache of a connection: those used last are at its front.
// SPDX-License-Identifier: MIT
#include "object/str.h"
#include "sqlite_part.h"

// ---- Text --------------------------------------------------------------------------------------------------------------------------

const char *kr_sql_text(KrVm *vm, KrValue str, size_t *len) {
    if (KR_UNLIKELY(kr_str_of(str)->flags & KR_STR_SURROGATES)) {
        KrValue bytes = kr_encode(vm, str, "utf-8", "strict"); // raises, and says where
        return kr_is_error(bytes) ? NULL : (const char *)kr_bytes_data(bytes, len);
    }
    return kr_str_text(str, len);
}

bool kr_sql_c_text(KrVm *vm, KrValue str, const char **text) {
    size_t len;
    if (!(*text = kr_sql_text(vm, str, &len))) return false;
    return strlen(*text) == len || kr_fail(kr_raise(vm, &kr_value_error, "embedded null character"));
}

// Behind white space and comments.
static const char *skip_space(const char *p) {
    for (;;) {
        while (*p == ' ' || (*p >= '\t' && *p <= '\r')) p++;
        if (p[0] == '-' && p[1] == '-') {
            while (*p && *p != '\n') p++;
        } else if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");
            if (!end) return p + strlen(p);
            p = end + 2;
        } else {
            return p;
        }
    }
}

// Does it change rows: INSERT, UPDATE, DELETE, REPLACE?
static bool is_change(const char *text) {
    static const char words[4][8] = { "insert", "update", "delete", "replace" };
    const char *p = skip_space(text);
    for (size_t i = 0; i < 4; i++) {
        size_t at = 0;
        while (words[i][at] && (p[at] | 0x20) == words[i][at]) at++;
        if (!words[i][at]) return true;
    }
    return false;
}

// ---- Making and ending -------------------------------------------------------------------------------------------------------------

typedef struct {
    SqlDb *db;
    const char *text, *tail;
    size_t len;
    SqlStmt *stmt;
    int result;
} Prepare;

static void do_prepare(void *context) {
    Prepare *p = context;
    p->result = kr_sqlite.prepare_v2(p->db, p->text, (int)p->len + 1, &p->stmt, &p->tail);
}

static KrSqlStatement *statement_of(KrVm *vm, KrSql *sql, KrValue text, const Prepare *p) {
    KrValue made = kr_sql_reserve(vm, sql) ? kr_alloc_instance(vm, &kr_sql_statement_type) : KR_ERROR;
    if (kr_is_error(made)) return kr_sqlite.finalize(p->stmt), NULL;
    KrSqlStatement *s = (KrSqlStatement *)kr_ptr(made);
    s->text = text, s->bound = KR_UNSET, s->stmt = p->stmt, s->sql = sql;
    s->is_dml = is_change(p->text), s->is_empty = !p->stmt;
    s->parameters = kr_sqlite.bind_parameter_count(p->stmt);
    s->next = sql->statements, s->link = &sql->statements;
    if (s->next) s->next->link = &s->next;
    sql->statements = s;
    sql->refs++, sql->live_count++;
    return s;
}

KrSqlStatement *kr_sql_prepare(KrVm *vm, KrSqlConnection *c, KrValue text) {
    KrSql *sql = c->sql;
    Prepare p = { .db = sql->db };
    if (!(p.text = kr_sql_text(vm, text, &p.len))) return NULL;
    if (p.len > (size_t)kr_sqlite.limit(p.db, SQL_LIMIT_SQL_LENGTH, -1))
        return (void)kr_raise(vm, &kr_sql_data_error, "query string is too large"), NULL;
    if (strlen(p.text) != p.len) return (void)kr_raise(vm, &kr_sql_programming_error, "the query contains a null character"), NULL;
    if (!kr_sql_run(vm, sql, do_prepare, &p)) return kr_sqlite.finalize(p.stmt), NULL;
    if (!sql->db)
        return kr_sqlite.finalize(p.stmt), (void)kr_raise(vm, &kr_sql_programming_error, "Cannot operate on a closed database."), NULL;
    if (p.result != SQL_OK) return (void)kr_sql_raise_result(vm, sql->db, p.result), NULL;
    if (*skip_space(p.tail)) {
        kr_sqlite.finalize(p.stmt);
        return (void)kr_raise(vm, &kr_sql_programming_error, "You can only execute one statement at a time."), NULL;
    }
    return statement_of(vm, sql, text, &p);
}

void kr_sql_statement_end(KrSqlStatement *s) {
    SqlStmt *stmt = s->stmt;
    s->stmt = NULL;
    if (stmt) kr_sqlite.finalize(stmt);
}

static void finalize(KrVm *vm, KrObject *o) {
    KrSqlStatement *s = (KrSqlStatement *)o;
    KrSql *sql = s->sql;
    (void)vm;
    if (s->user) s->user->statement = NULL;
    if (!sql) return;
    *s->link = s->next;
    if (s->next) s->next->link = s->link;
    kr_sql_bury(sql, s->stmt, false);
    s->stmt = NULL, s->sql = NULL;
    kr_sql_release(sql);
}

static void trace(KrTracer *tracer, KrObject *o) {
    const KrSqlStatement *s = (KrSqlStatement *)o;
    kr_trace(tracer, s->text);
    kr_trace(tracer, s->bound);
    kr_trace_object(tracer, s->newer);
    kr_trace_object(tracer, s->older);
}

const KrType kr_sql_statement_type = {
    KR_TYPE_HEAD(kr_sql_statement_type),
    .name = "sqlite3.Statement",
    .module = "sqlite3",
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(KrSqlStatement),
    .trace = trace,
    .finalize = finalize,
};

// ---- The cache ---------------------------------------------------------------------------------------------------------------------

static void take_out(KrVm *vm, KrSqlConnection *c, KrSqlStatement *s) {
    if (s->newer) KR_STORE_PTR(vm, s->newer, s->newer->older, s->older);
    else KR_STORE_PTR(vm, c, c->newest, s->older);
    if (s->older) KR_STORE_PTR(vm, s->older, s->older->newer, s->newer);
    else KR_STORE_PTR(vm, c, c->oldest, s->newer);
    KR_STORE_PTR(vm, s, s->newer, NULL);
    KR_STORE_PTR(vm, s, s->older, NULL);
}

static void put_first(KrVm *vm, KrSqlConnection *c, KrSqlStatement *s) {
    KR_STORE_PTR(vm, s, s->older, c->newest);
    if (c->newest) KR_STORE_PTR(vm, c->newest, c->newest->newer, s);
    else KR_STORE_PTR(vm, c, c->oldest, s);
    KR_STORE_PTR(vm, c, c->newest, s);
}

static bool keep(KrVm *vm, KrSqlConnection *c, KrSqlStatement *s) {
    bool found;
    if (c->cached_most <= 0) return true;
    if (kr_dict_len(c->cache) >= (size_t)c->cached_most) {
        KrSqlStatement *last = c->oldest;
        if (!kr_dict_delete(vm, c->cache, last->text, &found)) return false;
        take_out(vm, c, last);
        last->cached = false;
    }
    if (!kr_dict_set(vm, c->cache, s->text, kr_from_ptr(s))) return false;
    put_first(vm, c, s);
    return s->cached = true;
}

KrSqlStatement *kr_sql_cached(KrVm *vm, KrSqlConnection *c, KrValue text) {
    KrSqlStatement *s = c->newest;
    KrValue found;
    if (!s || !kr_same(s->text, text)) {
        if (!kr_is_exact(text, &kr_str_type) && kr_is_error(text = kr_str_exact(vm, text))) return NULL;
        if (!kr_dict_find(vm, c->cache, text, &found)) return NULL;
        s = kr_is_unset(found) ? NULL : (KrSqlStatement *)kr_ptr(found);
        if (s && s != c->newest) take_out(vm, c, s), put_first(vm, c, s);
    }
    if (s && !s->user) return s;
    KrSqlStatement *made = kr_sql_prepare(vm, c, text); // another cursor has it
    return !made || s || keep(vm, c, made) ? made : NULL;
}

void kr_sql_forget(KrVm *vm, KrSqlConnection *c) {
    KrValue cache = kr_dict(vm);
    if (kr_is_error(cache)) (void)kr_take_raised(vm); // the statements are ended all the same
    else kr_store(vm, c, &c->cache, cache);
    KR_STORE_PTR(vm, c, c->newest, NULL);
    KR_STORE_PTR(vm, c, c->oldest, NULL);
}
