# An option whose value is a text.
import socket

with socket.socket() as s:
    name = s.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, name.rstrip(b"\0"))
    print(len(name), s.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16) == name)
