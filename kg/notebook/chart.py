"""A Plotly figure that shows itself in Jupyter, and stands still where no script runs."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from kg.notebook.still import svg_of_figure


class Chart(go.Figure):  # type: ignore[misc]  # Plotly has no types
    """A map or a heat map: a Plotly figure with all that Plotly can do, whose display is small.

    Jupyter gets the figure itself, which its own Plotly draws, and an SVG for readers that have none; the script of
    Plotly (4 MB) is never written into a notebook.

    >>> from kg.notebook.result import Result
    >>> Result(["a", "b", "n"], [["x", "y", 2]]).heatmap()
    <chart: heatmap of 1 × 1>
    """

    # IPython asks this first, and Plotly's own would write its script beside the figure.
    _ipython_display_ = None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, Any]:
        return {
            "application/vnd.plotly.v1+json": {**self.to_plotly_json(), "config": {"displaylogo": False}},
            "image/svg+xml": svg_of_figure(self),
            "text/plain": repr(self),
        }

    def __repr__(self) -> str:
        first = self.data[-1] if self.data else None
        if first is None or first.type != "heatmap":
            return f"<chart: map of {len(first.x or ()) if first is not None else 0} places>"
        return f"<chart: heatmap of {len(first.y)} × {len(first.x)}>"
