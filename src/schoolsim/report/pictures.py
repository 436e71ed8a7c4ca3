"""Figures of a report: drawn from the study's tables for a wide and for a narrow screen, and put into the page."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schoolsim.figures.of_study import provenance, requested_figures, study_tables
from schoolsim.figures.registry import draw
from schoolsim.figures.save import Provenance, figure_bytes
from schoolsim.figures.tables import Drawn, Tables
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.studies import StudyResult


@dataclass(frozen=True)
class Picture:
    """A figure, or why there is none.

    Args:
        alt: What it shows, for whoever cannot see it.
        caption: What stands under it.
        wide: For a page, as the address of an image that holds its own data.
        narrow: The same for a telephone.
        fault: Why it could not be drawn; empty where it was.
    """

    alt: str
    caption: str
    wide: str = ""
    narrow: str = ""
    fault: str = ""


def pictures(result: StudyResult) -> Iterator[Picture]:
    """The figures that the study's config asks for, or the usual ones of its design.

    One that cannot be drawn, as long as runs are missing or as it is asked for, says why.
    """
    requests = requested_figures(result, result.config)
    tables, origin = study_tables(result, requests), provenance(result)
    for request in requests:
        try:
            yield _picture(tables, request, origin)
        except UserError as error:
            name = str(request.get("name") or request["kind"])
            missing = "" if result.complete else " More can be drawn when all runs are made."
            yield Picture("", f"{name} cannot be drawn.{missing}", fault=str(error))


def _picture(tables: Tables, request: Mapping[str, object], origin: Provenance) -> Picture:
    wide = draw(tables, {**request, "width": "page"}, origin)
    narrow = draw(tables, {**request, "width": "column"}, origin)
    return Picture(f"Chart. {wide.alt}", wide.short, _address(wide, origin), _address(narrow, origin))


def _address(drawn: Drawn, origin: Provenance) -> str:
    """The figure as the address of an image, without what only a reader of its source sees.

    Comments, spaces and the figure's own metadata are left out, since the page says where it comes from, and
    coordinates from 10 on are cut to a hundredth of a point; below it are scales of letters, which are not.
    """
    content = figure_bytes(drawn.figure, ".svg", origin, caption=drawn.short)
    content = re.sub(rb"<!--.*?-->|<metadata>.*?</metadata>", b"", content, flags=re.DOTALL)
    content = re.sub(rb"(\d\d\.\d\d)\d+", rb"\1", re.sub(rb"\s+", b" ", content)).replace(b"> <", b"><")
    return f"data:image/svg+xml;base64,{base64.b64encode(content).decode('ascii')}"
