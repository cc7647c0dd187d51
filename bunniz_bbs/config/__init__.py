"""What sysops set: boards.yaml, settings of the machine, secrets."""
