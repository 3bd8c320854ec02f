"""The site, and beside it the yardstick: a view that asks for its session and nothing else."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
settings.ROOT_URLCONF = "commissioning.load.urls"
application = get_wsgi_application()
