// traceback.h - traceback objects and the printing of exceptions.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_TRACEBACK_H
#define KR_VM_TRACEBACK_H

#include "object/text.h"
#include "vm/frame.h"

typedef struct {
    KrObject head;
    KrValue next, frame;
    KrCode *code;
    uint32_t at;    // index of the instruction
    int32_t line;   // as given to the constructor; -1: from the code
    uint8_t within; // tb_lasti as given to the constructor: bytes behind the instruction at
} KrTraceback;

int32_t kr_traceback_line(const KrTraceback *t);
// The text of the traceback, with chained exceptions: the plain form, without marks below the lines.
KrValue kr_format_exception(KrVm *vm, KrValue exception) KR_RAISES;

void kr_print_error_text(KrVm *vm, KrValue text); // to sys.stderr; raises nothing

// Line `line` of a file, without indentation and newline, if the VM may read it; false: there is none. *indent: bytes that were cut off.
bool kr_source_line(KrVm *vm, KrValue filename, int32_t line, KrValue *text, size_t *indent);
KrValue kr_suggest(KrVm *vm, KrValue exception, KrValue traceback) KR_RAISES; // the name that was probably meant, or None
void kr_format_syntax_place(KrText *t, KrValue error);                        // a SyntaxError's file, line, text and carets
KrValue kr_syntax_message_of(KrVm *vm, KrValue error) KR_RAISES;              // what is printed after its type

#endif
