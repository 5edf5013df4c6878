"""``cscheck evaluate``: formats, gates, bad input, hostile text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cscheck.cli.exits import Exit
from cscheck.display import width
from tests.cli.conftest import Run, document
from tests.evaluation.conftest import ACTS, CONVERSATIONS, UTTERANCES, jsonl

HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=y>不知道\u202e\x1b[31m\x00</p>"


@pytest.fixture
def labels(folder: Path) -> str:
    jsonl(folder / "labels.jsonl", [*UTTERANCES, *CONVERSATIONS])
    return "labels.jsonl"


class Page(HTMLParser):
    """Reads a page: its tags with their attributes, and the marked words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marked: list[str] = []
        self._in_mark = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_mark = tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = False

    def handle_data(self, data: str) -> None:
        if self._in_mark:
            self.marked.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_table_has_the_figures(cscheck: Run, labels: str) -> None:
    result = cscheck("evaluate", labels)
    assert result.exit_code == Exit.CLEAN
    assert result.stderr == ""
    cells = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if line.startswith("  ")}
    # Right: u1 and c1. False: u2 and u6. Missed: u3.
    assert cells["禁用否定"][:5] == ["3", "2", "2", "1", "0.500"]
    assert cells["结束致谢"] == ["1", "0", "0", "1", "—", "0.000", "[0.00,", "0.79]", "—"]
    assert "mini/negative/not-knowing   2     2     1   0.500" in result.stdout
    assert "没有问题的句子里，被误报的      1/3 = 0.333" in result.stdout
    assert "过度承诺  禁用否定     1" in result.stdout
    assert "不一致" not in result.stdout


@pytest.mark.parametrize("columns", [50, 60, 80, 120])
def test_columns_stand_under_each_other_and_fit(cscheck: Run, labels: str, columns: int) -> None:
    lines = cscheck("evaluate", labels, "--width", str(columns), "--errors").stdout.splitlines()
    assert max(map(width, lines)) <= columns
    start = next(number for number, line in enumerate(lines) if line.startswith("  类别"))
    ends = {width(line) for line in lines[start : start + 5]}
    assert len(ends) == 1
    assert ("95%" in lines[start]) == (columns >= 100)


def test_errors_lists_every_disagreement_with_its_words_marked(cscheck: Run, labels: str) -> None:
    text = cscheck("evaluate", labels, "--errors").stdout
    assert "不一致的 6 处" in text
    assert "    客服  我不知道您方便吗\n            ^^^^^^\n    mini/negative/not-knowing" in text
    assert "  漏报  禁用否定  u3\n    客服  这个我们办不了\n                  ^^^^^^\n" in text
    assert "  漏报  结束致谢  c2  整段对话\n" in text


def test_json_has_the_contract(cscheck: Run, labels: str) -> None:
    found = document(cscheck("evaluate", labels, "--format", "json"))
    assert found["schema"] == "cscheck-evaluation/1"
    assert found["items"] == {"all": 8, "utterances": 6, "conversations": 2}
    said, missing = found["groups"]
    assert (said["group"], missing["group"]) == ("said", "missing")
    (negative,) = [row for row in said["categories"] if row["category"] == "forbidden-negative"]
    low, high = negative.pop("precision_interval")
    assert (low, high) == (pytest.approx(0.15, abs=0.001), pytest.approx(0.85, abs=0.001))
    assert {key: negative[key] for key in ("labelled", "right", "false", "missed", "precision")} == {
        "labelled": 3,
        "right": 2,
        "false": 2,
        "missed": 1,
        "precision": 0.5,
    }
    assert found["clean_false_alarms"]["hits"] == 1
    first = found["disagreements"][0]
    assert (first["kind"], first["id"], first["line"], first["turn"]) == ("false", "u2", 2, 0)
    assert first["found"][0]["rule"] == "mini/negative/not-knowing"
    assert first["found"][0]["text"] == "不知道"
    assert found["agreement"] is None
    assert found["errors"] == []


def test_acts_have_their_own_table(cscheck: Run, folder: Path) -> None:
    jsonl(folder / "acts.jsonl", ACTS)
    found = document(cscheck("evaluate", "acts.jsonl", "--format", "json"))
    (acts,) = found["groups"]
    assert acts["group"] == "acts"
    assert [row["category"] for row in acts["categories"]] == ["greeting"]
    assert "问候" in cscheck("evaluate", "acts.jsonl").stdout


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--min-precision", "0.33"], Exit.CLEAN, ""),
        (["--min-precision", "0.34"], Exit.FINDINGS, "精确率 0.333，低于 0.34"),
        (["--min-recall", "0.4"], Exit.FINDINGS, "召回率 0.333，低于 0.4"),
        (["--min-recall", "33"], Exit.FAILED, "--min-recall 的值不对"),
    ],
)
def test_gates(cscheck: Run, folder: Path, options: list[str], code: Exit, said: str) -> None:
    jsonl(folder / "labels.jsonl", UTTERANCES)
    result = cscheck("evaluate", "labels.jsonl", *options)
    assert result.exit_code == code
    assert said in result.stderr


def test_a_total_that_is_not_defined_is_not_below(cscheck: Run, folder: Path) -> None:
    jsonl(folder / "labels.jsonl", [UTTERANCES[4]])
    result = cscheck("evaluate", "labels.jsonl", "--min-precision", "1", "--min-recall", "1")
    assert result.exit_code == Exit.CLEAN


def test_a_bad_line_gives_2_and_the_figures_of_the_rest(cscheck: Run, folder: Path) -> None:
    jsonl(folder / "labels.jsonl", [UTTERANCES[0], {"id": "bad", "text": "好"}, UTTERANCES[2]])
    result = cscheck("evaluate", "labels.jsonl")
    assert result.exit_code == Exit.FAILED
    assert result.stderr.startswith("labels.jsonl:2: 没有标注")
    assert "标注了 2 句话" in result.stdout
    found = document(cscheck("evaluate", "labels.jsonl", "--format", "json"))
    assert [(error["path"], error["line"]) for error in found["errors"]] == [("labels.jsonl", 2)]


def test_no_file(cscheck: Run) -> None:
    result = cscheck("evaluate", "nothing.jsonl", "no*.csv")
    assert result.exit_code == Exit.FAILED
    assert "nothing.jsonl: 找不到这个文件。" in result.stderr
    assert "no*.csv" in result.stderr


def test_a_second_reviewer(cscheck: Run, folder: Path) -> None:
    jsonl(folder / "one.jsonl", UTTERANCES)
    other = [{**UTTERANCES[0], "violations": [], "note": "算陈述"}, *UTTERANCES[1:5], {**UTTERANCES[0], "id": "u9"}]
    jsonl(folder / "two.jsonl", other)
    found = document(cscheck("evaluate", "one.jsonl", "--against", "two.jsonl", "--format", "json"))["agreement"]
    assert (found["items"], found["only_first"], found["only_second"]) == (5, ["u6"], ["u9"])
    # u3 both, u1 the first alone: observed 4/5, by chance 2/5 · 1/5 + 3/5 · 4/5.
    assert found["pooled"]["reviewers"]["kappa"] == pytest.approx((0.8 - 0.56) / 0.44)
    assert [(one["id"], one["marked_by"], one["notes"]) for one in found["differences"]] == [("u1", 1, ["", "算陈述"])]
    text = cscheck("evaluate", "one.jsonl", "--against", "two.jsonl", "--errors").stdout
    assert "两份都有的 5 项；只在第一份里 1 项；只在第二份里 1 项" in text
    assert "只有标注者 1  禁用否定  u1" in text
    assert "标注者 2：算陈述" in text


def test_nothing_in_common_still_gives_the_figures(cscheck: Run, folder: Path) -> None:
    jsonl(folder / "one.jsonl", UTTERANCES[:2])
    jsonl(folder / "two.jsonl", UTTERANCES[2:])
    result = cscheck("evaluate", "one.jsonl", "--against", "two.jsonl")
    assert result.exit_code == Exit.CLEAN
    assert "两份都有的 0 项" in result.stdout


def test_the_page_stands_alone_and_marks_the_words(cscheck: Run, labels: str, folder: Path) -> None:
    result = cscheck("evaluate", labels, "--format", "html", "--output", "page.html")
    assert result.stdout == ""
    text = (folder / "page.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.all("html") == [{"lang": "zh-CN"}]
    assert not [value for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href")]
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src 'none'" in str(page.all("meta"))
    assert "prefers-color-scheme:dark" in text
    assert page.marked == ["不知道", "办不了", "不知道", "明天准到"]
    categories = {article["data-category"] for article in page.all("article")}
    assert {option["value"] for option in page.all("option")} == {"", "false", "missed", *categories}
    assert len(page.all("article")) == 6


def test_hostile_text_stays_text(cscheck: Run, folder: Path) -> None:
    hostile = {"id": HOSTILE, "text": HOSTILE, "violations": [], "note": HOSTILE}
    jsonl(folder / "labels.jsonl", [hostile])
    jsonl(folder / "other.jsonl", [{**hostile, "violations": [{"category": "vague"}]}])
    text = cscheck("evaluate", "labels.jsonl", "--against", "other.jsonl", "--format", "html").stdout
    page = Page(text)
    assert len(page.all("script")) == 1
    assert page.all("img") == []
    assert not re.search("[\u202e\x1b\x00]", text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;" in text
    assert page.marked == ["不知道"]
    table = cscheck("evaluate", "labels.jsonl", "--errors").stdout
    assert not re.search("[\u202e\x1b\x00]", table)


def test_hostile_ids_and_words_survive_json(cscheck: Run, folder: Path) -> None:
    jsonl(folder / "labels.jsonl", [{"id": HOSTILE, "text": HOSTILE, "violations": []}])
    result = cscheck("evaluate", "labels.jsonl", "--format", "json")
    assert json.loads(result.stdout)["disagreements"][0]["text"] == HOSTILE


def test_english(cscheck: Run, labels: str) -> None:
    table = cscheck("evaluate", labels, "--lang", "en").stdout
    assert "6 utterances and 2 conversations labelled" in table
    assert "forbidden negative" in table
    page = cscheck("evaluate", labels, "--lang", "en", "--format", "html").stdout
    assert '<html lang="en">' in page
    assert "Disagreements" in page


def test_a_category_of_ones_own_is_judged_where_labels_name_it(cscheck: Run, folder: Path, pack: Path) -> None:
    rule = pack / "rules" / "negative" / "not-knowing.yaml"
    rule.write_text(rule.read_text("utf-8").replace("category: forbidden-negative", "category: ignorance"), "utf-8")
    label = {**UTTERANCES[0], "violations": [{"category": "ignorance", "span": "不知道"}]}
    jsonl(folder / "named.jsonl", [label, UTTERANCES[1]])
    (said,) = document(cscheck("evaluate", "named.jsonl", "--format", "json"))["groups"]
    assert [(row["category"], row["right"], row["false"]) for row in said["categories"]] == [("ignorance", 1, 1)]
    jsonl(folder / "unnamed.jsonl", [UTTERANCES[1]])
    (said,) = document(cscheck("evaluate", "unnamed.jsonl", "--format", "json"))["groups"]
    assert said["categories"] == []


def test_a_folder_stands_for_the_label_files_below(cscheck: Run, folder: Path, labels: str) -> None:
    whole = cscheck("evaluate", labels).stdout
    (folder / "all" / "below").mkdir(parents=True)
    (folder / labels).rename(folder / "all" / "below" / labels)
    assert cscheck("evaluate", "all").stdout == whole
