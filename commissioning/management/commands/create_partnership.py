"""manage.py create_partnership: the first partnership of an installation, and who runs it."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partnership.accounts import password_path
from partnership.loading import Loader
from partnership.models import Membership, Partnership, User
from partnership.roles import Role
from partnership.text import clean_text
from standards.frameworks import load_frameworks
from standards.models import Framework


class Command(BaseCommand):
    help = (
        "Make a partnership and its administrator, and print the path on which the administrator "
        "chooses a password. No password is ever typed here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the partnership's name in full")
        parser.add_argument("--slug", required=True, help="its name in addresses: northshire")
        parser.add_argument("--short-name", help="its name where space is short (default: NAME)")
        parser.add_argument("--administrator", required=True, metavar="EMAIL")
        parser.add_argument("--administrator-name", help="default: Administrator")
        parser.add_argument("--framework", default="csp", help="the standards to load: csp")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        _ensure_framework(options["framework"])
        try:
            partnership = _partnership(options)
            user, is_new = _administrator(options)
        except ValidationError as error:
            raise CommandError("\n".join(_sentences(error))) from None
        Membership.objects.create(user=user, partnership=partnership, role=Role.ADMINISTRATOR)
        self.stdout.write(f"{partnership.name} is at {partnership.get_absolute_url()}")
        self.stdout.write(_how_to_sign_in(user, is_new))


def _ensure_framework(slug: str) -> None:
    load_frameworks(Loader("frameworks"))
    known = sorted(Framework.objects.values_list("slug", flat=True))
    if slug not in known:
        raise CommandError(f"There is no framework “{slug}”. Choose one of: {', '.join(known)}.")


def _partnership(options: dict[str, Any]) -> Partnership:
    name = clean_text(options["name"]).strip()
    short_name = clean_text(options["short_name"] or name[:60]).strip()
    partnership = Partnership(name=name, short_name=short_name, slug=options["slug"])
    partnership.full_clean()
    partnership.save()
    return partnership


def _administrator(options: dict[str, Any]) -> tuple[User, bool]:
    """Return the person of this address, and whether they are new; a known one keeps name and
    password."""
    email = options["administrator"].strip().lower()
    known = User.objects.filter(email=email).first()
    if known:
        return known, False
    name = clean_text(options["administrator_name"] or "Administrator").strip()
    user = User(email=email, name=name)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    return user, True


def _sentences(error: ValidationError) -> list[str]:
    return [
        f"{field.replace('_', ' ').capitalize()}: {message}" if field != "__all__" else message
        for field, messages in _by_field(error).items()
        for message in messages
    ]


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}


def _how_to_sign_in(user: User, is_new: bool) -> str:
    if not is_new:
        return f"{user.email} has an account already, and administers it with the same password."
    days = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days
    return (
        f"{user.email} administers it. To choose a password, open this path of the site. It works"
        f" once, within {days} days:\n{password_path(user)}"
    )
