from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "papers"

    def ready(self) -> None:
        """Answer to what happens in the rooms below."""
        from partnership.signals import meeting_planned

        from .services.effects import place_waiting

        meeting_planned.connect(place_waiting)
