"""Recipes: named, versioned lists of steps that derive clean items from raw ones, shown before they run, and undone.

A run is a job. It fills a source of its own and sets the parents aside; one row's update lets the derived items be
seen. What was masked is withheld from all but the project's trainers.
"""

from guiju.cleaning.recipes.actions import (
    RUN,
    UNDO,
    get_descent,
    get_run,
    list_recipes,
    list_runs,
    preview,
    save_document,
    save_recipe,
    start_run,
    undo_run,
)
from guiju.cleaning.recipes.model import Recipe, Run, RunState, StepSaid
from guiju.cleaning.recipes.running import run_recipe, run_undo
from guiju.cleaning.recipes.store import list_descents

JOBS = {RUN: run_recipe, UNDO: run_undo}

__all__ = [
    "JOBS",
    "Recipe",
    "Run",
    "RunState",
    "StepSaid",
    "get_descent",
    "get_run",
    "list_descents",
    "list_recipes",
    "list_runs",
    "preview",
    "run_recipe",
    "run_undo",
    "save_document",
    "save_recipe",
    "start_run",
    "undo_run",
]
