"""What protocols send with."""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport")


def _abstract(name):
    def method(self, *args, **kwargs):
        raise NotImplementedError
    method.__name__ = name
    return method


class BaseTransport:
    """What all have in common."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """Return what is known as name: "socket", "peername", ..."""
        return self._extra.get(name, default)

    for _name in ("is_closing", "close", "set_protocol", "get_protocol"):
        vars()[_name] = _abstract(_name)
    del _name


class ReadTransport(BaseTransport):
    """One that receives."""

    __slots__ = ()

    def is_reading(self):
        """Return whether it receives now."""
        raise NotImplementedError

    def pause_reading(self):
        """Receive nothing until resume_reading()."""
        raise NotImplementedError

    def resume_reading(self):
        """Receive again."""
        raise NotImplementedError


class WriteTransport(BaseTransport):
    """One that sends."""

    __slots__ = ()

    for _name in ("set_write_buffer_limits", "get_write_buffer_size", "get_write_buffer_limits", "write", "write_eof", "can_write_eof",
                  "abort"):
        vars()[_name] = _abstract(_name)
    del _name

    def writelines(self, list_of_data):
        """Send all of the pieces."""
        self.write(b"".join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    """One that does both."""

    __slots__ = ()


class DatagramTransport(BaseTransport):
    """One for datagrams."""

    __slots__ = ()

    def sendto(self, data, addr=None):
        """Send a datagram, to addr, or to where the socket is connected to."""
        raise NotImplementedError

    def abort(self):
        """Close it at once."""
        raise NotImplementedError


class SubprocessTransport(BaseTransport):
    """One for a child process."""

    __slots__ = ()

    for _name in ("get_pid", "get_returncode", "get_pipe_transport", "send_signal", "terminate", "kill"):
        vars()[_name] = _abstract(_name)
    del _name


class _FlowControlMixin(Transport):
    """Tells the protocol when there is too much to send, and when that is over. For classes with get_write_buffer_size()."""

    __slots__ = ("_loop", "_protocol_paused", "_high_water", "_low_water")

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        assert loop is not None
        self._loop = loop
        self._protocol_paused = False
        self._set_write_buffer_limits()

    def _tell(self, name):
        try:
            getattr(self._protocol, name)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._loop.call_exception_handler({"message": f"protocol.{name}() failed", "exception": e, "transport": self,
                                               "protocol": self._protocol})

    def _maybe_pause_protocol(self):
        if self.get_write_buffer_size() > self._high_water and not self._protocol_paused:
            self._protocol_paused = True
            self._tell("pause_writing")

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._protocol_paused = False
            self._tell("resume_writing")

    def get_write_buffer_limits(self):
        """Return (low, high)."""
        return self._low_water, self._high_water

    def _set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self._high_water, self._low_water = high, low

    def set_write_buffer_limits(self, high=None, low=None):
        """Set how many bytes pause the protocol, and how few resume it."""
        self._set_write_buffer_limits(high=high, low=low)
        self._maybe_pause_protocol()

    def get_write_buffer_size(self):
        raise NotImplementedError
