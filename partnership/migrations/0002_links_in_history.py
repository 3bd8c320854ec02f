from django.db import migrations

from ._history import links_kept_in_rows


class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_partnership")]

    operations = links_kept_in_rows("partnership", "Meeting", joint_with="group_id")
