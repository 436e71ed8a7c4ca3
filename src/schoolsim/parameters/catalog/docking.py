"""Small mechanisms of other people's models, off by default, in which ours reduces to theirs (M05, M08, M22, M25)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, flag, real

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _constant("home.talk", 1.0, high=1.0, unit="chance/half-term", meaning="Chance that a teacher talks of practice with colleagues in a half-term.", source="assumed: everybody does; below 1 in-school learning becomes a contagion", mechanisms=("M25",)),
    _uncertain("home.copying", 0.0, high=1.0, unit="chance/half-term", meaning="Chance that a teacher takes over a colleague's repertoire as it is, good or bad, instead of learning from the best.", source="uniform copying, Cavalli-Sforza & Feldman 1981; off unless asked for", mechanisms=("M05",)),
    _uncertain("home.copying_bias", 0.0, high=10.0, unit="1", meaning="How much likelier a colleague is to be copied for each practice fully mastered of full appeal.", source="biased transmission, Boyd & Richerson 1985; off unless asked for", mechanisms=("M05",)),
    _uncertain("values.drift_home", 0.0, high=1.0, unit="share/half-term", meaning="How far a teacher's values move to the mean of the own staff's.", source="DeGroot 1974; Fielding 2005 App A on values; off unless asked for", mechanisms=("M22",)),
    _uncertain("values.drift_friends", 0.0, high=1.0, unit="share/half-term", meaning="How far a teacher's values move to the mean, weighted by trust, of friends' in other schools.", source="DeGroot 1974; off unless asked for", mechanisms=("M14", "M22")),
    _uncertain("values.anchor", 0.0, high=1.0, unit="share", meaning="How firmly teachers hold to the values they came with while values drift.", source="Friedkin & Johnsen 1990; assumed", mechanisms=("M22",)),
    flag("exchange.barter", False, role="uncertainty", meaning="Whether an exchange is a strict trade: each half-term a practice for a practice, each drawn among those one school leads the other in, and no work without both.", source="Cowan & Jonard 2004; off unless asked for", mechanisms=("M08", "M17")),
    _constant("exchange.barter_lead", 0.01, high=0.5, unit="1", meaning="Lead that makes a practice worth trading in a strict trade, relative to the other school's level.", source="Cowan & Jonard 2004: within one per cent is no lead", grade="memory", mechanisms=("M08",)),
)  # fmt: skip
