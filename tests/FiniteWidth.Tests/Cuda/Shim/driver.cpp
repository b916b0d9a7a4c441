// A CUDA driver, run-time compiler and cuBLAS whose device is the processor: the entry points that the library calls, over host
// memory, with g++ in the place of NVRTC. New memory is filled with NaNs and has a guard behind it.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <sstream>
#include <string>

typedef unsigned long long address;

namespace
{
    constexpr std::size_t Guard = 64;
    constexpr unsigned char Fresh = 0xFF, Fence = 0xA5;
    int devices = 1;
    int version = 12040;
    std::size_t memory = 1ull << 30;
    std::size_t used = 0;
    int corrupted = 0;
    int launches = 0;
    int calls_until_failure = -1;
    int failure = 0;
    std::map<address, std::size_t> blocks;

    // Every call counts down to the failure, and fails from then on.
    int answer(int code = 0)
    {
        if (calls_until_failure > 0) calls_until_failure--;
        return calls_until_failure == 0 ? failure : code;
    }

    bool inside(address at, std::size_t bytes)
    {
        auto next = blocks.upper_bound(at);
        if (next == blocks.begin()) return false;
        auto block = std::prev(next);
        return at + bytes <= block->first + block->second;
    }

    struct Program { std::string source, image, log; };

    // Where this library lies, and kernels.h beside it.
    std::string folder()
    {
        Dl_info self;
        dladdr((void*)&inside, &self);
        std::string file = self.dli_fname;
        return file.substr(0, file.rfind('/'));
    }

    std::string read(const std::string& file)
    {
        std::ifstream stream(file);
        std::stringstream text;
        text << stream.rdbuf();
        return text.str();
    }
}

extern "C"
{
    // For the tests.
    void shim_reset(int device_count, std::size_t bytes)
    {
        devices = device_count;
        memory = bytes;
        calls_until_failure = -1;
        launches = 0;
    }

    void shim_fail_after(int calls, int code)
    {
        calls_until_failure = calls;
        failure = code;
    }

    int shim_allocations() { return (int)blocks.size(); }
    int shim_corrupted() { return corrupted; }
    int shim_launches() { return launches; }

    // The driver.
    int cuInit(unsigned int) { return answer(devices == 0 ? 100 : 0); }
    int cuDriverGetVersion(int* value) { *value = version; return answer(); }
    int cuDeviceGetCount(int* count) { *count = devices; return answer(); }
    int cuDeviceGet(int* device, int ordinal) { *device = ordinal; return answer(ordinal < devices ? 0 : 101); }
    int cuDeviceGetName(char* name, int length, int) { std::snprintf(name, length, "the processor behind a shim"); return answer(); }
    int cuDeviceTotalMem_v2(std::size_t* bytes, int) { *bytes = memory; return answer(); }
    int cuDeviceGetAttribute(int* value, int attribute, int) { *value = attribute == 75 ? 9 : 0; return answer(); }
    int cuDevicePrimaryCtxRetain(void** context, int) { *context = &blocks; return answer(); }
    int cuDevicePrimaryCtxRelease_v2(int) { return answer(); }
    int cuCtxSetCurrent(void* context) { return answer(context == &blocks ? 0 : 201); }
    int cuCtxSynchronize() { return answer(); }

    int cuMemGetInfo_v2(std::size_t* free_bytes, std::size_t* total)
    {
        *free_bytes = memory - used;
        *total = memory;
        return answer();
    }

    int cuMemAlloc_v2(address* at, std::size_t bytes)
    {
        if (int code = answer()) return code;
        if (bytes == 0) return 1;
        if (used + bytes > memory) return 2;
        auto* block = (unsigned char*)std::malloc(bytes + Guard);
        std::memset(block, Fresh, bytes);
        std::memset(block + bytes, Fence, Guard);
        *at = (address)block;
        blocks[*at] = bytes;
        used += bytes;
        return 0;
    }

    int cuMemFree_v2(address at)
    {
        auto block = blocks.find(at);
        if (block == blocks.end()) return 1;
        for (std::size_t i = 0; i < Guard; i++)
        {
            if (((unsigned char*)at)[block->second + i] != Fence) { corrupted++; break; }
        }

        used -= block->second;
        blocks.erase(block);
        std::free((void*)at);
        return answer();
    }

    int cuMemcpyHtoD_v2(address to, const void* from, std::size_t bytes)
    {
        if (int code = answer(inside(to, bytes) ? 0 : 1)) return code;
        std::memcpy((void*)to, from, bytes);
        return 0;
    }

    int cuMemcpyDtoH_v2(void* to, address from, std::size_t bytes)
    {
        if (int code = answer(inside(from, bytes) ? 0 : 1)) return code;
        std::memcpy(to, (void*)from, bytes);
        return 0;
    }

    int cuMemcpyDtoD_v2(address to, address from, std::size_t bytes)
    {
        if (int code = answer(inside(to, bytes) && inside(from, bytes) ? 0 : 1)) return code;
        std::memmove((void*)to, (void*)from, bytes);
        return 0;
    }

    int cuMemsetD8_v2(address at, unsigned char value, std::size_t bytes)
    {
        if (int code = answer(inside(at, bytes) ? 0 : 1)) return code;
        std::memset((void*)at, value, bytes);
        return 0;
    }

    int cuModuleLoadData(void** module, const void* image)
    {
        *module = dlopen((const char*)image, RTLD_NOW | RTLD_LOCAL);
        return answer(*module ? 0 : 209);
    }

    int cuModuleUnload(void*) { return answer(); }

    int cuModuleGetFunction(void** function, void* module, const char* name)
    {
        *function = dlsym(module, (std::string(name) + "__launch").c_str());
        return answer(*function ? 0 : 500);
    }

    int cuLaunchKernel(
        void* function, unsigned int grid, unsigned int grid_y, unsigned int grid_z, unsigned int block, unsigned int block_y,
        unsigned int block_z, unsigned int, void*, void** arguments, void**)
    {
        if (int code = answer(grid_y * grid_z * block_y * block_z == 1 && grid > 0 && block <= 1024 ? 0 : 1)) return code;
        launches++;
        ((void (*)(unsigned int, unsigned int, void**))function)(grid, block, arguments);
        return 0;
    }

    int cuGetErrorName(int code, const char** name)
    {
        *name = code == 2 ? "CUDA_ERROR_OUT_OF_MEMORY" : code == 100 ? "CUDA_ERROR_NO_DEVICE" : code == 719 ? "CUDA_ERROR_LAUNCH_FAILED"
            : code == 46 ? "CUDA_ERROR_DEVICE_UNAVAILABLE" : "CUDA_ERROR_INVALID_VALUE";
        return 0;
    }

    // The run-time compiler.
    int nvrtcVersion(int* major, int* minor) { *major = 12; *minor = 4; return 0; }
    int nvrtcGetNumSupportedArchs(int* count) { *count = 3; return 0; }
    int nvrtcGetSupportedArchs(int* list) { list[0] = 70; list[1] = 80; list[2] = 90; return 0; }
    const char* nvrtcGetErrorString(int code) { return code == 6 ? "NVRTC_ERROR_COMPILATION" : "NVRTC_ERROR"; }

    int nvrtcCreateProgram(Program** program, const char* source, const char*, int, const char**, const char**)
    {
        *program = new Program{source, "", ""};
        return 0;
    }

    int nvrtcDestroyProgram(Program** program) { delete *program; return 0; }

    int nvrtcCompileProgram(Program* program, int count, const char** options)
    {
        std::string flags;
        for (int i = 0; i < count; i++)
        {
            if (std::strncmp(options[i], "-D", 2) == 0) flags += std::string(" ") + options[i];
        }

        std::string text = "#include \"" + folder() + "/kernels.h\"\n" + program->source + "\n";
        std::regex kernel("extern \"C\" __global__ void (\\w+)\\(");
        for (std::sregex_iterator at(program->source.begin(), program->source.end(), kernel), end; at != end; ++at)
        {
            std::string rest = program->source.substr(at->position() + at->length());
            std::string own = rest.substr(0, rest.find("extern \"C\" __global__"));
            bool waits = own.find("block_sum(") != std::string::npos || own.find("__syncthreads(") != std::string::npos;
            std::string name = (*at)[1];
            text += "extern \"C\" void " + name + "__launch(unsigned int grid, unsigned int block, void** values) { shim::launch("
                + name + ", " + (waits ? "true" : "false") + ", grid, block, values); }\n";
        }

        std::string stem = folder() + "/" + std::to_string(std::hash<std::string>{}(text + flags));
        program->image = stem + ".so";
        if (std::ifstream(program->image).good()) return 0;
        std::ofstream(stem + ".cpp") << text;
        std::string command = "g++ -std=c++17 -O1 -w -ffp-contract=off -fPIC -shared" + flags + " -o " + stem + ".so " + stem + ".cpp 2> " + stem + ".log";
        int code = std::system(command.c_str());
        program->log = read(stem + ".log");
        return code == 0 ? 0 : 6;
    }

    int nvrtcGetProgramLogSize(Program* program, std::size_t* size) { *size = program->log.size() + 1; return 0; }
    int nvrtcGetProgramLog(Program* program, char* log) { std::strcpy(log, program->log.c_str()); return 0; }
    int nvrtcGetCUBINSize(Program* program, std::size_t* size) { *size = program->image.size() + 1; return 0; }
    int nvrtcGetCUBIN(Program* program, char* image) { std::strcpy(image, program->image.c_str()); return 0; }
    int nvrtcGetPTXSize(Program* program, std::size_t* size) { return nvrtcGetCUBINSize(program, size); }
    int nvrtcGetPTX(Program* program, char* image) { return nvrtcGetCUBIN(program, image); }

    // cuBLAS: column-major.
    int cublasCreate_v2(void** handle) { *handle = &blocks; return answer() ? 1 : 0; }
    int cublasDestroy_v2(void*) { return 0; }
    int cublasGetVersion_v2(void*, int* value) { *value = 120401; return 0; }
}

namespace
{
    template <class Real>
    int product(
        int transpose_a, int transpose_b, int m, int n, int k, Real alpha, const Real* a, int lda, const Real* b, int ldb, Real beta, Real* c, int ldc)
    {
        if (lda < std::max(1, transpose_a ? k : m) || ldb < std::max(1, transpose_b ? n : k) || ldc < std::max(1, m)) return 7;
        if (!inside((address)c, sizeof(Real) * ((std::size_t)ldc * (n - 1) + m))) return 14;
        if (!inside((address)a, sizeof(Real) * ((std::size_t)lda * ((transpose_a ? m : k) - 1) + (transpose_a ? k : m)))) return 14;
        if (!inside((address)b, sizeof(Real) * ((std::size_t)ldb * ((transpose_b ? k : n) - 1) + (transpose_b ? n : k)))) return 14;
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < m; i++)
            {
                double sum = 0;
                for (int l = 0; l < k; l++)
                {
                    sum += (double)a[transpose_a ? l + (std::size_t)i * lda : i + (std::size_t)l * lda]
                        * b[transpose_b ? j + (std::size_t)l * ldb : l + (std::size_t)j * ldb];
                }

                Real& entry = c[i + (std::size_t)j * ldc];
                entry = (Real)(alpha * sum + (beta == 0 ? 0 : beta * entry));
            }
        }

        return answer() ? 13 : 0;
    }

    template <class Real>
    int products(
        int ta, int tb, int m, int n, int k, Real alpha, const Real* a, int lda, long long sa, const Real* b, int ldb, long long sb, Real beta, Real* c,
        int ldc, long long sc, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (int code = product(ta, tb, m, n, k, alpha, a + i * sa, lda, b + i * sb, ldb, beta, c + i * sc, ldc)) return code;
        }

        return 0;
    }
}

extern "C"
{
    int cublasSgemm_v2(
        void*, int ta, int tb, int m, int n, int k, const float* alpha, const float* a, int lda, const float* b, int ldb, const float* beta, float* c, int ldc)
    {
        return product(ta, tb, m, n, k, *alpha, a, lda, b, ldb, *beta, c, ldc);
    }

    int cublasDgemm_v2(
        void*, int ta, int tb, int m, int n, int k, const double* alpha, const double* a, int lda, const double* b, int ldb, const double* beta, double* c,
        int ldc)
    {
        return product(ta, tb, m, n, k, *alpha, a, lda, b, ldb, *beta, c, ldc);
    }

    int cublasSgemmStridedBatched(
        void*, int ta, int tb, int m, int n, int k, const float* alpha, const float* a, int lda, long long sa, const float* b, int ldb, long long sb,
        const float* beta, float* c, int ldc, long long sc, int count)
    {
        return products(ta, tb, m, n, k, *alpha, a, lda, sa, b, ldb, sb, *beta, c, ldc, sc, count);
    }

    int cublasDgemmStridedBatched(
        void*, int ta, int tb, int m, int n, int k, const double* alpha, const double* a, int lda, long long sa, const double* b, int ldb, long long sb,
        const double* beta, double* c, int ldc, long long sc, int count)
    {
        return products(ta, tb, m, n, k, *alpha, a, lda, sa, b, ldb, sb, *beta, c, ldc, sc, count);
    }
}
