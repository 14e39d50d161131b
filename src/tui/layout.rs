//! Where things stand: a title line, a thin rule, the body, a status line, the keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint;
use super::theme::Theme;
use crate::text::{clean, fit, width};

/// Smallest window the interface is drawn in; below, it asks for more room.
pub const SMALLEST: (u16, u16) = (60, 16);

/// Whether a window is too small for a screen.
pub fn is_too_small(width: u16, height: u16) -> bool {
    width < SMALLEST.0 || height < SMALLEST.1
}

/// The parts of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// Everything between the rule and the status line.
    pub body: Rect,
    /// What was just done, and whether it is saved.
    pub status: Rect,
    /// The keys that work now.
    pub footer: Rect,
}

/// Draws the title line and its rule, and says where the rest goes. `left` names the place,
/// `right` what it belongs to; `right` gives way where there is no room for both. The heights
/// are those of the status line and of the footer.
pub fn open(
    frame: &mut Frame<'_>,
    theme: Theme,
    left: &str,
    right: &str,
    (status, footer): (u16, u16),
) -> Areas {
    let area = frame.area();
    title(frame, theme, row(area, 0), left, right);
    rule(frame, theme, below(area, 1));
    let rest = below(area, 2);
    let footer = footer.min(rest.height);
    let status = status.min(rest.height - footer);
    let body = Rect { height: rest.height - footer - status, ..rest };
    let status = Rect { y: body.bottom(), height: status, ..rest };
    let footer = Rect { y: status.bottom(), height: footer, ..rest };
    Areas { body, status, footer }
}

/// One row of an area, counted from its top; empty where the area has no such row.
pub fn row(area: Rect, at: u16) -> Rect {
    if at < area.height {
        Rect { y: area.y + at, height: 1, ..area }
    } else {
        Rect { y: area.bottom(), height: 0, ..area }
    }
}

/// The area without margins of `left` and `right` columns.
pub fn inset(area: Rect, left: u16, right: u16) -> Rect {
    let left = left.min(area.width);
    Rect { x: area.x + left, width: area.width - left - right.min(area.width - left), ..area }
}

/// Splits an area in a left part of `columns` and the rest.
pub fn columns(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    (
        Rect { width: columns, ..area },
        Rect { x: area.x + columns, width: area.width - columns, ..area },
    )
}

/// The area without its first `rows` rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

fn title(frame: &mut Frame<'_>, theme: Theme, area: Rect, left: &str, right: &str) {
    let (left, right) = (clean(left), clean(right));
    let room = usize::from(area.width).saturating_sub(2);
    let line = if width(&left) + 2 + width(&right) <= room {
        let gap = " ".repeat(room - width(&left) - width(&right));
        Line::from(vec![
            Span::raw(" "),
            Span::styled(left.into_owned(), theme.strong()),
            Span::raw(gap),
            Span::styled(right.into_owned(), theme.quiet()),
        ])
    } else {
        Line::from(vec![Span::raw(" "), Span::styled(fit(&left, room), theme.strong())])
    };
    paint::line(frame, area, &line);
}

/// A thin line across.
pub fn rule(frame: &mut Frame<'_>, theme: Theme, area: Rect) {
    if area.height > 0 {
        let line = Span::styled("─".repeat(usize::from(area.width)), theme.quiet());
        frame.render_widget(line, row(area, 0));
    }
}
