"""_traces.py [FOLDER] - rules.Drift over two recorded series with labelled failures (Numenta Anomaly Benchmark), streaming, with its defaults for both.

FOLDER holds machine_temperature_system_failure.csv, ambient_temperature_system_failure.csv and anomaly_windows.json; without it the environment's KRAIT_DATA, or
../shared/data beside this project. Ends with a line N passed, N failed: each window is to be found, with at most 10 false alarms in all.
"""
# SPDX-License-Identifier: MIT
import csv
import json
import os
import sys
from datetime import datetime, timezone

from rules import Drift

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KRAIT_DATA") or os.path.join(ROOT, "..", "shared", "data")


def seconds(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc).timestamp()


def alarms(path):
    """The times at which the condition begins to hold."""
    detector, found = Drift(), []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            before, time = detector.holds, seconds(row["timestamp"])
            if detector.update(float(row["value"]), time) and not before:
                found.append(time)
    return found


def main():
    if not os.path.exists(os.path.join(FOLDER, "anomaly_windows.json")):
        print(f"SKIP recorded series: {FOLDER} does not hold them\n0 passed, 0 failed")
        return 0
    with open(os.path.join(FOLDER, "anomaly_windows.json"), encoding="utf-8") as file:
        windows = json.load(file)
    passed = failed = false = 0
    for name, spans in sorted(windows.items()):
        times = alarms(os.path.join(FOLDER, name))
        spans = [(seconds(begin), seconds(end)) for begin, end in spans]
        for begin, end in spans:
            inside = [time for time in times if begin <= time <= end]
            shown = f"{name}, {datetime.fromtimestamp(begin, timezone.utc):%Y-%m-%d %H:%M} to {datetime.fromtimestamp(end, timezone.utc):%m-%d %H:%M}"
            if inside:
                passed += 1
                print(f"{shown}: found {(inside[0] - begin) / 3600:.1f} h after it begins, of {(end - begin) / 3600:.0f}")
            else:
                failed += 1
                print(f"FAIL {shown}: not found")
        wrong = [time for time in times if not any(begin <= time <= end for begin, end in spans)]
        false += len(wrong)
        print(f"{name}: {len(wrong)} false alarms {[datetime.fromtimestamp(t, timezone.utc).strftime('%Y-%m-%d %H:%M') for t in wrong]}")
    good = false <= 10
    print(f"{passed + good} passed, {failed + (not good)} failed")
    return 0 if good and not failed else 1


sys.exit(main())
