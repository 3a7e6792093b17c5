"""Whole meetings, in a real browser against a real server."""

from tests.web.chromium import chromium, page, window  # noqa: F401 - fixtures
