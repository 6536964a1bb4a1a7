// csv_part.h - what the files of module _csv share.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_CSV_PART_H
#define KR_STD_CSV_PART_H

#include "krait.h"

enum { KR_QUOTE_MINIMAL, KR_QUOTE_ALL, KR_QUOTE_NONNUMERIC, KR_QUOTE_NONE, KR_QUOTE_STRINGS, KR_QUOTE_NOTNULL };
#define KR_CSV_NONE UINT32_MAX // no such character is set

typedef struct {
    KrObject head;
    uint32_t delimiter, quote, escape; // code points
    KrValue terminator;                // str
    uint8_t quoting;
    bool double_quote, skip_space, strict;
} KrDialect;

typedef struct { // the state of the module
    KrObject head;
    KrValue dialects; // dict: name -> Dialect
    int64_t limit;    // of a field, in characters
} KrCsvState;

extern const KrType kr_csv_error, kr_csv_dialect_type, kr_csv_reader_type, kr_csv_writer_type;

// A text that grows: bytes of the collector, which the C stack keeps alive.
typedef struct {
    char *data;
    size_t len, room;
} KrCsvText;
bool kr_csv_add(KrVm *vm, KrCsvText *t, const char *text, size_t len) KR_RAISES;
bool kr_csv_add_char(KrVm *vm, KrCsvText *t, uint32_t c) KR_RAISES;

// The dialect of the arguments (dialect=<unset>, **options); NULL: raised.
KrDialect *kr_csv_dialect(KrVm *vm, KrValue dialect, KrValue options);

KrValue kr_csv_reader(KrVm *vm, KrValue self, const KrValue *arg);
KrValue kr_csv_writer(KrVm *vm, KrValue self, const KrValue *arg);

#endif
