"""What goes wrong between a client and a broker, in words."""

from __future__ import annotations

import socket
import sys

from _websocket import WebSocketError

from .packet import CONNACK, ProtocolError, reason_text

# Return codes of CONNACK in MQTT 3.1.1, section 3.2.2.3.
_RETURN_CODES = {1: "unacceptable protocol version", 2: "client identifier rejected", 3: "server unavailable", 4: "bad user name or password",
                 5: "not authorized"}


# Reasons that DISCONNECT does not have (section 3.14.2.1): those of a CONNECT that is refused.
_OF_CONNACK = {0x84, 0x85, 0x86, 0x88, 0x8A, 0x8C}


def disconnect_reason(code: int) -> int:
    """The code as DISCONNECT may have it: protocol error in place of one that it may not."""
    return 0x82 if code in _OF_CONNACK else code


class MqttError(Exception):
    """Something failed. reason: the code of MQTT that the broker has given (or was given), None where the failure was not one of MQTT."""

    def __init__(self, text: str, reason: int | None = None) -> None:
        super().__init__(text)
        self.reason = reason


def refused(code: int, properties: dict[str, object], version: int) -> MqttError:
    """What a CONNACK means that says no."""
    text = _RETURN_CODES.get(code, f"return code {code}") if version < 5 else reason_text(code, CONNACK)
    return MqttError(f"the broker has refused the connection: {text}{_more(properties)}", code)


def failed(what: str, code: int, kind: int, properties: dict[str, object]) -> MqttError:
    """What a packet's reason code means. what: "publishing to 'a'", for example."""
    return MqttError(f"{what} failed: {reason_text(code, kind)}{_more(properties)}", code)


def _more(properties: dict[str, object]) -> str:
    words = [str(properties[name]) for name in ("reason_string", "server_reference") if name in properties]
    return f" ({'; '.join(words)})" if words else ""


def explain(error: BaseException, where: object) -> MqttError:
    """An MqttError for what a connection to `where` has failed with, which is its cause."""
    if isinstance(error, MqttError):
        return error
    made = MqttError(_words(error, where), error.reason if isinstance(error, ProtocolError) else None)
    made.__cause__ = error
    return made


def _words(error: BaseException, where: object) -> str:
    ssl = sys.modules.get("ssl")  # OpenSSL is loaded where TLS is used
    if ssl is not None and isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of {where} was refused: {error.verify_message}"
    if ssl is not None and isinstance(error, ssl.SSLError):
        return f"TLS with {where} failed: {error.reason or error}"
    if isinstance(error, socket.gaierror):
        return f"the name of {where} is not known: {error.strerror}"
    if isinstance(error, TimeoutError):
        return f"{where} does not answer"
    if isinstance(error, ConnectionRefusedError):
        return f"{where} refuses connections: is a broker running there?"
    if isinstance(error, ProtocolError):
        return f"{where} has broken the protocol: {error}"
    if isinstance(error, WebSocketError):
        return f"WebSocket with {where} failed: {error}"
    return f"the connection to {where} was lost: {error or type(error).__name__}"
