// The functions that formulas use besides those of CUDA itself; value and slope of one activation stand behind these.
__device__ real relu(real x) { return x < 0 ? 0 : x; }
__device__ real larger(real x, real y) { return x < y ? y : x; }
__device__ real smaller(real x, real y) { return y < x ? y : x; }
__device__ real sign(real x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
__device__ real step(real x) { return x > 0 ? 1 : x < 0 ? 0 : (real)0.5; }
__device__ real sigmoid(real x) { return 1 / (1 + exp(-x)); }
__device__ real softplus(real x) { return relu(x) + log1p(exp(-fabs(x))); }
__device__ real sech2(real x) { return 1 / (cosh(x) * cosh(x)); }
__device__ real bell(real x) { return (real)1.1283791670955126 * exp(-x * x); }
