"""Writes arrays as the package codes tensors."""
import base64

import numpy as np


def tensor(array):
    array = np.asarray(array)
    bytes_ = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
    return dict(type=array.dtype.name, shape=list(array.shape), elements=base64.b64encode(bytes_).decode())
