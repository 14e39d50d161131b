//! The cases to review: filter, search, how far each is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::task::queue::{Case, Further, State, Status};
use crate::text::{clean, count, fit, width};
use crate::tui::editor::{self, Editor};
use crate::tui::footer;
use crate::tui::layout::{below, inset, row};
use crate::tui::list;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;

/// Widths of the columns, each with the gap to the next; 0 for one that isn't shown.
struct Columns {
    case: usize,
    case_type: usize,
    region: usize,
    county: usize,
    status: usize,
    further: usize,
    reviewer: usize,
}

/// Between two columns.
const GAP: usize = 2;

impl Columns {
    /// Each as wide as its longest text. Where the room is short the reviewer goes first
    /// (most see only their own cases), then the widest are cut.
    fn new(room: usize, cases: &[&Case]) -> Self {
        let longest = |text: fn(&Case) -> &str, least: usize, most: usize| {
            let found = cases.iter().map(|c| width(&clean(text(c)))).max().unwrap_or(0);
            found.clamp(least, most) + GAP
        };
        let further = |text: fn(Further) -> &'static str| {
            let found = cases.iter().filter_map(|case| Further::of(case.which));
            found.map(|one| text(one).len() + GAP).max().unwrap_or(0)
        };
        let mut columns = Self {
            case: longest(|c| &c.case, 6, 14),
            case_type: longest(|c| &c.case_type, 11, 45),
            region: longest(|c| &c.region, 6, 20),
            county: longest(|c| &c.county, 6, 16),
            status: longest(|c| c.status.title(), 11, 12),
            further: further(|one| one.mark),
            reviewer: longest(|c| &c.reviewer, 8, 14),
        };
        if columns.used() > room {
            columns.reviewer = 0;
        }
        if columns.used() > room {
            columns.further = further(|one| one.short);
        }
        while columns.used() > room {
            let flexible = [&mut columns.case_type, &mut columns.region, &mut columns.county];
            match flexible.into_iter().max_by_key(|w| **w) {
                Some(widest) if *widest > 4 => *widest -= 1,
                _ => break,
            }
        }
        columns
    }

    fn used(&self) -> usize {
        let texts = self.case + self.case_type + self.region + self.county;
        2 + texts + self.status + self.further + self.reviewer - GAP
    }
}

/// Draws the body of the queue.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    let shown = state.shown();
    let filters = filters(theme, area.width, state, shown.len());
    let rows = u16::try_from(filters.len()).unwrap_or(u16::MAX);
    frame.render_widget(ratatui::text::Text::from(filters), area);
    let mut rest = below(area, rows);
    if state.searching || !state.search.is_empty() {
        search(frame, theme, row(rest, 0), state, editor);
        rest = below(rest, 1);
    }
    if state.searching {
        let hints = editor::keys(false);
        footer::draw(frame, theme, inset(rest, 6, 0), &hints);
        rest = below(rest, footer::height(&hints, rest.width.saturating_sub(6)));
    }
    let rest = below(rest, 1);
    if shown.is_empty() {
        let words = match (&state.cases, state.is_filtered()) {
            (None, _) => "Reading the cases ...",
            (Some(_), true) if state.searching => "No case has all of these words.",
            (Some(_), true) => "No case passes the filters and the search. (a shows all)",
            (Some(_), false) => "No case is assigned to you yet.",
        };
        frame.render_widget(Line::styled(words, theme.quiet()), row(rest, 0));
        return;
    }
    let columns = Columns::new(usize::from(area.width), &shown);
    frame.render_widget(heading(theme, &columns), row(rest, 0));
    let at = state.cursor.at();
    list::draw(frame, theme, below(rest, 1), (shown.len(), at), |place| {
        line(theme, &columns, shown[place], place == at)
    });
}

fn filters(theme: Theme, room: u16, state: &State, shown: usize) -> Vec<Line<'static>> {
    let all = state.cases.as_ref().map_or(0, Vec::len);
    let status = state.status.map_or("all", Status::title);
    let case_type = state.case_type.as_deref().unwrap_or("all");
    let region = state.region.as_deref().unwrap_or("all");
    let counted = if shown == all {
        count(all, "case", "cases")
    } else {
        format!("{shown} of {}", count(all, "case", "cases"))
    };
    let filters = format!("Status {status}   Type {case_type}   Region {region}");
    let sorted = format!("sorted by {}", state.order.title());
    let mut prose = Prose::new(room);
    if width(&filters) + width(&sorted) + width(&counted) + 5 <= usize::from(room) {
        let says = format!("{filters}   {sorted}");
        prose.ends((theme.text(), &says), (theme.quiet(), &counted));
    } else {
        let filters = fit(&clean(&filters), usize::from(room));
        prose.line(Line::styled(filters, theme.text()));
        prose.ends((theme.text(), &sorted), (theme.quiet(), &counted));
    }
    prose.into_lines()
}

fn search(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, editor: Option<&Editor>) {
    let label = "Search ";
    frame.render_widget(Line::styled(label, theme.accent()), area);
    let field = inset(area, u16::try_from(label.len()).unwrap_or(0), 0);
    match editor {
        Some(editor) if state.searching => editor.draw(frame, theme, field),
        _ => {
            let text = fit(&clean(&state.search), usize::from(field.width));
            frame.render_widget(Line::raw(text), field);
        }
    }
}

fn heading(theme: Theme, columns: &Columns) -> Line<'static> {
    let cells = [
        ("case", columns.case),
        ("type", columns.case_type),
        ("region", columns.region),
        ("county", columns.county),
        ("status", columns.status),
        ("", columns.further),
        ("reviewer", columns.reviewer),
    ];
    let text: String = cells.iter().map(|(text, columns)| cell(text, *columns)).collect();
    Line::styled(format!("  {text}"), theme.quiet())
}

/// A text in its column, the gap after it left free.
fn cell(text: &str, columns: usize) -> String {
    let cut = fit(&clean(text), columns.saturating_sub(GAP));
    format!("{cut}{}", " ".repeat(columns.min(GAP)))
}

fn line(theme: Theme, columns: &Columns, case: &Case, here: bool) -> Line<'static> {
    let name = if here { theme.here() } else { theme.strong() };
    let status = match case.status {
        Status::InProgress => theme.strong(),
        Status::NotStarted => theme.text(),
        Status::NotAssigned | Status::Sealed | Status::Submitted | Status::InQa | Status::Final => {
            theme.quiet()
        }
    };
    let fits = |text: &&str| text.len() + GAP <= columns.further;
    let further = Further::of(case.which).map(|one| [one.mark, one.short]);
    let further = further.and_then(|both| both.into_iter().find(fits)).unwrap_or_default();
    Line::from(vec![
        Span::styled(if here { "> " } else { "  " }, theme.accent()),
        Span::styled(fit(&clean(&case.case), columns.case - GAP), name),
        Span::raw(" ".repeat(GAP)),
        Span::raw(cell(&case.case_type, columns.case_type)),
        Span::raw(cell(&case.region, columns.region)),
        Span::raw(cell(&case.county, columns.county)),
        Span::styled(cell(case.status.title(), columns.status), status),
        Span::styled(cell(further, columns.further), theme.accent()),
        Span::raw(cell(&case.reviewer, columns.reviewer)),
    ])
}
