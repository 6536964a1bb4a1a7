// loop.c - the interpreter: fetch, decode, the fast paths, and calls between Python functions without C recursion.
//
// pc, base (R), constants (K), caches and frame are locals. SAVE() writes pc back before anything that can raise, look at frames or run
// other code. A handler ends in NEXT. `error` finds a handler or unwinds. The GNU extension here is computed goto. All is one function, so
// that the locals stay in processor registers: the file is as long as that function.
// SPDX-License-Identifier: MIT
#include "object/bytes.h"
#include "object/container.h"
#include "object/descriptor.h"
#include "object/float.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/range.h"
#include "object/set.h"
#include "object/shape.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/op.h"

#pragma GCC diagnostic ignored "-Wpedantic"

#define A      KR_A(w)
#define B      KR_B(w)
#define C      KR_C(w)
#define BX     KR_BX(w)
#define SAVE() (frame->pc = pc)
#define CHECK_VALUE(v) \
    if (KR_UNLIKELY(kr_is_error(v))) goto error
#define DISPATCH() \
    do { \
        w = *pc++; \
        goto *table[w & 0xFF]; \
    } while (0)
// How most instructions end: NEXT, or GIVE, with the result in v. One copy of each where size counts.
#if KR_DEVICE
#define NEXT goto next
#define GIVE goto give
#define COMMON_ENDS \
    give: \
    CHECK_VALUE(v); \
    R[A] = v; \
    next: \
    DISPATCH();
#else
#define NEXT DISPATCH()
#define GIVE \
    do { \
        CHECK_VALUE(v); \
        R[A] = v; \
        NEXT; \
    } while (0)
#define COMMON_ENDS
#endif
#define EXACT(v, t) kr_is_exact(v, &(t))
// A jump of `offset` words from pc; backwards it counts a step.
#define JUMP(offset) \
    do { \
        int32_t by_ = (int32_t)(offset); \
        pc += by_; \
        if (by_ < 0 && KR_UNLIKELY(--vm->fuel < 0)) goto poll; \
        NEXT; \
    } while (0)

#if KR_TAGGED
static inline bool is_plain_double(KrValue v) { return kr_is_exact(v, &kr_float_type); }
static inline double plain_double(KrValue v) { return KR_AS(KrFloatObject, v)->value; }
#else
static inline bool is_plain_double(KrValue v) { return kr_is_double(v); }
static inline double plain_double(KrValue v) { return kr_double_unbox(v); }
#endif

// Two numbers of which at least one is a float: as doubles.
static inline bool as_doubles(KrValue a, KrValue b, double *x, double *y) {
    if (is_plain_double(a)) *x = plain_double(a);
    else if (kr_is_int(a)) *x = (double)kr_int_value(a);
    else return false;
    if (is_plain_double(b)) *y = plain_double(b);
    else if (kr_is_int(b)) *y = (double)kr_int_value(b);
    else return false;
    return true;
}

// The character at byte i of an ASCII text, if there is one and it has been asked for before.
static inline bool ascii_char_at(const KrVm *vm, const KrStrObject *s, size_t i, KrValue *out) {
    if (!(s->flags & KR_STR_ASCII) || i >= s->len) return false;
    *out = vm->char_str[(unsigned char)kr_str_data(s)[i]];
    return kr_is_ptr(*out);
}

static inline bool fast_truth(KrValue v, bool *out) {
    if (kr_is_bool(v)) return *out = kr_is_true_value(v), true;
    if (kr_is_int(v)) return *out = kr_int_value(v) != 0, true;
    if (kr_is_none(v)) return *out = false, true;
    return false;
}

static inline bool exact_in_double(KrValue v) {
    intptr_t i = kr_int_value(v);
    return sizeof i < 8 || KR_INT_BITS <= 53 ||
           (i < ((intptr_t)1 << (KR_INT_BITS < 53 ? KR_INT_BITS - 2 : 53)) &&
            i > -((intptr_t)1 << (KR_INT_BITS < 53 ? KR_INT_BITS - 2 : 53)));
}

static inline bool int_floordiv(KrValue a, KrValue b, KrValue *out) {
    intptr_t x = kr_int_value(a), y = kr_int_value(b);
    if (y == 0 || y == -1) return false;
    intptr_t q = x / y;
    if (x % y != 0 && (x < 0) != (y < 0)) q--;
    return *out = kr_int_box(q), true;
}

static inline bool int_mod(KrValue a, KrValue b, KrValue *out) {
    intptr_t x = kr_int_value(a), y = kr_int_value(b);
    if (y == 0 || y == -1) return false;
    intptr_t r = x % y;
    if (r != 0 && (r < 0) != (y < 0)) r += y;
    return *out = kr_int_box(r), true;
}

static inline bool int_lshift(KrValue a, KrValue b, KrValue *out) {
    intptr_t x = kr_int_value(a), n = kr_int_value(b);
    if (n < 0 || n >= KR_INT_BITS - 1) return false;
    intptr_t r = (intptr_t)((uintptr_t)x << n);
    if (r >> n != x || r > KR_INT_MAX || r < KR_INT_MIN) return false;
    return *out = kr_int_box(r), true;
}

static inline bool int_rshift(KrValue a, KrValue b, KrValue *out) {
    intptr_t x = kr_int_value(a), n = kr_int_value(b);
    if (n < 0) return false;
    if (n >= (intptr_t)(sizeof n * 8)) n = sizeof n * 8 - 1;
    return *out = kr_int_box(x >> n), true;
}

// Python's dispatch of a call on a class, without recursion for a Python __init__: the frame to run, or NULL with *result.
static KrFrame *instantiate(KrVm *vm, const KrType *type, KrValue *window, unsigned count, KrValue *result) {
    *result = KR_UNSET;
    KrFunctionObject *init = kr_type_plain_init(vm, type);
    if (!init) return NULL;
    KrCode *code = init->code;
    if (!(code->flags & KR_CODE_SIMPLE) || code->npos != count + 1) return NULL;
    KrValue instance = kr_alloc_instance(vm, type);
    if (kr_is_error(instance)) return *result = instance, NULL;
    KrFrame *f = kr_frame_open(vm, init);
    if (!f) return *result = KR_ERROR, NULL;
    f->base[0] = instance;
    for (unsigned i = 0; i < count; i++) f->base[i + 1] = window[i];
    for (unsigned i = code->nparams; i < code->nlocals; i++) f->base[i] = KR_UNSET;
    f->instance = instance;
    f->flags |= KR_FRAME_INIT;
    return f;
}

// Does the instruction, which follows a call, take the generator in the register to where nobody but it finds it?
static bool uses_up(KrInstr w, unsigned reg) {
    unsigned op = w & 0xFF;
    return KR_B(w) == reg && (op == KR_OP_FORPREP || ((op == KR_OP_GETAWAIT || op == KR_OP_YIELDITER) && KR_A(w) == reg));
}

// A property's Python getter: the frame to run; NULL: it is not so simple, or there is no memory.
static KrFrame *call_getter(KrVm *vm, KrValue get, KrValue self) {
    if (!kr_is_exact(get, &kr_function_type) || vm->thread.depth >= vm->recursion_limit) return NULL;
    KrFunctionObject *function = KR_AS(KrFunctionObject, get);
    KrCode *code = function->code;
    if (!(code->flags & KR_CODE_SIMPLE) || code->npos != 1) return NULL;
    KrFrame *f = kr_frame_open(vm, function);
    if (!f) return NULL;
    f->base[0] = self;
    for (unsigned i = 1; i < code->nlocals; i++) f->base[i] = KR_UNSET;
    return f;
}

// The same for a method with one argument.
static KrFrame *call_method(KrVm *vm, KrValue method, KrValue self, KrValue arg) {
    if (!kr_is_exact(method, &kr_function_type) || vm->thread.depth >= vm->recursion_limit || vm->hooks_on) return NULL;
    KrFunctionObject *function = KR_AS(KrFunctionObject, method);
    KrCode *code = function->code;
    if (!(code->flags & KR_CODE_SIMPLE) || code->npos != 2) return NULL;
    KrFrame *f = kr_frame_open(vm, function);
    if (!f) return NULL;
    f->base[0] = self;
    f->base[1] = arg;
    for (unsigned i = 2; i < code->nlocals; i++) f->base[i] = KR_UNSET;
    return f;
}

// left op right where left's class has a method in Python that goes first: the frame to run; NULL: another way, or there is no memory.
static KrFrame *call_operator(KrVm *vm, KrValue left, KrValue right, unsigned operation, uint32_t flags) {
    const KrType *lt = kr_type_of(left), *rt = kr_type_of(right);
    if (lt != rt && kr_is_heap_type(rt) && kr_is_subtype(rt, lt)) return NULL;
    KrValue method =
        flags & KR_FRAME_COMPARE ? kr_user_comparison(vm, (KrCompareOp)operation, lt) : kr_user_operator(vm, (KrBinary)operation, lt);
    KrFrame *f = call_method(vm, method, left, right);
    if (!f) return NULL;
    f->operand[0] = left;
    f->operand[1] = right;
    f->operation = (uint8_t)operation;
    f->flags |= KR_FRAME_OPERATOR | flags;
    return f;
}

static KrValue next_pair(KrVm *vm, const KrType *type, KrValue iterator, KrValue pair[2]) {
    if (vm->hooks_on) return KR_UNSET;
    if (type == &kr_dict_item_iterator_type) return kr_dict_next_pair(vm, iterator, pair);
    if (type == &kr_enumerate_type) return kr_enumerate_next_pair(vm, iterator, pair);
    if (type == &kr_zip_type) return kr_zip_next_pair(vm, iterator, pair);
    return KR_UNSET;
}

KrValue kr_run_frame(KrVm *vm, KrFrame *frame, bool throwing) {
    static const void *const plain[256] = {
#define X(name, operands, words) &&op_##name,
#include "code/opcode.def"
#undef X
    };
    static const void *const hooked[256] = {
#define X(name, operands, words) &&hook,
#include "code/opcode.def"
#undef X
    };
    const void *const *table;
    const KrInstr *pc;
    KrValue *R, v;
    const KrValue *K;
    KrThread *const th = &vm->thread;
    uint32_t w;
    KrValue left, right; // of `binary`, `compare` and `compare_jump`
    unsigned operation;

#define ENTER_FRAME() \
    do { \
        pc = frame->pc; \
        R = frame->base; \
        K = KR_AS(KrTupleObject, frame->code->consts)->item; \
    } while (0)
#define ENTER(f) \
    do { \
        kr_frame_push(vm, f); \
        frame = f; \
        ENTER_FRAME(); \
        if (KR_UNLIKELY(--vm->fuel < 0)) goto poll; \
        NEXT; \
    } while (0)
// Whether a frame with its window here fits the stack. (A generator's window does not stand in it.)
#define CAN_PUSH(code) \
    ((size_t)((char *)(window + (code)->nregs) - (char *)th->stack_start) <= (size_t)((char *)th->stack_end - (char *)th->stack_start) && \
     th->frame_pool && th->depth < vm->recursion_limit)
#define CACHE(ext)     (&frame->caches[(ext) >> 16])
#define HAS_CACHE(ext) ((ext) >> 16 != 0xFFFF)
#define NAME(ext)      (KR_AS(KrTupleObject, frame->code->names)->item[(ext)&0xFFFF])

    table = vm->hooks_on ? hooked : plain;
    ENTER_FRAME();
    if (throwing) {
        if (KR_UNLIKELY(vm->hooks_on) && !kr_hook_throw(vm, frame)) KR_ASSERT(kr_raised(vm));
        goto error;
    }
    if (KR_UNLIKELY(vm->hooks_on) && !kr_hook_call(vm, frame)) goto error;
    NEXT;

    COMMON_ENDS

hook:
    SAVE();
    if (!kr_hook_line(vm, frame)) goto error;
    table = vm->hooks_on ? hooked : plain;
    if (KR_UNLIKELY(frame->pc != pc)) { // f_lineno was set
        pc = frame->pc;
        w = pc[-1];
    }
    goto *plain[w & 0xFF];

poll:
    SAVE();
    if (!kr_poll_slow(vm)) {
        pc++; // raised by the instruction that comes next: the one before may be outside of its `try`
        goto error;
    }
    table = vm->hooks_on ? hooked : plain;
    NEXT;

    // ---- Registers and constants ----

op_NOP:
    NEXT;
op_MOVE:
    R[A] = R[B];
    NEXT;
op_LOADK:
    R[A] = K[BX];
    NEXT;
op_LOADKX:
    R[A] = K[*pc++];
    NEXT;
op_LOADI:
    R[A] = kr_int_box(KR_SBX(w));
    NEXT;
op_LOADS:
    R[A] = KR_SPECIAL(B);
    NEXT;
op_FARGET:
    R[A] = R[BX];
    NEXT;
op_FARPUT:
    R[BX] = R[A];
    NEXT;
op_FARARGS : {
    unsigned from = BX, count = frame->code->nparams > from ? frame->code->nparams - from : 0;
    memmove(&R[256], &R[from], count * sizeof(KrValue));
    for (unsigned i = 256 + count; i < frame->code->nregs; i++) R[i] = KR_UNSET;
    NEXT;
}
op_CHECK:
    if (KR_UNLIKELY(kr_is_unset(R[BX]))) {
        SAVE();
        kr_op_unbound_local(vm, frame, BX);
        goto error;
    }
    NEXT;
op_CLEAR:
    R[BX] = KR_UNSET;
    NEXT;
op_NEWCELL:
    SAVE();
    v = kr_cell(vm, R[BX]);
    CHECK_VALUE(v);
    R[BX] = v;
    NEXT;
op_GETCELL:
    v = KR_AS(KrCellObject, R[BX])->value;
    if (KR_UNLIKELY(kr_is_unset(v))) {
        SAVE();
        kr_op_unbound_local(vm, frame, BX);
        goto error;
    }
    R[A] = v;
    NEXT;
op_SETCELL : {
    KrCellObject *cell = KR_AS(KrCellObject, R[BX]);
    kr_store(vm, cell, &cell->value, R[A]);
    NEXT;
}
op_CLEARCELL : {
    KrCellObject *cell = KR_AS(KrCellObject, R[BX]);
    if (KR_UNLIKELY(kr_is_unset(cell->value))) {
        SAVE();
        kr_op_unbound_local(vm, frame, BX);
        goto error;
    }
    kr_store(vm, cell, &cell->value, KR_UNSET);
    NEXT;
}
#define FREE_CELL(n) KR_AS(KrCellObject, KR_AS(KrTupleObject, KR_AS(KrFunctionObject, R[-1])->closure)->item[n])
op_GETFREE:
    v = FREE_CELL(BX)->value;
    if (KR_UNLIKELY(kr_is_unset(v))) {
        SAVE();
        kr_op_unbound_free(vm, frame, BX);
        goto error;
    }
    R[A] = v;
    NEXT;
op_SETFREE : {
    KrCellObject *cell = FREE_CELL(BX);
    kr_store(vm, cell, &cell->value, R[A]);
    NEXT;
}
op_CLEARFREE : {
    KrCellObject *cell = FREE_CELL(BX);
    if (KR_UNLIKELY(kr_is_unset(cell->value))) {
        SAVE();
        kr_op_unbound_free(vm, frame, BX);
        goto error;
    }
    kr_store(vm, cell, &cell->value, KR_UNSET);
    NEXT;
}
op_LOADFREE:
    R[A] = kr_from_ptr(FREE_CELL(BX));
    NEXT;
op_GETCLASSFREE : {
    uint32_t ext = *pc++;
    SAVE();
    v = kr_op_getclassfree(vm, frame, BX, ext);
    GIVE;
}
op_GETCLASSGLOBAL : {
    uint32_t ext = *pc++;
    SAVE();
    v = kr_op_getclassglobal(vm, frame, R[B], C, ext);
    GIVE;
}

    // ---- Globals and names ----

op_GETGLOBAL : {
    uint32_t ext = *pc++;
    if (KR_LIKELY(HAS_CACHE(ext))) {
        const KrCache *cache = CACHE(ext);
        if (KR_LIKELY(cache->version == frame->globals->version &&
                      (cache->kind == KR_CACHE_GLOBAL ||
                       (cache->kind == KR_CACHE_BUILTIN && kr_int_value(cache->value) == (intptr_t)frame->builtins->version)))) {
            R[A] = *(const KrValue *)cache->guard;
            NEXT;
        }
    }
    SAVE();
    v = kr_op_getglobal(vm, frame, ext);
    GIVE;
}
op_SETGLOBAL : {
    uint32_t ext = *pc++;
    SAVE();
    if (!kr_op_setglobal(vm, frame, ext, R[A])) goto error;
    NEXT;
}
op_DELGLOBAL : {
    uint32_t ext = *pc++;
    SAVE();
    if (!kr_op_delglobal(vm, frame, ext)) goto error;
    NEXT;
}
op_GETNAME : {
    uint32_t ext = *pc++;
    if (KR_LIKELY(HAS_CACHE(ext)) && kr_ptr(R[0]) == &frame->globals->head) {
        const KrCache *cache = CACHE(ext);
        if (KR_LIKELY(cache->version == frame->globals->version &&
                      (cache->kind == KR_CACHE_GLOBAL ||
                       (cache->kind == KR_CACHE_BUILTIN && kr_int_value(cache->value) == (intptr_t)frame->builtins->version)))) {
            R[A] = *(const KrValue *)cache->guard;
            NEXT;
        }
    }
    SAVE();
    v = kr_op_getname(vm, frame, ext);
    GIVE;
}
op_SETNAME : {
    uint32_t ext = *pc++;
    if (KR_LIKELY(HAS_CACHE(ext)) && kr_ptr(R[0]) == &frame->globals->head) {
        KrCache *cache = CACHE(ext);
        if (KR_LIKELY(cache->version == frame->globals->version && cache->kind == KR_CACHE_GLOBAL)) {
            kr_store(vm, frame->globals->entries, (KrValue *)(uintptr_t)cache->guard, R[A]);
            NEXT;
        }
    }
    SAVE();
    if (!kr_op_setname(vm, frame, ext, R[A])) goto error;
    NEXT;
}
op_DELNAME : {
    uint32_t ext = *pc++;
    SAVE();
    if (!kr_op_delname(vm, frame, ext)) goto error;
    NEXT;
}

    // ---- Attributes ----

op_GETATTR : {
    uint32_t ext = *pc++;
    v = R[B];
    if (KR_LIKELY(kr_is_ptr(v) && HAS_CACHE(ext))) {
        const KrCache *cache = CACHE(ext);
        KrObject *o = kr_ptr(v);
        if (KR_UNLIKELY(cache->guard != o->shape)) cache += cache[1].guard == o->shape;
        if (KR_LIKELY(cache->guard == o->shape)) {
            if (KR_LIKELY(cache->kind == KR_CACHE_SLOT)) {
                R[A] = *(KrValue *)((char *)o + cache->index);
                NEXT;
            }
            if (cache->kind == KR_CACHE_OVERFLOW) {
                R[A] = (*kr_overflow_at(o))->slot[cache->index];
                NEXT;
            }
            if (cache->version == o->shape->version) {
                if (cache->kind == KR_CACHE_VALUE) {
                    R[A] = cache->value;
                    NEXT;
                }
                if (cache->kind == KR_CACHE_MEMBER) {
                    KrValue member = *(KrValue *)((char *)o + cache->index);
                    if (KR_LIKELY(!kr_is_unset(member))) {
                        R[A] = member;
                        NEXT;
                    }
                }
                if (cache->kind == KR_CACHE_GETTER) {
                    SAVE();
                    v = kr_type_of(cache->value)->descr_get(vm, cache->value, v, o->shape->type);
                    if (KR_UNLIKELY(kr_is_error(v))) goto error;
                    R[A] = v;
                    NEXT;
                }
                if (cache->kind == KR_CACHE_PROPERTY && !vm->hooks_on) {
                    SAVE();
                    KrFrame *f = call_getter(vm, KR_AS(KrPropertyObject, cache->value)->get, v);
                    if (f) {
                        f->result = &R[A];
                        ENTER(f);
                    }
                    if (kr_raised(vm)) goto error;
                }
            }
        } else if (cache->guard == o) {
            if (cache->kind == KR_CACHE_MODULE && cache->version == KR_AS(KrModuleObject, v)->dict->version) {
                R[A] = *kr_address_unbox(cache->value);
                NEXT;
            }
            if (cache->kind == KR_CACHE_CLASS && cache->version == kr_as_type(v)->shape.version) {
                R[A] = cache->value;
                NEXT;
            }
        }
    }
    SAVE();
    v = kr_op_getattr(vm, frame, v, ext);
    GIVE;
}
op_SETATTR : {
    uint32_t ext = *pc++;
    v = R[A];
    if (KR_LIKELY(kr_is_ptr(v) && HAS_CACHE(ext))) {
        const KrCache *cache = CACHE(ext);
        KrObject *o = kr_ptr(v);
        if (KR_LIKELY(cache->guard == o->shape)) {
            if (KR_LIKELY(cache->kind == KR_CACHE_SLOT)) {
                kr_store(vm, o, (KrValue *)((char *)o + cache->index), R[B]);
                NEXT;
            }
            if (cache->kind == KR_CACHE_ADD) {
                *(KrValue *)((char *)o + cache->index) = R[B];
                KR_STORE_PTR(vm, o, o->shape, (const KrShape *)kr_ptr(cache->value));
                NEXT;
            }
            if (cache->kind == KR_CACHE_OVERFLOW) {
                KrOverflow *overflow = *kr_overflow_at(o);
                kr_store(vm, overflow, &overflow->slot[cache->index], R[B]);
                NEXT;
            }
        }
    }
    SAVE();
    if (!kr_op_setattr(vm, frame, v, R[B], ext)) goto error;
    NEXT;
}
op_DELATTR : {
    uint32_t ext = *pc++;
    SAVE();
    if (!kr_setattr(vm, R[A], NAME(ext), KR_UNSET)) goto error;
    NEXT;
}
op_GETMETHOD : {
    uint32_t ext = *pc++;
    v = R[B];
    if (KR_LIKELY(HAS_CACHE(ext))) {
        const KrCache *cache = CACHE(ext);
        const KrObject *o = KR_LIKELY(kr_is_ptr(v)) ? kr_ptr(v) : NULL;
        const KrShape *shape = o ? o->shape : kr_is_int(v) ? &kr_int_type.shape : &kr_type_of_unboxed(v)->shape;
        if (KR_UNLIKELY(cache->guard != shape)) cache += cache[1].guard == shape;
        if (KR_LIKELY(cache->guard == shape && cache->kind == KR_CACHE_METHOD && cache->version == shape->version)) {
            R[A] = cache->value;
            R[A + 1] = v;
            NEXT;
        }
        if (cache->guard == shape && cache->version == shape->version) {
            R[A] = cache->value;
            R[A + 1] = cache->kind == KR_CACHE_FOR_CLASS ? kr_type_value(shape->type) : KR_UNSET;
            NEXT;
        }
        if (o && cache->guard == o && cache->kind == KR_CACHE_MODULE && cache->version == KR_AS(KrModuleObject, v)->dict->version) {
            R[A] = *kr_address_unbox(cache->value);
            R[A + 1] = KR_UNSET;
            NEXT;
        }
        if (o && cache->guard == o && cache->kind != KR_CACHE_MODULE && cache->version == kr_as_type(v)->shape.version) {
            R[A] = cache->value;
            R[A + 1] = cache->kind == KR_CACHE_CLASS_BOUND ? v : KR_UNSET;
            NEXT;
        }
    }
    SAVE();
    if (!kr_op_getmethod(vm, frame, v, ext, &R[A])) goto error;
    NEXT;
}

    // ---- Items ----

op_GETITEM : {
    KrValue o = R[B], key = R[C];
    if (KR_LIKELY(kr_is_ptr(o))) {
        const KrShape *shape = kr_ptr(o)->shape;
        if (kr_is_int(key)) {
            intptr_t i = kr_int_value(key);
            if (shape == &kr_list_type.shape) {
                const KrListObject *list = KR_AS(KrListObject, o);
                if (i < 0) i += (intptr_t)list->len;
                if (KR_LIKELY((size_t)i < list->len)) {
                    R[A] = list->items->item[i];
                    NEXT;
                }
            } else if (shape == &kr_tuple_type.shape) {
                const KrTupleObject *tuple = KR_AS(KrTupleObject, o);
                if (i < 0) i += (intptr_t)tuple->len;
                if (KR_LIKELY((size_t)i < tuple->len)) {
                    R[A] = tuple->item[i];
                    NEXT;
                }
            } else if (shape == &kr_bytearray_type.shape) {
                const KrByteArrayObject *bytes = KR_AS(KrByteArrayObject, o);
                if (KR_LIKELY((size_t)i < bytes->len)) {
                    R[A] = kr_int_box(bytes->raw->data[bytes->offset + (size_t)i]);
                    NEXT;
                }
            } else if (shape == &kr_bytes_type.shape) {
                const KrBytesObject *bytes = KR_AS(KrBytesObject, o);
                if (KR_LIKELY((size_t)i < bytes->len)) {
                    R[A] = kr_int_box(bytes->data[i]);
                    NEXT;
                }
            } else if (shape == &kr_str_type.shape && ascii_char_at(vm, kr_str_of(o), (size_t)i, &v)) {
                R[A] = v;
                NEXT;
            }
        }
        if (shape == &kr_dict_type.shape) {
            SAVE();
            if (!kr_dict_find(vm, o, key, &v)) goto error;
            if (KR_UNLIKELY(kr_is_unset(v))) {
                kr_raise_key(vm, key);
                goto error;
            }
            R[A] = v;
            NEXT;
        }
    }
    SAVE();
    if (kr_is_ptr(o) && kr_is_heap_type(kr_type_of(o))) {
        KrFrame *f = call_method(vm, kr_type_lookup(vm, kr_type_of(o), KR_N(__getitem__)), o, key);
        if (f) {
            f->result = &R[A];
            ENTER(f);
        }
        if (kr_raised(vm)) goto error;
    }
    v = kr_getitem(vm, o, key);
    GIVE;
}
op_GETITEMI : {
    KrValue o = R[B];
    size_t i = C;
    if (KR_LIKELY(kr_is_ptr(o))) {
        const KrShape *shape = kr_ptr(o)->shape;
        if (shape == &kr_tuple_type.shape && i < KR_AS(KrTupleObject, o)->len) {
            R[A] = KR_AS(KrTupleObject, o)->item[i];
            NEXT;
        }
        if (shape == &kr_list_type.shape && i < KR_AS(KrListObject, o)->len) {
            R[A] = KR_AS(KrListObject, o)->items->item[i];
            NEXT;
        }
        if (shape == &kr_bytes_type.shape && i < KR_AS(KrBytesObject, o)->len) {
            R[A] = kr_int_box(KR_AS(KrBytesObject, o)->data[i]);
            NEXT;
        }
        if (shape == &kr_str_type.shape && ascii_char_at(vm, kr_str_of(o), i, &v)) {
            R[A] = v;
            NEXT;
        }
    }
    SAVE();
    v = kr_getitem(vm, o, kr_int_box((intptr_t)i));
    GIVE;
}
op_SETITEM : {
    KrValue o = R[A], key = R[B];
    if (KR_LIKELY(kr_is_ptr(o))) {
        const KrShape *shape = kr_ptr(o)->shape;
        if (kr_is_int(key)) {
            intptr_t i = kr_int_value(key);
            if (shape == &kr_list_type.shape) {
                KrListObject *list = KR_AS(KrListObject, o);
                if (i < 0) i += (intptr_t)list->len;
                if (KR_LIKELY((size_t)i < list->len)) {
                    kr_store(vm, list->items, &list->items->item[i], R[C]);
                    NEXT;
                }
            } else if (shape == &kr_bytearray_type.shape) {
                KrByteArrayObject *bytes = KR_AS(KrByteArrayObject, o);
                if (KR_LIKELY((size_t)i < bytes->len && kr_is_int(R[C]) && (uintptr_t)kr_int_value(R[C]) < 256)) {
                    bytes->raw->data[bytes->offset + (size_t)i] = (uint8_t)kr_int_value(R[C]);
                    NEXT;
                }
            }
        }
        if (shape == &kr_dict_type.shape) {
            SAVE();
            if (!kr_dict_set(vm, o, key, R[C])) goto error;
            NEXT;
        }
    }
    SAVE();
    if (!kr_setitem(vm, o, key, R[C])) goto error;
    NEXT;
}
op_DELITEM:
    SAVE();
    if (!kr_setitem(vm, R[A], R[B], KR_UNSET)) goto error;
    NEXT;
op_GETSLICE:
    SAVE();
    v = kr_op_getslice(vm, R[B], R[C], R[C + 1]);
    GIVE;

    // ---- Arithmetic ----

#define SLOW_BINARY(op, a, b) \
    left = a, right = b, operation = op; \
    goto binary
#define SLOW_INPLACE(op, a, b) \
    SAVE(); \
    v = kr_inplace(vm, op, a, b); \
    GIVE
#define INT_PATH(test) \
    if (kr_both_int(a, b) && KR_LIKELY(test)) { \
        R[A] = v; \
        NEXT; \
    }
#define FLOAT_PATH(expression) \
    { \
        double x, y; \
        if (!kr_both_int(a, b) && as_doubles(a, b, &x, &y)) { \
            SAVE(); \
            v = kr_float(vm, expression); \
            GIVE; \
        } \
    }
#define FAST_ADD      INT_PATH(kr_int_add(a, b, &v)) FLOAT_PATH(x + y)
#define FAST_SUB      INT_PATH(kr_int_sub(a, b, &v)) FLOAT_PATH(x - y)
#define FAST_MUL      INT_PATH(kr_int_mul(a, b, &v)) FLOAT_PATH(x *y)
#define FAST_FLOORDIV INT_PATH(int_floordiv(a, b, &v))
#define FAST_MOD      INT_PATH(int_mod(a, b, &v))
#define FAST_LSHIFT   INT_PATH(int_lshift(a, b, &v))
#define FAST_RSHIFT   INT_PATH(int_rshift(a, b, &v))
#define FAST_AND      INT_PATH((v = kr_int_box(kr_int_value(a) & kr_int_value(b)), true))
#define FAST_OR       INT_PATH((v = kr_int_box(kr_int_value(a) | kr_int_value(b)), true))
#define FAST_XOR      INT_PATH((v = kr_int_box(kr_int_value(a) ^ kr_int_value(b)), true))
#define FAST_POW
#define FAST_MATMUL
#define FAST_TRUEDIV \
    { \
        double x, y; \
        if (as_doubles(a, b, &x, &y) && y != 0 && (!kr_both_int(a, b) || (exact_in_double(a) && exact_in_double(b)))) { \
            SAVE(); \
            v = kr_float(vm, x / y); \
            GIVE; \
        } \
    }
#define BINARY(NAME) \
    op_##NAME : { \
        KrValue a = R[B], b = R[C]; \
        FAST_##NAME SLOW_BINARY(KR_##NAME, a, b); \
    } \
    op_I##NAME : { \
        KrValue a = R[B], b = R[C]; \
        FAST_##NAME SLOW_INPLACE(KR_##NAME, a, b); \
    }
#define BINARY_K(NAME) \
    op_##NAME##K : { \
        KrValue a = R[B], b = K[C]; \
        FAST_##NAME SLOW_BINARY(KR_##NAME, a, b); \
    }

    BINARY(ADD)
    BINARY(SUB)
    BINARY(MUL)
    BINARY(MATMUL)
    BINARY(TRUEDIV)
    BINARY(FLOORDIV)
    BINARY(MOD)
    BINARY(POW)
    BINARY(LSHIFT)
    BINARY(RSHIFT)
    BINARY(AND)
    BINARY(OR)
    BINARY(XOR)
    BINARY_K(ADD)
    BINARY_K(SUB)
    BINARY_K(MUL)
    BINARY_K(TRUEDIV)
    BINARY_K(FLOORDIV)
    BINARY_K(MOD)
    BINARY_K(LSHIFT)
    BINARY_K(RSHIFT)
    BINARY_K(AND)

#define IMMEDIATE(LABEL, INT_OP, FLOAT_OP, SLOW) \
    op_##LABEL : { \
        KrValue a = R[B], b = kr_int_box(KR_SC(w)); \
        if (KR_LIKELY(kr_is_int(a) && INT_OP(a, b, &v))) { \
            R[A] = v; \
            NEXT; \
        } \
        if (is_plain_double(a)) { \
            SAVE(); \
            v = kr_float(vm, plain_double(a) FLOAT_OP(double) KR_SC(w)); \
            GIVE; \
        } \
        SLOW; \
    }
    IMMEDIATE(ADDI, kr_int_add, +, SLOW_BINARY(KR_ADD, a, b))
    IMMEDIATE(SUBI, kr_int_sub, -, SLOW_BINARY(KR_SUB, a, b))
    IMMEDIATE(IADDI, kr_int_add, +, SLOW_INPLACE(KR_ADD, a, b))
    IMMEDIATE(ISUBI, kr_int_sub, -, SLOW_INPLACE(KR_SUB, a, b))

op_NEG:
    v = R[B];
    if (kr_is_int(v) && kr_int_value(v) != KR_INT_MIN) {
        R[A] = kr_int_box(-kr_int_value(v));
        NEXT;
    }
    SAVE();
    v = kr_unary(vm, KR_NEG, v);
    GIVE;
op_POS:
    SAVE();
    v = kr_unary(vm, KR_POS, R[B]);
    GIVE;
op_INVERT:
    SAVE();
    v = kr_unary(vm, KR_INVERT, R[B]);
    GIVE;
op_NOT : {
    bool truth;
    if (!fast_truth(R[B], &truth)) {
        SAVE();
        if (!kr_truth(vm, R[B], &truth)) goto error;
    }
    R[A] = kr_bool(!truth);
    NEXT;
}

// ---- Comparison ----

#define INT_LT(a, b) kr_int_less(a, b)
#define INT_LE(a, b) !kr_int_less(b, a)
#define INT_GT(a, b) kr_int_less(b, a)
#define INT_GE(a, b) !kr_int_less(a, b)
#define INT_EQ(a, b) kr_same(a, b)
#define INT_NE(a, b) !kr_same(a, b)
#define COMPARE(NAME, OP) \
    op_##NAME : { \
        KrValue a = R[B], b = R[C]; \
        double x, y; \
        if (kr_both_int(a, b)) { \
            R[A] = kr_bool(INT_##NAME(a, b)); \
            NEXT; \
        } \
        if (is_plain_double(a) && is_plain_double(b)) { \
            x = plain_double(a), y = plain_double(b); \
            R[A] = kr_bool(x OP y); \
            NEXT; \
        } \
        left = a, right = b, operation = KR_##NAME; \
        goto compare; \
    } \
    op_J##NAME : { \
        KrValue a = R[A], b = R[B]; \
        int32_t offset = (int32_t)*pc++; \
        bool truth; \
        if (kr_both_int(a, b)) { \
            truth = INT_##NAME(a, b); \
        } else if (is_plain_double(a) && is_plain_double(b)) { \
            truth = plain_double(a) OP plain_double(b); \
        } else { \
            left = a, right = b, operation = KR_##NAME; \
            goto compare_jump; \
        } \
        if (truth == (bool)C) JUMP(offset); \
        NEXT; \
    } \
    op_J##NAME##I : { \
        KrValue a = R[A]; \
        int32_t offset = (int32_t)*pc++; \
        bool truth; \
        if (KR_LIKELY(kr_is_int(a))) { \
            truth = kr_int_value(a) OP KR_SB(w); \
        } else if (is_plain_double(a)) { \
            truth = plain_double(a) OP(double) KR_SB(w); \
        } else { \
            SAVE(); \
            if (!kr_compare_bool(vm, a, kr_int_box(KR_SB(w)), KR_##NAME, &truth)) goto error; \
        } \
        if (truth == (bool)C) JUMP(offset); \
        NEXT; \
    }
    COMPARE(LT, <)
    COMPARE(LE, <=)
    COMPARE(EQ, ==)
    COMPARE(NE, !=)
    COMPARE(GT, >)
    COMPARE(GE, >=)

binary : { // left, right, operation
    SAVE();
    if (kr_of_user_class(left)) {
        KrFrame *f = call_operator(vm, left, right, operation, 0);
        if (f) {
            f->result = &R[A];
            ENTER(f);
        }
        if (kr_raised(vm)) goto error;
    }
    v = kr_binary(vm, (KrBinary)operation, left, right);
    GIVE;
}
compare : {
    SAVE();
    if (kr_of_user_class(left)) {
        KrFrame *f = call_operator(vm, left, right, operation, KR_FRAME_COMPARE);
        if (f) {
            f->result = &R[A];
            ENTER(f);
        }
        if (kr_raised(vm)) goto error;
    }
    v = kr_compare(vm, left, right, (KrCompareOp)operation);
    GIVE;
}
compare_jump : {
    SAVE();
    if (kr_of_user_class(left)) {
        KrFrame *f = call_operator(vm, left, right, operation, KR_FRAME_COMPARE | KR_FRAME_JUMP);
        if (f) {
            f->result = NULL; // the jump is made where it returns
            ENTER(f);
        }
        if (kr_raised(vm)) goto error;
    }
    bool truth;
    if (!kr_compare_bool(vm, left, right, (KrCompareOp)operation, &truth)) goto error;
    if (truth == (bool)C) JUMP((int32_t)pc[-1]);
    NEXT;
}

op_IS:
    R[A] = kr_bool(kr_same(R[B], R[C]));
    NEXT;
op_ISNOT:
    R[A] = kr_bool(!kr_same(R[B], R[C]));
    NEXT;
op_IN : {
    bool found;
    SAVE();
    if (!kr_contains(vm, R[C], R[B], &found)) goto error;
    R[A] = kr_bool(found);
    NEXT;
}
op_NOTIN : {
    bool found;
    SAVE();
    if (!kr_contains(vm, R[C], R[B], &found)) goto error;
    R[A] = kr_bool(!found);
    NEXT;
}

    // ---- Jumps ----

op_JMP:
    pc += KR_SJ(w);
    NEXT;
op_LOOP:
    pc += KR_SJ(w);
    if (KR_UNLIKELY(--vm->fuel < 0)) goto poll;
    NEXT;
op_JTRUE : {
    int32_t offset = (int32_t)*pc++;
    bool truth;
    if (!fast_truth(R[A], &truth)) {
        SAVE();
        if (!kr_truth(vm, R[A], &truth)) goto error;
    }
    if (truth) JUMP(offset);
    NEXT;
}
op_JFALSE : {
    int32_t offset = (int32_t)*pc++;
    bool truth;
    if (!fast_truth(R[A], &truth)) {
        SAVE();
        if (!kr_truth(vm, R[A], &truth)) goto error;
    }
    if (!truth) JUMP(offset);
    NEXT;
}
op_JNONE : {
    int32_t offset = (int32_t)*pc++;
    if (kr_is_none(R[A])) JUMP(offset);
    NEXT;
}
op_JNOTNONE : {
    int32_t offset = (int32_t)*pc++;
    if (!kr_is_none(R[A])) JUMP(offset);
    NEXT;
}
op_JIS : {
    int32_t offset = (int32_t)*pc++;
    if (kr_same(R[A], R[B]) == (bool)C) JUMP(offset);
    NEXT;
}
op_JIN : {
    int32_t offset = (int32_t)*pc++;
    bool found;
    SAVE();
    if (!kr_contains(vm, R[B], R[A], &found)) goto error;
    if (found == (bool)C) JUMP(offset);
    NEXT;
}

    // ---- Iteration ----

op_FORPREP:
    v = R[B];
    if (kr_is_ptr(v)) {
        const KrShape *shape = kr_ptr(v)->shape;
        if (shape == &kr_list_type.shape || shape == &kr_tuple_type.shape ||
            (shape == &kr_range_type.shape && KR_AS(KrRangeObject, v)->small) || shape == &kr_bytes_type.shape ||
            (shape == &kr_str_type.shape && kr_str_of(v)->flags & KR_STR_ASCII)) {
            R[A] = v;
            R[A + 1] = kr_int_box(0);
            NEXT;
        }
        if (shape == &kr_generator_type.shape) {
            R[A] = v;
            R[A + 1] = KR_UNSET;
            NEXT;
        }
    }
    SAVE();
    if (!C) v = kr_iter(vm, v);
    CHECK_VALUE(v);
    R[A] = v;
    R[A + 1] = KR_UNSET;
    NEXT;
op_FORNEXT : {
    int32_t offset = (int32_t)*pc++;
    KrValue state = R[A + 1], o = R[A];
    if (KR_LIKELY(kr_is_int(state))) {
        size_t i = (size_t)kr_int_value(state);
        const KrShape *shape = kr_ptr(o)->shape;
        if (shape == &kr_range_type.shape) {
            const KrRangeObject *range = KR_AS(KrRangeObject, o);
            if (i >= (size_t)range->count) NEXT;
            v = kr_int_box(range->first + (intptr_t)i * range->stride);
        } else if (shape == &kr_list_type.shape) {
            const KrListObject *list = KR_AS(KrListObject, o);
            if (i >= list->len) NEXT;
            v = list->items->item[i];
        } else if (shape == &kr_tuple_type.shape) {
            const KrTupleObject *tuple = KR_AS(KrTupleObject, o);
            if (i >= tuple->len) NEXT;
            v = tuple->item[i];
        } else if (shape == &kr_bytes_type.shape) {
            const KrBytesObject *bytes = KR_AS(KrBytesObject, o);
            if (i >= bytes->len) NEXT;
            v = kr_int_box(bytes->data[i]);
        } else {
            const KrStrObject *s = kr_str_of(o);
            if (i >= s->len) NEXT;
            if (!ascii_char_at(vm, s, i, &v)) {
                SAVE();
                v = kr_str_from_codepoint(vm, (unsigned char)kr_str_data(s)[i]);
                CHECK_VALUE(v);
            }
        }
        R[A + 1] = kr_int_box((intptr_t)i + 1);
        R[B] = v;
        JUMP(offset);
    }
    SAVE();
    if (kr_ptr(o)->shape == &kr_generator_type.shape) {
        KrGenerator *g = KR_AS(KrGenerator, o);
        if (g->state == KR_GEN_DONE) NEXT;
        if (KR_LIKELY(g->state <= KR_GEN_SUSPENDED && th->depth < vm->recursion_limit)) {
            if (g->state == KR_GEN_SUSPENDED) {
                KrInstr at = g->frame.pc[0];
                if ((at & 0xFF) == KR_OP_YIELDFROM) g->frame.base[KR_A(at) + 1] = KR_NONE;
                else g->frame.base[KR_A(g->frame.pc[-1])] = KR_NONE;
            }
            kr_generator_enter(vm, g, KR_RESUME_FOR);
            g->frame.result = &R[B];
            frame = &g->frame;
            ENTER_FRAME();
            if (KR_UNLIKELY(vm->hooks_on)) goto call_hook;
            if (KR_UNLIKELY(--vm->fuel < 0)) goto poll;
            NEXT;
        }
    }
    {
        const KrType *type = kr_ptr(o)->shape->type;
        KrInstr body = pc[offset];
        if ((body & 0xFF) == KR_OP_UNPACK && KR_B(body) == 2 && KR_C(body) == B && B >= frame->code->nlocals) {
            KrValue pair[2];
            v = next_pair(vm, type, o, pair);
            if (KR_LIKELY(kr_is_none(v))) {
                R[B] = v; // the tuple that is not made; nothing else reads it
                R[KR_A(body)] = pair[0];
                R[KR_A(body) + 1] = pair[1];
                JUMP(offset + 1);
            }
            if (kr_is_done(v)) NEXT;
            if (kr_is_error(v) && !kr_raised_is(vm, &kr_stop_iteration)) goto error;
            if (kr_is_error(v)) {
                (void)kr_take_raised(vm);
                NEXT;
            }
        }
        v = KR_LIKELY(type->next != NULL) ? type->next(vm, o) : kr_next(vm, o);
        if (KR_UNLIKELY(kr_is_error(v))) { // an end with a value
            if (!kr_raised_is(vm, &kr_stop_iteration)) goto error;
            v = kr_take_raised(vm);
            if (KR_UNLIKELY(vm->hooks_on) && !kr_hook_stop(vm, frame, KR_UNSET, v, true)) goto error;
            NEXT;
        }
    }
    if (kr_is_done(v)) NEXT;
    R[B] = v;
    JUMP(offset);
}
op_GETITER:
    SAVE();
    v = kr_iter(vm, R[B]);
    GIVE;

    // ---- Calls ----

    {
        KrValue *window, names;
        unsigned count;

    op_CALL:
        window = &R[A + 1];
        count = B;
        goto call;
    op_CALLM:
        window = &R[A + 1];
        count = B + 1;
        if (KR_UNLIKELY(kr_is_unset(*window))) { // a plain callable: it moves next to its arguments
            *window++ = R[A];
            count--;
        }
    call:
        v = window[-1];
        if (KR_LIKELY(kr_is_ptr(v))) {
            const KrShape *shape = kr_ptr(v)->shape;
            if (KR_LIKELY(shape == &kr_function_type.shape)) {
            python:;
                KrFunctionObject *function = KR_AS(KrFunctionObject, v);
                KrCode *code = function->code;
                if (KR_LIKELY(count == code->quick && CAN_PUSH(code))) {
                push:
                    function = KR_AS(KrFunctionObject, window[-1]);
                    code = function->code;
                    SAVE();
                    KrFrame *f = th->frame_pool;
                    th->frame_pool = f->next;
                    f->prev = frame;
                    f->base = R = window;
                    f->top = window + code->nregs;
                    f->code = code;
                    f->caches = code->cache;
                    f->globals = KR_AS(KrDictObject, function->globals);
                    f->builtins = KR_AS(KrDictObject, function->builtins);
                    f->result = &frame->base[C];
                    for (unsigned i = code->nparams; i < code->nlocals; i++) window[i] = KR_UNSET;
                    if (KR_DEBUG) kr_frame_poison(window, code->nlocals, code->nregs);
                    K = KR_AS(KrTupleObject, code->consts)->item;
                    pc = code->instr;
                    th->frame = frame = f;
                    th->depth++;
                    if (KR_UNLIKELY(vm->hooks_on)) goto call_hook;
                    if (KR_UNLIKELY(--vm->fuel < 0)) goto poll;
                    NEXT;
                }
                names = KR_UNSET;
            python_names:
                function = KR_AS(KrFunctionObject, window[-1]);
                code = function->code;
                SAVE();
                if (code->in_place && !kr_code_far(frame->code) && CAN_PUSH(code) && kr_bind_in_place(vm, function, window, count, names))
                    goto push;
                if (kr_raised(vm)) goto error;
                goto call_python_slow;
            }
            if (shape == &kr_native_type.shape) {
                KrNativeObject *native = KR_AS(KrNativeObject, v);
                SAVE();
                if (KR_LIKELY(native->exact == count)) v = native->row->call(vm, native->self, window);
                else {
                    v = kr_native_type.call(vm, v, window, count, KR_UNSET);
                    if (KR_UNLIKELY(vm->hooks_on)) table = hooked; // from the next instruction on
                }
                KR_ASSERT(kr_is_error(v) == kr_raised(vm));
                CHECK_VALUE(v);
                R[C] = v;
                NEXT;
            }
            if (shape == &kr_method_descriptor_type.shape && count > 0) {
                KrNativeObject *native = KR_AS(KrNativeObject, v);
                if (KR_LIKELY(kr_isa(window[0], native->owner))) {
                    SAVE();
                    if (KR_LIKELY(native->exact == count - 1)) v = native->row->call(vm, window[0], window + 1);
                    else v = kr_native_call(vm, native, window[0], window + 1, count - 1, KR_UNSET);
                    KR_ASSERT(kr_is_error(v) == kr_raised(vm));
                    CHECK_VALUE(v);
                    R[C] = v;
                    NEXT;
                }
            }
            if (shape == &kr_method_type.shape && kr_type_of(KR_AS(KrMethodObject, v)->function) == &kr_function_type) {
                KrMethodObject *method = KR_AS(KrMethodObject, v); // self goes before the arguments; the window has one register to spare
                memmove(window + 1, window, count * sizeof(KrValue));
                window[-1] = method->function;
                window[0] = method->self;
                count++;
                goto call;
            }
            if (shape->type->flags & KR_TYPE_IS_TYPE && shape == &kr_type_type.shape) {
                const KrType *type = kr_as_type(v);
                SAVE();
                if (type == &kr_super_type && count == 0) {
                    v = kr_super_here(vm);
                    CHECK_VALUE(v);
                    R[C] = v;
                    NEXT;
                }
                if ((type->flags & KR_TYPE_HEAP) && !vm->hooks_on && th->depth < vm->recursion_limit) {
                    KrFrame *f = instantiate(vm, type, window, count, &v);
                    if (f) {
                        f->result = &R[C];
                        ENTER(f);
                    }
                    CHECK_VALUE(v);
                }
                if (type->flags & KR_TYPE_HEAP) v = kr_call_names(vm, window[-1], window, count, KR_UNSET);
                else if (type == &kr_type_type && count == 1) v = kr_type_value(kr_type_of(window[0]));
                else if (!kr_is_deep(vm)) v = kr_static_type_call(vm, type, window, count, KR_UNSET);
                else v = kr_call_names(vm, window[-1], window, count, KR_UNSET);
                KR_ASSERT(kr_is_error(v) == kr_raised(vm));
                CHECK_VALUE(v);
                R[C] = v;
                NEXT;
            }
            if (shape->type == &kr_function_type) goto python;
            if (kr_is_heap_type(shape->type) && count == B && !vm->hooks_on) { // an instance whose class has a function __call__
                KrValue method = kr_type_lookup(vm, shape->type, KR_N(__call__));
                if (kr_is_exact(method, &kr_function_type)) {
                    memmove(window + 1, window, count * sizeof(KrValue));
                    window[-1] = method;
                    window[0] = v;
                    count++;
                    goto call;
                }
            }
        }
        SAVE();
        v = kr_call_names(vm, window[-1], window, count, KR_UNSET);
        CHECK_VALUE(v);
        R[C] = v;
        NEXT;

    op_CALLKW:
        window = &R[A + 1];
        count = B;
        goto call_names;
    op_CALLMKW:
        window = &R[A + 1];
        count = B + 1;
        if (kr_is_unset(*window)) {
            *window++ = R[A];
            count--;
        }
    call_names:
        names = K[*pc++];
        count -= (unsigned)KR_AS(KrTupleObject, names)->len; // positional ones
        SAVE();
        v = window[-1];
        if (kr_is_ptr(v) && kr_ptr(v)->shape->type == &kr_function_type) goto python_names;
        v = kr_call_names(vm, v, window, count, names);
        CHECK_VALUE(v);
        R[C] = v;
        NEXT;

    op_CALLEX:
        SAVE();
        v = R[A];
        window = &R[A + 1];
        if (kr_is_ptr(v) && kr_ptr(v)->shape == &kr_function_type.shape) {
            KrFunctionObject *function = KR_AS(KrFunctionObject, v);
            if (function->code->in_place && !kr_code_far(frame->code) && CAN_PUSH(function->code) &&
                kr_bind_spread(vm, function, window, B))
                goto push;
            if (kr_raised(vm)) goto error;
        }
        v = kr_call_spread(vm, window, B);
        CHECK_VALUE(v);
        R[C] = v;
        NEXT;

    call_python_slow : { // any Python function: bind into a fresh window; generators are made, not run
        KrFunctionObject *function = KR_AS(KrFunctionObject, window[-1]);
        SAVE();
        if (KR_UNLIKELY(th->depth >= vm->recursion_limit)) {
            kr_raise_recursion(vm);
            goto error;
        }
        if (function->code->flags & KR_CODE_ANY_GENERATOR) {
            v = kr_generator_new(vm, function, window, count, names);
            CHECK_VALUE(v);
            R[C] = v;
            KR_AS(KrGenerator, v)->sole = uses_up(*pc, C) && !vm->hooks_on;
            NEXT;
        }
        KrFrame *f = kr_frame_open(vm, function);
        if (!f) goto error;
        kr_frame_push(vm, f);
        if (!kr_bind_arguments(vm, function, f->base, window, count, names)) goto pop_and_fail;
        f->result = &R[C];
        frame = f;
        ENTER_FRAME();
        if (KR_UNLIKELY(vm->hooks_on)) goto call_hook;
        if (KR_UNLIKELY(--vm->fuel < 0)) goto poll;
        NEXT;
    pop_and_fail:
        th->frame = f->prev;
        th->depth--;
        if (f->flags | (uintptr_t)f->object) kr_frame_leave(vm, f);
        kr_frame_release(th, f);
        goto error;
    }
    }

call_hook:
    SAVE();
    table = hooked;
    if (!kr_hook_call(vm, frame)) goto error;
    NEXT;

op_RETNONE:
    v = KR_NONE;
    goto leave;
op_RET:
    v = R[A];
leave : {
    KrFrame *f = frame;
    if (KR_UNLIKELY(vm->hooks_on)) {
        SAVE();
        if (!kr_hook_return(vm, frame, v)) goto unwind;
        table = hooked; // the caller may not know yet
    }
    if (KR_UNLIKELY(f->flags | (uintptr_t)f->object)) {
        SAVE();
        if (f->flags & KR_FRAME_INIT) {
            if (!kr_is_none(v)) {
                kr_raise(vm, &kr_type_error, "__init__() should return None, not '%T'", v);
                goto give_up; // the error is its caller's
            }
            v = f->instance;
        }
        if (f->flags & KR_FRAME_GENERATOR) {
            KrGenerator *g = f->generator;
            unsigned by = g->resumed_by;
            kr_generator_suspend(vm, g, KR_GEN_DONE);
            if (by == KR_RESUME_C) return v;
            frame = th->frame;
            ENTER_FRAME();
            if (by == KR_RESUME_FROM) { // pc is at the YIELDFROM
                w = *pc++;
                R[A] = v;
            }
            if (KR_UNLIKELY(vm->hooks_on)) {
                SAVE();
                if (!kr_hook_stop(vm, frame, v, KR_UNSET, by == KR_RESUME_FOR)) goto error;
            }
            NEXT;
        }
        kr_frame_leave(vm, f);
        if (f->flags & KR_FRAME_ENTRY) {
            th->frame = f->prev;
            th->depth--;
            return kr_frame_release(th, f), v;
        }
        uint32_t flags = f->flags;
        f->flags = 0;
        if (flags & KR_FRAME_JUMP || (flags & KR_FRAME_OPERATOR && kr_is_notimpl(v))) {
            left = f->operand[0], right = f->operand[1], operation = f->operation;
            if (KR_DEBUG) kr_frame_poison(f->base, 0, f->code->nregs);
            th->frame = frame = f->prev;
            th->depth--;
            kr_frame_release(th, f);
            ENTER_FRAME();
            w = flags & KR_FRAME_JUMP ? pc[-2] : pc[-1];
            if (kr_is_notimpl(v)) {
                v = flags & KR_FRAME_COMPARE ? kr_compare_after(vm, (KrCompareOp)operation, left, right)
                                             : kr_binary_after(vm, (KrBinary)operation, left, right);
                CHECK_VALUE(v);
            }
            if (!(flags & KR_FRAME_JUMP)) {
                R[A] = v;
                NEXT;
            }
            bool truth;
            if (!kr_truth(vm, v, &truth)) goto error;
            if (truth == (bool)C) JUMP((int32_t)pc[-1]);
            NEXT;
        }
    }
    th->frame = f->prev;
    th->depth--;
    f->next = th->frame_pool;
    th->frame_pool = f;
    if (KR_DEBUG) kr_frame_poison(f->base, 0, f->code->nregs);
    *f->result = v;
    frame = f->prev;
    ENTER_FRAME();
    NEXT;
}

    // ---- Generators and coroutines ----

op_YIELD:
    v = R[B];
    SAVE();
    frame->generator->async_value = true;
yield : { // suspended with pc saved; v goes to whoever resumed
    KrGenerator *g = frame->generator;
    if (KR_UNLIKELY(vm->hooks_on) && !kr_hook_return(vm, frame, v)) goto error;
    unsigned by = g->resumed_by;
    KrValue *result = frame->result;
    kr_generator_suspend(vm, g, KR_GEN_SUSPENDED);
    if (by == KR_RESUME_C) return v;
    frame = th->frame;
    ENTER_FRAME();
    if (by == KR_RESUME_FOR) {
        *result = v;
        pc += (int32_t)pc[-1];
        NEXT;
    }
    frame->generator->async_value = false;
    goto yield; // by YIELDFROM: the outer generator yields it in turn; its pc is at the YIELDFROM
}
op_YIELDFROM : {
    KrValue iterator = R[A];
    if (kr_is_generator(iterator)) {
        KrGenerator *g = KR_AS(KrGenerator, iterator);
        if (KR_LIKELY(g->state <= KR_GEN_SUSPENDED && th->depth < vm->recursion_limit &&
                      !(g->state == KR_GEN_CREATED && !kr_is_none(R[A + 1])))) {
            frame->pc = pc - 1;
            if (g->state == KR_GEN_SUSPENDED) {
                KrInstr at = g->frame.pc[0];
                if ((at & 0xFF) == KR_OP_YIELDFROM) g->frame.base[KR_A(at) + 1] = R[A + 1];
                else g->frame.base[KR_A(g->frame.pc[-1])] = R[A + 1];
            }
            kr_generator_enter(vm, g, KR_RESUME_FROM);
            frame = &g->frame;
            ENTER_FRAME();
            if (KR_UNLIKELY(vm->hooks_on)) goto call_hook;
            if (KR_UNLIKELY(--vm->fuel < 0)) goto poll;
            NEXT;
        }
    }
    bool done;
    SAVE();
    v = kr_op_yield_from(vm, iterator, R[A + 1], &done);
    CHECK_VALUE(v);
    if (done) {
        R[A] = v;
        NEXT;
    }
    frame->pc = pc - 1;
    frame->generator->async_value = false;
    goto yield;
}
op_GETAWAIT:
    SAVE();
    v = kr_op_getawait(vm, R[B], C);
    GIVE;
op_YIELDITER:
    SAVE();
    v = kr_op_yield_iter(vm, frame, R[B]);
    GIVE;
op_AITER:
    SAVE();
    v = kr_op_aiter(vm, R[B]);
    GIVE;
op_ANEXT:
    SAVE();
    v = kr_op_anext(vm, R[B]);
    GIVE;
op_ENDASYNC:
    SAVE();
    if (kr_isa(R[A], &kr_stop_async_iteration)) NEXT;
    kr_op_reraise(vm, R[A]);
    goto reraise;

    // ---- Exceptions ----

op_RAISE : {
    bool again = C == 0 && !kr_is_none(kr_handled(vm));
    SAVE();
    kr_op_raise(vm, R[A], R[B], C);
    if (again) goto reraise;
    goto error;
}
op_RERAISE:
    SAVE();
    kr_op_reraise(vm, R[A]);
    goto reraise;
op_PUSHEXC:
    R[B] = frame->generator && kr_same(th->handled, frame->generator->outer_handled) ? KR_UNSET : th->handled;
    th->handled = R[A];
    NEXT;
op_POPEXC:
    th->handled = !kr_is_unset(R[A]) ? R[A] : frame->generator->masked ? KR_NONE : frame->generator->outer_handled;
    NEXT;
op_JNOMATCH : {
    int32_t offset = (int32_t)*pc++;
    bool matches;
    SAVE();
    if (!kr_op_match(vm, R[A], R[B], &matches)) goto error;
    if (!matches) JUMP(offset);
    NEXT;
}
op_EGMATCH:
    SAVE();
    if (!kr_op_group_match(vm, R[B], R[C], &R[A])) goto error;
    NEXT;
op_EGRAISE:
    SAVE();
    v = kr_op_group_raise(vm, R[B], R[C - 1], R[C]);
    GIVE;
op_WITHENTER:
    SAVE();
    if (!kr_op_with_enter(vm, R[B], C, &R[A])) goto error;
    NEXT;
op_WITHEXC:
    SAVE();
    v = kr_op_with_exit(vm, R[B], R[C]);
    GIVE;

    // ---- Building ----

op_UNPACK : {
    KrValue o = R[C];
    unsigned count = B;
    if (kr_is_ptr(o)) {
        const KrShape *shape = kr_ptr(o)->shape;
        if (shape == &kr_tuple_type.shape && KR_AS(KrTupleObject, o)->len == count) {
            const KrValue *item = KR_AS(KrTupleObject, o)->item;
            for (unsigned i = 0; i < count; i++) R[A + i] = item[i];
            NEXT;
        }
        if (shape == &kr_list_type.shape && KR_AS(KrListObject, o)->len == count) {
            for (unsigned i = 0; i < count; i++) R[A + i] = KR_AS(KrListObject, o)->items->item[i];
            NEXT;
        }
    }
    SAVE();
    if (!kr_op_unpack(vm, o, &R[A], count)) goto error;
    NEXT;
}
op_UNPACKEX : {
    uint32_t after = *pc++;
    SAVE();
    if (!kr_op_unpack_star(vm, R[C], &R[A], B, after)) goto error;
    NEXT;
}
op_LIST:
    SAVE();
    v = kr_list(vm, C, &R[B]);
    GIVE;
op_TUPLE:
    SAVE();
    v = kr_tuple(vm, C, &R[B]);
    GIVE;
op_SET:
    SAVE();
    v = kr_set(vm, KR_UNSET);
    CHECK_VALUE(v);
    for (unsigned i = 0; i < C; i++)
        if (!kr_set_add(vm, v, R[B + i])) goto error;
    R[A] = v;
    NEXT;
op_DICT:
    SAVE();
    v = kr_op_dict(vm, &R[B], C);
    GIVE;
op_STRING:
    SAVE();
    v = kr_str_join(vm, &R[B], C);
    GIVE;
op_APPEND : {
    SAVE();
    if (!kr_list_push(vm, KR_AS(KrListObject, R[A]), R[B])) goto error;
    NEXT;
}
op_EXTEND:
    SAVE();
    if (!kr_op_extend(vm, R[A], R[B], C ? R[C - 1] : KR_UNSET)) goto error;
    NEXT;
op_SETADD:
    SAVE();
    if (!kr_set_add(vm, R[A], R[B])) goto error;
    NEXT;
op_SETUPDATE:
    SAVE();
    if (!kr_set_update(vm, R[A], R[B])) goto error;
    NEXT;
op_DICTSET:
    SAVE();
    if (!kr_dict_set(vm, R[A], R[B], R[C])) goto error;
    NEXT;
op_DICTUPDATE:
    SAVE();
    if (!kr_op_dict_update(vm, R[A], R[B])) goto error;
    NEXT;
op_DICTMERGE:
    SAVE();
    if (!kr_op_dict_merge(vm, R[A], R[B], R[C])) goto error;
    NEXT;
op_LISTTUPLE:
    SAVE();
    v = kr_tuple_from(vm, R[B]);
    GIVE;
op_SLICE:
    SAVE();
    v = kr_slice(vm, R[B], R[B + 1], C == 3 ? R[B + 2] : KR_NONE);
    GIVE;
op_FORMAT:
    SAVE();
    v = kr_op_format(vm, R[B], C & 128 ? R[B + 1] : KR_UNSET, C & 127);
    GIVE;

    // ---- Functions, classes, imports ----

op_MAKEFUNC : {
    uint32_t k = *pc++;
    SAVE();
    v = kr_op_makefunc(vm, frame, &R[A], B, K[k]);
    GIVE;
}
op_BUILDCLASS:
    SAVE();
    v = kr_build_class_function(vm, kr_from_ptr(frame->builtins));
    GIVE;
op_IMPORT : {
    uint32_t ext = *pc++;
    SAVE();
    v = kr_op_import(vm, frame, NAME(ext), R[B], R[B + 1]);
    GIVE;
}
op_IMPORTFROM : {
    uint32_t ext = *pc++;
    SAVE();
    v = kr_op_import_from(vm, R[B], NAME(ext));
    GIVE;
}
op_IMPORTSTAR:
    SAVE();
    if (!kr_op_import_star(vm, frame, R[A])) goto error;
    NEXT;
op_ASSERTERR:
    R[A] = kr_type_value(&kr_assertion_error);
    NEXT;
op_ANNOTATIONS:
    SAVE();
    if (!kr_op_annotations(vm, frame)) goto error;
    NEXT;
op_LOCALS:
    R[A] = R[0];
    NEXT;
op_MATCHSEQ:
    R[A] = kr_bool((kr_type_of(R[B])->flags & KR_TYPE_SEQUENCE) != 0);
    NEXT;
op_MATCHMAP:
    R[A] = kr_bool((kr_type_of(R[B])->flags & KR_TYPE_MAPPING) != 0);
    NEXT;
op_MATCHKEYS:
    SAVE();
    v = kr_op_match_keys(vm, R[B], R[C]);
    GIVE;
op_MATCHCLASS : {
    uint32_t positional = *pc++;
    SAVE();
    v = kr_op_match_class(vm, R[B], R[C], positional, R[C + 1]);
    GIVE;
}
op_LENGTH : {
    size_t len;
    SAVE();
    if (!kr_len(vm, R[B], &len)) goto error;
    v = kr_int(vm, (int64_t)len);
    GIVE;
}
op_INTRINSIC:
    SAVE();
    v = kr_op_intrinsic(vm, frame, &R[B], C);
    GIVE;

    // ---- Errors ----

error: // raised here: this frame joins the traceback
    SAVE();
    KR_ASSERT(kr_raised(vm));
    if (!kr_traceback_add(vm, frame)) KR_ASSERT(kr_raised(vm));
    if (KR_UNLIKELY(vm->hooks_on)) kr_hook_exception(vm, frame);
    goto unwind;
reraise:
    if (KR_UNLIKELY(vm->hooks_on)) {
        SAVE();
        kr_hook_reraise(vm, frame);
    }
unwind : {
    SAVE();
    uint32_t at = (uint32_t)(pc - frame->code->instr) - 1;
    const KrHandler *h = frame->code->handlers, *end = h + frame->code->handler_count;
    for (; h < end; h++) {
        if (at < h->start || at >= h->end) continue;
        R[h->reg] = th->raised;
        th->raised = KR_UNSET;
        if (KR_DEBUG || KR_UNLIKELY(kr_isa(R[h->reg], &kr_memory_error))) kr_frame_forget_above(frame, h->reg);
        pc = frame->code->instr + h->target;
        if (KR_UNLIKELY(vm->hooks_on)) {
            SAVE();
            if (!kr_hook_handled(vm, frame, R[h->reg])) goto error;
        }
        if (KR_UNLIKELY(vm->limit_hit)) goto poll;
        NEXT;
    }
    if (KR_UNLIKELY(vm->hooks_on) && !kr_hook_return(vm, frame, KR_ERROR)) KR_ASSERT(kr_raised(vm));
give_up:;
    KrFrame *f = frame;
    if (f->flags & KR_FRAME_GENERATOR) {
        KrGenerator *g = f->generator;
        unsigned by = g->resumed_by;
        kr_generator_suspend(vm, g, KR_GEN_DONE);
        kr_op_generator_failed(vm, g);
        if (by == KR_RESUME_C) return KR_ERROR;
        frame = th->frame;
        ENTER_FRAME();
        if (by == KR_RESUME_FROM) pc++; // to behind the YIELDFROM
        goto error;
    }
    if (f->flags | (uintptr_t)f->object) kr_frame_leave(vm, f);
    th->frame = f->prev;
    th->depth--;
    bool entry = f->flags & KR_FRAME_ENTRY;
    for (size_t i = 0; i < f->code->nregs; i++) f->base[i] = KR_UNSET; // perhaps it raised MemoryError, and they hold what fills the heap
    kr_frame_release(th, f);
    if (entry) return KR_ERROR;
    frame = f->prev;
    ENTER_FRAME();
    goto error;
}
}
