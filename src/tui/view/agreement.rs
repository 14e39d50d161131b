//! How far two readers agree: rows of figures, the matrix of readers, months, and the cases
//! behind them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::report::{AgreementRow, Figures, Matrix, TwiceCase, mode_title};
use crate::stats::{Coefficient, percent_text};
use crate::task::agreement::{CaseList, State, View};
use crate::text::{clean, count, fit, fit_right, width};
use crate::tui::bar;
use crate::tui::layout::{below, inset, row, rule};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;

/// Widths of n, percent, its interval, kappa and AC1, and of the two with their intervals.
const N: usize = 6;
const PERCENT: usize = 7;
const ENDS: usize = 15;
const FIGURE: usize = 9;
const WIDE: usize = 24;

/// Where one is, and on what the figures rest.
pub fn title(state: &State) -> (String, String) {
    let left = match &state.list {
        Some(list) => list.title.clone(),
        None => format!("Agreement {}", state.view.title()),
    };
    let right = state.mode().map_or_else(String::new, |mode| {
        let cases = count(state.count_cases(), "case", "cases");
        format!("{}: {cases} read twice", mode_title(mode))
    });
    (left, right)
}

/// Draws the body of the screen.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, state: &State) {
    let area = inset(body, 1, 1);
    let Some(loaded) = &state.loaded else {
        frame.render_widget(Line::styled("Comparing ...", theme.quiet()), row(area, 1));
        return;
    };
    if state.mode().is_none() {
        let mut prose = Prose::new(area.width);
        prose.gap();
        prose.text(theme.strong(), "Nothing to compare yet.");
        prose.text(
            theme.quiet(),
            "Agreement is measured once both reviews of a case are handed in.",
        );
        for said in &loaded.said {
            prose.text(theme.text(), said);
        }
        frame.render_widget(Text::from(prose.into_lines()), area);
        return;
    }
    if let Some(list) = &state.list {
        return cases(frame, theme, area, list);
    }
    match (&state.matrix, &state.table) {
        (Some(matrix), _) => draw_matrix(frame, theme, area, state, matrix),
        (None, Some(table)) => rows(frame, theme, area, state, &table.rows),
        (None, None) => {}
    }
}

fn rows(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, rows: &[AgreementRow]) {
    if rows.is_empty() {
        let words = "Nothing of this kind was asked of both.";
        frame.render_widget(Line::styled(words, theme.quiet()), row(area, 1));
        return;
    }
    let wide = area.width >= 110;
    let figure = if wide { WIDE } else { FIGURE };
    let name = usize::from(area.width).saturating_sub(2 + N + PERCENT + ENDS + 2 * figure);
    let mut head = Prose::new(area.width);
    if state.view == View::Months {
        let line = bar::sparkline(&months(rows));
        head.line(Line::from(vec![
            Span::styled("  Percent the same, month by month  ", theme.quiet()),
            Span::styled(line, theme.accent()),
        ]));
        head.gap();
    }
    let what = match state.view {
        View::Questions => "question",
        View::Months => "month",
        _ => "item",
    };
    let (kappa, ac1) = if wide { ("kappa (interval)", "AC1 (interval)") } else { ("kappa", "AC1") };
    let heading = format!(
        "  {}{}{}{}{}{}",
        fit(what, name),
        fit_right("n", N),
        fit_right("%", PERCENT),
        fit_right("95 % interval", ENDS),
        fit_right(kappa, figure),
        fit_right(ac1, figure),
    );
    head.line(Line::styled(heading, theme.quiet()));
    let top = u16::try_from(head.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(head.into_lines()), area);

    let foot = rows.get(state.cursor.at()).map(|one| foot(theme, area.width, state, one));
    let foot = foot.unwrap_or_default();
    let foot_rows = u16::try_from(foot.len()).unwrap_or(u16::MAX).min(area.height / 2);
    let room = below(area, top);
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let height = room.height.saturating_sub(foot_rows + 1).min(wanted);
    let list_area = Rect { height, ..room };
    list::draw(frame, theme, list_area, (rows.len(), state.cursor.at()), |at| {
        line(theme, &rows[at], at == state.cursor.at(), name, wide)
    });
    let after = below(room, height);
    rule(frame, theme, after);
    scrolled(frame, theme, below(after, 1), &foot, 0, "a taller window");
}

/// The proportions month by month, blanks for months without a case.
fn months(rows: &[AgreementRow]) -> Vec<Option<f64>> {
    let mut line: Vec<Option<f64>> = Vec::new();
    let mut last: Option<usize> = None;
    for one in rows {
        let text = one.group.get(1).cloned().flatten().unwrap_or_default();
        let found = text.split_once('-').and_then(|(year, month)| {
            Some(12 * year.parse::<usize>().ok()? + month.parse::<usize>().ok()?)
        });
        let gap = found.zip(last).map_or(0, |(now, last)| now.saturating_sub(last + 1));
        line.extend(std::iter::repeat_n(None, gap.min(24)));
        line.push(one.figures.agreement.share.map(|(share, _)| share));
        last = found.or(last);
    }
    line
}

fn name_of(row: &AgreementRow) -> String {
    if row.id.is_empty() {
        return row.group.get(1).cloned().flatten().unwrap_or_default();
    }
    format!("{}  {}", row.id, row.title)
}

fn line(theme: Theme, row: &AgreementRow, here: bool, name: usize, wide: bool) -> Line<'static> {
    let found = &row.figures.agreement;
    let ends = found.share.map_or_else(String::new, |(_, ends)| {
        format!("{:.1} - {:.1}", 100.0 * ends.low, 100.0 * ends.high)
    });
    let numbers = format!(
        "{}{}{}{}{}",
        fit_right(&found.n.to_string(), N),
        fit_right(&percent_text(found.same, found.n), PERCENT),
        fit_right(&ends, ENDS),
        figure(found.kappa, wide),
        figure(found.ac1, wide),
    );
    let style = if here { theme.here() } else { theme.text() };
    let label = fit(&clean(&name_of(row)), name.saturating_sub(1)) + " ";
    Line::from(vec![
        Span::styled(if here { "> " } else { "  " }, theme.accent()),
        Span::styled(label, style),
        Span::styled(numbers, theme.text()),
    ])
}

fn figure(figure: Option<Coefficient>, wide: bool) -> String {
    let room = if wide { WIDE } else { FIGURE };
    match figure {
        None => fit_right("-", room),
        Some(found) if wide => fit_right(&whole(found), room),
        Some(found) => fit_right(&two(found.value), room),
    }
}

/// "0.65 (0.20 to 1.10)".
fn whole(found: Coefficient) -> String {
    let (low, high) = (two(found.interval.low), two(found.interval.high));
    format!("{} ({low} to {high})", two(found.value))
}

fn two(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

/// What there is to say of the highlighted row.
fn foot(theme: Theme, columns: u16, state: &State, one: &AgreementRow) -> Vec<Line<'static>> {
    let mut prose = Prose::new(columns);
    if !one.id.is_empty() {
        prose.text(theme.text(), &name_of(one));
    }
    figures(&mut prose, theme, &one.figures);
    prose.gap();
    prose.text(theme.quiet(), "Measured on reviews as first handed in, before QA and settling.");
    if state.view == View::Months {
        prose.text(theme.quiet(), "All items of a month together, by when the second came in.");
    }
    for said in state.loaded.iter().flat_map(|loaded| &loaded.said) {
        prose.text(theme.quiet(), said);
    }
    prose.into_lines()
}

fn figures(prose: &mut Prose, theme: Theme, figures: &Figures) {
    let found = &figures.agreement;
    let told = |name: &str, found: Option<Coefficient>| match found {
        Some(found) => format!("{name} {}", whole(found)),
        None => format!("{name} undefined"),
    };
    let text = format!("{}, {}", told("kappa", found.kappa), told("AC1", found.ac1));
    prose.text(theme.text(), &text);
    for note in &figures.notes {
        prose.hanging(Span::styled("! ", theme.accent()), theme.strong(), note);
    }
}

fn draw_matrix(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, matrix: &Matrix) {
    let names: Vec<String> = matrix.readers.iter().map(|name| clean(name).into_owned()).collect();
    let label = names.iter().map(|name| width(name)).max().unwrap_or(0).clamp(4, 16);
    let column = label.max(9) + 2;
    let fitting = (usize::from(area.width).saturating_sub(2 + label) / column).max(1);
    let from = state.across.at().saturating_sub(fitting / 2);
    let from = from.min(names.len().saturating_sub(fitting));
    let shown = from..(from + fitting).min(names.len());
    let mut head = vec![Span::raw(" ".repeat(2 + label))];
    for at in shown.clone() {
        let style = if at == state.across.at() { theme.strong() } else { theme.quiet() };
        head.push(Span::styled(fit_right(&names[at], column), style));
    }
    let words = "  Percent of item ratings that agree, and cases";
    frame.render_widget(Line::styled(words, theme.quiet()), row(area, 0));
    frame.render_widget(Line::from(head), row(area, 1));
    let foot = matrix_foot(theme, area.width, state, matrix);
    let foot_rows = u16::try_from(foot.len()).unwrap_or(u16::MAX);
    let room = below(area, 2);
    let wanted = u16::try_from(names.len()).unwrap_or(u16::MAX);
    let height = room.height.saturating_sub(foot_rows + 1).min(wanted);
    let list_area = Rect { height, ..room };
    list::draw(frame, theme, list_area, (names.len(), state.cursor.at()), |at| {
        let here = at == state.cursor.at();
        let style = if here { theme.strong() } else { theme.text() };
        let mut spans = vec![
            Span::styled(if here { "> " } else { "  " }, theme.accent()),
            Span::styled(fit(&names[at], label), style),
        ];
        for other in shown.clone() {
            let cell = matrix.cell(&matrix.readers[at], &matrix.readers[other]);
            let text = cell.map_or_else(
                || if at == other { ".".to_owned() } else { "-".to_owned() },
                |cell| {
                    let found = &cell.figures.agreement;
                    let percent = percent_text(found.same, found.n);
                    format!("{percent} {}", fit_right(&cell.figures.cases.to_string(), 3))
                },
            );
            let is_it = here && other == state.across.at();
            let style = match (is_it, cell.is_some()) {
                (true, _) => theme.here(),
                (false, true) => theme.text(),
                (false, false) => theme.quiet(),
            };
            let text = fit_right(&text, column - 1);
            spans.extend([Span::raw(" "), Span::styled(text, style)]);
        }
        Line::from(spans)
    });
    let after = below(room, height);
    rule(frame, theme, after);
    scrolled(frame, theme, below(after, 1), &foot, 0, "a taller window");
}

fn matrix_foot(theme: Theme, columns: u16, state: &State, matrix: &Matrix) -> Vec<Line<'static>> {
    let mut prose = Prose::new(columns);
    let reader = |at: usize| matrix.readers.get(at).map_or("", String::as_str);
    let (one, other) = (reader(state.cursor.at()), reader(state.across.at()));
    match matrix.cell(one, other) {
        Some(cell) => {
            let found = &cell.figures.agreement;
            let cases = count(cell.figures.cases as usize, "case", "cases");
            let text =
                format!("{one} and {other}: {cases}, {} of {} items the same", found.same, found.n);
            prose.text(theme.strong(), &text);
            figures(&mut prose, theme, &cell.figures);
        }
        None if one == other => {
            prose.text(theme.quiet(), &format!("{one}: choose who with."));
        }
        None => {
            prose.text(theme.quiet(), &format!("{one} and {other} read no case together."));
        }
    }
    prose.text(theme.quiet(), "Private to the two and the lead.");
    prose.into_lines()
}

/// The cases behind a figure.
fn cases(frame: &mut Frame<'_>, theme: Theme, area: Rect, list: &CaseList) {
    if list.cases.is_empty() {
        let words = "No case: the two agree here.";
        frame.render_widget(Line::styled(words, theme.quiet()), row(area, 1));
        return;
    }
    let heading =
        format!("  {}{}{}items the same", fit("case", 9), fit("region", 20), fit("month", 10));
    frame.render_widget(Line::styled(heading, theme.quiet()), row(area, 0));
    let foot = list.cases.get(list.cursor.at()).map(|case| apart(theme, area.width, case));
    let foot = foot.unwrap_or_default();
    let room = below(area, 1);
    let foot_rows = u16::try_from(foot.len()).unwrap_or(u16::MAX).min(area.height / 2);
    let wanted = u16::try_from(list.cases.len()).unwrap_or(u16::MAX);
    let height = room.height.saturating_sub(foot_rows + 1).min(wanted);
    let list_area = Rect { height, ..room };
    list::draw(frame, theme, list_area, (list.cases.len(), list.cursor.at()), |at| {
        let case = &list.cases[at];
        let here = at == list.cursor.at();
        let facts = format!(
            "{}{}{}{} of {}",
            fit(&case.case, 9),
            fit(&clean(&case.region), 19) + " ",
            fit(&case.month, 10),
            case.same,
            case.n
        );
        Line::from(vec![
            Span::styled(if here { "> " } else { "  " }, theme.accent()),
            Span::styled(facts, if here { theme.here() } else { theme.text() }),
        ])
    });
    let after = below(room, height);
    rule(frame, theme, after);
    scrolled(frame, theme, below(after, 1), &foot, 0, "a taller window");
}

/// The items of a case that are rated differently. Who rated what is said once it is settled,
/// on the screen that settles it.
fn apart(theme: Theme, columns: u16, case: &TwiceCase) -> Vec<Line<'static>> {
    let mut prose = Prose::new(columns);
    match case.differ.len() {
        0 => prose.text(theme.text(), "Every item is rated the same."),
        _ => prose.text(theme.strong(), "Rated differently:"),
    };
    for (id, ratings) in &case.differ {
        let text = format!("item {id}: {}", ratings.join(" and "));
        prose.hanging(Span::raw("  "), theme.text(), &text);
    }
    prose.into_lines()
}
