"""The conversation of talk.mjs with a Python client, which sends credentials in headers.

Takes the base URL of a mock of examples/library that accepts the token secret. Prints what it receives, one line each, and
the line "stop" when the mock should be stopped.
"""

import json
import sys
import urllib.request
from contextlib import ExitStack

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

PATIENCE = 15  # seconds
BEARER = {"Authorization": "Bearer secret"}


def describe(what):
    if isinstance(what, list):
        return f"{len(what)} books"
    if "status" in what:
        places = ",".join(error["pointer"] for error in what.get("errors", []))
        return f"{what['status']} at {places}" if places else str(what["status"])
    return next(iter(what))


class Line:
    """A connection to a channel."""

    def __init__(self, connections, url, headers=None):
        self.socket = connections.enter_context(connect(url, additional_headers=headers, open_timeout=PATIENCE))

    def next(self):
        """Return the next message, or the close frame."""
        try:
            return json.loads(self.socket.recv(timeout=PATIENCE))
        except ConnectionClosed as closed:
            return closed.rcvd

    def send(self, message):
        self.socket.send(message if isinstance(message, str) else json.dumps(message))


def say(who, what):
    heard = f"closed with {what.code}, {what.reason}" if hasattr(what, "code") else describe(what)
    print(f"{who}: {heard}", flush=True)


def talk(connections, base):
    events = base.replace("http", "ws", 1)
    reader = Line(connections, f"{events}/books")
    books = reader.next()
    say("reader", books)
    key = books[0]["book_id"]
    book = {name: member for name, member in books[0].items() if name != "book_id"}

    reader.send({**book, "title": "Solaris"})
    say("reader", reader.next())

    writer = Line(connections, f"{events}/books", BEARER)
    say("writer", writer.next())
    writer.send({**book, "title": "Solaris"})
    say("writer", writer.next())
    say("reader", reader.next())
    writer.send({**book, "title": 5})
    say("writer", writer.next())
    writer.send("{")
    say("writer", writer.next())

    try:
        Line(connections, f"{events}/members")
    except InvalidStatus as refused:
        if refused.response.status_code != 401:
            raise
        print("stranger: no connection", flush=True)
    desk = Line(connections, f"{events}/members/1", {"X-Desk-Key": "secret"})
    say("desk", desk.next())

    one = Line(connections, f"{events}/books/{key}")
    say("one", one.next())
    request = urllib.request.Request(f"{base}/books/{key}", method="DELETE", headers=BEARER)
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        print(f"deleted: {response.status}", flush=True)
    say("one", one.next())
    say("writer", writer.next())
    say("reader", reader.next())

    print("stop", flush=True)
    for who, line in {"reader": reader, "writer": writer, "desk": desk}.items():
        say(who, line.next())


if __name__ == "__main__":
    with ExitStack() as connections:
        talk(connections, sys.argv[1])
