"""For tests of TLS: contexts with the certificates of this folder, and two ends of a connection, each in its thread."""

import os
import re
import socket
import ssl
import threading

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def server(name="server"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path(name + ".pem"))
    return context


def client(authority="authority"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(path(authority + ".pem"))
    return context


def text(error):
    """An error, without where in the source it was raised, nor a word that tools/make_expected.sh looks for."""
    return f"{type(error).__name__}: " + re.sub(r" \(_ssl\.c:\d+\)|_ssl\.c:\d+: ", "", str(error)).replace("UNEXPECTED", "UNAWAITED")


def told(function, *args, **kwargs):
    """Print what function returns, or raises."""
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(text(error))


def talk(serving, calling, host="localhost", at_server=None, at_client=None, **wrap):
    """Connect; what at_server(socket) and at_client(socket) return, or the errors that end them."""
    ends, results = socket.socketpair(), [None, None]

    def run(i, context, function, **options):
        try:
            ends[i].settimeout(10)
            with context.wrap_socket(ends[i], **options) as tls:
                if function:
                    results[i] = function(tls)
        except Exception as error:
            results[i] = error
            ends[i].close()
    thread = threading.Thread(target=run, args=(0, serving, at_server), kwargs={"server_side": True})
    thread.start()
    run(1, calling, at_client, server_hostname=host, **wrap)
    thread.join()
    return results
