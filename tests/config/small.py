"""A small boards.yaml that is right, ways to spoil it, and what is said then."""

from pathlib import Path
from typing import Final

import pytest

from bunniz_bbs.config.load import ConfigBroken, load_house

SHIPPED: Final = Path(__file__).parents[2] / "boards.yaml"

SMALL: Final = """\
version: 1
name: small
house_rules:
  - {fr: Sois poli, nl: Wees beleefd, en: Be kind, de: Sei nett}
help_lines:
  - number: "107"
    what: {fr: Écoute, nl: Praten, en: Listening, de: Reden}
    source: "107.be"
    source_read_on: 2026-08-01
defaults:
  ttl_days: 90
  guards: {ads: "offers"}
sections:
  - {id: start, fr: Un, nl: Een, en: One, de: Eins}
  - {id: work, fr: Deux, nl: Twee, en: Two, de: Zwei}
launch_profile: [guide, money, lounge]
boards:
  - slug: guide
    section: start
    title: {fr: Accueil, nl: Welkom, en: Welcome, de: Willkommen}
    about: &about {fr: Un, nl: Een, en: One, de: Eins}
    read: guest
    post: sysop
    reply: none
    ttl_days: null
  - slug: money
    section: work
    title: {fr: Argent, nl: Geld, en: Money, de: Geld}
    about: *about
    read: member
    post: member
    reply: member
rooms:
  - slug: lounge
    title: {fr: Le salon, nl: De living, en: The lounge, de: Stube}
    about: {fr: Un, nl: Een, en: One, de: Eins}
    read: member
    post: member
"""


def spoilt(*changes: tuple[str, str], text: str = SMALL) -> str:
    """The small file with each text replaced by another, where it first stands."""
    for old, new in changes:
        assert old in text, f"{old!r} is not in the file"
        text = text.replace(old, new, 1)
    return text


def save(folder: Path, text: str | bytes) -> Path:
    """A boards.yaml of that content."""
    path = folder / "boards.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def said(folder: Path, text: str | bytes) -> list[str]:
    """What is wrong with a file, line for line, less its path."""
    path = save(folder, text)
    with pytest.raises(ConfigBroken) as broken:
        load_house(path)

    lines = str(broken.value).split("\n")
    assert lines == [str(problem) for problem in broken.value.problems]
    assert all(line.startswith(f"{path}:") for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]
