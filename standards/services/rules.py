"""When a service refuses: the reason, in words for the person who asked."""


class RuleBroken(Exception):
    """What was asked for is not possible now. The message says why, and what to do."""
