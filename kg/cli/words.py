"""What the commands say of themselves, in Chinese and English; ``KG_LANG`` (zh or en) picks one."""

from __future__ import annotations

import os


def language() -> str:
    """The language that is asked for: ``zh``, ``en``, or empty for both."""
    asked = os.environ.get("KG_LANG", "")[:2].lower()
    return asked if asked in ("zh", "en") else ""


def say(zh: str, en: str, *, between: str = " ") -> str:
    """A text in the language that is asked for, or in both, Chinese first.

    >>> os.environ.pop("KG_LANG", None) and None
    >>> say("存储", "store")
    '存储 store'
    """
    return {"zh": zh, "en": en}.get(language(), f"{zh}{between}{en}")


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its English noun.

    >>> counted(1, "document"), counted(2, "document"), counted(0, "query", "queries")
    ('1 document', '2 documents', '0 queries')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {many or noun + 's'}"


def helping(zh: str, en: str) -> str:
    """The help of a command or an option: a line a language."""
    return say(zh, en, between="\n")


def main_language() -> str:
    """The language of labels: English only where it is asked for."""
    return "en" if language() == "en" else "zh"
