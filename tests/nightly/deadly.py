"""Cases of which one never ends and one ends its process: what tests of the workers try."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

HANGS, ENDS, CODE = 3, 5, 7


def cases(name: str, seeds: Iterable[int], folder: Path) -> Iterator[tuple[int, str]]:
    """All is well with every other case."""
    for seed in seeds:
        if seed == HANGS:
            time.sleep(600)
        if seed == ENDS:
            os._exit(CODE)
        yield seed, ""
