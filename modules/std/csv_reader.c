// csv_reader.c - CSV text to records. A record can go over several lines; what is known of it is on the C stack while lines are fetched.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "csv_part.h"
#include "object/float.h"

typedef struct {
    KrObject head;
    KrValue lines; // iterator
    KrDialect *dialect;
    KrCsvState *state; // of the module
    int64_t line;
} Reader;

typedef enum {
    START_RECORD,
    START_FIELD,
    ESCAPED,
    IN_FIELD,
    IN_QUOTED,
    ESCAPED_IN_QUOTED,
    QUOTE_IN_QUOTED,
    LINE_END,
    AFTER_ESCAPED_LINE
} State;

enum { END = -1 }; // of a line

typedef struct { // a record that is being read
    KrVm *vm;
    const KrDialect *d;
    int64_t limit;
    KrValue fields; // list
    KrCsvText text; // of the field
    int64_t chars;  // in it
    State state;
    bool quoted;
    bool special[256]; // bytes that may mean something inside a field
} Record;

static Reader *reader_of(KrValue v) { return (Reader *)kr_ptr(v); }

static void reader_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Reader *)o)->lines);
    kr_trace_object(tracer, ((Reader *)o)->dialect);
    kr_trace_object(tracer, ((Reader *)o)->state);
}

static void mark_special(Record *r, uint32_t c) {
    char text[KR_UTF8_MAX];
    if (c != KR_CSV_NONE && kr_utf8_encode(c, text)) r->special[(uint8_t)text[0]] = true;
}

// ---- Fields ----------------------------------------------------------------------------------------------------------------------

static bool end_field(Record *r) {
    KrVm *vm = r->vm;
    bool empty = r->text.len == 0, open = !r->quoted;
    KrValue v = kr_str(vm, empty ? "" : r->text.data, r->text.len);
    if (kr_is_error(v)) return false;
    if (open && empty && (r->d->quoting == KR_QUOTE_NOTNULL || r->d->quoting == KR_QUOTE_STRINGS)) v = KR_NONE;
    else if (open && !empty && (r->d->quoting == KR_QUOTE_NONNUMERIC || r->d->quoting == KR_QUOTE_STRINGS))
        v = kr_call(vm, kr_type_value(&kr_float_type), 1, &v);
    r->text.len = 0;
    r->chars = 0;
    r->quoted = false;
    return !kr_is_error(v) && kr_list_append(vm, r->fields, v);
}

static bool too_long(Record *r) {
    return kr_fail(kr_raise(r->vm, &kr_csv_error, "field larger than field limit (%z)", (intptr_t)r->limit));
}

static bool add(Record *r, int32_t c, State next) {
    if (++r->chars > r->limit) return too_long(r);
    r->state = next;
    return kr_csv_add_char(r->vm, &r->text, (uint32_t)c);
}

static bool go(Record *r, State next) { return r->state = next, true; }
static bool end_line(Record *r, int32_t c) { return end_field(r) && go(r, c == END ? START_RECORD : LINE_END); }

static bool is_line_end(int32_t c) { return c == '\n' || c == '\r' || c == END; }
static bool is_quote(const Record *r, int32_t c) { return c >= 0 && (uint32_t)c == r->d->quote && r->d->quoting != KR_QUOTE_NONE; }
static bool is_escape(const Record *r, int32_t c) { return c >= 0 && (uint32_t)c == r->d->escape; }
static bool is_delimiter(const Record *r, int32_t c) { return c >= 0 && (uint32_t)c == r->d->delimiter; }

static bool start_field(Record *r, int32_t c) {
    if (is_line_end(c)) return end_line(r, c);
    if (is_quote(r, c)) return r->quoted = true, go(r, IN_QUOTED);
    if (is_escape(r, c)) return go(r, ESCAPED);
    if (c == ' ' && r->d->skip_space) return go(r, START_FIELD);
    if (is_delimiter(r, c)) return end_field(r) && go(r, START_FIELD);
    return add(r, c, IN_FIELD);
}

static bool in_field(Record *r, int32_t c) {
    if (is_line_end(c)) return end_line(r, c);
    if (is_escape(r, c)) return go(r, ESCAPED);
    if (is_delimiter(r, c)) return end_field(r) && go(r, START_FIELD);
    return add(r, c, IN_FIELD);
}

static bool in_quoted(Record *r, int32_t c) {
    if (c == END) return true;
    if (is_escape(r, c)) return go(r, ESCAPED_IN_QUOTED);
    if (is_quote(r, c)) return go(r, r->d->double_quote ? QUOTE_IN_QUOTED : IN_FIELD);
    return add(r, c, IN_QUOTED);
}

static bool after_quote(Record *r, int32_t c) {
    char delimiter[KR_UTF8_MAX + 1] = { 0 }, quote[KR_UTF8_MAX + 1] = { 0 };
    if (is_quote(r, c)) return add(r, c, IN_QUOTED);
    if (is_delimiter(r, c)) return end_field(r) && go(r, START_FIELD);
    if (is_line_end(c)) return end_line(r, c);
    if (!r->d->strict) return add(r, c, IN_FIELD);
    kr_utf8_encode(r->d->delimiter, delimiter);
    kr_utf8_encode(r->d->quote, quote);
    return kr_fail(kr_raise(r->vm, &kr_csv_error, "'%s' expected after '%s'", delimiter, quote));
}

static bool step(Record *r, int32_t c) {
    switch (r->state) {
    case START_RECORD: return c == END ? true : is_line_end(c) ? go(r, LINE_END) : start_field(r, c);
    case START_FIELD: return start_field(r, c);
    case ESCAPED: return c == '\n' || c == '\r' ? add(r, c, AFTER_ESCAPED_LINE) : add(r, c == END ? '\n' : c, IN_FIELD);
    case AFTER_ESCAPED_LINE: return c == END || in_field(r, c);
    case IN_FIELD: return in_field(r, c);
    case IN_QUOTED: return in_quoted(r, c);
    case ESCAPED_IN_QUOTED: return add(r, c == END ? '\n' : c, IN_QUOTED);
    case QUOTE_IN_QUOTED: return after_quote(r, c);
    default: break;
    }
    if (c == END) return go(r, START_RECORD);
    return is_line_end(c) || kr_fail(kr_raise(r->vm, &kr_csv_error,
                                              "new-line character seen in unquoted field - do you need to open the file with newline=''?"));
}

// ---- Lines -----------------------------------------------------------------------------------------------------------------------

// Inside a field, bytes that mean nothing are taken at once.
static bool take_run(Record *r, const char *text, size_t len, size_t *at) {
    size_t end = *at;
    while (end < len && !r->special[(uint8_t)text[end]]) end++;
    if (end == *at) return true;
    r->chars += (int64_t)kr_utf8_count(text + *at, end - *at);
    if (r->chars > r->limit) return too_long(r);
    if (!kr_csv_add(r->vm, &r->text, text + *at, end - *at)) return false;
    return *at = end, true;
}

static bool read_line(Record *r, KrValue line) {
    size_t len, poll = 0;
    const char *text = kr_str_text(line, &len);
    for (size_t at = 0; at < len;) {
        if ((r->state == IN_FIELD || r->state == IN_QUOTED) && !take_run(r, text, len, &at)) return false;
        if (at < len && !step(r, (int32_t)kr_utf8_next(text, &at))) return false;
        if (++poll % 1024 == 0 && !kr_poll(r->vm, 256)) return false;
    }
    return step(r, END);
}

static KrValue end_of_lines(Record *r) {
    if (r->text.len == 0 && r->state != IN_QUOTED) return KR_DONE;
    if (r->d->strict) return kr_raise(r->vm, &kr_csv_error, "unexpected end of data");
    return end_field(r) ? r->fields : KR_ERROR;
}

static KrValue reader_next(KrVm *vm, KrValue self) {
    Reader *reader = reader_of(self);
    Record r = { .vm = vm, .d = reader->dialect, .limit = reader->state->limit, .fields = kr_list(vm, 0, NULL) };
    if (kr_is_error(r.fields)) return r.fields;
    mark_special(&r, '\n'), mark_special(&r, '\r');
    mark_special(&r, r.d->delimiter), mark_special(&r, r.d->quote), mark_special(&r, r.d->escape);
    do {
        KrValue line = kr_next(vm, reader->lines);
        if (kr_is_error(line)) return line;
        if (kr_is_done(line)) return end_of_lines(&r);
        if (!kr_is_str(line))
            return kr_raise(vm, &kr_csv_error, "iterator should return strings, not %T (the file should be opened in text mode)", line);
        reader->line++;
        if (!read_line(&r, line)) return KR_ERROR;
    } while (r.state != START_RECORD);
    return r.fields;
}

// ---- reader() --------------------------------------------------------------------------------------------------------------------

KrValue kr_csv_reader(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue lines = kr_iter(vm, arg[0]);
    KrDialect *d = kr_is_error(lines) ? NULL : kr_csv_dialect(vm, arg[1], arg[2]);
    KrValue made = d ? kr_alloc_instance(vm, &kr_csv_reader_type) : KR_ERROR;
    if (kr_is_error(made)) return made;
    Reader *r = reader_of(made);
    *r = (Reader){ r->head, lines, d, (KrCsvState *)kr_ptr(kr_module_state(self)), 0 };
    return made;
}

static KrValue reader_self(KrVm *vm, KrValue self) { return (void)vm, self; }
static KrValue get_dialect(KrVm *vm, KrValue self) { return (void)vm, kr_from_ptr(reader_of(self)->dialect); }
static KrValue get_line(KrVm *vm, KrValue self) { return kr_int(vm, reader_of(self)->line); }
static bool set_line(KrVm *vm, KrValue self, KrValue value) {
    (void)self, (void)value;
    return kr_fail(kr_raise(vm, &kr_attribute_error, "readonly attribute"));
}

static const KrGetSet attributes[] = { { "dialect", get_dialect, set_line, NULL }, { "line_num", get_line, set_line, NULL }, { 0 } };

const KrType kr_csv_reader_type = {
    KR_TYPE_HEAD(kr_csv_reader_type),
    .name = "_csv.reader",
    .doc = KR_DOC("CSV reader: iterate over it for the records."),
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Reader),
    .trace = reader_trace,
    .iter = reader_self,
    .next = reader_next,
    .attributes = attributes,
};
