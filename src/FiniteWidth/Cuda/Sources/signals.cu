// What flows between layers: count samples, positions and channels in this order, channels last. Gradients have the direction in
// front: all samples of the first output direction, then all of the second. So a factor of the activations has the index of the
// gradient modulo the number of activations.

extern "C" __global__ void add(real* y, const real* x, whole count)
{
    EACH(i, count) y[i] += x[i];
}

// y = a * x, with x repeated.
extern "C" __global__ void multiply(real* y, const real* a, const real* x, whole count, whole period)
{
    EACH(i, count) y[i] = a[i] * x[i % period];
}

// y = scale * x, with x repeated along rows; zeros where there is no x.
extern "C" __global__ void broadcast(real* y, const real* x, double scale, whole count, whole period)
{
    EACH(i, count) y[i] = (real)scale * x[i % period];
}

// Direction r of every sample: row r.
extern "C" __global__ void spread(real* y, const real* rows, whole directions, whole samples, whole outputs)
{
    EACH(i, directions * samples * outputs) y[i] = rows[i / (samples * outputs) * outputs + i % outputs];
}

// Sums rows that follow one another: y[g] = scale * (x[g, 0] + x[g, 1] + ...), each of so many columns.
extern "C" __global__ void sum_rows(real* y, const real* x, double scale, whole groups, whole rows, whole columns)
{
    EACH(i, groups * columns)
    {
        const whole group = i / columns;
        double sum = 0;
        for (whole row = 0; row < rows; row++) sum += x[(group * rows + row) * columns + i % columns];
        y[i] += (real)(scale * sum);
    }
}

// Copies one branch into its blocks of a concatenation: blocks of so many numbers, every stride numbers, from offset on.
extern "C" __global__ void join(real* joined, const real* part, whole count, whole block, whole offset, whole stride)
{
    EACH(i, count) joined[i / block * stride + offset + i % block] = part[i];
}

// The way back.
extern "C" __global__ void split(real* part, const real* joined, whole count, whole block, whole offset, whole stride)
{
    EACH(i, count) part[i] = joined[i / block * stride + offset + i % block];
}

// y(p) = sum of weights * x(source) over the entries of row p, for each channel: tables one row after another.
extern "C" __global__ void map_positions(
    real* y, const real* x, const whole* starts, const whole* sources, const real* weights, whole count, whole rows, whole columns, whole channels)
{
    EACH(i, count)
    {
        const whole row = i / channels % rows;
        const real* from = x + i / channels / rows * columns * channels + i % channels;
        real sum = 0;
        for (whole k = starts[row]; k < starts[row + 1]; k++) sum += weights[k] * from[sources[k] * channels];
        y[i] = sum;
    }
}

// The sum over the threads of a block, for all of them.
__device__ double block_sum(double value)
{
    __shared__ double partial[256];
    partial[threadIdx.x] = value;
    __syncthreads();
    for (unsigned int half = blockDim.x / 2; half > 0; half /= 2)
    {
        if (threadIdx.x < half) partial[threadIdx.x] += partial[threadIdx.x + half];
        __syncthreads();
    }

    const double sum = partial[0];
    __syncthreads();
    return sum;
}

// y = (z - mean z) / s, s = sqrt(mean (z - mean z)^2 + epsilon), over the channels of each position.
extern "C" __global__ void normalize(real* y, real* deviations, const real* z, double epsilon, whole rows, whole channels)
{
    EACH_ROW(row, rows)
    {
        const real* from = z + row * channels;
        double sum = 0;
        for (whole c = threadIdx.x; c < channels; c += blockDim.x) sum += from[c];
        const double mean = block_sum(sum) / channels;
        sum = 0;
        for (whole c = threadIdx.x; c < channels; c += blockDim.x) sum += (from[c] - mean) * (from[c] - mean);
        const double deviation = sqrt(block_sum(sum) / channels + epsilon);
        for (whole c = threadIdx.x; c < channels; c += blockDim.x) y[row * channels + c] = (real)((from[c] - mean) / deviation);
        if (threadIdx.x == 0) deviations[row] = (real)deviation;
    }
}

// The normalisation's Jacobian (I - 11'/C - yy'/C)/s applied to each row of d; so many rows of y serve all directions.
extern "C" __global__ void project(
    real* below, const real* d, const real* y, const real* deviations, whole rows, whole channels, whole period)
{
    EACH_ROW(row, rows)
    {
        const real* from = d + row * channels;
        const real* normal = y + row % period * channels;
        double sum = 0;
        double along = 0;
        for (whole c = threadIdx.x; c < channels; c += blockDim.x)
        {
            sum += from[c];
            along += (double)from[c] * normal[c];
        }

        sum = block_sum(sum) / channels;
        along = block_sum(along) / channels;
        const double deviation = deviations[row % period];
        for (whole c = threadIdx.x; c < channels; c += blockDim.x)
        {
            below[row * channels + c] = (real)((from[c] - sum - along * normal[c]) / deviation);
        }
    }
}

// A layer's term of the NTK from two Grams, summed over positions p, p':
// theta[(n, r), (n', r')] += sum (weightScale * A[(n, p), (n', p')] + biasScale) * B[(r, n, p), (r', n', p')].
extern "C" __global__ void contract(
    real* theta, const real* forward, const real* backward, double weightScale, double biasScale,
    whole samples, whole otherSamples, whole directions, whole positions)
{
    const whole columns = otherSamples * directions;
    EACH(i, samples * directions * columns)
    {
        const whole n = i / columns / directions;
        const whole r = i / columns % directions;
        const whole m = i % columns / directions;
        const whole q = i % columns % directions;
        double sum = 0;
        for (whole p = 0; p < positions; p++)
        {
            const real* a = forward + ((n * positions + p) * otherSamples + m) * positions;
            const real* b = backward + (((r * samples + n) * positions + p) * directions * otherSamples + q * otherSamples + m) * positions;
            for (whole s = 0; s < positions; s++) sum += (weightScale * a[s] + biasScale) * b[s];
        }

        theta[i] += (real)sum;
    }
}

// The same from products of gradients: theta[(n, r), (n', r')] += scale * P[(r, n), (r', n')].
extern "C" __global__ void reorder(real* theta, const real* products, double scale, whole samples, whole otherSamples, whole directions)
{
    const whole columns = otherSamples * directions;
    EACH(i, samples * directions * columns)
    {
        const whole row = i / columns % directions * samples + i / columns / directions;
        theta[i] += (real)scale * products[row * columns + i % columns % directions * otherSamples + i % columns / directions];
    }
}
