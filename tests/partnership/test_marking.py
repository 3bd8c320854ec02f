"""Two texts as one: nothing of either is lost but what stayed, far from every change."""

from hypothesis import given
from hypothesis import strategies as st

from partnership.marking import AROUND, LEFT_OUT, MOST, Mark, marked


def side(pieces, mark: Mark) -> str:
    return "".join(piece.text for piece in pieces if piece.mark in (Mark.SAME, mark))


def words(count: int) -> str:
    return " ".join(f"word{number}" for number in range(count))


few = st.lists(st.sampled_from(["a", "b", "c", "d\n", "e"]), max_size=AROUND).map(" ".join)


@given(few, few)
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = marked(before, after)

    assert side(pieces, Mark.NEW).split() == after.split()
    assert side(pieces, Mark.GONE).split() == before.split()
    assert (before == after) == all(piece.mark == Mark.SAME for piece in pieces)


def test_space_alone_counts_where_nothing_else_changed():
    assert [piece.mark for piece in marked("one two", "one\n\ntwo")] == [
        Mark.GONE,
        Mark.NEW,
        Mark.SAME,
    ]
    assert [piece.text for piece in marked("one two", "one two three")] == ["one two ", "three"]


def test_texts_with_little_in_common_change_as_a_whole():
    pieces = marked("Meet the schools in May", "A strategy is agreed by the board, in full")

    assert [piece.mark for piece in pieces] == [Mark.GONE, Mark.NEW]


def test_what_stayed_far_from_a_change_is_left_out():
    head, gone, new = marked(f"{words(200)} last.", f"{words(200)} least.")

    assert head.text.startswith(LEFT_OUT)
    assert head.text.split()[1:] == words(200).split()[-AROUND:]
    assert (gone.text, new.text) == ("last.", "least.")


def test_a_text_too_long_to_compare_is_shown_whole():
    before, after = words(2 * MOST), words(2 * MOST).replace("word", "term")

    pieces = marked(before, after)

    assert [(piece.mark, piece.text) for piece in pieces] == [
        (Mark.GONE, before),
        (Mark.NEW, after),
    ]
