//! All commands, those that judge and measure among them; see the library.

// A document becomes several trees of small allocations, for which this allocator is the fastest.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    xtask::run(std::env::args_os())
}
