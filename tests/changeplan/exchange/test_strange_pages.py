"""Whatever is sent, the pages of the import answer."""

import pytest

from tests import factories as make
from tests.changeplan.exchange.sending import Sending

from .papers import excel
from .strange import (
    WORKING,
    auto_numbered,
)

pytestmark = pytest.mark.one_database

PAGES = {
    **dict(WORKING.items()),
    "sorted": (
        "p.csv",
        lambda: (
            b"No,Action,Lead,Due,RAG,Support,Estimated days,Agreed days\n1,"
            + b"x" * 900
            + b",PCT,2010/11,A/G,No,two,3\n2,TBC,,31/2/2011,,None identified,0,\n"
        ),
    ),
    "outline numbers": (
        "p.docx",
        lambda: auto_numbered(["%1.", "%1.%2"], [(0, 0), (0, 1), (0, 1), (0, 0)]),
    ),
    "long owner": (
        "p.csv",
        (
            "No,Action,Owner,Due,Repeats\n1,a,"
            + "y" * 400
            + ","
            + "z" * 300
            + ","
            + "q" * 300
            + "\n"
        ).encode,
    ),
    "odd figures": (
        "p.xlsx",
        lambda: excel(
            ["No", "Action", "Support", "Estimated days", "Number of events", "Target score"],
            [1, "a", "Help", 99999, 1e9, 9],
            [2, "b", "Help", 0.25, 40000, 5.5],
            [3, "c", "Help", "NaN", "-1", "Infinity"],
        ),
    ),
    "digits of other scripts": ("p.csv", "No,Action,Due\n1,a,２０１１\n2,b,1 May ٢٠١١\n".encode),
    "far dates": (
        "p.csv",
        lambda: (
            b"No,Action,Due,Start\n1,a,0000-01-01,9999\n2,b,31/12/9999,0001\n3,c,2011,1 May 1066\n"
        ),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("layout", PAGES)
def test_no_page_of_the_import_breaks(layout, client, manager, exercise):
    name, build = PAGES[layout]
    sending = Sending(client, manager, make.plan(exercise))
    page = sending.send(build(), name)
    if b'name="apply"' in page.content:
        assert sending.decide(page).status_code in (302, 409, 422, 400)
