// dict_iterator.c - iterators over keys, values and items, forwards and backwards.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/dict_method.h"
#include "object/list.h"
#include "object/object.h"
#include "object/tuple.h"

static bool is_reverse(const KrType *type) {
    return type == &kr_dict_reverse_key_iterator_type || type == &kr_dict_reverse_value_iterator_type ||
           type == &kr_dict_reverse_item_iterator_type;
}

KrValue kr_dict_iterator(KrVm *vm, const KrType *type, KrValue dict) {
    KrDictIterator *it = kr_alloc(vm, &type->shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->dict = dict;
    it->position = is_reverse(type) ? SIZE_MAX : 0;
    it->len = it->left = kr_dict_len(dict);
    return kr_from_ptr(it);
}

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrDictIterator *)o)->dict); }

// 1: an entry; 0: the end; -1: raised.
static int advance(KrVm *vm, KrDictIterator *it, bool reverse, KrValue *key, KrValue *value) {
    if (kr_is_unset(it->dict)) return 0;
    if (KR_UNLIKELY(kr_dict_len(it->dict) != it->len)) {
        it->len = SIZE_MAX; // it stays so
        kr_raise(vm, &kr_runtime_error, "dictionary changed size during iteration");
        return -1;
    }
    KrDictObject *d = kr_dict_object(it->dict);
    if (!(reverse ? kr_dict_previous(d, &it->position, key, value) : kr_dict_next(it->dict, &it->position, key, value))) {
        kr_store(vm, it, &it->dict, KR_UNSET);
        return 0;
    }
    if (KR_UNLIKELY(it->left == 0)) {
        kr_store(vm, it, &it->dict, KR_UNSET);
        kr_raise(vm, &kr_runtime_error, "dictionary keys changed during iteration");
        return -1;
    }
    it->left--;
    return 1;
}

typedef enum { KEY, VALUE, ITEM } Part;

static inline KrValue next_part(KrVm *vm, KrValue self, bool reverse, Part part) {
    KrValue key, value;
    int got = advance(vm, KR_AS(KrDictIterator, self), reverse, &key, &value);
    if (got <= 0) return got ? KR_ERROR : KR_DONE;
    return part == KEY ? key : part == VALUE ? value : kr_tuple2(vm, key, value);
}

KrValue kr_dict_next_pair(KrVm *vm, KrValue self, KrValue pair[2]) {
    int got = advance(vm, KR_AS(KrDictIterator, self), false, &pair[0], &pair[1]);
    return got < 0 ? KR_ERROR : got ? KR_NONE : KR_DONE;
}

static KrValue next_key(KrVm *vm, KrValue self) { return next_part(vm, self, false, KEY); }
static KrValue next_value(KrVm *vm, KrValue self) { return next_part(vm, self, false, VALUE); }
static KrValue next_item(KrVm *vm, KrValue self) { return next_part(vm, self, false, ITEM); }
static KrValue previous_key(KrVm *vm, KrValue self) { return next_part(vm, self, true, KEY); }
static KrValue previous_value(KrVm *vm, KrValue self) { return next_part(vm, self, true, VALUE); }
static KrValue previous_item(KrVm *vm, KrValue self) { return next_part(vm, self, true, ITEM); }

static KrValue iterator_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const KrDictIterator *it = KR_AS(KrDictIterator, self);
    if (kr_is_unset(it->dict) || kr_dict_len(it->dict) != it->len) return kr_int_box(0);
    return kr_int(vm, (int64_t)it->left);
}

static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_iterator_reduce_rest(vm, self, sizeof(KrDictIterator));
}

static const KrMethod iterator_methods[] = {
    { "__length_hint__()", iterator_length_hint, KR_DOC("Private method returning an estimate of len(list(it))."), 0 },
    { "__reduce__()", iterator_reduce, KR_DOC("Return state information for pickling."), 0 },
    { 0 },
};

#define ITERATOR_TYPE(symbol, text, advance_slot) \
    const KrType symbol = { \
        KR_TYPE_HEAD(symbol),        .name = text, \
        .flags = KR_TYPE_NO_NEW,     .size = sizeof(KrDictIterator), \
        .methods = iterator_methods, .trace = iterator_trace, \
        .iter = kr_iterator_self,    .next = advance_slot, \
    };
ITERATOR_TYPE(kr_dict_key_iterator_type, "dict_keyiterator", next_key)
ITERATOR_TYPE(kr_dict_value_iterator_type, "dict_valueiterator", next_value)
ITERATOR_TYPE(kr_dict_item_iterator_type, "dict_itemiterator", next_item)
ITERATOR_TYPE(kr_dict_reverse_key_iterator_type, "dict_reversekeyiterator", previous_key)
ITERATOR_TYPE(kr_dict_reverse_value_iterator_type, "dict_reversevalueiterator", previous_value)
ITERATOR_TYPE(kr_dict_reverse_item_iterator_type, "dict_reverseitemiterator", previous_item)
