"""Several people acting at the same moment, each on a connection of their own. A test that asks for
it is marked `django_db(transaction=True)`, so that they see what the others commit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from partnership.records import StaleVersion

PATIENCE = 30  # seconds


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Start every action at the same moment; return what each returned or raised, in order."""
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        start.wait(PATIENCE)
        try:
            return action()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [running.result(PATIENCE) for running in [pool.submit(run, a) for a in actions]]


def only_one_saves(*writers: Callable[[], Any]) -> Any:
    """Start writers who all read the same version. One is saved, and returned; all others are told
    so, and shown what it saved."""
    came = at_once(*writers)
    saved = [each for each in came if not isinstance(each, Exception)]
    told = [each for each in came if isinstance(each, StaleVersion)]
    assert (len(saved), len(told)) == (1, len(writers) - 1)
    assert {each.current for each in told} == set(saved)
    return saved[0]
