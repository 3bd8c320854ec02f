from django.db import migrations

from partnership.migrations._history import links_kept_in_rows


class Migration(migrations.Migration):
    dependencies = [("changeplan", "0001_initial")]

    operations = [
        *links_kept_in_rows("changeplan", "SupportAllocation", standards="standard_id"),
        *links_kept_in_rows(
            "changeplan",
            "Action",
            standards="standard_id",
            priorities="finding_id",
            depends_on="to_action_id",
        ),
    ]
