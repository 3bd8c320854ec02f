"""The rules of a service, under the name that this room knows them by."""

from partnership.rules import LONGEST_TEXT, RuleBroken, checked_text

__all__ = ["LONGEST_TEXT", "RuleBroken", "checked_text"]
