"""Which relations must lead to the same place: read like a table."""

from changeplan.models import Action, ActionLink, ChangePlan, PlanEntry, SupportAllocation
from papers.models import Amendment, Decision, Paper, Recommendation
from partnership.models import Document, Group, GroupMembership, Meeting, Membership
from standards.models import (
    Attribution,
    Comment,
    Exercise,
    Finding,
    PublishedScore,
    ReportedComparison,
    Score,
    Session,
    Standard,
    Vote,
    WorkingGroup,
)

from .rules import same

RELATIONS = [
    # The standards are those of the exercise's framework.
    same(
        Score,
        "standard__framework",
        "working_group__session__exercise__framework",
        "{working_group__session__exercise__title}: the score of {working_group__name} is on"
        " standard {standard__number} of another framework.",
    ),
    same(
        Vote,
        "standard__framework",
        "participant__working_group__session__exercise__framework",
        "{participant__working_group__session__exercise__title}: a vote in"
        " {participant__working_group__name} is on standard {standard__number} of another"
        " framework.",
    ),
    same(
        Comment,
        "standard__framework",
        "working_group__session__exercise__framework",
        "{working_group__session__exercise__title}: a comment of {working_group__name} is on"
        " standard {standard__number} of another framework.",
    ),
    same(
        PublishedScore,
        "standard__framework",
        "exercise__framework",
        "{exercise__title}: a published average is of standard {standard__number} of another"
        " framework.",
    ),
    same(
        Finding.standards.through,
        "standard__framework",
        "finding__exercise__framework",
        "{finding__exercise__title}: {finding__kind} {finding__number} concerns standard"
        " {standard__number} of another framework.",
    ),
    same(
        ReportedComparison.exceptions.through,
        "standard__framework",
        "reportedcomparison__exercise__framework",
        "{reportedcomparison__exercise__title}: a comparison of cohorts leaves out standard"
        " {standard__number} of another framework.",
    ),
    same(
        Exercise.domains.through,
        "domain__framework",
        "exercise__framework",
        "{exercise__title}: its domain “{domain__title}” is of another framework.",
    ),
    same(
        Standard,
        "domain__framework",
        "framework",
        "{framework__name}: standard {number} is in the domain “{domain__title}” of another"
        " framework.",
    ),
    same(
        PlanEntry,
        "standard__framework",
        "plan__exercise__framework",
        "{plan__title}: an entry is for standard {standard__number} of another framework.",
    ),
    same(
        ActionLink,
        "standard__framework",
        "action__plan__exercise__framework",
        "{action__plan__title}: action {action__number} serves standard {standard__number} of"
        " another framework.",
    ),
    same(
        SupportAllocation.standards.through,
        "standard__framework",
        "supportallocation__entitlement__plan__exercise__framework",
        "{supportallocation__entitlement__plan__title}: support “{supportallocation__purpose}” is"
        " for standard {standard__number} of another framework.",
    ),
    # What an exercise holds belongs together.
    same(
        WorkingGroup,
        "cohort__exercise",
        "session__exercise",
        "{session__exercise__title}: {name} is in the cohort “{cohort__name}” of another exercise.",
    ),
    same(
        PublishedScore,
        "cohort__exercise",
        "exercise",
        "{exercise__title}: a published average is of the cohort “{cohort__name}” of another"
        " exercise.",
    ),
    same(
        Attribution,
        "working_group__session__exercise",
        "finding__exercise",
        "{finding__exercise__title}: {finding__kind} {finding__number} was raised by"
        " {working_group__name} of another exercise.",
    ),
    same(
        Attribution,
        "cohort__exercise",
        "finding__exercise",
        "{finding__exercise__title}: {finding__kind} {finding__number} was raised by the cohort"
        " “{cohort__name}” of another exercise.",
    ),
    same(
        Finding.comments.through,
        "comment__working_group__session__exercise",
        "finding__exercise",
        "{finding__exercise__title}: {finding__kind} {finding__number} rests on a comment of"
        " another exercise.",
    ),
    same(
        ReportedComparison,
        "lower__exercise",
        "exercise",
        "{exercise__title}: a comparison is with the cohort “{lower__name}” of another exercise.",
    ),
    same(
        ReportedComparison,
        "higher__exercise",
        "exercise",
        "{exercise__title}: a comparison is with the cohort “{higher__name}” of another exercise.",
    ),
    # What a plan holds belongs together.
    same(
        ActionLink,
        "priority__exercise",
        "action__plan__exercise",
        "{action__plan__title}: action {action__number} answers the improvement priority"
        " “{priority__title}” of another exercise.",
    ),
    same(
        ActionLink,
        "waits_for__plan",
        "action__plan",
        "{action__plan__title}: action {action__number} depends on “{waits_for__heading}” of"
        " another plan.",
    ),
    same(
        SupportAllocation,
        "action__plan",
        "entitlement__plan",
        "{entitlement__plan__title}: support “{purpose}” is for “{action__heading}” of another"
        " plan.",
    ),
    same(
        Paper,
        "plan__exercise",
        "exercise",
        "{title}: its change plan “{plan__title}” follows another exercise.",
    ),
    same(
        Recommendation.actions.through,
        "action__plan",
        "recommendation__paper__plan",
        "{recommendation__paper__title}: recommendation {recommendation__number} is about"
        " “{action__heading}” of another plan.",
    ),
    same(
        Amendment,
        "action__plan",
        "decision__recommendation__paper__plan",
        "{decision__recommendation__paper__title}: an amendment changes “{action__heading}” of"
        " another plan.",
    ),
    # Nothing reaches into another partnership.
    same(
        Group,
        "parent__partnership",
        "partnership",
        "{partnership__name}: {name} is a sub-group of {parent__name} of another partnership.",
    ),
    same(
        Meeting.joint_with.through,
        "group__partnership",
        "meeting__group__partnership",
        "{meeting__group__partnership__name}: a meeting of {meeting__group__name} is joint with"
        " {group__name} of another partnership.",
    ),
    same(
        Document,
        "meeting__group__partnership",
        "partnership",
        "{partnership__name}: “{title}” comes from a meeting of another partnership.",
    ),
    same(
        Membership,
        "organisation__partnership",
        "partnership",
        "{partnership__name}: {user__name} comes from {organisation__name} of another partnership.",
    ),
    same(
        GroupMembership,
        "group__partnership",
        "membership__partnership",
        "{membership__partnership__name}: {membership__user__name} sits in {group__name} of"
        " another partnership.",
    ),
    same(
        Exercise,
        "previous__partnership",
        "partnership",
        "{partnership__name}: {title} follows “{previous__title}” of another partnership.",
    ),
    same(
        Session.groups.through,
        "group__partnership",
        "session__exercise__partnership",
        "{session__exercise__title}: {session__title} seats {group__name} of another partnership.",
    ),
    same(
        ChangePlan,
        "exercise__partnership",
        "partnership",
        "{partnership__name}: {title} follows an exercise of another partnership.",
    ),
    same(
        ChangePlan,
        "approved_meeting__group__partnership",
        "partnership",
        "{partnership__name}: {title} was approved by a meeting of another partnership.",
    ),
    *(
        same(
            Action,
            f"{field}__partnership",
            "plan__partnership",
            f"{{plan__title}}: action {{number}} {says} of another partnership.",
        )
        for field, says in {
            "lead_group": "is led by {lead_group__name}",
            "lead_organisation": "is led by {lead_organisation__name}",
            "owner": "is owned by {owner__user__name}",
            "monitored_by": "is monitored by {monitored_by__name}",
            "reports_to": "reports to {reports_to__name}",
        }.items()
    ),
    # What is made from results is made from those of its own exercise.
    same(
        ChangePlan,
        "results_version__exercise",
        "exercise",
        "{partnership__name}: {title} is made from the results of another exercise.",
    ),
    same(
        Paper,
        "results_version__exercise",
        "exercise",
        "{partnership__name}: {title} is made from the results of another exercise.",
    ),
    same(
        Paper,
        "exercise__partnership",
        "partnership",
        "{partnership__name}: {title} is about an exercise of another partnership.",
    ),
    same(
        Paper,
        "plan__partnership",
        "partnership",
        "{partnership__name}: {title} is about a change plan of another partnership.",
    ),
    same(
        Paper,
        "addressed_to__partnership",
        "partnership",
        "{partnership__name}: {title} is addressed to {addressed_to__name} of another partnership.",
    ),
    same(
        Paper,
        "agenda_item__meeting__group__partnership",
        "partnership",
        "{partnership__name}: {title} is on the agenda of another partnership.",
    ),
    same(
        Recommendation,
        "asked_of__partnership",
        "paper__partnership",
        "{paper__title}: recommendation {number} is asked of {asked_of__name} of another"
        " partnership.",
    ),
    same(
        Decision,
        "meeting__group__partnership",
        "recommendation__paper__partnership",
        "{recommendation__paper__title}: recommendation {recommendation__number} was decided by"
        " {meeting__group__name} of another partnership.",
    ),
]
