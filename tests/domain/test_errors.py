import pytest

from bunniz_bbs.domain import errors
from bunniz_bbs.domain.errors import BunnizError


@pytest.mark.parametrize(
    ("family", "status"),
    [
        (errors.Refused, 1),
        (errors.Usage, 2),
        (errors.NotFound, 3),
        (errors.Forbidden, 4),
    ],
)
def test_each_family_has_its_exit_status(family, status):
    """Scripts can tell them apart; a command that is not known is a slip of usage."""
    for leaf in family.__subclasses__():
        expected = 2 if leaf is errors.CommandNotFound else status
        assert leaf.exit_code == expected


def test_every_refusal_belongs_to_a_family():
    """None is raised that the fronts do not know how to end with."""
    families = {errors.Refused, errors.Usage, errors.NotFound, errors.Forbidden}

    assert set(BunnizError.__subclasses__()) == families
