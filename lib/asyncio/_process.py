"""Child processes as transports: three pipes, each an Endpoint with a protocol that passes on what comes, and a watcher for the end."""

import os
import signal
import subprocess
import warnings
from . import events, protocols, tasks, transports
from .log import logger

PIPE = subprocess.PIPE


class _PipeEnd(protocols.Protocol):
    """The protocol of one pipe: passes on to the process's protocol what comes."""

    def __init__(self, process, fd):
        self.process, self.fd = process, fd
        self.pipe, self.lost = None, False

    def __repr__(self):
        return f"<{type(self).__name__} fd={self.fd} pipe={self.pipe!r}>"

    def connection_made(self, transport):
        self.pipe = transport

    def data_received(self, data):
        self.process._tell("pipe_data_received", self.fd, data)

    def connection_lost(self, exc):
        self.lost = True
        self.process._tell("pipe_connection_lost", self.fd, exc)
        self.process._check_end()
        self.process = None

    def pause_writing(self):
        self.process._protocol.pause_writing()

    def resume_writing(self):
        self.process._protocol.resume_writing()


class BaseSubprocessTransport(transports.SubprocessTransport):
    """A child process. It is over when it has ended and all of its pipes are closed."""

    _proc = _pid = _returncode = None

    def __init__(self, loop, protocol, args, shell, stdin, stdout, stderr, bufsize, waiter=None, extra=None, **kwargs):
        super().__init__(extra)
        self._closed = self._over = False
        self._loop, self._protocol = loop, protocol
        self._ends = {}  # the child's descriptor -> _PipeEnd
        self._kept = []  # what the protocol is to be told of when the pipes stand; None: they do
        self._waiters = []  # futures of wait()
        try:
            self._start(args=args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, bufsize=bufsize, **kwargs)
        except BaseException:
            self.close()
            raise
        self._pid = self._proc.pid
        self._extra["subprocess"] = self._proc
        if loop.get_debug():
            logger.debug("process %r created: pid %s", args if isinstance(args, (bytes, str)) else args[0], self._pid)
        self._connecting = loop.create_task(self._connect_pipes(waiter))

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        """Start the process: _proc is it."""
        raise NotImplementedError

    def __repr__(self):
        parts = [type(self).__name__, *(["closed"] if self._closed else []), *([] if self._pid is None else [f"pid={self._pid}"])]
        if self._returncode is not None:
            parts.append(f"returncode={self._returncode}")
        else:
            parts.append("not started" if self._pid is None else "running")
        names = {1: "stdout", 2: "stderr"}
        pipes = {fd: end.pipe for fd, end in self._ends.items()}
        if self._proc is not None and self._proc.stdout is self._proc.stderr and 1 in pipes:
            names[1] = "stdout=stderr"
        parts += [f"{names.get(fd, 'stdin')}={pipes[fd]!r}" for fd in sorted(pipes)]
        return f"<{' '.join(parts)}>"

    def __del__(self):
        if not getattr(self, "_closed", True):
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self.close()

    # ---- From the start to the end ---------------------------------------------------------------------------------------------------

    async def _connect_pipes(self, waiter):
        try:
            await self._connect()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if waiter is not None and not waiter.cancelled():
                waiter.set_exception(error)
        else:
            if waiter is not None and not waiter.cancelled():
                waiter.set_result(None)

    async def _connect(self):
        """Make transports of the pipes, then tell the protocol of all that has happened so far."""
        popen = self._proc
        for fd, file in enumerate((popen.stdin, popen.stdout, popen.stderr)):
            if file is not None:
                connect = self._loop.connect_read_pipe if fd else self._loop.connect_write_pipe
                _, self._ends[fd] = await connect(lambda: _PipeEnd(self, fd), file)
        kept, self._kept = self._kept, None
        for call in (("connection_made", self), *kept):
            self._tell(*call)
        self._check_end()
        await tasks.sleep(0)  # then it has been told

    def _tell(self, method, *args):
        if self._kept is not None:
            self._kept.append((method, *args))
        elif method == "connection_lost":
            self._loop.call_soon(self._tell_over, *args)
        else:
            self._loop.call_soon(getattr(self._protocol, method), *args)

    def _process_exited(self, returncode):
        """The process has ended."""
        assert returncode is not None and self._returncode is None
        if self._loop.get_debug():
            logger.info("%r exited with return code %r", self, returncode)
        self._returncode = returncode
        if self._proc.returncode is None:  # it was not Popen that has waited for it
            self._proc.returncode = returncode
        self._tell("process_exited")
        self._check_end()
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(returncode)

    def _check_end(self):
        connected = self._kept is None
        if connected and not self._over and self._returncode is not None and all(end.lost for end in self._ends.values()):
            self._over = True
            self._tell("connection_lost", None)

    def _tell_over(self, error):
        try:
            self._protocol.connection_lost(error)
        finally:
            self._loop = self._protocol = self._proc = None

    async def _wait(self):
        """Wait until the process has ended; return the exit code."""
        if self._returncode is None:
            waiter = self._loop.create_future()
            self._waiters.append(waiter)
            return await waiter
        return self._returncode

    def close(self):
        """Close the pipes; kill the process if it runs."""
        if self._closed:
            return
        self._closed = True
        if self._loop is not None and not self._loop.is_closed():
            for end in self._ends.values():
                end.pipe.close()
        popen = self._proc
        if popen is not None and self._returncode is None and popen.poll() is None:
            if self._loop.get_debug():
                logger.warning("Close running child process: kill %r", self)
            try:
                popen.kill()
            except (ProcessLookupError, PermissionError):  # it may run as another user now
                pass

    # ---- What can be asked and done ----------------------------------------------------------------------------------------------------

    def set_protocol(self, protocol):
        """Set the protocol."""
        self._protocol = protocol

    def get_protocol(self):
        """Return the protocol."""
        return self._protocol

    def is_closing(self):
        """Return whether it is closed."""
        return self._closed

    def get_pid(self):
        """Return the process's number."""
        return self._pid

    def get_returncode(self):
        """Return the exit code; -n: ended by signal n; None: it runs."""
        return self._returncode

    def get_pipe_transport(self, fd):
        """Return the transport of the pipe to the process's fd, or None."""
        end = self._ends.get(fd)
        return None if end is None else end.pipe

    def send_signal(self, signal):
        """Send it a signal. ProcessLookupError: it is over."""
        if self._proc is None:
            raise ProcessLookupError()
        if self._returncode is None:
            try:
                os.kill(self._pid, signal)  # not by Popen, which would ask for the exit code before the watcher does
            except ProcessLookupError:
                pass

    def terminate(self):
        """Send it SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """Send it SIGKILL."""
        self.send_signal(signal.SIGKILL)


class _UnixSubprocessTransport(BaseSubprocessTransport):
    """By module subprocess."""

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        self._proc = subprocess.Popen(args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, universal_newlines=False,
                                      bufsize=bufsize, **kwargs)


# ---- Starting processes (methods of loops) ---------------------------------------------------------------------------------------------

def _watcher():
    policy = events.get_event_loop_policy()
    if hasattr(policy, "_child_watcher"):
        return policy._child_watcher()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return policy.get_child_watcher()


async def _make_subprocess_transport(self, protocol, args, shell, stdin, stdout, stderr, bufsize, extra=None, **kwargs):
    watcher, ready = _watcher(), self.create_future()
    with watcher:
        if not watcher.is_active():
            # Nobody would tell us of its end
            raise RuntimeError("asyncio.get_child_watcher() is not activated, subprocess support is not installed.")
        transport = _UnixSubprocessTransport(self, protocol, args, shell, stdin, stdout, stderr, bufsize, ready, extra, **kwargs)
        watcher.add_child_handler(transport.get_pid(), lambda pid, code: self.call_soon_threadsafe(transport._process_exited, code))
        try:
            await ready
        except BaseException as error:
            if not isinstance(error, (SystemExit, KeyboardInterrupt)):
                transport.close()
                await transport._wait()
            raise
    return transport


async def _start(loop, factory, args, shell, streams, what, options):
    protocol = factory()
    if loop.get_debug():
        logger.debug(_streams_text(what, *streams))
    transport = await loop._make_subprocess_transport(protocol, args, shell, *streams, 0, **options)
    if loop.get_debug():
        logger.info("%s: %r", what, transport)
    return transport, protocol


def _streams_text(what, stdin, stdout, stderr):
    def name(file):
        return {PIPE: "<pipe>", subprocess.STDOUT: "<stdout>"}.get(file, repr(file))
    if stdout is not None and stderr == subprocess.STDOUT:
        named = {"stdin": stdin, "stdout=stderr": stdout}
    else:
        named = {"stdin": stdin, "stdout": stdout, "stderr": stderr}
    return " ".join([what, *(f"{key}={name(file)}" for key, file in named.items() if file is not None)])


def _check_options(wanted_shell, universal_newlines, shell, bufsize, text, encoding, errors):
    """Streams are of bytes, and not buffered here. ValueError."""
    for name, value, wanted in (("universal_newlines", bool(universal_newlines), False), ("shell", bool(shell), wanted_shell),
                                ("bufsize", bufsize, 0), ("text", bool(text), False), ("encoding", encoding, None),
                                ("errors", errors, None)):
        if value != wanted:
            raise ValueError(f"{name} must be {wanted}")


async def subprocess_shell(self, protocol_factory, cmd, *, stdin=PIPE, stdout=PIPE, stderr=PIPE, universal_newlines=False, shell=True,
                           bufsize=0, encoding=None, errors=None, text=None, **kwargs):
    """Start a shell's command; return (transport, protocol)."""
    if not isinstance(cmd, (bytes, str)):
        raise ValueError("cmd must be a string")
    _check_options(True, universal_newlines, shell, bufsize, text, encoding, errors)
    return await _start(self, protocol_factory, cmd, True, (stdin, stdout, stderr), f"run shell command {cmd!r}", kwargs)


async def subprocess_exec(self, protocol_factory, program, *args, stdin=PIPE, stdout=PIPE, stderr=PIPE, universal_newlines=False,
                          shell=False, bufsize=0, encoding=None, errors=None, text=None, **kwargs):
    """Start a program; return (transport, protocol)."""
    _check_options(False, universal_newlines, shell, bufsize, text, encoding, errors)
    return await _start(self, protocol_factory, (program, *args), False, (stdin, stdout, stderr), f"execute program {program!r}", kwargs)
