// unparse.c - an expression as text again, in the words of CPython's ast_unparse: for annotations that stay text.
//
// Every expression is written at a level of precedence and puts itself into parentheses where its own is lower.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"
#include "object/text.h"

enum { TUPLE, TEST, OR, AND, NOT, COMPARISON, BIT_OR, BIT_XOR, BIT_AND, SHIFT, ARITHMETIC, TERM, FACTOR, POWER, AWAIT, ATOM };

static void expression(KrUnit *u, KrText *t, const KrNode *node, unsigned level);

static void open(KrText *t, bool parentheses) {
    if (parentheses) kr_text_add_c(t, "(");
}

static void close(KrText *t, bool parentheses) {
    if (parentheses) kr_text_add_c(t, ")");
}

static void add_name(KrText *t, const KrName *name) { kr_text_add(t, name->text, name->len); }

static void comma(KrText *t, bool *first) {
    if (!*first) kr_text_add_c(t, ", ");
    *first = false;
}

static void list(KrUnit *u, KrText *t, KrSeq seq, const char *separator, unsigned level) {
    for (uint32_t i = 0; i < seq.count; i++) {
        if (i) kr_text_add_c(t, separator);
        expression(u, t, seq.item[i], level);
    }
}

static void optional(KrUnit *u, KrText *t, const char *before, const KrNode *node, unsigned level) {
    if (!node) return;
    kr_text_add_c(t, before);
    expression(u, t, node, level);
}

// ---- Operators -----------------------------------------------------------------------------------------------------------------

static void bool_op(KrUnit *u, KrText *t, const KrNode *node, unsigned level) {
    unsigned own = node->op == KR_BOOL_AND ? AND : OR;
    open(t, level > own);
    list(u, t, kr_as_bool_op(node)->values, own == AND ? " and " : " or ", own + 1);
    close(t, level > own);
}

static void bin_op(KrUnit *u, KrText *t, const KrNode *node, unsigned level) {
    static const struct {
        const char *sign;
        unsigned level;
    } ops[] = {
        [KR_BIN_ADD] = { " + ", ARITHMETIC },  [KR_BIN_SUB] = { " - ", ARITHMETIC },  [KR_BIN_MULT] = { " * ", TERM },
        [KR_BIN_MAT_MULT] = { " @ ", TERM },   [KR_BIN_DIV] = { " / ", TERM },        [KR_BIN_MOD] = { " % ", TERM },
        [KR_BIN_POW] = { " ** ", POWER },      [KR_BIN_LSHIFT] = { " << ", SHIFT },   [KR_BIN_RSHIFT] = { " >> ", SHIFT },
        [KR_BIN_BIT_OR] = { " | ", BIT_OR },   [KR_BIN_BIT_XOR] = { " ^ ", BIT_XOR }, [KR_BIN_BIT_AND] = { " & ", BIT_AND },
        [KR_BIN_FLOOR_DIV] = { " // ", TERM },
    };
    unsigned own = ops[node->op].level;
    bool to_the_right = node->op == KR_BIN_POW;
    open(t, level > own);
    expression(u, t, kr_as_bin_op(node)->left, own + to_the_right);
    kr_text_add_c(t, ops[node->op].sign);
    expression(u, t, kr_as_bin_op(node)->right, own + !to_the_right);
    close(t, level > own);
}

static void unary_op(KrUnit *u, KrText *t, const KrNode *node, unsigned level) {
    static const char *const sign[] = { [KR_UNARY_INVERT] = "~", [KR_UNARY_NOT] = "not ", [KR_UNARY_ADD] = "+", [KR_UNARY_SUB] = "-" };
    unsigned own = node->op == KR_UNARY_NOT ? NOT : FACTOR;
    open(t, level > own);
    kr_text_add_c(t, sign[node->op]);
    expression(u, t, kr_as_unary_op(node)->operand, own);
    close(t, level > own);
}

static void compare(KrUnit *u, KrText *t, const KrNode *node, unsigned level) {
    static const char *const sign[] = {
        [KR_COMPARE_EQ] = " == ", [KR_COMPARE_NOT_EQ] = " != ",     [KR_COMPARE_LT] = " < ",  [KR_COMPARE_LT_E] = " <= ",
        [KR_COMPARE_GT] = " > ",  [KR_COMPARE_GT_E] = " >= ",       [KR_COMPARE_IS] = " is ", [KR_COMPARE_IS_NOT] = " is not ",
        [KR_COMPARE_IN] = " in ", [KR_COMPARE_NOT_IN] = " not in ",
    };
    const KrCompare *c = kr_as_compare(node);
    open(t, level > COMPARISON);
    expression(u, t, c->left, COMPARISON + 1);
    for (uint32_t i = 0; i < c->comparators.count; i++) optional(u, t, sign[c->ops[i]], c->comparators.item[i], COMPARISON + 1);
    close(t, level > COMPARISON);
}

static void if_exp(KrUnit *u, KrText *t, const KrNode *node, unsigned level) {
    const KrIfExp *e = kr_as_if_exp(node);
    open(t, level > TEST);
    expression(u, t, e->body, TEST + 1);
    optional(u, t, " if ", e->test, TEST + 1);
    optional(u, t, " else ", e->orelse, TEST);
    close(t, level > TEST);
}

// ---- Functions and calls -------------------------------------------------------------------------------------------------------

static void parameter(KrUnit *u, KrText *t, bool *first, const char *stars, const KrNode *arg, const KrNode *value) {
    comma(t, first);
    kr_text_add_c(t, stars);
    add_name(t, kr_as_arg(arg)->arg);
    optional(u, t, ": ", kr_as_arg(arg)->annotation, TEST);
    optional(u, t, "=", value, TEST);
}

static void parameters(KrUnit *u, KrText *t, const KrArguments *a) {
    bool first = true;
    uint32_t plain = a->posonlyargs.count + a->args.count;
    for (uint32_t i = 0; i < plain; i++) {
        const KrNode *arg = i < a->posonlyargs.count ? a->posonlyargs.item[i] : a->args.item[i - a->posonlyargs.count];
        parameter(u, t, &first, "", arg, i + a->defaults.count >= plain ? a->defaults.item[i + a->defaults.count - plain] : NULL);
        if (i + 1 == a->posonlyargs.count) kr_text_add_c(t, ", /");
    }
    if (a->vararg) {
        parameter(u, t, &first, "*", a->vararg, NULL);
    } else if (a->kwonlyargs.count) {
        comma(t, &first);
        kr_text_add_c(t, "*");
    }
    for (uint32_t i = 0; i < a->kwonlyargs.count; i++) parameter(u, t, &first, "", a->kwonlyargs.item[i], a->kw_defaults.item[i]);
    if (a->kwarg) parameter(u, t, &first, "**", a->kwarg, NULL);
}

static void lambda(KrUnit *u, KrText *t, const KrNode *node, unsigned level) {
    const KrLambda *l = kr_as_lambda(node);
    open(t, level > TEST);
    kr_text_add_c(t, l->args->args.count + l->args->posonlyargs.count ? "lambda "
                                                                      : "lambda"); // the space goes by plain parameters, as in CPython
    parameters(u, t, l->args);
    optional(u, t, ": ", l->body, TEST);
    close(t, level > TEST);
}

static void call(KrUnit *u, KrText *t, const KrCall *c) {
    bool first = true, alone = c->args.count == 1 && !c->keywords.count && c->args.item[0]->kind == KR_NODE_GENERATOR_EXP;
    expression(u, t, c->func, ATOM);
    open(t, !alone); // the generator expression brings its own
    for (uint32_t i = 0; i < c->args.count; i++) {
        comma(t, &first);
        expression(u, t, c->args.item[i], TEST);
    }
    for (uint32_t i = 0; i < c->keywords.count; i++) {
        const KrKeyword *k = kr_as_keyword(c->keywords.item[i]);
        comma(t, &first);
        if (k->arg) add_name(t, k->arg);
        optional(u, t, k->arg ? "=" : "**", k->value, TEST);
    }
    close(t, !alone);
}

// ---- Displays ------------------------------------------------------------------------------------------------------------------

static void dict(KrUnit *u, KrText *t, const KrDict *d) {
    kr_text_add_c(t, "{");
    for (uint32_t i = 0; i < d->values.count; i++) {
        if (i) kr_text_add_c(t, ", ");
        if (d->keys.item[i]) expression(u, t, d->keys.item[i], TEST);
        optional(u, t, d->keys.item[i] ? ": " : "**", d->values.item[i], d->keys.item[i] ? TEST : BIT_OR);
    }
    kr_text_add_c(t, "}");
}

static void comprehension(KrUnit *u, KrText *t, const KrComp *comp) {
    const char *brackets = comp->node.kind == KR_NODE_LIST_COMP ? "[]" : comp->node.kind == KR_NODE_GENERATOR_EXP ? "()" : "{}";
    kr_text_add(t, brackets, 1);
    expression(u, t, comp->elt, TEST);
    optional(u, t, ": ", comp->value, TEST);
    for (uint32_t i = 0; i < comp->generators.count; i++) {
        const KrComprehension *g = kr_as_comprehension(comp->generators.item[i]);
        optional(u, t, g->node.flags & KR_NODE_ASYNC ? " async for " : " for ", g->target, TUPLE);
        optional(u, t, " in ", g->iter, TEST + 1);
        for (uint32_t k = 0; k < g->ifs.count; k++) optional(u, t, " if ", g->ifs.item[k], TEST + 1);
    }
    kr_text_add(t, brackets + 1, 1);
}

static void tuple(KrUnit *u, KrText *t, KrSeq elts, unsigned level) {
    bool parentheses = level > TUPLE || !elts.count;
    open(t, parentheses);
    list(u, t, elts, ", ", TEST);
    if (elts.count == 1) kr_text_add_c(t, ",");
    close(t, parentheses);
}

static void slice(KrUnit *u, KrText *t, const KrSlice *s) {
    optional(u, t, "", s->lower, TEST);
    kr_text_add_c(t, ":");
    optional(u, t, "", s->upper, TEST);
    optional(u, t, ":", s->step, TEST);
}

// ---- Constants and f-strings ---------------------------------------------------------------------------------------------------

// The repr, in which infinity becomes a number that is read back as infinity.
static void constant(KrUnit *u, KrText *t, const KrNode *node) {
    KrValue v;
    if (node->op == KR_CONSTANT_ELLIPSIS) {
        kr_text_add_c(t, "...");
        return;
    }
    if (!kr_fold(u, (KrNode *)(uintptr_t)node, &v)) {
        t->failed = true;
        return;
    }
    if (node->flags & KR_CONSTANT_U) kr_text_add_c(t, "u");
    size_t from = t->len;
    kr_text_add_repr(t, v);
    if (t->failed || t->len < from + 3 || memcmp(t->data + from, "inf", 3) != 0 ||
        (node->op != KR_CONSTANT_FLOAT && node->op != KR_CONSTANT_IMAGINARY))
        return;
    t->len = from;
    kr_text_add_c(t, node->op == KR_CONSTANT_FLOAT ? "1e309" : "1e309j");
}

static void joined_parts(KrUnit *u, KrText *t, KrSeq parts);

static void replacement_field(KrUnit *u, KrText *t, const KrFormattedValue *f) {
    KrText inner;
    char conversion[2] = { '!', (char)f->node.op };
    kr_text_init(u->c->vm, &inner);
    expression(u, &inner, f->value, TEST + 1);
    t->failed = t->failed || inner.failed;
    if (t->failed) return;
    kr_text_add_c(t, inner.len && inner.data[0] == '{' ? "{ " : "{"); // "{{" would be a brace
    kr_text_add(t, inner.data, inner.len);
    if (f->node.op) kr_text_add(t, conversion, 2);
    if (f->format_spec) {
        kr_text_add_c(t, ":");
        if (f->format_spec->kind == KR_NODE_JOINED_STR) joined_parts(u, t, kr_as_elements(f->format_spec)->elts);
    }
    kr_text_add_c(t, "}");
}

static void joined_parts(KrUnit *u, KrText *t, KrSeq parts) {
    for (uint32_t i = 0; i < parts.count; i++) {
        const KrNode *part = parts.item[i];
        if (part->kind == KR_NODE_FORMATTED_VALUE) {
            replacement_field(u, t, kr_as_formatted_value(part));
        } else if (part->kind == KR_NODE_JOINED_STR) {
            joined_parts(u, t, kr_as_elements(part)->elts);
        } else if (part->kind == KR_NODE_CONSTANT) {
            const KrConstant *c = kr_as_constant(part);
            for (uint32_t k = 0; k < c->as.text.len; k++) {
                const char *p = &c->as.text.text[k];
                kr_text_add(t, p, 1);
                if (*p == '{' || *p == '}') kr_text_add(t, p, 1);
            }
        }
    }
}

static void joined_str(KrUnit *u, KrText *t, KrSeq parts) {
    KrText body;
    kr_text_init(u->c->vm, &body);
    joined_parts(u, &body, parts);
    KrValue text = body.failed ? KR_ERROR : kr_text_str(&body);
    if (kr_is_error(text)) {
        t->failed = true;
        return;
    }
    kr_text_add_c(t, "f");
    kr_text_add_repr(t, text);
}

// ---- Any expression ------------------------------------------------------------------------------------------------------------

static void prefixed(KrUnit *u, KrText *t, const char *word, const KrNode *value, unsigned own, unsigned inner, unsigned level) {
    open(t, level > own);
    kr_text_add_c(t, word);
    if (value) expression(u, t, value, inner);
    close(t, level > own);
}

static void attribute(KrUnit *u, KrText *t, const KrAttribute *a) {
    expression(u, t, a->value, ATOM);
    kr_text_add_c(t, a->value->kind == KR_NODE_CONSTANT && a->value->op == KR_CONSTANT_INT ? " ." : ".");
    add_name(t, a->attr);
}

static void subscript(KrUnit *u, KrText *t, const KrSubscript *s) {
    expression(u, t, s->value, ATOM);
    optional(u, t, "[", s->slice, TUPLE);
    kr_text_add_c(t, "]");
}

static void named_expr(KrUnit *u, KrText *t, const KrNamedExpr *n, unsigned level) {
    open(t, level > TUPLE);
    expression(u, t, n->target, ATOM);
    optional(u, t, " := ", n->value, ATOM);
    close(t, level > TUPLE);
}

static void bracketed(KrUnit *u, KrText *t, const char *brackets, KrSeq elts) {
    kr_text_add(t, brackets, 1);
    list(u, t, elts, ", ", TEST);
    kr_text_add(t, brackets + 1, 1);
}

static void any(KrUnit *u, KrText *t, const KrNode *node, unsigned level) {
    switch ((KrNodeKind)node->kind) {
    case KR_NODE_BOOL_OP: bool_op(u, t, node, level); break;
    case KR_NODE_NAMED_EXPR: named_expr(u, t, kr_as_named_expr(node), level); break;
    case KR_NODE_BIN_OP: bin_op(u, t, node, level); break;
    case KR_NODE_UNARY_OP: unary_op(u, t, node, level); break;
    case KR_NODE_LAMBDA: lambda(u, t, node, level); break;
    case KR_NODE_IF_EXP: if_exp(u, t, node, level); break;
    case KR_NODE_DICT: dict(u, t, kr_as_dict(node)); break;
    case KR_NODE_SET: bracketed(u, t, "{}", kr_as_elements(node)->elts); break;
    case KR_NODE_LIST: bracketed(u, t, "[]", kr_as_elements(node)->elts); break;
    case KR_NODE_TUPLE: tuple(u, t, kr_as_elements(node)->elts, level); break;
    case KR_NODE_LIST_COMP:
    case KR_NODE_SET_COMP:
    case KR_NODE_DICT_COMP:
    case KR_NODE_GENERATOR_EXP: comprehension(u, t, kr_as_comp(node)); break;
    case KR_NODE_AWAIT: prefixed(u, t, "await ", kr_as_await(node)->value, AWAIT, ATOM, level); break;
    case KR_NODE_YIELD: prefixed(u, t, kr_as_yield(node)->value ? "yield " : "yield", kr_as_yield(node)->value, TUPLE, TEST, ATOM); break;
    case KR_NODE_YIELD_FROM: prefixed(u, t, "yield from ", kr_as_yield(node)->value, TUPLE, TEST, ATOM); break;
    case KR_NODE_STARRED: prefixed(u, t, "*", kr_as_starred(node)->value, ATOM, BIT_OR, level); break;
    case KR_NODE_COMPARE: compare(u, t, node, level); break;
    case KR_NODE_CALL: call(u, t, kr_as_call(node)); break;
    case KR_NODE_JOINED_STR: joined_str(u, t, kr_as_elements(node)->elts); break;
    case KR_NODE_CONSTANT: constant(u, t, node); break;
    case KR_NODE_ATTRIBUTE: attribute(u, t, kr_as_attribute(node)); break;
    case KR_NODE_SUBSCRIPT: subscript(u, t, kr_as_subscript(node)); break;
    case KR_NODE_NAME: add_name(t, kr_as_name_expr(node)->id); break;
    case KR_NODE_SLICE: slice(u, t, kr_as_slice(node)); break;
    default: break; // no expression
    }
}

static void expression(KrUnit *u, KrText *t, const KrNode *node, unsigned level) {
    if (t->failed) return;
    if (!kr_enter(u->c->vm, " during ast construction")) {
        t->failed = true;
        return;
    }
    any(u, t, node, level);
    kr_leave(u->c->vm);
}

KrValue kr_annotation_text(KrUnit *u, const KrNode *node) {
    KrText t;
    if (u->c->failed) return KR_NONE;
    kr_text_init(u->c->vm, &t);
    expression(u, &t, node, TEST);
    KrValue v = t.failed ? KR_ERROR : kr_text_str(&t);
    if (kr_is_error(v)) return kr_emit_fail(u->c), KR_NONE;
    return v;
}
