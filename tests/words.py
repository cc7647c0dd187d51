"""Collects the words of the screens into the catalogs: `python -m tests.words`.

A word is found where it stands in `words("…")`, `….words("…")`, `N_("…")` or
`….many("one", "more", n)`. Catalogs are sorted by message and name no lines, so that a
change shows only the words that changed.
"""

import io
import sys
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE: Final = Path(__file__).parents[1] / "bunniz_bbs"
LOCALES: Final = PACKAGE / "i18n" / "locales"
TRANSLATED: Final = ("fr", "nl", "de")
KEYWORDS: Final = {"words": None, "N_": None, "many": (1, 2)}

HEADER: Final = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""


def extract() -> Catalog:
    """Every message that the program says, with the files that say it."""
    found = Catalog()
    for path, _, message, _, _ in extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message, locations=[(f"bunniz_bbs/{path}", 1)])
    return found


def load(language: str) -> Catalog:
    """A language's catalog as it is on disk; empty when there is none yet."""
    path = LOCALES / f"{language}.po"
    text = path.read_bytes() if path.exists() else b""
    return read_po(io.BytesIO(text), locale=language)


def merge(language: str, said: Catalog) -> Catalog:
    """The language's catalog with exactly the messages that are said."""
    catalog = load(language)
    catalog.update(said, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def text_of(catalog: Catalog) -> str:
    """The catalog as its file reads."""
    body = io.BytesIO()
    write_po(
        body,
        catalog,
        width=88,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
    )
    header = HEADER.format(
        language=Locale.parse(catalog.locale).language, plurals=catalog.plural_forms
    )
    return header + body.getvalue().decode().strip("\n") + "\n"


def missing(catalog: Catalog) -> list[str]:
    """The messages that have no translation yet, or not all of its forms."""
    return [
        one.id if isinstance(one.id, str) else one.id[0]
        for one in catalog
        if one.id
        and not (all(one.string) if isinstance(one.string, tuple) else one.string)
    ]


def main() -> int:
    """Update the catalogs in place; 1 when words are missing."""
    said = extract()
    lacking = 0
    for language in TRANSLATED:
        catalog = merge(language, said)
        (LOCALES / f"{language}.po").write_text(text_of(catalog), encoding="utf-8")
        absent = missing(catalog)
        lacking += len(absent)
        print(f"{language}: {len(catalog) - len(absent)} said, {len(absent)} missing")
        for message in absent:
            print(f"  {message}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
