"""Portfolios of practice: pieces that a school writes and shares, each with a picture if it likes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from flask import redirect, request, url_for
from markupsafe import Markup

from cmcore.api import FileAnswer, Finding, NotFound, Refused, Work
from cmcore.api.journals import Cleaned, Limits, clean
from cmcore_attachment_aware import portfolios
from cmcore_attachment_aware.console.parts import HOME, InTheProgramme
from cmcore_attachment_aware.forms import PictureAnswers, PieceAnswers
from cmcore_attachment_aware.queries import settings_spoken_for
from cmcore_attachment_aware.records import AwarePlace
from cmcore_attachment_aware.schoolwork import AwarePicture, AwarePiece
from cmcore_attachment_aware.words import PieceKind
from console.api import (
    Filter,
    FormPage,
    NextStep,
    Page,
    PanelBody,
    RecordView,
    State,
    Step,
    Sub,
    download,
    expose,
    needs,
    page_of,
    work,
)

_ONE = "<int(max=2147483647):pk>"


def _own(here: Work, piece: AwarePiece) -> bool:
    own = settings_spoken_for(here, piece.authority_id)
    return own is None or piece.setting_id in own


class AttachmentAwarePieces(InTheProgramme, RecordView):
    """Pieces of portfolios."""

    record = AwarePiece
    route_base = "/attachment-aware-pieces"
    about = (
        "Portfolios of practice: what a school does, uses and learnt that others could. A shared piece is read by the "
        "staff of every school in the authority."
    )
    list_columns = ["title", "school", "kind_of_piece", "written_on", "shared"]
    label_columns = {
        "title": "Piece",
        "school": "School",
        "kind_of_piece": "What it is",
        "told": "What it tells",
        "how": "How another school would begin",
        "link": "Where more of it is",
        "written_on": "Written",
        "shared": "Shared",
        "attachment_aware_place_id": "School",
    }
    load_columns = ["setting.name", "shared_on"]
    choice_columns = {"kind_of_piece": PieceKind}
    search_columns = ["title", "told"]
    filter_columns = [
        "kind_of_piece",
        Filter("shared", "Shared", (("yes", "Shared"),), lambda value, here: AwarePiece.shared_on.is_not(None)),
        "attachment_aware_place_id",
    ]
    order_columns = ["title", "written_on"]
    base_order = ("written_on", "desc")
    views = [("Shared", {"shared": "yes"})]
    show_columns = ["school", "kind_of_piece", "told", "how", "link", "written_on", "shared"]
    facts_heading = "The piece"
    empty_words = "No piece yet. They are written on the page of a school."
    add_parent = AwarePlace
    add_form = PieceAnswers
    add_action = staticmethod(portfolios.add_piece)
    add_words = "Write a piece"
    edit_form = PieceAnswers
    answers_of = staticmethod(portfolios.answers_of_piece)
    edit_action = staticmethod(portfolios.change_piece)
    remove_action = staticmethod(portfolios.remove_piece)
    remove_why = "Its picture goes with it. It cannot be brought back."
    steps = (
        Step(
            "share",
            "Share it with every school",
            portfolios.share_piece,
            why="The staff of every school in the authority read it then.",
            offered=lambda piece: piece.shared_on is None and _own(work(), piece),
        ),
        Step(
            "take-back",
            "Take it back",
            portfolios.take_piece_back,
            why="The school and the virtual school alone read it then.",
            offered=lambda piece: piece.shared_on is not None and _own(work(), piece),
        ),
    )

    def next_steps(self, here: Work, record: AwarePiece) -> list[NextStep]:
        """A picture is chosen on a page of its own."""
        made = super().next_steps(here, record)
        if here.may("attachment_aware_picture.add", record.authority_id) and _own(here, record):
            there = url_for("AttachmentAwarePictures.choose", pk=record.id)
            made.append(NextStep("Add a picture", there, "One without people, in place of the one there."))
        return made

    def settled(self, record: AwarePiece, doing: str) -> Any:
        """Another school's piece is read and not changed; a shared one is not removed."""
        if not _own(work(), record):
            return (Finding("This is another school's.", way_out="Write one of your own."),)
        if doing == "remove" and record.shared_on is not None:
            return (Finding("Every school can read it.", way_out="Take it back first."),)
        return ()

    def crumbs_before(self, record: Any) -> list[tuple[str, str]]:
        """The programme; a shared piece is reached by those who do not reach its school."""
        return [(HOME, url_for("AttachmentAwareHome.index"))]

    def cell_school(self, piece: AwarePiece) -> str:
        """The school."""
        return piece.setting.name

    def cell_shared(self, piece: AwarePiece) -> State:
        """Whether every school reads it."""
        return State("Shared", "ok", "tick") if piece.shared_on else State("Own", "none", "ring")

    def cell_told(self, piece: AwarePiece) -> Any:
        """What it tells."""
        return Sub(piece.told)

    def heading(self, piece: AwarePiece) -> str:
        """What it is called."""
        return piece.title


def picture_shown(here: Work, piece: AwarePiece) -> PanelBody | None:
    """The picture of a piece, with what it shows."""
    found = portfolios.picture_of(here, piece)
    if found is None:
        return None
    drawn = Markup('<img src="{}" alt="{}">').format(url_for("AttachmentAwarePictures.shown", pk=piece.id), found.shows)
    more = [("Remove it", url_for("AttachmentAwarePictures.remove", pk=piece.id))] if _own(here, piece) else []
    return PanelBody(words=found.shows, picture=drawn, more=more)


@dataclass
class _Cleaner:
    """Cleans what is sent with the form; what is refused is told beside the question, and nothing of it is kept."""

    cleaned: dict[str, Cleaned] = field(default_factory=dict)
    refused: list[Finding] = field(default_factory=list)

    def keep(self, upload: Any) -> FileAnswer:
        """Clean an upload; one that is refused has a reference that leads nowhere."""
        most = portfolios.MOST_BYTES
        try:
            made = clean(upload.stream.read(most + 1), Limits(picture=most, film=most, sound=most))
        except Refused as refused:
            self.refused += [replace(one, place="picture", file=None) for one in refused.findings]
            return FileAnswer("refused", "file.jpg", "", 0)
        told = FileAnswer("sent", f"file{made.type.ending}", made.type.media_type, len(made.content))
        self.cleaned["sent"] = made
        return told

    def kept(self, ref: str) -> FileAnswer | None:
        """What was sent a moment ago with this very form."""
        made = self.cleaned.get(ref)
        if made is None:
            return None
        return FileAnswer(ref, f"file{made.type.ending}", made.type.media_type, len(made.content))


class AttachmentAwarePictures(Page):
    """The picture of a piece: chosen, shown, removed."""

    route_base = "/attachment-aware-pictures"

    @expose(f"/{_ONE}/choose", methods=("GET", "POST"))
    @needs("attachment_aware_picture.add")
    def choose(self, pk: int) -> Any:
        """Choose a picture; it is cleaned as it arrives."""
        here = work()
        piece = here.get(AwarePiece, pk)
        cleaner = _Cleaner()
        page = FormPage(
            form=PictureAnswers.form,
            title="Picture of a piece",
            heading=f"Picture: {piece.title}",
            action_url=url_for("AttachmentAwarePictures.choose", pk=pk),
            submit="Keep it",
            keeper=cleaner,
            cancel_url=page_of(piece),
            crumbs=_crumbs(piece),
        )
        if request.method == "GET":
            return page.blank()
        typed: Any = request.form
        sent_with: Any = request.files
        taken = page.take(typed, sent_with)
        if cleaner.refused:
            others = [one for one in taken.findings if one.place != "picture"]
            taken = replace(taken, answers=None, findings=(*others, *cleaner.refused))
        if taken.answers is None:
            return page.again(taken)
        told = taken.answers
        try:
            sent = cleaner.cleaned[told.picture.ref]
            portfolios.keep_picture(here, piece, sent, told.shows, nobody_in_it=told.nobody_in_it)
            here.commit()
        except Refused as refused:
            here.undo()
            return page.again(taken, refused.findings)
        return redirect(page_of(piece), 303)

    @expose(f"/{_ONE}/shown")
    @needs("attachment_aware_picture.see")
    def shown(self, pk: int) -> Any:
        """The picture itself."""
        here = work()
        found = portfolios.picture_of(here, here.get(AwarePiece, pk))
        if found is None:
            raise NotFound(AwarePicture.words[0])
        return download(found.content, found.media_type, f"picture-{pk}.{found.media_type.rpartition('/')[2]}")

    @expose(f"/{_ONE}/remove", methods=("GET", "POST"))
    @needs("attachment_aware_picture.remove")
    def remove(self, pk: int) -> Any:
        """Remove the picture, after a page that asks."""
        here = work()
        piece = here.get(AwarePiece, pk)
        if request.method == "POST":
            portfolios.remove_picture(here, piece)
            here.commit()
            return redirect(page_of(piece), 303)
        return self.show_page(
            "cm/confirm.html",
            title="Remove a picture",
            heading="Remove the picture",
            why="It cannot be brought back.",
            button="Remove the picture",
            back_url=page_of(piece),
            findings=(),
            crumbs=_crumbs(piece),
        )


def _crumbs(piece: AwarePiece) -> tuple[tuple[str, str], ...]:
    return ((HOME, url_for("AttachmentAwareHome.index")), (piece.title, page_of(piece)), ("Picture", ""))
