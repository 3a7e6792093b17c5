"""Before step 1: whose log it is, whether there is one already, and making it."""
