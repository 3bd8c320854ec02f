"""All statements of a standard's current status put at once, as a file tells them."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from django.db import transaction

from partnership import order
from partnership.models import User
from partnership.richtext import parse

from ..exchange.markdown import same, written
from ..models import PlanEntry, StatusStatement
from .entries import add_statement, edit_statement, remove_statement
from .holding import hold_to_edit


@transaction.atomic
def put_statements(*, entry: PlanEntry, texts: Sequence[str], by: User) -> None:
    """Let the status of a standard consist of these statements (Markdown), in this order. Those
    that say the same stay as they are; others are changed, added and removed."""
    hold_to_edit(entry.plan)
    order.hold(entry)
    standing = list(entry.status.order_by("number"))
    kept: list[StatusStatement] = []
    for old, new in pairs([statement.text for statement in standing], texts):
        statement = None if old is None else standing[old]
        if new is None and statement:
            remove_statement(statement=statement, version=statement.version, by=by)
        elif statement is None and new is not None:
            kept.append(add_statement(entry=entry, text=new, by=by))
        elif statement and new is not None:
            kept.append(_put(statement, new, by))
    order.renumber(kept, by=by)


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, str | None]]:
    """Return which text takes the place of which: (its place, the same text) for what stays,
    (None, text) for what is added, (its place, None) for what goes."""
    new = _regrouped([_paragraphs(text) for text in old], [_plain(text) for text in new])
    matcher = SequenceMatcher(None, [_plain(text) for text in old], new, autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        shared = min(end - start, last - first)
        yield from zip(range(start, start + shared), new[first : first + shared], strict=True)
        yield from ((None, text) for text in new[first + shared : last])
        yield from ((place, None) for place in range(start + shared, end))


def _plain(text: str) -> str:
    """Return a text in the one way in which it can be compared."""
    return written(parse(text))


def _paragraphs(text: str) -> list[str]:
    return _plain(text).split("\n\n")


def _regrouped(old: Sequence[list[str]], new: list[str]) -> list[str]:
    """A file parts statements by a blank line; one of several paragraphs is put together again."""
    for parts in (parts for parts in old if len(parts) > 1):
        runs = (i for i in range(len(new)) if new[i : i + len(parts)] == parts)
        if (start := next(runs, None)) is not None:
            new = [*new[:start], "\n\n".join(parts), *new[start + len(parts) :]]
    return new


def _put(statement: StatusStatement, text: str, by: User) -> StatusStatement:
    if same(statement.text, text):
        return statement
    version = statement.version
    return edit_statement(statement=statement, text=text, version=version, by=by)
