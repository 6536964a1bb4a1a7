// code.c - code objects, their positions, and their inline caches.
// SPDX-License-Identifier: MIT
#include "code/code.h"

#include "code/code_make.h"
#include "code/code_table.h"
#include "object/bytes.h"
#include "object/container.h"
#include "object/function.h"
#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/vm_state.h"

const char *const kr_opcode_names[KR_OP_COUNT] = {
#define X(name, operands, words) #name,
#include "code/opcode.def"
#undef X
};

const char *const kr_opcode_operands[KR_OP_COUNT] = {
#define X(name, operands, words) operands,
#include "code/opcode.def"
#undef X
};

const uint8_t kr_opcode_words[KR_OP_COUNT] = {
#define X(name, operands, words) words,
#include "code/opcode.def"
#undef X
};

static void code_trace(KrTracer *tracer, KrObject *o) {
    KrCode *c = (KrCode *)o;
    kr_trace(tracer, c->consts);
    kr_trace(tracer, c->names);
    kr_trace(tracer, c->locals);
    kr_trace(tracer, c->frees);
    kr_trace(tracer, c->hidden_names);
    kr_trace(tracer, c->name);
    kr_trace(tracer, c->qualname);
    kr_trace(tracer, c->filename);
    kr_trace_object(tracer, c->caches);
    kr_trace_object(tracer, c->tables);
}

static void caches_trace(KrTracer *tracer, KrObject *o) {
    KrCaches *c = (KrCaches *)o;
    for (size_t i = 0; i < c->count; i++) kr_trace(tracer, c->item[i].value);
    // Guards are compared, never followed, except those of globals, which the version protects.
}

const KrType kr_caches_type = { KR_TYPE_HEAD(kr_caches_type), .name = "caches", .trace = caches_trace };

KrCode *kr_code_new(KrVm *vm) {
    KrCode *c = kr_alloc(vm, &kr_code_type.shape, sizeof *c);
    if (!c) return NULL;
    c->quick = KR_NOT_QUICK;
    c->consts = c->names = c->locals = c->frees = c->hidden_names = c->name = c->qualname = c->filename = KR_NONE;
    return c;
}

size_t kr_code_tables_size(const KrCodeSizes *n) {
    return n->instrs * sizeof(KrInstr) + n->handlers * sizeof(KrHandler) + n->hidden * sizeof(KrHidden) + n->lines + n->kinds;
}

void kr_code_use_tables(KrCode *c, const KrCodeSizes *n, const uint8_t *at) {
    const KrHandler *handlers = (const KrHandler *)(const void *)(at + n->instrs * sizeof(KrInstr));
    const KrHidden *hidden = (const KrHidden *)(const void *)(handlers + n->handlers);
    const uint8_t *lines = (const uint8_t *)(hidden + n->hidden);
    c->instr = (const KrInstr *)(const void *)at;
    c->handlers = n->handlers ? handlers : NULL;
    c->hidden = n->hidden ? hidden : NULL;
    c->lines = n->lines ? lines : NULL;
    c->local_kinds = n->kinds ? lines + n->lines : NULL;
    c->instr_count = (uint32_t)n->instrs;
    c->handler_count = (uint32_t)n->handlers;
    c->lines_len = (uint32_t)n->lines;
}

uint8_t *kr_code_new_tables(KrVm *vm, KrCode *c, const KrCodeSizes *n) {
    size_t size = kr_code_tables_size(n);
    KrRaw *raw = kr_raw_new(vm, size ? size : 1);
    if (!raw) return NULL;
    KR_STORE_PTR(vm, c, c->tables, raw);
    kr_code_use_tables(c, n, raw->data);
    return raw->data;
}

// When a bound method of a Python function is called, its self goes before the arguments, and the last of them into the register behind.
static bool spare(const KrValue *callee) { return kr_type_of(*callee) == &kr_function_type; }

size_t kr_code_live_registers(const KrCode *code, const KrInstr *pc, const KrValue *base, bool bound) {
    KrInstr last = KR_OP_NOP;
    for (const KrInstr *at = code->instr; at < pc; at += kr_opcode_words[*at & 0xFF]) last = *at;
    switch (last & 0xFF) {
    case KR_OP_CALL: return KR_A(last) + KR_B(last) + 1 + (!bound && spare(&base[KR_A(last)]));
    case KR_OP_CALLM: return KR_A(last) + KR_B(last) + 2 + (!bound && (spare(&base[KR_A(last)]) || spare(&base[KR_A(last) + 1])));
    default: break;
    }
    if (kr_code_far(code)) return code->nregs;
    switch (last & 0xFF) {
    case KR_OP_CALLKW: return KR_A(last) + KR_B(last) + 2;
    case KR_OP_CALLMKW: return KR_A(last) + KR_B(last) + 3;
    case KR_OP_CALLEX: return KR_A(last) + 1 + kr_call_operands(KR_B(last));
    default: return code->nregs;
    }
}

static bool make_caches(KrVm *vm, KrCode *code) {
    KrCaches *c = kr_alloc(vm, &kr_caches_type.shape, sizeof *c + code->ncaches * sizeof(KrCache));
    if (!c) return false;
    c->count = code->ncaches;
    for (size_t i = 0; i < c->count; i++) c->item[i].value = KR_UNSET;
    if (!kr_pointers_push(vm, &vm->caches, c)) return false;
    KR_STORE_PTR(vm, code, code->caches, c);
    code->cache = c->item;
    return true;
}

bool kr_code_prepare(KrVm *vm, KrCode *code) {
    if (!code->caches && code->ncaches && !make_caches(vm, code)) return false;
    if (code->flags & KR_CODE_SIMPLE) code->quick = code->npos;
    code->in_place = !(code->flags & (KR_CODE_ANY_GENERATOR | KR_CODE_NAMESPACE)) && !kr_code_far(code);
    return true;
}

// ---- Positions -----------------------------------------------------------------------------------------------------------------

static const KrPosition unknown = { -1, -1, -1, -1 };

static uint32_t get(KrPositions *p) {
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 35 && p->in < p->end; shift += 7) {
        uint8_t byte = *p->in++;
        n |= (uint64_t)(byte & 127) << shift;
        if (byte < 128 && n <= UINT32_MAX) return (uint32_t)n;
    }
    p->damaged = true;
    return 0;
}

static int32_t in_range(KrPositions *p, int64_t n, int32_t least) {
    if (n >= least && n <= KR_CODE_LINE_MAX) return (int32_t)n;
    p->damaged = true;
    return least;
}

static int32_t line_from(KrPositions *p, int64_t line) { // a distance follows
    uint32_t n = get(p);
    return in_range(p, line + ((int64_t)(n >> 1) ^ -(int64_t)(n & 1)), 0);
}

bool kr_code_next_run(KrPositions *p) {
    if (p->in == p->end || p->damaged) return false;
    unsigned head = *p->in++, kind = head & KR_LINE_NONE;
    p->left = head & KR_LINE_COUNT ? head & KR_LINE_COUNT : get(p);
    if (head > (KR_LINE_LONG | KR_LINE_NONE | KR_LINE_COUNT)) p->damaged = true;
    p->position = unknown;
    if (kind == KR_LINE_NONE) return !p->damaged;
    p->line = kind == KR_LINE_OTHER ? line_from(p, p->line) : in_range(p, (int64_t)p->line + (kind == KR_LINE_NEXT), 0);
    int32_t end_line = head & KR_LINE_LONG ? line_from(p, p->line) : p->line, col = in_range(p, (int64_t)get(p) - 1, -1),
            end = in_range(p, get(p), 0);
    p->position = (KrPosition){ p->line, col, end_line, in_range(p, (int64_t)end + (head & KR_LINE_LONG ? -1 : col), -1) };
    return !p->damaged;
}

KrPositions kr_code_positions(const KrCode *code) {
    return (KrPositions){ .in = code->lines, .end = code->lines ? code->lines + code->lines_len : NULL };
}

KrPosition kr_code_next_position(KrPositions *p) {
    while (!p->left)
        if (!kr_code_next_run(p)) return unknown;
    p->left--;
    return p->position;
}

KrPosition kr_code_position(const KrCode *code, size_t at) {
    KrPositions p = kr_code_positions(code);
    while (kr_code_next_run(&p)) {
        if (at < p.left) return p.position;
        at -= p.left;
    }
    return unknown;
}

size_t kr_code_lines_at(const KrCode *code, size_t at, int32_t *line, size_t room) {
    KrPositions p = kr_code_positions(code);
    size_t n = 0;
    while (kr_code_next_run(&p)) {
        if (!p.left && !at && n + 1 < room) line[n++] = p.position.line;
        if (at < p.left) return line[n] = p.position.line, n + 1;
        at -= p.left;
    }
    return line[n] = -1, n + 1;
}

// ---- The code object in Python -------------------------------------------------------------------------------------------------

#define SELF KR_AS(KrCode, self)
static KrValue get_name(KrVm *vm, KrValue self) { return (void)vm, SELF->name; }
static KrValue get_qualname(KrVm *vm, KrValue self) { return (void)vm, SELF->qualname; }
static KrValue get_filename(KrVm *vm, KrValue self) { return (void)vm, SELF->filename; }
static KrValue get_first_line(KrVm *vm, KrValue self) { return (void)vm, kr_int_box((intptr_t)SELF->first_line); }
static KrValue get_argcount(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->npos); }
static KrValue get_posonly(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->nposonly); }
static KrValue get_kwonly(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->nkwonly); }
enum { OWN_FLAGS = KR_CODE_NAMESPACE | KR_CODE_SIMPLE | KR_CODE_CLEANUP | KR_CODE_DOCSTRING | KR_CODE_PIECE | KR_CODE_MORE };
static KrValue get_flags(KrVm *vm, KrValue self) { return (void)vm, kr_int_box((intptr_t)(SELF->flags & ~(uint32_t)OWN_FLAGS)); }
static KrValue get_consts(KrVm *vm, KrValue self) { return (void)vm, SELF->consts; }
static KrValue get_names(KrVm *vm, KrValue self) { return (void)vm, SELF->names; }
static KrValue get_frees(KrVm *vm, KrValue self) { return (void)vm, SELF->frees; }
static KrValue get_stack(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(SELF->nregs - SELF->nlocals); }
static KrValue get_code(KrVm *vm, KrValue self) { return kr_bytes(vm, SELF->instr, SELF->instr_count * sizeof(KrInstr)); }

static KrValue get_varnames(KrVm *vm, KrValue self) { return kr_code_variables(vm, SELF, false); }
static KrValue get_cellvars(KrVm *vm, KrValue self) { return kr_code_variables(vm, SELF, true); }
static KrValue get_line_table(KrVm *vm, KrValue self) { return kr_bytes(vm, SELF->lines, SELF->lines_len); }
// The old table of lines: pairs of the distance in bytes, and in lines (a signed byte).
static KrValue get_lnotab(KrVm *vm, KrValue self) {
    KrValue out = kr_call(vm, kr_type_value(&kr_bytearray_type), 0, NULL);
    KrPositions p = kr_code_positions(SELF);
    size_t at = 0, from = 0;
    int32_t line = (int32_t)SELF->first_line;
    if (!kr_warn(vm, &kr_deprecation_warning, "co_lnotab is deprecated, use co_lines instead.")) return KR_ERROR;
    for (; !kr_is_error(out) && kr_code_next_run(&p); at += p.left * sizeof(KrInstr)) {
        while (p.left && p.position.line >= 0 && (p.position.line != line)) {
            size_t bytes = at - from > 255 ? 255 : at - from;
            int32_t lines = bytes == 255 ? 0 : p.position.line - line;
            lines = lines > 127 ? 127 : lines < -128 ? -128 : lines;
            uint8_t pair[2] = { (uint8_t)bytes, (uint8_t)lines };
            KrValue more = kr_bytes(vm, pair, 2);
            if (kr_is_error(more) || kr_is_error(kr_call_method(vm, out, "extend", 1, &more))) return KR_ERROR;
            from += bytes;
            line += lines;
        }
    }
    return kr_is_error(out) ? out : kr_call(vm, kr_type_value(&kr_bytes_type), 1, &out);
}
static KrValue get_exception_table(KrVm *vm, KrValue self) { return kr_code_table(vm, SELF); }
static KrValue get_nlocals(KrVm *vm, KrValue self) {
    KrValue names = get_varnames(vm, self);
    size_t n;
    if (kr_is_error(names)) return names;
    kr_tuple_items(names, &n);
    return kr_int_box((intptr_t)n);
}

static KrValue code_positions(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue list = kr_list(vm, 0, NULL);
    KrPositions positions = kr_code_positions(SELF);
    for (size_t i = 0; i < SELF->instr_count && !kr_is_error(list); i++) {
        KrPosition p = kr_code_next_position(&positions);
        int32_t n[4] = { p.line, p.end_line, p.col, p.end_col };
        KrValue item[4];
        for (int k = 0; k < 4; k++) item[k] = n[k] < 0 ? KR_NONE : kr_int_box(n[k]);
        KrValue t = kr_tuple(vm, 4, item);
        if (kr_is_error(t) || !kr_list_append(vm, list, t)) return KR_ERROR;
    }
    return kr_is_error(list) ? list : kr_iter(vm, list);
}

static bool add_range(KrVm *vm, KrValue list, size_t from, size_t to, int32_t line) {
    KrValue item[3] = { kr_int_box((intptr_t)from * 4), kr_int_box((intptr_t)to * 4), line < 0 ? KR_NONE : kr_int_box(line) };
    KrValue t = kr_tuple(vm, 3, item);
    return !kr_is_error(t) && kr_list_append(vm, list, t);
}

// Ranges of instructions of one line; empty ones for lines that have no instruction.
static KrValue code_lines(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue list = kr_list(vm, 0, NULL);
    KrPositions p = kr_code_positions(SELF);
    size_t from = 0, to = 0;
    int32_t line = -1;
    while (!kr_is_error(list) && kr_code_next_run(&p)) {
        if (p.left && p.position.line == line) {
            to += p.left;
            continue;
        }
        if (to > from && !add_range(vm, list, from, to, line)) return KR_ERROR;
        if (!p.left && !add_range(vm, list, to, to, p.position.line)) return KR_ERROR;
        from = to;
        to += p.left;
        line = p.left ? p.position.line : -2;
    }
    if (kr_is_error(list) || (to > from && !add_range(vm, list, from, to, line))) return KR_ERROR;
    return kr_iter(vm, list);
}

static KrValue code_repr(KrVm *vm, KrValue self) {
    return kr_format(vm, "<code object %S at 0x%x, file \"%S\", line %d>", SELF->name, (size_t)SELF, SELF->filename, (int)SELF->first_line);
}

// Equal, of the same type, and no difference between 0.0 and -0.0: the repr tells numbers apart.
static bool same_constant(KrVm *vm, KrValue a, KrValue b, bool *out) {
    *out = kr_type_of(a) == kr_type_of(b);
    if (*out && kr_is_exact(a, &kr_tuple_type)) {
        size_t n, m;
        const KrValue *x = kr_tuple_items(a, &n), *y = kr_tuple_items(b, &m);
        *out = n == m;
        if (!kr_enter(vm, " in comparison")) return false;
        bool ok = true;
        for (size_t i = 0; ok && *out && i < n; i++) ok = same_constant(vm, x[i], y[i], out);
        kr_leave(vm);
        return ok;
    }
    if (*out && kr_has_flag(a, KR_TYPE_IS_FLOAT | KR_TYPE_IS_COMPLEX)) {
        a = kr_repr(vm, a);
        b = kr_is_error(a) ? a : kr_repr(vm, b);
        if (kr_is_error(b)) return false;
    }
    return !*out || kr_equal(vm, a, b, out);
}

static bool same_bytes(const void *a, size_t n, const void *b, size_t m) { return n == m && (!n || memcmp(a, b, n) == 0); }

static KrValue code_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    if (!kr_is_exact(b, &kr_code_type) || (op != KR_EQ && op != KR_NE)) return KR_NOTIMPL;
    KrCode *x = KR_AS(KrCode, a), *y = KR_AS(KrCode, b);
    bool same = x == y;
    if (!same && x->instr_count == y->instr_count && x->flags == y->flags && x->first_line == y->first_line && x->npos == y->npos &&
        x->nkwonly == y->nkwonly && same_bytes(x->lines, x->lines_len, y->lines, y->lines_len) &&
        same_bytes(x->handlers, x->handler_count * sizeof(KrHandler), y->handlers, y->handler_count * sizeof(KrHandler)) &&
        memcmp(x->instr, y->instr, x->instr_count * sizeof(KrInstr)) == 0) {
        KrValue left[] = { x->name, x->consts, x->names, x->locals, x->frees },
                right[] = { y->name, y->consts, y->names, y->locals, y->frees };
        same = true;
        for (size_t i = 0; same && i < KR_COUNT_OF(left); i++)
            if (!same_constant(vm, left[i], right[i], &same)) return KR_ERROR;
    }
    return kr_bool(same == (op == KR_EQ));
}

static bool code_hash(KrVm *vm, KrValue self, KrHash *out) {
    if (!kr_hash(vm, SELF->name, out)) return false;
    *out ^= (KrHash)SELF->first_line * 31 + (KrHash)SELF->instr_count;
    if (*out == -1) *out = -2;
    return true;
}

static const KrGetSet code_attributes[] = {
    { "co_name", get_name, kr_read_only, "" },
    { "co_qualname", get_qualname, kr_read_only, "" },
    { "co_filename", get_filename, kr_read_only, "" },
    { "co_firstlineno", get_first_line, kr_read_only, "" },
    { "co_argcount", get_argcount, kr_read_only, "" },
    { "co_posonlyargcount", get_posonly, kr_read_only, "" },
    { "co_kwonlyargcount", get_kwonly, kr_read_only, "" },
    { "co_flags", get_flags, kr_read_only, "" },
    { "co_consts", get_consts, kr_read_only, "" },
    { "co_names", get_names, kr_read_only, "" },
    { "co_varnames", get_varnames, NULL, "" },
    { "co_cellvars", get_cellvars, NULL, "" },
    { "co_freevars", get_frees, NULL, "" },
    { "co_nlocals", get_nlocals, NULL, "" },
    { "co_stacksize", get_stack, kr_read_only, "" },
    { "co_code", get_code, NULL, "" },
    { "co_linetable", get_line_table, kr_read_only, "" },
    { "co_lnotab", get_lnotab, NULL, "" },
    { "co_exceptiontable", get_exception_table, kr_read_only, "" },
    { 0 },
};
#define REPLACEABLE \
    "*, co_argcount=<unset>, co_posonlyargcount=<unset>, co_kwonlyargcount=<unset>, co_nlocals=<unset>, co_stacksize=<unset>, " \
    "co_flags=<unset>, " \
    "co_firstlineno=<unset>, co_code=<unset>, co_consts=<unset>, co_names=<unset>, co_varnames=<unset>, co_freevars=<unset>, " \
    "co_cellvars=<unset>, " \
    "co_filename=<unset>, co_name=<unset>, co_qualname=<unset>, co_linetable=<unset>, co_exceptiontable=<unset>)"
static const KrMethod code_new = {
    "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, "
    "qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)",
    kr_code_make, KR_DOC("Create a code object."), 0
};
static const KrMethod code_methods[] = {
    { "co_positions()", code_positions, KR_DOC("Positions (line, end line, column, end column) of each instruction."), 0 },
    { "co_lines()", code_lines, KR_DOC("Ranges of instructions of one line: (start, end, line)."), 0 },
    { "replace(" REPLACEABLE, kr_code_replace,
      KR_DOC("(**changes)\n\nReturn a copy of the code object with new values for the specified fields."), 0 },
    { "__replace__(" REPLACEABLE, kr_code_replace, KR_DOC("(**changes)\n\nThe same as replace()."), 0 },
    { 0 },
};

const KrType kr_code_type = {
    KR_TYPE_HEAD(kr_code_type),
    .doc = KR_DOC("Compiled code: what functions, classes and modules run."),
    .name = "code",
    .size = sizeof(KrCode),
    .flags = KR_TYPE_WEAKREF,
    .make = &code_new,
    .trace = code_trace,
    .repr = code_repr,
    .compare = code_compare,
    .hash = code_hash,
    .attributes = code_attributes,
    .methods = code_methods,
};
