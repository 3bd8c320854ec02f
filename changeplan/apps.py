from django.apps import AppConfig


class ChangePlanConfig(AppConfig):
    name = "changeplan"
