//! Compiles the client of the museum.

fn main() -> Result<(), clientwright_build::Error> {
    clientwright_build::configure().options(|options| options.mock = true).compile("specs/museum.yaml")
}
