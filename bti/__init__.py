"""Bedre tverrfaglig innsats: the domain. Knows nothing about the screen."""
