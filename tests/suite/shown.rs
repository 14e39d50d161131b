//! Which keys a frame shows. A harness presses only those.
//!
//! A key counts as shown when it begins an entry of the footer (the last rows of the screen:
//! `Enter next  n next open`), when it is a key with a name and begins an entry anywhere (the
//! hints of a text box: `Ctrl-Z undo`), or when it is the digit of an option (`2 ( ) No`).

/// Rows from the bottom that can hold the footer.
const FOOTER: usize = 4;

/// Every key the frame shows, as words: `Enter`, `n`, `2`, `PageDown`.
pub fn shown_keys(rows: &[String]) -> Vec<String> {
    let mut keys = Vec::new();
    let last = rows.len().saturating_sub(FOOTER);
    for (at, row) in rows.iter().enumerate() {
        for entry in row.split("  ").map(str::trim).filter(|e| !e.is_empty()) {
            if let Some(number) = option_number(entry) {
                keys.push(number);
            }
            // An entry is a key and what it does; a word alone is no entry.
            let (key, does) = match entry.strip_prefix("[ ] ") {
                Some(does) => ("[ ]", does),
                None => entry.split_once(' ').unwrap_or((entry, "")),
            };
            if does.is_empty() {
                continue;
            }
            let found = names(key);
            let in_footer = at >= last;
            keys.extend(found.into_iter().filter(|k| in_footer || k.chars().count() > 1));
        }
    }
    keys
}

/// Whether the frame shows the key.
pub fn is_shown(rows: &[String], key: &str) -> bool {
    shown_keys(rows).iter().any(|shown| shown == key)
}

/// `> 2 (x) No` is the option 2.
fn option_number(entry: &str) -> Option<String> {
    let entry = entry.strip_prefix("> ").unwrap_or(entry).trim_start();
    let (number, rest) = entry.split_once(' ')?;
    let boxed = rest.starts_with('(') || rest.starts_with('[');
    (boxed && number.parse::<u8>().is_ok()).then(|| number.to_owned())
}

/// The keys an entry's first word stands for.
fn names(word: &str) -> Vec<String> {
    let own = |keys: &[&str]| keys.iter().map(|k| (*k).to_owned()).collect();
    match word {
        "arrows" => own(&["Up", "Down", "Left", "Right"]),
        "PageUp/Down" => own(&["PageUp", "PageDown"]),
        "Ctrl-Left/Right" => own(&["Ctrl-Left", "Ctrl-Right"]),
        "[ ]" => own(&["[", "]"]),
        word if word.chars().count() == 1 => own(&[word]),
        word if word.contains('/') => word.split('/').flat_map(names).collect(),
        word => match word.split_once('-') {
            Some(("1", last)) => match last.parse::<u8>() {
                Ok(last) => (1..=last).map(|n| n.to_string()).collect(),
                Err(_) => Vec::new(),
            },
            Some(("Ctrl", letter)) if letter.len() == 1 => own(&[word]),
            Some(("Shift", "Tab")) => own(&[word]),
            _ => match word {
                "Enter" | "Esc" | "Tab" | "Space" | "Backspace" | "Delete" | "Up" | "Down"
                | "Left" | "Right" | "PageUp" | "PageDown" | "Home" | "End" | "F1" => own(&[word]),
                _ => Vec::new(),
            },
        },
    }
}

#[test]
fn keys_are_read_off_a_frame() {
    let rows: Vec<String> = [
        " ANI  16 Child and parents      > 2 ( ) No        asks for a narrative",
        " Enter new line  arrows move  Ctrl-Z undo",
        " a letter in the body",
        "",
        "",
        " Item 20: needs D                                           saved 14:02:11",
        " 1-3 answer  Enter next  n next open  / search  [ ] item before, next",
        " PageUp/Down page  ? all keys",
    ]
    .map(str::to_owned)
    .to_vec();
    let shown = shown_keys(&rows);
    for key in ["1", "2", "3", "Enter", "n", "/", "[", "]", "PageDown", "?", "Ctrl-Z", "Left"] {
        assert!(shown.iter().any(|k| k == key), "{key} in {shown:?}");
    }
    for key in ["a", "4", "Esc", "Item", "s"] {
        assert!(!shown.iter().any(|k| k == key), "{key} in {shown:?}");
    }
}
