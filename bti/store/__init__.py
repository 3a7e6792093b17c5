"""Rows: the database, its tables, and what keeps them whole."""
