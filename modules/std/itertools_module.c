// itertools_module.c - the itertools module: its table, and what its types share.
// SPDX-License-Identifier: MIT
#include "itertools_part.h"

KrValue kr_tool_new(KrVm *vm, KrValue type, KrValue iterable, KrValue second) {
    KrValue it = kr_iter(vm, iterable);
    KrValue v = kr_is_error(it) ? it : kr_alloc_instance(vm, kr_as_type(type));
    if (kr_is_error(v)) return v;
    kr_tool(v)->iterator = it;
    kr_tool(v)->second = second;
    kr_tool(v)->kept = KR_UNSET;
    return v;
}

void kr_tool_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrTool *)o)->iterator);
    kr_trace(tracer, ((KrTool *)o)->second);
    kr_trace(tracer, ((KrTool *)o)->kept);
}

const char *kr_tool_name(KrValue v) {
    const char *name = kr_type_of(v)->name, *dot = strrchr(name, '.');
    return dot && !(kr_type_of(v)->flags & KR_TYPE_HEAP) ? dot + 1 : name;
}

bool kr_tool_pickled(KrVm *vm) {
    return kr_warn(vm, &kr_deprecation_warning, "Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.");
}

KrValue kr_tool_reduced(KrVm *vm, KrValue self, KrValue args, KrValue state) {
    if (kr_is_error(args) || kr_is_error(state)) return KR_ERROR;
    return kr_tuple(vm, kr_is_unset(state) ? 2 : 3, (KrValue[]){ kr_type_value(kr_type_of(self)), args, state });
}

KrValue kr_tool_iter_of_nothing(KrVm *vm, KrValue iterator) {
    if (!kr_is_unset(iterator)) return iterator;
    KrValue list = kr_list(vm, 0, NULL);
    return kr_is_error(list) ? list : kr_iter(vm, list);
}

bool kr_tool_state(KrVm *vm, KrValue state, size_t count, const KrValue **item) {
    size_t len;
    if (!kr_is_tuple(state)) return kr_fail(kr_raise(vm, &kr_type_error, "state is not a tuple"));
    *item = kr_tuple_items(state, &len);
    return len == count || kr_fail(kr_raise(vm, &kr_type_error, "function takes exactly %u arguments (%u given)", count, len));
}

static const KrMethod functions[] = {
    { "tee(iterable, n=2, /)", kr_tee, KR_DOC("Returns a tuple of n independent iterators."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "accumulate", KR_CONST_TYPE, { .p = &kr_accumulate_type } },
    { "batched", KR_CONST_TYPE, { .p = &kr_batched_type } },
    { "chain", KR_CONST_TYPE, { .p = &kr_chain_type } },
    { "combinations", KR_CONST_TYPE, { .p = &kr_combinations_type } },
    { "combinations_with_replacement", KR_CONST_TYPE, { .p = &kr_replacement_type } },
    { "compress", KR_CONST_TYPE, { .p = &kr_compress_type } },
    { "count", KR_CONST_TYPE, { .p = &kr_count_type } },
    { "cycle", KR_CONST_TYPE, { .p = &kr_cycle_type } },
    { "dropwhile", KR_CONST_TYPE, { .p = &kr_dropwhile_type } },
    { "filterfalse", KR_CONST_TYPE, { .p = &kr_filterfalse_type } },
    { "groupby", KR_CONST_TYPE, { .p = &kr_groupby_type } },
    { "_grouper", KR_CONST_TYPE, { .p = &kr_grouper_type } },
    { "islice", KR_CONST_TYPE, { .p = &kr_islice_type } },
    { "pairwise", KR_CONST_TYPE, { .p = &kr_pairwise_type } },
    { "permutations", KR_CONST_TYPE, { .p = &kr_permutations_type } },
    { "product", KR_CONST_TYPE, { .p = &kr_product_type } },
    { "repeat", KR_CONST_TYPE, { .p = &kr_repeat_type } },
    { "starmap", KR_CONST_TYPE, { .p = &kr_starmap_type } },
    { "takewhile", KR_CONST_TYPE, { .p = &kr_takewhile_type } },
    { "_tee", KR_CONST_TYPE, { .p = &kr_tee_type } },
    { "_tee_dataobject", KR_CONST_TYPE, { .p = &kr_tee_data_type } },
    { "zip_longest", KR_CONST_TYPE, { .p = &kr_zip_longest_type } },
    { 0 },
};

const KrModuleDef kr_itertools_module = { "itertools", KR_DOC("Functional tools for creating and using iterators."), functions, constants,
                                          NULL };
