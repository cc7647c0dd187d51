"""The JSON Schema of boards.yaml: every field says what it is for."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from bunniz_bbs.config.house import HouseConfig
from bunniz_bbs.config.load import schema


def models(model: type[BaseModel] = HouseConfig) -> Iterator[type[BaseModel]]:
    """All models of the file, each once."""
    seen = {model}
    waiting = [model]
    while waiting:
        one = waiting.pop()
        yield one
        for field in one.model_fields.values():
            found = [field.annotation]
            while found:
                part = found.pop()
                found += getattr(part, "__args__", ())
                if isinstance(part, type) and issubclass(part, BaseModel):
                    waiting += {part} - seen
                    seen.add(part)


def properties() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of the file, with what the schema says of it."""
    whole = schema()
    for name, part in (("top", whole), *whole["$defs"].items()):
        for key, field in part["properties"].items():
            yield f"{name}.{key}", field


def test_every_key_is_described():
    """Each key has a sentence on what it is for, that ends as one."""
    assert len(list(properties())) > 70
    for name, field in properties():
        assert field.get("description", "").endswith("."), name


def test_every_key_says_whether_it_is_needed():
    """A description names the default, or that there is none."""
    needed = {
        f"{name}.{key}"
        for name, part in (("top", schema()), *schema()["$defs"].items())
        for key in part.get("required", ())
    }
    for name, field in properties():
        if name in needed:
            assert field["description"].endswith("Needed."), name
        else:
            words = field["description"].lower()
            assert "default" in words or "always" in words, name


def test_every_part_is_described():
    """Each group of keys has a sentence too."""
    assert schema()["description"]
    for name, part in schema()["$defs"].items():
        assert part["description"], name


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_every_part_is_closed(model: type[BaseModel]):
    """Unknown keys are mistakes, and nothing changes after it was read."""
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"] is True
    assert model.model_config["strict"] is True


def test_is_json():
    """It can be written to a file as it is, and names its dialect."""
    assert json.loads(json.dumps(schema()))["$schema"].startswith("https://json-schema")


def test_cannot_be_spoilt():
    """Who changes the schema they got changes nobody else's."""
    schema().clear()
    schema()["$defs"].clear()

    assert schema()["$defs"]
