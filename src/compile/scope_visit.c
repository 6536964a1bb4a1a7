// scope_visit.c - walks a tree, makes the scopes and notes how each uses its names. The order of the visits is CPython's, so that of
// several errors the same one is found first.
// SPDX-License-Identifier: MIT
#include "compile/scope_state.h"

static bool visit(KrScopes *s, KrNode *node) { return node == NULL || kr_scopes_visit(s, node); }
static bool visit_all(KrScopes *s, const KrSeq *seq) { return kr_scopes_visit_sequence(s, seq); }

// ---- scopes ----

// The scope that was made for the node when it was read first.
static KrScope *enter_again(KrScopes *s, KrNode *node) {
    KrScope *parent = s->current, *scope = parent->again;
    parent->again = scope->sibling;
    scope->again = scope->child;
    scope->node = node;
    scope->mangled = scope->kind == KR_SCOPE_CLASS ? (KrSeq){ NULL, 0 } : parent->mangled;
    return s->current = scope;
}

static KrScope *enter(KrScopes *s, KrScopeKind kind, const KrName *name, KrNode *node) {
    KrScope *parent = s->current;
    if (s->again) return enter_again(s, node);
    KrScope *scope = kr_arena_array(s->tree, 1, sizeof *scope);
    if (scope == NULL || name == NULL) {
        kr_scopes_raise_memory(s);
        return NULL;
    }
    scope->kind = kind;
    scope->name = name;
    scope->node = node;
    scope->parent = parent;
    scope->line = node->line;
    scope->col = node->col;
    scope->class_name = parent->class_name;
    scope->mangled = kind == KR_SCOPE_CLASS ? (KrSeq){ NULL, 0 } : parent->mangled;
    scope->iterables = parent->iterables;
    if (kind != KR_SCOPE_CLASS) scope->flags |= KR_SCOPE_FAST;
    if ((parent->flags & KR_SCOPE_NESTED) != 0 || kr_scope_is_function(parent)) scope->flags |= KR_SCOPE_NESTED;
    s->current = scope;
    if (kind == KR_SCOPE_ANNOTATION) return scope; // its names have no effect on others
    KrScope **link = parent->last_child != NULL && parent->child != NULL ? &parent->last_child->sibling : &parent->child;
    *link = scope;
    parent->last_child = scope;
    return scope;
}

static bool leave(KrScopes *s) {
    s->current = s->current->parent;
    return !s->failed;
}

// ---- names ----

static bool add_to(KrScopes *s, KrScope *scope, const KrName *name, unsigned flag, KrSpan span) {
    if (s->again) return true;
    const KrName *mangled = kr_scope_mangle(s, s->current, name);
    KrSymbol *symbol = mangled != NULL ? kr_scope_add(s, scope, mangled) : NULL;
    if (symbol == NULL) return s->failed ? false : kr_scopes_raise_memory(s);
    if ((flag & symbol->flags & KR_SYMBOL_DEF_PARAM) != 0) {
        return kr_scopes_raise(s, span, "duplicate argument '%s' in function definition", name->text);
    }
    if ((flag & symbol->flags & KR_SYMBOL_DEF_TYPE_PARAM) != 0) {
        return kr_scopes_raise(s, span, "duplicate type parameter '%s'", name->text);
    }
    symbol->flags |= (uint16_t)flag;
    if (scope->kind == KR_SCOPE_MODULE) { // names of a module are what they are at once
        symbol->kind = (symbol->flags & KR_SYMBOL_DEF_GLOBAL) != 0  ? KR_SYMBOL_GLOBAL_EXPLICIT
                       : (symbol->flags & KR_SYMBOL_DEF_BOUND) != 0 ? KR_SYMBOL_LOCAL
                                                                    : KR_SYMBOL_GLOBAL_IMPLICIT;
    }
    if (!scope->in_target) return true;
    if ((symbol->flags & (KR_SYMBOL_DEF_GLOBAL | KR_SYMBOL_DEF_NONLOCAL)) != 0) {
        return kr_scopes_raise(s, span, "comprehension inner loop cannot rebind assignment expression target '%s'", name->text);
    }
    symbol->flags |= KR_SYMBOL_DEF_COMP_ITER;
    return true;
}

static bool add(KrScopes *s, const KrName *name, unsigned flag, KrSpan span) { return add_to(s, s->current, name, flag, span); }

static bool add_text(KrScopes *s, const char *text, unsigned flag, KrSpan span) {
    const KrName *name = kr_scopes_intern(s, text);
    return name != NULL && add(s, name, flag, span);
}

static unsigned flags_of(KrScopes *s, const KrScope *scope, const KrName *name) {
    const KrName *mangled = kr_scope_mangle(s, s->current, name);
    const KrSymbol *symbol = mangled != NULL ? kr_scope_symbol(scope, mangled) : NULL;
    return symbol != NULL ? symbol->flags : 0;
}

static bool record_directive(KrScopes *s, const KrName *name, KrSpan span) {
    if (s->again) return true;
    KrScope *scope = s->current;
    KrDirective *directive = kr_arena_alloc(kr_scope_arena(s, scope), sizeof *directive);
    const KrName *mangled = kr_scope_mangle(s, scope, name);
    if (directive == NULL || mangled == NULL) return kr_scopes_raise_memory(s);
    *directive = (KrDirective){ mangled, span, scope->directives };
    scope->directives = directive;
    return true;
}

// Expressions that make no sense in scopes which are evaluated on their own.
static bool check_annotation(KrScopes *s, const char *what, const KrNode *node) {
    KrSpan span = kr_scope_span(node);
    switch (s->current->kind) {
    case KR_SCOPE_ANNOTATION: return kr_scopes_raise(s, span, "%s cannot be used within an annotation", what);
    case KR_SCOPE_TYPE_VARIABLE: return kr_scopes_raise(s, span, "%s cannot be used within %s", what, s->current->info);
    case KR_SCOPE_TYPE_ALIAS: return kr_scopes_raise(s, span, "%s cannot be used within a type alias", what);
    case KR_SCOPE_TYPE_PARAMETERS: return kr_scopes_raise(s, span, "%s cannot be used within the definition of a generic", what);
    default: return true;
    }
}

// ---- type parameters ----

// A scope that is evaluated later and looks through the class around it.
static KrScope *enter_lazy(KrScopes *s, KrScopeKind kind, const KrName *name, KrNode *node, bool in_class, KrSpan span) {
    KrScope *scope = enter(s, kind, name, node);
    if (scope == NULL || !in_class) return scope;
    scope->flags |= KR_SCOPE_SEES_CLASS;
    return add_text(s, "__classdict__", KR_SYMBOL_USE, span) ? scope : NULL;
}

static bool visit_bound(KrScopes *s, KrTypeParam *param, KrNode *value, KrScope **scope, const char *info) {
    if (value == NULL) return true;
    bool in_class = (s->current->flags & KR_SCOPE_SEES_CLASS) != 0;
    *scope = enter_lazy(s, KR_SCOPE_TYPE_VARIABLE, param->name, &param->node, in_class, kr_scope_span(value));
    if (*scope == NULL) return false;
    (*scope)->info = info;
    return visit(s, value) && leave(s);
}

static bool visit_type_param(KrScopes *s, KrTypeParam *param) {
    static const char *const infos[] = { "a TypeVar default", "a ParamSpec default", "a TypeVarTuple default" };
    KrSpan span = kr_scope_span(&param->node);
    const char *bound = param->bound != NULL && param->bound->kind == KR_NODE_TUPLE ? "a TypeVar constraint" : "a TypeVar bound";
    if (!add(s, param->name, KR_SYMBOL_DEF_TYPE_PARAM | KR_SYMBOL_DEF_LOCAL, span)) return false;
    if (!visit_bound(s, param, param->bound, &param->bound_scope, bound)) return false;
    return visit_bound(s, param, param->default_value, &param->default_scope, infos[param->node.kind - KR_NODE_TYPE_VAR]);
}

// Enters the scope of type parameters, if there are any, and visits them. Stays in it.
static bool enter_type_params(KrScopes *s, const KrName *name, KrNode *node, const KrSeq *params, KrScope **scope) {
    if (params->count == 0) return true;
    KrSpan span = kr_scope_span(node);
    bool in_class = s->current->kind == KR_SCOPE_CLASS;
    *scope = enter_lazy(s, KR_SCOPE_TYPE_PARAMETERS, name, node, in_class, span);
    if (*scope == NULL) return false;
    const KrArguments *args = NULL;
    if (node->kind == KR_NODE_CLASS_DEF) {
        unsigned both = KR_SYMBOL_DEF_LOCAL | KR_SYMBOL_USE;
        if (!add_text(s, ".type_params", both, span) || !add_text(s, ".generic_base", both, span)) return false;
        (*scope)->class_name = name;
        (*scope)->mangled = *params;
    } else if (node->kind != KR_NODE_TYPE_ALIAS) {
        args = kr_as_function_def(node)->args;
    }
    bool kw_defaults = false;
    for (uint32_t i = 0; args != NULL && i < args->kw_defaults.count; i++) kw_defaults |= args->kw_defaults.item[i] != NULL;
    bool defaults = args != NULL && args->defaults.count > 0;
    if (defaults && !add_text(s, ".defaults", KR_SYMBOL_DEF_PARAM, span)) return false;
    if (kw_defaults && !add_text(s, ".kwdefaults", KR_SYMBOL_DEF_PARAM, span)) return false;
    (*scope)->param_count = (*scope)->positional_count = (uint32_t)defaults + (uint32_t)kw_defaults;
    return visit_all(s, params);
}

// ---- functions and classes ----

static bool add_params(KrScopes *s, const KrSeq *params) {
    for (uint32_t i = 0; i < params->count; i++) {
        if (!add(s, kr_as_arg(params->item[i])->arg, KR_SYMBOL_DEF_PARAM, kr_scope_span(params->item[i]))) return false;
    }
    return true;
}

static bool visit_arguments(KrScopes *s, const KrArguments *args) {
    KrScope *scope = s->current;
    if (!add_params(s, &args->posonlyargs) || !add_params(s, &args->args) || !add_params(s, &args->kwonlyargs)) return false;
    scope->posonly_count = args->posonlyargs.count;
    scope->positional_count = args->posonlyargs.count + args->args.count;
    scope->kwonly_count = args->kwonlyargs.count;
    KrNode *const rest[] = { args->vararg, args->kwarg };
    for (int i = 0; i < 2; i++) {
        if (rest[i] == NULL) continue;
        if (!add(s, kr_as_arg(rest[i])->arg, KR_SYMBOL_DEF_PARAM, kr_scope_span(rest[i]))) return false;
        scope->flags |= i == 0 ? KR_SCOPE_VARARGS : KR_SCOPE_VARKEYWORDS;
    }
    scope->param_count = scope->positional_count + scope->kwonly_count + (args->vararg != NULL) + (args->kwarg != NULL);
    return true;
}

static bool visit_optional(KrScopes *s, const KrSeq *seq) {
    for (uint32_t i = 0; i < seq->count; i++) {
        if (!visit(s, seq->item[i])) return false;
    }
    return true;
}

static bool visit_annotations_of(KrScopes *s, const KrSeq *params) {
    for (uint32_t i = 0; i < params->count; i++) {
        if (!visit(s, kr_as_arg(params->item[i])->annotation)) return false;
    }
    return true;
}

// Under the __future__ import annotations are not evaluated, but their scopes are checked.
static bool enter_annotation(KrScopes *s, KrNode *node, KrScope **scope) {
    if (!s->future_annotations) return true;
    *scope = enter(s, KR_SCOPE_ANNOTATION, kr_scopes_intern(s, "_annotation"), node);
    return *scope != NULL;
}

static bool leave_annotation(KrScopes *s) { return s->future_annotations ? leave(s) : !s->failed; }

static bool visit_annotations(KrScopes *s, KrFunctionDef *f) {
    const KrArguments *args = f->args;
    KrScope *unused;
    if (s->again && s->future_annotations) return true;
    if (!enter_annotation(s, &f->node, &f->annotation_scope)) return false;
    if (!visit_annotations_of(s, &args->posonlyargs) || !visit_annotations_of(s, &args->args)) return false;
    if (args->vararg != NULL && !visit(s, kr_as_arg(args->vararg)->annotation)) return false;
    if (args->kwarg != NULL && !visit(s, kr_as_arg(args->kwarg)->annotation)) return false;
    if (!visit_annotations_of(s, &args->kwonlyargs) || !leave_annotation(s)) return false;
    if (f->returns == NULL) return true;
    return enter_annotation(s, f->returns, &unused) && visit(s, f->returns) && leave_annotation(s);
}

static bool enter_function(KrScopes *s, KrFunctionDef *f) {
    if (!add(s, f->name, KR_SYMBOL_DEF_LOCAL, kr_scope_span(&f->node))) return false;
    if (!visit_all(s, &f->args->defaults) || !visit_optional(s, &f->args->kw_defaults) || !visit_all(s, &f->decorator_list)) return false;
    if (!enter_type_params(s, f->name, &f->node, &f->type_params, &f->type_scope)) return false;
    if (!visit_annotations(s, f)) return false;
    f->scope = enter(s, KR_SCOPE_FUNCTION, f->name, &f->node);
    if (f->scope == NULL) return false;
    if (f->node.kind == KR_NODE_ASYNC_FUNCTION_DEF) f->scope->flags |= KR_SCOPE_COROUTINE;
    return visit_arguments(s, f->args);
}

static bool enter_class(KrScopes *s, KrClassDef *c) {
    KrSpan span = kr_scope_span(&c->node);
    if (!add(s, c->name, KR_SYMBOL_DEF_LOCAL, span) || !visit_all(s, &c->decorator_list)) return false;
    if (!enter_type_params(s, c->name, &c->node, &c->type_params, &c->type_scope)) return false;
    if (!visit_all(s, &c->bases) || !visit_all(s, &c->keywords)) return false;
    c->scope = enter(s, KR_SCOPE_CLASS, c->name, &c->node);
    if (c->scope == NULL) return false;
    c->scope->class_name = c->name;
    if (c->type_params.count > 0) {
        if (!add_text(s, "__type_params__", KR_SYMBOL_DEF_LOCAL, span)) return false;
        if (!add_text(s, ".type_params", KR_SYMBOL_USE, span)) return false;
    }
    return true;
}

bool kr_scopes_enter_definition(KrScopes *s, KrNode *node) {
    return node->kind == KR_NODE_CLASS_DEF ? enter_class(s, kr_as_class_def(node)) : enter_function(s, kr_as_function_def(node));
}

bool kr_scopes_leave_definition(KrScopes *s, const KrNode *node) {
    bool class = node->kind == KR_NODE_CLASS_DEF;
    const KrSeq *params = class ? &((const KrClassDef *)node)->type_params : &((const KrFunctionDef *)node)->type_params;
    return leave(s) && (params->count == 0 || leave(s));
}

static bool visit_definition(KrScopes *s, KrNode *node, const KrSeq *body) {
    return kr_scopes_enter_definition(s, node) && visit_all(s, body) && kr_scopes_leave_definition(s, node);
}

static bool visit_type_alias(KrScopes *s, KrTypeAlias *alias) {
    const KrName *name = kr_as_name_expr(alias->name)->id;
    bool in_class = s->current->kind == KR_SCOPE_CLASS;
    if (!visit(s, alias->name)) return false;
    if (!enter_type_params(s, name, &alias->node, &alias->type_params, &alias->type_scope)) return false;
    alias->scope = enter_lazy(s, KR_SCOPE_TYPE_ALIAS, name, &alias->node, in_class, kr_scope_span(alias->value));
    if (alias->scope == NULL || !visit(s, alias->value) || !leave(s)) return false;
    return alias->type_params.count == 0 || leave(s);
}

static bool visit_lambda(KrScopes *s, KrLambda *lambda) {
    if (!visit_all(s, &lambda->args->defaults) || !visit_optional(s, &lambda->args->kw_defaults)) return false;
    lambda->scope = enter(s, KR_SCOPE_LAMBDA, kr_scopes_intern(s, "lambda"), &lambda->node);
    if (lambda->scope == NULL) return false;
    return visit_arguments(s, lambda->args) && visit(s, lambda->body) && leave(s);
}

// ---- comprehensions ----

static bool visit_target(KrScopes *s, KrNode *target) {
    KrScope *scope = s->current;
    scope->in_target = true;
    bool good = visit(s, target);
    scope->in_target = false;
    return good;
}

static bool visit_iterable(KrScopes *s, KrNode *iter) {
    KrScope *scope = s->current;
    scope->iterables++;
    bool good = visit(s, iter);
    scope->iterables--;
    return good;
}

static bool visit_clauses(KrScopes *s, const KrSeq *clauses) {
    KrScope *scope = s->current;
    for (uint32_t i = 0; i < clauses->count; i++) {
        const KrComprehension *clause = kr_as_comprehension(clauses->item[i]);
        if (!visit_target(s, clause->target)) return false;
        if (i > 0 && !visit_iterable(s, clause->iter)) return false;
        if (!visit_all(s, &clause->ifs)) return false;
        if ((clause->node.flags & KR_NODE_ASYNC) != 0) scope->flags |= KR_SCOPE_COROUTINE;
    }
    return true;
}

static bool visit_comprehension(KrScopes *s, KrComp *comp) {
    static const char *const names[] = { "listcomp", "setcomp", "dictcomp", "genexpr" };
    uint32_t which = comp->node.kind - KR_NODE_LIST_COMP;
    const KrComprehension *outermost = kr_as_comprehension(comp->generators.item[0]);
    if (!visit_iterable(s, outermost->iter)) return false;
    KrScope *scope = enter(s, (KrScopeKind)(KR_SCOPE_LIST_COMP + which), kr_scopes_intern(s, names[which]), &comp->node);
    if (scope == NULL) return false;
    comp->scope = scope;
    if (!s->again) scope->param_count = scope->positional_count = 1;
    if (!add_text(s, ".0", KR_SYMBOL_DEF_PARAM, kr_scope_span(&comp->node))) return false;
    if (!visit_clauses(s, &comp->generators) || !visit(s, comp->value) || !visit(s, comp->elt)) return false;
    bool generator = comp->node.kind == KR_NODE_GENERATOR_EXP;
    bool coroutine = (scope->flags & KR_SCOPE_COROUTINE) != 0;
    if (generator) scope->flags |= KR_SCOPE_GENERATOR;
    if (coroutine) scope->flags |= KR_SCOPE_ASYNC_COMP;
    if (!leave(s)) return false;
    if (coroutine && !generator) s->current->flags |= KR_SCOPE_COROUTINE;
    return true;
}

// x := … inside a comprehension binds in the scope that the comprehension stands in.
static bool extend_target(KrScopes *s, const KrNode *target) {
    const KrName *name = kr_as_name_expr(target)->id;
    KrSpan span = kr_scope_span(target);
    KrScope *scope = s->current;
    for (; kr_scope_is_comprehension(scope); scope = scope->parent) {
        unsigned flags = flags_of(s, scope, name);
        if ((flags & KR_SYMBOL_DEF_COMP_ITER) != 0 && (flags & (KR_SYMBOL_DEF_LOCAL | KR_SYMBOL_DEF_GLOBAL)) != 0) {
            return kr_scopes_raise(s, span, "assignment expression cannot rebind comprehension iteration variable '%s'", name->text);
        }
    }
    switch (scope->kind) {
    case KR_SCOPE_CLASS: return kr_scopes_raise(s, span, "assignment expression within a comprehension cannot be used in a class body");
    case KR_SCOPE_TYPE_PARAMETERS:
        return kr_scopes_raise(s, span, "assignment expression within a comprehension cannot be used within the definition of a generic");
    case KR_SCOPE_TYPE_ALIAS:
        return kr_scopes_raise(s, span, "assignment expression within a comprehension cannot be used in a type alias");
    case KR_SCOPE_TYPE_VARIABLE:
        return kr_scopes_raise(s, span, "assignment expression within a comprehension cannot be used in a TypeVar bound");
    default: break;
    }
    bool global = scope->kind == KR_SCOPE_MODULE || (flags_of(s, scope, name) & KR_SYMBOL_DEF_GLOBAL) != 0;
    unsigned here = global ? KR_SYMBOL_DEF_GLOBAL : KR_SYMBOL_DEF_NONLOCAL;
    if (!add(s, name, here, span) || !record_directive(s, name, span)) return false;
    return add_to(s, scope, name, scope->kind == KR_SCOPE_MODULE ? KR_SYMBOL_DEF_GLOBAL : KR_SYMBOL_DEF_LOCAL, span);
}

static bool visit_named(KrScopes *s, const KrNamedExpr *named) {
    if (!check_annotation(s, "named expression", &named->node)) return false;
    if (s->current->iterables > 0) {
        return kr_scopes_raise(s, kr_scope_span(&named->node),
                               "assignment expression cannot be used in a comprehension iterable expression");
    }
    if (kr_scope_is_comprehension(s->current) && !s->again && !extend_target(s, named->target)) return false;
    return visit(s, named->value) && visit(s, named->target);
}

// ---- other expressions ----

static bool visit_yield(KrScopes *s, const KrYield *yield) {
    static const char *const where[] = { "list comprehension", "set comprehension", "dict comprehension", "generator expression" };
    KrScope *scope = s->current;
    if (!check_annotation(s, "yield expression", &yield->node) || !visit(s, yield->value)) return false;
    scope->flags |= KR_SCOPE_GENERATOR | KR_SCOPE_YIELD;
    if (!kr_scope_is_comprehension(scope)) return true;
    return kr_scopes_raise(s, kr_scope_span(&yield->node), "'yield' inside %s", where[scope->kind - KR_SCOPE_LIST_COMP]);
}

static bool visit_await(KrScopes *s, const KrAwait *await) {
    if (!check_annotation(s, "await expression", &await->node) || !visit(s, await->value)) return false;
    s->current->flags |= KR_SCOPE_COROUTINE | KR_SCOPE_AWAIT;
    return true;
}

static bool visit_name(KrScopes *s, const KrNameExpr *name) {
    bool load = name->node.ctx == KR_CTX_LOAD;
    KrSpan span = kr_scope_span(&name->node);
    if (!add(s, name->id, load ? KR_SYMBOL_USE : KR_SYMBOL_DEF_LOCAL, span)) return false;
    if (!load || !kr_scope_is_function(s->current) || !kr_name_is(name->id, "super")) return true;
    s->current->flags |= KR_SCOPE_USES_SUPER;
    return add_text(s, "__class__", KR_SYMBOL_USE, span);
}

// A call's, subscript's or operator's parts other than its left end.
static bool visit_right(KrScopes *s, const KrNode *node) {
    switch (node->kind) {
    case KR_NODE_BIN_OP: return visit(s, kr_as_bin_op(node)->right);
    case KR_NODE_SUBSCRIPT: return visit(s, kr_as_subscript(node)->slice);
    case KR_NODE_CALL: return visit_all(s, &kr_as_call(node)->args) && visit_all(s, &kr_as_call(node)->keywords);
    default: return true;
    }
}

static bool visit_spine(KrScopes *s, KrNode *node) {
    KrSpine spine;
    if (!kr_scopes_spine(s, node, &spine) || !visit(s, spine.root)) return false;
    for (uint32_t i = spine.count; i > 0; i--) {
        if (!visit_right(s, spine.node[i - 1])) return false;
    }
    return true;
}

static bool visit_dict(KrScopes *s, const KrDict *dict) { return visit_optional(s, &dict->keys) && visit_all(s, &dict->values); }

static bool visit_slice(KrScopes *s, const KrSlice *slice) {
    return visit(s, slice->lower) && visit(s, slice->upper) && visit(s, slice->step);
}

static bool visit_expression(KrScopes *s, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_BOOL_OP: return visit_all(s, &kr_as_bool_op(node)->values);
    case KR_NODE_NAMED_EXPR: return visit_named(s, kr_as_named_expr(node));
    case KR_NODE_BIN_OP:
    case KR_NODE_ATTRIBUTE:
    case KR_NODE_SUBSCRIPT:
    case KR_NODE_CALL: return visit_spine(s, node);
    case KR_NODE_UNARY_OP: return visit(s, kr_as_unary_op(node)->operand);
    case KR_NODE_LAMBDA: return visit_lambda(s, kr_as_lambda(node));
    case KR_NODE_IF_EXP: {
        const KrIfExp *e = kr_as_if_exp(node);
        return visit(s, e->test) && visit(s, e->body) && visit(s, e->orelse);
    }
    case KR_NODE_DICT: return visit_dict(s, kr_as_dict(node));
    case KR_NODE_SET:
    case KR_NODE_LIST:
    case KR_NODE_TUPLE:
    case KR_NODE_JOINED_STR: return visit_all(s, &kr_as_elements(node)->elts);
    case KR_NODE_LIST_COMP:
    case KR_NODE_SET_COMP:
    case KR_NODE_DICT_COMP:
    case KR_NODE_GENERATOR_EXP: return visit_comprehension(s, kr_as_comp(node));
    case KR_NODE_AWAIT: return visit_await(s, kr_as_await(node));
    case KR_NODE_YIELD:
    case KR_NODE_YIELD_FROM: return visit_yield(s, kr_as_yield(node));
    case KR_NODE_COMPARE: return visit(s, kr_as_compare(node)->left) && visit_all(s, &kr_as_compare(node)->comparators);
    case KR_NODE_KEYWORD: return visit(s, kr_as_keyword(node)->value);
    case KR_NODE_FORMATTED_VALUE: return visit(s, kr_as_formatted_value(node)->value) && visit(s, kr_as_formatted_value(node)->format_spec);
    case KR_NODE_STARRED: return visit(s, kr_as_starred(node)->value);
    case KR_NODE_NAME: return visit_name(s, kr_as_name_expr(node));
    case KR_NODE_SLICE: return visit_slice(s, kr_as_slice(node));
    default: return true;
    }
}

// ---- patterns ----

static bool add_capture(KrScopes *s, const KrName *name, const KrNode *node) {
    return name == NULL || add(s, name, KR_SYMBOL_DEF_LOCAL, kr_scope_span(node));
}

static bool visit_pattern(KrScopes *s, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_MATCH_VALUE: return visit(s, kr_as_match_value(node)->value);
    case KR_NODE_MATCH_SEQUENCE:
    case KR_NODE_MATCH_OR: return visit_all(s, &kr_as_match_sequence(node)->patterns);
    case KR_NODE_MATCH_MAPPING: {
        const KrMatchMapping *mapping = kr_as_match_mapping(node);
        return visit_all(s, &mapping->keys) && visit_all(s, &mapping->patterns) && add_capture(s, mapping->rest, node);
    }
    case KR_NODE_MATCH_CLASS: {
        const KrMatchClass *cls = kr_as_match_class(node);
        return visit(s, cls->cls) && visit_all(s, &cls->patterns) && visit_all(s, &cls->kwd_patterns);
    }
    case KR_NODE_MATCH_STAR: return add_capture(s, kr_as_match_star(node)->name, node);
    case KR_NODE_MATCH_AS: return visit(s, kr_as_match_as(node)->pattern) && add_capture(s, kr_as_match_as(node)->name, node);
    default: return true;
    }
}

// ---- statements ----

static bool visit_annotated(KrScopes *s, KrAnnAssign *assign) {
    KrScope *scope = s->current;
    scope->flags |= KR_SCOPE_HAS_ANNOTATIONS;
    if (assign->target->kind == KR_NODE_NAME) {
        const KrName *name = kr_as_name_expr(assign->target)->id;
        unsigned flags = flags_of(s, scope, name);
        bool simple = (assign->node.flags & KR_NODE_SIMPLE) != 0;
        unsigned declared = flags & (KR_SYMBOL_DEF_GLOBAL | KR_SYMBOL_DEF_NONLOCAL);
        if (declared != 0 && scope->kind != KR_SCOPE_MODULE && simple && !s->again) {
            return kr_scopes_raise(s, kr_scope_span(&assign->node), "annotated name '%s' can't be %s", name->text,
                                   (declared & KR_SYMBOL_DEF_GLOBAL) != 0 ? "global" : "nonlocal");
        }
        unsigned flag = simple ? KR_SYMBOL_DEF_ANNOT | KR_SYMBOL_DEF_LOCAL : KR_SYMBOL_DEF_LOCAL;
        if ((simple || assign->value != NULL) && !add(s, name, flag, kr_scope_span(assign->target))) return false;
    } else if (!visit(s, assign->target)) {
        return false;
    }
    if (s->again && s->future_annotations) return visit(s, assign->value);
    if (!enter_annotation(s, assign->annotation, &assign->annotation_scope) || !visit(s, assign->annotation)) return false;
    return leave_annotation(s) && visit(s, assign->value);
}

// global and nonlocal: before any other use of the name.
static bool visit_declaration(KrScopes *s, const KrGlobal *declaration) {
    bool global = declaration->node.kind == KR_NODE_GLOBAL;
    const char *what = global ? "global" : "nonlocal";
    KrSpan span = kr_scope_span(&declaration->node);
    if (s->again) return true;
    for (uint32_t i = 0; i < declaration->names.count; i++) {
        const KrName *name = declaration->names.item[i];
        unsigned flags = flags_of(s, s->current, name);
        if ((flags & KR_SYMBOL_DEF_PARAM) != 0) return kr_scopes_raise(s, span, "name '%s' is parameter and %s", name->text, what);
        if ((flags & KR_SYMBOL_USE) != 0) return kr_scopes_raise(s, span, "name '%s' is used prior to %s declaration", name->text, what);
        if ((flags & KR_SYMBOL_DEF_ANNOT) != 0) return kr_scopes_raise(s, span, "annotated name '%s' can't be %s", name->text, what);
        if ((flags & KR_SYMBOL_DEF_LOCAL) != 0) {
            return kr_scopes_raise(s, span, "name '%s' is assigned to before %s declaration", name->text, what);
        }
        if (!add(s, name, global ? KR_SYMBOL_DEF_GLOBAL : KR_SYMBOL_DEF_NONLOCAL, span) || !record_directive(s, name, span)) return false;
        KrScope *module = s->current;
        while (module->parent) module = module->parent;
        if (global && !add_to(s, module, name, KR_SYMBOL_DEF_GLOBAL, span))
            return false; // exec() with two namespaces: the module writes there, too
    }
    return true;
}

static bool visit_alias(KrScopes *s, const KrAlias *alias) {
    const KrName *name = alias->asname != NULL ? alias->asname : alias->name;
    KrSpan span = kr_scope_span(&alias->node);
    if (kr_name_is(name, "*")) {
        if (s->current->kind != KR_SCOPE_MODULE) return kr_scopes_raise(s, span, "import * only allowed at module level");
        s->current->flags |= KR_SCOPE_IMPORT_STAR;
        return true;
    }
    uint32_t len = 0;
    while (len < name->len && name->text[len] != '.') len++;
    if (len < name->len) name = kr_names_intern(s->interned, name->text, len);
    if (name == NULL) return kr_scopes_raise_memory(s);
    return add(s, name, KR_SYMBOL_DEF_IMPORT, span);
}

static bool visit_handler(KrScopes *s, const KrExceptHandler *handler) {
    if (!visit(s, handler->type)) return false;
    if (handler->name != NULL && !add(s, handler->name, KR_SYMBOL_DEF_LOCAL, kr_scope_span(&handler->node))) return false;
    return visit_all(s, &handler->body);
}

static bool visit_if(KrScopes *s, const KrIf *node) {
    for (;;) {
        if (!visit(s, node->test) || !visit_all(s, &node->body)) return false;
        if (node->orelse.count != 1 || node->orelse.item[0]->kind != KR_NODE_IF) return visit_all(s, &node->orelse);
        node = kr_as_if(node->orelse.item[0]); // a chain of elif may be long
    }
}

static bool visit_for(KrScopes *s, const KrFor *node) {
    return visit(s, node->target) && visit(s, node->iter) && visit_all(s, &node->body) && visit_all(s, &node->orelse);
}

static bool visit_return(KrScopes *s, const KrReturn *node) {
    if (node->value == NULL) return true;
    s->current->flags |= KR_SCOPE_RETURNS_VALUE;
    return visit(s, node->value);
}

static bool visit_try(KrScopes *s, const KrTry *node) {
    return visit_all(s, &node->body) && visit_all(s, &node->orelse) && visit_all(s, &node->handlers) && visit_all(s, &node->finalbody);
}

static bool visit_match_case(KrScopes *s, const KrMatchCase *node) {
    return visit(s, node->pattern) && visit(s, node->guard) && visit_all(s, &node->body);
}

static bool visit_statement(KrScopes *s, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_FUNCTION_DEF:
    case KR_NODE_ASYNC_FUNCTION_DEF: return visit_definition(s, node, &kr_as_function_def(node)->body);
    case KR_NODE_CLASS_DEF: return visit_definition(s, node, &kr_as_class_def(node)->body);
    case KR_NODE_TYPE_ALIAS: return visit_type_alias(s, kr_as_type_alias(node));
    case KR_NODE_RETURN: return visit_return(s, kr_as_return(node));
    case KR_NODE_DELETE: return visit_all(s, &kr_as_delete(node)->targets);
    case KR_NODE_ASSIGN: return visit_all(s, &kr_as_assign(node)->targets) && visit(s, kr_as_assign(node)->value);
    case KR_NODE_AUG_ASSIGN: return visit(s, kr_as_aug_assign(node)->target) && visit(s, kr_as_aug_assign(node)->value);
    case KR_NODE_ANN_ASSIGN: return visit_annotated(s, kr_as_ann_assign(node));
    case KR_NODE_FOR:
    case KR_NODE_ASYNC_FOR: return visit_for(s, kr_as_for(node));
    case KR_NODE_WHILE:
    case KR_NODE_IF: return visit_if(s, kr_as_if(node));
    case KR_NODE_WITH:
    case KR_NODE_ASYNC_WITH: return visit_all(s, &kr_as_with(node)->items) && visit_all(s, &kr_as_with(node)->body);
    case KR_NODE_MATCH: return visit(s, kr_as_match(node)->subject) && visit_all(s, &kr_as_match(node)->cases);
    case KR_NODE_RAISE: return visit(s, kr_as_raise(node)->exc) && visit(s, kr_as_raise(node)->cause);
    case KR_NODE_TRY:
    case KR_NODE_TRY_STAR: return visit_try(s, kr_as_try(node));
    case KR_NODE_ASSERT: return visit(s, kr_as_assert(node)->test) && visit(s, kr_as_assert(node)->msg);
    case KR_NODE_IMPORT: return visit_all(s, &kr_as_import(node)->names);
    case KR_NODE_IMPORT_FROM: return visit_all(s, &kr_as_import_from(node)->names);
    case KR_NODE_GLOBAL:
    case KR_NODE_NONLOCAL: return visit_declaration(s, kr_as_global(node));
    case KR_NODE_EXPR: return visit(s, kr_as_expr_statement(node)->value);
    default: return true;
    }
}

static bool visit_part(KrScopes *s, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_EXCEPT_HANDLER: return visit_handler(s, kr_as_except_handler(node));
    case KR_NODE_ALIAS: return visit_alias(s, kr_as_alias(node));
    case KR_NODE_WITH_ITEM: return visit(s, kr_as_with_item(node)->context_expr) && visit(s, kr_as_with_item(node)->optional_vars);
    case KR_NODE_MATCH_CASE: return visit_match_case(s, kr_as_match_case(node));
    case KR_NODE_TYPE_VAR:
    case KR_NODE_PARAM_SPEC:
    case KR_NODE_TYPE_VAR_TUPLE: return visit_type_param(s, kr_as_type_param(node));
    default: return visit_expression(s, node); // keyword
    }
}

bool kr_scopes_visit(KrScopes *s, KrNode *node) {
    if (!kr_scopes_enter(s)) return false;
    bool good;
    if (node->kind < KR_NODE_BOOL_OP) good = visit_statement(s, node);
    else if (node->kind <= KR_NODE_SLICE) good = visit_expression(s, node);
    else if (node->kind <= KR_NODE_MATCH_OR) good = visit_pattern(s, node);
    else good = visit_part(s, node);
    kr_scopes_leave(s);
    return good && !s->failed;
}

bool kr_scopes_visit_sequence(KrScopes *s, const KrSeq *seq) {
    for (uint32_t i = 0; i < seq->count; i++) {
        if (!kr_scopes_visit(s, seq->item[i])) return false;
    }
    return true;
}
