// memoryview.c - the view of another object's memory, without a copy.
//
// A view is usable while `shared` is set. The memory is given back when no view of the same shared buffer is left: by release(), at the end
// of a with statement, or when the collector finds the view unused.
// SPDX-License-Identifier: MIT
#include "object/memoryview.h"

#include "object/bulk.h"
#include "object/bytes.h"
#include "object/heap.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/range.h"
#include "object/str_method.h"
#include "object/tuple.h"

static bool is_usable(KrVm *vm, const KrMemoryView *m) {
    if (KR_LIKELY(m->shared != NULL)) return true;
    return kr_fail(kr_raise(vm, &kr_value_error, "operation forbidden on released memoryview object"));
}

// ---- Making and releasing ------------------------------------------------------------------------------------------------------

static void shared_trace(KrTracer *tracer, KrObject *o) {
    const KrSharedBuffer *s = (const KrSharedBuffer *)o;
    kr_trace(tracer, s->buffer.owner);
    kr_trace_object(tracer, s->buffer.hold && kr_heap_contains(tracer->vm, s->buffer.hold) ? s->buffer.hold : NULL);
}

static const KrType shared_buffer_type = {
    KR_TYPE_HEAD(shared_buffer_type), .name = "managedbuffer", .flags = KR_TYPE_NO_NEW,
    .size = sizeof(KrSharedBuffer),   .trace = shared_trace,
};

static void view_trace(KrTracer *tracer, KrObject *o) { kr_trace_object(tracer, ((KrMemoryView *)o)->shared); }

static void let_go(KrVm *vm, KrMemoryView *m) {
    KrSharedBuffer *shared = m->shared;
    if (!shared) return;
    KR_STORE_PTR(vm, m, m->shared, NULL);
    if (--shared->users == 0) kr_release_buffer(vm, &shared->buffer);
}

// No Python code runs here: the collector calls it, with all memory still in place. An exporter in Python is told by its wrapper, which
// dies with the last view.
static void view_finalize(KrVm *vm, KrObject *o) {
    KrMemoryView *m = (KrMemoryView *)o;
    KrSharedBuffer *shared = m->shared;
    if (!shared) return;
    KR_STORE_PTR(vm, m, m->shared, NULL);
    if (--shared->users == 0 && !kr_buffer_calls_python(&shared->buffer)) kr_release_buffer(vm, &shared->buffer);
}

// A view with ndim dimensions that are still to be filled in.
static KrMemoryView *new_view(KrVm *vm, KrSharedBuffer *shared, const KrBuffer *view, unsigned ndim) {
    KrMemoryView *m = kr_alloc(vm, &kr_memoryview_type.shape, sizeof *m + 2 * ndim * sizeof m->dims[0]);
    if (!m || !kr_heap_add_finalizable(vm, &m->head)) return NULL;
    m->view = *view;
    m->view.ndim = ndim;
    m->view.suboffsets = NULL;
    m->view.shape = m->dims;
    m->view.strides = m->dims + ndim;
    m->shared = shared;
    shared->users++;
    return m;
}

static void fill_dims(KrMemoryView *m, const KrBuffer *from) {
    for (unsigned d = 0; d < m->view.ndim; d++) {
        m->view.shape[d] = kr_buffer_shape(from, d);
        m->view.strides[d] = kr_buffer_stride(from, d);
    }
}

static KrValue view_like(KrVm *vm, const KrMemoryView *m) {
    KrMemoryView *copy = new_view(vm, m->shared, &m->view, m->view.ndim);
    if (!copy) return KR_ERROR;
    fill_dims(copy, &m->view);
    return kr_from_ptr(copy);
}

KrValue kr_memoryview_of(KrVm *vm, KrValue object) {
    if (kr_is_exact(object, &kr_memoryview_type)) {
        const KrMemoryView *m = kr_view_of(object);
        return is_usable(vm, m) ? view_like(vm, m) : KR_ERROR;
    }
    KrSharedBuffer *shared = kr_alloc(vm, &shared_buffer_type.shape, sizeof *shared);
    if (!shared) return KR_ERROR;
    shared->buffer.owner = KR_NONE;
    KrBuffer buffer;
    if (!kr_get_buffer(vm, object, &buffer, KR_BUFFER_STRIDED | KR_BUFFER_FORMAT)) {
        if (!kr_raised_is(vm, &kr_type_error) || kr_exports_buffer(vm, object)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "memoryview: a bytes-like object is required, not '%T'", object);
    }
    shared->buffer = buffer;
    KrMemoryView *m = buffer.ndim <= KR_BUFFER_DIMENSIONS ? new_view(vm, shared, &buffer, buffer.ndim) : NULL;
    if (!m) {
        kr_release_buffer(vm, &buffer);
        return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_value_error, "memoryview: number of dimensions must not exceed 64");
    }
    fill_dims(m, &buffer);
    return kr_from_ptr(m);
}

KrValue kr_memoryview_within(KrVm *vm, KrValue owner, void *data, size_t len) {
    KrSharedBuffer *shared = kr_alloc(vm, &shared_buffer_type.shape, sizeof *shared);
    if (!shared) return KR_ERROR;
    shared->buffer.owner = KR_NONE;
    KrBuffer all = { .data = data, .len = len, .owner = owner };
    if (!kr_is_exact(owner, &kr_bytes_type) && !kr_get_buffer(vm, owner, &all, KR_BUFFER_WRITE)) return KR_ERROR;
    shared->buffer = all;
    bool inside = (uint8_t *)data >= (uint8_t *)all.data && (uint8_t *)data + len <= (uint8_t *)all.data + all.len;
    KrBuffer part = { .data = data, .len = len, .item_size = 1, .format = "B", .ndim = 1, .owner = all.owner, .hold = all.hold };
    KrMemoryView *m = inside ? new_view(vm, shared, &part, 1) : NULL;
    if (m) return fill_dims(m, &part), kr_from_ptr(m);
    kr_release_buffer(vm, &all);
    return inside ? KR_ERROR : KR_UNSET;
}

static KrValue view_make(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, kr_memoryview_of(vm, arg[0]); }

static const KrMethod view_make_row = { "memoryview(object)", view_make, "", 0 };

static bool release(KrVm *vm, KrMemoryView *m) {
    if (m->shared && m->exports)
        return kr_fail(
            kr_raise(vm, &kr_buffer_error, "memoryview has %u exported buffer%s", (size_t)m->exports, m->exports == 1 ? "" : "s"));
    KrSharedBuffer *shared = m->shared;
    let_go(vm, m);
    if (shared && shared->users && kr_buffer_calls_python(&shared->buffer)) { // by slices that are dead, perhaps
        kr_collect(vm);
        if (!shared->users) kr_release_buffer(vm, &shared->buffer);
    }
    return true;
}

static KrValue view_release(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, release(vm, kr_view_of(self)) ? KR_NONE : KR_ERROR;
}

bool kr_memoryview_release(KrVm *vm, KrValue view) { return release(vm, kr_view_of(view)); }

static KrValue view_enter(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, is_usable(vm, kr_view_of(self)) ? self : KR_ERROR;
}

// ---- The buffer protocol -------------------------------------------------------------------------------------------------------

static bool view_buffer(KrVm *vm, KrValue self, KrBuffer *out, unsigned want) {
    KrMemoryView *m = kr_view_of(self);
    if (!is_usable(vm, m)) return false;
    if ((want & KR_BUFFER_WRITE) && m->view.read_only)
        return kr_fail(kr_raise(vm, &kr_buffer_error, "memoryview: underlying buffer is not writable"));
    if (!(want & KR_BUFFER_STRIDED) && !kr_buffer_contiguous(&m->view, 'C'))
        return kr_fail(kr_raise(vm, &kr_buffer_error, "memoryview: underlying buffer is not C-contiguous"));
    *out = m->view;
    out->owner = self;
    out->hold = NULL;
    m->exports++;
    return true;
}

static void view_buffer_release(KrVm *vm, KrBuffer *buffer) { (void)vm, (void)kr_view_of(buffer->owner)->exports--; }

// ---- Items ---------------------------------------------------------------------------------------------------------------------

static bool is_index(KrVm *vm, KrValue v) { return kr_is_integer(v) || !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__index__))); }

static bool step_to(KrVm *vm, const KrMemoryView *m, unsigned d, intptr_t index, uint8_t **at) {
    intptr_t count = m->view.shape[d];
    if (index < 0) index += count;
    if (index < 0 || index >= count) return kr_fail(kr_raise(vm, &kr_index_error, "index out of bounds on dimension %u", (size_t)d + 1));
    *at += index * m->view.strides[d];
    return true;
}

// Whether all items of a tuple key are indices, or all are slices.
static bool all_items(KrVm *vm, KrValue key, bool slices) {
    if (!kr_is_tuple(key)) return false;
    const KrTupleObject *t = KR_AS(const KrTupleObject, key);
    for (size_t i = 0; i < t->len; i++)
        if (slices ? !kr_is_exact(t->item[i], &kr_slice_type) : !is_index(vm, t->item[i])) return false;
    return !slices || t->len > 0;
}

static bool find_by_tuple(KrVm *vm, const KrMemoryView *m, KrValue key, uint8_t **at) {
    const KrTupleObject *t = KR_AS(const KrTupleObject, key);
    if (t->len > m->view.ndim)
        return kr_fail(kr_raise(vm, &kr_type_error, "cannot index %u-dimension view with %u-element tuple", (size_t)m->view.ndim, t->len));
    if (t->len < m->view.ndim) return kr_fail(kr_raise(vm, &kr_not_implemented_error, "sub-views are not implemented"));
    for (size_t i = 0; i < t->len; i++) {
        intptr_t index;
        if (!kr_to_index(vm, t->item[i], &index) || !is_usable(vm, m) || !step_to(vm, m, (unsigned)i, index, at)) return false;
    }
    return true;
}

// The item that key selects; *at is NULL when key is a slice of the first dimension.
static bool find_item(KrVm *vm, KrMemoryView *m, KrValue key, bool assigns, uint8_t **at) {
    intptr_t index;
    *at = m->view.data;
    if (m->view.ndim == 0) {
        if (kr_is_tuple(key) && KR_AS(const KrTupleObject, key)->len == 0) return true;
        return kr_fail(kr_raise(vm, &kr_type_error, "invalid indexing of 0-dim memory"));
    }
    if (is_index(vm, key)) {
        if (!kr_to_index(vm, key, &index) || !is_usable(vm, m)) return false;
        if (m->view.ndim == 1) return step_to(vm, m, 0, index, at);
        return kr_fail(kr_raise(vm, &kr_not_implemented_error,
                                assigns ? "sub-views are not implemented" : "multi-dimensional sub-views are not implemented"));
    }
    if (kr_is_exact(key, &kr_slice_type)) {
        *at = NULL;
        return true;
    }
    if (all_items(vm, key, false)) return find_by_tuple(vm, m, key, at);
    if (all_items(vm, key, true)) return kr_fail(kr_raise(vm, &kr_not_implemented_error, "multi-dimensional slicing is not implemented"));
    return kr_fail(kr_raise(vm, &kr_type_error, "memoryview: invalid slice key"));
}

static KrValue slice_view(KrVm *vm, KrMemoryView *m, KrValue slice) {
    intptr_t start, stop, step;
    size_t count;
    if (!kr_slice_bounds(vm, slice, (size_t)m->view.shape[0], &start, &stop, &step, &count) || !is_usable(vm, m)) return KR_ERROR;
    KrMemoryView *part = new_view(vm, m->shared, &m->view, m->view.ndim);
    if (!part) return KR_ERROR;
    fill_dims(part, &m->view);
    if (count) part->view.data = (uint8_t *)m->view.data + start * m->view.strides[0];
    part->view.shape[0] = (intptr_t)count;
    part->view.strides[0] = m->view.strides[0] * step;
    part->view.len = part->view.item_size;
    for (unsigned d = 0; d < part->view.ndim; d++) part->view.len *= (size_t)part->view.shape[d];
    return kr_from_ptr(part);
}

static KrValue view_getitem(KrVm *vm, KrValue self, KrValue key) {
    KrMemoryView *m = kr_view_of(self);
    uint8_t *at;
    if (!is_usable(vm, m)) return KR_ERROR;
    if (kr_same(key, KR_ELLIPSIS) && m->view.ndim == 0) return self;
    if (!find_item(vm, m, key, false, &at)) return KR_ERROR;
    return at ? kr_buffer_unpack(vm, m->view.format, at) : slice_view(vm, m, key);
}

static bool same_structure(const KrBuffer *a, const KrBuffer *b) {
    size_t size_a = 0, size_b = 0;
    return a->ndim == 1 && b->ndim == 1 && kr_format_code(a->format, &size_a) == kr_format_code(b->format, &size_b) && size_a == size_b &&
           size_a && kr_buffer_shape(a, 0) == kr_buffer_shape(b, 0);
}

// Copies between views that may overlap: by way of a copy.
static bool copy_items(KrVm *vm, const KrBuffer *to, const KrBuffer *from) {
    uint8_t *scratch = kr_buffer_alloc(vm, from->len ? from->len : 1);
    if (!scratch || !kr_buffer_copy_out(vm, from, 'C', scratch)) return false;
    if (kr_buffer_contiguous(to, 'C')) return kr_bulk_copy(vm, to->data, scratch, to->len);
    uint8_t *at = to->data;
    intptr_t count = kr_buffer_shape(to, 0), stride = kr_buffer_stride(to, 0);
    for (intptr_t i = 0; i < count; i++, at += stride) {
        memcpy(at, scratch + (size_t)i * to->item_size, to->item_size);
        if (KR_UNLIKELY(i % 32768 == 32767) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
    }
    return true;
}

static bool assign_slice(KrVm *vm, KrMemoryView *m, KrValue slice, KrValue value) {
    if (m->view.ndim != 1)
        return kr_fail(kr_raise(vm, &kr_not_implemented_error, "memoryview slice assignments are currently restricted to ndim = 1"));
    KrBuffer from;
    if (!kr_get_buffer(vm, value, &from, KR_BUFFER_STRIDED | KR_BUFFER_FORMAT)) return false;
    KrValue part = slice_view(vm, m, slice);
    bool ok = !kr_is_error(part);
    if (ok) {
        KrMemoryView *to = kr_view_of(part);
        if (same_structure(&to->view, &from)) ok = copy_items(vm, &to->view, &from);
        else ok = kr_fail(kr_raise(vm, &kr_value_error, "memoryview assignment: lvalue and rvalue have different structures"));
        let_go(vm, to);
    }
    kr_release_buffer(vm, &from);
    return ok;
}

static bool view_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    KrMemoryView *m = kr_view_of(self);
    uint8_t *at;
    if (!is_usable(vm, m)) return false;
    if (m->view.read_only) return kr_fail(kr_raise(vm, &kr_type_error, "cannot modify read-only memory"));
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "cannot delete memory"));
    if (m->view.ndim == 0 && kr_same(key, KR_ELLIPSIS)) at = m->view.data;
    else if (!find_item(vm, m, key, true, &at)) return false;
    if (!at) return assign_slice(vm, m, key, value);
    m->exports++; // the conversion of value may run Python code, which must not release the memory
    bool ok = kr_buffer_pack(vm, m->view.format, at, value);
    m->exports--;
    return ok;
}

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue view_tobytes(KrVm *vm, KrValue self, const KrValue *arg) {
    KrMemoryView *m = kr_view_of(self);
    char order = 'C';
    if (!kr_is_none(arg[0]) && !kr_is_str(arg[0]))
        return kr_raise(vm, &kr_type_error, "tobytes() argument 'order' must be str or None, not %T", arg[0]);
    if (!is_usable(vm, m)) return KR_ERROR;
    if (!kr_is_none(arg[0])) {
        if (!kr_is_c_text(vm, arg[0])) return KR_ERROR;
        order = kr_str_of(arg[0])->len == 1 ? kr_str_data(kr_str_of(arg[0]))[0] : 0;
        if (order != 'C' && order != 'F' && order != 'A') return kr_raise(vm, &kr_value_error, "order must be 'C', 'F' or 'A'");
    }
    KrValue bytes = kr_bytes(vm, NULL, m->view.len);
    return !kr_is_error(bytes) && kr_buffer_copy_out(vm, &m->view, order, kr_bytes_data(bytes, NULL)) ? bytes : KR_ERROR;
}

static KrValue view_hex(KrVm *vm, KrValue self, const KrValue *arg) {
    int group;
    if (!kr_arg_int(vm, arg[1], &group)) return KR_ERROR; // its __index__ may release the view
    KrValue bytes = view_tobytes(vm, self, (KrValue[]){ KR_NONE });
    return kr_is_error(bytes) ? bytes : kr_hex_of(vm, bytes, (KrValue[]){ arg[0], kr_int_box(group) });
}

static KrValue view_tolist(KrVm *vm, KrValue self, const KrValue *arg) {
    KrMemoryView *m = kr_view_of(self);
    return (void)arg, is_usable(vm, m) ? kr_buffer_list(vm, &m->view) : KR_ERROR;
}

static KrValue view_toreadonly(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    if (!is_usable(vm, kr_view_of(self))) return KR_ERROR;
    KrValue copy = view_like(vm, kr_view_of(self));
    if (!kr_is_error(copy)) kr_view_of(copy)->view.read_only = true;
    return copy;
}

// ---- cast ----------------------------------------------------------------------------------------------------------------------

// Formats as text that lives forever.
static const char *static_format(const char *format) {
    static const char text[][3] = { "@B", "@b", "@c", "@?", "@h", "@H", "@i", "@I", "@l", "@L", "@q", "@Q", "@n", "@N", "@P", "@f", "@d" };
    size_t size;
    char code = kr_format_code(format, &size);
    for (size_t i = 0; i < KR_COUNT_OF(text); i++)
        if (text[i][1] == code) return *format == '@' ? text[i] : text[i] + 1;
    return NULL;
}

static bool is_byte(char code) { return code == 'B' || code == 'b' || code == 'c'; }

// The shape that a list or tuple gives; its product times the item's size must be the size of the memory.
static bool read_shape(KrVm *vm, KrValue shape, intptr_t *dims, unsigned *ndim, size_t len, size_t item_size) {
    size_t count, product = item_size;
    const KrValue *item = kr_is_tuple(shape) ? kr_tuple_items(shape, &count) : kr_list_items(shape, &count);
    if (count > KR_BUFFER_DIMENSIONS) return kr_fail(kr_raise(vm, &kr_value_error, "memoryview: number of dimensions must not exceed 64"));
    for (size_t i = 0; i < count; i++) {
        if (!kr_is_integer(item[i])) return kr_fail(kr_raise(vm, &kr_type_error, "memoryview.cast(): elements of shape must be integers"));
        if (!kr_to_index(vm, item[i], &dims[i]))
            return (void)kr_take_raised(vm), kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
        if (dims[i] <= 0) return kr_fail(kr_raise(vm, &kr_value_error, "memoryview.cast(): elements of shape must be integers > 0"));
        if ((size_t)dims[i] > PTRDIFF_MAX / product)
            return kr_fail(kr_raise(vm, &kr_value_error, "memoryview.cast(): product(shape) > SSIZE_MAX"));
        product *= (size_t)dims[i];
    }
    if (product != len) return kr_fail(kr_raise(vm, &kr_type_error, "memoryview: product(shape) * itemsize != buffer size"));
    return *ndim = (unsigned)count, true;
}

static KrValue cast_to(KrVm *vm, KrMemoryView *m, const char *format, KrValue shape) {
    size_t size, old_size;
    char code = kr_format_code(format, &size), old = kr_format_code(m->view.format, &old_size);
    if (!code)
        return kr_raise(vm, &kr_value_error,
                        "memoryview: destination format must be a native single character format prefixed with an optional '@'");
    if (!old)
        return kr_raise(vm, &kr_value_error,
                        "memoryview: source format must be a native single character format prefixed with an optional '@'");
    if (!is_byte(code) && !is_byte(old)) return kr_raise(vm, &kr_type_error, "memoryview: cannot cast between two non-byte formats");
    if (m->view.len % size) return kr_raise(vm, &kr_type_error, "memoryview: length is not a multiple of itemsize");
    intptr_t dims[KR_BUFFER_DIMENSIONS] = { (intptr_t)(m->view.len / size) };
    unsigned ndim = 1;
    if (!kr_is_unset(shape) && !read_shape(vm, shape, dims, &ndim, m->view.len, size)) return KR_ERROR;
    KrMemoryView *cast = new_view(vm, m->shared, &m->view, ndim);
    if (!cast) return KR_ERROR;
    cast->view.format = static_format(format);
    cast->view.item_size = size;
    intptr_t stride = (intptr_t)size;
    for (unsigned d = ndim; d-- > 0;) {
        cast->view.shape[d] = dims[d];
        cast->view.strides[d] = stride;
        stride *= dims[d];
    }
    return kr_from_ptr(cast);
}

static KrValue view_cast(KrVm *vm, KrValue self, const KrValue *arg) {
    KrMemoryView *m = kr_view_of(self);
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "cast() argument 'format' must be str, not %s", kr_shown_type(arg[0]));
    if (!is_usable(vm, m)) return KR_ERROR;
    if (!kr_buffer_contiguous(&m->view, 'C')) return kr_raise(vm, &kr_type_error, "memoryview: casts are restricted to C-contiguous views");
    if ((!kr_is_unset(arg[1]) || m->view.ndim != 1) && m->view.len == 0)
        return kr_raise(vm, &kr_type_error, "memoryview: cannot cast view with zeros in shape or strides");
    size_t count = 1;
    if (kr_is_list(arg[1])) (void)kr_list_items(arg[1], &count);
    else if (kr_is_tuple(arg[1])) (void)kr_tuple_items(arg[1], &count);
    else if (!kr_is_unset(arg[1])) return kr_raise(vm, &kr_type_error, "shape must be a list or a tuple");
    if (count != 1 && m->view.ndim != 1) return kr_raise(vm, &kr_type_error, "memoryview: cast must be 1D -> ND or ND -> 1D");
    if (!(kr_str_of(arg[0])->flags & KR_STR_ASCII)) return kr_encode(vm, arg[0], "ascii", NULL); // raises
    return cast_to(vm, m, kr_str_text(arg[0], NULL), arg[1]);
}

// ---- Attributes ----------------------------------------------------------------------------------------------------------------

static KrValue tuple_of(KrVm *vm, const intptr_t *dims, unsigned ndim) {
    KrValue item[KR_BUFFER_DIMENSIONS];
    for (unsigned d = 0; d < ndim; d++)
        if (kr_is_error(item[d] = kr_int(vm, dims[d]))) return KR_ERROR;
    return kr_tuple(vm, ndim, item);
}

// A class of Python's that exports a memoryview's memory (__buffer__) is passed over, as CPython does for its own that only hold another's.
static KrValue memory_owner(const KrMemoryView *m) {
    while (kr_is_exact(m->shared->buffer.owner, &kr_memoryview_type)) m = kr_view_of(m->shared->buffer.owner);
    return m->shared->buffer.owner;
}

#define ATTRIBUTE(name, result) \
    static KrValue view_##name(KrVm *vm, KrValue self) { \
        const KrMemoryView *m = kr_view_of(self); \
        return is_usable(vm, m) ? (result) : KR_ERROR; \
    }
ATTRIBUTE(obj, memory_owner(m))
ATTRIBUTE(nbytes, kr_int(vm, (int64_t)m->view.len))
ATTRIBUTE(itemsize, kr_int(vm, (int64_t)m->view.item_size))
ATTRIBUTE(format, kr_str_c(vm, m->view.format))
ATTRIBUTE(ndim, kr_int_box((intptr_t)m->view.ndim))
ATTRIBUTE(readonly, kr_bool(m->view.read_only))
ATTRIBUTE(shape, tuple_of(vm, m->view.shape, m->view.ndim))
ATTRIBUTE(strides, tuple_of(vm, m->view.strides, m->view.ndim))
ATTRIBUTE(suboffsets, kr_tuple(vm, 0, NULL))
ATTRIBUTE(c_contiguous, kr_bool(kr_buffer_contiguous(&m->view, 'C')))
ATTRIBUTE(f_contiguous, kr_bool(kr_buffer_contiguous(&m->view, 'F')))
ATTRIBUTE(contiguous, kr_bool(kr_buffer_contiguous(&m->view, 'A')))

// ---- Slots ---------------------------------------------------------------------------------------------------------------------

static KrValue view_repr(KrVm *vm, KrValue self) {
    const KrMemoryView *m = kr_view_of(self);
    return kr_format(vm, m->shared ? "<memory at 0x%x>" : "<released memory at 0x%x>", (size_t)(uintptr_t)m);
}

static bool view_length(KrVm *vm, KrValue self, size_t *out) {
    const KrMemoryView *m = kr_view_of(self);
    if (!is_usable(vm, m)) return false;
    if (m->view.ndim == 0) return kr_fail(kr_raise(vm, &kr_type_error, "0-dim memory has no length"));
    return *out = (size_t)m->view.shape[0], true;
}

static bool view_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrMemoryView *m = kr_view_of(self);
    size_t size;
    if (!m->hashed) {
        if (!is_usable(vm, m)) return false;
        if (!m->view.read_only) return kr_fail(kr_raise(vm, &kr_value_error, "cannot hash writable memoryview object"));
        if (!is_byte(kr_format_code(m->view.format, &size)))
            return kr_fail(kr_raise(vm, &kr_value_error, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
        if (!kr_hash(vm, m->shared->buffer.owner, out)) return false; // what is viewed must be hashable itself
        KrValue bytes = kr_buffer_bytes(vm, &m->view);
        if (kr_is_error(bytes)) return false;
        m->hashed = kr_span_hash(kr_span_of(bytes), &m->hash);
    }
    return *out = m->hash, true;
}

static KrValue view_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (op != KR_EQ && op != KR_NE) return KR_NOTIMPL;
    KrMemoryView *m = kr_view_of(self);
    bool equal = kr_same(self, other);
    bool released = !m->shared || (kr_is_exact(other, &kr_memoryview_type) && !kr_view_of(other)->shared);
    if (!released) {
        KrBuffer buffer;
        if (!kr_get_buffer(vm, other, &buffer, KR_BUFFER_STRIDED | KR_BUFFER_FORMAT)) {
            if (!kr_raised_is(vm, &kr_type_error) && !kr_raised_is(vm, &kr_buffer_error)) return KR_ERROR;
            (void)kr_take_raised(vm);
            return KR_NOTIMPL;
        }
        m->exports++; // comparing numbers cannot run Python code that releases it; one day it might
        bool ok = kr_buffer_equal(vm, &m->view, &buffer, &equal);
        m->exports--;
        kr_release_buffer(vm, &buffer);
        if (!ok) return KR_ERROR;
    }
    return kr_bool(equal == (op == KR_EQ));
}

// ---- Iterator ------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue view; // KR_UNSET at the end
    intptr_t at, count;
} MemoryIterator;

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((MemoryIterator *)o)->view); }
static KrValue iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }

static KrValue iterator_next(KrVm *vm, KrValue self) {
    MemoryIterator *it = KR_AS(MemoryIterator, self);
    if (kr_is_unset(it->view)) return KR_DONE;
    const KrMemoryView *m = kr_view_of(it->view);
    if (!is_usable(vm, m)) return KR_ERROR;
    if (it->at < it->count) return kr_buffer_unpack(vm, m->view.format, (uint8_t *)m->view.data + it->at++ * m->view.strides[0]);
    kr_store(vm, it, &it->view, KR_UNSET);
    return KR_DONE;
}

static const KrType memory_iterator_type = {
    KR_TYPE_HEAD(memory_iterator_type),
    .name = "memory_iterator",
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(MemoryIterator),
    .trace = iterator_trace,
    .iter = iterator_self,
    .next = iterator_next,
};

static KrValue view_iter(KrVm *vm, KrValue self) {
    const KrMemoryView *m = kr_view_of(self);
    size_t size;
    if (!is_usable(vm, m)) return KR_ERROR;
    if (m->view.ndim == 0) return kr_raise(vm, &kr_type_error, "invalid indexing of 0-dim memory");
    if (m->view.ndim > 1) return kr_raise(vm, &kr_not_implemented_error, "multi-dimensional sub-views are not implemented");
    if (!kr_format_code(m->view.format, &size))
        return kr_raise(vm, &kr_not_implemented_error, "memoryview: format %s not supported", m->view.format);
    MemoryIterator *it = kr_alloc(vm, &memory_iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->view = self;
    it->count = m->view.shape[0];
    return kr_from_ptr(it);
}

// ---- Tables --------------------------------------------------------------------------------------------------------------------

static const KrMethod view_methods[] = {
    { "cast(format, shape=<unrepresentable>)", view_cast, KR_DOC("The same memory with another format or shape."), 0 },
    { "hex(sep=<unrepresentable>, bytes_per_sep=1)", view_hex, KR_DOC("Two hexadecimal digits for each byte."), 0 },
    { "release()", view_release, KR_DOC("Gives the memory back: the view cannot be used any more."), 0 },
    { "tobytes(order='C')", view_tobytes, KR_DOC("The memory as bytes; order 'C', 'F' or 'A'."), 0 },
    { "tolist()", view_tolist, KR_DOC("The items as a list."), 0 },
    { "toreadonly()", view_toreadonly, KR_DOC("A view that cannot be written to."), 0 },
    { "__enter__()", view_enter, "", 0 },
    { "__exit__(*exc_info)", view_release, KR_DOC("Release the underlying buffer."), 0 },
    { 0 },
};

static const KrGetSet view_attributes[] = {
    { "obj", view_obj, NULL, KR_DOC("The object whose memory it is.") },
    { "nbytes", view_nbytes, NULL, KR_DOC("Bytes of all items.") },
    { "itemsize", view_itemsize, NULL, KR_DOC("Bytes of an item.") },
    { "format", view_format, NULL, KR_DOC("Format of an item, as in the struct module.") },
    { "ndim", view_ndim, NULL, KR_DOC("Number of dimensions.") },
    { "readonly", view_readonly, NULL, KR_DOC("Whether the memory cannot be written to.") },
    { "shape", view_shape, NULL, KR_DOC("Items along each dimension.") },
    { "strides", view_strides, NULL, KR_DOC("Bytes from an item to the next, along each dimension.") },
    { "suboffsets", view_suboffsets, NULL, KR_DOC("Empty: there are no indirect arrays.") },
    { "c_contiguous", view_c_contiguous, NULL, KR_DOC("Whether the last index varies fastest, without gaps.") },
    { "f_contiguous", view_f_contiguous, NULL, KR_DOC("Whether the first index varies fastest, without gaps.") },
    { "contiguous", view_contiguous, NULL, KR_DOC("Whether there are no gaps.") },
    { 0 },
};

const KrType kr_memoryview_type = {
    KR_TYPE_HEAD(kr_memoryview_type),
    .name = "memoryview",
    .doc = KR_DOC("memoryview(object): a view of the memory of an object that has the buffer protocol."),
    .flags = KR_TYPE_SEQUENCE | KR_TYPE_WEAKREF,
    .size = sizeof(KrMemoryView),
    .methods = view_methods,
    .attributes = view_attributes,
    .make = &view_make_row,
    .trace = view_trace,
    .finalize = view_finalize,
    .repr = view_repr,
    .hash = view_hash,
    .length = view_length,
    .compare = view_compare,
    .iter = view_iter,
    .getitem = view_getitem,
    .setitem = view_setitem,
    .more = &(const KrMoreSlots){ .buffer = view_buffer, .buffer_release = view_buffer_release },
};
