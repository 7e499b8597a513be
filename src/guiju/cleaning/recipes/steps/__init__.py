"""The steps of recipes, one file each; a recipe names them by their code. See docs/cleaning/steps.md."""

from guiju.cleaning.recipes.steps import (
    filter,  # noqa: A004 - the step’s own name
    fit,
    html,
    mask,
    mojibake,
    picture,
    script,
    sound,
    spaces,
    speakers,
    split,
    width,
)
from guiju.cleaning.recipes.steps.model import Step

STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        mojibake.STEP,
        html.STEP,
        width.STEP,
        script.STEP,
        spaces.STEP,
        speakers.STEP,
        split.STEP,
        mask.STEP,
        filter.STEP,
        fit.STEP,
        picture.STEP,
        sound.STEP,
    )
}

__all__ = ["STEPS", "Step"]
