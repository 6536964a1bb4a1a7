"""A relay between the sender and a broker, which notes what the broker acknowledges, by the bytes that go over the line."""
# SPDX-License-Identifier: MIT
import socket
import threading

import pipeline
from mqtt.packet import PUBACK, PUBLISH, Decoder, ProtocolError


class Witness:
    """Listens at `port`, and relays to the broker's."""

    def __init__(self, broker: int) -> None:
        self.acknowledged: set[int] = set()  # sequences
        self._broker = broker
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            near, _ = self._server.accept()
            try:
                far = socket.create_connection(("127.0.0.1", self._broker))
            except OSError:
                near.close()
                continue
            line = _Line(self, near, far)
            for work in (line.forth, line.back):
                threading.Thread(target=line.relay, args=work, daemon=True).start()


class _Line:
    """One connection."""

    def __init__(self, witness: Witness, near: socket.socket, far: socket.socket) -> None:
        self._witness = witness
        self._sent: dict[int, int] = {}  # sequence by packet identifier
        self.forth = (near, far, Decoder(), self._published)
        self.back = (far, near, Decoder(5), self._answered)

    def relay(self, source: socket.socket, target: socket.socket, decoder: Decoder, note) -> None:
        try:
            while data := source.recv(65536):
                for packet in decoder.feed(data):
                    note(packet)
                target.sendall(data)
        except (OSError, ProtocolError):
            pass
        finally:
            for end in (source, target):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def _published(self, packet) -> None:
        if packet.kind == PUBLISH:
            self._sent[packet.packet_id] = pipeline.decode(packet.payload)[0].sequence

    def _answered(self, packet) -> None:
        if packet.kind == PUBACK and packet.reason < 0x80 and packet.packet_id in self._sent:
            self._witness.acknowledged.add(self._sent[packet.packet_id])
