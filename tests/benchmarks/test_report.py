"""The document shows the last run, and what is written by hand stays."""

from pathlib import Path

import pytest

from benchmarks.__main__ import SECTIONS
from benchmarks.measures import Spread, judged
from benchmarks.report import Section, as_markdown, put_into

DOCUMENT = Path(__file__).parents[2] / "docs" / "PERFORMANCE.md"
MACHINE = {"date": "2026-11-25 08:00 UTC", "cores": 2}


def a_section(figure: str, what: str = "echo") -> Section:
    """One that measured something, beside its goal."""
    section = Section("echo of a key", ("while", "p50"), notes=("Alone.",))
    section.add(("alone", figure), {"while": "alone"})
    section.promise(what, "3 ms", figure)
    return section


def a_document() -> str:
    """A document with places for two sections, and words around them."""
    names = ("machine", "goals", "echo", "fanout")
    places = [f"<!-- measured: {one} -->\n<!-- measured -->" for one in names]
    return "\n\n".join(["# By hand", *places, "By hand as well."]) + "\n"


def test_the_newer_run_takes_the_place_of_the_older() -> None:
    """What was measured before is gone; a second run of the same changes nothing."""
    once = put_into(a_document(), MACHINE, {"echo": a_section("9 ms")})
    twice = put_into(once, MACHINE, {"echo": a_section("1 ms")})
    assert "9 ms" not in twice
    assert twice.count("| alone | 1 ms |") == 1
    assert put_into(twice, MACHINE, {"echo": a_section("1 ms")}) == twice


def test_what_is_written_by_hand_stays() -> None:
    """Words around the places are as they were."""
    made = put_into(a_document(), MACHINE, {"echo": a_section("1 ms")})
    assert made.startswith("# By hand\n")
    assert made.endswith("By hand as well.\n")


def test_a_run_of_some_sections_leaves_the_others() -> None:
    """Tables and goals of what was not measured now are those of before."""
    before = put_into(
        a_document(),
        MACHINE,
        {"echo": a_section("9 ms"), "fanout": a_section("**7 ms**", "a line")},
    )
    after = put_into(before, MACHINE, {"echo": a_section("1 ms")})
    assert "| alone | **7 ms** |" in after
    assert "| a line | 3 ms | **7 ms** |" in after
    assert "| echo | 3 ms | 1 ms |" in after


def test_a_document_without_a_place_is_not_touched() -> None:
    """What has no place is said, and nothing is lost quietly."""
    with pytest.raises(LookupError, match="storage"):
        put_into(a_document(), MACHINE, {"storage": a_section("1 ms")})


def test_every_section_has_its_place_in_the_document() -> None:
    """All that is measured is shown."""
    sections = {name: a_section("1 ms") for name in (*SECTIONS, "search")}
    assert "| alone | 1 ms |" in put_into(DOCUMENT.read_text(), MACHINE, sections)


def test_the_report_shows_goals_first() -> None:
    """Machine, goals, then each table under its title."""
    text = as_markdown(MACHINE, {"echo": a_section("1 ms")})
    assert text.index("cores 2") < text.index("| echo | 3 ms |")
    assert text.index("| echo | 3 ms |") < text.index("## echo of a key")


def test_a_missed_goal_is_bold() -> None:
    """At the goal is well; beyond it, or without a figure, is not."""
    assert judged(5.0, 5.0, " ms") == "5.00 ms"
    assert judged(5.1, 5.0, " ms") == "**5.10 ms**"
    assert judged(None, 5.0) == "**–**"


def test_a_spread_is_of_all_values() -> None:
    """The median, and what few exceed."""
    spread = Spread.of([float(value) for value in range(1, 101)])
    assert (spread.count, spread.median, spread.worst) == (100, 50.5, 100)
    assert (spread.p95, spread.p99) == (96, 100)
