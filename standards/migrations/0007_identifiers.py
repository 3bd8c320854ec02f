import partnership.fields
from django.db import migrations


def name_each(apps, schema_editor):
    for name in ["attribution"]:
        for record in apps.get_model("standards", name)._base_manager.filter(identifier=""):
            record.identifier = partnership.fields.new_identifier()
            record.save(update_fields=["identifier"])


class Migration(migrations.Migration):
    dependencies = [("standards", "0006_removable_findings")]

    operations = [
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="attribution",
            name="identifier",
            field=partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True),
        ),
    ]
