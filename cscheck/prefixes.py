"""Conversations in progress that were looked at last, so that one turn more costs one turn."""

from __future__ import annotations

from collections import OrderedDict

from cscheck.analysis import Analysis
from cscheck.conversation import Conversation
from cscheck.model import Model

_MOST = 256


class Prefixes:
    """What was heard of conversations that go on; safe to use from several threads."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._kept: OrderedDict[tuple[object, ...], Analysis] = OrderedDict()

    def take(self, conversation: Conversation) -> Analysis:
        """Give a conversation as it was heard so far, with what has been said since; it is the caller's alone."""
        analysis = self._kept.pop(_key(conversation), None)
        said = conversation.turns
        if analysis is None or tuple(analysis.turns) != said[: len(analysis.turns)]:
            return Analysis(self._model, conversation)
        analysis.conversation = conversation
        for turn in said[len(analysis.turns) :]:
            analysis.append(turn)
        return analysis

    def keep(self, analysis: Analysis) -> None:
        """Keep what was heard for the next time."""
        analysis.judged_from = 0
        self._kept[_key(analysis.conversation)] = analysis
        while len(self._kept) > _MOST:
            try:
                self._kept.popitem(last=False)
            except KeyError:
                return


def _key(conversation: Conversation) -> tuple[object, ...]:
    return conversation.id, conversation.path, conversation.channel, conversation.scene
