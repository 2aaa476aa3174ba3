"""The tables as Django sees them: unmanaged models, with the columns the compared pages show or ask for."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models


class Programme(models.Model):
    """A programme of an authority."""

    authority_id = models.IntegerField()
    title = models.CharField(max_length=120)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "cm_programme"

    def __str__(self) -> str:
        """Its title."""
        return str(self.title)


class FundingLine(models.Model):
    """An amount of money of a year."""

    name = models.CharField(max_length=120)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "cm_funding_line"

    def __str__(self) -> str:
        """Its name."""
        return str(self.name)


class Mentor(models.Model):
    """A mentor."""

    name = models.CharField(max_length=120)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "cm_mentor"

    def __str__(self) -> str:
        """Their name."""
        return str(self.name)


class YoungPerson(models.Model):
    """A young person."""

    CARE: ClassVar[list[tuple[str, str]]] = [
        ("looked_after", "Looked after"),
        ("previously_looked_after", "Previously looked after"),
        ("care_leaver", "Care leaver"),
        ("edge_of_care", "Edge of care"),
        ("social_worker", "Child with a social worker"),
        ("kinship_care", "Kinship care"),
    ]
    authority_id = models.IntegerField()
    ref = models.CharField(max_length=20)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100)
    born_on = models.DateField()
    child_id = models.CharField(max_length=40)
    care_status = models.CharField(max_length=40, choices=CARE)
    looked_after_from = models.DateField(null=True)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "cm_young_person"
        ordering: ClassVar[list[str]] = ["ref"]

    def __str__(self) -> str:
        """Initials and reference."""
        return f"{self.initials()} {self.ref}"

    def initials(self) -> str:
        """The initials."""
        return f"{self.given_name[:1]}.{self.family_name[:1]}."

    def age(self) -> int:
        """Whole years today."""
        today = date.today()
        born = self.born_on
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


class SupportingAdult(models.Model):
    """An adult around a young person."""

    name = models.CharField(max_length=120)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "cm_supporting_adult"

    def __str__(self) -> str:
        """Their name."""
        return str(self.name)


class Plain(models.JSONField):
    """A column of PostgreSQL's type json, which the driver reads already; Django itself makes jsonb."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The value as the driver gave it."""
        return value


def _to(model: Any, column: str, **more: Any) -> Any:
    return models.ForeignKey(model, models.DO_NOTHING, db_column=column, related_name="+", **more)


class Session(models.Model):
    """A mentoring session."""

    young_person = _to(YoungPerson, "young_person_id")
    mentor = _to(Mentor, "mentor_id")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.IntegerField()
    place = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40, null=True)
    planned_measures = Plain(default=list)
    intention = models.TextField()
    done = models.TextField()
    art_form = models.CharField(max_length=60)
    impact = Plain(default=list)
    words_said = models.TextField()
    adults_present = models.CharField(max_length=300)
    joint = models.BooleanField(default=False)
    mentor_drove = models.BooleanField(default=False)
    chargeable = models.BooleanField(default=True)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "cm_session"
        ordering: ClassVar[list[str]] = ["-starts_at", "-id"]


class Referral(models.Model):
    """A referral."""

    authority_id = models.IntegerField(editable=False)
    young_person = _to(YoungPerson, "young_person_id")
    programme = _to(Programme, "programme_id")
    ref = models.CharField(max_length=20, editable=False)
    referrer_name = models.CharField(max_length=120)
    referrer_login = models.CharField(max_length=120, editable=False, default="")
    received_on = models.DateField()
    reasons = Plain(editable=False, default=list)
    outcomes = Plain(editable=False, default=list)
    places = Plain(editable=False, default=list)
    theme = models.CharField(max_length=60, editable=False, default="")
    state = models.CharField(max_length=40, editable=False, default="draft")
    urgency = models.CharField(max_length=40, choices=[("routine", "Routine"), ("crisis", "Crisis")], default="routine")
    concern = models.CharField(max_length=40, null=True, blank=True)
    interests = models.TextField(blank=True, default="")
    what_works = models.TextField(blank=True, default="")
    risks = models.TextField(blank=True, default="")
    expected_minutes = models.IntegerField(null=True, blank=True)
    social_worker = _to(SupportingAdult, "social_worker_id", null=True, blank=True)
    designated_teacher = _to(SupportingAdult, "designated_teacher_id", null=True, blank=True)
    funding_line = _to(FundingLine, "funding_line_id", null=True, blank=True)
    version = models.IntegerField(editable=False, default=1)
    created_at = models.DateTimeField(editable=False, auto_now_add=True)
    changed_at = models.DateTimeField(editable=False, auto_now=True)

    class Meta:
        managed = False
        app_label = "bench"
        db_table = "cm_referral"
