"""Django's admin over the same tables, tuned: related rows joined, look-ups for long selects, a capped count."""

from __future__ import annotations

from typing import Any, ClassVar

import django
from django.conf import settings
from sqlalchemy import make_url
from werkzeug.test import Client

from bench.contender import CAP, DEEP_PAGE, SEARCHED, Chosen, Contender, Statements, get
from bench.ground import Ground

_TOKEN = "b" * 32


def _set_up(ground: Ground) -> None:
    parts = make_url(ground.url)
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bench.apps.django_admin",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "bench",
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        STATIC_URL="/static/",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": parts.query.get("host"),
                "NAME": parts.database,
                "USER": parts.username,
                "CONN_MAX_AGE": None,
                "OPTIONS": {"options": f"-c cm.authorities={ground.authorities}"},
            }
        },
    )
    django.setup()


urlpatterns: list[Any] = []


def contender(ground: Ground, chosen: Chosen) -> Contender:
    """The admin with its superuser signed in. It adds its own tables, none of ours, to the database."""
    _set_up(ground)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _register()
    from django.core.wsgi import get_wsgi_application

    client = Client(get_wsgi_application())
    client.set_cookie("sessionid", signed_in())
    client.set_cookie("csrftoken", _TOKEN)
    statements = Statements()
    _count(statements)
    sent = {
        "csrfmiddlewaretoken": _TOKEN,
        "young_person": str(chosen.person_id),
        "programme": str(chosen.programme_id),
        "referrer_name": "Bench Quillmarsh",
        "received_on": "2026-11-02",
        "urgency": "routine",
        "_save": "Save",
    }
    at = "/admin/bench"
    return Contender(
        "Django admin",
        client,
        statements,
        {
            "list": get(client, f"{at}/youngperson/"),
            "deep": get(client, f"{at}/youngperson/?p={DEEP_PAGE}"),
            "search": get(client, f"{at}/youngperson/?q={SEARCHED}"),
            "show": get(client, f"{at}/session/{chosen.session_id}/change/"),
            "edit": get(client, f"{at}/referral/{chosen.referral_id}/change/"),
            "create": lambda: client.post(f"{at}/referral/add/", data=sent),
            "sessions": get(client, f"{at}/session/"),
        },
    )


def _register() -> None:
    from django.contrib import admin
    from django.core.paginator import Page, Paginator
    from django.urls import path

    from bench.apps import django_models as models

    class Capped(Paginator):
        """Counts to the same cap as everybody, and opens any page."""

        @property
        def count(self) -> int:
            """How many there are, to the cap."""
            if not hasattr(self, "_counted"):
                self._counted = self.object_list.order_by().values("pk")[: CAP + 1].count()
            return int(self._counted)

        def validate_number(self, number: Any) -> int:
            """Any number is a page: the capped count does not reach the last one."""
            return int(number)

        def page(self, number: Any) -> Page:
            """The page, whether the capped count reaches it or not."""
            bottom = (int(number) - 1) * self.per_page
            return Page(self.object_list[bottom : bottom + self.per_page], int(number), self)

    class Tuned(admin.ModelAdmin):
        paginator = Capped
        list_per_page = 25
        show_full_result_count = False

    class YoungPeople(Tuned):
        list_display = ("ref", "initials", "age", "care_status", "looked_after_from")
        search_fields = ("ref", "family_name", "given_name", "preferred_name", "child_id")
        ordering = ("ref",)

    class Sessions(Tuned):
        list_display = ("starts_at", "young_person", "mentor", "place", "minutes", "outcome")
        list_select_related = ("young_person", "mentor")
        ordering = ("-starts_at", "-id")

        def has_change_permission(self, request: Any, obj: Any = None) -> bool:
            """It is only looked at."""
            return False

        def get_queryset(self, request: Any) -> Any:
            """With the names it shows, in one statement; a list leaves the long texts unread."""
            found = super().get_queryset(request).select_related("young_person", "mentor")
            listed = request.resolver_match.url_name.endswith("_changelist")
            return found.defer("planned_measures", "impact", "intention", "done", "words_said") if listed else found

    class Found(Tuned):
        search_fields = ("name",)

    class Referrals(Tuned):
        autocomplete_fields = ("young_person", "social_worker", "designated_teacher", "funding_line")
        list_display: ClassVar[list[str]] = ["ref", "received_on"]

        def get_queryset(self, request: Any) -> Any:
            """With the rows its form names."""
            named = ("young_person", "social_worker", "designated_teacher", "funding_line", "programme")
            return super().get_queryset(request).select_related(*named)

        def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
            """Number it, as everybody does."""
            from django.db import connection

            obj.authority_id = obj.young_person.authority_id
            prefix = f"{obj.young_person.ref.partition('-')[0]}-R"
            with connection.cursor() as cursor:
                cursor.execute("UPDATE cm_counter SET last = last + 1 WHERE prefix = %s RETURNING last", [prefix])
                obj.ref = f"{prefix}-{cursor.fetchone()[0]:04d}"
            super().save_model(request, obj, form, change)

    admin.site.register(models.YoungPerson, YoungPeople)
    admin.site.register(models.Session, Sessions)
    admin.site.register(models.Referral, Referrals)
    for model in (models.Mentor, models.SupportingAdult, models.FundingLine, models.Programme):
        admin.site.register(model, Found)
    urlpatterns.append(path("admin/", admin.site.urls))


def application(ground: Ground) -> Any:
    """The admin for a server: its tables are there, and who asks brings a cookie."""
    _set_up(ground)
    _register()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def signed_in() -> str:
    """The cookie of somebody who has signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    user, _ = get_user_model().objects.get_or_create(
        username="bench.quillmarsh", defaults={"is_staff": True, "is_superuser": True}
    )
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _count(statements: Statements) -> None:
    from django.db import connection

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.sent.append(sql)
        return execute(sql, params, many, context)

    connection.execute_wrappers.append(wrapper)
