"""What the process has used (getrusage) and what it may use (getrlimit, setrlimit, prlimit)."""

from _resource import *
from _resource import _usage
from os import _Sequence

error = OSError


class struct_rusage(_Sequence):
    """What a process has used: processor time in seconds, the most memory in KB (ru_maxrss), and how often it waited for what."""

    __slots__ = ()
    _fields = ("ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss", "ru_isrss", "ru_minflt", "ru_majflt", "ru_nswap", "ru_inblock",
               "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw", "ru_nivcsw")


def getrusage(who, /):
    """What was used by this process (RUSAGE_SELF), its children that have ended (RUSAGE_CHILDREN), this thread (RUSAGE_THREAD)."""
    return struct_rusage(_usage(who))
