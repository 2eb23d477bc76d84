"""Holds firestone mock to the OpenAPI document of the same definitions, by schemathesis.

Usage: conformance.py FIRESTONE [--sweep] [--seed N] [WORD...]. Each case is a mock of its own, on a free port of the
loopback interface, and a run of schemathesis against it; --sweep takes the cases that make test has no time for too, WORD
only those whose name holds it. Every failure of schemathesis fails the case; schemathesis.toml and CASES hold the
exceptions.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOKEN = "conformance"
NOW = "2026-11-01T12:00:00Z"  # so that a seed reproduces the requests
PHASES = ("examples", "coverage", "fuzzing", "stateful")
MINUTES = 40  # the time limit of a case
SHOWN = 150  # how many lines of a failed run are printed
# What schemathesis says of a schema that it made itself, by negating another; which operations it is of depends on the seed.
UNSUPPORTED = "Schemathesis does not support a `not` whose complement is not spelled out"

# Runs a command until it ends or the input of this process does, so that no mock outlives the process that wanted it.
GUARD = """
import subprocess, sys, threading
command = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
threading.Thread(target=lambda: (sys.stdin.read(), command.terminate()), daemon=True).start()
sys.exit(command.wait())
"""


@dataclass(frozen=True)
class Case:
    """Definitions to serve, and how schemathesis tries them."""

    name: str
    path: str
    examples: int = 10
    phases: tuple[str, ...] = PHASES
    options: tuple[str, ...] = ()
    is_swept: bool = False  # only with --sweep


def hard(name: str, **settings: object) -> Case:
    """Return the case of a hard definition."""
    return Case(name, f"testdata/hard/{name}.yaml", **settings)  # type: ignore[arg-type]


CASES = (
    Case("library", "examples/library", examples=30),
    Case("book", "testdata/cases/book"),
    Case("polymorphic", "testdata/cases/polymorphic", examples=2),
    Case("closed_keys", "testdata/cases/closed_keys", examples=2),
    Case("patches", "testdata/cases/patches", examples=2),
    hard("01_keywords_kind_class"),
    hard("03_name_shapes_v2_item"),
    # The path has another spelling of the key than the body, which is not ASCII, so that schemathesis finds no links.
    hard("04_unicode_strassen", phases=("examples", "coverage", "fuzzing")),
    hard("05_evil_text_analysis"),
    hard("07_nesting_data"),
    # The coverage phase of schemathesis does not end on schemas that refer to themselves in so many ways.
    hard("08_refs_recursive", phases=("examples", "fuzzing", "stateful")),
    hard("10_formats_series"),
    # Nothing satisfies the attribute inverted, so there is nothing to put.
    hard("11_constraints_postal_codes", options=("--exclude-path-regex", "/inverted$")),
    hard("12_defaults_addressbook"),
    hard("14_read_write_only_videos"),
    hard("15_wide_300", is_swept=True),  # 57,000 cases, as long as all others together
    hard("16_readonly_resource_sheep"),
    hard("17_bare_news"),
    hard("18_versions_security_v3"),
    hard("20_long_strings"),
)


class Failure(Exception):
    """The failure of a case."""


def run(*command: object, cwd: Path = ROOT, **variables: object) -> subprocess.CompletedProcess[str]:
    """Run a command until it ends, with environment variables."""
    environment = {**os.environ, **{name: str(value) for name, value in variables.items()}}
    words = [str(word) for word in command]
    try:
        return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=MINUTES * 60)
    except subprocess.TimeoutExpired as error:
        raise Failure(f"{command[0]} takes more than {MINUTES} minutes") from error


def render(firestone: Path, case: Case, folder: Path) -> Path:
    """Write the OpenAPI document of a case."""
    document = folder / "openapi.yaml"
    done = run(firestone, "-t", "openapi", "-o", document, case.path)
    if done.returncode != 0:
        raise Failure(done.stderr)
    return document


def credentials(document: Path) -> str:
    """Return settings with the token for every security scheme of a document."""
    schemes = yaml.safe_load(document.read_text())["components"].get("securitySchemes", {})
    lines = []
    for name, scheme in schemes.items():
        lines.append(f"[auth.openapi.{json.dumps(name, ensure_ascii=False)}]")
        if scheme["type"] == "apiKey":
            lines.append(f'api_key = "{TOKEN}"')
        elif scheme["type"] == "http" and scheme["scheme"].lower() == "basic":
            lines.append(f'username = "somebody"\npassword = "{TOKEN}"')
        else:
            lines.append(f'bearer = "{TOKEN}"')
    return "\n".join(lines)


@contextmanager
def mock(firestone: Path, case: Case, folder: Path) -> Iterator[str]:
    """Serve a case and give its base URL. A mock that ends by itself is a failure."""
    ready, log = folder / "ready", folder / "mock.log"
    command = [firestone, "mock", case.path, "--listen", "127.0.0.1:0", "--ready-file", ready, "--token", TOKEN, "--now", NOW]
    with log.open("w") as output:
        guard = subprocess.Popen(
            [sys.executable, "-c", GUARD, *map(str, command)], cwd=ROOT, stdin=subprocess.PIPE, stdout=output, stderr=output
        )
    try:
        end = time.monotonic() + 60
        while not ready.exists():
            if guard.poll() is not None or time.monotonic() > end:
                raise Failure(f"the mock does not start:\n{log.read_text()}")
            time.sleep(0.02)
        yield ready.read_text().strip()
        if guard.poll() is not None:
            raise Failure(f"the mock ended with status {guard.returncode}:\n{tail(log.read_text())}")
    finally:
        guard.communicate()


def tail(text: str) -> str:
    """Return the last lines of a text."""
    return "\n".join(text.splitlines()[-SHOWN:])


def findings(output: str) -> str:
    """Return the findings in the output of schemathesis, without the steps before and the hints and counts after them."""
    lines = output.splitlines()
    starts = [at for at, line in enumerate(lines) if re.fullmatch("=+ (ERRORS|FAILURES) =+", line)]
    ends = [at for at, line in enumerate(lines) if re.fullmatch("=+ (WARNINGS|SUMMARY) =+", line)]
    if not starts or not ends:
        return tail(output)
    return "\n".join(lines[starts[0] : ends[0]][:SHOWN])


def check(report: dict, case: Case, output: str) -> int:
    """Return the number of test cases of a run that found nothing and skipped nothing."""
    errors, operations = sum(error["count"] for error in report["errors"]), report["operations"]
    if report["failures"] or errors != output.count(UNSUPPORTED):
        raise Failure(findings(output))
    if not report["complete"] or operations["tested"] != operations["selected"] or operations["errored"]:
        raise Failure(f"the run is not complete: {report['stop_reason']}, {operations}\n{tail(output)}")
    for phase in case.phases:
        if report["phases"][phase]["status"] not in ("success", "error" if errors else ""):
            raise Failure(f"the phase {phase} did not run: {report['phases'][phase]}\n{tail(output)}")
    return report["test_cases"]["generated"]


def conform(firestone: Path, case: Case, seed: int) -> str:
    """Run schemathesis on a case and return its counts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = render(firestone, case, folder)
        config, report, accepted = folder / "schemathesis.toml", folder / "report.json", folder / "accepted"
        accepted.touch()
        config.write_text((HERE / "schemathesis.toml").read_text() + "\n" + credentials(document))
        with mock(firestone, case, folder) as url:
            done = run(
                Path(sys.executable).parent / "schemathesis", "--config-file", config, "run", document, "--url", url,
                "--phases", ",".join(case.phases), "--max-examples", case.examples, "--seed", seed,
                "--request-timeout", 60, "--no-color", "--report-json-path", report, *case.options,
                cwd=folder, PYTHONPATH=HERE, ACCEPTED=accepted,
            )  # fmt: skip
        if not report.exists():
            raise Failure(tail(done.stdout + done.stderr))
        counts = [f"{check(json.loads(report.read_text()), case, done.stdout)} cases"]
        for name, count in Counter(accepted.read_text().split()).items():
            counts.append(f"{count} accepted as {name.removeprefix('is_').replace('_', ' ')}")
        return ", ".join(counts)


def timed(firestone: Path, case: Case, seed: int) -> str:
    """Run a case and return a line with its result."""
    start = time.monotonic()
    counts = conform(firestone, case, seed)
    return f"ok {case.name}: {counts} in {time.monotonic() - start:.0f} s"


def main() -> int:
    """Run the cases, as many at a time as there are cores, and return the exit status."""
    parser = argparse.ArgumentParser(usage="conformance.py FIRESTONE [--sweep] [--seed N] [WORD...]")
    parser.add_argument("firestone", type=Path)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_intermixed_args()
    cases = [case for case in CASES if given.sweep or given.words or not case.is_swept]
    cases = [case for case in cases if not given.words or any(word in case.name for word in given.words)]
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {pool.submit(timed, given.firestone.resolve(), case, given.seed): case for case in cases}
        for done in as_completed(runs):
            try:
                print(done.result(), flush=True)
            except Failure as failure:
                failed += 1
                print(f"FAILED {runs[done].name}: {failure}", flush=True)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
