//! Three workspaces, each its own process and folder: a lead and two readers, from the draw to
//! two sealed readings beside each other, with real files between them.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use casereview::store::Workspace;

/// A person with a folder, keys and a passphrase.
pub struct Person<'f> {
    pub code: &'static str,
    pub folder: &'f Path,
}

impl Person<'_> {
    pub fn home(&self) -> PathBuf {
        self.folder.join(self.code)
    }

    /// Exit code, stdout and stderr of one run in their folder.
    pub fn try_to(&self, line: &str, input: &str) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_casereview"))
            .current_dir(self.home())
            .env_remove("CASEREVIEW_WORKSPACE")
            .env_remove("CASEREVIEW_IDENTITY")
            .env("CASEREVIEW_USER", self.code)
            .env("CASEREVIEW_PASSPHRASE", format!("{} and seven boats", self.code))
            .args(line.split(' ').filter(|word| !word.is_empty()))
            .write_stdin(input)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// Stdout of a run that has to go well.
    pub fn does(&self, line: &str) -> String {
        self.does_with(line, "")
    }

    pub fn does_with(&self, line: &str, input: &str) -> String {
        let (code, out, err) = self.try_to(line, input);
        assert_eq!(code, 0, "{}: {line}\n{out}{err}", self.code);
        out
    }

    /// Makes keys; the fingerprint as it would be read aloud.
    pub fn makes_keys(&self) -> String {
        let out = self.does("identity new --name Tester --work-factor 2");
        let print = out.lines().find_map(|line| line.strip_prefix("fingerprint "));
        print.unwrap().to_owned()
    }

    pub fn sends(&self, file: &str, to: &Person<'_>) {
        fs::copy(self.home().join(file), to.home().join(file)).unwrap();
    }
}

fn open(person: &Person<'_>) -> Workspace {
    Workspace::open(&person.home().join("casereview.db"), Some(person.code)).unwrap()
}

/// Answers a whole case in the reader's workspace.
pub fn read_whole(person: &Person<'_>, case: &str) {
    let mut workspace = open(person);
    let id = crate::workspace::reading_of(&workspace, case[2..].parse().unwrap());
    crate::workspace::fill(&mut workspace, id);
}

#[test]
fn from_the_draw_to_two_sealed_readings() {
    let folder = tempfile::tempdir().unwrap();
    let person = |code| {
        fs::create_dir(folder.path().join(code)).unwrap();
        Person { code, folder: folder.path() }
    };
    let (lead, mary, john) = (person("lead"), person("mary"), person("john"));
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in ["tennessee-frame.csv", "plan.toml"] {
        fs::copy(samples.join(name), lead.home().join(name)).unwrap();
    }

    // Keys and cards, compared by fingerprint.
    let prints = [lead.makes_keys(), mary.makes_keys(), john.makes_keys()];
    for (from, name) in [(&lead, "lead.card"), (&mary, "mary.card"), (&john, "john.card")] {
        fs::rename(from.home().join("casereview.card"), from.home().join(name)).unwrap();
    }
    #[cfg(unix)]
    {
        let key = fs::metadata(mary.home().join("casereview.key")).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&key.permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    lead.does("init --name 2026-H2");
    mary.sends("mary.card", &lead);
    john.sends("john.card", &lead);
    let (code, _, err) = lead.try_to("team add mary.card", "");
    assert_eq!(code, 2);
    assert!(err.contains("--fingerprint"), "{err}");
    let wrong = format!("team add mary.card --fingerprint {}", prints[2]);
    assert_eq!(lead.try_to(&wrong, "").0, 2, "john's fingerprint on mary's card");
    lead.does(&format!("team add mary.card --fingerprint {}", prints[1]));
    lead.does(&format!("team add john.card --fingerprint {}", prints[2]));

    // Draw, assign, hand out.
    lead.does("frame import tennessee-frame.csv --plan plan.toml");
    lead.does("sample draw --seed 4711");
    lead.does("assign R-0001 --to mary --mode file-only");
    lead.does("assign R-0001 --to john --which second");
    lead.does("work out");
    lead.sends("mary.order", &mary);
    lead.sends("john.order", &john);
    for (reader, order) in [(&mary, "mary.order"), (&john, "john.order")] {
        lead.sends("lead.card", reader);
        let (code, _, err) = reader.try_to(&format!("work in {order}"), "");
        assert!(code == 2 && err.contains("--from CARD"), "{err}");
        reader.does(&format!("work in {order} --from lead.card --fingerprint {}", prints[0]));
    }
    let (code, _, err) = john.try_to("work in ../mary/mary.order", "");
    assert!(code == 2 && err.contains("not for john"), "{err}");

    // Read blind, seal, return.
    for reader in [&mary, &john] {
        let (code, _, err) = reader.try_to("bundle out", "");
        assert!(code == 2 && err.contains("no review is submitted yet"), "{err}");
        read_whole(reader, "R-0001");
        reader.does("submit R-0001");
        let out = reader.does("bundle out");
        assert!(out.contains("1 sealed review for lead"), "{out}");
        reader.does("log verify");
    }
    mary.sends("mary.bundle", &lead);
    let out = lead.does("bundle in mary.bundle");
    assert!(out.contains("R-0001 by mary: sealed, stays closed"), "{out}");
    let status = lead.does("status --format csv");
    assert_eq!(status.matches(",sealed,").count(), 1, "{status}");
    // One bit of hers, and no more.
    assert!(lead.does("status").contains("mary      sealed"), "{}", lead.does("status"));
    let pairs = lead.does_with("reconcile --plain", ":quit\n");
    assert!(pairs.contains(": mary sealed, john not yet\n"), "{pairs}");
    let (code, _, err) = lead.try_to("reconcile R-0001 --plain", "");
    let who = "R-0001 has no two sealed reviews to settle: mary sealed, john not yet";
    assert!(code == 2 && err.contains(who), "{err}");
    assert!(!john.does("status").contains("sealed"));
    let answers = |workspace: &Path| {
        let db = rusqlite::Connection::open(workspace).unwrap();
        let sql = "SELECT count(*) FROM answer WHERE narrative IS NOT NULL";
        db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(answers(&lead.home().join("casereview.db")), 0, "nothing of hers is open");
    john.sends("john.bundle", &lead);
    let inspected = lead.does("bundle inspect john.bundle");
    assert!(inspected.contains("from john (Tester), signature holds"), "{inspected}");
    let out = lead.does("bundle in john.bundle mary.bundle");
    assert_eq!(out.matches("sealed, open now").count(), 2, "{out}");
    let again = lead.does("bundle in mary.bundle john.bundle");
    assert_eq!(again.matches("open now").count(), 2, "{again}");
    let verified = lead.does("log verify");
    assert!(verified.contains("2 signatures under seals hold"), "{verified}");
    let status = lead.does("status --format csv");
    assert_eq!(status.matches(",submitted,").count(), 2, "{status}");
    // The lead settles the pair, and the settled review stands in the report.
    let settled = lead.does_with("reconcile R-0001 --plain", ":hand-in\nyes\n:quit\n");
    assert!(settled.contains("A was read by"), "{settled}");
    let report = lead.does("report items --total --format csv");
    assert!(
        report.lines().any(|line| line.starts_with("17,") && line.contains(",1,1,0,0,")),
        "{report}"
    );
    lead.does("log verify");
    // A late change opens the settlement, and the bundle that brings it says so.
    let mut workspace = open(&lead);
    let first = workspace.pairs().unwrap()[0].readings[0];
    let reason = "see 20.C".to_owned();
    workspace.act(&casereview::review::Command::Reopen { reading: first, reason }).unwrap();
    drop(workspace);
    lead.does("work out mary");
    lead.sends("mary.order", &mary);
    mary.does("work in mary.order");
    let mut workspace = open(&mary);
    crate::workspace::answer(&mut workspace, first, "20.C", "no");
    crate::workspace::fill(&mut workspace, first);
    drop(workspace);
    mary.does("submit R-0001");
    mary.does("bundle out");
    mary.sends("mary.bundle", &lead);
    let out = lead.does("bundle in mary.bundle");
    let said = "R-0001 by mary: sealed, open now\nR-0001: 1 to settle again; `reconcile R-0001` opens it\n";
    assert_eq!(out, said);
    // A changed bundle is refused whole.
    let mut bytes = fs::read(lead.home().join("mary.bundle")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(lead.home().join("mary.bundle"), bytes).unwrap();
    let (code, out, err) = lead.try_to("bundle in mary.bundle", "");
    assert!(code == 2 && out.is_empty() && err.contains("its signature does not fit"), "{err}");
}
