"""Puts widgets together on a screen, and draws no more of them than is asked for."""

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class LeanCompositor(Compositor):
    """Textual's own, which draws all of every widget to show one line of one.

    The order of widgets, and what covers what, stay its business.
    """

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if crop is not None:
                rows = Region(shown.x, crop.y, shown.width, crop.height)
                shown = shown.intersection(rows)
            if shown:
                inside = shown.translate((-region.x, -region.y))
                yield shown, shown, widget.render_lines(inside)
