// frame.h - frames and register stacks.
//
// A frame's registers are a window of the thread's register stack (base[0] ...), with the function in base[-1]. A call's arguments are
// evaluated where the callee's window begins, so that calling copies nothing. A generator has its frame and registers in its own object;
// what it calls starts at frame->top, above those that were running when it was resumed. Segments never move.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_FRAME_H
#define KR_VM_FRAME_H

#include "code/code.h"
#include "object/dict.h"
#include "object/function.h"
#include "object/vm_state.h"

enum {                  // KrFrame.flags; zero for the plain frame of a plain call
    KR_FRAME_ENTRY = 1, // returning from it leaves kr_run
    KR_FRAME_INIT = 2,  // __init__ called by instantiation: must return None; the instance is the result
    KR_FRAME_GENERATOR = 4,
    KR_FRAME_REIFIED = 8,    // a frame object exists
    KR_FRAME_UNSCANNED = 16, // the collector has not scanned the frames below this one yet
    KR_FRAME_SEGMENT = 32,   // its window is the first of a segment
    KR_FRAME_OPERATOR = 64,  // an operator's method: after NotImplemented the other operand is asked
    KR_FRAME_COMPARE = 128,  // of a comparison
    KR_FRAME_JUMP = 256,     // ... whose truth decides a jump
};

typedef struct KrGenerator KrGenerator;
typedef struct KrFrameObject KrFrameObject;

// A frame in the pool has no flags, no object and no generator, so that a plain call does not set them.
struct KrFrame {
    KrFrame *prev;     // the caller
    KrFrame *next;     // the next of the pool
    const KrInstr *pc; // next instruction; saved before anything that may look at it
    KrValue *base;
    KrValue *top; // end of the window; windows of callees made from C start here
    KrCode *code;
    KrCache *caches;
    KrDictObject *globals, *builtins;
    KrValue *result; // where the caller wants what it returns
    uint32_t flags;
    KrFrameObject *object;
    KrGenerator *generator;
    KrValue instance;   // KR_FRAME_INIT
    KrValue operand[2]; // KR_FRAME_OPERATOR
    uint8_t operation;  // a KrBinary, or a KrCompareOp
};

struct KrStackSegment {
    KrStackSegment *prev, *next;
    KrValue *start, *end;
};

enum { KR_GEN_CREATED, KR_GEN_SUSPENDED, KR_GEN_RUNNING, KR_GEN_DONE };
enum { KR_RESUME_C, KR_RESUME_FOR, KR_RESUME_FROM }; // who resumed it: C, FORNEXT, YIELDFROM

struct KrGenerator { // generators, coroutines and asynchronous generators
    KrObject head;
    uint8_t state, resumed_by;
    bool closed_hook; // async generators: hooks were called
    bool ag_running;
    bool masked;      // what its resumer handles is hidden from it, being the very exception that was thrown in
    bool async_value; // what was yielded last came from `yield` itself, not from an await
    bool sole;        // only the await or the loop over the call that made it has it
    KrValue name, qualname;
    KrValue handled;           // of its own, while suspended inside an except block; or KR_UNSET
    KrValue outer_handled;     // of whoever resumed it
    KrValue origin, finalizer; // coroutines: cr_origin, and the code that made it; async generators: hook
    uint32_t made_at;          // and where in that: index of the instruction
    KrFrame frame;
    size_t slot_count;
    KrValue slot[]; // the function, then the registers
};

// The Python object that stands for a frame, while it runs and after.
struct KrFrameObject {
    KrObject head;
    KrFrame *live; // NULL: it is over
    KrCode *code;
    KrValue function, globals, builtins;
    KrSlots *registers;                // copied out when it ended
    KrValue pending, pending_first;    // while hooks are on: the call of a function that is not Python code
    uint32_t jump;                     // and the jump that was the last instruction: its place + 1
    KrValue back, trace, extra_locals; // extra_locals: names added through f_locals
    uint32_t lasti, last_instr;        // last_instr, last_line: where tracing was
    int32_t last_line;
    int32_t jumped_line; // f_lineno was set to it: lines of the same instruction before it are not passed
    const char *event;   // while a hook runs: which
    bool trace_lines, trace_opcodes, cleared;
};

extern const KrType kr_generator_type, kr_coroutine_type, kr_async_generator_type, kr_frame_type, kr_traceback_type;

bool kr_thread_init(KrVm *vm, KrThread *thread) KR_RAISES; // its register stack
void kr_thread_free(KrVm *vm, KrThread *thread);
void kr_thread_bounds(KrVm *vm, KrThread *thread);        // of the C stack that runs
void kr_thread_trace(KrTracer *tracer, KrThread *thread); // one that does not run
void kr_frames_free(KrVm *vm);
// A frame for function with an unfilled window of its code's size, above all others; not linked in yet. NULL: raised.
KrFrame *kr_frame_open(KrVm *vm, KrFunctionObject *function) KR_RAISES;
void kr_frame_poison(KrValue *base, unsigned from, unsigned to); // debug builds: registers that hold nothing yet, or no more
void kr_frame_push(KrVm *vm, KrFrame *frame);
static inline void kr_frame_release(KrThread *t, KrFrame *f) { // to the pool; what kr_frame_leave does is done
    f->flags = 0;
    f->next = t->frame_pool;
    t->frame_pool = f;
}
void kr_frame_leave(KrVm *vm, KrFrame *frame);            // reified, segment: what a plain pop leaves out
void kr_frame_forget_above(KrFrame *frame, unsigned reg); // what temporaries above hold; a handler begins, they are dead
KrFrame *kr_frame_new_pool(KrVm *vm);
void kr_frame_scanned(KrVm *vm, KrFrame *frame); // before control goes to the frame below one that is KR_FRAME_UNSCANNED
KrFrameObject *kr_frame_reify(KrVm *vm, KrFrame *frame);
KrFrame *kr_frame_running(KrVm *vm); // of Python code
uint32_t kr_frame_line(const KrFrame *frame);
bool kr_traceback_add(KrVm *vm, KrFrame *frame) KR_RAISES; // to the exception that is raised
bool kr_traceback_add_first(KrVm *vm, KrFrame *frame) KR_RAISES;
KrValue kr_frame_locals(KrVm *vm, KrFrame *frame) KR_RAISES; // what locals() gives

// Runs from frame (pushed, KR_FRAME_ENTRY set) until it returns, raises or yields. throwing: start by raising what is raised.
KrValue kr_run_frame(KrVm *vm, KrFrame *frame, bool throwing) KR_RAISES;

// Fills a window from arguments: positional ones, then those named in names (tuple or KR_UNSET). arg may be the window itself.
KrValue kr_function_new(KrVm *vm, KrCode *code, KrValue globals) KR_RAISES;
bool kr_bind_arguments(KrVm *vm, KrFunctionObject *function, KrValue *window, const KrValue *arg, size_t count, KrValue names) KR_RAISES;
// For code that is in_place, called from Python code. False: raised (only MemoryError), or it cannot be done so and nothing has changed.
bool kr_bind_in_place(KrVm *vm, KrFunctionObject *function, KrValue *window, unsigned count, KrValue names);
bool kr_bind_spread(KrVm *vm, KrFunctionObject *function, KrValue *window, unsigned how); // the same for CALLEX's operands
KrValue kr_call_spread(KrVm *vm, KrValue *window, unsigned how) KR_RAISES;                // any callable, at window[-1]
KrValue kr_call_function(KrVm *vm, KrFunctionObject *function, const KrValue *arg, size_t count, KrValue names) KR_RAISES;
// What a call of a generator's, coroutine's or asynchronous generator's function makes.
KrValue kr_generator_new(KrVm *vm, KrFunctionObject *function, const KrValue *arg, size_t count, KrValue names) KR_RAISES;
void kr_generator_shown(KrObject *o); // the program gets hold of o: if it is a generator, that is no longer so
// Resumes with a value: what it yields, or KR_DONE with the returned value in *returned (which may be NULL), or KR_ERROR.
KrValue kr_generator_send(KrVm *vm, KrGenerator *g, KrValue value, KrValue *returned) KR_RAISES;
KrValue kr_generator_throw(KrVm *vm, KrGenerator *g, KrValue exception, KrValue *returned) KR_RAISES;
bool kr_generator_close(KrVm *vm, KrGenerator *g) KR_RAISES;
void kr_generator_enter(KrVm *vm, KrGenerator *g, unsigned by); // links its frame in
void kr_generator_suspend(KrVm *vm, KrGenerator *g, unsigned state);
static inline bool kr_is_generator(KrValue v) {
    if (!kr_is_ptr(v)) return false;
    const KrType *t = kr_type_of(v);
    return t == &kr_generator_type || t == &kr_coroutine_type;
}
KrValue kr_handled(KrVm *vm); // the exception that is being handled, as sys.exception() gives it; generator.c

#endif
