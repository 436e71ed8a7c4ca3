"""Writes the report of a study: one page of HTML that holds all it shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from schoolsim.report.contents import contents_of
from schoolsim.studies.store.files import disk_errors, write_text

if TYPE_CHECKING:
    from schoolsim.studies import StudyResult

FILE = "report.html"
"""The page's name in a results folder, where no other is given."""


def write_report(result: StudyResult, path: str | Path | None = None) -> Path:
    """Write one page of HTML that says all of a study: nothing is loaded from anywhere when it is read.

    The same results folder gives the same bytes, and the file is written whole or not at all. A study that is not
    finished is reported from the runs there are, and says so.

    Args:
        result: The study.
        path: The file; `report.html` in the results folder when None.

    Returns:
        The file.

    Raises:
        StoreError: A file of the study is not as it was written, or the disk will not have the page.
        AnalysisError: There are too few runs to say anything.
    """
    target = result.folder / FILE if path is None else Path(path)
    text = report_page(result)
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    write_text(target, text)
    return target


def report_page(result: StudyResult) -> str:
    """The page as text; see `write_report`."""
    environment = Environment(
        loader=PackageLoader("schoolsim.report", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("page.html").render(report=contents_of(result)).lstrip()
