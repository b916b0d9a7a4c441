// The numbers of RandomStream, which says what they are. In front of this stands box_muller, written by the same formula that the
// processor runs. No product stands beside a sum that it could be contracted with, so that every bit is the processor's.

// J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011: Philox4x32-10.
__device__ void philox(doubleword block, doubleword draw, doubleword name, doubleword seed, word* c)
{
    c[0] = (word)block;
    c[1] = (word)draw;
    c[2] = (word)name;
    c[3] = (word)(name >> 32);
    word k0 = (word)seed;
    word k1 = (word)(seed >> 32);
    for (int round = 0; round < 10; round++)
    {
        const doubleword product0 = (doubleword)0xD2511F53u * c[0];
        const doubleword product1 = (doubleword)0xCD9E8D57u * c[2];
        c[0] = (word)(product1 >> 32) ^ c[1] ^ k0;
        c[1] = (word)product1;
        c[2] = (word)(product0 >> 32) ^ c[3] ^ k1;
        c[3] = (word)product0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
}

__device__ double to_unit(word value)
{
    return (value + 0.5) * (1.0 / 4294967296.0);
}

// The arguments of Box-Muller from two words, as BoxMullerLanes says.
__device__ void gaussian_pair(word length, word angle, float* cosine, float* sine)
{
    const int above = (int)length >> 31;
    const float nearer = __fmaf_rn((float)(int)(length ^ above), 1.0f / 4294967296.0f, 0.5f / 4294967296.0f);
    const int bits = __float_as_int(nearer);
    const float gap = above ? nearer : 1.0f - __int_as_float((bits & 0x007FFFFF) | 0x3F000000);
    const float exponent = above ? 0.0f : (float)((bits >> 23) - 126);
    const float step = 1.57079637f / 4294967296.0f;
    const float theta = __fmaf_rn((float)(int)(angle << 2), step, 2 * step);
    float x, y;
    box_muller(gap, exponent, theta, &x, &y);
    if (angle >> 31)
    {
        x = -x;
        y = -y;
    }

    const bool exchanged = angle >> 30 & 1;
    *cosine = exchanged ? y : x;
    *sine = exchanged ? x : y;
}

// Standard Gaussians 0 ... count - 1 of a stream, times scale; a thread makes the four of a block.
extern "C" __global__ void gaussian(real* target, whole count, doubleword seed, doubleword draw, doubleword name, double scale)
{
    EACH(block, (count + 3) / 4)
    {
        word words[4];
        philox(block, draw, name, seed, words);
        for (int pair = 0; pair < 2; pair++)
        {
            float cosine, sine;
            gaussian_pair(words[2 * pair], words[2 * pair + 1], &cosine, &sine);
            const whole i = 4 * block + 2 * pair;
            if (i < count) target[i] = (real)(cosine * scale);
            if (i + 1 < count) target[i + 1] = (real)(sine * scale);
        }
    }
}

// y = x / keep where uniform number first + i % period of the stream is below keep, else 0.
extern "C" __global__ void dropout(
    real* y, const real* x, whole count, whole period, whole first, doubleword seed, doubleword draw, doubleword name, double keep)
{
    EACH(i, count)
    {
        const whole number = first + i % period;
        word words[4];
        philox(number >> 2, draw, name, seed, words);
        y[i] = to_unit(words[number & 3]) < keep ? x[i] * (real)(1 / keep) : 0;
    }
}
