//! The command line; see the library.

fn main() -> std::process::ExitCode {
    clientwright_cli::run(std::env::args_os())
}
