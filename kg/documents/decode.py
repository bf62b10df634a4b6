"""Bytes → text: byte-order mark, else strict UTF-8, else strict GB18030; never a guess."""

from __future__ import annotations

import codecs

from kg.errors import InputError

MAX_BYTES = 64 * 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, *, name: str = "document") -> str:
    """The text of ``data``, line ends as they stand; raises `InputError` where no encoding fits.

    >>> decode("江苏".encode("gb18030"))
    '江苏'
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name}: {len(data)} bytes", hint=f"split it; the limit is {MAX_BYTES} bytes a document"
        )
    encodings = [codec for mark, codec in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break  # a binary file that happens to decode
        if not text.strip():
            raise InputError(f"{name}: no text in it", hint="give a file with at least one sentence")
        return text
    raise InputError(f"{name}: neither UTF-8 nor GB18030 text", hint="save it as UTF-8 plain text")
