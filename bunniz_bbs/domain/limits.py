"""How much of anything fits. Numbers that fronts show and services hold."""

from typing import Final

BODY_CHARACTERS: Final = 4000
BODY_LINES: Final = 80
TITLE_CHARACTERS: Final = 80
LINE_CHARACTERS: Final = 1000
REASON_CHARACTERS: Final = 300
TOPIC_CHARACTERS: Final = 120
NAME_CELLS: Final = (2, 20)
ROOM_LINES: Final = 1000
"""Lines a room holds at most; the oldest goes when one more is said."""
EPHEMERAL_SECONDS: Final = (5, 7 * 86400)
"""The shortest and the longest timer of a line in a room."""
REPORT_CHARACTERS: Final = 1000
REPORT_LINES: Final = 20
PLACE_CHARACTERS: Final = 80
PRONOUNS_CELLS: Final = 20
NOTE_CHARACTERS: Final = 500
BOOKMARKS: Final = 500
"""Bookmarks that somebody keeps at most."""
FOLLOWS: Final = 500
"""Threads of which somebody says at most that they follow them, or do not."""
NOTES: Final = 200
"""Private notes that somebody keeps at most."""
