import pytest

from bunniz_bbs.domain.errors import BoardNotFound, RoomNotFound
from tests.services.houses import a_house


class TestHouse:
    def test_finds_boards_and_rooms_by_their_short_names(self):
        """Exactly as they are written."""
        house = a_house()

        assert house.board("general").slug == "general"
        assert house.room("lounge").slug == "lounge"

    @pytest.mark.parametrize("slug", ["", "lounge", "GENERAL", "general "])
    def test_what_is_no_board_is_not_found(self, slug):
        """The refusal holds what was asked for."""
        with pytest.raises(BoardNotFound) as refusal:
            a_house().board(slug)

        assert refusal.value.name == slug

    def test_a_board_is_no_room(self):
        """Each has its own names."""
        with pytest.raises(RoomNotFound):
            a_house().room("general")
