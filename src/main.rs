//! The `lianpu` command.

fn main() -> std::process::ExitCode {
    lianpu::cli::main()
}
