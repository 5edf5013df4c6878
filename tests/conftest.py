"""Shared by all tests: the shipped packs, loaded once."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest
from hypothesis import settings

from cscheck.checker import Checker
from cscheck.load.packs import load_packs
from cscheck.pack import RuleSet

# No test asks how long a thing took: machines differ.
settings.register_profile("cscheck", deadline=None)
settings.load_profile("cscheck")


def pytest_configure(config: pytest.Config) -> None:
    """Give all processes of a run one cache of their own."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["CSCHECK_CACHE_DIR"] = tempfile.mkdtemp(prefix="cscheck-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take it away again."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(os.environ.pop("CSCHECK_CACHE_DIR", ""), ignore_errors=True)


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
