"""_fuzz.py SEED SECONDS - damaged heads, chunks and frames, for the sanitizer build: nothing but the errors that are documented may come of them, and
what comes in pieces is read as what comes at once. Ends with a line that counts.
"""
# SPDX-License-Identifier: MIT
import random
import sys
import time

import _http
import _websocket
from _websocket import Frames, WebSocketError

REQUEST = (b"GET /a/b?c=d&e=%20 HTTP/1.1\r\nHost: localhost:80\r\nAccept: text/html, */*;q=0.5\r\nAccept: b\r\nConnection: keep-alive, Upgrade\r\nCookie: a=b; c=d\r\n"
           b"Content-Length: 12\r\n\r\nhello, world", b"POST / HTTP/1.1\r\nhost: x\r\nTransfer-Encoding: chunked\r\nX-Long: " + b"y" * 300 + b"\r\n\r\n",
           b"GET http://a/b HTTP/1.0\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: [::1]:8080\r\nX: \xe4\xff\r\n\r\n")
RESPONSE = (b"HTTP/1.1 200 OK\r\nContent-Type: a\r\nSet-Cookie: b\r\nSet-Cookie: c\r\nContent-Length: 3\r\n\r\nabc", b"HTTP/1.0 404 Not \xff\nA: b\n c\n\n",
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204\r\nTransfer-Encoding: chunked\r\n\r\n")
CHUNKS = (b"5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nT: 1\r\n\r\n", b"0\r\n\r\n", b"1f\r\n" + b"x" * 31 + b"\r\n00\r\n\r\nrest")
ODD = (b"\r\n", b"\n", b"\r", b"\0", b":", b" ", b"\t", b",", b";", b"\xff", b"0", b"fffffffffffffff", b"18446744073709551616", b"-1", b"chunked", b"HTTP/1.1", b"Host: a\r\n",
       b"Content-Length: 5\r\n", b"Transfer-Encoding: gzip\r\n")


def damaged(r, data):
    data = bytearray(data)
    for _ in range(r.choice((0, 1, 1, 2, 3, 8))):
        at, what = r.randrange(len(data) + 1), r.randrange(5)
        if what == 0 and at < len(data):
            data[at] ^= 1 << r.randrange(8)
        elif what == 1:
            data[at:at] = r.choice(ODD)
        elif what == 2:
            del data[at:at + r.choice((1, 2, 9))]
        elif what == 3:
            data[at:at] = data[at:at + r.choice((1, 2, 9, 40))]
        elif at < len(data):
            data[at] = r.randrange(256)
    return bytes(data)


def in_pieces(r, data):
    at = 0
    while at < len(data):
        step = r.choice((1, 1, 2, 7, 100))
        yield data[at:at + step]
        at += step


def refused(error, statuses):
    status, text = error.args
    assert status in statuses and isinstance(text, str) and text, error.args


def head(r, read, samples):
    data, limit = damaged(r, r.choice(samples)), r.choice((64, 8192, 8192))
    try:
        whole = read(data, 0, limit)
    except ValueError as error:
        refused(error, (400, 414, 431, 501, 505))
        return
    grown = bytearray()
    for piece in in_pieces(r, data):
        grown += piece
        try:
            part = read(grown, 0, limit)
        except ValueError as error:  # of a head that is cut: it has too many bytes before its end
            refused(error, (414, 431))
            return
        if part is not None:
            assert part == whole, (part, whole)
            before = data[:r.randrange(len(data) + 1)]
            again = read(before + data, len(before), limit)
            assert again[1:] == whole[1:] and again[0] == whole[0] + len(before)
            return
    assert whole is None, whole


def chunks(r):
    data = damaged(r, r.choice(CHUNKS))

    def run(pieces):
        reader, out = _http.Chunks(), b""
        try:
            for piece in pieces:
                got, end = reader.feed(piece)
                out += got
                if reader.done:
                    return out, True
        except ValueError as error:
            refused(error, (400,))
            return None, False
        return out, False

    whole, parts = run([data]), run(in_pieces(r, data))
    assert whole == parts, (data, whole, parts)


def make(r):
    fields = [(damaged(r, b"Name").decode("latin-1"), damaged(r, b"a value").decode("latin-1")) for _ in range(3)]
    try:
        data = _http.make_head("GET / HTTP/1.1", [("Host", "x"), *fields])
    except ValueError:
        return
    try:
        found = _http.read_request(data)
    except ValueError as error:
        refused(error, (400, 501))
        return
    for name, value in fields:
        kept = found[4][name.lower()]
        assert value.strip(" \t") in (kept if isinstance(kept, list) else [kept]), (fields, found)


def frames(r):
    deflate = r.choice((None, _websocket.Deflate()))
    client = r.random() < .5
    sender = Frames(client, deflate=deflate)
    data = b"".join(r.choice((lambda: sender.message(r.randbytes(r.choice((0, 1, 125, 126, 300)))), lambda: sender.message("text ä".encode() * 30, 1), sender.ping,
                              lambda: sender.pong(b"x" * 125), lambda: sender.close(1000, "bye")))() for _ in range(r.choice((1, 2, 4))))
    data = damaged(r, data)

    def run(pieces):
        receiver, out = Frames(not client, 1 << 20, deflate), []
        try:
            for piece in pieces:
                out += receiver.receive(piece)
        except WebSocketError as error:
            assert error.code in (1002, 1007, 1009), error.code
            return out, error.code
        return out, 0

    whole, parts = run([data]), run(list(in_pieces(r, data)))
    assert whole[1] == parts[1] and whole[0] == parts[0][:len(whole[0])], (data, whole, parts)


def handshake(r):
    key = _websocket.new_key()
    data = damaged(r, _websocket.request("a", "/", key, ("mqtt",), None, True))
    try:
        found = _websocket.parse_head(data)
        if found is not None:
            _websocket.check_request(found)
            _websocket.choose_deflate(found)
    except WebSocketError:
        pass


def main(seed, seconds):
    kinds = (lambda r: head(r, _http.read_request, REQUEST), lambda r: head(r, _http.read_response, RESPONSE), chunks, make, frames, handshake)
    end, cases = time.process_time() + seconds, 0
    while time.process_time() < end:
        r = random.Random(f"{seed}/{cases}")
        try:
            kinds[cases % len(kinds)](r)
        except BaseException:
            print("case", f"{seed}/{cases}", file=sys.stderr)
            raise
        cases += 1
    print(f"{cases} cases of damaged heads, chunks and frames")


main(int(sys.argv[1]), float(sys.argv[2]))
