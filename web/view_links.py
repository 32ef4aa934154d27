"""ViewLinks: from one view of a list to the next.

A step is a link while its address is short. A long query, percent-encoded, would stand in a hundred links of one page;
there it is a button of the page's one form, which holds the query once, and `/step` leads on to the new address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from markupsafe import Markup, escape

from web.links import Address, encoded

_ROOM = 12_000
"""Bytes of a page that the addresses of its view links, and its chart, may take: a page has less than 60,000."""
_BAR = 150
_SEPARATING = re.compile(r"[%&+=\x00-\x1f]")
_MOST_CHANGES = 50
_LINK_END, _BUTTON_END = Markup("</a>"), Markup("</button>")


@dataclass(frozen=True, slots=True)
class ViewLinks:
    """The ways on from one address."""

    here: Address
    by_form: bool = False
    _extensible: str = field(init=False)
    """The address here, escaped, so far that one pair more can stand behind it."""

    def __post_init__(self) -> None:
        start = self.here.drop("cursor")
        object.__setattr__(self, "_extensible", f"{escape(str(start))}{'&amp;' if start.pairs else '?'}")

    @classmethod
    def within(cls, here: Address, links: int, bars: int = 0) -> ViewLinks:
        """ViewLinks for a page with so many links, and with a chart of so many bars."""
        length = len(str(here.drop("cursor")))  # a step begins at the first page again
        return cls(here, length * (links + bars) + _BAR * bars > _ROOM)

    def open(self, target: Address, classes: str = "", **attributes: str | None) -> Markup:
        """The opening tag of a step; `close` ends it. Attributes are named with _ for -, and None is none."""
        if not self.by_form:
            return _link(escape(str(target)), classes, attributes)
        if target.path != self.here.path:  # another page about the same: it takes the filters, not the place
            does = f'formaction="{escape(target.path)}"'
        else:
            does = f'name="step" value="{escape(changes(self.here, target))}"'
        return Markup(f'<button form="steps" class="step {classes}" {does}{_written(attributes)}>')

    def add(self, name: str, value: str, classes: str = "", **attributes: str | None) -> Markup:
        """The same for a step that adds one value, as most do: only what it adds is written anew."""
        if self.by_form or (name, value) in self.here.pairs:
            return self.open(self.here.add(name, value), classes, **attributes)
        return _link(f"{self._extensible}{encoded((name, value))}", classes, attributes)

    @property
    def close(self) -> Markup:
        """The closing tag of a step."""
        return _BUTTON_END if self.by_form else _LINK_END

    @property
    def form(self) -> Markup:
        """The form that the buttons belong to; empty where view links are links."""
        if not self.by_form:
            return Markup()
        hidden = Markup('<input type="hidden" name="{}" value="{}">')
        fields = Markup().join(hidden.format(*pair) for pair in self.here.pairs)
        return Markup('<form id="steps" action="/step" hidden>{}</form>').format(fields)


def _link(href: str, classes: str, attributes: Mapping[str, str | None]) -> Markup:
    """The opening tag of a link. Made some fifty times for a page: `Markup.format` would take ten times as long."""
    which = f' class="{classes}"' if classes else ""
    return Markup(f'<a{which} href="{href}"{_written(attributes)}>')


def _written(attributes: Mapping[str, str | None]) -> str:
    return "".join(
        [f' {name.replace("_", "-")}="{escape(value)}"' for name, value in attributes.items() if value is not None]
    )


def changes(before: Address, after: Address) -> str:
    """What changes from one address to another: `.name` sets, `*name` adds, `~name` takes a value away."""
    written: list[tuple[str, str]] = []
    for name in dict.fromkeys(name for name, _ in (*before.pairs, *after.pairs)):
        old, new = before.all(name), after.all(name)
        if old != new and len(old) < 2 and len(new) < 2:
            written.append((f".{name}", new[0] if new else ""))
        elif old != new:
            written += [(f"~{name}", value) for value in old if value not in new]
            written += [(f"*{name}", value) for value in new if value not in old]
    # Only what separates is encoded: the browser encodes the rest when it is sent.
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in written)


def changed(before: Address, written: str) -> Address:
    """The address after the changes that `changes` wrote."""
    for change, value in parse_qsl(written, keep_blank_values=True)[:_MOST_CHANGES]:
        sign, name = change[:1], change[1:]
        if sign == "*":
            before = before.add(name, value)
        elif sign == "~":
            before = before.drop(name, value)
        elif sign == ".":
            before = before.set(name, value) if value else before.drop(name)
    return before


def _encoded(text: str) -> str:
    return _SEPARATING.sub(lambda sign: f"%{ord(sign.group()):02X}", text).replace(" ", "+")
