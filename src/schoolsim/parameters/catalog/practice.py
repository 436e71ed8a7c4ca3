"""Practices: what they are, how well they are known, how they are kept (M01, M02, M02b, M05, M23)."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real, whole

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)
_lever = partial(real, role="lever", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    whole("practice.number", 24, low=2, high=64, role="constant", unit="practices", meaning="Practices in use somewhere as the run begins.", source="prototype; enough for schools to differ"),
    whole("practice.slots", 8, low=0, high=64, role="constant", unit="practices", meaning="Room for practices created in the run.", source="prototype", mechanisms=("M09",)),
    _constant("practice.tacit_base", 0.1, low=0.0, high=1.0, unit="share", meaning="Tacit share of a wholly technical practice.", source="Fielding 2005 App A (sign); size assumed", mechanisms=("M03",)),
    _constant("practice.tacit_slope", 0.6, low=0.0, high=1.0, unit="share", meaning="How much more tacit a values-laden practice is.", source="Fielding 2005 App A (sign); size assumed", mechanisms=("M03",)),
    _constant("practice.dependence_base", 0.1, low=0.0, high=1.0, unit="share", meaning="Context dependence of a wholly technical practice.", source="Fielding 2005 §4.11 (sign); size assumed", mechanisms=("M01",)),
    _constant("practice.dependence_slope", 0.6, low=0.0, high=1.0, unit="share", meaning="How much more a values-laden practice depends on context.", source="Fielding 2005 §4.11 (sign); size assumed", mechanisms=("M01",)),
    _constant("practice.spread", 0.11, low=0.0, high=0.5, unit="share", meaning="Standard deviation of tacitness and context dependence around what kind implies.", source="assumed"),
    _uncertain("practice.effect_mean", 0.10, low=0.0, high=0.2, unit="pupil sd", meaning="Mean effect of a practice, fully mastered and tuned, on a class.", label="Effect of a practice on a class", phrase="the mean effect of a practice on a class", source="Burgess et al. 2021 .07; coaching .18 (Kraft et al. 2018); prototype .10", grade="published"),
    _constant("practice.effect_sd", 0.05, low=0.0, high=0.2, unit="pupil sd", meaning="Spread of true effects between practices.", source="prototype"),
    _uncertain("practice.appeal_truth", 0.3, low=0.0, high=1.0, unit="correlation", meaning="How far appeal follows true effect.", label="How far appeal follows effect", phrase="the correlation of a practice's appeal with its effect", source="Fielding 2005 §4.3: provenance is not effect; size assumed", mechanisms=("M05",)),
    _uncertain("practice.hours_mean", 18.0, low=6.0, high=60.0, unit="hours", meaning="Mean joint hours to 95% mastery were every factor one.", label="Time to master a practice", phrase="the time it takes to master a practice", source="coaching studies of 20-30 hours", grade="memory", mechanisms=("M25",)),
    _constant("practice.home_spread", 0.9, low=0.0, high=3.0, unit="context sd", meaning="Spread of the contexts practices were made for.", source="prototype", mechanisms=("M01",)),
    _constant("practice.context_weight", 1.0, low=0.0, high=1.0, unit="weight", meaning="Weight of context in what a practice gives away from home.", source="Fielding 2005 §4.11", grade="seed", mechanisms=("M01",)),
    _uncertain("practice.decay", 0.03, low=0.0, high=0.06, unit="1/half-term", meaning="Loss of mastery of what is not owned.", label="Fading of what is not owned", phrase="the fading of practice that is not owned", source="prototype, fitted to stationary repertoires", grade="calibrated", mechanisms=("M02b",)),
    _uncertain("practice.keep", 0.05, low=0.0, high=0.07, unit="1/half-term", meaning="Growth of mastery by use of what is owned.", label="Growth by use of what is owned", phrase="the growth by use of practice that is owned", source="prototype, fitted to stationary repertoires", grade="calibrated", mechanisms=("M02b",)),
    _constant("practice.forgotten", 0.02, low=0.0, high=0.2, unit="mastery", meaning="Mastery below which a practice is no longer used at all.", source="prototype", mechanisms=("M02b",)),
    _constant("practice.tuning_by_use", 0.01, low=0.0, high=0.1, unit="1/half-term", meaning="Tuning to the own context gained by plain use.", source="assumed", mechanisms=("M01",)),
    _uncertain("practice.dip", 0.006, low=0.0, high=0.03, unit="pupil sd", meaning="Cost to the class of each practice not yet half mastered that is being learned.", label="Dip while a practice is learned", phrase="the dip while a practice is being learned", source="Fielding 2005 §4.21, §2.4 (sign); size assumed", mechanisms=("M02",)),
    _uncertain("practice.response", 0.15, low=0.0, high=0.5, unit="share", meaning="Strongest change of ownership after seeing how pupils respond.", label="Weight of pupils' response", phrase="the weight of pupils' response in keeping a practice", source="Fielding 2005 §4.3 (sign); size assumed", mechanisms=("M23",)),
    _constant("practice.response_noise", 0.06, low=0.01, high=0.5, unit="pupil sd", meaning="Noise of what a teacher sees in one class in one half-term. Against it a response is judged: one as large changes ownership by three quarters of the strongest change, and one as far below nothing halves use.", source="assumed", mechanisms=("M23",)),
    real("practice.hours_spread", 0.88, low=0.0, high=1.0, role="constant", unit="1", meaning="Spread of the time to master a practice, drawn evenly, relative to the mean.", source="prototype", mechanisms=("M02",)),
    real("practice.hours_by_kind", 0.48, low=0.0, high=0.9, role="constant", unit="1", meaning="How much longer a wholly values-laden practice takes than a wholly technical one, relative to the mean.", source="Fielding 2005 App A (order); size from the prototype", mechanisms=("M02",)),
    real("practice.appeal_spread", 0.2, low=0.0, high=1.0, role="constant", unit="level", meaning="Spread of appeal between practices.", source="prototype", mechanisms=("M05",)),
    real("practice.place_km", 5.0, low=0.5, high=50.0, role="constant", unit="km", meaning="Side of the squares whose schools share the context of a place.", source="prototype", mechanisms=("M01",)),
    real("practice.context_place", 0.6, low=0.0, high=2.0, role="constant", unit="sd", meaning="Part of a school's context that its place shares.", source="prototype", mechanisms=("M01",)),
    real("practice.context_own", 0.7, low=0.0, high=2.0, role="constant", unit="sd", meaning="Part of a school's context that is its own.", source="prototype", mechanisms=("M01",)),
    real("practice.context_poor", 0.5, low=-2.0, high=2.0, role="constant", unit="sd", meaning="How far a school's intake makes its context.", source="prototype", mechanisms=("M01",)),
    real("practice.tradition_share", 0.4, low=0.0, high=1.0, role="constant", unit="share", meaning="Practices that are a tradition of a school, as the run begins.", source="prototype", mechanisms=("M02b",)),
    real("practice.held_base", 0.08, low=0.0, high=1.0, role="constant", unit="chance", meaning="Chance that a teacher holds a practice that is no tradition of the school.", source="prototype", mechanisms=("M02b",)),
    real("practice.held_tradition", 0.45, low=0.0, high=0.9, role="constant", unit="chance", meaning="How much likelier they hold one that is.", source="prototype", mechanisms=("M02b",)),
    real("practice.held_fit", 0.7, low=0.0, high=1.0, role="constant", unit="share", meaning="Share of that which is lost where the practice is wholly foreign.", source="prototype", mechanisms=("M01",)),
    real("practice.first_mastery", 0.65, low=0.0, high=1.0, role="constant", unit="level", meaning="Mastery and tuning of a practice held as the run begins, mean.", source="prototype", mechanisms=("M02b",)),
    real("practice.first_ownership", 0.7, low=0.0, high=1.0, role="constant", unit="level", meaning="Ownership of a practice held as the run begins, mean.", source="prototype", mechanisms=("M02b",)),
    real("practice.first_sd", 0.2, low=0.0, high=0.5, role="constant", unit="level", meaning="Spread of mastery, tuning and ownership between teachers as the run begins.", source="prototype", mechanisms=("M02b",)),
    _constant("scope.department", 0.3, high=1.0, unit="share", meaning="Share of practices that take a whole department.", source="Fielding 2005 §4.11 (classroom, department and school practices); size assumed", mechanisms=("M01", "M24")),
    _constant("scope.school", 0.2, high=1.0, unit="share", meaning="Share of practices that take a whole school.", source="Fielding 2005 §4.11; size assumed", mechanisms=("M01", "M24")),
    _constant("scope.weight", 0.4, high=1.0, unit="share", meaning="What a practice of a department or school loses when no colleague holds it.", source="Fielding 2005 §4.11: groups within a department are more effective; size assumed", mechanisms=("M01",)),
    real("scope.full", 0.5, low=0.05, high=1.0, role="constant", unit="mastery", meaning="Mean mastery among those it takes at which such a practice gives everything.", source="assumed", mechanisms=("M01",)),
    _uncertain("evidence.mean", 0.15, high=0.5, unit="level", meaning="How far the evidence for a practice turns the judgement of a teacher versed in enquiry from appeal to true effect, mean; drawn evenly from 0 to twice this.", label="Evidence for practices", phrase="the mean strength of the evidence for a practice", source="Fielding 2005 §4.2-4.3 (evidence is thin); size assumed", mechanisms=("M05",)),
    _constant("need.noise", 0.25, high=2.0, unit="1", meaning="Noise in what a school thinks it needs.", source="prototype; size assumed"),
    _lever("needs.analysis", 0.0, high=1.0, unit="level", scope="area", meaning="Rigour of schools' analysis of their own needs.", label="Schools' analysis of their needs", phrase="the rigour of schools' analysis of their needs", source="Fielding 2005 recommendation 14", grade="seed", mechanisms=("M05",)),
    _constant("needs.hours", 20.0, high=200.0, unit="hours/year", meaning="Leaders' hours of a school's review of its own practice: a fully rigorous analysis of needs in a year, or an application for an award.", source="assumed", mechanisms=("M25", "M41")),
)  # fmt: skip
