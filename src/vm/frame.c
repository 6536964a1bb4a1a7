// frame.c - register stacks and frames: opening windows, the slow half of leaving them, and what the collector scans.
// SPDX-License-Identifier: MIT
#include "vm/frame.h"

#include "object/collector.h"
#include "object/exception.h"
#include "object/object.h"
#include "port.h"
#include "vm/thread.h"
#include "vm/traceback.h"

enum { KR_SEGMENT_WORDS = KR_DEVICE ? 252 : 64 * 1024, KR_FRAMES_AT_ONCE = KR_DEVICE ? 9 : 128 };
enum { KR_FRAMES_LINKED = KR_DEVICE ? 9 : 16 }; // at one time: what is linked is touched
enum { KR_SCAN_FRAMES = 256 };                  // at one time

static KrStackSegment *segment_new(KrVm *vm, size_t words) {
    size_t size = sizeof(KrStackSegment) + (words > KR_SEGMENT_WORDS ? words : KR_SEGMENT_WORDS) * sizeof(KrValue);
    KrStackSegment *s = kr_side_alloc(vm, &size);
    if (!s || size < sizeof *s + words * sizeof(KrValue)) return (void)kr_raise_memory(vm), NULL;
    s->prev = s->next = NULL;
    s->start = (KrValue *)(s + 1);
    s->end = s->start + (size - sizeof *s) / sizeof(KrValue);
    return s;
}

static void segment_free(KrVm *vm, KrStackSegment *s) { kr_side_free(vm, s, (size_t)((char *)s->end - (char *)s)); }

static void use_segment(KrThread *t, KrStackSegment *s) {
    t->segment = s;
    t->stack_start = s->start;
    t->stack_end = s->end;
}

bool kr_thread_init(KrVm *vm, KrThread *t) {
    KrStackSegment *s = segment_new(vm, 0);
    if (!s) return false;
    use_segment(t, s);
    t->raised = t->context = t->running_loop = t->trace_hook = t->profile_hook = KR_UNSET;
    t->handled = KR_NONE;
    t->async_hooks[0] = t->async_hooks[1] = KR_NONE;
    return true;
}

void kr_thread_free(KrVm *vm, KrThread *t) {
    KrStackSegment *s = t->segment;
    while (s && s->prev) s = s->prev;
    while (s) {
        KrStackSegment *next = s->next;
        segment_free(vm, s);
        s = next;
    }
    t->segment = NULL;
    kr_pointers_free(vm, &t->repr_stack);
    KrFrame **last = &t->frame_pool;
    while (*last) last = &(*last)->next;
    *last = vm->frames_spare;
    vm->frames_spare = t->frame_pool;
    t->frame_pool = NULL;
}

void kr_frames_free(KrVm *vm) {
    for (size_t i = 0; i < vm->frame_blocks.len; i++) kr_side_free(vm, vm->frame_blocks.item[i], KR_FRAMES_AT_ONCE * sizeof(KrFrame));
    kr_pointers_free(vm, &vm->frame_blocks);
    vm->frames_new_count = 0;
    vm->frames_spare = NULL;
}

static bool new_frame_block(KrVm *vm) {
    size_t size = KR_FRAMES_AT_ONCE * sizeof(KrFrame);
    if (!kr_pointers_reserve(vm, &vm->frame_blocks, vm->frame_blocks.len + 1)) return kr_fail(kr_raise_memory(vm));
    KrFrame *block = kr_side_alloc(vm, &size);
    if (!block || size < KR_FRAMES_AT_ONCE * sizeof(KrFrame)) return kr_fail(kr_raise_memory(vm));
    vm->frame_blocks.item[vm->frame_blocks.len++] = block;
    vm->frames_new = block;
    vm->frames_new_count = KR_FRAMES_AT_ONCE;
    return true;
}

// More frames for the pool; the first of them.
KrFrame *kr_frame_new_pool(KrVm *vm) {
    KrFrame *spare = vm->frames_spare;
    if (spare) return vm->frames_spare = NULL, spare;
    if (!vm->frames_new_count && !new_frame_block(vm)) return NULL;
    KrFrame *first = vm->frames_new;
    size_t count = vm->frames_new_count < KR_FRAMES_LINKED ? vm->frames_new_count : KR_FRAMES_LINKED;
    for (size_t i = 0; i + 1 < count; i++) first[i].next = &first[i + 1];
    first[count - 1].next = NULL;
    vm->frames_new += count;
    vm->frames_new_count -= count;
    return first;
}

// Whoever reads a register before it was written follows a pointer to nowhere.
void kr_frame_poison(KrValue *base, unsigned from, unsigned to) {
    for (unsigned i = from; i < to; i++) base[i] = kr_from_ptr((const void *)(uintptr_t)0x10);
}

KrFrame *kr_frame_open(KrVm *vm, KrFunctionObject *function) {
    KrThread *t = &vm->thread;
    KrCode *code = function->code;
    uint32_t flags = 0;
    if (code->quick == KR_NOT_QUICK && !kr_code_prepare(vm, code)) return NULL;
    KrValue *base = (t->frame ? t->frame->top : t->stack_start) + 1;
    if (base + code->nregs > t->stack_end) {
        KrStackSegment *s = t->segment->next;
        if (!s || s->start + 1 + code->nregs > s->end) {
            s = segment_new(vm, code->nregs + 2u);
            if (!s) return NULL;
            s->prev = t->segment;
            s->next = t->segment->next;
            if (s->next) s->next->prev = s;
            t->segment->next = s;
        }
        use_segment(t, s);
        base = s->start + 1;
        flags = KR_FRAME_SEGMENT;
    }
    KrFrame *f = t->frame_pool ? t->frame_pool : kr_frame_new_pool(vm);
    if (!f) return NULL;
    t->frame_pool = f->next;
    f->base = base;
    f->top = base + code->nregs;
    base[-1] = kr_from_ptr(function);
    if (KR_DEBUG) kr_frame_poison(base, 0, code->nregs);
    f->code = code;
    f->pc = code->instr;
    f->caches = code->cache;
    f->globals = KR_AS(KrDictObject, function->globals);
    f->builtins = KR_AS(KrDictObject, function->builtins);
    f->flags = flags;
    f->result = NULL;
    return f;
}

void kr_frame_push(KrVm *vm, KrFrame *f) {
    f->prev = vm->thread.frame;
    vm->thread.frame = f;
    vm->thread.depth++;
}

// Where the frame was left: code that only passes an exception on does not count.
static size_t left_at(KrVm *vm, const KrFrame *f) {
    size_t at = (size_t)(f->pc - f->code->instr);
    if (!at || !kr_is_exception(vm->thread.raised) || (f->pc[-1] & 0xFF) != KR_OP_RERAISE || KR_B(f->pc[-1]) != 1) return at;
    KrValue traceback = kr_exception_of(vm->thread.raised)->traceback;
    if (!kr_isa(traceback, &kr_traceback_type)) return at;
    const KrTraceback *t = KR_AS(KrTraceback, traceback);
    return kr_ptr(t->frame) == (const KrObject *)f->object ? (size_t)t->at + 1 : at;
}

static void copy_registers_out(KrVm *vm, KrFrame *f) {
    KrFrameObject *o = f->object;
    KrCode *code = f->code;
    size_t count = code->nlocals > code->nparams ? code->nlocals : code->nparams;
    if (code->flags & KR_CODE_NAMESPACE) count = 1;
    o->lasti = (uint32_t)left_at(vm, f);
    KrValue raised = vm->thread.raised;
    KrSlots *copy = kr_slots_new(vm, count);
    if (!copy) vm->thread.raised = raised; // no memory: the frame object loses its variables, the program goes on
    for (size_t i = 0; copy && i < count; i++) copy->item[i] = f->base[i < code->nlocals ? kr_code_local_register(code, (unsigned)i) : i];
    KR_STORE_PTR(vm, o, o->registers, copy);
    if (f->prev && f->prev->object) kr_store(vm, o, &o->back, kr_from_ptr(f->prev->object));
    o->live = NULL;
    f->object = NULL;
}

void kr_frame_scanned(KrVm *vm, KrFrame *f) {
    f->flags &= ~(uint32_t)KR_FRAME_UNSCANNED;
    if (!vm->marking) return;
    KrInstant begin = kr_pause_begin();
    kr_scan_frames(vm);
    kr_pause_end(&vm->heap, begin);
}

void kr_frame_leave(KrVm *vm, KrFrame *f) {
    if (f->flags & KR_FRAME_UNSCANNED) kr_frame_scanned(vm, f);
    if (f->object) copy_registers_out(vm, f);
    if (f->flags & KR_FRAME_SEGMENT) use_segment(&vm->thread, vm->thread.segment->prev);
}

// After a MemoryError they may be what fills the heap. (In debug builds always: a handler that uses them would show.)
void kr_frame_forget_above(KrFrame *f, unsigned reg) {
    size_t near = f->code->nregs - kr_code_far(f->code);
    for (size_t i = reg + 1; i < near; i++) f->base[i] = KR_UNSET;
}

KrFrame *kr_frame_running(KrVm *vm) { return vm->thread.frame; }

uint32_t kr_frame_line(const KrFrame *f) {
    if (f->pc == f->code->instr) return f->code->first_line;
    size_t at = f->pc > f->code->instr ? (size_t)(f->pc - f->code->instr) - 1 : 0;
    KrPosition p = kr_code_position(f->code, at);
    return p.line > 0 ? (uint32_t)p.line : f->code->first_line;
}

bool kr_where(KrVm *vm, KrValue *filename, int *line) {
    const KrFrame *f = vm->thread.frame;
    if (!f) return false;
    *filename = f->code->filename;
    *line = (int)kr_frame_line(f);
    return true;
}

// ---- Collector -----------------------------------------------------------------------------------------------------------------

// Registers above a pending call's window are left over from before: what they hold may be dead long since.
static size_t live_registers(const KrFrame *f, const KrFrame *callee) {
    // A generator's registers are in the heap, its top is not: distances tell whether the callee's window is among them.
    size_t window = callee ? ((uintptr_t)callee->base - (uintptr_t)f->base) / sizeof(KrValue) : 0;
    if (window && window <= f->code->nregs) return window - 1;
    bool bound = callee && callee->pc > callee->code->instr; // before its first instruction, its arguments may still be on their way
    return kr_code_live_registers(f->code, f->pc, f->base, bound);
}

static void trace_frame(KrTracer *tracer, const KrFrame *f, const KrFrame *callee) {
    kr_heap_trace_words(tracer, f->base - 1, live_registers(f, callee) + 1);
    kr_trace_object(tracer, f->code);
    kr_trace_object(tracer, f->globals);
    kr_trace_object(tracer, f->builtins);
    kr_trace_object(tracer, f->object);
    kr_trace_object(tracer, f->generator);
    if (f->flags & KR_FRAME_INIT) kr_trace(tracer, f->instance); // stale in other frames
    if (f->flags & KR_FRAME_OPERATOR) kr_trace(tracer, f->operand[0]), kr_trace(tracer, f->operand[1]);
}

enum { KR_CLEARED = 4096 }; // registers

// Above the newest frame nothing is alive. What calls have left there must not come alive again as a temporary of the next ones.
static void clear_above(KrThread *t) {
    KrValue *from = t->frame ? t->frame->top : t->stack_start;
    KrValue *to = t->stack_end - from > KR_CLEARED ? from + KR_CLEARED : t->stack_end;
    while (from < to) *from++ = KR_UNSET;
}

static void trace_thread(KrTracer *tracer, KrThread *t) {
    const KrValue root[] = { t->raised,         t->handled,        t->context,    t->running_loop,
                             t->async_hooks[0], t->async_hooks[1], t->trace_hook, t->profile_hook };
    clear_above(t);
    for (size_t i = 0; i < KR_COUNT_OF(root); i++) kr_trace(tracer, root[i]);
    for (size_t i = 0; i < t->repr_stack.len; i++) kr_trace_object(tracer, t->repr_stack.item[i]);
}

void kr_thread_trace(KrTracer *tracer, KrThread *t) {
    trace_thread(tracer, t);
    for (KrFrame *f = t->frame, *last = NULL; f; last = f, f = f->prev) trace_frame(tracer, f, last);
}

void kr_trace_frames(KrTracer *tracer) {
    KrThread *t = &tracer->vm->thread;
    trace_thread(tracer, t);
    kr_threads_trace(tracer);
    tracer->vm->heap.scan_cursor = t->frame;
    kr_scan_frames(tracer->vm);
}

// The next frames down the stack. The last one scanned is marked: when it is left, those below it are scanned before they run, so that
// a deep stack is scanned in slices and still as it was when the cycle began.
void kr_scan_frames(KrVm *vm) {
    KrTracer tracer = { vm };
    KrFrame *f = vm->heap.scan_cursor, *last = NULL;
    for (unsigned n = 0; f && n < KR_SCAN_FRAMES; n++, f = f->prev) {
        trace_frame(&tracer, f, last);
        last = f;
    }
    vm->heap.scan_cursor = f;
    if (f) last->flags |= KR_FRAME_UNSCANNED;
}
