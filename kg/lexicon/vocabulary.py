"""The vocabularies of ``ontology/vocabularies/`` as entries that can be looked up by any of their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.errors import VocabularyError
from kg.resources import ontology_dir

PP = "https://w3id.org/pharma-policy-kg/ontology#"
ID = "https://w3id.org/pharma-policy-kg/id/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = (f"{_SKOS}prefLabel", f"{_SKOS}altLabel", f"{_SKOS}hiddenLabel")
_CONTEXT = f"{PP}contextLabel"  # names that hold only inside a list of their kind: found by look-up, not in running text
_UP = (f"{_SKOS}broader", f"{PP}within")
_HAN = re.compile("[\u4e00-\u9fff]+")
_Values = dict[str, list[tuple[str, str]]]
_RANK = {"Country": 0, "Province": 1, "Prefecture": 2, "County": 3, "RegionGroup": 4}


def fold(name: str) -> str:
    """A name without case, width, blanks and marks, for comparing.

    >>> fold("PD－L1 抑制剂") == fold("pd-l1抑制剂")
    True
    """
    if _HAN.fullmatch(name):  # most names, and nothing to fold
        return name
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in text if c.isalnum() or c in "+αβγδκ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a vocabulary, with all its names and its ``extra`` values by local property name."""

    iri: str
    kind: str
    types: frozenset[str]
    label: str
    label_en: str
    names: tuple[str, ...]
    broader: tuple[str, ...] = ()
    notation: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    context_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All entries by IRI, and an index from kind and folded name."""

    entries: Mapping[str, Entry]
    _index: Mapping[tuple[str, str], tuple[str, ...]]

    def find(self, kind: str, name: str) -> tuple[Entry, ...]:
        """The entries of a kind that bear a name, in order of IRI; empty where none does."""
        return tuple(self.entries[iri] for iri in self._index.get((kind, fold(name)), ()))

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """The entries of one kind in order of IRI."""
        return (e for e in self.entries.values() if e.kind == kind)

    def above(self, iri: str) -> Iterator[Entry]:
        """The entries above one, nearest first."""
        seen = {iri}
        queue = list(self.entries[iri].broader) if iri in self.entries else []
        while queue:
            at = queue.pop(0)
            if at in seen or at not in self.entries:
                continue
            seen.add(at)
            yield self.entries[at]
            queue.extend(self.entries[at].broader)

    def within(self, iri: str, region: str) -> bool:
        """Whether a region is another one or lies in it."""
        return iri == region or any(e.iri == region for e in self.above(iri))

    def resolve_region(self, name: str, within: str | None = None) -> Entry | None:
        """The region that a name means in a document of the region ``within`` (a six-digit code).

        A homonym inside the jurisdiction wins; else the highest rank; else nothing, when two are alike.
        """
        found = list(self.find("region", name))
        if within and within != "100000":
            home = [e for e in found if self.within(e.iri, f"{ID}region/{within}")]
            found = home or [e for e in found if _rank(e) < 3 or _rank(e) == 4]
        found = [e for e in found if "abolished" not in e.extra] or found
        if not found:
            return None
        best = min(_rank(e) for e in found)
        found = [e for e in found if _rank(e) == best]
        full = [e for e in found if e.label == name]
        found = full or found
        return found[0] if len(found) == 1 else None


def _rank(entry: Entry) -> int:
    return min((_RANK[t] for t in entry.types if t in _RANK), default=5)


def parse(paths: Iterable[Path]) -> Vocabulary:
    """The vocabulary of Turtle files; raises `VocabularyError` with the file and place of a mistake."""
    facts: dict[str, _Values] = {}
    for path in paths:
        _read(path, facts)
    entries = {e.iri: e for iri in sorted(facts) if (e := _entry(iri, facts[iri])) is not None}
    index: dict[tuple[str, str], list[str]] = {}
    for e in entries.values():
        for name in dict.fromkeys(map(fold, (*e.names, *e.context_names))):
            index.setdefault((e.kind, name), []).append(e.iri)
    return Vocabulary(entries, {k: tuple(v) for k, v in index.items()})


def _read(path: Path, facts: dict[str, _Values]) -> None:
    """Adds what a file says, by subject and predicate: texts with their language, IRIs with "iri" for one."""
    from pyoxigraph import Literal, NamedNode, RdfFormat
    from pyoxigraph import parse as triples

    try:
        for triple in triples(path=str(path), format=RdfFormat.TURTLE):
            subject, value = triple.subject, triple.object
            if type(subject) is not NamedNode:
                continue
            if type(value) is Literal:
                found = (value.value, value.language or "")
            else:
                found = (value.value, "iri") if type(value) is NamedNode else ("", "iri")
            values = facts.setdefault(subject.value, {})
            predicate = triple.predicate.value
            if predicate in values:
                values[predicate].append(found)
            else:
                values[predicate] = [found]
    except (SyntaxError, OSError) as error:
        raise VocabularyError(f"{path}: {error}", hint="mend the Turtle") from error


def _entry(iri: str, values: _Values) -> Entry | None:
    kind, _, tail = iri[len(ID) :].partition("/")
    labels = values.get(_NAMES[0])
    if not labels or not iri.startswith(ID) or not tail or "/" in tail or kind == "scheme":
        return None
    by_language = {language: text for text, language in sorted(labels, reverse=True)}

    def texts(*predicates: str) -> list[str]:
        return [text for p in predicates if p in values for text, _ in values[p]]

    return Entry(
        iri=iri, kind=kind, types=frozenset(t[len(PP) :] for t in texts(_TYPE) if t.startswith(PP)),
        label=by_language.get("zh") or labels[0][0], label_en=by_language.get("en", ""),
        names=tuple(dict.fromkeys(texts(*_NAMES))), broader=tuple(sorted(texts(*_UP))),
        notation=next(iter(texts(f"{_SKOS}notation")), None), context_names=tuple(dict.fromkeys(texts(_CONTEXT))),
        extra={p[len(PP) :]: v[0][0] for p, v in values.items() if p.startswith(PP) and p not in _UP},
    )  # fmt: skip


def vocabulary_files() -> list[Path]:
    """The Turtle files of the shipped vocabularies, sorted."""
    return sorted((ontology_dir() / "vocabularies").glob("*.ttl"))


@cache
def load() -> Vocabulary:
    """The shipped vocabularies, read once a process."""
    return parse(vocabulary_files())
