"""How django-allauth behaves here: nobody signs up; an administrator makes the account."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations, so the sign-up page is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def password_path(user: User) -> str:
    """Return the path of the page on which `user` chooses a password: it works once, and for
    settings.PASSWORD_RESET_TIMEOUT seconds."""
    # Here, since allauth reads its settings as these are imported, and finds the adapter there.
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
