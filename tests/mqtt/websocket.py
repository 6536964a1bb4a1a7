"""lib/_websocket.py: handshakes, frames, fragments, what is refused (RFC 6455)."""
# SPDX-License-Identifier: MIT
import random
import unittest

from _websocket import (BINARY, CLOSE, PING, PONG, TEXT, Event, Frames, WebSocketError, check_request, check_response, mask, new_key, parse_head,
                        request, response)


class Handshake(unittest.TestCase):
    KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # the example of section 1.3

    def test_agreement(self):
        asked = parse_head(request("h:80", "/mqtt", self.KEY, ("mqtt", "x")))
        self.assertEqual(asked.start, ("GET", "/mqtt", "HTTP/1.1"))
        self.assertEqual(check_request(asked), ["mqtt", "x"])
        answer = response(asked, "mqtt")
        self.assertIn(b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", answer)
        head = parse_head(answer + b"rest")
        self.assertEqual((check_response(head, self.KEY, ("mqtt",)), head.rest), ("mqtt", b"rest"))
        self.assertIsNone(parse_head(answer[:-1]))

    def test_refusals(self):
        good = response(parse_head(request("h", "/", self.KEY)), "mqtt").decode()
        for old, new, words in (("101", "404 Not Found\r\nX:", "404"), ("s3pP", "S3pP", "Accept"), ("websocket", "h2c", "upgrade"),
                                ("mqtt", "other", "not asked for")):
            with self.assertRaisesRegex(WebSocketError, words):
                check_response(parse_head(good.replace(old, new, 1).encode()), self.KEY, ("mqtt",))
        asked = request("h", "/", self.KEY).decode()
        for old, new in (("GET", "POST"), ("13", "12"), (self.KEY, "abc"), ("Upgrade: websocket", "Upgrade: x"), ("Connection: Upgrade", "Connection: close")):
            with self.assertRaises(WebSocketError):
                check_request(parse_head(asked.replace(old, new).encode()))
        for wrong in (b"\x16\x03\x01\r\n\r\n", b"GET / HTTP/1.1\r\nno field\r\n\r\n", b"x" * 20000):
            with self.assertRaises(WebSocketError):
                parse_head(wrong)
        with self.assertRaisesRegex(ValueError, "control character"):
            request("h\r\nX: y", "/", new_key())


class Framing(unittest.TestCase):
    def test_vectors(self):
        """Section 5.7."""
        client, server = Frames(client=True), Frames(client=False)
        self.assertEqual(server.message(b"Hello", TEXT), bytes.fromhex("810548656c6c6f"))
        self.assertEqual(server.receive(bytes.fromhex("818537fa213d7f9f4d5158")), [Event(TEXT, b"Hello")])
        self.assertEqual(client.receive(bytes.fromhex("010348656c")), [])
        self.assertEqual(client.receive(bytes.fromhex("890548656c6c6f")), [Event(PING, b"Hello")])
        self.assertEqual(client.receive(bytes.fromhex("80026c6f")), [Event(TEXT, b"Hello")])
        self.assertEqual(server.message(bytes(256))[:4], bytes.fromhex("827e0100"))
        self.assertEqual(server.message(bytes(65536))[:10], bytes.fromhex("827f0000000000010000"))

    def test_both_ways(self):
        r = random.Random(3)
        for sender in (True, False):
            a, b = Frames(client=sender), Frames(client=not sender)
            messages = [r.randbytes(n) for n in (0, 1, 125, 126, 127, 65535, 65536, 70001)]
            stream = b"".join(a.message(m) for m in messages) + a.ping(b"p") + a.pong() + a.close(1001, "bye")
            got, at = [], 0
            while at < len(stream):
                n = r.choice((1, 2, 9, 5000))
                got += b.receive(stream[at:at + n])
                at += n
            self.assertEqual(got, [Event(BINARY, m) for m in messages] + [Event(PING, b"p"), Event(PONG, b""), Event(CLOSE, b"bye", 1001)])

    def test_refusals(self):
        for client, frame, code in ((False, "8100", 1002), (True, "8180 00000000", 1002), (True, "9100", 1002), (True, "8300", 1002), (True, "8000", 1002),
                                    (True, "0900", 1002), (True, "897e0080", 1002), (True, "8101ff", 1007), (True, "880100", 1002), (True, "880203ee", 1002),
                                    (True, "827e0bb9", 1009), (True, "01008100", 1002), (True, "8803 03e8ff", 1007)):
            with self.subTest(frame=frame), self.assertRaises(WebSocketError) as caught:
                Frames(client, limit=3000).receive(bytes.fromhex(frame))
            self.assertEqual(caught.exception.code, code)
        frames = Frames(True, limit=10)
        with self.assertRaises(WebSocketError):
            frames.receive(bytes.fromhex("0206") + bytes(6) + bytes.fromhex("0006") + bytes(6))

    def test_mask(self):
        for n in range(30):
            data = bytes(range(n))
            self.assertEqual(mask(data, b"\1\2\3\4"), bytes(x ^ (i & 3) + 1 for i, x in enumerate(data)))
        with self.assertRaises(ValueError):
            mask(b"", b"123")


if __name__ == "__main__":
    unittest.main()
