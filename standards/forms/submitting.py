"""The way from a form to a service and back, under the name that this room knows it by."""

from partnership.submitting import Difference, Submitted, submit, version_field

__all__ = ["Difference", "Submitted", "submit", "version_field"]
