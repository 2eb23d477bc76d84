"""Holds the generated command line to what Python and Click ask of it.

Usage: slice.py FIRESTONE. For each definition of testdata/hard alone, for all of them together, and for the library, the
pack cli is generated; its Python has to compile, to import without a warning, and to have no flag, destination or
command twice; every help has to be printed. That of the library is then called, against a server that writes down
what it is asked.
"""

from __future__ import annotations

import compileall
import json
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]

WALK = """
import importlib, pathlib, sys
import click
from click.testing import CliRunner

package = sys.argv[1]
for file in sorted(pathlib.Path(package).rglob("*.py")):
    module = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    if not module.endswith("__main__"):
        importlib.import_module(module)
main = importlib.import_module(f"{package}.cli.main")
context = click.Context(main.root, info_name=package)
commands = 0
for word in main.root.list_commands(context):
    group = main.root.get_command(context, word)
    assert isinstance(group, click.Group) and group.commands, f"{word} has no commands"
    for name, command in group.commands.items():
        commands += 1
        names = [parameter.name for parameter in command.params]
        flags = [flag for parameter in command.params for flag in [*parameter.opts, *parameter.secondary_opts] if flag.startswith("-")]
        for what, list_ in (("destination", names), ("flag", flags)):
            twice = {one for one in list_ if list_.count(one) > 1}
            assert not twice, f"{word} {name}: a {what} twice: {twice}"
        result = CliRunner().invoke(main.root, [word, name, "--help"])
        assert result.exit_code == 0, f"{word} {name} --help: {result.output}"
print(commands)
"""


def generate(firestone: str, out: Path, definitions: list[Path]) -> Path:
    """Generate the command line of definitions, and return the folder of its package."""
    command = [firestone, "-t", "cli", "-o", f"{out}/", "--set", "package=api", *map(str, definitions)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return out / "src"


def check(firestone: str, name: str, definitions: list[Path]) -> str | None:
    """Return what is wrong with the command line of definitions, or None."""
    with tempfile.TemporaryDirectory() as folder:
        source = generate(firestone, Path(folder), definitions)
        if not compileall.compile_dir(source, quiet=1, workers=1):
            return f"{name}: it does not compile"
        walk = [sys.executable, "-W", "error", "-c", WALK, "api"]
        done = subprocess.run(walk, cwd=source, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return f"{name}: {done.stderr.strip()}"
        print(f"ok {name}: {done.stdout.strip()} commands")
        return None


class Server(BaseHTTPRequestHandler):
    """Answers 404 below /books/none, and with what was sent otherwise."""

    asked: list[tuple[str, str, object]] = []

    def do_GET(self) -> None:
        """Note the request and answer it."""
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.asked.append((self.command, self.path, body))
        self.send_response(404 if self.path.endswith("/none") else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"title": "Not Found", "status": 404} if self.path.endswith("/none") else body or []).encode())

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


CALLS = [
    (["books", "list", "--limit", "2", "--language", "en&x"], 0, ("GET", "/books?language=en%26x&limit=2", None)),
    (
        ["books", "create", "--title", "Solaris", "--published", "1961", "--shelves", '["SF"]', "--availability", "lent"],
        0,
        ("POST", "/books", {"title": "Solaris", "published": 1961, "shelves": ["SF"], "availability": "lent"}),
    ),
    (["member-loans", "get", "47/11", "ä b"], 0, ("GET", "/members/47%2F11/loans/%C3%A4%20b", None)),
    (["books", "get", "none"], 4, ("GET", "/books/none", None)),
    (["books", "get", ".."], 1, None),
    (["books", "create", "--published", "soon"], 2, None),
    (["books", "create", "--availability", "gone"], 2, None),
]


def call(firestone: str) -> str | None:
    """Return what is wrong with the calls of the library's command line, or None."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            source = generate(firestone, Path(folder), [ROOT / "examples/library"])
            for arguments, status, asked in CALLS:
                Server.asked.clear()
                base = ["--base-url", f"http://127.0.0.1:{server.server_address[1]}"]
                command = [sys.executable, "-W", "error", "-m", "api.cli", *base, *arguments]
                done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
                if done.returncode != status or Server.asked != ([asked] if asked else []):
                    return f"{arguments}: status {done.returncode}, asked {Server.asked}, wanted {status}, {asked}\n{done.stderr}"
    finally:
        server.shutdown()
        server.server_close()
    print(f"ok {len(CALLS)} calls")
    return None


def main() -> int:
    """Check all cases and return the exit status."""
    firestone = str(Path(sys.argv[1]).resolve())
    hard = sorted((ROOT / "testdata/hard").glob("*.yaml"))
    cases = [("library", [ROOT / "examples/library"]), *((file.name, [file]) for file in hard), ("all of hard", hard)]
    faults = [fault for name, definitions in cases if (fault := check(firestone, name, definitions))]
    faults += [fault for fault in [call(firestone)] if fault]
    for fault in faults:
        print(f"FAILED {fault}", file=sys.stderr)
    print(f"{len(cases) + 1 - len(faults)} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
