"""Outputs and gradients of every layer for arrays drawn with a seed, in the order in which the package draws them."""
import json

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from encoding import tensor


def windows(x, height, width, stride):
    """N×C×H×W to N×C×H′×W′×height×width, a view."""
    return sliding_window_view(x, (height, width), axis=(2, 3))[:, :, ::stride, ::stride]


def add_windows(values, shape, stride):
    """The transpose of `windows`: adds N×C×H′×W′×height×width to their places in an array of `shape`."""
    x = np.zeros(shape)
    rows, columns, height, width = values.shape[2:]
    for i in range(height):
        for j in range(width):
            x[:, :, i:i + rows * stride:stride, j:j + columns * stride:stride] += values[..., i, j]
    return x


def convolution(x, w, b, stride, pad):
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    seen = windows(padded, w.shape[2], w.shape[3], stride)
    out = np.einsum("ncrsij,fcij->nfrs", seen, w) + b[:, None, None]

    def backward(dout):
        dpadded = add_windows(np.einsum("nfrs,fcij->ncrsij", dout, w), padded.shape, stride)
        dx = dpadded[:, :, pad:pad + x.shape[2], pad:pad + x.shape[3]]
        return dx, np.einsum("nfrs,ncrsij->fcij", dout, seen), dout.sum(axis=(0, 2, 3))

    return out, backward


def pooling(x, height, width, stride):
    seen = windows(x, height, width, stride)
    flat = seen.reshape(*seen.shape[:4], -1)
    winners = flat.argmax(axis=-1)

    def backward(dout):
        mask = np.arange(flat.shape[-1]) == winners[..., None]
        return (add_windows((mask * dout[..., None]).reshape(seen.shape), x.shape, stride),)

    return flat.max(axis=-1), backward


def affine(x, w, b):
    rows = x.reshape(len(x), -1)
    return rows @ w + b, lambda dout: ((dout @ w.T).reshape(x.shape), rows.T @ dout, dout.sum(axis=0))


def relu(x):
    return np.maximum(x, 0), lambda dout: (dout * (x > 0),)


def batch_normalisation(x, gamma, beta):
    """Over all axes but the second."""
    axes = tuple(a for a in range(x.ndim) if a != 1)
    wide = lambda p: p.reshape((-1,) + (1,) * (x.ndim - 2))
    deviation = np.sqrt(x.var(axis=axes, keepdims=True) + 1e-5)
    normal = (x - x.mean(axis=axes, keepdims=True)) / deviation

    def backward(dout):
        d = dout * wide(gamma)
        dx = (d - d.mean(axis=axes, keepdims=True) - normal * (d * normal).mean(axis=axes, keepdims=True)) / deviation
        return dx, (dout * normal).sum(axis=axes), dout.sum(axis=axes)

    return wide(gamma) * normal + wide(beta), backward


def dropout(x, p, seed):
    mask = (np.random.RandomState(seed).rand(*x.shape) < 1 - p) / (1 - p)
    return x * mask, lambda dout: (dout * mask,)


def softmax_loss(x, y):
    p = np.exp(x - x.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    rows = np.arange(len(x))
    gradient = p - (np.arange(x.shape[1]) == y[:, None])
    return -np.log(p[rows, y]).mean(), lambda dout: (dout * gradient / len(x),)


def svm_loss(x, y):
    own = np.arange(x.shape[1]) == y[:, None]
    margins = np.where(own, 0, np.maximum(0, x - x[own][:, None] + 1))
    violated = (margins > 0).astype(float)
    gradient = violated - own * violated.sum(axis=1, keepdims=True)
    return margins.sum() / len(x), lambda dout: (dout * gradient / len(x),)


def then(first, *others):
    """The first layer's result, passed through layers of one argument."""
    out, backward = first
    steps = [backward]
    for layer in others:
        out, backward = layer(out)
        steps.append(backward)

    def all_backward(dout):
        for step in reversed(steps[1:]):
            (dout,) = step(dout)
        return steps[0](dout)

    return out, all_backward


randn = np.random.randn
cases = []


def case(layer, seed, options, compute, *shapes):
    np.random.seed(seed)
    arrays = [randn(*shape) for shape in shapes]
    arrays[0] = options.get("inputScale", 1) * arrays[0] + options.get("inputOffset", 0)
    if layer.endswith("loss"):
        out, backward = compute(arrays[0], np.random.randint(shapes[0][1], size=shapes[0][0]))
        gradients = backward(1.0)
    else:
        out, backward = compute(*arrays)
        gradients = backward(randn(*out.shape))
    cases.append(dict(layer=layer, seed=seed, inputShape=list(shapes[0]), **options, output=tensor(out),
                      gradients=[tensor(g) for g in gradients]))


seed = 100
for x, w, stride, pad in [
    ((4, 3, 5, 5), (2, 3, 3, 3), 1, 1), ((2, 3, 4, 4), (3, 3, 4, 4), 2, 1), ((2, 1, 7, 5), (4, 1, 1, 1), 1, 0),
    ((3, 2, 8, 7), (2, 2, 3, 2), 3, 2), ((1, 4, 6, 9), (5, 4, 2, 5), 2, 0), ((9, 2, 5, 5), (1, 2, 5, 5), 1, 2),
    ((2, 3, 9, 9), (17, 3, 7, 7), 1, 3), ((2, 2, 3, 3), (2, 2, 3, 3), 5, 4),
]:
    options = dict(filterShape=list(w), stride=stride, padding=pad)
    shapes = (x, w, (w[0],))
    case("convolution", seed, options, lambda x, w, b: convolution(x, w, b, stride, pad), *shapes)
    case("conv-relu", seed + 1, options, lambda x, w, b: then(convolution(x, w, b, stride, pad), relu), *shapes)
    seed += 2
for x, w, stride, pad, pool in [
    ((2, 3, 8, 8), (3, 3, 3, 3), 1, 1, (2, 2, 2)), ((2, 2, 9, 7), (4, 2, 3, 1), 1, 0, (3, 2, 1)),
    ((3, 3, 10, 10), (8, 3, 5, 5), 1, 2, (2, 2, 2)), ((2, 3, 11, 11), (5, 3, 3, 3), 2, 2, (2, 3, 2)),
]:
    options = dict(filterShape=list(w), stride=stride, padding=pad, poolHeight=pool[0], poolWidth=pool[1],
                   poolStride=pool[2])
    case("conv-relu-pool", seed, options,
         lambda x, w, b: then(convolution(x, w, b, stride, pad), relu, lambda a: pooling(a, *pool)), x, w, (w[0],))
    seed += 1
for x, pool in [
    ((3, 2, 8, 8), (2, 2, 2)), ((2, 3, 7, 9), (3, 3, 2)), ((2, 2, 5, 6), (1, 4, 1)), ((1, 2, 9, 9), (2, 3, 4)),
    ((2, 1, 6, 6), (6, 6, 1)), ((2, 4, 9, 7), (2, 2, 2)),
]:
    options = dict(poolHeight=pool[0], poolWidth=pool[1], poolStride=pool[2])
    case("max-pooling", seed, options, lambda x: pooling(x, *pool), x)
    seed += 1
for x, units in [((5, 3, 2, 2), 7), ((1, 6), 1), ((20, 17), 18)]:
    features = int(np.prod(x[1:]))
    case("affine", seed, dict(units=units), affine, x, (features, units), (units,))
    case("affine-relu", seed + 1, dict(units=units), lambda *a: then(affine(*a), relu), x, (features, units), (units,))
    seed += 2
case("relu", seed, {}, relu, (3, 4, 5))
for x, scale, offset in [((4, 5), 1, 0), ((30, 3), 5, 12), ((3, 1), 1, 0)]:
    seed += 1
    case("batch-normalisation", seed, dict(inputScale=scale, inputOffset=offset), batch_normalisation,
         x, (x[1],), (x[1],))
for x, scale, offset in [((2, 3, 4, 5), 5, 12), ((5, 1, 3, 3), 1, 0), ((3, 7, 5, 2), 0.1, -3)]:
    seed += 1
    case("spatial-batch-normalisation", seed, dict(inputScale=scale, inputOffset=offset), batch_normalisation,
         x, (x[1],), (x[1],))
for p in (0, 0.25, 0.5):
    seed += 1
    case("dropout", seed, dict(dropProbability=p, maskSeed=9), lambda x: dropout(x, p, 9), (6, 5))
for x, scale in [((5, 10), 1), ((50, 10), 0.001), ((3, 2), 20)]:
    seed += 1
    case("softmax-loss", seed, dict(inputScale=scale), softmax_loss, x)
    case("svm-loss", seed, dict(inputScale=scale), svm_loss, x)
print(json.dumps(cases, indent=0))
