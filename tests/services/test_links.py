import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.domain.markup import Link
from bunniz_bbs.services.links import links_in, looks_like
from bunniz_bbs.services.markup import host_of, link_text, parse, to_plain


def test_each_address_stands_once_in_its_order():
    """Wherever in a post they stand; what leads to no host is left out."""
    body = (
        "# [a](https://a.be/x)\n\n> <https://b.be>\n\n- see http://c.be.\n\n"
        "https://a.be/x [post](mailto:x@d.be) `http://e.be` [top](#top)"
    )
    assert [one.url for one in links_in(body)] == [
        "https://a.be/x",
        "https://b.be",
        "http://c.be",
    ]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://bank.be@evil.be/", "evil.be"),
        ("http://bank.be:80@evil.be/", "evil.be"),
        ("http://user:pass@evil.be:8080/bank.be", "evil.be"),
        ("http://PAYPAI.example/", "paypai.example"),
    ],
)
def test_a_host_that_hides_is_said(address: str, host: str):
    """A name before the host, or capitals in it, do not pass for the host."""
    (link,) = links_in(f"see {address}")

    assert link.host == host
    assert link_text(link).endswith(f"({host})")
    assert f"({host})" in " ".join(to_plain(parse(f"see {address}"), 72))


def test_a_backslash_ends_a_host():
    """As browsers take it: what comes after it is not the host."""
    assert host_of("http://bank.be\\@evil.be/") == "bank.be"


def test_a_plain_host_is_said_once():
    """Where the address shows it already, nothing is added."""
    for address in ("https://a.be", "https://a.be:8443/x@y", "https://a.be?x=@b.be"):
        (link,) = links_in(f"see {address} there")
        assert link_text(link) == address


def test_foreign_letters_are_told_beside_their_host():
    """The host as the network names it is what counts; its look is only told."""
    (link,) = links_in("https://b\u0430nk.be")

    assert link.host == "xn--bnk-6cd.be"
    assert looks_like(link.host) == "b\u0430nk.be"
    assert looks_like("bank.be") == looks_like("xn--\xff.be") == ""
    assert looks_like("xn--99999999999.be") == ""


@given(st.text(max_size=200))
def test_any_text_is_a_post(body: str):
    """Nothing in a post can make looking for its links fail."""
    for one in links_in(body):
        assert isinstance(one, Link)
        assert one.host
        assert link_text(one)
