"""What the console needs to know of where it runs: names to show, numbers to ring, and how long a sign-in lasts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from cmcore.base.settings import Settings


@dataclass(frozen=True)
class Place:
    """The console's settings as plain values; each is described in ``default.toml``."""

    #: Shown in the masthead and in every title.
    name: str = "Creative Mentoring"
    #: The line under the name: the virtual school's, or the provider's.
    authority: str = ""
    #: Who to ring, as (words, number); 999 always stands first and is not among them.
    emergency: tuple[tuple[str, str], ...] = ()
    #: Where somebody turns who cannot sign in.
    help_with_sign_in: str = "Ask the administrator of your virtual school for a new password."
    #: A sign-in ends after this long without a request.
    idle: timedelta = timedelta(minutes=20)
    #: And this long after it began, whatever happens.
    lasts: timedelta = timedelta(hours=12)
    #: Served over TLS: the cookie is Secure and carries the __Host- prefix, and browsers are told to insist.
    tls: bool = False
    #: How many proxies in front are trusted to say who asks.
    proxies: int = 0
    #: Host names the console answers to; empty means any.
    hosts: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, settings: Settings) -> Place:
        """The place that the settings describe."""
        told = settings
        phone = told["console", "emergency_phone"]
        return cls(
            name=told["console", "name"],
            authority=told["console", "school"],
            emergency=((told["console", "emergency_name"], phone),) if phone else (),
            idle=timedelta(minutes=told["console", "idle_minutes"]),
            lasts=timedelta(hours=told["console", "lasts_hours"]),
            tls=told["console", "tls"],
            proxies=told["console", "proxies"],
            hosts=tuple(told["console", "hosts"]),
        )
