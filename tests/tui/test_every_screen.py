"""What holds for every screen there is."""

import dataclasses
import gettext
import re
from pathlib import Path
from typing import Any

import pytest
from textual.widget import Widget

from bunniz_bbs.commands.house import all_commands
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import Words
from bunniz_bbs.tui.palette import PALETTES
from bunniz_bbs.tui.widgets.painted import Painted
from tests.shots.content import Told, furnish
from tests.shots.scenes import SCENES
from tests.tui.house import TestHouse, a_house, shipped_house
from tests.tui.visit import Visit, visiting

SIZES = [(80, 24), (40, 15), (20, 5), (500, 200)]

OURS = re.compile(r"[a-zà-ÿœ]{2,}")


class Shouting(gettext.NullTranslations):
    """A language in which every word of the interface is in capitals."""

    def gettext(self, message: str) -> str:
        """The message in capitals, but for the names of its values."""
        parts = re.split(r"(\{\w+\})", message)
        return "".join(one if one.startswith("{") else one.upper() for one in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The same for a number."""
        return self.gettext(msgid1 if n == 1 else msgid2)


async def walk(told: Told, scene: str, visit: Visit) -> None:
    await SCENES[scene].walk(told, visit)
    await visit.pilot.pause()


@pytest.mark.parametrize("scene", SCENES)
async def test_lives_at_every_size(house: TestHouse, scene: str):
    """Each line is exactly as wide as the window, from a watch to a wall."""
    told = await furnish(house)

    async with visiting(SCENES[scene].app(told)) as visit:
        await walk(told, scene, visit)
        for width, height in SIZES:
            await visit.resize(width, height)
            strips = visit.app.screen._compositor.render_strips()
            assert len(strips) == height
            assert {strip.cell_length for strip in strips} == {width}


@pytest.mark.parametrize("scene", SCENES)
async def test_paints_what_textual_would_draw(house: TestHouse, scene: str):
    """No border, tint or see-through colour is left out: there are none."""
    told = await furnish(house)

    async with visiting(SCENES[scene].app(told)) as visit:
        await walk(told, scene, visit)
        for one in visit.app.screen.query(Painted):
            whole = one.size.region
            for crop in (whole, whole.shrink((0, 3, 0, 2))):
                painted = [list(row.simplify()) for row in one.render_lines(crop)]
                drawn = [list(row.simplify()) for row in Widget.render_lines(one, crop)]
                assert painted == drawn


@pytest.mark.parametrize("scene", SCENES)
async def test_has_no_word_left_untranslated(
    tmp_path: Path, scene: str, monkeypatch: pytest.MonkeyPatch
):
    """In a language of capitals, no small letter of the interface is left."""
    monkeypatch.setattr(
        "bunniz_bbs.tui.screens.door.words_for", lambda language: capitals
    )
    capitals = Words("en", Shouting())

    async with a_house(tmp_path, in_capitals(shipped_house())) as house:
        told = await furnish(house)
        app = SCENES[scene].app(told)
        app.session.words = capitals
        async with visiting(app, (80, 60)) as visit:
            await walk(told, scene, visit)
            left = {
                found
                for line in visit.lines
                for found in OURS.findall(line)
                if found not in NOT_OURS
            }
            assert left == set()


NOT_OURS = set(
    re.findall(
        OURS,
        # Names, keys and titles that are the same in every language.
        """
        lune maple rosa linde heron stille weide bunniz Tab Esc Enter PgUp PgDn Ctrl
        Français Nederlands English Deutsch Choisir Kiezen Choose Auswählen Langue Taal
        Language Sprache Host HostName Port User IdentityFile IdentitiesOnly yes
        LogLevel ssh config April App violencessexuelles.be March anuary
        OpenSSH (Linux, macOS) OpenSSH (Windows) PuTTY (Windows) Termius (iOS, Android)
        leave-for-good
        ConnectBot (Android) Blink (iOS) ssh-keygen -t ed25519 $HOME/.ssh/bunniz
        """
        # What people wrote, and what is typed.
        """
        elle met at the drop-in in Ghent, keeps her word knows taxes
        Tax return as self-employed Permanence sans rendez-vous, mardi First week, what
        should know Invoice templates Bank hat mein Konto abgelehnt How to read your
        social contributions Inloopuren in Gent Schlafen nach einer langen Nacht Back-up
        plan do you tell whom Does somebody which expenses one may deduct for flat that
        is also the workplace keep all receipts box and am bit lost share of rent
        electricity internet by surface hours Keep simple table square metres use work
        bills say An accountant from list Directory told me so En schrijf op hoe je aan
        dat deel komt twee korte zinnen Drop-in Monday Thursday No name asked no papers
        Tea showers who listens The door code not on this board Ask it lounge see https
        example org drop-in holidays ma ho empl Books forms to lend What books bold idea
        quelqu'un connaît une bonne comptable à Liège ja ik stuur het je zo door has
        changed since this morning ask at desk when you arrive write down winkt die
        Runde macht Tee für alle zij heeft meteen geantwoord dank merci vraiment calm
        Slapen Warme melk niemand wekken Wie Elle en
        evening three warnings about names today wrote number client twice understood
        removed sold addresses members outside after two talks with team mon rules log
        everybody goes guide money ephemeral exаmple xn exmple-4nf
        Hello all Ours fits card umbrella
        """,
    )
) | {command.name for command in all_commands().commands}


def in_capitals(house: House) -> House:
    """The same house, whose own words are in capitals too."""

    def shout(one: Any) -> Any:
        if isinstance(one, dict) and set(one) == set(LANGUAGES):
            return {language: text.upper() for language, text in one.items()}
        if isinstance(one, dict):
            return {key: shout(value) for key, value in one.items()}
        if isinstance(one, tuple):
            return tuple(shout(value) for value in one)
        if dataclasses.is_dataclass(one) and not isinstance(one, type):
            told = {
                field.name: shout(getattr(one, field.name))
                for field in dataclasses.fields(one)
                if field.name in ("title", "about", "what", "hours", "terms", "text")
            }
            return dataclasses.replace(one, **told)
        return one

    return dataclasses.replace(
        house,
        sections=shout(house.sections),
        boards=shout(dict(house.boards)),
        rooms=shout(dict(house.rooms)),
        rules=shout(house.rules),
        help_lines=shout(house.help_lines),
        admission=shout(house.admission),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", ["home", "board", "thread", "compose", "room", "log"])
async def test_keeps_the_keys_that_matter(
    house: TestHouse, scene: str, language: Language
):
    """In every language, also on a phone: the first key, help, and the ways out."""
    told = await furnish(house)

    async with visiting(SCENES[scene].app(told, language=language), (40, 15)) as visit:
        await walk(told, scene, visit)
        keys = visit.lines[-1]
        first = next(key for key in visit.page.KEYS if key.shown not in ("", "move"))
        assert visit.app.session.glyphs.of_key(first.shown) in keys
        assert "^X" in keys
        assert "?" in keys or "F1" in keys
        assert "Esc" in keys or scene == "home"
        assert "…" not in keys


@pytest.mark.parametrize("scene", SCENES)
async def test_speaks_another_language_at_once(house: TestHouse, scene: str):
    """All of a screen is drawn anew when the language changes on it."""
    told = await furnish(house)

    async with visiting(SCENES[scene].app(told, language="en")) as visit:
        await walk(told, scene, visit)
        before = visit.lines
        await visit.app.speak("fr")
        await visit.holds(lambda: visit.lines[-1] != before[-1])
        await visit.holds(lambda: " FR " in visit.lines[0])


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.theme.name)
@pytest.mark.parametrize("scene", ["home", "compose", "room", "door-4-code"])
async def test_lives_without_colours(house: TestHouse, scene: str, palette: object):
    """Every kind of terminal gets every screen; signs have twins in ASCII."""
    told = await furnish(house)
    capable = {
        "bunniz-dark": {},
        "bunniz-light": {"light": True},
        "bunniz-mono": {"colour": "none", "unicode": False},
        "bunniz-sixteen": {"colour": "16"},
    }[palette.theme.name]  # type: ignore[attr-defined]
    app = SCENES[scene].app(told, **capable)
    assert app.session.palette is palette

    async with visiting(app) as visit:
        await walk(told, scene, visit)
        await visit.app.speak("fr")
        await visit.sees(" FR ")
        if not app.session.capabilities.unicode:
            assert visit.text.isascii()
