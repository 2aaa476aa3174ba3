"""Who may sign in to the demonstration: one person for each role."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who signs in to the demonstration: the sign-in name, the name, the role."""

    login: str
    name: str
    role: str


#: One account a role. The mentor is Juno Tansyhurst, the referrer the designated teacher of Quillen Tarn School.
DEMO_PEOPLE = (
    DemoPerson("hester.quillmarsh", "Hester Quillmarsh", "coordinator"),
    DemoPerson("juno.tansyhurst", "Juno Tansyhurst", "mentor"),
    DemoPerson("ros.amblewick", "Ros Amblewick", "referrer"),
    DemoPerson("piers.dapplewood", "Piers Dapplewood", "head"),
    DemoPerson("odile.marrowfen", "Odile Marrowfen", "finance"),
    DemoPerson("ivo.plovermere", "Ivo Plovermere", "evaluator"),
    DemoPerson("wilf.teaselpane", "Wilf Teaselpane", "administrator"),
)
