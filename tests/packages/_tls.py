"""An authority of the test's own, and a certificate of it for localhost."""

import os
import subprocess


def make(folder):
    """Write ca.pem, server.pem and server.key into folder, and stranger.pem of an authority that has nothing to do with them."""
    def openssl(*args):
        subprocess.run(["openssl", *args], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    with open(os.path.join(folder, "server.ext"), "w") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    for name in ("ca", "stranger"):
        openssl("req", "-x509", *key, "-days", "2", "-subj", f"/CN=Authority {name}", "-keyout", f"{name}.key", "-out", f"{name}.pem",
                "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", *key, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
    openssl("x509", "-req", "-in", "server.csr", "-days", "2", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-extfile", "server.ext", "-out", "server.pem")
