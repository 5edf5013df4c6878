"""Rule kinds, one a file.

``FIELDS`` it reads, ``read`` its spec, ``acts_used``, ``detectors``; ``find`` gives its outcomes, and ``causes`` names
the detectors without which it says of a conversation just what it says of one in which nothing is said.
``JUDGES_TURNS`` tells whether it judges each turn by itself, so that none needs to be judged twice.
"""

from cscheck.matchers import facts, form, must_not, owed, promised_time, record, timing

KINDS = {
    "must-not": must_not,
    "owed": owed,
    "form": form,
    "timing": timing,
    "restated-facts": facts,
    "promised-time": promised_time,
    "record": record,
}
