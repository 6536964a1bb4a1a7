// i2c.c - machine.I2C and SoftI2C: transactions as the board makes them.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

#define SELF         KR_AS(KrI2c, self)
#define METHOD(name) static KrValue i2c_##name(KrVm *vm, KrValue self, const KrValue *arg)

enum { MOST_PARTS = 16, FIRST_ADDRESS = 0x08, LAST_ADDRESS = 0x77, MOST_ADDRESS = 0x3FF };

static void i2c_trace(KrTracer *tracer, KrObject *object) {
    KrI2c *b = (KrI2c *)object;
    KrValue value[] = { b->board, b->id, b->port, b->scl, b->sda };
    for (size_t i = 0; i < KR_COUNT_OF(value); i++) kr_trace(tracer, value[i]);
}

static void i2c_finalize(KrVm *vm, KrObject *object) {
    const KrI2c *o = (const KrI2c *)object;
    (void)vm;
    if (o->fd >= 0) kr_port_close(o->fd);
}

static const KrI2cTable *table_of(KrVm *vm, const KrI2c *bus) {
    const KrMachine *m = kr_machine(vm);
    return bus->head.shape->type == &kr_soft_i2c_type ? m->board->soft_i2c : m->board->i2c;
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------------

static bool take_pin(KrVm *vm, KrI2c *bus, KrValue *slot, KrValue v) {
    if (kr_is_none(v) || kr_is_unset(v)) return true;
    KrPin *pin = kr_pin_of(vm, v);
    return pin && (kr_store(vm, bus, slot, kr_from_ptr(pin)), true);
}

// scl, sda, freq, timeout (us)
static bool configure(KrVm *vm, KrI2c *bus, const KrValue *arg) {
    int64_t hz = bus->hz, us = bus->timeout_ns / 1000;
    if (!kr_machine_number(vm, arg[2], "freq", 1, 5000000, &hz) || !kr_machine_number(vm, arg[3], "timeout", 1, 1000000000, &us))
        return false;
    bus->hz = (uint32_t)hz, bus->timeout_ns = us * 1000;
    return take_pin(vm, bus, &bus->scl, arg[0]) && take_pin(vm, bus, &bus->sda, arg[1]) && table_of(vm, bus)->open(vm, bus);
}

static KrValue make(KrVm *vm, const KrType *type, const KrI2cTable *table, KrValue id, const KrValue *rest) {
    KrValue v = table ? kr_alloc_instance(vm, type) : kr_lacks(vm, "I2C bus");
    if (kr_is_error(v)) return v;
    KrI2c *bus = KR_AS(KrI2c, v);
    bus->board = kr_machine(vm)->state;
    bus->id = id, bus->port = KR_UNSET, bus->scl = bus->sda = KR_NONE;
    bus->fd = -1, bus->hz = 400000, bus->timeout_ns = 50000000;
    return configure(vm, bus, rest) ? v : KR_ERROR;
}

METHOD(make) {
    const KrMachine *m = kr_machine(vm);
    (void)self;
    return m ? make(vm, &kr_i2c_type, m->board->i2c, arg[0], arg + 1) : KR_ERROR;
}
static const KrMethod i2c_make_row = { "I2C(id=0, *, scl=None, sda=None, freq=400000, timeout=50000)", i2c_make, KR_NO_DOC, 0 };

METHOD(make_soft) {
    const KrMachine *m = kr_machine(vm);
    (void)self;
    return m ? make(vm, &kr_soft_i2c_type, m->board->soft_i2c, KR_NONE, arg) : KR_ERROR;
}
static const KrMethod soft_make_row = { "SoftI2C(scl, sda, *, freq=400000, timeout=50000)", i2c_make_soft, KR_NO_DOC, 0 };

METHOD(init) { return configure(vm, SELF, arg) ? KR_NONE : KR_ERROR; }

METHOD(deinit) {
    (void)arg;
    const KrI2cTable *t = table_of(vm, SELF);
    if (t->close) t->close(vm, SELF);
    return KR_NONE;
}

static KrValue i2c_repr(KrVm *vm, KrValue self) {
    return kr_is_none(SELF->id) ? kr_format(vm, "SoftI2C(scl=%R, sda=%R, freq=%u)", SELF->scl, SELF->sda, (size_t)SELF->hz)
                                : kr_format(vm, "I2C(%R, freq=%u)", SELF->id, (size_t)SELF->hz);
}

// ---- Transactions ------------------------------------------------------------------------------------------------------------------------

static intptr_t transfer(KrVm *vm, KrValue self, KrValue address, KrI2cPart *part, size_t count, bool stop) {
    int64_t to = -1;
    if (!kr_to_int64(vm, address, &to)) return -1;
    if (to < 0 || to > MOST_ADDRESS) return (void)kr_raise(vm, &kr_value_error, "I2C address must be 0 to 0x3ff, not %z", (intptr_t)to), -1;
    intptr_t n = table_of(vm, SELF)->transfer(vm, SELF, (unsigned)to, part, count, stop);
    return n >= 0 && kr_poll(vm, 10) ? n : -1;
}

// Nobody there; but a bus on which nothing gets through is held.
static bool is_absent(KrVm *vm, unsigned to, unsigned *timeouts) {
    if (!kr_raised_is(vm, &kr_os_error)) return false;
    KrValue raised = kr_take_raised(vm), error = kr_getattr_c(vm, raised, "errno");
    if (kr_is_error(error)) return false;
    if (kr_is_int(error) && kr_int_value(error) == 110) ++*timeouts; // ETIMEDOUT
    return to < LAST_ADDRESS || *timeouts <= LAST_ADDRESS - FIRST_ADDRESS || kr_fail(kr_raise_value(vm, raised));
}

METHOD(scan) {
    KrValue list = kr_list(vm, 0, NULL);
    unsigned timeouts = 0;
    (void)arg;
    for (unsigned to = FIRST_ADDRESS; to <= LAST_ADDRESS && !kr_is_error(list); to++) {
        KrI2cPart none = { NULL, 0, false };
        if (table_of(vm, SELF)->transfer(vm, SELF, to, &none, 1, true) < 0) {
            if (!is_absent(vm, to, &timeouts)) return KR_ERROR;
        } else if (!kr_list_append(vm, list, kr_int_box((intptr_t)to))) return KR_ERROR;
    }
    return list;
}

// What controllers count with 16 bits.
static bool size_of(KrVm *vm, KrValue v, size_t *out) {
    if (!kr_to_size(vm, v, "nbytes", out)) return false;
    return *out <= UINT16_MAX || kr_fail(kr_raise(vm, &kr_value_error, "I2C reads at most %d bytes at a time, not %u", UINT16_MAX, *out));
}

// readfrom(addr, nbytes, stop=True, /)
METHOD(readfrom) {
    size_t len;
    bool stop;
    if (!size_of(vm, arg[1], &len) || !kr_truth(vm, arg[2], &stop)) return KR_ERROR;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes)) return bytes;
    KrI2cPart part = { kr_bytes_data(bytes, NULL), len, true };
    return transfer(vm, self, arg[0], &part, 1, stop) < 0 ? KR_ERROR : bytes;
}

// A transaction with one buffer of the program's, at the end of up to one part of our own.
static KrValue with_buffer(KrVm *vm, KrValue self, KrValue address, KrI2cPart *part, size_t count, KrValue v, bool read, bool stop) {
    KrBuffer buffer;
    if (!kr_get_buffer(vm, v, &buffer, read ? KR_BUFFER_WRITE : KR_BUFFER_READ)) return KR_ERROR;
    part[count - 1] = (KrI2cPart){ buffer.data, buffer.len, read };
    intptr_t n = transfer(vm, self, address, part, count, stop);
    kr_release_buffer(vm, &buffer);
    return n < 0 ? KR_ERROR : kr_int(vm, n);
}

METHOD(readfrom_into) {
    KrI2cPart part[1];
    bool stop;
    if (!kr_truth(vm, arg[2], &stop)) return KR_ERROR;
    return kr_is_error(with_buffer(vm, self, arg[0], part, 1, arg[1], true, stop)) ? KR_ERROR : KR_NONE;
}

METHOD(writeto) {
    KrI2cPart part[1];
    bool stop;
    return kr_truth(vm, arg[2], &stop) ? with_buffer(vm, self, arg[0], part, 1, arg[1], false, stop) : KR_ERROR;
}

// writevto(addr, vector, stop=True, /): all of it in one go.
METHOD(writevto) {
    KrBuffer buffer[MOST_PARTS];
    KrI2cPart part[MOST_PARTS];
    size_t count, taken = 0;
    bool stop, ok = kr_truth(vm, arg[2], &stop);
    KrValue vector = ok ? kr_tuple_from(vm, arg[1]) : KR_ERROR;
    if (kr_is_error(vector)) return vector;
    const KrValue *item = kr_tuple_items(vector, &count);
    if (count > MOST_PARTS) return kr_raise(vm, &kr_value_error, "at most %d buffers, not %u", MOST_PARTS, count);
    for (; ok && taken < count; taken += ok) {
        ok = kr_get_buffer(vm, item[taken], &buffer[taken], KR_BUFFER_READ);
        if (ok) part[taken] = (KrI2cPart){ buffer[taken].data, buffer[taken].len, false };
    }
    intptr_t n = ok ? transfer(vm, self, arg[0], part, count, stop) : -1;
    while (taken) kr_release_buffer(vm, &buffer[--taken]);
    return n < 0 ? KR_ERROR : kr_int(vm, n);
}

// ---- Memory: a write of the address inside of the device comes first ------------------------------------------------------------------------

static bool memory_address(KrVm *vm, KrValue at, KrValue size, uint8_t out[8], size_t *len) {
    int64_t bits = 8, n;
    if (!kr_machine_number(vm, size, "addrsize", 0, 64, &bits) || !kr_to_int64(vm, at, &n)) return false;
    if (bits % 8) return kr_fail(kr_raise(vm, &kr_value_error, "addrsize must be a multiple of 8 bits, not %z", (intptr_t)bits));
    *len = (size_t)bits / 8;
    for (size_t i = 0; i < *len; i++) out[*len - 1 - i] = (uint8_t)((uint64_t)n >> 8 * i);
    return true;
}

METHOD(readfrom_mem) {
    uint8_t at[8];
    size_t len, n;
    if (!size_of(vm, arg[2], &n) || !memory_address(vm, arg[1], arg[3], at, &len)) return KR_ERROR;
    KrValue bytes = kr_bytes(vm, NULL, n);
    if (kr_is_error(bytes)) return bytes;
    KrI2cPart part[] = { { at, len, false }, { kr_bytes_data(bytes, NULL), n, true } };
    return transfer(vm, self, arg[0], part, 2, true) < 0 ? KR_ERROR : bytes;
}

METHOD(readfrom_mem_into) {
    uint8_t at[8];
    KrI2cPart part[2] = { { at, 0, false } };
    if (!memory_address(vm, arg[1], arg[3], at, &part[0].len)) return KR_ERROR;
    return kr_is_error(with_buffer(vm, self, arg[0], part, 2, arg[2], true, true)) ? KR_ERROR : KR_NONE;
}

METHOD(writeto_mem) {
    uint8_t at[8];
    KrI2cPart part[2] = { { at, 0, false } };
    if (!memory_address(vm, arg[1], arg[3], at, &part[0].len)) return KR_ERROR;
    return kr_is_error(with_buffer(vm, self, arg[0], part, 2, arg[2], false, true)) ? KR_ERROR : KR_NONE;
}

// ---- The types -----------------------------------------------------------------------------------------------------------------------------

#define COMMON \
    { "deinit()", i2c_deinit, KR_DOC("Let go of the bus."), 0 }, \
        { "scan()", i2c_scan, KR_DOC("Return the addresses, 0x08 to 0x77, at which a device answers."), 0 }, \
        { "readfrom(addr, nbytes, stop=True, /)", i2c_readfrom, KR_DOC("Read nbytes bytes from a device."), 0 }, \
        { "readfrom_into(addr, buf, stop=True, /)", i2c_readfrom_into, KR_DOC("Fill buf with bytes from a device."), 0 }, \
        { "writeto(addr, buf, stop=True, /)", i2c_writeto, KR_DOC("Write buf to a device; return how many bytes were acknowledged."), 0 }, \
        { "writevto(addr, vector, stop=True, /)", i2c_writevto, \
          KR_DOC("Write the buffers of a sequence, as one; return how many bytes were acknowledged."), 0 }, \
        { "readfrom_mem(addr, memaddr, nbytes, *, addrsize=8)", i2c_readfrom_mem, \
          KR_DOC("Read nbytes bytes from a device's memory or registers: memaddr (addrsize bits, the highest byte first) is written, " \
                 "then read after a repeated start."), \
          0 }, \
        { "readfrom_mem_into(addr, memaddr, buf, *, addrsize=8)", i2c_readfrom_mem_into, KR_DOC("As readfrom_mem, into buf."), 0 }, \
        { "writeto_mem(addr, memaddr, buf, *, addrsize=8)", i2c_writeto_mem, KR_DOC("Write buf to a device's memory or registers."), 0 }, \
    { \
        0 \
    }

static const KrMethod i2c_methods[] = {
    { "init(*, scl=None, sda=None, freq=-1, timeout=-1)", i2c_init, KR_DOC("Change the settings. freq: Hz; timeout: microseconds."), 0 },
    COMMON,
};
static const KrMethod soft_methods[] = {
    { "init(scl=None, sda=None, *, freq=-1, timeout=-1)", i2c_init, KR_DOC("Change the settings. freq: Hz; timeout: microseconds."), 0 },
    COMMON,
};

const KrType kr_i2c_type = {
    KR_TYPE_HEAD(kr_i2c_type),
    .name = "I2C",
    .module = "machine",
    .doc = KR_DOC("An I2C bus, as its controller. Errors are OSError: ENODEV where no device answers, EIO where it stops to, ETIMEDOUT "
                  "where the bus is held."),
    .flags = KR_TYPE_WEAKREF,
    .size = sizeof(KrI2c),
    .methods = i2c_methods,
    .make = &i2c_make_row,
    .trace = i2c_trace,
    .finalize = i2c_finalize,
    .repr = i2c_repr,
};
const KrType kr_soft_i2c_type = {
    KR_TYPE_HEAD(kr_soft_i2c_type),
    .name = "SoftI2C",
    .module = "machine",
    .doc = KR_DOC("An I2C bus on any two pins, made by software."),
    .flags = KR_TYPE_WEAKREF,
    .size = sizeof(KrI2c),
    .methods = soft_methods,
    .make = &soft_make_row,
    .trace = i2c_trace,
    .finalize = i2c_finalize,
    .repr = i2c_repr,
};
