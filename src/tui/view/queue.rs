//! The cases to review: filter, search, how far each is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::task::queue::{Case, State, Status};
use crate::text::{clean, count, fit, width};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, inset, row};
use crate::tui::list;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;

/// Widths of the columns.
struct Columns {
    case: usize,
    case_type: usize,
    region: usize,
    county: usize,
    status: usize,
    reviewer: usize,
}

impl Columns {
    /// Each as wide as its longest text, cut in fair shares where the room is short.
    fn new(room: usize, cases: &[&Case]) -> Self {
        let longest = |text: fn(&Case) -> &str, least: usize, most: usize| {
            let found = cases.iter().map(|c| width(&clean(text(c)))).max().unwrap_or(0);
            found.clamp(least, most) + 2
        };
        let mut columns = Self {
            case: longest(|c| &c.case, 6, 14),
            case_type: longest(|c| &c.case_type, 11, 30),
            region: longest(|c| &c.region, 6, 18),
            county: longest(|c| &c.county, 6, 16),
            status: 13,
            reviewer: longest(|c| &c.reviewer, 8, 14),
        };
        let second = if cases.iter().any(|c| c.second) { SECOND.len() + 2 } else { 0 };
        let fixed = 2 + columns.case + columns.status + second;
        for _ in 0..60 {
            let used =
                fixed + columns.case_type + columns.region + columns.county + columns.reviewer;
            if used <= room {
                break;
            }
            let widest = [
                &mut columns.case_type,
                &mut columns.region,
                &mut columns.county,
                &mut columns.reviewer,
            ]
            .into_iter()
            .max_by_key(|w| **w);
            if let Some(widest) = widest {
                *widest = widest.saturating_sub(1);
            }
        }
        columns
    }
}

const SECOND: &str = "second (IRR)";

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
    let rest = below(rest, 1);
    if shown.is_empty() {
        let words = match (&state.cases, state.is_filtered()) {
            (None, _) => "Reading the cases ...",
            (Some(_), true) => "No case passes the filters and the search.",
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
    let says = format!(
        "Status {status}   Type {case_type}   Region {region}   by {}",
        state.order.title()
    );
    let mut prose = Prose::new(room);
    prose.ends((theme.text(), &says), (theme.quiet(), &counted));
    prose.into_lines()
}

fn search(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
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
    let text = format!(
        "  {}{}{}{}{}reviewer",
        fit("case", columns.case),
        fit("type", columns.case_type),
        fit("region", columns.region),
        fit("county", columns.county),
        fit("status", columns.status),
    );
    Line::styled(text, theme.quiet())
}

fn line(theme: Theme, columns: &Columns, case: &Case, here: bool) -> Line<'static> {
    let cell = |text: &str, columns: usize| {
        // Two columns of the cell keep it apart from the next.
        let cut = fit(&clean(text), columns.saturating_sub(2));
        format!("{cut}{}", " ".repeat(columns.min(2)))
    };
    let name = if here { theme.here() } else { theme.strong() };
    let status = match case.status {
        Status::InProgress => theme.strong(),
        Status::NotStarted => theme.text(),
        Status::Submitted | Status::Final => theme.quiet(),
    };
    let mut spans = vec![
        Span::styled(if here { "> " } else { "  " }, theme.accent()),
        Span::styled(fit(&clean(&case.case), columns.case.saturating_sub(2)), name),
        Span::raw("  "),
        Span::raw(cell(&case.case_type, columns.case_type)),
        Span::raw(cell(&case.region, columns.region)),
        Span::raw(cell(&case.county, columns.county)),
        Span::styled(cell(case.status.title(), columns.status), status),
        Span::raw(cell(&case.reviewer, columns.reviewer)),
    ];
    if case.second {
        spans.push(Span::styled(SECOND, theme.accent()));
    }
    Line::from(spans)
}
