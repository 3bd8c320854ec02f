"""The demonstration: three partnerships from readable files, and the people to sign in as."""

from .loading import load_demo
from .people import DemoPartnership, DemoUser, demo_users

__all__ = ["DemoPartnership", "DemoUser", "demo_users", "load_demo"]
