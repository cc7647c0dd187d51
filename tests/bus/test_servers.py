import pytest

from bunniz_bbs.bus.servers import AddressBroken, servers_from


@pytest.mark.parametrize(
    ("address", "urls"),
    [
        ("nats://one", ["nats://one:4222"]),
        (" nats://one:4223/ ", ["nats://one:4223"]),
        ("nats://one,two:5", ["nats://one:4222", "nats://two:5"]),
        ("tls://[::1]:7", ["tls://[::1]:7"]),
        ("nats://user:secret@one,two", ["nats://one:4222", "nats://two:4222"]),
    ],
)
def test_an_address_names_places(address, urls):
    """One or several, with the usual port where none is named."""
    assert list(servers_from(address).urls) == urls


def test_who_this_node_is_stands_before_the_hosts():
    """With signs that mean something in addresses written as such."""
    servers = servers_from("nats://us%3Aer:p%40ss@one")

    assert (servers.user, servers.password) == ("us:er", "p@ss")
    assert servers_from("nats://token@one").user == "token"
    assert servers_from("nats://token@one").password is None
    assert servers_from("nats://one").user is None


def test_encryption_is_asked_for_by_name():
    """And then for all of them."""
    assert servers_from("tls://one,two").encrypted
    assert not servers_from("nats://one").encrypted


@pytest.mark.parametrize(
    "address",
    [
        "",
        "one",
        "http://user:secret@one",
        "nats://",
        "nats://user:secret@",
        "nats://user:secret@one:port",
        "nats://user:secret@one:99999",
        "nats://user:secret@one,,two",
        "nats://user:secret@one/path",
        "nats://user:secret@one?x",
        "nats://:secret@one",
        "nats://user:secret@[one",
    ],
)
def test_an_address_that_makes_no_sense_is_refused(address):
    """And the refusal does not hold the password."""
    with pytest.raises(AddressBroken) as refused:
        servers_from(address)

    assert "secret" not in str(refused.value)


def test_a_password_is_not_shown():
    """Wherever somebody prints where the broker is."""
    assert "secret" not in repr(servers_from("nats://user:secret@one"))
    assert "token" not in repr(servers_from("nats://token@one"))
