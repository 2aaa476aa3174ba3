"""The yardstick: every feature of XLSForm that the specification workbook of pyxform's own suite goes through.

That workbook ("xlsform_spec_test.xlsx") came with pyxform up to version 1.0.0 and not since, without saying under which
licence, so it is not repeated here; it is read whole. This one is drawn up by hand from the list of what it asks: the
same types in the same order, the same expressions, three languages, names that are no names here ("FALSE", "_1",
"label-test"), a repeat with groups in it, and settings. Words are our own.
"""

from __future__ import annotations

from tests.cmcore.exchange.xlsform.made_workbooks import Rows, workbook

COLUMNS = (
    *("type", "name", "label::english", "label::chinese", "label", "hint", "hint::chinese", "constraint"),
    *("constraint_message::english", "constraint_message::chinese", "required", "required_message", "relevant"),
    *("appearance", "calculation", "repeat_count", "media::image", "media::image::english", "media::audio"),
    *("media::audio::chinese", "media::video", "body::rows", "noAppErrorString", "autoplay"),
)

EMAIL = "regex(${address}, '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,4}')"


def _row(kind: str, name: str = "", label: str = "", **more: str) -> list[str]:
    told = {"type": kind, "name": name, "label::english": label} | {
        key.replace("__", "::"): value for key, value in more.items()
    }
    return [told.get(column, "") for column in COLUMNS]


SURVEY: Rows = [
    COLUMNS,
    _row("select_one yes_no", "skip_to_end", "Skip to the end?", label__chinese="跳到最后？"),
    _row("begin group", "everything", relevant="not(selected(${skip_to_end}, 'yes'))"),
    _row("text", "my_name", "Enter your name", body__rows="12"),
    _row("note", "invalid_variable", "Your name is ${my_name}", hint="Try another name"),
    _row("text", "address", "Enter an address", label__chinese="您好", hint__chinese="ni hao"),
    _row("note", "email_note", "You entered an e-mail address", relevant=EMAIL),
    _row("note", "number_label", "1", hint="a note"),
    _row(
        "text",
        "text_image_audio_video_test",
        "Words, a picture, a sound and a film",
        label__chinese="您好",
        hint="All kinds of media in several languages.",
        media__image="img_test.jpg",
        media__image__english="img_test_2.jpg",
        media__audio="audio_test.wav",
        media__audio__chinese="chinese_audio.wav",
        media__video="test.mov",
        autoplay="audio",
    ),
    _row("note", "display_image_test", media__image="img_test.jpg"),
    _row("select_one yes_no", "autocomplete_test", "Autocomplete", appearance="autocomplete"),
    _row("select_one yes_no", "autocomplete_chars_test", "Autocomplete by letters", appearance="autocomplete_chars"),
    _row("integer", "a_integer", "A whole number"),
    _row("decimal", "a_decimal", "A number that is not above it", constraint=". <= ${a_integer}"),
    _row("begin repeat", "repeat_test", "Repeated", repeat_count="2"),
    _row("begin group", "group_test", appearance="field-list"),
    _row("text", "required_text", "Must be answered", required="yes", required_message="Custom required message."),
    _row(
        "select_multiple yes_no",
        "select_multiple_test",
        "Choose any",
        appearance="minimal",
        required="no",
        constraint="not(selected(., 'yes') and selected (., 'no'))",
        constraint_message__english="Sorry ${my_name}, you can't select yes and no.",
        constraint_message__chinese="對不起 ${my_name}，你可以不選擇“是”和“否”。",
    ),
    _row("end group"),
    _row("begin group", "labeled_select_group", "A group of choices", appearance="field-list"),
    _row("select_one yes_no", "label-test", "Words above", appearance="label"),
    _row("select_one yes_no", "list-nolabel-test", "No words above", appearance="list-nolabel", required="yes"),
    _row("end group"),
    _row("begin group", "name", appearance="table-list"),
    _row("select_one yes_no", "table_list_question", "In a table", hint="hint"),
    _row("end group"),
    _row("select_one a_b", "compact-test", "Close together", appearance="compact"),
    _row("select_one a_b", "compact-2-test", "Two abreast", appearance="compact-2"),
    _row("end repeat"),
    _row("acknowledge", "acknowledge_test", "Read and understood"),
    _row("date", "date_test", "A day"),
    _row("time", "time_test", "A time"),
    _row("dateTime", "datetime_test", "A day and a time"),
    _row("geopoint", "geopoint_test", "A place"),
    _row("barcode", "barcode_test", "A code"),
    _row("image", "image_test", "A picture"),
    _row("audio", "audio_test", "A sound"),
    _row("video", "video_test", "A film"),
    _row("note", "note_test", "A note"),
    _row("calculate", "calculate_test", calculation="2+2"),
    _row("note", "calculate_test_output", "${calculate_test}"),
    _row("start", "start"),
    _row("note", "start_test_output", "Started: ${start}"),
    _row("end", "end"),
    _row("note", "end_test_output", "Ended: ${end}"),
    _row("today", "today"),
    _row("note", "today_test_output", "Today is ${today}"),
    _row("deviceid", "deviceid"),
    _row("note", "deviceid_test_output", "Device: ${deviceid}"),
    _row("phonenumber", "phonenumber"),
    _row("note", "phonenumber_test_output", "Telephone: ${phonenumber}"),
    _row("text", "_1", "A name that begins with _"),
    _row("text", "FALSE", "A name that looks like no"),
    _row("end group"),
    _row(
        "integer",
        "launch",
        "Another app would answer this",
        appearance="ex:org.thirdparty.app.ActivityName",
        noAppErrorString="Sorry, the app is not there.",
    ),
]

CHOICES: Rows = [
    ("list_name", "name", "label", "label::chinese", "media::image"),
    ("yes_no", "yes", "Yes", "是", ""),
    ("yes_no", "no", "No", "没有", ""),
    ("a_b", "a", "", "", "a.jpg"),
    ("a_b", "b", "", "", "b.jpg"),
]

SETTINGS: Rows = [
    ("form_title", "form_id", "instance_name", "submission_url", "default_language"),
    ("Spec test", "Spec test", "${my_name}", "https://example.org/submission", "english"),
]


def yardstick() -> bytes:
    """The workbook."""
    return workbook(survey=SURVEY, choices=CHOICES, settings=SETTINGS)
