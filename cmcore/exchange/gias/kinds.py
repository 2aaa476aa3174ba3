"""The register's types of establishment and our kinds of setting.

Source: Get Information About Schools, code list of TypeOfEstablishment.
"""

from __future__ import annotations

SCHOOL = "school"
SPECIAL = "special_school"
COLLEGE = "college"
EARLY_YEARS = "early_years"
UNIT = "pupil_referral_unit"
ALTERNATIVE = "alternative_provision"
SECURE = "secure_unit"
HOSPITAL = "hospital"
OTHER = "other"

#: Our kind by the register's code; a code that is not here is told by its name.
KIND_OF_TYPE: dict[str, str] = {
    "1": SCHOOL,  # community school
    "2": SCHOOL,  # voluntary aided school
    "3": SCHOOL,  # voluntary controlled school
    "5": SCHOOL,  # foundation school
    "6": SCHOOL,  # city technology college
    "7": SPECIAL,  # community special school
    "8": SPECIAL,  # non-maintained special school
    "10": SPECIAL,  # other independent special school
    "11": SCHOOL,  # other independent school
    "12": SPECIAL,  # foundation special school
    "14": UNIT,
    "15": EARLY_YEARS,  # local authority nursery school
    "18": COLLEGE,  # further education
    "24": SECURE,
    "25": SCHOOL,  # offshore schools
    "26": SCHOOL,  # service children's education
    "27": OTHER,  # miscellaneous
    "28": SCHOOL,  # academy sponsor led
    "29": COLLEGE,  # higher education institutions
    "30": SCHOOL,  # Welsh establishment
    "31": COLLEGE,  # sixth form centres
    "32": COLLEGE,  # special post 16 institution
    "33": SPECIAL,  # academy special sponsor led
    "34": SCHOOL,  # academy converter
    "35": SCHOOL,  # free schools
    "36": SPECIAL,  # free schools special
    "37": SCHOOL,  # British schools overseas
    "38": ALTERNATIVE,  # free schools alternative provision
    "39": COLLEGE,  # free schools 16 to 19
    "40": SCHOOL,  # university technical college
    "41": SCHOOL,  # studio schools
    "42": ALTERNATIVE,  # academy alternative provision converter
    "43": ALTERNATIVE,  # academy alternative provision sponsor led
    "44": SPECIAL,  # academy special converter
    "45": COLLEGE,  # academy 16-19 converter
    "46": COLLEGE,  # academy 16 to 19 sponsor led
    "47": EARLY_YEARS,  # children's centre
    "48": EARLY_YEARS,  # children's centre linked site
    "49": OTHER,  # online provider
    "56": OTHER,  # institution funded by another government department
    "57": SECURE,  # academy secure 16 to 19
}

#: Words in a type's name, for codes the register has added since; the first that is found decides.
_WORDS: tuple[tuple[str, str], ...] = (
    ("secure", SECURE),
    ("hospital", HOSPITAL),
    ("alternative provision", ALTERNATIVE),
    ("referral", UNIT),
    ("nursery", EARLY_YEARS),
    ("children's centre", EARLY_YEARS),
    ("16", COLLEGE),
    ("college", COLLEGE),
    ("education", COLLEGE),
    ("special", SPECIAL),
    ("academy", SCHOOL),
    ("school", SCHOOL),
)

#: Kinds a hospital school is registered as: there is no type of its own for it.
_MAY_BE_A_HOSPITAL = frozenset({SPECIAL, UNIT, ALTERNATIVE})


def kind_of(type_code: str, type_name: str, name: str, phase: str = "") -> str:
    """Our kind for an establishment, by its type's code, else by words of the type's name.

    A hospital school is told by its own name, a nursery school by its phase too.
    """
    kind = KIND_OF_TYPE.get(type_code.lstrip("0"))
    if kind is None:
        words = type_name.casefold().replace("’", "'")
        kind = next((kind for word, kind in _WORDS if word in words), OTHER)
    if kind in _MAY_BE_A_HOSPITAL and "hospital" in name.casefold():
        return HOSPITAL
    if kind == SCHOOL and phase.casefold() == "nursery":
        return EARLY_YEARS
    return kind
