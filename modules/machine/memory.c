// memory.c - machine.mem8, mem16 and mem32: memory and registers by address.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

typedef struct {
    KrObject head;
    unsigned size; // bytes of an item
} Memory;

#define SIZE KR_AS(Memory, self)->size

static KrValue make(KrVm *vm, unsigned size) {
    Memory *m = kr_alloc(vm, &kr_memory_type.shape, sizeof *m);
    return m ? m->size = size, kr_from_ptr(m) : KR_ERROR;
}
KrValue kr_memory_8(KrVm *vm) { return make(vm, 1); }
KrValue kr_memory_16(KrVm *vm) { return make(vm, 2); }
KrValue kr_memory_32(KrVm *vm) { return make(vm, 4); }

// The right is asked for at each access: the object may have come from elsewhere. NULL: raised
static const KrBoard *board_for(KrVm *vm, KrValue self, KrValue key, uint32_t *address) {
    const KrMachine *m = kr_access(vm, KR_ACCESS_DEVICES, KR_UNSET) ? kr_machine(vm) : NULL;
    int64_t n;
    if (!m || !kr_to_int64(vm, key, &n)) return NULL;
    if (!m->board->memory) return (void)kr_lacks(vm, "memory that programs can reach by address"), NULL;
    if (n < 0 || n > UINT32_MAX) return (void)kr_raise(vm, &kr_value_error, "address must be 0 to 0xffffffff, not %R", key), NULL;
    if (n % SIZE) return (void)kr_raise(vm, &kr_value_error, "address 0x%x is not a multiple of %u", (size_t)n, (size_t)SIZE), NULL;
    return *address = (uint32_t)n, m->board;
}

static KrValue memory_get(KrVm *vm, KrValue self, KrValue key) {
    uint32_t address;
    const KrBoard *b = board_for(vm, self, key, &address);
    return b ? kr_int(vm, b->memory(address, SIZE, false, 0)) : KR_ERROR;
}

// Of a number as wide as one likes the low bits count, as MicroPython has it.
static bool memory_set(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    uint32_t address;
    int64_t n;
    const KrBoard *b = board_for(vm, self, key, &address);
    if (!b) return false;
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_type_error, "memory cannot be deleted"));
    return kr_to_int64(vm, value, &n) && (b->memory(address, SIZE, true, (uint32_t)n), true);
}

static KrValue memory_repr(KrVm *vm, KrValue self) { return kr_format(vm, "<%d-bit memory>", (int)SIZE * 8); }

const KrType kr_memory_type = {
    KR_TYPE_HEAD(kr_memory_type),
    .name = "mem",
    .module = "machine",
    .doc = KR_DOC("Memory and registers by address: mem32[0x40020014] reads a word, mem32[0x40020014] = 1 writes one; mem8 and mem16 bytes "
                  "and half words. An address "
                  "where there is nothing is a fault, and resets the board. NotImplementedError: the board has an operating system, or is "
                  "a simulated one."),
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Memory),
    .getitem = memory_get,
    .setitem = memory_set,
    .repr = memory_repr,
};
