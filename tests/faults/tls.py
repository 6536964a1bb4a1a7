"""TLS: a blocking client and server, and asyncio's."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "std", "_certs"))
try:
    import ssl
except ImportError as error:
    print("SKIP:", error)
    sys.exit(1)
import asyncio
import socket
import threading
from pair import client, server


def serve(listener, context):
    try:
        connection = listener.accept()[0]
        with connection:
            connection.settimeout(8)
            with context.wrap_socket(connection, server_side=True) as tls:
                while data := tls.recv(3000):
                    tls.sendall(data.upper())
    except OSError as error:
        failed.append(error)


failed = []


def blocking():
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        listener.settimeout(8)
        thread = threading.Thread(target=serve, args=(listener, server()))
        thread.start()
        try:
            with socket.create_connection(listener.getsockname(), timeout=8) as sock, client().wrap_socket(sock, server_hostname="localhost") as tls:
                tls.sendall(b"secret " * 3000)
                got = b""
                while len(got) < 21000:
                    data = tls.recv(30000)
                    if not data:
                        raise EOFError
                    got += data
                print(len(got), got[:7], tls.version())
        finally:
            thread.join()
    if failed:
        raise failed[0]


async def handle(reader, writer):
    try:
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def go():
    listening = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=server())
    async with listening, asyncio.timeout(10):
        reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname(), ssl=client(), server_hostname="localhost")
        try:
            writer.write(b"over TLS\n")
            print(await reader.readline())
            writer.write(b"x" * 40000 + b"\n")
            print(len(await reader.readexactly(40001)))
        finally:
            writer.close()
            try:
                await writer.wait_closed()
            except OSError:
                pass


def prepare():
    client(), server()


def main():
    blocking()
    asyncio.run(go())
