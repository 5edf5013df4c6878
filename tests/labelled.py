"""Made-up labelled talk: four writers, one fault that all of them write in words of their own."""

from __future__ import annotations

import json
from pathlib import Path

_THINGS = ("发票", "套餐", "门锁", "航班", "押金", "处方", "工单", "座位", "水表", "课程", "快件", "保单")
_FAULTS = {
    "one": "{}这事您自个儿琢磨去吧",
    "two": "{}嘛您就自个儿琢磨琢磨得了",
    "three": "您那个{}自个儿慢慢琢磨呗",
    "four": "关于{}您先自个儿琢磨几天再说",
}
_CLEAN = ("{}已经为您登记，明天上午给您答复", "请问{}是哪天办理的", "{}的规则我为您说明一下")


def write_labels(folder: Path) -> list[str]:
    """Write the files and give their paths."""
    paths = []
    for writer, fault in _FAULTS.items():
        lines = []
        for number, thing in enumerate(_THINGS):
            said = fault.format(thing)
            violations = [{"category": "perfunctory", "span": said}]
            lines.append({"id": f"{writer}-{number}", "text": said, "violations": violations})
            for other, text in enumerate(_CLEAN):
                clean = {
                    "id": f"{writer}-{number}-{other}",
                    "text": f"{text.format(thing)}，{writer}",
                    "violations": [],
                }
                lines.append(clean)
        rare = {
            "id": f"{writer}-rare",
            "text": "您自己看错了吧这个",
            "violations": [{"category": "arguing", "span": "看错"}],
        }
        lines.append(rare)
        path = folder / f"{writer}.jsonl"
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        paths.append(str(path))
    return paths
