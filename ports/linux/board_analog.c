// board_analog.c - voltages in by the kernel's industrial I/O, pulses out by its PWM class; both through sysfs.
//
// ADC: 3 is in_voltage3 of the first device, "iio:device1:3" of another, by its name as well ("ads1015:3").
// PWM: 1 is channel 1 of pwmchip0, "pwmchip2:1" of another; on a Raspberry Pi also pins 12, 18 (channel 0), 13, 19 (channel 1).
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "linux/board_part.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_DEVICES = 32 };

// "device:channel" or a number.
static bool parse(KrVm *vm, KrValue id, const char *what, char device[64], int *channel) {
    int64_t n;
    device[0] = 0;
    if (kr_is_integer(id)) return kr_to_int64(vm, id, &n) && (*channel = (int)n, true);
    if (!kr_is_str(id)) return kr_fail(kr_raise(vm, &kr_type_error, "%s is a number or \"device:channel\", not %T", what, id));
    const char *text = kr_str_text(id, NULL), *colon = strrchr(text, ':');
    char *end = NULL;
    *channel = colon ? (int)strtol(colon + 1, &end, 10) : -1;
    if (!colon || end == colon + 1 || *end || colon - text >= 64)
        return kr_fail(kr_raise(vm, &kr_value_error, "%s is a number or \"device:channel\", not %R", what, id));
    memcpy(device, text, (size_t)(colon - text));
    device[colon - text] = 0;
    return true;
}

// ---- ADC -------------------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    char folder[96];
    int channel;
    double scale, offset, full; // millivolts; full: volts
} Input;

static const KrType input_type = { KR_TYPE_HEAD(input_type), .name = "_adc", .flags = KR_TYPE_NO_NEW, .size = sizeof(Input) };

static bool number_at(KrVm *vm, const char *folder, const char *file, double *out) {
    char path[192], text[64];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return kr_linux_sysfs_read(vm, path, text, sizeof text) && sscanf(text, "%lf", out) == 1;
}

static bool of_channel(KrVm *vm, const Input *in, const char *what, double *out) {
    char file[64], shared[64];
    snprintf(file, sizeof file, "in_voltage%d_%s", in->channel, what);
    snprintf(shared, sizeof shared, "in_voltage_%s", what);
    return number_at(vm, in->folder, file, out) || number_at(vm, in->folder, shared, out);
}

// The highest reading, from the form of samples ("le:u12/16>>4"); without one, 3.3 V.
static double full_scale(KrVm *vm, const Input *in) {
    char path[192], text[64];
    unsigned bits;
    char sign;
    snprintf(path, sizeof path, "%s/scan_elements/in_voltage%d_type", in->folder, in->channel);
    if (!kr_linux_sysfs_read(vm, path, text, sizeof text) || sscanf(text, "%*[^:]:%c%u", &sign, &bits) != 2 || bits > 32) return 3.3;
    return (double)((UINT64_C(1) << (bits - (sign == 's'))) - 1) * in->scale / 1000;
}

static bool adc_open(KrVm *vm, KrAdc *adc) {
    char device[64], name[64], path[128];
    Input *in = kr_alloc(vm, &input_type.shape, sizeof *in);
    if (!in || !parse(vm, adc->id, "an ADC", device, &in->channel)) return false;
    for (int i = 0; i < MOST_DEVICES; i++) {
        double raw;
        snprintf(in->folder, sizeof in->folder, "/sys/bus/iio/devices/iio:device%d", i);
        snprintf(path, sizeof path, "%s/name", in->folder);
        if (!kr_linux_sysfs_read(vm, path, name, sizeof name)) continue;
        if (device[0] && strcmp(device, name) != 0 && strcmp(device, strrchr(in->folder, '/') + 1) != 0) continue;
        if (!of_channel(vm, in, "raw", &raw)) continue;
        in->scale = 1, in->offset = 0;
        (void)of_channel(vm, in, "scale", &in->scale);
        (void)of_channel(vm, in, "offset", &in->offset);
        in->full = full_scale(vm, in);
        kr_store(vm, adc, &adc->port, kr_from_ptr(in));
        return true;
    }
    return kr_board_fail(
        vm, ENODEV,
        kr_format(vm, "ADC %R: no device in /sys/bus/iio/devices has that channel; is the driver of the converter loaded?", adc->id));
}

static bool adc_read(KrVm *vm, KrAdc *adc, double *volts, double *full) {
    const Input *in = KR_AS(Input, adc->port);
    double raw;
    if (!of_channel(vm, in, "raw", &raw)) return kr_board_fail(vm, EIO, kr_format(vm, "ADC %R: %s cannot be read", adc->id, in->folder));
    *volts = (raw + in->offset) * in->scale / 1000;
    *full = in->full;
    return true;
}

const KrAdcTable kr_linux_adc = { .open = adc_open, .read = adc_read };

// ---- PWM -------------------------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    char folder[96];
    int64_t period, width;
} Output;

static const KrType output_type = { KR_TYPE_HEAD(output_type), .name = "_pwm", .flags = KR_TYPE_NO_NEW, .size = sizeof(Output) };

static bool put(KrVm *vm, const Output *o, const char *file, long long value) {
    char path[128], text[32];
    snprintf(path, sizeof path, "%s/%s", o->folder, file);
    snprintf(text, sizeof text, "%lld", value);
    return kr_linux_sysfs_write(vm, path, text);
}

static bool channel_of_pin(KrVm *vm, KrPwm *pwm, int *channel) {
    int64_t pin = -1;
    KrValue id = ((const KrPin *)kr_ptr(pwm->id))->id;
    if (kr_is_integer(id)) (void)kr_int_fits(id, &pin);
    if (kr_linux_is_pi(vm) && (pin == 12 || pin == 18)) return *channel = 0, true;
    if (kr_linux_is_pi(vm) && (pin == 13 || pin == 19)) return *channel = 1, true;
    return kr_fail(kr_raise(
        vm, &kr_value_error,
        "PWM of %R: Linux has pulses by channel, not by pin: PWM(0) or PWM(\"pwmchip0:1\"); ls /sys/class/pwm lists them", pwm->id));
}

static bool is_pin(KrValue v) {
    return kr_is_ptr(v) && strcmp(kr_type_of(v)->name, "Pin") == 0 && kr_type_of(v)->module &&
           strcmp(kr_type_of(v)->module, "machine") == 0;
}

static bool pwm_open(KrVm *vm, KrPwm *pwm) {
    char device[64] = "", path[128], at[KR_LINUX_PATH], number[16];
    int channel;
    Output *o = kr_alloc(vm, &output_type.shape, sizeof *o);
    if (!o || !(is_pin(pwm->id) ? channel_of_pin(vm, pwm, &channel) : parse(vm, pwm->id, "a PWM", device, &channel))) return false;
    const char *chip = device[0] ? device : "pwmchip0";
    snprintf(o->folder, sizeof o->folder, "/sys/class/pwm/%s/pwm%d", chip, channel);
    snprintf(path, sizeof path, "/sys/class/pwm/%s", chip);
    if (access(kr_linux_path(vm, path, at), F_OK) != 0)
        return kr_board_fail(vm, ENODEV, kr_format(vm, "PWM %R: there is no %s: is PWM switched on in the device tree?", pwm->id, path));
    if (access(kr_linux_path(vm, o->folder, at), F_OK) != 0) {
        snprintf(path, sizeof path, "/sys/class/pwm/%s/export", chip);
        snprintf(number, sizeof number, "%d", channel);
        if (!kr_linux_sysfs_write(vm, path, number)) return false;
    }
    kr_store(vm, pwm, &pwm->port, kr_from_ptr(o));
    return true;
}

// The pulse must never be longer than the period, also between two writes.
static bool pwm_set(KrVm *vm, KrPwm *pwm) {
    Output *o = KR_AS(Output, pwm->port);
    if (!pwm->running) return put(vm, o, "enable", 0);
    int64_t period = (int64_t)(1e9 / pwm->hz + 0.5), width = (int64_t)((pwm->invert ? 1 - pwm->duty : pwm->duty) * (double)period + 0.5);
    if (period < o->width && !put(vm, o, "duty_cycle", width)) return false;
    if (period != o->period && !put(vm, o, "period", period)) return false;
    if (!put(vm, o, "duty_cycle", width)) return false;
    o->period = period, o->width = width;
    return put(vm, o, "enable", 1);
}

const KrPwmTable kr_linux_pwm = { .open = pwm_open, .set = pwm_set };
