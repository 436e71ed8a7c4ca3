"""Makes the results that stand in the repository anew: `make results`, or `python experiments/results.py NAME ...`.

Every shipped study and programme is swept in a folder of its own below `results/.making`, which takes up again where
it was stopped. What is small is then put into `results/<name of the config>`; tables of single runs are not kept, since
the same config makes the same bytes again.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from schoolsim import Study
from schoolsim.analysis import Answer
from schoolsim.analysis.notes import measurement_note
from schoolsim.citations.references import SOFTWARE
from schoolsim.config import StudyConfig, config_from_mapping, list_configs, load_config
from schoolsim.figures.of_study import draw_study
from schoolsim.studies import StudyResult
from schoolsim.studies.errors import StudyChangedError
from schoolsim.studies.store.csv_text import write_csv
from schoolsim.studies.store.files import write_json, write_text

RESULTS = Path(__file__).parents[1] / "results"
MAKING = RESULTS / ".making"
PROGRAMME = {"years": 4, "burn_in_years": 2, "replications": 20, "seed": 2005}
"""How long, and how often, a programme is run by itself."""
WINDOW = 2
REPORTED = ("studies/badging_funding",)
"""Studies whose page is kept; `schoolsim report` writes that of any other."""
STORED = ("manifest.json", "study.toml")
ENDINGS = (".svg", ".txt", ".csv")
"""Of the files of a figure, those that are kept."""
SHOWN = {
    "studies/badging_funding": ("badging_by_competition.png", RESULTS.parent / "docs" / "figures"),
}
"""The figure that the README shows of a study, and where it stands."""


def names() -> list[str]:
    """Configs whose results are kept: every study, and every programme but the one that does nothing."""
    programmes = [entry.name for entry in list_configs("programmes") if not entry.name.endswith("/no_programme")]
    return [*(entry.name for entry in list_configs("studies")), *programmes]


def config_of(name: str) -> StudyConfig:
    """The config that is run: a study's own; a programme's, long enough to be compared with the others."""
    config = load_config(name)
    if not name.startswith("programmes/"):
        return config
    expected = list(dict.fromkeys(one.outcome for one in config.expects))
    return config_from_mapping({**PROGRAMME, "outcomes": {"window": WINDOW, "report": expected}}, on=config)


def sweep(name: str, folder: Path, workers: int | None = None) -> StudyResult:
    """Run a config into a folder; what an older model or config left there is replaced."""
    study = Study(config_of(name), name=folder.name, cite=[SOFTWARE.text()])
    executor = "serial" if workers == 1 else "auto"
    try:
        return study.run(workers, out=folder, executor=executor, progress=False)
    except StudyChangedError:
        shutil.rmtree(folder)
        return study.run(workers, out=folder, executor=executor, progress=False)


def keep(result: StudyResult, folder: Path, *, page: bool = False) -> list[Path]:
    """Write what is small of a study into a folder, in place of what was there.

    Args:
        result: The study, complete.
        folder: Where to.
        page: Whether to write its report, too.

    Returns:
        The files.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in STORED:
        shutil.copyfile(result.folder / name, folder / name)
    answer = Answer(result, whole=True)
    title, question = result.config.title, " ".join(result.config.description.split())
    lines, measured = answer.lines(), measurement_note(result.config)
    told = {"title": title, "question": question, "answer": lines, "measured": measured}
    write_json(folder / "answer.json", told)
    write_text(folder / "answer.txt", "\n\n".join([title, question, *lines, measured]) + "\n")
    for name, table in tables(answer).items():
        write_csv(folder / f"{name}.csv", table)
    for file in draw_study(result, result.config):
        if file.suffix in ENDINGS:
            (folder / "figures").mkdir(exist_ok=True)
            shutil.copyfile(file, folder / "figures" / file.name)
    if page:
        result.report(folder / "report.html")
    return sorted(file for file in folder.rglob("*") if file.is_file())


def tables(answer: Answer) -> dict[str, pd.DataFrame]:
    """Summary tables, to full precision: `effects`, of studies that compare, and `levels`."""
    if answer.kind != "grid":
        return {"levels": answer.overall_table(answer.told_of_one_point())}
    by = answer.settings()[:1]
    effects = [answer.contrast(lever, baseline, by) for lever, baseline in answer.levers().items()]
    return {
        "effects": pd.concat(effects, ignore_index=True),
        "levels": answer.level_table(),
    }


def main(wanted: Sequence[str]) -> None:
    """Make the results of these configs, or of all."""
    unknown = [name for name in wanted if name not in names()]
    if unknown:
        raise SystemExit(f"{unknown[0]} is not one of {', '.join(names())}")
    for name in wanted or names():
        begun = time.monotonic()
        result = sweep(name, MAKING / name)
        files = keep(result, RESULTS / name, page=name in REPORTED)
        size = sum(file.stat().st_size for file in files) / 1000
        print(
            json.dumps({"made": name, "seconds": round(time.monotonic() - begun), "kilobytes": round(size)}), flush=True
        )
    # Last: a changed figure in docs/ would be told of the studies after it, as if their source were changed.
    for name, (figure, place) in SHOWN.items():
        if name in (wanted or names()):
            shutil.copyfile(MAKING / name / "figures" / figure, place / figure)


# Worker processes import this file too: only the process that was started runs the studies.
if __name__ == "__main__":
    main(sys.argv[1:])
