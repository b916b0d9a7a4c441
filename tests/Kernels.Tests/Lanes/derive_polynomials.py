"""Derives the polynomial coefficients of src/Kernels/Lanes/LaneMath*.cs, of the arc-cosine duals and of Box-Muller.

Each row interpolates a smooth function at Chebyshev nodes in 60-digit arithmetic (within a small factor of the minimax
polynomial), converts to powers, rounds the coefficients to double, and prints them from the constant term upwards with the
largest error on the interval, relative to the function (f64 and f32 degrees). Needs mpmath: python derive_polynomials.py [NAME]
"""
import itertools
import struct
import sys
from mpmath import mp, mpf, sqrt, asin, acos, exp, erf, erfc, sin, cos, cosh, pi, atan, matrix, lu_solve, quad, log

mp.dps = 60


def series(f, taylor, cut):
    """f, and near 0, where f is 0/0, its Taylor polynomial from high-order divided values."""
    return lambda w: taylor(w) if abs(w) < cut else f(w)


def asin_over(w):                      # asin(sqrt w)/sqrt w
    t = sqrt(mpf(w))
    return asin(t) / t if t else mpf(1)


def acos_over(v):                      # acos(1-v)/sqrt v
    v = mpf(v)
    return acos(1 - v) / sqrt(v) if v > mpf(10) ** -30 else sqrt(mpf(2))


def rest_over(v):                      # (sin a - a cos a)/v^(3/2), a = acos(1-v)
    v = mpf(v)
    if v < mpf(10) ** -12:
        return sqrt(mpf(2)) * 2 / 3 * (1 + 0 * v)
    a = acos(1 - v)
    return (sin(a) - a * cos(a)) / v ** mpf(1.5)


def even(f, limit):                    # f(sqrt w)/sqrt w
    return lambda w: f(sqrt(mpf(w))) / sqrt(mpf(w)) if w > mpf(10) ** -30 else limit


def erfcx_mapped(t):                   # erfcx(x)·(x + 1/2) by t = (x - 4)/(x + 4)
    t = mpf(t)
    if t >= 1 - mpf(10) ** -30:
        return 1 / sqrt(pi)
    x = 4 * (1 + t) / (1 - t)
    if x < 60:
        return exp(x * x) * erfc(x) * (x + mpf(1) / 2)
    s = mpf(0)
    term = mpf(1)
    for k in range(1, 60):
        s += term
        new = -term * (2 * k - 1) / (2 * x * x)
        if abs(new) > abs(term):
            break
        term = new
    return s / (x * sqrt(pi)) * (x + mpf(1) / 2)


def expm1_over(r):
    r = mpf(r)
    return (exp(r) - 1) / r if abs(r) > mpf(10) ** -30 else mpf(1)


def cos_rest(w):                       # (cos(sqrt w) - 1 + w/2)/w^2
    w = mpf(w)
    return (cos(sqrt(w)) - 1 + w / 2) / w ** 2 if w > mpf(10) ** -12 else mpf(1) / 24 - w / 720


def sin_rest(w):                       # (sin(sqrt w)/sqrt w - 1)/w
    w = mpf(w)
    return (sin(sqrt(w)) / sqrt(w) - 1) / w if w > mpf(10) ** -20 else -mpf(1) / 6


def atan_rest(w):                      # atan(sqrt w)/sqrt w
    w = mpf(w)
    return atan(sqrt(w)) / sqrt(w) if w > mpf(10) ** -30 else mpf(1)


def quarter_turn(w):                   # -acos(w^2 - 1)/(2 pi sqrt(2 - w^2))
    v = 2 - w * w
    return -asin(sqrt(v / 2)) / (pi * sqrt(v)) if v > mpf(10) ** -50 else -1 / (sqrt(mpf(2)) * pi)


def log_over(gap):                     # -2 log(1 - gap)/gap
    gap = mpf(gap)
    return -2 * log(1 - gap) / gap if gap > mpf(10) ** -20 else 2 + gap


quarter = mpf(1) / 4
rows = {
    "asin":      (asin_over, 0, quarter, (12, 5)),
    "asineighth": (asin_over, 0, sin(pi / 8) ** 2, (10,)),
    "acosv":     (lambda v: acos_over(v) / (2 * pi), 0, 1, (6,)),
    "restv":     (lambda v: rest_over(v), 0, 1, (6,)),
    "asinhalf":  (asin_over, 0, mpf(1) / 2, (20, 9)),
    "atan":      (atan_rest, 0, 1, (20, 8)),
    "expm1":     (expm1_over, -log(mpf(2)) / 2, log(mpf(2)) / 2, (10, 5)),
    "erf":       (even(erf, 2 / sqrt(pi)), 0, 1, (11, 6)),
    "erfcx":     (erfcx_mapped, -1, 1, (24, 11)),
    "sin":       (sin_rest, 0, (pi / 4) ** 2, (5, 2)),
    "cos":       (cos_rest, 0, (pi / 4) ** 2, (5, 2)),
    "radius":    (log_over, 0, mpf(1) / 2, (8,)),
}


def fit(f, a, b, degree, ends=False):  # ends: the outer nodes moved to the ends, where the polynomial is then exact
    n = degree + 1
    a, b = mpf(a), mpf(b)
    nodes = [cos((2 * i + 1) * pi / (2 * n)) / (cos(pi / (2 * n)) if ends else 1) for i in range(n)]
    values = [f((a + b) / 2 + (b - a) / 2 * x) for x in nodes]
    # Newton's divided differences in the original variable, then to powers.
    xs = [(a + b) / 2 + (b - a) / 2 * x for x in nodes]
    d = list(values)
    for j in range(1, n):
        for i in range(n - 1, j - 1, -1):
            d[i] = (d[i] - d[i - 1]) / (xs[i] - xs[i - j])
    c = [d[-1]]
    for i in range(n - 2, -1, -1):
        new = [mpf(0)] * (len(c) + 1)
        for k, v in enumerate(c):
            new[k + 1] += v
            new[k] -= v * xs[i]
        new[0] += d[i]
        c = new
    return c


def worst(f, a, b, c):
    e = mpf(0)
    for i in range(1201):
        x = mpf(a) + (mpf(b) - a) * (1 - cos(pi * i / 1200)) / 2
        y = mpf(0)
        for v in reversed(c):
            y = y * x + v
        e = max(e, abs(y / f(x) - 1))
    return e


def turn(degree):
    """quarter_turn as E(w^2) + (w - 1) O(w^2), exact at both ends."""
    powers = fit(quarter_turn, 1, sqrt(mpf(2)), degree, ends=True)
    odd = powers[1::2]
    even = [c + (odd[i] if i < len(odd) else 0) for i, c in enumerate(powers[::2])]
    return even, odd, worst(quarter_turn, 1, sqrt(mpf(2)), powers)


def single(even, odd):
    """
    The float32 coefficients within three units of the rounded ones that leave the least relative error, with E(1) = -1/4: rounding each by
    itself leaves ten times as much, of one sign, which deep networks add up.
    """
    def near(c):
        x = struct.unpack("i", struct.pack("f", float(c)))[0]
        return [struct.unpack("f", struct.pack("i", x + i))[0] for i in range(-3, 4)]

    def value(c, x):
        y = 0.0
        for v in reversed(c):
            y = y * x + v
        return y

    points = [1 + (2 ** 0.5 - 1) * i / 64 for i in range(65)]
    exact = [float(quarter_turn(mpf(w) if w < 1.4142 else sqrt(mpf(2)))) for w in points]
    odds = [(c, [(w - 1) * value(c, w * w) for w in points]) for c in itertools.product(*map(near, odd))]
    best = (1.0, None, None)
    for c in itertools.product(*map(near, even)):
        if abs(value(c, 1.0) + 0.25) > 2.0 ** -27:
            continue
        rest = [value(c, w * w) - y for w, y in zip(points, exact)]
        for o, part in odds:
            error = max(abs((a + b) / y) for a, b, y in zip(rest, part, exact))
            if error < best[0]:
                best = (error, c, o)
    return best


if __name__ == "__main__":
    for degree in (10, 5) if len(sys.argv) < 2 or "turn" in sys.argv[1:] else ():
        even, odd, error = turn(degree)
        print(f"turn, degree {degree}: relative error {mp.nstr(error, 3)}")
        for name, c in (("E", even), ("O", odd)):
            print("   ", name, [float(v) for v in c])
        if degree == 5:
            error, even, odd = single(even, odd)
            print(f"    in float32, relative error {error:.1e}:", even, odd)
    for name, (f, a, b, degrees) in rows.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        for degree in degrees:
            c = [mpf(float(v)) for v in fit(f, a, b, degree)]
            print(f"{name} on [{mp.nstr(mpf(a), 5)}, {mp.nstr(mpf(b), 5)}] degree {degree}: "
                  f"relative error {mp.nstr(worst(f, a, b, c), 3)}")
            for v in c:
                print("    ", repr(float(v)), ",", sep="")
