// generator.c - generators, coroutines and asynchronous generators: suspended frames with registers of their own.
//
// The frame and its registers are inside the object. Resuming links the frame above the running one; suspending or ending unlinks it.
// SPDX-License-Identifier: MIT
#include "object/exception.h"
#include "object/collector.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "vm/builtins.h"
#include "vm/coroutine.h"
#include "vm/op.h"
#include "vm/sys_inside.h"

// ---- Life ----------------------------------------------------------------------------------------------------------------------

static const KrType *type_of_code(const KrCode *code) {
    return code->flags & KR_CODE_COROUTINE         ? &kr_coroutine_type
           : code->flags & KR_CODE_ASYNC_GENERATOR ? &kr_async_generator_type
                                                   : &kr_generator_type;
}

static KrGenerator **spare_of(KrVm *vm, const void *function) { return &vm->spare[(uintptr_t)function / KR_GRANULE % KR_SPARE_COUNT]; }

// What only the await or the loop over it ever had, and what has ended, is the function's next one. Objects that end while the collector
// marks are left to it, and it forgets the others when it begins: so a spare one is known as finalizable if it has to be, and never traced.
static void keep_spare(KrVm *vm, KrGenerator *g) {
    if (!vm->marking) *spare_of(vm, kr_ptr(g->slot[0])) = g;
}

static KrGenerator *take_spare(KrVm *vm, const KrFunctionObject *function) {
    KrGenerator **at = spare_of(vm, function), *g = *at;
    if (!g || kr_ptr(g->slot[0]) != &function->head || g->frame.code != function->code || vm->heap.hook) return NULL;
    *at = NULL;
    g->state = KR_GEN_CREATED;
    g->sole = g->async_value = false;
    return g;
}

// One that would run code when it is closed, or complain that it was never awaited, is finalized.
static KrGenerator *make(KrVm *vm, const KrFunctionObject *function) {
    const KrCode *code = function->code;
    size_t count = (size_t)code->nregs + 1;
    KrGenerator *g = kr_alloc(vm, &type_of_code(code)->shape, sizeof *g + count * sizeof(KrValue));
    if (!g) return NULL;
    g->slot_count = count;
    for (size_t i = 0; i < count; i++) g->slot[i] = KR_UNSET;
    g->name = g->qualname = g->handled = g->finalizer = KR_UNSET;
    g->origin = g->outer_handled = KR_NONE;
    g->frame.instance = KR_UNSET;
    bool finalized = code->flags & (KR_CODE_CLEANUP | KR_CODE_COROUTINE | KR_CODE_ASYNC_GENERATOR);
    return !finalized || kr_heap_add_finalizable(vm, &g->head) ? g : NULL;
}

static void set_frame(KrGenerator *g, const KrFunctionObject *function) {
    KrFrame *f = &g->frame;
    f->base = &g->slot[1];
    f->code = function->code;
    f->pc = function->code->instr;
    f->caches = function->code->cache;
    f->globals = KR_AS(KrDictObject, function->globals);
    f->builtins = KR_AS(KrDictObject, function->builtins);
    f->flags = KR_FRAME_GENERATOR;
    f->generator = g;
}

// Where a coroutine was made, for the warning that it was never awaited.
static bool note_maker(KrVm *vm, KrGenerator *g) {
    const KrFrame *maker = vm->thread.frame;
    bool known = maker && maker->pc > maker->code->instr;
    g->finalizer = known ? kr_from_ptr(maker->code) : KR_UNSET;
    g->made_at = known ? (uint32_t)(maker->pc - maker->code->instr) - 1 : 0;
    if (!vm->origin_depth) return g->origin = KR_NONE, true;
    KrValue origin = kr_coroutine_origin(vm, maker);
    return !kr_is_error(origin) && (kr_store(vm, g, &g->origin, origin), true);
}

KrValue kr_generator_new(KrVm *vm, KrFunctionObject *function, const KrValue *arg, size_t count, KrValue names) {
    KrCode *code = function->code;
    KrGenerator *g = take_spare(vm, function);
    if (!g && !(g = make(vm, function))) return KR_ERROR;
    g->state = KR_GEN_DONE; // if it cannot be called so
    if (code->quick == KR_NOT_QUICK && !kr_code_prepare(vm, code)) return KR_ERROR;
    g->slot[0] = kr_from_ptr(function);
    g->name = function->name;
    g->qualname = function->qualname;
    set_frame(g, function);
    if (!kr_bind_arguments(vm, function, &g->slot[1], arg, count, names)) return KR_ERROR;
    if (code->flags & KR_CODE_COROUTINE && !note_maker(vm, g)) return KR_ERROR;
    g->state = KR_GEN_CREATED;
    return kr_from_ptr(g);
}

// A module's code with `await` at the top level: a coroutine over a namespace.
KrValue kr_generator_new_namespace(KrVm *vm, KrFunctionObject *function, KrValue ns) {
    KrValue v = kr_generator_new(vm, function, NULL, 0, KR_UNSET);
    if (!kr_is_error(v)) KR_AS(KrGenerator, v)->slot[1] = ns;
    return v;
}

static void generator_trace(KrTracer *tracer, KrObject *o) {
    KrGenerator *g = (KrGenerator *)o;
    kr_trace(tracer, g->name);
    kr_trace(tracer, g->qualname);
    kr_trace(tracer, g->handled);
    kr_trace(tracer, g->outer_handled);
    kr_trace(tracer, g->origin);
    kr_trace(tracer, g->finalizer);
    kr_trace_object(tracer, g->frame.code);
    kr_trace_object(tracer, g->frame.globals);
    kr_trace_object(tracer, g->frame.builtins);
    kr_trace_object(tracer, g->frame.object);
    if (g->state != KR_GEN_DONE) kr_heap_trace_words(tracer, g->slot, g->slot_count);
}

// While marking, what the registers hold is traced before they change: they have no store barrier.
static inline void enter(KrVm *vm, KrGenerator *g, unsigned by) {
    KrThread *t = &vm->thread;
    KrFrame *f = &g->frame;
    if (KR_UNLIKELY(vm->marking)) {
        KrTracer tracer = { vm };
        generator_trace(&tracer, &g->head);
    }
    g->state = KR_GEN_RUNNING;
    g->resumed_by = (uint8_t)by;
    f->prev = t->frame;
    f->top = t->frame ? t->frame->top : t->stack_start;
    t->frame = f;
    t->depth++;
    g->outer_handled = t->handled;
    if (!kr_is_unset(g->handled)) t->handled = g->handled;
}

void kr_generator_enter(KrVm *vm, KrGenerator *g, unsigned by) { enter(vm, g, by); }

KrValue kr_handled(KrVm *vm) {
    const KrThread *t = &vm->thread;
    if (KR_LIKELY(!t->masked) || !kr_is_none(t->handled)) return t->handled;
    for (const KrFrame *f = t->frame; f; f = f->prev)
        if (f->generator && f->generator->masked) return f->generator->outer_handled;
    return t->handled;
}

void kr_generator_suspend(KrVm *vm, KrGenerator *g, unsigned state) {
    KrThread *t = &vm->thread;
    if (state == KR_GEN_DONE && g->frame.object) { // while its registers are still roots
        kr_frame_leave(vm, &g->frame);
        g->sole = false;
    }
    if (g->frame.flags & KR_FRAME_UNSCANNED) kr_frame_scanned(vm, &g->frame);
    bool own = g->masked ? !kr_is_none(t->handled) : !kr_same(t->handled, g->outer_handled);
    g->handled = state == KR_GEN_SUSPENDED && own ? t->handled : KR_UNSET;
    t->masked -= g->masked;
    g->masked = false;
    t->handled = g->outer_handled;
    g->outer_handled = KR_NONE;
    g->state = (uint8_t)state;
    t->frame = g->frame.prev;
    t->depth--;
    g->frame.prev = NULL;
    if (state == KR_GEN_DONE && g->sole && g->resumed_by != KR_RESUME_C) keep_spare(vm, g);
}

// ---- Resuming from C -----------------------------------------------------------------------------------------------------------

static const char *kind(const KrGenerator *g) {
    const KrType *type = g->head.shape->type;
    return type == &kr_coroutine_type ? "coroutine" : type == &kr_async_generator_type ? "async generator" : "generator";
}

// The instruction that it is suspended at.
static KrInstr suspended_at(const KrGenerator *g) { return (g->frame.pc[0] & 0xFF) == KR_OP_YIELDFROM ? g->frame.pc[0] : g->frame.pc[-1]; }

static inline KrValue resume(KrVm *vm, KrGenerator *g, KrValue *returned, bool throwing) {
    if (vm->thread.depth >= vm->recursion_limit) return kr_raise_recursion(vm);
    if (!kr_descend(vm, "")) return KR_ERROR;
    enter(vm, g, KR_RESUME_C);
    if (throwing && (g->frame.pc[0] & 0xFF) == KR_OP_YIELDFROM) g->frame.pc++;
    if (throwing && kr_same(vm->thread.raised, g->outer_handled)) {
        g->masked = true;
        vm->thread.masked++;
        if (kr_is_unset(g->handled)) vm->thread.handled = KR_NONE;
    }
    KrValue v = kr_run_frame(vm, &g->frame, throwing);
    if (kr_is_error(v) || g->state == KR_GEN_SUSPENDED) return v;
    if (returned) *returned = v;
    return KR_DONE;
}

KrValue kr_generator_send(KrVm *vm, KrGenerator *g, KrValue value, KrValue *returned) {
    if (returned) *returned = KR_NONE;
    if (g->state == KR_GEN_RUNNING) return kr_raise(vm, &kr_value_error, "%s already executing", kind(g));
    if (g->state == KR_GEN_DONE) {
        if (g->head.shape->type == &kr_coroutine_type) return kr_raise(vm, &kr_runtime_error, "cannot reuse already awaited coroutine");
        return KR_DONE;
    }
    if (g->state == KR_GEN_CREATED) {
        if (!kr_is_none(value)) return kr_raise(vm, &kr_type_error, "can't send non-None value to a just-started %s", kind(g));
    } else {
        KrInstr at = suspended_at(g);
        g->frame.base[KR_A(at) + ((at & 0xFF) == KR_OP_YIELDFROM)] = value;
    }
    return resume(vm, g, returned, false);
}

// The iterator that a `yield from` or `await` is waiting on.
KrValue kr_generator_delegate(KrGenerator *g) {
    if (g->state != KR_GEN_SUSPENDED && g->state != KR_GEN_RUNNING) return KR_NONE;
    if ((g->frame.pc[0] & 0xFF) != KR_OP_YIELDFROM) return KR_NONE;
    return g->frame.base[KR_A(g->frame.pc[0])];
}

// An exception that is thrown in: its context is what the generator is handling, not what its caller is.
static KrValue raise_for(KrVm *vm, const KrGenerator *g, KrValue exception) {
    KrValue around = vm->thread.handled;
    vm->thread.handled = kr_is_unset(g->handled) ? KR_NONE : g->handled;
    KrValue v = kr_raise_value(vm, exception);
    vm->thread.handled = around;
    return v;
}

static KrValue raise_inside(KrVm *vm, KrGenerator *g, KrValue *returned) {
    if (g->state == KR_GEN_CREATED) { // never ran: it ends here; its first line stands in the traceback
        kr_generator_enter(vm, g, KR_RESUME_C);
        if (KR_UNLIKELY(vm->hooks_on) && !kr_hook_throw(vm, &g->frame)) KR_ASSERT(kr_raised(vm));
        if (!kr_traceback_add_first(vm, &g->frame)) KR_ASSERT(kr_raised(vm));
        if (KR_UNLIKELY(vm->hooks_on)) {
            kr_hook_exception(vm, &g->frame);
            if (!kr_hook_return(vm, &g->frame, KR_ERROR)) KR_ASSERT(kr_raised(vm));
        }
        kr_generator_suspend(vm, g, KR_GEN_DONE);
        return KR_ERROR;
    }
    return resume(vm, g, returned, true);
}

static bool close_delegate(KrVm *vm, KrValue delegate) {
    if (kr_is_generator(delegate)) return kr_generator_close(vm, KR_AS(KrGenerator, delegate));
    KrValue close;
    if (!kr_find_attr(vm, delegate, KR_N(close), &close)) return kr_report_unraisable(vm, delegate), true;
    return kr_is_unset(close) || !kr_is_error(kr_call(vm, close, 0, NULL));
}

// What throwing into the delegate gave: a value goes out; its end resumes us with its result.
static KrValue after_delegate(KrVm *vm, KrGenerator *g, KrValue v, KrValue result, KrValue *returned) {
    if (kr_is_error(v) && kr_raised_is(vm, &kr_stop_iteration)) {
        KrValue stop = kr_take_raised(vm);
        result = kr_getattr(vm, stop, KR_N(value));
        if (kr_is_error(result)) return KR_ERROR;
        v = KR_DONE;
    }
    if (kr_is_error(v)) {
        if (!kr_is_unset(g->handled) && !kr_is_none(g->handled))
            (void)raise_for(vm, g, kr_take_raised(vm)); // its context is what we handle
        return raise_inside(vm, g, returned);
    }
    if (!kr_is_done(v)) return v;
    KrInstr at = g->frame.pc[0];
    g->frame.base[KR_A(at)] = result;
    g->frame.pc++;
    return resume(vm, g, returned, false);
}

// While something is thrown into its delegate, the generator's frame stands between that one's and the caller's.
static void link_frame(KrVm *vm, KrGenerator *g) {
    KrThread *t = &vm->thread;
    g->state = KR_GEN_RUNNING;
    g->frame.prev = t->frame;
    g->frame.top = t->frame ? t->frame->top : t->stack_start;
    t->frame = &g->frame;
    t->depth++;
}

static void unlink_frame(KrVm *vm, KrGenerator *g) {
    if (g->frame.flags & KR_FRAME_UNSCANNED) kr_frame_scanned(vm, &g->frame);
    vm->thread.frame = g->frame.prev;
    vm->thread.depth--;
    g->frame.prev = NULL;
    g->state = KR_GEN_SUSPENDED;
}

KrValue kr_generator_throw(KrVm *vm, KrGenerator *g, KrValue exception, KrValue *returned) {
    KrValue delegate = kr_generator_delegate(g), result = KR_NONE, v;
    if (returned) *returned = KR_NONE;
    if (g->state == KR_GEN_RUNNING) return kr_raise(vm, &kr_value_error, "%s already executing", kind(g));
    if (g->state == KR_GEN_DONE) {
        if (g->head.shape->type == &kr_coroutine_type) return kr_raise(vm, &kr_runtime_error, "cannot reuse already awaited coroutine");
        return raise_for(vm, g, exception);
    }
    if (!kr_is_none(delegate)) {
        if (!kr_enter(vm, "")) return KR_ERROR;
        bool exits = kr_is_exception(exception) && kr_isa(exception, &kr_generator_exit);
        if (exits) {
            g->state = KR_GEN_RUNNING;
            bool closed = close_delegate(vm, delegate);
            g->state = KR_GEN_SUSPENDED;
            kr_leave(vm);
            if (closed) raise_for(vm, g, exception);
            return raise_inside(vm, g, returned);
        }
        link_frame(vm, g);
        if (kr_is_generator(delegate)) {
            v = kr_generator_throw(vm, KR_AS(KrGenerator, delegate), exception, &result);
        } else {
            KrValue method;
            if (!kr_find_attr(vm, delegate, KR_N(throw), &method)) return unlink_frame(vm, g), kr_leave(vm), KR_ERROR; // it stays suspended
            v = kr_is_unset(method) ? KR_UNSET : kr_call(vm, method, 1, &exception);
        }
        unlink_frame(vm, g);
        kr_leave(vm);
        if (!kr_is_unset(v)) return after_delegate(vm, g, v, result, returned);
    }
    raise_for(vm, g, exception);
    return raise_inside(vm, g, returned);
}

bool kr_generator_close(KrVm *vm, KrGenerator *g) {
    KrValue returned;
    return !kr_is_error(kr_generator_close_value(vm, g, &returned));
}

// Would anything in it see an exception?
static bool is_protected(const KrGenerator *g) {
    const KrCode *code = g->frame.code;
    uint32_t at = (uint32_t)(g->frame.pc - code->instr) - 1;
    for (uint32_t i = 0; i < code->handler_count; i++)
        if (at >= code->handlers[i].start && at < code->handlers[i].end) return true;
    return false;
}

// It ends where it is suspended; nothing of it runs.
static void end_quietly(KrVm *vm, KrGenerator *g) {
    if (g->frame.object) kr_frame_leave(vm, &g->frame);
    g->state = KR_GEN_DONE;
    g->handled = KR_UNSET;
}

// GeneratorExit thrown in; None, or what it returned (3.13).
KrValue kr_generator_close_value(KrVm *vm, KrGenerator *g, KrValue *returned) {
    *returned = KR_NONE;
    if (g->state == KR_GEN_DONE) return KR_NONE;
    if (g->state == KR_GEN_CREATED) return g->state = KR_GEN_DONE, KR_NONE;
    if (g->state == KR_GEN_SUSPENDED && kr_is_none(kr_generator_delegate(g)) && !is_protected(g)) return end_quietly(vm, g), KR_NONE;
    KrValue exit = kr_call(vm, kr_type_value(&kr_generator_exit), 0, NULL);
    if (kr_is_error(exit)) return exit;
    if (!kr_is_none(kr_handled(vm))) kr_store(vm, kr_ptr(exit), &kr_exception_of(exit)->context, kr_handled(vm)); // what is handled here
    KrValue v = kr_generator_throw(vm, g, exit, returned);
    if (kr_is_done(v)) return *returned;
    if (!kr_is_error(v)) return kr_raise(vm, &kr_runtime_error, "%s ignored GeneratorExit", kind(g));
    if (!kr_raised_is(vm, &kr_generator_exit) && !kr_raised_is(vm, &kr_stop_iteration)) return KR_ERROR;
    (void)kr_take_raised(vm);
    return KR_NONE;
}

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue finish(KrVm *vm, KrValue v, KrValue returned) { return kr_is_done(v) ? kr_raise_stop(vm, returned) : v; }

static KrValue generator_next(KrVm *vm, KrValue self) {
    KrGenerator *g = KR_AS(KrGenerator, self);
    KrValue returned, v;
    if (KR_LIKELY(g->state == KR_GEN_SUSPENDED && (g->frame.pc[0] & 0xFF) != KR_OP_YIELDFROM)) {
        g->frame.base[KR_A(g->frame.pc[-1])] = returned = KR_NONE;
        v = resume(vm, g, &returned, false);
    } else {
        v = kr_generator_send(vm, g, KR_NONE, &returned);
    }
    if (kr_is_done(v) && !kr_is_none(returned)) { // next() has to show the value; loops ignore it
        kr_raise_stop(vm, returned);
        return KR_ERROR;
    }
    return v;
}

static KrValue generator_send(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue returned, v = kr_generator_send(vm, KR_AS(KrGenerator, self), arg[0], &returned);
    return finish(vm, v, returned);
}

// throw(exception) or the old throw(type, value, traceback)
bool kr_throw_warn(KrVm *vm, const KrValue *arg, const char *method) {
    return kr_is_unset(arg[1]) ||
           kr_warn(vm, &kr_deprecation_warning,
                   "the (type, exc, tb) signature of %s() is deprecated, use the single-arg signature instead.", method);
}

KrValue kr_throw_argument(KrVm *vm, const KrValue *arg, const char *method) {
    return kr_throw_warn(vm, arg, method) ? kr_throw_exception(vm, arg) : KR_ERROR;
}

KrValue kr_throw_exception(KrVm *vm, const KrValue *arg) {
    KrValue type = arg[0], value = arg[1], traceback = arg[2];
    if (!kr_is_unset(traceback) && !kr_is_none(traceback) && !kr_isa(traceback, &kr_traceback_type))
        return kr_raise(vm, &kr_type_error, "throw() third argument must be a traceback object");
    if (kr_is_exception(type)) {
        if (!kr_is_unset(value) && !kr_is_none(value))
            return kr_raise(vm, &kr_type_error, "instance exception may not have a separate value");
    } else if (kr_is_type(type) && (kr_as_type(type)->flags & KR_TYPE_IS_EXCEPTION)) {
        if (!kr_is_unset(value) && kr_is_exception(value) && kr_isa(value, kr_as_type(type))) type = value;
        else if (kr_is_unset(value) || kr_is_none(value)) type = kr_call(vm, type, 0, NULL);
        else type = kr_is_tuple(value) ? kr_call_args(vm, type, value, KR_UNSET) : kr_call(vm, type, 1, &value);
        if (!kr_is_error(type) && !kr_is_exception(type)) // what goes wrong here is thrown instead
            type = kr_raise(vm, &kr_type_error, "calling %R should have returned an instance of BaseException, not %T", arg[0], type);
        if (kr_is_error(type)) type = kr_take_raised(vm);
    } else {
        return kr_raise(vm, &kr_type_error, "exceptions must be classes or instances deriving from BaseException, not %T", type);
    }
    if (kr_is_error(type) || kr_is_unset(traceback) || kr_is_none(traceback)) return type;
    return kr_setattr(vm, type, KR_N(__traceback__), traceback) ? type : KR_ERROR;
}

static KrValue generator_throw(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue exception = kr_throw_argument(vm, arg, "throw"), returned;
    if (kr_is_error(exception)) return exception;
    KrValue v = kr_generator_throw(vm, KR_AS(KrGenerator, self), exception, &returned);
    return finish(vm, v, returned);
}

static KrValue generator_close(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue returned;
    (void)arg;
    return kr_generator_close_value(vm, KR_AS(KrGenerator, self), &returned);
}

// The warning's text, with the calls that led to the coroutine if they were recorded (sys.set_coroutine_origin_tracking_depth).
static KrValue unawaited_text(KrVm *vm, KrGenerator *g) {
    KrValue text = kr_format(vm, "coroutine '%S' was never awaited", g->qualname);
    if (kr_is_error(text) || !kr_is_tuple(g->origin)) return text;
    KrValue warnings = kr_import(vm, "warnings");
    if (kr_is_error(warnings)) return KR_ERROR;
    KrValue more = kr_call_method(vm, warnings, "_origin_text", 1, &g->origin);
    return kr_is_error(more) ? KR_ERROR : kr_format(vm, "%S%S", text, more);
}

// Where it was made: that is where CPython finds that it was dropped, mostly. At the end of the program, as CPython: nowhere.
static KrValue warn_unawaited(KrVm *vm, KrGenerator *g) {
    KrValue filename = KR_UNSET, globals = kr_from_ptr(g->frame.globals);
    int line = 0;
    if (!vm->finalizing && kr_is_exact(g->finalizer, &kr_code_type)) {
        const KrCode *maker = KR_AS(KrCode, g->finalizer);
        KrPosition p = kr_code_position(maker, g->made_at);
        filename = maker->filename;
        line = p.line > 0 ? (int)p.line : (int)maker->first_line;
    }
    if (kr_is_unset(filename)) filename = kr_str_c(vm, "<sys>"), globals = kr_from_ptr(KR_AS(KrModuleObject, vm->sys)->dict);
    KrValue text = unawaited_text(vm, g);
    if (kr_is_error(filename) || kr_is_error(text)) return KR_ERROR;
    return kr_warn_in(vm, &kr_runtime_warning, text, filename, line, globals) ? KR_NONE : KR_ERROR;
}

// PEP 442: run at a poll, once, when nothing refers to it any more.
static KrValue generator_del(KrVm *vm, KrValue self, const KrValue *arg) {
    KrGenerator *g = KR_AS(KrGenerator, self);
    KrValue returned;
    (void)arg;
    if (g->state == KR_GEN_DONE || g->state == KR_GEN_RUNNING) return KR_NONE;
    if (g->head.shape->type == &kr_coroutine_type && g->state == KR_GEN_CREATED) {
        g->state = KR_GEN_DONE;
        return warn_unawaited(vm, g);
    }
    if (g->head.shape->type == &kr_async_generator_type && kr_is_ptr(g->finalizer)) return kr_call(vm, g->finalizer, 1, &self);
    return kr_generator_close_value(vm, g, &returned);
}

bool kr_holds_frame(const KrObject *o) {
    const KrType *type = o->shape->type;
    return type == &kr_generator_type || type == &kr_coroutine_type || type == &kr_async_generator_type;
}

void kr_generator_shown(KrObject *o) {
    if (kr_holds_frame(o)) ((KrGenerator *)o)->sole = false;
}

KrValue kr_generator_repr(KrVm *vm, KrValue self) {
    KrGenerator *g = KR_AS(KrGenerator, self);
    const char *what = g->head.shape->type == &kr_async_generator_type ? "async_generator" : kind(g);
    return kr_format(vm, "<%s object %S at 0x%x>", what, g->qualname, (size_t)g);
}

static KrValue self_iter(KrVm *vm, KrValue self) { return (void)vm, self; }

// ---- Attributes ----------------------------------------------------------------------------------------------------------------

static KrValue get_name(KrVm *vm, KrValue self) { return (void)vm, KR_AS(KrGenerator, self)->name; }
static KrValue get_qualname(KrVm *vm, KrValue self) { return (void)vm, KR_AS(KrGenerator, self)->qualname; }
static bool set_text(KrVm *vm, KrValue self, KrValue *slot, KrValue v, const char *what) {
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "%s must be set to a string object", what));
    return kr_store(vm, kr_ptr(self), slot, v), true;
}
static bool set_name(KrVm *vm, KrValue self, KrValue v) { return set_text(vm, self, &KR_AS(KrGenerator, self)->name, v, "__name__"); }
static bool set_qualname(KrVm *vm, KrValue self, KrValue v) {
    return set_text(vm, self, &KR_AS(KrGenerator, self)->qualname, v, "__qualname__");
}
static KrValue get_running(KrVm *vm, KrValue self) { return (void)vm, kr_bool(KR_AS(KrGenerator, self)->state == KR_GEN_RUNNING); }
static KrValue get_suspended(KrVm *vm, KrValue self) { return (void)vm, kr_bool(KR_AS(KrGenerator, self)->state == KR_GEN_SUSPENDED); }
// name: 0 frame, 1 code
static bool tell(KrVm *vm, KrValue self, unsigned name) {
    static const char *const names[3][2] = { { "gi_frame", "gi_code" }, { "cr_frame", "cr_code" }, { "ag_frame", "ag_code" } };
    const KrType *type = kr_type_of(self);
    return kr_audit_getattr(vm, self, names[type == &kr_generator_type ? 0 : type == &kr_coroutine_type ? 1 : 2][name]);
}
static KrValue get_code(KrVm *vm, KrValue self) { return tell(vm, self, 1) ? kr_from_ptr(KR_AS(KrGenerator, self)->frame.code) : KR_ERROR; }
static KrValue get_delegate(KrVm *vm, KrValue self) {
    KrValue v = kr_generator_delegate(KR_AS(KrGenerator, self));
    if (kr_is_ptr(v)) kr_generator_shown(kr_ptr(v));
    return (void)vm, v;
}
static KrValue get_origin(KrVm *vm, KrValue self) { return (void)vm, KR_AS(KrGenerator, self)->origin; }
static KrValue get_frame(KrVm *vm, KrValue self) {
    KrGenerator *g = KR_AS(KrGenerator, self);
    if (!tell(vm, self, 0)) return KR_ERROR;
    if (g->state == KR_GEN_DONE) return KR_NONE;
    KrFrameObject *o = kr_frame_reify(vm, &g->frame);
    return o ? kr_from_ptr(o) : KR_ERROR;
}
static KrValue get_ag_running(KrVm *vm, KrValue self) { return (void)vm, kr_bool(KR_AS(KrGenerator, self)->ag_running); }

// clang-format off
#define NAMES                                                                                                                              \
    { "__name__", get_name, set_name, KR_DOC("name of the generator") }, { "__qualname__", get_qualname, set_qualname, KR_DOC("qualified name of the generator") }
// clang-format on

static const KrGetSet generator_attributes[] = {
    NAMES,
    { "gi_running", get_running, NULL, "" },
    { "gi_suspended", get_suspended, NULL, "" },
    { "gi_code", get_code, NULL, "" },
    { "gi_frame", get_frame, NULL, "" },
    { "gi_yieldfrom", get_delegate, NULL, "" },
    { 0 },
};
static const KrGetSet coroutine_attributes[] = {
    NAMES,
    { "cr_running", get_running, NULL, "" },
    { "cr_suspended", get_suspended, NULL, "" },
    { "cr_code", get_code, NULL, "" },
    { "cr_frame", get_frame, NULL, "" },
    { "cr_await", get_delegate, NULL, "" },
    { "cr_origin", get_origin, NULL, "" },
    { 0 },
};
static const KrGetSet async_generator_attributes[] = {
    NAMES,
    { "ag_running", get_ag_running, NULL, "" },
    { "ag_suspended", get_suspended, NULL, "" },
    { "ag_code", get_code, NULL, "" },
    { "ag_frame", get_frame, NULL, "" },
    { "ag_await", get_delegate, NULL, "" },
    { 0 },
};

// clang-format off
#define SEND_THROW_CLOSE                                                                                                                   \
    { "send(object, /)", generator_send, KR_DOC("Send a value in; gives the next yielded value or raises StopIteration."), 0 },           \
        { "throw(type, value=<unset>, traceback=<unset>, /)", generator_throw, KR_DOC("Raise an exception where it is suspended."), 0 }, \
        { "close()", generator_close, KR_DOC("Raise GeneratorExit where it is suspended."), 0 }, { "__del__()", generator_del, KR_DOC("Called when the object is about to be destroyed."), 0 }
// clang-format on

static const KrMethod generator_methods[] = { SEND_THROW_CLOSE,
                                              { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
                                              { 0 } };
static KrValue coroutine_await(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_coroutine_wrapper(vm, self); }
static const KrMethod coroutine_methods[] = { SEND_THROW_CLOSE,
                                              { "__await__()", coroutine_await,
                                                KR_DOC("Return an iterator to be used in await expression."), 0 },
                                              { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
                                              { 0 } };

static bool generator_settled(const KrObject *o) { return ((const KrGenerator *)o)->state == KR_GEN_DONE; }
static const KrMoreSlots generator_more = { .settled = generator_settled };

const KrType kr_generator_type = {
    KR_TYPE_HEAD(kr_generator_type),
    .name = "generator",
    .size = sizeof(KrGenerator),
    .flags = KR_TYPE_NO_NEW | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL,
    .trace = generator_trace,
    .repr = kr_generator_repr,
    .iter = self_iter,
    .next = generator_next,
    .methods = generator_methods,
    .attributes = generator_attributes,
    .more = &generator_more,
};
const KrType kr_coroutine_type = {
    KR_TYPE_HEAD(kr_coroutine_type), .name = "coroutine",
    .size = sizeof(KrGenerator),     .flags = KR_TYPE_NO_NEW | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL,
    .trace = generator_trace,        .repr = kr_generator_repr,
    .methods = coroutine_methods,    .attributes = coroutine_attributes,
    .more = &generator_more,
};
const KrType kr_async_generator_type = {
    KR_TYPE_HEAD(kr_async_generator_type),
    .name = "async_generator",
    .size = sizeof(KrGenerator),
    .flags = KR_TYPE_NO_NEW | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL,
    .trace = generator_trace,
    .repr = kr_generator_repr,
    .methods = kr_async_generator_methods,
    .attributes = async_generator_attributes,
    .more = &generator_more,
};

// ---- Delegation in the loop, for iterators that are not ours -------------------------------------------------------------------

// One step of `yield from`: what the iterator yields, or its result with *done.
KrValue kr_op_yield_from(KrVm *vm, KrValue iterator, KrValue value, bool *done) {
    KrValue v;
    *done = false;
    if (kr_is_generator(iterator)) {
        KrValue returned;
        v = kr_generator_send(vm, KR_AS(KrGenerator, iterator), value, &returned);
        if (!kr_is_done(v)) return v;
        return *done = true, returned;
    }
    const KrMoreSlots *more = kr_type_of(iterator)->more;
    if (more && more->send) {
        KrValue returned = KR_NONE;
        v = more->send(vm, iterator, value, &returned);
        return *done = kr_is_done(v), *done ? returned : v;
    }
    if (kr_is_none(value)) {
        v = kr_next_value(vm, iterator);
    } else {
        KrValue send = kr_getattr(vm, iterator, KR_N(send));
        v = kr_is_error(send) ? send : kr_call(vm, send, 1, &value);
    }
    if (kr_is_done(v)) return *done = true, KR_NONE;
    if (!kr_is_error(v) || !kr_raised_is(vm, &kr_stop_iteration)) return v;
    KrValue stop = kr_take_raised(vm);
    *done = true;
    if (vm->hooks_on && !kr_hook_stop(vm, vm->thread.frame, KR_UNSET, stop, false)) return KR_ERROR;
    return kr_getattr(vm, stop, KR_N(value));
}

KrValue kr_op_yield_iter(KrVm *vm, KrFrame *f, KrValue v) {
    if (kr_is_ptr(v) && kr_type_of(v) == &kr_coroutine_type) {
        if (f->code->flags & (KR_CODE_COROUTINE | KR_CODE_ITERABLE_COROUTINE)) return v;
        return kr_raise(vm, &kr_type_error, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    }
    if (kr_is_generator(v)) return v;
    return kr_iter(vm, v);
}

// next() that keeps StopIteration's value: DONE only when there is none.
KrValue kr_next_value(KrVm *vm, KrValue iterator) {
    const KrType *type = kr_type_of(iterator);
    if (!(type->flags & KR_TYPE_HEAP)) {
        const KrType *owner = KR_SLOT_OWNER(type, next);
        return owner ? owner->next(vm, iterator) : kr_raise(vm, &kr_type_error, "'%T' object is not an iterator", iterator);
    }
    KrValue v = kr_try_special(vm, iterator, KR_N(__next__), 0, NULL);
    return kr_is_unset(v) ? kr_raise(vm, &kr_type_error, "'%T' object is not an iterator", iterator) : v;
}
