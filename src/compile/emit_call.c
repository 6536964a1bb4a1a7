// emit_call.c - calls: the callable and its arguments into a window, names, stars and mappings among them.
// SPDX-License-Identifier: MIT
#include "compile/emit.h"

#include "object/tuple.h"

static bool simple_call(const KrSeq args, const KrSeq keywords, unsigned room) {
    if (kr_has_star(args) || args.count + keywords.count > 40 || room + args.count + keywords.count > 240) return false;
    for (uint32_t i = 0; i < keywords.count; i++)
        if (!kr_as_keyword(keywords.item[i])->arg) return false;
    return true;
}

static void call_keywords(KrUnit *u, KrSeq keywords, unsigned first, KrValue *names) {
    KrValue name[64];
    for (uint32_t i = 0; i < keywords.count; i++) {
        KrKeyword *k = kr_as_keyword(keywords.item[i]);
        const KrName *mangled = kr_scope_mangle(&u->c->scopes, u->inner, k->arg);
        name[i] = kr_name_value(u->c, mangled ? mangled : k->arg);
        kr_expr(u, k->value, first + i);
    }
    *names = u->c->failed ? KR_NONE : kr_tuple(u->c->vm, keywords.count, name);
    if (kr_is_error(*names)) kr_emit_fail(u->c), *names = KR_NONE;
}

// **mappings and keywords in order, into a dict in register `into`.
static void keyword_dict(KrUnit *u, KrSeq keywords, unsigned into, unsigned callable) {
    KrPlace here = u->here;
    kr_emit(u, KR_OP_DICT, into, into, 0);
    for (uint32_t i = 0; i < keywords.count && !u->c->failed; i++) {
        KrKeyword *k = kr_as_keyword(keywords.item[i]);
        unsigned top = u->top, pair = kr_reg(u, 2);
        if (k->arg) {
            const KrName *mangled = kr_scope_mangle(&u->c->scopes, u->inner, k->arg);
            kr_emit_load(u, kr_name_value(u->c, mangled ? mangled : k->arg), pair);
            kr_expr(u, k->value, pair + 1);
            u->here = here;
            kr_emit(u, KR_OP_DICT, pair, pair, 1);
            kr_emit(u, KR_OP_DICTMERGE, into, pair, callable);
        } else {
            kr_expr(u, k->value, pair);
            u->here = here;
            kr_emit(u, KR_OP_DICTMERGE, into, pair, callable);
        }
        u->top = top;
    }
}

// The list of arguments: those in front of the first star at once, the others one by one.
static void starred_arguments(KrUnit *u, KrSeq args, unsigned list, unsigned window, unsigned extra) {
    unsigned top = u->top, lead = 0;
    while (!extra && lead < args.count && lead < KR_CHUNK && args.item[lead]->kind != KR_NODE_STARRED) lead++;
    unsigned first = lead ? kr_reg(u, lead) : window + 1;
    KrPlace here = u->here;
    kr_exprs(u, (KrSeq){ args.item, lead }, first);
    u->here = here;
    kr_emit(u, KR_OP_LIST, list, first, lead + extra);
    u->top = top;
    kr_add_items(u, (KrSeq){ args.item + lead, args.count - lead }, list, false,
                 args.count == 1 && !extra ? window + 1 : 0); // CPython names the callable only then
}

// f(a, b, *row, **named), the row read by the call: what follows it is evaluated earlier, as in CPython where nothing stands before the
// star, otherwise only if nobody can see it.
static bool spread_call(KrSeq args, KrSeq keywords, unsigned room) {
    uint32_t lead = args.count;
    if (lead && args.item[lead - 1]->kind == KR_NODE_STARRED) lead--;
    if (kr_has_star((KrSeq){ args.item, lead }) || lead > 40 || room + lead > 240) return false;
    if (!keywords.count || !lead || lead == args.count) return true;
    const KrKeyword *k = kr_as_keyword(keywords.item[0]);
    return keywords.count == 1 && !k->arg && k->value->kind == KR_NODE_NAME;
}

static void spread_arguments(KrUnit *u, KrSeq args, KrSeq keywords, unsigned window, unsigned dst) {
    KrPlace here = u->here;
    bool star = args.count && args.item[args.count - 1]->kind == KR_NODE_STARRED;
    uint32_t lead = args.count - star;
    u->top = window + 1;
    unsigned first = kr_reg(u, args.count + (keywords.count ? 1 : 0)), named = first + args.count;
    kr_exprs(u, (KrSeq){ args.item, lead }, first);
    if (star) kr_expr(u, kr_as_starred(args.item[lead])->value, first + lead);
    if (keywords.count == 1 && !kr_as_keyword(keywords.item[0])->arg) kr_expr(u, kr_as_keyword(keywords.item[0])->value, named);
    else if (keywords.count) keyword_dict(u, keywords, named, window);
    u->here = here;
    unsigned how = lead << KR_CALL_LEAD | (star ? KR_CALL_STAR : 0) | (keywords.count ? KR_CALL_DOUBLE_STAR : 0);
    kr_emit(u, KR_OP_CALLEX, window, how, dst);
}

// The callable is in `window` (method: as GETMETHOD left it), the arguments go behind it. `extra` arguments are there already.
// u->here is the call's place; window and its argument space were reserved up to u->top.
void kr_emit_args(KrUnit *u, unsigned window, KrSeq args, KrSeq keywords, unsigned dst, bool method, unsigned extra) {
    KrPlace here = u->here;
    unsigned first = window + 1 + method + extra;
    if (simple_call(args, keywords, first)) {
        unsigned count = args.count + keywords.count;
        u->top = first;
        if (count) kr_reg(u, count);
        kr_exprs(u, args, first);
        KrValue names = KR_NONE;
        if (keywords.count) call_keywords(u, keywords, first + args.count, &names);
        u->here = here;
        if (keywords.count) {
            kr_emit(u, method ? KR_OP_CALLMKW : KR_OP_CALLKW, window, count + extra, dst);
            kr_emit_word(u, kr_emit_const(u, names));
        } else {
            kr_emit(u, method ? KR_OP_CALLM : KR_OP_CALL, window, count + extra, dst);
        }
        return;
    }
    if (!extra && spread_call(args, keywords, first)) {
        spread_arguments(u, args, keywords, window, dst);
        return;
    }
    u->top = window + 1 + extra;
    unsigned list = kr_reg(u, 1), dict = kr_reg(u, 1);
    bool plain = !extra && !kr_has_star(args) && args.count <= KR_CHUNK;
    if (plain) kr_build_sequence(u, args, KR_OP_TUPLE, list);
    else starred_arguments(u, args, list, window, extra);
    u->here = here;
    if (keywords.count) keyword_dict(u, keywords, dict, window);
    u->here = here;
    if (extra) kr_emit_move(u, window + 1, list);
    if (keywords.count && extra) kr_emit_move(u, window + 2, dict);
    kr_emit(u, KR_OP_CALLEX, window, KR_CALL_STAR | (keywords.count ? KR_CALL_DOUBLE_STAR : 0), dst);
}

void kr_emit_call(KrUnit *u, KrNode *node, unsigned dst) {
    KrCall *c = kr_as_call(node);
    bool over = kr_topmost(u, dst); // a chain of calls needs no more registers than one of them
    unsigned top = u->top, window = over ? dst : kr_reg(u, 1);
    bool method = c->func->kind == KR_NODE_ATTRIBUTE && simple_call(c->args, c->keywords, window + 2);
    if (method) {
        KrAttribute *a = kr_as_attribute(c->func);
        unsigned object = kr_operand_in(u, a->value, window);
        kr_place_attribute(u, c->func, c->func, a->attr);
        kr_emit_named(u, KR_OP_GETMETHOD, window, object, kr_attribute_name(u, a->attr), true);
    } else {
        kr_expr(u, c->func, window);
    }
    if (method) kr_place_attribute(u, node, c->func, kr_as_attribute(c->func)->attr);
    else kr_place(u, node);
    u->here.end_col = node->end_col;
    u->top = window + 1;
    kr_reg(u, 2);
    if (method && u->far) u->written[window + 1] = 1;
    kr_emit_args(u, window, c->args, c->keywords, dst, method, 0);
    u->top = top;
}
