// In front of every source. REAL is float or double. There are no headers: only what the compiler knows by itself.
typedef REAL real;
typedef long long whole;
typedef unsigned int word;
typedef unsigned long long doubleword;

// The threads of all blocks share out the numbers 0 ... count - 1; the blocks share out rows.
#define EACH(i, count) for (whole i = (whole)blockIdx.x * blockDim.x + threadIdx.x; i < (count); i += (whole)gridDim.x * blockDim.x)
#define EACH_ROW(row, count) for (whole row = blockIdx.x; row < (count); row += gridDim.x)
