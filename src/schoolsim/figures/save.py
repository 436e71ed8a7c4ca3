"""Writes figures as reproducible files that carry their provenance."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure

from schoolsim.figures.errors import FigureError
from schoolsim.figures.style import DPI, journal_style
from schoolsim.studies.store.files import disk_errors, whole_file

PROVENANCE_KEYS = ("title", "study", "config_sha256", "version", "commit")
"""What a figure says of its origin; a value may be None where it is not known."""

Provenance = Mapping[str, object]

FORMATS = (".png", ".svg", ".pdf")


def save_figure(figure: Figure, path: Path, provenance: Provenance, *, caption: str = "") -> Path:
    """Write a figure with its provenance and caption in the file's own metadata.

    No date, path or machine is written, so the same tables give the same bytes.

    Args:
        figure: The figure; its size is kept.
        path: Where to, ending in .png (300 dots an inch), .svg or .pdf.
        provenance: The keys of `PROVENANCE_KEYS`.
        caption: What the figure shows, in words.

    Returns:
        The path.

    Raises:
        FigureError: If the ending is another, or a key of the provenance is missing.
        StoreError: If the disk will not have it; a figure of that name stays as it is.
    """
    if path.suffix not in FORMATS:
        raise FigureError(f"a figure is saved as {', '.join(FORMATS)}; not as {path.name}")
    content = figure_bytes(figure, path.suffix, provenance, caption=caption)
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as draft:
        draft.write_bytes(content)
    return path


def figure_bytes(figure: Figure, ending: str, provenance: Provenance, *, caption: str = "") -> bytes:
    """A figure as the content of a file, with its provenance and caption in it.

    Args:
        figure: The figure; its size is kept.
        ending: One of `FORMATS`.
        provenance: The keys of `PROVENANCE_KEYS`.
        caption: What the figure shows, in words.

    Raises:
        FigureError: If a key of the provenance is missing.
    """
    buffer = io.BytesIO()
    with journal_style():
        metadata = _METADATA[ending](checked(provenance), caption)
        figure.savefig(buffer, format=ending[1:], dpi=DPI, metadata=metadata)
    return buffer.getvalue()


def checked(provenance: Provenance) -> dict[str, str]:
    """The provenance as text, "unknown" for None.

    Raises:
        FigureError: If a key of `PROVENANCE_KEYS` is missing.
    """
    missing = [key for key in PROVENANCE_KEYS if key not in provenance]
    if missing:
        raise FigureError(f"provenance lacks {', '.join(missing)}")
    known = {key: provenance[key] for key in PROVENANCE_KEYS}
    return {key: "unknown" if value is None else str(value) for key, value in known.items()}


def origin(provenance: Provenance) -> str:
    """The provenance in one line, the same in every file: `study=…; config_sha256=…; …`."""
    text = checked(provenance)
    return "; ".join(f"{key}={text[key]}" for key in PROVENANCE_KEYS if key != "title")


def file_name(text: str) -> str:
    """A name without spaces, slashes or dots that begin it."""
    return re.sub(r"[^\w-]+", "_", text).strip("_") or "figure"


def _png(text: dict[str, str], caption: str) -> dict[str, str | None]:
    return {
        "Title": text["title"],
        "Description": caption,
        "Source": origin(text),
        "Study": text["study"],
        "ConfigSHA256": text["config_sha256"],
        "Commit": text["commit"],
        "Software": f"schoolsim {text['version']}",
    }


def _svg(text: dict[str, str], caption: str) -> dict[str, str | None]:
    return {
        "Title": text["title"],
        "Description": caption,
        "Source": origin(text),
        "Identifier": text["study"],
        "Creator": f"schoolsim {text['version']}",
        "Date": None,
    }


def _pdf(text: dict[str, str], caption: str) -> dict[str, str | None]:
    return {
        "Title": text["title"],
        "Subject": caption,
        "Keywords": origin(text),
        "Creator": f"schoolsim {text['version']}",
        "CreationDate": None,
    }


_METADATA = {".png": _png, ".svg": _svg, ".pdf": _pdf}
