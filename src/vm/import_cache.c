// import_cache.c - code of imported source files, kept in __pycache__. A cache file is a header (magic, flags, time of the source in us, its
// size, its hash) and a code file. Whatever is wrong with one, the source is compiled instead; whatever fails in writing one, nobody is told.
//
// A file that changed a moment ago may change again with the same time and size: its cache file is compared by hash, until a later import.
// SPDX-License-Identifier: MIT
#include "vm/import_cache.h"

#include "code/code_file.h"
#include "compile/compiler.h"
#include "object/module.h"
#include "object/object.h"
#include "object/str.h"
#include "port.h"
#include "vm/builtins.h"
#include "vm/import_load.h"

#if !KR_DEVICE

enum { YOUNG_NS = 2000000000 }; // the coarsest clock of a file system (FAT)

typedef struct {
    const char *path; // of the source
    KrPortStat stat;
    char *text; // the source, once it was read
    size_t len;
} Source;

static void put(uint8_t *p, uint64_t n, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) p[i] = (uint8_t)(n >> (8 * i));
}

static uint64_t get(const uint8_t *p, size_t bytes) {
    uint64_t n = 0;
    for (size_t i = 0; i < bytes; i++) n |= (uint64_t)p[i] << (8 * i);
    return n;
}

// As Python code computes it from os.stat(path).st_mtime.
static int64_t time_us(const KrPortStat *s) {
    volatile double seconds = (double)s->change_ns / 1e9;
    return (int64_t)(seconds * 1e6);
}

static bool read_source(Source *s, int *error) {
    if (s->text) return true;
    *error = kr_port_read_file(s->path, &s->text, &s->len);
    if (*error) s->text = NULL;
    return !*error;
}

static bool is_young(const Source *s) { return kr_port_clock_ns() - s->stat.change_ns < YOUNG_NS; }

// ---- Names ---------------------------------------------------------------------------------------------------------------------

KrValue kr_path_absolute(KrVm *vm, KrValue path) {
    char here[4096];
    const char *text = kr_str_text(path, NULL);
    if (*text == '/' || kr_port_folder_current(here, sizeof here)) return path;
    if (text[0] == '.' && text[1] == '/') text += 2;
    KrValue folder = kr_decode(vm, (const uint8_t *)here, strlen(here), "utf-8", "surrogateescape");
    if (kr_is_error(folder) || !*text || strcmp(text, ".") == 0) return folder;
    return kr_format(vm, strcmp(here, "/") == 0 ? "%S%s" : "%S/%s", folder, text);
}

// sys.pycache_prefix, if a program or the command set it.
static KrValue prefix_of(KrVm *vm) {
    KrValue name = kr_name(vm, "pycache_prefix");
    KrValue v = kr_is_error(name) ? name : kr_module_find(vm, KR_AS(KrModuleObject, vm->sys), name);
    return kr_is_error(v) || kr_is_str(v) ? v : KR_UNSET;
}

KrValue kr_cache_path(KrVm *vm, KrValue source, const char *level) {
    size_t len, folder, dot;
    KrValue prefix = prefix_of(vm);
    if (kr_is_str(prefix)) source = kr_path_absolute(vm, source);
    if (kr_is_error(prefix) || kr_is_error(source)) return KR_ERROR;
    const char *text = kr_str_text(source, &len);
    for (folder = len; folder && text[folder - 1] != '/';) folder--;
    for (dot = len; dot > folder && text[dot - 1] != '.';) dot--; // behind it; none: folder
    const char *sep = dot > folder ? "." : "";                    // CPython's rule for names without a suffix
    KrValue head = kr_str(vm, text, folder);
    KrValue stem = dot > folder + 1 ? kr_str(vm, text + folder, dot - 1 - folder) : kr_str(vm, text + dot, len - dot);
    if (kr_is_error(head) || kr_is_error(stem)) return KR_ERROR;
    const char *opt = *level ? ".opt-" : "";
    if (kr_is_str(prefix)) return kr_format(vm, "%S%S%S%s" KR_CACHE_TAG "%s%s.krc", prefix, head, stem, sep, opt, level);
    return kr_format(vm, "%S__pycache__/%S%s" KR_CACHE_TAG "%s%s.krc", head, stem, sep, opt, level);
}

// ---- Reading -------------------------------------------------------------------------------------------------------------------

static bool is_current(Source *s, const uint8_t *head) {
    uint64_t flags = get(head + 4, 4);
    int error;
    if (flags & ~(uint64_t)(KR_CACHE_HASH | KR_CACHE_CHECK | KR_CACHE_YOUNG)) return false;
    if (!(flags & KR_CACHE_HASH)) return get(head + 8, 8) == (uint64_t)time_us(&s->stat) && get(head + 16, 8) == (uint64_t)s->stat.size;
    if (!(flags & KR_CACHE_CHECK)) return true;
    return read_source(s, &error) && kr_source_hash(s->text, s->len) == get(head + 24, 8);
}

// The code in a cache file, KR_UNSET if it cannot be used. Only what ends the program is raised.
static KrValue read_cache(KrVm *vm, Source *s, KrValue path, bool *renew) {
    char *data;
    size_t len;
    KrCode *code = NULL;
    if (kr_port_read_file(kr_str_text(path, NULL), &data, &len)) return KR_UNSET;
    const uint8_t *head = (const uint8_t *)data;
    if (len > KR_CACHE_HEADER && memcmp(head, KR_CACHE_MAGIC, 4) == 0 && is_current(s, head)) {
        code = kr_code_load(vm, data + KR_CACHE_HEADER, len - KR_CACHE_HEADER, 0);
        *renew = code && (head[4] & KR_CACHE_YOUNG) && !is_young(s);
        if (!code && !kr_raised_is(vm, &kr_import_error)) return kr_port_free(data), KR_ERROR;
        if (!code) (void)kr_take_raised(vm);
    }
    kr_port_free(data);
    return code ? kr_from_ptr(code) : KR_UNSET;
}

// ---- Writing -------------------------------------------------------------------------------------------------------------------

static bool write_all(const char *path, unsigned mode, const uint8_t *head, KrBuffer *body) {
    int fd = kr_port_open_flags(path, 1 | KR_PORT_O_CREATE | KR_PORT_O_EXCLUSIVE, mode);
    if (fd < 0) return false;
    bool ok = kr_port_write(fd, head, KR_CACHE_HEADER) == KR_CACHE_HEADER;
    for (size_t at = 0; ok && at < body->len;) {
        intptr_t n = kr_port_write(fd, (const char *)body->data + at, body->len - at);
        if (n == -4) continue; // EINTR
        ok = n > 0;
        at += ok ? (size_t)n : 0;
    }
    return kr_port_close(fd) >= 0 && ok;
}

// All folders of a path that are missing.
static void make_folders(KrVm *vm, KrValue path) {
    const char *text = kr_str_text(path, NULL), *slash = strrchr(text, '/');
    KrValue folder = slash && slash != text ? kr_str(vm, text, (size_t)(slash - text)) : KR_UNSET;
    if (kr_is_error(folder)) return (void)kr_take_raised(vm);
    if (!kr_is_str(folder) || kr_port_path_kind(kr_str_text(folder, NULL)) != KR_PATH_NONE) return;
    if (!kr_enter(vm, "")) return (void)kr_take_raised(vm);
    make_folders(vm, folder);
    kr_leave(vm);
    (void)kr_port_make_folder(kr_str_text(folder, NULL), 0777);
}

static void fill_header(const Source *s, uint8_t *head) {
    memcpy(head, KR_CACHE_MAGIC, 4);
    put(head + 4, is_young(s) ? KR_CACHE_HASH | KR_CACHE_CHECK | KR_CACHE_YOUNG : 0, 4);
    put(head + 8, (uint64_t)time_us(&s->stat), 8);
    put(head + 16, (uint64_t)s->stat.size, 8);
    put(head + 24, kr_source_hash(s->text, s->len), 8);
}

// Into a file of its own first, then in one step to where others look.
static bool write_cache(KrVm *vm, const Source *s, KrValue path, KrValue code) {
    uint8_t head[KR_CACHE_HEADER];
    KrBuffer body;
    KrValue bytes = kr_code_save(vm, KR_AS(const KrCode, code), 0);
    KrValue temporary = kr_is_error(bytes) ? bytes : kr_format(vm, "%S.%d.%u", path, kr_port_process_id(), (size_t)(uintptr_t)vm);
    if (kr_is_error(temporary) || !kr_get_buffer(vm, bytes, &body, KR_BUFFER_READ)) return false;
    const char *text = kr_str_text(temporary, NULL);
    make_folders(vm, path);
    fill_header(s, head);
    bool ok = write_all(text, ((unsigned)s->stat.mode & 0666) | 0200, head, &body) && !kr_port_rename(text, kr_str_text(path, NULL));
    if (!ok) (void)kr_port_remove_file(text);
    kr_release_buffer(vm, &body);
    return true;
}

static bool may_write(KrVm *vm) {
    KrValue name = kr_name(vm, "dont_write_bytecode");
    KrValue v = kr_is_error(name) ? name : kr_module_find(vm, KR_AS(KrModuleObject, vm->sys), name);
    bool no = true;
    if (kr_is_error(v) || (!kr_is_unset(v) && !kr_truth(vm, v, &no))) (void)kr_take_raised(vm);
    if (kr_is_unset(v)) no = false;
    return !no && kr_may(vm, KR_ACCESS_FILES_READ | KR_ACCESS_FILES_WRITE);
}

// ---- Both ----------------------------------------------------------------------------------------------------------------------

static KrValue code_of(KrVm *vm, Source *s, KrValue filename) {
    int error = kr_port_stat(s->path, -1, true, &s->stat);
    bool renew = false, timed = !error;
    KrValue path = kr_cache_path(vm, filename, kr_cache_level(vm));
    KrValue code = kr_is_error(path) ? path : timed ? read_cache(vm, s, path, &renew) : KR_UNSET;
    if (kr_is_error(code)) return code;
    if (!kr_is_unset(code)) kr_code_rename(vm, code, filename);
    if (!kr_is_unset(code) && !renew) return code;
    if (!read_source(s, &error)) return kr_is_unset(code) ? kr_raise_os(vm, error, filename) : code;
    if (kr_is_unset(code)) code = kr_import_compile(vm, s->text, s->len, filename, false);
    if (kr_is_error(code) || !timed || !may_write(vm)) return code;
    if (!write_cache(vm, s, path, code) && !vm->limit_hit) (void)kr_take_raised(vm);
    return kr_raised(vm) ? KR_ERROR : code;
}

KrValue kr_cache_code(KrVm *vm, const char *path, KrValue filename) {
    Source s = { .path = path };
    KrValue code = code_of(vm, &s, filename);
    if (s.text) kr_port_free(s.text);
    return code;
}

#endif
