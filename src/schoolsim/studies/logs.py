"""The log file of a study: everything its runs printed, logged and failed with."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schoolsim.studies.store.files import disk_errors

LOG = logging.getLogger("schoolsim.studies")
LARGEST = 10_000_000
"""Bytes of a log file; when it is full it is kept once, as `.1`."""


class _LogFile(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Say nothing: on a full disk the runs themselves are refused, and that is told."""


@contextmanager
def log_to(path: Path) -> Iterator[None]:
    """Write what this package logs to a file, inside the block.

    Args:
        path: The log file; its folder is created.

    Raises:
        StoreError: If it cannot be written.
    """
    with disk_errors(path):
        path.parent.mkdir(exist_ok=True)
        handler = _LogFile(path, maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    level = LOG.level
    LOG.setLevel(logging.INFO)
    LOG.addHandler(handler)
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        handler.close()
        LOG.setLevel(level)
