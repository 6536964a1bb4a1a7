// code_make.c - code objects that programs make: code.replace() and types.CodeType().
//
// Instructions rely on the number and kinds of constants, names and registers and are not checked when they run. A copy with other names,
// positions and constants of the same kind is as good as what it is a copy of; anything else goes through the verifier.
// SPDX-License-Identifier: MIT
#include "code/code_make.h"

#include "code/code.h"
#include "code/code_table.h"
#include "code/verify.h"
#include "object/function.h"
#include "object/int.h"
#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"

// ---- code.replace() ----------------------------------------------------------------------------------------------------------------

typedef enum { FIXED_INT, FIXED_BYTES, FIXED_TUPLE, UNKNOWN, FLAGS, LINE, CONSTS, NAMES, LOCALS, TEXT } Kind;

enum { FIELDS = 18 };
static const struct {
    const char *name;
    Kind kind;
} field[FIELDS] = {
    // in the order of the row's parameters
    { "co_argcount", FIXED_INT },
    { "co_posonlyargcount", FIXED_INT },
    { "co_kwonlyargcount", FIXED_INT },
    { "co_nlocals", FIXED_INT },
    { "co_stacksize", FIXED_INT },
    { "co_flags", FLAGS },
    { "co_firstlineno", LINE },
    { "co_code", FIXED_BYTES },
    { "co_consts", CONSTS },
    { "co_names", NAMES },
    { "co_varnames", LOCALS },
    { "co_freevars", FIXED_TUPLE },
    { "co_cellvars", FIXED_TUPLE },
    { "co_filename", TEXT },
    { "co_name", TEXT },
    { "co_qualname", TEXT },
    { "co_linetable", UNKNOWN },
    { "co_exceptiontable", UNKNOWN },
};

static bool check_type(KrVm *vm, size_t i, KrValue v) {
    Kind kind = field[i].kind;
    const char *want = NULL;
    if (kind == TEXT && !kr_is_str(v)) want = "str";
    if ((kind == FIXED_BYTES || kind == UNKNOWN) && !kr_is_bytes(v)) want = "bytes";
    if ((kind == FIXED_TUPLE || kind == CONSTS || kind == NAMES || kind == LOCALS) && !kr_is_tuple(v)) want = "tuple";
    if (!want) return true;
    if (kr_is_none(v)) return kr_fail(kr_raise(vm, &kr_type_error, "replace() argument '%s' must be %s, not None", field[i].name, want));
    return kr_fail(kr_raise(vm, &kr_type_error, "replace() argument '%s' must be %s, not %T", field[i].name, want, v));
}

// Instructions depend on it: the copy has to be proved. Taken back by kr_code_replace.
static bool refuse(KrVm *vm, size_t i) { return kr_fail(kr_raise(vm, &kr_not_implemented_error, "%s", field[i].name)); }

// Can an instruction that expects the one take the other?
static bool same_kind(KrValue a, KrValue b) {
    if (kr_is_exact(a, &kr_code_type) || kr_is_exact(b, &kr_code_type))
        return kr_is_exact(a, &kr_code_type) && kr_is_exact(b, &kr_code_type);
    if (kr_is_str(a) || kr_is_str(b)) return kr_is_str(a) && kr_is_str(b);
    if (!kr_is_tuple(a) && !kr_is_tuple(b)) return true;
    if (!kr_is_exact(a, &kr_tuple_type) || !kr_is_exact(b, &kr_tuple_type)) return false;
    size_t n, m;
    const KrValue *x = kr_tuple_items(a, &n), *y = kr_tuple_items(b, &m);
    for (size_t i = 0; n == m && i < n; i++)
        if (kr_is_str(x[i]) != kr_is_str(y[i])) return false;
    return n == m;
}

static bool set_consts(KrVm *vm, KrCode *c, size_t i, KrValue v) {
    size_t n, m;
    const KrValue *old = kr_tuple_items(c->consts, &n), *new = kr_tuple_items(v, &m);
    if (n != m) return refuse(vm, i);
    for (size_t k = 0; k < n; k++)
        if (!same_kind(old[k], new[k])) return refuse(vm, i);
    v = kr_tuple(vm, m, new); // never a subclass
    if (!kr_is_error(v)) kr_store(vm, c, &c->consts, v);
    return !kr_is_error(v);
}

// The names of v, interned, in the places of `old` that take one.
static KrValue renamed(KrVm *vm, KrValue old, const uint8_t *kinds, KrValue v, size_t i) {
    size_t n, m, used = 0;
    const KrValue *name = kr_tuple_items(v, &m);
    kr_tuple_items(old, &n);
    KrValue out = kr_tuple(vm, n, kr_tuple_items(old, NULL));
    for (size_t k = 0; k < m; k++)
        if (!kr_is_str(name[k])) return kr_raise(vm, &kr_type_error, "name tuples must contain only strings, not '%T'", name[k]);
    for (size_t k = 0; !kr_is_error(out) && k < n; k++) {
        if (kinds && (kinds[k] & KR_LOCAL_CELL) && !(kinds[k] & KR_LOCAL_PARAM)) continue;
        KrValue own = used < m ? kr_intern(vm, name[used]) : (refuse(vm, i), KR_ERROR);
        if (kr_is_error(own)) return own;
        kr_store(vm, kr_ptr(out), &kr_tuple_items(out, NULL)[k], own);
        used++;
    }
    return kr_is_error(out) || used == m ? out : (refuse(vm, i), KR_ERROR);
}

static bool set_flags(KrVm *vm, KrCode *c, KrValue v) {
    const uint32_t fixed = KR_CODE_OPTIMIZED | KR_CODE_NEWLOCALS | KR_CODE_VARARGS | KR_CODE_VARKEYWORDS | KR_CODE_ANY_GENERATOR;
    const uint32_t own =
        KR_CODE_NAMESPACE | KR_CODE_SIMPLE | KR_CODE_CLEANUP | KR_CODE_DOCSTRING; // what the instructions rely on cannot be changed
    intptr_t n;
    if (!kr_to_index(vm, v, &n)) return false;
    uint32_t flags = (uint32_t)n;
    if ((flags ^ c->flags) & fixed) return kr_fail(kr_raise(vm, &kr_value_error, "code: co_flags do not fit the instructions"));
    c->flags = (c->flags & own) | (flags & ~own);
    return true;
}

static bool set_field(KrVm *vm, KrCode *c, size_t i, KrValue v) {
    KrValue now, self = kr_from_ptr(c);
    intptr_t n;
    bool same;
    if (!check_type(vm, i, v)) return false;
    switch (field[i].kind) {
    case FLAGS: return set_flags(vm, c, v);
    case CONSTS: return set_consts(vm, c, i, v);
    case LINE:
        if (!kr_to_index(vm, v, &n)) return false;
        if (n < 0) return kr_fail(kr_raise(vm, &kr_value_error, "code: firstlineno must not be negative"));
        return c->first_line = (uint32_t)n, true;
    case NAMES:
    case LOCALS:
        now = field[i].kind == NAMES ? renamed(vm, c->names, NULL, v, i) : renamed(vm, c->locals, c->local_kinds, v, i);
        if (!kr_is_error(now)) kr_store(vm, c, field[i].kind == NAMES ? &c->names : &c->locals, now);
        return !kr_is_error(now);
    case TEXT: return kr_store(vm, c, i == 13 ? &c->filename : i == 14 ? &c->name : &c->qualname, v), true;
    case UNKNOWN: break;
    case FIXED_INT:
        if (!kr_to_index(vm, v, &n)) return false;
        break;
    default: break;
    }
    now = kr_getattr_c(vm, self, field[i].name);
    return !kr_is_error(now) && kr_equal(vm, now, v, &same) && (same || refuse(vm, i));
}

// A new code object from all attributes, those of self where none is given.
static KrValue replace_and_prove(KrVm *vm, KrValue self, const KrValue *arg) {
    static const uint8_t place[FIELDS] = { 0, 1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 16, 17, 10, 11, 12, 14, 15 }; // among CodeType's arguments
    KrValue all[FIELDS];
    for (size_t i = 0; i < FIELDS; i++) {
        if (!kr_is_unset(arg[i]) && !check_type(vm, i, arg[i])) return KR_ERROR;
        all[place[i]] = kr_is_unset(arg[i]) ? kr_getattr_c(vm, self, field[i].name) : arg[i];
        if (kr_is_error(all[place[i]])) return KR_ERROR;
    }
    return kr_code_make(vm, self, all);
}

static bool tell(KrVm *vm, KrValue self, const KrValue *arg) { // event "code.__new__"
    static const uint8_t at[] = { 7, 13, 14, 0, 1, 2, 3, 4, 5 };
    KrValue told[KR_COUNT_OF(at)];
    for (size_t i = 0; i < KR_COUNT_OF(at); i++) {
        told[i] = kr_is_unset(arg[at[i]]) ? kr_getattr_c(vm, self, field[at[i]].name) : arg[at[i]];
        if (kr_is_error(told[i])) return false;
    }
    return kr_audit_event(vm, "code.__new__", KR_COUNT_OF(at), told);
}

KrValue kr_code_replace(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_audit_wanted(vm) && !tell(vm, self, arg)) return KR_ERROR;
    KrCode *c = kr_code_new(vm);
    if (!c) return KR_ERROR;
    KrObject head = c->head;
    *c = *KR_AS(KrCode, self);
    c->head = head;
    c->caches = NULL;
    c->cache = NULL;
    c->quick = KR_NOT_QUICK;
    c->in_place = false;
    for (size_t i = 0; i < FIELDS; i++) {
        if (kr_is_unset(arg[i]) || set_field(vm, c, i, arg[i])) continue;
        if (!kr_raised_is(vm, &kr_not_implemented_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return replace_and_prove(vm, self, arg);
    }
    return kr_from_ptr(c);
}

// ---- types.CodeType() --------------------------------------------------------------------------------------------------------------

static bool check_argument(KrVm *vm, size_t i, KrValue v) {
    static const char kind[] = "iiiiiibtttsssibbtt"; // int, bytes, tuple, str
    static const char *const count[] = { "argcount", "posonlyargcount", "kwonlyargcount", "nlocals" };
    intptr_t n;
    const char *want = kind[i] == 'b' && !kr_is_bytes(v)   ? "bytes"
                       : kind[i] == 't' && !kr_is_tuple(v) ? "tuple"
                       : kind[i] == 's' && !kr_is_str(v)   ? "str"
                                                           : NULL;
    if (want) return kr_fail(kr_raise(vm, &kr_type_error, "code() argument %u must be %s, not %T", i + 1, want, v));
    if (kind[i] != 'i') return true;
    if (!kr_to_index(vm, v, &n)) return false;
    if (i < KR_COUNT_OF(count) && n < 0) return kr_fail(kr_raise(vm, &kr_value_error, "code: %s must not be negative", count[i]));
    return true;
}

enum {
    ARGCOUNT,
    POSONLY,
    KWONLY,
    NLOCALS,
    STACK,
    OWN_FLAGS,
    CODE,
    ALL_CONSTS,
    ALL_NAMES,
    VARS,
    FILE,
    NAME,
    QUALNAME,
    FIRST,
    LINES,
    TABLE,
    FREE,
    CELL
};

// A tuple of interned names from one that should hold strings.
static KrValue name_tuple(KrVm *vm, KrValue v) {
    size_t n;
    const KrValue *from = kr_tuple_items(v, &n);
    KrValue out = kr_tuple(vm, n, NULL);
    for (size_t i = 0; !kr_is_error(out) && i < n; i++) {
        if (!kr_is_str(from[i])) return kr_raise(vm, &kr_type_error, "name tuples must contain only strings, not '%T'", from[i]);
        KrValue own = kr_intern(vm, from[i]);
        if (kr_is_error(own)) return own;
        kr_store(vm, kr_ptr(out), &kr_tuple_items(out, NULL)[i], own);
    }
    return out;
}

static bool number(KrVm *vm, KrValue v, size_t most, const char *what, uint32_t *out) {
    intptr_t n;
    if (!kr_to_index(vm, v, &n)) return false;
    *out = (uint32_t)n;
    return (n >= 0 && (size_t)n <= most) || kr_fail(kr_raise(vm, &kr_value_error, "code: %s out of range", what));
}

static bool set_numbers(KrVm *vm, KrCode *c, const KrValue *arg) {
    uint32_t npos, posonly, kwonly, stack, flags, first;
    if (!number(vm, arg[ARGCOUNT], UINT16_MAX, "argcount", &npos) || !number(vm, arg[POSONLY], UINT16_MAX, "posonlyargcount", &posonly) ||
        !number(vm, arg[KWONLY], UINT16_MAX, "kwonlyargcount", &kwonly) || !number(vm, arg[STACK], UINT16_MAX, "stacksize", &stack) ||
        !number(vm, arg[OWN_FLAGS], (1 << 26) - 1, "flags", &flags) || !number(vm, arg[FIRST], KR_CODE_LINE_MAX, "firstlineno", &first))
        return false;
    c->npos = (uint16_t)npos;
    c->nposonly = (uint16_t)posonly;
    c->nkwonly = (uint16_t)kwonly;
    c->nregs = (uint16_t)stack; // locals are added when they are known
    c->flags = flags;
    c->first_line = first;
    return true;
}

static bool set_tables(KrVm *vm, KrCode *c, const KrValue *arg) {
    size_t n;
    kr_bytes_data(arg[CODE], &n);
    if (n % sizeof(KrInstr)) return kr_fail(kr_raise(vm, &kr_value_error, "code: co_code is malformed"));
    const KrValue *item = kr_tuple_items(arg[ALL_CONSTS], &n);
    KrValue consts = kr_tuple(vm, n, item), names = name_tuple(vm, arg[ALL_NAMES]), vars = name_tuple(vm, arg[VARS]),
            frees = name_tuple(vm, arg[FREE]), cells = name_tuple(vm, arg[CELL]);
    if (kr_is_error(consts) || kr_is_error(names) || kr_is_error(vars) || kr_is_error(frees) || kr_is_error(cells)) return false;
    kr_store(vm, c, &c->consts, consts);
    kr_store(vm, c, &c->names, names);
    kr_store(vm, c, &c->frees, frees);
    kr_tuple_items(vars, &n);
    uint32_t locals;
    if (!number(vm, arg[NLOCALS], UINT16_MAX, "nlocals", &locals)) return false;
    if (locals != n) return kr_fail(kr_raise(vm, &kr_value_error, "code: co_nlocals != len(co_varnames)"));
    if (!kr_code_from_table(vm, c, arg[TABLE], &(KrCodeText){ arg[CODE], arg[LINES], vars, cells })) return false;
    if ((size_t)c->nregs + c->nlocals > UINT16_MAX) return kr_fail(kr_raise(vm, &kr_value_error, "code: stacksize out of range"));
    c->nregs = (uint16_t)(c->nregs + c->nlocals);
    return true;
}

// The verifier's words, as the error of an argument.
static bool prove(KrVm *vm, KrCode *c) {
    if (kr_code_verify(vm, c, false)) return true;
    if (!kr_raised_is(vm, &kr_import_error)) return false;
    KrValue text = kr_to_str(vm, kr_take_raised(vm));
    return kr_is_error(text) ? false : kr_fail(kr_raise(vm, &kr_value_error, "code: %S", text));
}

KrValue kr_code_make(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    for (size_t i = 0; i < FIELDS; i++)
        if (!check_argument(vm, i, arg[i])) return KR_ERROR;
    KrCode *c = kr_code_new(vm);
    if (!c) return KR_ERROR;
    kr_store(vm, c, &c->filename, arg[FILE]);
    kr_store(vm, c, &c->name, arg[NAME]);
    kr_store(vm, c, &c->qualname, arg[QUALNAME]);
    const KrValue told[9] = { arg[CODE],   arg[FILE],    arg[NAME],  arg[ARGCOUNT], arg[POSONLY],
                              arg[KWONLY], arg[NLOCALS], arg[STACK], arg[OWN_FLAGS] };
    if (!kr_audit_event(vm, "code.__new__", 9, told)) return KR_ERROR;
    if (!set_numbers(vm, c, arg) || !set_tables(vm, c, arg) || !prove(vm, c)) return KR_ERROR;
    return kr_from_ptr(c);
}
