"""Writes lane-functions.csv: function, argument, value as the sum of two doubles (106 bits). Needs mpmath."""
import random
from mpmath import mp, mpf, asin, acos, atan2, exp, expm1, erf, erfc, sin, cos

mp.dps = 60
random.seed(20)


def spread(n, low, high, signed=True):
    """n numbers, half uniform, half logarithmic down to 1e-12 of the range."""
    out = []
    for i in range(n):
        x = random.uniform(low, high) if i % 2 else random.choice([low, high]) * 10 ** random.uniform(-12, 0)
        out.append(x if signed else abs(x))
    return out


def near_one(n):
    return [s * (1 - 10 ** random.uniform(-15, -0.5)) for _ in range(n) for s in (1, -1)]


def single(x):
    import struct
    return struct.unpack("f", struct.pack("f", x))[0]


rows = []


def add(name, f, xs, n=1):
    for x in xs:
        args = x if isinstance(x, tuple) else (x,)
        args = tuple(single(a) for a in args)        # exact in both precisions
        y = f(*[mpf(a) for a in args])
        hi = float(y)
        rows.append(f"{name},{','.join(repr(a) for a in args)}{',' if n == 1 else ''},{hi!r},{float(y - mpf(hi))!r}")


unit = [x for x in spread(160, -1, 1) + near_one(40) + [0.0, 1.0, -1.0, 0.5, -0.5] if abs(single(x)) <= 1]
add("asin", asin, unit)
add("acos", acos, unit)
add("atan2", atan2, [(random.uniform(-1, 1) * 10 ** random.uniform(-6, 6), random.uniform(-1, 1) * 10 ** random.uniform(-6, 6))
                     for _ in range(200)] + [(0.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (1.0, 1.0), (0.0, -1.0)], 2)
add("exp", exp, spread(200, -87, 88) + [0.0])
add("expm1", expm1, spread(200, -80, 80) + [0.0])
add("erf", erf, spread(300, -6, 6) + [0.0, 1.0, -1.0])
add("erfcx", lambda x: exp(x * x) * erfc(x), spread(150, -30, 30, False) + [10 ** random.uniform(0, 3) for _ in range(50)] + [0.0])
add("sin", sin, spread(200, -1000, 1000) + [0.0])
add("cos", cos, spread(200, -1000, 1000) + [0.0])
with open("lane-functions.csv", "w") as out:
    out.write("function,x,y,high,low\n" + "\n".join(rows) + "\n")
