"""Where clients find the house: what recipes and ready commands are filled in with."""

from bunniz_bbs.domain.house import Address, House


class Whereabouts:
    """Knows what boards.yaml says of it, and else where the server listens."""

    def __init__(self, house: House, port: int) -> None:
        self._house = house
        self.listens = port
        """The port that the server listens on."""

    @property
    def address(self) -> Address:
        """The host, empty where boards.yaml names none, and a port."""
        said = self._house.address
        return Address(said.host, said.port or self.listens)
