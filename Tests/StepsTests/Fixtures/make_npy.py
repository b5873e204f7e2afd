"""Writes npy.json: files as numpy.save writes them, in base64, with the shape and the elements that NumPy reads in them.

    python3 make_npy.py >npy.json
"""

import base64
import io
import json

import numpy as np

random = np.random.default_rng(231)
types = ["<f8", ">f8", "<f4", ">f4", "i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "u1", "<u2", ">u4", "<u8", "?"]
shapes = [(), (0,), (1,), (5,), (2, 3), (3, 2, 4), (2, 0, 3), (1, 2, 3, 2)]


def case(array, version=None):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, version=version)
    values = [float(x) for x in np.asarray(array).astype("f8").ravel(order="C")]
    return {
        "bytes": base64.b64encode(stream.getvalue()).decode(), "shape": list(array.shape), "type": array.dtype.str,
        "elements": values,
    }


cases = []
for kind in types:
    for shape in shapes:
        array = np.array(random.normal(scale=60, size=shape).astype(np.dtype(kind)))
        cases.append(case(array))
        if len(shape) > 1:
            cases.append(case(np.asfortranarray(array)))
cases += [case(np.arange(6.0).reshape(2, 3), version) for version in [(1, 0), (2, 0), (3, 0)]]
cases.append(case(np.array([np.iinfo("i8").min, -1, 0, 2**53])))
print(json.dumps({"numpy": np.__version__, "cases": cases}, indent=0))
