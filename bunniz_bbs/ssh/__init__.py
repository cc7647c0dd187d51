"""The SSH front: turns a proven key into a visit and a channel into a terminal."""
