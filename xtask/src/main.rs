//! The commands for work on this repository, of which those that judge and measure are compiled when they are asked for.

// A document becomes several trees of small allocations, for which this allocator is the fastest.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    xtask::run(std::env::args_os())
}
