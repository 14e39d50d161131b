//! `instrument` on the command line: output, exit codes, clear messages.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use serde_json::Value;

use crate::program;

fn run(arguments: &[&str]) -> (i32, String, String) {
    let line = [&["instrument"], arguments].concat();
    program::run(Path::new(env!("CARGO_MANIFEST_DIR")), &line)
}

#[test]
fn check_exits_by_what_it_found() {
    let invalid = |name: &str| format!("tests/instruments/invalid/{name}.toml");
    let (code, out, err) = run(&["check", "cfsr-r2-items-14-20"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "cfsr-r2-items-14-20: no problems\n", ""));
    let (code, out, _) = run(&["check", "instruments/cfsr-r2-items-14-20.toml", &invalid("gap")]);
    assert_eq!(code, 1);
    assert!(out.starts_with("instruments/cfsr-r2-items-14-20.toml: no problems\nerror[gap]: "));
    assert!(out.ends_with("invalid/gap.toml: 1 error\n"));
    let (code, out, _) = run(&["check", &invalid("covered-row")]);
    assert_eq!(code, 0);
    assert!(out.ends_with("invalid/covered-row.toml: 1 warning\n"));
}

#[test]
fn check_prints_data() {
    let file = "tests/instruments/invalid/syntax-and-meaning.toml";
    let (code, out, _) = run(&["check", "--format", "json", file]);
    assert_eq!(code, 1);
    let data: Value = serde_json::from_str(&out).unwrap();
    let data = data.as_array().unwrap();
    assert_eq!(data.len(), 4);
    let keys: Vec<&String> = data[0].as_object().unwrap().keys().collect();
    let wanted = ["file", "code", "severity", "message", "line", "column", "help"];
    assert_eq!(keys.len(), wanted.len());
    assert!(wanted.iter().all(|key| keys.iter().any(|k| k == key)));
    assert_eq!(data[0]["file"], file);
    assert_eq!(data[0]["code"], "syntax");
    assert_eq!((&data[0]["line"], &data[0]["column"]), (&18.into(), &16.into()));
    let (code, out, _) = run(&["check", "--format", "json", "cfsr-r2-items-14-20"]);
    assert_eq!((code, out.as_str()), (0, "[]\n"));
}

#[test]
fn files_that_are_no_text_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("bytes.toml"), b"title = \"caf\xe9\"\n").unwrap();
    std::fs::write(path("large.toml"), vec![b'#'; (1 << 20) + 1]).unwrap();
    std::fs::write(path("empty.toml"), b"").unwrap();
    std::fs::write(path("escape\u{1b}[31m.toml"), b"x = ").unwrap();

    let (code, out, _) = run(&["check", &path("bytes.toml")]);
    assert_eq!(code, 1);
    assert!(out.starts_with("error[not-utf-8]: the file is not UTF-8 text"), "{out}");
    assert!(out.contains("bytes.toml:1:13"), "{out}");
    let (code, out, _) = run(&["check", &path("large.toml")]);
    assert_eq!(code, 1);
    assert!(out.starts_with("error[too-large]: the file is larger than 1048576 bytes"), "{out}");
    let (code, out, _) = run(&["check", &path("empty.toml")]);
    assert_eq!(code, 1);
    assert!(out.contains("error[missing-key]: the file lacks [instrument]"), "{out}");
    let (code, out, _) = run(&["check", &path("escape\u{1b}[31m.toml")]);
    assert_eq!(code, 1);
    assert!(!out.contains('\u{1b}'), "{out:?}");

    let (code, out, err) = run(&["check", &path("absent.toml"), "cfsr-r2-items-14-21"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("absent.toml can't be read"), "{err}");
    assert!(err.contains("did you mean cfsr-r2-items-14-20?"), "{err}");
}

#[test]
fn list_show_and_explain_print_the_default_instrument() {
    let (code, out, _) = run(&["list"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("cfsr-r2-items-14-20  "), "{out}");
    assert!(out.contains("(default)"));
    let (_, out, _) = run(&["show", "cfsr-r2-items-14-20"]);
    for id in ["14.applies", "16.mother.reason", "17.B4", "20.D", "face."] {
        assert!(out.contains(&format!("  {id}")), "{id}");
    }
    let (_, out, _) = run(&["explain", "cfsr-r2-items-14-20", "20"]);
    assert!(
        out.contains("at least one of A2, B2, C and D is Yes, and none of them is No"),
        "{out}"
    );
    let (_, out, _) = run(&["explain", "cfsr-r2-items-14-20"]);
    assert!(out.contains("## Outcome well-being-1"));
    assert!(out.contains("Not computed: it needs 11, 12 and 13"), "{out}");
    let (code, out, err) = run(&["explain", "cfsr-r2-items-14-20", "17D"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("did you mean 17?"), "{err}");
}

#[test]
fn data_of_list_show_and_explain_can_be_read() {
    for arguments in [
        &["list", "--format", "json"][..],
        &["show", "cfsr-r2-items-14-20", "--format", "json"],
        &["explain", "cfsr-r2-items-14-20", "17", "--format", "json"],
    ] {
        let (code, out, _) = run(arguments);
        assert_eq!(code, 0, "{arguments:?}");
        let data: Value = serde_json::from_str(&out).unwrap();
        assert!(!data.as_array().unwrap().is_empty(), "{arguments:?}");
    }
}
