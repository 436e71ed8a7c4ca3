"""`schoolsim schools`: what is read of a file of schools."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Type


def test_a_file_of_schools_is_summarised(typed: Type, register: Path) -> None:
    said = typed("schools", register)
    assert said.code == 0, said.err
    assert "18 schools of 2 authorities: Hollyshire, Thornshire" in said.out
    assert "not open" in said.out or "closed" in said.out.lower()
    told = json.loads(typed("schools", register, "--authority", "Hollyshire", "--json").out)
    assert told["summary"]["all"]["schools"] == 4
    wrong = typed("schools", register, "--authority", "Thornshir")
    assert wrong.code == 2
    assert 'Did you mean "Thornshire"?' in wrong.err
