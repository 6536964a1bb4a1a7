// onewire.c - machine.OneWire: Dallas' bus of one data line, by slots of a bit.
//
// ROM search and CRC: Maxim's application notes 187 and 27.
// SPDX-License-Identifier: MIT
#include "machine_part.h"
#include "object/bytes.h"

#include <string.h>

#define SELF         KR_AS(KrWire, self)
#define TABLE        (kr_machine(vm)->board->wire)
#define METHOD(name) static KrValue wire_##name(KrVm *vm, KrValue self, const KrValue *arg)

enum { SEARCH_ROM = 0xF0, MATCH_ROM = 0x55, ROM_BITS = 64, MOST_DEVICES = 256 };

static void wire_trace(KrTracer *tracer, KrObject *object) {
    KrWire *w = (KrWire *)object;
    kr_trace(tracer, w->board);
    kr_trace(tracer, w->pin);
    kr_trace(tracer, w->port);
}

METHOD(make) {
    const KrMachine *m = kr_machine(vm);
    (void)self;
    if (!m || !m->board->wire) return m ? kr_lacks(vm, "1-wire bus") : KR_ERROR;
    KrPin *pin = NULL;
    if (!TABLE->scan && (!(pin = kr_pin_of(vm, arg[0])) || !kr_pin_set(vm, pin, KR_PIN_OPEN_DRAIN, KR_PULL_UP, 1))) return KR_ERROR;
    KrValue v = kr_alloc_instance(vm, &kr_wire_type);
    if (kr_is_error(v)) return v;
    KrWire *w = KR_AS(KrWire, v);
    w->board = m->state, w->pin = pin ? kr_from_ptr(pin) : arg[0], w->port = KR_UNSET;
    return TABLE->open(vm, w) ? v : KR_ERROR;
}
static const KrMethod wire_make_row = { "OneWire(pin)", wire_make, KR_NO_DOC, 0 };

// ---- Bits and bytes ------------------------------------------------------------------------------------------------------------------------

static int byte(KrVm *vm, KrValue self, int out) { // -1: read one
    if (TABLE->byte) return TABLE->byte(vm, SELF, out);
    unsigned in = 0, slots = out < 0 ? 0xFF : (unsigned)out;
    for (unsigned i = 0; i < 8; i++) {
        int bit = TABLE->bit(vm, SELF, slots >> i & 1);
        if (bit < 0) return -1;
        in |= (unsigned)bit << i;
    }
    return (int)in;
}

METHOD(reset) {
    bool required;
    if (!kr_truth(vm, arg[0], &required)) return KR_ERROR;
    int there = TABLE->reset(vm, SELF);
    if (there < 0) return KR_ERROR;
    if (!there && required) return kr_raise_os(vm, 19, KR_UNSET); // ENODEV
    return kr_bool(there);
}

METHOD(readbit) {
    int bit = TABLE->bit(vm, SELF, true);
    return (void)arg, bit < 0 ? KR_ERROR : kr_int_box(bit);
}

METHOD(writebit) {
    bool on;
    return kr_truth(vm, arg[0], &on) && TABLE->bit(vm, SELF, on) >= 0 ? KR_NONE : KR_ERROR;
}

METHOD(readbyte) {
    int n = byte(vm, self, -1);
    return (void)arg, n < 0 ? KR_ERROR : kr_int_box(n);
}

METHOD(writebyte) {
    int64_t n = 0;
    if (!kr_machine_number(vm, arg[0], "value", 0, 255, &n)) return KR_ERROR;
    return byte(vm, self, (int)n) < 0 ? KR_ERROR : KR_NONE;
}

METHOD(readinto) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_WRITE)) return KR_ERROR;
    bool ok = true;
    for (size_t i = 0; ok && i < b.len; i++) {
        int n = byte(vm, self, -1);
        ok = n >= 0;
        if (ok) ((uint8_t *)b.data)[i] = (uint8_t)n;
    }
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

static bool write_all(KrVm *vm, KrValue self, const uint8_t *data, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (byte(vm, self, data[i]) < 0) return false;
    return true;
}

METHOD(write) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = write_all(vm, self, b.data, b.len);
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

METHOD(select_rom) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = b.len == 8 || kr_fail(kr_raise(vm, &kr_value_error, "a ROM has 8 bytes, not %u", b.len));
    int there = ok ? TABLE->reset(vm, SELF) : -1;
    ok = there > 0 || (there == 0 && kr_fail(kr_raise_os(vm, 19, KR_UNSET))); // ENODEV
    ok = ok && byte(vm, self, MATCH_ROM) >= 0 && write_all(vm, self, b.data, b.len);
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

// ---- Search: each round follows the tree of ROMs, to the right at the last fork where it went left the time before -----------------------------

uint8_t kr_wire_crc8(const uint8_t *data, size_t len) {
    unsigned crc = 0;
    for (size_t i = 0; i < len; i++) {
        crc ^= data[i];
        for (int k = 0; k < 8; k++) crc = crc & 1 ? crc >> 1 ^ 0x8C : crc >> 1;
    }
    return (uint8_t)crc;
}

// One round. *fork: the last bit at which 0 was taken of both; -1: none. 1: rom is a device; 0: none; below zero: raised.
static int search_round(KrVm *vm, KrValue self, uint8_t rom[8], int *fork) {
    int there = TABLE->reset(vm, SELF), last = -1;
    if (there <= 0 || byte(vm, self, SEARCH_ROM) < 0) return there <= 0 ? there : -1;
    for (int i = 0; i < ROM_BITS; i++) {
        int bit = TABLE->bit(vm, SELF, true), other = bit < 0 ? -1 : TABLE->bit(vm, SELF, true);
        if (other < 0) return -1;
        if (bit && other) return 0; // nobody answers any more
        bool both = !bit && !other;
        if (both) bit = i == *fork ? 1 : i > *fork ? 0 : rom[i / 8] >> i % 8 & 1;
        if (both && !bit) last = i;
        rom[i / 8] = (uint8_t)((rom[i / 8] & ~(1u << i % 8)) | (unsigned)bit << i % 8);
        if (TABLE->bit(vm, SELF, bit) < 0) return -1;
    }
    *fork = last;
    return 1;
}

bool kr_wire_append(KrVm *vm, KrValue list, const uint8_t rom[8]) {
    KrValue bytes = kr_bytes(vm, rom, 8);
    KrValue item = kr_is_error(bytes) ? bytes : kr_call(vm, kr_type_value(&kr_bytearray_type), 1, &bytes);
    return !kr_is_error(item) && kr_list_append(vm, list, item);
}

METHOD(scan) {
    if (TABLE->scan) return TABLE->scan(vm, SELF);
    KrValue list = kr_list(vm, 0, NULL);
    uint8_t rom[8] = { 0 };
    int fork = ROM_BITS;
    (void)arg;
    for (int count = 0; !kr_is_error(list) && count < MOST_DEVICES && fork >= 0; count++) {
        int found = search_round(vm, self, rom, &fork);
        if (found < 0) return KR_ERROR;
        if (!found) break;
        if (kr_wire_crc8(rom, 8)) return kr_raise(vm, &kr_os_error, "1-wire: the checksum of a ROM is wrong; is the line disturbed?");
        if (!kr_wire_append(vm, list, rom) || !kr_poll(vm, 100)) return KR_ERROR;
    }
    return list;
}

METHOD(crc8) {
    KrBuffer b;
    (void)self;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    uint8_t crc = kr_wire_crc8(b.data, b.len);
    kr_release_buffer(vm, &b);
    return kr_int_box(crc);
}

static const KrMethod wire_methods[] = {
    { "reset(required=False)", wire_reset, KR_DOC("Begin a transaction; is a device there? OSError ENODEV if one is required and none is."),
      0 },
    { "readbit()", wire_readbit, KR_DOC("Read a bit."), 0 },
    { "readbyte()", wire_readbyte, KR_DOC("Read a byte."), 0 },
    { "readinto(buf, /)", wire_readinto, KR_DOC("Fill buf with bytes."), 0 },
    { "writebit(value, /)", wire_writebit, KR_DOC("Write a bit."), 0 },
    { "writebyte(value, /)", wire_writebyte, KR_DOC("Write a byte."), 0 },
    { "write(buf, /)", wire_write, KR_DOC("Write bytes."), 0 },
    { "select_rom(rom, /)", wire_select_rom, KR_DOC("Begin a transaction with the one device that has this ROM (8 bytes)."), 0 },
    { "scan()", wire_scan, KR_DOC("Return the ROMs of all devices, as bytearrays of 8 bytes."), 0 },
    { "crc8(data, /)", wire_crc8, KR_DOC("Return the checksum of data; 0 if data ends with its checksum."), 0 },
    { 0 },
};

const KrType kr_wire_type = {
    KR_TYPE_HEAD(kr_wire_type), .name = "OneWire",      .module = "machine",     .doc = KR_DOC("A 1-wire bus on a pin."),
    .flags = KR_TYPE_WEAKREF,   .size = sizeof(KrWire), .methods = wire_methods, .make = &wire_make_row,
    .trace = wire_trace,
};
