"""The account over years: schools and what they counted, as it is and as others read it, and the way it leaves."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from cmcore.api import Work, authority_for
from cmcore_attachment_aware.account import CAVEAT, CohortAccount, accounts_of
from cmcore_attachment_aware.console.parts import HOME, authority_on
from cmcore_attachment_aware.given_out import for_readers
from cmcore_attachment_aware.leaving import (
    COMPARED,
    HIDDEN,
    OUTSIDE,
    SCHOOLS,
    account_csv,
    account_pdf,
    compared_rows,
    schools_rows,
)
from cmcore_attachment_aware.words import Indicator
from console.api import Page, PanelBody, PartOfPage, download, expose, needs, work


class AttachmentAwareAccount(Page):
    """What the programme amounts to."""

    route_base = "/attachment-aware-account"
    about = (
        "How many schools applied, took part and graduated, and what they counted before and after. The numbers leave "
        "as others read them: years that are over, small numbers hidden. What leaves is remembered, so that no "
        "later account tells of a few beside it."
    )

    @expose("/")
    @needs("attachment_aware_cohort.export")
    def index(self) -> Any:
        """The account; with ``for=others`` as it leaves."""
        here = work()
        authority_id = authority_on(here, request.args.get("authority", ""))
        others = request.args.get("for") == "others"
        authority = authority_for(here, authority_id)
        outside = for_readers(here, authority) if others else None
        accounts = outside.accounts if outside else accounts_of(here, authority)
        policy = outside.policy if outside else None
        address = "AttachmentAwareAccount.index"
        return self.show_page(
            "cm/parts.html",
            title="Account of Attachment Aware Schools",
            heading="Account over years",
            under=HIDDEN if others else "For your own use. Small numbers are shown: do not pass this on.",
            acts=[
                ("CSV for others", url_for("AttachmentAwareAccount.take", file="csv", authority=authority_id), False),
                ("PDF for others", url_for("AttachmentAwareAccount.take", file="pdf", authority=authority_id), True),
            ],
            views=[
                ("As it is", url_for(address, authority=authority_id), not others),
                ("As others read it", url_for(address, authority=authority_id) + "&for=others", others),
            ],
            parts=[_schools(accounts), *(_compared(accounts, number, policy) for number in range(len(Indicator)))],
            about=self.about,
            crumbs=((HOME, url_for("AttachmentAwareHome.index")), ("Account", "")),
        )

    @expose("/take/<any(pdf,csv):file>")
    @needs("attachment_aware_cohort.export")
    def take(self, file: str) -> Any:
        """The account for others as a file. That it was taken out is written down."""
        here: Work = work()
        authority_id = authority_on(here, request.args.get("authority", ""))
        if file == "pdf":
            content: bytes | str = account_pdf(here, authority_id)
        else:
            content = account_csv(here, authority_id)
        here.commit()
        media = "application/pdf" if file == "pdf" else "text/csv; charset=utf-8"
        return download(content, media, f"attachment-aware-schools.{file}")


def _schools(accounts: list[CohortAccount]) -> PartOfPage:
    rows = [("", tuple(row)) for row in schools_rows(accounts)]
    took = sum(one.took_part for one in accounts)
    words = f"{took} schools took part in {len(accounts)} years." if len(accounts) > 1 else ""
    body = PanelBody(columns=SCHOOLS, rows=rows, words=words, empty="No cohort’s year is over yet.")
    return PartOfPage("schools", "Schools", body)


def _compared(accounts: list[CohortAccount], number: int, policy: Any) -> PartOfPage:
    indicator = tuple(Indicator)[number]
    rows = [("", tuple(row)) for row in compared_rows(accounts, number, policy)]
    body = PanelBody(
        columns=COMPARED if policy is None else OUTSIDE,
        rows=rows,
        words=CAVEAT if number == 0 else "",
        empty="Nothing yet.",
    )
    return PartOfPage(indicator.value, f"{indicator.label}, before and after", body)
