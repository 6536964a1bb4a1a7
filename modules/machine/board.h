// board.h - what a board is to module machine: tables of functions, one per kind of bus. A bus that a board lacks is NULL.
//
// A program imports machine and never knows which board it has. `state` is the board's own value, which open() makes once per VM. The functions
// raise by themselves, with errors that say what the board has, and what to do about it. Lengths of time are in nanoseconds of kr_now_ns.
// SPDX-License-Identifier: MIT
#ifndef KR_MACHINE_BOARD_H
#define KR_MACHINE_BOARD_H

#include "krait.h"
#include "object/slots.h"
#include "vm/agenda.h"

// ---- Pins ------------------------------------------------------------------------------------------------------------------------

enum { KR_PIN_IN, KR_PIN_OUT, KR_PIN_OPEN_DRAIN, KR_PIN_ALT, KR_PIN_ANALOG, KR_PIN_MODES };
enum { KR_PULL_NONE, KR_PULL_UP, KR_PULL_DOWN };
enum { KR_EDGE_RISING = 1, KR_EDGE_FALLING = 2 };
enum { KR_PIN_EDGES = 32 }; // that wait for their handler; a power of two

typedef struct {
    int64_t ns;
    bool level;
} KrPinEdge;

typedef struct KrPinTable KrPinTable;

typedef struct KrPin {
    KrObject head;
    const KrPinTable *table;
    KrValue board; // its state
    KrValue id;    // as the board calls it: a number or a name
    KrValue port;  // the board's own object, or KR_UNSET
    int32_t number, fd;
    uint8_t mode, pull, drive;
    uint8_t alt; // which function of its peripherals it has, in mode ALT
    bool ready;  // it has been set up
    bool on;     // what was written last
    // Edges. The board calls kr_pin_edge; the agenda calls the handler.
    uint8_t trigger; // KR_EDGE_...: what is watched
    uint8_t flags;   // of the edge whose handler runs
    KrValue handler; // KR_UNSET: there is none
    KrValue irq;     // the object that stands for all this, or KR_UNSET
    KrEvent *dispatch;
    int64_t debounce_ns; // what follows an edge sooner is not one
    int64_t edge_ns;     // of the edge whose handler runs
    uint64_t lost;       // edges that found no room
    uint32_t first, count;
    KrRaw *edges;       // KrPinEdge[KR_PIN_EDGES]; NULL: none were ever watched
    KrEvent *settle;    // of kr_pin_changed
    bool level, stable; // the last one, and the last one that has lasted: watch() sets it, where kr_pin_changed is called
} KrPin;

struct KrPinTable {
    bool (*find)(KrVm *vm, KrValue board, KrValue id, KrPin *pin) KR_RAISES; // fills id, number, port; ValueError: there is no such pin
    bool (*setup)(KrVm *vm, KrPin *pin) KR_RAISES;                           // mode, pull, drive, on
    int (*read)(KrVm *vm, KrPin *pin);                                       // 0 or 1; below zero: raised
    bool (*write)(KrVm *vm, KrPin *pin, bool on) KR_RAISES;
    bool (*watch)(KrVm *vm, KrPin *pin) KR_RAISES; // trigger, debounce_ns; trigger 0: no more
    // Optional.
    int64_t (*pulse)(KrVm *vm, KrPin *pin, bool level,
                     int64_t most); // length of the next pulse; -1, -2: no start, no end in time; -3: raised
    bool (*waveform)(KrVm *vm, KrPin *pin, const uint32_t time[4], const uint8_t *data, size_t len) KR_RAISES; // machine.bitstream
};

void kr_pin_edge(KrVm *vm, KrPin *pin, bool level, int64_t ns);              // one that is watched has come
bool kr_pin_changed(KrVm *vm, KrPin *pin, bool level, int64_t ns) KR_RAISES; // likewise, where nobody below debounces: once it has lasted

// ---- Buses -----------------------------------------------------------------------------------------------------------------------

typedef struct { // of machine.I2C and SoftI2C
    KrObject head;
    KrValue board, id, port, scl, sda; // pins or KR_NONE; port: the board's own object
    int fd;
    uint32_t hz;
    int64_t timeout_ns;
} KrI2c;

typedef struct {
    uint8_t *data;
    size_t len;
    bool read;
} KrI2cPart;

typedef struct {
    bool (*open)(KrVm *vm, KrI2c *bus) KR_RAISES; // also to change its settings
    void (*close)(KrVm *vm, KrI2c *bus);
    // Parts with a repeated start between two of a different direction, and a stop at the end if `stop`. How many written bytes were acknowledged; below
    // zero: raised. OSError ENODEV: nobody has the address; ETIMEDOUT: the bus is held.
    intptr_t (*transfer)(KrVm *vm, KrI2c *bus, unsigned address, KrI2cPart *part, size_t count, bool stop);
} KrI2cTable;

typedef struct { // of machine.SPI and SoftSPI
    KrObject head;
    KrValue board, id, port, sck, mosi, miso;
    int fd;
    uint32_t hz;
    uint8_t polarity, phase, bits;
    bool lsb_first;
} KrSpi;

typedef struct {
    bool (*open)(KrVm *vm, KrSpi *bus) KR_RAISES;
    void (*close)(KrVm *vm, KrSpi *bus);
    bool (*transfer)(KrVm *vm, KrSpi *bus, const uint8_t *out, uint8_t *in, size_t len) KR_RAISES; // in: NULL: not wanted; it may be out
} KrSpiTable;

typedef struct { // of machine.UART
    KrObject head;
    KrValue board, id, port, tx, rx;
    int fd;
    uint32_t baud;
    uint8_t bits, stop, parity;  // parity: 0 none, 1 odd, 2 even
    uint8_t flow;                // 1: RTS, 2: CTS
    int64_t timeout_ns, char_ns; // for the first character, and for each further one
    size_t rx_size;
} KrUart;

typedef struct {
    bool (*open)(KrVm *vm, KrUart *uart) KR_RAISES;
    void (*close)(KrVm *vm, KrUart *uart);
    intptr_t (*available)(KrVm *vm, KrUart *uart);                              // bytes that can be read at once; below zero: raised
    intptr_t (*read)(KrVm *vm, KrUart *uart, uint8_t *out, size_t len);         // what is there, without waiting
    intptr_t (*write)(KrVm *vm, KrUart *uart, const uint8_t *data, size_t len); // at least one byte, waiting for room
    bool (*wait)(KrVm *vm, KrUart *uart, int64_t until) KR_RAISES;              // until something can be read, or the time comes
    bool (*flush)(KrVm *vm, KrUart *uart) KR_RAISES;                            // until all has been sent
    bool (*send_break)(KrVm *vm, KrUart *uart) KR_RAISES;
} KrUartTable;

typedef struct { // of machine.ADC
    KrObject head;
    KrValue board, id, port;
    int fd;
    int32_t sample_ns; // -1: as the board likes
} KrAdc;

typedef struct {
    bool (*open)(KrVm *vm, KrAdc *adc) KR_RAISES;
    bool (*read)(KrVm *vm, KrAdc *adc, double *volts, double *full) KR_RAISES; // full: the voltage of the highest reading
} KrAdcTable;

typedef struct { // of machine.PWM
    KrObject head;
    KrValue board, id, port;
    int fd;
    double hz;
    double duty; // 0 to 1
    bool invert, running;
} KrPwm;

typedef struct {
    bool (*open)(KrVm *vm, KrPwm *pwm) KR_RAISES;
    bool (*set)(KrVm *vm, KrPwm *pwm) KR_RAISES; // hz, duty, invert, running
    void (*close)(KrVm *vm, KrPwm *pwm);
} KrPwmTable;

typedef struct { // of machine.OneWire
    KrObject head;
    KrValue board, pin, port; // pin: a Pin; where the kernel drives the bus (scan), what the program gave
} KrWire;

typedef struct {
    bool (*open)(KrVm *vm, KrWire *wire) KR_RAISES;
    int (*reset)(KrVm *vm, KrWire *wire);              // 1: a device is there; 0: none; below zero: raised
    int (*bit)(KrVm *vm, KrWire *wire, bool out);      // a slot: writes out and returns what the line had; below zero: raised
    int (*byte)(KrVm *vm, KrWire *wire, int out);      // eight of them; out: -1: the program only wants to read; NULL: by bits
    KrValue (*scan)(KrVm *vm, KrWire *wire) KR_RAISES; // a list of ROMs; NULL: by bits, of a pin that the program drives
} KrWireTable;

uint8_t kr_wire_crc8(const uint8_t *data, size_t len);
bool kr_wire_append(KrVm *vm, KrValue list, const uint8_t rom[8]) KR_RAISES; // for scan

// ---- The board -------------------------------------------------------------------------------------------------------------------

typedef enum {
    KR_RESET_POWER_ON = 1,
    KR_RESET_HARD,
    KR_RESET_WATCHDOG,
    KR_RESET_DEEP_SLEEP,
    KR_RESET_SOFT,
    KR_RESET_BROWN_OUT
} KrResetCause;

typedef struct {
    const char *name;
    bool (*found)(void); // is there hardware that it drives? NULL: it can always be had
    bool (*open)(KrVm *vm, const char *description, KrValue *state) KR_RAISES; // description: what follows its name; NULL: nothing
    const KrPinTable *pin;
    const KrI2cTable *i2c, *soft_i2c;
    const KrSpiTable *spi, *soft_spi;
    const KrUartTable *uart;
    const KrAdcTable *adc;
    const KrPwmTable *pwm;
    const KrWireTable *wire;
    KrValue (*unique_id)(KrVm *vm, KrValue state) KR_RAISES; // bytes
    KrResetCause (*reset_cause)(KrVm *vm, KrValue state);
    bool (*reset)(KrVm *vm, KrValue state, KrResetCause cause) KR_RAISES;            // returns where it cannot be done at once: raised
    bool (*watchdog)(KrVm *vm, KrValue state, int64_t ns) KR_RAISES;                 // feed it: it bites in ns; NULL: by the agenda
    bool (*set_clock)(KrVm *vm, KrValue state, int64_t ns) KR_RAISES;                // wall time; NULL: kept as a difference in the VM
    KrValue (*last_crash)(KrVm *vm, KrValue state) KR_RAISES;                        // a dict, or None; NULL: nothing is recorded
    uint32_t (*freq)(void);                                                          // Hz of the processor; NULL: not known
    uint32_t (*memory)(uint32_t address, unsigned size, bool write, uint32_t value); // a byte, half word or word; NULL: there is no way
    bool from_file;                                                                  // a name that is a file's is meant for it
} KrBoard;

KrValue kr_board_state(const KrVm *vm);                // what open() made; KR_UNSET: the program has not used its board
KrPin *kr_pin_known(KrVm *vm, int32_t number);         // the program's, NULL: it has not asked for it
bool kr_board_fail(KrVm *vm, int error, KrValue text); // raises OSError(error, text); false

extern const KrBoard *const kr_boards[]; // of the port: the first that is found, or is asked for, is taken. Ends with NULL
extern const KrBoard kr_sim_board;
extern const KrI2cTable kr_soft_i2c; // by hand, on any two pins
extern const KrSpiTable kr_soft_spi;

#endif
