//! The program `undersigned`.

use std::process::ExitCode;

fn main() -> ExitCode {
    undersigned::cli::run::run(std::env::args_os())
}
