"""Serves the page with Solara to this machine alone, offline, until it is interrupted."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from schoolsim.config import StudyConfig
from schoolsim.explore.opening import OPENING
from schoolsim.parameters.errors import UserError

HOST: Final = "127.0.0.1"
"""The only address that is listened at: nobody on a network can reach it."""

PORT: Final = 8765
OWN_NAMES: Final = frozenset({HOST, "localhost"})
CDN: Final = "/_solara/cdn/"
"""Where Solara's page asks for files that it would fetch from elsewhere if they were not installed."""

INSTALL: Final = "pip install 'schoolsim[explore]'"

SETTINGS: Final[Mapping[str, str]] = {
    "SOLARA_APP": "schoolsim.explore.page",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_VARIANT": "light",
}
"""Solara's settings, all of them documented: nothing is reported, and nothing is fetched from elsewhere."""

Scope = Mapping[str, Any]
Application = Callable[[Any, Any, Any], Any]


def serve(
    config: StudyConfig | None, folder: Path, *, port: int | None, show: bool, said: Callable[[str], None]
) -> None:
    """Serve until it is interrupted.

    Args:
        config: Of one point, to begin with; None for a first programme.
        folder: The only folder that files are saved in.
        port: To listen at; the usual one or the next that is free when None.
        show: Open the browser.
        said: Is told the address once the page can be opened.

    Raises:
        UserError: Solara is not installed, or the port is taken.
    """
    OPENING.config, OPENING.folder = config, folder
    with tempfile.TemporaryDirectory(prefix="schoolsim-") as home, _settings({**SETTINGS, "SOLARA_HOME": home}):
        try:
            import uvicorn
            from solara.server import settings
            from solara.server.starlette import app
        except ImportError as error:
            raise UserError(f"the explorer needs {error.name}: {INSTALL}") from None
        assets = Path(settings.assets.proxy_cache_dir)
        if not any(assets.glob("@widgetti/solara-vuetify-app@*")):
            raise UserError(f"the files of the page are not installed (solara-assets): {INSTALL}")
        with _listening(port) as listener:
            address = f"http://{HOST}:{listener.getsockname()[1]}/"

            class Server(uvicorn.Server):
                async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                    await super().startup(sockets)
                    said(address)
                    if show:
                        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

            guarded = Guarded(app, assets)
            # Warnings of the event loop are for developers of Solara.
            run = uvicorn.Config(guarded, log_level="error", access_log=False, timeout_graceful_shutdown=1)
            Server(run).run(sockets=[listener])


class Guarded:
    """An application that only pages of its own may speak to, and that fetches nothing from elsewhere.

    A page of somebody else, open in the same browser, could ask for files to be saved here; and what is not installed
    would be fetched from a server on the internet. Neither is let through.
    """

    def __init__(self, inner: Application, assets: Path) -> None:
        """Guard an ASGI application.

        Args:
            inner: The application.
            assets: Folder of the installed files that it may hand out below `CDN`.
        """
        self._inner = inner
        self._assets = assets.resolve()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Pass a request on, or refuse it."""
        refusal = 0 if scope["type"] == "lifespan" else self._refusal(scope)
        if not refusal:
            await self._inner(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send({"type": "http.response.start", "status": refusal, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    def _refusal(self, scope: Scope) -> int:
        """The status it is refused with; 0 where it is let through."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        if urlsplit(f"//{host}").hostname not in OWN_NAMES:
            return 403
        if origin is not None and urlsplit(origin).netloc != host:
            return 403
        _, found, asset = str(scope["path"]).partition(CDN)
        return 404 if found and not self._installed(asset) else 0

    def _installed(self, asset: str) -> bool:
        path = (self._assets / asset).resolve()
        return path.is_relative_to(self._assets) and path.is_file()


@contextmanager
def _settings(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


TRIED: Final = 20
"""Ports that are tried, one after the other, where none was asked for."""


@contextmanager
def _listening(port: int | None) -> Iterator[socket.socket]:
    """A socket that listens on this machine alone.

    Raises:
        UserError: Every port that may be taken is taken.
    """
    wanted = range(PORT, PORT + TRIED) if port is None else [port]
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for number in wanted:
            try:
                listener.bind((HOST, number))
            except OSError:
                continue
            listener.listen()
            yield listener
            return
    raise UserError(f"port {wanted[0]} is in use: give another with --port, or 0 for any that is free.")
