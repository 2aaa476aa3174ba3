"""Which section a question of a workbook form stands in: labelled groups become sections, in the order they are met."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Frame:
    """A group that is open: the title of the section its questions go to."""

    title: str
    began: bool = False


@dataclass
class Sections:
    """The titles given so far. A form's sections gather questions by title, so one left behind is not gone back to."""

    titles: list[str] = field(default_factory=list)
    #: What a section that goes on is called in the workbook, for its translation.
    last: str | None = None

    def title_for(self, frame: Frame) -> str:
        """The section for the next question of a group."""
        if self.last == frame.title and frame.began:
            return frame.title
        if not frame.began and frame.title not in self.titles:
            title = frame.title
        elif frame.began:
            title = self._free(f"{frame.title}, continued" if frame.title else "Further questions")
        else:
            title = self._free(frame.title or "Further questions")
        self.titles.append(title)
        frame.title, frame.began, self.last = title, True, title
        return title

    def _free(self, title: str) -> str:
        number, free = 1, title
        while free in self.titles:
            number += 1
            free = f"{title} ({number})"
        return free
