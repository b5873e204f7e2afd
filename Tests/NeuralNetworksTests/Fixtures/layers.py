"""Outputs and gradients of every layer for arrays drawn with a seed, in the order in which the package draws them."""
import json

import numpy as np

from definitions import *
from encoding import tensor

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
    ((2, 2, 4, 5), (3, 2, 1, 1), 1, 2),
]:
    options = dict(filterShape=list(w), stride=stride, padding=pad)
    shapes = (x, w, (w[0],))
    case("convolution", seed, options, lambda x, w, b: convolution(x, w, b, stride, pad), *shapes)
    case("conv-relu", seed + 1, options, lambda x, w, b: then(convolution(x, w, b, stride, pad), relu), *shapes)
    seed += 2
for x, w, stride, pad, pool in [
    ((2, 3, 8, 8), (3, 3, 3, 3), 1, 1, (2, 2, 2)), ((2, 2, 9, 7), (4, 2, 3, 1), 1, 0, (3, 2, 1)),
    ((3, 3, 10, 10), (8, 3, 5, 5), 1, 2, (2, 2, 2)), ((2, 3, 11, 11), (5, 3, 3, 3), 2, 2, (2, 3, 2)),
    ((1, 2, 17, 17), (2, 2, 3, 3), 1, 1, (17, 15, 2)),
]:
    options = dict(filterShape=list(w), stride=stride, padding=pad, poolHeight=pool[0], poolWidth=pool[1],
                   poolStride=pool[2])
    case("conv-relu-pool", seed, options,
         lambda x, w, b: then(convolution(x, w, b, stride, pad), relu, lambda a: pooling(a, *pool)), x, w, (w[0],))
    seed += 1
for x, pool in [
    ((3, 2, 8, 8), (2, 2, 2)), ((2, 3, 7, 9), (3, 3, 2)), ((2, 2, 5, 6), (1, 4, 1)), ((1, 2, 9, 9), (2, 3, 4)),
    ((2, 1, 6, 6), (6, 6, 1)), ((2, 4, 9, 7), (2, 2, 2)), ((1, 2, 17, 18), (16, 17, 1)),
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
    case("batch-normalization", seed, dict(inputScale=scale, inputOffset=offset), batch_normalisation,
         x, (x[1],), (x[1],))
for x, scale, offset in [((2, 3, 4, 5), 5, 12), ((5, 1, 3, 3), 1, 0), ((3, 7, 5, 2), 0.1, -3)]:
    seed += 1
    case("spatial-batch-normalization", seed, dict(inputScale=scale, inputOffset=offset), batch_normalisation,
         x, (x[1],), (x[1],))
for p in (0, 0.25, 0.5):
    seed += 1
    case("dropout", seed, dict(dropProbability=p, maskSeed=9), lambda x: dropout(x, p, 9), (6, 5))
for x, scale in [((5, 10), 1), ((50, 10), 0.001), ((3, 2), 20)]:
    seed += 1
    case("softmax-loss", seed, dict(inputScale=scale), softmax_loss, x)
    case("svm-loss", seed, dict(inputScale=scale), svm_loss, x)
for x, scale, offset in [((6, 4), 1, 0), ((20, 3), 5, 12), ((3, 4, 5, 3), 2, -3)]:
    seed += 1
    case("batchnorm-relu", seed, dict(inputScale=scale, inputOffset=offset),
         lambda *a: then(batch_normalisation(*a), relu), x, (x[1],), (x[1],))
for x, pool in [
    ((3, 2, 8, 8), (2, 2, 2)), ((2, 3, 7, 9), (3, 3, 2)), ((2, 2, 5, 6), (1, 4, 1)), ((1, 2, 9, 9), (2, 3, 4)),
    ((2, 1, 6, 6), (6, 6, 1)), ((1, 2, 17, 18), (16, 17, 1)),
]:
    seed += 1
    options = dict(poolHeight=pool[0], poolWidth=pool[1], poolStride=pool[2])
    case("average-pooling", seed, options, lambda x: average_pooling(x, *pool), x)
print(json.dumps(cases, indent=0))
