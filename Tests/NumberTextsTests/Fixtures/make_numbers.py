"""Writes numbers.txt and arrays.json: numbers as Python prints them, arrays as NumPy prints them with its default options.

A line of numbers.txt is the type, the bits in hexadecimal and the texts, separated by tabs. Elements in arrays.json are bits in
hexadecimal, except those of a large array, whose element i is ((7 i) mod 1009 - 300) * scale.
"""

import json
import pathlib
import random
import struct

import numpy as np

folder = pathlib.Path(__file__).parent
random.seed(231)
rng = np.random.RandomState(231)


def double_bits(value):
    return f"{struct.unpack('<Q', struct.pack('<d', value))[0]:016x}"


def float_bits(value):
    return f"{struct.unpack('<I', struct.pack('<f', value))[0]:08x}"


# Numbers

doubles = [0.0, -0.0, 1.0, -1.5, 10.0, 0.1, 1 / 3, 1e-4, 9.999999999999999e-05, 1e-5, 1e15, 9999999999999998.0, 1e16, 1e17, 1e22, 1e23,
           2.2121476417505994e-08, 4.1666665157267834e-08, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.5, 2.5, 1e-7,
           123456.5, 999999.5, 0.000125, 1e100, float("inf"), float("-inf"), float("nan"), 0.285, 0.102, 2.304783, 495.466269]
doubles += [2.0**k for k in range(-1074, 1024, 23)] + [2.0**k for k in range(-60, 61)] + [10.0**k for k in range(-30, 31)]
doubles += [random.uniform(-1, 1) * 10.0**random.randint(-12, 20) for _ in range(300)]
doubles += [struct.unpack("<d", struct.pack("<Q", random.getrandbits(63)))[0] for _ in range(200)]
floats = [0.0, -0.0, 1.0, 0.1, 1 / 3, 1e-4, 1.0000001e-4, 9.99e-5, 1e-5, 999999.9, 1e6, 1e7, 16777216.0, 1e10, 1e16, 3.4028235e38, 1e-45, 1.1754944e-38,
          float("inf"), float("-inf"), float("nan"), 0.285, 2.304783]
floats += [float(np.float32(2.0) ** k) for k in range(-149, 128, 3)]
floats += [random.uniform(-1, 1) * 10.0**random.randint(-10, 15) for _ in range(250)]
lines = []
for v in doubles:
    lines.append("\t".join(["float64", double_bits(v), repr(v), "%f" % v, "%.3e" % v, "%.4g" % v, f"{v:.1%}"]))
for v in floats:
    lines.append("\t".join(["float32", float_bits(v), str(np.float32(v))]))
(folder / "numbers.txt").write_text("\n".join(lines) + "\n")

# Arrays

arrays = []


def element(value):
    return {np.float64: double_bits, np.float32: float_bits}.get(type(value), lambda v: str(int(v)))(value)


def add(array):
    array = np.asarray(array)
    arrays.append({"type": array.dtype.name, "shape": list(array.shape), "elements": " ".join(element(v) for v in array.reshape(-1)),
                   "text": str(array)})


def add_large(dtype, shape, scale):
    count = int(np.prod(shape))
    array = ((np.arange(count) * 7 % 1009 - 300) * np.float64(scale)).astype(dtype).reshape(shape)
    arrays.append({"type": array.dtype.name, "shape": list(shape), "scale": scale, "text": str(array)})


shapes = [(), (1,), (2,), (3,), (7,), (20,), (41,), (1, 1), (2, 3), (3, 1), (4, 12), (2, 3, 4), (1, 2, 1), (2, 1, 2, 2), (2, 3, 4, 5), (2, 2, 2, 13)]
for dtype in (np.float64, np.float32):
    for shape in shapes:
        n = int(np.prod(shape))
        add((4 * rng.randn(n) + 10).astype(dtype).reshape(shape))
        add((rng.randn(n) * 1e-17).astype(dtype).reshape(shape))
        add((rng.randn(n) * 10.0 ** rng.randint(-4, 4, n)).astype(dtype).reshape(shape))
        if n > 50:
            continue  # Enough of the large ones: the file should stay small.
        add((10.0 ** rng.randint(-3, 5, n)).astype(dtype).reshape(shape))
        add(rng.randint(-5, 9, n).astype(dtype).reshape(shape))
        add((rng.randint(0, 64, n) / 64).astype(dtype).reshape(shape))
        add((rng.rand(n) * 1e5).astype(dtype).reshape(shape))
        add((2.0 ** rng.randint(-40, 40, n)).astype(dtype).reshape(shape))
        if n > 1:
            special = (rng.randn(n)).astype(dtype)
            special[rng.randint(n)] = [np.nan, np.inf, -np.inf][rng.randint(3)]
            add(special.reshape(shape))
    for values in ([6, 7, 8], [0, 0, 0], [np.nan, np.nan], [np.inf, 1], [-np.inf, 1], [np.nan, 1e-10], [-np.inf, 1e-300], [1e-4, 1], [1e-4, 0.5, 0.1], [0.1, 0.5],
                   [1e-10, 1], [1e8], [99999999.0], [1e6], [999999.0, 1], [0.1, 100], [0.1, 100.1], [1e100 if dtype == np.float64 else 1e30, 1], [-0.0, 1], [1e-5],
                   [0.30000001, 0.12345678912345], [123456.789, 1000.5], [8.327343047374856e-10, 0], [5e-324 if dtype == np.float64 else 1e-45, 1],
                   [0.5, 0.00390625], [1.0, 1.000000005, 1.00000000499], [0.123456785, 0.5], [], [[], []]):
        add(np.array(values, dtype=dtype))
    for shape in ((1001,), (1000,), (40, 40), (10, 11, 12), (7, 6, 5, 8), (3, 1000), (1000, 3), (2, 2, 300)):
        for scale in (1.0, 0.5, 0.001, 1e-9, 12345.678):
            add_large(dtype, shape, scale)
for shape in shapes:
    n = int(np.prod(shape))
    add(rng.randint(-5, 9, n).reshape(shape))
    add(rng.randint(0, 100000, n).reshape(shape))
    add((rng.randint(0, 2, n) == 1).reshape(shape))
add(np.array([-(2**63), 2**63 - 1]))
for shape in ((1001,), (40, 40), (10, 11, 12)):
    add_large(np.int64, shape, 1)

(folder / "arrays.json").write_text("[\n" + ",\n".join(json.dumps(a) for a in arrays) + "\n]\n")
print(len(lines), "numbers,", len(arrays), "arrays")
