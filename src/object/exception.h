// exception.h - exceptions: one struct for all builtin types; what a type has beyond BaseException's fields is in `extra`.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_EXCEPTION_H
#define KR_OBJECT_EXCEPTION_H

#include "object/slots.h"

enum { KR_EXCEPTION_EXTRA = 7 };

typedef struct {
    KrObject head;
    KrValue args;           // tuple
    KrValue traceback;      // or None
    KrValue context, cause; // or None
    bool suppress_context;
    // By type: OSError errno strerror filename filename2; SyntaxError msg filename lineno offset text end_lineno end_offset; ImportError msg
    // name path name_from; AttributeError name obj; NameError name; StopIteration value; SystemExit code; UnicodeError encoding object start
    // end reason; groups message exceptions
    KrValue extra[KR_EXCEPTION_EXTRA];
} KrExceptionObject;

bool kr_exceptions_init(KrVm *vm) KR_RAISES; // prepares what must not fail later
static inline KrExceptionObject *kr_exception_of(KrValue v) { return KR_AS(KrExceptionObject, v); }
KrValue kr_exception_message(KrVm *vm, KrValue exception) KR_RAISES;
KrValue kr_file_line(KrVm *vm, KrValue filename, int32_t line) KR_RAISES; // of a source file, with its newline; None: there is none
KrValue kr_set_of_ids(KrVm *vm, KrValue list) KR_RAISES;                  // addresses of what is in a list
KrValue kr_group_project(KrVm *vm, KrValue group,
                         KrValue ids) KR_RAISES; // the group's structure with only those leaves; None: nothing left
KrValue kr_group_new(KrVm *vm, KrValue message, KrValue exceptions) KR_RAISES; // ExceptionGroup or BaseExceptionGroup, by what is in it

#endif
