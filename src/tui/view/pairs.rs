//! The cases with two reviews.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::task::reconcile::{Pair, PairList, PairStatus, Slot, Third, to_settle_again};
use crate::text::{clean, count, fit};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, inset, row};
use crate::tui::list;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;
use crate::tui::view::form;

/// Widths of case, type and region.
const CASE: usize = 9;
const TYPE: usize = 14;
const REGION: usize = 20;

/// Draws the body of the screen.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &PairList,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    if let (Some(lines), Some(pair)) = (&state.form, state.here()) {
        let mut head = Prose::new(area.width);
        head.text(theme.strong(), &format!("A third reader for {}, as tie-break", pair.case));
        head.text(
            theme.text(),
            "They get the case as both readers got it, and see nothing of either review. What \
             they answer stands as C beside A and B once it is handed in.",
        );
        head.gap();
        if !pair.free.is_empty() {
            head.text(theme.quiet(), &format!("Free to read it: {}.", pair.free.join(", ")));
            head.gap();
        }
        let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
        frame.render_widget(Text::from(head.into_lines()), area);
        let note = |slot: Slot| match slot {
            Slot::Who => "a code of the team".to_owned(),
            Slot::Go => String::new(),
        };
        form::draw(frame, theme, below(area, rows), lines, note, editor);
        return;
    }
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
    let open = pairs.iter().filter(|pair| pair.status.is_open()).count();
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
    let third = match pair.third {
        Third::Unasked => "",
        Third::Asked => ", third asked",
        Third::In => ", third in",
    };
    match pair.status {
        PairStatus::Waiting => clean(&pair.sealed).into_owned(),
        PairStatus::Again { answers } => to_settle_again(answers),
        PairStatus::Settled => "settled".to_owned(),
        PairStatus::ToSettle { answers: 0, .. } if pair.begun => format!("to hand in{third}"),
        PairStatus::ToSettle { answers: 0, .. } => format!("agree{third}"),
        PairStatus::ToSettle { items, answers } if !third.is_empty() => {
            let answers = count(answers, "answer", "answers");
            format!("{items} apart, {answers}{third}")
        }
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
