"""Looks at the inner loops of products in disassembled arm64 code: check_arm64_loops.py FILE

An inner loop is what a branch back encloses without enclosing another such branch. One with sixteen multiply-adds of whole vectors or
more is a product's. Each is printed with what it holds; a multiplication that is not fused, or a vector that goes to the stack and
back where it need not, fails.
"""

import re
import sys

# What is known to be less: minimal filtering adds and subtracts between its products, and has more sums than registers.
STACK = {"WinogradImageProduct": 7}
SINGLE = {"WinogradImageProduct": 20}

functions, name = {}, None
for line in open(sys.argv[1], encoding="utf-8"):
    if head := re.match(r"([0-9a-f]+) <(.*)>:$", line):
        name = head[2]
        functions[name] = []
    elif code := re.match(r"\s*([0-9a-f]+):\s+(.*)$", line):
        functions[name].append((int(code[1], 16), code[2].strip()))


def kernel(symbol):
    """The kernel that a function runs: the word before its type of numbers."""
    word = re.search(r"([A-Z][a-z]+(?:[A-Z][a-z]+)*)VyS[fd]", symbol)
    words = re.findall(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*", symbol)
    return word[1] if word else words[1] if len(words) > 1 else symbol


failed, products = False, 0
for symbol, code in functions.items():
    places = {address: index for index, (address, _) in enumerate(code)}
    back = []
    for index, (_, text) in enumerate(code):
        target = re.search(r"^(?:b|b\.\w+|cbn?z|tbn?z)\s.*?(?:0x)?([0-9a-f]+) <", text)
        if target and (start := places.get(int(target[1], 16))) is not None and start <= index:
            back.append((start, index))
    for start, end in back:
        if any(other != (start, end) and start <= other[0] and other[1] <= end for other in back):
            continue
        loop = [text for _, text in code[start : end + 1]]
        fused = sum(bool(re.match(r"fmla\s+v\d+\.(4s|2d)", text)) for text in loop)
        if fused < 16:
            continue
        single = sum(bool(re.match(r"f(mul|add)\s+v\d+\.(4s|2d)", text)) for text in loop)
        stack = sum(bool(re.search(r"^(ldr|str|ldp|stp|ldur|stur)\s+q.*\[sp", text)) for text in loop)
        moves = sum(bool(re.match(r"mov\s+v\d+\.16b", text)) for text in loop)
        products += 1
        print(f"{len(loop):4} instructions, {fused:3} fused, {single} single, {stack} to or from the stack, {moves} moves: {kernel(symbol)}")
        failed |= single > SINGLE.get(kernel(symbol), 0) or stack > STACK.get(kernel(symbol), 0)
    roots = [text for _, text in code if re.search(r"sqrt", text)]
    if not roots:
        continue
    whole = sum(bool(re.match(r"fsqrt\s+v\d+\.(4s|2d)", text)) for text in roots)
    calls = sum(not text.startswith("fsqrt") for text in roots)
    print(f"{len(roots):4} square roots, {whole} of whole vectors, {calls} by a function: {kernel(symbol)}")
    failed |= whole == 0 or calls > 0
if products < 8:
    sys.exit(f"only {products} inner loops of products were found")
if failed:
    sys.exit("an inner loop of a product is not fused, or spills, or a square root is a call")
