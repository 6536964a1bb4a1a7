// scope_check_expression.c - expressions and targets that the grammar allows but that make no sense where they stand.
// SPDX-License-Identifier: MIT
#include "compile/scope_check.h"

enum { MAX_BEFORE_STAR = 256 }; // CPython's limit of targets before the starred one

static bool raise_at(KrCheck *c, const KrNode *node, const char *text) {
    return kr_scopes_raise(c->scopes, kr_scope_span(node), "%s", text);
}

static bool check(KrCheck *c, KrNode *node) { return node == NULL || kr_check_node(c, node); }

bool kr_check_name(KrCheck *c, const KrName *name, KrSpan span) {
    return !kr_name_is(name, "__debug__") || kr_scopes_raise(c->scopes, span, "cannot assign to __debug__");
}

bool kr_check_elements(KrCheck *c, const KrSeq *seq) {
    for (uint32_t i = 0; i < seq->count; i++) {
        KrNode *node = seq->item[i];
        if (!check(c, node->kind == KR_NODE_STARRED ? kr_as_starred(node)->value : node)) return false;
    }
    return true;
}

// ---- targets ----

static bool check_unpacking(KrCheck *c, const KrNode *node) {
    const KrSeq *elts = &kr_as_elements(node)->elts;
    bool starred = false;
    for (uint32_t i = 0; i < elts->count && node->ctx == KR_CTX_STORE; i++) {
        if (elts->item[i]->kind != KR_NODE_STARRED) continue;
        if (starred) return raise_at(c, node, "multiple starred expressions in assignment");
        if (i >= MAX_BEFORE_STAR) return raise_at(c, node, "too many expressions in star-unpacking assignment");
        starred = true;
    }
    for (uint32_t i = 0; i < elts->count; i++) {
        KrNode *item = elts->item[i];
        if (!kr_check_target(c, item->kind == KR_NODE_STARRED ? kr_as_starred(item)->value : item)) return false;
    }
    return true;
}

bool kr_check_target(KrCheck *c, KrNode *node) {
    KrSpan span = kr_scope_span(node);
    switch (node->kind) {
    case KR_NODE_NAME:
        if (node->ctx == KR_CTX_STORE) return kr_check_name(c, kr_as_name_expr(node)->id, span);
        return !kr_name_is(kr_as_name_expr(node)->id, "__debug__") || kr_scopes_raise(c->scopes, span, "cannot delete __debug__");
    case KR_NODE_ATTRIBUTE:
        if (node->ctx == KR_CTX_STORE && !kr_check_name(c, kr_as_attribute(node)->attr, span)) return false;
        return check(c, kr_as_attribute(node)->value);
    case KR_NODE_SUBSCRIPT: return check(c, kr_as_subscript(node)->value) && check(c, kr_as_subscript(node)->slice);
    case KR_NODE_STARRED: return raise_at(c, node, "starred assignment target must be in a list or tuple");
    case KR_NODE_LIST:
    case KR_NODE_TUPLE: {
        if (!kr_scopes_enter(c->scopes)) return false;
        bool good = check_unpacking(c, node);
        kr_scopes_leave(c->scopes);
        return good;
    }
    default: return check(c, node);
    }
}

// ---- calls and functions ----

static const KrName **set_slot(const KrNameSet *set, const KrName *name) {
    uint32_t i = name->hash & (set->size - 1);
    while (set->slot[i] != NULL && set->slot[i] != name) i = (i + 1) & (set->size - 1);
    return &set->slot[i];
}

bool kr_name_set_has(const KrNameSet *set, const KrName *name) { return set->count > 0 && *set_slot(set, name) != NULL; }

bool kr_name_set_add(KrScopes *scopes, KrNameSet *set, const KrName *name) {
    if (set->count >= set->size / 2) {
        KrNameSet larger = { NULL, set->size == 0 ? 16 : set->size * 2, set->count };
        larger.slot = kr_arena_array(scopes->tree, larger.size, sizeof *larger.slot);
        if (larger.slot == NULL) return kr_scopes_raise_memory(scopes);
        for (uint32_t i = 0; i < set->size; i++) {
            if (set->slot[i] != NULL) *set_slot(&larger, set->slot[i]) = set->slot[i];
        }
        *set = larger;
    }
    const KrName **slot = set_slot(set, name);
    if (*slot == NULL) set->count++;
    *slot = name;
    return true;
}

// The first keyword that is wrong, and is known to be there.
static bool raise_keyword(KrCheck *c, const KrSeq *keywords) {
    for (uint32_t i = 0; i < keywords->count; i++) {
        const KrKeyword *first = kr_as_keyword(keywords->item[i]);
        if (first->arg == NULL) continue;
        if (!kr_check_name(c, first->arg, kr_scope_span(&first->node))) return false;
        for (uint32_t k = i + 1; k < keywords->count; k++) {
            const KrKeyword *other = kr_as_keyword(keywords->item[k]);
            if (other->arg != first->arg) continue;
            return kr_scopes_raise(c->scopes, kr_scope_span(&other->node), "keyword argument repeated: %s", other->arg->text);
        }
    }
    return false;
}

bool kr_check_keyword_names(KrCheck *c, const KrSeq *keywords) {
    KrNameSet seen = { NULL, 0, 0 };
    for (uint32_t i = 0; i < keywords->count; i++) {
        const KrName *name = kr_as_keyword(keywords->item[i])->arg;
        if (name == NULL) continue;
        if (kr_name_is(name, "__debug__") || kr_name_set_has(&seen, name)) return raise_keyword(c, keywords);
        if (keywords->count > 1 && !kr_name_set_add(c->scopes, &seen, name)) return false;
    }
    return true;
}

bool kr_check_keyword_values(KrCheck *c, const KrSeq *keywords) {
    for (uint32_t i = 0; i < keywords->count; i++) {
        if (!check(c, kr_as_keyword(keywords->item[i])->value)) return false;
    }
    return true;
}

bool kr_check_parameters(KrCheck *c, const KrArguments *args) {
    const KrSeq *const lists[] = { &args->posonlyargs, &args->args, &args->kwonlyargs };
    for (size_t list = 0; list < KR_COUNT_OF(lists); list++) {
        for (uint32_t i = 0; i < lists[list]->count; i++) {
            const KrArg *arg = kr_as_arg(lists[list]->item[i]);
            if (!kr_check_name(c, arg->arg, kr_scope_span(&arg->node))) return false;
        }
    }
    KrNode *const rest[] = { args->vararg, args->kwarg };
    for (int i = 0; i < 2; i++) {
        if (rest[i] != NULL && !kr_check_name(c, kr_as_arg(rest[i])->arg, kr_scope_span(rest[i]))) return false;
    }
    return true;
}

static bool check_body(KrCheck *c, void *arg) { return kr_check_node(c, arg); }

static bool check_lambda(KrCheck *c, const KrLambda *lambda) {
    if (!kr_check_parameters(c, lambda->args) || !kr_check_all(c, &lambda->args->defaults)) return false;
    if (!kr_check_all(c, &lambda->args->kw_defaults)) return false;
    return kr_check_unit(c, KR_UNIT_LAMBDA, lambda->scope, check_body, lambda->body);
}

// ---- comprehensions ----

static bool check_clauses(KrCheck *c, void *arg) {
    const KrComp *comp = arg;
    for (uint32_t i = 0; i < comp->generators.count; i++) {
        const KrComprehension *clause = kr_as_comprehension(comp->generators.item[i]);
        if (i > 0 && !check(c, clause->iter)) return false;
        if (!kr_check_target(c, clause->target) || !kr_check_all(c, &clause->ifs)) return false;
    }
    return check(c, comp->elt) && check(c, comp->value);
}

static bool check_comprehension(KrCheck *c, KrComp *comp) {
    bool generator = comp->node.kind == KR_NODE_GENERATOR_EXP;
    bool async_around = c->unit == KR_UNIT_ASYNC_FUNCTION || c->unit == KR_UNIT_COMPREHENSION || kr_top_level_await(c);
    bool inlined = (comp->scope->flags & KR_SCOPE_INLINED) != 0;
    KrNode *outermost = kr_as_comprehension(comp->generators.item[0])->iter;
    if (inlined && !check(c, outermost)) return false;
    if ((comp->scope->flags & KR_SCOPE_COROUTINE) != 0 && !generator && !async_around) {
        return raise_at(c, &comp->node, "asynchronous comprehension outside of an asynchronous function");
    }
    if (inlined) return check_clauses(c, comp);
    return kr_check_unit(c, KR_UNIT_COMPREHENSION, comp->scope, check_clauses, comp) && check(c, outermost);
}

// ---- yield and await ----

static bool check_yield(KrCheck *c, const KrYield *yield) {
    bool function = c->unit == KR_UNIT_FUNCTION || c->unit == KR_UNIT_ASYNC_FUNCTION || c->unit == KR_UNIT_LAMBDA;
    bool from = yield->node.kind == KR_NODE_YIELD_FROM;
    if (!function) return raise_at(c, &yield->node, from ? "'yield from' outside function" : "'yield' outside function");
    if (from && c->unit == KR_UNIT_ASYNC_FUNCTION) { return raise_at(c, &yield->node, "'yield from' inside async function"); }
    return check(c, yield->value);
}

static bool check_await(KrCheck *c, const KrAwait *await) {
    if (!kr_top_level_await(c)) {
        if (c->unit == KR_UNIT_MODULE || c->unit == KR_UNIT_CLASS) return raise_at(c, &await->node, "'await' outside function");
        if (c->unit != KR_UNIT_ASYNC_FUNCTION && c->unit != KR_UNIT_COMPREHENSION) {
            return raise_at(c, &await->node, "'await' outside async function");
        }
    }
    return check(c, await->value);
}

// ---- the rest ----

static bool check_right(KrCheck *c, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_BIN_OP: return check(c, kr_as_bin_op(node)->right);
    case KR_NODE_SUBSCRIPT: return check(c, kr_as_subscript(node)->slice);
    case KR_NODE_CALL: return kr_check_elements(c, &kr_as_call(node)->args) && kr_check_keyword_values(c, &kr_as_call(node)->keywords);
    default: return true;
    }
}

static bool check_spine(KrCheck *c, KrNode *node) {
    KrSpine spine;
    if (!kr_scopes_spine(c->scopes, node, &spine)) return false;
    for (uint32_t i = 0; i < spine.count; i++) {
        const KrNode *part = spine.node[i];
        if (part->kind == KR_NODE_CALL && !kr_check_keyword_names(c, &kr_as_call(part)->keywords)) return false;
        if (!kr_check_warnings(c, part)) return false;
    }
    if (!check(c, spine.root)) return false;
    for (uint32_t i = spine.count; i > 0; i--) {
        if (!check_right(c, spine.node[i - 1])) return false;
    }
    return true;
}

static bool check_dict(KrCheck *c, const KrDict *dict) {
    for (uint32_t i = 0; i < dict->keys.count; i++) {
        if (!check(c, dict->keys.item[i]) || !check(c, dict->values.item[i])) return false;
    }
    return true;
}

static bool check_if_exp(KrCheck *c, const KrIfExp *e) { return check(c, e->test) && check(c, e->body) && check(c, e->orelse); }

static bool check_slice(KrCheck *c, const KrSlice *slice) {
    return check(c, slice->lower) && check(c, slice->upper) && check(c, slice->step);
}

bool kr_check_expression(KrCheck *c, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_BOOL_OP: return kr_check_all(c, &kr_as_bool_op(node)->values);
    case KR_NODE_NAMED_EXPR: return check(c, kr_as_named_expr(node)->value) && kr_check_target(c, kr_as_named_expr(node)->target);
    case KR_NODE_BIN_OP:
    case KR_NODE_ATTRIBUTE:
    case KR_NODE_SUBSCRIPT:
    case KR_NODE_CALL: return check_spine(c, node);
    case KR_NODE_UNARY_OP: return kr_check_warnings(c, node) && check(c, kr_as_unary_op(node)->operand);
    case KR_NODE_LAMBDA: return check_lambda(c, kr_as_lambda(node));
    case KR_NODE_IF_EXP: return check_if_exp(c, kr_as_if_exp(node));
    case KR_NODE_DICT: return check_dict(c, kr_as_dict(node));
    case KR_NODE_SET:
    case KR_NODE_LIST:
    case KR_NODE_TUPLE: return kr_check_elements(c, &kr_as_elements(node)->elts);
    case KR_NODE_JOINED_STR: return kr_check_all(c, &kr_as_elements(node)->elts);
    case KR_NODE_LIST_COMP:
    case KR_NODE_SET_COMP:
    case KR_NODE_DICT_COMP:
    case KR_NODE_GENERATOR_EXP: return check_comprehension(c, kr_as_comp(node));
    case KR_NODE_AWAIT: return check_await(c, kr_as_await(node));
    case KR_NODE_YIELD:
    case KR_NODE_YIELD_FROM: return check_yield(c, kr_as_yield(node));
    case KR_NODE_COMPARE:
        return kr_check_warnings(c, node) && check(c, kr_as_compare(node)->left) && kr_check_all(c, &kr_as_compare(node)->comparators);
    case KR_NODE_FORMATTED_VALUE: return check(c, kr_as_formatted_value(node)->value) && check(c, kr_as_formatted_value(node)->format_spec);
    case KR_NODE_STARRED: return raise_at(c, node, "can't use starred expression here");
    case KR_NODE_SLICE: return check_slice(c, kr_as_slice(node));
    default: return true;
    }
}
