//! The items of a review with how each stands, beside the question.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::task::Action;
use crate::task::review::{ItemRow, Sign, State};
use crate::text::{clean, count, fit, width};
use crate::tui::keys::key_of;
use crate::tui::layout::below;
use crate::tui::list;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;

/// Narrower than this the list is only ids.
const NARROW: u16 = 20;

/// Title of the item a sub-item stands under.
fn parent_of(rows: &[ItemRow], at: usize) -> &str {
    rows[..at].iter().rev().find(|row| !row.is_sub_item).map_or("", |row| row.title.as_str())
}

/// Draws the list, kept scrolled to where the reviewer stands, and the outcomes under it.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let rows = state.item_rows();
    let outcomes =
        if area.width < NARROW { Vec::new() } else { outcomes(theme, area.width, state) };
    let list = window(frame, theme, area, &rows, outcomes.len());
    let left = below(area, list);
    // A gap above the outcomes where there is room for one.
    let gap = u16::from(usize::from(left.height) > outcomes.len());
    let key = key_of(Action::Items);
    crate::tui::prose::scrolled(frame, theme, below(left, gap), &outcomes, 0, &key);
}

/// Draws the list to choose an item from; `at` is the highlighted line.
pub fn choose(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, at: usize) {
    let rows = state.item_rows();
    list::draw(frame, theme, area, (rows.len(), at), |place| {
        let mut item = rows[place].clone();
        item.is_here = place == at;
        line(theme, &item, parent_of(&rows, place), area.width)
    });
}

/// What is to be said of the highlighted item, beside the list.
pub fn detail(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, at: usize) {
    let rows = state.item_rows();
    let Some(item) = rows.get(at) else { return };
    let mut prose = Prose::new(area.width);
    prose.text(theme.strong(), &format!("{} {}", item.id, item.title));
    prose.gap();
    prose.text(theme.text(), item.sign.word());
    if let Some(position) = item.item {
        prose.text(theme.quiet(), &state.item_line(position));
    }
    prose.gap();
    let open = match (item.can_go, item.open) {
        (false, _) => "nothing of it is asked of this case".to_owned(),
        (true, 0) => "nothing is missing".to_owned(),
        (true, open) => format!("{} open", count(open, "question", "questions")),
    };
    prose.text(theme.text(), &open);
    prose.gap();
    // Every outcome is seen at one of its items.
    for (title, says) in state.outcome_lines_of(item.item) {
        prose.text(theme.quiet(), &title);
        prose.hanging(Span::raw("  "), theme.text(), &says);
    }
    crate::tui::prose::scrolled(frame, theme, area, &prose.into_lines(), 0, "a taller window");
}

/// Draws as many rows as fit beside the outcomes; returns how many screen rows were used.
fn window(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    rows: &[ItemRow],
    outcomes: usize,
) -> u16 {
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let beside = u16::try_from(outcomes).unwrap_or(u16::MAX);
    // Where both don't fit, most of the room is the list's.
    let room = area.height.saturating_sub(beside).max(area.height * 2 / 3).min(wanted);
    let here = rows.iter().rposition(|row| row.is_here).unwrap_or(0);
    list::draw(frame, theme, Rect { height: room, ..area }, (rows.len(), here), |place| {
        line(theme, &rows[place], parent_of(rows, place), area.width)
    });
    room
}

fn line(theme: Theme, item: &ItemRow, parent: &str, columns: u16) -> Line<'static> {
    let style = match (item.is_here, item.sign) {
        (true, _) => theme.here(),
        (false, Sign::Na) => theme.quiet(),
        (false, _) => theme.text(),
    };
    let indent = if item.is_sub_item { "  " } else { "" };
    let title = if item.is_sub_item { own_words(&item.title, parent) } else { &item.title };
    let mark = if item.overridden { "**" } else { "" };
    let name = match (item.id.is_empty(), columns < NARROW) {
        (true, _) => clean(title).into_owned(),
        (false, true) => format!("{}{mark}", clean(&item.id)),
        (false, false) => format!("{}{mark} {}", clean(&item.id), clean(title)),
    };
    let room = usize::from(columns).saturating_sub(2 + indent.len() + 4 + 1);
    Line::from(vec![
        Span::styled(if item.is_here { "> " } else { "  " }, theme.accent()),
        Span::raw(indent),
        Span::styled(format!("{:<3}", item.sign.text()), sign_style(theme, item.sign)),
        Span::raw(" "),
        Span::styled(keep_ends(&name, room), style),
    ])
}

/// A sub-item's title without the words it begins with in common with its item's:
/// "Needs and services of the child" is "the child" there.
fn own_words<'t>(title: &'t str, parent: &str) -> &'t str {
    let mut rest = title;
    let mut shared = 0;
    for word in parent.split(' ') {
        match rest.strip_prefix(word).and_then(|r| r.strip_prefix(' ')) {
            Some(after) => (rest, shared) = (after, shared + 1),
            None => break,
        }
    }
    if shared >= 2 { rest } else { title }
}

/// A title cut in its middle, so that its last word stays: titles that begin alike ("visits
/// with the child", "visits with parents") are told apart by it.
pub fn keep_ends(title: &str, columns: usize) -> String {
    if width(title) <= columns {
        return title.to_owned();
    }
    match title.rsplit_once(' ') {
        Some((head, tail)) if width(tail) + 8 <= columns => {
            let head = fit(head, columns - width(tail) - 1);
            format!("{} {tail}", head.trim_end())
        }
        _ => fit(title, columns).trim_end().to_owned(),
    }
}

/// Beside the word, how loud a sign is.
pub fn sign_style(theme: Theme, sign: Sign) -> Style {
    match sign {
        Sign::Strength | Sign::Done => theme.text(),
        Sign::Ani => theme.strong(),
        Sign::Na | Sign::Open => theme.quiet(),
        Sign::Broken => theme.alarm(),
    }
}

fn outcomes(theme: Theme, columns: u16, state: &State) -> Vec<Line<'static>> {
    let mut prose = Prose::new(columns);
    for (title, says) in state.outcome_lines() {
        let title = title.split(':').next().unwrap_or_default().to_owned();
        let wide = width(&title) + width(&says) + 4 <= usize::from(columns);
        if wide {
            prose.hanging_marks(
                vec![Span::raw(" "), Span::raw(format!("{title}  "))],
                theme.quiet(),
                &says,
            );
        } else {
            prose.hanging(Span::raw(" "), theme.text(), &title);
            prose.hanging(Span::raw("   "), theme.quiet(), &says);
        }
    }
    prose.into_lines()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_begin_alike_are_told_apart() {
        let parent = "Needs and services of child, parents, foster parents";
        assert_eq!(own_words("Needs and services of the child", parent), "the child");
        assert_eq!(own_words("Something else", parent), "Something else");
        assert_eq!(
            keep_ends("20 Caseworker visits with parents", 26),
            "20 Caseworker vis… parents"
        );
        assert_eq!(
            keep_ends("20 Caseworker visits with parents", 40),
            "20 Caseworker visits with parents"
        );
        assert_eq!(keep_ends("Donaudampfschifffahrt", 8), "Donauda…");
    }
}
