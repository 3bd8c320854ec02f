from django.db import migrations

from partnership.migrations._history import links_kept_in_rows


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_papers")]

    operations = links_kept_in_rows("papers", "Recommendation", actions="action_id")
