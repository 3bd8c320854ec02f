import partnership.fields
from django.db import migrations


def name_each(apps, schema_editor):
    for name in ["statusstatement", "supportdelivery", "supportentitlement"]:
        for record in apps.get_model("changeplan", name)._base_manager.filter(identifier=""):
            record.identifier = partnership.fields.new_identifier()
            record.save(update_fields=["identifier"])


class Migration(migrations.Migration):
    dependencies = [("changeplan", "0003_working_on_plans")]

    operations = [
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="statusstatement",
            name="identifier",
            field=partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name="supportdelivery",
            name="identifier",
            field=partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name="supportentitlement",
            name="identifier",
            field=partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True),
        ),
    ]
