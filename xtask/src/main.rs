//! The chores of this repository; see the library.

// A document becomes a tree of small allocations, several times over; this allocator serves those best.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    xtask::run(std::env::args_os())
}
