"""What pyvis writes is taken apart: only what stands in the page itself goes on."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.views.page import inline_scripts, json_for_script

PYVIS = """
<html><head>
<script>function utils() {}</script>
<style>a { background: url("https://cdn.example/a.png") }</style>
<script src="https://cdn.example/vis.js" integrity="x"></script>
<link href="https://cdn.example/boot.css" rel="stylesheet">
<center><h1></h1></center></head>
<body><script type="text/javascript">
nodes = new vis.DataSet([{"label": "\\u003c/script\\u003e"}]);
//# sourceMappingURL=vis.js.map
</script></body></html>
"""


def test_only_scripts_of_the_page_itself_are_taken() -> None:
    scripts = inline_scripts(PYVIS)
    assert [s.split("(")[0] for s in scripts] == ["function utils", "nodes = new vis.DataSet"]
    assert "cdn.example" not in "".join(scripts)


def test_a_source_map_is_not_asked_for() -> None:
    assert "sourceMappingURL" not in "".join(inline_scripts(PYVIS))


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "&amp;", "\u2028", "\ud800", "“引号”\n"])
def test_data_cannot_leave_its_element(text: str) -> None:
    written = json_for_script({"text": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"text": text}
    written.encode("utf-8")


@given(st.text())
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert json.loads(json_for_script([text])) == [text]
