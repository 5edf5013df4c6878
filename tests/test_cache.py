"""Only what is the user's own, whole and unharmed is read from the cache; nothing about it ever fails a run."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cscheck import cache

ROOT = Path(__file__).parent.parent
SMALL, LARGE = "好".encode() * 50, bytes(range(256)) * 2048
posix = pytest.mark.skipif(os.name == "nt", reason="asks for modes and owners")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("CSCHECK_CACHE_DIR", str(folder))
    return folder


def spawn(code: str, **environment: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    run = [sys.executable, "-c", code]
    return subprocess.run(run, env=env, capture_output=True, text=True, encoding="utf-8", check=True).stdout.strip()


@pytest.mark.parametrize("payload", [b"", b"x", SMALL, LARGE])
def test_what_is_written_is_read(payload: bytes) -> None:
    assert cache.read("it") is None
    cache.write("it", payload)
    assert cache.read("it") == payload
    cache.write("it", payload[::-1])
    assert cache.read("it") == payload[::-1]


@posix
def test_only_the_user_may_look(folder: Path) -> None:
    before = os.umask(0)
    try:
        cache.write("it", SMALL)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "it").stat().st_mode) == 0o600


@pytest.mark.parametrize("payload", [SMALL, LARGE])
def test_a_damaged_file_is_not_read(folder: Path, payload: bytes) -> None:
    cache.write("it", payload)
    whole = (folder / "it").read_bytes()
    for place in (0, 7, 8, 16, 24, 31, 32, len(whole) // 2, len(whole) - 1):
        (folder / "it").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.read("it") is None, place
    for part in (b"", whole[:5], whole[:32], whole[:-1], whole + b"\0", bytes(len(whole))):
        (folder / "it").write_bytes(part)
        assert cache.read("it") is None, len(part)
    (folder / "it").write_bytes(whole)
    assert cache.read("it") == payload


def test_what_its_reader_verifies_is_not_verified_twice(folder: Path) -> None:
    cache.write("it", LARGE, checked=100)
    whole = (folder / "it").read_bytes()
    (folder / "it").write_bytes(whole[:-1] + b"!")
    assert cache.read("it") == LARGE[:-1] + b"!"
    (folder / "it").write_bytes(whole[:40] + b"!" + whole[41:])
    assert cache.read("it") is None


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_may_write_is_not_read(folder: Path, mode: int) -> None:
    cache.write("it", SMALL)
    (folder / "it").chmod(mode)
    assert cache.read("it") is None
    cache.write("it", SMALL)
    assert cache.read("it") == SMALL


@posix
def test_what_another_user_wrote_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write("it", SMALL)
    monkeypatch.setattr(cache, "folder", lambda: str(folder))
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert cache.read("it") is None


@posix
def test_links_pipes_and_folders_are_not_read(folder: Path, tmp_path: Path) -> None:
    cache.write("it", SMALL)
    (folder / "it").rename(tmp_path / "elsewhere")
    (folder / "it").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    for name in ("it", "pipe", "folder"):
        assert cache.read(name) is None
    cache.write("it", LARGE)
    assert cache.read("it") == LARGE
    assert (tmp_path / "elsewhere").stat().st_size < len(LARGE)


@posix
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_to_is_left_alone(folder: Path, tmp_path: Path, mode: int) -> None:
    cache.write("it", SMALL)
    folder.chmod(mode)
    code = (
        "from cscheck import cache\n"
        f"assert cache.folder() != {str(folder)!r} and cache.read('it') is None\n"
        "cache.write('it', b'new')\n"
        "assert cache.read('it') == b'new'\n"
        "import os\nprint(cache.folder(), oct(os.stat(cache.folder()).st_mode & 0o777))"
    )
    (tmp_path / "temporary").mkdir()
    used, its_mode = spawn(code, TMPDIR=str(tmp_path / "temporary")).split()
    assert (Path(used).parent, its_mode) == (tmp_path / "temporary", "0o700")
    assert not Path(used).exists()
    assert [file.name for file in folder.iterdir()] == ["it"]


@posix
def test_a_forked_worker_leaves_the_folder_of_this_run(folder: Path) -> None:
    folder.write_text("no folder", encoding="utf-8")
    code = (
        "import os, sys\nfrom cscheck import cache\n"
        "cache.write('it', b'kept')\n"
        "child = os.fork()\n"
        "if not child:\n    sys.exit()\n"
        "os.waitpid(child, 0)\n"
        "print(bytes(cache.read('it')))"
    )
    assert spawn(code) == "b'kept'"


def test_no_folder_at_all_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def folder() -> str:
        raise FileNotFoundError("no usable temporary directory")

    monkeypatch.setattr(cache, "folder", folder)
    cache.write("it", SMALL)
    assert cache.read("it") is None


@pytest.mark.parametrize("name", ["open", "replace"])
def test_a_full_or_read_only_disk_is_no_failure(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    cache.write("it", SMALL)

    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        cache.write("it", LARGE)
    assert cache.read("it") == SMALL
    assert [file.name for file in folder.iterdir()] == ["it"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_read(folder: Path) -> None:
    cache.write("it", SMALL)
    folder.chmod(0o500)
    cache.write("it", LARGE)
    assert cache.read("it") == SMALL
    folder.chmod(0o700)


def test_an_interrupted_write_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        cache.write("it", SMALL)
    assert list(folder.iterdir()) == []


def test_of_several_writers_one_wins_and_no_reader_sees_a_part(folder: Path) -> None:
    payloads = [bytes([number]) * 300_000 for number in range(6)]
    seen: list[bytes | None] = []

    def work(payload: bytes) -> None:
        for _ in range(20):
            cache.write("it", payload)
            found = cache.read("it")
            seen.append(None if found is None else bytes(found))

    threads = [threading.Thread(target=work, args=[payload]) for payload in payloads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 120
    assert set(seen) <= set(payloads)
    assert [file.name for file in folder.iterdir()] == ["it"]


def test_switched_off_nothing_is_read_or_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write("it", SMALL)
    monkeypatch.setenv("CSCHECK_NO_CACHE", "0")
    assert cache.is_enabled()
    cache.disable()
    assert not cache.is_enabled()
    cache.write("other", SMALL)
    assert cache.read("it") is None
    assert [file.name for file in folder.iterdir()] == ["it"]
    # The processes it starts keep to it.
    assert spawn("from cscheck import cache; print(cache.is_enabled(), cache.read('it'))") == "False None"
    monkeypatch.setenv("CSCHECK_NO_CACHE", "")
    assert cache.read("it") == SMALL


@posix
def test_the_platforms_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSCHECK_CACHE_DIR")
    monkeypatch.setattr("cscheck.folders.user_folder", lambda _: tmp_path / "user" / "cscheck")
    assert cache.folder() == str(tmp_path / "user" / "cscheck")
    monkeypatch.setattr("cscheck.folders.user_folder", lambda _: Path("~/.cache/cscheck"))
    monkeypatch.setattr(cache, "_for_this_run", lambda: str(tmp_path / "private"))
    assert cache.folder() == str(tmp_path / "private")


def test_to_import_and_read_it_takes_little() -> None:
    cache.write("it", LARGE)
    code = (
        "import sys\nbefore = set(sys.modules)\n"
        "from cscheck import cache\nassert cache.read('it')\n"
        "new = set(sys.modules) - before\n"
        "print(sorted(new & {'dataclasses', 'logging', 'pathlib', 'platformdirs', 're', 'tempfile', 'typing'}))"
    )
    assert spawn(code) == "[]"
