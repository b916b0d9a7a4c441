extern "C" __global__ void forward(real* y, const real* z, whole count)
{
    EACH(i, count) y[i] = value(z[i]);
}

// The gradient below: times the slope, which serves all directions.
extern "C" __global__ void backward(real* below, const real* gradient, const real* z, whole count, whole period)
{
    EACH(i, count) below[i] = gradient[i] * slope(z[i % period]);
}
