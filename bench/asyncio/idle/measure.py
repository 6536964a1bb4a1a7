"""measure.py COUNT CERTIFICATE|- SERVER-COMMAND...: bytes of resident memory that each of COUNT idle connections costs the server."""

import resource
import socket
import ssl
import subprocess
import sys
import time

WARM = 10  # connections that are there before, so that what is loaded with the first is not counted


def resident(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) * 1024


def connect(port, context):
    sock = socket.create_connection(("127.0.0.1", port))
    return context.wrap_socket(sock) if context else sock


def connected(server):
    """How many connections the server has, when it has nothing else to do any more."""
    time.sleep(1)
    server.stdin.write("?\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def main(count, certificate, command):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    context = None
    if certificate != "-":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    arguments = [certificate] if context else []
    server = subprocess.Popen([*command, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = int(server.stdout.readline())
        kept = [connect(port, context) for _ in range(WARM)]
        assert connected(server) == WARM
        before = resident(server.pid)
        kept += [connect(port, context) for _ in range(count)]
        there = connected(server)
        if there != WARM + count:
            sys.exit(f"the server has {there} connections, not {WARM + count}")
        print(round((resident(server.pid) - before) / count))
    finally:
        server.kill()
        server.wait()


main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
