// spi.c - machine.SPI and SoftSPI. Devices are selected by a pin of the program's.
// SPDX-License-Identifier: MIT
#include "machine_part.h"

#include <string.h>

#define SELF         KR_AS(KrSpi, self)
#define METHOD(name) static KrValue spi_##name(KrVm *vm, KrValue self, const KrValue *arg)

static void spi_trace(KrTracer *tracer, KrObject *object) {
    KrSpi *b = (KrSpi *)object;
    KrValue value[] = { b->board, b->id, b->port, b->sck, b->mosi, b->miso };
    for (size_t i = 0; i < KR_COUNT_OF(value); i++) kr_trace(tracer, value[i]);
}

static void spi_finalize(KrVm *vm, KrObject *object) {
    const KrSpi *o = (const KrSpi *)object;
    (void)vm;
    if (o->fd >= 0) kr_port_close(o->fd);
}

static const KrSpiTable *table_of(KrVm *vm, const KrSpi *bus) {
    const KrMachine *m = kr_machine(vm);
    return bus->head.shape->type == &kr_soft_spi_type ? m->board->soft_spi : m->board->spi;
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------------

// baudrate, polarity, phase, bits, firstbit, sck, mosi, miso
static bool configure(KrVm *vm, KrSpi *bus, const KrValue *arg) {
    int64_t n[] = { bus->hz, bus->polarity, bus->phase, bus->bits, bus->lsb_first };
    static const struct {
        const char *name;
        int64_t least, most;
    } range[] = { { "baudrate", 1, 1000000000 }, { "polarity", 0, 1 }, { "phase", 0, 1 }, { "bits", 4, 32 }, { "firstbit", 0, 1 } };
    for (size_t i = 0; i < KR_COUNT_OF(range); i++)
        if (!kr_machine_number(vm, arg[i], range[i].name, range[i].least, range[i].most, &n[i])) return false;
    bus->hz = (uint32_t)n[0], bus->polarity = (uint8_t)n[1], bus->phase = (uint8_t)n[2], bus->bits = (uint8_t)n[3], bus->lsb_first = n[4];
    KrValue *slot[] = { &bus->sck, &bus->mosi, &bus->miso };
    for (size_t i = 0; i < KR_COUNT_OF(slot); i++) {
        if (kr_is_none(arg[5 + i])) continue;
        KrPin *pin = kr_pin_of(vm, arg[5 + i]);
        if (!pin) return false;
        kr_store(vm, bus, slot[i], kr_from_ptr(pin));
    }
    return table_of(vm, bus)->open(vm, bus);
}

static KrValue make(KrVm *vm, const KrType *type, const KrSpiTable *table, KrValue id, const KrValue *rest) {
    KrValue v = table ? kr_alloc_instance(vm, type) : kr_lacks(vm, "SPI bus");
    if (kr_is_error(v)) return v;
    KrSpi *bus = KR_AS(KrSpi, v);
    bus->board = kr_machine(vm)->state;
    bus->id = id, bus->port = KR_UNSET, bus->sck = bus->mosi = bus->miso = KR_NONE;
    bus->fd = -1, bus->hz = 1000000, bus->bits = 8;
    return configure(vm, bus, rest) ? v : KR_ERROR;
}

METHOD(make) {
    const KrMachine *m = kr_machine(vm);
    (void)self;
    return m ? make(vm, &kr_spi_type, m->board->spi, arg[0], arg + 1) : KR_ERROR;
}
static const KrMethod spi_make_row = {
    "SPI(id=0, baudrate=1000000, *, polarity=0, phase=0, bits=8, firstbit=0, sck=None, mosi=None, miso=None)", spi_make, KR_NO_DOC, 0
};

METHOD(make_soft) {
    const KrMachine *m = kr_machine(vm);
    (void)self;
    return m ? make(vm, &kr_soft_spi_type, m->board->soft_spi, KR_NONE, arg) : KR_ERROR;
}
static const KrMethod soft_make_row = {
    "SoftSPI(baudrate=500000, *, polarity=0, phase=0, bits=8, firstbit=0, sck=None, mosi=None, miso=None)", spi_make_soft, KR_NO_DOC, 0
};

METHOD(init) { return configure(vm, SELF, arg) ? KR_NONE : KR_ERROR; }

METHOD(deinit) {
    (void)arg;
    const KrSpiTable *t = table_of(vm, SELF);
    if (t->close) t->close(vm, SELF);
    return KR_NONE;
}

static KrValue spi_repr(KrVm *vm, KrValue self) {
    return kr_format(vm, "%T(%R, baudrate=%u, polarity=%d, phase=%d, bits=%d)", self, SELF->id, (size_t)SELF->hz, SELF->polarity,
                     SELF->phase, SELF->bits);
}

// ---- Transfers ----------------------------------------------------------------------------------------------------------------------------

static bool transfer(KrVm *vm, KrValue self, const uint8_t *out, uint8_t *in, size_t len) {
    return !len || (table_of(vm, SELF)->transfer(vm, SELF, out, in, len) && kr_poll(vm, 10));
}

// The byte that is sent while bytes are only read.
static bool filler(KrVm *vm, KrValue v, uint8_t *out) {
    int64_t n = 0;
    return kr_machine_number(vm, v, "write", 0, 255, &n) && (*out = (uint8_t)n, true);
}

METHOD(read) {
    size_t len;
    uint8_t fill;
    if (!kr_to_size(vm, arg[0], "nbytes", &len) || !filler(vm, arg[1], &fill)) return KR_ERROR;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes)) return bytes;
    uint8_t *data = kr_bytes_data(bytes, NULL);
    memset(data, fill, len);
    return transfer(vm, self, data, data, len) ? bytes : KR_ERROR;
}

METHOD(readinto) {
    KrBuffer b;
    uint8_t fill;
    if (!filler(vm, arg[1], &fill) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_WRITE)) return KR_ERROR;
    memset(b.data, fill, b.len);
    bool ok = transfer(vm, self, b.data, b.data, b.len);
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

METHOD(write) {
    KrBuffer b;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = transfer(vm, self, b.data, NULL, b.len);
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

METHOD(write_readinto) {
    KrBuffer out, in;
    if (!kr_get_buffer(vm, arg[0], &out, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = kr_get_buffer(vm, arg[1], &in, KR_BUFFER_WRITE);
    if (ok && in.len != out.len)
        ok = kr_fail(kr_raise(vm, &kr_value_error, "buffers must be the same length, not %u and %u", out.len, in.len));
    else if (ok) ok = transfer(vm, self, out.data, in.data, in.len), kr_release_buffer(vm, &in);
    kr_release_buffer(vm, &out);
    return ok ? KR_NONE : KR_ERROR;
}

// ---- The types -----------------------------------------------------------------------------------------------------------------------------

static KrValue get_msb(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(0); }
static KrValue get_lsb(KrVm *vm, KrValue self) { return (void)vm, (void)self, kr_int_box(1); }
static const KrGetSet spi_attributes[] = { { "MSB", get_msb, kr_class_constant, NULL },
                                           { "LSB", get_lsb, kr_class_constant, NULL },
                                           { 0 } };

static const KrMethod spi_methods[] = {
    { "init(baudrate=-1, *, polarity=-1, phase=-1, bits=-1, firstbit=-1, sck=None, mosi=None, miso=None)", spi_init,
      KR_DOC("Change the settings. baudrate: Hz."), 0 },
    { "deinit()", spi_deinit, KR_DOC("Let go of the bus."), 0 },
    { "read(nbytes, write=0, /)", spi_read, KR_DOC("Read nbytes bytes, sending the byte write all the while."), 0 },
    { "readinto(buf, write=0, /)", spi_readinto, KR_DOC("Fill buf, sending the byte write all the while."), 0 },
    { "write(buf, /)", spi_write, KR_DOC("Send buf."), 0 },
    { "write_readinto(write_buf, read_buf, /)", spi_write_readinto,
      KR_DOC("Send write_buf and fill read_buf, of the same length, which may be the same."), 0 },
    { 0 },
};

const KrType kr_spi_type = {
    KR_TYPE_HEAD(kr_spi_type), .name = "SPI",         .module = "machine",      .doc = KR_DOC("An SPI bus, as its controller."),
    .flags = KR_TYPE_WEAKREF,  .size = sizeof(KrSpi), .methods = spi_methods,   .attributes = spi_attributes,
    .make = &spi_make_row,     .trace = spi_trace,    .finalize = spi_finalize, .repr = spi_repr,
};
const KrType kr_soft_spi_type = {
    KR_TYPE_HEAD(kr_soft_spi_type),
    .name = "SoftSPI",
    .module = "machine",
    .doc = KR_DOC("An SPI bus on any three pins, made by software."),
    .flags = KR_TYPE_WEAKREF,
    .size = sizeof(KrSpi),
    .methods = spi_methods,
    .attributes = spi_attributes,
    .make = &soft_make_row,
    .trace = spi_trace,
    .finalize = spi_finalize,
    .repr = spi_repr,
};
