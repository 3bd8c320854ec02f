"""What other rooms can answer to, in the transaction in which it happens."""

from django.dispatch import Signal

# A body is to meet: planned anew, moved, or planned again. Sent with `meeting` and `by`.
meeting_planned = Signal()
