"""What leaves on paper: documents made out of views, never out of rows."""
