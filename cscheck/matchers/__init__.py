"""Rule kinds, one a file: ``FIELDS`` it reads, ``read`` its spec, ``acts_used``, ``detectors``, ``find`` outcomes."""

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
