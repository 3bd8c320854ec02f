"""How production names static files."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, also for the modules that a script imports."""

    support_js_module_import_aggregation = True
