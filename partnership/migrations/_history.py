"""What the migrations of several rooms share."""

from collections import defaultdict
from typing import Any

from django.db import migrations, models


def links_kept_in_rows(app: str, model: str, **relations: str) -> list[Any]:
    """Return the operations after which the history of a model keeps what it is linked with in its
    own rows: by relation, the column that named the other record in a table of its own; "" where
    there was none."""
    tables = {name: f"Historical{model}_{name}" for name, column in relations.items() if column}

    def copy(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, f"Historical{model}").objects.order_by()
        for name, table in tables.items():
            found: defaultdict[int, list[int]] = defaultdict(list)
            links = apps.get_model(app, table).objects.order_by(relations[name])
            for row, key in links.values_list("history_id", relations[name]):
                found[row].append(key)
            for row, keys in found.items():
                rows.filter(history_id=row).update(**{name: keys})

    keys = models.JSONField(null=True)
    return [
        *(migrations.AddField(f"Historical{model}", name, keys) for name in relations),
        migrations.RunPython(copy, elidable=True),
        *(migrations.DeleteModel(table) for table in tables.values()),
    ]
