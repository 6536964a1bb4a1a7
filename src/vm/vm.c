// vm.c - the life of a VM: creation, roots, polls and limits, and its end.
// SPDX-License-Identifier: MIT
#include "object/collector.h"
#include "object/float.h"
#include "object/int.h"
#include "object/exception.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/set.h"
#include "object/str.h"
#include "object/weakref.h"
#include "port.h"
#include "vm/agenda.h"
#include "vm/alloc_trace.h"
#include "vm/clock.h"
#include "vm/import.h"
#include "vm/main.h"
#include "vm/op.h"
#include "vm/schedule.h"
#include "vm/thread.h"

// ---- Roots ---------------------------------------------------------------------------------------------------------------------

void kr_trace_vm(KrTracer *tracer) {
    KrVm *vm = tracer->vm;
    const KrValue root[] = { vm->builtins,
                             vm->sys,
                             vm->modules,
                             vm->importlib,
                             vm->main_module,
                             vm->memory_error,
                             vm->memory_error_args,
                             vm->empty_tuple,
                             vm->empty_bytes,
                             vm->empty_str,
                             vm->empty_frozenset,
                             vm->monitor,
                             vm->state,
                             vm->argv,
                             vm->typed,
                             vm->typed_name,
                             vm->typed_text,
                             vm->path_first,
                             vm->audit_hooks,
                             vm->signals,
                             vm->scheduled,
                             vm->agenda[0].heap,
                             vm->agenda[1].heap,
                             vm->machine };
    for (size_t i = 0; i < KR_COUNT_OF(root); i++) kr_trace(tracer, root[i]);
    for (size_t i = 0; i < KR_COUNT_OF(vm->char_str); i++) kr_trace(tracer, vm->char_str[i]);
    for (size_t i = 0; i < KR_COUNT_OF(vm->stream); i++) kr_trace(tracer, vm->stream[i]);
    for (size_t i = 0; vm->type_state.item && i <= vm->type_state.mask; i++) {
        const KrTypeState *s = &vm->type_state.item[i];
        if (!s->type) continue;
        kr_trace(tracer, s->descriptors);
        kr_trace(tracer, s->dict_view);
        kr_trace(tracer, s->subclasses);
        kr_trace(tracer, s->mro);
        kr_trace_object(tracer, s->root);
    }
    for (size_t i = 0; i < vm->weak_callbacks.len; i++) kr_trace_object(tracer, vm->weak_callbacks.item[i]);
    kr_alloc_trace_mark(tracer);
}

// ---- Polls ---------------------------------------------------------------------------------------------------------------------

static const char *const limit_text[] = { "", "step budget exceeded", "deadline exceeded", "heap cap exceeded" };

enum {
    GRACE_STEPS = 8000,
    GRACE_NS = 5000000,
    GRACE_SLICE = 256,
    RENEWED_NS = 15000000
}; // what `finally` blocks get; steps between two polls meanwhile

static bool over_limit(KrVm *vm, unsigned which) {
    if (!vm->limit_hit) {
        vm->grace = GRACE_STEPS, vm->grace_end = kr_port_monotonic_ns() + GRACE_NS;
        vm->fuel = (int32_t)(vm->fuel_slice = GRACE_SLICE);
    }
    vm->limit_hit = (uint8_t)which;
    return kr_fail(kr_raise(vm, &kr_limit_exceeded, "%s", limit_text[which]));
}

// After a limit was hit, `finally` blocks get a little of both steps and time; then the exception is raised again at each poll.
static bool check_limits(KrVm *vm, uint32_t used) {
    if (vm->limit_hit) {
        if (vm->grace > 0 && kr_port_monotonic_ns() < vm->grace_end) return vm->grace -= (int32_t)used, true;
        vm->grace = 0;
        vm->fuel = 0; // from now on each step polls: `finally` blocks that call each other would go on otherwise
        return over_limit(vm, vm->limit_hit);
    }
    if (vm->step_budget) {
        if (vm->steps_left <= used) return vm->steps_left = 0, over_limit(vm, 1);
        vm->steps_left -= used;
    }
    if (vm->deadline_ns && kr_port_monotonic_ns() >= vm->deadline_ns) return over_limit(vm, 2);
    return true;
}

bool kr_within_limits(KrVm *vm) { return !vm->limit_hit || over_limit(vm, vm->limit_hit); }

// What a limit stopped shall end: finalizers that are still queued when the grace is over do not run.
static bool may_finalize(const KrVm *vm) { return !vm->limit_hit || vm->grace > 0; }

// Finalizers and weak-reference callbacks that the collector queued. Errors in them are reported, never raised.
static void run_pending(KrVm *vm) {
    KrValue raised = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    bool unmarked =
        vm->heap.finish == KR_FINISH_FIND || vm->heap.finish == KR_FINISH_REVIVE; // the collector needs the list, and asks for a poll
    while (vm->heap.pending.len && !unmarked && !vm->finalizing_now && may_finalize(vm)) {
        KrObject *o = vm->heap.pending.item[--vm->heap.pending.len];
        vm->finalizing_now = true;
        KrValue self = kr_from_ptr(o), v = kr_try_special(vm, self, KR_N(__del__), 0, NULL);
        vm->finalizing_now = false;
        KrValue method = kr_type_lookup(vm, kr_type_of(self), KR_N(__del__));
        if (kr_is_error(v)) kr_report_unraisable(vm, kr_is_exact(method, &kr_method_descriptor_type) ? self : method);
    }
    if (vm->weak_callbacks.len && may_finalize(vm)) kr_weakref_run_callbacks(vm);
    vm->thread.raised = raised;
}

void kr_run_finalizers(KrVm *vm) { run_pending(vm); }

bool kr_poll_slow(KrVm *vm) {
    uint32_t used = (uint32_t)((int64_t)vm->fuel_slice - vm->fuel);
    vm->fuel = (int32_t)vm->fuel_slice;
    if (vm->attention) {
        vm->attention = 0;
        run_pending(vm);
        if (may_finalize(vm)) kr_schedule_run(vm);
    }
    if (__atomic_load_n(&vm->interrupt, __ATOMIC_RELAXED) && kr_thread_is_first(vm)) {
        unsigned why = __atomic_exchange_n(&vm->interrupt, 0, __ATOMIC_ACQUIRE);
        if (why & KR_INTERRUPT_SOURCE && vm->collect_sources && !vm->collect_sources(vm)) return false; // a board that is gone has none
        if (why & KR_INTERRUPT_SIGNAL && !kr_interrupted(vm)) return false;
    }
    int64_t next = kr_agenda_next(vm);
    if (next != INT64_MAX && next <= kr_now_ns(vm) && may_finalize(vm)) kr_agenda_run(vm);
    if (vm->lookup_failed) return kr_fail(kr_raise_memory(vm));
    if (KR_UNLIKELY(vm->threads) && !kr_threads_poll(vm)) return false;
    return check_limits(vm, used);
}

bool kr_limits_settle(KrVm *vm) {
    if (vm->fuel >= 0) return true;
    uint32_t used = (uint32_t)((int64_t)vm->fuel_slice - vm->fuel);
    int64_t next = kr_agenda_next(vm);
    bool due = vm->attention || (next != INT64_MAX && next <= kr_now_ns(vm));
    vm->fuel = due ? 0 : (int32_t)vm->fuel_slice; // what else a poll does stays due
    return check_limits(vm, used);
}

bool kr_poll_limits(KrVm *vm, uint32_t steps) {
    kr_spend(vm, steps);
    return kr_limits_settle(vm);
}

// What still runs after the program, printing and flushing, has a little time of its own, and no more.
void kr_limits_renew(KrVm *vm) {
    kr_heap_lock(vm, -(int)vm->heap.locked);
    if (!vm->limit_hit && !vm->step_budget && !vm->deadline_ns) return;
    vm->limit_hit = 0;
    vm->step_budget = 0;
    vm->deadline_ns = kr_port_monotonic_ns() + RENEWED_NS;
    vm->fuel = (int32_t)(vm->fuel_slice = GRACE_SLICE);
}

int64_t kr_limit_left(const KrVm *vm) {
    if (!vm->deadline_ns) return INT64_MAX;
    int64_t now = kr_port_monotonic_ns();
    return now < vm->deadline_ns ? vm->deadline_ns - now : 0;
}

int64_t kr_deadline_left(const KrVm *vm) {
    int64_t most = kr_limit_left(vm);
    int64_t next = kr_agenda_next(vm);
    if (next == INT64_MAX || kr_clock_is_virtual(vm)) return most;
    int64_t now = kr_port_monotonic_ns(), left = now < next ? next - now : 0;
    return left < most ? left : most;
}

bool kr_poll(KrVm *vm, uint32_t steps) {
    kr_spend(vm, steps);
    if (KR_LIKELY(vm->fuel >= 0 && !__atomic_load_n(&vm->interrupt, __ATOMIC_RELAXED))) return true; // one that sleeps polls seldom
    return kr_poll_slow(vm);
}

void kr_interrupt(KrVm *vm) {
    (void)__atomic_fetch_or(&vm->interrupt, KR_INTERRUPT_SIGNAL, __ATOMIC_RELAXED);
    kr_threads_interrupt(vm);
}

// ---- Creation ------------------------------------------------------------------------------------------------------------------

const KrType *kr_type_of_unboxed(KrValue v) {
    if (kr_is_int(v)) return &kr_int_type;
    if (kr_is_double(v)) return &kr_float_type;
    switch (kr_special_number(v)) {
    case KR_SPECIAL_FALSE:
    case KR_SPECIAL_TRUE: return &kr_bool_type;
    case KR_SPECIAL_ELLIPSIS: return &kr_ellipsis_type;
    case KR_SPECIAL_NOTIMPL: return &kr_notimpl_type;
    default: return &kr_none_type;
    }
}

static bool make_empties(KrVm *vm) {
    KrStrObject *s = kr_str_new(vm, 0, true);
    if (!s) return false;
    vm->empty_str = kr_intern(vm, kr_str_finish(s));
    vm->empty_tuple = kr_tuple_empty(vm);
    vm->empty_bytes = kr_bytes_empty(vm);
    return !kr_is_error(vm->empty_tuple) && !kr_is_error(vm->empty_bytes) && !kr_is_error(vm->empty_str);
}

static void forget(KrVm *vm) {
    KrValue *slot[] = { &vm->builtins,
                        &vm->sys,
                        &vm->modules,
                        &vm->importlib,
                        &vm->main_module,
                        &vm->memory_error,
                        &vm->memory_error_args,
                        &vm->empty_tuple,
                        &vm->empty_bytes,
                        &vm->empty_str,
                        &vm->empty_frozenset,
                        &vm->monitor,
                        &vm->state,
                        &vm->argv,
                        &vm->typed,
                        &vm->typed_name,
                        &vm->typed_text,
                        &vm->path_first,
                        &vm->audit_hooks,
                        &vm->signals,
                        &vm->scheduled,
                        &vm->agenda[0].heap,
                        &vm->agenda[1].heap,
                        &vm->machine };
    for (size_t i = 0; i < KR_COUNT_OF(slot); i++) *slot[i] = KR_UNSET;
    for (size_t i = 0; i < KR_COUNT_OF(vm->char_str); i++) vm->char_str[i] = KR_UNSET;
    for (size_t i = 0; i < KR_COUNT_OF(vm->stream); i++) vm->stream[i] = KR_UNSET;
}

void kr_thread_bounds(KrVm *vm, KrThread *t) {
    kr_port_stack_bounds(&t->c_stack_base, &t->c_stack_limit);
    if (vm->stack_size && (size_t)(t->c_stack_base - t->c_stack_limit) > vm->stack_size)
        t->c_stack_limit = t->c_stack_base - (vm->stack_size - vm->stack_size / 4); // the rest is for what does not check
}

void kr_vm_adopt(KrVm *vm) { kr_thread_bounds(vm, &vm->thread); }

static bool start(KrVm *vm, const KrOptions *o) {
    kr_port_memory_soon(vm, offsetof(KrVm, lookup));
    kr_port_memory_soon(vm + 1, KR_NEST_FIRST);
    vm->nest = (char *)(vm + 1);
    vm->nest_end = (char *)vm + KR_VM_MEMORY;
    forget(vm);
    vm->agenda[0].next = vm->agenda[1].next = INT64_MAX;
    vm->recursion_limit = KR_DEVICE ? 300 : 1000;
    vm->int_max_str_digits = 4300;
    vm->switch_ns = KR_SWITCH_NS;
    vm->access = o && o->access ? o->access : KR_ACCESS_ALL;
    vm->fuel = (int32_t)(vm->fuel_slice = KR_FUEL_SLICE);
    vm->extra_modules = o ? o->modules : NULL;
    if (o && o->steps) vm->step_budget = vm->steps_left = o->steps;
    if (o && o->steps && o->steps < KR_FUEL_SLICE) vm->fuel = (int32_t)(vm->fuel_slice = (uint32_t)o->steps);
    if (o && o->deadline > 0) {
        vm->deadline = o->deadline;
        vm->deadline_ns = kr_port_monotonic_ns() + (int64_t)(o->deadline < 1e9 ? o->deadline * 1e9 : 1e18);
    }
    vm->heap.cap = o && o->heap_cap ? o->heap_cap : kr_port_default_heap(); // known to kr_vm_reset even if the next step fails
    if (!kr_heap_init(vm, vm->heap.cap)) return false;
    vm->stack_size = o ? o->stack_size : 0;
    kr_vm_adopt(vm);
    if (!kr_port_entropy(vm->hash_key, sizeof vm->hash_key)) vm->hash_key[0] = (uint64_t)kr_port_monotonic_ns();
    return kr_thread_init(vm, &vm->thread) && make_empties(vm) && kr_exceptions_init(vm) && kr_import_init(vm);
}

KrVm *kr_vm_new(const KrOptions *options) {
    size_t size = KR_VM_MEMORY;
    KrVm *vm = kr_port_memory(&size);
    if (!vm || size < KR_VM_MEMORY) return NULL;
    if (start(vm, options)) return vm;
    kr_vm_free(vm);
    return NULL;
}

// Files and the like are closed; no Python any more.
static void finalize_native(KrVm *vm) {
    KrHeap *h = &vm->heap;
    kr_finish_abandon(h);
    for (size_t i = 0; i < h->finalizable.len; i++) {
        KrObject *o = kr_finalizable(h->finalizable.item[i]);
        const KrType *owner = KR_SLOT_OWNER(o->shape->type, finalize);
        if (owner) owner->finalize(vm, o);
    }
}

static void release(KrVm *vm) {
    KrHeap *h = &vm->heap;
    finalize_native(vm);
    kr_alloc_trace_free(vm);
    kr_thread_free(vm, &vm->thread);
    kr_frames_free(vm);
    KrPointers *list[] = { &h->finalizable, &h->pending, &h->roots, &vm->weakrefs, &vm->weak_callbacks, &vm->caches, &vm->own_fds };
    for (size_t i = 0; i < KR_COUNT_OF(list); i++) kr_pointers_free(vm, list[i]);
    if (vm->intern.item) kr_side_free(vm, vm->intern.item, (vm->intern.mask + 1) * sizeof(KrObject *));
    if (vm->type_state.item) kr_side_free(vm, vm->type_state.item, (vm->type_state.mask + 1) * sizeof(KrTypeState));
    kr_heap_free(vm);
}

void kr_vm_free(KrVm *vm) {
    if (!vm || !kr_threads_end(vm)) return; // a thread that does not end still uses it
    release(vm);
    kr_port_memory_free(vm, KR_VM_MEMORY);
}

void kr_vm_leave(KrVm *vm) {
    if (KR_DEBUG) kr_vm_free(vm); // whatever looks for leaks shall find none
    else finalize_native(vm);
}

bool kr_vm_reset(KrVm *vm) {
    if (!kr_threads_end(vm)) return false;
    KrOptions o = { .heap_cap = vm->heap.cap,
                    .steps = vm->step_budget,
                    .deadline = vm->deadline,
                    .stack_size = vm->stack_size,
                    .access = vm->access,
                    .modules = vm->extra_modules };
    release(vm);
    if (!kr_port_memory_idle(vm, KR_VM_MEMORY)) memset(vm, 0, KR_VM_MEMORY);
    return start(vm, &o);
}
