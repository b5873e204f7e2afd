"""The first 20 losses of two trainings of the notebook `cnn`, computed with NumPy from the layers' definitions.

python3 losses.py FOLDER > losses.json, where FOLDER holds the binary files of CIFAR-10. Each training is computed on those
files and on the synthetic stand-in, which is generated here once more from its description, in float64 and in float32.
"""
import hashlib
import json
import pathlib
import sys

import numpy as np

sys.path.append(str(pathlib.Path(__file__).parents[2] / "NeuralNetworksTests/Fixtures"))
import training  # noqa: E402
from definitions import windows  # noqa: E402

TRAINING, IMAGES = 49_000, 50_000
CELLS = {
    "overfit": dict(scale=1e-2, hidden=100, reg=0.0, count=100),
    "one-epoch": dict(scale=1e-3, hidden=500, reg=1e-3, count=TRAINING),
}


def convolution(x, w, b, stride, pad):
    """The convolution of `definitions.py` by matrix products, which take seconds where its sums take minutes."""
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    seen = windows(padded, w.shape[2], w.shape[3], stride)
    out = np.moveaxis(np.tensordot(seen, w, axes=([1, 4, 5], [1, 2, 3])), 3, 1) + b[:, None, None]

    def backward(dout):
        dw = np.tensordot(dout, seen, axes=([0, 2, 3], [0, 2, 3]))
        return None, dw, dout.sum(axis=(0, 2, 3))  # nobody asks for the images' gradient

    return out, backward


training.convolution = convolution


class SplitMix:
    """SplitMix64, many streams side by side."""

    def __init__(self, seeds):
        self.state = np.array(seeds, np.uint64) * np.uint64(0xD1342543DE82EF95)

    def next(self):
        self.state = self.state + np.uint64(0x9E3779B97F4A7C15)
        word = self.state
        word = (word ^ word >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ word >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
        return word ^ word >> np.uint64(31)

    def below(self, limit):
        """The upper half of the product with `limit`, which has few bits."""
        word, limit = self.next(), np.uint64(limit)
        low = (word & np.uint64(0xFFFFFFFF)) * limit
        return (((word >> np.uint64(32)) * limit + (low >> np.uint64(32))) >> np.uint64(32)).astype(int)


def stand_in():
    wave = lambda position: np.minimum(position % 32, 32 - position % 32)
    patterns = np.zeros((10, 3, 32, 64), np.uint8)
    for label in range(10):
        random = SplitMix([label + 1_000_003])
        for channel in range(3):
            across_waves, down_waves = 1 + random.below(3)[0], 1 + random.below(3)[0]
            across_shift, down_shift = random.below(32)[0], random.below(32)[0]
            across = wave(across_waves * np.arange(64) + across_shift)
            down = wave(down_waves * np.arange(32) + down_shift)
            patterns[label, channel] = 32 + down[:, None] * across * 159 // 256
    random = SplitMix(np.arange(IMAGES))
    labels, others = random.below(10), random.below(10)
    down, across = random.below(9), random.below(9)
    noise = np.stack([random.next() for _ in range(3 * 32 * 4)], axis=1).view(np.uint8).reshape(IMAGES, 3, 32, 32) & 0x3F
    images = np.empty((IMAGES, 3, 32, 32), np.uint8)
    for i in range(IMAGES):
        rows, columns = (np.arange(32) + down[i]) % 32, np.arange(32) + across[i]
        own, other = (patterns[label][:, rows][:, :, columns].astype(int) for label in (labels[i], others[i]))
        images[i] = (own + (own + other) // 2) // 2 + noise[i]
    return images, labels


def files(folder):
    records = [np.fromfile(f"{folder}/data_batch_{n}.bin", np.uint8).reshape(-1, 3073) for n in range(1, 6)]
    records = np.concatenate(records)
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0].astype(int)


def losses(data, dtype, scale, hidden, reg, count):
    images, labels = data
    mean = images[:TRAINING].sum(axis=0, dtype=np.int64) / TRAINING
    np.random.seed(231)
    normal = lambda *shape: np.random.normal(0, scale, shape).astype(dtype)
    p = dict(W1=normal(32, 3, 7, 7), b1=np.zeros(32, dtype), W2=normal(8192, hidden), b2=np.zeros(hidden, dtype),
             W3=normal(hidden, 10), b3=np.zeros(10, dtype))
    memory = {name: {} for name in p}
    history = []
    for t in range(20):
        chosen = np.random.choice(count, 50)
        loss, g = training.loss_and_gradients(p, (images[chosen] - mean).astype(dtype), labels[chosen], 3, reg)
        p = {name: training.adam(p[name], g[name], memory[name], dtype(1e-3)) for name in p}
        history.append(float(loss))
        if t == 0 and count > 1000:
            np.random.choice(count, 1000)  # the solver's sample for the accuracy of "epoch 0"
    return history


if __name__ == "__main__":
    folder = sys.argv[1]
    digest = lambda name: hashlib.sha256(pathlib.Path(folder, name).read_bytes()).hexdigest()
    sources = {"stand-in": stand_in(), "cifar-10": files(folder)}
    result = {
        "source": f"losses.py with NumPy {np.__version__}",
        "digests": {f"data_batch_{n}.bin": digest(f"data_batch_{n}.bin") for n in range(1, 6)},
        "losses": {
            cell: {
                name: {dtype: losses(data, getattr(np, dtype), **settings) for dtype in ("float64", "float32")}
                for name, data in sources.items()
            }
            for cell, settings in CELLS.items()
        },
    }
    print(json.dumps(result, indent=1))
