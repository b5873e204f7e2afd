"""Writes arrays.json: what the assignment's cells draw after np.random.seed(231), as NumPy's legacy generator gives it."""

import json
import pathlib

import numpy as np


def draw(*shapes, scale=1, offset=0):
    np.random.seed(231)
    arrays = [np.random.randn(*shape) for shape in shapes]
    arrays[0] = scale * arrays[0] + offset
    return [[float(value) for value in array.ravel()] for array in arrays]


arrays = {
    "convolution": draw((4, 3, 5, 5), (2, 3, 3, 3), (2,), (4, 2, 5, 5)),
    "max-pooling": draw((3, 2, 8, 8), (3, 2, 4, 4)),
    "spatial-batch-normalization": draw((2, 3, 4, 5), (3,), (3,), (2, 3, 4, 5), scale=5, offset=12),
}
path = pathlib.Path(__file__).with_name("arrays.json")
path.write_text(json.dumps(arrays, separators=(",", ":")).replace("]],", "]],\n") + "\n")
