"""Sends one message with the client that the AsyncAPI command line made of the books.

Takes JSON: url, the method to send with, the message; the client's query parameters (query), or the
method that registers an operation's handler (handle) with the member of a message that selects it (key,
value). Its last line is what the client heard: what the server said first and what it answered.
"""

import json
import queue
import sys

from client import LibraryAPI

PATIENCE = 15  # seconds


def main():
    asked = json.loads(sys.argv[1])
    heard = queue.Queue()
    client = LibraryAPI(url=asked["url"], **asked.get("query", {}))
    client.register_error_handler(lambda error: sys.exit(f"the client failed: {error}"))
    if "handle" in asked:
        getattr(client, asked["handle"])(heard.put, asked["key"], asked["value"])
    else:
        client.register_message_handler(heard.put)

    client.connect()
    first = heard.get(timeout=PATIENCE)
    getattr(client, asked["send"])(asked["message"])
    answer = heard.get(timeout=PATIENCE)
    client.close()
    print(json.dumps([json.loads(first), json.loads(answer)]), flush=True)


if __name__ == "__main__":
    main()
