"""The pull queue: rounds opened over items, leases, drafts, answers; and the trial with its gate.

A *slot* is one answer wanted: an item, in a round, from somebody. Opening a round fills it with slots; `lease_tasks`
hands them out, `submit_annotation` stores an answer and what it resolves. Inspection seals the slots of what it takes
into a lot and opens rework for what it sends back.
"""

from guiju.work.actions import lease_tasks, may_take, save_draft, show_item, submit_annotation
from guiju.work.ahead import SUBSCRIBERS as _AHEAD
from guiju.work.desk import begin_bench, lend_words, script_json
from guiju.work.drawing import open_trial
from guiju.work.errors import CertificateWanted, GateNotPassed, LeaseLapsed, TimeOver
from guiju.work.gates import list_gate_decisions
from guiju.work.gold import GoldWish, WorkStopped
from guiju.work.mine import list_mine
from guiju.work.model import Found, Lapsed, Returned, RoundProgress, Submitted, Task, TaskItem
from guiju.work.opening import (
    bring_forward,
    demand_certificate,
    open_assigned_trial,
    open_production,
    open_rework,
    set_round_running,
)
from guiju.work.pace import list_open_work
from guiju.work.queue import SUBSCRIBERS as _LEAVING
from guiju.work.queue.store import seal_slots
from guiju.work.recheck import Estimate, estimate_recheck, open_recheck
from guiju.work.store import progress_of, progress_of_rounds
from guiju.work.tables import slot as slot_table

SUBSCRIBERS = [*_AHEAD, *_LEAVING]

__all__ = [
    "SUBSCRIBERS",
    "CertificateWanted",
    "Estimate",
    "Found",
    "GateNotPassed",
    "GoldWish",
    "Lapsed",
    "LeaseLapsed",
    "Returned",
    "RoundProgress",
    "Submitted",
    "Task",
    "TaskItem",
    "TimeOver",
    "WorkStopped",
    "begin_bench",
    "bring_forward",
    "demand_certificate",
    "estimate_recheck",
    "lease_tasks",
    "lend_words",
    "list_gate_decisions",
    "list_mine",
    "list_open_work",
    "may_take",
    "open_assigned_trial",
    "open_production",
    "open_recheck",
    "open_rework",
    "open_trial",
    "progress_of",
    "progress_of_rounds",
    "save_draft",
    "script_json",
    "seal_slots",
    "set_round_running",
    "show_item",
    "slot_table",
    "submit_annotation",
]
