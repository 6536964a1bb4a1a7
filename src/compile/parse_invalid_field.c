// parse_invalid_field.c - well-known mistakes in the replacement fields of f-strings. Only the second pass comes here.
// SPDX-License-Identifier: MIT
#include "compile/parser_state.h"

static void raise_next(KrParser *p, const char *text) {
    if (!p->failed) kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_token(kr_parse_token(p)), "f-string: %s", text);
}

// Nothing stands before what should follow the expression.
static bool lacks_expression(KrParser *p) {
    const char *what;
    switch (kr_parse_kind(p)) {
    case KR_TOKEN_EQUAL: what = "="; break;
    case KR_TOKEN_EXCLAMATION: what = "!"; break;
    case KR_TOKEN_COLON: what = ":"; break;
    case KR_TOKEN_RBRACE: what = "}"; break;
    default: return false;
    }
    kr_parse_raise(p, KR_SYNTAX_ERROR, kr_span_token(kr_parse_token(p)), "f-string: valid expression required before '%s'", what);
    return true;
}

static bool at_any(KrParser *p, bool equal, bool exclamation, bool colon) {
    KrTokenKind kind = kr_parse_kind(p);
    return kind == KR_TOKEN_RBRACE || (equal && kind == KR_TOKEN_EQUAL) || (exclamation && kind == KR_TOKEN_EXCLAMATION) ||
           (colon && kind == KR_TOKEN_COLON);
}

// After the expression, up to a conversion.
static bool good_conversion(KrParser *p) {
    if (!at_any(p, true, true, true)) {
        raise_next(p, "expecting '=', or '!', or ':', or '}'");
        return false;
    }
    if (kr_parse_accept(p, KR_TOKEN_EQUAL) && !at_any(p, false, true, true)) {
        raise_next(p, "expecting '!', or ':', or '}'");
        return false;
    }
    if (!kr_parse_accept(p, KR_TOKEN_EXCLAMATION)) return true;
    if (kr_parse_at(p, KR_TOKEN_COLON) || kr_parse_at(p, KR_TOKEN_RBRACE)) {
        raise_next(p, "missing conversion character");
        return false;
    }
    if (kr_parse_name(p) != NULL) return true;
    raise_next(p, "invalid conversion character");
    return false;
}

void kr_invalid_field(KrParser *p) {
    kr_parse_advance(p);
    if (lacks_expression(p)) return;
    KrMark mark = kr_parse_mark(p);
    if (kr_parse_yield_or_star(p) == NULL) {
        if (!p->failed) kr_parse_reset(p, mark);
        raise_next(p, "expecting a valid expression after '{'");
        return;
    }
    if (!good_conversion(p)) return;
    if (!at_any(p, false, false, true)) {
        raise_next(p, "expecting ':' or '}'");
        return;
    }
    if (!kr_parse_at(p, KR_TOKEN_COLON) || kr_parse_format_spec(p) == NULL) return;
    if (!kr_parse_at(p, KR_TOKEN_RBRACE)) raise_next(p, "expecting '}', or format specs");
}
