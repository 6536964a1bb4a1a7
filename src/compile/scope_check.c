// scope_check.c - statements in places where they make no sense: what CPython finds while it generates code.
// SPDX-License-Identifier: MIT
#include "compile/scope_check.h"

enum { MAX_BLOCKS = 21 };

static bool raise_at(KrCheck *c, const KrNode *node, const char *text) {
    return kr_scopes_raise(c->scopes, kr_scope_span(node), "%s", text);
}

static bool check(KrCheck *c, KrNode *node) { return node == NULL || kr_check_node(c, node); }

bool kr_top_level_await(const KrCheck *c) { return c->scopes->top_level_await && c->unit == KR_UNIT_MODULE; }

// Checks a body that is a unit of its own: loops and handlers around do not count in there.
bool kr_check_unit(KrCheck *c, KrUnitKind unit, const KrScope *scope, bool (*body)(KrCheck *, void *), void *arg) {
    KrCheck inner = { .scopes = c->scopes, .unit = unit, .scope = scope };
    return body(&inner, arg);
}

// A block that counts towards CPython's limit of nested ones.
static bool enter_block(KrCheck *c, const KrNode *node) {
    if (c->blocks++ < MAX_BLOCKS) return true;
    return raise_at(c, node, "too many statically nested blocks");
}

// ---- functions and classes ----

static bool check_function_body(KrCheck *c, void *arg) { return kr_check_all(c, &((KrFunctionDef *)arg)->body); }
static bool check_class_body(KrCheck *c, void *arg) { return kr_check_all(c, &((KrClassDef *)arg)->body); }
static bool check_value(KrCheck *c, void *arg) { return kr_check_node(c, arg); }

static bool check_type_params(KrCheck *c, const KrSeq *params) {
    bool seen_default = false;
    for (uint32_t i = 0; i < params->count; i++) {
        const KrTypeParam *param = kr_as_type_param(params->item[i]);
        KrSpan span = kr_scope_span(&param->node);
        if (!kr_check_name(c, param->name, span)) return false;
        if (param->bound != NULL && !kr_check_unit(c, KR_UNIT_TYPE, param->bound_scope, check_value, param->bound)) return false;
        KrNode *value = param->default_value;
        if (value == NULL && seen_default) {
            return kr_scopes_raise(c->scopes, span, "non-default type parameter '%s' follows default type parameter", param->name->text);
        }
        if (value == NULL) continue;
        seen_default = true;
        if (value->kind == KR_NODE_STARRED) value = kr_as_starred(value)->value;
        if (!kr_check_unit(c, KR_UNIT_TYPE, param->default_scope, check_value, value)) return false;
    }
    return true;
}

static bool check_annotations(KrCheck *c, const KrArguments *args) {
    const KrSeq *const lists[] = { &args->posonlyargs, &args->args, &args->kwonlyargs };
    for (size_t list = 0; list < KR_COUNT_OF(lists); list++) {
        for (uint32_t i = 0; i < lists[list]->count; i++) {
            if (!check(c, kr_as_arg(lists[list]->item[i])->annotation)) return false;
        }
    }
    KrNode *vararg = args->vararg != NULL ? kr_as_arg(args->vararg)->annotation : NULL;
    if (vararg != NULL && vararg->kind == KR_NODE_STARRED) vararg = kr_as_starred(vararg)->value; // *args: *Ts
    return check(c, vararg) && (args->kwarg == NULL || check(c, kr_as_arg(args->kwarg)->annotation));
}

static bool check_function_rest(KrCheck *c, void *arg) {
    KrFunctionDef *f = arg;
    bool is_async = f->node.kind == KR_NODE_ASYNC_FUNCTION_DEF;
    if (!check_type_params(c, &f->type_params)) return false;
    if (!c->scopes->future_annotations && (!check_annotations(c, f->args) || !check(c, f->returns))) return false;
    return kr_check_unit(c, is_async ? KR_UNIT_ASYNC_FUNCTION : KR_UNIT_FUNCTION, f->scope, check_function_body, f);
}

static bool check_function(KrCheck *c, KrFunctionDef *f) {
    if (!kr_check_parameters(c, f->args) || !kr_check_all(c, &f->decorator_list) || !kr_check_all(c, &f->args->defaults)) return false;
    for (uint32_t i = 0; i < f->args->kw_defaults.count; i++) {
        if (!check(c, f->args->kw_defaults.item[i])) return false;
    }
    bool generic = f->type_params.count > 0;
    bool good = generic ? kr_check_unit(c, KR_UNIT_TYPE, f->type_scope, check_function_rest, f) : check_function_rest(c, f);
    return good && kr_check_name(c, f->name, kr_scope_span(&f->node));
}

static bool check_class_rest(KrCheck *c, void *arg) {
    KrClassDef *k = arg;
    if (!check_type_params(c, &k->type_params)) return false;
    if (!kr_check_unit(c, KR_UNIT_CLASS, k->scope, check_class_body, k)) return false;
    return kr_check_keyword_names(c, &k->keywords) && kr_check_elements(c, &k->bases) && kr_check_keyword_values(c, &k->keywords);
}

static bool check_class(KrCheck *c, KrClassDef *k) {
    if (!kr_check_all(c, &k->decorator_list)) return false;
    bool generic = k->type_params.count > 0;
    bool good = generic ? kr_check_unit(c, KR_UNIT_TYPE, k->type_scope, check_class_rest, k) : check_class_rest(c, k);
    return good && kr_check_name(c, k->name, kr_scope_span(&k->node));
}

static bool check_alias_rest(KrCheck *c, void *arg) {
    KrTypeAlias *alias = arg;
    return check_type_params(c, &alias->type_params) && kr_check_unit(c, KR_UNIT_TYPE, alias->scope, check_value, alias->value);
}

static bool check_type_alias(KrCheck *c, KrTypeAlias *alias) {
    bool generic = alias->type_params.count > 0;
    bool good = generic ? kr_check_unit(c, KR_UNIT_TYPE, alias->type_scope, check_alias_rest, alias) : check_alias_rest(c, alias);
    return good && kr_check_name(c, kr_as_name_expr(alias->name)->id, kr_scope_span(&alias->node));
}

// ---- jumps ----

static const char star_jump[] = "'break', 'continue' and 'return' cannot appear in an except* block";

static bool check_return(KrCheck *c, const KrReturn *node) {
    if (c->unit != KR_UNIT_FUNCTION && c->unit != KR_UNIT_ASYNC_FUNCTION) return raise_at(c, &node->node, "'return' outside function");
    bool async_generator = (c->scope->flags & KR_SCOPE_ASYNC_GENERATOR) != 0;
    if (node->value != NULL && async_generator) return raise_at(c, &node->node, "'return' with value in async generator");
    bool constant = node->value != NULL && node->value->kind == KR_NODE_CONSTANT && node->value->line == node->node.line;
    return check(c, node->value) && (!c->star_around || raise_at(c, constant ? node->value : &node->node, star_jump));
}

static bool check_jump(KrCheck *c, const KrNode *node) {
    if (c->in_star_handler) return raise_at(c, node, star_jump);
    if (c->in_loop) return true;
    return raise_at(c, node, node->kind == KR_NODE_BREAK ? "'break' outside loop" : "'continue' not properly in loop");
}

// ---- blocks ----

static bool check_loop_body(KrCheck *c, const KrNode *node, const KrSeq *body) {
    KrCheck saved = *c;
    c->in_loop = true;
    c->in_star_handler = false;
    bool good = enter_block(c, node) && kr_check_all(c, body);
    *c = saved;
    return good;
}

static bool check_async(KrCheck *c, const KrNode *node, const char *text) {
    return c->unit == KR_UNIT_ASYNC_FUNCTION || kr_top_level_await(c) || raise_at(c, node, text);
}

static bool check_for(KrCheck *c, const KrFor *node) {
    if (node->node.kind == KR_NODE_ASYNC_FOR && !check_async(c, &node->node, "'async for' outside async function")) return false;
    if (!check(c, node->iter) || !kr_check_target(c, node->target)) return false;
    return check_loop_body(c, &node->node, &node->body) && kr_check_all(c, &node->orelse);
}

// CPython generates the condition twice, and warns about it twice.
static bool check_while(KrCheck *c, const KrWhile *node) {
    uint32_t warned = c->scopes->warned;
    if (!check(c, node->test)) return false;
    bool again = c->scopes->warned != warned;
    if (!check_loop_body(c, &node->node, &node->body) || (again && !check(c, node->test))) return false;
    return kr_check_all(c, &node->orelse);
}

static bool check_if(KrCheck *c, const KrIf *node) {
    for (;;) {
        if (!check(c, node->test) || !kr_check_all(c, &node->body)) return false;
        if (node->orelse.count != 1 || node->orelse.item[0]->kind != KR_NODE_IF) return kr_check_all(c, &node->orelse);
        node = kr_as_if(node->orelse.item[0]); // a chain of elif may be long
    }
}

static bool check_with(KrCheck *c, const KrWith *node) {
    if (node->node.kind == KR_NODE_ASYNC_WITH && !check_async(c, &node->node, "'async with' outside async function")) return false;
    uint32_t blocks = c->blocks;
    for (uint32_t i = 0; i < node->items.count; i++) {
        const KrWithItem *item = kr_as_with_item(node->items.item[i]);
        if (!check(c, item->context_expr) || !enter_block(c, item->context_expr)) return false;
        if (item->optional_vars != NULL && !kr_check_target(c, item->optional_vars)) return false;
    }
    bool good = kr_check_all(c, &node->body);
    c->blocks = blocks;
    return good;
}

static bool check_handler(KrCheck *c, const KrExceptHandler *handler, bool star) {
    KrCheck saved = *c;
    if (!check(c, handler->type)) return false;
    if (handler->name != NULL && !kr_check_name(c, handler->name, kr_scope_span(&handler->node))) return false;
    if (star) c->in_star_handler = c->star_around = true;
    bool good = enter_block(c, &handler->node) && (handler->name == NULL || enter_block(c, &handler->node));
    good = good && kr_check_all(c, &handler->body);
    *c = saved;
    return good;
}

// Generated twice as well: for when all goes well, and for exceptions.
static bool check_finally(KrCheck *c, const KrSeq *body) {
    uint32_t warned = c->scopes->warned;
    return kr_check_all(c, body) && (c->scopes->warned == warned || kr_check_all(c, body));
}

static bool check_try(KrCheck *c, const KrTry *node) {
    uint32_t blocks = c->blocks;
    if (node->finalbody.count > 0 && !enter_block(c, &node->node)) return false;
    if (node->handlers.count > 0 && !enter_block(c, &node->node)) return false;
    bool star = node->node.kind == KR_NODE_TRY_STAR;
    if (!kr_check_all(c, &node->body)) return false;
    c->blocks = blocks + (node->finalbody.count > 0);
    if (!star && !kr_check_all(c, &node->orelse)) return false; // CPython's order
    for (uint32_t i = 0; i < node->handlers.count; i++) {
        const KrExceptHandler *handler = kr_as_except_handler(node->handlers.item[i]);
        if (handler->type == NULL && i + 1 < node->handlers.count) return raise_at(c, &handler->node, "default 'except:' must be last");
        if (!check_handler(c, handler, star)) return false;
    }
    bool good = (!star || kr_check_all(c, &node->orelse)) && check_finally(c, &node->finalbody);
    c->blocks = blocks;
    return good;
}

// ---- assignments and imports ----

static bool check_targets(KrCheck *c, const KrSeq *targets) {
    for (uint32_t i = 0; i < targets->count; i++) {
        if (!kr_check_target(c, targets->item[i])) return false;
    }
    return true;
}

// A name is bound after the value has been generated; the parts of other targets are needed before.
static bool check_augmented(KrCheck *c, const KrAugAssign *node) {
    if (node->target->kind == KR_NODE_NAME) return check(c, node->value) && kr_check_target(c, node->target);
    if (node->target->kind == KR_NODE_ATTRIBUTE) return check(c, kr_as_attribute(node->target)->value) && check(c, node->value);
    return kr_check_target(c, node->target) && check(c, node->value);
}

static bool check_annotated(KrCheck *c, const KrAnnAssign *node) {
    if (node->value != NULL && (!check(c, node->value) || !kr_check_target(c, node->target))) return false;
    if (node->value == NULL && node->target->kind == KR_NODE_NAME) {
        if (!kr_check_name(c, kr_as_name_expr(node->target)->id, kr_scope_span(&node->node))) return false;
    } else if (node->value == NULL && node->target->kind == KR_NODE_ATTRIBUTE) {
        if (!kr_check_name(c, kr_as_attribute(node->target)->attr, kr_scope_span(&node->node))) return false;
        if (!check(c, kr_as_attribute(node->target)->value)) return false;
    } else if (node->value == NULL && !kr_check_target(c, node->target)) {
        return false;
    }
    bool evaluated = c->unit == KR_UNIT_MODULE || c->unit == KR_UNIT_CLASS; // those of a function's variables are not even generated
    return c->scopes->future_annotations || !evaluated || check(c, node->annotation);
}

static bool check_import(KrCheck *c, const KrNode *node, const KrSeq *names) {
    for (uint32_t i = 0; i < names->count; i++) {
        const KrAlias *alias = kr_as_alias(names->item[i]);
        if (!kr_check_name(c, alias->asname != NULL ? alias->asname : alias->name, kr_scope_span(node))) return false;
    }
    return true;
}

static bool check_import_from(KrCheck *c, const KrImportFrom *node) {
    bool future = node->level == 0 && node->module != NULL && kr_name_is(node->module, "__future__");
    int32_t line = (int32_t)node->node.line;
    bool after = line > c->scopes->future_line || (line == c->scopes->future_line && (int32_t)node->node.col > c->scopes->future_col);
    if (future && after) { return raise_at(c, &node->node, "from __future__ imports must occur at the beginning of the file"); }
    return check_import(c, &node->node, &node->names);
}

static bool check_statement(KrCheck *c, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_FUNCTION_DEF:
    case KR_NODE_ASYNC_FUNCTION_DEF: return check_function(c, kr_as_function_def(node));
    case KR_NODE_CLASS_DEF: return check_class(c, kr_as_class_def(node));
    case KR_NODE_RETURN: return check_return(c, kr_as_return(node));
    case KR_NODE_DELETE: return check_targets(c, &kr_as_delete(node)->targets);
    case KR_NODE_ASSIGN: return check(c, kr_as_assign(node)->value) && check_targets(c, &kr_as_assign(node)->targets);
    case KR_NODE_TYPE_ALIAS: return check_type_alias(c, kr_as_type_alias(node));
    case KR_NODE_AUG_ASSIGN: return check_augmented(c, kr_as_aug_assign(node));
    case KR_NODE_ANN_ASSIGN: return check_annotated(c, kr_as_ann_assign(node));
    case KR_NODE_FOR:
    case KR_NODE_ASYNC_FOR: return check_for(c, kr_as_for(node));
    case KR_NODE_WHILE: return check_while(c, kr_as_while(node));
    case KR_NODE_IF: return check_if(c, kr_as_if(node));
    case KR_NODE_WITH:
    case KR_NODE_ASYNC_WITH: return check_with(c, kr_as_with(node));
    case KR_NODE_MATCH: return check(c, kr_as_match(node)->subject) && kr_check_cases(c, kr_as_match(node));
    case KR_NODE_RAISE: return check(c, kr_as_raise(node)->exc) && check(c, kr_as_raise(node)->cause);
    case KR_NODE_TRY:
    case KR_NODE_TRY_STAR: return check_try(c, kr_as_try(node));
    case KR_NODE_ASSERT:
        return kr_check_assert(c, kr_as_assert(node)) && check(c, kr_as_assert(node)->test) && check(c, kr_as_assert(node)->msg);
    case KR_NODE_IMPORT: return check_import(c, node, &kr_as_import(node)->names);
    case KR_NODE_IMPORT_FROM: return check_import_from(c, kr_as_import_from(node));
    case KR_NODE_EXPR: return check(c, kr_as_expr_statement(node)->value);
    case KR_NODE_BREAK:
    case KR_NODE_CONTINUE: return check_jump(c, node);
    default: return true;
    }
}

bool kr_check_node(KrCheck *c, KrNode *node) {
    if (!kr_scopes_enter(c->scopes)) return false;
    bool good = node->kind < KR_NODE_BOOL_OP ? check_statement(c, node) : kr_check_expression(c, node);
    kr_scopes_leave(c->scopes);
    return good && !c->scopes->failed;
}

bool kr_check_all(KrCheck *c, const KrSeq *seq) {
    for (uint32_t i = 0; i < seq->count; i++) {
        if (!check(c, seq->item[i])) return false;
    }
    return true;
}

bool kr_scopes_check(KrScopes *scopes, KrNode *node) {
    KrCheck c = { .scopes = scopes, .unit = KR_UNIT_MODULE, .scope = scopes->module };
    if (scopes->failed) return false;
    scopes->phase = KR_PHASE_CHECK;
    switch (node->kind) {
    case KR_NODE_MODULE:
    case KR_NODE_INTERACTIVE: return kr_check_all(&c, &kr_as_module(node)->body);
    case KR_NODE_EXPRESSION: return kr_check_node(&c, kr_as_expression(node)->body);
    default: return kr_check_node(&c, node);
    }
}

bool kr_scopes_check_inside(KrScopes *scopes, const KrScope *scope, KrNode *statement) {
    KrUnitKind unit = scope->kind == KR_SCOPE_CLASS                     ? KR_UNIT_CLASS
                      : scope->node->kind == KR_NODE_ASYNC_FUNCTION_DEF ? KR_UNIT_ASYNC_FUNCTION
                                                                        : KR_UNIT_FUNCTION;
    KrCheck c = { .scopes = scopes, .unit = unit, .scope = scope };
    return kr_check_node(&c, statement);
}
