# What is known after a reset: causes by the chip's flags, records of crashes, and memory that was lost.
import _chip
import machine

LOW_POWER, WINDOW, IWDG, SOFTWARE, POWER, PIN, BROWN_OUT = 1 << 31, 1 << 30, 1 << 29, 1 << 28, 1 << 27, 1 << 26, 1 << 25


def start(name, flags, lost=False):
    reset = _chip.boot(flags, lost)
    crash = machine.last_crash()
    print(f"{name}: cause {machine.reset_cause()}, {crash and {k: v for k, v in crash.items() if v}}, {reset}")


start("power", POWER | BROWN_OUT | PIN, True)
start("again", PIN)
machine.reset()
start("reset()", SOFTWARE | PIN)
start("button", PIN)
start("brown-out", BROWN_OUT | PIN)
start("standby", LOW_POWER | PIN)
machine.deepsleep(1)
start("deepsleep()", SOFTWARE | PIN)
_chip.crash(4, 0x08012345, "")
start("fault", SOFTWARE | PIN)
start("after it", PIN)
_chip.crash(7, 0, "heap is damaged: a message that is longer than the forty-eight bytes that it has")
start("abort", SOFTWARE | PIN)
start("emulator", 0)
_chip.crash(5, 0, "")
start("stack, in an emulator", 0)
_chip.crash(6, 0x08000100, "")
start("watchdog, by software", SOFTWARE | PIN)
start("watchdog, by hardware", IWDG | PIN)
_chip.crash(6, 0x08000100, "")
start("watchdog, noted before", IWDG | PIN)
_chip.crash(4, 1, "")
start("lost power after a crash", POWER | PIN)
_chip.crash(4, 1, "")
start("garbage", PIN, True)
print([_chip.fault_kind(n) for n in (0, 0x01, 0x82, 0x8200, 0x9200, 0x02000000, 0x0100)])
try:
    machine.soft_reset()
except SystemExit as e:
    print("SystemExit", e.code)
