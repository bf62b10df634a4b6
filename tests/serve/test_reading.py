"""What a request says, read by itself: negotiation, forms, hosts, frames. Any bytes may come."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve import wire
from kg.serve.formats import PAGE, ROWS, TRIPLES, chosen, named
from kg.serve.guests import Guests, is_loopback
from kg.serve.pool import Failure
from kg.serve.protocol import parameters
from kg.serve.wire import Ask

TYPES = sorted({t for offers in (ROWS, TRIPLES, PAGE) for types in offers.values() for t in types})
RANGES = st.sampled_from([*TYPES, "*/*", "text/*", "application/*", "image/png"])
WEIGHTS = st.sampled_from(["", ";q=1", ";q=0", ";q=0.5", ";Q=0.7", ";q=x", ";charset=utf-8;q=0.3"])


@given(st.text(max_size=60))
def test_any_accept_can_be_read(accept):
    for offers in (ROWS, TRIPLES):
        assert chosen(accept, offers).format in {"", *offers}
        assert named(accept, offers).format in {"", *offers}


@given(st.lists(st.tuples(RANGES, WEIGHTS), min_size=1, max_size=6))
def test_what_is_chosen_was_asked_for_and_nothing_asked_for_more_is_passed_over(items):
    accept = ", ".join(f"{media_range}{weight}" for media_range, weight in items)
    taken = chosen(accept, ROWS)
    if taken.format:
        type_ = taken.media_type.partition(";")[0]
        asked = {media_range for media_range, _ in items}
        assert asked & {type_, f"{type_.partition('/')[0]}/*", "*/*"}
        assert type_ in ROWS[taken.format]
        assert taken.quality > 0
        for offer, types in ROWS.items():
            assert chosen(accept, {offer: types}).quality <= taken.quality


@given(st.binary(max_size=80))
def test_any_form_is_read_or_refused(data):
    status = 0
    try:
        found = parameters(data, "the body")
        assert all(isinstance(text, str) for pair in found for text in pair)
    except Failure as failure:
        status = failure.status
    assert status in (0, 400)


@given(st.text(), st.none() | st.lists(st.text(), max_size=3).map(tuple), st.sampled_from(["", "csv"]))
def test_a_question_comes_out_of_its_frame_as_it_went_in(query, graphs, format_):
    query = query.encode("utf-8", "replace").decode()
    ask = Ask(query, rows=format_, default=graphs)
    got = wire.read(io.BytesIO(wire.encoded(ask)))
    assert got is not None
    assert (got[0], wire.decoded(got[1])) == (wire.ASK, ask)


@given(st.binary(max_size=40))
def test_a_frame_that_is_cut_is_none(data):
    whole = wire.frame(wire.DATA, data)
    assert wire.read(io.BytesIO(whole)) == (wire.DATA, data)
    assert all(wire.read(io.BytesIO(whole[:n])) is None for n in range(len(whole)))


@given(st.text(max_size=30))
def test_no_text_passes_for_this_machine_but_its_names(host):
    names = {"localhost", "127.0.0.1", "[::1]"}
    name, _, port = host.rpartition(":")
    known = host.lower() in names or (name.lower() in names and port.isascii() and port.isdigit())
    assert not Guests.of("127.0.0.1").knows(host) or known


@pytest.mark.parametrize(("address", "loopback"), [
    ("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("localhost", True),
    ("0.0.0.0", False), ("::", False), ("192.168.1.4", False), ("kg.example", False),
])  # fmt: skip
def test_which_addresses_are_this_machine_only(address, loopback):
    assert is_loopback(address) is loopback
    assert bool(Guests.of(address).hosts) is loopback
