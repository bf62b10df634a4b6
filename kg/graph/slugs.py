"""Readable, deterministic names for IRIs: pinyin with a short hash that keeps homophones apart."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from kg.graph.pinyin import syllables
from kg.namespaces import thing

_LIMIT = 60
_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
_ASCII_RUN = re.compile(r"[a-z0-9]+")
_SPACE_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


@lru_cache(maxsize=65536)
def tidy(name: str) -> str:
    """A name as it is shown: full-width letters and digits made plain, stray blanks gone.

    One tidied name is one identity, so that a thing has one label however a document breaks its lines.

    >>> tidy("ＰＤ－１ 抑 制\\n剂"), tidy("single  cell")
    ('PD-1抑制剂', 'single cell')
    """
    plain = "".join(
        unicodedata.normalize("NFKC", c) if ("０" <= c <= "ｚ" and c.isalnum()) or c in "－＋％" else c
        for c in unicodedata.normalize("NFC", name)
    )
    return _SPACE_BESIDE_HAN.sub("", re.sub(r"\s+", " ", plain)).strip() or name


def slug(name: str) -> str:
    """The pinyin of a name, syllables joined by hyphens; ASCII runs lower-cased, all else dropped.

    >>> slug("抗体药物"), slug("PCSK9抑制剂"), slug("（）")
    ('kang-ti-yao-wu', 'pcsk9-yi-zhi-ji', '')
    """
    return "-".join(run for part in syllables(name) for run in _ASCII_RUN.findall(part.lower()))


def short(digest_of: str, length: int) -> str:
    """The first hexadecimal digits of the SHA-256 of a text."""
    return sha256(digest_of.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@lru_cache(maxsize=65536)
def own_slug(name: str, scope: str = "") -> str:
    """The slug of a thing that is only known from documents: always with a hash of name and scope.

    台州 and 泰州 have one pinyin, so the pinyin alone would merge them. The hash is longer where the
    readable part was cut or is empty, since it then has more to tell apart.

    >>> own_slug("台州医药港") == own_slug("泰州医药港")
    False
    >>> own_slug("台州医药港", "330000").startswith("tai-zhou-yi-yao-gang-")
    True
    """
    name = tidy(name)
    whole = slug(name)
    readable = whole
    if len(whole) > _LIMIT:
        readable = whole[: _LIMIT + 1].rpartition("-")[0] or whole[:_LIMIT]
    mark = short(f"{name}|{scope}", 4 if readable and readable == whole else 8)
    return f"{readable}-{mark}" if readable else mark


def own_iri(kind: str, name: str, scope: str = "") -> str:
    """The IRI of a thing that is only known from documents.

    >>> own_iri("field", "纳米抗体").rpartition("-")[0].rpartition("/")[2]
    'na-mi-kang-ti'
    """
    return thing(kind, own_slug(name, scope))


def document_slug(doc: str) -> str:
    """The slug of a document's id: the id itself where it is plain, else pinyin and a hash.

    >>> document_slug("zhejiang-2016-2020")
    'zhejiang-2016-2020'
    >>> document_slug("浙江 规划").startswith("zhe-jiang-gui-hua-")
    True
    """
    if len(doc) <= 80 and _SAFE.fullmatch(doc):
        return doc
    readable = slug(doc)[:_LIMIT].strip("-")
    return f"{readable}-{short(doc, 8)}" if readable else short(doc, 8)


def document_iri(doc: str) -> str:
    """The IRI of a document, which is the name of its graph too."""
    return thing("document", document_slug(doc))


def section_iri(doc: str, section: str) -> str:
    """The IRI of a section under its document.

    >>> section_iri("demo", "3.1.2").endswith("id/document/demo/section/3.1.2")
    True
    """
    tail = section if _SAFE.fullmatch(section) else own_slug(section)
    return f"{document_iri(doc)}/section/{tail}"


def content_hash(parts: Iterable[object]) -> str:
    """Sixteen hexadecimal digits that stand for JSON-able content: a fact, a target, a statistic."""
    return short(json.dumps(list(parts), ensure_ascii=False, separators=(",", ":")), 16)
