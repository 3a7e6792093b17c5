"""What a person may do and see. The only door to a case."""
