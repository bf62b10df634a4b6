"""One tree of errors; each message names the place and says what to do.

KgError                 anything that the user can mend: exit status 2
├── InputError          a document or manifest cannot be read
├── VocabularyError     a file of ``ontology/`` is not what the loader expects
├── StoreError          the store is missing, locked or of another version
├── QueryError          a SPARQL query or a parameter is wrong
├── LookupFailed        a name fits nothing, or more than one thing
│   └── Ambiguous       the same, with the things that may be meant (`kg.graph.lookup`)
├── SiteError           the folder of the site cannot be written
├── NpmError            npm is missing, or could not fetch what a page needs
├── ExportError         an export cannot be written where it was asked for
├── ServeError          the endpoint cannot be started
├── MissingExtra        an optional dependency is not installed
└── Told                any of these as a cell of Jupyter shows it (`kg.notebook.magic`)

Messages are in English; ``kg/cli/messages.toml`` has each of them in Chinese for the command line, and a test asks
for a line there for every new one.
"""

from __future__ import annotations


class KgError(Exception):
    """A mistake that its reader can mend; ``str(error)`` is one clear line.

    >>> str(KgError("plan.txt: empty", hint="give a text of at least one sentence"))
    'plan.txt: empty — give a text of at least one sentence'
    """

    def __init__(self, problem: str, *, hint: str = "") -> None:
        self.problem = problem
        self.hint = hint
        super().__init__(f"{problem} — {hint}" if hint else problem)


class InputError(KgError):
    """A document or manifest cannot be read."""


class VocabularyError(KgError):
    """A vocabulary file does not hold what the loader expects."""


class StoreError(KgError):
    """The store is missing, locked, or of another version."""


class QueryError(KgError):
    """A query or one of its parameters is wrong."""


class LookupFailed(KgError):
    """A name fits nothing, or more than one thing."""


class SiteError(KgError):
    """The folder of the site cannot be written."""


class NpmError(KgError):
    """npm is missing, or could not fetch the packages."""


class ExportError(KgError):
    """An export cannot be written where it was asked for."""


class ServeError(KgError):
    """The endpoint cannot be started."""


class MissingExtra(KgError):
    """An optional dependency is not installed.

    >>> str(MissingExtra("pandas", extra="notebook"))
    "pandas is not installed — pip install 'pharma-policy-kg[notebook]'"
    """

    def __init__(self, package: str, *, extra: str) -> None:
        super().__init__(f"{package} is not installed", hint=f"pip install 'pharma-policy-kg[{extra}]'")
