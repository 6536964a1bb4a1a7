"""Readings that are never lost: a durable queue on disk, and sinks (MQTT, HTTP, a file, a store) that get every reading in order.

Pipeline.put() returns when the reading is on disk. Each reading has a key (device, stream, sequence) that survives restarts, by which receivers
refuse what comes twice. See docs/pipeline.md.
"""

from ._pipeline import Pipeline
from ._queue import Queue
from ._record import Gap, Record, clock_jump, decode
from .sinks import FileSink, HttpSink, MqttSink, Refused, Sink, StoreSink

__all__ = ("FileSink", "Gap", "HttpSink", "MqttSink", "Pipeline", "Queue", "Record", "Refused", "Sink", "StoreSink", "clock_jump", "decode")
