//! The cases behind a cell.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::task::results::CaseList;
use crate::text::{clean, count, fit, width};
use crate::tui::layout::{below, row};
use crate::tui::list;
use crate::tui::theme::Theme;

/// Draws the list.
pub(super) fn draw(frame: &mut Frame<'_>, theme: Theme, area: Rect, list: &CaseList) {
    let widest = |words: &dyn Fn(usize) -> usize, least: usize, most: usize| {
        (0..list.cases.len()).map(words).max().unwrap_or(0).clamp(least, most) + 2
    };
    let cases = &list.cases;
    let number = widest(&|at| width(&cases[at].case), 6, 10);
    let region = widest(&|at| width(&clean(&cases[at].region)), 6, 18);
    let kind = widest(&|at| width(&clean(&cases[at].case_type)), 4, 14);
    let says = widest(&|at| width(&clean(&cases[at].says)), 10, 22);
    let role = if cases.iter().any(|case| !case.role.is_empty()) { 15 } else { 0 };
    let adds = cases.iter().any(|case| case.adds > 1);
    let heads = format!(
        "  {}{}{}{}{}{}",
        fit("case", number),
        fit("region", region),
        fit("type", kind),
        fit("counted as", says),
        fit(if role > 0 { "read by" } else { "" }, role),
        "state",
    );
    let sum = count(cases.len(), "case", "cases");
    let sum = match adds {
        true => format!("{sum}, which make {}", list.total),
        false => sum,
    };
    frame.render_widget(Line::styled(sum, theme.strong()), row(area, 0));
    frame.render_widget(Line::styled(heads, theme.quiet()), row(area, 2));
    list::draw(frame, theme, below(area, 3), (cases.len(), list.cursor.at()), |at| {
        let case = &cases[at];
        let here = at == list.cursor.at();
        let cut = |text: &str, columns: usize| fit(&fit(&clean(text), columns - 1), columns);
        let (mark, style) = if here { ("> ", theme.here()) } else { ("  ", theme.text()) };
        let state = match case.draft {
            true => format!("draft: {}", case.state),
            false => case.state.to_owned(),
        };
        let facts = format!(
            "{}{}{}{}{state}",
            cut(&case.region, region),
            cut(&case.case_type, kind),
            cut(&case.says, says),
            if role > 0 { cut(case.role, role) } else { String::new() },
        );
        let room = usize::from(area.width).saturating_sub(2 + number);
        Line::from(vec![
            Span::styled(mark, theme.accent()),
            Span::styled(fit(&case.case, number - 1), style),
            Span::raw(" "),
            Span::styled(fit(&facts, room).trim_end().to_owned(), theme.text()),
        ])
    });
}
