// builtins.c - the builtins module: its functions and the table of all its names.
// SPDX-License-Identifier: MIT
#include "vm/builtins.h"

#include "object/container.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/text.h"
#include "object/tuple.h"
#include "vm/coroutine.h"
#include "vm/audit.h"
#include "vm/import.h"
#include "vm/op.h"

#define FUNCTION(name) static KrValue builtin_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define UNUSED_SELF    ((void)self)

// ---- Numbers and order ---------------------------------------------------------------------------------------------------------

FUNCTION(abs) { return UNUSED_SELF, kr_unary(vm, KR_ABS, arg[0]); }
FUNCTION(divmod) { return UNUSED_SELF, kr_binary(vm, KR_DIVMOD, arg[0], arg[1]); }
FUNCTION(pow) { return UNUSED_SELF, kr_power(vm, arg[0], arg[1], arg[2]); }

static KrValue in_base(KrVm *vm, KrValue v, int base) {
    v = kr_index(vm, v);
    return kr_is_error(v) ? v : kr_int_text(vm, v, base, true);
}
FUNCTION(bin) { return UNUSED_SELF, in_base(vm, arg[0], 2); }
FUNCTION(oct) { return UNUSED_SELF, in_base(vm, arg[0], 8); }
FUNCTION(hex) { return UNUSED_SELF, in_base(vm, arg[0], 16); }

FUNCTION(round) {
    UNUSED_SELF;
    bool digits = !kr_is_none(arg[1]);
    KrValue v = kr_try_special(vm, arg[0], KR_N(__round__), digits, arg + 1);
    return kr_is_unset(v) ? kr_raise(vm, &kr_type_error, "type %T doesn't define __round__ method", arg[0]) : v;
}

static KrValue sum_of_bytes(KrVm *vm, KrValue bytes, KrValue start) {
    size_t len;
    const uint8_t *data = kr_bytes_data(bytes, &len);
    uint64_t sum = 0;
    for (size_t i = 0; i < len; i++) {
        sum += data[i];
        if (KR_UNLIKELY(i % 65536 == 65535) && !kr_poll(vm, 1024)) return KR_ERROR;
    }
    KrValue total = kr_int(vm, (int64_t)sum);
    return kr_is_error(total) ? total : kr_binary(vm, KR_ADD, start, total);
}

// As long as the total and what comes are ints of at most 64 bits; the first other item is added too.
static bool sum_ints(KrVm *vm, KrValue it, KrValue *total, bool *done) {
    KrValue v;
    int64_t n;
    while (kr_is_int(*total) || (kr_is_exact(*total, &kr_int_type) && kr_int_fits(*total, &n))) {
        v = kr_next_inline(vm, it);
        if (kr_is_done(v)) return *done = true;
        if (kr_is_error(v) || !kr_step(vm)) return false;
        if (kr_both_int(*total, v) && kr_int_add(*total, v, total)) continue;
        *total = kr_binary(vm, KR_ADD, *total, v);
        if (kr_is_error(*total)) return false;
        if (!kr_is_int(v) && !kr_is_exact(v, &kr_int_type) && !kr_is_bool(v)) break;
    }
    return true;
}

// Floats, with what their additions lose made up for at the end; of ints in between it is not, as in CPython.
static bool sum_floats(KrVm *vm, KrValue it, KrValue *total, bool *done) {
    if (kr_type_of(*total) != &kr_float_type) return true;
    double sum = kr_float_value(*total), lost = 0;
    KrValue v;
    int64_t n;
    while (!kr_is_done(v = kr_next_inline(vm, it))) {
        if (kr_is_error(v) || !kr_step(vm)) return false;
        if (kr_type_of(v) == &kr_float_type) {
            double x = kr_float_value(v), t = sum + x;
            lost += (sum < 0 ? -sum : sum) >= (x < 0 ? -x : x) ? (sum - t) + x : (x - t) + sum;
            sum = t;
        } else if (kr_is_integer(v) && kr_int_fits(v, &n)) {
            sum += (double)n;
        } else {
            break;
        }
    }
    *done = kr_is_done(v);
    *total = kr_float(vm, lost != 0 && lost - lost == 0 ? sum + lost : sum); // -0.0 stays
    if (!*done && !kr_is_error(*total)) *total = kr_binary(vm, KR_ADD, *total, v);
    return !kr_is_error(*total);
}

FUNCTION(sum) {
    UNUSED_SELF;
    if (kr_is_exact(arg[0], &kr_bytes_type) && kr_is_int(arg[1])) return sum_of_bytes(vm, arg[0], arg[1]);
    KrValue total = arg[1], it = kr_iter(vm, arg[0]), v;
    bool done = false;
    if (kr_is_error(it)) return it;
    if (kr_is_str(total)) return kr_raise(vm, &kr_type_error, "sum() can't sum strings [use ''.join(seq) instead]");
    if (kr_has_flag(total, KR_TYPE_IS_BYTES)) return kr_raise(vm, &kr_type_error, "sum() can't sum bytes [use b''.join(seq) instead]");
    if (kr_has_flag(total, KR_TYPE_IS_BYTEARRAY))
        return kr_raise(vm, &kr_type_error, "sum() can't sum bytearray [use b''.join(seq) instead]");
    if (!sum_ints(vm, it, &total, &done) || (!done && !sum_floats(vm, it, &total, &done))) return KR_ERROR;
    while (!done && !kr_is_done(v = kr_next_inline(vm, it))) {
        if (kr_is_error(v) || !kr_step(vm)) return KR_ERROR;
        total = kr_binary(vm, KR_ADD, total, v);
        if (kr_is_error(total)) return total;
    }
    return total;
}

static KrValue extreme(KrVm *vm, const KrValue *arg, KrCompareOp op, const char *name) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    KrValue fallback = arg[1], key = arg[2], best = KR_UNSET, best_key = KR_UNSET, v;
    if (!count) return kr_raise(vm, &kr_type_error, "%s expected at least 1 argument, got 0", name);
    if (count > 1 && !kr_is_unset(fallback))
        return kr_raise(vm, &kr_type_error, "Cannot specify a default for %s() with multiple positional arguments", name);
    KrValue it = count > 1 ? KR_UNSET : kr_iter(vm, item[0]);
    if (kr_is_error(it)) return it;
    for (size_t i = 0; !kr_is_done(v = count == 1 ? kr_next_inline(vm, it) : i < count ? item[i++] : KR_DONE);) {
        if (kr_is_error(v) || !kr_step(vm)) return KR_ERROR;
        KrValue k = kr_is_none(key) ? v : kr_call(vm, key, 1, &v);
        bool better = kr_is_unset(best);
        if (kr_is_error(k) || (!better && !kr_compare_bool(vm, k, best_key, op, &better))) return KR_ERROR;
        if (better) best = v, best_key = k;
    }
    if (!kr_is_unset(best)) return best;
    return kr_is_unset(fallback) ? kr_raise(vm, &kr_value_error, "%s() iterable argument is empty", name) : fallback;
}
FUNCTION(max) { return UNUSED_SELF, extreme(vm, arg, KR_GT, "max"); }
FUNCTION(min) { return UNUSED_SELF, extreme(vm, arg, KR_LT, "min"); }

FUNCTION(sorted) {
    UNUSED_SELF;
    bool reverse;
    KrValue list = kr_list_from(vm, arg[0]);
    if (kr_is_error(list) || !kr_truth(vm, arg[2], &reverse) || kr_is_error(kr_list_sort(vm, list, arg[1], reverse))) return KR_ERROR;
    return list;
}

static KrValue any_is(KrVm *vm, KrValue iterable, bool wanted) {
    KrValue it = kr_iter(vm, iterable), v;
    if (kr_is_error(it)) return it;
    while (!kr_is_done(v = kr_next_inline(vm, it))) {
        bool truth;
        if (kr_is_error(v) || !kr_truth(vm, v, &truth) || !kr_poll(vm, 1)) return KR_ERROR;
        if (truth == wanted) return kr_bool(wanted);
    }
    return kr_bool(!wanted);
}
FUNCTION(all) { return UNUSED_SELF, any_is(vm, arg[0], false); }
FUNCTION(any) { return UNUSED_SELF, any_is(vm, arg[0], true); }

// ---- Objects -------------------------------------------------------------------------------------------------------------------

FUNCTION(callable) { return (void)vm, UNUSED_SELF, kr_bool(kr_callable(arg[0])); }
FUNCTION(hash) {
    KrHash h;
    return UNUSED_SELF, kr_hash(vm, arg[0], &h) ? kr_int(vm, h) : KR_ERROR;
}
FUNCTION(id) {
    UNUSED_SELF;
    KrValue id = kr_int_from_u64(vm, kr_is_ptr(arg[0]) ? (uint64_t)(uintptr_t)kr_ptr(arg[0]) : (uint64_t)arg[0].bits & ~(uint64_t)0 >> 1);
    return kr_is_error(id) || !kr_audit(vm, "builtins.id", 1, &id) ? KR_ERROR : id;
}
FUNCTION(repr) { return UNUSED_SELF, kr_repr(vm, arg[0]); }
FUNCTION(ascii) { return UNUSED_SELF, kr_str_ascii(vm, arg[0]); }
FUNCTION(format) {
    UNUSED_SELF;
    if (!kr_is_str(arg[1]))
        return kr_raise(vm, &kr_type_error,
                        kr_is_none(arg[1]) ? "format() argument 2 must be str, not None" : "format() argument 2 must be str, not %T",
                        arg[1]);
    return kr_format_value(vm, arg[0], arg[1]);
}
FUNCTION(len) {
    size_t n;
    return UNUSED_SELF, kr_len(vm, arg[0], &n) ? kr_int(vm, (int64_t)n) : KR_ERROR;
}

static bool name_argument(KrVm *vm, KrValue *name) {
    if (kr_is_interned(*name)) return true;
    if (!kr_is_str(*name)) return kr_fail(kr_raise(vm, &kr_type_error, "attribute name must be string, not '%T'", *name));
    *name = kr_intern(vm, *name);
    return !kr_is_error(*name);
}
FUNCTION(getattr) {
    UNUSED_SELF;
    KrValue name = arg[1], v;
    if (!name_argument(vm, &name)) return KR_ERROR;
    if (kr_is_unset(arg[2])) return kr_getattr(vm, arg[0], name);
    if (!kr_find_attr(vm, arg[0], name, &v)) return KR_ERROR;
    return kr_is_unset(v) ? arg[2] : v;
}
FUNCTION(hasattr) {
    UNUSED_SELF;
    KrValue name = arg[1], v;
    return name_argument(vm, &name) && kr_find_attr(vm, arg[0], name, &v) ? kr_bool(!kr_is_unset(v)) : KR_ERROR;
}
FUNCTION(setattr) { return UNUSED_SELF, kr_setattr(vm, arg[0], arg[1], arg[2]) ? KR_NONE : KR_ERROR; }
FUNCTION(delattr) { return UNUSED_SELF, kr_setattr(vm, arg[0], arg[1], KR_UNSET) ? KR_NONE : KR_ERROR; }
FUNCTION(isinstance) {
    bool is;
    return UNUSED_SELF, kr_isinstance(vm, arg[0], arg[1], &is) ? kr_bool(is) : KR_ERROR;
}
FUNCTION(issubclass) {
    bool is;
    return UNUSED_SELF, kr_issubclass(vm, arg[0], arg[1], &is) ? kr_bool(is) : KR_ERROR;
}

FUNCTION(iter) {
    UNUSED_SELF;
    if (kr_is_unset(arg[1])) return kr_iter(vm, arg[0]);
    if (!kr_callable(arg[0])) return kr_raise(vm, &kr_type_error, "iter(v, w): v must be callable");
    return kr_callable_iter(vm, arg[0], arg[1]);
}
FUNCTION(next) {
    UNUSED_SELF;
    if (!kr_is_iterator(vm, arg[0])) return kr_raise(vm, &kr_type_error, "'%T' object is not an iterator", arg[0]);
    KrValue v = kr_next_value(vm, arg[0]);
    if (kr_type_of(arg[0]) == &kr_generator_type && kr_is_done(v)) v = kr_raise_stop(vm, KR_NONE);
    if (kr_is_unset(arg[1])) return kr_is_done(v) ? kr_raise_stop(vm, KR_NONE) : v;
    if (kr_is_error(v) && kr_raised_is(vm, &kr_stop_iteration)) return (void)kr_take_raised(vm), arg[1];
    return kr_is_done(v) ? arg[1] : v;
}
FUNCTION(aiter) {
    UNUSED_SELF;
    KrValue v = kr_try_special(vm, arg[0], KR_N(__aiter__), 0, NULL);
    if (kr_is_unset(v)) return kr_raise(vm, &kr_type_error, "'%T' object is not an async iterable", arg[0]);
    if (!kr_is_error(v) && kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__anext__))))
        return kr_raise(vm, &kr_type_error, "aiter() returned not an async iterator of type '%T'", v);
    return v;
}
FUNCTION(anext) {
    UNUSED_SELF;
    KrValue v = kr_try_special(vm, arg[0], KR_N(__anext__), 0, NULL);
    if (kr_is_unset(v)) return kr_raise(vm, &kr_type_error, "'%T' object is not an async iterator", arg[0]);
    return kr_is_error(v) || kr_is_unset(arg[1]) ? v : kr_anext_or(vm, v, arg[1]);
}

FUNCTION(chr) {
    UNUSED_SELF;
    KrValue v = kr_index(vm, arg[0]);
    if (kr_is_error(v)) return v;
    if (!kr_is_int(v) || kr_int_value(v) < 0 || kr_int_value(v) > 0x10FFFF)
        return kr_raise(vm, &kr_value_error, "chr() arg not in range(0x110000)");
    return kr_str_from_codepoint(vm, (uint32_t)kr_int_value(v));
}

// ---- Namespaces ----------------------------------------------------------------------------------------------------------------

static KrValue caller_globals(KrVm *vm) {
    return vm->thread.frame ? kr_from_ptr(vm->thread.frame->globals) : kr_from_ptr(KR_AS(KrModuleObject, vm->main_module)->dict);
}
static KrValue caller_locals(KrVm *vm) { return vm->thread.frame ? kr_frame_locals(vm, vm->thread.frame) : caller_globals(vm); }

FUNCTION(globals) { return UNUSED_SELF, (void)arg, caller_globals(vm); }
FUNCTION(locals) { return UNUSED_SELF, (void)arg, caller_locals(vm); }
FUNCTION(vars) {
    UNUSED_SELF;
    if (kr_is_unset(arg[0])) return caller_locals(vm);
    KrValue v;
    if (!kr_find_attr(vm, arg[0], KR_N(__dict__), &v)) return KR_ERROR;
    return kr_is_unset(v) ? kr_raise(vm, &kr_type_error, "vars() argument must have __dict__ attribute") : v;
}
FUNCTION(dir) {
    UNUSED_SELF;
    KrValue names;
    if (kr_is_unset(arg[0])) {
        KrValue locals = caller_locals(vm);
        names = kr_is_error(locals) ? locals : kr_call_method(vm, locals, "keys", 0, NULL);
    } else {
        names = kr_try_special(vm, arg[0], KR_N(__dir__), 0, NULL);
        if (kr_is_unset(names)) return kr_raise(vm, &kr_type_error, "object does not provide __dir__");
    }
    KrValue list = kr_is_error(names) ? names : kr_list_from(vm, names);
    if (kr_is_error(list) || kr_is_error(kr_call_method(vm, list, "sort", 0, NULL))) return KR_ERROR;
    return list;
}

// ---- compile, eval, exec -------------------------------------------------------------------------------------------------------

static KrValue source_text(KrVm *vm, KrValue source, KrValue filename, const char *what, const char *kinds) {
    if (kr_is_str(source)) {
        size_t len;
        const char *text = kr_str_text(source, &len);
        if (kr_str_of(source)->flags & KR_STR_SURROGATES) return kr_encode(vm, source, "utf-8", NULL); // raises
        if (memchr(text, 0, len)) return kr_raise(vm, &kr_syntax_error, "source code string cannot contain null bytes");
        return source;
    }
    KrBuffer b;
    if (!kr_get_buffer(vm, source, &b, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "%s() arg 1 must be a %s", what, kinds);
    }
    KrValue text = b.len && memchr(b.data, 0, b.len) ? kr_raise(vm, &kr_syntax_error, "source code string cannot contain null bytes")
                                                     : kr_source_decode(vm, b.data, b.len, filename, false);
    kr_release_buffer(vm, &b);
    return text;
}

static bool audit_compile(KrVm *vm, KrValue text, KrValue filename) {
    if (kr_is_unset(vm->audit_hooks)) return true;
    KrValue arg[2] = { kr_encode(vm, text, "utf-8", "surrogatepass"), filename };
    return !kr_is_error(arg[0]) && kr_audit(vm, "compile", 2, arg);
}

// PyCF_OPTIMIZED_AST.
static KrValue fold_tree(KrVm *vm, KrValue tree, KrValue optimize, const char *how) {
    KrValue module = kr_is_error(tree) ? tree : kr_import(vm, "_ast_fold");
    KrValue arg[2] = { tree, optimize };
    return kr_is_error(module) ? module : kr_call_method(vm, module, how, 2, arg);
}

static bool audit_tree(KrVm *vm, KrValue filename) {
    KrValue arg[2] = { KR_NONE, filename };
    return kr_is_unset(vm->audit_hooks) || kr_audit(vm, "compile", 2, arg);
}

enum { OPTIMIZED = KR_COMPILE_NO_ASSERTS | KR_COMPILE_NO_DOCSTRINGS }; // -O, -OO

FUNCTION(compile) { // source, filename, mode, flags, dont_inherit, optimize
    UNUSED_SELF;
    size_t len;
    intptr_t flags;
    if (!kr_to_index(vm, arg[3], &flags)) return KR_ERROR;
    KrValue filename = arg[1];
    if (kr_has_flag(filename, KR_TYPE_IS_BYTES)) {
        const uint8_t *bytes = kr_bytes_data(filename, &len);
        filename = kr_decode(vm, bytes, len, "utf-8", "surrogateescape");
    }
    if (!kr_is_str(filename))
        return kr_is_error(filename) ? filename
                                     : kr_raise(vm, &kr_type_error, "expected str, bytes or os.PathLike object, not %T", filename);
    if (!kr_is_str(arg[2])) return kr_raise(vm, &kr_type_error, "compile() argument 'mode' must be str, not %T", arg[2]);
    KrParseMode mode = kr_str_is(arg[2], "exec") ? KR_PARSE_EXEC : kr_str_is(arg[2], "eval") ? KR_PARSE_EVAL : KR_PARSE_SINGLE;
    if (mode == KR_PARSE_SINGLE && !kr_str_is(arg[2], "single"))
        return kr_raise(vm, &kr_value_error, "compile() mode must be 'exec', 'eval'%s",
                        flags & 0x400 ? ", 'single' or 'func_type'" : " or 'single'");                       // ONLY_AST
    if (flags & ~(intptr_t)0x1FEFE10) return kr_raise(vm, &kr_value_error, "compile(): unrecognised flags"); // CO_FUTURE_* and PyCF_*
    unsigned own = 0;
    bool inherit, tree;
    if (!kr_truth(vm, arg[4], &inherit) || !kr_tree_is(vm, arg[0], &tree)) return KR_ERROR;
    inherit = !inherit;
    if (flags & 0x400) own |= KR_COMPILE_TREE;
    if (tree && flags & 0x400) return (flags & 0x8400) == 0x8400 ? fold_tree(vm, arg[0], arg[5], "fold_copy") : arg[0];
    if ((flags & 0x1000000) || (inherit && vm->thread.frame && (vm->thread.frame->code->flags & KR_CODE_FUTURE_ANNOTATIONS)))
        own |= KR_COMPILE_FUTURE_ANNOTATIONS;
    if (flags & 0x2000) own |= KR_COMPILE_TOP_LEVEL_AWAIT;
    if (flags & 0x4000) own |= KR_COMPILE_INCOMPLETE_INPUT;
    if (flags & 0x200) own |= KR_COMPILE_DONT_IMPLY_DEDENT;
    if (kr_is_int(arg[5]) && kr_int_value(arg[5]) < 0) own |= vm->compile_flags & OPTIMIZED;
    if (kr_is_int(arg[5]) && kr_int_value(arg[5]) >= 1) own |= KR_COMPILE_NO_ASSERTS;
    if (kr_is_int(arg[5]) && kr_int_value(arg[5]) >= 2) own |= KR_COMPILE_NO_DOCSTRINGS;
    if (tree) return audit_tree(vm, filename) ? kr_compile_tree(vm, arg[0], filename, mode, own) : KR_ERROR;
    KrValue text = source_text(vm, arg[0], filename, "compile", "string, bytes or AST object");
    if (kr_is_error(text)) return text;
    const char *source = kr_str_text(text, &len);
    KrValue out = audit_compile(vm, text, filename) ? kr_compile(vm, source, len, filename, mode, own) : KR_ERROR;
    return (flags & 0x8400) == 0x8400 ? fold_tree(vm, out, arg[5], "fold") : out;
}

static KrValue run(KrVm *vm, const KrValue *arg, const char *what, KrParseMode mode, KrValue closure) {
    KrValue globals = arg[1], locals = arg[2], code = arg[0];
    bool eval = mode == KR_PARSE_EVAL;
    if (!kr_is_none(locals) && !kr_is_dict(locals) && !KR_SLOT_OWNER(kr_type_of(locals), getitem)) {
        if (eval) return kr_raise(vm, &kr_type_error, "locals must be a mapping");
        return kr_raise(vm, &kr_type_error, "locals must be a mapping or None, not %T", locals);
    }
    if (!kr_is_none(globals) && !kr_is_dict(globals)) {
        if (eval)
            return kr_raise(vm, &kr_type_error,
                            KR_SLOT_OWNER(kr_type_of(globals), getitem) ? "globals must be a real dict; try eval(expr, {}, mapping)"
                                                                        : "globals must be a dict");
        return kr_raise(vm, &kr_type_error, "exec() globals must be a dict, not %T", globals);
    }
    if (kr_is_none(globals)) {
        globals = caller_globals(vm);
        if (kr_is_none(locals)) locals = caller_locals(vm);
        if (kr_is_error(locals)) return locals;
    } else if (kr_is_none(locals)) {
        locals = globals;
    }
    KrValue builtins;
    if (!kr_dict_find(vm, globals, KR_N(__builtins__), &builtins)) return KR_ERROR;
    if (kr_is_unset(builtins) && !kr_dict_set(vm, globals, KR_N(__builtins__), vm->builtins)) return KR_ERROR;
    if (!kr_is_exact(code, &kr_code_type) && !kr_is_none(closure))
        return kr_raise(vm, &kr_type_error, "closure can only be used when source is a code object");
    if (!kr_is_exact(code, &kr_code_type)) {
        KrValue name = kr_str_c(vm, "<string>");
        KrValue text = kr_is_error(name) ? name : source_text(vm, code, name, what, "string, bytes or code object");
        if (kr_is_error(text)) return text;
        size_t len;
        const char *source = kr_str_text(text, &len);
        if (mode == KR_PARSE_EVAL)
            while (len && (*source == ' ' || *source == '\t')) source++, len--;
        unsigned inherited =
            vm->thread.frame && (vm->thread.frame->code->flags & KR_CODE_FUTURE_ANNOTATIONS) ? KR_COMPILE_FUTURE_ANNOTATIONS : 0;
        inherited |= vm->compile_flags & OPTIMIZED;
        code = !audit_compile(vm, text, name) ? KR_ERROR : kr_compile(vm, source, len, name, mode, inherited);
        if (kr_is_error(code)) return code;
    }
    size_t frees, given = 0;
    kr_tuple_items(KR_AS(KrCode, code)->frees, &frees);
    if (kr_is_tuple(closure)) kr_tuple_items(closure, &given);
    bool cells = true;
    for (size_t i = 0; i < given; i++) cells = cells && kr_is_exact(kr_tuple_items(closure, NULL)[i], &kr_cell_type);
    if (frees != given || !cells || (frees && !kr_is_tuple(closure))) {
        if (mode == KR_PARSE_EVAL) return kr_raise(vm, &kr_type_error, "code object passed to eval() may not contain free variables");
        if (kr_is_none(closure)) return kr_raise(vm, &kr_type_error, "code object requires a closure of exactly length %u", frees);
        return kr_raise(vm, &kr_type_error,
                        frees ? "code object requires a closure of exactly length %u" : "cannot use a closure with this code object",
                        frees);
    }
    return kr_audit_code(vm, code) ? kr_run_code(vm, code, globals, locals, closure) : KR_ERROR;
}
FUNCTION(eval) { return UNUSED_SELF, run(vm, arg, "eval", KR_PARSE_EVAL, KR_NONE); }
FUNCTION(exec) { return UNUSED_SELF, kr_is_error(run(vm, arg, "exec", KR_PARSE_EXEC, arg[3])) ? KR_ERROR : KR_NONE; }

// A code object over globals and a namespace.
KrValue kr_run_code(KrVm *vm, KrValue code, KrValue globals, KrValue locals, KrValue closure) {
    KrValue v = kr_function_new(vm, KR_AS(KrCode, code), globals);
    if (kr_is_error(v)) return v;
    KrFunctionObject *f = KR_AS(KrFunctionObject, v);
    kr_store(vm, f, &f->qualname, f->name);
    if (!kr_is_none(closure) && !kr_is_unset(closure)) kr_store(vm, f, &f->closure, closure);
    if (!(KR_AS(KrCode, code)->flags & KR_CODE_NAMESPACE)) return kr_call_function(vm, f, NULL, 0, KR_UNSET);
    return kr_run_namespace(vm, f, locals);
}

// Module, class and exec code: register 0 holds the namespace.
KrValue kr_run_namespace(KrVm *vm, KrFunctionObject *function, KrValue ns) {
    if (!(function->code->flags & KR_CODE_NAMESPACE))
        return kr_call_function(vm, function, NULL, 0, KR_UNSET); // __build_class__(lambda: ...)
    if (vm->thread.depth >= vm->recursion_limit) return kr_raise_recursion(vm);
    if (!kr_enter(vm, "")) return KR_ERROR;
    if (!vm->thread.frame) vm->lookup_failed = false; // what C looked up before is no concern of a new run
    if (function->code->flags & KR_CODE_ANY_GENERATOR) return kr_generator_new_namespace(vm, function, ns); // top-level await
    KrFrame *f = kr_frame_open(vm, function);
    if (!f) return KR_ERROR;
    f->base[0] = ns;
    kr_frame_push(vm, f);
    f->flags |= KR_FRAME_ENTRY;
    KrValue v = kr_run_frame(vm, f, false);
    return KR_UNLIKELY(vm->lookup_failed) && !kr_is_error(v) ? kr_raise_memory(vm) : v;
}

// ---- Classes -------------------------------------------------------------------------------------------------------------------

static KrValue resolve_bases(KrVm *vm, KrValue bases, bool *changed) {
    size_t count;
    kr_tuple_items(bases, &count);
    KrValue out = kr_list(vm, 0, NULL);
    *changed = false;
    for (size_t i = 0; i < count && !kr_is_error(out); i++) {
        KrValue base = kr_tuple_items(bases, NULL)[i], method;
        if (kr_is_type(base)) {
            if (!kr_list_append(vm, out, base)) return KR_ERROR;
            continue;
        }
        if (!kr_find_attr(vm, base, KR_N(__mro_entries__), &method)) return KR_ERROR;
        if (kr_is_unset(method)) {
            if (!kr_list_append(vm, out, base)) return KR_ERROR;
            continue;
        }
        KrValue entries = kr_call(vm, method, 1, &bases);
        if (kr_is_error(entries)) return entries;
        if (!kr_is_tuple(entries)) return kr_raise(vm, &kr_type_error, "__mro_entries__ must return a tuple");
        *changed = true;
        if (!kr_list_extend(vm, out, entries)) return KR_ERROR;
    }
    return kr_is_error(out) ? out : kr_tuple_from(vm, out);
}

FUNCTION(build_class) { // func, name, *bases, metaclass, **kwds
    UNUSED_SELF;
    KrValue function = arg[0], name = arg[1], original = arg[2], keywords = arg[3], meta;
    bool changed, found;
    if (!kr_is_ptr(function) || kr_type_of(function) != &kr_function_type)
        return kr_raise(vm, &kr_type_error, "__build_class__: func must be a function");
    if (!kr_is_str(name)) return kr_raise(vm, &kr_type_error, "__build_class__: name is not a string");
    KrValue bases = resolve_bases(vm, original, &changed);
    if (kr_is_error(bases) || !kr_dict_find(vm, keywords, KR_N(metaclass), &meta)) return KR_ERROR;
    if (!kr_is_unset(meta) && !kr_dict_delete(vm, keywords, KR_N(metaclass), &found)) return KR_ERROR;
    if (kr_is_unset(meta)) {
        size_t count;
        const KrValue *item = kr_tuple_items(bases, &count);
        meta = count ? kr_type_value(kr_type_of(item[0])) : kr_type_value(&kr_type_type);
    }
    if (kr_is_type(meta)) meta = kr_metaclass_of(vm, meta, bases);
    if (kr_is_error(meta)) return meta;
    KrValue prepare, ns, pair[2] = { name, bases };
    if (!kr_find_attr(vm, meta, KR_N(__prepare__), &prepare)) return KR_ERROR;
    KrValue args = kr_tuple(vm, 2, pair);
    if (kr_is_error(args)) return args;
    ns = kr_is_unset(prepare) ? kr_dict(vm) : kr_call_args(vm, prepare, args, keywords);
    if (kr_is_error(ns)) return ns;
    if (!kr_is_dict(ns) && !KR_SLOT_OWNER(kr_type_of(ns), getitem)) {
        KrValue meta_name = kr_is_type(meta) ? kr_str_c(vm, kr_type_name(kr_as_type(meta))) : kr_str_c(vm, "<metaclass>");
        return kr_raise(vm, &kr_type_error, "%S.__prepare__() must return a mapping, not %T", meta_name, ns);
    }
    KrValue cell = kr_run_namespace(vm, KR_AS(KrFunctionObject, function), ns);
    if (kr_is_error(cell)) return cell;
    if (changed && !kr_setitem(vm, ns, KR_N(__orig_bases__), original)) return KR_ERROR;
    KrValue triple[3] = { name, bases, ns };
    args = kr_tuple(vm, 3, triple);
    KrValue cls = kr_is_error(args) ? args : kr_call_args(vm, meta, args, keywords);
    if (kr_is_error(cls) || !kr_is_type(cls) || !kr_is_exact(cell, &kr_cell_type)) return cls;
    KrValue held = KR_AS(KrCellObject, cell)->value;
    if (kr_is_unset(held))
        return kr_raise(vm, &kr_runtime_error, "__class__ not set defining %R as %R. Was __classcell__ propagated to type.__new__?", name,
                        cls);
    if (!kr_same(held, cls)) return kr_raise(vm, &kr_type_error, "__class__ set to %R defining %R as %R", held, name, cls);
    return cls;
}

KrValue kr_build_class_function(KrVm *vm, KrValue builtins) {
    KrValue v;
    if (!kr_dict_find(vm, builtins, KR_N(__build_class__), &v)) return KR_ERROR;
    if (kr_is_unset(v) && kr_ptr(builtins) == &KR_AS(KrModuleObject, vm->builtins)->dict->head)
        v = kr_module_find(vm, KR_AS(KrModuleObject, vm->builtins), KR_N(__build_class__));
    return kr_is_unset(v) ? kr_raise(vm, &kr_name_error, "__build_class__ not found") : v;
}

FUNCTION(import) { return UNUSED_SELF, kr_import_call(vm, arg[0], arg[1], arg[3], arg[4]); }

// ---- Text in and out -----------------------------------------------------------------------------------------------------------

// One write a piece: programs that replace sys.stdout see that, and what a __str__ prints comes where it should.
static KrValue print_parts(KrVm *vm, const KrValue *arg, KrValue file) {
    size_t count;
    bool flush;
    kr_tuple_items(arg[0], &count);
    KrValue space = kr_is_none(arg[1]) ? kr_str(vm, " ", 1) : arg[1],
            end = kr_is_none(arg[2]) || kr_is_unset(arg[2]) ? kr_str(vm, "\n", 1) : arg[2];
    if (kr_is_error(space) || kr_is_error(end)) return KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        if (i && !kr_file_write(vm, file, space)) return KR_ERROR;
        KrValue text = kr_to_str(vm, kr_tuple_items(arg[0], NULL)[i]);
        if (kr_is_error(text) || !kr_file_write(vm, file, text)) return KR_ERROR;
        kr_spend(vm, i ? 4 : 0);
        if (!kr_settle(vm)) return KR_ERROR;
    }
    if (!kr_file_write(vm, file, end) || !kr_truth(vm, arg[4], &flush)) return KR_ERROR;
    return flush && kr_is_error(kr_call_method(vm, file, "flush", 0, NULL)) ? KR_ERROR : KR_NONE;
}

FUNCTION(print) { // *args, sep, end, file, flush
    UNUSED_SELF;
    KrValue sep = arg[1], end = arg[2], file = arg[3];
    if (!kr_is_none(sep) && !kr_is_str(sep)) return kr_raise(vm, &kr_type_error, "sep must be None or a string, not %T", sep);
    if (!kr_is_unset(end) && !kr_is_none(end) && !kr_is_str(end))
        return kr_raise(vm, &kr_type_error, "end must be None or a string, not %T", end);
    if (kr_is_none(file)) {
        if (!kr_find_attr(vm, vm->sys, KR_N(stdout), &file)) return KR_ERROR;
        if (kr_is_unset(file)) return kr_raise(vm, &kr_runtime_error, "lost sys.stdout");
        if (kr_is_none(file)) return KR_NONE;
    }
    return print_parts(vm, arg, file);
}

// sys.stdin and so on, for input(): raises when a program has deleted it, or it is None.
static KrValue stream_of(KrVm *vm, KrValue name) {
    KrValue stream;
    if (!kr_find_attr(vm, vm->sys, name, &stream)) return KR_ERROR;
    return kr_is_unset(stream) || kr_is_none(stream) ? kr_raise(vm, &kr_runtime_error, "input(): lost sys.%S", name) : stream;
}

static void flush_quietly(KrVm *vm, KrValue stream) {
    if (kr_is_error(kr_call_method(vm, stream, "flush", 0, NULL))) (void)kr_take_raised(vm);
}

FUNCTION(input) {
    UNUSED_SELF;
    KrValue in = stream_of(vm, KR_N(stdin)), out = kr_is_error(in) ? in : stream_of(vm, KR_N(stdout));
    KrValue err = kr_is_error(out) ? out : stream_of(vm, KR_N(stderr)), prompt = kr_is_error(err) ? err : kr_to_str(vm, arg[0]);
    if (kr_is_error(prompt)) return prompt;
    if (!kr_audit(vm, "builtins.input", 1, arg)) return KR_ERROR;
    flush_quietly(vm, err);
    if (kr_str_length(prompt) && !kr_file_write(vm, out, prompt)) return KR_ERROR;
    flush_quietly(vm, out);
    KrValue line = kr_call_method(vm, in, "readline", 0, NULL);
    if (kr_is_error(line)) return line;
    size_t len;
    const char *text = kr_str_text(line, &len);
    if (!len) return kr_raise(vm, &kr_eof_error, "EOF when reading a line");
    return text[len - 1] == '\n' ? kr_str(vm, text, len - 1) : line;
}

FUNCTION(breakpoint) {
    UNUSED_SELF;
    KrValue none = KR_NONE;
    if (!kr_audit(vm, "builtins.breakpoint", 1, &none)) return KR_ERROR;
    KrValue hook = kr_getattr_c(vm, vm->sys, "breakpointhook");
    return kr_is_error(hook) ? hook : kr_call_args(vm, hook, arg[0], arg[1]);
}

bool kr_is_print(KrValue v) { return KR_AS(KrNativeObject, v)->row->call == builtin_print; }

static const KrMethod functions[] = {
    { "__build_class__(func, name, /, *bases, **kwds)", builtin_build_class,
      KR_DOC("Internal helper function used by the class statement."), 0 },
    { "__import__(name, globals=None, locals=None, fromlist=(), level=0)", builtin_import,
      KR_DOC("Import a module; the import statement calls it."), 0 },
    { "abs(x, /)", builtin_abs, KR_DOC("Return the absolute value of the argument."), 0 },
    { "aiter(async_iterable, /)", builtin_aiter, KR_DOC("Return an AsyncIterator for an AsyncIterable object."), 0 },
    { "all(iterable, /)", builtin_all, KR_DOC("Return True if bool(x) is True for all values x in the iterable."), 0 },
    { "anext(aiterator, default=<unrepresentable>, /)", builtin_anext,
      KR_DOC("Return the next item from the async iterator; default instead of StopAsyncIteration."), 0 },
    { "any(iterable, /)", builtin_any, KR_DOC("Return True if bool(x) is True for any x in the iterable."), 0 },
    { "ascii(obj, /)", builtin_ascii, KR_DOC("Return an ASCII-only representation of an object."), 0 },
    { "bin(number, /)", builtin_bin, KR_DOC("Return the binary representation of an integer."), 0 },
    { "breakpoint(*args, **kws)", builtin_breakpoint, KR_DOC("Call sys.breakpointhook(*args, **kws)."), 0 },
    { "callable(obj, /)", builtin_callable, KR_DOC("Return whether the object is callable."), 0 },
    { "chr(i, /)", builtin_chr, KR_DOC("Return a string of one character with ordinal i; 0 <= i <= 0x10ffff."), 0 },
    { "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)", builtin_compile,
      KR_DOC("Compile source into a code object for exec() or eval()."), 0 },
    { "delattr(obj, name, /)", builtin_delattr, KR_DOC("Delete the named attribute from the object."), 0 },
    { "dir(object=<unset>, /)", builtin_dir, KR_DOC("Return a sorted list of names of an object's attributes, or of the current scope."),
      0 },
    { "divmod(x, y, /)", builtin_divmod, KR_DOC("Return the tuple (x//y, x%y)."), 0 },
    { "eval(source, /, globals=None, locals=None)", builtin_eval, KR_DOC("Evaluate an expression in the context of globals and locals."),
      0 },
    { "exec(source, /, globals=None, locals=None, *, closure=None)", builtin_exec,
      KR_DOC("Execute source in the context of globals and locals."), 0 },
    { "format(value, format_spec='', /)", builtin_format, KR_DOC("Return type(value).__format__(value, format_spec)."), 0 },
    { "getattr(object, name, default=<unset>, /)", builtin_getattr,
      KR_DOC("Get a named attribute from an object; default when it does not exist."), 0 },
    { "globals()", builtin_globals, KR_DOC("Return the dictionary of the current module's global variables."), 0 },
    { "hasattr(obj, name, /)", builtin_hasattr, KR_DOC("Return whether the object has an attribute with the given name."), 0 },
    { "hash(obj, /)", builtin_hash, KR_DOC("Return the hash value for the given object."), 0 },
    { "hex(number, /)", builtin_hex, KR_DOC("Return the hexadecimal representation of an integer."), 0 },
    { "id(obj, /)", builtin_id, KR_DOC("Return the identity of an object: its address."), 0 },
    { "input(prompt='', /)", builtin_input, KR_DOC("Read a line from standard input; the trailing newline is stripped."), 0 },
    { "isinstance(obj, class_or_tuple, /)", builtin_isinstance,
      KR_DOC("Return whether an object is an instance of a class or of a subclass thereof."), 0 },
    { "issubclass(cls, class_or_tuple, /)", builtin_issubclass,
      KR_DOC("Return whether 'cls' is derived from another class or is the same class."), 0 },
    { "iter(object, sentinel=<unset>, /)", builtin_iter, KR_DOC("Get an iterator from an object, or from a callable and a sentinel."), 0 },
    { "len(obj, /)", builtin_len, KR_DOC("Return the number of items in a container."), 0 },
    { "locals()", builtin_locals, KR_DOC("Return a dictionary of the current scope's local variables."), 0 },
    { "max(*args, default=<unset>, key=None)", builtin_max, KR_DOC("Return the largest item of an iterable or of two or more arguments."),
      0 },
    { "min(*args, default=<unset>, key=None)", builtin_min, KR_DOC("Return the smallest item of an iterable or of two or more arguments."),
      0 },
    { "next(iterator, default=<unset>, /)", builtin_next,
      KR_DOC("Return the next item from the iterator; default instead of StopIteration."), 0 },
    { "oct(number, /)", builtin_oct, KR_DOC("Return the octal representation of an integer."), 0 },
    { "ord(c, /)", kr_builtin_ord, KR_DOC("Return the ordinal of a character: a string or bytes of length 1."), 0 },
    { "pow(base, exp, mod=None)", builtin_pow, KR_DOC("base**exp, or base**exp % mod."), 0 },
    { "print(*args, sep=' ', end=<'\\n'>, file=None, flush=False)", builtin_print,
      KR_DOC("Print the values to a stream, or to sys.stdout by default."), 0 },
    { "repr(obj, /)", builtin_repr, KR_DOC("Return the canonical string representation of the object."), 0 },
    { "round(number, ndigits=None)", builtin_round, KR_DOC("Round a number to a given precision in decimal digits."), 0 },
    { "setattr(obj, name, value, /)", builtin_setattr, KR_DOC("Set the named attribute on the given object to the value."), 0 },
    { "sorted(iterable, /, *, key=None, reverse=False)", builtin_sorted,
      KR_DOC("Return a new list containing all items from the iterable in ascending order."), KR_LIKE_SORT },
    { "sum(iterable, /, start=0)", builtin_sum, KR_DOC("Return the sum of a 'start' value plus an iterable of numbers."), 0 },
    { "vars(object=<unset>, /)", builtin_vars, KR_DOC("Return the __dict__ of an object, or locals() without an argument."), 0 },
    { "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", kr_builtin_open,
      KR_DOC("Open a file and return a stream."), KR_OF_IO },
    { 0 },
};

#define TYPE(name, symbol) \
    { \
        name, KR_CONST_TYPE, { .p = &symbol } \
    }
static KrValue make_debug(KrVm *vm) { return (void)vm, KR_TRUE; }
static KrValue make_none(KrVm *vm) { return (void)vm, KR_NONE; }
static KrValue make_true(KrVm *vm) { return (void)vm, KR_TRUE; }
static KrValue make_false(KrVm *vm) { return (void)vm, KR_FALSE; }
static KrValue make_ellipsis(KrVm *vm) { return (void)vm, KR_ELLIPSIS; }
static KrValue make_notimpl(KrVm *vm) { return (void)vm, KR_NOTIMPL; }

// What `site` adds in CPython: from lib/_sitebuiltins.py, once it is asked for.
static KrValue from_site(KrVm *vm, const char *name) {
    if (vm->flags.no_site) return KR_UNSET; // -S
    KrValue module = kr_import(vm, "_sitebuiltins");
    return kr_is_error(module) ? module : kr_getattr_c(vm, module, name);
}
static KrValue make_exit(KrVm *vm) { return from_site(vm, "exit"); }
static KrValue make_quit(KrVm *vm) { return from_site(vm, "quit"); }
static KrValue make_copyright(KrVm *vm) { return from_site(vm, "copyright"); }
static KrValue make_credits(KrVm *vm) { return from_site(vm, "credits"); }
static KrValue make_help(KrVm *vm) { return from_site(vm, "help"); }
static KrValue make_license(KrVm *vm) { return from_site(vm, "license"); }

static const KrConst constants[] = {
    TYPE("bool", kr_bool_type),
    TYPE("bytearray", kr_bytearray_type),
    TYPE("bytes", kr_bytes_type),
    TYPE("classmethod", kr_classmethod_type),
    TYPE("complex", kr_complex_type),
    TYPE("dict", kr_dict_type),
    TYPE("enumerate", kr_enumerate_type),
    TYPE("filter", kr_filter_type),
    TYPE("float", kr_float_type),
    TYPE("frozenset", kr_frozenset_type),
    TYPE("int", kr_int_type),
    TYPE("list", kr_list_type),
    TYPE("map", kr_map_type),
    TYPE("memoryview", kr_memoryview_type),
    TYPE("object", kr_object_type),
    TYPE("property", kr_property_type),
    TYPE("range", kr_range_type),
    TYPE("reversed", kr_reversed_type),
    TYPE("set", kr_set_type),
    TYPE("slice", kr_slice_type),
    TYPE("staticmethod", kr_staticmethod_type),
    TYPE("str", kr_str_type),
    TYPE("super", kr_super_type),
    TYPE("tuple", kr_tuple_type),
    TYPE("type", kr_type_type),
    TYPE("zip", kr_zip_type),
#define X(symbol, name) TYPE(name, kr_##symbol),
    KR_EXCEPTIONS(X)
#undef X
        TYPE("EnvironmentError", kr_os_error),
    TYPE("IOError", kr_os_error),
    { "exit", KR_CONST_MAKE, { .make = make_exit } },
    { "quit", KR_CONST_MAKE, { .make = make_quit } },
    { "copyright", KR_CONST_MAKE, { .make = make_copyright } },
    { "credits", KR_CONST_MAKE, { .make = make_credits } },
    { "license", KR_CONST_MAKE, { .make = make_license } },
    { "help", KR_CONST_MAKE, { .make = make_help } },
    { "__debug__", KR_CONST_MAKE, { .make = make_debug } },
    { "None", KR_CONST_MAKE, { .make = make_none } },
    { "True", KR_CONST_MAKE, { .make = make_true } },
    { "False", KR_CONST_MAKE, { .make = make_false } },
    { "Ellipsis", KR_CONST_MAKE, { .make = make_ellipsis } },
    { "NotImplemented", KR_CONST_MAKE, { .make = make_notimpl } },
    { 0 },
};

const KrModuleDef kr_builtins_module = {
    "builtins", KR_DOC("Built-in functions, types, exceptions, and other objects."), functions, constants, NULL,
};
