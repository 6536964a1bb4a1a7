// code_caches.c - the inline caches of all code: flushed, without what died, and given up where memory ends.
// SPDX-License-Identifier: MIT
#include "code/code.h"
#include "object/collector.h"
#include "vm/frame.h"
#include "vm/op.h"

void kr_flush_caches(KrVm *vm) {
    for (size_t i = 0; i < vm->caches.len; i++) {
        KrCaches *c = vm->caches.item[i];
        for (size_t k = 0; k < c->count; k++) c->item[k].guard = NULL, c->item[k].version = 0, c->item[k].kind = KR_CACHE_NONE;
    }
}

// A shape alone says where an attribute is: another one at its address would say something else. The other kinds have versions, which never come again.
static void forget_shape(KrVm *vm, KrCache *cache) {
    bool by_shape = cache->kind == KR_CACHE_SLOT || cache->kind == KR_CACHE_OVERFLOW || cache->kind == KR_CACHE_ADD;
    if (by_shape && !kr_heap_is_marked(vm, cache->guard)) cache->guard = NULL, cache->kind = KR_CACHE_NONE;
}

bool kr_caches_sweep(KrVm *vm, size_t count) {
    size_t *at = &vm->heap.finish_at;
    while (count && *at < vm->caches.len) {
        KrCaches *c = vm->caches.item[(*at)++];
        if (kr_heap_is_marked(vm, c))
            for (size_t i = 0; i < c->count; i++) forget_shape(vm, &c->item[i]);
        count -= c->count < count ? c->count + (size_t)1 : count;
    }
    if (*at < vm->caches.len) return false;
    return *at = 0, true;
}

// ---- Giving up -----------------------------------------------------------------------------------------------------------------

static void set_running(const KrFrame *f, bool running) {
    if (f->code && f->code->caches) f->code->caches->running = running;
}

// The frames of generators, whether they run or not, know the caches of their code.
static bool set_generator(void *running, KrObject *o) {
    const KrType *type = o->shape->type;
    if (type == &kr_generator_type || type == &kr_coroutine_type || type == &kr_async_generator_type)
        set_running(&((KrGenerator *)o)->frame, *(const bool *)running);
    return true;
}

static void set_all(KrVm *vm, bool running) {
    for (const KrFrame *f = vm->thread.frame; f; f = f->prev) set_running(f, running);
    kr_heap_each(vm, set_generator, &running);
}

typedef struct {
    KrVm *vm;
    bool any;
} Giving;

static bool give_up(void *context, KrObject *o) {
    Giving *giving = context;
    KrCode *code = (KrCode *)o;
    if (o->shape != &kr_code_type.shape || !code->caches || code->caches->running) return true;
    KR_STORE_PTR(giving->vm, code, code->caches, NULL);
    code->cache = NULL;
    code->quick = KR_NOT_QUICK; // kr_code_prepare makes new ones
    code->in_place = false;
    return giving->any = true;
}

// In code that runs, they are looked at without asking whether there are any.
bool kr_caches_give_up(KrVm *vm) {
    Giving giving = { vm, false };
    if (KR_THREADS || !vm->caches.len) return false;
    set_all(vm, true);
    kr_heap_each(vm, give_up, &giving);
    set_all(vm, false);
    return giving.any;
}
