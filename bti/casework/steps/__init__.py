"""The five steps, their meetings and the way from one to the next; the end of a case, and the way out of the kommune."""
