"""Takes the pictures: `python -m tests.shots [SCENE …]`.

All of them go to `docs/shots/all/`, which is not kept; those that the docs show go to
`docs/shots/`.
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bunniz_bbs.domain.words import Language
from tests.shots.content import furnish
from tests.shots.picture import picture
from tests.shots.scenes import SCENES
from tests.tui.house import a_house
from tests.tui.visit import visiting

DOCS: Final = Path(__file__).parents[2] / "docs" / "shots"
DESK, PHONE, WALL = (80, 24), (40, 15), (160, 50)
KEPT: Final = (
    "home-80x24",
    "home-40x15",
    "home-80x24-light",
    "home-80x24-none",
    "room-80x24",
    "room-40x15",
    "room-80x24-fr",
    "thread-80x24",
    "compose-80x24",
    "door-4-code-80x24",
)
WIDE: Final = (
    "board",
    "compose",
    "home",
    "news",
    "room",
    "thread",
    "thread-quotes",
    "search",
)
IN_EACH_LANGUAGE: Final = (
    "home",
    "news",
    "board",
    "thread",
    "room",
    "help-room",
    "door-4-code",
)
IN_EACH_PALETTE: Final = ("home", "thread", "room", "compose")

Shot = tuple[str, tuple[int, int], Language, dict[str, Any]]


def shots(wanted: list[str]) -> Iterator[Shot]:
    """Which pictures there are: scene, size, language, what the terminal can show."""
    for scene in SCENES:
        if wanted and scene not in wanted:
            continue
        yield scene, DESK, "en", {}
        yield scene, PHONE, "en", {}
        if scene in WIDE:
            yield scene, WALL, "en", {}
        if scene in IN_EACH_LANGUAGE:
            for language in ("fr", "nl", "de"):
                yield scene, DESK, language, {}
                yield scene, PHONE, language, {}
        if scene in IN_EACH_PALETTE:
            yield scene, DESK, "en", {"light": True}
            yield scene, DESK, "en", {"colour": "none"}
            yield scene, DESK, "en", {"colour": "16"}
            yield scene, DESK, "en", {"colour": "none", "unicode": False}


def name_of(shot: Shot) -> str:
    """The name of a picture's file."""
    scene, (width, height), language, look = shot
    parts = [scene, f"{width}x{height}"]
    parts += [language] if language != "en" else []
    parts += [str(one) if one is not False else "ascii" for one in look.values()]
    return "-".join(parts).replace("True", "light")


async def take(shot: Shot) -> bytes:
    """One picture, in a house of its own."""
    name, size, language, look = shot
    scene, light = SCENES[name], look.get("light", False)
    capable = {key: value for key, value in look.items() if key != "light"}
    with TemporaryDirectory() as folder:
        async with a_house(Path(folder)) as house:
            told = await furnish(house)
            app = scene.app(told, light=light, language=language, **capable)
            async with visiting(app, size) as visit:
                await scene.walk(told, visit)
                await visit.pilot.pause()
                return picture(app)


async def main(wanted: list[str]) -> None:
    """Take them all, or those of some scenes."""
    (DOCS / "all").mkdir(parents=True, exist_ok=True)
    for shot in shots(wanted):
        name = name_of(shot)
        png = await take(shot)
        (DOCS / "all" / f"{name}.png").write_bytes(png)
        if name in KEPT:
            (DOCS / f"{name}.png").write_bytes(png)
        print(name)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
