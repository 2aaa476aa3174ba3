"""What a person reads when something does not work: short, whole, in the console's look, with a way out."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from cmcore.base.findings import Finding, NotAllowed, NotFound, Refused
from cmcore.base.unusable import only_busy, sentence_of
from cmcore.safekeeping.work import Conflict
from console import desk, security
from console.logs import broken
from console.plugin_parts import page_broke


@dataclass(frozen=True)
class Trouble:
    """The words of one error page."""

    title: str
    sentence: str
    way_out: str
    to: str = ""
    to_words: str = ""


TROUBLES = {
    400: Trouble(
        "This cannot be read",
        "Something in the address or the form is not as it should be.",
        "Go back, and try again from the page you came from.",
    ),
    403: Trouble(
        "Your role does not include this",
        "Nothing has been changed.",
        "Ask a coordinator or the administrator of your virtual school if you need it.",
    ),
    404: Trouble(
        "Not found",
        "There is nothing at this address, or it is not within your reach.",
        "Look for it by reference or name, or go to Today.",
    ),
    405: Trouble(
        "This address is not opened that way",
        "Nothing has been changed.",
        "Go back to the page you came from and use the button there.",
    ),
    409: Trouble(
        "Somebody else changed this",
        "Nothing of yours has been kept yet, and nothing of theirs is lost.",
        "Go back, open it again, and compare the two.",
    ),
    413: Trouble(
        "The file is too large",
        "Nothing of it has been kept.",
        "Choose a smaller file, or ask for it to be brought in from the command line.",
    ),
    422: Trouble("Not done", "Nothing has been changed.", "Read why below, then go back and put it right."),
    429: Trouble("Too many tries", "Please wait a little.", "Try again in a minute."),
    500: Trouble(
        "Something is broken here",
        "Nothing you did is lost that was kept before; this last step was not.",
        "Try again. If it breaks again, tell your administrator the number below.",
    ),
    503: Trouble(
        "Busy", "The database is busy with something long, such as a return being brought in.", "Try again in a minute."
    ),
}


def page(
    status: int, *, findings: tuple[Finding, ...] = (), reference: str = "", trouble: Trouble | None = None
) -> Response:
    """The page for a status, in the console's look; bare if even that breaks."""
    words = trouble or TROUBLES.get(status) or TROUBLES[500 if status >= 500 else 400]
    try:
        body = render_template(
            "cm/error.html", title=words.title, trouble=words, findings=findings, reference=reference, status=status
        )
    except Exception as also:  # noqa: BLE001 - the page that tells of a fault must not fail with it
        broken(also)
        body = (
            f"<!doctype html><html lang=en-GB><title>{words.title}</title>"
            f"<main><h1>{words.title}</h1><p>{words.sentence} {words.way_out}</p></main></html>"
        )
    return make_response(body, status)


def _of_the_database(raised: Exception) -> Trouble | None:
    """What to say of a database that waiting does not put right; nothing where it is only busy."""
    if not isinstance(raised, DBAPIError) or only_busy(raised) or not (said := sentence_of(raised)):
        return None
    return Trouble("The database cannot be used", "Nothing of this was kept.", f"Tell whoever runs this: {said}")


def register(app: Flask) -> None:
    """Answer every kind of trouble with a page of ours."""

    @app.errorhandler(NotFound)
    def not_found(_: NotFound) -> Response:
        desk.clear()
        return page(404)

    @app.errorhandler(NotAllowed)
    def not_allowed(refused: NotAllowed) -> Response:
        desk.clear()
        return page(403, findings=refused.findings)

    @app.errorhandler(Conflict)
    def overtaken(_: Conflict) -> Response:
        desk.clear()
        return page(409)

    @app.errorhandler(Refused)
    def refused(refused: Refused) -> Response:
        desk.clear()
        return page(422, findings=refused.findings)

    @app.errorhandler(CSRFError)
    def forged(raised: CSRFError) -> WerkzeugResponse:
        if (opened := security.open_again(raised)) is not None:
            return opened
        desk.clear()
        again = Trouble(
            "This form is out of date",
            "You signed in again, or signed out, after the page was opened. Nothing has been changed.",
            "Go back, load the page again, and send it once more.",
        )
        return page(400, trouble=again)

    @app.errorhandler(HTTPException)
    def trouble(raised: HTTPException) -> Response:
        if raised.response is not None:
            return make_response(raised.response)
        if 300 <= (raised.code or 500) < 400:
            return make_response(raised.get_response())
        desk.clear()
        return page(raised.code or 500)

    @app.errorhandler(DataError)
    @app.errorhandler(OverflowError)
    def no_value(raised: Exception) -> Response:
        # A number no column holds, a sign no text does: the address or the form was made by hand.
        desk.clear()
        broken(raised)
        return page(400)

    @app.errorhandler(OperationalError)
    @app.errorhandler(TimeoutError)
    def busy(raised: Exception) -> Response:
        desk.clear()
        return page(503, trouble=_of_the_database(raised), reference=broken(raised))

    @app.errorhandler(Exception)
    def fault(raised: Exception) -> Response:
        desk.clear()
        if app.testing and app.config.get("PROPAGATE_EXCEPTIONS"):
            raise raised
        page_broke(raised)
        return page(500, reference=broken(raised))
