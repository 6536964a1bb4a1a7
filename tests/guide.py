"""guide.py KRAIT - runs the `$` examples of README.md and of pages in docs, and the `>>>` ones of the guide. Ends with a line N passed, N failed.

A page's examples share a folder. `$ cat FILE` makes the file with what follows; any other `$` line runs in a shell that knows krait.
"""
# SPDX-License-Identifier: MIT
import doctest
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def examples(page):
    """Each command with what stands under it: (line number, command, text)."""
    found, inside = [], False
    with open(page, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.startswith("    $ "):
                found.append((number, line[6:].strip(), []))
                inside = True
            elif line.startswith("    ") and inside:
                found[-1][2].append(line[4:])
            elif line.strip():
                inside = False
    return [(number, command, "".join(lines)) for number, command, lines in found]


def run(page, krait):
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        tools = os.path.join(folder, ".bin")
        os.makedirs(os.path.join(folder, "build"))
        os.mkdir(tools)
        os.symlink(krait, os.path.join(tools, "krait"))
        os.symlink(krait, os.path.join(folder, "build", "krait"))
        env = {**os.environ, "PATH": tools + ":" + os.environ["PATH"]}
        for number, command, text in examples(page):
            if command.startswith("cat ") and text:
                with open(os.path.join(folder, command[4:]), "w", encoding="utf-8") as f:
                    f.write(text)
                continue
            done = subprocess.run(["sh", "-c", command], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
            if done.stdout.rstrip() == text.rstrip():
                passed += 1
            else:
                failed += 1
                print(f"FAIL {os.path.basename(page)}:{number}: {command}\n--- expected\n{text}--- got\n{done.stdout}", end="")
    return passed, failed


def main(krait):
    guide = os.path.join(ROOT, "docs", "guide.md")
    counts = [run(os.path.join(ROOT, page), krait) for page in ("README.md", "docs/guide.md", "docs/devices.md", "docs/web.md", "docs/dashboard.md", "docs/pipeline.md", "docs/rules.md", "docs/node.md")]
    results = doctest.testfile(guide, module_relative=False)
    counts.append((results.attempted - results.failed, results.failed))
    failed = sum(f for _, f in counts)
    print(f"{sum(p for p, _ in counts)} passed, {failed} failed")
    return 1 if failed or not all(p for p, _ in counts) else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else sys.executable)))
