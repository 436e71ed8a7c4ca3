"""Practices, how they are learnt, kept and used in class (M01-M05, M23)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real, whole

_constant = partial(real, role="constant")
_uncertain = partial(real, role="uncertainty")

PARAMETERS: tuple[Parameter, ...] = (
    whole("practice.number", 24, low=2, high=64, role="constant", unit="practices", meaning="Practices in use somewhere as the run begins.", source="prototype; enough for schools to differ"),
    whole("practice.slots", 8, low=0, high=64, role="constant", unit="practices", meaning="Room for practices created in the run.", source="prototype", mechanisms=("M09",)),
    _constant("practice.tacit_base", 0.1, low=0.0, high=1.0, unit="share", meaning="Tacit share of a wholly technical practice.", source="Fielding 2005 App A (sign); size assumed", mechanisms=("M03",)),
    _constant("practice.tacit_slope", 0.6, low=0.0, high=1.0, unit="share", meaning="How much more tacit a values-laden practice is.", source="Fielding 2005 App A (sign); size assumed", mechanisms=("M03",)),
    _constant("practice.dependence_base", 0.1, low=0.0, high=1.0, unit="share", meaning="Context dependence of a wholly technical practice.", source="Fielding 2005 §4.11 (sign); size assumed", mechanisms=("M01",)),
    _constant("practice.dependence_slope", 0.6, low=0.0, high=1.0, unit="share", meaning="How much more a values-laden practice depends on context.", source="Fielding 2005 §4.11 (sign); size assumed", mechanisms=("M01",)),
    _constant("practice.spread", 0.11, low=0.0, high=0.5, unit="share", meaning="Standard deviation of tacitness and context dependence around what kind implies.", source="assumed"),
    _uncertain("practice.effect_mean", 0.10, low=0.0, high=0.2, unit="pupil sd", meaning="Mean effect of a practice, fully mastered and tuned, on a class.", source="Burgess et al. 2021 .07; coaching .18 (Kraft et al. 2018); prototype .10", grade="published"),
    _constant("practice.effect_sd", 0.05, low=0.0, high=0.2, unit="pupil sd", meaning="Spread of true effects between practices.", source="prototype"),
    _uncertain("practice.appeal_truth", 0.3, low=0.0, high=1.0, unit="correlation", meaning="How far appeal follows true effect.", source="Fielding 2005 §4.3: provenance is not effect; size assumed", mechanisms=("M05",)),
    _uncertain("practice.hours_mean", 18.0, low=6.0, high=60.0, unit="hours", meaning="Mean joint hours to 95% mastery were every factor one.", source="coaching studies of 20-30 hours", grade="memory", mechanisms=("M25",)),
    _constant("practice.home_spread", 0.9, low=0.0, high=3.0, unit="context sd", meaning="Spread of the contexts practices were made for.", source="prototype", mechanisms=("M01",)),
    _constant("practice.context_weight", 1.0, low=0.0, high=1.0, unit="weight", meaning="Weight of context in what a practice gives away from home.", source="Fielding 2005 §4.11", grade="seed", mechanisms=("M01",)),
    _uncertain("practice.decay", 0.03, low=0.0, high=0.06, unit="1/half-term", meaning="Loss of mastery of what is not owned.", source="prototype, fitted to stationary repertoires", grade="calibrated", mechanisms=("M02b",)),
    _uncertain("practice.keep", 0.05, low=0.0, high=0.07, unit="1/half-term", meaning="Growth of mastery by use of what is owned.", source="prototype, fitted to stationary repertoires", grade="calibrated", mechanisms=("M02b",)),
    _constant("practice.forgotten", 0.02, low=0.0, high=0.2, unit="mastery", meaning="Mastery below which a practice is no longer used at all.", source="prototype", mechanisms=("M02b",)),
    _constant("practice.tuning_by_use", 0.01, low=0.0, high=0.1, unit="1/half-term", meaning="Tuning to the own context gained by plain use.", source="assumed", mechanisms=("M01",)),
    _uncertain("practice.dip", 0.006, low=0.0, high=0.03, unit="pupil sd", meaning="Cost to the class of each practice not yet half mastered that is being learned.", source="Fielding 2005 §4.21, §2.4 (sign); size assumed", mechanisms=("M02",)),
    _constant("practice.swamp", 3.0, low=1.0, high=10.0, unit="practices", meaning="New practices at once beyond which the dip grows no deeper.", source="prototype", mechanisms=("M02",)),
    _uncertain("practice.response", 0.15, low=0.0, high=0.5, unit="share", meaning="Strongest change of ownership after seeing how pupils respond.", source="Fielding 2005 §4.3 (sign); size assumed", mechanisms=("M23",)),
    _constant("practice.response_scale", 0.05, low=0.01, high=0.5, unit="pupil sd", meaning="Response at which ownership changes by three quarters of the strongest change.", source="assumed", mechanisms=("M23",)),
    _constant("practice.response_noise", 0.06, low=0.0, high=0.5, unit="pupil sd", meaning="Noise of what a teacher sees in one class in one half-term.", source="assumed", mechanisms=("M23",)),
    _constant("practice.dropped_below", -0.06, low=-9.0, high=0.0, unit="pupil sd", meaning="Seen response below which use is halved.", source="assumed", mechanisms=("M23",)),
    _uncertain("learning.rate", 4.0, low=1.0, high=8.0, unit="1", meaning="Speed of learning in an episode.", source="prototype", grade="calibrated", mechanisms=("M03",)),
    _constant("learning.zone", 0.25, low=0.05, high=1.0, unit="mastery", meaning="Gap from which most is learnt, without confidence or trust.", source="Fielding 2005 §2.26; prototype", mechanisms=("M04",)),
    _constant("learning.zone_reach", 0.35, low=0.0, high=1.0, unit="mastery", meaning="How far confidence and trust move that gap outward.", source="Fielding 2005 §2.26; prototype", mechanisms=("M04",)),
    _constant("learning.zone_weight", 1.0, low=0.0, high=1.0, unit="weight", meaning="Weight of near before far.", source="Fielding 2005 §2.26", grade="seed", mechanisms=("M04",)),
    _constant("learning.explicit", 0.8, low=0.0, high=1.0, unit="1", meaning="Access to the explicit part of a practice, the same in every channel.", source="prototype", mechanisms=("M03",)),
    _constant("learning.tacit_weight", 1.0, low=0.0, high=1.0, unit="weight", meaning="Weight of tacitness: at 0 everything can be written down.", source="Fielding 2005 §2.13, App A", grade="seed", mechanisms=("M03",)),
    _constant("learning.familiarity_base", 0.2, low=0.0, high=1.0, unit="1", meaning="Tacit access between strangers, as a share of that between old colleagues.", source="prototype", mechanisms=("M03",)),
    _constant("learning.skill_base", 0.3, low=0.0, high=1.0, unit="1", meaning="Tacit access with an originator of no transfer skill, as a share.", source="prototype", mechanisms=("M03",)),
    _constant("learning.ownership_reach", 1.5, low=0.0, high=3.0, unit="1", meaning="Engagement times mode ownership times this is the ownership worked toward.", source="prototype", mechanisms=("M22",)),
    _uncertain("home.hours", 6.0, low=0.0, high=30.0, unit="hours/half-term", meaning="In-school talk about practice, each teacher.", source="at 4 repertoires shrink by a fifth in ten years, at 8 they grow; 2-3 h a week of teamwork is reported", grade="calibrated", mechanisms=("M25",)),
    _constant("home.face", 0.8, low=0.0, high=1.0, unit="share", meaning="Tacit channel between colleagues of one school.", source="prototype", mechanisms=("M03",)),
    _constant("home.familiarity", 0.5, low=0.0, high=1.0, unit="share", meaning="Familiarity of colleagues of one school.", source="prototype", mechanisms=("M03",)),
    whole("home.focus_kept", 3, low=1, high=12, role="constant", unit="half-terms", meaning="How long a teacher keeps to one focus at home.", source="prototype"),
    whole("home.colleagues", 3, low=1, high=10, role="constant", unit="teachers", meaning="Colleagues thought of when choosing whom to learn from.", source="prototype"),
    _constant("home.agenda", 0.3, low=0.0, high=2.0, unit="mastery", meaning="Extra weight at home of what the school works on with a partner.", source="prototype", mechanisms=("M30",)),
    _constant("home.tone_base", 0.3, low=0.0, high=1.0, unit="1", meaning="In-school learning under the coldest head, as a share of the warmest.", source="prototype", mechanisms=("M30",)),
    _constant("informal.rate", 0.6, low=0.0, high=1.0, unit="1/half-term", meaning="Chance of an informal exchange over a full tie.", source="prototype", mechanisms=("M14", "M20")),
    _constant("informal.hours", 1.0, low=0.0, high=10.0, unit="hours", meaning="Hours of one informal exchange, outside the school day.", source="prototype", mechanisms=("M14",)),
    _constant("informal.face", 0.4, low=0.0, high=1.0, unit="share", meaning="Tacit channel of an informal exchange.", source="prototype", mechanisms=("M03", "M14")),
    _constant("informal.enterprise", 1.0, low=0.0, high=1.0, unit="weight", meaning="Weight of a teacher's enterprise in seeking others out.", source="Fielding 2005 §2.22, §3.24", grade="seed", mechanisms=("M20",)),
)  # fmt: skip
