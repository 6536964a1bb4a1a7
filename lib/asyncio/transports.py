"""What protocols send with."""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport")


def _owed(name, text):
    """A method that subclasses have to have."""
    def method(self, *args, **kwargs):
        raise NotImplementedError
    method.__name__, method.__doc__ = name, text
    return method


class BaseTransport:
    """What all have in common."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """Return what is known as name: "socket", "peername", ..."""
        return self._extra.get(name, default)

    is_closing = _owed("is_closing", "Return whether it is closed, or about to be.")
    close = _owed("close", "Close it, when all is sent.")
    set_protocol = _owed("set_protocol", "Set the protocol.")
    get_protocol = _owed("get_protocol", "Return the protocol.")


class ReadTransport(BaseTransport):
    """One that receives."""

    __slots__ = ()

    is_reading = _owed("is_reading", "Return whether it receives now.")
    pause_reading = _owed("pause_reading", "Receive nothing until resume_reading().")
    resume_reading = _owed("resume_reading", "Receive again.")


class WriteTransport(BaseTransport):
    """One that sends."""

    __slots__ = ()

    set_write_buffer_limits = _owed("set_write_buffer_limits", "Set how many bytes pause the protocol, and how few resume it.")
    get_write_buffer_limits = _owed("get_write_buffer_limits", "Return (low, high).")
    get_write_buffer_size = _owed("get_write_buffer_size", "Return how many bytes wait to be sent.")
    write = _owed("write", "Send data, now or when there is room.")
    write_eof = _owed("write_eof", "Send no more, once all is sent.")
    can_write_eof = _owed("can_write_eof", "Return whether write_eof() can be used.")
    abort = _owed("abort", "Close it at once; what was not sent is dropped.")

    def writelines(self, list_of_data):
        """Send all of the pieces."""
        self.write(b"".join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    """One that does both."""

    __slots__ = ()


class DatagramTransport(BaseTransport):
    """One for datagrams."""

    __slots__ = ()

    sendto = _owed("sendto", "Send a datagram, to addr, or to where the socket is connected to.")
    abort = WriteTransport.abort


class SubprocessTransport(BaseTransport):
    """One for a child process."""

    __slots__ = ()

    get_pid = _owed("get_pid", "Return the process's number.")
    get_returncode = _owed("get_returncode", "Return the exit code; -n: ended by signal n; None: it runs.")
    get_pipe_transport = _owed("get_pipe_transport", "Return the transport of the pipe to the process's fd, or None.")
    send_signal = _owed("send_signal", "Send it a signal.")
    terminate = _owed("terminate", "Send it SIGTERM.")
    kill = _owed("kill", "Send it SIGKILL.")


class _FlowControlMixin(Transport):
    """Tells the protocol when there is too much to send, and when that is over. For classes with get_write_buffer_size()."""

    __slots__ = ("_loop", "_protocol_paused", "_high_water", "_low_water")

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        assert loop is not None
        self._loop, self._protocol_paused = loop, False
        self._set_write_buffer_limits()

    def _set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = 0x10000 if low is None else low * 4
        low = high // 4 if low is None else low
        if low < 0 or low > high:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self._low_water, self._high_water = low, high

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_write_buffer_limits(high, low)
        self._maybe_pause_protocol()

    def get_write_buffer_limits(self):
        return self._low_water, self._high_water

    for _method in (set_write_buffer_limits, get_write_buffer_limits):
        _method.__doc__ = vars(WriteTransport)[_method.__name__].__doc__
    del _method

    def _maybe_pause_protocol(self):
        if not self._protocol_paused and self.get_write_buffer_size() > self._high_water:
            self._tell_protocol("pause_writing", True)

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._tell_protocol("resume_writing", False)

    def _tell_protocol(self, method, paused):
        self._protocol_paused = paused
        try:
            getattr(self._protocol, method)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            details = {"message": f"protocol.{method}() failed", "exception": error, "transport": self, "protocol": self._protocol}
            self._loop.call_exception_handler(details)
