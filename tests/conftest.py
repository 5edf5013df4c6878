"""Shared by all tests: the shipped packs, loaded once."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from cscheck.checker import Checker
from cscheck.load.packs import load_packs
from cscheck.pack import RuleSet

# No test asks how long a thing took: machines differ.
settings.register_profile("cscheck", deadline=None)
settings.load_profile("cscheck")


@pytest.fixture(scope="session")
def ruleset() -> RuleSet:
    return load_packs()


@pytest.fixture(scope="session")
def checker() -> Checker:
    return Checker()


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the user's own configuration and environment out of the tests."""
    for name in list(os.environ):
        if name.startswith("CSCHECK_") and name != "CSCHECK_CACHE_DIR":
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))
