"""Pseudo-terminals: fork() and spawn() give a child one of its own."""

import os
import tty
from os import close, waitpid
from select import select
from tty import setraw, tcgetattr, tcsetattr

__all__ = ["openpty", "fork", "spawn"]

STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO = range(3)
CHILD = 0  # what fork() gives as the number of the process in the child


def openpty():
    """A new pseudo-terminal: (the controlling end, the terminal), as descriptors."""
    return os.openpty()


def fork():
    """os.fork(), with a new terminal in the child, which leads a session of its own: (process, the controlling end); process 0: the child."""
    if hasattr(os, "forkpty"):
        return os.forkpty()
    master, slave = openpty()
    process = os.fork()
    if process == CHILD:
        os.close(master)
        os.login_tty(slave)
        return process, -1
    os.close(slave)
    return process, master


def _read(fd):
    """What comes from a descriptor: b"" is its end, which a terminal also says as an error when nobody has it open any more."""
    try:
        return os.read(fd, 1024)
    except OSError:
        return b""


def _copy(master_fd, master_read=_read, stdin_read=_read):
    """Hand on, until the child's end: what it writes to our output, and our input to it."""
    waiting, to_master, to_output = [STDIN_FILENO, master_fd], b"", b""
    high = 4096  # more is not read before it was written
    while True:
        readers = [fd for fd in waiting if len(to_output if fd == master_fd else to_master) < high]
        writers = [fd for fd, data in ((STDOUT_FILENO, to_output), (master_fd, to_master)) if data]
        ready, free, _ = select(readers, writers, [])
        if STDOUT_FILENO in free:
            to_output = to_output[os.write(STDOUT_FILENO, to_output):]
        if master_fd in ready:
            try:
                data = master_read(master_fd)
            except OSError:  # nobody has the terminal open any more
                data = b""
            if not data:
                while to_output:
                    to_output = to_output[os.write(STDOUT_FILENO, to_output):]
                return
            to_output += data
        if master_fd in free:
            to_master = to_master[os.write(master_fd, to_master):]
        if STDIN_FILENO in ready:
            data = stdin_read(STDIN_FILENO)
            if data:
                to_master += data
            else:
                waiting.remove(STDIN_FILENO)


def spawn(argv, master_read=_read, stdin_read=_read):
    """Run a program on a terminal of its own, joined to ours, to its end. The status of os.waitpid().

    master_read and stdin_read get a descriptor and return bytes; b"" is the end."""
    if isinstance(argv, str):
        argv = (argv,)
    import sys
    sys.audit("pty.spawn", argv)
    process, master = fork()
    if process == CHILD:
        try:
            os.execlp(argv[0], *argv)
        finally:
            os._exit(127)
    try:
        mode = tcgetattr(STDIN_FILENO)
        setraw(STDIN_FILENO)
        restore = True
    except tty.error:  # no terminal
        restore = False
    try:
        _copy(master, master_read, stdin_read)
    finally:
        if restore:
            tcsetattr(STDIN_FILENO, tty.TCSAFLUSH, mode)
    close(master)
    return waitpid(process, 0)[1]
