"""What is read out of a case and leaves on paper: for whom, what is withheld, what is read through first."""
