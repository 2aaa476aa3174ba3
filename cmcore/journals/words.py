"""The fixed answers of a journal: what an entry holds, and who may see it."""

from __future__ import annotations

from cmcore.base.words import Choice


class EntryKind(Choice):
    """What an entry holds: DOMAIN §6."""

    photo = "photo", "Picture"
    film = "film", "Film"
    audio = "audio", "Recording"
    words = "words", "Words"


class VisibleTo(Choice):
    """Who may see an entry, as far as the permissions in force allow."""

    kept = "kept", "Whoever kept it, and the virtual school"
    professionals = "professionals", "The professionals around them too"
    public = "public", "Everybody, in public"
