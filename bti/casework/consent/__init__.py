"""Consent: the family is asked, answers, takes back and narrows; who may see what of it, and whether there is a log at all."""
