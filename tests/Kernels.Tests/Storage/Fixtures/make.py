"""Writes the NumPy files beside this script. Run with Python 3 and NumPy; the results are committed.

Element k (in C order) of every numeric array is k - 2 for signed types, k for unsigned ones, (k - 2)/4 for floats.
"""
import os
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))


def values(dtype, *shape):
    dtype = np.dtype(dtype)
    k = np.arange(int(np.prod(shape)), dtype="f8").reshape(shape)
    k = {"f": (k - 2) / 4, "i": k - 2, "u": k, "b": k % 2}[dtype.kind]
    return k.astype(dtype)


def save(name, array, version=None):
    with open(os.path.join(here, name + ".npy"), "wb") as file:
        np.lib.format.write_array(file, array, version=version, allow_pickle=True)


for kind in "b1 i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8".split():
    save(kind, values(kind, 3, 4))
    if int(kind[1]) > 1:
        save(kind + "_big", values(">" + kind, 3, 4))
save("fortran", np.asfortranarray(values("f8", 3, 4)))
save("fortran_four_axes_big", np.asfortranarray(values(">f4", 2, 3, 4, 5)))
save("fortran_one_row", np.asfortranarray(values("i2", 1, 2, 3)))
save("four_axes", values("u1", 2, 3, 4, 5))
save("vector", values("f8", 5))
save("number", np.array(-0.5))
save("empty", values("f8", 0, 5))
save("version2", values("f8", 3, 4), (2, 0))
save("version3", values("f8", 3, 4), (3, 0))
save("special", np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324, 1.7976931348623157e308]))
save("large_integers", np.array([2**53, -(2**62), 2**63 - 1], dtype="i8"))
save("text", np.array(["cat", "dog"]))
save("objects", np.array([{"a": 1}, None], dtype=object))
save("records", np.array([(1, 2.0)], dtype=[("a", "i4"), ("b)'", "f8")]))
save("complex", np.array([1 + 2j]))
save("dates", np.array(["2020-01-01"], dtype="M8[D]"))
np.savez(os.path.join(here, "stored.npz"), x=values("f8", 3, 4), y=np.array([0, 1, 1]), names=np.array(["a"]))
np.savez_compressed(os.path.join(here, "deflated.npz"), x=values(">f4", 30, 40), y=np.asfortranarray(values("u1", 3, 4)))
