"""People, and what they are in a partnership."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ..constraints import enforced, rule
from ..fields import IdentifierField
from ..querysets import MembershipQuerySet
from ..roles import Role
from .bodies import Group, Organisation, Partnership


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is one address however it is typed."""

    def create_user(self, email: str | None, name: str, password: str | None = None) -> "User":
        """Return a saved user. `email` is None for a guest; without `password` none will do."""
        user = self.model(email=email.strip().lower() if email else None, name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


@enforced
class User(AbstractBaseUser):
    """A person. Signs in with an e-mail address; a guest in a session has none."""

    identifier = IdentifierField()
    email = models.EmailField("e-mail address", unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            rule(
                "user_email_lower_case",
                Q(email=None) | Q(email=Lower("email")),
                "Enter the e-mail address in lower case.",
            ),
            rule("user_email_not_empty", ~Q(email=""), "Enter an e-mail address."),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as django-allauth asks for it."""
        return self.name


@enforced
class Membership(models.Model):
    """A person's one role in one partnership, until `expires_on` if that is set."""

    identifier = IdentifierField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(
        max_length=20,
        choices=[(role.value, role.name.replace("_", " ").capitalize()) for role in Role],
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships"
    )
    job_title = models.CharField(max_length=120, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "partnership"], name="one_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.get_role_display()}"


@enforced
class GroupMembership(models.Model):
    """A member's seat in a group."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="seats")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    is_chair = models.BooleanField(default=False)

    class Meta:
        ordering = ["group", "-is_chair", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "group"], name="one_seat"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(is_chair=True),
                name="one_chair",
                violation_error_message="Another member chairs this group.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.user.name} in {self.group.name}"
