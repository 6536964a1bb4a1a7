"""Other programs: starting them, talking to them through pipes, and how they ended."""

import builtins
import errno
import io
import os
import selectors
import signal
import sys
import threading
import time
import types
import warnings
from _posixsubprocess import fork_exec as _fork_exec

__all__ = ["Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run", "CalledProcessError", "DEVNULL",
           "SubprocessError", "TimeoutExpired", "CompletedProcess"]

PIPE, STDOUT, DEVNULL = -1, -2, -3
_PIPE_SIZE = getattr(selectors.select, "PIPE_BUF", 512)  # what a pipe takes at once without waiting
_USE_POSIX_SPAWN = False
_USE_VFORK = True
_PopenSelector = selectors.PollSelector
_waitpid, _waitstatus_to_exitcode, _WNOHANG = os.waitpid, os.waitstatus_to_exitcode, os.WNOHANG
_active = []  # processes whose Popen is gone and that have not ended; None: the program is ending


class SubprocessError(Exception):
    """What is particular to this module."""


class CalledProcessError(SubprocessError):
    """A program ended badly: cmd, returncode, output (or stdout), stderr."""

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode, self.cmd, self.output, self.stderr = returncode, cmd, output, stderr

    def __str__(self):
        if not self.returncode or self.returncode > 0:
            return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."
        try:
            return f"Command '{self.cmd}' died with {signal.Signals(-self.returncode)!r}."
        except ValueError:
            return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."

    @property
    def stdout(self):
        """The same as output."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    """A program did not end in time: cmd, timeout in seconds, output (or stdout) and stderr so far."""

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd, self.timeout, self.output, self.stderr = cmd, timeout, output, stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"

    @property
    def stdout(self):
        """The same as output."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CompletedProcess:
    """How a program that run() started has ended: args, returncode, stdout, stderr."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr

    def __repr__(self):
        shown = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        shown += [f"{name}={value!r}" for name, value in (("stdout", self.stdout), ("stderr", self.stderr)) if value is not None]
        return f"{type(self).__name__}({', '.join(shown)})"

    __class_getitem__ = classmethod(types.GenericAlias)

    def check_returncode(self):
        """CalledProcessError if the program has not ended with 0."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


# ---- Functions ------------------------------------------------------------------------------------------------------------------------


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a program and return a CompletedProcess.

    input: what it reads (bytes, or str in text mode); capture_output: keep what it writes; timeout: in seconds, then it is killed and
    TimeoutExpired raised; check: CalledProcessError unless it ends with 0. The rest is for Popen."""
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except TimeoutExpired:
            process.kill()
            process.wait()
            raise
        except:
            process.kill()
            raise
        returncode = process.poll()
        if check and returncode:
            raise CalledProcessError(returncode, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, returncode, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    """Run a program, wait for it, and return its return code."""
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    """Run a program; CalledProcessError unless it ends with 0."""
    returncode = call(*popenargs, **kwargs)
    if returncode:
        cmd = kwargs.get("args")
        raise CalledProcessError(returncode, popenargs[0] if cmd is None else cmd)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    """Run a program and return what it wrote to stdout; CalledProcessError unless it ends with 0."""
    for name in ("stdout", "check"):
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    if "input" in kwargs and kwargs["input"] is None:  # an empty one, of the kind that the process reads
        text = kwargs.get("universal_newlines") or kwargs.get("text") or kwargs.get("encoding") or kwargs.get("errors")
        kwargs["input"] = "" if text else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """Return (exit code, what it wrote, without the last newline) of a command of the shell."""
    try:
        output = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors)
        code = 0
    except CalledProcessError as e:
        output, code = e.output, e.returncode
    return code, output.removesuffix("\n")


def getoutput(cmd, *, encoding=None, errors=None):
    """Return what a command of the shell writes, without the last newline."""
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


def list2cmdline(seq):
    """Return the words as one line, quoted as programs of Microsoft's C library take it apart."""
    line = []
    for word in map(os.fsdecode, seq):
        quoted = not word or " " in word or "\t" in word
        out, slashes = [], 0
        for c in word:
            if c == "\\":
                slashes += 1
                continue
            out.append("\\" * (2 * slashes + 1 if c == '"' else slashes) + c)
            slashes = 0
        text = "".join(out) + "\\" * (2 * slashes if quoted else slashes)
        line.append(f'"{text}"' if quoted else text)
    return " ".join(line)


def _optim_args_from_interpreter_flags():
    """The options that make an interpreter optimise as this one does."""
    return ["-" + "O" * sys.flags.optimize] if sys.flags.optimize else []


def _args_from_interpreter_flags():
    """The options that set another interpreter's flags as this one's are."""
    letters = {"debug": "d", "dont_write_bytecode": "B", "no_site": "S", "verbose": "v", "bytes_warning": "b", "quiet": "q"}
    args = _optim_args_from_interpreter_flags()
    args += ["-" + letter * getattr(sys.flags, name) for name, letter in letters.items() if getattr(sys.flags, name)]
    if sys.flags.isolated:
        args.append("-I")
    else:
        args += [option for name, option in (("ignore_environment", "-E"), ("no_user_site", "-s"), ("safe_path", "-P")) if getattr(sys.flags, name)]
    warn = list(sys.warnoptions)
    for implied, on in (("error::BytesWarning", sys.flags.bytes_warning > 1), ("default::BytesWarning", sys.flags.bytes_warning == 1),
                        ("default", sys.flags.dev_mode)):
        if on and implied in warn:
            warn.remove(implied)
    args += ["-W" + option for option in warn]
    if sys.flags.dev_mode:
        args += ["-X", "dev"]
    for name in ("faulthandler", "tracemalloc", "importtime", "frozen_modules", "showrefcount", "utf8", "gil"):
        value = sys._xoptions.get(name)
        if value is not None:
            args += ["-X", name if value is True else f"{name}={value}"]
    return args


def _text_encoding():
    if sys.flags.warn_default_encoding:
        warnings.warn("'encoding' argument not specified.", EncodingWarning, stacklevel=3)
    return "utf-8" if sys.flags.utf8_mode else "locale"


def _cleanup():
    """Forget those of _active that have ended."""
    for process in list(_active or ()):
        if process._internal_poll() is not None:
            try:
                _active.remove(process)
            except ValueError:  # another thread was faster
                pass


# ---- Arguments ------------------------------------------------------------------------------------------------------------------------


def _group_number(group):
    if isinstance(group, str):
        import grp
        return grp.getgrnam(group).gr_gid
    return group


def _check_id(number, what):
    if number < 0:
        raise ValueError(f"{what} ID cannot be negative, got {number}")
    return number


def _user_id(user):
    if user is None:
        return None
    if isinstance(user, str):
        import pwd
        user = pwd.getpwnam(user).pw_uid
    elif not isinstance(user, int):
        raise TypeError("User must be a string or an integer")
    return _check_id(user, "User")


def _group_id(group):
    if group is None:
        return None
    if not isinstance(group, (str, int)):
        raise TypeError(f"Group must be a string or an integer, not {type(group)}")
    return _check_id(_group_number(group), "Group")


def _group_ids(groups):
    if groups is None:
        return None
    if isinstance(groups, str):
        raise ValueError("Groups must be a list, not a string")
    found = []
    for group in groups:
        if not isinstance(group, (str, int)):
            raise TypeError(f"Items in extra_groups must be a string or integer, not {type(group)}")
        found.append(_check_id(_group_number(group), "Group"))
    return found


# ---- Popen ----------------------------------------------------------------------------------------------------------------------------


class Popen:
    """A program that runs, or has run.

    args: the program and its arguments (a sequence, or a str: the program, with shell=True a command of the shell); stdin, stdout, stderr:
    None (as this program's), PIPE, DEVNULL, a descriptor or file, stderr also STDOUT; text, encoding, errors: the pipes are text.
    Attributes: args, stdin, stdout, stderr (files, or None), pid, returncode (None while it runs; -N: signal N ended it)."""

    _child_created = False

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None, close_fds=True, shell=False,
                 cwd=None, env=None, universal_newlines=None, startupinfo=None, creationflags=0, restore_signals=True, start_new_session=False,
                 pass_fds=(), *, user=None, group=None, extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1,
                 process_group=None):
        self.returncode = None
        if not isinstance(bufsize, int | None):
            raise TypeError("bufsize must be an integer")
        if not isinstance(pipesize, int | None):
            raise TypeError("pipesize must be an integer")
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags:
            raise ValueError("creationflags is only supported on Windows platforms")
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
            close_fds = True
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError("Cannot disambiguate when both text and universal_newlines are supplied but different. Pass one or the other.")
        _cleanup()
        self._waitpid_lock = threading.Lock()
        self._input = None
        self._communication_started = False
        self.args, self.pid = args, None
        self.stdin = self.stdout = self.stderr = None
        self.encoding, self.errors, self.pipesize = encoding, errors, -1 if pipesize is None else pipesize
        self.text_mode = encoding or errors or text or universal_newlines
        if self.text_mode and encoding is None:
            self.encoding = encoding = _text_encoding()
        self._sigint_wait_secs = 0.25
        self._closed_child_pipe_fds = False
        bufsize = -1 if bufsize is None else bufsize
        line_buffering = bufsize == 1 and bool(self.text_mode)
        if bufsize == 1:
            if not self.text_mode:
                warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used", RuntimeWarning, stacklevel=2)
            bufsize = -1
        if isinstance(stdout, int) and stdout == STDOUT:
            raise ValueError("STDOUT can only be used for stderr")
        gid, gids, uid = _group_id(group), _group_ids(extra_groups), _user_id(user)
        fds = self._pipes(stdin, stdout, stderr)  # what the child gets and what this side keeps: child and own ends of the three
        try:
            self._open_streams(fds, bufsize, line_buffering)
            self._execute_child(args, executable, preexec_fn, close_fds, pass_fds, cwd, env, shell, fds, restore_signals, gid, gids, uid, umask,
                                start_new_session, -1 if process_group is None else process_group)
        except:
            self._abandon(fds)
            raise

    def _open_streams(self, fds, bufsize, line_buffering):
        for name, own, mode in (("stdin", fds[1], "wb"), ("stdout", fds[2], "rb"), ("stderr", fds[4], "rb")):
            if own == -1:
                continue
            stream = io.open(own, mode, bufsize)
            if self.text_mode:
                more = {"write_through": True, "line_buffering": line_buffering} if mode == "wb" else {}
                stream = io.TextIOWrapper(stream, encoding=self.encoding, errors=self.errors, **more)
            setattr(self, name, stream)

    def _abandon(self, fds):
        """The program does not start: nothing of it stays open."""
        for stream in (self.stdin, self.stdout, self.stderr):
            if stream:
                try:
                    stream.close()
                except OSError:
                    pass
        if not self._closed_child_pipe_fds:
            self._close_child_ends(fds)
        owned = {self.stdin: fds[1], self.stdout: fds[2], self.stderr: fds[4]}
        for stream, fd in owned.items():
            if stream is None and fd != -1:
                os.close(fd)

    def __repr__(self):
        args = list(self.args) if not isinstance(self.args, str) and not isinstance(self.args, (bytes, os.PathLike)) else self.args
        text = f"<{type(self).__name__}: returncode: {self.returncode} args: {args!r}>"
        return text if len(text) <= 80 else text[:76] + "...>"

    __class_getitem__ = classmethod(types.GenericAlias)

    @property
    def universal_newlines(self):
        """Whether the pipes are text."""
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, value):
        self.text_mode = bool(value)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        for stream in (self.stdout, self.stderr):
            if stream:
                stream.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            if exc_type is KeyboardInterrupt:  # the child got it as well: a moment to end
                if self._sigint_wait_secs > 0:
                    try:
                        self._wait(timeout=self._sigint_wait_secs)
                    except TimeoutExpired:
                        pass
                self._sigint_wait_secs = 0
            else:
                self.wait()

    def __del__(self, _maxsize=sys.maxsize, _warn=warnings.warn):
        if not self._child_created:
            return
        if self.returncode is None:
            _warn(f"subprocess {self.pid} is still running", ResourceWarning, source=self)
        self._internal_poll(_deadstate=_maxsize)
        if self.returncode is None and _active is not None:
            _active.append(self)

    # ---- Starting ----

    def _devnull(self):
        if not hasattr(self, "_null"):
            self._null = os.open(os.devnull, os.O_RDWR)
        return self._null

    def _pipe(self):
        pair = os.pipe()
        if self.pipesize > 0 and hasattr(os, "F_SETPIPE_SZ"):
            import fcntl
            fcntl.fcntl(pair[0], fcntl.F_SETPIPE_SZ, self.pipesize)
        return pair

    def _pipes(self, stdin, stdout, stderr):
        """Descriptors: child reads, own writes; own reads, child writes; own reads, child writes (errors). -1: none."""
        fds = [-1] * 6
        self._made = made = set()  # those that this object opened
        try:
            for wanted, own, child in ((stdin, 1, 0), (stdout, 2, 3), (stderr, 4, 5)):
                if wanted is None:
                    continue
                if wanted == PIPE:
                    pair = self._pipe()
                    made.update(pair)
                    fds[own], fds[child] = reversed(pair) if own == 1 else pair
                elif wanted == STDOUT and child == 5:
                    fds[5] = fds[3] if fds[3] != -1 else sys.__stdout__.fileno()
                elif wanted == DEVNULL:
                    fds[child] = self._devnull()
                elif isinstance(wanted, int):
                    fds[child] = wanted
                else:
                    fds[child] = wanted.fileno()
        except BaseException:
            for fd in made:
                os.close(fd)
            if hasattr(self, "_null"):
                os.close(self.__dict__.pop("_null"))
            raise
        return fds

    def _close_child_ends(self, fds):
        if "_null" in self.__dict__:
            os.close(self.__dict__.pop("_null"))
        for fd in {fds[0], fds[3], fds[5]} & self._made:
            os.close(fd)
        self._closed_child_pipe_fds = True

    def _command(self, args, executable, shell):
        """(words as a list, what was asked to be run)"""
        if isinstance(args, (str, bytes)):
            args = [args]
        elif isinstance(args, os.PathLike):
            if shell:
                raise TypeError("path-like args is not allowed when shell is true")
            args = [args]
        else:
            args = list(args)
        if shell:
            args = [executable or "/bin/sh", "-c"] + args if not executable else [executable, "-c"] + args
        return args, args[0] if executable is None else executable

    def _execute_child(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, shell, fds, restore_signals, gid, gids, uid, umask,
                       start_new_session, process_group):
        args, executable = self._command(args, executable, shell)
        sys.audit("subprocess.Popen", executable, args, cwd, env)
        report, report_end = os.pipe()  # through which the child tells why it cannot start
        low = []
        while report_end < 3:
            low.append(report_end)
            report_end = os.dup(report_end)
        for fd in low:
            os.close(fd)
        try:
            try:
                self.pid = self._fork(args, executable, preexec_fn, close_fds, pass_fds, cwd, env, fds, report, report_end, restore_signals, gid,
                                      gids, uid, umask, start_new_session, process_group)
                self._child_created = True
            finally:
                os.close(report_end)
            self._close_child_ends(fds)
            told = bytearray()
            while part := os.read(report, 50000):
                told += part
                if len(told) > 50000:
                    break
        finally:
            os.close(report)
        if told:
            self._raise_told(bytes(told), executable, cwd)

    def _fork(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, fds, report, report_end, restore_signals, gid, gids, uid, umask,
              start_new_session, process_group):
        if preexec_fn is not None and sys.is_finalizing():
            raise PythonFinalizationError("preexec_fn not supported at interpreter shutdown")
        environment = None
        if env is not None:
            environment = []
            for name, value in env.items():
                name = os.fsencode(name)
                if b"=" in name:
                    raise ValueError("illegal environment variable name")
                environment.append(name + b"=" + os.fsencode(value))
        program = os.fsencode(executable)
        if os.path.dirname(program):
            places = (program,)
        else:
            places = tuple(os.path.join(os.fsencode(folder), program) for folder in os.get_exec_path(env))
        keep = tuple(sorted({*map(int, pass_fds), report_end}))
        return _fork_exec([os.fsencode(a) for a in args], places, close_fds, keep, None if cwd is None else os.fsencode(cwd), environment,
                          fds[0], fds[1], fds[2], fds[3], fds[4], fds[5], report, report_end, restore_signals, start_new_session,
                          process_group, gid, gids, uid, umask, preexec_fn, _USE_VFORK)

    def _raise_told(self, told, executable, cwd):
        """The child could not start, and has told why."""
        try:
            pid, status = _waitpid(self.pid, 0)
            if pid == self.pid:
                self._handle_exitstatus(status)
            else:
                self.returncode = sys.maxsize
        except ChildProcessError:
            pass
        try:
            name, number, step = told.split(b":", 2)
        except ValueError:
            name, number, step = b"SubprocessError", b"0", b"Bad exception data from child: " + repr(told).encode()
        kind = getattr(builtins, name.decode("ascii"), SubprocessError)
        step = step.decode(errors="surrogatepass")
        if not issubclass(kind, OSError) or not number:
            raise kind(step)
        number = int(number, 16)
        if step == "noexec:chdir":
            place = cwd
        elif step == "noexec":
            place = None
        else:
            place = executable
        raise kind(number, os.strerror(number) if number else step, *(() if place is None else (place,)))

    # ---- Ending ----

    def _handle_exitstatus(self, sts, _waitstatus_to_exitcode=_waitstatus_to_exitcode, _WIFSTOPPED=os.WIFSTOPPED, _WSTOPSIG=os.WSTOPSIG):
        if _WIFSTOPPED(sts):
            self.returncode = -_WSTOPSIG(sts)
        else:
            self.returncode = _waitstatus_to_exitcode(sts)

    def poll(self):
        """Return returncode, None while the program runs."""
        return self._internal_poll()

    def _internal_poll(self, _deadstate=None, _waitpid=_waitpid, _WNOHANG=_WNOHANG, _ECHILD=errno.ECHILD):
        if self.returncode is None and self._waitpid_lock.acquire(False):
            try:
                if self.returncode is None:
                    pid, status = _waitpid(self.pid, _WNOHANG)
                    if pid == self.pid:
                        self._handle_exitstatus(status)
            except OSError as e:
                if _deadstate is not None:
                    self.returncode = _deadstate
                elif e.errno == _ECHILD:  # somebody else has waited for it: how it ended is lost
                    self.returncode = 0
            finally:
                self._waitpid_lock.release()
        return self.returncode

    def _try_wait(self, flags):
        try:
            return os.waitpid(self.pid, flags)
        except ChildProcessError:
            return self.pid, 0

    def wait(self, timeout=None):
        """Wait until the program has ended and return returncode; TimeoutExpired after timeout seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        try:
            return self._wait(timeout=timeout)
        except KeyboardInterrupt:
            wait = self._sigint_wait_secs if timeout is None else min(self._sigint_wait_secs, end - time.monotonic())
            self._sigint_wait_secs = 0
            try:
                self._wait(timeout=wait)
            except TimeoutExpired:
                pass
            raise

    def _wait(self, timeout):
        if self.returncode is not None:
            return self.returncode
        if timeout is None:
            while self.returncode is None:
                with self._waitpid_lock:
                    if self.returncode is None:
                        pid, status = self._try_wait(0)
                        if pid == self.pid:
                            self._handle_exitstatus(status)
            return self.returncode
        end, delay = time.monotonic() + timeout, 0.0005
        while True:
            if self._waitpid_lock.acquire(False):
                try:
                    if self.returncode is None:
                        pid, status = self._try_wait(os.WNOHANG)
                        if pid == self.pid:
                            self._handle_exitstatus(status)
                finally:
                    self._waitpid_lock.release()
            if self.returncode is not None:
                return self.returncode
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutExpired(self.args, timeout)
            delay = min(delay * 2, left, 0.05)
            time.sleep(delay)

    def send_signal(self, sig):
        """Send a signal to the program, if it has not ended."""
        self.poll()
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass

    def terminate(self):
        """Ask the program to end: SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """End the program: SIGKILL."""
        self.send_signal(signal.SIGKILL)

    # ---- Talking ----

    def _stdin_write(self, input):
        if input:
            try:
                self.stdin.write(input)
            except BrokenPipeError:
                pass
        try:
            self.stdin.close()
        except BrokenPipeError:
            pass

    def communicate(self, input=None, timeout=None):
        """Give input to the program, read what it writes until it ends, and return (stdout, stderr); None for what is no pipe.

        TimeoutExpired after timeout seconds: the program goes on, and so does communicate() when it is called again."""
        if self._communication_started and input:
            raise ValueError("Cannot send input after starting communication")
        if timeout is None and not self._communication_started and [self.stdin, self.stdout, self.stderr].count(None) >= 2:
            stdout = stderr = None
            if self.stdin:
                self._stdin_write(input)
            elif self.stdout:
                stdout = self.stdout.read()
                self.stdout.close()
            elif self.stderr:
                stderr = self.stderr.read()
                self.stderr.close()
            self.wait()
            return stdout, stderr
        end = None if timeout is None else time.monotonic() + timeout
        try:
            stdout, stderr = self._communicate(input, end, timeout)
        except KeyboardInterrupt:
            wait = self._sigint_wait_secs if timeout is None else min(self._sigint_wait_secs, self._remaining_time(end))
            self._sigint_wait_secs = 0
            try:
                self._wait(timeout=wait)
            except TimeoutExpired:
                pass
            raise
        finally:
            self._communication_started = True
        self.wait(timeout=self._remaining_time(end))
        return stdout, stderr

    def _remaining_time(self, endtime):
        return None if endtime is None else endtime - time.monotonic()

    def _check_timeout(self, end, timeout, stdout, stderr, always=False):
        if end is not None and (always or time.monotonic() > end):
            raise TimeoutExpired(self.args, timeout, output=b"".join(stdout) if stdout else None, stderr=b"".join(stderr) if stderr else None)

    def _start_communication(self, input):
        self._output = {stream: [] for stream in (self.stdout, self.stderr) if stream}
        if self.stdin:
            try:
                self.stdin.flush()
            except BrokenPipeError:
                pass
            if not input:
                try:
                    self.stdin.close()
                except BrokenPipeError:
                    pass
        if input is not None and self.stdin and self._input is None:
            self._sent = 0
            self._input = input.encode(self.stdin.encoding, self.stdin.errors) if self.text_mode else input

    def _communicate(self, input, end, timeout):
        if not self._communication_started:
            self._start_communication(input)
        parts = [self._output.get(stream) for stream in (self.stdout, self.stderr)]
        data = memoryview(self._input).cast("B") if self._input else None
        with _PopenSelector() as selector:
            if self.stdin and not self.stdin.closed and self._input:
                selector.register(self.stdin, selectors.EVENT_WRITE)
            for stream in self._output:
                if not stream.closed:
                    selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                left = self._remaining_time(end)
                if left is not None and left < 0:
                    self._check_timeout(end, timeout, *parts, always=True)
                ready = selector.select(left)
                self._check_timeout(end, timeout, *parts)
                for key, _ in ready:
                    if key.fileobj is self.stdin:
                        self._send(selector, data)
                    elif part := os.read(key.fd, 32768):
                        self._output[key.fileobj].append(part)
                    else:
                        selector.unregister(key.fileobj)
                        key.fileobj.close()
        self.wait(timeout=self._remaining_time(end))
        stdout, stderr = (None if p is None else b"".join(p) for p in parts)
        if self.text_mode:
            stdout, stderr = (p if p is None else self._translate_newlines(p, s.encoding, s.errors) for p, s in ((stdout, self.stdout), (stderr, self.stderr)))
        return stdout, stderr

    def _send(self, selector, data):
        """As much as the pipe takes."""
        try:
            self._sent += os.write(self.stdin.fileno(), data[self._sent:self._sent + _PIPE_SIZE])
        except BrokenPipeError:
            selector.unregister(self.stdin)
            self.stdin.close()
        else:
            if self._sent >= len(data):
                selector.unregister(self.stdin)
                self.stdin.close()

    def _translate_newlines(self, data, encoding, errors):
        return data.decode(encoding, errors).replace("\r\n", "\n").replace("\r", "\n")
