//! Compiles the clients of three APIs, each in another layout.

use std::path::PathBuf;

use clientwright_build::clientwright::Layout;
use clientwright_build::configure;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    configure().options(|options| options.mock = true).compile("specs/museum.yaml")?;
    configure()
        .module("crate::clients::pets")
        .options(|options| options.layout = Layout::Module)
        .compile("specs/pets.yaml")?;
    configure()
        .module("crate::clients::shop")
        .options(|options| options.layout = Layout::File)
        .compile("specs/shop.yaml")?;
    // Code with attributes of its own can't be included, but a file that names it can.
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("clients.rs"), "pub mod pets;\npub(crate) mod shop;\n")?;
    Ok(())
}
