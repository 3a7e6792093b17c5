"""Who takes part, who carries the log and hands it on, and the facts the family has about itself."""
