// What a BERT layer computes between its four matrix products, each as one kernel: attention over packed windows, bias with GELU, and
// bias with residual and layer normalisation. NVRTC compiles this source when a model is loaded on a card (fused.rs); a test compiles it
// with the C++ compiler of the machine and compares it with the kernels for processors (fused_on_host.rs).
//
// Given by -D: FORMAT (0 f32, 1 f16, 2 bf16), HEAD columns of a head, HIDDEN, WIDE columns inside the feed-forward block, EPSILON,
// QUERIES of one tile, ROWS of one block of bias_add_norm. NVRTC has no header files, so the half formats are unpacked by hand. All
// arithmetic is in f32. No result depends on what else is in the batch.

#if FORMAT == 0
typedef float scalar;
__device__ float load(const scalar *at) { return *at; }
__device__ void store(scalar *at, float value) { *at = value; }
#elif FORMAT == 1
typedef unsigned short scalar;
__device__ float load(const scalar *at) {
    float value;
    asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(*at));
    return value;
}
__device__ void store(scalar *at, float value) {
    scalar half;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(half) : "f"(value));
    *at = half;
}
#else
typedef unsigned short scalar;
__device__ float load(const scalar *at) { return __uint_as_float((unsigned)*at << 16); }
__device__ void store(scalar *at, float value) {
    unsigned bits = __float_as_uint(value);
    // To the nearest, ties to even; what is no number stays none.
    *at = value == value ? (bits + 0x7fff + ((bits >> 16) & 1)) >> 16 : 0x7fff;
}
#endif

// Keys and values in shared memory at once: 8 KiB each whatever the head.
#define KEYS (2048 / HEAD)
#define LOG2_E 1.4426950408889634f

// softmax(Q K') V within each window, a thread a query, by the running softmax of Milakov and Gimelshein (2018).
// qkv [n_tokens, 3 * HIDDEN] without its bias, queries scaled; bias [3 * HIDDEN]; tiles [n_tiles, 3]: first query, first row and end of
// its window; context [n_tokens, HIDDEN]. Grid (n_tiles, heads), blocks of QUERIES.
extern "C" __global__ void attend(const scalar *qkv, const scalar *bias, const unsigned *tiles, scalar *context, unsigned n_tiles) {
    __shared__ float keys[KEYS * HEAD];
    __shared__ float values[KEYS * HEAD];
    const unsigned *tile = tiles + 3 * blockIdx.x;
    const unsigned query = tile[0] + threadIdx.x, begin = tile[1], end = tile[2], column = blockIdx.y * HEAD;
    const bool active = query < end;
    float q[HEAD], sum[HEAD], largest = __uint_as_float(0xff800000u), total = 0.0f;
#pragma unroll
    for (unsigned c = 0; c < HEAD; c++) {
        // The exponential is taken to the base 2.
        q[c] = active ? (load(qkv + (size_t)query * 3 * HIDDEN + column + c) + load(bias + column + c)) * LOG2_E : 0.0f;
        sum[c] = 0.0f;
    }
    for (unsigned first = begin; first < end; first += KEYS) {
        const unsigned n = end - first < KEYS ? end - first : KEYS;
        __syncthreads();
        for (unsigned i = threadIdx.x; i < n * HEAD; i += QUERIES) {
            const unsigned c = column + i % HEAD;
            const scalar *row = qkv + (size_t)(first + i / HEAD) * 3 * HIDDEN + c;
            keys[i] = load(row + HIDDEN) + load(bias + HIDDEN + c);
            values[i] = load(row + 2 * HIDDEN) + load(bias + 2 * HIDDEN + c);
        }
        __syncthreads();
        for (unsigned k = 0; active && k < n; k++) {
            const float *key = keys + k * HEAD, *value = values + k * HEAD;
            // Four sums, so that one need not wait for the other.
            float part[4] = {0.0f, 0.0f, 0.0f, 0.0f};
#pragma unroll
            for (unsigned c = 0; c < HEAD; c++) part[c % 4] = fmaf(q[c], key[c], part[c % 4]);
            const float score = (part[0] + part[1]) + (part[2] + part[3]);
            if (score > largest) {
                const float shrink = exp2f(largest - score);
                largest = score;
                total *= shrink;
#pragma unroll
                for (unsigned c = 0; c < HEAD; c++) sum[c] *= shrink;
            }
            const float weight = exp2f(score - largest);
            total += weight;
#pragma unroll
            for (unsigned c = 0; c < HEAD; c++) sum[c] = fmaf(weight, value[c], sum[c]);
        }
    }
    if (active) {
#pragma unroll
        for (unsigned c = 0; c < HEAD; c++) store(context + (size_t)query * HIDDEN + column + c, sum[c] / total);
    }
}

// GELU(x + bias), by the error function. x, y [n / WIDE, WIDE], bias [WIDE]; a thread a value.
extern "C" __global__ void bias_gelu(const scalar *x, const scalar *bias, scalar *y, unsigned n) {
    const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        const float value = load(x + i) + load(bias + i % WIDE);
        store(y + i, 0.5f * value * (1.0f + erff(value * 0.70710678118654752f)));
    }
}

__device__ float sum_of_warp(float value) {
    for (unsigned step = 16; step > 0; step /= 2) value += __shfl_xor_sync(0xffffffffu, value, step);
    return value;
}

// LayerNorm(x + bias + residual). x, residual, y [n_rows, HIDDEN]; bias, weight, shift [HIDDEN]. A warp a row, ROWS warps a block.
extern "C" __global__ void bias_add_norm(const scalar *x, const scalar *residual, const scalar *bias, const scalar *weight,
                                         const scalar *shift, scalar *y, unsigned n_rows) {
    const unsigned row = blockIdx.x * ROWS + threadIdx.x / 32, lane = threadIdx.x % 32;
    if (row >= n_rows) return;
    const size_t start = (size_t)row * HIDDEN;
    float v[(HIDDEN + 31) / 32], sum = 0.0f, squares = 0.0f;
#pragma unroll
    for (unsigned i = 0; i < (HIDDEN + 31) / 32; i++) {
        const unsigned c = i * 32 + lane;
        v[i] = c < HIDDEN ? load(x + start + c) + load(bias + c) + load(residual + start + c) : 0.0f;
        sum += v[i];
    }
    const float mean = sum_of_warp(sum) / HIDDEN;
#pragma unroll
    for (unsigned i = 0; i < (HIDDEN + 31) / 32; i++) {
        v[i] -= mean;
        squares += i * 32 + lane < HIDDEN ? v[i] * v[i] : 0.0f;
    }
    const float scale = 1.0f / sqrtf(sum_of_warp(squares) / HIDDEN + EPSILON);
#pragma unroll
    for (unsigned i = 0; i < (HIDDEN + 31) / 32; i++) {
        const unsigned c = i * 32 + lane;
        if (c < HIDDEN) store(y + start + c, v[i] * scale * load(weight + c) + load(shift + c));
    }
}
