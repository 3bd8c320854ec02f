from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import CASCADE

KEYS = {  # by relation: the other record's key, before and now
    "standards": ("standard_id", "standard_id"),
    "priorities": ("finding_id", "priority_id"),
    "depends_on": ("to_action_id", "waits_for_id"),
}


def one(name):
    others = {other: None for other in ("standard", "priority", "waits_for") if other != name}
    return Q(**{f"{name}__isnull": False}, **others)


def key(to):
    return models.ForeignKey(to, CASCADE, null=True, blank=True, related_name="+")


def linked(to, field):
    through = {"through": "changeplan.ActionLink", "through_fields": ("action", field)}
    return models.ManyToManyField(to, blank=True, related_name="+", **through)


def copy(apps, schema_editor):
    action, link = (apps.get_model("changeplan", name) for name in ("Action", "ActionLink"))
    for name, (before, now) in KEYS.items():
        table = getattr(action, name).through
        of = "from_action_id" if name == "depends_on" else "action_id"
        rows = table.objects.order_by("pk").values_list(of, before)
        link.objects.bulk_create(link(**{"action_id": mine, now: other}) for mine, other in rows)


class Migration(migrations.Migration):
    dependencies = [("changeplan", "0002_links_in_history")]

    operations = [
        migrations.CreateModel(
            "ActionLink",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.ForeignKey("changeplan.action", CASCADE, related_name="links")),
                ("standard", key("standards.standard")),
                ("priority", key("standards.finding")),
                ("waits_for", key("changeplan.action")),
            ],
            {
                "constraints": [
                    models.CheckConstraint(
                        condition=one("standard") | one("priority") | one("waits_for"),
                        name="action_link_names_one",
                        violation_error_message="Name a standard, an improvement priority or an action, and one of them only.",
                    ),
                    *(
                        models.UniqueConstraint(fields=["action", name], name=f"action_{name}_once")
                        for name in ("standard", "priority", "waits_for")
                    ),
                ]
            },
        ),
        migrations.RunPython(copy, elidable=True),
        *(migrations.RemoveField("Action", name) for name in KEYS),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField("Action", "standards", linked("standards.standard", "standard")),
                migrations.AddField("Action", "priorities", linked("standards.finding", "priority")),
                migrations.AddField("Action", "depends_on", linked("changeplan.action", "waits_for")),
            ]
        ),
    ]
