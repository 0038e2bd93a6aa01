//! The command line, as its operator types it.

use std::process::{Command, Output};

fn run(args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tinklaveika"));
    command.args(args).envs(env.iter().copied()).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn an_unknown_option_is_refused_with_a_suggestion() {
    let output = run(&["serve", "--lisen", "127.0.0.1:0"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("--listen"), "{}", told(&output));
}

#[test]
fn an_unknown_variable_of_our_prefix_is_refused_with_a_suggestion() {
    let output = run(&["serve"], &[("TINKLAVEIKA_LISTENS", "127.0.0.1:0")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("did you mean TINKLAVEIKA_LISTEN?"), "{}", told(&output));
}

#[test]
fn a_value_that_is_none_is_refused() {
    for (args, env) in [
        (&["serve", "--listen", "niekur"][..], &[][..]),
        (&["serve"][..], &[("TINKLAVEIKA_PROXY", "ne tinklas")][..]),
        (&["migrate", "--database", "mysql://x/y", "--data", "/nonexistent/x"][..], &[][..]),
    ] {
        let output = run(args, env);
        assert!(!output.status.success() && !told(&output).is_empty(), "{args:?}");
    }
}
