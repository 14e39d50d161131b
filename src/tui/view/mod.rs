//! One file a screen. A view only reads the state: it changes nothing and decides nothing
//! about keys.

mod agreement;
mod alerts;
mod board;
mod browse;
mod confirm;
mod drawing;
mod form;
mod goals;
mod help;
mod items;
mod missing;
mod pairs;
mod panel;
mod quality;
mod question;
mod queue;
mod results;
mod review;
mod saving;
mod settle;
mod start;
mod table;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::editor::Editor;
use super::footer;
use super::keys::working;
use super::layout::{self, SMALLEST, is_too_small};
use super::paint;
use super::prose::Prose;
use super::theme::Theme;
use crate::task::review::{Saved, State};
use crate::task::{App, Screen};
use crate::text::{clean, count, fit, width, wrap};

/// Draws the whole screen. `editor` is the open text box, which holds the cursor.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, app: &App, editor: Option<&Editor>) {
    let area = frame.area();
    if is_too_small(area.width, area.height) {
        too_small(frame, theme, area);
        return;
    }
    let entries = working(app);
    let (left, right) = title(app);
    let status = status(theme, area.width, app);
    let heights = (u16::try_from(status.len()).unwrap_or(1), footer::height(&entries, area.width));
    let areas = layout::open(frame, theme, &left, &right, heights);
    body(frame, theme, areas.body, app, editor);
    paint::lines(frame, areas.status, &status);
    footer::draw(frame, theme, areas.footer, &entries);
}

fn body(frame: &mut Frame<'_>, theme: Theme, area: Rect, app: &App, editor: Option<&Editor>) {
    match (app.screen, &app.review) {
        (Screen::Start, _) => start::draw(frame, theme, area, &app.start),
        (Screen::Queue, _) => queue::draw(frame, theme, area, &app.queue, editor),
        (Screen::Review, Some(state)) => review::draw(frame, theme, area, state, editor),
        (Screen::Missing, Some(state)) => missing::draw(frame, theme, area, state),
        (Screen::Pairs, _) => pairs::draw(frame, theme, area, &app.pairs, editor),
        (Screen::Settle, _) => {
            if let Some(state) = &app.settle {
                settle::draw(frame, theme, area, state, editor);
            }
        }
        (Screen::Agreement, _) => agreement::draw(frame, theme, area, &app.agreement),
        (Screen::Alerts, _) => alerts::draw(frame, theme, area, &app.alerts, editor),
        (Screen::Quality, _) => quality::draw(frame, theme, area, &app.quality),
        (Screen::Notes, _) => quality::notes(frame, theme, area, &app.quality, editor),
        (Screen::Sample, _) => board::draw(frame, theme, area, &app.board, editor),
        (Screen::Drawing, _) => drawing::draw(frame, theme, area, &app.drawing, editor),
        (Screen::Results, _) => results::draw(frame, theme, area, &app.results, editor),
        (Screen::Goals, _) => goals::draw(frame, theme, area, &app.goals, editor),
        (Screen::Shelf, _) => browse::shelf(frame, theme, area, &app.browse),
        (Screen::Reader, _) => {
            if let Some(reader) = &app.browse.reader {
                browse::reader(frame, theme, area, reader);
            }
        }
        (Screen::Help, _) => help::draw(frame, theme, area, app),
        (Screen::ConfirmQuit, _) => confirm::draw(frame, theme, area, app),
        (Screen::Review | Screen::Missing, None) => {}
    }
}

/// Where one is, and what that belongs to.
fn title(app: &App) -> (String, String) {
    let info = &app.start.info;
    let place = |name: &str| (name.to_owned(), format!("Round {}", info.round));
    match (app.screen, &app.review) {
        (Screen::Start, _) => ("casereview".to_owned(), info.workspace.clone()),
        (Screen::Queue, _) => place("Cases"),
        (Screen::Sample, _) => place("Sample"),
        (Screen::Drawing, _) => place("From the list of cases to the reviewers"),
        (Screen::Results, _) => results::title(&app.results, &info.round),
        (Screen::Goals, _) if app.goals.saving.is_some() => place("Save the quarterly table as"),
        (Screen::Goals, _) => place("Improvement plan"),
        (Screen::Shelf, _) => ("Instruments".to_owned(), String::new()),
        (Screen::Reader, _) => match &app.browse.reader {
            Some(reader) => {
                let instrument = reader.instrument();
                (instrument.short().to_owned(), format!("edition {}", instrument.edition()))
            }
            None => (String::new(), String::new()),
        },
        (Screen::Alerts, _) => place("Alerts"),
        (Screen::Quality, _) => place("QA"),
        (Screen::Notes, _) => app.quality.opened.as_ref().map(quality::title).unwrap_or_default(),
        (Screen::Pairs, _) => place("Pairs of reviews"),
        (Screen::Agreement, _) => agreement::title(&app.agreement),
        (Screen::Settle, _) => app.settle.as_ref().map(settle::title).unwrap_or_default(),
        (Screen::Help, _) => ("Every key".to_owned(), String::new()),
        (Screen::ConfirmQuit, _) => ("Leave?".to_owned(), String::new()),
        (Screen::Review, Some(state)) => review::title(state),
        (Screen::Missing, Some(state)) => {
            (format!("Submit case {}", state.card().case), state.instrument().short().to_owned())
        }
        (Screen::Review | Screen::Missing, None) => (String::new(), String::new()),
    }
}

/// What just happened or how the item stands, and at the right whether that is saved. What
/// happened is said whole; how the item stands takes one line.
fn status(theme: Theme, columns: u16, app: &App) -> Vec<Line<'static>> {
    let of_review = match app.screen {
        Screen::Review | Screen::Missing => app.review.as_ref(),
        _ => None,
    };
    let mut prose = Prose::new(columns.saturating_sub(2));
    let said = app.notice().map(str::to_owned);
    let is_said = said.is_some();
    let forms = of_review.filter(|_| app.screen == Screen::Review).map(forming);
    let left = match (said, forms) {
        (Some(said), _) => (theme.strong(), said),
        (None, forms) => (theme.text(), forms.unwrap_or_default()),
    };
    let (right, failure) = of_review.map_or_else(Default::default, |s| saved(theme, s));
    let beside = if right.width() == 0 { 2 } else { right.width() + 5 };
    let room = usize::from(columns).saturating_sub(beside);
    let mut lines = wrap(&clean(&left.1), room.max(10));
    let last = match is_said {
        true => lines.pop().unwrap_or_default(),
        false if lines.len() > 1 => fit(&clean(&left.1), room),
        false => lines.concat(),
    };
    for line in lines.into_iter().filter(|_| is_said) {
        prose.line(Line::styled(line, left.0));
    }
    let gap = usize::from(columns).saturating_sub(2 + width(&last) + right.width()).max(1);
    prose.line(Line::from(vec![Span::styled(last, left.0), Span::raw(" ".repeat(gap)), right]));
    if let Some(why) = failure {
        prose.hanging(Span::styled("  ", theme.text()), theme.text(), &why);
    }
    indented(prose)
}

fn indented(prose: Prose) -> Vec<Line<'static>> {
    let indent = |mut line: Line<'static>| {
        line.spans.insert(0, Span::raw(" "));
        line
    };
    prose.into_lines().into_iter().map(indent).collect()
}

/// How the item forms; on the face sheet what it still lacks.
fn forming(state: &State) -> String {
    let face = || match state.item_rows().first().map_or(0, |row| row.open) {
        0 => "Face sheet: complete".to_owned(),
        open => format!("Face sheet: {} open", count(open, "question", "questions")),
    };
    state.rating_line().unwrap_or_else(face)
}

fn saved(theme: Theme, state: &State) -> (Span<'static>, Option<String>) {
    if state.is_scratch() {
        return (Span::styled("scratch pad: nothing is kept", theme.quiet()), None);
    }
    match (state.saved(), state.submitted()) {
        (Saved::Failed { changes, why }, _) => {
            let changes = count(changes, "change", "changes");
            (Span::styled(format!(" NOT SAVED: {changes} "), theme.alarm()), Some(why.to_owned()))
        }
        (Saved::Pending, _) => (Span::styled("saving ...", theme.strong()), None),
        (_, Some(when)) => (Span::styled(format!("{when}, read only"), theme.strong()), None),
        (Saved::At(time), None) => (Span::styled(format!("saved {time}"), theme.quiet()), None),
        (Saved::Unchanged, None) => (Span::raw(""), None),
    }
}

/// What is said where there is no room for a screen.
fn too_small(frame: &mut Frame<'_>, theme: Theme, area: Rect) {
    let words = format!(
        "Please make the window larger: at least {} by {}, now {} by {}. Nothing is lost. \
         Ctrl-C quits.",
        SMALLEST.0, SMALLEST.1, area.width, area.height
    );
    let mut prose = Prose::new(area.width);
    prose.text(theme.text(), &words);
    frame.render_widget(Text::from(prose.into_lines()), area);
}
