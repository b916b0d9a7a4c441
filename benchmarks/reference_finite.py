"""The reference library (neural_tangents with JAX) on the two tasks of "finite": one JSON line each, seconds of the fastest of several calls after compilation, for its two implementations that are not slower by far, float32. A draw is compiled whole: weights, network, kernel."""
import json
import time

import jax
import numpy as np
import neural_tangents as nt
from neural_tangents import stax


def network(width, outputs):
    layers = [stax.Dense(width, W_std=2 ** 0.5, b_std=0.1), stax.Relu()] * 3
    return stax.serial(*layers, stax.Dense(outputs))


def fastest(call, rounds=4):
    jax.block_until_ready(call())
    best = float('inf')
    for _ in range(rounds):
        start = time.perf_counter()
        jax.block_until_ready(call())
        best = min(best, time.perf_counter() - start)
    return best


def samples(count):
    return np.random.default_rng(0).uniform(-0.5, 0.5, (count, 784)).astype('f4')


for name, width, outputs, count, axes in [('empirical', 2048, 8, 16, ()), ('monteCarlo', 1024, 1, 64, (-1,))]:
    init, apply, _ = network(width, outputs)
    x = samples(count)
    for implementation in (nt.NtkImplementation.NTK_VECTOR_PRODUCTS, nt.NtkImplementation.STRUCTURED_DERIVATIVES):
        kernel = nt.empirical_ntk_fn(apply, trace_axes=axes, vmap_axes=0, implementation=implementation)
        if name == 'monteCarlo':
            timed, argument = jax.jit(lambda key: kernel(x, None, init(key, x.shape)[1])), jax.random.PRNGKey(1)
        else:
            timed, argument = jax.jit(lambda parameters: kernel(x, None, parameters)), init(jax.random.PRNGKey(0), x.shape)[1]
        print(json.dumps(dict(task=name, implementation=implementation.name, seconds=fastest(lambda: timed(argument)))), flush=True)
