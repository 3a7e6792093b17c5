"""The rules, pure: no database, no screen, no clock of their own. A day or a moment comes in as a value."""
