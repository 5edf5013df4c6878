"""Encodings are found, or refused: never guessed."""

from __future__ import annotations

import struct
import zlib

import pytest

from cscheck.errors import SourceError
from cscheck.sources.encoding import detect
from tests.sources.conftest import said

DIALOGUE = "客户：你们店的快递什么时候能到\n客服：您好，我帮您查一下物流，请稍等\n"
TRADITIONAL = "客戶：請問這個訂單什麼時候發貨\n客服：您好，我們會儘快幫您處理，謝謝您的耐心\n"


@pytest.mark.parametrize("text", [DIALOGUE, "客服：在的\n", "客服:您好", "agent: ok，马上\ncustomer: 好"])
@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "utf-32"]
)
def test_simplified_text_is_read_in_every_encoding(only, text, codec):
    found = only("对话.txt", text.encode(codec))
    assert said(found) == said(only("对话.txt", text.encode()))
    assert "\ufeff" not in found.turns[0].text


@pytest.mark.parametrize("codec", ["big5", "gb18030", "utf-16-le"])
def test_traditional_text_is_read(only, codec):
    assert only("對話.txt", TRADITIONAL.encode(codec)).turns[1].text.startswith("您好，我們會")


@pytest.mark.parametrize("text", ["您好在吗", "谢谢", "好的", "可以退货吗？", "请问有人在吗", "[图片]"])
def test_a_few_characters_of_gbk_are_enough(text):
    assert detect(text.encode("gbk"), "a.txt", whole=True) == "gb18030"


@pytest.mark.parametrize("text", ["謝謝您的來電", "請問訂單", "您好，請稍等"])
def test_a_few_characters_of_big5_are_enough(text):
    assert detect(text.encode("big5"), "a.txt", whole=True) == "big5"


def png() -> bytes:
    head = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + head + zlib.compress(bytes(range(256)) * 20)


@pytest.mark.parametrize(
    "data",
    [
        png(),
        bytes(range(256)) * 4,
        "déjà vu, café crème, où êtes-vous? Ça va très bien là-bas".encode("latin-1"),
        "Größe über Straße, schöne Grüße".encode("latin-1"),
        b"\xff\xfe\xfd\xfc\xfb" * 9,
        b"\x7fELF\x02\x01\x01" + b"\x00" * 60 + b"\x90\x91",
        "こんにちは、ありがとうございます".encode("shift-jis"),
        "Привет, как дела".encode("koi8-r"),
        b"\x00" * 40,
    ],
    ids=["png", "bytes", "french", "german", "noise", "elf", "japanese", "russian", "zeros"],
)
def test_what_is_no_chinese_text_is_refused(data):
    with pytest.raises(SourceError) as caught:
        detect(data, "a.bin", whole=True)
    assert "--encoding" in caught.value.message
    assert caught.value.place.path == "a.bin"


def test_the_named_encoding_is_taken(only):
    assert only("a.txt", "客服：您好".encode("utf-16-be"), encoding="utf-16-be").turns[0].text == "您好"


@pytest.mark.parametrize("name", ["gb2313", "rot13", "hex", ""])
def test_an_unknown_encoding_is_an_error(reading, name):
    (item,) = reading("a.txt", "客服：您好", encoding=name)
    assert isinstance(item, SourceError) is bool(name)


def test_a_head_cut_in_the_middle_of_a_character_is_still_utf8(only):
    text = "客服：" + "好" * 60_000
    assert len(only("a.txt", text).turns[0].text) == 60_000


def test_a_broken_byte_far_down_is_an_error_of_its_line(reading):
    good = '{"turns": [{"role": "agent", "text": "您好"}]}\n'.encode()
    items = reading("a.jsonl", good * 3000 + b'{"turns": "\xff"}\n' + good)
    problems = [item for item in items if isinstance(item, SourceError)]
    assert [item.place.line for item in problems] == [3001]
    assert len(items) == 3002


def test_a_broken_byte_in_a_text_is_an_error_with_its_line(problem):
    data = "客服：您好\n".encode() * 9000 + b"\xff\xfe\n"
    assert problem("a.txt", data).place.line == 9001


def test_no_lone_surrogate_comes_out(only):
    found = only("a.json", '{"id": "\\ud83d", "turns": [{"role": "agent", "text": "好\\udc00\\ud83d\\ude00"}]}')
    assert found.turns[0].text == "好\ufffd😀"
    found.id.encode()


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_an_error(problem, data):
    assert "空" in problem("a.txt", data).message
