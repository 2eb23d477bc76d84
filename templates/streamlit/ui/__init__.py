"""The web interface: python -m PACKAGE.ui starts it."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

LOOPBACK = "127.0.0.1"
_PACKAGE = __name__.rpartition(".")[0]
_INTERRUPTED = 130


def main() -> None:
    """Start the web interface, and serve it until Ctrl-C."""
    try:
        sys.exit(_serve(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _serve(arguments: Sequence[str]) -> int:
    command = _command()
    given = _parser(command).parse_args(arguments)
    if importlib.util.find_spec("streamlit") is None:
        sys.exit(f"the web interface needs Streamlit: pip install '{_distribution()}[ui]'")
    if command:
        os.environ["FIRESTONE_UI_COMMAND"] = command
    if given.base_url:
        from .._core import environment

        os.environ[environment.variable(command or _PACKAGE, "base_url")] = given.base_url
    from streamlit.web import cli

    app = Path(__file__).with_name("app") / "app.py"
    options = {
        "server.address": given.host,
        "server.port": given.port or _free(given.host),
        "server.headless": not (given.open and _has_display()),
        "browser.gatherUsageStats": False,
    }
    flags = [f"--{name}={str(value).lower()}" for name, value in options.items()]
    cli.main(["run", str(app), *flags], prog_name="streamlit", standalone_mode=False)
    return 0


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"{command}-ui" if command else f"python -m {__name__}",
        description="Serve the web interface of the API.",
        allow_abbrev=False,
    )
    parser.add_argument("--base-url", type=_url, metavar="URL", help="the base URL of the API")
    parser.add_argument(
        "--host",
        default=LOOPBACK,
        help=f"the address to listen on (default: {LOOPBACK}, this computer only)",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=8501,
        help="the port; 0 picks a free one (default: 8501)",
    )
    parser.add_argument(
        "--no-open", dest="open", action="store_false", help="do not open it in a browser"
    )
    return parser


def _command() -> str:
    """Return the name of the command line, derived from the program that started this: library for library-ui; else ""."""
    name = Path(sys.argv[0]).name.removesuffix(".exe")
    return name.removesuffix("-ui") if name.endswith("-ui") else ""


def _distribution() -> str:
    """Return the name of the distribution that the package belongs to."""
    from importlib import metadata

    found = metadata.packages_distributions().get(_PACKAGE)
    return found[0] if found else _PACKAGE


def _url(text: str) -> str:
    """Check a base URL. One without a scheme or a host is refused here, where the error is visible."""
    if not re.fullmatch(r"https?://[^/?#@\s]+(/[^?#\s]*)?", text):
        raise argparse.ArgumentTypeError("write http:// or https://, a host and optionally a path")
    return text


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def _free(host: str) -> int:
    """Return a free port, since Streamlit treats 0 as no port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as found:
            found.bind((host, 0))
            return int(found.getsockname()[1])
    except OSError as error:
        sys.exit(f"cannot listen at {host}: {error.strerror}")


def _has_display() -> bool:
    """Report whether there is a display to open a browser on."""
    is_desktop = sys.platform in {"win32", "darwin"}
    return is_desktop or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
