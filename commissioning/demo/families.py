"""What the demonstration files hold, family by family, read from top to bottom."""

from django.contrib.auth.hashers import make_password

from changeplan.models import (
    Action,
    ChangePlan,
    PlanEntry,
    ProgressUpdate,
    StatusStatement,
    SupportAllocation,
    SupportDelivery,
    SupportEntitlement,
)
from papers.models import (
    AgendaItem,
    Block,
    Decision,
    FrontSheetField,
    Logo,
    Paper,
    PaperSettings,
    Recommendation,
    Section,
)
from partnership.loading import Kind
from partnership.models import (
    Document,
    Group,
    GroupMembership,
    Meeting,
    Membership,
    Organisation,
    Partnership,
    User,
)
from standards.models import (
    Attribution,
    Cohort,
    Comment,
    Exercise,
    Facilitator,
    Finding,
    Participant,
    PublishedScore,
    ReportedComparison,
    Score,
    Session,
    Vote,
    WorkingGroup,
)

from . import shorthand

NOBODY = {"password": make_password(None)}  # a password that nothing matches
PUBLIC = ("identifier",)

SEATS = Kind(GroupMembership, "membership", ("group",), shorthand.seats)
MEMBERSHIPS = Kind(Membership, "user", ("partnership",), holds={"seats": SEATS})

PEOPLE = Kind(
    User, natural=("email",), preset=NOBODY, read=shorthand.people,
    holds={"membership": MEMBERSHIPS},
)  # fmt: skip
GUESTS = Kind(User, natural=PUBLIC, preset=NOBODY, read=shorthand.guests)

ORGANISATIONS = Kind(Organisation, "partnership", ("name",))
GROUPS = Kind(Group, "partnership", ("name",))
MEETINGS = Kind(Meeting, natural=PUBLIC, holds={"agenda": Kind(AgendaItem, "meeting")})
DOCUMENTS = Kind(Document, "partnership", ("title",))

PARTICIPANTS = Kind(
    Participant, "working_group", ("user",), shorthand.participants,
    holds={"votes": Kind(Vote, "participant", ("standard", "round"), shorthand.votes)},
)  # fmt: skip
WORKING_GROUPS = Kind(
    WorkingGroup, "session",
    holds={
        "participants": PARTICIPANTS,
        "scores": Kind(Score, "working_group", ("standard",), shorthand.scores),
        "comments": Kind(Comment, "working_group", PUBLIC, shorthand.comments),
    },
)  # fmt: skip

ATTRIBUTIONS = {"attributions": Kind(Attribution, "finding")}


def _findings(kind: Finding.Kind) -> Kind:
    found = {"kind": kind.value}
    return Kind(Finding, "exercise", PUBLIC, preset=found, holds=ATTRIBUTIONS)


PUBLISHED = Kind(PublishedScore, "exercise", ("standard", "cohort"), shorthand.scores)
EXERCISES = Kind(
    Exercise, "partnership", PUBLIC, shorthand.exercises,
    holds={
        "facilitators": Kind(Facilitator, "exercise", ("user",), shorthand.facilitators),
        "cohorts": Kind(Cohort, "exercise"),
        "sessions": Kind(Session, "exercise", holds={"working_groups": WORKING_GROUPS}),
        "published_scores": PUBLISHED,
        "reported_comparisons": Kind(ReportedComparison, "exercise", ("lower", "higher")),
        "strengths": _findings(Finding.Kind.STRENGTH),
        "themes": _findings(Finding.Kind.THEME),
        "priorities": _findings(Finding.Kind.PRIORITY),
    },
)  # fmt: skip

ACTIONS = Kind(
    Action, "plan", PUBLIC,
    holds={"updates": Kind(ProgressUpdate, "action", ("date",))},
)  # fmt: skip
ALLOCATIONS = Kind(
    SupportAllocation, "entitlement", PUBLIC,
    holds={"deliveries": Kind(SupportDelivery, "allocation", ("date",))},
)  # fmt: skip
ENTITLEMENTS = Kind(
    SupportEntitlement, "plan", ("programme",),
    holds={"allocations": ALLOCATIONS},
)  # fmt: skip
ENTRIES = Kind(
    PlanEntry, "plan", ("standard",), shorthand.entries,
    holds={"status": Kind(StatusStatement, "entry")},
)  # fmt: skip
PLANS = Kind(
    ChangePlan, "partnership", PUBLIC,
    holds={
        "entries": ENTRIES,
        "actions": ACTIONS,
        "entitlements": ENTITLEMENTS,
    },
)  # fmt: skip

LOGOS = Kind(Logo, "partnership", ("digest",), shorthand.logos)
PAPER_SETTINGS = Kind(PaperSettings, "partnership", (), shorthand.paper_settings)
RECOMMENDATIONS = Kind(
    Recommendation, "paper",
    holds={"decisions": Kind(Decision, "recommendation", ("meeting",))},
)  # fmt: skip
PAPERS = Kind(
    Paper, "partnership", ("slug",),
    holds={
        "front_sheet": Kind(FrontSheetField, "paper", read=shorthand.front_sheet),
        "sections": Kind(Section, "paper", holds={"blocks": Kind(Block, "section")}),
        "recommendations": RECOMMENDATIONS,
    },
)  # fmt: skip

PARTNERSHIPS = Kind(
    Partnership,
    natural=("slug",),
    holds={
        "organisations": ORGANISATIONS,
        "groups": GROUPS,
        "meetings": MEETINGS,
        "documents": DOCUMENTS,
        "logos": LOGOS,
        "paper_settings": PAPER_SETTINGS,
        "people": PEOPLE,
        "guests": GUESTS,
        "exercises": EXERCISES,
        "plans": PLANS,
        "papers": PAPERS,
    },
)
