// port.c - what Krait asks of the chip: memory, stack bounds, entropy, and what is not there.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "stm32f405/board.h"

enum { STACK_RESERVE = 3 * 1024, FAULT_STACK = 1024 };

const char kr_port_platform[] = "stm32f405";

// ---- Memory: the RAM behind the static data, from its start on -----------------------------------------------------------------

typedef struct {
    char *next, *end;
} Region;

static Region main_ram = { kr_memory_start, kr_memory_end }, old_stack = { kr_chip_stack_low, kr_chip_stack_top };

// Where the C stack is in CCM RAM, its place in main RAM holds what fits into it: the VM.
static Region *region_for(size_t size) {
    bool free = kr_main_stack_low != kr_chip_stack_low;
    return free && size <= (size_t)(old_stack.end - old_stack.next) - FAULT_STACK ? &old_stack : &main_ram;
}

void *kr_port_memory(size_t *size) {
    Region *r = region_for(*size);
    size_t left = (size_t)(r->end - r->next), want = *size < left ? (*size + 7) & ~(size_t)7 : left;
    char *p = r->next;
    r->next += want;
    if (*size > want) *size = want;
    return want ? memset(p, 0, want) : NULL;
}

// What was given last goes first.
void kr_port_memory_free(void *region, size_t size) {
    (void)size;
    bool old = (char *)region >= kr_chip_stack_low && (char *)region < kr_chip_stack_top;
    (old ? &old_stack : &main_ram)->next = region;
}

bool kr_port_memory_idle(void *from, size_t size) { return (void)from, (void)size, false; }
void kr_port_memory_soon(void *from, size_t size) { (void)from, (void)size; }
size_t kr_port_default_heap(void) { return (size_t)(main_ram.end - main_ram.next); }

// The reserve is for leaf functions, which do not check, and for interrupts.
void kr_port_stack_bounds(const char **base, const char **limit) {
    *base = kr_main_stack_top;
    *limit = kr_main_stack_low + STACK_RESERVE;
}

// ---- Entropy -------------------------------------------------------------------------------------------------------------------

static bool random_word(uint32_t *out) {
    for (int n = 0; n < 1000; n++) {
        if (!(kr_reg_get(RNG_SR) & 1)) continue;
        *out = kr_reg_get(RNG_DR);
        return true;
    }
    return false;
}

bool kr_port_entropy(void *out, size_t size) {
    kr_reg_change(RCC_AHB2ENR, 0, 1 << 6);
    kr_reg_set(RNG_CR, 1 << 2);
    for (size_t at = 0; at < size; at += 4) {
        uint32_t word;
        if (!random_word(&word)) return false;
        memcpy((char *)out + at, &word, size - at < 4 ? size - at : 4);
    }
    return true;
}

// ---- The system -----------------------------------------------------------------------------------------------------------------

int kr_port_process_id(void) { return 1; }
int kr_port_cpu_count(void) { return 1; }
void kr_port_exit(int status) {
    (void)status;
    kr_port_abort("os._exit() was called");
}
const char *kr_port_environment_entry(size_t index) { return (void)index, NULL; }
int kr_port_environment_set(const char *name, const char *value) { return (void)name, (void)value, KR_PORT_ENOSYS; }

const char *kr_port_error_text(int error) {
    static const struct {
        int number;
        const char *text;
    } row[] = {
        { 1, "Operation not permitted" },
        { KR_PORT_ENOENT, "No such file or directory" },
        { KR_PORT_EINTR, "Interrupted system call" },
        { KR_PORT_EIO, "Input/output error" },
        { KR_PORT_EBADF, "Bad file descriptor" },
        { KR_PORT_ENOMEM, "Cannot allocate memory" },
        { KR_PORT_EACCES, "Permission denied" },
        { 16, "Device or resource busy" },
        { KR_PORT_EEXIST, "File exists" },
        { KR_PORT_ENODEV, "No such device" },
        { KR_PORT_ENOTDIR, "Not a directory" },
        { KR_PORT_EISDIR, "Is a directory" },
        { KR_PORT_EINVAL, "Invalid argument" },
        { KR_PORT_EMFILE, "Too many open files" },
        { KR_PORT_EFBIG, "File too large" },
        { KR_PORT_ENOSPC, "No space left on device" },
        { KR_PORT_ESPIPE, "Illegal seek" },
        { KR_PORT_ENAMETOOLONG, "File name too long" },
        { KR_PORT_ENOTEMPTY, "Directory not empty" },
        { KR_PORT_ESTALE, "Stale file handle" },
        { 110, "Connection timed out" },
    };
    for (size_t i = 0; i < KR_COUNT_OF(row); i++)
        if (row[i].number == error) return row[i].text;
    return "Unknown error";
}
