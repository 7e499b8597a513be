"""A map: where each vector lies on a plane, in a square of 65,536 × 65,536 places.

The centres of the groups are laid out by t-SNE, which takes a moment for a few hundred of them and minutes for all
rows; each row then lies between the places of its nearest centres, weighted by how near they are, and a little aside in
the directions in which its own group differs most. A row is placed by what was learnt alone, so whatever comes later
finds its place without anything moving. docs/design/scenes.md has the times of what else was tried.
Source: van der Maaten & Hinton 2008, Visualizing Data using t-SNE.
"""

import numpy as np

from guiju.vectors.learning import main_plane, neighbours_kept
from guiju.vectors.model import Floats, Ints, State
from guiju.vectors.neighbours import nearest

EXTENT = 65_535
MARGIN = 0.06
BETWEEN = 4
SHARPNESS = 24.0
BLOCK = 16_384


def lay_out(centres: Floats, rows: Floats, of: Ints) -> State:
    """What `place` needs: each centre's place on the plane, its room, and the two directions its members differ in."""
    middle = _spread_out(_embedded(centres))
    room = _room(middle)
    sides = np.stack([_directions(rows[of == each][:2_000], centres.shape[1]) for each in range(len(centres))])
    return {"centres": centres, "middle": middle, "room": room, "sides": sides}


def _embedded(centres: Floats) -> Floats:
    """Centres on a plane."""
    if len(centres) < 5:
        angles = np.linspace(0, 2 * np.pi, len(centres), endpoint=False)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32) * (len(centres) > 1)
    flat = main_plane(centres)
    start = (flat / (float(np.std(flat[:, 0])) or 1.0) * 1e-4).astype(np.float32)
    return neighbours_kept(centres, start, min(12.0, (len(centres) - 1) / 3))


def _spread_out(flat: Floats) -> Floats:
    """Into the square from 0 to 1, both directions by the same measure."""
    low, high = flat.min(axis=0), flat.max(axis=0)
    size = float((high - low).max()) or 1.0
    return ((flat - (low + high) / 2) / size * (1 - 2 * MARGIN) + 0.5).astype(np.float32)


def _room(middle: Floats) -> Floats:
    """How far members may lie from their centre: half the way to the next."""
    if len(middle) < 2:
        return np.full(len(middle), 0.3, np.float32)
    apart = np.linalg.norm(middle[:, None] - middle[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return np.clip(apart.min(axis=1) / 2, 0.01, 0.25).astype(np.float32)


def _directions(members: Floats, width: int) -> Floats:
    """The two main directions of a group, each scaled so that two spreads are 1."""
    sides = np.zeros((2, width), np.float32)
    if len(members) < 3:
        return sides
    centred = members - members.mean(axis=0)
    _, sizes, found = np.linalg.svd(centred[:500], full_matrices=False)
    for side in range(min(2, len(sizes))):
        spread = sizes[side] / np.sqrt(len(centred[:500]))
        sides[side] = found[side] / (2 * spread) if spread > 1e-6 else 0
    return sides


def place(rows: Floats, plane: State) -> tuple[Ints, Ints]:
    """Each row's x and y."""
    spots = np.zeros((len(rows), 2), np.float32)
    for start in range(0, len(rows), BLOCK):
        spots[start : start + BLOCK] = _spots(rows[start : start + BLOCK], plane)
    scaled = np.clip(np.rint(spots * EXTENT), 0, EXTENT).astype(np.int64)
    return scaled[:, 0], scaled[:, 1]


def _spots(rows: Floats, plane: State) -> Floats:
    centres, middle = plane["centres"], plane["middle"]
    near, far = nearest(rows, centres, BETWEEN)
    pull = np.exp(-SHARPNESS * (far - far[:, :1]))
    pull /= pull.sum(axis=1, keepdims=True)
    spots = (middle[near] * pull[:, :, None]).sum(axis=1)
    own = near[:, 0]
    aside = np.einsum("nd,nsd->ns", rows - centres[own], plane["sides"][own])
    return (spots + plane["room"][own, None] * np.tanh(aside)).astype(np.float32)
