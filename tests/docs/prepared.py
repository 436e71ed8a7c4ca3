"""A folder that has what the pages name: studies, results, schools, ties; all of it small."""

from __future__ import annotations

from pathlib import Path

import schoolsim as ss
from tests.cli.conftest import SERIAL, Type
from tests.populations import made_up

#: Any study, as `X.toml` or `FILE`: it can be searched, and its results discovered, compared and published.
ANY = """\
title = "In which worlds does a badge help?"
base = "programmes/beacon"
years = 1
replications = 2

[levers]
"programme.originators" = 2
"programme.partners_each" = 1
"badging.scope" = ["none", "individual", "collective"]

[uncertainties]
"market.choice_weight" = { low = 0.0, high = 1.5 }

[design]
kind = "lhs"
points = 24

[constants]
"setting.schools" = 12

[outcomes]
report = ["trust.partner", "progress.partner"]
baseline = { "badging.scope" = "none" }
"""

#: What `docs/studies.md` asks of every school, with a lever.
GAINS = """\
title = "Which schools gain?"
base = "programmes/beacon"
years = 2
replications = 3
[levers]
"programme.originators" = 2
"programme.partners_each" = 1
"badging.scope" = ["none", "individual"]
[outcomes]
report = ["progress.partner"]
schools = ["progress", "roll"]
school_years = [0, 1, 2]
"""

#: What makes a study that ships small.
FEWER = ("--years", 2, "--replications", 4, "-p", "setting.schools=24")


def prepare(folder: Path, typed: Type) -> None:
    """Fill the current folder, which is `folder`.

    Raises:
        AssertionError: A command that makes something in it failed.
    """

    def type_in(*words: object) -> None:
        said = typed(*words)
        assert said.code == 0, f"schoolsim {' '.join(map(str, words))}\n{said.out}{said.err}"

    for name, text in (("X.toml", ANY), ("gains.toml", GAINS)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "worlds.csv").write_text("market.choice_weight\n0.2\n1.0\n", encoding="utf-8")
    (folder / "downloads").mkdir()
    _register(folder / "downloads")
    (folder / "FILE.csv").write_bytes((folder / "downloads" / "schools.csv").read_bytes())
    type_in("schools", "build", "downloads", "--authority", "Sheffield", "--out", "places/sheffield")
    type_in("schools", "build", "downloads", "--authority", "Thornshire", "--out", "places/thornshire")
    urns = ss.read_schools("places/sheffield").urn.tolist()
    rows = [f"{urns[0]},{other},advice" for other in urns[1:6]]
    (folder / "advice.csv").write_text("\n".join(["from,to,kind", *rows, ""]), encoding="utf-8")
    type_in("sweep", "X.toml", *SERIAL)
    type_in("sweep", "badging_funding", *FEWER, *SERIAL)
    type_in("sweep", "rural_brokers", *FEWER, *SERIAL)
    type_in("sweep", "gains.toml", "--schools", "places/thornshire", *SERIAL)


def _register(folder: Path) -> None:
    rows = []
    for first, name in ((100, "Sheffield"), (300, "Rotherham"), (500, "Thornshire")):
        place = {"authority": name, "code": str(first)}
        rows += [made_up.primary(first + n, east=440000 + 900 * n, **place) for n in range(10)]
        rows += [made_up.secondary(first + 50 + n, east=441000 + 2000 * n, **place) for n in range(3)]
    rows[0] |= {"EstablishmentName": "Ash Primary"}
    made_up.write(folder, rows)
