"""What is done with a school's portfolio of practice: write pieces, share them with every school, add a picture."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cmcore.api import NotFound, Work, action, answers_from, refuse, refuse_if, taken
from cmcore.api.journals import Cleaned
from cmcore_attachment_aware import rules
from cmcore_attachment_aware.forms import PieceAnswers
from cmcore_attachment_aware.queries import settings_spoken_for
from cmcore_attachment_aware.records import AwarePlace
from cmcore_attachment_aware.schoolwork import AwarePicture, AwarePiece
from cmcore_attachment_aware.words import PieceKind

#: The most bytes of a picture.
MOST_BYTES = 10_000_000


@action("attachment_aware_piece.add")
def add_piece(work: Work, place: AwarePlace, answers: PieceAnswers) -> AwarePiece:
    """Write a piece of the portfolio. A school that graduated goes on with it."""
    told = taken(work, answers)
    _refuse_left(place)
    _fits(work, told)
    own = {"authority_id": place.authority_id, "setting_id": place.setting_id, "attachment_aware_place_id": place.id}
    return work.add(AwarePiece(**own, **_columns(told)))


@action("attachment_aware_piece.change")
def change_piece(work: Work, piece: AwarePiece, answers: PieceAnswers, version: int | None = None) -> AwarePiece:
    """Change a piece. A shared one is read as it is changed. Refuses a piece of another school."""
    told = taken(work, answers)
    _refuse_others(work, piece)
    _fits(work, told)
    work.change(piece, version, **_columns(told))
    return piece


@action("attachment_aware_piece.remove")
def remove_piece(work: Work, piece: AwarePiece) -> None:
    """Remove a piece with its picture. Refuses one that is shared, and the last of those a graduation rests on."""
    _refuse_others(work, piece)
    if piece.shared_on is not None:
        raise refuse("Every school can read it.", way_out="Take it back first.")
    if work.get(AwarePlace, piece.attachment_aware_place_id).state == "graduated":
        raise refuse("The school graduated with its portfolio.", way_out="Change the piece instead.")
    if (picture := picture_of(work, piece)) is not None:
        work.db.delete(picture)
        work.db.flush()
    work.db.delete(piece)


def answers_of_piece(piece: AwarePiece) -> PieceAnswers:
    """The piece as the answers that would write it again."""
    return answers_from(PieceAnswers, piece, {"kind_of_piece": PieceKind(piece.kind_of_piece)})


@action("attachment_aware_piece.share")
def share_piece(work: Work, piece: AwarePiece) -> AwarePiece:
    """Share a piece: the staff of every school of the authority read it from now on."""
    _refuse_others(work, piece)
    if piece.shared_on is None:
        work.change(piece, shared_on=work.today)
    return piece


@action("attachment_aware_piece.share")
def take_piece_back(work: Work, piece: AwarePiece) -> AwarePiece:
    """Take a shared piece back: only the school and the virtual school read it."""
    _refuse_others(work, piece)
    work.change(piece, shared_on=None)
    return piece


# ---- its picture
@action("attachment_aware_picture.add")
def keep_picture(work: Work, piece: AwarePiece, cleaned: Cleaned, shows: str, *, nobody_in_it: bool) -> AwarePicture:
    """Keep a picture of a piece as ``clean`` made it, in place of the one there. R-AAS-13 refuses one with people.

    Refuses a film or a recording, and a picture of which nobody says what it shows.
    """
    _refuse_others(work, piece)
    work.heed(rules.nobody_shown(nobody_in_it, work.policy_of(piece)))
    if not cleaned.type.media_type.startswith("image/"):
        raise refuse("This is no picture.", place="picture", way_out="Choose a picture.")
    if not shows.strip():
        raise refuse("Nobody says what it shows.", place="shows", way_out="Say it for those who do not see it.")
    values: dict[str, Any] = {
        "media_type": cleaned.type.media_type,
        "content": cleaned.content,
        "shows": shows.strip()[:300],
        "nobody_in_it": True,
        "kept_at": work.clock.now(),
    }
    found = picture_of(work, piece)
    if found is not None:
        work.change(found, **values)
        return found
    own = {"authority_id": piece.authority_id, "setting_id": piece.setting_id}
    return work.add(AwarePicture(**own, attachment_aware_piece_id=piece.id, **values))


@action("attachment_aware_picture.remove")
def remove_picture(work: Work, piece: AwarePiece) -> None:
    """Remove the picture of a piece. Refuses where there is none."""
    _refuse_others(work, piece)
    found = picture_of(work, piece)
    if found is None:
        raise NotFound(AwarePicture.words[0])
    work.db.delete(found)


def picture_of(work: Work, piece: AwarePiece) -> AwarePicture | None:
    """The picture of a piece, where it has one."""
    asked = select(AwarePicture).where(AwarePicture.attachment_aware_piece_id == piece.id)
    return work.db.scalars(asked).first()


def _columns(told: PieceAnswers) -> dict[str, Any]:
    return {
        **told.columns("kind_of_piece", "how", "link"),
        "kind_of_piece": told.kind_of_piece.value,
        "how": told.how or "",
        "link": told.link or "",
    }


def _fits(work: Work, told: PieceAnswers) -> None:
    refuse_if(rules.not_ahead(told.written_on, work.today, "written_on"))
    if told.link and not told.link.startswith("https://"):
        raise refuse("An address begins with https://.", place="link", way_out="Copy it from the browser.")


def _refuse_left(place: AwarePlace) -> None:
    if place.state not in ("in_cohort", "graduated"):
        said = f"{place.setting.name} is “{place.state_label}”."
        raise refuse(said, way_out="A portfolio is written from the day the school is in the cohort.")


def _refuse_others(work: Work, piece: AwarePiece) -> None:
    """Refuse another school's piece, which is read by everybody once it is shared and changed by its own school."""
    own = settings_spoken_for(work, piece.authority_id)
    if own is not None and piece.setting_id not in own:
        raise refuse("This is another school's.", way_out="Write one of your own.")
