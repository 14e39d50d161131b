//! What stands in the way of a file: every format, with the real program.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;

use crate::place::Place;

const FORMATS: [&str; 4] = ["csv", "json", "xlsx", "html"];

/// Six hundred counties: more than a hundred kilobytes in every format.
fn place() -> Place {
    let place = Place::new();
    let mut file = "case,region,county,case_type,period,instrument,item,rating\n".to_owned();
    for nth in 0..600 {
        for (item, rating) in [("14", "ani"), ("17", "strength"), ("18", "ani"), ("20", "na")] {
            let facts = format!("Knox,County {nth},foster-care,2026-H1,cfsr-r2-items-14-20");
            writeln!(file, "C-{nth},{facts},{item},{rating}").unwrap();
        }
    }
    place.write("ratings.csv", &file);
    place.ok(&["import", "ratings", "ratings.csv"]);
    place
}

/// Every report with a way out, and the one that is written row by row.
fn lines(format: &'static str) -> Vec<Vec<&'static str>> {
    let mut lines = vec![vec!["report", "items", "--by", "county", "--format", format]];
    if ["csv", "json"].contains(&format) {
        lines.push(vec!["export", "items", "--format", format]);
    }
    lines
}

fn names(place: &Place) -> Vec<String> {
    let all = fs::read_dir(place.path(".")).unwrap();
    let mut names: Vec<_> =
        all.map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn refused(place: &Place, line: &[&str], code: i32, begins: &str) {
    let before = names(place);
    let (found, out, err) = place.run(line);
    assert_eq!((found, out.as_str()), (code, ""), "{line:?}: {err}");
    assert!(err.starts_with(begins), "{line:?}: {err}");
    assert_eq!(names(place), before, "{line:?} leaves nothing behind");
}

#[test]
fn a_name_that_is_taken_and_a_folder_without_rights() {
    let place = place();
    let fifo = place.path("pipe");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    fs::create_dir(place.path("folder")).unwrap();
    for format in FORMATS {
        for line in lines(format) {
            let file = format!("a.{format}");
            let to = |name: &'static str| [&line[..], &["--out", name]].concat();
            place.write(&file, "mine");
            let taken = [&line[..], &["--out", &file]].concat();
            refused(&place, &taken, 2, &format!("error: {file} is there already\n"));
            assert_eq!(fs::read(place.path(&file)).unwrap(), b"mine");
            place.ok(&[&taken[..], &["--force"]].concat());
            assert!(fs::metadata(place.path(&file)).unwrap().len() > 10_000);
            fs::remove_file(place.path(&file)).unwrap();

            refused(&place, &to("none/a"), 3, "error: none/a can't be written: ");
            // Nobody may make a file there, not even who may do everything.
            refused(&place, &to("/sys/a"), 3, "error: /sys/a can't be written: ");
            for there in ["pipe", "folder"] {
                let begins = format!("error: {there} is there already\n");
                refused(&place, &to(there), 2, &begins);
                let begins =
                    format!("error: {there} can't be written: it is there and is no file\n");
                refused(&place, &[&to(there)[..], &["--force"]].concat(), 3, &begins);
            }
        }
    }
}

fn program(place: &Place) -> Command {
    let mut command = Command::new(cargo_bin!("casereview"));
    prepared(&mut command, place);
    command
}

fn prepared(command: &mut Command, place: &Place) {
    command.current_dir(place.path(".")).stdin(Stdio::null()).stderr(Stdio::piped());
    command.env_remove("CASEREVIEW_WORKSPACE").env_remove("CASEREVIEW_USER");
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A disk that takes 64 KB and no more: the limit on the size of a file, which a process is told
/// of as of a full disk once the signal is ignored.
fn on_a_small_disk(place: &Place, line: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 128; exec \"$@\"", "sh"]);
    command.arg(cargo_bin!("casereview")).args(line).stdout(Stdio::piped());
    prepared(&mut command, place);
    command.output().unwrap()
}

#[test]
fn a_full_disk_leaves_no_half_file() {
    let place = place();
    for format in FORMATS {
        for line in lines(format) {
            let before = names(&place);
            let output = on_a_small_disk(&place, &[&line[..], &["--out", "a"]].concat());
            let err = said(&output);
            assert_eq!(output.status.code(), Some(3), "{line:?}: {err}");
            assert!(err.starts_with("error: a can't be written: "), "{line:?}: {err}");
            assert_eq!(names(&place), before, "{line:?}");
            // What was there stays as it was.
            place.write("a", "mine");
            let replace = [&line[..], &["--out", "a", "--force"]].concat();
            let output = on_a_small_disk(&place, &replace);
            assert_eq!(output.status.code(), Some(3), "{line:?}: {}", said(&output));
            assert_eq!(fs::read(place.path("a")).unwrap(), b"mine", "{line:?}");
            fs::remove_file(place.path("a")).unwrap();
        }
    }
}

#[test]
fn stdout_that_takes_nothing() {
    let place = place();
    for format in FORMATS.into_iter().filter(|format| *format != "xlsx") {
        for line in lines(format) {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let output = program(&place).args(&line).stdout(full).output().unwrap();
            let err = said(&output);
            assert_eq!(output.status.code(), Some(3), "{line:?}: {err}");
            assert!(err.starts_with("error: the output can't be written: "), "{line:?}: {err}");

            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let output = program(&place).args(&line).stdout(writer).output().unwrap();
            let told = (output.status.code(), said(&output));
            assert_eq!(told, (Some(0), String::new()), "{line:?}");
        }
    }
}
