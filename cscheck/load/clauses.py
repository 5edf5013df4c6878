"""Read clause files: a document, and what each of its clauses asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cscheck.clause import BASIS_KINDS, Basis, Clause
from cscheck.yamlfile import Value

CLAUSE_FIELDS = ("document", "document-en", "kind", "version", "source", "clauses")


def read_clauses(value: Value) -> Iterator[tuple[Value, Clause]]:
    """Read the clauses of one document, each with the place of its id."""
    fields = value.fields(CLAUSE_FIELDS, required=("document", "clauses"))
    document = fields["document"].text()
    for key, asked in fields["clauses"].pairs().values():
        texts = asked.fields(("asks", "asks-en"), required=("asks",))
        asks = texts["asks"].text()
        yield (
            key,
            Clause(
                id=key.text(),
                document=document,
                document_en=_text(fields, "document-en", document),
                asks=asks,
                asks_en=_text(texts, "asks-en", asks),
                kind=fields["kind"].choice({name: name for name in BASIS_KINDS}) if "kind" in fields else "house",
                version=_text(fields, "version", ""),
            ),
        )


def read_basis(value: Value, clauses: Mapping[str, Clause]) -> tuple[Basis, ...]:
    """Read on what a rule, an act or a scene rests: clauses by id, or with their kind and version written out.

    Where the packs that are loaded write clauses down, an id has to be one of them.
    """
    return tuple(_basis(item, clauses) for item in value.items())


def _basis(value: Value, clauses: Mapping[str, Clause]) -> Basis:
    if value.is_text:
        if clauses and value.text() not in clauses:
            value.fail(
                f"没有编号为“{value.text()}”的条款",
                "cscheck rules list --by-clause 里的编号，或 {clause: 规范名称第几条, kind: house}",
            )
        return Basis(value.text())
    fields = value.fields(("clause", "kind", "version"), required=("clause", "kind"))
    kind = fields["kind"].choice({name: name for name in BASIS_KINDS})
    return Basis(fields["clause"].text(), kind, _text(fields, "version", ""))


def _text(fields: Mapping[str, Value], name: str, otherwise: str) -> str:
    return fields[name].text() if name in fields else otherwise
