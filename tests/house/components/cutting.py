"""Draws the page of components from the console's own templates: each is cut out of a page it stands on.

A component is looked for by its class, so what is shown here is what people see; a
page that no longer holds one is an error, not a gap.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from lxml import html

FILE = Path("docs/components.html")
#: The stylesheet of the console, as the file finds it.
STYLES = "../console/static/console.css"


@dataclass(frozen=True)
class Component:
    """One component: what it is called and when it is used, and where it is cut out of.

    ``css`` is the class of its outermost element, and ``inside`` one it must hold where a page has several that differ.
    ``who`` opens the page; ``sent`` are fields to send its form with first; ``later`` says that it is opened once
    concerns have waited too long.
    """

    key: str
    title: str
    use: str
    at: str
    css: str
    who: str = "coordinator"
    inside: str = ""
    sent: dict[str, str] = field(default_factory=dict)
    later: bool = False


#: Gives the page a component stands on.
Opens = Callable[[Component], str]


def components() -> dict[str, list[Component]]:
    """Every component, in groups, in the order of the page."""
    told = tomllib.loads((Path(__file__).parent / "shown.toml").read_text(encoding="utf-8"))
    return {
        group: [Component(key=key, css=one.pop("class"), **one) for key, one in inside.items()]
        for group, inside in told.items()
    }


def written(opens: Opens) -> str:
    """The whole page. Refuses a component that its page does not hold, by name."""
    parts = []
    groups = components()
    for group, inside in groups.items():
        parts.append(f'<h2 class="cm-queues__group" id="{_key(group)}">{escape(group)}</h2>')
        parts += [_shown(one, opens) for one in inside]
    contents = "".join(
        f'<li><a href="#{_key(group)}">{escape(group)}</a><span>{escape(", ".join(one.title for one in inside))}</span>'
        "</li>"
        for group, inside in groups.items()
    )
    return _FRAME.replace("{contents}", contents).replace("{parts}", "\n".join(parts))


def _shown(one: Component, opens: Opens) -> str:
    return (
        f'<section class="cm-part" aria-labelledby="c-{one.key}"><div class="cm-part__head">'
        f'<h3 id="c-{one.key}">{escape(one.title)}</h3></div><p class="cm-part__lead">{escape(one.use)} '
        f"<code>{escape(one.inside or one.css)}</code></p>\n{cut_out(one, opens(one))}\n</section>"
    )


def cut_out(one: Component, page: str) -> str:
    """A component of a page, to stand on another. Refuses a page that does not hold it, by name."""
    has = "contains(concat(' ', normalize-space(@class), ' '), ' %s ')"
    asked = f"//body//*[{has % one.css}]"
    if one.inside:
        asked += f"[.//*[{has % one.inside}] or {has % one.inside}]"
    found = html.document_fromstring(page).xpath(asked)
    if not found:
        raise LookupError(f"{one.title}: there is no .{one.css} on {one.at}")
    element = found[-1] if one.inside else found[0]
    cut = _apart(html.tostring(element, encoding="unicode", with_tail=False), one.key)
    # A table goes by the width of what it stands in: without that it would run out of a narrow page.
    return f'<div class="cm-tablewrap">{cut}</div>' if element.tag == "table" else cut


def _apart(cut: str, key: str) -> str:
    """A cutting with ids of its own, links that lead nowhere, and nothing that belongs to one browser only."""
    cut = re.sub(r'<input type="hidden"[^>]*>', "", cut)
    cut = re.sub(r'\s(?:nonce|action|formaction|autofocus|srcset|popovertarget|data-kept)(?:="[^"]*")?', "", cut)
    # The headings of a cutting are none of this page's.
    cut = re.sub(r"<(h[1-4])\b", r'<\1 role="presentation"', cut)
    cut = re.sub(r'\shref="/[^"]*"', ' href="#main"', cut)
    cut = re.sub(r'\ssrc="[^"]*"', "", cut)
    ids = set(re.findall(r'\sid="([^"]+)"', cut))

    def named(found: re.Match[str]) -> str:
        words = " ".join(f"{key}-{one}" if one in ids else one for one in found[2].split())
        return f' {found[1]}="{words}"'

    cut = re.sub(r'\s(id|for|headers|aria-labelledby|aria-describedby|aria-controls|list|form)="([^"]*)"', named, cut)
    cut = re.sub(r'\sname="([^"]*)"', rf' name="{key}.\1"', cut)
    return re.sub(
        r'href="#([^"]+)"', lambda found: f'href="#{key}-{found[1]}"' if found[1] in ids else 'href="#main"', cut
    )


def _key(words: str) -> str:
    return re.sub(r"[^a-z]+", "-", words.lower()).strip("-")


_FRAME = f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Components of the console</title>
<link rel="stylesheet" href="{STYLES}">
</head>
<body>
<main id="main" class="cm-main" tabindex="-1"><div class="cm-wrap">
<div class="cm-head"><div class="cm-head__title"><h1>Components of the console</h1><p class="cm-quiet">Each is
cut out of a page of the console as it is drawn for the invented virtual school of Wrenshire. Nothing here is made for
this page, and links lead nowhere.</p></div></div>
<ul class="cm-lines">{{contents}}</ul>
{{parts}}
</div></main>
</body>
</html>
"""
