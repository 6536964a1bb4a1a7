// board.c - the board `stm32f405`: what the chip knows of itself. Its peripherals have files of their own.
// SPDX-License-Identifier: MIT
#include "stm32f405/board_part.h"

#include "stm32f405/crash.h"
#include "vm/builtins.h"
#include "vm/main.h"

// ---- What the files share ------------------------------------------------------------------------------------------------------

bool kr_unit_of(KrVm *vm, KrValue id, const char *what, unsigned most, unsigned *unit) {
    int64_t n;
    if (!kr_is_integer(id)) return kr_fail(kr_raise(vm, &kr_type_error, "%s is called by its number, not by %T", what, id));
    if (!kr_to_int64(vm, id, &n)) return false;
    if (n < 1 || n > most) return kr_fail(kr_raise(vm, &kr_value_error, "%s %R: there are %s 1 to %d", what, id, what, (int)most));
    return *unit = (unsigned)n, true;
}

// ---- The board -----------------------------------------------------------------------------------------------------------------

// With the VM ends what would call into it, and pulses; other pins stay as they are.
static void board_finalize(KrVm *vm, KrObject *object) {
    (void)vm, (void)object;
    kr_edges_end();
    kr_uarts_end();
    kr_pwms_end();
}

static const KrType board_type = { KR_TYPE_HEAD(board_type), .name = "_board", .flags = KR_TYPE_NO_NEW, .size = sizeof(KrObject),
                                   .finalize = board_finalize };

static bool open_board(KrVm *vm, const char *description, KrValue *state) {
    (void)description;
    *state = kr_alloc_instance(vm, &board_type); // which has its finalizer called
    return !kr_is_error(*state);
}

static KrValue unique_id(KrVm *vm, KrValue state) {
    uint32_t word[3];
    (void)state;
    for (uint32_t i = 0; i < KR_COUNT_OF(word); i++) word[i] = kr_chip_read_or(CHIP_ID + 4 * i, 0);
    return kr_bytes(vm, word, sizeof word);
}

static KrResetCause reset_cause(KrVm *vm, KrValue state) { return (void)vm, (void)state, (KrResetCause)kr_crash_cause(); }

// A soft reset is the end of the program: whoever runs it starts anew.
static bool reset(KrVm *vm, KrValue state, KrResetCause cause) {
    (void)state;
    if (cause == KR_RESET_SOFT) return kr_fail(kr_raise(vm, &kr_system_exit, ""));
    kr_flush_stdout(vm);
    kr_console_drain();
    kr_crash_reset(cause);
    return true;
}

static bool watchdog(KrVm *vm, KrValue state, int64_t ns) {
    (void)state;
    if (ns > KR_WATCHDOG_MOST_MS * INT64_C(1000000))
        return kr_fail(
            kr_raise(vm, &kr_value_error, "timeout must be at most %d ms, not %z", KR_WATCHDOG_MOST_MS, (intptr_t)(ns / 1000000)));
    return kr_watchdog_feed(ns), true;
}

// Without a running RTC the date lasts until the next reset.
static bool set_clock(KrVm *vm, KrValue state, int64_t ns) {
    (void)vm, (void)state;
    (void)kr_rtc_write(ns);
    return kr_time_set_wall(ns), true;
}

static KrValue last_crash(KrVm *vm, KrValue state) {
    const KrCrash *c = kr_crash_last();
    (void)state;
    if (!c) return KR_NONE;
    const struct {
        const char *name;
        uint32_t value;
    } field[] = { { "pc", c->pc },
                  { "lr", c->lr },
                  { "sp", c->sp },
                  { "cfsr", c->cfsr },
                  { "hfsr", c->hfsr },
                  { "address", c->address },
                  { "uptime_ms", c->uptime_ms } };
    KrValue dict = kr_dict(vm), kind = kr_str_c(vm, kr_crash_name(c->kind)), message = kr_str_c(vm, c->message);
    bool ok = !kr_is_error(dict) && !kr_is_error(kind) && !kr_is_error(message) && kr_dict_set(vm, dict, kr_name(vm, "kind"), kind) &&
              kr_dict_set(vm, dict, kr_name(vm, "message"), message);
    for (size_t i = 0; ok && i < KR_COUNT_OF(field); i++)
        ok = kr_dict_set(vm, dict, kr_name(vm, field[i].name), kr_int(vm, field[i].value));
    return ok ? dict : KR_ERROR;
}

static uint32_t memory(uint32_t address, unsigned size, bool write, uint32_t value) {
    if (!write) return size == 4 ? kr_reg_get(address) : size == 2 ? kr_reg_get_16(address) : kr_reg_get_8(address);
    if (size == 4) kr_reg_set(address, value);
    else if (size == 2) kr_reg_set_16(address, (uint16_t)value);
    else kr_reg_set_8(address, (uint8_t)value);
    return 0;
}

const KrBoard kr_chip_board = {
    .name = "stm32f405",
    .open = open_board,
    .pin = &kr_chip_pins,
    .i2c = &kr_chip_i2c,
    .soft_i2c = &kr_soft_i2c,
    .spi = &kr_chip_spi,
    .soft_spi = &kr_soft_spi,
    .uart = &kr_chip_uart,
    .adc = &kr_chip_adc,
    .pwm = &kr_chip_pwm,
    .wire = &kr_chip_wire,
    .unique_id = unique_id,
    .reset_cause = reset_cause,
    .reset = reset,
    .watchdog = watchdog,
    .set_clock = set_clock,
    .last_crash = last_crash,
    .freq = kr_clock_core,
    .memory = memory,
};
