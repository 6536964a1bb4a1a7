// compiler_error.h - from what the front end has found to Python's exceptions and warnings.
// SPDX-License-Identifier: MIT
#ifndef KR_COMPILE_COMPILER_ERROR_H
#define KR_COMPILE_COMPILER_ERROR_H

#include "compile/emit.h"

KrValue kr_compiler_raise(KrCompiler *c, const KrSyntaxError *error) KR_RAISES;

// Sinks for warnings: given at once, as the lexer and the parser do; or kept until kr_compiler_give_warnings.
bool kr_compiler_warn(void *compiler, const KrSyntaxError *warning);
bool kr_compiler_warn_later(void *compiler, const KrSyntaxError *warning);
bool kr_compiler_give_warnings(KrCompiler *c) KR_RAISES; // false: a filter has made an error of one

#endif
