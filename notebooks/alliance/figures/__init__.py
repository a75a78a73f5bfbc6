"""One function a chart: tables in, a `style.Figure` with its words out."""

from .. import words
from .aid import (
    aid_and_events,
    aid_gap,
    aid_months,
    donor_bars,
    military_givers,
    military_givers_by_month,
    pledged_and_delivered,
    purl,
    revised_aid,
    stages_of_money,
    sum_and_share,
    us_picture,
    weapons,
)
from .balance import (
    border_by_source,
    border_calculator,
    border_over_time,
    two_sides,
    two_units,
    us_parts,
)
from .debate import (
    argument_kinds,
    invitation_scenarios,
    positions,
    readings_of_claim,
    reasons_by_date,
    reasons_why_not,
    russias_neighbours,
    sentence_sorts,
    stated_aims,
    verdict_bars,
    verdict_by_article,
    weighed_subjects,
    who_speaks,
)
from .guesses import class_guesses
from .ledger import (
    article_profile,
    calibration,
    moving_verdicts,
    own_sentence,
    readings,
)
from .maps import (
    accession_map,
    border_map,
    status_map,
)
from .membership import (
    MARKS,
    gaps_between_entries,
    members_over_time,
    rounds,
    share_of_europe,
    waits,
)
from .options import (
    agreements_by_day,
    duties_by_promise,
    entry_cases,
    force_cost,
    israel_and_ukraine,
    options_by_weight,
    options_with_my_score,
    us_exit,
)
from .readiness import (
    gap,
    half_way,
    readiness_lines,
    scores_at_accession,
    yearly_noise,
)
from .road import (
    days_apart,
    event_matrix,
    gas,
    ladder,
    law,
    polls_in,
    promises,
    stance,
    support,
    two_stories,
)
from .spending import (
    by_border,
    change_of_prices,
    common_funds,
    country_target,
    guideline,
    guideline_counts,
    price_of_target,
    two_editions,
    two_guidelines,
    us_share,
)
from .treaty import (
    after_an_attack,
    chance_of_unanimity,
    definitions,
    fourteen_articles,
    missions,
    open_door,
    treaty_uses,
    way_out,
    wordings,
    yes_by_day,
)


def __getattr__(name):
    """Met here is only what is not there: a misspelt name is told the close ones."""
    hint = words.meant(name, globals()) or "see dir(figures)."
    raise AttributeError(f"figures has no chart {name!r}; {hint}", name=name)
