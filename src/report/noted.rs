//! What is said wherever reviews are counted of those that are marked: ratings set against the
//! computed ones (`**`), changes after a review was final, and drafts.

use std::collections::BTreeMap;

use crate::text::{clean, count};

/// How many reviews were counted, in words; `drafts`: some of them may be no final ones.
pub fn counted(readings: u64, drafts: bool) -> String {
    match drafts {
        true => whole(readings, "review or draft", "reviews and drafts"),
        false => whole(readings, "final review", "final reviews"),
    }
}

/// Marked reviews among those that were counted, by group.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// Answers are counted, which no rating set changes.
    of_answers: bool,
    /// Groups are told apart.
    grouped: bool,
    /// By item and group: ratings set against the computed ones.
    items: BTreeMap<String, BTreeMap<String, u64>>,
    /// By group: reviews changed after they were final.
    late: BTreeMap<String, u64>,
    /// Reviews that are not final.
    drafts: u64,
}

impl Noted {
    /// None yet. `of_answers`: answers are counted, not ratings; `grouped`: groups are told
    /// apart.
    pub fn new(of_answers: bool, grouped: bool) -> Self {
        Self { of_answers, grouped, ..Self::default() }
    }

    /// Takes in a review of a group: the items whose rating was set against the computed one,
    /// and whether it was changed after it was final.
    pub fn add<'i>(&mut self, group: &str, items: impl IntoIterator<Item = &'i str>, late: bool) {
        for item in items {
            let groups = self.items.entry(item.to_owned()).or_default();
            *groups.entry(group.to_owned()).or_default() += 1;
        }
        if late {
            *self.late.entry(group.to_owned()).or_default() += 1;
        }
    }

    /// Takes in reviews that are not final.
    pub fn add_drafts(&mut self, drafts: u64) {
        self.drafts += drafts;
    }

    /// What is said, with the commands that tell more; without a stop.
    pub fn lines(&self) -> Vec<String> {
        let lines = self.drafts_line().into_iter();
        let set = self.set_line().map(|line| line + ": `report overrides` says by which rule");
        lines.chain(set).chain(self.late_lines()).collect()
    }

    /// The same in words for readers who don't have the program.
    pub fn words(&self) -> Vec<String> {
        let lines = self.drafts_line().into_iter();
        lines.chain(self.set_line()).chain(self.late_line()).collect()
    }

    /// Of the lines those on changes after a review was final.
    pub fn late_lines(&self) -> Vec<String> {
        let line = self.late_line().map(|line| line + ": `qa CASE` says why");
        line.into_iter().collect()
    }

    /// Of the lines the one on reviews that are not final.
    pub fn drafts_line(&self) -> Option<String> {
        let are = whole(self.drafts, "draft is", "drafts are");
        (self.drafts > 0).then(|| format!("DRAFTS: {are} counted too and may still change"))
    }

    fn set_line(&self) -> Option<String> {
        let set: u64 = self.items.values().flat_map(BTreeMap::values).sum();
        if set == 0 {
            return None;
        }
        let each = self.items.iter();
        let each = each.map(|(item, groups)| match (self.grouped, groups.values().sum::<u64>()) {
            (false, 1) => format!("item {item}"),
            (false, several) => format!("item {item} {several} times"),
            (true, _) => format!("item {item} in {}", told(groups)),
        });
        let each: Vec<String> = each.collect();
        let ratings = whole(set, "rating", "ratings");
        let were = if set == 1 { "was" } else { "were" };
        let said = match self.of_answers {
            false => format!("** {ratings} counted here {were}"),
            true => format!("** of the reviews counted here {ratings} {were}"),
        };
        let line = format!("{said} set against the computed one ({})", each.join("; "));
        Some(clean(&line).into_owned())
    }

    fn late_line(&self) -> Option<String> {
        let changed: u64 = self.late.values().sum();
        let reviews = whole(changed, "review was", "reviews were");
        let each = if self.grouped { format!(" ({})", told(&self.late)) } else { String::new() };
        let line = format!("{reviews} changed after being final{each}");
        (changed > 0).then(|| clean(&line).into_owned())
    }
}

/// "Knox 1, Shelby 2".
fn told(groups: &BTreeMap<String, u64>) -> String {
    let each = groups
        .iter()
        .map(|(name, n)| format!("{} {n}", if name.is_empty() { "(none)" } else { name }));
    each.collect::<Vec<_>>().join(", ")
}

fn whole(n: u64, one: &str, many: &str) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), one, many)
}

#[cfg(test)]
mod tests {
    use super::Noted;

    #[test]
    fn nothing_marked_says_nothing() {
        let noted = Noted::new(false, true);
        assert_eq!((noted.lines(), noted.words()), (Vec::new(), Vec::new()));
    }

    #[test]
    fn marked_reviews_are_told_by_item_and_group() {
        let mut noted = Noted::new(false, true);
        noted.add("Knox", ["20"], false);
        noted.add("", ["20", "14"], true);
        noted.add_drafts(1);
        assert_eq!(
            noted.lines(),
            [
                "DRAFTS: 1 draft is counted too and may still change",
                "** 3 ratings counted here were set against the computed one (item 14 in (none) 1; \
                 item 20 in (none) 1, Knox 1): `report overrides` says by which rule",
                "1 review was changed after being final ((none) 1): `qa CASE` says why",
            ]
        );
        assert_eq!(noted.late_lines(), noted.lines()[2..]);
        assert_eq!(noted.words()[2], "1 review was changed after being final ((none) 1)");
    }

    #[test]
    fn without_groups_only_items_are_named() {
        let mut noted = Noted::new(true, false);
        noted.add("", ["20"], false);
        noted.add("", ["20"], false);
        assert_eq!(
            noted.words(),
            [
                "** of the reviews counted here 2 ratings were set against the computed one (item 20 \
              2 times)"
            ]
        );
    }
}
