"""The docks, and running them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schoolsim.evidence.verification import barter, choosing, copying, ishigami, march_cases, opinions, spreading
from schoolsim.evidence.verification.comparison import Row
from schoolsim.evidence.verification.settings import Settings, read_settings
from schoolsim.parameters.errors import UserError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

STANDARDS: Final = ("identity", "distributional", "relational")
COLUMNS: Final = ("dock", "model", "standard", "quantity", "ours", "theirs", "tolerance", "verdict", "note")


@dataclass(frozen=True)
class Dock:
    """One model that ours is held against.

    Args:
        id: Short name.
        model: What it is.
        reference: Whom to cite.
        standard: `identity`, `distributional` or `relational` (Axtell et al. 1996).
        through: Which part of schoolsim does the work, and how it reduces to the model.
        config: Its file in `configs/docking`, without `.toml`.
        compare: Takes the file's settings, gives the rows.
    """

    id: str
    model: str
    reference: str
    standard: str
    through: str
    config: str
    compare: Callable[[Settings], list[Row]]


_ALL: Final = (
    Dock(
        "contagion", "SI on a complete graph", "Exact pure-birth chain; Bailey 1975", "identity",
        "classroom phase: one practice, learnt whole from one colleague met by chance (home.talk)",
        "contagion", spreading.contagion,
    ),
    Dock(
        "bass", "Bass diffusion", "Bass 1969, doi 10.1287/mnsc.15.5.215", "identity",
        "friends' talk (innovation) and classroom phase (imitation)", "bass", spreading.diffusion,
    ),
    Dock(
        "fixation", "Neutral and biased copying (Moran)", "Moran 1958, doi 10.1017/S0305004100033193", "identity",
        "classroom phase with home.copying and home.copying_bias", "copying", copying.fixation,
    ),
    Dock(
        "degroot", "DeGroot consensus", "DeGroot 1974, doi 10.1080/01621459.1974.10480137", "identity",
        "relations phase with values.drift_friends, values.drift_home", "opinions", opinions.averaging,
    ),
    Dock(
        "friedkin", "Friedkin-Johnsen opinions", "Friedkin & Johnsen 1990, doi 10.1080/0022250X.1990.9990069",
        "identity", "the same with values.anchor", "opinions", opinions.holding,
    ),
    Dock(
        "barter", "Knowledge barter on small worlds", "Cowan & Jonard 2004, doi 10.1016/j.jedc.2003.04.002",
        "relational", "matching, joint work by exchange, classroom and careers phases, with exchange.barter",
        "barter", barter.small_worlds,
    ),
    Dock(
        "choice", "Multinomial logit and Huff choice", "McFadden 1974; Huff 1964; Berry 1994", "identity",
        "market phase", "market", choosing.choice,
    ),
    Dock(
        "full_schools", "Assignment where a school is full", "Gale & Shapley 1962; Abdulkadiroglu & Sonmez 2003",
        "identity", "market phase: rounds of re-choice", "market", choosing.full_schools,
    ),
    Dock(
        "segregation", "Segregation indices D and GS", "Duncan & Duncan 1955; Gorard & Taylor 2002", "identity",
        "outcomes segregation.dissimilarity and segregation.gorard", "market", choosing.segregation,
    ),
    Dock(
        "march", "Exploration and exploitation", "March 1991, doi 10.1287/orsc.2.1.71", "distributional",
        "studies: a user's own model", "march1991", march_cases.equilibrium,
    ),
    Dock(
        "march_open", "March's open system: mixed rates, turnover, turbulence", "March 1991, doi 10.1287/orsc.2.1.71",
        "distributional", "studies: a user's own model", "march1991", march_cases.extensions,
    ),
    Dock(
        "ishigami", "Ishigami function", "Ishigami & Homma 1990, doi 10.1109/ISUMA.1990.151285", "identity",
        "studies and analysis: Saltelli design, sweep, store, Sobol indices", "ishigami", ishigami.indices,
    ),
)  # fmt: skip

#: Every dock by id.
DOCKS: Final = {one.id: one for one in _ALL}


def dock(
    ids: Sequence[str] | None = None, *, quick: bool = False, report: Callable[[str], None] | None = None
) -> pd.DataFrame:
    """Run docks and compare.

    Args:
        ids: Which, from `DOCKS`; all when None.
        quick: Smaller runs with wider tolerances, seconds instead of minutes.
        report: Called with a sentence before each dock, for a command that shows progress.

    Returns:
        A row a quantity, columns `COLUMNS`; `tolerance` is blank where a relation holds or does not, and `verdict`
        is `agrees`, `differs` or `not docked`. Its `attrs["seconds"]` holds each dock's time.

    Raises:
        UserError: There is no such dock.
    """
    import pandas as pd

    wanted = list(DOCKS) if ids is None else list(ids)
    for name in wanted:
        if name not in DOCKS:
            raise UserError(f'there is no dock "{name}".{did_you_mean(name, DOCKS)} There are: {", ".join(DOCKS)}.')
    lines, seconds = [], {}
    for name in wanted:
        one, started = DOCKS[name], time.perf_counter()
        if report is not None:
            report(f"{one.id}: {one.model}")
        for row in one.compare(read_settings(one.config, quick=quick)):
            lines.append((one.id, one.model, one.standard, row.quantity, row.ours, row.theirs, row.tolerance,
                          row.verdict, row.note))  # fmt: skip
        seconds[name] = time.perf_counter() - started
    table = pd.DataFrame(lines, columns=list(COLUMNS))
    table.attrs["seconds"] = seconds
    return table
