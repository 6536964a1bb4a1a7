// krait.h - the whole interface for embedding Krait and for writing modules. The library's own modules use it; some look into
// src/base and src/object as well, for tables and texts that it does not have yet.
//
// Conventions. Every function that allocates or raises takes the vm first. One that can raise is marked KR_RAISES and returns a KrValue
// (KR_ERROR means raised) or a bool (false means raised). Nothing needs rooting: values in C locals and arguments are found by the
// collector; values kept in memory of your own need kr_root_add. `name` parameters are interned strings: kr_name(vm, "text").
//
// SPDX-License-Identifier: MIT
#ifndef KRAIT_H
#define KRAIT_H

#include "kr_value.h"

typedef intptr_t KrHash;
typedef struct KrTracer KrTracer;

// ---- Types ---------------------------------------------------------------------------------------------------------------------

// A native function. Its arguments arrive bound, in the order of its signature: *args as a tuple, **kwargs as a dict (a fresh one),
// an optional argument that was not given as its default or KR_UNSET. `arg` stays valid until it returns.
typedef KrValue (*KrNative)(KrVm *vm, KrValue self, const KrValue *arg);

enum {                         // KrMethod.flags
    KR_CLASS_METHOD = 1,       // self is the class
    KR_STATIC_METHOD = 2,      // self is the class that has it
    KR_OF_IO = 8,              // open(): its __module__ is _io
    KR_NO_EMPTY_KEYWORDS = 64, // **kwargs is KR_UNSET instead of an empty dict
    KR_SETS_HOOKS = 128,       // tracing may begin when it returns: the interpreter looks
    // Messages about arguments in words of their own, as CPython has them:
    KR_LIKE_SORT = 4,       // sorted(): hands its keywords to list.sort, and says so
    KR_LIKE_ENUMERATE = 16, // enumerate()
    KR_LIKE_STR = 32,       // str(): too many arguments
};

// A row of a method table; the table ends with an all-zero row. The signature is Python's, without `self`:
//     "index(value, start=0, stop=maxsize, /)"   defaults: None True False ... an int, a float, 'text', (), maxsize, <unset>
typedef struct {
    const char *signature;
    KrNative call;
    KrDoc doc;
    uint8_t flags;
} KrMethod;

// A row of an attribute table. set gets KR_UNSET to delete; NULL means read only.
typedef struct {
    const char *name;
    KrValue (*get)(KrVm *vm, KrValue self);
    bool (*set)(KrVm *vm, KrValue self, KrValue value);
    const char *doc;
} KrGetSet;
// As `set`: the attribute is a constant of the class, not of its instances; get makes it, once per vm, with KR_UNSET for self.
KR_API bool kr_class_constant(KrVm *vm, KrValue self, KrValue value) KR_RAISES;

typedef enum { KR_LT, KR_LE, KR_EQ, KR_NE, KR_GT, KR_GE } KrCompareOp;

typedef enum { // order known to the compiler and to the special-name table
    KR_ADD,
    KR_SUB,
    KR_MUL,
    KR_MATMUL,
    KR_TRUEDIV,
    KR_FLOORDIV,
    KR_MOD,
    KR_POW,
    KR_LSHIFT,
    KR_RSHIFT,
    KR_AND,
    KR_OR,
    KR_XOR,
    KR_DIVMOD,
    KR_BINARY_COUNT
} KrBinary;

typedef enum { KR_NEG, KR_POS, KR_INVERT, KR_ABS, KR_TO_INT, KR_TO_FLOAT, KR_TO_INDEX, KR_UNARY_COUNT } KrUnary;

#define KR_OP(op) (1u << (op)) // for the masks binary_ops, inplace_ops, unary_ops

// A view of an object's memory (PEP 3118). Arrays of ndim items; owner and hold keep the memory in place until release.
typedef struct {
    void *data;
    size_t len; // bytes
    size_t item_size;
    const char *format; // struct-module style, "B" if plain bytes
    bool read_only;
    unsigned ndim;
    intptr_t *shape, *strides, *suboffsets; // NULL: one-dimensional, contiguous
    KrValue owner;                          // object that exported the memory
    void *hold;                             // the owner's own
} KrBuffer;

enum { KR_BUFFER_READ = 0, KR_BUFFER_WRITE = 1, KR_BUFFER_STRIDED = 2, KR_BUFFER_FORMAT = 4 }; // what a consumer asks for

// The layout of instances: see object/shape.h. Here because every type carries its root shape.
struct KrShape {
    KrObject head;
    const KrType *type;
    uint32_t version; // of the type; changes when the type does
    uint16_t fixed;   // slots taken by __slots__
    uint16_t count;   // slots used: fixed and attributes
    uint16_t room;    // slots inside the object; further ones are in its overflow
    uint8_t kind;     // KR_SHAPE_...
};

enum {                             // KrType.flags
    KR_TYPE_HEAP = 1 << 0,         // made by a class statement or type(): lives in the heap, mutable
    KR_TYPE_BASE = 1 << 1,         // may be subclassed
    KR_TYPE_HAS_DICT = 1 << 2,     // instances take arbitrary attributes
    KR_TYPE_ABSTRACT = 1 << 3,     // has abstract methods: cannot be instantiated
    KR_TYPE_FINAL_DEL = 1 << 4,    // class defines __del__
    KR_TYPE_SEQUENCE = 1 << 5,     // match statement: sequence pattern
    KR_TYPE_MAPPING = 1 << 6,      // match statement: mapping pattern
    KR_TYPE_MATCH_SELF = 1 << 7,   // match statement: C(x) captures the subject itself
    KR_TYPE_NO_NEW = 1 << 8,       // cannot be created from Python
    KR_TYPE_DESCR_METHOD = 1 << 9, // instances are method descriptors: obj.f() need not make a bound method
    KR_TYPE_WEAKREF = 1 << 10,     // instances can be referenced weakly
    KR_TYPE_VAR = 1 << 11,         // instances vary in size: attributes of subclasses follow the items
    KR_TYPE_OWN_GETATTR = 1 << 12, // heap type with __getattribute__ or __getattr__
    KR_TYPE_OWN_SETATTR = 1 << 13, // heap type with __setattr__ or __delattr__
    KR_TYPE_OWN_DICT = 1 << 14,    // instances keep attributes in a dict field of their struct (types, modules)
    KR_TYPE_ATTR_WORD = 1 << 15,   // instances have the attribute word (heap types; implied by HAS_DICT)
    // Which builtin type an instance really is, so that one test answers isinstance(v, int)
    KR_TYPE_IS_INT = 1 << 16,
    KR_TYPE_IS_STR = 1 << 17,
    KR_TYPE_IS_BYTES = 1 << 18,
    KR_TYPE_IS_TUPLE = 1 << 19,
    KR_TYPE_IS_LIST = 1 << 20,
    KR_TYPE_IS_DICT = 1 << 21,
    KR_TYPE_IS_TYPE = 1 << 22,
    KR_TYPE_IS_EXCEPTION = 1 << 23,
    KR_TYPE_IS_FLOAT = 1 << 24,
    KR_TYPE_IS_SET = 1 << 25,
    KR_TYPE_IS_COMPLEX = 1 << 26,
    KR_TYPE_IS_BYTEARRAY = 1 << 27,
    KR_TYPE_IS_MASK = 0xFFF << 16, // inherited
    KR_TYPE_HIDDEN_DICT = 1 << 28, // KR_TYPE_HAS_DICT, but without __dict__
};

// Slots that few types have.
typedef struct {
    uint32_t inplace_ops, unary_ops; // masks of KR_OP(...): which operators the two functions below know
    KrValue (*inplace)(KrVm *vm, KrBinary op, KrValue self, KrValue other);
    KrValue (*unary)(KrVm *vm, KrUnary op, KrValue self);
    KrValue (*power)(KrVm *vm, KrValue base, KrValue exponent, KrValue modulus); // three-argument pow
    bool (*buffer)(KrVm *vm, KrValue self, KrBuffer *out, unsigned want);
    void (*buffer_release)(KrVm *vm, KrBuffer *buffer);
    // An iterator whose end has a value (`await` asks for it): what it yields for the value sent, or KR_DONE with *returned. Also for next().
    KrValue (*send)(KrVm *vm, KrValue self, KrValue value, KrValue *returned);
    KrValue (*await)(KrVm *vm, KrValue self); // what `await` runs through; not inherited
    bool (*settled)(const KrObject *object);  // KR_TYPE_FINAL_DEL: its __del__ would find nothing to do; not inherited
    KrValue (*convert)(KrVm *vm, KrValue v);  // this very type called with one argument: what `make` and `init` do, sooner; not inherited
} KrMoreSlots;

// A type: a read-only table for the builtin ones, an object for those that Python code makes. Slots that are NULL are inherited along
// `base` when the type is looked at through kr_slot_...; a subclass inherits methods through its MRO.
struct KrType {
    KrObject head;      // KR_TYPE_HEAD fills these two
    KrShape shape;      // of instances without attributes
    const char *name;   // "deque"
    const char *module; // "collections"; NULL: builtins
    const char *doc;
    const KrType *base;         // NULL: object (or nothing, for object itself)
    const KrType *const *bases; // several: ends with NULL; NULL: just base
    uint32_t flags;
    uint32_t size;           // bytes of an instance without its attributes (of its fixed part, for KR_TYPE_VAR)
    const KrMethod *methods; // instance, class and static methods; dunder methods that have no slot below go here too
    const KrGetSet *attributes;
    const KrMethod *make; // __new__; self is the class asked for. NULL: alloc is used
    const KrMethod *init; // __init__

    KrValue (*alloc)(KrVm *vm, const KrType *type); // an empty instance of type, which is this one or a subclass: kr_alloc_instance mostly
    void (*trace)(KrTracer *tracer, KrObject *object); // kr_trace(tracer, value) for each value inside; NULL: none
    void (*finalize)(KrVm *vm, KrObject *object);      // frees what is outside the heap; no Python, no allocation
    size_t (*var_size)(const KrObject *object);        // KR_TYPE_VAR: bytes in use, without attributes

    KrValue (*call)(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names); // names: tuple of keywords, or KR_UNSET
    KrValue (*repr)(KrVm *vm, KrValue self);
    KrValue (*str)(KrVm *vm, KrValue self);            // NULL: repr
    bool (*hash)(KrVm *vm, KrValue self, KrHash *out); // kr_hash_unhashable raises
    bool (*truth)(KrVm *vm, KrValue self, bool *out);
    bool (*length)(KrVm *vm, KrValue self, size_t *out);
    KrValue (*compare)(KrVm *vm, KrValue self, KrValue other, KrCompareOp op); // KR_NOTIMPL if it cannot
    KrValue (*iter)(KrVm *vm, KrValue self);
    KrValue (*next)(KrVm *vm, KrValue self); // KR_DONE at the end
    KrValue (*getitem)(KrVm *vm, KrValue self, KrValue key);
    bool (*setitem)(KrVm *vm, KrValue self, KrValue key, KrValue value); // KR_UNSET deletes
    bool (*contains)(KrVm *vm, KrValue self, KrValue item, bool *out);
    uint32_t binary_ops;                                                   // mask of KR_OP(...): which operators the function below knows
    KrValue (*binary)(KrVm *vm, KrBinary op, KrValue left, KrValue right); // one of the two is an instance; KR_NOTIMPL if it cannot
    KrValue (*getattr)(KrVm *vm, KrValue self, KrValue name);              // NULL: kr_generic_getattr
    bool (*setattr)(KrVm *vm, KrValue self, KrValue name, KrValue value);  // NULL: kr_generic_setattr; KR_UNSET deletes
    KrValue (*descr_get)(KrVm *vm, KrValue self, KrValue object, const KrType *type); // object KR_UNSET: looked up on the class
    bool (*descr_set)(KrVm *vm, KrValue self, KrValue object, KrValue value);         // KR_UNSET deletes
    const KrMoreSlots *more;                                                          // NULL: none of them
};

KR_API extern const KrType kr_object_type, kr_type_type, kr_slice_type;

// For the start of a static type: const KrType kr_tuple_type = { KR_TYPE_HEAD(kr_tuple_type), .name = "tuple", ... };
#define KR_TYPE_HEAD(type_symbol) .head = { &kr_type_type.shape }, .shape = { .type = &(type_symbol) }

// Static shape compare: exactly this type, no attributes of its own.
static inline bool kr_is_exact(KrValue v, const KrType *type) { return kr_is_ptr(v) && kr_ptr(v)->shape == &type->shape; }
KR_API const KrType *kr_type_of_unboxed(KrValue v); // of a value that is no pointer; kr_type_of is for all
static inline const KrType *kr_type_of(KrValue v) { return KR_LIKELY(kr_is_ptr(v)) ? kr_ptr(v)->shape->type : kr_type_of_unboxed(v); }
static inline bool kr_has_flag(KrValue v, uint32_t flag) { return (kr_type_of(v)->flags & flag) != 0; }
KR_API bool kr_is_subtype(const KrType *type, const KrType *of); // along the bases; a type is a subtype of itself
static inline bool kr_isa(KrValue v, const KrType *type) {       // real class, not __instancecheck__
    const KrType *t = kr_type_of(v);
    return t == type || kr_is_subtype(t, type);
}
static inline KrValue kr_type_value(const KrType *type) { return kr_from_ptr(type); }
static inline const KrType *kr_as_type(KrValue v) { return (const KrType *)kr_ptr(v); } // v must have KR_TYPE_IS_TYPE

static inline bool kr_is_str(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_STR); }
static inline bool kr_is_bytes(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_BYTES); }
static inline bool kr_is_tuple(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_TUPLE); }
static inline bool kr_is_list(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_LIST); }
static inline bool kr_is_dict(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_DICT); }
static inline bool kr_is_type(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_TYPE); }
static inline bool kr_is_exception(KrValue v) { return kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_EXCEPTION); }
static inline bool kr_is_integer(KrValue v) { return kr_is_int(v) || kr_has_flag(v, KR_TYPE_IS_INT); } // int, big int, bool, subclass
static inline bool kr_is_float(KrValue v) { return kr_is_double(v) || (kr_is_ptr(v) && kr_has_flag(v, KR_TYPE_IS_FLOAT)); }

// ---- Raising -------------------------------------------------------------------------------------------------------------------

// Builtin exception types: kr_value_error and so on.
// clang-format off
#define KR_EXCEPTIONS(X) \
    X(base_exception, "BaseException") X(exception, "Exception") X(arithmetic_error, "ArithmeticError") X(assertion_error, "AssertionError") \
    X(attribute_error, "AttributeError") X(base_exception_group, "BaseExceptionGroup") X(blocking_io_error, "BlockingIOError") \
    X(broken_pipe_error, "BrokenPipeError") X(buffer_error, "BufferError") X(bytes_warning, "BytesWarning") \
    X(child_process_error, "ChildProcessError") X(connection_aborted_error, "ConnectionAbortedError") \
    X(connection_error, "ConnectionError") X(connection_refused_error, "ConnectionRefusedError") \
    X(connection_reset_error, "ConnectionResetError") X(deprecation_warning, "DeprecationWarning") X(eof_error, "EOFError") \
    X(encoding_warning, "EncodingWarning") X(exception_group, "ExceptionGroup") X(file_exists_error, "FileExistsError") \
    X(file_not_found_error, "FileNotFoundError") X(floating_point_error, "FloatingPointError") X(future_warning, "FutureWarning") \
    X(generator_exit, "GeneratorExit") X(import_error, "ImportError") X(incomplete_input_error, "_IncompleteInputError") X(import_warning, "ImportWarning") \
    X(indentation_error, "IndentationError") X(index_error, "IndexError") X(interrupted_error, "InterruptedError") \
    X(is_a_directory_error, "IsADirectoryError") X(key_error, "KeyError") X(keyboard_interrupt, "KeyboardInterrupt") \
    X(lookup_error, "LookupError") X(memory_error, "MemoryError") X(module_not_found_error, "ModuleNotFoundError") \
    X(name_error, "NameError") X(not_a_directory_error, "NotADirectoryError") X(not_implemented_error, "NotImplementedError") \
    X(os_error, "OSError") X(overflow_error, "OverflowError") X(pending_deprecation_warning, "PendingDeprecationWarning") \
    X(permission_error, "PermissionError") X(process_lookup_error, "ProcessLookupError") \
    X(python_finalization_error, "PythonFinalizationError") X(recursion_error, "RecursionError") X(reference_error, "ReferenceError") \
    X(resource_warning, "ResourceWarning") X(runtime_error, "RuntimeError") X(runtime_warning, "RuntimeWarning") \
    X(stop_async_iteration, "StopAsyncIteration") X(stop_iteration, "StopIteration") X(syntax_error, "SyntaxError") \
    X(syntax_warning, "SyntaxWarning") X(system_error, "SystemError") X(system_exit, "SystemExit") X(tab_error, "TabError") \
    X(timeout_error, "TimeoutError") X(type_error, "TypeError") X(unbound_local_error, "UnboundLocalError") \
    X(unicode_decode_error, "UnicodeDecodeError") X(unicode_encode_error, "UnicodeEncodeError") X(unicode_error, "UnicodeError") \
    X(unicode_translate_error, "UnicodeTranslateError") X(unicode_warning, "UnicodeWarning") X(user_warning, "UserWarning") \
    X(value_error, "ValueError") X(warning, "Warning") X(zero_division_error, "ZeroDivisionError")
// clang-format on

#define X(symbol, name) KR_API extern const KrType kr_##symbol;
KR_EXCEPTIONS(X)
#undef X

KR_API extern const KrType kr_limit_exceeded; // krait.LimitExceeded, a BaseException

// Raises type with a formatted message; always returns KR_ERROR. Formats: %s C string, %d int, %z intptr_t, %u size_t, %c code point,
// %R repr of a KrValue, %S str of a KrValue, %T type name of a KrValue, %N name of a const KrType *, %x hexadecimal size_t, %%
KR_API KrValue kr_raise(KrVm *vm, const KrType *type, const char *format, ...);
KR_API KrValue kr_raise_value(KrVm *vm, KrValue exception);               // an instance (or a class, which is called)
KR_API KrValue kr_raise_args(KrVm *vm, const KrType *type, KrValue args); // type(*args)
KR_API KrValue kr_raise_key(KrVm *vm, KrValue key);                       // KeyError(key)
KR_API KrValue kr_raise_stop(KrVm *vm, KrValue value);                    // StopIteration(value)
KR_API KrValue kr_raise_memory(KrVm *vm);                                 // MemoryError, needs no memory
KR_API KrValue kr_raise_os(KrVm *vm, int error, KrValue path);            // OSError or its subclass for an errno; path may be KR_UNSET
KR_API bool kr_raised(KrVm *vm);                                          // is an exception set?
KR_API bool kr_raised_is(KrVm *vm, const KrType *type);                   // set, and an instance of type?
KR_API KrValue kr_take_raised(KrVm *vm);                                  // takes and clears it
KR_API bool kr_warn_at(KrVm *vm, const KrType *category, const char *message, KrValue filename,
                       int line) KR_RAISES;                                               // a warning about a place in a source file
KR_API bool kr_warn(KrVm *vm, const KrType *category, const char *format, ...) KR_RAISES; // false: the warning became an exception
// The rest of a static exception type of a module's own, which has no fields beyond its base's:
//     static const KrType error_type = { KR_TYPE_HEAD(error_type), .name = "error", .module = "struct", .base = &kr_exception, KR_EXCEPTION_REST };
#define KR_EXCEPTION_REST \
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_IS_EXCEPTION | KR_TYPE_WEAKREF, .size = KR_EXCEPTION_SIZE, \
    .trace = kr_exception_trace, .make = &kr_exception_new
enum { KR_EXCEPTION_SIZE = 13 * sizeof(KrValue) };
KR_API extern const KrMethod kr_exception_new;                           // BaseException.__new__
KR_API void kr_exception_trace(KrTracer *tracer, KrObject *object);      // what an exception holds
static inline bool kr_fail(KrValue error) { return (void)error, false; } // for functions that return bool: return kr_fail(kr_raise(...))

// ---- Memory --------------------------------------------------------------------------------------------------------------------

KR_API void kr_trace_slow(KrTracer *tracer, KrValue value); // for kr_trace
static inline void kr_trace(KrTracer *tracer, KrValue value) {
    if (kr_is_ptr(value)) kr_trace_slow(tracer, value);
}
KR_API void kr_trace_object(KrTracer *tracer, const void *object); // may be NULL

// A zeroed object of `size` bytes; NULL: MemoryError was raised.
KR_API void *kr_alloc(KrVm *vm, const KrShape *shape, size_t size);
// For KrType.alloc and __new__ of types without KR_TYPE_VAR: an instance of type or of a subclass, with room for its attributes.
KR_API KrValue kr_alloc_instance(KrVm *vm, const KrType *type) KR_RAISES;
// For KR_TYPE_VAR types: extra bytes beyond type->size. The instance's attributes are placed behind.
KR_API void *kr_alloc_var(KrVm *vm, const KrType *type, size_t extra);
// Stores into an object in the heap: every store of a value goes through it (freshly allocated objects that have not been seen by
// anybody may be filled directly, if nothing is allocated in between).
KR_API extern void kr_store_shade(KrVm *vm, KrValue old);
static inline bool kr_marking(KrVm *vm) { return *(const uint8_t *)vm != 0; } // the first byte of a vm, see object/vm_state.h
static inline void kr_store(KrVm *vm, void *owner, KrValue *slot, KrValue value) {
    (void)owner; // for a generational barrier later
    if (KR_UNLIKELY(kr_marking(vm))) kr_store_shade(vm, *slot);
    *slot = value;
}
KR_API void kr_store_ptr_slow(KrVm *vm, void *old); // for KR_STORE_PTR
#define KR_STORE_PTR(vm, owner, slot, ptr) \
    ((void)(owner), (kr_marking(vm) ? kr_store_ptr_slow((vm), (void *)(slot)) : (void)0), (void)((slot) = (ptr)))
// A variable outside the heap and outside the C stack (malloc'd, static) that holds a value: kept alive until it is removed or the vm is reset.
KR_API bool kr_root_add(KrVm *vm, KrValue *where) KR_RAISES;
KR_API void kr_root_remove(KrVm *vm, KrValue *where);    // one that was not added is ignored
KR_API bool kr_charge(KrVm *vm, size_t bytes) KR_RAISES; // external memory held by objects: counts for pacing and for the cap
KR_API void kr_uncharge(KrVm *vm, size_t bytes);         // what kr_charge counted is gone
KR_API void kr_collect(KrVm *vm);                        // a full collection; finalizers written in Python wait for the next poll
// A tool's view of allocation: called for every object made, which has its type but no content yet. It must not allocate or call Python.
// NULL takes it off; it costs nothing then.
typedef void KrAllocHook(KrVm *vm, void *context, const void *object, size_t size);
KR_API void kr_alloc_hook_set(KrVm *vm, KrAllocHook *hook, void *context); // context is handed to the hook
KR_API bool kr_where(KrVm *vm, KrValue *filename, int *line);              // of the running Python code; false: none runs
KR_API void *kr_buffer_alloc(KrVm *vm, size_t size);                       // bytes owned by the collector, no values inside; NULL: raised
// Such bytes as part of an object: they are traced, and replaced, by the pointer that kr_buffer_alloc gave. NULL: there are none.
KR_API void kr_trace_buffer(KrTracer *tracer, const void *data);                   // in KrType.trace
KR_API void kr_store_buffer(KrVm *vm, void *owner, uint8_t **slot, uint8_t *data); // *slot = data
KR_API bool kr_poll(KrVm *vm, uint32_t steps) KR_RAISES; // in long C loops, every 100 us: limits, signals, interrupts
// The part of a poll that runs no Python code, for loops over memory that it could change: limits only. Signals and finalizers stay due.
KR_API bool kr_poll_limits(KrVm *vm, uint32_t steps) KR_RAISES;
// Runs run(context), which may wait for something outside, while other threads of the vm run. It must not touch the vm, nor memory of an
// object that could change meanwhile. What the context points to may hold values. Poll afterwards: a signal may have come.
KR_API void kr_blocking(KrVm *vm, void (*run)(void *context), void *context);
// Nanoseconds that a blocking call may wait before it polls; INT64_MAX: as long as it likes.
KR_API int64_t kr_deadline_left(const KrVm *vm);
KR_API bool kr_enter(KrVm *vm, const char *where) KR_RAISES; // recursion guard; pair a true result with kr_leave
KR_API void kr_leave(KrVm *vm);                              // the end of what kr_enter began

// ---- Numbers -------------------------------------------------------------------------------------------------------------------

KR_API KrValue kr_int_big(KrVm *vm, int64_t i) KR_RAISES; // for kr_int
KR_RAISES static inline KrValue kr_int(KrVm *vm, int64_t i) {
    return KR_LIKELY(kr_fits_int(i)) ? kr_int_box((intptr_t)i) : kr_int_big(vm, i);
}
KR_API KrValue kr_int_from_u64(KrVm *vm, uint64_t i) KR_RAISES; // any unsigned number
KR_API KrValue kr_float_object(KrVm *vm, double d);             // for kr_float
#if KR_TAGGED
static inline KrValue kr_float(KrVm *vm, double d) { return kr_float_object(vm, d); }
#else
static inline KrValue kr_float(KrVm *vm, double d) { return (void)vm, kr_double_box(d); } // bits from outside: kr_float_from_bits
#endif
KR_API KrValue kr_float_from_bits(KrVm *vm, uint64_t bits) KR_RAISES;                 // keeps the sign of a NaN, not its payload
KR_API double kr_float_value(KrValue v);                                              // v must satisfy kr_is_float
KR_API KrValue kr_complex(KrVm *vm, double real, double imag) KR_RAISES;              // real + imag * 1j
KR_API bool kr_to_complex(KrVm *vm, KrValue v, double *real, double *imag) KR_RAISES; // complex, __complex__, and what kr_to_double takes
// v as a C integer; through __index__. Out of range raises OverflowError; not an integer TypeError.
KR_API bool kr_to_int64(KrVm *vm, KrValue v, int64_t *out) KR_RAISES;
KR_API bool kr_to_index(KrVm *vm, KrValue v, intptr_t *out) KR_RAISES;                // IndexError out of range
KR_API bool kr_to_index_clipped(KrVm *vm, KrValue v, intptr_t *out) KR_RAISES;        // out of range: the nearest
KR_API bool kr_to_size(KrVm *vm, KrValue v, const char *what, size_t *out) KR_RAISES; // ValueError if negative
KR_API bool kr_to_double(KrVm *vm, KrValue v, double *out) KR_RAISES;                 // float, int, __float__, __index__
KR_API KrValue kr_index(KrVm *vm, KrValue v) KR_RAISES;                               // operator.index: an exact int
// Of what satisfies kr_is_integer; nothing is raised by the first four.
KR_API bool kr_int_fits(KrValue v, int64_t *out);                    // false: *out cannot hold it
KR_API bool kr_int_fits_u64(KrValue v, uint64_t *out);               // false: negative, or larger
KR_API bool kr_int_is_negative(KrValue v);                           // v < 0
KR_API double kr_int_frexp(KrValue v, size_t *exponent);             // |v| == result * 2 ** *exponent, 0.5 <= result < 1; v is not 0
KR_API KrValue kr_int_gcd(KrVm *vm, KrValue a, KrValue b) KR_RAISES; // the greatest common divisor, not negative
KR_API KrValue kr_int_isqrt(KrVm *vm, KrValue v) KR_RAISES;          // the square root towards 0; v is not negative
KR_API KrValue kr_int_from_double(KrVm *vm, double d) KR_RAISES;     // int(d): OverflowError of an infinity, ValueError of a NaN
KR_API bool kr_slice_bounds(KrVm *vm, KrValue slice, size_t len, intptr_t *start, intptr_t *stop, intptr_t *step, size_t *count)
    KR_RAISES; // over `len` items: the first, the end, the step, how many. Its ends may run Python: what can shrink takes the two below instead
KR_API bool kr_slice_unpack(KrVm *vm, KrValue slice, intptr_t *start, intptr_t *stop,
                            intptr_t *step) KR_RAISES;                                     // before the length is known
KR_API size_t kr_slice_adjust(size_t len, intptr_t *start, intptr_t *stop, intptr_t step); // to that length: how many items. No Python runs

// ---- Text and bytes ------------------------------------------------------------------------------------------------------------

KR_API KrValue kr_str(KrVm *vm, const char *utf8, size_t len) KR_RAISES;      // valid (generalised) UTF-8
KR_API KrValue kr_str_c(KrVm *vm, const char *utf8) KR_RAISES;                // of text that ends with a NUL
KR_API KrValue kr_name(KrVm *vm, const char *utf8) KR_RAISES;                 // an interned str
KR_API KrValue kr_name_len(KrVm *vm, const char *utf8, size_t len) KR_RAISES; // likewise
KR_API KrValue kr_intern(KrVm *vm, KrValue str) KR_RAISES;                    // the interned str with this text
KR_API const char *kr_str_text(KrValue str, size_t *len);                     // UTF-8, ends with a NUL; lives as long as the str
KR_API size_t kr_str_length(KrValue str);                                     // code points
KR_API bool kr_str_is(KrValue v, const char *ascii);                          // a str equal to this text?
KR_API KrValue kr_format(KrVm *vm, const char *format, ...) KR_RAISES;        // as kr_raise's formats
KR_API KrValue kr_bytes(KrVm *vm, const void *data, size_t len) KR_RAISES;    // data NULL: zeroed, to be filled by the caller
KR_API uint8_t *kr_bytes_data(KrValue bytes, size_t *len);                    // bytes or bytearray
KR_API bool kr_get_buffer(KrVm *vm, KrValue v, KrBuffer *out,
                          unsigned want) KR_RAISES;             // TypeError: a bytes-like object is required, not 'x'
KR_API KrValue kr_memoryview_of(KrVm *vm, KrValue v) KR_RAISES; // memoryview(v): holds the memory until it is released or collected
KR_API void kr_release_buffer(KrVm *vm, KrBuffer *buffer);      // each view once, soon: a bytearray cannot be resized meanwhile

// ---- Containers ----------------------------------------------------------------------------------------------------------------

KR_API KrValue kr_tuple(KrVm *vm, size_t len, const KrValue *items) KR_RAISES;  // items NULL: all None, to be filled with kr_tuple_items
KR_API KrValue *kr_tuple_items(KrValue tuple, size_t *len);                     // NULL for len: not wanted. Lives as long as the tuple
KR_API KrValue kr_list(KrVm *vm, size_t len, const KrValue *items) KR_RAISES;   // a copy of items
KR_API KrValue *kr_list_items(KrValue list, size_t *len);                       // valid until Python code runs or the list changes
KR_API bool kr_list_append(KrVm *vm, KrValue list, KrValue item) KR_RAISES;     // list.append
KR_API KrValue kr_list_pop(KrVm *vm, KrValue list) KR_RAISES;                   // list.pop()
KR_API bool kr_list_extend(KrVm *vm, KrValue list, KrValue iterable) KR_RAISES; // list.extend
KR_API KrValue kr_list_from(KrVm *vm, KrValue iterable) KR_RAISES;              // list(iterable)
KR_API KrValue kr_tuple_from(KrVm *vm, KrValue iterable) KR_RAISES;             // tuple(iterable)
KR_API KrValue kr_dict(KrVm *vm) KR_RAISES;                                     // an empty one
KR_API bool kr_dict_set(KrVm *vm, KrValue dict, KrValue key, KrValue value) KR_RAISES;       // dict[key] = value
KR_API bool kr_dict_find(KrVm *vm, KrValue dict, KrValue key, KrValue *value) KR_RAISES;     // absent: true and KR_UNSET
KR_API bool kr_dict_delete(KrVm *vm, KrValue dict, KrValue key, bool *found) KR_RAISES;      // absent is no error: *found tells
KR_API bool kr_dict_set_c(KrVm *vm, KrValue dict, const char *key, KrValue value) KR_RAISES; // dict["key"] = value
KR_API size_t kr_dict_len(KrValue dict);                                                     // number of items
KR_API bool kr_dict_next(KrValue dict, size_t *position, KrValue *key, KrValue *value);      // start with position 0; false at the end
KR_API KrValue kr_set(KrVm *vm, KrValue iterable) KR_RAISES;                                 // KR_UNSET: empty
KR_API bool kr_set_add(KrVm *vm, KrValue set, KrValue item) KR_RAISES;                       // set.add
KR_API KrValue kr_slice(KrVm *vm, KrValue start, KrValue stop, KrValue step) KR_RAISES;      // slice(start, stop, step)

// ---- Any object ----------------------------------------------------------------------------------------------------------------

KR_API KrValue kr_getattr(KrVm *vm, KrValue object, KrValue name) KR_RAISES;                // object.name
KR_API bool kr_find_attr(KrVm *vm, KrValue object, KrValue name, KrValue *value) KR_RAISES; // no AttributeError: KR_UNSET
KR_API bool kr_setattr(KrVm *vm, KrValue object, KrValue name, KrValue value) KR_RAISES;    // KR_UNSET deletes
KR_API KrValue kr_getattr_c(KrVm *vm, KrValue object,
                            const char *name) KR_RAISES; // object.name; for names that are used often, keep kr_name
KR_API bool kr_setattr_c(KrVm *vm, KrValue object, const char *name, KrValue value) KR_RAISES; // object.name = value; KR_UNSET deletes
KR_API KrValue kr_generic_getattr(KrVm *vm, KrValue object,
                                  KrValue name) KR_RAISES; // object.__getattribute__: what KrType.getattr falls back to
KR_API bool kr_generic_setattr(KrVm *vm, KrValue object, KrValue name,
                               KrValue value) KR_RAISES; // object.__setattr__: what KrType.setattr falls back to
KR_API bool
kr_type_constant(KrVm *vm, const KrType *type, const char *name,
                 KrValue value) KR_RAISES; // an attribute of a static type itself, as date.min is: set when its module starts, once
KR_API KrValue kr_type_lookup(KrVm *vm, const KrType *type,
                              KrValue name); // along the MRO, unbound; KR_UNSET: absent (or no memory: then the next poll raises)
KR_API KrValue kr_getitem(KrVm *vm, KrValue object, KrValue key) KR_RAISES;                       // object[key]
KR_API bool kr_setitem(KrVm *vm, KrValue object, KrValue key, KrValue value) KR_RAISES;           // KR_UNSET deletes
KR_API bool kr_contains(KrVm *vm, KrValue container, KrValue item, bool *out) KR_RAISES;          // item in container
KR_API bool kr_len(KrVm *vm, KrValue object, size_t *out) KR_RAISES;                              // len(object)
KR_API bool kr_length_hint(KrVm *vm, KrValue object, size_t fallback, size_t *out) KR_RAISES;     // operator.length_hint(object, fallback)
KR_API bool kr_truth(KrVm *vm, KrValue v, bool *out) KR_RAISES;                                   // bool(v)
KR_API bool kr_equal(KrVm *vm, KrValue a, KrValue b, bool *out) KR_RAISES;                        // identity or ==, as containers compare
KR_API KrValue kr_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) KR_RAISES;              // a < b and so on: any object
KR_API bool kr_compare_bool(KrVm *vm, KrValue a, KrValue b, KrCompareOp op, bool *out) KR_RAISES; // the same, as a truth value
KR_API bool kr_hash(KrVm *vm, KrValue v, KrHash *out) KR_RAISES;                                  // hash(v)
KR_API bool kr_hash_unhashable(KrVm *vm, KrValue v, KrHash *out) KR_RAISES;              // for KrType.hash: TypeError, unhashable type
KR_API KrValue kr_repr(KrVm *vm, KrValue v) KR_RAISES;                                   // repr(v)
KR_API KrValue kr_to_str(KrVm *vm, KrValue v) KR_RAISES;                                 // str(v)
KR_API KrValue kr_format_value(KrVm *vm, KrValue v, KrValue spec) KR_RAISES;             // format(v, spec)
KR_API KrValue kr_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) KR_RAISES;  // left + right and so on
KR_API KrValue kr_inplace(KrVm *vm, KrBinary op, KrValue left, KrValue right) KR_RAISES; // left += right and so on: what left becomes
KR_API KrValue kr_unary(KrVm *vm, KrUnary op, KrValue v) KR_RAISES;                      // NEG POS INVERT ABS
KR_API KrValue kr_power(KrVm *vm, KrValue base, KrValue exponent,
                        KrValue modulus) KR_RAISES;           // pow(base, exponent, modulus); modulus may be None
KR_API KrValue kr_iter(KrVm *vm, KrValue iterable) KR_RAISES; // iter(iterable)
KR_API KrValue kr_next(KrVm *vm, KrValue iterator) KR_RAISES; // KR_DONE at the end (StopIteration is taken)
KR_API bool kr_callable(KrValue v);                           // callable(v)
KR_API KrValue kr_call(KrVm *vm, KrValue callable, size_t count, const KrValue *arg) KR_RAISES; // callable(*arg)
KR_API KrValue kr_call_names(KrVm *vm, KrValue callable, const KrValue *arg, size_t count,
                             KrValue names) KR_RAISES;                                          // keyword values follow arg[count-1]
KR_API KrValue kr_call_args(KrVm *vm, KrValue callable, KrValue tuple, KrValue dict) KR_RAISES; // dict may be KR_UNSET
KR_API KrValue kr_call_method(KrVm *vm, KrValue object, const char *name, size_t count, const KrValue *arg) KR_RAISES; // object.name(*arg)
// A special method, looked up on the type of the object: object.name(*arg); KR_UNSET: the type has none.
KR_API KrValue kr_try_special(KrVm *vm, KrValue object, KrValue name, size_t count, const KrValue *arg) KR_RAISES;
KR_API KrValue kr_class_getitem(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;         // for rows "__class_getitem__(object, /)"
KR_API bool kr_isinstance(KrVm *vm, KrValue v, KrValue type_or_tuple, bool *out) KR_RAISES;    // with __instancecheck__
KR_API bool kr_issubclass(KrVm *vm, KrValue type, KrValue type_or_tuple, bool *out) KR_RAISES; // with __subclasscheck__

// ---- Modules -------------------------------------------------------------------------------------------------------------------
// Given to kr_vm_new as tables, imported by name. Each vm has its own module objects; what they keep belongs in their attributes.

typedef enum { KR_CONST_END, KR_CONST_INT, KR_CONST_FLOAT, KR_CONST_STR, KR_CONST_TYPE, KR_CONST_MAKE } KrConstKind;

typedef struct {
    const char *name;
    KrConstKind kind;
    union {
        int64_t i;
        double d;
        const void *p;             // STR: text; TYPE: const KrType *
        KrValue (*make)(KrVm *vm); // MAKE: called when the name is first looked up
    };
} KrConst;

typedef struct {
    const char *name;
    const char *doc;
    const KrMethod *functions;              // self is the module
    const KrConst *constants;               // ends with an all-zero row
    bool (*init)(KrVm *vm, KrValue module); // at import; may be NULL
} KrModuleDef;

// A value of the module's own, which functions get quickly: self is their module. KR_UNSET until it is set.
KR_API KrValue kr_module_state(KrValue module);
KR_API void kr_module_set_state(KrVm *vm, KrValue module, KrValue state); // kept as long as the module

// ---- Embedding -----------------------------------------------------------------------------------------------------------------

// A vm is a Python of its own: modules, types, limits, heap. Several live in one process, on as many threads; they share nothing but constant
// tables, and no value of one may be given to another. One thread at a time uses a vm: the one that made it, until another adopts it.
//
//     KrVm *vm = kr_vm_new(&(KrOptions){ .heap_cap = 8 << 20, .steps = 1000000, .modules = modules });
//     KrValue v = kr_eval(vm, "6 * 7", 5);
//     if (kr_is_error(v)) kr_print_raised(vm);
//     kr_vm_free(vm);
//
// Python calls C through modules, functions and types that are given as tables; C calls Python through kr_call and the like. An exception
// crosses both ways: C code that gets KR_ERROR (or false) returns it, or takes the exception with kr_take_raised and goes on. Before a vm is used
// again, what was raised must have been taken or printed.

typedef struct {
    size_t heap_cap;                   // bytes; 0: the port's default. An eighth and 64 KB more while a full heap waits for finalizers
    uint64_t steps;                    // step budget: calls, jumps backwards, units of work in C loops; 0: none
    double deadline;                   // seconds of run time from kr_vm_new or kr_vm_reset; 0: none
    size_t stack_size;                 // bytes of C stack that the calling thread has; 0: ask the port
    unsigned access;                   // what the vm may touch: the access table below; 0: everything
    const KrModuleDef *const *modules; // further modules, ends with NULL; must outlive the vm
} KrOptions;

// The access table: what a vm may touch of the host. A program that lacks a right gets PermissionError (errno 13), whose message names it:
// "[Errno 13] this VM may not read files (KR_ACCESS_FILES_READ): '/etc/passwd'". Computing, clocks, time.sleep, random bytes, the process
// id and the number of processors need no right, nor do strings, code (compile, exec, eval) and modules that are part of the binary.
// Everything in Krait that reaches the host asks kr_access first; modules of yours do the same.
enum {
    // Reading files: open() and os.open() for reading; os.stat, listdir, readlink, getcwd. Without it os.access and os.path.exists say False,
    // and tracebacks and warnings come without the lines of the source. It is a right to every file that the process may read.
    KR_ACCESS_FILES_READ = 1,
    // Writing files: open() and os.open() for writing, appending, creating, truncating; mkdir, rmdir, remove, rename, symlink, chmod. Opening
    // for both reading and writing takes both rights.
    KR_ACCESS_FILES_WRITE = 2,
    // Sockets: making them, connecting, names of hosts (module socket).
    KR_ACCESS_SOCKETS = 4,
    // Devices: opening a character or block device, under whatever name (links are followed), takes this right besides that to read or write;
    // os.stat of one does not. Registers of a chip: _device.read32 of the STM32F405 port.
    KR_ACCESS_DEVICES = 8,
    // What belongs to the process that the vm is in: os.chdir, os._exit, and descriptors that the vm has not opened, but for 0 to 2, which are
    // the console's. Closing one of those takes this right too; without it the file object is closed and the descriptor stays open.
    KR_ACCESS_PROCESSES = 16,
    // Importing from files: modules (.py and .krc) in the folders of sys.path and of packages, which the program may set as it likes. Without it
    // an import finds what is in sys.modules, modules that are part of the binary (built-in and frozen ones), those of KrOptions.modules, and
    // what finders in sys.meta_path give; for others ModuleNotFoundError names the right. A program with KR_ACCESS_FILES_READ can
    // read a file and exec() it without this right; so do the finders and loaders of importlib.machinery, which are Python and take that one.
    // Files that the host runs (kr_run) need none.
    KR_ACCESS_IMPORT = 32,
    // Environment variables. Without it os.environ is empty, and setting or deleting one in it fails.
    KR_ACCESS_ENVIRONMENT = 64,
    // The console: descriptors 0 to 2, sys.stdin, sys.stdout and sys.stderr, and so print() and input(), which fail without it. Tracebacks
    // (kr_print_raised) and warnings are then not printed anywhere. A program may set other objects in their place, and they work.
    KR_ACCESS_CONSOLE = 128,
    KR_ACCESS_ALL = 255,
    KR_ACCESS_NONE = 256, // not a right: says that a table is given, so that one without rights is not 0
};
KR_API bool kr_access(KrVm *vm, unsigned access, KrValue what) KR_RAISES; // has the vm all these rights? what: for the message, or KR_UNSET
KR_API bool kr_may(KrVm *vm, unsigned access);                            // the same, and nothing is raised

// A vm for the calling thread. options may be NULL: no limits. NULL: no memory, also if heap_cap is too small to start.
KR_API KrVm *kr_vm_new(const KrOptions *options);
// Ends the vm: native finalizers run (KrType.finalize), Python's __del__ does not. All values, and names from kr_name, are gone.
KR_API void kr_vm_free(KrVm *vm); // NULL: nothing happens
// The same vm, as kr_vm_new made it with the same options: budget and deadline start anew, values and roots (kr_root_add) are forgotten, native
// finalizers have run. False: no memory; the vm can then only be reset again or freed.
KR_API bool kr_vm_reset(KrVm *vm);
// The calling thread uses the vm from now on. No function of the vm may be running on the thread that had it.
KR_API void kr_vm_adopt(KrVm *vm);
// Runs a source text or a code file as module __main__, whose variables stay for the next. filename is for tracebacks. None, or KR_ERROR: SystemExit, LimitExceeded
// (also if something caught it) and SyntaxError are exceptions like others.
KR_API KrValue kr_run(KrVm *vm, const char *source, size_t len, const char *filename) KR_RAISES;
KR_API KrValue kr_eval(KrVm *vm, const char *source, size_t len) KR_RAISES; // the value of an expression, in __main__
KR_API KrValue kr_import(KrVm *vm, const char *name) KR_RAISES;             // importlib.import_module
KR_API KrValue kr_main_module(KrVm *vm) KR_RAISES;                          // __main__: kr_getattr_c and kr_setattr_c reach its variables
KR_API void kr_print_raised(KrVm *vm);                                      // traceback to stderr, and clears it
KR_API void kr_interrupt(KrVm *vm); // from any thread or signal handler: KeyboardInterrupt at the next poll

#endif
