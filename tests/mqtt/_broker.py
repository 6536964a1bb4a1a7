"""A mosquitto of a test's own, on loopback ports that nobody else has, in a temporary folder."""
# SPDX-License-Identifier: MIT
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PROGRAM = shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def certificates(folder):
    """ca, server (localhost, 127.0.0.1), client and other_ca: NAME.pem and NAME.key in the folder."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    for name in ("ca", "other_ca"):
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem",
                "-subj", f"/CN={name}", "-days", "3650")
    with open(os.path.join(folder, "names"), "w") as f:
        f.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    for name in ("server", "client"):
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", f"{name}.pem", "-days", "3650",
                "-extfile", "names")


class Mosquitto:
    """with Mosquitto() as broker: broker.port is open. lines: more of its configuration, "{folder}" is its folder; listeners: names of further ports."""

    def __init__(self, lines="", listeners=(), anonymous=True, setup=None):
        self.folder = tempfile.mkdtemp(prefix="krait-mqtt-")
        self.port = free_port()
        self.ports = {name: free_port() for name in listeners}
        if setup is not None:
            setup(self.folder)
        with open(os.path.join(self.folder, "conf"), "w") as f:
            f.write(("" if os.getuid() else "user root\n") + f"allow_anonymous {str(anonymous).lower()}\npersistence true\npersistence_location {self.folder}/\nmax_queued_messages 0\n"
                    f"listener {self.port} 127.0.0.1\n" + lines.format(folder=self.folder, **self.ports) + "\n")
        self.process = None

    def start(self):
        with open(os.path.join(self.folder, "log"), "a") as log:
            command = [PROGRAM, "-c", os.path.join(self.folder, "conf")]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for port in (self.port, *self.ports.values()):
            self._wait(port)

    def _wait(self, port):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.01)
        with open(os.path.join(self.folder, "log")) as f:
            raise RuntimeError("mosquitto does not start: " + f.read())

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
