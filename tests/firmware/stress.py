"""Programs of tests/lang and tests/types on a firmware whose collector works at every allocation (build/stm32f405/stress.elf); the same outputs.

usage: krait tests/firmware/stress.py [-j N] [TEST ...]     (lang/exec_closures; without names: the sample)
gc.threshold(1) in that image collects at each allocation, gc.threshold(2) takes the smallest step of a collection."""

import os
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from _qemu import Firmware, Silent
from language import ROOT, judge

IMAGE = os.path.join(ROOT, "build/stm32f405/stress.elf")
_WHOLE = ["lang/basic_classes", "lang/basic_functions", "lang/basic_loops", "lang/dm_call", "lang/exec_closures", "types/bool_type"]
_STEPS = ["lang/basic_containers", "lang/basic_exceptions", "lang/dm_coroutine", "lang/dm_slots", "lang/exc_groups", "lang/exec_class_scope", "lang/exec_exceptions",
          "lang/expr_generators", "lang/expr_slicing", "lang/match_programs", "types/str_format_method", "types/dict_methods", "types/list_methods", "types/set_type",
          "types/str_split_join"]


class Sample:
    """What is still to be run, with the threshold for each, and what became of the others."""

    def __init__(self, programs: list[tuple[str, int]]) -> None:
        self._left = programs[::-1]
        self._lock = threading.Lock()
        self.failed: list[str] = []

    def _take(self) -> tuple[str, int] | None:
        with self._lock:
            return self._left.pop() if self._left else None

    def _run(self, board: Firmware, name: str, threshold: int) -> str:
        """What is wrong with its output; "": nothing."""
        board.soft_reset(60)
        board.run(f"import gc; gc.threshold({threshold}); del gc".encode())
        with open(f"{ROOT}/tests/{name}.py", "rb") as file:
            out, error = board.run(file.read(), 100)
        result, why = judge(name, out, error, board.ended)
        return "" if result == "passed" else why

    def work(self) -> None:
        """Run programs on one board; one that hangs gets a new one."""
        board = None
        while program := self._take():
            try:
                if board is None:
                    board = Firmware(IMAGE)
                    board.boot()
                    board.enter_raw()
                why = self._run(board, *program)
            except Silent as e:
                why = str(e)
                board.__exit__()
                board = None
            if why:
                with self._lock:
                    self.failed.append(f"FAIL {program[0]}, gc.threshold({program[1]}): {why}")
        if board:
            board.__exit__()


def main(arguments: list[str]) -> int:
    jobs = int(arguments.pop(arguments.index("-j") + 1)) if "-j" in arguments else 1
    names = [a for a in arguments if not a.startswith("-")]
    programs = [(name, 1) for name in names or _WHOLE] + [(name, 2) for name in names or _WHOLE + _STEPS]
    sample = Sample(programs)
    boards = [threading.Thread(target=sample.work) for _ in range(jobs)]
    for board in boards:
        board.start()
    for board in boards:
        board.join()
    print("\n".join(sorted(sample.failed) + [f"{len(programs) - len(sample.failed)} passed, {len(sample.failed)} failed"]))
    return 1 if sample.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
