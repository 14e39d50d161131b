//! `casereview sample`: files in, files out, and every complaint word for word.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

pub const FRAME: &str = "Case ID,Region,County,Type,Worker,Family ID,Opened,Closed\n\
    C-01,East,Anderson,FC,W1,F1,2026-01-05,\n\
    C-02,East,Anderson,FC,W1,F1,2026-01-05,\n\
    C-03,East,Scott,FC,W2,F2,2026-02-05,2026-08-01\n\
    C-04,Knox,Knox,FC,W3,F3,2026-03-05,\n\
    C-05,Knox,Knox,FC,W4,F4,2026-03-05,\n\
    C-06,Knox,Knox,IH,W5,F5,2026-03-05,\n\
    C-07,East,Scott,IH,W6,F6,2026-03-05,\n\
    =1+1,East,Scott,IH,W7,F7,2026-03-05,\n";

pub const PLAN: &str = "[columns]\n\
    case = \"Case ID\"\n\
    region = \"Region\"\n\
    county = \"County\"\n\
    case_type = \"Type\"\n\
    worker = \"Worker\"\n\
    family = \"Family ID\"\n\
    opened = \"Opened\"\n\
    closed = \"Closed\"\n\
    [values.case_type]\n\
    \"FC\" = \"foster-care\"\n\
    \"IH\" = \"in-home\"\n\
    [period]\n\
    sampling = \"2026-04-01/2026-09-30\"\n\
    [eligible]\n\
    in-home.open_days_at_least = 45\n\
    [strata]\n\
    by = [\"case_type\", \"region\"]\n\
    [sizes]\n\
    foster-care = 2\n\
    in-home = 2\n\
    minimum = 1\n\
    [spares]\n\
    per_stratum = 1\n\
    [limits]\n\
    per_worker = 1\n\
    per_family = 1\n";

/// A folder with a frame and a plan.
pub struct Folder(TempDir);

impl Folder {
    pub fn new(frame: impl AsRef<[u8]>, plan: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("frame.csv"), frame).unwrap();
        fs::write(folder.path().join("plan.toml"), plan).unwrap();
        Self(folder)
    }
    pub fn path(&self) -> &Path {
        self.0.path()
    }
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }
    pub fn run(&self, line: &str) -> (i32, String, String) {
        let out = Command::new(env!("CARGO_BIN_EXE_casereview"))
            .current_dir(self.path())
            .arg("sample")
            .args(line.split_whitespace())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
    }
    pub fn draw(&self) -> (i32, String, String) {
        self.run("draw frame.csv --plan plan.toml --seed 20261121 --out s.csv --receipt r.json")
    }
    pub fn verify(&self) -> (i32, String, String) {
        self.run("verify r.json --frame frame.csv")
    }
    pub fn refused(&self) -> String {
        let (code, out, err) = self.draw();
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        let mut left: Vec<_> = fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["frame.csv", "plan.toml"], "nothing may be written");
        err
    }
}

#[test]
fn draws_and_verifies() {
    let folder = Folder::new(FRAME, PLAN);
    let (code, out, err) = folder.draw();
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "drawn with seed 20261121: 4 cases\n\
         \n        \
         0  a case type without a size in the plan\n        \
         0  not open in the sampling period 2026-04-01/2026-09-30\n        \
         0  in-home open fewer than 45 days of the sampling period\n        \
         8  eligible\n\
         \n\
         stratum             eligible     asked    sample    spares\n\
         foster-care | East         3         1         1         1\n\
         foster-care | Knox         2         1         1         1\n\
         in-home | East             2         1         1         1\n\
         in-home | Knox             1         1         1         0\n\
         total                      8         4         4         3\n"
    );
    let sample = folder.read("s.csv");
    let mut lines = sample.lines();
    assert_eq!(
        lines.next().unwrap(),
        "order,role,stratum,ticket,case,\
         Case ID,Region,County,Type,Worker,Family ID,Opened,Closed"
    );
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), 7);
    assert!(lines[0].starts_with("1,sample,foster-care | East,"));
    assert!(lines[1].starts_with("2,spare,foster-care | East,"));
    let formula = ",'=1+1,'=1+1,East,Scott,IH,W7,F7,2026-03-05,";
    assert!(lines.iter().any(|line| line.ends_with(formula)), "{sample}");
    assert_eq!(
        folder.verify(),
        (
            0,
            "verified: 4 cases and 3 spares drawn again, every case and ticket is the same\n"
                .to_owned(),
            String::new()
        )
    );
    // The sample itself is a frame: the guard apostrophe comes off again.
    folder.write("frame.csv", &sample);
    folder.write("plan.toml", &PLAN.replace("= 2\n", "= 1\n").replace("minimum = 1\n", ""));
    assert_eq!(folder.draw().0, 0);
    assert!(!folder.read("r.json").contains("'=1+1"));
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_alone_and_replace_older_ones() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new(FRAME, PLAN);
    folder.write("s.csv", "old");
    let line = "draw frame.csv --plan plan.toml --seed 1 --out s.csv --receipt r.json \
                --public-receipt p.json --page page.txt --seed-source dice";
    assert_eq!(folder.run(line).0, 0);
    for name in ["s.csv", "r.json", "p.json", "page.txt"] {
        let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6, "no draft is left");
    for name in ["p.json", "page.txt"] {
        assert!(!folder.read(name).contains("C-0"), "{name} names no case");
    }
    assert!(folder.read("page.txt").contains("Seed given by     dice\n"));
    let (code, out, _) = folder.run("verify p.json --frame frame.csv");
    assert_eq!(code, 0);
    assert_eq!(
        out,
        "verified: 4 cases and 3 spares drawn again, the counts are the same, and so is the \
         full receipt by its SHA-256\n"
    );
    // The public receipt's hash is that of the full receipt's file.
    use sha2::Digest as _;
    let hash: String =
        sha2::Sha256::digest(folder.read("r.json")).iter().map(|b| format!("{b:02x}")).collect();
    assert!(folder.read("p.json").contains(&hash));
}

#[test]
fn one_file_cannot_be_two_things() {
    let folder = Folder::new(FRAME, PLAN);
    let (code, _, err) =
        folder.run("draw frame.csv --plan plan.toml --seed 1 --out ./frame.csv --receipt r.json");
    assert_eq!(code, 2);
    assert!(err.starts_with("error: --out and FRAME are one file: "), "{err}");
    assert_eq!(folder.read("frame.csv"), FRAME);
    let (code, _, err) =
        folder.run("draw frame.csv --plan plan.toml --seed 1 --out no/s.csv --receipt r.json");
    assert_eq!(
        (code, err.as_str()),
        (
            2,
            "error: no/s.csv can't be written: its folder is not there: make it first, or name another\n"
        )
    );
    assert!(!folder.path().join("r.json").exists());
}

#[test]
fn sizes_that_do_not_fit_the_frame() {
    let plan =
        PLAN.replace("foster-care = 2", "foster-care = 20").replace("in-home = 2", "in-home = 1");
    assert_eq!(
        Folder::new(FRAME, &plan).refused(),
        "error: plan.toml: foster-care: 20 cases are asked for, but the frame holds 5\n  \
         help: of the eligible cases; change [sizes] or the filters\n\
         error: plan.toml: in-home: 1 cases can't give each of 2 strata its minimum of 1: that \
         takes 2\n  \
         help: of the eligible cases; change [sizes] or the filters\n"
    );
    let plan = PLAN
        .replace("foster-care = 2", "\"foster-care | Esat\" = 2")
        .replace("in-home = 2", "\"in-home | East\" = 9");
    assert_eq!(
        Folder::new(FRAME, &plan).refused(),
        "error: plan.toml: sizes names \"foster-care | Esat\", which is neither a case type nor \
         a stratum of this frame\n  \
         help: did you mean foster-care | East?\n\
         error: plan.toml: stratum \"foster-care | East\" has 3 eligible cases and no size\n  \
         help: give it one under [sizes], 0 to leave it out: \"foster-care | East\" = 0\n\
         error: plan.toml: stratum \"foster-care | Knox\" has 2 eligible cases and no size\n  \
         help: give it one under [sizes], 0 to leave it out: \"foster-care | Knox\" = 0\n\
         error: plan.toml: in-home | East: 9 cases are asked for, but the frame holds 2\n  \
         help: of the eligible cases; change [sizes] or the filters\n\
         error: plan.toml: stratum \"in-home | Knox\" has 1 eligible cases and no size\n  \
         help: give it one under [sizes], 0 to leave it out: \"in-home | Knox\" = 0\n"
    );
    let plan = PLAN.replace("2026-04-01/2026-09-30", "2020");
    assert_eq!(
        Folder::new(FRAME, &plan).refused(),
        "error: plan.toml: no case of the frame is eligible\n  \
         help: look at the sampling period and filters\n"
    );
    let plan = PLAN.replace("\"case_type\", \"region\"", "\"region\"");
    assert_eq!(
        Folder::new(FRAME, &plan).refused(),
        "error: plan.toml: sizes are per case type, but strata.by doesn't name case_type\n  \
         help: put case_type into strata.by\n"
    );
}

#[test]
fn a_sample_the_limits_leave_short_is_drawn_and_said() {
    let frame = FRAME.replace(",W3,", ",W1,").replace(",W4,", ",W1,").replace(",W2,", ",W1,");
    let folder = Folder::new(frame, PLAN);
    let (code, out, err) = folder.draw();
    assert_eq!(code, 0);
    assert!(out.contains("total                      8         4         3         1\n"), "{out}");
    assert!(err.starts_with("warning: stratum foster-care | "), "{err}");
    assert!(err.ends_with(": 1 asked, 0 drawn: the limits allow no more\n"), "{err}");
}

#[test]
fn the_shipped_plan_draws_forty_and_twenty_five() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_casereview"))
            .current_dir(folder.path())
            .args(args)
            .output()
            .unwrap()
    };
    let (frame, plan) = (samples.join("tennessee-frame.csv"), samples.join("plan.toml"));
    let (frame, plan) = (frame.to_str().unwrap(), plan.to_str().unwrap());
    let out = run(&[
        "sample",
        "draw",
        frame,
        "--plan",
        plan,
        "--seed",
        "20261001",
        "--out",
        "s.csv",
        "--receipt",
        "r.json",
    ]);
    assert!(out.status.success(), "{out:?}");
    assert!(out.stderr.is_empty(), "{out:?}");
    let sample = fs::read_to_string(folder.path().join("s.csv")).unwrap();
    let of = |case_type: &str| {
        sample.lines().filter(|line| line.contains(&format!(",sample,{case_type} | "))).count()
    };
    assert_eq!((of("foster-care"), of("in-home")), (40, 25));
    let frame_text = fs::read_to_string(frame).unwrap();
    let rows: Vec<&str> = frame_text.lines().skip(1).collect();
    let distinct = |column: usize| {
        let mut cells: Vec<&str> =
            rows.iter().map(|row| row.split(',').nth(column).unwrap()).collect();
        cells.sort_unstable();
        cells.dedup();
        cells.len()
    };
    assert_eq!((distinct(1), distinct(2)), (12, 95));
    assert!(rows.iter().all(|row| row.ends_with(",invented")));
    assert!(run(&["sample", "verify", "r.json", "--frame", frame]).status.success());
}
