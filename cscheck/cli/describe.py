"""Say in words what a rule or an act looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cscheck.act import Act, Examples
from cscheck.detector import Condition, Detector
from cscheck.language import BUILTINS, CHANNELS, DUE, ROLES, SCENES, current, say, term
from cscheck.matchers import facts, form, must_not, owed, promised_time, record, timing
from cscheck.matchers.trigger import Trigger
from cscheck.pack import RuleSet
from cscheck.rule import Rule

_MEASURES = {
    "first-reply": ("首次响应：客户第一句到客服第一句", "first reply: customer's first turn to the agent's first"),
    "gap": ("等待：客户说完到客服下一句", "gap: from the customer's turn to the agent's next"),
    "act": ("从触发的话到应有的话", "from what calls for it to what is owed"),
    "overlap": ("抢话：客户还没说完，客服就开口了多久", "overlap: how long before the customer's end the agent begins"),
}
_FORMS = {
    "marks-in-a-row": ("连用标点", "marks in a row"),
    "marks-in-all": ("整句里的标点", "marks in the whole turn"),
    "capitals": ("全大写的单词", "words in capitals"),
    "length": ("整条消息的字数", "characters in the message"),
    "sentence-length": ("一句话的字数", "characters in one sentence"),
    "unstructured": ("不分点、不换行的句数", "sentences without points or line breaks"),
}
_PLACES = {
    "opening": ("开头两句里", "in the first two turns"),
    "first-turn": ("第一句里", "in the first turn"),
    "closing": ("最后两句里", "in the last two turns"),
}


_MARKED = re.compile(r"<<(.*?)>>", re.DOTALL)


def looks_for(rule: Rule, acts: Mapping[str, Act]) -> Iterator[str]:
    """Give what a rule looks for, line by line; the words by its examples, as people read them."""
    spec = rule.spec
    if rule.channels:
        yield say("渠道：", "channels: ") + _list(term(CHANNELS, name) for name in rule.channels)
    if rule.scenes:
        yield say("场景：", "scenes: ") + _list(term(SCENES, name) for name in rule.scenes)
    if isinstance(spec, must_not.Spec):
        yield say("不该说，说的人：", "must not be said by: ") + _list(term(ROLES, role) for role in spec.roles)
        if spec.acts:
            yield say("行为：", "acts: ") + _titles(spec.acts, acts)
        if spec.detector:
            yield from around(spec.detector)
            yield from heard_like(rule.examples)
    elif isinstance(spec, owed.Spec):
        yield from _owed(spec, acts)
    elif isinstance(spec, timing.Spec):
        yield say(*_MEASURES[spec.measure])
        for channel, limit in spec.limits.items():
            name = say("其他渠道", "otherwise") if channel == "any" else term(CHANNELS, channel)
            yield say(f"{name}：{limit:g} 秒", f"{name}: {limit:g} s")
    elif isinstance(spec, form.Spec):
        marks = f" {spec.marks}" if spec.marks else ""
        yield say(*_FORMS[spec.form]) + marks + say(f"，{spec.least} 个起", f", {spec.least} or more")
    elif isinstance(spec, record.Spec):
        yield say(f"记录里的 {spec.field}", f"the record's {spec.field}") + (
            say(f"，最多 {spec.most:g}", f", at most {spec.most:g}")
            if spec.most is not None
            else say("，不能是：", ", must not be: ") + _list(spec.refused)
        )
    elif isinstance(spec, promised_time.Spec):
        yield say("行为：", "acts: ") + _titles(spec.acts, acts)
        for scene, most in spec.most.items():
            name = say("其他场景", "otherwise") if scene == "any" else term(SCENES, scene)
            yield say(f"{name}：时限不超过 {most:g} 秒", f"{name}: a limit of at most {most:g} s")
    elif isinstance(spec, facts.Spec):
        yield say("复述时说错了客户给的：", "put back wrongly: ") + _list(sorted(spec.kinds))


def around(detector: Detector) -> Iterator[str]:
    """Give where a detector looks, and what it asks for beside its patterns."""
    if detector.place in _PLACES:
        yield say(*_PLACES[detector.place])
    if detector.builtins:
        yield say("内置识别：", "built in: ") + _list(term(BUILTINS, name) for name in detector.builtins)
    if detector.learned:
        yield say("句式之外由模型判断，见“学自”", "beyond patterns judged by a model, see “learned from”")
    if detector.doubted_by:
        yield say("模型几乎肯定不是的不算，见“学自”", "not what a model is almost sure is none, see “learned from”")
    if detector.needs:
        yield say("还要有：", "and needs: ") + _list(need.title or need.name for need in detector.needs)


def heard_like(examples: Examples) -> Iterator[str]:
    """Give the words that the bad examples mark: what is found, in people's own words."""
    marked = dict.fromkeys(
        words for text in examples.bad for words in (_MARKED.findall(text) or [text] * ("\n" not in text))
    )
    if marked:
        yield say("像这样的话：", "words like: ") + say("／", " / ").join(marked)


def learned_from(detector: Detector, ruleset: RuleSet) -> Iterator[str]:
    """Give the card of what a detector was learned from."""
    name = detector.learned or detector.doubted_by
    model = ruleset.models.get(name)
    if model is None:
        return
    card, label = model.card, model.labels[name]
    figures = card.get("labels", {}).get(name, {})
    texts, clean, day = (card.get(key, "?") for key in ("texts", "clean", "date"))
    files = len(card.get("files", ()))
    yield say(
        f"{texts} 句标注过的话（{clean} 句一个标签也没有），{files} 位写的人，{day}",
        f"{texts} labelled texts ({clean} without any label), {files} writers, {day}",
    )
    shares = [figures.get(key) for key in ("precision", "recall")]
    known = [f"{share:.2f}" if isinstance(share, float) else "?" for share in shares]
    count = figures.get("positives", "?")
    yield say(
        f"其中这一类 {count} 句；在没见过的文件上，精确率 {known[0]}，召回率 {known[1]}",
        f"{count} with this label; on files not seen, precision {known[0]}, recall {known[1]}",
    )
    if detector.learned and label.is_silent:
        yield say("例子不够或定不准，现在不判", "too few or too unsure: silent for now")
    elif detector.learned:
        yield say(f"把握到 {label.threshold:.0%} 才算", f"counts from {label.threshold:.0%} on")
    if detector.doubted_by:
        yield say(f"把握不到 {label.floor:.1%}，句式命中了也不算", f"below {label.floor:.1%} no pattern counts")
    yield say("模型：", "model: ") + model.path


def patterns(detector: Detector) -> Iterator[str]:
    """Give a detector's patterns and conditions as its file states them."""
    for entry in detector.entries:
        needs = _list(_named(condition) for condition in entry.needs)
        yield f"  {entry.pattern.source}" + (say(f"   （要有：{needs}）", f"   (with: {needs})") if needs else "")
        for guard in entry.guards:
            yield "    " + say("放过：", "lets pass: ") + _named(guard)
    for need in detector.needs:
        yield say("还要有：", "and needs: ") + _named(need)
    for guard in detector.guards:
        yield say("放过：", "lets pass: ") + _named(guard)


def lets_pass(detector: Detector) -> Iterator[str]:
    """Give what a detector lets pass on purpose: its guards, and those of single patterns."""
    guards = [*detector.guards, *(guard for entry in detector.entries for guard in entry.guards)]
    if guards:
        yield say("；", "; ").join(dict.fromkeys(guard.title or guard.name for guard in guards))


def _owed(spec: owed.Spec, acts: Mapping[str, Act]) -> Iterator[str]:
    trigger = spec.trigger
    if isinstance(trigger, Trigger):
        scenes = _list(term(SCENES, scene) for scene in trigger.scenes)
        what = say("，或", ", or ").join(part for part in (_titles(trigger.acts, acts), scenes) if part)
        yield say(f"何时：{term(ROLES, trigger.by)}——{what}", f"when: {term(ROLES, trigger.by)} — {what}")
    else:
        is_opening = trigger == "opening"
        yield say("何时：对话开始", "when: it opens") if is_opening else say("何时：对话结束", "when: it ends")
    yield say("应有：", "owed: ") + _titles(spec.owes, acts)
    first = _titles(spec.before, acts)
    due = say(f"做这些之前：{first}", f"before any of: {first}") if spec.before else term(DUE, spec.due)
    yield say("期限：", "by: ") + due
    if spec.unless:
        yield say("除非已有：", "unless: ") + _titles(spec.unless, acts)


def _named(condition: Condition) -> str:
    words = _list([*(pattern.source for pattern in condition.patterns), *condition.acts])
    title = condition.title or condition.name
    text = say(f"{title}（{words}）", f"{title} ({words})") if words else title
    return text if len(text) <= 120 else text[:118] + "……"


def _titles(names: Iterable[str], acts: Mapping[str, Act]) -> str:
    return _list((acts[name].title_en if current() == "en" else acts[name].title) for name in names)


def _list(words: Iterable[str]) -> str:
    return say("、", ", ").join(words)
