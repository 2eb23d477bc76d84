"""Lists that have several pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import DEFINITIONS

PAGED = DEFINITIONS / "paged.yaml"
STYLES = ["offsets", "numbers", "cursors"]


def api(url: str) -> Any:
    from doors import Client

    return Client(url)


@pytest.mark.parametrize("style", STYLES)
def test_250_records(mock: Callable[..., Any], tmp_path: Path, style: str) -> None:
    records = [{"number": number, "parity": number % 2} for number in range(250)]
    (tmp_path / "load.json").write_text(json.dumps({style: records}))
    server = mock("--load", tmp_path / "load.json", PAGED)
    resource = getattr(api(server.url), style)
    assert [record["number"] for record in resource.list()] == list(range(250))
    assert [record["number"] for record in resource.list(parity=1)] == list(range(1, 250, 2))
    size = {"per_page": 7} if style == "numbers" else {"limit": 7}
    assert [len(page) for page in resource.list(**size).pages()] == [7] * 35 + [5]
    pages = resource.list()
    assert [record["number"] for record in pages.first()] == list(range(20))
    assert pages.has_more
    assert pages.total == (None if style == "cursors" else 250)


@pytest.mark.parametrize("style", STYLES)
def test_no_more_is_asked_for_than_is_wanted(mock: Callable[..., Any], tmp_path: Path, style: str) -> None:
    import importlib

    (tmp_path / "load.json").write_text(json.dumps({style: [{"number": number} for number in range(50)]}))
    server = mock("--load", tmp_path / "load.json", PAGED)
    module = importlib.import_module(f"doors.resources.{style}")
    for most, requests in ((25, 2), (20, 1), (0, 1), (100, 3)):
        before = len(server.requests()) if server.folder.joinpath("requests").exists() else 0
        pages = api(server.url).pages(module.LIST, max_items=most)
        assert len(list(pages)) == min(most, 50)
        assert pages.has_more is (most < 50)
        assert len(server.requests()) - before == requests


def page(records: list[int], **headers: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "application/json", **headers}, json.dumps(records).encode()


def test_servers_without_links(faulty: Callable[..., Any]) -> None:
    server = faulty(page([1, 2]), page([3]), page([]))
    assert list(api(server.url).offsets.list(limit=5)) == [1, 2, 3]
    assert [asked[1] for asked in server.asked] == ["/offsets?limit=5", "/offsets?limit=5&offset=2", "/offsets?limit=5&offset=3"]
    server = faulty(page([1, 2]), page([3]), page([]))
    assert list(api(server.url).numbers.list(page=4)) == [1, 2, 3]
    assert [asked[1] for asked in server.asked] == ["/numbers?page=4", "/numbers?page=5", "/numbers?page=6"]


def test_a_total_saves_the_last_request(faulty: Callable[..., Any]) -> None:
    server = faulty(page([1, 2], **{"X-Total-Count": "3"}), page([3], **{"X-Total-Count": "3"}))
    assert list(api(server.url).offsets.list()) == [1, 2, 3]
    assert len(server.asked) == 2


def test_a_server_that_does_not_page(faulty: Callable[..., Any]) -> None:
    server = faulty(page([1, 2]))
    assert list(api(server.url).offsets.list()) == [1, 2]
    assert len(server.asked) == 2


def test_a_link_in_a_circle(faulty: Callable[..., Any]) -> None:
    server = faulty(
        page([1], Link='</cursors?cursor=a>; rel="next"'),
        page([2], Link='</cursors?cursor=b>; rel="last next"'),
        page([3], Link='</cursors?cursor=a>; rel="next"'),
    )
    assert list(api(server.url).cursors.list()) == [1, 2, 3]
    assert [asked[1] for asked in server.asked] == ["/cursors", "/cursors?cursor=a", "/cursors?cursor=b"]


def test_a_link_to_a_stranger(faulty: Callable[..., Any]) -> None:
    from doors import DecodeError

    stranger = faulty(page([9]))
    link = {"Link": f'<{stranger.url}/cursors>; rel="next"'}
    pages = api(faulty(page([1], **link)).url).cursors.list()
    with pytest.raises(DecodeError, match="another host"):
        list(pages)
    assert list(api(faulty(page([1], **link), page([2], **link), page([])).url).offsets.list()) == [1, 2]
    assert not stranger.asked


def test_a_list_that_is_none(faulty: Callable[..., Any]) -> None:
    from doors import DecodeError

    with pytest.raises(DecodeError, match="not a list"):
        list(api(faulty((200, {}, b'{"items": []}')).url).offsets.list())
