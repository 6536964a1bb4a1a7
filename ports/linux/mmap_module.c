// mmap_module.c - the mmap module: files as memory. The type's sequence half; mmap_method.c has its methods.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "map_guard.h"
#include "mmap_part.h"
#include "vm/access.h"
#include "vm/audit.h"

#define MAP kr_mmap_of(self)

bool kr_mmap_open(KrVm *vm, const KrMmap *m) { return m->data || kr_fail(kr_raise(vm, &kr_value_error, "mmap closed or invalid")); }

bool kr_mmap_writable(KrVm *vm, const KrMmap *m) {
    if (!kr_mmap_open(vm, m)) return false;
    return m->access != KR_MMAP_READ || kr_fail(kr_raise(vm, &kr_type_error, "mmap can't modify a readonly memory map."));
}

void kr_mmap_unmap(KrVm *vm, KrMmap *m) {
    if (!m->data) return;
    kr_map_unguard(m->data);
    munmap(m->data, m->len);
    m->data = NULL;
    kr_uncharge(vm, m->charged);
    if (m->fd >= 0) close(m->fd);
    m->fd = -1;
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------

typedef struct {
    int fd, flags, protection, access;
    size_t len;
    int64_t offset;
    bool tracks;
} Wish;

static bool wish_of(KrVm *vm, const KrValue *arg, Wish *w) { // fileno, length, flags, prot, access, offset, trackfd
    intptr_t len;
    if (!kr_linux_int(vm, arg[0], &w->fd) || !kr_to_index(vm, arg[1], &len)) {
        if (!kr_raised_is(vm, &kr_index_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t"));
    }
    if (!kr_linux_int(vm, arg[2], &w->flags) || !kr_linux_int(vm, arg[3], &w->protection) || !kr_linux_int(vm, arg[4], &w->access) ||
        !kr_to_int64(vm, arg[5], &w->offset) || !kr_truth(vm, arg[6], &w->tracks))
        return false;
    if (len < 0) return kr_fail(kr_raise(vm, &kr_overflow_error, "memory mapped length must be positive"));
    if (w->offset < 0) return kr_fail(kr_raise(vm, &kr_overflow_error, "memory mapped offset must be positive"));
    if (w->access != KR_MMAP_DEFAULT && (w->flags != MAP_SHARED || w->protection != (PROT_READ | PROT_WRITE)))
        return kr_fail(kr_raise(vm, &kr_value_error, "mmap can't specify both access and flags, prot."));
    return w->len = (size_t)len, true;
}

// What the kind of access means for the system.
static bool set_access(KrVm *vm, Wish *w) {
    switch (w->access) {
    case KR_MMAP_READ: w->flags = MAP_SHARED, w->protection = PROT_READ; return true;
    case KR_MMAP_WRITE: w->flags = MAP_SHARED, w->protection = PROT_READ | PROT_WRITE; return true;
    case KR_MMAP_COPY: w->flags = MAP_PRIVATE, w->protection = PROT_READ | PROT_WRITE; return true;
    case KR_MMAP_DEFAULT: // by what the program asked for
        if (!(w->protection & PROT_WRITE)) w->access = KR_MMAP_READ;
        else if (!(w->protection & PROT_READ)) w->access = KR_MMAP_WRITE;
        return true;
    default: return kr_fail(kr_raise(vm, &kr_value_error, "mmap invalid access parameter."));
    }
}

// The length that was not given, or that the file has.
static bool fit_file(KrVm *vm, Wish *w) {
    struct stat s;
    if (w->fd < 0) return true;
    if (fstat(w->fd, &s) < 0) return kr_fail(kr_raise_os(vm, errno, KR_UNSET));
    if (!S_ISREG(s.st_mode)) return true;
    if (w->len == 0) {
        if (s.st_size == 0) return kr_fail(kr_raise(vm, &kr_value_error, "cannot mmap an empty file"));
        if (w->offset >= s.st_size) return kr_fail(kr_raise(vm, &kr_value_error, "mmap offset is greater than file size"));
        if ((uint64_t)(s.st_size - w->offset) > PTRDIFF_MAX) return kr_fail(kr_raise(vm, &kr_value_error, "mmap length is too large"));
        w->len = (size_t)(s.st_size - w->offset);
    } else if (w->offset > s.st_size || (uint64_t)(s.st_size - w->offset) < w->len) {
        return kr_fail(kr_raise(vm, &kr_value_error, "mmap length is greater than file size"));
    }
    return true;
}

static bool map(KrVm *vm, KrMmap *m, Wish *w) {
    bool nobodys = w->fd == -1;
    size_t charged = nobodys || w->flags & MAP_PRIVATE ? w->len : 0; // memory of this process, not of a file
    if (nobodys) w->flags |= MAP_ANONYMOUS;
    else if (w->tracks && (m->fd = fcntl(w->fd, F_DUPFD_CLOEXEC, 0)) < 0) return kr_fail(kr_raise_os(vm, errno, KR_UNSET));
    if (!kr_charge(vm, charged)) return false;
    void *data = mmap(NULL, w->len, w->protection, w->flags, w->fd, w->offset);
    if (data == MAP_FAILED) return kr_uncharge(vm, charged), kr_fail(kr_raise_os(vm, errno, KR_UNSET));
    if (!kr_map_guard(data, w->len)) return munmap(data, w->len), kr_uncharge(vm, charged), kr_fail(kr_raise_memory(vm));
    m->data = data, m->len = w->len, m->charged = charged, m->offset = w->offset;
    m->flags = w->flags, m->protection = w->protection, m->access = (uint8_t)w->access, m->tracks = w->tracks;
    return true;
}

static KrValue make(KrVm *vm, KrValue self, const KrValue *arg) {
    Wish w;
    if (!wish_of(vm, arg, &w) || !set_access(vm, &w)) return KR_ERROR;
    KrValue told[4] = { arg[0], arg[1], kr_int_box(w.access), arg[5] };
    if (!kr_audit(vm, "mmap.__new__", 4, told) || (w.fd != -1 && !kr_access_fd(vm, w.fd)) || !fit_file(vm, &w)) return KR_ERROR;
    KrValue made = kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(made)) return made;
    kr_mmap_of(made)->fd = -1;
    if (map(vm, kr_mmap_of(made), &w)) return made;
    if (kr_mmap_of(made)->fd >= 0) close(kr_mmap_of(made)->fd);
    kr_mmap_of(made)->fd = -1;
    return KR_ERROR;
}

static void finalize(KrVm *vm, KrObject *o) { kr_mmap_unmap(vm, (KrMmap *)o); }

// ---- A sequence ------------------------------------------------------------------------------------------------------------------

static bool length(KrVm *vm, KrValue self, size_t *out) { return kr_mmap_open(vm, MAP) && (*out = MAP->len, true); }

static bool place_of(KrVm *vm, const KrMmap *m, KrValue key, size_t *at) {
    intptr_t i;
    if (!kr_to_index(vm, key, &i)) return false;
    if (i < 0) i += (intptr_t)m->len;
    if (i < 0 || (size_t)i >= m->len) return kr_fail(kr_raise(vm, &kr_index_error, "mmap index out of range"));
    return *at = (size_t)i, kr_mmap_open(vm, m);
}

static bool is_slice(KrValue key) { return kr_is_exact(key, &kr_slice_type); }

static bool is_key(KrVm *vm, KrValue key) {
    if (is_slice(key) || kr_is_integer(key)) return true;
    KrValue method = kr_type_lookup(vm, kr_type_of(key), kr_name(vm, "__index__"));
    return !kr_is_unset(method) || kr_fail(kr_raise(vm, &kr_type_error, "mmap indices must be integers"));
}

static KrValue getitem(KrVm *vm, KrValue self, KrValue key) {
    size_t at;
    intptr_t start, stop, step;
    if (!kr_mmap_open(vm, MAP) || !is_key(vm, key)) return KR_ERROR;
    if (!is_slice(key)) return place_of(vm, MAP, key, &at) ? kr_int_box(MAP->data[at]) : KR_ERROR;
    if (!kr_slice_unpack(vm, key, &start, &stop, &step) || !kr_mmap_open(vm, MAP)) return KR_ERROR;
    size_t count = kr_slice_adjust(MAP->len, &start, &stop, step);
    KrValue out = kr_bytes(vm, NULL, count);
    if (kr_is_error(out)) return out;
    uint8_t *to = kr_bytes_data(out, NULL);
    if (step == 1) return memcpy(to, MAP->data + start, count), out;
    for (size_t i = 0; i < count; i++) to[i] = MAP->data[start + (intptr_t)i * step];
    return out;
}

static bool set_slice(KrVm *vm, KrMmap *m, KrValue slice, KrValue value) {
    KrBuffer b;
    intptr_t start, stop, step;
    if (!kr_slice_unpack(vm, slice, &start, &stop, &step) || !kr_get_buffer(vm, value, &b, KR_BUFFER_READ)) return false;
    bool ok = kr_mmap_writable(vm, m);
    size_t count = ok ? kr_slice_adjust(m->len, &start, &stop, step) : 0;
    if (ok && b.len != count) ok = kr_fail(kr_raise(vm, &kr_index_error, "mmap slice assignment is wrong size"));
    if (ok && step == 1) memmove(m->data + start, b.data, count);
    for (size_t i = 0; ok && step != 1 && i < count; i++) m->data[start + (intptr_t)i * step] = ((const uint8_t *)b.data)[i];
    kr_release_buffer(vm, &b);
    return ok;
}

static bool setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    size_t at;
    int64_t byte;
    if (!kr_mmap_writable(vm, MAP) || !is_key(vm, key)) return false;
    if (kr_is_unset(value))
        return kr_fail(kr_raise(vm, &kr_type_error, "mmap doesn't support %s", is_slice(key) ? "slice deletion" : "item deletion"));
    if (is_slice(key)) return set_slice(vm, MAP, key, value);
    if (!place_of(vm, MAP, key, &at)) return false;
    if (!kr_is_integer(value)) return kr_fail(kr_raise(vm, &kr_type_error, "mmap item value must be an int"));
    if (!kr_int_fits(value, &byte) || byte < 0 || byte > 255)
        return kr_fail(kr_raise(vm, &kr_value_error, "mmap item value must be in range(0, 256)"));
    return MAP->data[at] = (uint8_t)byte, true;
}

// As in CPython, items that are iterated over are bytes of length 1, while those that are asked for by their index are integers.
typedef struct {
    KrObject head;
    KrValue map;
    size_t at;
} Iterator;

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Iterator *)o)->map); }
static KrValue iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }
static KrValue iterator_next(KrVm *vm, KrValue self) {
    Iterator *it = (Iterator *)kr_ptr(self);
    const KrMmap *m = kr_mmap_of(it->map);
    if (!kr_mmap_open(vm, m)) return KR_ERROR;
    return it->at < m->len ? kr_bytes(vm, &m->data[it->at++], 1) : KR_DONE;
}

static const KrType iterator_type = {
    KR_TYPE_HEAD(iterator_type), .name = "mmap_iterator", .module = "mmap",      .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Iterator),    .trace = iterator_trace, .iter = iterator_self, .next = iterator_next,
};

static KrValue iterate(KrVm *vm, KrValue self) {
    KrValue made = kr_mmap_open(vm, MAP) ? kr_alloc_instance(vm, &iterator_type) : KR_ERROR;
    if (!kr_is_error(made)) ((Iterator *)kr_ptr(made))->map = self;
    return made;
}

static bool contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    size_t len = 0;
    const uint8_t *p = kr_is_bytes(item) || kr_has_flag(item, KR_TYPE_IS_BYTEARRAY) ? kr_bytes_data(item, &len) : NULL;
    if (!kr_mmap_open(vm, MAP)) return false;
    return *out = p && len == 1 && memchr(MAP->data, *p, MAP->len), true;
}

// ---- Memory ----------------------------------------------------------------------------------------------------------------------

static bool buffer(KrVm *vm, KrValue self, KrBuffer *out, unsigned want) {
    KrMmap *m = MAP;
    (void)want;
    if (!kr_mmap_open(vm, m)) return false;
    out->data = m->data, out->len = m->len, out->item_size = 1, out->format = "B";
    out->read_only = m->access == KR_MMAP_READ;
    return m->exports++, true;
}

static void buffer_release(KrVm *vm, KrBuffer *b) { (void)vm, (void)kr_mmap_of(b->owner)->exports--; }

static KrValue repr(KrVm *vm, KrValue self) {
    static const char *const access[] = { "ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY" };
    const KrMmap *m = MAP;
    const char *name = kr_type_of(self)->name, *module = kr_type_of(self) == &kr_mmap_type ? "mmap." : "";
    if (!m->data) return kr_format(vm, "<%s%s closed=True>", module, name);
    return kr_format(vm, "<%s%s closed=False, access=%s, length=%u, pos=%u, offset=%z>", module, name, access[m->access], m->len, m->at,
                     (intptr_t)m->offset);
}

static KrValue closed(KrVm *vm, KrValue self) { return (void)vm, kr_bool(!MAP->data); }

static const KrGetSet attributes[] = { { "closed", closed, NULL, NULL }, { 0 } };

static const KrMethod make_row = { "mmap(fileno, length, flags=1, prot=3, access=0, offset=0, *, trackfd=True)", make, "", 0 };
static const KrMoreSlots more = { .buffer = buffer, .buffer_release = buffer_release };

const KrType kr_mmap_type = {
    KR_TYPE_HEAD(kr_mmap_type),
    .name = "mmap",
    .module = "mmap",
    .doc = KR_DOC(
        "A file as memory, from an offset (a multiple of ALLOCATIONGRANULARITY) on; length 0: to its end. fileno -1: memory of nobody. "
        "What is written goes to the file, unless access is ACCESS_COPY; where the file has become shorter, zeros are read."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(KrMmap),
    .methods = kr_mmap_methods,
    .attributes = attributes,
    .make = &make_row,
    .finalize = finalize,
    .repr = repr,
    .length = length,
    .iter = iterate,
    .getitem = getitem,
    .setitem = setitem,
    .contains = contains,
    .more = &more,
};

static bool init(KrVm *vm, KrValue module) {
    KrValue size = kr_int(vm, sysconf(_SC_PAGESIZE));
    return kr_setattr_c(vm, module, "PAGESIZE", size) && kr_setattr_c(vm, module, "ALLOCATIONGRANULARITY", size);
}

#define NUMBER(name) \
    { \
#name, KR_CONST_INT, { .i = (int64_t)(name) } \
    }

// clang-format off
static const KrConst constants[] = {
    { "mmap", KR_CONST_TYPE, { .p = &kr_mmap_type } }, { "error", KR_CONST_TYPE, { .p = &kr_os_error } },
    { "ACCESS_DEFAULT", KR_CONST_INT, { .i = KR_MMAP_DEFAULT } }, { "ACCESS_READ", KR_CONST_INT, { .i = KR_MMAP_READ } },
    { "ACCESS_WRITE", KR_CONST_INT, { .i = KR_MMAP_WRITE } }, { "ACCESS_COPY", KR_CONST_INT, { .i = KR_MMAP_COPY } },
    NUMBER(MADV_DODUMP), NUMBER(MADV_DOFORK), NUMBER(MADV_DONTDUMP), NUMBER(MADV_DONTFORK), NUMBER(MADV_DONTNEED), NUMBER(MADV_FREE),
    NUMBER(MADV_HUGEPAGE), NUMBER(MADV_HWPOISON), NUMBER(MADV_MERGEABLE), NUMBER(MADV_NOHUGEPAGE), NUMBER(MADV_NORMAL), NUMBER(MADV_RANDOM),
    NUMBER(MADV_REMOVE), NUMBER(MADV_SEQUENTIAL), NUMBER(MADV_UNMERGEABLE), NUMBER(MADV_WILLNEED), { "MAP_32BIT", KR_CONST_INT, { .i = 0x40 } },
    NUMBER(MAP_ANON), NUMBER(MAP_ANONYMOUS), NUMBER(MAP_DENYWRITE), NUMBER(MAP_EXECUTABLE), NUMBER(MAP_NORESERVE), NUMBER(MAP_POPULATE),
    NUMBER(MAP_PRIVATE), NUMBER(MAP_SHARED), NUMBER(MAP_STACK), NUMBER(PROT_EXEC), NUMBER(PROT_READ), NUMBER(PROT_WRITE),
    { 0 },
};
// clang-format on

const KrModuleDef kr_mmap_module = { "mmap", KR_DOC("Files as memory."), NULL, constants, init };
