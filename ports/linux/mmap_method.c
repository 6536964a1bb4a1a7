// mmap_method.c - methods of mmap: those of a file, and those of memory.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "map_guard.h"
#include "mmap_part.h"
#include "vm/audit.h"

#define MAP          kr_mmap_of(self)
#define METHOD(name) static KrValue mmap_##name(KrVm *vm, KrValue self, KR_UNUSED const KrValue *arg)

// ---- As a file -------------------------------------------------------------------------------------------------------------------

METHOD(close) {
    if (MAP->exports) return kr_raise(vm, &kr_buffer_error, "cannot close exported pointers exist");
    return kr_mmap_unmap(vm, MAP), KR_NONE;
}

static KrValue take(KrVm *vm, KrMmap *m, size_t count) {
    KrValue out = kr_bytes(vm, NULL, count);
    if (kr_is_error(out) || !kr_mmap_open(vm, m)) return KR_ERROR;
    memcpy(kr_bytes_data(out, NULL), m->data + m->at, count);
    return m->at += count, out;
}

METHOD(read) { // n
    intptr_t n = -1;
    if (!kr_mmap_open(vm, MAP) || (!kr_is_none(arg[0]) && !kr_to_index(vm, arg[0], &n))) return KR_ERROR;
    size_t left = MAP->at < MAP->len ? MAP->len - MAP->at : 0;
    return take(vm, MAP, n < 0 || (size_t)n > left ? left : (size_t)n);
}

METHOD(read_byte) {
    if (!kr_mmap_open(vm, MAP)) return KR_ERROR;
    if (MAP->at >= MAP->len) return kr_raise(vm, &kr_value_error, "read byte out of range");
    return kr_int_box(MAP->data[MAP->at++]);
}

METHOD(readline) {
    if (!kr_mmap_open(vm, MAP)) return KR_ERROR;
    size_t left = MAP->at < MAP->len ? MAP->len - MAP->at : 0;
    const uint8_t *from = MAP->data + MAP->at, *end = left ? memchr(from, '\n', left) : NULL;
    return take(vm, MAP, end ? (size_t)(end - from) + 1 : left);
}

METHOD(write) {
    KrBuffer b;
    if (!kr_mmap_open(vm, MAP) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = kr_mmap_writable(vm, MAP);
    size_t len = b.len;
    if (ok && (MAP->at > MAP->len || MAP->len - MAP->at < len)) ok = kr_fail(kr_raise(vm, &kr_value_error, "data out of range"));
    if (ok) memmove(MAP->data + MAP->at, b.data, len), MAP->at += len;
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, (int64_t)len) : KR_ERROR;
}

METHOD(write_byte) {
    int64_t byte;
    if (!kr_mmap_open(vm, MAP) || !kr_to_int64(vm, arg[0], &byte)) return KR_ERROR;
    if (byte < 0) return kr_raise(vm, &kr_overflow_error, "unsigned byte integer is less than minimum");
    if (byte > 255) return kr_raise(vm, &kr_overflow_error, "unsigned byte integer is greater than maximum");
    if (!kr_mmap_writable(vm, MAP)) return KR_ERROR;
    if (MAP->at >= MAP->len) return kr_raise(vm, &kr_value_error, "write byte out of range");
    return MAP->data[MAP->at++] = (uint8_t)byte, KR_NONE;
}

METHOD(tell) { return kr_mmap_open(vm, MAP) ? kr_int(vm, (int64_t)MAP->at) : KR_ERROR; }
METHOD(seekable) { return (void)vm, (void)self, KR_TRUE; }

METHOD(seek) { // pos, whence
    int64_t to;
    int whence;
    if (!kr_mmap_open(vm, MAP) || !kr_to_int64(vm, arg[0], &to) || !kr_linux_int(vm, arg[1], &whence)) return KR_ERROR;
    if (whence < 0 || whence > 2) return kr_raise(vm, &kr_value_error, "unknown seek type");
    int64_t from = whence == 0 ? 0 : (int64_t)(whence == 1 ? MAP->at : MAP->len);
    if (to < -from || to > (int64_t)MAP->len - from) return kr_raise(vm, &kr_value_error, "seek out of range");
    MAP->at = (size_t)(from + to);
    return kr_int(vm, (int64_t)MAP->at);
}

METHOD(size) { // of the file
    struct stat s;
    if (!kr_mmap_open(vm, MAP)) return KR_ERROR;
    return fstat(MAP->fd, &s) < 0 ? kr_raise_os(vm, errno, KR_UNSET) : kr_int(vm, s.st_size);
}

METHOD(enter) { return kr_mmap_open(vm, MAP) ? self : KR_ERROR; }
METHOD(exit) { return mmap_close(vm, self, NULL); }

// ---- As memory -------------------------------------------------------------------------------------------------------------------

static bool bound(KrVm *vm, KrValue v, size_t len, size_t fallback, size_t *out) {
    intptr_t n;
    if (kr_is_none(v)) return *out = fallback, true;
    if (!kr_to_index_clipped(vm, v, &n)) return false;
    if (n < 0) n += (intptr_t)len;
    return *out = n < 0 ? 0 : (size_t)n > len ? len : (size_t)n, true;
}

static const uint8_t *find_last(const uint8_t *p, size_t len, const uint8_t *what, size_t size) {
    for (size_t at = len - size + 1; size <= len && at--;)
        if (memcmp(p + at, what, size) == 0) return p + at;
    return NULL;
}

static KrValue find(KrVm *vm, KrValue self, const KrValue *arg, bool last) {
    KrBuffer b;
    size_t start, end;
    const uint8_t *at = NULL;
    if (!kr_mmap_open(vm, MAP) || !bound(vm, arg[1], MAP->len, MAP->at, &start) || !bound(vm, arg[2], MAP->len, MAP->len, &end))
        return KR_ERROR;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = kr_mmap_open(vm, MAP);
    if (ok && start <= end && end <= MAP->len)
        at = last ? find_last(MAP->data + start, end - start, b.data, b.len) : memmem(MAP->data + start, end - start, b.data, b.len);
    kr_release_buffer(vm, &b);
    if (!ok) return KR_ERROR;
    return kr_int(vm, at ? at - MAP->data : -1);
}

METHOD(find) { return find(vm, self, arg, false); }
METHOD(rfind) { return find(vm, self, arg, true); }

METHOD(move) { // dest, src, count
    int64_t to, from, count, len = (int64_t)MAP->len;
    if (!kr_to_int64(vm, arg[0], &to) || !kr_to_int64(vm, arg[1], &from) || !kr_to_int64(vm, arg[2], &count)) return KR_ERROR;
    if (!kr_mmap_writable(vm, MAP)) return KR_ERROR;
    if (to < 0 || from < 0 || count < 0 || to > len || from > len || count > len - to || count > len - from)
        return kr_raise(vm, &kr_value_error, "source, destination, or count out of range");
    return memmove(MAP->data + to, MAP->data + from, (size_t)count), KR_NONE;
}

typedef struct {
    void *data;
    size_t len;
    int error;
} Flush;

static void flush_outside(void *context) {
    Flush *f = context;
    f->error = msync(f->data, f->len, MS_SYNC) < 0 ? errno : 0;
}

METHOD(flush) { // offset, size
    int64_t at, len = (int64_t)MAP->len, size = 0;
    if (!kr_to_int64(vm, arg[0], &at) || (!kr_is_unset(arg[1]) && !kr_to_int64(vm, arg[1], &size)) || !kr_mmap_open(vm, MAP))
        return KR_ERROR;
    if (kr_is_unset(arg[1])) size = len;
    if (at < 0 || size < 0 || at > len || size > len - at) return kr_raise(vm, &kr_value_error, "flush values out of range");
    if (MAP->access == KR_MMAP_READ || MAP->access == KR_MMAP_COPY) return KR_NONE;
    Flush f = { MAP->data + at, (size_t)size, 0 };
    MAP->exports++; // another thread could close it
    kr_blocking(vm, flush_outside, &f);
    MAP->exports--;
    return f.error ? kr_raise_os(vm, f.error, KR_UNSET) : KR_NONE;
}

METHOD(madvise) { // option, start, length
    int option;
    int64_t at, len = (int64_t)MAP->len, size = 0;
    if (!kr_linux_int(vm, arg[0], &option) || !kr_to_int64(vm, arg[1], &at)) return KR_ERROR;
    if ((!kr_is_unset(arg[2]) && !kr_to_int64(vm, arg[2], &size)) || !kr_mmap_open(vm, MAP)) return KR_ERROR;
    if (kr_is_unset(arg[2])) size = len;
    if (at < 0 || at >= len) return kr_raise(vm, &kr_value_error, "madvise start out of bounds");
    if (size < 0) return kr_raise(vm, &kr_value_error, "madvise length invalid");
    if (size > INT64_MAX - at) return kr_raise(vm, &kr_overflow_error, "madvise length too large");
    if (size > len - at) size = len - at;
    return madvise(MAP->data + at, (size_t)size, option) < 0 ? kr_raise_os(vm, errno, KR_UNSET) : KR_NONE;
}

static bool may_resize(KrVm *vm, const KrMmap *m) {
    if (!kr_mmap_open(vm, m)) return false;
    if (m->exports) return kr_fail(kr_raise(vm, &kr_buffer_error, "mmap can't resize with extant pointers exported."));
    if (m->access == KR_MMAP_READ || m->access == KR_MMAP_COPY)
        return kr_fail(kr_raise(vm, &kr_type_error, "mmap can't resize a readonly or copy-on-write memory map."));
    return m->tracks || kr_fail(kr_raise(vm, &kr_value_error, "mmap can't resize with trackfd=False."));
}

METHOD(resize) { // newsize
    int64_t size;
    KrMmap *m = MAP;
    if (!kr_to_int64(vm, arg[0], &size) || !may_resize(vm, m)) return KR_ERROR;
    KrValue told[2] = { self, arg[0] };
    if (!kr_audit(vm, "mmap.resize", 2, told)) return KR_ERROR;
    if (size < 0 || size > INT64_MAX - m->offset || (uint64_t)size > PTRDIFF_MAX)
        return kr_raise(vm, &kr_value_error, "new size out of range");
    if (m->fd == -1 && !(m->flags & MAP_PRIVATE) && (size_t)size > m->len)
        return kr_raise(vm, &kr_value_error, "mmap: can't expand a shared anonymous mapping on Linux");
    if (m->fd >= 0 && ftruncate(m->fd, m->offset + size) < 0) return kr_raise_os(vm, errno, KR_UNSET);
    size_t more = m->charged && (size_t)size > m->len ? (size_t)size - m->len : 0;
    if (!kr_charge(vm, more)) return KR_ERROR;
    kr_map_unguard(m->data);
    void *data = mremap(m->data, m->len, (size_t)size, MREMAP_MAYMOVE);
    int error = errno;
    if (data != MAP_FAILED) {
        if (m->charged) m->charged = m->charged + more;
        m->data = data, m->len = (size_t)size;
    } else {
        kr_uncharge(vm, more);
    }
    bool guarded = kr_map_guard(m->data, m->len);
    if (data == MAP_FAILED) return kr_raise_os(vm, error, KR_UNSET);
    return guarded ? KR_NONE : kr_raise_memory(vm);
}

METHOD(sizeof) { return kr_int(vm, (int64_t)kr_type_of(self)->size); }

const KrMethod kr_mmap_methods[] = {
    { "close()", mmap_close, KR_DOC("Give the memory back; BufferError while somebody holds a buffer."), 0 },
    { "find(sub, start=None, end=None, /)", mmap_find, KR_DOC("Where sub is, from start on (by default the position); -1: nowhere."), 0 },
    { "rfind(sub, start=None, end=None, /)", mmap_rfind,
      KR_DOC("Where sub is for the last time, from start on (by default the position); -1: nowhere."), 0 },
    { "flush(offset=0, size=<unset>, /)", mmap_flush, KR_DOC("Wait until what was written is in the file."), 0 },
    { "madvise(option, start=0, length=<unset>, /)", mmap_madvise, KR_DOC("Tell the system how the memory will be used: MADV_..."), 0 },
    { "move(dest, src, count, /)", mmap_move, KR_DOC("Copy count bytes within the memory; the two places may overlap."), 0 },
    { "read(n=None, /)", mmap_read, KR_DOC("The next n bytes, or all that are left."), 0 },
    { "read_byte()", mmap_read_byte, KR_DOC("The next byte, as an integer."), 0 },
    { "readline()", mmap_readline, KR_DOC("The next line, with its end."), 0 },
    { "resize(newsize, /)", mmap_resize, KR_DOC("Make the memory, and the file behind it, longer or shorter."), 0 },
    { "seek(pos, whence=0, /)", mmap_seek, KR_DOC("Set the position: from the beginning (0), from where it is (1), from the end (2)."), 0 },
    { "seekable()", mmap_seekable, KR_DOC("True."), 0 },
    { "size()", mmap_size, KR_DOC("Bytes of the file."), 0 },
    { "tell()", mmap_tell, KR_DOC("The position."), 0 },
    { "write(bytes, /)", mmap_write, KR_DOC("Write at the position. Return how many bytes that were."), 0 },
    { "write_byte(byte, /)", mmap_write_byte, KR_DOC("Write an integer as one byte."), 0 },
    { "__enter__()", mmap_enter, "", 0 },
    { "__exit__(*args)", mmap_exit, "", 0 },
    { "__sizeof__()", mmap_sizeof, "", 0 },
    { 0 },
};
