"""The codes of the return in words: a short form for lists, the guide's meaning for anyone who asks.

Source: SSDA903 collection guide, code sets; codes of earlier years are kept, because earlier episodes carry them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means: ``short`` for a table, ``full`` as the guide says it."""

    short: str
    full: str


class CodeSet(dict[str, Meaning]):
    """One code set of the return: each code with its meaning, in the guide's order."""

    def __init__(self, title: str, codes: Mapping[str, tuple[str, str] | str]) -> None:
        """Hold the codes; one text stands for both forms."""
        self.title = title
        super().__init__(
            (code, Meaning(words, words) if isinstance(words, str) else Meaning(*words))
            for code, words in codes.items()
        )

    def say(self, code: str | None) -> str:
        """A code with its words, "C2 full care order"; an unknown code as it is, none as an empty text."""
        if not code:
            return ""
        meaning = self.get(code)
        return f"{code} {meaning.short}" if meaning else code

    def words(self, code: str | None) -> str:
        """The words alone, "full care order"; an unknown code as it is, none as an empty text."""
        if not code:
            return ""
        meaning = self.get(code)
        return meaning.short if meaning else code


SEX = CodeSet("Sex", {"1": "male", "2": "female"})

ETHNIC = CodeSet(
    "Ethnic origin",
    {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "Any other White background",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other Mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "Any other Asian background",
        "BCRB": "Black Caribbean",
        "BAFR": "Black African",
        "BOTH": "Any other Black background",
        "CHNE": "Chinese",
        "OOTH": "Any other ethnic group",
        "REFU": "Refused to say",
        "NOBT": "Not yet obtained",
    },
)

UPN_UNKNOWN = CodeSet(
    "Unknown UPN",
    {
        "UN1": ("not of school age", "Not of school age and has not yet been assigned a unique pupil number"),
        "UN2": (
            "never attended a maintained school in England",
            "Has never attended a maintained school in England, as some unaccompanied asylum-seeking children have not",
        ),
        "UN3": ("educated outside England", "Is educated outside England"),
        "UN4": (
            "newly looked after",
            "Newly looked after, from one week before the end of the year, and the number was not yet known",
        ),
        "UN5": (
            "sources disagree",
            "Sources disagree on the name or date of birth, so that no number can be matched reliably",
        ),
    },
)

REASON_NEW_EPISODE = CodeSet(
    "Reason for new episode",
    {
        "S": ("started to be looked after", "Started to be looked after"),
        "L": ("change of legal status", "Change of legal status only"),
        "P": ("change of placement and carer", "Change of placement and carer only"),
        "T": ("change of placement, same carer", "Change of placement, but the same carer, only"),
        "B": (
            "change of legal status, placement and carer",
            "Change of legal status, of placement and of carer at the same time",
        ),
        "U": (
            "change of legal status and placement, same carer",
            "Change of legal status and of placement at the same time, but the same carer",
        ),
    },
)

LEGAL_STATUS = CodeSet(
    "Legal status",
    {
        "C1": ("interim care order", "Interim care order"),
        "C2": ("full care order", "Full care order"),
        "D1": ("freeing order granted", "Freeing order granted"),
        "E1": ("placement order", "Placement order granted"),
        "V2": ("section 20", "Single period of accommodation under section 20 of the Children Act 1989"),
        "V3": (
            "short breaks, each recorded",
            "Accommodated under an agreed series of short-term breaks, individual episodes of care recorded",
        ),
        "V4": (
            "short breaks, agreement recorded",
            "Accommodated under an agreed series of short-term breaks, only the agreement recorded",
        ),
        "L1": ("police protection", "Under police protection and in local authority accommodation"),
        "L2": ("emergency protection order", "Emergency protection order"),
        "L3": ("child assessment order", "Under a child assessment order and in local authority accommodation"),
        "J1": ("remanded", "Remanded to local authority accommodation or to youth detention accommodation"),
        "J2": (
            "placed under PACE",
            "Placed in local authority accommodation under the Police and Criminal Evidence Act 1984",
        ),
        "J3": (
            "youth rehabilitation order",
            "Sentenced to a youth rehabilitation order with a residence or intensive fostering requirement",
        ),
    },
)

CATEGORY_OF_NEED = CodeSet(
    "Category of need",
    {
        "N1": "abuse or neglect",
        "N2": "child's disability",
        "N3": "parent's illness or disability",
        "N4": "family in acute stress",
        "N5": "family dysfunction",
        "N6": "socially unacceptable behaviour",
        "N7": "low income",
        "N8": "absent parenting",
    },
)

PLACEMENT = CodeSet(
    "Placement",
    {
        "U1": (
            "long-term fostering with relatives or friends",
            "Foster placement with relatives or friends, long-term fostering",
        ),
        "U2": (
            "fostering for adoption with relatives or friends",
            "Foster placement with relatives or friends who are approved adopters, fostering for adoption",
        ),
        "U3": (
            "foster care with relatives or friends",
            "Foster placement with relatives or friends, neither long-term nor fostering for adoption",
        ),
        "U4": ("long-term foster care", "Foster placement with other foster carers, long-term fostering"),
        "U5": (
            "fostering for adoption",
            "Foster placement with other foster carers who are approved adopters, fostering for adoption",
        ),
        "U6": (
            "foster care",
            "Foster placement with other foster carers, neither long-term nor fostering for adoption",
        ),
        "A3": (
            "placed for adoption, with consent, current foster carer",
            "Placed for adoption with consent with the current foster carer",
        ),
        "A4": (
            "placed for adoption, with consent",
            "Placed for adoption with consent, not with the current foster carer",
        ),
        "A5": (
            "placed for adoption, placement order, current foster carer",
            "Placed for adoption under a placement order with the current foster carer",
        ),
        "A6": (
            "placed for adoption, placement order",
            "Placed for adoption under a placement order, not with the current foster carer",
        ),
        "H5": (
            "semi-independent",
            "Semi-independent living accommodation not subject to the children's homes regulations (earlier years)",
        ),
        "K1": ("secure children's home", "Secure children's home"),
        "K2": ("children's home", "Children's home subject to the children's homes regulations"),
        "K3": ("supported accommodation", "Supported accommodation registered with Ofsted"),
        "P1": ("own parents", "Placed with own parents or others with parental responsibility"),
        "P2": ("independent living", "Independent living, for example in a flat, lodgings, a bedsit or with friends"),
        "P3": ("residential employment", "Residential employment"),
        "R1": ("residential care home", "Residential care home"),
        "R2": (
            "health trust or nursing care",
            "NHS, health trust or other establishment providing medical or nursing care",
        ),
        "R3": ("family centre or mother and baby unit", "Family centre or mother and baby unit"),
        "R5": ("young offender institution", "Young offender institution or secure training centre"),
        "S1": ("residential school", "Residential school, except where it is also registered as a children's home"),
        "T0": ("temporary move", "All types of temporary move"),
        "T1": ("temporarily in hospital", "Temporary period in hospital"),
        "T2": ("temporarily on holiday", "Temporary absence of the child on holiday"),
        "T3": (
            "temporary, foster carer on holiday",
            "Temporary accommodation while the usual foster carer is on holiday",
        ),
        "T4": ("temporary, seven days or less", "Temporary accommodation of seven days or less for any other reason"),
        "Z1": ("other placement", "Other placement, listed on a schedule sent with the return"),
        "Z11": ("other placement", "Other placement, of the kinds told apart from 2026"),
        "Z12": ("other placement", "Other placement, of the kinds told apart from 2026"),
        "Z13": ("other placement", "Other placement, of the kinds told apart from 2026"),
        "Z14": ("other placement", "Other placement, of the kinds told apart from 2026"),
    },
)

PROVIDER = CodeSet(
    "Placement provider",
    {
        "PR0": ("parents", "Parents or others with parental responsibility"),
        "PR1": ("own provision", "Own provision by the local authority, a regional adoption agency it hosts included"),
        "PR2": ("other local authority", "Other local authority provision"),
        "PR3": ("other public provision", "Other public provision, for example a health trust"),
        "PR4": ("private provision", "Private provision"),
        "PR5": ("voluntary or third sector", "Voluntary or third sector provision"),
    },
)

REASON_CEASED = CodeSet(
    "Reason episode ceased",
    {
        "X1": (
            "next episode begins the same day",
            "Episode ceases, and a new episode begins on the same day for any reason",
        ),
        "E11": ("adopted, unopposed", "Adopted, application for an adoption order unopposed"),
        "E12": ("adopted, consent dispensed with", "Adopted, consent dispensed with by the court"),
        "E2": ("died", "Died"),
        "E3": ("another authority took over", "Care taken over by another local authority in the United Kingdom"),
        "E4A": (
            "returned home as planned",
            "Returned home to live with someone with parental responsibility as part of the care plan",
        ),
        "E4B": (
            "returned home unplanned",
            "Returned home to live with someone with parental responsibility, not as part of the care plan",
        ),
        "E13": (
            "left to live with someone without parental responsibility",
            "Left care to live with parents, relatives or others without parental responsibility",
        ),
        "E41": ("child arrangements order", "Residence order or child arrangements order granted"),
        "E43": (
            "special guardianship, former foster carers",
            "Special guardianship order made to former foster carers (earlier years)",
        ),
        "E44": (
            "special guardianship, others",
            "Special guardianship order made to carers other than former foster carers (earlier years)",
        ),
        "E45": (
            "special guardianship, foster carer who is a relative or friend",
            "Special guardianship order made to former foster carers who are relatives or friends",
        ),
        "E46": (
            "special guardianship, foster carer",
            "Special guardianship order made to former foster carers other than relatives or friends",
        ),
        "E47": (
            "special guardianship, relative or friend",
            "Special guardianship order made to relatives or friends who were not foster carers",
        ),
        "E48": (
            "special guardianship, other carer",
            "Special guardianship order made to other carers who were not foster carers",
        ),
        "E5": (
            "independent living with formal support",
            "Moved into independent living in accommodation with formal advice or support",
        ),
        "E6": (
            "independent living without formal support",
            "Moved into independent living in accommodation without formal advice or support",
        ),
        "E7": ("adult social care", "Transferred to residential care funded by adult social care services"),
        "E8": ("another reason", "Ceased to be looked after for any other reason"),
        "E9": ("sentenced to custody", "Sentenced to custody"),
        "E14": ("remand ended", "Accommodation on remand ended"),
        "E15": ("found to be 18 or over", "Age assessment determined that the child is 18 or over"),
        "E16": ("moved abroad", "Child moved abroad"),
        "E17": (
            "stayed with carers after 18",
            "Aged 18 or over and remained with current carers, staying put included",
        ),
    },
)

SDQ_REASON = CodeSet(
    "Reason for no SDQ score",
    {
        "SDQ1": ("under 4 or over 16", "No form returned: the child was under 4 or over 16 at the latest assessment"),
        "SDQ2": ("carer refused", "The carer refused to complete and return the questionnaire"),
        "SDQ3": (
            "not possible because of the child's disability",
            "Not possible to complete the questionnaire because of the severity of the child's disability",
        ),
        "SDQ4": ("other reason", "Other reason"),
        "SDQ5": ("the child refused", "The child or young person refused to let the questionnaire be completed"),
    },
)

CODE_SETS: dict[str, CodeSet] = {
    "SEX": SEX,
    "ETHNIC": ETHNIC,
    "UPN": UPN_UNKNOWN,
    "RNE": REASON_NEW_EPISODE,
    "LS": LEGAL_STATUS,
    "CIN": CATEGORY_OF_NEED,
    "PLACE": PLACEMENT,
    "PLACE_PROVIDER": PROVIDER,
    "REC": REASON_CEASED,
    "SDQ_REASON": SDQ_REASON,
}
