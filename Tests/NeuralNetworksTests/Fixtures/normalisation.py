"""Batch normalisation in both modes: running statistics after three minibatches of training, then a test with them."""
import json

import numpy as np

from encoding import tensor

EPSILON, MOMENTUM = 1e-5, 0.9
cases = []
for shape in [(5, 3), (1, 4), (2, 3, 4, 5), (3, 2, 1, 7)]:
    np.random.seed(len(cases))
    axes = tuple(axis for axis in range(len(shape)) if axis != 1)
    wide = lambda p: p.reshape((-1,) + (1,) * (len(shape) - 2))
    gamma, beta = np.random.randn(shape[1]), np.random.randn(shape[1])
    mean, variance = np.zeros(shape[1]), np.zeros(shape[1])
    training = []
    for _ in range(3):
        x = 4 * np.random.randn(*shape) + 10
        training.append(tensor(x))
        mean = MOMENTUM * mean + (1 - MOMENTUM) * x.mean(axis=axes)
        variance = MOMENTUM * variance + (1 - MOMENTUM) * x.var(axis=axes)
    x, dout = 4 * np.random.randn(*shape) + 10, np.random.randn(*shape)
    normal = (x - wide(mean)) / np.sqrt(wide(variance) + EPSILON)
    cases.append(dict(
        training=training, gamma=tensor(gamma), beta=tensor(beta), mean=tensor(mean), variance=tensor(variance),
        x=tensor(x), dout=tensor(dout), output=tensor(wide(gamma) * normal + wide(beta)),
        dx=tensor(dout * wide(gamma) / np.sqrt(wide(variance) + EPSILON)),
        dgamma=tensor((dout * normal).sum(axis=axes)), dbeta=tensor(dout.sum(axis=axes))))
print(json.dumps(cases, indent=0))
