"""What members and their recorder send: votes, comments, a reveal, an agreement.

Each answers a script with JSON, so that an answer is known to be kept, and a plain form with the
page. 409 says that somebody else was first, with both texts; 422 that something is missing.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from partnership.records import StaleVersion
from partnership.rules import RuleBroken

from ..models import Participant, Score, Standard, WorkingGroup
from ..presence import seats_of
from ..room.own import LATE
from ..room_forms import AgreementForm, BallotForm, CommentForm, ReasonForm
from ..services.agreeing import agree_score, reopen_score
from ..services.commenting import write_comment
from ..services.voting import VoteTold, record_vote
from ..services.voting import reveal as reveal_votes
from .room import LABELS, Box, find_standard, room_page, standard_address, standard_page
from .seats import done, guarded, seated, wants_json


@require_POST
@guarded
def vote(request: HttpRequest, group: str, number: int) -> HttpResponse:
    """Keep a vote: the caller's own, or the recorder's for somebody without a device.

    Six queries, its session's among them, so that a whole room may answer at once.
    """
    seat, voter = seats_of(request.session, group, request.POST.get("participant", ""))
    if voter != seat and (voter.has_device or not seat.is_recorder):
        raise PermissionDenied("Only the person themselves can give this answer.")
    form = BallotForm(request.POST)
    if not form.is_valid():
        return refused(request, seat, number, first_error(form), 422, "your-answer", ballot=form)
    try:
        answered = record_vote(participant=voter, ballot=form.ballot(number), by=seat.user)
    except RuleBroken as refusal:
        return refused(request, seat, number, str(refusal), at="your-answer", ballot=form)
    words = "Saved" if answered.counted else LATE[answered.fate]  # type: ignore[index]
    address = standard_address(seat, number, "your-answer")
    return done(request, address, words, fate=answered.fate, version=answered.version)


@require_POST
@seated
def comment(request: HttpRequest, seat: Participant, number: int) -> HttpResponse:
    """Keep what a member says of a standard, one side or all three."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return refused(request, seat, number, first_error(form), 422, "comments")
    if request.POST.get("participant", seat.identifier) != seat.identifier:
        raise PermissionDenied("Somebody else is signed in on this device.")
    kept, boxes = {}, {}
    for side, text, version in form.remarks:
        try:
            written = write_comment(
                working_group=seat.working_group,
                standard=Standard(number=number),
                side=side,
                text=text,
                version=version,
                by=seat.user,
                participant=seat,
            )
            kept["version"] = written.version if written else 0
        except StaleVersion as stale:
            current: Any = stale.current
            boxes[side] = Box(side, LABELS[side], text, current.version, current.text)
        except RuleBroken as refusal:
            boxes[side] = Box(side, LABELS[side], text, version, error=str(refusal))
    if boxes:
        return _unkept(request, seat, number, boxes)
    return done(request, standard_address(seat, number, "comments"), "Saved", **kept)


def _unkept(
    request: HttpRequest, seat: Participant, number: int, boxes: dict[str, Box]
) -> HttpResponse:
    box = next(iter(boxes.values()))
    words = box.error or "This was changed on another device in the meantime."
    if wants_json(request):
        theirs = {} if box.error else {"theirs": box.theirs, "version": box.version}
        return JsonResponse({"words": words} | theirs, status=409)
    return standard_page(request, seat, number, 409, boxes=boxes, refusal=words, at=box.side)


@require_POST
@seated
def reveal(request: HttpRequest, seat: Participant, number: int) -> HttpResponse:
    """Show the group its votes. `round` is the one the recorder saw."""
    require_recorder(seat)
    try:
        round_seen = int(request.POST.get("round", ""))
        reveal_votes(
            working_group=seat.working_group,
            standard=find_plain(seat.working_group, number),
            by=seat.user,
            round=round_seen,
            acknowledged=request.POST.get("acknowledged") == "yes",
        )
    except ValueError:
        return refused(request, seat, number, "Reload the page and reveal the votes again.", 422)
    except VoteTold as why:
        return _asked(request, seat, number, str(why), round_seen)
    except RuleBroken as refusal:
        return refused(request, seat, number, str(refusal))
    return done(request, standard_address(seat, number, "group"), "The votes are revealed.")


def _asked(
    request: HttpRequest, seat: Participant, number: int, why: str, round_seen: int
) -> HttpResponse:
    """Ask the recorder whether the votes are to be revealed all the same."""
    if wants_json(request):
        return JsonResponse({"words": why}, status=409)
    on = find_standard(seat, number)
    return room_page(request, seat, "reveal", 409, on=on, why=why, round=round_seen)


@require_POST
@seated
def agree(request: HttpRequest, seat: Participant, number: int) -> HttpResponse:
    """Write the group's agreed score."""
    require_recorder(seat)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return refused(request, seat, number, first_error(form), 422, "agreeing", agreement=form)
    standard = find_plain(seat.working_group, number)
    try:
        score = agree_score(
            working_group=seat.working_group,
            standard=standard,
            agreement=form.agreement,
            by=seat.user,
        )
    except StaleVersion as stale:
        theirs: Any = stale.current
        words = "Somebody else has written the group’s score in the meantime."
        return refused(request, seat, number, words, at="agreeing", agreement=form, theirs=theirs)
    except RuleBroken as refusal:
        return refused(request, seat, number, str(refusal), at="agreeing", agreement=form)
    address = standard_address(seat, number, "group")
    return done(request, address, "The agreed score is saved.", version=score.version)


@require_POST
@seated
def reopen(request: HttpRequest, seat: Participant, number: int) -> HttpResponse:
    """Let the group vote on and agree a standard again."""
    require_recorder(seat)
    form = ReasonForm(request.POST)
    score = Score.objects.filter(
        working_group=seat.working_group, standard=find_plain(seat.working_group, number)
    ).first()
    if score is None or not form.is_valid():
        return refused(request, seat, number, "Say why the score is reopened.", 422, "agreeing")
    try:
        reopen_score(score=score, reason=form.cleaned_data["reason"], by=seat.user)
    except RuleBroken as refusal:
        return refused(request, seat, number, str(refusal))
    address = standard_address(seat, number, "group")
    return done(request, address, "The score is open again.")


def require_recorder(seat: Participant) -> None:
    if not seat.is_recorder:
        raise PermissionDenied("Only the recorder of your working group can do this.")


def refused(
    request: HttpRequest,
    seat: Participant,
    number: int,
    words: str,
    status: int = 409,
    at: str = "group",
    **typed: Any,
) -> HttpResponse:
    """Say why something could not be kept, on the page with everything that was typed. `at` is the
    part of the page that it concerns."""
    if wants_json(request):
        return JsonResponse({"words": words}, status=status)
    return standard_page(request, seat, number, status, refusal=words, at=at, **typed)


def find_plain(group: WorkingGroup, number: int) -> Standard:
    """Return the standard of this number, alone. Raises Http404 where there is none."""
    framework = group.session.exercise.framework_id
    return get_object_or_404(Standard, framework=framework, number=number)


def first_error(form: Any) -> str:
    return next(str(messages[0]) for messages in form.errors.values())
