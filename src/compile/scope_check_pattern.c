// scope_check_pattern.c - patterns: names that are bound twice or not everywhere, cases that can never be reached, repeated keys.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/name_hash.h"
#include "compile/scope_check.h"

typedef struct Pattern {
    KrCheck *c;
    KrNameSet names;    // what it binds
    bool may_match_all; // an irrefutable pattern is fine here
} Pattern;

static bool check_pattern(Pattern *p, KrNode *node);

static bool raise_at(Pattern *p, const KrNode *node, const char *text) {
    return kr_scopes_raise(p->c->scopes, kr_scope_span(node), "%s", text);
}

static bool add_name(Pattern *p, const KrName *name, const KrNode *node) {
    if (kr_name_set_has(&p->names, name)) {
        return kr_scopes_raise(p->c->scopes, kr_scope_span(node), "multiple assignments to name '%s' in pattern", name->text);
    }
    return kr_name_set_add(p->c->scopes, &p->names, name);
}

static bool bind(Pattern *p, const KrName *name, const KrNode *node) {
    return kr_check_name(p->c, name, kr_scope_span(node)) && add_name(p, name, node);
}

static bool check_parts(Pattern *p, const KrSeq *patterns) {
    for (uint32_t i = 0; i < patterns->count; i++) {
        bool saved = p->may_match_all;
        p->may_match_all = true;
        bool good = check_pattern(p, patterns->item[i]);
        p->may_match_all = saved;
        if (!good) return false;
    }
    return true;
}

static bool check_sequence(Pattern *p, const KrNode *node) {
    const KrSeq *patterns = &kr_as_match_sequence(node)->patterns;
    uint32_t stars = 0;
    for (uint32_t i = 0; i < patterns->count; i++) {
        stars += patterns->item[i]->kind == KR_NODE_MATCH_STAR;
        if (stars > 1) return raise_at(p, node, "multiple starred names in sequence pattern");
        bool named = patterns->item[i]->kind == KR_NODE_MATCH_STAR && kr_as_match_star(patterns->item[i])->name;
        if (named && i > UINT8_MAX) return raise_at(p, node, "too many expressions in star-unpacking sequence pattern");
    }
    return check_parts(p, patterns);
}

// ---- keys of mappings ----

static bool all_zero(const KrConstant *constant) {
    for (uint32_t i = 0; i < constant->as.text.len; i++) {
        char c = constant->as.text.text[i];
        if (c != '0' && c != '.') return false;
    }
    return true;
}

// The value of a float that is written as an int with a point: 1.0; false: unknown.
static bool float_value(const KrConstant *constant, int64_t *value) {
    bool fraction = false;
    *value = 0;
    for (uint32_t i = 0; i < constant->as.text.len; i++) {
        char digit = constant->as.text.text[i];
        if (digit == '.') fraction = true;
        else if (digit < '0' || digit > '9' || (fraction && digit != '0') || *value > INT64_MAX / 16) return false;
        else if (!fraction) *value = *value * 10 + (digit - '0');
    }
    return true;
}

// The value of a key that is integral and not large; True and 1.0 are 1.
static bool integral_value(const KrNode *node, int64_t *value) {
    if (node->kind == KR_NODE_UNARY_OP) {
        if (!integral_value(kr_as_unary_op(node)->operand, value)) return false;
        *value = -*value;
        return true;
    }
    if (node->kind != KR_NODE_CONSTANT) return false;
    const KrConstant *constant = kr_as_constant(node);
    switch (node->op) {
    case KR_CONSTANT_TRUE:
    case KR_CONSTANT_FALSE: *value = node->op == KR_CONSTANT_TRUE; return true;
    case KR_CONSTANT_INT:
        if ((node->flags & KR_CONSTANT_FITS) != 0) *value = constant->as.integer;
        return (node->flags & KR_CONSTANT_FITS) != 0;
    case KR_CONSTANT_FLOAT: return float_value(constant, value);
    case KR_CONSTANT_IMAGINARY: *value = 0; return all_zero(constant);
    default: return false;
    }
}

static bool same_text(const KrConstant *a, const KrConstant *b) {
    if (a->as.text.len != b->as.text.len) return false;
    return memcmp(a->as.text.text, b->as.text.text, a->as.text.len) == 0;
}

// Whether two keys are surely equal.
static bool same_key(const KrNode *a, const KrNode *b) {
    int64_t x, y;
    bool small = integral_value(a, &x);
    if (small != integral_value(b, &y)) return false;
    if (small) return x == y;
    if (a->kind != b->kind || a->op != b->op) return false;
    if (a->kind == KR_NODE_UNARY_OP) return same_key(kr_as_unary_op(a)->operand, kr_as_unary_op(b)->operand);
    if (a->kind == KR_NODE_BIN_OP) {
        return same_key(kr_as_bin_op(a)->left, kr_as_bin_op(b)->left) && same_key(kr_as_bin_op(a)->right, kr_as_bin_op(b)->right);
    }
    if (a->kind != KR_NODE_CONSTANT) return false;
    return a->op <= KR_CONSTANT_ELLIPSIS || same_text(kr_as_constant(a), kr_as_constant(b));
}

// Equal keys have equal hashes; 0 for attributes, which are never compared.
static uint32_t key_hash(const KrNode *node) {
    int64_t value;
    if (integral_value(node, &value)) return (uint32_t)((uint64_t)value * 0x9E3779B97F4A7C15u >> 32) | 1;
    if (node->kind == KR_NODE_UNARY_OP) return key_hash(kr_as_unary_op(node)->operand) * 3 | 1;
    if (node->kind == KR_NODE_BIN_OP) return (key_hash(kr_as_bin_op(node)->left) * 5 + key_hash(kr_as_bin_op(node)->right)) | 1;
    if (node->kind != KR_NODE_CONSTANT) return 0;
    if (node->op <= KR_CONSTANT_ELLIPSIS) return (node->op + 7) * 2 + 1;
    return kr_name_hash(kr_as_constant(node)->as.text.text, kr_as_constant(node)->as.text.len) | 1;
}

typedef struct Text {
    char text[160];
    size_t len;
} Text;

static void add_text(Text *out, const char *text, size_t len) {
    if (len > sizeof out->text - out->len) len = sizeof out->text - out->len;
    memcpy(out->text + out->len, text, len);
    out->len += len;
}

static void add_integer(Text *out, int64_t value) {
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0) add_text(out, "-", 1);
    add_text(out, digits + at, sizeof digits - at);
}

static void add_string(Text *out, const KrConstant *constant) {
    const char *text = constant->as.text.text;
    char quote = '\'';
    for (uint32_t i = 0; i < constant->as.text.len; i++) {
        if (text[i] == '\'') quote = '"';
        if (text[i] == '"') {
            quote = '\'';
            break;
        }
    }
    add_text(out, &quote, 1);
    for (uint32_t i = 0; i < constant->as.text.len; i++) {
        unsigned char byte = (unsigned char)text[i];
        const char *const hex = "0123456789abcdef";
        char escaped[4] = { '\\', (char)byte, 0, 0 };
        size_t len = 2;
        if (byte == '\n') escaped[1] = 'n';
        else if (byte == '\r') escaped[1] = 'r';
        else if (byte == '\t') escaped[1] = 't';
        else if (byte < ' ' || byte == 127) escaped[1] = 'x', escaped[2] = hex[byte >> 4], escaped[3] = hex[byte & 15], len = 4;
        else if (byte != '\\' && byte != (unsigned char)quote) escaped[0] = (char)byte, len = 1;
        add_text(out, escaped, len);
    }
    add_text(out, &quote, 1);
}

// repr() of a key.
static void add_key(Text *out, const KrNode *node) {
    static const char *const words[] = { "None", "True", "False", "Ellipsis" };
    const KrConstant *constant = kr_as_constant(node);
    int64_t value;
    if (node->kind == KR_NODE_UNARY_OP) {
        if (!integral_value(node, &value) || value != 0) add_text(out, "-", 1); // -0 is 0
        add_key(out, kr_as_unary_op(node)->operand);
    } else if (node->kind == KR_NODE_BIN_OP) {
        add_text(out, "(", 1);
        add_key(out, kr_as_bin_op(node)->left);
        add_text(out, node->op == KR_BIN_ADD ? "+" : "-", 1);
        add_key(out, kr_as_bin_op(node)->right);
        add_text(out, ")", 1);
    } else if (node->op <= KR_CONSTANT_ELLIPSIS) {
        add_text(out, words[node->op], strlen(words[node->op]));
    } else if (node->op >= KR_CONSTANT_STR) {
        if (node->op == KR_CONSTANT_BYTES) add_text(out, "b", 1);
        add_string(out, constant);
    } else if ((node->flags & KR_CONSTANT_FITS) != 0) {
        add_integer(out, constant->as.integer);
    } else {
        add_text(out, constant->as.text.text, constant->as.text.len);
        if (node->op == KR_CONSTANT_IMAGINARY) add_text(out, "j", 1);
    }
}

static bool raise_duplicate(Pattern *p, const KrMatchMapping *mapping, const KrNode *key) {
    Text text = { .len = 0 };
    add_key(&text, key);
    return kr_scopes_raise(p->c->scopes, kr_scope_span(&mapping->node), "mapping pattern checks duplicate key (%.*s)", (int)text.len,
                           text.text);
}

// Keys are put into a hash table, so that many of them take no longer than they should.
static bool check_keys(Pattern *p, const KrMatchMapping *mapping) {
    uint32_t size = 8;
    while (size / 2 < mapping->keys.count) size *= 2;
    const KrNode **slot = kr_arena_array(p->c->scopes->tree, size, sizeof *slot);
    if (slot == NULL) return kr_scopes_raise_memory(p->c->scopes);
    for (uint32_t i = 0; i < mapping->keys.count; i++) {
        const KrNode *key = mapping->keys.item[i];
        if (key->kind == KR_NODE_JOINED_STR) {
            return raise_at(p, &mapping->node, "mapping pattern keys may only match literals and attribute lookups");
        }
        uint32_t hash = key_hash(key);
        if (hash == 0) continue;
        uint32_t at = hash & (size - 1);
        for (; slot[at] != NULL; at = (at + 1) & (size - 1)) {
            if (same_key(slot[at], key)) return raise_duplicate(p, mapping, key);
        }
        slot[at] = key;
    }
    return true;
}

static bool check_mapping(Pattern *p, const KrMatchMapping *mapping) {
    if (mapping->keys.count > 0 && !check_keys(p, mapping)) return false;
    return check_parts(p, &mapping->patterns) && (mapping->rest == NULL || bind(p, mapping->rest, &mapping->node));
}

// ---- other patterns ----

static bool check_class(Pattern *p, const KrMatchClass *node) {
    KrNameSet seen = { NULL, 0, 0 };
    for (uint32_t i = 0; i < node->kwd_attrs.count; i++) {
        const KrName *attr = node->kwd_attrs.item[i];
        KrSpan span = kr_scope_span(node->kwd_patterns.item[i]);
        if (!kr_check_name(p->c, attr, span)) return false;
        if (kr_name_set_has(&seen, attr)) {
            return kr_scopes_raise(p->c->scopes, span, "attribute name repeated in class pattern: %s", attr->text);
        }
        if (!kr_name_set_add(p->c->scopes, &seen, attr)) return false;
    }
    return kr_check_node(p->c, node->cls) && check_parts(p, &node->patterns) && check_parts(p, &node->kwd_patterns);
}

static bool check_as(Pattern *p, const KrMatchAs *node) {
    if (node->pattern == NULL && !p->may_match_all) {
        if (node->name == NULL) return raise_at(p, &node->node, "wildcard makes remaining patterns unreachable");
        return kr_scopes_raise(p->c->scopes, kr_scope_span(&node->node), "name capture '%s' makes remaining patterns unreachable",
                               node->name->text);
    }
    if (node->pattern != NULL && !check_pattern(p, node->pattern)) return false;
    return node->name == NULL || bind(p, node->name, &node->node);
}

static bool same_names(const KrNameSet *a, const KrNameSet *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->size; i++) {
        if (a->slot[i] != NULL && !kr_name_set_has(b, a->slot[i])) return false;
    }
    return true;
}

// All alternatives bind the same names; only the last may match everything.
static bool check_or(Pattern *p, const KrNode *node) {
    const KrSeq *patterns = &kr_as_match_sequence(node)->patterns;
    KrNameSet first = { NULL, 0, 0 };
    for (uint32_t i = 0; i < patterns->count; i++) {
        Pattern part = { .c = p->c, .may_match_all = p->may_match_all && i + 1 == patterns->count };
        if (!check_pattern(&part, patterns->item[i])) return false;
        if (i == 0) first = part.names;
        else if (!same_names(&first, &part.names)) return raise_at(p, node, "alternative patterns bind different names");
    }
    for (uint32_t i = 0; i < first.size; i++) {
        if (first.slot[i] != NULL && !add_name(p, first.slot[i], node)) return false;
    }
    return true;
}

static bool check_value(Pattern *p, const KrMatchValue *node) {
    if (node->value->kind == KR_NODE_JOINED_STR) return raise_at(p, &node->node, "patterns may only match literals and attribute lookups");
    return kr_check_node(p->c, node->value);
}

static bool check_pattern_kind(Pattern *p, KrNode *node) {
    switch (node->kind) {
    case KR_NODE_MATCH_VALUE: return check_value(p, kr_as_match_value(node));
    case KR_NODE_MATCH_SEQUENCE: return check_sequence(p, node);
    case KR_NODE_MATCH_MAPPING: return check_mapping(p, kr_as_match_mapping(node));
    case KR_NODE_MATCH_CLASS: return check_class(p, kr_as_match_class(node));
    case KR_NODE_MATCH_STAR: return kr_as_match_star(node)->name == NULL || bind(p, kr_as_match_star(node)->name, node);
    case KR_NODE_MATCH_AS: return check_as(p, kr_as_match_as(node));
    case KR_NODE_MATCH_OR: return check_or(p, node);
    default: return true;
    }
}

static bool check_pattern(Pattern *p, KrNode *node) {
    if (!kr_scopes_enter(p->c->scopes)) return false;
    bool good = check_pattern_kind(p, node);
    kr_scopes_leave(p->c->scopes);
    return good;
}

bool kr_check_cases(KrCheck *c, const KrMatch *match) {
    for (uint32_t i = 0; i < match->cases.count; i++) {
        const KrMatchCase *one = kr_as_match_case(match->cases.item[i]);
        Pattern p = { .c = c, .may_match_all = one->guard != NULL || i + 1 == match->cases.count };
        if (!check_pattern(&p, one->pattern)) return false;
        if (one->guard != NULL && !kr_check_node(c, one->guard)) return false;
        if (!kr_check_all(c, &one->body)) return false;
    }
    return true;
}
