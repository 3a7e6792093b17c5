"""What every act stands on: the open case, what may be read in it, how it is written down, what the kommune has decided."""
