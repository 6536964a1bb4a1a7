// itertools_part.h - what the files of module itertools share: the object of the simple tools, and the warning of pickling.
//
// Iterators call Python code, which may come back into the same tool, or let another thread do so: what a tool keeps is read anew after
// each call, and positions are checked against what is there then.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_ITERTOOLS_PART_H
#define KR_STD_ITERTOOLS_PART_H

#include "object/container.h"
#include "object/object.h"
#include "object/str_method.h"
#include "object/tuple.h"

typedef struct {
    KrObject head;
    KrValue iterator; // KR_UNSET: it has ended
    KrValue second;   // a function, or another iterator
    KrValue kept;     // a value between two calls, KR_UNSET: none
    bool flag;
} KrTool;

// A type of an iterator that is no more than its rows and two functions.
#define KR_TOOL_TYPE(symbol, text, what, object, rows, make_row, trace_slot, next_slot, more_flags) \
    const KrType symbol = { \
        KR_TYPE_HEAD(symbol), .name = "itertools." text, .doc = KR_DOC(what), .flags = (more_flags),    .size = sizeof(object), \
        .methods = rows,      .make = make_row,          .trace = trace_slot, .iter = kr_iterator_self, .next = next_slot, \
    };

extern const KrType kr_accumulate_type, kr_batched_type, kr_chain_type, kr_combinations_type, kr_replacement_type, kr_compress_type,
    kr_count_type, kr_cycle_type, kr_dropwhile_type, kr_filterfalse_type, kr_groupby_type, kr_grouper_type, kr_islice_type,
    kr_pairwise_type, kr_permutations_type, kr_product_type, kr_repeat_type, kr_starmap_type, kr_takewhile_type, kr_tee_type,
    kr_tee_data_type, kr_zip_longest_type;

static inline KrTool *kr_tool(KrValue v) { return KR_AS(KrTool, v); }

// itertools_module.c
KrValue kr_tool_new(KrVm *vm, KrValue type, KrValue iterable, KrValue second) KR_RAISES; // iterates over iterable
const char *kr_tool_name(KrValue v);                                                     // of its type, without the module
void kr_tool_trace(KrTracer *tracer, KrObject *o);
bool kr_tool_pickled(KrVm *vm) KR_RAISES; // the DeprecationWarning of __reduce__ and __setstate__
KrValue kr_tool_reduced(KrVm *vm, KrValue self, KrValue args, KrValue state) KR_RAISES;    // (type, args), with state if there is one
KrValue kr_tool_iter_of_nothing(KrVm *vm, KrValue iterator) KR_RAISES;                     // iterator; iter([]) for one that has ended
bool kr_tool_state(KrVm *vm, KrValue state, size_t count, const KrValue **item) KR_RAISES; // of a tuple of count items

KrValue kr_tee(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES; // itertools_tee.c: the function tee

#endif
