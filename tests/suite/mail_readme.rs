//! The walk of the README through three computers: its very commands, in their order, from the
//! keys to the report.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use casereview::store::Workspace;

const PEOPLE: [&str; 3] = ["lead", "mary", "john"];

/// Who does what: the commands of the section, each with its person.
fn walk() -> Vec<(&'static str, String)> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, section) = readme.split_once("## Two readers, three computers").unwrap();
    let (_, block) = section.split_once("```sh\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let (mut who, mut steps) = (None, Vec::new());
    for line in block.lines().filter(|line| !line.is_empty()) {
        if let Some(comment) = line.strip_prefix("# ") {
            let word = comment.split(|c: char| !c.is_alphabetic()).next().unwrap();
            who = PEOPLE.into_iter().find(|one| *one == word);
            assert!(who.is_some(), "nobody does what follows: {line}");
            continue;
        }
        let command = line.split("  #").next().unwrap().trim();
        let command = command.strip_prefix("casereview ").unwrap();
        steps.push((who.unwrap(), command.to_owned()));
    }
    steps
}

/// The words of a command as a shell takes them.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(nth, part)| match nth % 2 {
            1 => vec![part.to_owned()],
            _ => part.split_whitespace().map(str::to_owned).collect(),
        })
        .collect()
}

fn run(folder: &Path, who: &str, line: &str, input: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_casereview"))
        .current_dir(folder.join(who))
        .env_remove("CASEREVIEW_WORKSPACE")
        .env("CASEREVIEW_USER", who)
        .env("CASEREVIEW_IDENTITY", format!("{who}.key"))
        .env("CASEREVIEW_PASSPHRASE", format!("{who} and seven boats"))
        .args(words(line))
        .write_stdin(input)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{who}: {line}\n{out}{err}");
    out
}

/// Every card, order and bundle of one is in the folders of all.
fn send(folder: &Path, who: &str) {
    let mail = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ["card", "order", "bundle"].contains(&ending))
    };
    let files = fs::read_dir(folder.join(who)).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(mail) {
        for to in PEOPLE.into_iter().filter(|to| *to != who) {
            fs::copy(&file, folder.join(to).join(file.file_name().unwrap())).unwrap();
        }
    }
}

#[test]
fn the_commands_of_the_readme_lead_from_the_keys_to_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    PEOPLE.into_iter().for_each(|who| fs::create_dir(folder.join(who)).unwrap());
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in ["tennessee-frame.csv", "plan.toml"] {
        fs::copy(samples.join(name), folder.join("lead").join(name)).unwrap();
    }
    let mut prints = std::collections::BTreeMap::new();
    let (mut told, mut steps) = (Vec::new(), Vec::new());
    for (who, line) in walk() {
        let said = |line: &str, input: &str| run(folder, who, line, input);
        let two: Vec<&str> = line.split(' ').take(2).collect();
        let out = match two.as_slice() {
            // A low cost of guessing, for a test.
            ["identity", "new"] => {
                let out = said(&format!("{line} --work-factor 2"), "");
                let print = out.lines().find_map(|line| line.strip_prefix("fingerprint "));
                prints.insert(format!("{who}.card"), print.unwrap().to_owned());
                out
            }
            // As it would be read aloud.
            ["team", "add"] | ["work", "in"] => {
                let card = line.split(' ').find(|word| word.ends_with(".card")).unwrap();
                said(&format!("{line} --fingerprint {}", prints[card]), "")
            }
            ["review", case] => {
                said(&format!("{line} --plain"), ":quit\n");
                let file = folder.join(who).join("casereview.db");
                let mut workspace = Workspace::open(&file, Some(who)).unwrap();
                let case = case.strip_prefix("R-").unwrap().parse().unwrap();
                let id = crate::workspace::reading_of(&workspace, case);
                crate::workspace::fill(&mut workspace, id);
                drop(workspace);
                said(&line.replace("review", "submit"), "")
            }
            ["reconcile", _] => said(&format!("{line} --plain"), ":hand-in\nyes\n:quit\n"),
            _ => said(&line, ""),
        };
        send(folder, who);
        told.push(out);
        steps.push(format!("{who}: {}", two.join(" ")));
    }
    assert_eq!(steps.first().unwrap(), "lead: identity new");
    let said = |step: &str, nth: usize| {
        let mut found = steps.iter().zip(&told).filter(|(done, _)| *done == step);
        found.nth(nth).unwrap().1.clone()
    };
    assert_eq!(
        said("lead: work out", 0),
        "./john.order: 1 case for john\n./mary.order: 1 case for mary\n"
    );
    assert_eq!(said("mary: bundle out", 0), "mary.bundle: 1 sealed review for lead\n");
    let closed = "R-0001 by mary: sealed, stays closed until all who read the case have sealed\n";
    assert_eq!(said("lead: bundle in", 0), closed);
    let open = "R-0001 by mary: sealed, open now\nR-0001 by john: sealed, open now\n";
    let opened = said("lead: bundle in", 1);
    let mut lines: Vec<&str> = opened.lines().collect();
    lines.sort_unstable_by_key(|line| line.contains("john"));
    assert_eq!(lines.join("\n") + "\n", open);
    assert_eq!(steps.last().unwrap(), "lead: report items");
    let report = run(folder, "lead", "report items --total --format csv", "");
    let counted = |line: &str| line.starts_with("17,") && line.contains(",1,1,0,0,");
    assert!(report.lines().any(counted), "{report}");
}
