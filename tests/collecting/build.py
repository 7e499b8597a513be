"""A project that collects: three prompts and a round of production in which alice and bob give what they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar
from litestar.testing import TestClient

from guiju.inspection import decide_lot, draw_lot
from guiju.kinds import Consent
from guiju.kit import new_id
from guiju.rulebooks import publish_rulebook, save_draft
from guiju.work import open_production
from tests.inspection.build import judge_all
from tests.support.build import import_paths, sign_the_brief
from tests.support.cast import Cast

CONSENT = Consent(
    "2026-1", "录音只用于训练语音助手。", "Recordings are used to train a voice assistant, and for nothing else."
)
RULEBOOK = """---
title: {{zh: "采集", en: "Collecting"}}
version: 1.0.0
fields:
  - id: given
    kind: contribution
    title: {{zh: 采集, en: Contribution}}
    options: {{{options}, consent: {{version: '2026-1', zh: {zh}, en: '{en}'}}}}
labels: []
---

## C1 照提示做 | Follow the prompt

照提示做。

> en: Follow the prompt.
"""
PROMPTS = ("请帮我打开空调。", "明天会下雨吗?", "导航去公司。")


def rulebook(options: str) -> str:
    return RULEBOOK.format(options=options, zh=CONSENT.zh, en=CONSENT.en)


@dataclass
class Stage:
    """The round, and each person's way to give something to it over HTTP."""

    cast: Cast
    client: TestClient[Litestar]
    round: int
    _sessions: dict[str, tuple[dict[str, str], dict[str, str]]] = field(default_factory=dict[str, Any])

    def as_(self, name: str) -> dict[str, str]:
        """The browser is somebody's now; signing in costs a password's hash, so it is done once each."""
        if name not in self._sessions:
            headers = self.cast.sign_in(self.client, name)
            self._sessions[name] = (dict(self.client.cookies), headers)
        cookies, headers = self._sessions[name]
        self.client.cookies.clear()
        self.client.cookies.update(cookies)
        return headers

    def agree(self, name: str, consent: Consent = CONSENT) -> Any:
        headers = self.as_(name)
        body = {"field": "given", "consent": msgspec.to_builtins(consent)}
        return self.client.post(f"/api/v1/rounds/{self.round}/consents", json=body, headers=headers)

    def lease(self, name: str) -> dict[str, Any]:
        headers = self.as_(name)
        answer = self.client.post(f"/api/v1/rounds/{self.round}/lease", json={"want": 1}, headers=headers)
        return answer.json()["tasks"][0]

    def give(self, name: str, task: Mapping[str, Any], content: bytes, token: str = "", **told: Any) -> Any:
        headers = self.as_(name)
        query = {"id": token or new_id(), "slot": task["slot"], "lease": task["lease"], "field": "given", **told}
        url = f"/api/v1/rounds/{self.round}/contributions"
        return self.client.post(url, params=query, content=content, headers=headers)

    def submit(self, name: str, task: Mapping[str, Any], *given: Mapping[str, Any]) -> Any:
        headers = self.as_(name)
        answers = {"given": {"kind": "contribution", "given": list(given)}}
        body = {"id": new_id(), "slot": task["slot"], "lease": task["lease"], "answers": answers}
        return self.client.post(f"/api/v1/rounds/{self.round}/annotations", json=body, headers=headers)

    def hand_in(self, name: str, content: bytes) -> dict[str, Any]:
        """Take the next prompt, give `content`, submit it; returns what was given."""
        task = self.lease(name)
        received = self.give(name, task, content)
        assert received.status_code == 200, received.text
        assert received.json()["kept"], received.text
        given: dict[str, Any] = received.json()["given"]
        stored = self.submit(name, task, given)
        assert stored.status_code == 200, stored.text
        return given

    def accept(self) -> int:
        """hu judges a lot of everything submitted and accepts it."""
        cast = self.cast
        lot = draw_lot(cast.house, cast.zhou, cast.project, new_id(), aql="2.5")
        judge_all(cast, cast.project, lot)
        decide_lot(cast.house, cast.hu, cast.project, lot, new_id())
        return lot


def open_stage(cast: Cast, client: TestClient[Litestar], folder: Path, options: str) -> Stage:
    sign_the_brief(cast)
    house, zhou = cast.house, cast.zhou
    save_draft(house, zhou, cast.project, document=rulebook(options), from_revision=0, request_id=new_id())
    publish_rulebook(house, zhou, cast.project, request_id=new_id())
    prompts = folder / "prompts.txt"
    prompts.write_text("\n".join(PROMPTS), encoding="utf-8")
    import_paths(cast, prompts)
    opened = open_production(house, zhou, cast.project, request_id=new_id(), reason="a collection has no right answer")
    return Stage(cast, client, opened)
