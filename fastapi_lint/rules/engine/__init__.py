"""FAL0: what the linter says of files, comments and settings; the engine itself makes these findings."""
