"""Colours as red, green and blue, and as YIQ, HLS and HSV: all numbers are floats from 0 to 1, but I and Q, which may be negative."""

__all__ = ["rgb_to_yiq", "yiq_to_rgb", "rgb_to_hls", "hls_to_rgb", "rgb_to_hsv", "hsv_to_rgb"]


def rgb_to_yiq(r, g, b):
    """Brightness, and the two colour signals of NTSC."""
    y = 0.30 * r + 0.59 * g + 0.11 * b
    return y, 0.74 * (r - y) - 0.27 * (b - y), 0.48 * (r - y) + 0.41 * (b - y)


def yiq_to_rgb(y, i, q):
    """The inverse of rgb_to_yiq(), within 0 to 1."""
    # r - y and b - y of the two equations above; g from the first one
    red = y + 0.9468822170900693 * i + 0.6235565819861433 * q
    green = y - 0.27478764629897834 * i - 0.6356910791873801 * q
    blue = y - 1.1085450346420322 * i + 1.7090069284064666 * q
    return tuple([min(max(part, 0.0), 1.0) for part in (red, green, blue)])


def _hue(r, g, b, most, span):
    """The place on the circle of colours: red at 0, green at 1/3, blue at 2/3."""
    rc, gc, bc = ((most - part) / span for part in (r, g, b))
    if r == most:
        place = bc - gc
    elif g == most:
        place = 2.0 + rc - bc
    else:
        place = 4.0 + gc - rc
    return place / 6.0 % 1.0


def rgb_to_hls(r, g, b):
    """Hue, lightness, saturation."""
    most, least = max(r, g, b), min(r, g, b)
    sum_, span = most + least, most - least
    lightness = sum_ / 2.0
    if most == least:
        return 0.0, lightness, 0.0
    return _hue(r, g, b, most, span), lightness, span / (sum_ if lightness <= 0.5 else 2.0 - most - least)


def hls_to_rgb(h, l, s):
    """The inverse of rgb_to_hls()."""
    if s == 0.0:
        return l, l, l
    high = l * (1.0 + s) if l <= 0.5 else l + s - l * s
    low = 2.0 * l - high
    return tuple([_ramp(low, high, h + shift) for shift in (1 / 3, 0, -1 / 3)])


def _ramp(low, high, hue):
    """How much of a colour there is at a hue: it rises for a sixth of the circle, stays, and falls."""
    hue %= 1.0
    if hue < 1 / 6:
        return low + (high - low) * hue * 6.0
    if hue < 0.5:
        return high
    return low + (high - low) * (2 / 3 - hue) * 6.0 if hue < 2 / 3 else low


def rgb_to_hsv(r, g, b):
    """Hue, saturation, value."""
    most, least = max(r, g, b), min(r, g, b)
    if most == least:
        return 0.0, 0.0, most
    return _hue(r, g, b, most, most - least), (most - least) / most, most


def hsv_to_rgb(h, s, v):
    """The inverse of rgb_to_hsv()."""
    if s == 0.0:
        return v, v, v
    sector = int(h * 6.0)
    part = h * 6.0 - sector
    p, q, t = v * (1.0 - s), v * (1.0 - s * part), v * (1.0 - s * (1.0 - part))
    return ((v, t, p), (q, v, p), (p, v, t), (p, q, v), (t, p, v), (v, p, q))[sector % 6]
