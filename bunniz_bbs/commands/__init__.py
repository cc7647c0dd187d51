"""One registry of commands: slash commands, one-shot verbs, help and permissions."""
