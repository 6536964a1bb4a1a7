// fuzz_code.c - damages code files and runs those that the verifier lets through: nothing may crash, hang or corrupt the heap.
//
// usage: fuzz_code SEED COUNT FILE.krc ...
// Run it in the build with sanitizers and assertions. The same seed does the same: iteration n of seed s damages one of the files in a way
// that only s and n decide. The work is done in child processes; where one dies, the iteration that did it is found and its file is kept.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/crc32.h"
#include "code/code_file.h"
#include "code/disassemble.h"
#include "object/vm_state.h"
#include "port.h"

enum { BATCH = 100, SECONDS = 30, PIECE = 64 * 1024 };

typedef struct {
    const char *name;
    uint8_t *data;
    size_t len;
} File;

typedef struct {
    File *file;
    int files;
    uint64_t seed;
} Job;

typedef struct { // what a batch of iterations came to
    uint64_t refused, raised, finished;
} Tally;

static uint64_t next(uint64_t *state) { // xorshift64*
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1Du;
}
static size_t below(uint64_t *state, size_t n) { return (size_t)(next(state) >> 11) % n; }

// ---- Damage --------------------------------------------------------------------------------------------------------------------

static uint32_t get_word(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }
static void set_word(uint8_t *p, uint32_t n) {
    for (int i = 0; i < 4; i++) p[i] = (uint8_t)(n >> i * 8);
}

// A byte as a number: a little more, a little less, small, or anything.
static uint8_t other_byte(uint64_t *r, uint8_t byte) {
    switch (below(r, 5)) {
    case 0: return (uint8_t)(byte + 1);
    case 1: return (uint8_t)(byte - 1);
    case 2: return (uint8_t)below(r, 16);
    case 3: return (uint8_t)(byte ^ 1u << below(r, 8));
    default: return (uint8_t)next(r);
    }
}

static void damage_instruction(uint64_t *r, uint8_t *p, const uint8_t *other) { // p: a word that is one, with luck
    switch (below(r, 8)) {
    case 0: p[0] = (uint8_t)below(r, KR_OP_COUNT); break;
    case 1: p[1] = other_byte(r, p[1]); break;
    case 2: p[2] = other_byte(r, p[2]); break;
    case 3: p[3] = other_byte(r, p[3]); break;
    case 4: set_word(p, get_word(other)); break;
    case 5:
        set_word(p,
                 (uint32_t)below(r, KR_OP_COUNT) | (uint32_t)below(r, 8) << 8 | (uint32_t)below(r, 8) << 16 | (uint32_t)below(r, 8) << 24);
        break;
    case 6: set_word(p, get_word(p) + (uint32_t)below(r, 9) - 4); break; // a jump, a handler
    default: p[0] = (uint8_t)below(r, KR_OP_COUNT), p[1 + below(r, 3)] = other_byte(r, p[1]); break;
    }
}

static void damage(uint64_t *r, File *f) {
    size_t body = f->len - KR_CODE_FILE_HEADER, words = body / 4;
    uint8_t *at = f->data + KR_CODE_FILE_HEADER + 4 * below(r, words), *other = f->data + KR_CODE_FILE_HEADER + 4 * below(r, words);
    switch (below(r, 9)) {
    case 0: at[below(r, 4)] ^= (uint8_t)(1u << below(r, 8)); break;
    case 1: at[below(r, 4)] = other_byte(r, *at); break;
    case 2: { // two words change places
        uint32_t kept = get_word(at);
        set_word(at, get_word(other));
        set_word(other, kept);
        break;
    }
    case 3: { // words from elsewhere
        size_t left = (size_t)(f->data + f->len - (at > other ? at : other)), n = 4 * (2 + below(r, 6));
        memmove(at, other, n < left ? n : left);
        break;
    }
    default: damage_instruction(r, at, other); break;
    }
}

// The header's length and checksum as they should be: the damage has to get past them.
static void seal(File *f) {
    set_word(f->data + 12, (uint32_t)f->len);
    set_word(f->data + 16, kr_crc32(0, f->data + 20, f->len - 20));
}

static File damaged(const Job *job, uint64_t n) {
    uint64_t r = (job->seed + 1) * 0x9E3779B97F4A7C15u ^ (n + 1) * 0xD6E8FEB86659FD93u;
    const File *from = &job->file[below(&r, (size_t)job->files)];
    File f = { from->name, malloc(from->len + 4), from->len };
    memcpy(f.data, from->data, from->len);
    for (size_t times = below(&r, 4) ? 1 : 1 + below(&r, 6); times > 0; times--) damage(&r, &f);
    if (below(&r, 200) == 0) f.len = KR_CODE_FILE_HEADER + below(&r, f.len - KR_CODE_FILE_HEADER);
    seal(&f);
    return f;
}

// ---- One iteration -------------------------------------------------------------------------------------------------------------

// What looks at code without running it: tables of lines, the disassembler, saving.
static void show(KrVm *vm, const KrCode *code) {
    if (kr_raised(vm)) kr_print_raised(vm);
    if (kr_is_error(kr_code_disassemble(vm, code))) (void)kr_take_raised(vm);
    if (kr_is_error(kr_code_save(vm, code, 0))) (void)kr_take_raised(vm);
}

static void try_one(const File *f, uint64_t n, Tally *tally) {
    bool stress = n % 50 == 0; // a collection at every allocation: slow
    KrOptions o = { .heap_cap = 24 << 20, .steps = stress ? 300 : 10000, .deadline = 10, .access = KR_ACCESS_CONSOLE };
    uint8_t *exact = malloc(f->len); // so that ASan sees a byte read too far
    memcpy(exact, f->data, f->len);
    KrVm *vm = kr_vm_new(&o);
    if (!vm) abort();
    alarm(SECONDS);
    KrCode *code = kr_code_load(vm, exact, f->len, 0);
    if (!code) {
        if (!kr_raised(vm)) abort();
        tally->refused++;
    } else {
#if KR_DEBUG
        vm->heap.stress = stress;
#endif
        KrValue v = kr_run(vm, (const char *)exact, f->len, "fuzz");
        if (kr_is_error(v) != kr_raised(vm)) abort();
        if (kr_is_error(v)) tally->raised++;
        else tally->finished++;
        if (n % 8 == 1) show(vm, code);
    }
    (void)kr_take_raised(vm);
#if KR_DEBUG
    vm->heap.stress = 0;
    kr_heap_verify(vm); // follows every pointer that there is
#endif
    kr_vm_free(vm);
    free(exact);
}

// ---- Batches -------------------------------------------------------------------------------------------------------------------

static bool run_batch(const Job *job, uint64_t from, uint64_t to, Tally *sum, bool quiet) {
    int pipe_end[2], status;
    if (pipe(pipe_end) != 0) exit(2);
    pid_t child = fork();
    if (!child) {
        Tally t = { 0 };
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, 1);
        if (quiet) dup2(nowhere, 2);
        for (uint64_t n = from; n < to; n++) {
            File f = damaged(job, n);
            try_one(&f, n, &t);
            free(f.data);
        }
        ssize_t put = write(pipe_end[1], &t, sizeof t);
        _exit(put == sizeof t ? 0 : 2);
    }
    close(pipe_end[1]);
    Tally t = { 0 };
    bool told = read(pipe_end[0], &t, sizeof t) == sizeof t;
    close(pipe_end[0]);
    waitpid(child, &status, 0);
    if (!told || status != 0) return false;
    sum->refused += t.refused, sum->raised += t.raised, sum->finished += t.finished;
    return true;
}

static void keep(const Job *job, uint64_t n) {
    char name[100];
    File f = damaged(job, n);
    snprintf(name, sizeof name, "crash-%llu-%llu.bin", (unsigned long long)job->seed, (unsigned long long)n);
    FILE *out = fopen(name, "wb");
    if (out && fwrite(f.data, 1, f.len, out) == f.len)
        printf("seed %llu, iteration %llu (%s) failed: %s\n", (unsigned long long)job->seed, (unsigned long long)n, f.name, name);
    if (out) fclose(out);
    free(f.data);
}

static bool read_file(const char *name, File *f) {
    size_t len;
    char *data;
    if (kr_port_read_file(name, &data, &len) != 0 || len < KR_CODE_FILE_HEADER + 8) return false;
    *f = (File){ name, (uint8_t *)data, len };
    return true;
}

int main(int argc, char **argv) {
    if (argc < 4) return fputs("usage: fuzz_code SEED COUNT FILE.krc ...\n", stderr), 2;
    uint64_t count = strtoull(argv[2], NULL, 10), failed = 0;
    Job job = { calloc((size_t)argc, sizeof(File)), 0, strtoull(argv[1], NULL, 10) };
    Tally sum = { 0 };
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 3; i < argc; i++, job.files++)
        if (!read_file(argv[i], &job.file[job.files])) return fprintf(stderr, "fuzz_code: cannot use %s\n", argv[i]), 2;
    for (uint64_t from = 0; from < count; from += BATCH) {
        uint64_t to = from + BATCH < count ? from + BATCH : count;
        if (run_batch(&job, from, to, &sum, true)) continue;
        for (uint64_t n = from; n < to; n++) {
            if (run_batch(&job, n, n + 1, &sum, true)) continue;
            run_batch(&job, n, n + 1, &sum, false); // again, with what it says
            keep(&job, n);
            failed++;
        }
    }
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    printf("%llu damaged files: %llu refused, %llu raised, %llu finished, %llu failed, %lld s of processor\n", (unsigned long long)count,
           (unsigned long long)sum.refused, (unsigned long long)sum.raised, (unsigned long long)sum.finished, (unsigned long long)failed,
           (long long)(used.ru_utime.tv_sec + used.ru_stime.tv_sec));
    return failed ? 1 : 0;
}
