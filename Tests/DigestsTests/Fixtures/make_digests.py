"""Writes digests.txt: for each length, the SHA-256 and the XXH64 of the first bytes of one pattern.

Needs the package xxhash. The pattern is that of `pattern` in the tests: byte i is (131 i + i // 256) mod 256.
"""

import hashlib
import pathlib

import xxhash

lengths = list(range(0, 200)) + [255, 256, 257, 1000, 4096, 65535, 65536, 1_000_003]
with open(pathlib.Path(__file__).parent / "digests.txt", "w") as out:
    for n in lengths:
        data = bytes((131 * i + i // 256) % 256 for i in range(n))
        print(n, hashlib.sha256(data).hexdigest(), xxhash.xxh64(data).hexdigest(), file=out)
