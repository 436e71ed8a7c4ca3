"""Page and session speak of the same things; nobody but the page is let in, and nothing is fetched from elsewhere."""

from __future__ import annotations

import asyncio
import os
import re
import socket
from pathlib import Path
from typing import Any

import pytest

from schoolsim.explore import serving
from schoolsim.explore.serving import CDN, HOST, Guarded
from schoolsim.parameters import UserError

PARTS = Path(serving.__file__).parent / "parts"


def test_whatever_the_page_asks_for_can_be_done_and_nothing_else() -> None:
    page = pytest.importorskip("schoolsim.explore.page", reason="the explorer's packages are not installed")
    text = "".join(part.read_text(encoding="utf-8") for part in PARTS.glob("*.vue"))
    calls = re.findall(r"\bact\(", text)
    words = re.findall(r"\bact\(\{\s*do: [\"'](\w+)[\"']", text)
    assert len(words) == len(calls)
    assert set(words) == set(page.ACTIONS)


def test_the_page_is_drawn(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    solara = pytest.importorskip("solara", reason="the explorer's packages are not installed")
    from schoolsim.explore import page
    from schoolsim.explore.opening import OPENING

    monkeypatch.setattr(OPENING, "config", session.opened)
    monkeypatch.setattr(OPENING, "folder", session.folder)
    box, context = solara.render(page.Page(), handle_error=False)
    try:
        assert box.children
    finally:
        context.close()


def answer(path: str = "/", kind: str = "http", *, assets: Path, **headers: str) -> int:
    """The status that a request is answered with; 1 for a connection that is let through."""
    seen: list[int] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        seen.append(200 if kind == "http" else 1)

    async def send(message: dict[str, Any]) -> None:
        seen.append(message.get("status") or message.get("code") or seen[-1])

    scope = {
        "type": kind,
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(Guarded(inner, assets)(scope, None, send))
    return seen[0]


def test_its_own_page_is_let_in(tmp_path: Path) -> None:
    for host in ("127.0.0.1:8765", "localhost:8765"):
        assert answer(assets=tmp_path, host=host) == 200
        assert answer(kind="websocket", assets=tmp_path, host=host, origin=f"http://{host}") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "elsewhere.example"},
        {"host": "elsewhere.example:8765", "origin": "http://elsewhere.example:8765"},
        {"host": "127.0.0.1:8765", "origin": "http://elsewhere.example"},
        {"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:9999"},
        {"host": "127.0.0.1:8765", "origin": "null"},
        {"host": "localhost.elsewhere.example:8765"},
        {},
    ],
)
def test_pages_of_others_are_not(headers: dict[str, str], tmp_path: Path) -> None:
    assert answer(assets=tmp_path, **headers) == 403
    assert answer(kind="websocket", assets=tmp_path, **headers) == 1008


def test_a_file_of_the_page_is_handed_out_or_there_is_none(tmp_path: Path) -> None:
    assets = tmp_path / "cdn"
    (assets / "a@1").mkdir(parents=True)
    (assets / "a@1" / "main.js").write_text("", encoding="utf-8")
    (tmp_path / "secret").write_text("", encoding="utf-8")
    assert answer(f"{CDN}a@1/main.js", assets=assets, host=HOST) == 200
    for path in ("a@2/main.js", "a@1", "", "../secret", "a@1/../../secret", "/etc/passwd"):
        assert answer(f"{CDN}{path}", assets=assets, host=HOST) == 404, path


def test_it_listens_to_this_machine_alone_and_says_what_is_taken() -> None:
    with serving._listening(0) as listener:
        address, port = listener.getsockname()
        assert address == "127.0.0.1"
        with pytest.raises(UserError, match=f"port {port} is in use"), serving._listening(port):
            pass


def test_of_ports_that_nobody_asked_for_the_next_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        monkeypatch.setattr(serving, "PORT", taken.getsockname()[1])
        with serving._listening(None) as listener:
            assert listener.getsockname()[1] > serving.PORT


def test_settings_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOLARA_APP", "mine")
    monkeypatch.delenv("SOLARA_MODE", raising=False)
    with serving._settings(serving.SETTINGS):
        assert os.environ["SOLARA_APP"] == serving.SETTINGS["SOLARA_APP"]
    assert os.environ["SOLARA_APP"] == "mine"
    assert "SOLARA_MODE" not in os.environ
