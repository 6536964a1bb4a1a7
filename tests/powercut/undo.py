"""undo.py FOLDER LOG [SEED] - after programs that ran with powercut.so were killed: puts FOLDER into a state in which a power cut could have left it.

Without SEED, everything that was not synced is lost. With it, names go back to some moment since their sync (file systems keep them in order), and of what was
written to a file since its sync, some sectors of 512 bytes are there and others are not. The log is emptied. Prints what was taken back.
"""
# SPDX-License-Identifier: MIT
import os
import random
import struct
import sys

_ENTRY = struct.Struct("=QQQQ")  # as in powercut.c
_TRUNCATION = 0xFFFFFFFFFFFFFFFF
_SECTOR = 512


def _read_names(log: str) -> list[list[str]]:
    """Changes of names that were not synced, oldest first: those after the last sync of their folder."""
    try:
        with open(os.path.join(log, "names"), encoding="utf-8", errors="surrogateescape") as file:
            lines = [line.rstrip("\n").split("\t") for line in file if line.endswith("\n")]
    except FileNotFoundError:
        return []
    synced: dict[str, int] = {}
    for number, line in enumerate(lines):
        if line[0] == "sync":
            synced[line[1]] = number
    folders = lambda line: line[1:3] if line[0] == "rename" else line[1:2]
    return [line for number, line in enumerate(lines) if line[0] != "sync" and any(synced.get(folder, -1) < number for folder in folders(line))]


def _remove_all(path: str) -> None:
    for folder, folders, files in os.walk(path, topdown=False):
        for name in files:
            os.unlink(os.path.join(folder, name))
        for name in folders:
            os.rmdir(os.path.join(folder, name))
    os.rmdir(path)


def _undo_name(change: list[str], log: str) -> None:
    what, *rest = change
    if what == "create":
        if os.path.exists(rest[1]):
            os.unlink(rest[1])
    elif what == "mkdir":
        if os.path.isdir(rest[1]):
            _remove_all(rest[1])
    elif what == "rmdir":
        if not os.path.isdir(rest[1]):
            os.mkdir(rest[1])
    elif what == "unlink":
        if not os.path.exists(rest[1]):
            os.link(os.path.join(log, rest[2]), rest[1])
    elif what == "rename":
        _, _, source, target, kept = rest
        if not os.path.exists(source) and os.path.exists(target):
            os.rename(target, source)
            if kept != "-":
                os.link(os.path.join(log, kept), target)
    else:
        raise ValueError(f"the log says {what}, which nobody writes")


def _read_entries(path: str) -> list[tuple[int, int, bytes, bytes | None]]:
    """Changes of a file since its sync, oldest first: (offset, old size, old bytes, new bytes; None: truncated). A last one that was cut short never happened."""
    with open(path, "rb") as file:
        data = file.read()
    entries, at = [], 0
    while at + _ENTRY.size <= len(data):
        offset, old_size, old_len, new_len = _ENTRY.unpack_from(data, at)
        cut = new_len == _TRUNCATION
        end = at + _ENTRY.size + old_len + (0 if cut else new_len)
        if end > len(data):
            break
        middle = at + _ENTRY.size + old_len
        entries.append((offset, old_size, data[at + _ENTRY.size:middle], None if cut else data[middle:end]))
        at = end
    return entries


def _undo_content(path: str, entries: list, chance: random.Random | None) -> None:
    with open(path, "r+b") as file:
        for offset, old_size, old, _ in reversed(entries):
            file.seek(offset)
            file.write(old)
            file.truncate(old_size)
        for offset, _, _, new in entries if chance else ():
            if new is None:
                if chance.random() < 0.5:
                    file.truncate(offset)
                continue
            start = 0
            while start < len(new):
                end = min(len(new), start + _SECTOR - (offset + start) % _SECTOR)
                if chance.random() < 0.5:
                    file.seek(offset + start)
                    file.write(new[start:end])
                start = end


def undo(folder: str, log: str, seed: int | None = None) -> dict[str, int]:
    """See above. The result counts what was taken back: names, files, changes (of files' content), and bytes of these."""
    chance = None if seed is None else random.Random(seed)
    names = _read_names(log)
    if chance:
        names = names[chance.randint(0, len(names)):]
    for change in reversed(names):
        _undo_name(change, log)
    counts = {"names": len(names), "files": 0, "changes": 0, "bytes": 0}
    for where, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(where, name)
            notes = os.path.join(log, f"{os.stat(path).st_ino}.undo")
            entries = _read_entries(notes) if os.path.exists(notes) else []
            if entries:
                _undo_content(path, entries, chance)
                counts["files"] += 1
                counts["changes"] += len(entries)
                counts["bytes"] += sum(len(new or old) for _, _, old, new in entries)
    for name in os.listdir(log):
        os.unlink(os.path.join(log, name))
    return counts


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.split("\n")[0])
    print(undo(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None))
