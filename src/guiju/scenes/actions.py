"""Scenes are asked for; jobs find them."""

from collections.abc import Callable
from typing import Any

from guiju.people import Act
from guiju.projects import authorise
from guiju.scenes import store
from guiju.scenes.consent import check_consent
from guiju.scenes.errors import NothingToCompare, ScenesAreBeingMade
from guiju.scenes.model import View
from guiju.scenes.reading import FORGET, MAKE, PLACE, current_map, running_job
from guiju.storage import Actor, Event, House, JobRun, Tx, ask_for_job
from guiju.vectors.errors import UnknownBackend
from guiju.vectors.names import ways


def ask_to_make(  # noqa: PLR0913 - what is found, how, how many, and who may be asked
    house: House,
    actor: Actor,
    project_id: int,
    view: View,
    *,
    request_id: str,
    backend: str = "",
    count: int = 0,
    send_to: str = "",
) -> int:
    """Ask for the job that finds scenes, from the first time to the last; returns its id. Kept scenes stay.

    `count` is about how many there shall be, 0 for as many as the items suggest. A service outside the house is asked
    only where `send_to` names its host. Raises `NothingToCompare`, `ScenesAreBeingMade`, `UnknownBackend`,
    `LeavesTheHouse`, `EndpointFileWrong`.
    """

    def act(tx: Tx) -> int:
        known = [name for name, _ in ways(view.value, house.home)]
        if backend and backend not in known:
            raise UnknownBackend(name=backend[:40], media=view.value, known=", ".join(known))
        check_consent(house, backend, send_to)
        if not store.count_of_view(tx.connection, project_id, view):
            raise NothingToCompare
        if running_job(tx.connection, project_id) is not None:
            raise ScenesAreBeingMade
        told = {"view": view.value, "backend": backend[:40], "count": max(0, min(count, 400)), "send_to": send_to}
        job_id = ask_for_job(tx, MAKE, told, project_id=project_id, actor_id=actor.id)
        tx.journal(Event(actor.id, "scenes.asked", project_id, job_id, facts=told))
        return job_id

    return once(house, actor, project_id, request_id, "scenes.make", act)


def ask_to_place(house: House, actor: Actor, project_id: int, view: View, *, request_id: str, send_to: str = "") -> int:
    """Ask for the job that gives new items their place; returns its id.

    Raises `NoMap`, `ScenesAreBeingMade`, and as `ask_to_make` where a service outside the house compares.
    """

    def act(tx: Tx) -> int:
        check_consent(house, current_map(tx.connection, project_id, view).backend, send_to)
        if running_job(tx.connection, project_id) is not None:
            raise ScenesAreBeingMade
        told = {"view": view.value, "send_to": send_to}
        job_id = ask_for_job(tx, PLACE, told, project_id=project_id, actor_id=actor.id)
        tx.journal(Event(actor.id, "scenes.asked", project_id, job_id, facts=told))
        return job_id

    return once(house, actor, project_id, request_id, "scenes.place", act)


def once(  # noqa: PLR0917 - said in one call
    house: House, actor: Actor, project_id: int, request_id: str, name: str, act: Callable[[Tx], Any]
) -> Any:
    """Do an act that shapes scenes the first time its request comes."""

    def write(tx: Tx) -> Any:
        authorise(tx.connection, actor, project_id, Act.SHAPE_SCENES)
        return tx.once(request_id, actor.id, f"{name}.{project_id}", lambda: act(tx))

    return house.write(write)


def run_make(run: JobRun) -> Any:
    from guiju.scenes.making.actions import make  # noqa: PLC0415 - NumPy, which only jobs need
    from guiju.vectors.model import one_core  # noqa: PLC0415

    with one_core():
        return make(run)


def run_place(run: JobRun) -> Any:
    from guiju.scenes.making.placing import place_new  # noqa: PLC0415 - NumPy, which only jobs need
    from guiju.vectors.model import one_core  # noqa: PLC0415

    with one_core():
        return place_new(run)


def run_forget(run: JobRun) -> Any:
    from guiju.scenes.making.forgetting import forget_gone  # noqa: PLC0415 - NumPy, which only jobs need

    return forget_gone(run)


JOBS = {MAKE: run_make, PLACE: run_place, FORGET: run_forget}
