"""The board's prompt on this terminal."""

import os
import select
import sys

from _remote.link import Link

_LEAVE = (b"\x1d", b"\x18")  # Ctrl-], Ctrl-X


def interact(link: Link, mount=None) -> None:
    """Until Ctrl-] or Ctrl-X, or the end of the input where it is no terminal."""
    saved = None
    if sys.stdin.isatty():
        import _terminal
        saved = _terminal.raw(0)
        sys.stderr.write(f"{link.name}: Ctrl-] or Ctrl-X leaves\r\n")
        sys.stderr.flush()

    def show(data: bytes) -> None:
        while data:
            data = data[os.write(1, data):]

    output = mount.filter(link, show) if mount else show
    try:
        link.write(b"\r")
        open_ = True
        while True:
            ready = select.select([0, link] if open_ else [link], [], [], 1 if open_ else 0.5)[0]
            if 0 in ready:
                data = os.read(0, 4096)
                for key in _LEAVE:
                    if saved is not None and key in data:
                        link.write(data[:data.index(key)])
                        return
                if data:
                    link.write(data)
                else:
                    open_ = False
            elif link in ready or link._back:
                output(link.read(0))
            elif not open_:
                return
    finally:
        if saved is not None:
            import _terminal
            _terminal.restore(0, saved)
            sys.stderr.write("\n")
