"""Twenty or so iterations of the course's solver on the three-layer network, in float64 and float32."""
import json

import numpy as np

from definitions import affine, convolution, pooling, relu, softmax_loss, then


def network(p, x, pad):
    hidden = then(convolution(x, p["W1"], p["b1"], 1, pad), relu, lambda a: pooling(a, 2, 2, 2))
    second = then(affine(hidden[0], p["W2"], p["b2"]), relu)
    third = affine(second[0], p["W3"], p["b3"])
    return third[0], (hidden[1], second[1], third[1])


def loss_and_gradients(p, x, y, pad, reg):
    scores, (first, second, third) = network(p, x, pad)
    loss, backward = softmax_loss(scores, y)
    (d,) = backward(scores.dtype.type(1))
    g = {}
    d, g["W3"], g["b3"] = third(d)
    d, g["W2"], g["b2"] = second(d)
    _, g["W1"], g["b1"] = first(d)
    for name in ("W1", "W2", "W3"):
        loss += 0.5 * reg * (p[name].astype(float) ** 2).sum()
        g[name] = g[name] + reg * p[name]
    return loss, g


def adam(w, dw, m, rate):
    m["t"] = m.get("t", 0) + 1
    m["v"] = 0.9 * m.get("v", 0 * w) + 0.1 * dw
    m["a"] = 0.999 * m.get("a", 0 * w) + 0.001 * dw * dw
    return w - rate * (m["v"] / (1 - 0.9 ** m["t"])) / (np.sqrt(m["a"] / (1 - 0.999 ** m["t"])) + 1e-8)


def momentum(w, dw, m, rate):
    m["v"] = 0.9 * m.get("v", 0 * w) - rate * dw
    return w + m["v"]


def train(dtype, examples, batch, epochs, rule, rate, decay, reg, scale):
    np.random.seed(5)
    shape = (3, 8, 8)
    x = np.random.randn(examples, *shape).astype(dtype)
    y = np.random.randint(10, size=examples)
    vx = np.random.randn(150, *shape).astype(dtype)
    vy = np.random.randint(10, size=150)

    np.random.seed(231)
    normal = lambda *s: np.random.normal(0, scale, s).astype(dtype)
    p = dict(W1=normal(4, 3, 3, 3), b1=np.zeros(4, dtype), W2=normal(64, 12), b2=np.zeros(12, dtype),
             W3=normal(12, 10), b3=np.zeros(10, dtype))
    accuracy = lambda x, y: float((network(p, x, 1)[0].argmax(axis=1) == y).mean())
    memory = {name: {} for name in p}
    per_epoch = max(examples // batch, 1)
    losses, lines, best = [], [], -1
    for t in range(epochs * per_epoch):
        chosen = np.random.choice(examples, batch)
        loss, g = loss_and_gradients(p, x[chosen], y[chosen], 1, reg)
        losses.append(float(loss))
        p = {name: rule(p[name], g[name], memory[name], dtype(rate)) for name in p}
        if t % 10 == 0:
            lines.append("(Iteration %d / %d) loss: %f" % (t + 1, epochs * per_epoch, loss))
        ends = (t + 1) % per_epoch == 0
        if ends:
            rate *= decay
        if ends or t == 0:
            sample = np.random.choice(examples, 1000) if examples > 1000 else np.arange(examples)
            seen, held = accuracy(x[sample], y[sample]), accuracy(vx, vy)
            lines.append("(Epoch %d / %d) train acc: %f; val_acc: %f" % ((t + 1) // per_epoch, epochs, seen, held))
            if held > best:
                best, kept = held, p
    return dict(losses=losses, lines=lines, best=best, penultimate=float(kept["W3"].astype(float).sum()))


cases = [
    dict(examples=100, batch=50, epochs=10, rule="adam", rate=1e-3, decay=1.0, reg=0.0, scale=1e-2),
    dict(examples=1200, batch=240, epochs=4, rule="sgd-momentum", rate=1e-2, decay=0.9, reg=0.05, scale=1e-1),
    dict(examples=30, batch=40, epochs=12, rule="adam", rate=1e-2, decay=0.8, reg=0.01, scale=1e-1),
]
rules = {"adam": adam, "sgd-momentum": momentum}
if __name__ == "__main__":
    print(json.dumps([
        dict(c, double=train(np.float64, **dict(c, rule=rules[c["rule"]])),
             single=train(np.float32, **dict(c, rule=rules[c["rule"]])))
        for c in cases
    ], indent=1))
