"""Child processes with streams to write to and read from."""

import subprocess
from . import events, protocols, streams, tasks
from .log import logger

__all__ = ("create_subprocess_exec", "create_subprocess_shell")

PIPE, STDOUT, DEVNULL = subprocess.PIPE, subprocess.STDOUT, subprocess.DEVNULL
_NAMES = {1: "stdout", 2: "stderr"}


class SubprocessStreamProtocol(streams.FlowControlMixin, protocols.SubprocessProtocol):
    """Feeds what the process writes to StreamReaders."""

    def __init__(self, limit, loop):
        super().__init__(loop=loop)
        self._limit, self._transport = limit, None
        self.stdin = self.stdout = self.stderr = None
        self._open = set()  # descriptors that the process writes to, until they are closed
        self._ended = False
        self._stdin_closed = self._loop.create_future()

    def __repr__(self):
        known = ((name, getattr(self, name)) for name in ("stdin", "stdout", "stderr"))
        return f"<{' '.join([type(self).__name__, *(f'{name}={stream!r}' for name, stream in known if stream is not None)])}>"

    def connection_made(self, transport):
        self._transport = transport
        for fd, name in _NAMES.items():
            pipe = transport.get_pipe_transport(fd)
            if pipe is not None:
                reader = streams.StreamReader(limit=self._limit, loop=self._loop)
                reader.set_transport(pipe)
                setattr(self, name, reader)
                self._open.add(fd)
        pipe = transport.get_pipe_transport(0)
        if pipe is not None:
            self.stdin = streams.StreamWriter(pipe, self, None, self._loop)

    def pipe_data_received(self, fd, data):
        reader = getattr(self, _NAMES.get(fd, ""), None)
        if reader is not None:
            reader.feed_data(data)

    def pipe_connection_lost(self, fd, exc):
        if fd == 0:
            self._stdin_lost(exc)
            return
        reader = getattr(self, _NAMES.get(fd, ""), None)
        if reader is not None:
            reader.feed_eof() if exc is None else reader.set_exception(exc)
        self._open.discard(fd)
        self._close_if_over()

    def _stdin_lost(self, error):
        if self.stdin is not None:
            self.stdin.close()
        self.connection_lost(error)
        if error is None:
            self._stdin_closed.set_result(None)
        else:
            self._stdin_closed.set_exception(error)
            self._stdin_closed._log_traceback = False  # nobody need ask for it

    def process_exited(self):
        self._ended = True
        self._close_if_over()

    def _close_if_over(self):
        if self._ended and not self._open and self._transport is not None:
            self._transport.close()
            self._transport = None

    def _get_close_waiter(self, stream):
        return self._stdin_closed if stream is self.stdin else None


class Process:
    """A child process."""

    def __init__(self, transport, protocol, loop):
        self._transport, self._protocol, self._loop = transport, protocol, loop
        self.pid = transport.get_pid()
        self.stdin, self.stdout, self.stderr = protocol.stdin, protocol.stdout, protocol.stderr

    def __repr__(self):
        return f"<{type(self).__name__} {self.pid}>"

    @property
    def returncode(self):
        """The exit code; -n: ended by signal n; None: it runs."""
        return self._transport.get_returncode()

    def send_signal(self, signal):
        """Send it a signal."""
        self._transport.send_signal(signal)

    def terminate(self):
        """Send it SIGTERM."""
        self._transport.terminate()

    def kill(self):
        """Send it SIGKILL."""
        self._transport.kill()

    async def wait(self):
        """Wait until it has ended; return the exit code."""
        return await self._transport._wait()

    async def communicate(self, input=None):
        """Send input to its stdin; return (stdout, stderr) when it has ended."""
        _, out, err = await tasks.gather(self._feed(input), self._drain(1, self.stdout), self._drain(2, self.stderr))
        await self.wait()
        return out, err

    def _log(self, text, *args):
        if self._loop.get_debug():
            logger.debug("%r communicate: " + text, self, *args)

    async def _feed(self, data):
        if self.stdin is None:
            return
        try:
            if data is not None:
                self.stdin.write(data)
                self._log("feed stdin (%s bytes)", len(data))
            await self.stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as error:  # it does not read any more
            self._log("stdin got %r", error)
        self._log("close stdin")
        self.stdin.close()

    async def _drain(self, fd, stream):
        if stream is None:
            return None
        pipe = self._transport.get_pipe_transport(fd)
        self._log("read %s", _NAMES[fd])
        output = await stream.read()
        self._log("close %s", _NAMES[fd])
        pipe.close()
        return output


async def _start(method, limit, *args, **options):
    loop = events.get_running_loop()
    made = await getattr(loop, method)(lambda: SubprocessStreamProtocol(limit=limit, loop=loop), *args, **options)
    return Process(*made, loop)


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None, limit=streams._DEFAULT_LIMIT, **kwds):
    """Start a shell's command; return its Process."""
    return await _start("subprocess_shell", limit, cmd, stdin=stdin, stdout=stdout, stderr=stderr, **kwds)


async def create_subprocess_exec(program, *args, stdin=None, stdout=None, stderr=None, limit=streams._DEFAULT_LIMIT, **kwds):
    """Start a program; return its Process."""
    return await _start("subprocess_exec", limit, program, *args, stdin=stdin, stdout=stdout, stderr=stderr, **kwds)
