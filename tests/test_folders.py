"""The user's own folders, as platformdirs knows them."""

from __future__ import annotations

from typing import Literal

import platformdirs
import pytest

from cscheck.folders import user_folder

KINDS = {"config": platformdirs.user_config_dir, "cache": platformdirs.user_cache_dir}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("given", [None, "", "/tmp/elsewhere"])
def test_the_folders_are_those_of_the_platform(
    kind: Literal["config", "cache"], given: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"XDG_{kind.upper()}_HOME"
    if given is None:
        monkeypatch.delenv(name, raising=False)
    else:
        monkeypatch.setenv(name, given)
    assert str(user_folder(kind)) == KINDS[kind]("cscheck", appauthor=False)
