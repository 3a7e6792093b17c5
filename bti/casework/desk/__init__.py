"""What lies on a desk: the lists, what they wait for, what is being typed; and what those do for a log who read no word of it."""
