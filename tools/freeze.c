// freeze.c - compiles Python files to code files and writes those as C: an aligned array each, and the table kr_frozen_modules.
//
// Linked with the core, as a Krait without modules of its own. What it writes is the same for all targets: a build for another machine
// runs this tool on the machine that builds. Packed (pack.h), the files are a third as large, and have to be unpacked to be used.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code/code_file.h"
#include "compile/compiler.h"
#include "object/vm_state.h"
#include "pack.h"
#include "port.h"
#include "vm/builtins.h"
#include "vm/import.h"
#include "vm/main.h"

const KrFrozen kr_frozen_modules[] = { { 0 } }; // this Krait has none yet
KrCode *kr_frozen_load(KrVm *vm, const KrFrozen *module) { return (void)vm, (void)module, NULL; }

static const char usage[] =
    "usage: freeze [-o OUT] [-O] [-OO] [-c] [-l] [-z] [-r FILE ...] [-a FILE ...] [-t NAME] ROOT FILE.py ...\n"
    "Writes the modules FILE.py, named by their paths below the folder ROOT, as C.\n"
    "  -o OUT    write to OUT, not to standard output\n"
    "  -O, -OO   leave out asserts; and docstrings\n"
    "  -c        leave out columns: line tables tell lines only\n"
    "  -l        leave out line tables\n"
    "  -z        packed, with the table NAME_model that unpacking needs\n"
    "  -r FILE   with -z: that one as it is, since it is imported often; may be given again\n"
    "  -a FILE   with -z: the instructions of that one as they are, apart from the rest, to run where they are; likewise\n"
    "  -t NAME   name of the table (kr_frozen_modules)\n";

typedef struct {
    const char *out, *table, *root;
    unsigned compile_flags, save_flags;
    bool lines_only, packed;
    const char *ready[64], *apart[64]; // files that are not packed, and those whose instructions are not
    int ready_count, apart_count;
    int first, count; // of the files in argv
    PackFile *file;
    FILE *to;
} Job;

static bool options(Job *job, int argc, char **argv) {
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        const char *s = argv[i];
        if (strcmp(s, "-O") == 0) job->compile_flags |= KR_COMPILE_NO_ASSERTS;
        else if (strcmp(s, "-OO") == 0) job->compile_flags |= KR_COMPILE_NO_ASSERTS | KR_COMPILE_NO_DOCSTRINGS;
        else if (strcmp(s, "-l") == 0) job->save_flags |= KR_SAVE_NO_LINES;
        else if (strcmp(s, "-c") == 0) job->lines_only = true;
        else if (strcmp(s, "-z") == 0) job->packed = true;
        else if (strcmp(s, "-r") == 0 && i + 1 < argc && job->ready_count < 64) job->ready[job->ready_count++] = argv[++i];
        else if (strcmp(s, "-a") == 0 && i + 1 < argc && job->apart_count < 64) job->apart[job->apart_count++] = argv[++i];
        else if (strcmp(s, "-o") == 0 && i + 1 < argc) job->out = argv[++i];
        else if (strcmp(s, "-t") == 0 && i + 1 < argc) job->table = argv[++i];
        else return false;
    }
    if (i >= argc) return false;
    job->root = argv[i++];
    job->first = i;
    job->count = argc - i;
    return true;
}

// "lib/importlib/abc.py" -> "importlib.abc", "lib/importlib/__init__.py" -> "importlib" and *package.
static bool module_name(const Job *job, const char *path, char *name, size_t room, bool *package) {
    size_t root = strlen(job->root), len = strlen(path);
    if (strncmp(path, job->root, root) == 0 && path[root] == '/') path += root + 1, len -= root + 1;
    if (len < 4 || strcmp(path + len - 3, ".py") != 0 || len - 3 >= room) return false;
    len -= 3;
    *package = len > 9 && strncmp(path + len - 9, "/__init__", 9) == 0;
    if (*package) len -= 9;
    for (size_t i = 0; i < len; i++) name[i] = path[i] == '/' ? '.' : path[i];
    name[len] = 0;
    return true;
}

static bool is_listed(const char *const *list, int count, const char *path) {
    for (int i = 0; i < count; i++)
        if (strcmp(list[i], path) == 0) return true;
    return false;
}

static bool is_packed(const Job *job, const char *path) { return job->packed && !is_listed(job->ready, job->ready_count, path); }
static bool is_apart(const Job *job, const char *path) { return job->packed && is_listed(job->apart, job->apart_count, path); }

// *tables: they stand apart, or None.
static KrValue compile_file(KrVm *vm, const Job *job, const char *path, const char *name, KrValue *tables) {
    char *text;
    size_t len;
    int error = kr_port_read_file(path, &text, &len);
    KrValue file = kr_str_c(vm, path);
    if (kr_is_error(file)) return file;
    if (error) return kr_raise_os(vm, error, file);
    KrValue source = kr_source_decode(vm, text, len, file, false), shown = kr_format(vm, "<frozen %s>", name);
    kr_port_free(text);
    if (kr_is_error(source) || kr_is_error(shown)) return KR_ERROR;
    const char *decoded = kr_str_text(source, &len);
    KrValue code = kr_compile(vm, decoded, len, shown, KR_PARSE_EXEC, job->compile_flags);
    *tables = KR_NONE;
    if (kr_is_error(code)) return code;
    const KrCode *c = (const KrCode *)kr_ptr(code);
    return is_apart(job, path) ? kr_code_save_apart(vm, c, job->save_flags, tables) : kr_code_save(vm, c, job->save_flags);
}

static uint8_t *copy(KrValue bytes, size_t *len) {
    const uint8_t *data = kr_bytes_data(bytes, len);
    uint8_t *to = malloc(*len);
    if (!to) fprintf(stderr, "freeze: not enough memory\n"), exit(1);
    memcpy(to, data, *len);
    return to;
}

static bool freeze(KrVm *vm, const Job *job, const char *path, PackFile *out) {
    char name[1000];
    bool package;
    if (!module_name(job, path, name, sizeof name, &package))
        return fprintf(stderr, "freeze: %s is not the path of a module\n", path), false;
    KrValue tables, file = compile_file(vm, job, path, name, &tables);
    if (kr_is_error(file)) {
        kr_print_raised(vm);
        return fprintf(stderr, "freeze: %s cannot be compiled\n", path), false;
    }
    out->file = copy(file, &out->len);
    if (!kr_is_none(tables)) out->tables = copy(tables, &out->tables_len);
    return true;
}

// What was packed has to give the file again, but for its checksum, which nobody reads there, and the hash of the instructions.
static bool check(KrVm *vm, const PackOdds *odds, const PackFile *f) {
    size_t len;
    KrRaw *raw = kr_code_unpack(vm, &odds->model, f->packed.data, f->packed.len, f->tables != NULL, &len);
    return raw && len == f->len && memcmp(raw->data, f->file, 8) == 0 && memcmp(raw->data + 12, f->file + 12, 4) == 0 &&
           memcmp(raw->data + 20, f->file + 20, len - 20) == 0;
}

static bool pack(KrVm *vm, const Job *job) {
    static PackTexts texts;
    static PackOdds odds;
    pack_files(job->file, (size_t)job->count, &texts, &odds);
    for (int i = 0; i < job->count; i++)
        if (!check(vm, &odds, &job->file[i])) return fprintf(stderr, "freeze: module %d is not the same after packing\n", i), false;
    pack_write_model(job->to, job->table, &odds);
    return true;
}

static void write_array(const Job *job, const char *suffix, int n, const char *path, const uint8_t *data, size_t len) {
    fprintf(job->to, "static _Alignas(%d) const unsigned char %s%s_%d[] = { // %s\n", is_packed(job, path) && !*suffix ? 1 : 4, job->table,
            suffix, n, path);
    for (size_t i = 0; i < len; i++) fprintf(job->to, i % 32 == 31 || i + 1 == len ? "%u,\n" : "%u,", data[i]);
    fprintf(job->to, "};\n");
}

static void write_files(const Job *job, char **argv) {
    for (int n = 0; n < job->count; n++) {
        const PackFile *f = &job->file[n];
        const char *path = argv[job->first + n];
        bool packed = is_packed(job, path);
        write_array(job, "", n, path, packed ? f->packed.data : f->file, packed ? f->packed.len : f->len);
        if (f->tables) write_array(job, "_tables", n, path, f->tables, f->tables_len);
    }
}

static void write_table(const Job *job, char **argv) {
    fprintf(job->to, "const KrFrozen %s[] = {\n", job->table);
    for (int i = 0; i < job->count; i++) {
        const char *path = argv[job->first + i];
        char name[1000];
        bool package;
        if (!module_name(job, path, name, sizeof name, &package)) continue;
        fprintf(job->to, "    { \"%s\", %s_%d, sizeof %s_%d, %s, %s, ", name, job->table, i, job->table, i, package ? "true" : "false",
                is_packed(job, path) ? "true" : "false");
        if (job->file[i].tables) fprintf(job->to, "%s_tables_%d },\n", job->table, i);
        else fprintf(job->to, "NULL },\n");
    }
    fprintf(job->to, "    { 0 },\n};\n");
}

int main(int argc, char **argv) {
    Job job = { .table = "kr_frozen_modules", .to = stdout };
    KrOptions vm_options = { .access = KR_ACCESS_ALL };
    if (!options(&job, argc, argv)) return fputs(usage, stderr), 2;
    KrVm *vm = kr_vm_new(&vm_options);
    if (!vm) return fputs("freeze: not enough memory to start\n", stderr), 1;
    if (job.out && !(job.to = fopen(job.out, "w"))) return perror(job.out), 1;
    fprintf(job.to, "// Made by tools/freeze.c: modules as code files.\n");
    bool ok = (job.file = calloc((size_t)job.count, sizeof *job.file)) != NULL;
    vm->flags.no_debug_ranges = job.lines_only;
    for (int i = 0; i < job.count && ok; i++) ok = freeze(vm, &job, argv[job.first + i], &job.file[i]);
    if (job.packed) ok = ok && pack(vm, &job);
    if (ok) write_files(&job, argv), write_table(&job, argv);
    ok = !ferror(job.to) && (job.to == stdout ? fflush(job.to) : fclose(job.to)) == 0 && ok;
    if (!ok && job.out) remove(job.out);
    kr_vm_free(vm);
    return ok ? 0 : 1;
}
