// csv_writer.c - records to CSV text.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "csv_part.h"

typedef struct {
    KrObject head;
    KrValue write; // the file's method
    KrDialect *dialect;
} Writer;

typedef struct { // a record that is being written
    KrVm *vm;
    const KrDialect *d;
    KrCsvText text;
    size_t fields;
} Record;

static Writer *writer_of(KrValue v) { return (Writer *)kr_ptr(v); }

static void writer_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Writer *)o)->write);
    kr_trace_object(tracer, ((Writer *)o)->dialect);
}

static bool fail(Record *r, const char *why) { return kr_fail(kr_raise(r->vm, &kr_csv_error, "%s", why)); }

static bool ends_record(const KrDialect *d, uint32_t c) {
    size_t len;
    const char *end = kr_str_text(d->terminator, &len);
    for (size_t at = 0; at < len;)
        if (kr_utf8_next(end, &at) == c) return true;
    return c == '\n' || c == '\r';
}

// What becomes of a character: it may need an escape character before it, or make quotes necessary.
static bool look_at(Record *r, uint32_t c, bool *quoted, uint32_t *before) {
    const KrDialect *d = r->d;
    *before = KR_CSV_NONE;
    if (c != d->delimiter && c != d->escape && c != d->quote && !ends_record(d, c)) return true;
    bool escape = d->quoting == KR_QUOTE_NONE;
    if (!escape && c == d->quote && d->double_quote) *before = d->quote;
    else if (!escape && (c == d->quote || c == d->escape)) escape = true;
    if (!escape) return *quoted = true;
    if (d->escape == KR_CSV_NONE) return fail(r, "need to escape, but no escapechar set");
    return *before = d->escape, true;
}

// The text of a field behind what is there, without quotes: whether it needs them is in *quoted.
static bool add_text(Record *r, const char *text, size_t len, bool *quoted) {
    uint32_t before;
    for (size_t at = 0, done = 0; at < len || done < len;) {
        size_t start = at;
        if (at == len) return kr_csv_add(r->vm, &r->text, text + done, len - done);
        uint32_t c = kr_utf8_next(text, &at);
        if (!look_at(r, c, quoted, &before)) return false;
        if (before != KR_CSV_NONE) {
            if (!kr_csv_add(r->vm, &r->text, text + done, start - done) || !kr_csv_add_char(r->vm, &r->text, before)) return false;
            done = start;
        }
        if (at % 4096 == 0 && !kr_poll(r->vm, 64)) return false;
    }
    return true;
}

static bool add_field(Record *r, KrValue v, bool quoted) {
    const KrDialect *d = r->d;
    bool null = kr_is_none(v);
    size_t len = 0;
    const char *text = null ? "" : kr_str_text(v, &len);
    if (r->fields++ && !kr_csv_add_char(r->vm, &r->text, d->delimiter)) return false;
    if (len == 0 && d->delimiter == ' ' && d->skip_space) {
        if (d->quoting == KR_QUOTE_NONE || (null && d->quoting >= KR_QUOTE_STRINGS))
            return fail(r, "empty field must be quoted if delimiter is a space and skipinitialspace is true");
        quoted = true;
    }
    KrCsvText whole = r->text;
    r->text = (KrCsvText){ 0 };
    bool ok = add_text(r, text, len, &quoted);
    KrCsvText field = r->text;
    r->text = whole;
    return ok && (!quoted || kr_csv_add_char(r->vm, &r->text, d->quote)) && kr_csv_add(r->vm, &r->text, field.data, field.len) &&
           (!quoted || kr_csv_add_char(r->vm, &r->text, d->quote));
}

static bool is_number(KrVm *vm, KrValue v) {
    static const char *const name[] = { "__float__", "__int__", "__index__", "__complex__" };
    if (kr_is_integer(v) || kr_is_float(v)) return true;
    for (size_t i = 0; i < KR_COUNT_OF(name); i++) {
        KrValue key = kr_name(vm, name[i]);
        if (kr_is_error(key)) return (void)kr_take_raised(vm), false;
        if (!kr_is_unset(kr_type_lookup(vm, kr_type_of(v), key))) return true;
    }
    return kr_has_flag(v, KR_TYPE_IS_COMPLEX);
}

static bool add_value(Record *r, KrValue v) {
    unsigned how = r->d->quoting;
    bool quoted = how == KR_QUOTE_ALL || (how == KR_QUOTE_STRINGS && kr_is_str(v)) || (how == KR_QUOTE_NOTNULL && !kr_is_none(v)) ||
                  (how == KR_QUOTE_NONNUMERIC && !is_number(r->vm, v));
    if (!kr_is_str(v) && !kr_is_none(v) && kr_is_error(v = kr_to_str(r->vm, v))) return false;
    return add_field(r, v, quoted);
}

static bool add_all(Record *r, KrValue row, bool *null) {
    KrVm *vm = r->vm;
    KrValue items = kr_iter(vm, row), v;
    if (kr_is_error(items)) {
        if (!kr_raised_is(vm, &kr_type_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_csv_error, "iterable expected, not %T", row));
    }
    for (*null = false; !kr_is_done(v = kr_next(vm, items));) {
        if (kr_is_error(v)) return false;
        *null = kr_is_none(v);
        if (!add_value(r, v) || !kr_poll(vm, 1)) return false;
    }
    return true;
}

static KrValue write_row(KrVm *vm, KrValue self, KrValue row) {
    Writer *w = writer_of(self);
    Record r = { .vm = vm, .d = w->dialect };
    bool null;
    size_t len;
    if (!add_all(&r, row, &null)) return KR_ERROR;
    if (r.fields && r.text.len == 0) { // one empty field: with nothing at all it would be a record without fields
        if (r.d->quoting == KR_QUOTE_NONE || (null && r.d->quoting >= KR_QUOTE_STRINGS))
            return kr_raise(vm, &kr_csv_error, "single empty field record must be quoted");
        r.fields = 0;
        if (!add_field(&r, KR_NONE, true)) return KR_ERROR;
    }
    const char *end = kr_str_text(r.d->terminator, &len);
    if (!kr_csv_add(vm, &r.text, end, len)) return KR_ERROR;
    KrValue text = kr_str(vm, r.text.len ? r.text.data : "", r.text.len);
    return kr_is_error(text) ? text : kr_call(vm, w->write, 1, &text);
}

static KrValue writer_writerow(KrVm *vm, KrValue self, const KrValue *arg) { return write_row(vm, self, arg[0]); }

static KrValue writer_writerows(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue rows = kr_iter(vm, arg[0]), row;
    if (kr_is_error(rows)) return rows;
    while (!kr_is_done(row = kr_next(vm, rows)))
        if (kr_is_error(row) || kr_is_error(write_row(vm, self, row))) return KR_ERROR;
    return KR_NONE;
}

KrValue kr_csv_writer(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    KrDialect *d = kr_csv_dialect(vm, arg[1], arg[2]);
    KrValue name = d ? kr_name(vm, "write") : KR_ERROR, write;
    if (kr_is_error(name) || !kr_find_attr(vm, arg[0], name, &write)) return KR_ERROR;
    if (kr_is_unset(write) || !kr_callable(write)) return kr_raise(vm, &kr_type_error, "argument 1 must have a \"write\" method");
    KrValue made = kr_alloc_instance(vm, &kr_csv_writer_type);
    if (kr_is_error(made)) return made;
    Writer *w = writer_of(made);
    *w = (Writer){ w->head, write, d };
    return made;
}

static KrValue get_dialect(KrVm *vm, KrValue self) { return (void)vm, kr_from_ptr(writer_of(self)->dialect); }

static const KrMethod methods[] = {
    { "writerow(row, /)", writer_writerow, KR_DOC("Write a record, an iterable of fields; returns what the file's write() did."), 0 },
    { "writerows(rows, /)", writer_writerows, KR_DOC("Write records, an iterable of them."), 0 },
    { 0 },
};
static bool set_nothing(KrVm *vm, KrValue self, KrValue value) {
    (void)self, (void)value;
    return kr_fail(kr_raise(vm, &kr_attribute_error, "readonly attribute"));
}
static const KrGetSet attributes[] = { { "dialect", get_dialect, set_nothing, NULL }, { 0 } };

const KrType kr_csv_writer_type = {
    KR_TYPE_HEAD(kr_csv_writer_type),
    .name = "_csv.writer",
    .doc = KR_DOC("CSV writer: writerow() and writerows()."),
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Writer),
    .trace = writer_trace,
    .methods = methods,
    .attributes = attributes,
};
