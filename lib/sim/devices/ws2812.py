"""Model of a strip of Worldsemi's WS2812: datasheet V5. It takes the pulses of machine.bitstream, and looks at their lengths."""

from sim._bus import Device



class WS2812(Device):
    """`count` lights; colours are (red, green, blue)."""

    def __init__(self, pin: int | str, count: int) -> None:
        super().__init__()
        self.pin = pin
        self.colours = [(0, 0, 0)] * count
        self.refused = 0  # transmissions whose pulses no strip would understand

    def attached(self, board) -> None:
        super().attached(board)
        board.listen_bits(self.pin, self._take)

    def power_on(self) -> None:
        self.colours = [(0, 0, 0)] * len(self.colours)

    def _take(self, data: bytes, timing: tuple[int, int, int, int]) -> None:
        if not self.powered:
            return
        high_0, low_0, high_1, low_1 = timing
        if not 200 <= high_0 <= 500 or not 550 <= high_1 <= 1600 or low_0 < 300 or low_1 < 300:
            self.refused += 1
            return
        for i in range(min(len(data) // 3, len(self.colours))):
            green, red, blue = data[3 * i:3 * i + 3]
            self.colours[i] = (red, green, blue)
