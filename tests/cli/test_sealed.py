"""Commands on a results folder that is not as it was written: one message, and no number from it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Type
from tests.studies.resealing import flip, reseal


@pytest.mark.parametrize("command", ["answer", "figures", "report", "publish", "export"])
def test_an_effect_added_by_hand_is_not_reported(typed: Type, swept: Path, command: str) -> None:
    runs = pd.read_parquet(swept / "runs.parquet")
    runs.loc[runs["badging.scope"] == "individual", "progress.partner"] += 5
    runs.to_parquet(swept / "runs.parquet")
    said = typed(command, swept)
    assert (said.code, said.out) == (2, "")
    assert f"{swept / 'runs.parquet'} is not the file that was written" in said.err


@pytest.mark.parametrize(
    "command", ["answer", "figures", "report", "export", "status", "resume", "reproduce", "verify"]
)
@pytest.mark.parametrize("damage", ["cut", "shape"])
def test_a_damaged_manifest_is_one_message(typed: Type, swept: Path, command: str, damage: str) -> None:
    if damage == "cut":
        (swept / "manifest.json").write_bytes((swept / "manifest.json").read_bytes()[:300])
    else:
        reseal(swept, lambda manifest: manifest["study"].update(seed="3"))
    said = typed(command, swept)
    assert said.code == (1 if command == "verify" else 2)
    message = said.out.splitlines()[0] if command == "verify" else said.err
    assert "manifest.json is damaged" in message
    assert damage == "cut" or '"study.seed": input should be a valid integer' in message
    assert "itself failed" not in said.err


def test_a_folder_is_verified(typed: Type, swept: Path) -> None:
    said = typed("verify", swept)
    assert said.code == 0, said.err
    assert f"{swept}: 7 files as written." in said.out
    told = json.loads(typed("verify", swept, "--json").out)
    assert (told["sound"], told["state"], told["checked"]) == (True, "complete", 7)
    flip(swept / "design.parquet", 99)
    flip(swept / "study.toml", 99)
    said = typed("verify", swept)
    assert said.code == 1
    assert said.out.splitlines()[:2] == [
        f"{swept / 'study.toml'} is not the file that was written",
        f"{swept / 'design.parquet'} is not the file that was written",
    ]
    assert typed("verify", "results/nowhere").code == 2


def test_a_model_of_a_stored_study_is_named_by_the_user(typed: Type, swept: Path) -> None:
    def command(manifest: dict) -> None:
        manifest["study"].update(model="subprocess:Popen", arguments={"args": ["touch", "ran"]})

    reseal(swept, command)
    for name in ("reproduce", "resume"):
        said = typed(name, swept)
        assert said.code == 2
        assert "--model subprocess:Popen" in said.err
    assert not Path("ran").exists()
