// re_parse.h - what the two files of the parser of regular expressions share: tokens, names, nodes.
// SPDX-License-Identifier: MIT
#ifndef KR_RE_PARSE_H
#define KR_RE_PARSE_H

#include "object/text.h"
#include "re_program.h"

#define KR_RE_NO_CHAR UINT32_MAX // the next token at the end of the pattern

bool kr_re_advance(KrReParser *p) KR_RAISES;
bool kr_re_take(KrReParser *p, uint32_t c, bool *taken) KR_RAISES;
bool kr_re_until(KrReParser *p, uint32_t end, const char *what, size_t *from, size_t *to) KR_RAISES;
size_t kr_re_chars(const KrReParser *p, size_t from, size_t to); // characters between two byte positions
KrValue kr_re_piece(KrReParser *p, size_t from, size_t to) KR_RAISES;
int32_t kr_re_new_node(KrReParser *p, KrReNodeType type, uint32_t a); // -1: raised
bool kr_re_open_group(KrReParser *p, KrValue name, size_t back, uint32_t *number) KR_RAISES;
bool kr_re_find_group(KrReParser *p, KrValue name, size_t back, uint32_t *number) KR_RAISES;
bool kr_re_check_behind(KrReParser *p, uint32_t group) KR_RAISES;
bool kr_re_check_name(KrReParser *p, size_t from, size_t to, size_t extra, KrValue *name) KR_RAISES;

// A list of items up to `|`, `)` or the end; several of them with `|` between. *out: the first node, -1: an empty list.
bool kr_re_parse_list(KrReParser *p, bool verbose, unsigned depth, bool first, int32_t *out) KR_RAISES;
bool kr_re_parse_branches(KrReParser *p, bool verbose, unsigned depth, int32_t *out) KR_RAISES;
// What stands behind a `(`. *out: its node, -1: it is none (a comment, flags). first: nothing stands before it in the pattern.
bool kr_re_parse_group(KrReParser *p, bool *verbose, unsigned depth, bool first, int32_t *out) KR_RAISES;

#endif
