"""Clauses: what a written standard asks for, one by one, so that rules and acts can say on what they rest."""

from __future__ import annotations

from cscheck.values import dataclass

BASIS_KINDS = ("house", "platform", "guidance", "statute")


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause that a rule rests on: house standard, platform rule, guidance or statute, with its text version."""

    clause: str
    kind: str = "house"
    version: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a document, in short: ``asks`` is what it wants; ``kind`` and ``version`` are the document's."""

    id: str
    document: str
    document_en: str
    asks: str
    asks_en: str
    kind: str
    version: str = ""
