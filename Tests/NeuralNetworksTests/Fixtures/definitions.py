"""The layers by their definitions: each returns its output and the function that takes gradients back."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


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


def average_pooling(x, height, width, stride):
    seen = windows(x, height, width, stride)

    def backward(dout):
        return (add_windows(np.broadcast_to(dout[..., None, None] / (height * width), seen.shape), x.shape, stride),)

    return seen.mean(axis=(-2, -1)), backward


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
