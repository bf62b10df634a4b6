"""What a question found: rows of Python values that show, convert and draw themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from pyoxigraph import NamedNode

from kg.notebook.cells import Quote, quote_columns, text, value
from kg.notebook.columns import known

if TYPE_CHECKING:
    import pandas
    import polars

    from kg.graph.store import Answer, GraphStore
    from kg.notebook.chart import Chart
    from kg.notebook.pictures import Picture

Row = Mapping[str, Any]
_LABEL = "Label"


class Result(Sequence[Row]):
    """Rows in order, each a mapping from column to value; columns of IRIs hold texts, quotes are `Quote`.

    In Jupyter it is a table in which a quote opens to its place in the document. An ``ASK`` query gives one row
    with the column ``answer``, ``CONSTRUCT`` gives ``subject predicate object``.

    >>> found = Result(["city", "clusters"], [["苏州", 3], ["泰州", 1]])
    >>> len(found), found[0]["city"], found.columns, found["clusters"]
    (2, '苏州', ('city', 'clusters'), [3, 1])
    """

    def __init__(
        self, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, graph: GraphStore | None = None,
        iris: Iterable[str] = (), shown: Sequence[str] = (), title: str = "", language: str = "zh",
    ) -> None:  # fmt: skip
        self.columns = tuple(columns)
        self._rows = tuple(tuple(row) for row in rows)
        self.graph = graph
        self._shown = tuple(c for c in shown if c in self.columns)
        self.iris = frozenset(iris)
        self.title = title
        self.language = language

    @classmethod
    def of(
        cls, answer: Answer, *, graph: GraphStore | None = None, shown: Sequence[str] = (), title: str = "",
        language: str = "zh",
    ) -> Result:  # fmt: skip
        """The result of a query's answer.

        >>> from kg.graph.store import GraphStore
        >>> Result.of(GraphStore.in_memory([]).query("ASK {}"))["answer"]
        [True]
        """
        if answer.truth is not None:
            return cls(("answer",), [(answer.truth,)], graph=graph, title=title, language=language)
        columns = answer.variables
        terms: Sequence[Sequence[Any]] = answer.rows
        if answer.triples is not None:
            columns = ("subject", "predicate", "object")
            terms = [(t.subject, t.predicate, t.object) for t in answer.triples]
        iris = [
            name for n, name in enumerate(columns)
            if any(isinstance(row[n], NamedNode) for row in terms)
            and (name == "object" or all(row[n] is None or isinstance(row[n], NamedNode) for row in terms))
        ]  # fmt: skip
        rows = _quoted(columns, ([value(term) for term in row] for row in terms))
        return cls(columns, rows, graph=graph, iris=iris, shown=shown, title=title, language=language)

    @classmethod
    def of_mappings(
        cls, rows: Iterable[Row], *, columns: Sequence[str] | None = None, graph: GraphStore | None = None,
        iris: Iterable[str] = (), shown: Sequence[str] = (), title: str = "", language: str = "zh",
    ) -> Result:  # fmt: skip
        """The result of rows that are mappings; what a row lacks is None.

        >>> Result.of_mappings([{"a": 1}, {"b": 2}])[1]
        {'a': None, 'b': 2}
        """
        kept = list(rows)
        names = tuple(columns if columns is not None else dict.fromkeys(name for row in kept for name in row))
        made = _quoted(names, ([row.get(name) for name in names] for row in kept))
        return cls(names, made, graph=graph, iris=iris, shown=shown, title=title, language=language)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> Result: ...
    @overload
    def __getitem__(self, key: str) -> list[Any]: ...

    def __getitem__(self, key: int | slice | str) -> Row | Result | list[Any]:
        """A row by its number, a part of the rows by a slice, or the values of a column by its name."""
        if isinstance(key, str):
            if key not in self.columns:
                raise KeyError(f"{key}: the columns are {', '.join(self.columns)}")
            n = self.columns.index(key)
            return [row[n] for row in self._rows]
        if isinstance(key, slice):
            return self._with(self._rows[key])
        return dict(zip(self.columns, self._rows[key], strict=True))

    def __iter__(self) -> Iterator[Row]:
        return (dict(zip(self.columns, row, strict=True)) for row in self._rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        return (self.columns, self._rows) == (other.columns, other._rows)

    __hash__ = None  # type: ignore[assignment]

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that tables show: those that a saved query names, else all; of ``city cityLabel`` one.

        >>> Result(["city", "cityLabel"], [], shown=[]).shown
        ('city',)
        """
        return self._shown or tuple(
            c for c in self.columns
            if not (c.endswith(_LABEL) and c.removesuffix(_LABEL) in self.columns)
        )  # fmt: skip

    def only(self, *columns: str) -> Result:
        """The same with these columns shown, in this order; all others are still there.

        >>> Result(["a", "b"], [[1, 2]]).only("b").shown
        ('b',)
        """
        known(self, *columns)
        made = self._with(self._rows)
        made._shown = columns
        return made

    def where(self, test: Callable[[Row], object] | None = None, /, **equal: Any) -> Result:
        """The rows that pass a test, and whose columns equal what is given.

        >>> found = Result(["city", "n"], [["苏州", 3], ["泰州", 1]])
        >>> found.where(city="泰州")["n"], found.where(lambda row: row["n"] > 1)["city"]
        ([1], ['苏州'])
        """
        wanted = [(self.columns.index(name), v) for name, v in equal.items() if self[name] is not None]
        rows = (row for row in self._rows if all(row[n] == v for n, v in wanted))
        return self._with(
            row for row in rows if test is None or test(dict(zip(self.columns, row, strict=True)))
        )

    def wide(self) -> Result:
        """The same with all columns shown.

        >>> Result(["a", "b"], [], shown=["a"]).wide().shown
        ('a', 'b')
        """
        made = self._with(self._rows)
        made._shown = ()
        return made

    def labels(self, column: str) -> list[str]:
        """The names of the things of a column, from its label column or the graph; other values as texts.

        >>> Result(["city", "cityLabel"], [["urn:x", "苏州市"]]).labels("city")
        ['苏州市']
        """
        values = self[column]
        beside = f"{column}{_LABEL}"
        names: Mapping[str, str] = self._names if column in self.iris else {}
        if beside in self.columns and not (self.language == "en" and names):
            own = self[beside]
            return [text(v if label is None else label) for v, label in zip(values, own, strict=True)]
        return [names.get(v) or text(v) for v in values] if names else list(map(text, values))

    def df(self) -> pandas.DataFrame:
        """A pandas DataFrame with all columns: string, Int64 (years, too), float64, boolean, dates as objects.

        Raises `MissingExtra` where pandas is not installed.

        >>> Result(["city", "year"], [["苏州", 2025], ["泰州", None]]).df().dtypes.astype(str).to_dict()
        {'city': 'string', 'year': 'Int64'}
        """
        from kg.notebook.frames import pandas_frame

        return pandas_frame(self.columns, self._rows)

    to_pandas = df

    def to_polars(self) -> polars.DataFrame:
        """A Polars DataFrame with all columns; raises `MissingExtra` where Polars is not installed.

        >>> Result(["city", "year"], [["苏州", 2025]]).to_polars().row(0)
        ('苏州', 2025)
        """
        from kg.notebook.frames import polars_frame

        return polars_frame(self.columns, self._rows)

    def to_csv(self, path: str | Path, *, excel: bool = False) -> Path:
        """Writes all columns as CSV in UTF-8 and returns the path; ``excel`` for the form that Excel opens rightly.

        >>> import tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Result(["city"], [["苏州"]]).to_csv(f"{folder}/a.csv").read_bytes().decode()
        'city\\r\\n苏州\\r\\n'
        """
        from kg.notebook.frames import write_csv

        return write_csv(self.columns, self._rows, path, excel=excel)

    def network(
        self, source: str | None = None, target: str | None = None, *, weight: str | None = None,
        limit: int = 200,
    ) -> Picture:  # fmt: skip
        """A network of two columns of things, by default the first two; it works with no network connection.

        ``weight`` is a column of numbers, by default the number of rows. At most ``limit`` nodes are drawn, the
        best connected. Raises `QueryError` where the columns do not allow it.

        >>> Result(["a", "b"], [["x", "y"], ["x", "z"]]).network("a", "b")
        <network: 3 nodes, 2 edges>
        """
        from kg.notebook.network import draw

        return draw(self, source, target, weight, limit)

    def map(self, region: str | None = None, *, value: str | None = None) -> Chart:
        """A map with a circle at each region of a column, by default the first that has any.

        The size of a circle is the sum of the column ``value``, else the number of rows; what is pointed at shows
        the other columns. Raises `QueryError` where no column holds regions with coordinates.

        >>> Result(["a"], [["x"]]).map()
        Traceback (most recent call last):
        kg.errors.QueryError: a map needs a column of regions; the columns are a — select ?city { ?city pp:hosts ?cluster }, or name it: map(region=…)
        """  # noqa: E501
        from kg.notebook.charts import region_map

        return region_map(self, region, value)

    def heatmap(
        self, rows: str | None = None, columns: str | None = None, *, value: str | None = None
    ) -> Chart:
        """A heat map of two columns of names and one of numbers: the sum for each pair, else its number of rows.

        Raises `QueryError` where there are no two such columns.

        >>> Result(["a", "b", "n"], [["x", "y", 2], ["x", "y", 3]]).heatmap().data[0].z[0][0]
        5
        """
        from kg.notebook.charts import heat_map

        return heat_map(self, rows, columns, value)

    def __repr__(self) -> str:
        from kg.notebook.show import text_table

        return text_table(self)

    def _repr_html_(self) -> str:
        from kg.notebook.show import html_table

        return html_table(self)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The names of all things of the result, by IRI."""
        from kg.queries.columns import term_label
        from kg.queries.reading import things

        if self.graph is None:
            return {}
        iris = {v for c in self.iris for v in self[c] if isinstance(v, str) and ":" in v}
        found = things(self.graph, (iri for iri in iris if _plain_iri(iri)))
        english = self.language == "en"
        names = {iri: (t.en or t.zh) if english else t.zh for iri, t in found.items()}
        return {iri: term_label(iri, self.language) or name for iri, name in names.items()}

    def _with(self, rows: Iterable[Sequence[Any]]) -> Result:
        return Result(
            self.columns, rows, graph=self.graph, iris=self.iris, shown=self._shown, title=self.title,
            language=self.language,
        )  # fmt: skip


def _quoted(columns: Sequence[str], rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """The rows with their quotes tied to the places that other columns tell."""
    at = {name: n for n, name in enumerate(columns)}
    places = [
        tuple(None if c is None else at[c] for c in (quote, *beside))
        for quote, beside in quote_columns(columns).items()
    ]
    for row in rows:
        for quote, doc, start, end in places:
            words, id_ = row[quote or 0], row[doc or 0]
            if isinstance(words, str) and isinstance(id_, str) and not isinstance(words, Quote):
                known = [row[n] if n is not None and isinstance(row[n], int) else None for n in (start, end)]
                row[quote or 0] = Quote(words, id_.rpartition("/")[2], *known)
        yield row


def _plain_iri(iri: str) -> bool:
    return not any(c in '<>"{}|^`\\' or c.isspace() for c in iri)
