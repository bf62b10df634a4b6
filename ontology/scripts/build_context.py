"""Writes ontology/context.jsonld, the published JSON-LD context, from the ontology. Run it after a term has changed."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.exports.context import context, dumped

HERE = Path(__file__).resolve().parents[1]


def main() -> None:
    """Writes the file."""
    quads = parse(path=str(HERE / "pharma-policy.ttl"), format=RdfFormat.TURTLE)
    (HERE / "context.jsonld").write_text(dumped(context(quads)), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
