//! The command line: `tinklaveika serve`, `tinklaveika migrate`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let command = match cli::read(std::env::args_os(), std::env::vars_os()) {
        Ok(command) => command,
        Err(exit) => return exit,
    };
    match command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tinklaveika: {error:#}");
            ExitCode::FAILURE
        }
    }
}
