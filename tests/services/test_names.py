import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from bunniz_bbs.domain.errors import NameUnfit
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.services.names import check_name, shape, suggest_name
from bunniz_bbs.services.pseudonyms import FIRST, SECOND

letters = st.sampled_from("abIl10oOrnmvw éœøßΑΒανικВРуавнё-_.'’!\u200d\u0301😀")


def rule_of(name: str) -> str:
    with pytest.raises(NameUnfit) as unfit:
        check_name(name)
    return unfit.value.rule


class TestCheckName:
    @pytest.mark.parametrize(
        "name",
        ["lune", "Zoë", "Œuvre", "o'neill", "rosa_2", "J.B.x", "Μαρία", "Лена"],
    )
    def test_ordinary_names_are_fit(self, name):
        """Names in Latin, Greek or Cyrillic letters, with a few signs, are shown so."""
        assert check_name(name) == name

    def test_the_shown_form_is_tidy(self):
        """Outer and double spaces go, ligatures and curly apostrophes are plain."""
        assert check_name("  ﬁn   d’été\u200b ") == "fin d'été"

    @pytest.mark.parametrize(
        ("name", "rule"),
        [
            ("", "length"),
            ("x", "length"),
            ("\u202e\u200b", "length"),
            ("x" * 21, "length"),
            ("x" * 100_000, "length"),
            ("a!b", "letters"),
            ("😀😀", "letters"),
            ("語語", "letters"),
            ("12", "letters"),
            ("٣bc", "letters"),
            ("ᴀᴅᴍɪɴ", "letters"),
            ("x\u0323\u0323y", "letters"),
            ("-ab", "edges"),
            ("ab.", "edges"),
            ("a--b", "edges"),
            ("rоsa", "scripts"),
            ("Αnna", "scripts"),
            ("ΝΙΝΑ", "scripts"),
            ("sysop", "reserved"),
            ("SYS0P", "reserved"),
            ("sysop 2", "reserved"),
            ("the moderator", "reserved"),
            ("Modératrice", "reserved"),
            ("admin", "reserved"),
            ("adrnin", "reserved"),
            ("b.u.n.n.i.z", "reserved"),
            ("a peer", "reserved"),
            ("Een peer", "reserved"),
            ("équipe", "reserved"),
            ("hulp", "reserved"),
            ("Hilfe", "reserved"),
            ("Console", "reserved"),
        ],
    )
    def test_the_broken_rule_is_named(self, name, rule):
        """Whoever is refused a name learns which rule it breaks."""
        assert rule_of(name) == rule

    @pytest.mark.parametrize(
        "name", ["badminton", "steam", "helper", "Gaston", "allie"]
    )
    def test_words_within_words_are_free(self, name):
        """A reserved word inside an ordinary one reserves nothing."""
        assert check_name(name) == name

    @given(st.one_of(st.text(max_size=25), st.text(letters, max_size=25)))
    def test_a_fit_name_stays_fit(self, name):
        """Any text is judged; what passes fits its column, and passes again."""
        try:
            shown = check_name(name)
        except NameUnfit:
            return

        assert check_name(shown) == shown
        assert 2 <= wcswidth(shown) <= 20
        assert shape(shown)


class TestShape:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Rosa", "rosa"),
            ("rosa", "r.o_s-a"),
            ("rosa", "r0sa"),
            ("rosa", "rósà"),
            ("lille", "Ii1Le"),
            ("modern", "modem"),
            ("wolke", "vvolke"),
            ("rosa", "røsa"),
            ("ВОВА", "вова"),
            ("ВОВА", "BOBA"),
            ("сора", "copa"),
            ("œil", "oeil"),
            ("straße", "strasse"),
        ],
    )
    def test_look_alikes_collide(self, one, other):
        """Two names that the eye takes for one are one."""
        assert shape(one) == shape(other)

    @pytest.mark.parametrize(("one", "other"), [("rosa", "rose"), ("lune", "dune")])
    def test_different_names_differ(self, one, other):
        """Names that look different are different."""
        assert shape(one) != shape(other)

    @given(st.text(max_size=30))
    def test_any_text_has_a_shape(self, text):
        """Whatever somebody looks for has a shape, free of what makes no difference."""
        assert not set(shape(text)) & set(" -_.'01")


class TestSuggestName:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_suggestion_is_fit(self, language):
        """Whatever the lot says can be taken as it is."""
        for first in FIRST[language]:
            for second in SECOND[language]:
                name = f"{first} {second}"
                assert check_name(name) == name

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_there_are_thousands(self, language):
        """Sixty words in each place, all different, make 3,600 names and more."""
        first, second = FIRST[language], SECOND[language]

        assert len(set(first)) == len(first) >= 60
        assert len(set(second)) == len(second) >= 60
        assert len({shape(a + b) for a in first for b in second}) >= 3600

    def test_the_lot_is_drawn_by_the_caller(self):
        """Randomness comes from outside."""
        assert suggest_name("nl", lambda words: words[0]) == "esdoorn regen"
