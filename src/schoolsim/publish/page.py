"""Writes the published page of a study: one file of HTML, with its data and its script, that loads nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from schoolsim.analysis.run_table import AnalysisError
from schoolsim.publish.contents import contents_of
from schoolsim.studies.store.files import disk_errors, write_text

if TYPE_CHECKING:
    from schoolsim.studies import StudyResult

FILE = "published.html"
"""The page's name in a results folder, where no other is given."""
LARGEST: Final = 3_000_000
"""Bytes of a page that can be sent on and opened on a telephone."""
SCRIPTS: Final = ("answering.js", "page.js")


def publish_study(
    result: StudyResult, path: str | Path | None = None, tell: Callable[[str], None] = lambda line: None
) -> Path:
    """Write one page of HTML that answers for a study as its reader moves levers and worlds.

    Nothing is loaded from anywhere when it is read. The same results folder gives the same answers, and the file is
    written whole or not at all. A study that is not finished is published from the runs there are, and says so.

    Args:
        result: The study.
        path: The file; `published.html` in the results folder when None.
        tell: Called with a line before what takes seconds.

    Returns:
        The file.

    Raises:
        StoreError: A file of the study is not as it was written, or the disk will not have the page.
        AnalysisError: There is nothing to publish, the page would be too large, or scikit-learn is not installed.
    """
    target = result.folder / FILE if path is None else Path(path)
    text = publish_page(result, tell)
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    write_text(target, text)
    return target


def publish_page(result: StudyResult, tell: Callable[[str], None] = lambda line: None) -> str:
    """The page as text; see `publish_study`."""
    loader = ChoiceLoader([PackageLoader("schoolsim.publish"), PackageLoader("schoolsim.report")])
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    script = "\n" + "\n".join(loader.get_source(environment, name)[0] for name in SCRIPTS)
    # The browser runs the script with this hash and no other, whatever else should get into the page.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    page = environment.get_template("published.html").render(
        page=contents_of(result, tell), script=script, script_hash=digest
    )
    text = page.lstrip()
    size = len(text.encode())
    if size > LARGEST:
        raise AnalysisError(
            f"the page would be {size / 1e6:.1f} MB, and one that opens on a telephone has {LARGEST / 1e6:.0f} at "
            "most: publish a study with fewer combinations, replications or reported outcomes"
        )
    return text
