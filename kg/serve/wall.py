"""Walls around a worker: no sockets, no more memory than allowed, no life beyond its parent's.

The guard of queries refuses ``SERVICE``; this is the second lock. On Linux the kernel then refuses the worker
every socket, by a seccomp filter (seccomp(2)), so that a query that got past the guard would reach nothing.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 1, 22, 38, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # EACCES
_IO_URING_SETUP = 425
_X32 = 0x40000000
# The architecture's name to the kernel (linux/audit.h), and its number of socket(2).
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


def die_with_parent() -> None:
    """The kernel ends this process when its parent ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limit_memory(megabytes: int) -> None:
    """No more private memory than this; allocation fails beyond it, and the worker ends."""
    size = megabytes << 20
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_sockets() -> bool:
    """Whether the kernel now refuses this process and all its threads to come any new socket."""
    known = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, socket = known
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (_LOAD, 0, 0, 4),
            (_EQUAL, 0, 5, architecture),
            (_LOAD, 0, 0, 0),
            (_AT_LEAST, 3, 0, _X32),
            (_EQUAL, 2, 0, socket),
            (_EQUAL, 1, 0, _IO_URING_SETUP),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        )
    )
    steps = ctypes.create_string_buffer(program, len(program))
    given = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(steps))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return (
        int(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(given, len(given)), 0, 0)) == 0
    )
