//! The start screen: what this is, which instrument, what to do first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::task::Action;
use crate::task::start::State;
use crate::text::{count, width};
use crate::tui::keys::key_of;
use crate::tui::layout::inset;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;

/// Draws the body of the start screen.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, state: &State) {
    let wide = body.width.saturating_sub(6).min(92);
    let area = Rect { width: wide, ..inset(body, 3, 3) };
    let info = &state.info;
    let mut prose = Prose::new(area.width);
    // On a tall screen the entries stand a little lower.
    if body.height > 26 {
        prose.line(Default::default());
    }
    prose.line(Default::default());
    let round = format!("Round {}", info.round);
    prose.ends((theme.strong(), &round), (theme.quiet(), &format!("as {}", info.user)));
    prose.text(theme.text(), &info.instrument);
    if info.practice {
        prose.gap();
        prose.text(theme.strong(), "Practice: every case here is made up, so try anything.");
    }
    if state.is_first_time() {
        let cases = key_of(Action::Cases);
        let first = format!("First time? {cases} shows the cases, Enter opens one, 1 2 3 answer.");
        prose.text(theme.text(), &first);
    }
    if let Some(notice) = &info.notice {
        prose.gap();
        prose.hanging(Span::styled("| ", theme.quiet()), theme.quiet(), notice);
    }
    prose.gap();
    let chosen = state.chosen();
    let mut bottom = 0;
    for action in state.entries() {
        let (title, says) = entry(state, action);
        let here = action == chosen;
        let style = if here { theme.here() } else { theme.text() };
        let gap = " ".repeat(16usize.saturating_sub(width(&title)));
        let marks = vec![
            Span::styled(if here { "> " } else { "  " }, theme.accent()),
            Span::styled(format!("{:<3}", key_of(action)), theme.accent()),
            Span::styled(title, style),
            Span::raw(gap),
        ];
        prose.hanging_marks(marks, theme.quiet(), &says);
        if here {
            bottom = prose.height();
        }
    }
    // In a low window the lines move up under the highlight, never away from it; the last row
    // is then the sign's.
    let room = usize::from(area.height).saturating_sub(1).max(1);
    let from = bottom.saturating_sub(room);
    scrolled(frame, theme, area, &prose.into_lines(), from, "arrows");
}

fn entry(state: &State, action: Action) -> (String, String) {
    let info = &state.info;
    let (title, says) = match action {
        Action::Continue => (
            "Continue",
            info.last.as_ref().map_or(String::new(), |(_, case)| format!("with {case}")),
        ),
        Action::Cases => (
            "Cases",
            format!(
                "{} not started, {} in progress, {} submitted",
                info.not_started, info.in_progress, info.submitted
            ),
        ),
        Action::Pairs => (
            "Pairs",
            match info.pairs.unwrap_or(0) {
                0 => "cases read twice, nothing to settle".to_owned(),
                n => format!("cases read twice, {n} to settle"),
            },
        ),
        Action::Sample if !info.lead => {
            let waiting = count(info.approvals, "elimination waits", "eliminations wait");
            ("Sample", format!("{waiting} for a second person's word"))
        }
        Action::Alert => ("Alerts", count(info.alerts, "alert is open", "alerts are open")),
        Action::Quality => (
            "QA",
            match info.quality.unwrap_or(0) {
                0 => "notes and approval, nothing for you now".to_owned(),
                n => format!("{} for you", count(n, "review", "reviews")),
            },
        ),
        Action::Sample => ("Sample", "draw, assign, what is late, eliminations".to_owned()),
        Action::Results => ("Results", "by region, county, case type, period".to_owned()),
        Action::Goals => ("Goals", "improvement plan: baseline, goal, now".to_owned()),
        Action::Instruments => ("Instruments", "read any, and try answers in it".to_owned()),
        Action::Help => ("Help", "every key".to_owned()),
        Action::Quit => ("Quit", "everything is saved".to_owned()),
        other => (other.label(), String::new()),
    };
    let says = if action == Action::Cases && info.not_started + info.in_progress == 0 {
        match (info.unassigned, info.submitted) {
            (0, done) => {
                format!("nothing left to do, {} submitted", count(done, "review", "reviews"))
            }
            // A lead who reads none has the others' to give out.
            (open, 0) => format!("none of yours, {} to assign", count(open, "case", "cases")),
            (open, done) => {
                format!("{done} submitted, {} to assign", count(open, "case", "cases"))
            }
        }
    } else {
        says
    };
    (title.to_owned(), says)
}
