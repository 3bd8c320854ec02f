"""Every installation loads the published frameworks, and only those."""

from io import StringIO

import pytest
from django.core.management import call_command

from partnership.models import Partnership, User
from standards.models import Framework, ScaleLevel

pytestmark = pytest.mark.django_db


def load() -> str:
    out = StringIO()
    call_command("load_frameworks", stdout=out)
    return out.getvalue()


def test_load_frameworks_needs_no_demonstration():
    assert "Commissioning Standards for Children’s Trusts" in load()
    framework = Framework.objects.get()
    assert framework.standards.count() == 12
    assert (framework.domains.count(), framework.levels.count()) == (3, 5)
    assert not Partnership.objects.exists()
    assert not User.objects.exists()


def test_load_frameworks_again_keeps_a_wording_that_was_changed():
    load()
    ScaleLevel.objects.filter(value=5).update(wording="there")
    load()
    assert ScaleLevel.objects.get(value=5).wording == "there"
    assert ScaleLevel.objects.count() == 5
