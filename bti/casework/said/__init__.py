"""What is said and agreed at the table in whichever step, by the child first, and what follows from it."""
