"""What the tests of the facilitator's pages share: a room, its addresses, and who may press."""

from django.test import Client
from django.urls import reverse

from standards.models import Session

# Who may run the exercise that names `invited`, and what the others get.
RUNNERS = {
    "administrator": 302,
    "manager": 302,
    "officer": 302,
    "facilitator": 302,
    "invited": 302,
    "board_member": 403,
    "observer": 403,
    "outsider": 404,
    "invited_elsewhere": 404,
}


def of_session(session: Session, name: str = "session", *more) -> str:
    slug = session.exercise.partnership.slug
    return reverse(f"standards:{name}", args=[slug, session.identifier, *more])


def of_exercise(exercise, name: str, *more) -> str:
    place = [exercise.partnership.slug, exercise.identifier, *more]
    return reverse(f"standards:{name}", args=place)


def press(session: Session, name: str, client: Client, **given):
    """Press one of the session's buttons on a page that is not out of date."""
    session.refresh_from_db()
    return client.post(of_session(session, name), {"version": session.version} | given)


def cells(page: str) -> list[str]:
    """What the squares of a board say, standard by standard, group by group."""
    return [part.split("<")[0] for part in page.split('visually-hidden">: ')[1:]]
