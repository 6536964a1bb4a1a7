// csv_module.c - the module _csv: dialects, which are checked once when they are made, and the table of the module.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "csv_part.h"

const KrType kr_csv_error = { KR_TYPE_HEAD(kr_csv_error), .name = "Error", .module = "_csv", .base = &kr_exception, KR_EXCEPTION_REST };

bool kr_csv_add(KrVm *vm, KrCsvText *t, const char *text, size_t len) {
    if (t->room - t->len < len) {
        if (len > (size_t)PTRDIFF_MAX / 4 || t->len > (size_t)PTRDIFF_MAX / 4) return kr_fail(kr_raise_memory(vm));
        size_t room = t->room ? t->room * 2 : 256;
        while (room - t->len < len) room *= 2;
        char *data = kr_buffer_alloc(vm, room);
        if (!data) return false;
        if (t->len) memcpy(data, t->data, t->len);
        t->data = data;
        t->room = room;
    }
    if (len) memcpy(t->data + t->len, text, len);
    t->len += len;
    return true;
}

bool kr_csv_add_char(KrVm *vm, KrCsvText *t, uint32_t c) {
    char text[KR_UTF8_MAX];
    return kr_csv_add(vm, t, text, kr_utf8_encode(c, text));
}

// ---- Dialects --------------------------------------------------------------------------------------------------------------------

static void dialect_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrDialect *)o)->terminator); }
static KrDialect *dialect_of(KrValue v) { return (KrDialect *)kr_ptr(v); }

static bool read_char(KrVm *vm, KrValue v, const char *name, bool none, uint32_t *out) {
    size_t len, at = 0;
    if (kr_is_unset(v)) return true;
    if (none && kr_is_none(v)) return *out = KR_CSV_NONE, true;
    if (!kr_is_str(v))
        return kr_fail(none ? kr_raise(vm, &kr_type_error, "\"%s\" must be string or None, not %T", name, v)
                            : kr_raise(vm, &kr_type_error, "\"%s\" must be string, not %T", name, v));
    const char *text = kr_str_text(v, &len);
    if (kr_str_length(v) != 1) return kr_fail(kr_raise(vm, &kr_type_error, "\"%s\" must be a 1-character string", name));
    return *out = kr_utf8_next(text, &at), true;
}

static bool read_flag(KrVm *vm, KrValue v, bool *out) { return kr_is_unset(v) || kr_truth(vm, v, out); }

static bool read_quoting(KrVm *vm, KrValue v, KrDialect *d) {
    int64_t n;
    if (kr_is_unset(v)) return true;
    if (!kr_is_integer(v) || kr_is_bool(v)) return kr_fail(kr_raise(vm, &kr_type_error, "\"quoting\" must be an integer"));
    if (!kr_int_fits(v, &n) || n < 0 || n > KR_QUOTE_NOTNULL) return kr_fail(kr_raise(vm, &kr_type_error, "bad \"quoting\" value"));
    return d->quoting = (uint8_t)n, true;
}

static bool read_terminator(KrVm *vm, KrValue v, KrDialect *d) {
    if (kr_is_unset(v)) return true;
    if (kr_is_none(v)) return kr_fail(kr_raise(vm, &kr_type_error, "lineterminator must be set"));
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "\"lineterminator\" must be a string"));
    return d->terminator = v, true;
}

static bool check_char(KrVm *vm, const KrDialect *d, uint32_t c, const char *name, bool space) {
    size_t len;
    const char *end = kr_str_text(d->terminator, &len);
    if (c == KR_CSV_NONE) return true;
    if (c == '\n' || c == '\r' || (c == ' ' && !space && d->skip_space))
        return kr_fail(kr_raise(vm, &kr_value_error, "bad %s value", name));
    for (size_t at = 0; at < len;)
        if (kr_utf8_next(end, &at) == c) return kr_fail(kr_raise(vm, &kr_value_error, "bad %s or lineterminator value", name));
    return true;
}

static bool check_pair(KrVm *vm, uint32_t a, uint32_t b, const char *name_a, const char *name_b) {
    return a != b || a == KR_CSV_NONE || kr_fail(kr_raise(vm, &kr_value_error, "bad %s or %s value", name_a, name_b));
}

static bool check(KrVm *vm, KrDialect *d, KrValue quote, KrValue quoting) {
    if (!kr_is_unset(quote) && kr_is_none(quote) && kr_is_unset(quoting)) d->quoting = KR_QUOTE_NONE;
    if (d->quoting != KR_QUOTE_NONE && d->quote == KR_CSV_NONE)
        return kr_fail(kr_raise(vm, &kr_type_error, "quotechar must be set if quoting enabled"));
    return check_char(vm, d, d->delimiter, "delimiter", true) && check_char(vm, d, d->escape, "escapechar", false) &&
           check_char(vm, d, d->quote, "quotechar", false) && check_pair(vm, d->delimiter, d->escape, "delimiter", "escapechar") &&
           check_pair(vm, d->delimiter, d->quote, "delimiter", "quotechar") &&
           check_pair(vm, d->escape, d->quote, "escapechar", "quotechar");
}

static KrCsvState *state(KrVm *vm) {
    KrValue module = kr_import(vm, "_csv");
    return kr_is_error(module) ? NULL : (KrCsvState *)kr_ptr(kr_module_state(module));
}

static KrValue find_dialect(KrVm *vm, const KrCsvState *s, KrValue name) {
    KrValue found;
    if (!kr_dict_find(vm, s->dialects, name, &found)) return KR_ERROR;
    return kr_is_unset(found) ? kr_raise(vm, &kr_csv_error, "unknown dialect") : found;
}

enum { FROM, DELIMITER, DOUBLE_QUOTE, ESCAPE, TERMINATOR, QUOTE, QUOTING, SKIP_SPACE, STRICT, ARGUMENTS };

// What was not given is taken from the dialect that was.
static bool inherit(KrVm *vm, KrValue from, KrValue *arg) {
    static const char *const name[] = { NULL,        "delimiter", "doublequote",      "escapechar", "lineterminator",
                                        "quotechar", "quoting",   "skipinitialspace", "strict" };
    for (size_t i = DELIMITER; i < ARGUMENTS; i++) {
        if (!kr_is_unset(arg[i])) continue;
        KrValue key = kr_name(vm, name[i]);
        if (kr_is_error(key) || !kr_find_attr(vm, from, key, &arg[i])) return false;
    }
    return true;
}

static KrValue dialect_make(KrVm *vm, KrValue self, const KrValue *given) {
    KrValue arg[ARGUMENTS], from = given[FROM], end = kr_str_c(vm, "\r\n");
    bool plain = true;
    if (kr_is_error(end)) return end;
    for (size_t i = 0; i < ARGUMENTS; i++) arg[i] = given[i], plain = plain && (i == FROM || kr_is_unset(arg[i]));
    if (!kr_is_unset(from) && kr_is_str(from)) {
        const KrCsvState *s = state(vm);
        from = s ? find_dialect(vm, s, from) : KR_ERROR;
        if (kr_is_error(from)) return from;
    }
    if (kr_is_exact(from, &kr_csv_dialect_type) && plain && kr_as_type(self) == &kr_csv_dialect_type) return from;
    if (!kr_is_unset(from) && !kr_is_none(from) && !inherit(vm, from, arg)) return KR_ERROR;
    KrValue made = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(made)) return made;
    KrDialect *d = dialect_of(made);
    *d = (KrDialect){ .head = d->head, .delimiter = ',', .quote = '"', .escape = KR_CSV_NONE, .terminator = end, .double_quote = true };
    bool ok = read_char(vm, arg[DELIMITER], "delimiter", false, &d->delimiter) && read_flag(vm, arg[DOUBLE_QUOTE], &d->double_quote) &&
              read_char(vm, arg[ESCAPE], "escapechar", true, &d->escape) && read_terminator(vm, arg[TERMINATOR], d) &&
              read_char(vm, arg[QUOTE], "quotechar", true, &d->quote) && read_quoting(vm, arg[QUOTING], d) &&
              read_flag(vm, arg[SKIP_SPACE], &d->skip_space) && read_flag(vm, arg[STRICT], &d->strict);
    return ok && check(vm, d, arg[QUOTE], arg[QUOTING]) ? made : KR_ERROR;
}

KrDialect *kr_csv_dialect(KrVm *vm, KrValue dialect, KrValue options) {
    KrValue args = kr_tuple(vm, kr_is_unset(dialect) ? 0 : 1, &dialect);
    KrValue made = kr_is_error(args) ? args : kr_call_args(vm, kr_type_value(&kr_csv_dialect_type), args, options);
    return kr_is_error(made) ? NULL : dialect_of(made);
}

static KrValue get_char(KrVm *vm, uint32_t c) {
    char text[KR_UTF8_MAX];
    return c == KR_CSV_NONE ? KR_NONE : kr_str(vm, text, kr_utf8_encode(c, text));
}
#define FIELD(name, value) \
    static KrValue get_##name(KrVm *vm, KrValue self) { return (void)vm, value; }
FIELD(delimiter, get_char(vm, dialect_of(self)->delimiter))
FIELD(doublequote, kr_bool(dialect_of(self)->double_quote))
FIELD(escapechar, get_char(vm, dialect_of(self)->escape))
FIELD(lineterminator, dialect_of(self)->terminator)
FIELD(quotechar, get_char(vm, dialect_of(self)->quote))
FIELD(quoting, kr_int_box(dialect_of(self)->quoting))
FIELD(skipinitialspace, kr_bool(dialect_of(self)->skip_space))
FIELD(strict, kr_bool(dialect_of(self)->strict))

static const KrGetSet dialect_attributes[] = {
    { "delimiter", get_delimiter, NULL, NULL },
    { "doublequote", get_doublequote, NULL, NULL },
    { "escapechar", get_escapechar, NULL, NULL },
    { "lineterminator", get_lineterminator, NULL, NULL },
    { "quotechar", get_quotechar, NULL, NULL },
    { "quoting", get_quoting, NULL, NULL },
    { "strict", get_strict, NULL, NULL },
    { "skipinitialspace", get_skipinitialspace, NULL, NULL },
    { 0 },
};

static KrValue dialect_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue name = kr_getattr_c(vm, kr_type_value(kr_type_of(self)), "__name__");
    return kr_is_error(name) ? name : kr_raise(vm, &kr_type_error, "cannot pickle '%S' instances", name);
}
static const KrMethod dialect_methods[] = {
    { "__reduce__()", dialect_reduce, "", 0 },
    { "__reduce_ex__(protocol, /)", dialect_reduce, "", 0 },
    { 0 },
};
static const KrMethod dialect_row = {
    "Dialect(dialect=<unset>, delimiter=<unset>, doublequote=<unset>, escapechar=<unset>, lineterminator=<unset>, "
    "quotechar=<unset>, quoting=<unset>, skipinitialspace=<unset>, strict=<unset>)",
    dialect_make, "", 0
};

const KrType kr_csv_dialect_type = {
    KR_TYPE_HEAD(kr_csv_dialect_type),
    .name = "_csv.Dialect",
    .doc = KR_DOC("How a CSV file is written: what stands between and around fields, and at the end of records."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(KrDialect),
    .make = &dialect_row,
    .trace = dialect_trace,
    .methods = dialect_methods,
    .attributes = dialect_attributes,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------

static void state_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrCsvState *)o)->dialects); }
static const KrType state_type = { KR_TYPE_HEAD(state_type), .name = "csv_state", .flags = KR_TYPE_NO_NEW, .size = sizeof(KrCsvState),
                                   .trace = state_trace };

static bool csv_init(KrVm *vm, KrValue module) {
    KrValue dict = kr_dict(vm);
    KrCsvState *s = kr_is_error(dict) ? NULL : kr_alloc(vm, &state_type.shape, sizeof *s);
    if (!s) return false;
    s->dialects = dict;
    s->limit = 131072;
    kr_module_set_state(vm, module, kr_from_ptr(s));
    return kr_setattr_c(vm, module, "_dialects", dict);
}

static KrCsvState *state_of(KrValue module) { return (KrCsvState *)kr_ptr(kr_module_state(module)); }

static KrValue csv_register(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "dialect name must be a string");
    KrDialect *d = kr_csv_dialect(vm, arg[1], arg[2]);
    return d && kr_dict_set(vm, state_of(self)->dialects, arg[0], kr_from_ptr(d)) ? KR_NONE : KR_ERROR;
}

static KrValue csv_unregister(KrVm *vm, KrValue self, const KrValue *arg) {
    bool found;
    if (!kr_dict_delete(vm, state_of(self)->dialects, arg[0], &found)) return KR_ERROR;
    return found ? KR_NONE : kr_raise(vm, &kr_csv_error, "unknown dialect");
}

static KrValue csv_get(KrVm *vm, KrValue self, const KrValue *arg) { return find_dialect(vm, state_of(self), arg[0]); }
static KrValue csv_list(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_list_from(vm, state_of(self)->dialects); }

static KrValue csv_limit(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t before = state_of(self)->limit, limit = before;
    if (!kr_is_unset(arg[0])) {
        if (!kr_is_integer(arg[0])) return kr_raise(vm, &kr_type_error, "limit must be an integer");
        if (!kr_int_fits(arg[0], &limit)) return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C long");
    }
    state_of(self)->limit = limit;
    return kr_int(vm, before);
}

static const KrMethod functions[] = {
    { "reader(iterable, dialect=<unset>, /, **options)", kr_csv_reader,
      KR_DOC("An iterator over the records of CSV text, as lists of str.\n\niterable: gives lines. dialect: a name or an object; options: "
             "what differs from it."),
      0 },
    { "writer(fileobj, dialect=<unset>, /, **options)", kr_csv_writer,
      KR_DOC("An object that writes records to a file: writerow(), writerows().\n\ndialect: a name or an object; options: what differs "
             "from it."),
      0 },
    { "list_dialects()", csv_list, KR_DOC("Return a list of all known dialect names."), 0 },
    { "register_dialect(name, dialect=<unset>, /, **options)", csv_register, KR_DOC("Give a dialect a name, by which others find it."), 0 },
    { "unregister_dialect(name)", csv_unregister, KR_DOC("Delete the name of a dialect."), 0 },
    { "get_dialect(name)", csv_get, KR_DOC("Return the dialect with that name."), 0 },
    { "field_size_limit(new_limit=<unset>)", csv_limit, KR_DOC("Sets an upper limit on parsed fields, in characters; returns the old one."),
      0 },
    { 0 },
};

static const KrConst constants[] = {
    { "Dialect", KR_CONST_TYPE, { .p = &kr_csv_dialect_type } },
    { "Error", KR_CONST_TYPE, { .p = &kr_csv_error } },
    { "Reader", KR_CONST_TYPE, { .p = &kr_csv_reader_type } },
    { "Writer", KR_CONST_TYPE, { .p = &kr_csv_writer_type } },
    { "QUOTE_MINIMAL", KR_CONST_INT, { .i = KR_QUOTE_MINIMAL } },
    { "QUOTE_ALL", KR_CONST_INT, { .i = KR_QUOTE_ALL } },
    { "QUOTE_NONNUMERIC", KR_CONST_INT, { .i = KR_QUOTE_NONNUMERIC } },
    { "QUOTE_NONE", KR_CONST_INT, { .i = KR_QUOTE_NONE } },
    { "QUOTE_STRINGS", KR_CONST_INT, { .i = KR_QUOTE_STRINGS } },
    { "QUOTE_NOTNULL", KR_CONST_INT, { .i = KR_QUOTE_NOTNULL } },
    { 0 },
};

const KrModuleDef kr_csv_module = { "_csv", KR_DOC("CSV parsing and writing: the inner loops of module csv."), functions, constants,
                                    csv_init };
