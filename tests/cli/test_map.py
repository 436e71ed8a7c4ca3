"""`schoolsim map`, and the commands that docs/places.md shows for it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import schoolsim as ss
from tests.cli.conftest import SMALL, Type

SIZE = ("-p", "setting.schools=12", "-p", "programme.originators=2")
PAGE = Path(__file__).parents[2] / "docs" / "places.md"

pytestmark = pytest.mark.usefixtures("elsewhere")


def shown() -> list[str]:
    """The commands under the heading on mapping."""
    section = PAGE.read_text(encoding="utf-8").partition("## Mapping who")[2].partition("\n## ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return block.splitlines()


def test_the_page_shows_each_kind_of_source() -> None:
    assert len(shown()) == 4


@pytest.mark.parametrize("number", range(4))
def test_what_the_page_shows_works(number: int, typed: Type, register: Path, swept: Path) -> None:
    command = shown()[number].split()
    if "places/thornshire" in command:
        said = typed("schools", "build", register, "--authority", "Thornshire", "--out", "places/thornshire")
        assert said.code == 0, said.err
        urns = ss.read_schools("places/thornshire").urn.tolist()
        rows = [f"{urns[0]},{other},advice" for other in urns[1:6]] + [f"{urns[7]},{urns[8]},moderation"]
        Path("advice.csv").write_text("from,to,kind\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert swept.is_dir()
    said = typed(*command[1:], *(SIZE if command[2] == "beacon" else ()))
    assert said.code == 0, said.err
    assert "Hubs, the best connected" in said.out
    if "--out" in command:
        folder = Path(command[command.index("--out") + 1])
        files = {file.name for file in folder.iterdir()}
        assert {"map.png", "map.svg", "map.txt"} <= files
        # A list of ties says nothing of rivalry.
        assert ({"trust.png", "trust.svg", "trust.txt", "ties.csv"} <= files) == (not command[2].endswith(".csv"))
        assert len(list(folder.rglob("map.geojson"))) == max(1, command.count("--at"))


def test_a_stored_study_of_one_point_is_mapped(typed: Type) -> None:
    """Its table of points has no column, and a table without columns has no rows either in Parquet."""
    small = '[constants]\n"setting.schools" = 12\n'
    Path("one.toml").write_text(f'base = "beacon"\nreplications = 2\nyears = 1\n{small}', encoding="utf-8")
    assert typed("sweep", "one.toml", "-q").code == 0
    assert len(ss.StudyResult.open("results/one").points) == 1
    said = typed("map", "results/one")
    assert said.code == 0, said.err
    assert "Hubs, the best connected" in said.out


def test_a_stored_run_is_made_again_as_it_was(typed: Type, swept: Path) -> None:
    result = ss.StudyResult.open(swept)
    last = result.runs.iloc[-1]
    said = typed("map", swept, "--run", last["run"], "--json")
    assert said.code == 0, said.err
    (found,) = json.loads(said.out)["maps"]
    assert f"point {last['point']}, replication {last['replication']}, after 1 year" in found["title"]
    point = result.points.iloc[int(last["point"])].to_dict()
    system = ss.SchoolSystem(swept / "study.toml", point, seed=int(last["seed"]),
                             burn_in_years=result.config.burn_in_years).run(1)  # fmt: skip
    expected = ss.map_network(system).to_dict()
    assert found["schools"] == expected["schools"]
    first = json.loads(typed("map", swept, "--json").out)["maps"][0]
    assert first["schools"] != found["schools"]


def test_years_are_counted_from_the_policy(typed: Type) -> None:
    said = typed("map", "beacon", *SIZE, "--at", 1, "--at", 0, "--json")
    early, late = json.loads(said.out)["maps"]
    assert early["title"].endswith("as the policy begins")
    assert late["title"].endswith("after 1 year")
    alone = json.loads(typed("map", *SMALL[:1], *SIZE, "--at", 1, "--json").out)["maps"][0]
    assert alone["schools"] == late["schools"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("beacon", "--run", "3"), "takes no --run"),
        (("beacon", "--at", "-1"), "counted from 0"),
        (("ties.csv",), "--schools FILE"),
        (("ties.csv", "--at", "2"), "takes no --at"),
        (("ties.csv", "--seed", "2"), "takes no --seed"),
        (("results/tiny", "-p", "setting.schools=12"), "takes no -p"),
        (("results/tiny", "--run", "zz"), "no run"),
        (("results/tiny", "--kind", "advice"), '"acquaintance", "partnership"'),
        (("results/tiny", "--groups", "region"), "none of communities"),
        (("badging_funding",), "a study of many points"),
        (("beacn",), "beacon"),
    ],
)
def test_a_mistake_is_answered(words: tuple[str, ...], message: str, typed: Type, swept: Path) -> None:
    assert swept.is_dir()
    said = typed("map", *words)
    assert said.code == 2
    assert message in said.err
