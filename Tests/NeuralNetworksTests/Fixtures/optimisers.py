"""Ten steps of every optimiser on a parameter of 3×4, with gradients that depend on where it is."""
import json

import numpy as np

from encoding import tensor


def steps(dtype, decay, rule):
    np.random.seed(7)
    w = np.random.randn(3, 4).astype(dtype)
    remembered = {}
    for t in range(1, 11):
        dw = np.random.randn(3, 4).astype(dtype) + np.sin(w)
        penalty = dtype(decay) * w
        # Where the decay is decoupled, it is a step of its own.
        w = w - dtype(0.001) * penalty + adam(dw, t, remembered) if rule == "adamw" else w + rule(dw + penalty, t, remembered)
    return w


def sgd(dw, t, m):
    return -0.01 * dw


def momentum(dw, t, m):
    m["v"] = 0.9 * m.get("v", 0 * dw) - 0.01 * dw
    return m["v"]


def nesterov(dw, t, m):
    before = m.get("v", 0 * dw)
    m["v"] = 0.9 * before - 0.01 * dw
    return m["v"] + 0.9 * (m["v"] - before)


def rmsprop(dw, t, m):
    m["a"] = 0.99 * m.get("a", 0 * dw) + 0.01 * dw**2
    return -0.01 * dw / (np.sqrt(m["a"]) + 1e-8)


def adam(dw, t, m):
    m["v"] = 0.9 * m.get("v", 0 * dw) + 0.1 * dw
    m["a"] = 0.999 * m.get("a", 0 * dw) + 0.001 * dw**2
    return -0.001 * (m["v"] / (1 - 0.9**t)) / (np.sqrt(m["a"] / (1 - 0.999**t)) + 1e-8)


rules = {"sgd": sgd, "sgd-momentum": momentum, "sgd-nesterov-momentum": nesterov, "rmsprop": rmsprop, "adam": adam,
         "adamw": "adamw"}
print(json.dumps([
    dict(rule=name, decay=decay, double=tensor(steps(np.float64, decay, rule)),
         single=tensor(steps(np.float32, decay, rule)))
    for name, rule in rules.items() for decay in (0, 0.1)
], indent=0))
