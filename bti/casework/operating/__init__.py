"""What runs an installation: accounts, sign-in, services and lists, the audit read through. No case is opened from here."""
