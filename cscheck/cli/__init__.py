"""The command line."""
from __future__ import annotations
import json, sys
import click
from cscheck import __version__

@click.group()
@click.version_option(__version__)
def main() -> None: ...

@main.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "fmt", default="json")
@click.option("--acts", is_flag=True)
@click.option("--pack", multiple=True)
def check(paths, fmt, acts, pack):
    from cscheck.checker import Checker
    from cscheck.load.packs import available
    from cscheck.sources import read
    from cscheck.errors import CscheckError
    c = Checker([*available(), *pack])
    fs, heard, owed, errors, convs = [], [], [], [], []
    for item in read(paths):
        if isinstance(item, CscheckError):
            errors.append({"message": str(item)}); continue
        r = c.check(item)
        convs.append({"id": item.id, "path": item.path, "turns": len(item.turns), "channel": item.channel, "scene": r.scene, "score": None, "fatal": False})
        for f in r.findings:
            fs.append({"rule": f.rule, "category": f.category, "severity": f.severity.value, "verdict": f.verdict.value, "conversation": f.conversation, "path": f.path, "turn": f.turn, "start": f.start, "end": f.end, "text": f.text, "message": f.message, "suggestion": f.suggestion, "basis": list(f.basis), "fingerprint": f.fingerprint})
        owed += [{"rule": o.rule, "category": o.category, "conversation": o.conversation, "message": o.message, "by": o.by} for o in r.owed]
        if acts:
            heard += [{"act": a.act, "conversation": a.conversation, "turn": a.turn, "start": a.start, "end": a.end, "detector": a.detector} for a in c.acts(item)]
    out = {"schema": "cscheck/1", "packs": [{"id": p.id, "version": p.version, "hash": p.hash} for p in c.packs], "conversations": convs, "findings": fs, "owed": owed, "errors": errors}
    if acts: out["acts"] = heard
    print(json.dumps(out, ensure_ascii=False, indent=1))
    sys.exit(2 if errors else 1 if any(f["severity"] == "error" for f in fs) else 0)

@main.group()
def rules(): ...

@rules.command("test")
@click.argument("prefix", default="")
@click.option("--pack", multiple=True)
@click.option("--fast", is_flag=True)
def test(prefix, pack, fast):
    from cscheck.load.packs import available, load_packs
    from cscheck.prove import prove
    n = 0
    for f in prove(load_packs([*available(), *pack]), thoroughly=not fast, only=prefix):
        n += 1
        print(f"{f.path}\n  {f.id}\n  例句：{f.example}\n  {f.message}\n")
    print(f"{n} 处不成立" if n else "全部成立")
    sys.exit(1 if n else 0)
