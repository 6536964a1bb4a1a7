// vm_state.h - all state of one VM. The first byte tells whether the collector is marking (see kr_store in krait.h).
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_VM_STATE_H
#define KR_OBJECT_VM_STATE_H

#include "object/heap.h"

typedef struct KrFrame KrFrame;
typedef struct KrStackSegment KrStackSegment;

// What belongs to the running Python thread; swapped when another takes the lock.
typedef struct {
    KrValue raised;                   // the exception on its way, or KR_UNSET
    KrValue handled;                  // the exception being handled (sys.exception()), or None
    uint32_t masked;                  // running generators that hide what their resumers handle: see KrGenerator.masked
    KrFrame *frame;                   // the running frame, NULL outside Python code
    KrStackSegment *segment;          // registers
    KrValue *stack_start, *stack_end; // of the segment
    KrFrame *frame_pool;              // frames not in use
    const char *c_stack_base;         // where scanning ends
    const char *c_stack_limit;        // no deeper than this
    uint32_t depth;                   // Python frames
    uint32_t native_depth;
    KrValue context;        // contextvars
    KrValue running_loop;   // asyncio
    KrValue async_hooks[2]; // sys.set_asyncgen_hooks
    KrValue trace_hook, profile_hook;
    bool in_hook;
    KrPointers repr_stack; // objects whose repr is on its way
} KrThread;

typedef struct { // (type, name) -> attribute found along the MRO; valid while the type's version is the same
    const KrType *type;
    uintptr_t name;
    uint32_t version;
    KrValue value;
} KrLookup;

typedef struct { // how a static type that is called makes its instances: both functions are its own or inherited, and never change
    const KrType *type;
    struct KrNativeObject *make, *init; // make: NULL: by type->alloc; init: NULL: there is none
    KrValue (*alloc)(KrVm *vm, const KrType *type);
    KrValue (*convert)(KrVm *vm, KrValue v); // NULL, or what does it for one argument
} KrMaker;

#if KR_DEVICE
#define KR_LOOKUP_COUNT 32
#define KR_MAKER_COUNT  4
#define KR_SPARE_COUNT  2
#else
#define KR_LOOKUP_COUNT 1024
#define KR_MAKER_COUNT  32
#define KR_SPARE_COUNT  8
#endif

typedef struct { // the mutable half of a static type, keyed by its address
    const KrType *type;
    KrValue descriptors;      // dict name -> descriptor, those asked for so far
    KrValue dict_view;        // the whole __dict__, once asked for
    KrValue subclasses;       // list of weak references
    KrValue mro;              // tuple
    struct KrHeapShape *root; // shape with transitions for instances with attributes
    bool complete;            // descriptors holds all
} KrTypeState;

// What the command line asked for: sys.flags, and what follows from them.
typedef struct {
    uint8_t debug, inspect, interactive, optimize, dont_write_bytecode, no_user_site, no_site, ignore_environment, verbose, bytes_warning;
    uint8_t quiet, isolated, dev_mode, warn_default_encoding, safe_path;
    uint8_t unbuffered;        // -u: what is printed is written at once
    uint8_t no_debug_ranges;   // code knows lines only
    uint8_t import_time;       // 2: the head of the table was printed
    const char *stream_errors; // of stdin and stdout; NULL: "strict"
    char stream_encoding[32];  // of the standard streams; empty: UTF-8
} KrFlags;

enum { KR_INTERRUPT_SIGNAL = 1, KR_INTERRUPT_SOURCE = 2 }; // kr_interrupt; something came from a device: collect_sources

struct KrVm {
    uint8_t marking;
    bool finalizing, finalizing_now, running_scheduled, running_world;
    uint8_t interrupt;          // KR_INTERRUPT_...: set by signal handlers and other threads, looked at by polls: atomic
    uint8_t lock_wanted;        // another thread waits for its turn: atomic
    volatile uint8_t attention; // something waits for the next poll
    bool lookup_failed;         // for lack of memory, where nothing can be raised: the next error or poll is MemoryError
    int32_t fuel;               // steps until the next poll
    KrThread thread;
    KrHeap heap;

    // Limits
    uint64_t steps_left, step_budget;
    int64_t deadline_ns;
    double deadline;     // what was asked for, in seconds; for kr_vm_reset
    size_t stack_size;   // likewise
    uint32_t fuel_slice; // what fuel was set to
    uint8_t limit_hit;   // 0, or 1 + which limit; stays set: raised again at each poll
    int32_t grace;       // steps left to `finally` blocks after a limit was hit
    int64_t grace_end;   // and the time at which they must have ended
    uint32_t recursion_limit;
    unsigned access;
    KrPointers own_fds; // descriptors that the VM opened, + 1: see vm/access.c

    // Names and types
    struct KrInternTable {
        KrObject **item;
        size_t count, mask, swept; // swept: cells seen in this cycle
    } intern;
    struct {
        KrTypeState *item;
        size_t count, mask;
    } type_state;
    uint32_t next_version;       // for types and dicts
    uint64_t hash_key[2];        // for keyed hashing
    uint32_t int_max_str_digits; // 0: no limit
    uint32_t origin_depth;       // of cr_origin
    uint64_t nan_serial;
    uint64_t tasks_made;                 // by asyncio: their names
    uint32_t loop_version;               // and the class of its loop
    KrPointers weakrefs;                 // table, see weakref.c
    size_t weakref_count, weakref_swept; // swept: cells of the table, in this cycle
    KrPointers weak_callbacks;           // weakref objects whose callbacks wait for a poll
    KrPointers caches;                   // code objects that have inline caches (weak)
    KrPointers frame_blocks;
    KrFrame *frames_spare; // left by threads that ended
    KrFrame *frames_new;   // of the last block: those that were never in the pool
    size_t frames_new_count;

    // Well-known objects
    KrValue builtins;  // the module
    KrValue sys;       // the module
    KrValue modules;   // sys.modules
    KrValue importlib; // further import state
    KrValue main_module;
    KrValue audit_hooks; // list; KR_UNSET: there are none
    KrValue scheduled;   // list: what vm/schedule.c calls at the next poll; KR_UNSET: nothing
    KrValue machine;     // what module machine knows: see modules/machine; KR_UNSET: it was not used
    struct KrAgenda {    // what is called at a time: see vm/agenda.c
        KrValue heap;    // array of events; KR_UNSET: there was never one
        size_t count;
        int64_t next; // when the first is due; INT64_MAX: there is none
    } agenda[2];      // handlers of the program; a simulated world
    uint64_t agenda_number;
    bool virtual_clock; // see vm/clock.h
    int64_t virtual_ns, virtual_epoch;
    int64_t wall_shift;                // of the program's date against the clock's
    bool irq_off;                      // handlers of the agenda wait
    bool (*collect_sources)(KrVm *vm); // takes what devices have to say; NULL: there are none
    struct KrClockWait *clock_waits;
    const char *board_name; // that the command asked for; NULL: what is found
    KrValue signals;        // list: what handles each signal; KR_UNSET: the module _signal was not used
    KrValue path_first;     // what sys.path[0] was at the beginning; KR_UNSET: nothing that could hide a module of the library
    KrValue memory_error, memory_error_args;
    KrValue empty_tuple, empty_bytes, empty_str, empty_frozenset;
    KrValue char_str[128]; // one-letter ASCII strings, made on demand
    KrValue monitor;
    KrValue stream[3]; // sys.__stdin__, __stdout__, __stderr__ once they are made
    KrValue state;     // dict for modules' own per-VM state

    const KrModuleDef *const *extra_modules;
    const void *const *handlers; // dispatch table in use
    const void *const *handlers_plain, *const *handlers_hooked;
    unsigned compile_flags;
    uint8_t opt_level; // what micropython.opt_level() was told
    int exit_code;
    bool exit_requested;
    bool hooks_on, monitor_on;
    bool cache_flush;
    void *port; // the port's own per-VM data
    KrValue argv;
    KrFlags flags;
    struct KrImporting *importing; // modules on their way, see vm/import_turn.h
    int64_t import_nested;         // ns that imports took inside of the one that runs (import_time)
    unsigned import_level;
    const char *const *process_argv;           // sys.orig_argv: ends with NULL; NULL: the program is not a command's
    KrValue typed_name, typed_text;            // a source that no file has, the last one; see kr_typed_source
    KrValue typed;                             // those before it: list of name, text, ...
    struct KrAllocTrace *alloc_trace;          // while allocations are counted
    int64_t switch_ns;                         // how long a thread waits for its turn before it asks for it
    struct KrThreads *threads;                 // NULL: there was never more than one; see vm/thread.h
    struct KrGenerator *spare[KR_SPARE_COUNT]; // generators to use again, by function; see vm/generator.c
    char *nest, *nest_end;                     // what is free of the nest
    KrMaker maker[KR_MAKER_COUNT];             // the last two: what stands before them is in use from the start
    KrLookup lookup[KR_LOOKUP_COUNT];
};

// The first tables and the first registers of a vm stand behind it, in one piece of memory: the system has fewer to map, and fewer pages to
// clear. What kr_side_alloc has given from it comes back when the vm ends.
#define KR_NEST_TABLES ((size_t)(KR_BLOCK_HEAP ? 0 : 32 * 1024))
#define KR_NEST_STACK  ((size_t)(KR_BLOCK_HEAP ? 0 : 64 * 1024 * sizeof(KrValue) + 4096))
#define KR_NEST_FIRST  (KR_NEST_TABLES / 4) // of the tables: what any program uses
#define KR_VM_MEMORY   (sizeof(KrVm) + KR_NEST_TABLES + KR_NEST_STACK)

#define KR_FUEL_SLICE 2000
#define KR_SWITCH_NS  5000000

// Is there little left of the C stack? kr_enter raises then; this spares the call.
static inline bool kr_is_deep(const KrVm *vm) {
    char here;
    const volatile char *p = &here;
    return (uintptr_t)p < (uintptr_t)vm->thread.c_stack_limit;
}

// As kr_enter, where depth is the exception. kr_leave need not follow.
static inline KR_RAISES bool kr_descend(KrVm *vm, const char *where) { return KR_LIKELY(!kr_is_deep(vm)) || kr_enter(vm, where); }

// Work of a C function that cannot stop in the middle: the next poll comes earlier. A step is about 30 ns: half a KB moved.
static inline void kr_spend(KrVm *vm, size_t steps) {
    if (vm->fuel > -(1 << 29)) vm->fuel -= (int32_t)(steps < 1u << 29 ? steps : 1u << 29);
}

// One step of a loop in C: as kr_poll(vm, 1).
static inline KR_RAISES bool kr_step(KrVm *vm) { return KR_LIKELY(--vm->fuel >= 0) || kr_poll(vm, 0); }

// The part of a poll that runs no Python code, for what must not: were the limits kept? Before each large allocation, so that several
// slow operations without a jump between them end as well.
bool kr_limits_settle(KrVm *vm) KR_RAISES;
bool kr_within_limits(KrVm *vm) KR_RAISES; // raises LimitExceeded again if it was raised at any time

void kr_limits_renew(KrVm *vm);

// The poll that is due once the steps spent have used the fuel up; Python code may run in it. False: raised.
static inline KR_RAISES bool kr_settle(KrVm *vm) { return KR_LIKELY(vm->fuel >= 0) || kr_poll(vm, 0); }

#endif
