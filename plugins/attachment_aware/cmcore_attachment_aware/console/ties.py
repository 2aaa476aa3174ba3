"""Who mentors whom, as a list."""

from __future__ import annotations

from cmcore_attachment_aware import mentoring
from cmcore_attachment_aware.console.parts import InTheProgramme
from cmcore_attachment_aware.forms import MentoringAnswers
from cmcore_attachment_aware.records import AwarePlace
from cmcore_attachment_aware.schoolwork import AwareMentoring
from console.api import RecordView


class AttachmentAwareMentorings(InTheProgramme, RecordView):
    """Schools that graduated, and those they mentor."""

    record = AwareMentoring
    route_base = "/attachment-aware-mentoring"
    about = "Schools that graduated mentor others. Each line of the map is one of these."
    list_columns = ["setting.name", "mentored.name", "focus", "starts_on", "ends_on"]
    label_columns = {
        "setting.name": "School that mentors",
        "mentored.name": "School that is mentored",
        "focus": "What it is about",
        "starts_on": "From",
        "ends_on": "Until",
        "came_of_it": "What came of it",
        "attachment_aware_place_id": "School that mentors",
    }
    load_columns = ["setting.name", "mentored.name"]
    search_columns = ["focus"]
    filter_columns = ["attachment_aware_place_id"]
    order_columns = ["starts_on"]
    base_order = ("starts_on", "desc")
    show_columns = ["setting.name", "mentored.name", "focus", "starts_on", "ends_on", "came_of_it"]
    empty_words = "No school mentors another yet. One that graduated can."
    add_parent = AwarePlace
    add_form = MentoringAnswers
    add_action = staticmethod(mentoring.begin_mentoring)
    add_words = "Mentor another school"
    edit_form = MentoringAnswers
    answers_of = staticmethod(mentoring.answers_of_mentoring)
    edit_action = staticmethod(mentoring.change_mentoring)
    remove_action = staticmethod(mentoring.remove_mentoring)
