// token_list.h - the tokens of a text as Python objects, for tokenize.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_TOKEN_LIST_H
#define KR_COMPILE_TOKEN_LIST_H

#include "krait.h"

// ([(kind, start, end, line, column, end line, end column), ...], error): kinds are those of token.py, start and end bytes of the text (None: the
// token has no text), lines from 1, columns from 0 in bytes. error: None, or (message, line, column, class) of what ends the list.
KrValue kr_token_list(KrVm *vm, KrValue text) KR_RAISES;

#endif
