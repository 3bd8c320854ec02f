"""The pages of the days: where they are, and what they say once a form is saved."""

from django.urls import reverse

from changeplan.models import ChangePlan, SupportAllocation
from tests import factories as make
from tests.pages import words


def address(plan: ChangePlan, name: str) -> str:
    """The address of a page of the plan, its programme, its support or its delivery."""
    args = [plan.partnership.slug, plan.identifier]
    if name in ("entitlement_edit", "entitlement_remove"):
        args.append(plan.entitlements.get().identifier)
    elif name not in ("days", "entitlement_new", "allocation_new"):
        asked = SupportAllocation.objects.get(entitlement__plan=plan)
        args.append(asked.identifier)
        if name in ("delivery_edit", "delivery_remove"):
            delivered = asked.deliveries.first() or make.delivery(asked, "1")
            args.append(delivered.identifier)
    return reverse(f"changeplan:{name}", args=args)


def bring_back(client, plan: ChangePlan, kind: str, record) -> str:
    args = [plan.partnership.slug, plan.identifier, kind, record.identifier]
    return words(client.post(reverse("changeplan:removal_undo", args=args), follow=True))


def sent(response) -> str:
    """What the page says to which a saved form leads."""
    assert response.redirect_chain, response.context["form"].errors
    return words(response)


def stand(plan: ChangePlan) -> None:
    ChangePlan.objects.filter(pk=plan.pk).update(state="submitted")
