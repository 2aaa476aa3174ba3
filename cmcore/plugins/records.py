"""What is kept about plugins: where each was switched on or off, and what went wrong in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, Integer, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from cmcore.base.records import Instant, Kept, OfAuthority, Record, code


class PluginSwitch(Kept, OfAuthority, Record):
    """That somebody switched a plugin on or off, for an authority or for one of its programmes."""

    __tablename__ = "cm_plugin_switch"
    __table_args__ = (UniqueConstraint("authority_id", "plugin", "programme"),)
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("switch of a plugin", "switches of plugins")

    plugin: Mapped[str] = mapped_column(code(60), nullable=False)
    #: The key of the programme, or nothing for the authority as a whole.
    programme: Mapped[str] = mapped_column(code(60), nullable=False, default="")
    on: Mapped[bool] = mapped_column(Boolean, nullable=False)


class PluginHealth(Record):
    """How often one hook of one plugin failed, and where it did last. It never holds what was being worked on."""

    __tablename__ = "cm_plugin_health"
    __table_args__ = (UniqueConstraint("plugin", "hook"),)
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "system"
    words: ClassVar[tuple[str, str]] = ("failure of a plugin", "failures of plugins")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plugin: Mapped[str] = mapped_column(code(60), nullable=False)
    hook: Mapped[str] = mapped_column(code(80), nullable=False)
    failures: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    last_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    #: The kind of error, such as "KeyError"; never its words, which may repeat a name.
    what: Mapped[str] = mapped_column(String(120), nullable=False)
    #: The file of the plugin and the line.
    place: Mapped[str] = mapped_column(String(200), nullable=False, default="")

    @classmethod
    def within_authorities(cls, ids: list[int]) -> Any:
        """It belongs to no authority: whoever may see the health of plugins sees all of it."""
        return true()
