"""A file on its way into a plan, as a person sends it: through the pages."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from changeplan.models import ChangePlan, PlanImport
from partnership.models import User


def address(plan: ChangePlan, name: str, *more: object) -> str:
    return reverse(f"changeplan:{name}", args=[plan.partnership.slug, plan.identifier, *more])


def download(client: Client, user: User, plan: ChangePlan, format: str) -> bytes:
    client.force_login(user)
    response = client.get(address(plan, "plan_download", format))
    assert response.status_code == 200
    return response.content


class Sending:
    """Somebody who imports into a plan: each step asserts what it should be answered with."""

    def __init__(self, client: Client, user: User, plan: ChangePlan) -> None:
        self.client, self.plan = client, plan
        client.force_login(user)

    def upload(self, content: bytes, name: str):
        file = SimpleUploadedFile(name, content)
        return self.client.post(address(self.plan, "import_new"), {"file": file})

    def send(self, content: bytes, name: str = "plan.csv", **columns: str):
        """Send a file, take the columns as guessed but for `columns`, and return the check."""
        response = self.upload(content, name)
        assert response.status_code == 302, response.content.decode()
        page = self.client.get(response["Location"])
        chosen = {
            field["field"].html_name: field["field"].value() or ""
            for field in page.context["form"].rows
        }
        chosen |= {f"column-{place.removeprefix('c')}": key for place, key in columns.items()}
        response = self.client.post(response["Location"], chosen)
        assert response.status_code == 302, response.context["form"].errors
        return self.check()

    @property
    def sent(self) -> PlanImport:
        return self.plan.imports.order_by("-pk")[0]

    def check(self):
        response = self.client.get(address(self.plan, "import_check", self.sent.identifier))
        assert response.status_code == 200
        return response

    def decide(self, page, button: str = "apply", **given: str):
        """Send the check as its page shows it, but for what is `given`, by this button."""
        form = page.context["form"]
        fields = {
            name: form[name].value() or ""
            for name in form.fields
            if not name.startswith("skip-") or form[name].value()
        }
        seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())
        assert seen
        sent = fields | {"seen": seen[1], button: ""} | given
        where = address(self.plan, "import_check", self.sent.identifier)
        return self.client.post(where, sent)

    def take(self, content: bytes, name: str = "plan.csv", **columns: str):
        """Send a file, confirm what it would make, and return the last page."""
        response = self.decide(self.send(content, name, **columns))
        assert response.status_code == 302, response.context["form"].errors
        response = self.client.get(response["Location"], follow=True)
        assert response.status_code == 200
        return response
