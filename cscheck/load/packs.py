"""Find packs, read them, and resolve what they extend, switch and re-weigh."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cscheck.act import Act, Examples
from cscheck.clause import Clause
from cscheck.conversation import SCENES
from cscheck.detector import Condition
from cscheck.errors import Place, RuleFileError
from cscheck.finding import Severity
from cscheck.learned.model import SUFFIX, LearnedModel, load_model
from cscheck.load.clauses import read_basis, read_clauses
from cscheck.load.detectors import CONDITION_FIELDS, DetectorReader, read_sets
from cscheck.load.files import SEVERITIES, read_act, read_rule
from cscheck.load.places import available as available
from cscheck.load.places import shipped as shipped
from cscheck.pack import PackInfo, RuleSet, SceneCue
from cscheck.patterns.compile import Pattern
from cscheck.patterns.nodes import Literal
from cscheck.rule import Rule
from cscheck.text import traditional
from cscheck.yamlfile import Value, load

_PARTS = ("rules", "acts", "sets", "guards", "clauses", "learned")
_PACK_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PACK_FIELDS = ("id", "version", "title", "extends", "enable", "disable", "severity", "words", "exempt", "scenes")


@dataclass(frozen=True, slots=True)
class Folder:
    """A pack's folder and its ``pack.yaml``, not yet resolved."""

    path: Path
    id: str
    fields: Mapping[str, Value]

    def files(self, part: str) -> list[Path]:
        """Give the YAML files below ``part``, sorted."""
        found = sorted((self.path / part).rglob("*.y*ml"))
        for path in found:
            if path.suffix != ".yaml":
                raise RuleFileError("文件的后缀要写成 .yaml，不然不会读", Place(str(path)))
        return found

    def check_parts(self) -> None:
        """See that no folder is left unread for its name."""
        for path in sorted(self.path.iterdir()):
            if path.is_dir() and path.name not in _PARTS and any(path.rglob("*.y*ml")):
                message = f"不认识“{path.name}”这个文件夹，里面的文件不会读"
                raise RuleFileError(message, Place(str(path)), allowed="、".join(_PARTS))

    def models(self) -> list[LearnedModel]:
        """Read the learned models below ``learned``."""
        return [load_model(path) for path in sorted((self.path / "learned").glob(f"*{SUFFIX}"))]


def load_packs(wanted: Sequence[str | Path] | None = None, *, with_models: bool = True) -> RuleSet:
    """Load packs by name or folder, and what they extend; all shipped ones by default. Raises RuleFileError.

    ``with_models=False`` leaves learned models unread, as training does, which is about to write one.
    """
    return resolve(collect(wanted if wanted is not None else list(available())), with_models=with_models)


def collect(wanted: Iterable[str | Path]) -> list[Folder]:
    """Find packs and what they extend, bases first. Raises RuleFileError."""
    folders: dict[str, Folder] = {}
    for pack in wanted:
        _collect(pack, folders, None)
    return list(folders.values())


def _collect(pack: str | Path, folders: dict[str, Folder], asked_by: Value | None) -> None:
    path = _locate(pack, asked_by)
    value = load(path / "pack.yaml")
    fields = value.fields(PACK_FIELDS, required=("id", "version"))
    name = fields["id"].text()
    if not _PACK_ID.fullmatch(name):
        fields["id"].fail(f"规则包的 id“{name}”不能用", "小写字母、数字和连字符，如 air-service")
    if name in folders:
        if folders[name].path.resolve() != path.resolve():
            fields["id"].fail(f"规则包“{name}”出现了两次：{folders[name].path} 和 {path}")
        return
    if path.resolve().parent == shipped().resolve() and name != path.name:
        fields["id"].fail(f"id 应与文件夹同名：“{path.name}”")
    # Held under its name first, so that packs that extend each other end here; put after its bases for the order.
    folders[name] = Folder(path, name, fields)
    folders[name].check_parts()
    for item in fields["extends"].items() if "extends" in fields else ():
        _collect(item.text(), folders, item)
    folders[name] = folders.pop(name)


def _locate(pack: str | Path, asked_by: Value | None) -> Path:
    known = available()
    base = Path(asked_by.file.path).parent if asked_by else Path()
    # A copy of the shipped packs extends the core beside it, not the one that came with cscheck.
    if asked_by and (base.parent / pack / "pack.yaml").is_file():
        return base.parent / pack
    if str(pack) in known:
        return known[str(pack)]
    path = base / Path(pack)
    if (path / "pack.yaml").is_file():
        return path
    message = f"文件夹“{path}”里没有 pack.yaml，不是规则包" if path.is_dir() else f"找不到规则包“{pack}”"
    allowed = "、".join(known) + "，或含有 pack.yaml 的文件夹"
    if asked_by:
        asked_by.fail(message, allowed)
    raise RuleFileError(message, Place(str(pack)), allowed=allowed)


def resolve(folders: Sequence[Folder], *, with_models: bool = True) -> RuleSet:
    """Read packs that were found. Raises RuleFileError."""
    sets = read_sets([load(file) for file in folder.files("sets")] for folder in folders)
    guards: dict[str, Condition] = {}
    clauses = _all_clauses(folders)
    models = {name: model for folder in folders if with_models for model in folder.models() for name in model.labels}
    reader = DetectorReader(sets, guards, clauses, models if with_models else None, trusted=shipped())
    for folder in folders:
        for file in folder.files("guards"):
            _read_guard(load(file), file.stem, reader, guards)
    acts: dict[str, Act] = {}
    rules: dict[str, Rule] = {}
    for folder in folders:
        for file in folder.files("acts"):
            value = load(file)
            act = read_act(value, file.stem, reader)
            if act.id in acts and act.detector.roles != acts[act.id].detector.roles:
                value.pairs()["by"][1].fail("要和已有的行为一样", "、".join(acts[act.id].detector.roles))
            acts[act.id] = _joined(acts[act.id], act) if act.id in acts else act
        for file in folder.files("rules"):
            name = f"{folder.id}/" + file.relative_to(folder.path / "rules").with_suffix("").as_posix()
            rules[name] = read_rule(load(file), name, reader)
    for folder in folders:
        _switch(folder, rules)
    _check_acts(acts, rules)
    return RuleSet(
        packs=tuple(_info(folder) for folder in folders),
        acts=acts,
        rules=rules,
        guards=guards,
        sets=sets,
        scenes=tuple(cue for folder in folders for cue in _scenes(folder, acts, clauses)),
        exempt=tuple(_exempt(folders)),
        words=tuple(dict.fromkeys(word for folder in folders for word in _texts(folder, "words"))),
        clauses=clauses,
        models=models,
    )


def _read_guard(value: Value, name: str, reader: DetectorReader, guards: dict[str, Condition]) -> None:
    fields = value.fields(("id", *CONDITION_FIELDS), required=("id", "title", "where"))
    if fields["id"].text() != name:
        fields["id"].fail(f"id 应与文件名一致：“{name}”")
    if name in guards:
        fields["id"].fail(f"守卫“{name}”已经在别的规则包里了")
    inner = Value(value.node, value.file)
    inner.node.value = [pair for pair in inner.node.value if pair[0].value != "id"]
    guards[name] = reader.condition(inner, name)


def _joined(first: Act, more: Act) -> Act:
    """Add another pack's patterns to an act; the conditions that stand beside them there stay with them."""
    own = {entry.pattern.source for entry in first.detector.entries}
    extra = tuple(
        replace(
            entry,
            guards=(*entry.guards, *more.detector.guards),
            needs=(*entry.needs, *more.detector.needs),
            is_loose=entry.is_loose or more.detector.is_loose,
        )
        for entry in more.detector.entries
        if entry.pattern.source not in own
    )
    examples = Examples(
        tuple(dict.fromkeys((*first.examples.bad, *more.examples.bad))),
        tuple(dict.fromkeys((*first.examples.good, *more.examples.good))),
    )
    return replace(
        first,
        detector=replace(first.detector, entries=(*first.detector.entries, *extra)),
        examples=examples,
        basis=tuple(dict.fromkeys((*first.basis, *more.basis))),
        also=(*first.also, more.path),
    )


def _switch(folder: Folder, rules: dict[str, Rule]) -> None:
    for name, is_enabled in (("disable", False), ("enable", True)):
        for item in folder.fields[name].items() if name in folder.fields else ():
            for rule_id in _named(item, rules):
                rules[rule_id] = replace(rules[rule_id], is_enabled=is_enabled)
    if "severity" in folder.fields:
        for key, value in folder.fields["severity"].pairs().values():
            severity: Severity = value.choice(SEVERITIES)
            for rule_id in _named(key, rules):
                rules[rule_id] = replace(rules[rule_id], severity=severity)


def _named(value: Value, rules: Mapping[str, Rule]) -> list[str]:
    wanted = value.text()
    found = [rule for rule in rules if rule == wanted or rule.startswith(wanted.rstrip("/") + "/")]
    if not found:
        value.fail(f"没有名为“{wanted}”的规则")
    return found


def _scenes(folder: Folder, acts: Mapping[str, Act], clauses: Mapping[str, Clause]) -> Iterable[SceneCue]:
    for item in folder.fields["scenes"].items() if "scenes" in folder.fields else ():
        fields = item.fields(("scene", "acts", "basis"), required=("scene", "acts"))
        names = fields["acts"].texts()
        for name in names:
            if name not in acts:
                fields["acts"].fail(f"没有名为“{name}”的行为", "、".join(sorted(acts)))
        scene = fields["scene"].choice({scene: scene for scene in SCENES})
        yield SceneCue(scene, names, read_basis(fields["basis"], clauses) if "basis" in fields else ())


def _check_acts(acts: Mapping[str, Act], rules: Mapping[str, Rule]) -> None:
    from cscheck import matchers

    for act in acts.values():
        _check_known(act.detector.acts_used(), acts, act.path)
    for rule in rules.values():
        _check_known(matchers.KINDS[rule.kind].acts_used(rule.spec), acts, rule.path)
    _check_cycles(acts)


def _check_known(names: Iterable[str], acts: Mapping[str, Act], path: str) -> None:
    for name in names:
        if name not in acts:
            near = difflib.get_close_matches(name, acts, n=5, cutoff=0.5) or sorted(acts)
            raise RuleFileError(f"没有名为“{name}”的行为", Place(path), allowed="、".join(near))


def _check_cycles(acts: Mapping[str, Act]) -> None:
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            raise RuleFileError("行为之间互相依赖：" + " → ".join((*trail, name)), Place(acts[name].path))
        if name not in done:
            for needed in sorted(acts[name].detector.acts_used()):
                visit(needed, (*trail, name))
            done.add(name)

    for name in acts:
        visit(name, ())


def _all_clauses(folders: Iterable[Folder]) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for folder in folders:
        for file in folder.files("clauses"):
            for key, clause in read_clauses(load(file)):
                if clause.id in found:
                    key.fail(f"条款“{clause.id}”已经有了，见《{found[clause.id].document}》")
                found[clause.id] = clause
    return found


def _texts(folder: Folder, name: str) -> tuple[str, ...]:
    return folder.fields[name].texts() if name in folder.fields else ()


def _exempt(folders: Iterable[Folder]) -> Iterable[Pattern]:
    for folder in folders:
        for text in _texts(folder, "exempt"):
            yield Pattern(text, Literal(text.translate(traditional.table())), {})


def _info(folder: Folder) -> PackInfo:
    digest = hashlib.sha256()
    for file in sorted((*folder.path.rglob("*.yaml"), *folder.path.rglob(f"*{SUFFIX}"))):
        digest.update(file.relative_to(folder.path).as_posix().encode())
        digest.update(file.read_bytes())
    title = folder.fields["title"].text() if "title" in folder.fields else folder.id
    return PackInfo(folder.id, folder.fields["version"].text(), digest.hexdigest()[:16], title, str(folder.path))
