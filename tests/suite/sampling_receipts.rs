//! `casereview sample verify`: whatever of a draw was changed is found and named.

use crate::sampling_cli::{FRAME, Folder, PLAN};

/// Draws, changes one file, and gives the first difference that is named.
fn first_difference(file: &str, from: &str, to: &str) -> String {
    let folder = Folder::new(FRAME, PLAN);
    assert_eq!(folder.draw().0, 0);
    let text = folder.read(file);
    assert!(text.contains(from), "{from} is not in {file}: {text}");
    folder.write(file, &text.replacen(from, to, 1));
    let (code, out, err) = folder.verify();
    assert_eq!(code, 1, "{file}: {from} to {to}: {out}{err}");
    assert_eq!(err, "error: r.json doesn't match frame.csv\n");
    out
}

#[test]
fn whatever_changes_is_found_and_named() {
    let out = first_difference("frame.csv", "C-04", "C-14");
    assert!(out.starts_with("differs: SHA-256 of the frame's canonical form: the receipt has "));
    let out = first_difference("frame.csv", ",W4,", ",W5,");
    assert!(out.starts_with("differs: SHA-256 of the frame's canonical form: "), "{out}");
    let out = first_difference("r.json", "per_stratum = 1", "per_stratum = 2");
    assert!(out.starts_with("differs: SHA-256 of the plan: the receipt has "), "{out}");
    let out = first_difference("r.json", "[columns]", "[column]");
    assert!(out.starts_with("differs: SHA-256 of the plan: the receipt has "), "{out}");
    assert_eq!(
        first_difference(
            "r.json",
            "\"frame\": 3,\n      \"size\": 1",
            "\"frame\": 3,\n      \"size\": 2"
        ),
        "differs: stratum \"foster-care | East\": the receipt has 3 in the frame, 2 asked, \
         1 drawn, 1 spares, found 3 in the frame, 1 asked, 1 drawn, 1 spares\n"
    );
    assert_eq!(
        first_difference("r.json", "\"cases\": 8", "\"cases\": 9"),
        "differs: the frame: the receipt has 9 cases, found 8 cases\n"
    );
    assert_eq!(
        first_difference("r.json", "\"eligible\": 8", "\"eligible\": 7"),
        "differs: eligible: the receipt has 7 cases, found 8 cases\n"
    );
    let out = first_difference("r.json", "\"case\": \"C-0", "\"case\": \"D-0");
    assert!(out.starts_with(
        "differs: case 1 of stratum \"foster-care | East\": the receipt has sample \"D-0"
    ));
    assert_eq!(out.lines().count(), 1, "{out}");
    let out = first_difference("r.json", "\"seed\": \"2026", "\"seed\": \"2027");
    assert!(out.starts_with("differs: case 1 of stratum \"foster-care | East\": "), "{out}");
}

#[test]
fn a_resaved_frame_is_the_same_frame() {
    let folder = Folder::new(FRAME, PLAN);
    assert_eq!(folder.draw().0, 0);
    let mut rows: Vec<&str> = FRAME.lines().collect();
    rows[1..].reverse();
    folder.write("frame.csv", &rows.join("\r\n"));
    let (code, out, err) = folder.verify();
    assert_eq!(code, 0, "{out}");
    assert_eq!(
        err,
        "note: frame.csv was sorted or saved anew since the draw; its cases are the same\n"
    );
}

#[test]
fn what_is_no_receipt_is_refused() {
    let folder = Folder::new(FRAME, PLAN);
    assert_eq!(folder.draw().0, 0);
    let receipt = folder.read("r.json");
    for (text, said) in [
        (
            "no".to_owned(),
            "error: r.json is no receipt of a sample: expected ident at line 1 column 2\n",
        ),
        (
            receipt.replace("casereview sample 1", "casereview sample 2"),
            "error: r.json is no receipt of a sample: its format is \"casereview sample 2\", this \
             program reads \"casereview sample 1\"\n",
        ),
        (
            receipt.replace("\"full\"", "\"public\""),
            "error: r.json is no receipt of a sample: it is neither a full nor a public receipt\n",
        ),
    ] {
        folder.write("r.json", &text);
        assert_eq!(folder.verify(), (2, String::new(), said.to_owned()));
    }
    let (code, _, err) = folder.run("verify none.json --frame frame.csv");
    assert_eq!(
        (code, err.as_str()),
        (2, "error: none.json can't be read: No such file or directory (os error 2)\n")
    );
}
