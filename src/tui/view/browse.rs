//! The instrument browser: the shelf, an instrument's contents beside a page, a page alone.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::instrument::{Instrument, Mode};
use crate::task::browse::{Reader, State};
use crate::text::{clean, count, fit, width};
use crate::tui::layout::{below, columns, inset};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;
use crate::tui::view::items::keep_ends;
use crate::tui::view::panel;

/// Draws the list of instruments, and what the highlighted one is.
pub fn shelf(frame: &mut Frame<'_>, theme: Theme, body: Rect, state: &State) {
    let area = inset(body, 1, 2);
    let shelf = state.shelf();
    let at = state.cursor.at();
    let lines = u16::try_from(shelf.len()).unwrap_or(u16::MAX);
    // What an instrument is takes a few lines of its own.
    let rows = lines.min(area.height.saturating_sub(8).max(area.height / 2));
    let name = shelf.iter().map(|i| width(&clean(i.short()))).max().unwrap_or(0);
    let name = name.min(usize::from(area.width) / 2);
    list::draw(frame, theme, Rect { height: rows, ..area }, (shelf.len(), at), |place| {
        let instrument = &shelf[place];
        let here = place == at;
        Line::from(vec![
            Span::styled(if here { "> " } else { "  " }, theme.accent()),
            Span::styled(
                fit(&clean(instrument.short()), name),
                if here { theme.here() } else { theme.text() },
            ),
            Span::styled(format!("  {}", size(instrument)), theme.quiet()),
        ])
    });
    let Some(instrument) = shelf.get(at) else { return };
    let rest = inset(below(area, rows + 1), 2, 0);
    let mut prose = Prose::new(rest.width.min(panel::READABLE));
    prose.text(theme.strong(), instrument.title());
    if let Some(notice) = instrument.notice() {
        prose.text(theme.text(), notice);
    }
    prose.text(theme.quiet(), instrument.source());
    scrolled(frame, theme, rest, &prose.into_lines(), 0, "Enter reads it");
}

/// "7 items, 120 questions".
fn size(instrument: &Instrument) -> String {
    let items = instrument.items().iter().filter(|item| item.parent().is_none()).count();
    let items = match instrument.mode() {
        Mode::Rated => count(items, "item", "items"),
        Mode::Checklist => count(items, "section", "sections"),
    };
    format!("{items}, {}", count(instrument.questions().len(), "question", "questions"))
}

/// Draws an instrument: its contents beside the page, the page alone, or the choice of a
/// case type.
pub fn reader(frame: &mut Frame<'_>, theme: Theme, body: Rect, reader: &Reader) {
    if let Some(at) = reader.types {
        return types(frame, theme, body, reader, at.at());
    }
    let page = reader.shown();
    if let Some(at) = reader.page {
        return panel::draw(frame, theme, body, &page, at.at());
    }
    let (left, right) = columns(body, (body.width * 2 / 5).clamp(24, 48));
    let entries = reader.entries();
    let at = reader.cursor.at();
    list::draw(frame, theme, left, (entries.len(), at), |place| {
        let instrument = reader.instrument();
        let indent = if entries[place].is_sub_item(instrument) { "  " } else { "" };
        let here = place == at;
        let room = usize::from(left.width).saturating_sub(3 + indent.len());
        let title = clean(&entries[place].title(instrument)).into_owned();
        let title = keep_ends(&title, room);
        Line::from(vec![
            Span::styled(if here { "> " } else { "  " }, theme.accent()),
            Span::raw(indent),
            Span::styled(title, if here { theme.here() } else { theme.text() }),
        ])
    });
    let area = inset(right, 1, 2);
    let (lines, _) = panel::lines(theme, &page, area.width);
    scrolled(frame, theme, area, &lines, 0, "Enter reads it");
}

/// The choice of a type of case, to try answers for.
fn types(frame: &mut Frame<'_>, theme: Theme, body: Rect, reader: &Reader, at: usize) {
    let area = inset(body, 2, 2);
    let mut head = Prose::new(area.width.min(panel::READABLE));
    head.text(theme.strong(), "Try answers: of which type of case?");
    head.text(
        theme.quiet(),
        "A scratch pad: no case, nothing is saved. The rating forms as you answer.",
    );
    head.gap();
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    scrolled(frame, theme, area, &head.into_lines(), 0, "a taller window");
    let types = reader.instrument().case_types();
    list::draw(frame, theme, below(area, rows), (types.len(), at), |place| {
        let here = place == at;
        let title = clean(&types[place].title).into_owned();
        Line::from(vec![
            Span::styled(if here { "> " } else { "  " }, theme.accent()),
            Span::styled(title, if here { theme.here() } else { theme.text() }),
        ])
    });
}
