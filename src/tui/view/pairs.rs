//! The cases with two reviews.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::task::reconcile::{Pair, PairList, PairStatus};
use crate::text::{clean, count, fit};
use crate::tui::layout::{below, inset, row};
use crate::tui::list;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;

/// Widths of case, type and region.
const CASE: usize = 9;
const TYPE: usize = 14;
const REGION: usize = 20;

/// Draws the body of the screen.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, state: &PairList) {
    let area = inset(body, 1, 1);
    let Some(pairs) = &state.pairs else {
        frame.render_widget(Line::styled("Comparing ...", theme.quiet()), row(area, 1));
        return;
    };
    let mut head = Prose::new(area.width);
    if pairs.is_empty() {
        head.gap();
        head.text(theme.quiet(), "No case is read twice. A lead gives a second review with");
        head.text(theme.quiet(), "casereview assign CASE --to CODE --which second");
        frame.render_widget(Text::from(head.into_lines()), area);
        return;
    }
    let open = pairs.iter().filter(|p| matches!(p.status, PairStatus::ToSettle { .. })).count();
    let say = match open {
        0 => "Nothing to settle now.".to_owned(),
        open => format!("{} to settle, most disagreement first.", count(open, "case", "cases")),
    };
    head.text(theme.strong(), &say);
    head.gap();
    let heading = format!(
        "  {}{}{}{}",
        fit("case", CASE),
        fit("type", TYPE),
        fit("region", REGION),
        "the two reviews"
    );
    head.line(Line::styled(heading, theme.quiet()));
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(head.into_lines()), area);
    let room = usize::from(area.width);
    list::draw(frame, theme, below(area, rows), (pairs.len(), state.cursor.at()), |at| {
        line(theme, &pairs[at], at == state.cursor.at(), room)
    });
}

fn line(theme: Theme, pair: &Pair, here: bool, room: usize) -> Line<'static> {
    let facts = format!(
        "{}{}{}",
        fit(&pair.case, CASE),
        fit(&clean(&pair.case_type), TYPE - 1) + " ",
        fit(&clean(&pair.region), REGION - 1) + " "
    );
    let says = fit(&status(pair), room.saturating_sub(CASE + TYPE + REGION + 2));
    let style = if here { theme.here() } else { theme.text() };
    let quiet = matches!(pair.status, PairStatus::Waiting | PairStatus::Settled);
    Line::from(vec![
        Span::styled(if here { "> " } else { "  " }, theme.accent()),
        Span::styled(facts, style),
        Span::styled(says.trim_end().to_owned(), if quiet { theme.quiet() } else { style }),
    ])
}

fn status(pair: &Pair) -> String {
    match pair.status {
        PairStatus::Waiting => "not both handed in".to_owned(),
        PairStatus::Settled => "settled".to_owned(),
        PairStatus::ToSettle { answers: 0, .. } => "agree".to_owned(),
        PairStatus::ToSettle { items, answers } => {
            let begun = if pair.begun { ", begun" } else { "" };
            let answers = count(answers, "answer", "answers");
            match items {
                0 => format!("{answers}, no rating{begun}"),
                items => format!("{} apart, {answers}{begun}", count(items, "item", "items")),
            }
        }
    }
}
