// emit_function.c - functions, lambdas, classes, type parameters and type aliases: code of their own, and what makes objects of it.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"
#include "object/text.h"

static KrValue keep(KrCompiler *c, KrValue v) {
    if (kr_is_error(v)) return kr_emit_fail(c), KR_NONE;
    return v;
}

// ---- Code objects --------------------------------------------------------------------------------------------------------------

static KrValue qualified_name(KrUnit *parent, const KrScope *scope, KrValue name) {
    KrCompiler *c = parent->c;
    KrUnit *p = parent;
    while (p->parent && p->scope->kind == KR_SCOPE_TYPE_PARAMETERS) p = p->parent;
    if (c->failed || !p->parent) return name;
    if (scope->kind == KR_SCOPE_FUNCTION || scope->kind == KR_SCOPE_CLASS) {
        size_t len;
        const char *text = kr_str_text(name, &len);
        const KrName *interned = kr_parser_intern(c->parser, text, len);
        const KrSymbol *s = interned ? kr_scope_symbol(p->scope, interned) : NULL;
        if (s && s->kind == KR_SYMBOL_GLOBAL_EXPLICIT) return name;
    }
    KrValue text = keep(c, kr_format(c->vm, p->scope->kind == KR_SCOPE_CLASS ? "%S.%S" : "%S.<locals>.%S", p->qualname, name));
    return c->failed ? KR_NONE : keep(c, kr_intern(c->vm, text)); // the lambdas of a function share it
}

static uint32_t code_flags(const KrUnit *u) {
    uint32_t scope = u->scope->flags, flags = 0;
    if (scope & KR_SCOPE_FAST) flags |= KR_CODE_OPTIMIZED | KR_CODE_NEWLOCALS;
    if (scope & KR_SCOPE_NESTED) flags |= KR_CODE_NESTED;
    if (scope & KR_SCOPE_VARARGS) flags |= KR_CODE_VARARGS;
    if (scope & KR_SCOPE_VARKEYWORDS) flags |= KR_CODE_VARKEYWORDS;
    if (scope & KR_SCOPE_ASYNC_GENERATOR) flags |= KR_CODE_ASYNC_GENERATOR;
    else if (scope & KR_SCOPE_COROUTINE) flags |= u->scope->kind == KR_SCOPE_GENERATOR_EXP ? KR_CODE_ASYNC_GENERATOR : KR_CODE_COROUTINE;
    else if (scope & KR_SCOPE_GENERATOR) flags |= KR_CODE_GENERATOR;
    if (u->c->scopes.future_annotations) flags |= KR_CODE_FUTURE_ANNOTATIONS;
    if (u->region_len) flags |= KR_CODE_CLEANUP;
    if (!(scope & KR_SCOPE_FAST)) flags |= KR_CODE_NAMESPACE;
    else if (!(flags & (KR_CODE_VARARGS | KR_CODE_VARKEYWORDS | KR_CODE_ANY_GENERATOR)) && !u->scope->kwonly_count) flags |= KR_CODE_SIMPLE;
    return flags;
}

static void prologue(KrUnit *u) {
    KrScope *scope = u->scope;
    if (!(scope->flags & KR_SCOPE_FAST)) {
        u->top = u->max = u->base = 1; // register 0 is the namespace
        return;
    }
    u->top = u->max = u->base = scope->local_count < u->near ? scope->local_count : u->near;
    if (scope->local_count > u->near) kr_emit_x(u, KR_OP_FARARGS, 0, u->near);
    for (unsigned i = 0; i < scope->param_count && i < u->near && u->bound; i++) u->bound[i] = 1;
    for (const KrSymbol *s = scope->first; s; s = s->next)
        if (s->kind == KR_SYMBOL_CELL && s->index != KR_SYMBOL_NO_INDEX)
            kr_emit_x(u, KR_OP_NEWCELL, 0, s->index < u->near ? s->index : 256 + (s->index - u->near));
}

// A code object for scope; `body` emits what follows the prologue. Emitted again when registers run out, with temporaries in far ones, or
// when a variable proves to be unbound somewhere after a loop has trusted it.
KrValue kr_emit_body_code(KrUnit *parent, KrScope *scope, void (*body)(KrUnit *, void *), void *arg, KrValue name, uint32_t line) {
    KrCompiler *c = parent->c;
    static const unsigned near_limits[] = { 160, 100, 24 };
    uint8_t deletable[256] = { 0 };
    unsigned try = 0;
    KrArenaMark mark = kr_arena_mark(&c->arena);
    KrValue code = KR_NONE;
    KrArena own; // statements come and go in c->arena meanwhile
    KrUnit u;
    kr_arena_init(&own, &c->arena.source, 0);
    for (;;) {
        kr_unit_begin(&u, parent, c, scope, &own);
        if (c->failed) break;
        u.near = scope->flags & KR_SCOPE_FAST ? near_limits[try] : 0;
        u.far = try > 0;
        if (u.near > scope->local_count) u.near = scope->local_count;
        u.qualname = qualified_name(parent, scope, name);
        memcpy(u.deletable, deletable, sizeof deletable);
        kr_place_nowhere(&u);
        prologue(&u);
        u.here = (KrPlace){ line, 0, line, 0 };
        body(&u, arg);
        if (c->failed) break;
        if (u.overflow) {
            if (++try == KR_COUNT_OF(near_limits)) {
                (void)kr_raise(c->vm, &kr_recursion_error, "expression too complex: it needs more than 250 registers");
                kr_emit_fail(c);
                break;
            }
        } else if (!u.restart) {
            code = kr_unit_finish(&u, name, line, code_flags(&u));
            break;
        }
        memcpy(deletable, u.deletable, sizeof deletable);
        if (try) memset(deletable, 0, sizeof deletable);
        if (u.restart && try) memcpy(deletable, u.deletable, sizeof deletable);
        kr_arena_rewind(&c->arena, mark);
        kr_arena_reset(&own);
    }
    kr_arena_rewind(&c->arena, mark);
    kr_arena_free(&own);
    return code;
}

// window: where the function goes; window+1.. : defaults, keyword defaults, annotations (by flags 1, 2, 4), filled by the caller.
void kr_emit_make_function(KrUnit *u, KrValue code, KrScope *inner, unsigned window, unsigned flags) {
    bool closure;
    KrPlace here = u->here;
    kr_emit_closure(u, inner, window + 4, &closure);
    u->here = here;
    unsigned n = kr_emit_const(u, code);
    kr_emit(u, KR_OP_MAKEFUNC, window, flags | (closure ? 8u : 0), 0);
    kr_emit_word(u, n);
}

// ---- Functions -----------------------------------------------------------------------------------------------------------------

static void function_body(KrUnit *u, void *arg) {
    KrFunctionDef *f = arg;
    KrValue doc = kr_docstring(u, f->body);
    if (!kr_is_none(doc)) kr_emit_const(u, doc);
    if (kr_emit_body(u, f->body, f->later, !kr_is_none(doc))) kr_place_follow(u); // otherwise on the first line
    kr_emit(u, KR_OP_RETNONE, 0, 0, 0);
}

static void lambda_body(KrUnit *u, void *arg) {
    KrLambda *l = arg;
    unsigned r = kr_operand(u, l->body);
    kr_place(u, l->body);
    if (u->scope->flags & KR_SCOPE_GENERATOR && !(u->scope->flags & KR_SCOPE_COROUTINE)) {
        kr_emit(u, KR_OP_RET, r, 0, 0);
        return;
    }
    kr_emit(u, KR_OP_RET, r, 0, 0);
}

static void default_values(KrUnit *u, KrArguments *args, unsigned window, unsigned *flags) {
    if (args->defaults.count) {
        kr_build_sequence(u, args->defaults, KR_OP_TUPLE, window + 1);
        *flags |= 1;
    }
    bool any = false;
    for (uint32_t i = 0; i < args->kw_defaults.count; i++) any = any || args->kw_defaults.item[i];
    if (!any) return;
    *flags |= 2;
    kr_place_nowhere(u);
    kr_emit(u, KR_OP_DICT, window + 2, window + 2, 0);
    for (uint32_t i = 0; i < args->kw_defaults.count; i++) {
        if (!args->kw_defaults.item[i]) continue;
        unsigned top = u->top, pair = kr_reg(u, 2);
        const KrName *name = kr_scope_mangle(&u->c->scopes, u->inner, kr_as_arg(args->kwonlyargs.item[i])->arg);
        kr_place_nowhere(u);
        if (name) kr_emit_load(u, kr_name_value(u->c, name), pair);
        kr_expr(u, args->kw_defaults.item[i], pair + 1);
        kr_place_nowhere(u);
        kr_emit(u, KR_OP_DICTSET, window + 2, pair, pair + 1);
        u->top = top;
    }
}

static void annotation_value(KrUnit *u, KrNode *annotation, unsigned dst) {
    if (u->c->scopes.future_annotations) {
        kr_emit_load(u, kr_annotation_text(u, annotation), dst);
    } else if (annotation->kind == KR_NODE_STARRED) { // *args: *Ts
        unsigned top = u->top, r = kr_operand(u, kr_as_starred(annotation)->value);
        kr_emit(u, KR_OP_UNPACK, dst, 1, r);
        u->top = top;
    } else {
        kr_expr(u, annotation, dst);
    }
}

static void annotate_one(KrUnit *u, const KrName *name, KrNode *annotation, unsigned list) {
    if (!annotation) return;
    unsigned top = u->top, t = kr_reg(u, 1);
    KrPlace here = u->here;
    const KrName *mangled = kr_scope_mangle(&u->c->scopes, u->inner, name);
    if (mangled) kr_emit_load(u, kr_name_value(u->c, mangled), t);
    kr_emit(u, KR_OP_APPEND, list, t, 0);
    annotation_value(u, annotation, t);
    u->here = here;
    kr_emit(u, KR_OP_APPEND, list, t, 0);
    u->top = top;
}

static void annotate_args(KrUnit *u, KrSeq args, unsigned list) {
    for (uint32_t i = 0; i < args.count; i++) annotate_one(u, kr_as_arg(args.item[i])->arg, kr_as_arg(args.item[i])->annotation, list);
}

static bool any_annotation(KrSeq args) {
    for (uint32_t i = 0; i < args.count; i++)
        if (kr_as_arg(args.item[i])->annotation) return true;
    return false;
}

static void annotations(KrUnit *u, KrFunctionDef *f, unsigned window, unsigned *flags) {
    KrArguments *a = f->args;
    bool any = f->returns || any_annotation(a->posonlyargs) || any_annotation(a->args) || any_annotation(a->kwonlyargs) ||
               (a->vararg && kr_as_arg(a->vararg)->annotation) || (a->kwarg && kr_as_arg(a->kwarg)->annotation);
    if (!any) return;
    *flags |= 4;
    kr_emit(u, KR_OP_LIST, window + 3, window + 3, 0);
    annotate_args(u, a->args, window + 3); // before the positional-only ones, as CPython evaluates them
    annotate_args(u, a->posonlyargs, window + 3);
    if (a->vararg) annotate_one(u, kr_as_arg(a->vararg)->arg, kr_as_arg(a->vararg)->annotation, window + 3);
    annotate_args(u, a->kwonlyargs, window + 3);
    if (a->kwarg) annotate_one(u, kr_as_arg(a->kwarg)->arg, kr_as_arg(a->kwarg)->annotation, window + 3);
    const KrName *name = kr_parser_intern(u->c->parser, "return", 6);
    if (f->returns && name) annotate_one(u, name, f->returns, window + 3);
    kr_emit(u, KR_OP_LISTTUPLE, window + 3, window + 3, 0);
}

static unsigned decorators(KrUnit *u, KrSeq list) { // in a register each, far ones if there are many
    unsigned first = u->far ? 256 + u->far_top : u->top;
    for (uint32_t i = 0; i < list.count; i++) {
        unsigned w = kr_reg(u, 1);
        kr_expr(u, list.item[i], w);
        if (!u->far) continue;
        unsigned at = kr_far_put(u, w);
        if (!i) first = at;
        u->top = w;
    }
    return first;
}

// The innermost decorator is called first; the value stands in `value`.
static void apply_decorators(KrUnit *u, KrSeq list, unsigned first, unsigned value) {
    for (uint32_t i = list.count; i-- > 0;) {
        unsigned top = u->top, w = kr_reg(u, 2);
        kr_place(u, list.item[i]);
        if (u->far) kr_far_get(u, w, first + i);
        else kr_emit_move(u, w, first + i);
        kr_emit_move(u, w + 1, value);
        kr_emit(u, KR_OP_CALL, w, 1, value);
        u->top = top;
    }
}

static void load_special(KrUnit *u, const char *name, unsigned dst, KrAccess access) {
    const KrName *n = kr_parser_intern(u->c->parser, name, strlen(name));
    if (n) kr_emit_name(u, n, access, dst);
}

static uint32_t first_line(KrSeq decorator_list, const KrNode *node) {
    return decorator_list.count ? decorator_list.item[0]->line : node->line;
}

// The function object in window, everything but decorators; defaults were put into window by the caller if it has type parameters.
static void plain_function(KrUnit *u, KrFunctionDef *f, unsigned window, unsigned flags) {
    KrValue name = kr_name_value(u->c, f->name);
    KrPlace here = u->here;
    annotations(u, f, window, &flags);
    KrValue code = kr_emit_body_code(u, f->scope, function_body, f, name, first_line(f->decorator_list, &f->node));
    KrValue doc = kr_docstring(u, f->body);
    if (!u->c->failed && !kr_is_none(doc)) KR_AS(KrCode, code)->flags |= KR_CODE_DOCSTRING;
    u->here = here;
    kr_emit_make_function(u, code, f->scope, window, flags);
}

// ---- Type parameters -----------------------------------------------------------------------------------------------------------

static void thunk_body(KrUnit *u, void *arg) {
    KrNode *value = arg;
    bool starred = value->kind == KR_NODE_STARRED; // *Ts = *tuple[int, str]
    unsigned r = kr_operand(u, starred ? kr_as_starred(value)->value : value);
    kr_place(u, value);
    if (starred) {
        unsigned one = kr_reg(u, 1);
        kr_emit(u, KR_OP_UNPACK, one, 1, r);
        r = one;
    }
    kr_emit(u, KR_OP_RET, r, 0, 0);
}

static void thunk(KrUnit *u, KrScope *scope, KrNode *value, KrValue name, unsigned dst) {
    unsigned top = u->top, window = kr_reg(u, 6);
    KrValue code = kr_emit_body_code(u, scope, thunk_body, value, name, value->line);
    kr_emit_make_function(u, code, scope, window, 0);
    kr_emit_move(u, dst, window);
    u->top = top;
}

// Makes the parameters, binds their names, and leaves a tuple of them in dst.
static void type_parameters(KrUnit *u, KrSeq params, unsigned dst) {
    unsigned top = u->top, list = kr_reg(u, 1);
    kr_emit(u, KR_OP_LIST, list, list, 0);
    for (uint32_t i = 0; i < params.count && !u->c->failed; i++) {
        KrTypeParam *p = kr_as_type_param(params.item[i]);
        unsigned inner = u->top, w = kr_reg(u, 4);
        KrValue name = kr_name_value(u->c, p->name);
        kr_place(u, &p->node);
        kr_emit_load(u, name, w);
        kr_emit_special(u, KR_SPECIAL_UNSET, w + 1);
        kr_emit_special(u, KR_SPECIAL_UNSET, w + 2);
        if (p->bound) thunk(u, p->bound_scope, p->bound, name, w + 1);
        if (p->default_value) {
            KrNode *value = p->default_value;
            thunk(u, p->default_scope, value, name, w + 2);
        }
        unsigned which = p->node.kind == KR_NODE_PARAM_SPEC            ? KR_INTRINSIC_PARAMSPEC
                         : p->node.kind == KR_NODE_TYPE_VAR_TUPLE      ? KR_INTRINSIC_TYPEVARTUPLE
                         : p->bound && p->bound->kind == KR_NODE_TUPLE ? KR_INTRINSIC_CONSTRAINTS
                                                                       : KR_INTRINSIC_TYPEVAR;
        kr_place(u, &p->node);
        kr_emit(u, KR_OP_INTRINSIC, w, w, which);
        kr_emit_name(u, p->name, KR_STORE, w);
        kr_emit(u, KR_OP_APPEND, list, w, 0);
        u->top = inner;
    }
    kr_emit(u, KR_OP_LISTTUPLE, dst, list, 0);
    u->top = top;
}

typedef struct {
    KrFunctionDef *f;
    unsigned flags;
} GenericFunction;

static void generic_function_body(KrUnit *u, void *arg) {
    GenericFunction *g = arg;
    unsigned params = kr_reg(u, 2), window = kr_reg(u, 6);
    kr_place(u, &g->f->node);
    type_parameters(u, g->f->type_params, params + 1);
    if (g->flags & 1) load_special(u, ".defaults", window + 1, KR_LOAD);
    if (g->flags & 2) load_special(u, ".kwdefaults", window + 2, KR_LOAD);
    plain_function(u, g->f, window, g->flags);
    kr_emit_move(u, params, window);
    kr_emit(u, KR_OP_INTRINSIC, params, params, KR_INTRINSIC_SET_TYPE_PARAMS);
    kr_emit(u, KR_OP_RET, params, 0, 0);
}

// Calls the type scope's function at once with `count` arguments that stand behind window's six registers.
static void call_type_scope(KrUnit *u, KrValue code, KrScope *scope, unsigned window, unsigned arg, unsigned count, unsigned dst) {
    unsigned top = u->top, w = kr_reg(u, 6);
    (void)window;
    kr_emit_make_function(u, code, scope, w, 0);
    for (unsigned i = 0; i < count; i++) kr_emit_move(u, w + 1 + i, arg + i);
    kr_emit(u, KR_OP_CALL, w, count, dst);
    u->top = top;
}

static KrValue generic_name(KrUnit *u, const KrName *name) {
    KrValue v = kr_name_value(u->c, name);
    return u->c->failed ? KR_NONE : keep(u->c, kr_format(u->c->vm, "<generic parameters of %S>", v));
}

static void generic_function(KrUnit *u, KrFunctionDef *f, unsigned window) {
    GenericFunction g = { f, 0 };
    default_values(u, f->args, window, &g.flags);
    kr_place(u, &f->node);
    KrValue code = kr_emit_body_code(u, f->type_scope, generic_function_body, &g, generic_name(u, f->name), f->node.line);
    unsigned top = u->top, args = kr_reg(u, 2), n = 0;
    if (g.flags & 1) kr_emit_move(u, args + n++, window + 1);
    if (g.flags & 2) kr_emit_move(u, args + n++, window + 2);
    call_type_scope(u, code, f->type_scope, window, args, n, window);
    u->top = top;
}

void kr_emit_function_def(KrUnit *u, KrNode *node) {
    KrFunctionDef *f = kr_as_function_def(node);
    unsigned top = u->top, far_top = u->far_top, first = decorators(u, f->decorator_list), window = kr_reg(u, 6), flags = 0;
    kr_place(u, node);
    if (f->type_scope) {
        generic_function(u, f, window);
    } else {
        default_values(u, f->args, window, &flags);
        kr_place(u, node);
        plain_function(u, f, window, flags);
    }
    apply_decorators(u, f->decorator_list, first, window);
    kr_place(u, node);
    kr_emit_name(u, f->name, KR_STORE, window);
    u->top = top;
    u->far_top = far_top;
}

void kr_emit_lambda(KrUnit *u, KrNode *node, unsigned dst) {
    KrLambda *l = kr_as_lambda(node);
    unsigned top = u->top, window = kr_reg(u, 6), flags = 0;
    KrValue name = u->c->failed ? KR_NONE : keep(u->c, kr_name(u->c->vm, "<lambda>"));
    default_values(u, l->args, window, &flags);
    KrValue code = kr_emit_body_code(u, l->scope, lambda_body, l, name, node->line);
    kr_place(u, node);
    kr_emit_make_function(u, code, l->scope, window, flags);
    kr_emit_move(u, dst, window);
    u->top = top;
}

// ---- Classes -------------------------------------------------------------------------------------------------------------------

static void set_class_name(KrUnit *u, KrValue name, unsigned reg) { kr_emit_named(u, KR_OP_SETNAME, reg, 0, name, true); }

static void class_header(KrUnit *u, KrClassDef *k, unsigned t) {
    kr_emit_named(u, KR_OP_GETNAME, t, 0, KR_N(__name__), true);
    set_class_name(u, KR_N(__module__), t);
    kr_emit_load(u, u->qualname, t);
    set_class_name(u, KR_N(__qualname__), t);
    kr_emit_load(u, kr_int_box((intptr_t)first_line(k->decorator_list, &k->node)), t);
    set_class_name(u, KR_N(__firstlineno__), t);
    if (k->type_scope) {
        load_special(u, ".type_params", t, KR_LOAD);
        set_class_name(u, KR_N(__type_params__), t);
    }
    if (u->scope->flags & KR_SCOPE_HAS_ANNOTATIONS) kr_emit(u, KR_OP_ANNOTATIONS, 0, 0, 0);
}

static void class_body(KrUnit *u, void *arg) {
    KrClassDef *k = arg;
    unsigned cells = kr_reg(u, 2), t = kr_reg(u, 1);
    uint32_t line = first_line(k->decorator_list, &k->node);
    u->here = (KrPlace){ line, 0, line, 0 };
    if (u->scope->flags & KR_SCOPE_CLASS_CELL) {
        u->class_cell = cells;
        kr_emit_special(u, KR_SPECIAL_UNSET, cells);
        kr_emit_x(u, KR_OP_NEWCELL, 0, cells);
    }
    if (u->scope->flags & KR_SCOPE_CLASSDICT_CELL) {
        u->classdict_cell = cells + 1;
        kr_emit(u, KR_OP_LOCALS, cells + 1, 0, 0);
        kr_emit_x(u, KR_OP_NEWCELL, 0, cells + 1);
    }
    u->static_attributes = u->c->failed ? KR_UNSET : keep(u->c, kr_list(u->c->vm, 0, NULL));
    class_header(u, k, t);
    KrValue doc = kr_docstring(u, k->body);
    if (!kr_is_none(doc)) {
        kr_place(u, k->body.item[0]);
        kr_emit_load(u, doc, t);
        set_class_name(u, KR_N(__doc__), t);
    }
    (void)kr_emit_body(u, k->body, k->later, !kr_is_none(doc));
    kr_place_follow(u);
    KrValue attributes = u->c->failed ? KR_NONE : keep(u->c, kr_tuple_from(u->c->vm, u->static_attributes));
    kr_emit_load(u, attributes, t);
    set_class_name(u, KR_N(__static_attributes__), t);
    if (u->classdict_cell) set_class_name(u, KR_N(__classdictcell__), u->classdict_cell);
    if (u->class_cell) {
        set_class_name(u, KR_N(__classcell__), u->class_cell);
        kr_emit(u, KR_OP_RET, u->class_cell, 0, 0);
    } else {
        kr_emit(u, KR_OP_RETNONE, 0, 0, 0);
    }
}

// The call of __build_class__; generic_base is a register with the extra base, or -1.
static void build_class(KrUnit *u, KrClassDef *k, unsigned dst, int generic_base) {
    unsigned top = u->top, window = kr_reg(u, 9);
    KrValue name = kr_name_value(u->c, k->name);
    kr_place(u, &k->node);
    KrValue code = kr_emit_body_code(u, k->scope, class_body, k, name, first_line(k->decorator_list, &k->node));
    kr_emit(u, KR_OP_BUILDCLASS, window, 0, 0);
    unsigned inner = u->top, w = kr_reg(u, 6);
    kr_emit_make_function(u, code, k->scope, w, 0);
    kr_emit_move(u, window + 1, w);
    u->top = inner;
    kr_emit_load(u, name, window + 2);
    KrSeq bases = k->bases;
    if (generic_base >= 0) { // one more base: a name that reads the hidden variable
        KrNode **item = kr_arena_array(&u->c->arena, bases.count + 1, sizeof *item);
        KrNameExpr *extra = kr_arena_array(&u->c->arena, 1, sizeof *extra);
        const KrName *hidden = kr_parser_intern(u->c->parser, ".generic_base", 13);
        if (!item || !extra || !hidden) {
            if (!u->c->failed) (void)kr_raise_memory(u->c->vm);
            kr_emit_fail(u->c);
            return;
        }
        extra->node = k->node;
        extra->node.kind = KR_NODE_NAME;
        extra->node.ctx = KR_CTX_LOAD;
        extra->id = hidden;
        if (bases.count) memcpy(item, bases.item, bases.count * sizeof *item);
        item[bases.count] = &extra->node;
        bases = (KrSeq){ item, bases.count + 1 };
    }
    kr_place(u, &k->node);
    u->top = window + 3;
    kr_emit_args(u, window, bases, k->keywords, dst, false, 2);
    u->top = top;
}

static void generic_class_body(KrUnit *u, void *arg) {
    KrClassDef *k = arg;
    unsigned t = kr_reg(u, 2);
    kr_place(u, &k->node);
    type_parameters(u, k->type_params, t);
    load_special(u, ".type_params", t, KR_STORE);
    kr_emit(u, KR_OP_INTRINSIC, t, t, KR_INTRINSIC_GENERIC);
    load_special(u, ".generic_base", t, KR_STORE);
    build_class(u, k, t, (int)t);
    kr_emit(u, KR_OP_RET, t, 0, 0);
}

void kr_emit_class_def(KrUnit *u, KrNode *node) {
    KrClassDef *k = kr_as_class_def(node);
    unsigned top = u->top, far_top = u->far_top, first = decorators(u, k->decorator_list), value = kr_reg(u, 1);
    kr_place(u, node);
    if (k->type_scope) {
        KrValue code = kr_emit_body_code(u, k->type_scope, generic_class_body, k, generic_name(u, k->name), node->line);
        call_type_scope(u, code, k->type_scope, value, value, 0, value);
    } else {
        build_class(u, k, value, -1);
    }
    apply_decorators(u, k->decorator_list, first, value);
    kr_place(u, node);
    kr_emit_name(u, k->name, KR_STORE, value);
    u->top = top;
    u->far_top = far_top;
}

// ---- type X = ... --------------------------------------------------------------------------------------------------------------

static void alias_value(KrUnit *u, KrTypeAlias *a, unsigned window) { // window: name, params; result in window
    kr_place(u, &a->node);
    kr_emit_load(u, kr_name_value(u->c, kr_as_name_expr(a->name)->id), window);
    thunk(u, a->scope, a->value, kr_name_value(u->c, kr_as_name_expr(a->name)->id), window + 2);
    kr_emit(u, KR_OP_INTRINSIC, window, window, KR_INTRINSIC_TYPEALIAS);
}

static void generic_alias_body(KrUnit *u, void *arg) {
    KrTypeAlias *a = arg;
    unsigned w = kr_reg(u, 3);
    type_parameters(u, a->type_params, w + 1);
    alias_value(u, a, w);
    kr_emit(u, KR_OP_RET, w, 0, 0);
}

void kr_emit_type_alias(KrUnit *u, KrNode *node) {
    KrTypeAlias *a = kr_as_type_alias(node);
    unsigned top = u->top, w = kr_reg(u, 3);
    if (a->type_scope) {
        KrValue code =
            kr_emit_body_code(u, a->type_scope, generic_alias_body, a, generic_name(u, kr_as_name_expr(a->name)->id), node->line);
        call_type_scope(u, code, a->type_scope, w, w, 0, w);
    } else {
        kr_emit_special(u, KR_SPECIAL_NONE, w + 1);
        alias_value(u, a, w);
    }
    kr_place(u, node);
    kr_emit_name(u, kr_as_name_expr(a->name)->id, KR_STORE, w);
    u->top = top;
}
