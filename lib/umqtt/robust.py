"""MicroPython's umqtt.robust: umqtt.simple that connects again when the connection is lost, makes its subscriptions again, and goes on.

What is different from there: it gives up after TRIES attempts, with the last error, and waits longer between them each time; subscriptions are
kept; what the broker refuses for good (MQTTException) is raised at once.
"""

from __future__ import annotations

import time
from typing import Any

from . import simple
from .simple import MQTTException

__all__ = ["MQTTClient", "MQTTException"]


class MQTTClient(simple.MQTTClient):
    """DELAY: seconds before the second attempt, doubled each time up to DELAY_MAX. TRIES: attempts. DEBUG: print what is lost and tried."""

    DELAY = 2.0
    DELAY_MAX = 60.0
    TRIES = 20
    DEBUG = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._clean = True
        self._subscriptions: dict[str, int] = {}

    def delay(self, i: int) -> None:
        """Waits before attempt number i, from 1 on."""
        time.sleep(min(self.DELAY * 2 ** (i - 1), self.DELAY_MAX))

    def log(self, in_reconnect: bool, e: Exception) -> None:
        """Says what happened, where DEBUG is set."""
        if self.DEBUG:
            print("mqtt reconnect:" if in_reconnect else "mqtt:", e)

    def connect(self, clean_session: bool = True, timeout: float | None = None) -> bool:
        """As in umqtt.simple; later losses are mended with the same clean_session."""
        self._clean = clean_session
        return super().connect(clean_session, timeout)

    def reconnect(self) -> bool:
        """Connects again, and subscribes where the broker has no session. OSError: TRIES attempts have failed."""
        for i in range(1, self.TRIES + 1):
            try:
                present = super().connect(self._clean)
                if not present:
                    for topic, qos in self._subscriptions.items():
                        super().subscribe(topic, qos)
                return present
            except OSError as e:
                self.log(True, e)
                if i == self.TRIES:
                    raise
                self.delay(i)
        raise ValueError(f"TRIES: 1 or more is expected, not {self.TRIES}")

    def _again(self, work: Any, *arguments: Any) -> Any:
        while True:
            try:
                return work(*arguments)
            except OSError as e:
                self.log(False, e)
            self.reconnect()

    def publish(self, topic: bytes | str, msg: bytes | str, retain: bool = False, qos: int = 0) -> None:
        """As in umqtt.simple, over as many connections as it takes: with QoS 1 and 2 a message may arrive twice."""
        self._again(super().publish, topic, msg, retain, qos)

    def subscribe(self, topic: bytes | str, qos: int = 0) -> None:
        """As in umqtt.simple; the subscription outlives the connection."""
        self._again(super().subscribe, topic, qos)
        self._subscriptions[simple._text(topic)] = qos

    def wait_msg(self) -> None:
        """As in umqtt.simple, over as many connections as it takes."""
        self._again(super().wait_msg)

    def check_msg(self) -> None:
        """As in umqtt.simple; a lost connection is made again, which may take long."""
        self._again(super().check_msg)
