"""Numbers of the event loop. Tests change some of them."""

import enum

LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5  # writes to a lost connection before they are logged
ACCEPT_RETRY_DELAY = 1  # seconds, when the system has no descriptors left
DEBUG_STACK_DEPTH = 10  # entries that debug mode remembers
SSL_HANDSHAKE_TIMEOUT = 60.0  # seconds
SSL_SHUTDOWN_TIMEOUT = 30.0  # seconds
SENDFILE_FALLBACK_READBUFFER_SIZE = 1024 * 256  # bytes
FLOW_CONTROL_HIGH_WATER_SSL_READ = 256  # KB
FLOW_CONTROL_HIGH_WATER_SSL_WRITE = 512  # KB
THREAD_JOIN_TIMEOUT = 300  # seconds


class _SendfileMode(enum.Enum):
    """What a transport can do for sendfile()."""

    UNSUPPORTED = enum.auto()
    TRY_NATIVE = enum.auto()
    FALLBACK = enum.auto()
