"""Waiting for several files: select, poll, epoll, selectors; sleep; signals meanwhile."""

import os
import select
import selectors
import signal
import socket
import time


def main():
    one, two = socket.socketpair()
    handled = []
    signal.signal(signal.SIGALRM, lambda number, frame: handled.append(number))
    with one, two:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        began = time.monotonic()
        print(select.select([one], [], [], 0.05), time.monotonic() - began >= 0.05)
        one.sendall(b"x")
        print(len(select.select([two], [two], [two], 5)[0]))
        p = select.poll()
        p.register(two, select.POLLIN)
        print(len(p.poll(5000)))
        with select.epoll() as e:
            e.register(two, select.EPOLLIN)
            print(len(e.poll(5)))
            print(two.recv(5), e.poll(0.01))
        with selectors.DefaultSelector() as s:
            s.register(two, selectors.EVENT_READ, "data")
            print(s.select(0.01))
            one.sendall(b"y")
            print([(key.data, mask) for key, mask in s.select(5)])
        began = time.monotonic()
        time.sleep(0.02)
        print(time.monotonic() - began >= 0.02, handled == [signal.SIGALRM])
    fd = os.eventfd(3)
    try:
        print(os.eventfd_read(fd))
    finally:
        os.close(fd)
