// board_pin.c - pins of Linux: lines of GPIO chips, by the character device, version 2 of its interface (linux/gpio.h).
//
// A pin is called by a number: on a Raspberry Pi its BCM number, elsewhere the line of the first chip; by the name of its line, as the device tree gives it;
// or by "chip:line", where chip is the label or name of a chip, and line a number or a name. Pin.number is the chip's number * 4096 + the line.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/board_part.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { MOST_CHIPS = 64, CHIP_LINES = 4096, MOST_LINES = 4096 };

// ---- Chips -----------------------------------------------------------------------------------------------------------------------------------

static void chip_path(int chip, char out[32]) { snprintf(out, 32, "/dev/gpiochip%d", chip); }

static bool chip_open(KrVm *vm, int chip, int *fd) {
    char path[32];
    chip_path(chip, path);
    return kr_linux_open(vm, path, "GPIO chip", "gpio", fd);
}

// Of a chip that may not exist; false: it does not, or cannot be asked.
static bool chip_info(KrVm *vm, int chip, struct gpiochip_info *out) {
    char path[32], at[KR_LINUX_PATH];
    chip_path(chip, path);
    int fd = open(kr_linux_path(vm, path, at), O_RDWR | O_CLOEXEC);
    bool ok = fd >= 0 && ioctl(fd, GPIO_GET_CHIPINFO_IOCTL, out) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

static bool line_info(int fd, unsigned line, struct gpio_v2_line_info *out) {
    memset(out, 0, sizeof *out);
    out->offset = line;
    return ioctl(fd, GPIO_V2_GET_LINEINFO_IOCTL, out) == 0;
}

// The chip of a Raspberry Pi's header, whatever its number is: it has moved between kernels, and models.
static bool is_pi_header(const struct gpiochip_info *info) {
    static const char *const labels[] = { "pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1" };
    for (size_t i = 0; i < KR_COUNT_OF(labels); i++)
        if (strcmp(info->label, labels[i]) == 0) return true;
    return false;
}

static int header_chip(KrVm *vm) {
    struct gpiochip_info info;
    for (int i = 0; kr_linux_is_pi(vm) && i < MOST_CHIPS; i++)
        if (chip_info(vm, i, &info) && is_pi_header(&info)) return i;
    return 0;
}

// ---- Finding -----------------------------------------------------------------------------------------------------------------------------------

// The line of that name on a chip; -1: none.
static int line_named(KrVm *vm, int chip, const char *name) {
    char path[32], at[KR_LINUX_PATH];
    struct gpiochip_info chip_has;
    struct gpio_v2_line_info info;
    chip_path(chip, path);
    int found = -1, fd = chip_info(vm, chip, &chip_has) ? open(kr_linux_path(vm, path, at), O_RDWR | O_CLOEXEC) : -1;
    for (unsigned i = 0; fd >= 0 && found < 0 && i < chip_has.lines; i++)
        if (line_info(fd, i, &info) && strcmp(info.name, name) == 0) found = (int)i;
    if (fd >= 0) close(fd);
    return found;
}

static int number_in(const char *text) {
    char *end;
    long n = strtol(text, &end, 10);
    return *text && !*end && n >= 0 ? (int)(n < MOST_LINES ? n : MOST_LINES) : -1;
}

static bool take(KrVm *vm, KrPin *pin, KrValue id, int chip, int line) {
    struct gpiochip_info info;
    if (!chip_info(vm, chip, &info)) {
        int fd;
        if (!chip_open(vm, chip, &fd)) return false; // says why
        close(fd);
        return kr_fail(kr_raise(vm, &kr_value_error, "Pin %R: /dev/gpiochip%d does not answer", id, chip));
    }
    if (line < 0 || (unsigned)line >= info.lines)
        return kr_fail(kr_raise(vm, &kr_value_error, "Pin %R: %s has lines 0 to %d", id, info.label, (int)info.lines - 1));
    pin->number = chip * CHIP_LINES + line;
    pin->id = id;
    return true;
}

// "chip:line"
static bool find_on_chip(KrVm *vm, KrPin *pin, KrValue id, const char *text, size_t chip_len) {
    struct gpiochip_info info;
    for (int i = 0; i < MOST_CHIPS; i++) {
        if (!chip_info(vm, i, &info)) continue;
        bool label = strlen(info.label) == chip_len && memcmp(info.label, text, chip_len) == 0;
        bool name = strlen(info.name) == chip_len && memcmp(info.name, text, chip_len) == 0;
        if (!label && !name) continue;
        int line = number_in(text + chip_len + 1);
        if (line < 0) line = line_named(vm, i, text + chip_len + 1);
        if (line < 0) return kr_fail(kr_raise(vm, &kr_value_error, "Pin %R: %s has no line of that name", id, info.label));
        return take(vm, pin, id, i, line);
    }
    return kr_fail(kr_raise(vm, &kr_value_error, "Pin %R: there is no GPIO chip of that label or name", id));
}

static bool find(KrVm *vm, KrValue board, KrValue id, KrPin *pin) {
    int64_t n;
    (void)board;
    if (kr_is_integer(id)) {
        if (!kr_to_int64(vm, id, &n)) return false;
        return take(vm, pin, id, header_chip(vm), n >= 0 && n < MOST_LINES ? (int)n : -1);
    }
    if (!kr_is_str(id)) return kr_fail(kr_raise(vm, &kr_type_error, "a pin is a number or a name, not %T", id));
    const char *text = kr_str_text(id, NULL), *colon = strrchr(text, ':');
    if (colon) return find_on_chip(vm, pin, id, text, (size_t)(colon - text));
    for (int i = 0; i < MOST_CHIPS; i++) {
        int line = line_named(vm, i, text);
        if (line >= 0) return take(vm, pin, id, i, line);
    }
    if (strncmp(text, "GPIO", 4) == 0 && number_in(text + 4) >= 0) return take(vm, pin, id, header_chip(vm), number_in(text + 4));
    return kr_fail(kr_raise(vm, &kr_value_error, "Pin %R: no GPIO chip has a line of that name; gpioinfo lists them", id));
}

// ---- Lines -------------------------------------------------------------------------------------------------------------------------------------

static struct gpio_v2_line_config config_of(const KrPin *p) {
    struct gpio_v2_line_config c = { 0 };
    bool out = p->mode == KR_PIN_OUT || p->mode == KR_PIN_OPEN_DRAIN;
    c.flags = out ? GPIO_V2_LINE_FLAG_OUTPUT : GPIO_V2_LINE_FLAG_INPUT;
    if (p->mode == KR_PIN_OPEN_DRAIN) c.flags |= GPIO_V2_LINE_FLAG_OPEN_DRAIN;
    if (p->pull == KR_PULL_UP) c.flags |= GPIO_V2_LINE_FLAG_BIAS_PULL_UP;
    if (p->pull == KR_PULL_DOWN) c.flags |= GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN;
    if (!out && p->trigger & KR_EDGE_RISING) c.flags |= GPIO_V2_LINE_FLAG_EDGE_RISING;
    if (!out && p->trigger & KR_EDGE_FALLING) c.flags |= GPIO_V2_LINE_FLAG_EDGE_FALLING;
    if (out) {
        c.attrs[c.num_attrs].attr = (struct gpio_v2_line_attribute){ .id = GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES, .values = p->on };
        c.attrs[c.num_attrs++].mask = 1;
    } else if (p->debounce_ns) {
        c.attrs[c.num_attrs].attr =
            (struct gpio_v2_line_attribute){ .id = GPIO_V2_LINE_ATTR_ID_DEBOUNCE, .debounce_period_us = (uint32_t)(p->debounce_ns / 1000) };
        c.attrs[c.num_attrs++].mask = 1;
    }
    return c;
}

static bool refused(KrVm *vm, const KrPin *p, int fd, int error) {
    struct gpio_v2_line_info info;
    char path[32];
    chip_path(p->number / CHIP_LINES, path);
    if (error == EBUSY && fd >= 0 && line_info(fd, (unsigned)(p->number % CHIP_LINES), &info))
        return kr_board_fail(
            vm, error,
            kr_format(vm, "Pin %R (line %d of %s) is in use by %s: stop that program, or take the driver out of the device tree", p->id,
                      p->number % CHIP_LINES, path, info.consumer[0] ? info.consumer : "the kernel"));
    if (error == ENXIO || error == EOPNOTSUPP || error == EINVAL)
        return kr_board_fail(vm, error,
                             kr_format(vm,
                                       "Pin %R (line %d of %s) cannot be set up so: the chip lacks the pull, the mode or the debouncing",
                                       p->id, p->number % CHIP_LINES, path));
    return kr_board_fail(vm, error, kr_format(vm, "Pin %R (line %d of %s): %s", p->id, p->number % CHIP_LINES, path, strerror(error)));
}

static bool request(KrVm *vm, KrPin *p) {
    int chip;
    if (!chip_open(vm, p->number / CHIP_LINES, &chip)) return false;
    struct gpio_v2_line_request r = {
        .offsets = { (uint32_t)(p->number % CHIP_LINES) }, .consumer = "krait", .config = config_of(p), .num_lines = 1
    };
    bool ok = ioctl(chip, GPIO_V2_GET_LINE_IOCTL, &r) == 0;
    if (!ok) (void)refused(vm, p, chip, errno);
    close(chip);
    if (ok) p->fd = r.fd;
    return ok && (fcntl(p->fd, F_SETFL, O_NONBLOCK), true);
}

static bool setup(KrVm *vm, KrPin *p) {
    if (p->mode == KR_PIN_ALT || p->mode == KR_PIN_ANALOG) {
        if (p->fd >= 0) close(p->fd);
        return p->fd = -1, true; // whoever has the function takes the pin
    }
    if (p->fd < 0) return request(vm, p);
    struct gpio_v2_line_config c = config_of(p);
    return ioctl(p->fd, GPIO_V2_LINE_SET_CONFIG_IOCTL, &c) == 0 || refused(vm, p, -1, errno);
}

static bool ready(KrVm *vm, KrPin *p) { return p->fd >= 0 || setup(vm, p); }

static int read_pin(KrVm *vm, KrPin *p) {
    struct gpio_v2_line_values v = { .mask = 1 };
    if (!ready(vm, p)) return -1;
    if (p->fd < 0) return 0;
    if (ioctl(p->fd, GPIO_V2_LINE_GET_VALUES_IOCTL, &v) != 0) return (void)refused(vm, p, -1, errno), -1;
    return (int)(v.bits & 1);
}

static bool write_pin(KrVm *vm, KrPin *p, bool on) {
    struct gpio_v2_line_values v = { .bits = on, .mask = 1 };
    if (!ready(vm, p)) return false;
    if (p->fd < 0 || (p->mode != KR_PIN_OUT && p->mode != KR_PIN_OPEN_DRAIN)) return true; // for when it becomes an output
    return ioctl(p->fd, GPIO_V2_LINE_SET_VALUES_IOCTL, &v) == 0 || refused(vm, p, -1, errno);
}

static bool watch(KrVm *vm, KrPin *p) {
    if (p->fd >= 0 && !p->trigger) kr_linux_watch_remove(p);
    return setup(vm, p) && (!p->trigger || p->fd < 0 || kr_linux_watch_add(vm, p));
}

static bool waveform(KrVm *vm, KrPin *p, const uint32_t time[4], const uint8_t *data, size_t len) {
    (void)time, (void)data, (void)len;
    return kr_fail(kr_raise(vm, &kr_not_implemented_error,
                            "Pin %R: a program cannot make pulses of less than about 50 us under Linux; a strip of WS2812 goes to MOSI of "
                            "an SPI bus: drivers.ws2812.WS2812(SPI(0), count)",
                            p->id));
}

const KrPinTable kr_linux_pins = {
    .find = find, .setup = setup, .read = read_pin, .write = write_pin, .watch = watch, .waveform = waveform
};
