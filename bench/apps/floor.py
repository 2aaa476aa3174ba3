"""The floor: a bare Flask view with hand-written SQL and Jinja, and nothing it could do without."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask, abort, redirect, render_template, request
from jinja2 import DictLoader
from werkzeug.test import Client

from bench.contender import CAP, DEEP_PAGE, SEARCHED, Chosen, Contender, Statements, get
from bench.ground import LOGIN, Ground


def _words(text: str) -> list[str]:
    return text.split()


_LAYOUT = """<!doctype html><html lang="en"><title>{{ title }}</title><main><h1>{{ title }}</h1>
<p>Signed in as {{ me }}</p>%s</main></html>"""
_PEOPLE = _LAYOUT % (
    "<p>{% if count > cap %}More than {{ cap }}{% else %}{{ count }}{% endif %}</p><table>{% for row in rows %}<tr>"
    "<td><a href='/young-people/{{ row[0] }}'>{{ row[1] }}</a></td><td>{{ row[2][:1] }}.{{ row[3][:1] }}.</td>"
    "<td>{{ age(row[4]) }}</td><td>{{ row[5] }}</td><td>{{ row[6] or '' }}</td></tr>{% endfor %}</table>"
)
_SESSIONS = _LAYOUT % (
    "<p>{% if count > cap %}More than {{ cap }}{% else %}{{ count }}{% endif %}</p><table>{% for row in rows %}<tr>"
    "<td><a href='/sessions/{{ row[0] }}'>{{ row[1] }}</a></td><td>{{ row[2] }}</td><td>{{ row[3] }}</td>"
    "<td>{{ row[4] }}</td><td>{{ row[5] }}</td><td>{{ row[6] or 'Planned' }}</td></tr>{% endfor %}</table>"
)
_SHOW = _LAYOUT % "<dl>{% for name, value in facts %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>"
_EDIT = _LAYOUT % (
    "<form method='post'>{% for name, value in facts %}<label>{{ name }}<input name='{{ name }}' value='{{ value or "
    '"" }}\'></label>{% endfor %}<select name="programme_id">{% for key, words in programmes %}'
    "<option value='{{ key }}'>{{ words }}</option>{% endfor %}</select><button>Save</button></form>"
)
_PERSON = _LAYOUT % (
    "{% for heading, rows in parts %}<h2>{{ heading }}</h2><table>{% for row in rows %}<tr>{% for each in row %}"
    "<td>{{ each }}</td>{% endfor %}</tr>{% endfor %}</table>{% endfor %}"
)
_TEMPLATES = {
    "people.html": _PEOPLE,
    "sessions.html": _SESSIONS,
    "show.html": _SHOW,
    "edit.html": _EDIT,
    "person.html": _PERSON,
}

_SIGNED_IN = "SELECT id, username, first_name, last_name FROM ab_user WHERE username = %s AND active"
_ROWS = "SELECT id, ref, given_name, family_name, born_on, care_status, looked_after_from FROM cm_young_person"
_FOUND = "ref ILIKE %s OR family_name ILIKE %s OR given_name ILIKE %s OR preferred_name ILIKE %s OR child_id ILIKE %s"
_SESSION_ROWS = """
SELECT s.id, s.starts_at, y.ref, m.name, s.place, s.minutes, s.outcome FROM cm_session s
JOIN cm_young_person y ON y.id = s.young_person_id JOIN cm_mentor m ON m.id = s.mentor_id
WHERE s.id IN (SELECT id FROM cm_session ORDER BY starts_at DESC, id DESC LIMIT 25)
ORDER BY s.starts_at DESC, s.id DESC"""
_SESSION = """
SELECT y.ref, m.name, s.starts_at, s.ends_at, s.minutes, s.place, s.outcome, s.planned_measures, s.intention, s.done,
s.art_form, s.impact, s.words_said, s.adults_present, s.joint, s.mentor_drove, s.chargeable FROM cm_session s
JOIN cm_young_person y ON y.id = s.young_person_id JOIN cm_mentor m ON m.id = s.mentor_id WHERE s.id = %s"""
_SESSION_NAMES = _words(
    """young_person mentor starts ends minutes place outcome measures intention done art_form impact words
adults joint drove chargeable"""
)
_REFERRAL = """
SELECT r.referrer_name, r.received_on, r.urgency, r.concern, r.interests, r.what_works, r.risks, r.expected_minutes,
y.ref, w.name, t.name, f.name FROM cm_referral r JOIN cm_young_person y ON y.id = r.young_person_id
LEFT JOIN cm_supporting_adult w ON w.id = r.social_worker_id
LEFT JOIN cm_supporting_adult t ON t.id = r.designated_teacher_id
LEFT JOIN cm_funding_line f ON f.id = r.funding_line_id WHERE r.id = %s"""
_REFERRAL_NAMES = _words(
    """referrer received urgency concern interests what_works risks minutes young_person social_worker
teacher funding"""
)
#: What a young person's page is read from, one statement each.
_PARTS = {
    "Referrals": "SELECT ref, state, received_on, reasons, outcomes FROM cm_referral WHERE young_person_id = %s",
    "Enrolments": "SELECT ref, state, started_on, ended_on FROM cm_enrolment WHERE young_person_id = %s",
    "Commissions": """SELECT c.minutes, c.state, c.starts_on, m.name FROM cm_commission c
        JOIN cm_mentor m ON m.id = c.mentor_id WHERE c.young_person_id = %s""",
    "Sessions": """SELECT starts_at, minutes, place, outcome, done, words_said, impact FROM cm_session
        WHERE young_person_id = %s ORDER BY starts_at DESC""",
    "Reviews": """SELECT r.kind_of_review, r.held_on, r.scored_by, s.measure, s.score FROM cm_review r
        JOIN cm_review_score s ON s.review_id = r.id WHERE r.young_person_id = %s ORDER BY r.held_on, s.id""",
    "Steps": """SELECT kind, transition, moved_on, moved_by, reason FROM cm_state_change
        WHERE young_person_id = %s ORDER BY moved_at""",
    "School": """SELECT e.status, e.starts_on, s.name FROM cm_education_spell e
        LEFT JOIN cm_setting s ON s.id = e.setting_id WHERE e.young_person_id = %s""",
    "Who to call": "SELECT role, name, phone, emergency_contact FROM cm_supporting_adult WHERE young_person_id = %s",
}
_INSERT = """
INSERT INTO cm_referral (authority_id, young_person_id, programme_id, ref, referrer_name, referrer_login, received_on,
reasons, outcomes, urgency, interests, what_works, risks, places, theme, state, version, created_at, changed_at)
SELECT authority_id, id, %s, %s, %s, '', %s, '["engage"]', '["confidence"]', 'routine', '', '', '', '[]', '', 'draft',
1, %s, %s FROM cm_young_person WHERE id = %s RETURNING id"""


def contender(ground: Ground, chosen: Chosen) -> Contender:
    """The bare app with somebody signed in."""
    statements = Statements()
    connection = ground.psycopg()

    def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
        statements.sent.append(statement)
        return connection.execute(statement, values or None).fetchall()

    app = Flask("floor")
    # Compiled once, as templates in files are: render_template_string would compile them again for every page.
    app.jinja_loader = DictLoader(_TEMPLATES)  # type: ignore[assignment]
    today = date.today()

    def age(born_on: date) -> int:
        return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))

    def me() -> str:
        found = rows(_SIGNED_IN, request.cookies.get("who"))
        if not found:
            abort(403)
        return f"{found[0][2]} {found[0][3]}"

    def counted(what: str, *values: Any) -> int:
        return int(rows(f"SELECT count(*) FROM (SELECT 1 FROM {what} LIMIT {CAP + 1}) AS counted", *values)[0][0])

    @app.get("/young-people")
    def people() -> str:
        who, page, words = me(), request.args.get("page", 1, type=int), request.args.get("q", "")
        if words:
            like = [f"%{words}%"] * 5
            count = counted(f"cm_young_person WHERE {_FOUND}", *like)
            found = rows(f"{_ROWS} WHERE {_FOUND} ORDER BY ref LIMIT 25", *like)
        else:
            count = counted("cm_young_person")
            keys = "SELECT id FROM cm_young_person ORDER BY ref LIMIT 25 OFFSET %s"
            found = rows(f"{_ROWS} WHERE id IN ({keys}) ORDER BY ref", (page - 1) * 25)
        return render_template("people.html", title="Young people", me=who, rows=found, count=count, cap=CAP, age=age)

    @app.get("/sessions")
    def sessions() -> str:
        who = me()
        count, found = counted("cm_session"), rows(_SESSION_ROWS)
        return render_template("sessions.html", title="Sessions", me=who, rows=found, count=count, cap=CAP)

    @app.get("/sessions/<int:key>")
    def session(key: int) -> str:
        who = me()
        facts = list(zip(_SESSION_NAMES, rows(_SESSION, key)[0], strict=True))
        return render_template("show.html", title="Session", me=who, facts=facts)

    @app.get("/referrals/<int:key>")
    def referral(key: int) -> str:
        who = me()
        facts = list(zip(_REFERRAL_NAMES, rows(_REFERRAL, key)[0], strict=True))
        programmes = rows("SELECT id, title FROM cm_programme ORDER BY title, id")
        return render_template("edit.html", title="Referral", me=who, facts=facts, programmes=programmes)

    @app.post("/referrals")
    def create() -> Any:
        me()
        now, form = datetime.now(UTC), request.form
        prefix = rows("SELECT split_part(ref, '-', 1) FROM cm_young_person WHERE id = %s", form["young_person_id"])[0][
            0
        ]
        taken = "UPDATE cm_counter SET last = last + 1 WHERE prefix = %s RETURNING last"
        ref = f"{prefix}-R-{rows(taken, f'{prefix}-R')[0][0]:04d}"
        values = (
            form["programme_id"],
            ref,
            form["referrer_name"],
            form["received_on"],
            now,
            now,
            form["young_person_id"],
        )
        return redirect(f"/referrals/{rows(_INSERT, *values)[0][0]}", 303)

    @app.get("/young-people/<int:key>")
    def person(key: int) -> str:
        who = me()
        first = rows(f"{_ROWS} WHERE id = %s", key)
        parts = [("Who", first), *((heading, rows(asked, key)) for heading, asked in _PARTS.items())]
        return render_template("person.html", title="A young person", me=who, parts=parts)

    client = Client(app)
    client.set_cookie("who", LOGIN)
    sent = {
        "young_person_id": str(chosen.person_id),
        "programme_id": str(chosen.programme_id),
        "referrer_name": "Bench Quillmarsh",
        "received_on": "2026-11-02",
    }
    return Contender(
        "floor",
        client,
        statements,
        {
            "list": get(client, "/young-people"),
            "deep": get(client, f"/young-people?page={DEEP_PAGE}"),
            "search": get(client, f"/young-people?q={SEARCHED}"),
            "show": get(client, f"/sessions/{chosen.session_id}"),
            "edit": get(client, f"/referrals/{chosen.referral_id}"),
            "create": lambda: client.post("/referrals", data=sent),
            "sessions": get(client, "/sessions"),
            "person": get(client, f"/young-people/{chosen.person_id}"),
        },
    )
