"""Prints what NumPy makes of the images, for CIFAR10Tests: digests of the mean image and of a minibatch.

With a folder as argument, of the dataset's files in it; without, of the small files that the tests write. Follows the course's loading:
float64 images, of which the training images' mean is subtracted.
"""

import hashlib
import pathlib
import sys

import numpy as np

if len(sys.argv) > 1:
    folder = pathlib.Path(sys.argv[1])
    records = [np.fromfile(folder / f"data_batch_{k}.bin", np.uint8).reshape(-1, 3073) for k in range(1, 6)]
    records, training = np.concatenate(records), 49_000
else:
    n, training = 100, 90
    r, p = np.arange(n)[:, None], np.arange(3072)[None, :]
    records = np.concatenate([r % 10, (r * 37 + p * 101 + r * p % 251) % 256], axis=1).astype(np.uint8)

images = records[:, 1:].astype("float")
mean = np.mean(images[:training], axis=0)
np.random.seed(231)
batch = np.random.choice(training, 50)
minibatch = images[batch] - mean
for name, values in (("mean", mean), ("float64", minibatch), ("float32", minibatch.astype(np.float32))):
    print(name, hashlib.sha256(values.tobytes()).hexdigest())
print("labels", records[batch, 0].tolist()[:10])
