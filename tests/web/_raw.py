"""Talks to a server in bytes."""

import asyncio


async def raw(port, *pieces, pause=0, half=False):
    """All that comes for these pieces, until the server closes; the Date is left out."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in pieces:
        writer.write(piece)
        await asyncio.sleep(pause)
    if half:
        writer.write_eof()
    try:
        data = await asyncio.wait_for(reader.read(), 10)
    except TimeoutError:
        data = b"(nothing for 10 s)"
    writer.close()
    return b"\r\n".join(line for line in data.split(b"\r\n") if not line.startswith(b"date:"))


def get(path, *fields, method="GET", host="localhost", body=b"", close=True):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *fields, *(["Connection: close"] if close else [])]
    return "\r\n".join(lines + ["", ""]).encode() + body
