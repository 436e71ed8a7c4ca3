"""Sources of a learner's and an originator's engagement (M22, M29)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real

_constant = partial(real, role="constant", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    real("engagement.will", 0.0, low=-4.0, high=4.0, role="uncertainty", unit="logit", meaning="Will to work with others, over and above what the setting gives.", label="Will to work with others", phrase="the will to work with others", source="Fielding 2005 §3.21: time without will does nothing", grade="seed", mechanisms=("M22",)),
    _constant("engagement.weight", 1.0, high=1.0, unit="weight", meaning="Weight of engagement: at 0 everybody is fully engaged.", source="Fielding 2005 §2.31", grade="seed", mechanisms=("M22",)),
    real("engagement.base", -0.28, low=-5.0, high=5.0, role="uncertainty", unit="logit", meaning="Learner's engagement with everything at its middle.", label="Learners' engagement to begin with", phrase="the engagement of learners with everything at its middle", source="prototype; size assumed", mechanisms=("M22",)),
    _constant("engagement.pull", 1.0, high=5.0, unit="logit", meaning="Weight of each thing that draws people in, around its middle: own need, a say, appeal, the head's tone, protection (it is safe to fail), trust in the other.", source="prototype; size assumed", mechanisms=("M22",)),
    _constant("engagement.fit", 0.8, high=5.0, unit="logit", meaning="Weight of its fit with one's values.", source="prototype; size assumed", mechanisms=("M22",)),
    _constant("engagement.imposed", 2.0, high=10.0, unit="logit", meaning="Weight of being made to, on either side.", source="Fielding 2005 §2.31; size assumed", mechanisms=("M22",)),
    _constant("engagement.won_over", 0.15, high=1.0, unit="mastery", meaning="Mastery that the partner's teachers gain in imposed work after which it is their own.", source="Fielding 2005 §3.32, §4.21: directed at first, self-driving after a success; size assumed", mechanisms=("M22",)),
    _constant("engagement.overload", 0.5, high=5.0, unit="logit", meaning="Weight of each partnership beyond the first.", source="prototype; size assumed", mechanisms=("M22",)),
    _constant("engagement.stakes", 0.5, high=5.0, unit="logit", meaning="Weight of stakes without protection.", source="prototype; size assumed", mechanisms=("M22", "M38")),
    real("engagement.originator_base", 0.3, low=-5.0, high=5.0, role="constant", unit="logit", meaning="Originator's engagement with everything at its middle.", source="prototype; size assumed", mechanisms=("M22",)),
    real("engagement.overload_most", 3.0, low=1.0, high=10.0, role="constant", unit="partnerships", meaning="Partnerships of a school beyond which more overload nobody further.", source="prototype", mechanisms=("M22",)),
    _lever("priorities.own", 0.0, high=1.0, unit="share", scope="programme", meaning="How far a programme's partners work on their own priorities.", label="Work on partners' own priorities", phrase="the extent to which partners work on their own priorities", source="Fielding 2005 recommendation 12", grade="seed", mechanisms=("M13", "M22")),
)  # fmt: skip
