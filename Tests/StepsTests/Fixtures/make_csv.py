"""Writes csv.json: texts, and the rows that Python's own csv module reads in them, or null where it refuses them.

    python3 make_csv.py >csv.json
"""

import csv
import io
import json
import platform
import random

random.seed(231)
PIECES = ["a", "é", "1.5", " ", ",", ",", '"', '""', "\n", "\r\n", "\r", "\n", ",\n", '"x"', '"x,y"', '"a\nb"', "-2e-3"]


def read(text):
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error:
        return None
    return rows


texts = [
    "", "a", "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2", 'a,b\n"x, ""y""",2\n', 'a\n"1\n2"\n', "a,b\n,\n", "a\n\n\n1\n", 'a\n""\n', 'a\n"x',
    'a\n"x"y\n', 'a\nx"y\n', "a,b\n1,2,\n",
]
texts += ["".join(random.choice(PIECES) for _ in range(random.randint(1, 14))) for _ in range(400)]

# What csv writes, whatever is in the fields, it reads again.
for _ in range(40):
    stream = io.StringIO(newline="")
    width = random.randint(1, 4)
    for _ in range(random.randint(1, 5)):
        csv.writer(stream).writerow(["".join(random.choice(PIECES) for _ in range(3)) for _ in range(width)])
    texts.append(stream.getvalue())

cases = [{"text": text, "rows": read(text)} for text in texts]
print(json.dumps({"python": platform.python_version(), "cases": cases}, ensure_ascii=False, indent=0))
