// parse_number.c - number literals as constants: small ints by value, everything else as its digits.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return (c | 0x20) - 'a' + 10;
}

// The digits without underscores; the source itself when there are none.
static bool copy_digits(KrParser *p, KrConstant *node, const char *text, uint32_t len) {
    uint32_t underscores = 0;
    for (uint32_t i = 0; i < len; i++) underscores += text[i] == '_';
    node->as.text.text = text;
    node->as.text.len = len - underscores;
    if (underscores == 0) return true;
    char *copy = kr_arena_alloc(p->options.tree, len);
    if (copy == NULL) {
        kr_parse_raise_memory(p);
        return false;
    }
    node->as.text.text = copy;
    for (uint32_t i = 0; i < len; i++) {
        if (text[i] != '_') *copy++ = text[i];
    }
    return true;
}

// The value, when it fits 63 bits.
static bool small_value(const char *text, uint32_t len, uint32_t base, int64_t *value) {
    uint64_t result = 0;
    for (uint32_t i = 0; i < len; i++) {
        if (text[i] == '_') continue;
        uint32_t digit = (uint32_t)digit_value(text[i]);
        if (result > ((uint64_t)INT64_MAX - digit) / base) return false;
        result = result * base + digit;
    }
    *value = (int64_t)result;
    return true;
}

static KrNode *make_int(KrParser *p, KrConstant *node, const char *text, uint32_t len, int32_t line) {
    uint32_t base = 10;
    if (len > 2 && text[0] == '0') {
        char c = (char)(text[1] | 0x20);
        base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
        if (base != 10) text += 2, len -= 2;
    }
    node->node.op = KR_CONSTANT_INT;
    if (small_value(text, len, base, &node->as.integer)) {
        node->node.flags = KR_CONSTANT_FITS;
        return &node->node;
    }
    if (!copy_digits(p, node, text, len)) return NULL;
    node->as.text.base = base;
    uint32_t limit = p->options.max_int_digits;
    if (base != 10 || limit == 0 || node->as.text.len <= limit) return &node->node;
    return kr_parse_raise(p, KR_SYNTAX_ERROR, (KrSpan){ line, -1, line, -1 },
                          "Exceeds the limit (%d digits) for integer string conversion: value has %d digits; use "
                          "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to "
                          "avoid decimal conversion limits.",
                          (int)limit, (int)node->as.text.len);
}

static bool is_float(const char *text, uint32_t len) {
    for (uint32_t i = 0; i < len; i++) {
        if (text[i] == '.' || text[i] == 'e' || text[i] == 'E') return true;
    }
    return false;
}

KrNode *kr_parse_number(KrParser *p) {
    KrToken token = *kr_parse_token(p);
    kr_parse_advance(p);
    const char *text = p->options.source + token.start;
    uint32_t len = token.end - token.start;
    KrNode *base = kr_parse_constant(p, KR_CONSTANT_FLOAT, (KrPlace){ token.line, token.col });
    if (base == NULL) return NULL;
    KrConstant *node = kr_as_constant(base);
    bool prefixed = len > 1 && text[0] == '0' && (text[1] | 0x20) > '9';
    bool based = prefixed && ((text[1] | 0x20) == 'x' || (text[1] | 0x20) == 'o' || (text[1] | 0x20) == 'b');
    if (based) return make_int(p, node, text, len, token.line);
    if (text[len - 1] == 'j' || text[len - 1] == 'J') {
        base->op = KR_CONSTANT_IMAGINARY;
        return copy_digits(p, node, text, len - 1) ? base : NULL;
    }
    if (!is_float(text, len)) return make_int(p, node, text, len, token.line);
    return copy_digits(p, node, text, len) ? base : NULL;
}
