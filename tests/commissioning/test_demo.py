"""Loading the demonstration: repeatable, respectful of what people entered, refused elsewhere."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from changeplan.models import Action, ChangePlan
from commissioning import demo as demonstration
from commissioning.demo import demo_users
from partnership import records
from partnership.models import User
from partnership.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

OURS = ("partnership", "standards", "changeplan", "papers")


def load() -> str:
    out = StringIO()
    call_command("load_demo", force=True, stdout=out)
    return out.getvalue()


def counted() -> dict[str, int]:
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def exampleshire() -> ChangePlan:
    return ChangePlan.objects.get(partnership__slug="exampleshire")


def test_loading_again_creates_nothing():
    before = counted()
    assert "no new records" in load()
    assert counted() == before


def test_loading_again_leaves_an_edited_record_alone():
    manager = User.objects.get(email="manager@exampleshire.example.org")
    action = exampleshire().actions.get(number=1)
    records.change(action, changes={"heading": "As we put it"}, version=1, by=manager)
    load()
    action.refresh_from_db()
    assert (action.heading, action.version) == ("As we put it", 2)
    assert exampleshire().actions.count() == 24


def test_loading_again_brings_back_what_is_missing():
    exampleshire().actions.get(number=24).delete()
    assert "2 new records" in load()  # the action, and the report on it
    last = exampleshire().actions.get(number=24)
    assert (last.updates.count(), last.standards.count()) == (1, 2)


def test_loading_again_steps_aside_for_what_people_put_in_its_place():
    plan = exampleshire()
    plan.actions.get(number=24).delete()
    Action.objects.create(plan=plan, number=24, heading="Ours")
    assert "Left out beside what people entered: 1" in load()
    assert plan.actions.get(number=24).heading == "Ours"
    assert not plan.actions.get(number=24).updates.exists()


def test_a_new_record_has_one_line_of_history_with_its_relations():
    for action in exampleshire().actions.filter(version=1):
        (line,) = action.history.all()
        assert set(line.standards or ()) == {standard.pk for standard in action.standards.all()}


def test_the_command_refuses_where_people_work(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="real installation"):
        call_command("load_demo")


@pytest.mark.parametrize("mode", ["DEMO", "DEBUG"])
def test_the_command_loads_where_people_look_around(settings, mode):
    settings.DEMO = settings.DEBUG = False
    setattr(settings, mode, True)
    call_command("load_demo", stdout=StringIO())


def test_the_command_says_whom_to_sign_in_as():
    printed = load()
    for partnership in demo_users():
        assert partnership.name in printed
        assert all(f"{user.email} " in printed for user in partnership.users)


def test_the_page_offers_every_role_of_every_partnership(django_assert_num_queries):
    with django_assert_num_queries(1):
        offered = demo_users()
    assert [partnership.slug for partnership in offered] == ["bromley", "medway", "exampleshire"]
    roles = {role.replace("_", " ").capitalize() for role in Role if role != Role.GUEST}
    for partnership in offered:
        assert {user.role for user in partnership.users} == roles


def test_a_person_who_may_no_longer_sign_in_is_not_offered():
    User.objects.filter(email="manager@medway.example.org").update(is_active=False)
    offered = [user.email for partnership in demo_users() for user in partnership.users]
    assert "manager@medway.example.org" not in offered
    assert "officer@medway.example.org" in offered


def test_no_password_opens_a_demonstration_account():
    assert not [user for user in User.objects.all() if user.has_usable_password()]


def test_every_address_is_an_example():
    texts = [path.read_text() for path in Path(demonstration.__file__).parent.rglob("*.yaml")]
    addresses = re.findall(r"\S+@(\S+?)[,\s]", " ".join(texts))
    assert addresses
    assert {address.removesuffix(".example.org").count(".") for address in addresses} == {0}
    assert not re.search(r"\b0\d{3,4} ?\d{5,6}\b", " ".join(texts))  # nor a telephone number
