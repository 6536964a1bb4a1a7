// support_module.c - the _krait module: what lib/ needs of the interpreter and cannot say in Python.
// SPDX-License-Identifier: MIT
#include "../modules.h"

#include "code/code_file.h"
#include "code/disassemble.h"
#include "code/verify.h"
#include "compile/anchor.h"
#include "compile/token_list.h"
#include "object/generic_alias.h"
#include "object/object.h"
#include "object/vm_state.h"
#include "vm/builtins.h"
#include "vm/import.h"
#include "vm/import_cache.h"
#include "vm/import_load.h"
#include "vm/import_path.h"
#include "vm/traceback.h"

static KrValue suggestion(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    return kr_is_exception(arg[0]) ? kr_suggest(vm, arg[0], arg[1]) : KR_NONE;
}

static KrValue typed_source(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    KrValue source = kr_is_str(arg[0]) ? kr_typed_source(vm, arg[0]) : KR_UNSET;
    return kr_is_unset(source) ? KR_NONE : source;
}

// (kind, left line, column, end line, end column, right line, column, end line, end column): see compile/anchor.h.
static KrValue anchors(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t len;
    KrAnchor a;
    bool alone;
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "anchors() argument 1 must be str, not %T", arg[0]);
    if (!kr_truth(vm, arg[1], &alone)) return KR_ERROR;
    const char *text = kr_str_text(arg[0], &len);
    if (!kr_anchor_find(vm, text, len, alone, &a)) return KR_ERROR;
    if (a.kind < KR_ANCHOR_OPERATOR) return a.kind == KR_ANCHOR_EMPTY ? KR_FALSE : KR_NONE;
    KrValue item[9] = { kr_int_box((intptr_t)a.kind - KR_ANCHOR_OPERATOR) };
    const KrNode *node[] = { &a.left, &a.right };
    for (size_t i = 0; i < 2; i++) {
        item[1 + i * 4] = kr_int_box(node[i]->line), item[2 + i * 4] = kr_int_box(node[i]->col);
        item[3 + i * 4] = kr_int_box(node[i]->end_line), item[4 + i * 4] = kr_int_box(node[i]->end_col);
    }
    return kr_tuple(vm, 9, item);
}

static KrValue traceback_position(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_exact(arg[0], &kr_traceback_type))
        return kr_raise(vm, &kr_type_error, "traceback_position() argument 1 must be traceback, not %T", arg[0]);
    const KrTraceback *t = KR_AS(KrTraceback, arg[0]);
    KrPosition p = { .line = t->line, .end_line = t->line, .col = -1, .end_col = -1 };
    if (t->line < 0 && t->at < t->code->instr_count) p = kr_code_position(t->code, t->at);
    KrValue item[4] = { p.line > 0 ? kr_int_box(p.line) : KR_NONE, p.end_line > 0 ? kr_int_box(p.end_line) : KR_NONE,
                        p.col >= 0 ? kr_int_box(p.col) : KR_NONE, p.end_col >= 0 ? kr_int_box(p.end_col) : KR_NONE };
    return kr_tuple(vm, 4, item);
}

static KrValue make_union(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, kr_union_or(vm, arg[0], arg[1]); }

static const KrFrozen *find_frozen(KrValue name) {
    for (const KrFrozen *f = kr_frozen_modules; f->name; f++)
        if (kr_str_is(name, f->name)) return f;
    return NULL;
}

static KrValue frozen_kind(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "frozen_kind() argument must be str, not %T", arg[0]);
    const KrFrozen *f = find_frozen(arg[0]);
    return f ? kr_int_box(f->package ? 2 : 1) : kr_int_box(0);
}

static KrValue frozen_code(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    const KrFrozen *f = kr_is_str(arg[0]) ? find_frozen(arg[0]) : NULL;
    return f ? kr_frozen_code(vm, f) : KR_NONE;
}

static KrValue frozen_names(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self, (void)arg;
    KrValue list = kr_list(vm, 0, NULL);
    for (const KrFrozen *f = kr_frozen_modules; f->name && !kr_is_error(list); f++) {
        KrValue name = kr_str_c(vm, f->name);
        if (kr_is_error(name) || !kr_list_append(vm, list, name)) return KR_ERROR;
    }
    return list;
}

// ---- Importing -----------------------------------------------------------------------------------------------------------------

static KrValue load_builtin(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "load_builtin() argument must be str, not %T", arg[0]);
    KrValue v = kr_load_builtin(vm, arg[0]);
    return kr_is_unset(v) ? KR_NONE : v;
}

static KrValue cache_path(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "cache_path() argument 1 must be str, not %T", arg[0]);
    if (!kr_is_none(arg[1]) && !kr_is_str(arg[1]))
        return kr_raise(vm, &kr_type_error, "cache_path() argument 2 must be str, not %T", arg[1]);
    return kr_cache_path(vm, arg[0], kr_is_none(arg[1]) ? kr_cache_level(vm) : kr_str_text(arg[1], NULL));
}

static KrValue code_rename(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_exact(arg[0], &kr_code_type) || !kr_is_str(arg[1]))
        return kr_raise(vm, &kr_type_error, "code_rename() arguments must be code and str, not %T and %T", arg[0], arg[1]);
    return kr_code_rename(vm, arg[0], arg[1]), KR_NONE;
}

static KrValue source_hash(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer buffer;
    uint8_t hash[8];
    (void)self;
    if (!kr_get_buffer(vm, arg[0], &buffer, KR_BUFFER_READ)) return KR_ERROR;
    uint64_t h = kr_source_hash(buffer.data, buffer.len);
    kr_release_buffer(vm, &buffer);
    for (size_t i = 0; i < sizeof hash; i++) hash[i] = (uint8_t)(h >> (8 * i));
    return kr_bytes(vm, hash, sizeof hash);
}

// ---- Code files ----------------------------------------------------------------------------------------------------------------

static const KrCode *code_argument(KrVm *vm, KrValue v, const char *function) {
    if (kr_is_exact(v, &kr_code_type)) return KR_AS(const KrCode, v);
    return (void)kr_raise(vm, &kr_type_error, "%s() argument 1 must be code, not %T", function, v), NULL;
}

static KrValue code_save(KrVm *vm, KrValue self, const KrValue *arg) {
    bool lines;
    (void)self;
    const KrCode *code = code_argument(vm, arg[0], "code_save");
    if (!code || !kr_truth(vm, arg[1], &lines)) return KR_ERROR;
    return kr_code_save(vm, code, lines ? 0 : KR_SAVE_NO_LINES);
}

static KrValue code_load(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer buffer;
    (void)self;
    if (!kr_get_buffer(vm, arg[0], &buffer, KR_BUFFER_READ)) return KR_ERROR;
    KrCode *code = kr_code_load(vm, buffer.data, buffer.len, 0);
    kr_release_buffer(vm, &buffer);
    return code ? kr_from_ptr(code) : KR_ERROR;
}

static KrValue code_verify(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    const KrCode *code = code_argument(vm, arg[0], "code_verify");
    return code && kr_code_verify(vm, code, false) ? KR_NONE : KR_ERROR;
}

static KrValue code_text(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    const KrCode *code = code_argument(vm, arg[0], "code_text");
    return code ? kr_code_disassemble(vm, code) : KR_ERROR;
}

// A line of text that was typed, at the prompt or behind -c: as it was, with its indentation. None: that is not where it comes from.
static KrValue source_line(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue source = kr_typed_source(vm, arg[0]), lines;
    intptr_t line;
    size_t count;
    (void)self;
    if (!kr_to_index(vm, arg[1], &line)) return KR_ERROR;
    if (kr_is_unset(source)) return KR_NONE;
    lines = kr_call_method(vm, source, "splitlines", 0, NULL);
    if (kr_is_error(lines)) return lines;
    const KrValue *item = kr_list_items(lines, &count);
    return line >= 1 && (size_t)line <= count ? item[line - 1] : KR_NONE;
}

// ((name, operand letters, words), ...), by opcode: see code/opcode.def.
static KrValue opcodes(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue all = kr_tuple(vm, KR_OP_COUNT, NULL);
    (void)self, (void)arg;
    for (unsigned i = 0; !kr_is_error(all) && i < KR_OP_COUNT; i++) {
        KrValue part[3] = { kr_name(vm, kr_opcode_names[i]), kr_name(vm, kr_opcode_operands[i]), kr_int_box(kr_opcode_words[i]) };
        KrValue row = kr_is_error(part[0]) || kr_is_error(part[1]) ? KR_ERROR : kr_tuple(vm, 3, part);
        if (kr_is_error(row)) return row;
        kr_store(vm, kr_ptr(all), &kr_tuple_items(all, NULL)[i], row);
    }
    return all;
}

static KrValue tokens(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, kr_token_list(vm, arg[0]); }

static const KrMethod functions[] = {
    { "report_ignored(message, exception, /)", kr_hand_ignored, KR_DOC("Hand an exception that nobody can catch to sys.unraisablehook."),
      0 },
    { "suggestion(exception, traceback, /)", suggestion, KR_DOC("The name that was probably meant, or None."), 0 },
    { "typed_source(filename, /)", typed_source, KR_DOC("The text of a program that was typed, or None."), 0 },
    { "anchors(text, alone, /)", anchors,
      KR_DOC("The parts of an expression, or of the first statement; None, or False if there is no code."), 0 },
    { "traceback_position(traceback, /)", traceback_position, KR_DOC("(line, end line, column, end column); None for what is not known."),
      0 },
    { "lookup(cls, name, /)", kr_class_lookup, KR_DOC("The attribute of a class or of its bases, not bound; None: there is none."), 0 },
    { "set_pattern_kind(cls, kind, /)", kr_set_pattern_kind,
      KR_DOC("Say which patterns match instances of a class: 1 sequence, 2 mapping, 0 neither. False: not of builtin types."), 0 },
    { "union(left, right, /)", make_union, KR_DOC("left | right as types, for types written in Python."), 0 },
    { "frozen_kind(name, /)", frozen_kind, KR_DOC("0: there is no frozen module of this name, 1: a module, 2: a package."), 0 },
    { "frozen_code(name, /)", frozen_code, KR_DOC("The code of a frozen module, or None."), 0 },
    { "code_save(code, lines=True, /)", code_save, KR_DOC("A code object as the bytes of a code file, with or without line tables."), 0 },
    { "code_load(data, /)", code_load, KR_DOC("The code object of a code file; ImportError if it is damaged or not safe to run."), 0 },
    { "code_verify(code, /)", code_verify, KR_DOC("ImportError if a code object would not be accepted from a code file."), 0 },
    { "code_text(code, /)", code_text, KR_DOC("The instructions of a code object, and of those inside it, for people to read."), 0 },
    { "opcodes()", opcodes, KR_DOC("(name, operand letters, words) of each instruction, by opcode."), 0 },
    { "tokens(text, /)", tokens, KR_DOC("What the lexer makes of a text: ([token, ...], error or None); see compile/token_list.h."), 0 },
    { "source_line(filename, line, /)", source_line, KR_DOC("A line of text that was typed: at the prompt, or behind -c; or None."), 0 },
    { "set_importers(importers, /)", kr_set_importers,
      KR_DOC("Say which classes the interpreter may work without: (BuiltinImporter, FrozenImporter, PathFinder, FileFinder, path hooks)."),
      0 },
    { "load_builtin(name, /)", load_builtin, KR_DOC("Make a builtin module and put it in sys.modules; None: there is none."), 0 },
    { "cache_path(source, level=None, /)", cache_path, KR_DOC("The name of the cache file of a source file."), 0 },
    { "code_rename(code, filename, /)", code_rename, KR_DOC("Change co_filename of a code object and of those inside it."), 0 },
    { "source_hash(data, /)", source_hash, KR_DOC("Eight bytes that differ when the source does."), 0 },
    { "frozen_names()", frozen_names, KR_DOC("The names of all frozen modules."), 0 },
    { 0 },
};

static KrValue make_opcode_set(KrVm *vm) { return kr_int(vm, kr_code_set_hash()); }

static const KrConst constants[] = {
    { "opcode_set", KR_CONST_MAKE, { .make = make_opcode_set } }, // differs between versions whose code does
    { 0 },
};

const KrModuleDef kr_support_module = { "_krait", KR_DOC("Interpreter support for the library."), functions, constants, NULL };
