"""One standard in one exercise: what each group agreed, why, and what was said."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from partnership.numbers import display

from ..comments import comments_by_standard
from ..models import Exercise, Standard
from ..pages import answer_words, ballot_rows, between_words, spread_words
from ..results import Results, StandardResult, results_for
from ..votes import SCALE, Within, votes_within
from . import address, exercise_page, find_results, shows_comments


@login_required
def standard(request: HttpRequest, slug: str, identifier: str, number: int) -> HttpResponse:
    found = find_results(request, slug, identifier)
    results = results_for(found)
    row = results.row(number)
    if row is None or not found.is_scored:
        raise Http404(f"This exercise has no results for standard {number}.")
    comments = shows_comments(request, found)
    votes = votes_within(found, results.material, row.standard).get(number, Within())
    return exercise_page(
        request,
        found,
        "standard",
        row=row,
        levels=results.levels,
        tiles=_tiles(row),
        answers=_answers(results, row, with_reasons=comments),
        ballots=ballot_rows(votes, row.scores),
        between=between_words(row.spread),
        scale=SCALE,
        said=comments_by_standard(found, standard=row.standard) if comments else [],
        shows_comments=comments,
        shows_findings=True,
        neighbours=_neighbours(found, results, row.standard),
    )


def _tiles(row: StandardResult) -> list[dict[str, object]]:
    average = display(row.average.value, missing="Not scored")
    reached = row.level.wording if row.level else ""
    tiles: list[dict[str, object]] = [{"label": "Average", "value": average, "note": reached}]
    if row.spread:
        tiles.append({"label": "Groups’ scores", "value": spread_words(row.spread)})
    if row.gap.value:
        tiles.append(
            {"label": "Gap between cohorts", "value": row.gap.value, "note": row.gap.words}
        )
    if row.change and row.change.change is not None:
        note = f"{row.change.previous} last time"
        tiles.append({"label": "Since last time", "value": row.change.words, "note": note})
    return tiles


def _answers(results: Results, row: StandardResult, with_reasons: bool) -> list[dict[str, object]]:
    if not results.has_group_scores:
        return []
    reasons = results.material.reasons if with_reasons else {}
    return [
        {
            "score": score,
            "words": answer_words(score),
            "reason": reasons.get((score.group, score.standard), ""),
        }
        for score in row.scores
    ]


def _neighbours(exercise: Exercise, results: Results, here: Standard) -> dict[str, object]:
    """Return the standards before and after, with their addresses."""
    place = results.standards.index(here)
    before = results.standards[place - 1] if place else None
    after = results.standards[place + 1] if place + 1 < len(results.standards) else None
    return {
        name: {"standard": each, "href": address(exercise, "standard", each.number)}
        for name, each in (("previous", before), ("next", after))
        if each
    }
