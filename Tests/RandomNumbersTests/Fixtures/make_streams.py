"""Writes streams.json: what NumPy's legacy generator draws, as sequences of calls after np.random.seed.

Real numbers are written as the bits of a float64 in hexadecimal, so nothing is rounded. A call with many draws has only the
SHA-256 digest of their little-endian bytes (float64 or int64).
"""

import hashlib
import json
import pathlib

import numpy as np

CALLS = {
    "random_sample": lambda n: np.random.random_sample(n),
    "uniform": lambda n, low, high: np.random.uniform(low, high, n),
    "standard_normal": lambda n: np.random.randn(n),
    "normal": lambda n, mean, deviation: np.random.normal(mean, deviation, n),
    "randint": lambda n, low, high: np.random.randint(low, high, n),
    "choice": lambda n, population: np.random.choice(population, n),
    "permutation": lambda n: np.random.permutation(n),
    "shuffle": lambda n: shuffled(n),
}
LONG = 100


def shuffled(n):
    numbers = np.arange(n) * 2
    np.random.shuffle(numbers)
    return numbers


def call(name, n, *arguments):
    values = CALLS[name](n, *arguments)
    assert values.dtype in (np.float64, np.int64)
    record = {"name": name, "count": n, "arguments": [str(a) for a in arguments]}
    if n > LONG:
        record["digest"] = hashlib.sha256(values.astype(values.dtype.newbyteorder("<")).tobytes()).hexdigest()
    elif values.dtype == np.float64:
        record["bits"] = [f"{b:016x}" for b in values.view(np.uint64).tolist()]
    else:
        record["integers"] = [str(v) for v in values.tolist()]
    return record


SEQUENCES = [
    [("random_sample", 7)],
    [("standard_normal", 5)],
    [("standard_normal", 1), ("standard_normal", 1), ("standard_normal", 3), ("standard_normal", 2)],
    [("normal", 9, 10.0, 4.0), ("normal", 2, -1e-3, 0.0)],
    [("uniform", 9, -0.25, 3.0), ("uniform", 2, 2.0, 1.0)],
    [("randint", 20, 0, 49000), ("randint", 9, -5, 5), ("randint", 3, 7, 8), ("randint", 4, 0, 2**32)],
    [("randint", 5, 0, 2**32 + 1), ("randint", 5, -(2**63), 2**63 - 1), ("randint", 5, 0, 2**31), ("randint", 3, 0, 1024)],
    [("choice", 50, 49000), ("choice", 10, 1), ("choice", 10, 10)],
    [("permutation", 20), ("permutation", 1), ("permutation", 0), ("permutation", 33)],
    [("shuffle", 13), ("shuffle", 2), ("shuffle", 64)],
    [("standard_normal", 3), ("randint", 3, 0, 10), ("standard_normal", 2), ("random_sample", 1), ("permutation", 9),
     ("standard_normal", 1), ("choice", 5, 500), ("normal", 3, 0.0, 0.001), ("uniform", 1, -1.0, 1.0), ("shuffle", 5)],
    [("standard_normal", 623), ("random_sample", 313), ("standard_normal", 1), ("random_sample", 2)],
    [("random_sample", 1_000_000)],
    [("standard_normal", 1_000_001), ("standard_normal", 4)],
    [("normal", 1_000_000, 10.0, 4.0)],
    [("uniform", 1_000_000, -3.0, 7.5)],
    [("randint", 1_000_000, 0, 49000)],
    [("randint", 1_000_000, -(2**40), 2**41)],
    [("choice", 1_000_000, 60000)],
    [("permutation", 100_000), ("shuffle", 70_000)],
]

streams = []
for seed in (0, 1, 231, 2**32 - 1):
    for sequence in SEQUENCES:
        np.random.seed(seed)
        streams.append({"seed": seed, "calls": [call(*c) for c in sequence]})

path = pathlib.Path(__file__).parent / "streams.json"
path.write_text("[\n" + ",\n".join(json.dumps(s) for s in streams) + "\n]\n")
