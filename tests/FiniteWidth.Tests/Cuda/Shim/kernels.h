// In front of a CUDA source that g++ compiles for the processor: the threads of a block run one after another, or as fibers where
// the kernel waits for its block.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>
#include <ucontext.h>
#include <utility>
#include <vector>

#define __global__
#define __device__ static
#define __shared__ static

struct Index { unsigned int x; };
static Index threadIdx, blockIdx, blockDim, gridDim;

static float __int_as_float(int bits) { float value; std::memcpy(&value, &bits, 4); return value; }
static int __float_as_int(float value) { int bits; std::memcpy(&bits, &value, 4); return bits; }
static float __fadd_rn(float a, float b) { return a + b; }
static float __fsub_rn(float a, float b) { return a - b; }
static float __fmul_rn(float a, float b) { return a * b; }
static float __fdiv_rn(float a, float b) { return a / b; }
static float __fmaf_rn(float a, float b, float c) { return std::fma(a, b, c); }
static float __fsqrt_rn(float a) { return std::sqrt(a); }

using std::cos; using std::cosh; using std::erf; using std::exp; using std::fabs; using std::fma; using std::log; using std::log1p;
using std::pow; using std::rint; using std::sin; using std::sqrt; using std::tanh;

namespace shim
{
    constexpr std::size_t Stack = 64 * 1024;
    static ucontext_t scheduler;
    static ucontext_t* current;
    static std::vector<ucontext_t> fibers;
    static std::vector<char> stacks;
    static std::vector<bool> finished;
    static void (*body)(void*);
    static void* context;

    static void fiber(unsigned int thread)
    {
        body(context);
        finished[thread] = true;
        swapcontext(&fibers[thread], &scheduler);
    }

    // All threads of a block, each up to its next barrier, until all have finished.
    static void block_of_fibers(unsigned int threads)
    {
        fibers.assign(threads, {});
        stacks.resize(threads * Stack);
        finished.assign(threads, false);
        for (unsigned int t = 0; t < threads; t++)
        {
            getcontext(&fibers[t]);
            fibers[t].uc_stack.ss_sp = &stacks[t * Stack];
            fibers[t].uc_stack.ss_size = Stack;
            makecontext(&fibers[t], (void (*)())fiber, 1, t);
        }

        for (bool any = true; any;)
        {
            any = false;
            for (unsigned int t = 0; t < threads; t++)
            {
                if (finished[t]) continue;
                any = true;
                threadIdx.x = t;
                current = &fibers[t];
                swapcontext(&scheduler, &fibers[t]);
            }
        }
    }

    template <class... Arguments> struct Call
    {
        void (*kernel)(Arguments...);
        void** values;

        template <std::size_t... I> void run(std::index_sequence<I...>) { kernel(*(Arguments*)values[I]...); }

        static void start(void* call) { ((Call*)call)->run(std::index_sequence_for<Arguments...>{}); }
    };

    template <class... Arguments>
    void launch(void (*kernel)(Arguments...), bool waits, unsigned int grid, unsigned int block, void** values)
    {
        static_assert(((sizeof(Arguments) == 8) && ...), "All arguments of a kernel take eight bytes.");
        Call<Arguments...> call{kernel, values};
        gridDim.x = grid;
        blockDim.x = block;
        body = Call<Arguments...>::start;
        context = &call;
        for (blockIdx.x = 0; blockIdx.x < grid; blockIdx.x++)
        {
            if (waits) { block_of_fibers(block); continue; }
            for (threadIdx.x = 0; threadIdx.x < block; threadIdx.x++) body(context);
        }
    }
}

static void __syncthreads() { swapcontext(shim::current, &shim::scheduler); }
