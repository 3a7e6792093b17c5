"""What the command line does, group by group."""
