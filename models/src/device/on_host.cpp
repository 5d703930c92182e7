// Runs one kernel of fused.cu on a processor, for a test on machines without a card: a thread of the system for each thread of a block,
// one block after the other.
//
// Started as: on_host KERNEL GRID_X GRID_Y BLOCK N INPUT... OUTPUT. The files hold values as the card would; OUTPUT is read, too.

#include <barrier>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct Index {
    unsigned x, y, z;
};
static thread_local Index threadIdx;
static Index blockIdx, blockDim;

// What one thread of a warp shows the others.
struct Warp {
    std::barrier<> barrier{32};
    float shown[32];
};
static std::unique_ptr<std::barrier<>> block_barrier;
static std::vector<std::unique_ptr<Warp>> warps;

static void __syncthreads() { block_barrier->arrive_and_wait(); }
static float __shfl_xor_sync(unsigned, float value, unsigned other) {
    Warp &warp = *warps[threadIdx.x / 32];
    const unsigned lane = threadIdx.x % 32;
    warp.shown[lane] = value;
    warp.barrier.arrive_and_wait();
    const float seen = warp.shown[lane ^ other];
    warp.barrier.arrive_and_wait();
    return seen;
}
static float __uint_as_float(unsigned bits) { return std::bit_cast<float>(bits); }
static unsigned __float_as_uint(float value) { return std::bit_cast<unsigned>(value); }

#define __global__
#define __device__ static
// Blocks run one after the other, so what a block shares is simply static.
#define __shared__ static
#include "fused.cu"

static std::vector<char> bytes_of(const char *path) {
    FILE *file = std::fopen(path, "rb");
    if (!file) std::exit(2);
    std::fseek(file, 0, SEEK_END);
    std::vector<char> bytes(std::ftell(file));
    std::rewind(file);
    if (std::fread(bytes.data(), 1, bytes.size(), file) != bytes.size()) std::exit(2);
    std::fclose(file);
    return bytes;
}

int main(int argc, char **argv) {
    const std::string kernel = argv[1];
    const unsigned grid_x = std::atoi(argv[2]), grid_y = std::atoi(argv[3]), block = std::atoi(argv[4]), n = std::atoi(argv[5]);
    std::vector<std::vector<char>> buffers;
    for (int i = 6; i < argc; i++) buffers.push_back(bytes_of(argv[i]));
    const auto at = [&](unsigned i) { return reinterpret_cast<scalar *>(buffers[i].data()); };
    const auto run = [&] {
        if (kernel == "attend") attend(at(0), at(1), reinterpret_cast<unsigned *>(buffers[2].data()), at(3), n);
        if (kernel == "bias_gelu") bias_gelu(at(0), at(1), at(2), n);
        if (kernel == "bias_add_norm") bias_add_norm(at(0), at(1), at(2), at(3), at(4), at(5), n);
    };
    blockDim = {block, 1, 1};
    for (blockIdx.y = 0; blockIdx.y < grid_y; blockIdx.y++) {
        for (blockIdx.x = 0; blockIdx.x < grid_x; blockIdx.x++) {
            block_barrier = std::make_unique<std::barrier<>>(block);
            warps.clear();
            for (unsigned i = 0; i < (block + 31) / 32; i++) warps.push_back(std::make_unique<Warp>());
            std::vector<std::thread> threads;
            for (unsigned i = 0; i < block; i++) {
                threads.emplace_back([i, &run] {
                    threadIdx = {i, 0, 0};
                    run();
                });
            }
            for (auto &thread : threads) thread.join();
        }
    }
    FILE *file = std::fopen(argv[argc - 1], "wb");
    const auto &output = buffers.back();
    const bool written = file && std::fwrite(output.data(), 1, output.size(), file) == output.size();
    return written && std::fclose(file) == 0 ? 0 : 2;
}
