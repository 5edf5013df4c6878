"""Files that only save time, in a folder that only the user writes to.

A file is read only if it is the user's own, whole and unharmed; where there is none, the caller makes it anew. Nothing
here ever fails a run: a full or read-only disk means a run without.
"""
# pathlib would take longer to import than all that is done here.
# ruff: noqa: PTH103, PTH105, PTH108, PTH116, PTH117, PTH123

from __future__ import annotations

import functools
import os
import stat
import sys
import zlib

_SWITCH = "CSCHECK_NO_CACHE"
# The last character counts the versions of this header; numbers are in the machine's own byte order, so that a file
# from another kind of machine has a wrong length.
_MAGIC = b"cscheck1"
_HEADER = len(_MAGIC) + 3 * 8
_MAPPED = 1 << 18  # from this size on a file is mapped, not read


def disable() -> None:
    """Read and write nothing from now on, in this process and in those it starts."""
    os.environ[_SWITCH] = "1"


def is_enabled() -> bool:
    """Tell whether the cache may be used: ``CSCHECK_NO_CACHE`` is unset, empty or 0."""
    return os.environ.get(_SWITCH, "") in ("", "0")


def folder() -> str:
    """Give a folder that only the user writes to: the user's cache, or a new private one for this run.

    OSError where there is no place for either.
    """
    path = os.environ.get("CSCHECK_CACHE_DIR") or _users_own()
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        is_ours = _is_ours(os.stat(path))
    except OSError:
        is_ours = False
    return path if is_ours else _for_this_run()


def read(name: str) -> memoryview | None:
    """Give what was kept under ``name``; None if there is none, or none that can be trusted."""
    if not is_enabled():
        return None
    try:
        content = _content(f"{folder()}/{name}")
    except (OSError, ValueError):  # ValueError: it was cut short while being mapped
        return None
    if len(content) < _HEADER or content[: len(_MAGIC)] != _MAGIC:
        return None
    length, checked, checksum = content[len(_MAGIC) : _HEADER].cast("Q")
    payload = content[_HEADER:]
    if length != len(payload) or checksum != zlib.crc32(payload[:checked], zlib.crc32(content[: _HEADER - 8])):
        return None
    return payload


def write(name: str, payload: bytes, checked: int | None = None) -> None:
    """Keep ``payload`` under ``name``, for other processes all at once or not at all.

    Every ``read`` verifies the first ``checked`` bytes, or all of it: whoever keeps a large file to read little of it
    verifies the rest where it is read.
    """
    if not is_enabled():
        return
    checked = len(payload) if checked is None else checked
    header = _MAGIC + _number(len(payload)) + _number(checked)
    header += _number(zlib.crc32(memoryview(payload)[:checked], zlib.crc32(header)))
    try:
        path = f"{folder()}/{name}"
        spare = f"{path}.{os.getpid()}-{os.urandom(4).hex()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(spare, flags, 0o600)
    except OSError:
        return
    try:
        with open(descriptor, "wb") as file:
            file.write(header)
            file.write(payload)
        os.replace(spare, path)
    except BaseException as problem:
        _remove(spare)
        if not isinstance(problem, OSError):
            raise


def _number(number: int) -> bytes:
    return number.to_bytes(8, sys.byteorder)


def _content(path: str) -> memoryview:
    # Neither follow a link nor wait for a pipe.
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return memoryview(b"")
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    try:
        status = os.fstat(descriptor)
        if not _is_ours(status):
            return memoryview(b"")
        if status.st_size < _MAPPED:
            return memoryview(os.read(descriptor, status.st_size))
        import mmap

        return memoryview(mmap.mmap(descriptor, status.st_size, access=mmap.ACCESS_READ))
    finally:
        os.close(descriptor)


def _is_ours(status: os.stat_result) -> bool:
    # On Windows the modes say nothing, and the user's profile is closed to others.
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _users_own() -> str:
    from cscheck.folders import user_folder

    path = str(user_folder("cache"))
    # "~/.cache" where the user has no home.
    return path if os.path.isabs(path) else _for_this_run()


@functools.cache
def _for_this_run() -> str:
    import atexit
    import shutil
    import tempfile

    path = tempfile.mkdtemp(prefix="cscheck-")
    maker = os.getpid()

    def clear() -> None:
        # A forked worker must not take away what the others still use.
        if os.getpid() == maker:
            shutil.rmtree(path, ignore_errors=True)

    atexit.register(clear)
    return path


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
