import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import papers.models.house
import partnership.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    """Name and number what is there, and keep where issued papers stood."""
    for name in ["agendaitem", "block", "recommendation", "section"]:
        for record in apps.get_model("papers", name)._base_manager.filter(identifier=""):
            record.identifier = partnership.fields.new_identifier()
            record.save(update_fields=["identifier"])
    places = {}
    for item in apps.get_model("papers", "agendaitem")._base_manager.order_by("meeting", "pk"):
        item.number = places[item.meeting_id] = places.get(item.meeting_id, 0) + 1
        item.save(update_fields=["number"])
    for issued in apps.get_model("papers", "issuedpaper").objects.select_related("paper"):
        issued.agenda_item_id = issued.paper.agenda_item_id
        issued.save(update_fields=["agenda_item"])


class Migration(migrations.Migration):

    dependencies = [
        ('changeplan', '0001_initial'),
        ('papers', '0001_initial'),
        ('partnership', '0002_planning_meetings'),
        ('standards', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('identifier', partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('field', models.CharField(blank=True, choices=[('', 'In words'), ('heading', 'Headline'), ('detail', 'Detail'), ('success', 'What success means'), ('due', 'Due')], default='', max_length=20)),
                ('was', models.TextField(blank=True, help_text='What stood there when it was proposed')),
                ('text', models.TextField(help_text='Markdown')),
                ('outcome', models.CharField(choices=[('proposed', 'To be made'), ('made', 'Made'), ('declined', 'Not made')], default='proposed', max_length=20)),
                ('reason', models.TextField(blank=True, help_text='Why it was not made')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['decision', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('removal_reason', models.TextField(blank=True, default='', editable=False)),
                ('identifier', partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('cleared_by', models.CharField(help_text='A job title', max_length=120)),
                ('cleared_on', models.DateField()),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['paper', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAgendaItem',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_change_reason', models.TextField(null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('removal_reason', models.TextField(blank=True, default='', editable=False)),
                ('identifier', partnership.fields.IdentifierField(db_index=True, default=partnership.fields.new_identifier, editable=False, max_length=12, unique=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('printed', models.CharField(blank=True, max_length=10)),
                ('title', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('ordinary', 'Ordinary item'), ('standing', 'Standing item'), ('to_follow', 'Paper to follow'), ('late', 'Late item')], default='ordinary', max_length=20)),
                ('late_reason', models.TextField(blank=True, help_text="The chair's reason")),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical agenda item',
                'verbose_name_plural': 'historical agenda items',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAmendment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_change_reason', models.TextField(null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('identifier', partnership.fields.IdentifierField(db_index=True, default=partnership.fields.new_identifier, editable=False, max_length=12, unique=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('field', models.CharField(blank=True, choices=[('', 'In words'), ('heading', 'Headline'), ('detail', 'Detail'), ('success', 'What success means'), ('due', 'Due')], default='', max_length=20)),
                ('was', models.TextField(blank=True, help_text='What stood there when it was proposed')),
                ('text', models.TextField(help_text='Markdown')),
                ('outcome', models.CharField(choices=[('proposed', 'To be made'), ('made', 'Made'), ('declined', 'Not made')], default='proposed', max_length=20)),
                ('reason', models.TextField(blank=True, help_text='Why it was not made')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical amendment',
                'verbose_name_plural': 'historical amendments',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalClearance',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_change_reason', models.TextField(null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('removal_reason', models.TextField(blank=True, default='', editable=False)),
                ('identifier', partnership.fields.IdentifierField(db_index=True, default=partnership.fields.new_identifier, editable=False, max_length=12, unique=False)),
                ('name', models.CharField(max_length=60)),
                ('cleared_by', models.CharField(help_text='A job title', max_length=120)),
                ('cleared_on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical clearance',
                'verbose_name_plural': 'historical clearances',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalFrontSheetField',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_change_reason', models.TextField(null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=120)),
                ('source', models.CharField(choices=[('text', 'Text'), ('title', "The paper's title"), ('meeting_date', 'The date of the meeting'), ('agenda_item', 'The number of the agenda item'), ('lead_partner', 'The lead partner'), ('purpose', 'What the paper is for'), ('report_of', 'Whose report it is'), ('body', 'The body that it goes to')], default='text', max_length=20)),
                ('value', models.TextField(blank=True, help_text='Markdown')),
                ('is_contact', models.BooleanField(default=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical front sheet field',
                'verbose_name_plural': 'historical front sheet fields',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPaperSettings',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_change_reason', models.TextField(null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('house_name', models.CharField(blank=True, max_length=200)),
                ('colour', models.CharField(default='#1d4e6b', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Write a colour as # and six of 0-9, a-f.')])),
                ('logo_alternative', models.CharField(blank=True, max_length=200)),
                ('front_sheet', models.JSONField(blank=True, default=papers.models.house.usual_front_sheet)),
                ('implications', models.JSONField(blank=True, default=papers.models.house.usual_implications)),
                ('clearances', models.JSONField(blank=True, default=papers.models.house.usual_clearances)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical paper settings',
                'verbose_name_plural': 'historical paper settingss',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(help_text='SHA-256 of the content', max_length=64)),
                ('content', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField(help_text='Pixels')),
                ('height', models.PositiveSmallIntegerField(help_text='Pixels')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['partnership', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('house_name', models.CharField(blank=True, max_length=200)),
                ('colour', models.CharField(default='#1d4e6b', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Write a colour as # and six of 0-9, a-f.')])),
                ('logo_alternative', models.CharField(blank=True, max_length=200)),
                ('front_sheet', models.JSONField(blank=True, default=papers.models.house.usual_front_sheet)),
                ('implications', models.JSONField(blank=True, default=papers.models.house.usual_implications)),
                ('clearances', models.JSONField(blank=True, default=papers.models.house.usual_clearances)),
            ],
            options={
                'ordering': ['partnership'],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('format', models.CharField(choices=[('html', 'Web page'), ('pdf', 'PDF'), ('docx', 'Word')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Being made'), ('ready', 'Ready'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('source', models.JSONField(blank=True, null=True)),
                ('content', models.BinaryField(null=True)),
                ('problem', models.TextField(blank=True)),
                ('attempts', models.PositiveIntegerField(blank=True, null=True)),
                ('asked_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'ordering': ['-asked_at'],
            },
        ),
        migrations.AlterModelOptions(
            name='agendaitem',
            options={'ordering': ['meeting', 'number']},
        ),
        migrations.AlterModelOptions(
            name='issuedfile',
            options={'ordering': ['issue', 'format', 'audience']},
        ),
        migrations.AlterModelOptions(
            name='section',
            options={'ordering': ['paper', 'is_appendix', 'number']},
        ),
        migrations.RemoveConstraint(
            model_name='agendaitem',
            name='agenda_item_number',
        ),
        migrations.RemoveConstraint(
            model_name='agendaitem',
            name='agendaitem_number_filled',
        ),
        migrations.RemoveConstraint(
            model_name='block',
            name='block_number',
        ),
        migrations.RemoveConstraint(
            model_name='block',
            name='block_kind',
        ),
        migrations.RemoveConstraint(
            model_name='frontsheetfield',
            name='frontsheetfield_source',
        ),
        migrations.RemoveConstraint(
            model_name='issuedfile',
            name='one_file_a_format',
        ),
        migrations.RemoveConstraint(
            model_name='paper',
            name='paper_kind',
        ),
        migrations.RemoveConstraint(
            model_name='recommendation',
            name='recommendation_number',
        ),
        migrations.RemoveConstraint(
            model_name='section',
            name='section_number',
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='identifier',
            field=partnership.fields.IdentifierField(default=str, editable=False, max_length=12, unique=False),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='kind',
            field=models.CharField(choices=[('ordinary', 'Ordinary item'), ('standing', 'Standing item'), ('to_follow', 'Paper to follow'), ('late', 'Late item')], default='ordinary', max_length=20),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='late_reason',
            field=models.TextField(blank=True, help_text="The chair's reason"),
        ),
        migrations.RenameField(model_name='agendaitem', old_name='number', new_name='printed'),
        migrations.AlterField(
            model_name='agendaitem',
            name='printed',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='number',
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='removal_reason',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='removed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='block',
            name='figures',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='block',
            name='identifier',
            field=partnership.fields.IdentifierField(default=str, editable=False, max_length=12, unique=False),
        ),
        migrations.AddField(
            model_name='block',
            name='removal_reason',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='block',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='block',
            name='removed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='plan_version',
            field=models.ForeignKey(blank=True, help_text='The version of the plan in which the decision took effect', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='changeplan.planversion'),
        ),
        migrations.AddField(
            model_name='frontsheetfield',
            name='is_contact',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='frontsheetfield',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='historicalblock',
            name='figures',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='historicalblock',
            name='identifier',
            field=partnership.fields.IdentifierField(db_index=True, default=partnership.fields.new_identifier, editable=False, max_length=12, unique=False),
        ),
        migrations.AddField(
            model_name='historicalblock',
            name='removal_reason',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='historicalblock',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalblock',
            name='removed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaldecision',
            name='plan_version',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The version of the plan in which the decision took effect', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='changeplan.planversion'),
        ),
        migrations.AddField(
            model_name='historicalpaper',
            name='hides_contacts',
            field=models.BooleanField(default=True, help_text='Contact details stay out of the public version'),
        ),
        migrations.AddField(
            model_name='historicalpaper',
            name='purpose',
            field=models.CharField(blank=True, choices=[('', 'Not said'), ('decision', 'For decision'), ('discussion', 'For discussion'), ('information', 'For information')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='historicalrecommendation',
            name='identifier',
            field=partnership.fields.IdentifierField(db_index=True, default=partnership.fields.new_identifier, editable=False, max_length=12, unique=False),
        ),
        migrations.AddField(
            model_name='historicalrecommendation',
            name='removal_reason',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='historicalrecommendation',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalrecommendation',
            name='removed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='exempt_under',
            field=models.CharField(blank=True, choices=[('', 'Not exempt'), ('1', '1: information relating to any individual'), ('2', '2: information likely to reveal the identity of an individual'), ('3', '3: financial or business affairs of any person, the authority included'), ('4', '4: consultations or negotiations on labour relations'), ('5', '5: legal professional privilege'), ('6', '6: notices, orders or directions that the authority proposes'), ('7', '7: prevention, investigation or prosecution of crime')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='identifier',
            field=partnership.fields.IdentifierField(db_index=True, default=partnership.fields.new_identifier, editable=False, max_length=12, unique=False),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='implication',
            field=models.CharField(blank=True, choices=[('', 'None'), ('financial', 'Financial implications'), ('legal', 'Legal implications'), ('equality', 'Equality implications'), ('risk', 'Risk implications'), ('other', 'Other implications')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='is_exempt',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='public_interest',
            field=models.TextField(blank=True, help_text='Why exemption outweighs the public interest (Markdown)'),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='removal_reason',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='removed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='issuedfile',
            name='audience',
            field=models.CharField(choices=[('members', 'Members'), ('public', 'The public')], default='members', max_length=10),
        ),
        migrations.AddField(
            model_name='issuedpaper',
            name='agenda_item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='papers.agendaitem'),
        ),
        migrations.AddField(
            model_name='paper',
            name='hides_contacts',
            field=models.BooleanField(default=True, help_text='Contact details stay out of the public version'),
        ),
        migrations.AddField(
            model_name='paper',
            name='purpose',
            field=models.CharField(blank=True, choices=[('', 'Not said'), ('decision', 'For decision'), ('discussion', 'For discussion'), ('information', 'For information')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='identifier',
            field=partnership.fields.IdentifierField(default=str, editable=False, max_length=12, unique=False),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='removal_reason',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='removed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='section',
            name='exempt_under',
            field=models.CharField(blank=True, choices=[('', 'Not exempt'), ('1', '1: information relating to any individual'), ('2', '2: information likely to reveal the identity of an individual'), ('3', '3: financial or business affairs of any person, the authority included'), ('4', '4: consultations or negotiations on labour relations'), ('5', '5: legal professional privilege'), ('6', '6: notices, orders or directions that the authority proposes'), ('7', '7: prevention, investigation or prosecution of crime')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='section',
            name='identifier',
            field=partnership.fields.IdentifierField(default=str, editable=False, max_length=12, unique=False),
        ),
        migrations.AddField(
            model_name='section',
            name='implication',
            field=models.CharField(blank=True, choices=[('', 'None'), ('financial', 'Financial implications'), ('legal', 'Legal implications'), ('equality', 'Equality implications'), ('risk', 'Risk implications'), ('other', 'Other implications')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='section',
            name='is_exempt',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='section',
            name='public_interest',
            field=models.TextField(blank=True, help_text='Why exemption outweighs the public interest (Markdown)'),
        ),
        migrations.AddField(
            model_name='section',
            name='removal_reason',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='section',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='section',
            name='removed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnership.meeting'),
        ),
        migrations.AlterField(
            model_name='block',
            name='kind',
            field=models.CharField(choices=[('paragraph', 'Paragraph'), ('prose', 'Paragraph without a number'), ('recommendations', 'Recommendations'), ('score_range', 'The range of the scores'), ('averaging_method', 'How the averages were made'), ('cohort_comparison', 'Cohorts compared'), ('strongest', 'Strongest standards'), ('lowest', 'Lowest standards'), ('score_chart', 'Chart of all scores'), ('scores_table', 'All scores in a table'), ('change_since', 'Change since last time'), ('themes', 'Themes'), ('strengths', 'Strengths'), ('priorities', 'Improvement priorities'), ('priority_actions', 'What answers each priority'), ('plan_table', 'The change plan, by standard'), ('days_total', 'Consultancy days in a sentence'), ('days_table', 'Consultancy days in a table'), ('action_timeline', 'Timeline of the actions'), ('decisions_so_far', 'Decisions so far')], default='paragraph', max_length=40),
        ),
        migrations.AlterField(
            model_name='frontsheetfield',
            name='source',
            field=models.CharField(choices=[('text', 'Text'), ('title', "The paper's title"), ('meeting_date', 'The date of the meeting'), ('agenda_item', 'The number of the agenda item'), ('lead_partner', 'The lead partner'), ('purpose', 'What the paper is for'), ('report_of', 'Whose report it is'), ('body', 'The body that it goes to')], default='text', max_length=20),
        ),
        migrations.AlterField(
            model_name='historicalblock',
            name='kind',
            field=models.CharField(choices=[('paragraph', 'Paragraph'), ('prose', 'Paragraph without a number'), ('recommendations', 'Recommendations'), ('score_range', 'The range of the scores'), ('averaging_method', 'How the averages were made'), ('cohort_comparison', 'Cohorts compared'), ('strongest', 'Strongest standards'), ('lowest', 'Lowest standards'), ('score_chart', 'Chart of all scores'), ('scores_table', 'All scores in a table'), ('change_since', 'Change since last time'), ('themes', 'Themes'), ('strengths', 'Strengths'), ('priorities', 'Improvement priorities'), ('priority_actions', 'What answers each priority'), ('plan_table', 'The change plan, by standard'), ('days_total', 'Consultancy days in a sentence'), ('days_table', 'Consultancy days in a table'), ('action_timeline', 'Timeline of the actions'), ('decisions_so_far', 'Decisions so far')], default='paragraph', max_length=40),
        ),
        migrations.AlterField(
            model_name='historicalpaper',
            name='kind',
            field=models.CharField(choices=[('results', 'Results'), ('change_plan', 'Change plan'), ('evaluation', 'Evaluation'), ('blank', 'Report')], max_length=20),
        ),
        migrations.AlterField(
            model_name='paper',
            name='exercise',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='standards.exercise'),
        ),
        migrations.AlterField(
            model_name='paper',
            name='kind',
            field=models.CharField(choices=[('results', 'Results'), ('change_plan', 'Change plan'), ('evaluation', 'Evaluation'), ('blank', 'Report')], max_length=20),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='agendaitem',
            name='identifier',
            field=partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name='block',
            name='identifier',
            field=partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name='recommendation',
            name='identifier',
            field=partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name='section',
            name='identifier',
            field=partnership.fields.IdentifierField(default=partnership.fields.new_identifier, editable=False, max_length=12, unique=True),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('meeting', 'number'), name='agenda_item_number', violation_error_message='An item with this number already exists.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'late'), models.Q(('late_reason', ''), _negated=True)), models.Q(models.Q(('kind', 'late'), _negated=True), ('late_reason', '')), _connector='OR'), name='late_says_why', violation_error_message="Give the chair's reason for a late item, and for that alone."),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='agendaitem_removed_at_and_by', violation_error_message='Say both when it was removed and who removed it.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='agendaitem_version_from_1', violation_error_message='The version must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='agendaitem_number_from_1', violation_error_message='The number must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['ordinary', 'standing', 'to_follow', 'late'])), name='agendaitem_kind', violation_error_message='Choose one of the options for the kind.'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('section', 'number'), name='block_number', violation_error_message='A block with this number already exists.'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='block_removed_at_and_by', violation_error_message='Say both when it was removed and who removed it.'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['paragraph', 'prose', 'recommendations', 'score_range', 'averaging_method', 'cohort_comparison', 'strongest', 'lowest', 'score_chart', 'scores_table', 'change_since', 'themes', 'strengths', 'priorities', 'priority_actions', 'plan_table', 'days_total', 'days_table', 'action_timeline', 'decisions_so_far'])), name='block_kind', violation_error_message='Choose one of the options for the kind.'),
        ),
        migrations.AddConstraint(
            model_name='frontsheetfield',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='frontsheetfield_version_from_1', violation_error_message='The version must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='frontsheetfield',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['text', 'title', 'meeting_date', 'agenda_item', 'lead_partner', 'purpose', 'report_of', 'body'])), name='frontsheetfield_source', violation_error_message='Choose one of the options for the source.'),
        ),
        migrations.AddConstraint(
            model_name='issuedfile',
            constraint=models.UniqueConstraint(fields=('issue', 'format', 'audience'), name='one_file_a_format'),
        ),
        migrations.AddConstraint(
            model_name='issuedfile',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['members', 'public'])), name='issuedfile_audience', violation_error_message='Choose one of the options for the audience.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'blank'), ('exercise__isnull', False), _connector='OR'), name='paper_has_exercise', violation_error_message='Name the exercise that the paper is about.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['results', 'change_plan', 'evaluation', 'blank'])), name='paper_kind', violation_error_message='Choose one of the options for the kind.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['', 'decision', 'discussion', 'information'])), name='paper_purpose', violation_error_message='Choose one of the options for the purpose.'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('paper', 'number'), name='recommendation_number', violation_error_message='A recommendation with this number already exists.'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='recommendation_removed_at_and_by', violation_error_message='Say both when it was removed and who removed it.'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('paper', 'is_appendix', 'number'), name='section_number', violation_error_message='A section with this number already exists.'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None), models.Q(('implication', ''), _negated=True)), fields=('paper', 'implication'), name='one_section_an_implication', violation_error_message='The paper has a section on these implications already.'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('exempt_under', ''), ('is_exempt', False), ('public_interest', '')), models.Q(('is_appendix', True), ('is_exempt', True), models.Q(('exempt_under', ''), _negated=True), models.Q(('public_interest', ''), _negated=True)), _connector='OR'), name='exempt_says_why', violation_error_message='Only an appendix is exempt; name the statutory paragraph and give the public-interest test.'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='section_removed_at_and_by', violation_error_message='Say both when it was removed and who removed it.'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('implication__in', ['', 'financial', 'legal', 'equality', 'risk', 'other'])), name='section_implication', violation_error_message='Choose one of the options for the implication.'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('exempt_under__in', ['', '1', '2', '3', '4', '5', '6', '7'])), name='section_exempt_under', violation_error_message='Choose one of the options for the exempt under.'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='action',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='changeplan.action'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='papers.decision'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clearance',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clearances', to='papers.paper'),
        ),
        migrations.AddField(
            model_name='clearance',
            name='removed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalagendaitem',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalagendaitem',
            name='meeting',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnership.meeting'),
        ),
        migrations.AddField(
            model_name='historicalagendaitem',
            name='removed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalamendment',
            name='action',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='changeplan.action'),
        ),
        migrations.AddField(
            model_name='historicalamendment',
            name='decision',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='papers.decision'),
        ),
        migrations.AddField(
            model_name='historicalamendment',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalamendment',
            name='settled_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalclearance',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalclearance',
            name='paper',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='papers.paper'),
        ),
        migrations.AddField(
            model_name='historicalclearance',
            name='removed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalfrontsheetfield',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalfrontsheetfield',
            name='paper',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='papers.paper'),
        ),
        migrations.AddField(
            model_name='historicalpapersettings',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpapersettings',
            name='partnership',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnership.partnership'),
        ),
        migrations.AddField(
            model_name='logo',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnership.partnership'),
        ),
        migrations.AddField(
            model_name='historicalpapersettings',
            name='logo',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='papers.logo'),
        ),
        migrations.AddField(
            model_name='papersettings',
            name='logo',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.logo'),
        ),
        migrations.AddField(
            model_name='papersettings',
            name='partnership',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnership.partnership'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), ('content__isnull', False)), models.Q(models.Q(('state', 'ready'), _negated=True), ('content', None)), _connector='OR'), name='ready_has_content', violation_error_message='A finished file has its content, and no other.'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('problem', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('problem', '')), _connector='OR'), name='failed_says_why', violation_error_message='A failed file says why, and no other.'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='rendition_key_filled', violation_error_message='Enter the key.'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['html', 'pdf', 'docx'])), name='rendition_format', violation_error_message='Choose one of the options for the format.'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'ready', 'failed'])), name='rendition_state', violation_error_message='Choose one of the options for the state.'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(('attempts__gte', 1)), name='rendition_attempts_from_1', violation_error_message='The attempts must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.UniqueConstraint(fields=('decision', 'number'), name='amendment_number'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('field', ''), ('action__isnull', False), _connector='OR'), name='amended_field_of_action', violation_error_message='Choose the action whose field is to change.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'declined'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('outcome', 'declined'), _negated=True), ('reason', '')), _connector='OR'), name='declined_says_why', violation_error_message='Say why it was not made, for what was not made and for that alone.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'proposed'), ('settled_at', None)), models.Q(models.Q(('outcome', 'proposed'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='amendment_settled', violation_error_message='Say when it was settled.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='amendment_settled_at_and_by', violation_error_message='Say both when it was settled and who settled it.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='amendment_version_from_1', violation_error_message='The version must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='amendment_number_from_1', violation_error_message='The number must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ['', 'heading', 'detail', 'success', 'due'])), name='amendment_field', violation_error_message='Choose one of the options for the field.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='amendment_text_filled', violation_error_message='Enter the text.'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['proposed', 'made', 'declined'])), name='amendment_outcome', violation_error_message='Choose one of the options for the outcome.'),
        ),
        migrations.AddConstraint(
            model_name='clearance',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('paper', 'name'), name='clearance_once', violation_error_message='This clearance is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='clearance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='clearance_removed_at_and_by', violation_error_message='Say both when it was removed and who removed it.'),
        ),
        migrations.AddConstraint(
            model_name='clearance',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='clearance_version_from_1', violation_error_message='The version must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='clearance',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='clearance_name_filled', violation_error_message='Enter the name.'),
        ),
        migrations.AddConstraint(
            model_name='clearance',
            constraint=models.CheckConstraint(condition=models.Q(('cleared_by', ''), _negated=True), name='clearance_cleared_by_filled', violation_error_message='Enter the cleared by.'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.UniqueConstraint(fields=('partnership', 'digest'), name='one_logo_a_picture'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.CheckConstraint(condition=models.Q(('digest', ''), _negated=True), name='logo_digest_filled', violation_error_message='Enter the digest.'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.CheckConstraint(condition=models.Q(('width__gte', 1)), name='logo_width_from_1', violation_error_message='The width must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.CheckConstraint(condition=models.Q(('height__gte', 1)), name='logo_height_from_1', violation_error_message='The height must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='papersettings',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='papersettings_version_from_1', violation_error_message='The version must be 1 or more.'),
        ),
        migrations.AddConstraint(
            model_name='papersettings',
            constraint=models.CheckConstraint(condition=models.Q(('colour', ''), _negated=True), name='papersettings_colour_filled', violation_error_message='Enter the colour.'),
        ),
    ]
