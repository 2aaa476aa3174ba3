"""Evidence is counted and permitted; statements are drafted from it, keep what people write, and leave."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

import cmcore_artsmark
from cmcore.api import Authority, Consent, Counted, Figure, NotAllowed, NotFound, Work, YoungPerson
from cmcore.api.acts import add_consent, withdraw_consent
from cmcore.api.asks import ConsentAnswers, ConsentKind, Decider, Decision, WithdrawAnswers
from cmcore.api.journals import (
    CaseStudy,
    JournalEntry,
    finish_case_study,
    publish_case_study,
    take_back_case_study,
)
from cmcore.testing import a_plugin, plugged, refused
from cmcore_artsmark import commitments, drafting, journeys, leaving, proving
from cmcore_artsmark.demonstration import fill
from cmcore_artsmark.forms import (
    AchievedAnswers,
    CaseStudyEvidenceAnswers,
    ClaimedAnswers,
    MediaEvidenceAnswers,
    NumberAnswers,
    PassageAnswers,
    QuoteAnswers,
)
from cmcore_artsmark.queries import commitments_of, evidence_of, journeys_of
from cmcore_artsmark.records import ArtsmarkEvidence, ArtsmarkPassage
from cmcore_artsmark.words import Statement
from plugins.artsmark.tests.conftest import Way

NUMBER = NumberAnswers(figure="fairs_came", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31), shows="")
QUOTE = QuoteAnswers(
    said="I want it to go on forever.",
    said_by="Young person aged 14",
    young_person_id=None,
    permitted_on=date(2026, 11, 1),
    shows="",
)
ACHIEVED = AchievedAnswers(achieved_on=date(2026, 11, 10), achieved="They come back.")


def came(number: int, of: int = 40) -> Any:
    """A plugin that counts who came to fairs."""

    def count(*_: Any) -> Counted:
        return Counted(number, of)

    figure = Figure(key="fairs_came", title="Young people who came", meaning="Everybody at a fair.", count=count)
    return a_plugin("fairs", cm_figures=lambda: [figure])


def achieved(work: Work, way: Way) -> None:
    """The first commitment is achieved."""
    commitments.achieve(work, commitments.move_commitment(work, way.first(work), "start"), ACHIEVED)


def permitted(way: Way) -> int:
    """Somebody permitted showing things in public, and whose consent it is."""
    with way.stage.work("operator") as work:
        answers = ConsentAnswers(
            kind_of_use=ConsentKind.media_public,
            decision=Decision.given,
            decided_by=Decider.social_worker,
            decider_name="",
            starts_on=date(2026, 9, 1),
            ends_on=None,
            withdrawn_on=None,
            note="",
        )
        made = add_consent(work, work.get(YoungPerson, way.story.person_id), answers)
        work.db.flush()
        return made.id


def said(work: Work, way: Way, statement: Statement = Statement.impact) -> list[tuple[str, str]]:
    return [
        (one.heading, one.text) for one in drafting.passages_of(work, way.journey(work), statement) if not one.left_out
    ]


def test_a_number_is_kept_as_counted_on_the_day_and_counts_again_beside_it(way: Way) -> None:
    with plugged(cmcore_artsmark, came(7)), way.stage.work() as work:
        with refused(None, "is not one of the answers"):
            proving.add_number(work, way.first(work), replace(NUMBER, figure="nobody_counts"))
        key = proving.add_number(work, way.first(work), NUMBER).id
    way.stage.on(date(2026, 12, 1))
    with plugged(cmcore_artsmark, came(9)), way.stage.work() as work:
        piece = work.get(ArtsmarkEvidence, key)
        number = proving.number_of(work, piece)
        assert (number.kept, number.now, piece.counted_on) == (Counted(7, 40), Counted(9, 40), date(2026, 11, 10))
        assert [one.rule for one in proving.number_findings(work, piece, number)] == ["R-AM-5"]
        proving.count_anew(work, piece)
        assert (piece.number, piece.counted_on) == (9, date(2026, 12, 1))
        assert proving.number_findings(work, piece, proving.number_of(work, piece)) == []
    with plugged(cmcore_artsmark), way.stage.work() as work:
        piece = work.get(ArtsmarkEvidence, key)
        number = proving.number_of(work, piece)
        assert number.now is None and number.outside == "c"
        assert "cannot be counted" in proving.number_findings(work, piece, number)[0].message
        with refused(None, "cannot be counted now"):
            proving.count_anew(work, piece)


def test_a_quote_of_a_young_person_rests_on_a_permission_in_force(way: Way) -> None:
    theirs = replace(QUOTE, young_person_id=way.story.person_id)
    with way.stage.work() as work:
        with refused("R-AM-7", "still to come"):
            proving.add_quote(work, way.first(work), replace(QUOTE, permitted_on=date(2026, 12, 24)))
        with refused("R-CON-3", "no permission in force"):
            proving.add_quote(work, way.first(work), theirs)
        proving.add_quote(work, way.first(work), QUOTE)
        achieved(work, way)
    consent = permitted(way)
    with way.stage.work() as work:
        proving.add_quote(work, way.second(work), theirs)
        commitments.achieve(work, commitments.move_commitment(work, way.second(work), "start"), ACHIEVED)
        drafting.draft(work, way.journey(work), Statement.impact)
        assert leaving.leaving_in_the_way(work, way.journey(work), Statement.impact) == []
        withdraw_consent(work, work.get(Consent, consent), WithdrawAnswers(withdrawn_on=work.today))
    with way.stage.work() as work:
        with refused("R-CON-3", "“What was said”: There is no permission in force"):
            leaving.statement_pdf(work, way.journey(work), Statement.impact)
        drafting.draft(work, way.journey(work), Statement.impact)
        assert [heading for heading, _ in said(work, way)].count("What was said") == 1


def test_case_studies_and_media_are_those_shown_in_public(way: Way) -> None:
    own = {"authority_id": way.stage.authority_id, "young_person_id": way.story.person_id}
    with way.stage.work("operator") as work:
        more = {"kept_by": "Juno Tansyhurst", "kept_by_login": "juno", "captured_on": date(2026, 10, 1)}
        entries = [
            work.add(JournalEntry(ref=f"WR-J-000{key}", kind_of_entry="words", visible_to=seen, **own, **more))
            for key, seen in enumerate(("kept", "public"))
        ]
        work.db.flush()
        kept, public = (one.id for one in entries)
    with way.stage.work() as work:
        with refused(None, "not for everybody"):
            proving.add_media(work, way.first(work), MediaEvidenceAnswers(journal_entry_id=kept, shows="A print."))
        with refused("R-CON-3", "no permission in force"):
            proving.add_media(work, way.first(work), MediaEvidenceAnswers(journal_entry_id=public, shows="A print."))
    permitted(way)
    with way.stage.work() as work:
        made = proving.add_media(work, way.first(work), MediaEvidenceAnswers(journal_entry_id=public, shows="A print."))
        assert made.young_person_id == way.story.person_id
        with pytest.raises(NotFound):
            proving.add_case_study(work, way.first(work), CaseStudyEvidenceAnswers(case_study_id=999, shows="It."))


def test_a_case_study_is_evidence_once_it_is_shown_in_public(way: Way) -> None:
    permitted(way)
    with way.stage.work("operator") as work:
        way.story.started(work)
        days = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 10, 1)}
        of = {"commission_id": way.story.commission_id, "mentor_id": way.story.mentor_id}
        own = {"authority_id": way.stage.authority_id, "young_person_id": way.story.person_id}
        study = work.add(CaseStudy(ref="WR-K-0001", title="Two colours", done="They printed.", **days, **of, **own))
        work.db.flush()
        chosen = CaseStudyEvidenceAnswers(case_study_id=study.id, shows="One way in.")
    with way.stage.work() as work:
        study = work.get(CaseStudy, chosen.case_study_id)
        with refused(None, "Case study WR-K-0001 is “Being written”."):
            proving.add_case_study(work, way.first(work), chosen)
        publish_case_study(work, finish_case_study(work, study))
        proving.add_case_study(work, way.first(work), chosen)
        achieved(work, way)
        drafting.draft(work, way.journey(work), Statement.impact)
        assert said(work, way)[2] == ("A story: Two colours", "One way in.\nThey printed.")
        take_back_case_study(work, study, "The family asked.")
        with refused(None, "“A story: Two colours”: Case study WR-K-0001 is “Taken back”."):
            leaving.statement_pdf(work, way.journey(work), Statement.impact)


def test_the_statement_of_commitment_tells_where_we_stand_and_what_we_promise(way: Way) -> None:
    with way.stage.work() as work:
        commitments.move_commitment(work, way.second(work), "drop", "Not this year.")
        drafting.draft(work, way.journey(work), Statement.commitment)
        told = said(work, way, Statement.commitment)
        assert [heading for heading, _ in told][:2] == ["Who we are", "Where we stand: Values and ethos"]
        assert told[-1] == (
            "We will: An event in each half term",
            "Criterion: Range of offer. Quality principles: Being exciting, inspiring and engaging and Developing "
            "belonging and ownership. Hester Quillmarsh sees to it, by 30 June 2027.",
        )
        assert "answers for the education of 0 children" in told[0][1]
    way.sent()
    with way.stage.work() as work:
        with refused(None, "was sent, and stays"):
            drafting.draft(work, way.journey(work), Statement.commitment)
        assert leaving.statement_pdf(work, way.journey(work), Statement.commitment).startswith(b"%PDF")


def test_the_statement_of_impact_tells_of_achieved_commitments_only_and_keeps_what_people_wrote(way: Way) -> None:
    way.sent()
    with plugged(cmcore_artsmark, came(4)), way.stage.work() as work:
        journey = way.journey(work)
        assert drafting.draft(work, journey, Statement.impact) == []
        with refused(None, "Nothing stands in"):
            leaving.statement_pdf(work, journey, Statement.impact)
        proving.add_number(work, way.first(work), NUMBER)
        achieved(work, way)
        drafting.draft(work, journey, Statement.impact)
        assert said(work, way)[1:] == [
            ("An event in each half term", "They come back."),
            ("Young people who came", "c of 40 (1 September 2026 to 31 December 2026)."),
        ]
        first = drafting.passages_of(work, journey, Statement.impact)[1]
        drafting.change_passage(
            work, first, replace(drafting.answers_of_passage(first), text="They come back in crowds.")
        )
        drafting.write_passage(work, journey, PassageAnswers(heading="Thanks", text="To the theatre."))
        drafting.leave_out(work, drafting.passages_of(work, journey, Statement.impact)[2])
        drafting.draft(work, journey, Statement.impact)
        assert said(work, way)[1:] == [
            ("An event in each half term", "They come back in crowds."),
            ("Thanks", "To the theatre."),
        ]
        assert drafting.passages_of(work, journey, Statement.impact)[1].drafted == "They come back."
        with refused(None, "would come back"):
            drafting.remove_passage(work, first)


def test_what_is_taken_up_again_is_claimed_no_more(way: Way) -> None:
    way.sent()
    with way.stage.work() as work:
        journey = way.journey(work)
        achieved(work, way)
        commitments.achieve(work, commitments.move_commitment(work, way.second(work), "start"), ACHIEVED)
        drafting.draft(work, journey, Statement.impact)
        commitments.move_commitment(work, way.first(work), "reopen", "It stopped.")
        for refusing in (
            lambda: journeys.send_impact(work, journey, ClaimedAnswers(claimed_on=work.today)),
            lambda: leaving.statement_word(work, journey, Statement.impact),
        ):
            with refused("R-AM-1", "“An event in each half term” is claimed"):
                refusing()
        drafting.draft(work, journey, Statement.impact)
        assert [heading for heading, _ in said(work, way)] == ["Our journey", "A council of young people"]
        journeys.send_impact(work, journey, ClaimedAnswers(claimed_on=work.today))
        passage = drafting.passages_of(work, journey, Statement.impact)[1]
        with refused(None, "was sent, and stays"):
            drafting.change_passage(work, passage, PassageAnswers(heading="More", text="More."))
        drafting.leave_out(work, passage)


def test_a_statement_leaves_as_pdf_and_word_without_a_name_and_that_is_written_down(way: Way) -> None:
    way.sent()
    with way.stage.work() as work:
        proving.add_quote(work, way.first(work), QUOTE)
        achieved(work, way)
        journey = way.journey(work)
        drafting.draft(work, journey, Statement.impact)
        drafting.write_passage(work, journey, PassageAnswers(heading="One of them", text="Bramblewick printed."))
        with refused("R-MSG-1", "1 name of somebody"):
            leaving.statement_pdf(work, journey, Statement.impact)
        own = work.db.scalars(select(ArtsmarkPassage).where(ArtsmarkPassage.origin == "written")).one()
        drafting.change_passage(work, own, PassageAnswers(heading="One of them", text="They printed."))
    with way.stage.work() as work:
        journey = way.journey(work)
        assert leaving.statement_pdf(work, journey, Statement.impact).startswith(b"%PDF")
        with zipfile.ZipFile(io.BytesIO(leaving.statement_word(work, journey, Statement.impact))) as word:
            text = word.read("word/document.xml").decode()
        assert "They printed." in text and "I want it to go on forever." in text and "Young person aged 14" in text
        taken = ["Statement of Impact taken out as PDF", "Statement of Impact taken out as Word"]
        assert [line.why for line in work.db.info["audit"]] == taken
    with way.stage.work("mentor", mentor_id=way.story.mentor_id) as work, pytest.raises(NotAllowed):
        leaving.statement_pdf(work, way.journey(work), Statement.impact)


def test_evidence_goes_with_its_passage_and_stays_while_somebodys_words_rest_on_it(way: Way) -> None:
    way.sent()
    with way.stage.work() as work:
        journey = way.journey(work)
        piece = proving.add_quote(work, way.first(work), QUOTE)
        achieved(work, way)
        passages = drafting.draft(work, journey, Statement.impact)
        drafting.change_passage(work, passages[2], PassageAnswers(heading="Heard", text="“Forever.”"))
        with refused(None, "changed by hand"):
            proving.remove_evidence(work, piece)
        drafting.leave_out(work, passages[2])
        proving.remove_evidence(work, piece)
        assert [heading for heading, _ in said(work, way)] == ["Our journey", "An event in each half term"]


def test_the_demonstration_shows_a_journey_under_way_in_which_nothing_is_in_the_way(way: Way) -> None:
    other = way.stage.authority("991", "Quillshire", "QU")
    with way.stage.work(authority_id=other) as work:
        fill(work, work.get(Authority, other))
        journey = journeys_of(work, other)[0]
        assert (journey.state, len(evidence_of(work, [one.id for one in commitments_of(work, journey)]))) == (
            "committed",
            4,
        )
        for statement in Statement:
            assert leaving.leaving_in_the_way(work, journey, statement) == []
