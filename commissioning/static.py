"""How production names static files."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, also for the modules that our own scripts import.

    Django's `support_js_module_import_aggregation` reads every package's scripts, and stops at an
    extension of htmx whose comments show an import of a file that is not there.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r'(?P<matched>from "(?P<url>[./][^"]+)";)', 'from "%(url)s";'),)),
    )
