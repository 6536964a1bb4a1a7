"""Part of os: starting processes, waiting for them, and what they are."""

import sys

import os
from _linux_process import *
import _linux
import _linux_process
from os import (confstr_names, pathconf_names, sysconf_names, times_result, uname_result, waitid_result)


def times():
    """Processor times of this process and its children, and a clock, in seconds."""
    return times_result(_linux_process._times())


def uname():
    """Names of the system and the machine."""
    return uname_result(_linux_process._uname())


# ---- Waiting ----

def wait():
    """Wait for any child: its process id and status."""
    return waitpid(-1, 0)


def wait3(options):
    """wait() with options; (pid, status, usage)."""
    return wait4(-1, options)


_wait4 = wait4


def wait4(pid, options):
    """waitpid(), with what the child used behind, as resource.struct_rusage where there is a module resource."""
    pid, status, usage = _wait4(pid, options)
    try:
        import resource
    except ImportError:
        pass
    else:
        usage = resource.struct_rusage(usage)
    return pid, status, usage


def waitid(idtype, id, options, /):
    """Wait for a child; None if there is none yet and WNOHANG was given."""
    raw = _linux_process._waitid(idtype, id, options)
    return raw and waitid_result(raw)


def WIFEXITED(status):
    """True if the process ended by exit()."""
    return status & 0x7F == 0


def WEXITSTATUS(status):
    """What it gave to exit()."""
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    """True if a signal ended it."""
    return status & 0x7F not in (0, 0x7F)


def WTERMSIG(status):
    """Which one."""
    return status & 0x7F


def WIFSTOPPED(status):
    """True if it is stopped."""
    return status & 0xFF == 0x7F


def WSTOPSIG(status):
    """By which signal."""
    return status >> 8 & 0xFF


def WIFCONTINUED(status):
    """True if it goes on after a stop."""
    return status == 0xFFFF


def WCOREDUMP(status, /):
    """True if there is a core file."""
    return bool(status & 0x80)


def waitstatus_to_exitcode(status):
    """The exit code, or the number of the signal that ended it, negative."""
    if not hasattr(type(status), "__index__"):
        raise TypeError(f"'{type(status).__name__}' object cannot be interpreted as an integer")
    status = status.__index__()
    if not -2**31 <= status < 2**31:
        raise OverflowError("Python int too large to convert to C int")
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    if WIFSTOPPED(status):
        raise ValueError(f"process stopped by delivery of signal {WSTOPSIG(status)}")
    raise ValueError(f"invalid wait status: {status}")


# ---- Programs in the place of this one ----

def _arguments(function, args):
    if not isinstance(args, (tuple, list)):
        raise TypeError(f"{function}() arg 2 must be a tuple or list")
    if not args:
        raise ValueError(f"{function}() arg 2 must not be empty")
    args = [os.fsencode(arg) for arg in args]
    if not args[0]:
        raise ValueError(f"{function}() arg 2 first element cannot be empty")
    return args


def _environment(function, env):
    if env is None:
        return None
    try:
        keys, values = list(env.keys()), list(env.values())
    except AttributeError:
        raise TypeError(f"{function}: environment must be a mapping object") from None
    entries = []
    for key, value in zip(keys, values):
        key, value = os.fsencode(key), os.fsencode(value)
        if b"=" in key:
            raise ValueError("illegal environment variable name")
        entries.append(key + b"=" + value)
    return entries


def execv(path, args, /):
    """Run a program in the place of this process."""
    args = _arguments("execv", args)
    sys.audit("os.exec", path, args, None)
    _linux_process._execve(path, args, None)


def execve(path, args, env):
    """execv() with an environment."""
    args, entries = _arguments("execve", args), _environment("execve", env)
    sys.audit("os.exec", path, args, env)
    _linux_process._execve(path, args, entries)


def execl(file, *args):
    """execv() with arguments one by one."""
    execv(file, args)


def execle(file, *args):
    """execve() with arguments one by one, the environment last."""
    execve(file, args[:-1], args[-1])


def execvp(file, args):
    """execv() of a program that is looked for in the folders of PATH."""
    _search(file, args)


def execvpe(file, args, env):
    """execvp() with an environment."""
    _search(file, args, env)


def execlp(file, *args):
    """execvp() with arguments one by one."""
    execvp(file, args)


def execlpe(file, *args):
    """execvpe() with arguments one by one, the environment last."""
    execvpe(file, args[:-1], args[-1])


def _search(file, args, env=None):
    run, rest = (execv, (args,)) if env is None else (execve, (args, env))
    if os.path.dirname(file):
        run(file, *rest)
        return
    saved = None
    as_bytes = isinstance(os.fspath(file), bytes)
    for folder in os.get_exec_path(env):
        try:
            run(os.path.join(os.fsencode(folder) if as_bytes else folder, file), *rest)
        except (FileNotFoundError, NotADirectoryError) as e:
            last = e
        except OSError as e:
            last = e
            saved = saved or e
    raise saved or last


# ---- Children ----

_before, _after_parent, _after_child = [], [], []


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    """Functions to call around fork()."""
    if before is None and after_in_child is None and after_in_parent is None:
        raise TypeError("At least one argument is required.")
    for function, name in ((before, "before"), (after_in_child, "after_in_child"), (after_in_parent, "after_in_parent")):
        if function is not None and not callable(function):
            raise TypeError(f"'{name}' must be callable, not {type(function).__name__}")
    if before is not None:
        _before.insert(0, before)
    if after_in_child is not None:
        _after_child.append(after_in_child)
    if after_in_parent is not None:
        _after_parent.append(after_in_parent)


def _run(functions):
    for function in functions:
        try:
            function()
        except BaseException as e:
            sys.unraisablehook(_Unraisable(type(e), e, e.__traceback__, None, function))


class _Unraisable:
    def __init__(self, *fields):
        self.exc_type, self.exc_value, self.exc_traceback, self.err_msg, self.object = fields


def _forked(name):
    if sys.is_finalizing():
        raise PythonFinalizationError("can't fork at interpreter shutdown")
    _run(_before)
    pid = _linux_process._fork()
    threading = sys.modules.get("threading")
    if not pid and threading:
        _run([threading._after_fork])
    _run(_after_parent if pid else _after_child)
    if pid and threading and threading.active_count() > 1:
        from warnings import warn
        warn(f"This process (pid={os.getpid()}) is multi-threaded, use of {name}() may lead to deadlocks in the child.",
             DeprecationWarning, stacklevel=3)
    return pid


def fork():
    """Copy this process: 0 in the child, the child's process id in the parent."""
    sys.audit("os.fork")
    return _forked("fork")


def forkpty():
    """fork() with the child on a new terminal: (pid, number of the terminal's other end)."""
    master, slave = os.openpty()
    sys.audit("os.forkpty")
    pid = _forked("forkpty")
    if pid:
        os.close(slave)
        return pid, master
    os.close(master)
    setsid()
    name = os.ttyname(slave)
    os.close(os.open(name, os.O_RDWR))
    for fd in range(3):
        os.dup2(slave, fd)
    if slave > 2:
        os.close(slave)
    return 0, -1


def _spawn(mode, file, args, env, run):
    if not isinstance(args, (tuple, list)):
        raise TypeError("argv must be a tuple or a list")
    if not args or not args[0]:
        raise ValueError("argv first element cannot be empty")
    pid = fork()
    if not pid:
        try:
            run(file, args) if env is None else run(file, args, env)
        except BaseException:
            os._exit(127)
    if mode == os.P_NOWAIT:
        return pid
    while True:
        _, status = waitpid(pid, 0)
        if not WIFSTOPPED(status):
            return waitstatus_to_exitcode(status)


def spawnv(mode, file, args):
    """Run a program in a child: its exit code, or with P_NOWAIT its process id."""
    return _spawn(mode, file, args, None, execv)


def spawnve(mode, file, args, env):
    """spawnv() with an environment."""
    return _spawn(mode, file, args, env, execve)


def spawnvp(mode, file, args):
    """spawnv() of a program that is looked for in the folders of PATH."""
    return _spawn(mode, file, args, None, execvp)


def spawnvpe(mode, file, args, env):
    """spawnvp() with an environment."""
    return _spawn(mode, file, args, env, execvpe)


def spawnl(mode, file, *args):
    """spawnv() with arguments one by one."""
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """spawnve() with arguments one by one, the environment last."""
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    """spawnvp() with arguments one by one."""
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    """spawnvpe() with arguments one by one, the environment last."""
    return spawnvpe(mode, file, args[:-1], args[-1])


def _do_actions(actions):
    for action in actions:
        kind, *rest = action
        if kind == os.POSIX_SPAWN_OPEN:
            fd, path, flags, mode = rest
            new = os.open(path, flags, mode)
            if new != fd:
                os.dup2(new, fd)
                os.close(new)
            else:
                os.set_inheritable(fd, True)
        elif kind == os.POSIX_SPAWN_CLOSE:
            os.close(*rest)
        elif kind == os.POSIX_SPAWN_DUP2:
            os.dup2(*rest)
            if rest[0] == rest[1]:
                os.set_inheritable(rest[0], True)
        else:
            os.closerange(rest[0], os.sysconf("SC_OPEN_MAX"))


def _check_actions(actions):
    lengths = {os.POSIX_SPAWN_OPEN: 5, os.POSIX_SPAWN_CLOSE: 2, os.POSIX_SPAWN_DUP2: 3, os.POSIX_SPAWN_CLOSEFROM: 2}
    actions = list(actions)
    for action in actions:
        if not isinstance(action, tuple) or not action:
            raise TypeError("Each file_actions element must be a non-empty tuple")
        if not isinstance(action[0], int) or action[0] not in lengths:
            raise TypeError("Unknown file_actions identifier")
        if len(action) != lengths[action[0]] or not all(isinstance(part, int) for part in action[1:2]):
            raise TypeError("A file_actions element has the wrong shape")
        if action[0] == os.POSIX_SPAWN_OPEN and "\0" in os.fsdecode(action[2]):
            raise ValueError("embedded null byte")
    return actions


def _posix_spawn(run, function, path, argv, env, file_actions, setpgroup, resetids, setsid_, setsigmask, setsigdef, scheduler):
    for value, name in ((setsigmask, "setsigmask"), (setsigdef, "setsigdef")):
        if value:
            raise NotImplementedError(f"{function}: {name}")
    if scheduler is not None:
        raise NotImplementedError(f"{function}: scheduler")
    if not isinstance(argv, (tuple, list)):
        raise TypeError(f"{function}: argv must be a tuple or list")
    if not argv:
        raise ValueError(f"{function}: argv must not be empty")
    if not os.fsencode(argv[0]):
        raise ValueError(f"{function}: argv first element cannot be empty")
    entries = _environment(function, env)
    actions = _check_actions(file_actions) if file_actions is not None else []
    sys.audit("os.posix_spawn", path, argv, env)
    back, out = os.pipe()
    pid = _linux_process._fork()
    if not pid:
        try:
            if setsid_:
                setsid()
            if setpgroup is not None:
                setpgid(0, setpgroup)
            if resetids:
                setegid(getgid())
                seteuid(getuid())
            _do_actions(actions)
            run(path, argv, os.environ if entries is None else env)
        except OSError as e:
            os.write(out, e.errno.to_bytes(4, "little"))
        finally:
            os._exit(127)
    os.close(out)
    try:
        failed = os.read(back, 4)
    finally:
        os.close(back)
    if failed:
        waitpid(pid, 0)
        number = int.from_bytes(failed, "little")
        raise OSError(number, os.strerror(number), path)
    return pid


def posix_spawn(path, argv, env, /, *, file_actions=None, setpgroup=None, resetids=False, setsid=False, setsigmask=(), setsigdef=(),
                scheduler=None):
    """Run a program in a child; its process id."""
    return _posix_spawn(execve, "posix_spawn", path, argv, env, file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef,
                        scheduler)


def posix_spawnp(path, argv, env, /, *, file_actions=None, setpgroup=None, resetids=False, setsid=False, setsigmask=(), setsigdef=(),
                 scheduler=None):
    """posix_spawn() of a program that is looked for in the folders of PATH."""
    return _posix_spawn(execvpe, "posix_spawnp", path, argv, env, file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef,
                        scheduler)


def setpgrp():
    """Make this process the leader of its group."""
    setpgid(0, 0)


class _Pipe:
    """The end of a pipe to a command; close() gives its status."""

    def __init__(self, stream, process):
        self._stream, self._process = stream, process

    def close(self):
        self._stream.close()
        code = self._process.wait()
        return None if code == 0 else code << 8

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


def popen(cmd, mode="r", buffering=-1):
    """A pipe to or from a command of the shell."""
    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError(f"invalid mode {mode!r}")
    if buffering == 0 or buffering is None:
        raise ValueError("popen() does not support unbuffered streams")
    import subprocess
    pipes = {"stdout" if mode == "r" else "stdin": subprocess.PIPE}
    process = subprocess.Popen(cmd, shell=True, text=True, bufsize=buffering, **pipes)
    return _Pipe(process.stdout if mode == "r" else process.stdin, process)


# ---- Limits of the system, by the numbers of Linux ----

def _number(name, names, what):
    if isinstance(name, str):
        if name not in names:
            raise ValueError("unrecognized configuration name")
        return names[name]
    if not isinstance(name, int):
        raise TypeError("configuration names must be strings or integers")
    return name


def sysconf(name, /):
    """A limit of the system, by its name or number."""
    return _linux._sysconf(_number(name, sysconf_names, "sysconf"))


def pathconf(path, name):
    """A limit of a file or folder, by its name or number."""
    return _linux._pathconf(path, _number(name, pathconf_names, "pathconf"))


fpathconf = pathconf


def confstr(name, /):
    """A text of the system's configuration; None where there is none."""
    number = _number(name, confstr_names, "confstr")
    if number not in confstr_names.values():
        raise OSError(22, os.strerror(22))
    return "/bin:/usr/bin" if number == 0 else None
