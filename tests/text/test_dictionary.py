"""Words, their ends and parts of speech are jieba's own, without jieba; a cache that is not right is made anew."""

from __future__ import annotations

import json
import logging
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from cscheck import cache
from cscheck.text import dictionary, segment
from cscheck.text.segment import PARTS_OF_SPEECH, Segmenter

ROOT = Path(__file__).parent.parent.parent
LABELS = sorted((ROOT / "labels").rglob("*.jsonl"))
OTHERS = (
    *"abzAZ059",
    *"+#&._%-",
    *"，。！？、…“”《》·￥",
    *" \t\n\u3000\u200b\x1f\u2028",
    *"龘鿕鿖㐀𠀀々〇〆γêぁ한",
    *"🙂👍🏽\ufe0f\u200d",
    *"\ud83d\udc4d\udfff",
    *("\r\n", "C++", "c#", "AT&T", "T恤", "wifi", "iPhone15", "3.14", "99%", "400-800-8888", "a_b.c", "γ射线"),
)
ADDED = [
    ["星云白条"],
    ["退款保障险", "退款保障", "保障险种"],
    ["保障险种", "退款保障", "退款保障险"],
    ["不知道", "的", "我们", "一"],
    ["我", "我", "我的我"],
    ["5g畅享套餐", "iphone15pro", "x", "a座b"],
    ["a/b类", "极速退·款", " 前后 ", "星\r\n云"],
    ["𠀀字", "龘龘龘", "鿖", "\ud83d坏"],
    ["您好您好您好您好您好您好您好您好您好您好您好您好您好您好"],
]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Any:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    tokenizer.initialize()
    return tokenizer


@pytest.fixture(scope="module")
def tagger(reference: Any) -> Any:
    import jieba.posseg

    return jieba.posseg.POSTokenizer(reference)


@pytest.fixture(scope="module")
def mixed(reference: Any) -> list[str]:
    """Texts of the dictionary's own words among everything else."""
    choose = random.Random(2026)
    words = list(reference.FREQ)
    common = sorted(words, key=lambda word: -reference.FREQ[word])[:3000]
    texts = ["", *OTHERS]
    for _ in range(6000):
        pools = choose.choices((words, common, OTHERS), (3, 4, 2), k=choose.randint(1, 14))
        texts.append("".join(choose.choice(pool) for pool in pools))
    return texts


@pytest.fixture(scope="module")
def labelled() -> list[str]:
    lines = (line for file in LABELS for line in file.read_text(encoding="utf-8").split("\n") if line)
    return sorted({text for line in lines for text in _texts(json.loads(line))})


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def cut(tokenizer: Any, text: str) -> list[str]:
    return list(tokenizer.cut(text, HMM=False))


def test_words_of_mixed_text_are_jiebas(reference: Any, mixed: list[str]) -> None:
    segmenter = Segmenter()
    assert [text for text in mixed if segmenter.words(text) != cut(reference, text)] == []


def test_words_of_labelled_text_are_jiebas(reference: Any, labelled: list[str]) -> None:
    segmenter = Segmenter()
    assert len(labelled) > 10_000
    assert [text for text in labelled if segmenter.words(text) != cut(reference, text)] == []


def test_a_long_text_is_cut_as_jieba_does(reference: Any, mixed: list[str], labelled: list[str]) -> None:
    for text in ("".join(mixed), "".join(labelled[:2000]), "一" * 5000, "a" * 5000):
        assert Segmenter().words(text) == cut(reference, text)


@pytest.mark.parametrize("source", ["mixed", "labelled"])
def test_words_are_rjiebas_too(request: pytest.FixtureRequest, source: str) -> None:
    rjieba = pytest.importorskip("rjieba")
    segmenter = Segmenter()
    # It refuses halves of surrogate pairs.
    texts = [text for text in request.getfixturevalue(source) if not re.search("[\ud800-\udfff]", text)]
    assert [text for text in texts if segmenter.words(text) != rjieba.cut(text, False)] == []


def test_words_are_aligned_at_jiebas_ends(reference: Any, mixed: list[str]) -> None:
    segmenter = Segmenter()
    for text in ("".join(mixed[place : place + 9]) for place in range(0, 2700, 9)):
        ends = {0, *accumulate(map(len, cut(reference, text)))}
        # Between blocks everything is an end, even where jieba keeps a line break in one piece.
        ends |= {place for place in range(len(text)) if text[place - 1 : place + 1] == "\r\n"}
        found = {place for place in range(len(text) + 1) if segmenter.is_aligned(text, place, place)}
        assert found == ends, text


def test_both_ends_must_lie_on_word_ends() -> None:
    text = "我不知道怎么退款"
    assert Segmenter().words(text) == ["我", "不", "知道", "怎么", "退款"]
    assert Segmenter().is_aligned(text, 1, 4)
    assert not Segmenter().is_aligned(text, 1, 3)
    assert not Segmenter().is_aligned(text, 3, 4)
    assert Segmenter().is_aligned(text, 0, len(text))
    assert Segmenter().is_aligned("", 0, 0)


def test_a_place_deep_in_a_long_block_is_found() -> None:
    for size in (31, 32, 33, 63, 64, 65, 1000):
        text = "，" + "我们" * size + "，我们"
        assert [Segmenter().is_aligned(text, place, place) for place in range(len(text) - 6, len(text) + 1)] == [
            *(False, True, False, True, True, False, True)
        ]


def test_parts_of_speech_are_jiebas(tagger: Any, mixed: list[str], labelled: list[str]) -> None:
    segmenter = Segmenter()
    for text in (*mixed[:2500], *labelled[::20]):
        pairs = [(pair.word, pair.flag) for pair in tagger.cut(text, HMM=False)]
        for kind, prefix in zip(PARTS_OF_SPEECH, "vnadmqr", strict=True):
            expected = list(dict.fromkeys(word for word, flag in pairs if flag.startswith(prefix)))
            assert segmenter.tagged(text, kind) == expected, text


def with_words(reference: Any, words: list[str]) -> Any:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(reference.FREQ), reference.total, True
    for word in words:
        tokenizer.add_word(word)
    return tokenizer


@pytest.mark.parametrize("words", ADDED)
def test_added_words_count_as_in_jieba(reference: Any, words: list[str], labelled: list[str]) -> None:
    tokenizer = with_words(reference, words)
    lexicon = segment._lexicon(tuple(words))
    assert lexicon._total == tokenizer.total
    for part in (word[:end] for word in words for end in range(1, len(word) + 1)):
        assert lexicon._like(part)[part] == tokenizer.FREQ[part], part
    segmenter = Segmenter(words)
    choose = random.Random(7)
    for text in choose.sample(labelled, 400):
        place = choose.randint(0, len(text))
        text = text[:place] + "".join(choose.choices(words, k=2)) + text[place:]
        assert segmenter.words(text) == cut(tokenizer, text)


def test_many_added_words_count_as_in_jieba(reference: Any, labelled: list[str]) -> None:
    choose = random.Random(11)
    words = [text[place : place + choose.randint(1, 6)] for text in labelled[::150] if (place := len(text) // 3)]
    tokenizer, segmenter = with_words(reference, words), Segmenter(words)
    assert [text for text in labelled[::10] if segmenter.words(text) != cut(tokenizer, text)] == []


def test_parts_of_speech_with_added_words_are_jiebas(reference: Any, labelled: list[str]) -> None:
    import jieba.posseg

    words = ["星云白条", "您好", "iphone", "退款保障险"]
    tagger = jieba.posseg.POSTokenizer(with_words(reference, words))
    for text in labelled[::100]:
        text += "，" + "".join(words)
        pairs = [(pair.word, pair.flag) for pair in tagger.cut(text, HMM=False)]
        assert Segmenter(words).tagged(text, "名词") == list(
            dict.fromkeys(word for word, flag in pairs if flag.startswith("n"))
        )


def test_an_added_word_is_its_own_segmenters_alone() -> None:
    text = "我要退款保障险"
    assert Segmenter(["退款保障险"]).words(text)[-1] == "退款保障险"
    assert Segmenter().words(text)[-1] != "退款保障险"
    assert Segmenter(["", "退款保障险"]).words(text) == Segmenter(["退款保障险"]).words(text)


WORDS = "我 100 r\n退款 30 v\n款 9 n\n退 8 v\n要 50 v\n退款保障 4 n\n保障 7 vn\n款保 3 n\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have a small dictionary in place of jieba's and a cache of one's own."""
    path = tmp_path / "dict.txt"
    path.write_text(WORDS, encoding="utf-8")
    monkeypatch.setattr(dictionary, "_installed", lambda: str(path))
    monkeypatch.setenv("CSCHECK_CACHE_DIR", str(tmp_path / "cache"))
    yield tmp_path / "cache"
    forget()


def forget() -> None:
    dictionary.load.cache_clear()
    segment._lexicon.cache_clear()


def words(text: str) -> list[str]:
    """Cut a text as a new process does."""
    forget()
    return Segmenter().words(text)


def kept(folder: Path) -> Path:
    return next(folder.glob(f"dictionary-{dictionary._FORMAT}-*"))


CUT = ["我", "要", "退款保障"]


def test_the_dictionary_is_built_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert words("我要退款保障") == CUT
    monkeypatch.setattr(dictionary, "build", None)
    assert words("我要退款保障") == CUT
    # Installed again, or copied elsewhere: the content is the same.
    path = Path(dictionary._installed())
    os.utime(path, ns=(1, 1))
    assert words("我要退款保障") == CUT
    monkeypatch.setattr(dictionary, "_read", None)
    assert words("我要退款保障") == CUT


def test_a_changed_dictionary_is_built_anew(folder: Path) -> None:
    assert words("我要退款保障") == CUT
    path = Path(dictionary._installed())
    before = path.stat()
    path.write_text(WORDS.replace("退款保障", "要退款保"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert words("我要退款保障") == ["我", "要", "退款", "保障"]


def test_another_format_is_another_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words("我")
    kept(folder).write_bytes(b"of an older cscheck")
    monkeypatch.setattr(dictionary, "_FORMAT", dictionary._FORMAT + 1)
    assert words("我要退款保障") == CUT
    assert kept(folder).stat().st_size > 100


def damage(file: Path, how: str) -> None:
    whole = file.read_bytes()
    if how == "cut short":
        file.write_bytes(whole[:-9])
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "zeros":
        file.write_bytes(bytes(len(whole)))
    elif how == "another head":
        file.write_bytes(whole[:40] + b"\xff" + whole[41:])
    elif how == "another word":
        file.write_bytes(whole.replace("退款保障".encode(), "退款保保".encode()))
    elif how == "another frequency":
        place = whole.rindex("款保障".encode())
        file.write_bytes(whole[: place - 8] + b"\xff\xff\xff" + whole[place - 5 :])
    elif how == "open to others":
        file.chmod(0o666)
    elif how == "a link":
        file.rename(file.with_name("target"))
        file.symlink_to(file.with_name("target"))
    elif how == "gone":
        file.unlink()


DAMAGES = ["cut short", "empty", "zeros", "another head", "another word", "another frequency", "gone"]
DAMAGES += ["open to others", "a link"] if os.name != "nt" else []


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_cache_is_built_anew(folder: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words("我")
    file = kept(folder)
    whole = file.read_bytes()
    damage(file, how)
    assert words("我要退款保障") == CUT
    assert (file.is_symlink(), file.read_bytes()) == (False, whole)
    assert file.stat().st_mode & 0o077 == 0 or os.name == "nt"
    monkeypatch.setattr(dictionary, "build", None)
    assert words("我要退款保障") == CUT


def test_damage_seen_late_changes_nothing(folder: Path) -> None:
    segmenter = Segmenter()
    assert words("我") == ["我"]
    damage(kept(folder), "another word")
    forget()
    assert [segmenter.words("我要"), segmenter.words("退款保障，我")] == [["我", "要"], ["退款保障", "，", "我"]]


def test_a_damaged_note_is_written_anew(folder: Path) -> None:
    words("我")
    note = next(folder.glob("dictionary-of-*"))
    before = note.read_bytes()
    note.write_bytes(before[:-4])
    assert words("我要退款保障") == CUT
    assert note.read_bytes() == before


def test_several_at_once_build_and_all_are_right(folder: Path) -> None:
    def work(_: int) -> list[str]:
        return segment._Lexicon(dictionary.load.__wrapped__(), ()).cut("我要退款保障")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(40))) == [CUT] * 40
    assert sorted(file.name.split("-")[1] for file in folder.iterdir()) == [str(dictionary._FORMAT), "of"]


def test_without_a_cache_it_is_built_for_this_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCHECK_NO_CACHE", "1")
    assert words("我要退款保障") == CUT
    assert not folder.exists()


def test_a_cache_that_cannot_be_written_is_no_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(*_: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(os, "replace", replace)
    assert words("我要退款保障") == CUT
    assert list(folder.iterdir()) == []


def test_what_is_written_is_what_the_head_says(folder: Path) -> None:
    assert words("我") == ["我"]
    payload = cache.read(kept(folder).name)
    assert payload is not None
    found = dictionary.Dictionary(payload, rebuild=lambda: memoryview(b""))
    assert found.total == 100 + 30 + 9 + 8 + 50 + 4 + 7 + 3
    assert found.frequencies("退") == {"退款": 30, "退": 8}
    assert found.frequencies("退款") == {"退款保障": 4, "退款保": 0}
    assert found.frequencies("款") == {"款": 9, "款保": 3}
    for opening in ("保障", "字", "𠀀", "退保", "字字", "\ud800"):
        assert set(found.frequencies(opening)) <= {"保", "保障"}
    assert [found.tag(word) for word in ("保障", "退款保障", "保", "退款保", "字")] == ["vn", "n", "x", "x", "x"]


def test_of_a_word_given_twice_the_last_holds_and_both_count() -> None:
    payload, _ = dictionary.build("甲 1 a\r\n乙 2 b\n甲乙 3\n甲 4 c\n\n".encode())
    found = dictionary.Dictionary(memoryview(payload), rebuild=lambda: memoryview(b""))
    assert (found.total, found.frequencies("甲")) == (10, {"甲": 4, "甲乙": 3})
    assert [found.tag(word) for word in ("甲", "乙", "甲乙")] == ["c", "b", "x"]


def test_jieba_is_not_imported() -> None:
    code = (
        "import sys\nfrom cscheck.text.segment import Segmenter\n"
        "assert 'cscheck.text.dictionary' not in sys.modules\n"
        "segmenter = Segmenter(['星云白条'])\n"
        "print(segmenter.words('我还星云白条'), segmenter.tagged('我要退款', '动词'))\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('jieba', 'platformdirs', 'pkg_resources')])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines() == ["['我', '还', '星云白条'] ['要', '退款']", "[]"]


def test_without_jieba_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match="jieba"):
        dictionary._installed()
