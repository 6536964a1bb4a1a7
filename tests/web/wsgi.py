# WSGI applications behind the server.
import asyncio
import logging

import web
from _raw import get, raw

logging.disable(logging.CRITICAL)
calls = []


class Body:
    def __init__(self, pieces):
        self.pieces = iter(pieces)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.pieces)

    def close(self):
        calls.append("closed")


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/write":
        write = start_response("201 Made", [("Content-Type", "text/plain")])
        write(b"written ")
        return [b"returned"]
    if path == "/generator":
        def pieces():
            yield b""
            start_response("200 OK", [("Content-Type", "text/plain")])
            yield b"one "
            yield b"two"
        return pieces()
    if path == "/fail":
        raise ZeroDivisionError
    if path == "/none":
        return []
    if path == "/body":
        body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]
    keys = ["REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PROTOCOL", "REMOTE_ADDR", "wsgi.url_scheme", "CONTENT_TYPE",
            "HTTP_X_ONE", "HTTP_X_TWO"]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")])
    return Body(f"{key}={environ.get(key)!r}\n".encode() for key in keys)


async def main():
    outer = web.App()
    outer.mount("/app", web.wsgi.handler(application))
    for app, prefix in ((web.wsgi.app(application), ""), (outer, "/app")):
        async with web.Server(app, port=0) as server:
            for path, *fields in (("/x%C3%A4?a=1", "X-One: 1", "X_Two: 2", "Content-Type: a/b"), ("/write",), ("/generator",), ("/fail",), ("/none",)):
                print((await raw(server.port, get(prefix + path, *fields))).decode().replace("\r\n", "\n"))
            print((await raw(server.port, get(prefix + "/body", "Transfer-Encoding: chunked", method="POST", body=b"3\r\nabc\r\n0\r\n\r\n"))).decode())
    print(calls)


asyncio.run(main())
