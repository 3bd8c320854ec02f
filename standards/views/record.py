"""A group's record on one page, the flip-chart way, and its score sheet for paper."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.numbers import plain
from partnership.records import StaleVersion
from partnership.rules import RuleBroken

from ..material import levels_for
from ..models import Comment, Exercise, Participant, ScaleLevel, Score, Session, WorkingGroup
from ..presence import SeatElsewhere, is_open, seat_of, stay_signed_in
from ..room import Step, record_of, steps_of
from ..room_forms import NOT_APPLICABLE, AgreementForm, CommentForm
from ..services.recording import Entry, write_record
from .answers import find_plain, first_error
from .room import Box, box_of, choices
from .seats import guarded, wants_json

SIDES = (Comment.Side.WORKING_WELL.value, Comment.Side.TO_IMPROVE.value)
STALE = "Somebody else has written here in the meantime. Both texts are below: nothing is lost."


@dataclass(frozen=True)
class Keeper:
    """Who has a group's record before them: somebody of the group, or who runs the exercise.
    `reads` only: its recorder, while the session is not open."""

    group: WorkingGroup
    user: Any
    seat: Participant | None
    reads: bool = False

    @property
    def session(self) -> Session:
        return self.group.session

    @property
    def exercise(self) -> Exercise:
        return self.session.exercise

    @property
    def levels(self) -> tuple[ScaleLevel, ...]:
        """What the scores mean, in the partnership's words."""
        return levels_for(self.exercise.framework_id, self.exercise.partnership_id)

    @property
    def corrects(self) -> bool:
        """Whether what is written needs a reason, because the session has closed."""
        return self.session.state == Session.State.CLOSED


@dataclass(frozen=True)
class Line:
    """One standard of the record: the agreed score as its form names it, and the group's words.
    `theirs` is the score that somebody else wrote in between, `refusal` what is wrong."""

    step: Step
    agreed: str
    reason: str
    version: int
    takes_score: bool
    boxes: tuple[Box, ...]
    theirs: str = ""
    correction: str = ""
    refusal: str = ""

    @property
    def key(self) -> str:
        """What makes its ids unique on the page."""
        return f"s{self.step.number}-"


def kept(*, by_members: bool = False) -> Callable[..., Any]:
    """Give the view the caller's hold on the record of the group that the address names: as its
    recorder, as somebody who runs the exercise or, where that is enough, as any member."""

    def with_keeper(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def find(request: HttpRequest, group: str, **more: object) -> HttpResponse:
            return view(request, _keeper(request, group, by_members), **more)

        return guarded(find)

    return with_keeper


@kept()
def record(request: HttpRequest, keeper: Keeper) -> HttpResponse:
    return _page(request, keeper)


@require_POST
@kept()
def record_standard(request: HttpRequest, keeper: Keeper, number: int) -> HttpResponse:
    """Keep what was written of one standard, all of it or nothing."""
    if keeper.reads:
        raise PermissionDenied("The session is not open, so its records can only be read.")
    standard = find_plain(keeper.group, number)
    score, said = AgreementForm(request.POST), CommentForm(request.POST)
    chosen = bool(request.POST.get("agreed"))
    if not said.is_valid() or (chosen and not score.is_valid()):
        words = first_error(score if chosen and score.errors else said)
        return _refused(request, keeper, number, words, 422)
    entry = Entry(
        score.agreement if chosen else None,
        tuple(said.remarks),
        request.POST.get("correction", "").strip(),
    )
    try:
        versions = write_record(
            working_group=keeper.group, standard=standard, entry=entry, by=keeper.user
        )
    except StaleVersion as stale:
        return _stale(request, keeper, number, stale.current)
    except RuleBroken as refusal:
        return _refused(request, keeper, number, str(refusal), 409)
    if wants_json(request):
        return JsonResponse({"words": "Saved", "version": max(versions.values(), default=0)})
    messages.success(request, f"Standard {number} is saved.")
    return redirect(f"{_address(keeper)}#standard-{number}")


@kept(by_members=True)
def sheet(request: HttpRequest, keeper: Keeper) -> HttpResponse:
    """The group's score sheet, for paper."""
    context = {
        "keeper": keeper,
        "steps": steps_of(keeper.group),
        "levels": keeper.levels,
    }
    return render(request, "room/sheet.html", context)


def _keeper(request: HttpRequest, group: str, by_members: bool) -> Keeper:
    seat, absence = None, None
    try:
        seat = seat_of(request.session, group)
    except (SeatElsewhere, Http404) as why:
        absence = why
    if seat and (by_members or (seat.is_recorder and is_open(seat))):
        stay_signed_in(request.session, seat)
        return Keeper(seat.working_group, seat.user, seat)
    run = WorkingGroup.objects.filter(
        session__exercise__in=Exercise.objects.run_by(request.user.pk)
    )
    found = run.select_related("cohort", "session__exercise").filter(identifier=group).first()
    if found:
        return Keeper(found, request.user, seat)
    if seat and seat.is_recorder:
        return Keeper(seat.working_group, seat.user, seat, reads=True)
    raise absence or PermissionDenied(
        "The recorder of a working group writes its record, while the session is open."
    )


def _page(
    request: HttpRequest, keeper: Keeper, status: int = 200, typed: Line | None = None
) -> HttpResponse:
    lines = [
        _line(keeper, step, said)
        for said in [record_of(keeper.group)]
        for step in steps_of(keeper.group)
    ]
    if typed:
        lines = [typed if each.step.number == typed.step.number else each for each in lines]
    context = {
        "keeper": keeper,
        "lines": lines,
        "choices": choices(keeper.exercise),
        "refusal": typed.refusal if typed else "",
        "at": f"standard-{typed.step.number}" if typed else "",
        "levels": keeper.levels,
    }
    return render(request, "room/record.html", context, status=status)


def _line(keeper: Keeper, step: Step, said: dict[tuple[int, str], Comment]) -> Line:
    score = step.score
    waits = keeper.exercise.votes_first and step.voters and not step.revealed
    return Line(
        step,
        _choice(score) if score and score.is_agreed else "",
        score.reason if score else "",
        score.version if score else 0,
        keeper.exercise.is_scored and (keeper.corrects or not waits),
        tuple(box_of(side, said.get((step.standard.pk, side))) for side in SIDES),
    )


def _choice(score: Score) -> str:
    return NOT_APPLICABLE if score.value is None else plain(score.value)


def _typed(request: HttpRequest, keeper: Keeper, number: int) -> Line:
    """Return the standard's line as it was typed, on the versions that are stored now, with what
    is stored beside it where that is different."""
    step = next(each for each in steps_of(keeper.group) if each.number == number)
    now = _line(keeper, step, record_of(keeper.group))
    boxes = tuple(
        replace(box, text=text, theirs=box.text if box.text != text else "")
        for box in now.boxes
        for text in [request.POST.get(box.side, box.text)]
    )
    agreed = request.POST.get("agreed", now.agreed)
    return replace(
        now,
        agreed=agreed,
        reason=request.POST.get("reason", now.reason),
        correction=request.POST.get("correction", ""),
        theirs=now.agreed if now.agreed != agreed else "",
        boxes=boxes,
    )


def _stale(request: HttpRequest, keeper: Keeper, number: int, current: Any) -> HttpResponse:
    if wants_json(request):
        theirs = (
            current.text if isinstance(current, Comment) else f"{_choice(current)} {current.reason}"
        )
        more = {"theirs": theirs.strip(), "version": current.version}
        return JsonResponse({"words": STALE} | more, status=409)
    typed = replace(_typed(request, keeper, number), refusal=STALE)
    return _page(request, keeper, 409, typed)


def _refused(
    request: HttpRequest, keeper: Keeper, number: int, words: str, status: int
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"words": words}, status=status)
    typed = replace(_typed(request, keeper, number), refusal=f"Standard {number}: {words}")
    return _page(request, keeper, status, typed)


def _address(keeper: Keeper) -> str:
    return reverse("room:record", args=[keeper.group.identifier])
