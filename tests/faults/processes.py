"""Processes: subprocess with pipes, shell, timeouts; asyncio's; fork."""

# may differ: EPIPE (as communicate() does)

import asyncio
import os
import subprocess
import sys


async def go():
    process = await asyncio.create_subprocess_exec("cat", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    out, _ = await asyncio.wait_for(process.communicate(b"through cat" * 100), 8)
    print(len(out), process.returncode)
    process = await asyncio.create_subprocess_shell("exit 4", stderr=subprocess.DEVNULL)
    print(await asyncio.wait_for(process.wait(), 8))


def main():
    print(subprocess.run(["cat"], input=b"data" * 300, capture_output=True, timeout=8).stdout[:8])
    print(subprocess.run("echo out; echo err >&2; exit 3", shell=True, capture_output=True, text=True))
    print(subprocess.check_output(["sh", "-c", "cat; echo $VARIABLE"], stdin=subprocess.DEVNULL, env={"VARIABLE": "value", "PATH": os.environ["PATH"]}))
    with subprocess.Popen(["sh", "-c", "read line; echo got $line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        print(process.communicate("a line\n", timeout=8))
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        os._exit(7)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    asyncio.run(go())
