# needs: ssl openssl
"""Module ssl against the command openssl: s_server and s_client."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "_certs"))
import socket
import ssl
import subprocess
import time
from pair import client, path, server, text

QUIET = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return sock.getsockname()[1]


def to_command(name, context, host="localhost", *options):
    """Connect to s_server, which answers each line backwards."""
    port = free_port()
    with subprocess.Popen(["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-cert", path(name + ".pem"), "-key", path(name + ".pem"), "-rev",
                           "-quiet", *options], **QUIET) as process:
        try:
            for _ in range(100):
                try:
                    sock = socket.create_connection(("127.0.0.1", port))
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            with context.wrap_socket(sock, server_hostname=host) as tls:
                tls.sendall(b"a line for the command\n")
                print(name, tls.version(), tls.recv(100))
        except ssl.SSLError as error:
            print(name, text(error))
        finally:
            process.kill()


def from_command(context, *options):
    """Let s_client connect; it says whether it has verified the certificate."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with subprocess.Popen(["openssl", "s_client", "-connect", "127.0.0.1:%d" % listener.getsockname()[1], "-servername", "localhost", "-verify_hostname",
                               "localhost", "-CAfile", path("authority.pem"), "-verify_return_error", *options], **QUIET) as process:
            try:
                sock = listener.accept()[0]
                sock.settimeout(10)
                with context.wrap_socket(sock, server_side=True) as tls:
                    tls.sendall(b"from the server\n")
                    process.stdin.write(b"from the command\n")
                    process.stdin.flush()
                    print(tls.version(), tls.recv(100), tls.getpeercert() and tls.getpeercert()["subject"][0])
                    tls.unwrap()
            except OSError as error:
                print(type(error).__name__, getattr(error, "reason", None))
            out = process.communicate()[0].decode(errors="replace")
            print([line.strip() for line in out.splitlines() if "Verify return code" in line][:1], "from the server" in out)


to_command("server", client())
to_command("server", client(), "localhost", "-tls1_2")
to_command("expired", client())
to_command("other", client())
to_command("unknown", client())
old = client()
to_command("server", old, "localhost", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
from_command(server())
from_command(server(), "-tls1_2")
from_command(server("expired"))
asks = server()
asks.verify_mode = ssl.CERT_REQUIRED
asks.load_verify_locations(path("authority.pem"))
from_command(asks, "-cert", path("client.pem"), "-key", path("client.pem"), "-tls1_2")
from_command(asks, "-tls1_2")
