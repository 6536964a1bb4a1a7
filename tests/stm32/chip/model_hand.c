// model_hand.c - what is connected to plain pins: an I2C device (a memory, as in model_i2c.c), and a pin that follows another.
// SPDX-License-Identifier: MIT
#include "model.h"

// ---- I2C -----------------------------------------------------------------------------------------------------------------------

static struct {
    unsigned scl, sda, bits; // bits: of the byte, the acknowledgement is the ninth
    uint8_t shift;
    bool active, first, sends, pointed, acknowledged;
    I2cDevice device;
} hand;

static void hold(bool low) { pin_pull_low(hand.sda, low); }

static void begin(void) {
    hand.active = hand.first = true;
    hand.sends = false;
    hand.bits = hand.shift = 0;
    hold(false);
}

static void byte_done(void) {
    hand.bits = 0;
    hold(false);
    if (hand.first) {
        hand.sends = hand.shift & 1;
        hand.pointed &= hand.sends;
    } else if (hand.sends) {
        hand.active = hand.acknowledged;
    } else if (hand.pointed) {
        hand.device.memory[hand.device.at++] = hand.shift;
    } else {
        hand.device.at = hand.shift, hand.pointed = true;
    }
    hand.first = false;
    if (hand.sends && hand.active) hand.shift = hand.device.memory[hand.device.at++];
}

static void clock_fell(void) {
    if (hand.bits == 9) byte_done();
    if (!hand.active) return;
    if (hand.bits == 8) {
        hand.active = hand.sends || !hand.first || hand.shift >> 1 == hand.device.address;
        hold(hand.active && !hand.sends);
    } else if (hand.sends) {
        hold(!(hand.shift >> (7 - hand.bits) & 1));
    }
}

static void clock_rose(bool data) {
    hand.bits++;
    if (hand.bits <= 8 && !hand.sends) hand.shift = (uint8_t)(hand.shift << 1 | data);
    if (hand.bits == 9) hand.acknowledged = !data;
}

static void line_changed(unsigned pin, bool level) {
    if (pin == hand.sda && pin_level(hand.scl)) {
        if (level) hand.active = false;
        else begin();
    } else if (pin == hand.scl && hand.active) {
        if (level) clock_rose(pin_level(hand.sda));
        else clock_fell();
    }
}

void hand_attach(unsigned scl, unsigned sda, const I2cDevice *device) {
    hand.scl = scl, hand.sda = sda, hand.device = *device;
    pin_listener = line_changed;
}

// ---- A pin that follows another ------------------------------------------------------------------------------------------------

static unsigned leader, follower;

static void followed(unsigned pin, bool level) {
    if (pin == leader) pin_drive(follower, level);
}

void hand_join(unsigned from, unsigned to) {
    leader = from, follower = to;
    pin_listener = followed;
    pin_drive(to, pin_level(from));
}
