"""Where findings and who raised them are read, written and moved."""

from django.urls import reverse

from standards.models import Attribution, Exercise, Finding


def address(exercise: Exercise, name: str = "findings", *more: str) -> str:
    place = [exercise.partnership.slug, exercise.identifier, *more]
    return reverse(f"standards:{name}", args=place)


def at(record: Finding | Attribution, name: str) -> str:
    """The address of a finding's or an attribution's page or button."""
    if isinstance(record, Attribution):
        finding = record.finding
        return address(finding.exercise, name, finding.identifier, record.identifier)
    return address(record.exercise, name, record.identifier)
