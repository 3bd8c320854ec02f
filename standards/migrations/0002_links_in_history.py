from django.db import migrations

from partnership.migrations._history import links_kept_in_rows


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]

    operations = [
        *links_kept_in_rows("standards", "Exercise", domains="domain_id", facilitators=""),
        *links_kept_in_rows("standards", "Session", groups="group_id"),
        *links_kept_in_rows(
            "standards", "Finding", standards="standard_id", comments="comment_id"
        ),
    ]
