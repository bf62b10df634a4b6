"""What a stranger must not be able to do: reach other machines, stop the server, learn of its insides."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psutil
import pytest

from .conftest import Running, ended, started
from .endless import CROSS, ENDLESS, at_rest, until

GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
DEEP = "ASK { FILTER(" + "(" * 60_000 + "1" + ")" * 60_000 + ") }"


class Inside:
    """A machine of the inside network, which notes who calls; it can answer, or send on to another address."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.onward = ""
        inside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                inside.calls.append(self.path)
                self.rfile.read(int(self.headers.get("content-length", 0)))
                if inside.onward:
                    self.send_response(302)
                    self.send_header("Location", inside.onward)
                    self.end_headers()
                    return
                body = (
                    b'{"head":{"vars":["v"]},"results":{"bindings":[{"v":{"type":"literal","value":"far"}}]}}'
                )
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/sparql"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def inside() -> Iterator[Inside]:
    machine = Inside()
    yield machine
    machine.close()


ESCAPES = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?v }} }}",
    "SELECT * {{ service silent <{0}> {{ ?s ?p ?v }} }}",
    "SELECT * {{ {{ SELECT ?v {{ SERVICE <{0}> {{ ?s ?p ?v }} }} }} }}",
    "SELECT * {{ VALUES ?at {{ <{0}> }} SERVICE ?at {{ ?s ?p ?v }} }}",
    "SELECT * {{ BIND(IRI('{0}') AS ?at) SERVICE SILENT ?at {{ ?s ?p ?v }} }}",
    "PREFIX x: <{0}> SELECT * {{ SERVICE x: {{ ?s ?p ?v }} }}",
    "BASE <{0}> SELECT * {{ SERVICE <> {{ ?s ?p ?v }} }}",
    "SELECT * {{ SERVICE # a note\n <{0}> {{ ?s ?p ?v }} }}",
    "SELECT * {{ SERVIC\\u0045 <{0}> {{ ?s ?p ?v }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?v }} }} }}",
    "SELECT * {{ OPTIONAL {{ SERVICE <{0}> {{ ?s ?p ?v }} }} }}",
    "CONSTRUCT {{ <urn:a> <urn:b> ?v }} {{ SERVICE <{0}> {{ ?s ?p ?v }} }}",
    "PREFIX : <{0}> SELECT * {{ FILTER(1<2)SERVICE:#>\n{{ ?s ?p ?v }} }}",
    "SELECT * {{ ?s ?p ?o FILTER(?s!=?o||?s<?o#>'''\n) SERVICE <{0}> {{ ?x ?y ?v }} #'''\n}}",
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "LOAD <{0}>",
    "DESCRIBE <{0}>",
]


@pytest.mark.parametrize("query", ESCAPES)
def test_no_query_reaches_another_machine(server: Running, inside: Inside, query: str) -> None:
    answer = server.ask(query.format(inside.address), "*/*")
    assert inside.calls == []
    if "SERVICE" in query.upper() or "LOAD" in query:
        assert answer.status_code == 403
    elif "FROM" in query:
        assert answer.status_code == 400
    assert server.ask("ASK {}", **{"default-graph-uri": inside.address}).status_code == 400
    assert inside.calls == []


@pytest.mark.skipif(sys.platform != "linux", reason="the second wall is one of Linux")
def test_behind_the_guard_stands_a_second_wall(server: Running, inside: Inside) -> None:
    """The same query as the worker would run it if the guard had let it pass: the kernel gives it no socket."""
    query = f"SELECT * {{ SERVICE <{inside.address}> {{ ?s ?p ?v }} }}"
    program = (
        "import sys; from pyoxigraph import Store; from kg.serve.wall import refuse_sockets\n"
        "if sys.argv[1] == 'wall': assert refuse_sockets()\n"
        "print(list(Store().query(sys.argv[2])))"
    )

    def run(wall: str) -> str:
        command = [sys.executable, "-c", program, wall, query]
        return subprocess.run(command, check=False, capture_output=True, text=True).stderr

    run("none")
    assert inside.calls == ["/sparql"]
    assert "Permission denied" in run("wall")
    assert inside.calls == ["/sparql"]
    for worker in psutil.Process(server.process.pid).children():
        # 2: a filter of system calls is on (proc(5))
        assert re.search(r"^Seccomp:\s*2$", Path(f"/proc/{worker.pid}/status").read_text(), re.MULTILINE)


def test_a_service_is_reached_if_it_is_allowed_by_name(tiny_store: Path, site: Path, inside: Inside) -> None:
    running = started(tiny_store, "--site", str(site), "--allow-service", inside.address)
    other = Inside()
    try:
        query = f"SELECT ?v {{ SERVICE <{inside.address}> {{ ?s ?p ?v }} }}"
        assert running.value(query) == "far"
        assert inside.calls == ["/sparql"]
        # no other address, by whatever way
        for escape in ESCAPES:
            running.ask(escape.format(other.address), "*/*")
        assert running.ask(f"SELECT ?v {{ SERVICE <{inside.address}/x> {{ ?s ?p ?v }} }}").status_code == 403
        assert inside.calls == ["/sparql"]
        # and not where the allowed one sends it on to
        inside.onward = other.address
        answer = running.ask(query)
        assert answer.status_code == 502
        assert ".service" not in answer.text
        assert other.calls == []
        assert httpx.post(f"{running.address}.service/guess/0", content=b"").status_code == 404
        # a wrong query is told as without services
        assert running.ask("SELECT * { ?s ?p }").text.startswith("line 1, column 18")
    finally:
        status, _ = ended(running)
        other.close()
    assert status == 0


def test_an_endless_query_is_stopped_and_others_are_answered_meanwhile(tiny_store: Path, site: Path) -> None:
    running = started(tiny_store, "--site", str(site), "--time-limit", "3", "--workers", "2")
    try:
        with ThreadPoolExecutor(8) as pool:
            endless = [pool.submit(running.ask, query) for query in (ENDLESS, CROSS, ENDLESS, CROSS)]
            quick = [running.ask("ASK {}").status_code for _ in range(20)]
            answers = [e.result() for e in endless]
        assert quick == [200] * 20
        assert {a.status_code for a in answers} == {503}
        assert any(a.text.startswith("the query took more than 3 s") for a in answers)
        assert until(lambda: at_rest(running.process.pid))
    finally:
        assert ended(running)[0] == 0


def test_a_query_whose_client_has_gone_is_stopped(tiny_store: Path, site: Path) -> None:
    running = started(tiny_store, "--site", str(site), "--time-limit", "600", "--workers", "1")
    try:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(running.sparql, params={"query": ENDLESS}, timeout=0.5)
        assert until(lambda: at_rest(running.process.pid))
        assert running.ask("ASK {}").status_code == 200
    finally:
        assert ended(running)[0] == 0


def test_limits_of_memory_and_size_end_the_query_and_nothing_else(tiny_store: Path, site: Path) -> None:
    running = started(tiny_store, "--site", str(site), "--memory", "256", "--max-answer", "1")
    try:
        greedy = running.ask(GREEDY)
        assert greedy.status_code == 500
        assert greedy.text == "the query needs more than 256 MB, or breaks the engine\n"
        large = running.ask(LARGE)
        assert large.status_code == 413
        assert large.text == "the answer is larger than 1,048,576 bytes — ask for less: LIMIT\n"
        deep = httpx.post(running.sparql, data={"query": DEEP})
        assert deep.status_code in (400, 500)
        assert running.ask("ASK {}").status_code == 200
    finally:
        assert ended(running)[0] == 0


def test_whoever_waits_too_long_is_told_to_come_again(tiny_store: Path, site: Path) -> None:
    """One place, one slow query after the other in it: the queue is bounded, and says so."""
    running = started(
        tiny_store, "--site", str(site), "--workers", "1", "--time-limit", "4", "--max-waiting", "2"
    )
    try:
        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(running.ask, [ENDLESS] * 12))
        told = [a for a in answers if "too many queries are waiting" in a.text]
        assert told
        assert all(a.status_code == 503 and int(a.headers["retry-after"]) > 0 for a in told)
        assert until(lambda: running.ask("ASK {}").status_code == 200)
    finally:
        assert ended(running)[0] == 0


@pytest.mark.parametrize(("host", "status"), [
    ("localhost", 200), ("127.0.0.1:80", 200), ("[::1]:8000", 200), ("LOCALHOST:1", 200),
    ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("localhost@evil.example", 421), ("", 421),
    ("169.254.169.254", 421), ("localhost:80/../", 421),
])  # fmt: skip
def test_a_page_cannot_pass_for_the_server_by_a_name_of_its_own(
    server: Running, host: str, status: int
) -> None:
    for path in ("sparql?query=ASK%7B%7D", "", "dataset"):
        assert httpx.get(server.address + path, headers={"Host": host}).status_code == status


def test_names_and_origins_that_are_given(tiny_store: Path, site: Path) -> None:
    options = ("--allow-host", "kg.example", "--allow-origin", "https://a.example")
    running = started(tiny_store, "--site", str(site), *options)
    try:
        ask = {"query": "ASK {}"}
        for origin, allowed in (("https://a.example", "https://a.example"), ("https://b.example", None)):
            headers = {"Host": "kg.example", "Origin": origin}
            answer = httpx.get(running.sparql, params=ask, headers=headers)
            assert answer.status_code == 200
            assert answer.headers.get("access-control-allow-origin") == allowed
            assert "Origin" in answer.headers["vary"]
        assert httpx.get(running.sparql, params=ask, headers={"Host": "b.example"}).status_code == 421
    finally:
        assert ended(running)[0] == 0


RAW = [
    # requests that two servers in a row could read as two different ones (RFC 9112, sections 6.1 and 11.2)
    b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}x",
    b"Content-Length: +5\r\n\r\nASK{}",
    b"Content-Length: 5\r\nTransfer-Encoding: nonsense\r\n\r\nASK{}",
    b"Content-Length : 5\r\n\r\nASK{}",
    b"X: a\x00b\r\nContent-Length: 5\r\n\r\nASK{}",
]


@pytest.mark.parametrize("rest", RAW)
def test_requests_that_can_be_read_in_two_ways_are_refused(server: Running, rest: bytes) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: application/sparql-query\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(head.encode() + rest)
        first = raw.recv(4096).split(b"\r\n")[0]
    assert first.split()[1] in (b"400", b"501")
