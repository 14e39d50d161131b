//! The page of a table: rows in a grid, under it the cell here with what can be given to it,
//! and the numbers counted from the rows.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span, Text};

use crate::instrument::Column;
use crate::task::Action;
use crate::task::review::{Entry, Stand, State};
use crate::text::{clean, count, fit, list_and, width};
use crate::tui::editor::{self, Editor};
use crate::tui::footer;
use crate::tui::keys::key_of;
use crate::tui::layout::{below, inset, row, rule};
use crate::tui::list::Window;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;
use crate::tui::view::question::{draw_option, none_of_these, wanted};

/// Widest column; longer cells are cut, and whole in the pane of the cell.
const WIDEST: usize = 20;
/// Columns before the first cell: the number of the row.
const MARGIN: usize = 5;
/// Between two columns.
const GAP: usize = 2;

/// Draws the page.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let Some(stand) = state.table() else { return };
    let area = inset(body, 1, 1);
    let columns = state.columns();
    let widths: Vec<usize> =
        columns.iter().map(|(_, column)| column_width(state, column)).collect();
    let shown = shown_columns(&widths, stand.column, usize::from(area.width));
    let head = head(theme, area.width, state, &shown).into_lines();
    let head_rows = height(&head).min(area.height / 3);
    scrolled(frame, theme, Rect { height: head_rows, ..area }, &head, 0, &key_of(Action::Guidance));
    let rest = below(area, head_rows);

    let pane = pane(theme, area.width, state, editor.is_some());
    let mut counted = counted(theme, area.width, state);
    // What is written, and what is wrong with it, comes first.
    if rest.height < height(&counted).saturating_add(height(&pane.lines)).saturating_add(5) {
        counted.clear();
    }
    let room = rest.height.saturating_sub(1 + height(&counted));
    let wanted = u16::try_from(state.rows().len().max(1)).unwrap_or(u16::MAX).saturating_add(1);
    // The cell has what it needs as long as a header and three rows stay.
    let least = if pane.box_after.is_some() { 2 } else { 4 };
    let grid = wanted.min(room.saturating_sub(height(&pane.lines)).max(least)).min(room);
    let cells = Rect { height: grid, ..rest };
    draw_grid(frame, theme, cells, state, stand, &shown, &widths);
    let rest = below(rest, grid);
    frame.render_widget(Text::from(counted.clone()), rest);
    let rest = below(rest, height(&counted));
    rule(frame, theme, rest);
    draw_pane(frame, theme, below(rest, 1), state, pane, editor);
}

/// The question, how many rows there are, and which columns are in view.
fn head(theme: Theme, columns: u16, state: &State, shown: &std::ops::Range<usize>) -> Prose {
    let question = state.instrument().question(state.at());
    let mut prose = Prose::new(columns);
    let local = question.local();
    let is_short = width(local) <= 3;
    let mark = if is_short { format!("{local}  ") } else { String::new() };
    prose.hanging(Span::styled(mark, theme.strong()), theme.strong(), question.ask());
    let (least, most) = state.row_bounds();
    let rows = match (state.rows().len(), least) {
        (0, 0) => format!("no rows; at most {most}"),
        (0, _) => format!("no rows yet; needs {least} to {most}"),
        (rows, _) => format!("{}; at most {most}", count(rows, "row", "rows")),
    };
    let all = state.columns().len();
    let view = if shown.len() < all {
        format!("columns {} to {} of {all}", shown.start + 1, shown.end)
    } else {
        String::new()
    };
    prose.ends((theme.quiet(), &rows), (theme.quiet(), &view));
    prose
}

fn column_width(state: &State, column: &Column) -> usize {
    let cells = (0..state.rows().len()).map(|at| width(&clean(&state.cell_words(at, column))));
    cells.chain([width(&clean(&column.title))]).max().unwrap_or(0).clamp(4, WIDEST)
}

/// As many columns as fit, the one at `here` among them.
fn shown_columns(widths: &[usize], here: usize, room: usize) -> std::ops::Range<usize> {
    let fits = |range: std::ops::Range<usize>| {
        let used: usize = widths[range].iter().map(|width| width + GAP).sum();
        MARGIN + used <= room + GAP
    };
    let here = here.min(widths.len().saturating_sub(1));
    let mut from = 0;
    while from < here && !fits(from..here + 1) {
        from += 1;
    }
    let mut to = (here + 1).min(widths.len());
    while to < widths.len() && fits(from..to + 1) {
        to += 1;
    }
    from..to
}

fn draw_grid(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    state: &State,
    stand: Stand,
    shown: &std::ops::Range<usize>,
    widths: &[usize],
) {
    let columns = state.columns();
    let cut = |text: &str, width: usize| {
        let text = fit(&clean(text), width);
        let gap = " ".repeat(width.saturating_sub(crate::text::width(&text)) + GAP);
        (text, gap)
    };
    let mut titles = vec![Span::raw(" ".repeat(MARGIN))];
    for at in shown.clone() {
        let (text, gap) = cut(&columns[at].1.title, widths[at]);
        titles.push(Span::styled(text, theme.quiet()));
        titles.push(Span::raw(gap));
    }
    frame.render_widget(Line::from(titles), row(area, 0));
    let area = below(area, 1);
    if state.rows().is_empty() {
        let words = match state.is_open() {
            true => {
                format!("{}no rows yet: {} adds one", " ".repeat(MARGIN), key_of(Action::AddRow))
            }
            false => format!("{}no rows", " ".repeat(MARGIN)),
        };
        frame.render_widget(Line::styled(words, theme.quiet()), row(area, 0));
        return;
    }
    let window = Window::new(state.rows().len(), stand.row, area.height);
    for place in 0..window.shown {
        let at = window.from + place;
        let is_here = at == stand.row;
        let number = format!("{:>2}  ", at + 1);
        let mut spans = vec![
            Span::styled(if is_here { ">" } else { " " }, theme.accent()),
            Span::styled(number, if is_here { theme.strong() } else { theme.quiet() }),
        ];
        for column in shown.clone() {
            let (position, of) = columns[column];
            let words = state.cell_words(at, of);
            let lacks = state.cell_lacks(at, position);
            let words = if words.is_empty() && lacks { "..".to_owned() } else { words };
            let (text, gap) = cut(&words, widths[column]);
            let style = match (is_here && column == stand.column, lacks) {
                (true, _) => theme.here(),
                (false, true) => theme.strong(),
                (false, false) => theme.text(),
            };
            // The cell here is seen although it is empty.
            let text = if text.is_empty() && is_here && column == stand.column {
                " ".repeat(2.min(widths[column]))
            } else {
                text
            };
            let short = widths[column].saturating_sub(width(&text)) + GAP;
            let gap = if gap.len() > short { " ".repeat(short) } else { gap };
            spans.push(Span::styled(text, style));
            spans.push(Span::raw(gap));
        }
        let y = u16::try_from(place).unwrap_or(u16::MAX);
        frame.render_widget(Line::from(spans), row(area, y));
    }
    if let Some(sign) = window.sign()
        && area.height > 1
    {
        let sign = fit(&format!("  {sign}"), usize::from(area.width));
        frame.render_widget(Line::styled(sign, theme.quiet()), row(area, area.height - 1));
    }
}

/// The numbers counted from the rows, one under the other.
pub fn counted(theme: Theme, columns: u16, state: &State) -> Vec<Line<'static>> {
    let mut prose = Prose::new(columns);
    for counted in state.counted() {
        let number = counted.number.unwrap_or_else(|| "-".to_owned());
        let mark = vec![
            Span::styled("Counted  ", theme.quiet()),
            Span::styled(format!("{} {number}", counted.local), theme.accent()),
            Span::raw("  "),
        ];
        prose.hanging_marks(mark, theme.quiet(), &counted.how);
    }
    prose.into_lines()
}

/// What stands under the grid: the cell here.
struct Pane {
    lines: Vec<Line<'static>>,
    /// The line the arrows stand on.
    marked: Option<usize>,
    /// The text box follows these lines.
    box_after: Option<usize>,
}

fn pane(theme: Theme, columns: u16, state: &State, writing: bool) -> Pane {
    let mut prose = Prose::new(columns);
    let (Some((position, column)), Some(stand)) = (state.column(), state.table()) else {
        return Pane { lines: Vec::new(), marked: None, box_after: None };
    };
    let words = state.cell_words(stand.row, column);
    let editing = state.editing().filter(|_| writing);
    let needed = match (state.cell_lacks(stand.row, position), column.required) {
        (true, _) => "missing",
        (false, true) => "",
        (false, false) => "may stay empty",
    };
    let beside = matches!(editing, Some(e) if is_words(e.field)).then_some("the words to it");
    let title = format!("Row {}, {}", stand.row + 1, column.title);
    prose.ends((theme.strong(), &title), (theme.quiet(), beside.unwrap_or(needed)));
    if let Some(editing) = editing {
        if let Some(wanted) = state.cell_entry().and_then(wanted) {
            prose.text(theme.quiet(), &wanted);
        }
        if editing.is_draft {
            prose.text(theme.strong(), "Begun before and not finished: what was written is kept.");
        }
        let box_after = Some(prose.height());
        prose.line(Line::default());
        if let Some(problem) = &editing.problem {
            prose.hanging(Span::styled("! ", theme.alarm()), theme.strong(), problem);
        }
        return Pane { lines: prose.into_lines(), marked: None, box_after };
    }
    let mut marked = None;
    match state.cell_entry() {
        Some(entry @ (Entry::One | Entry::Any)) => {
            for option in state.options() {
                draw_option(&mut prose, theme, entry, &option, None);
                if option.highlighted {
                    marked = Some(prose.height() - 1);
                }
            }
            if entry == Entry::Any && state.may_tick_nothing() {
                none_of_these(&mut prose, theme, false);
            }
            if words.contains(": ") {
                prose.hanging(Span::styled(" | ", theme.quiet()), theme.accent(), &words);
            }
        }
        _ if words.is_empty() => {}
        _ => drop(prose.hanging(Span::styled(" | ", theme.accent()), theme.accent(), &words)),
    }
    for help in &column.help {
        prose.text(theme.quiet(), help);
    }
    if state.is_not_saved(state.at()) {
        prose.text(theme.alarm(), "NOT SAVED: the last change of these rows is not on disk");
    }
    Pane { lines: prose.into_lines(), marked, box_after: None }
}

fn is_words(field: crate::task::Field) -> bool {
    matches!(field, crate::task::Field::CellText { .. })
}

fn draw_pane(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    state: &State,
    pane: Pane,
    editor: Option<&Editor>,
) {
    if let (Some(at), Some(editor)) = (pane.box_after, editor) {
        let at = u16::try_from(at).unwrap_or(0).min(area.height.saturating_sub(1));
        frame.render_widget(Text::from(pane.lines.clone()), area);
        editor.draw(frame, theme, inset(row(area, at), 1, 1));
        let hints = editor::keys(false);
        let under = below(area, height(&pane.lines) + 1);
        if under.height >= footer::height(&hints, under.width) {
            footer::draw(frame, theme, under, &hints);
        }
        return;
    }
    let room = usize::from(area.height);
    let offset = match pane.marked {
        Some(line) if pane.lines.len() > room => (line + 2).saturating_sub(room.max(2) - 1),
        _ => 0,
    };
    let key =
        if state.highlight().is_some() { "Up/Down".to_owned() } else { key_of(Action::EditCell) };
    scrolled(frame, theme, area, &pane.lines, offset, &key);
}

fn height(lines: &[Line<'_>]) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}

/// The rows in short, beside the list of items.
pub fn summary(prose: &mut Prose, theme: Theme, state: &State) {
    let rows = state.rows().len();
    if rows == 0 {
        let (least, _) = state.row_bounds();
        let said = if least == 0 { "no rows" } else { "no rows yet" };
        prose.hanging(Span::styled(" | ", theme.quiet()), theme.quiet(), said);
    }
    for at in 0..rows {
        let cells: Vec<String> = state
            .columns()
            .into_iter()
            .map(|(_, column)| clean(&state.cell_words(at, column)).into_owned())
            .filter(|words| !words.is_empty())
            .collect();
        let words = if cells.is_empty() { "empty".to_owned() } else { cells.join(", ") };
        prose.hanging(
            Span::styled(format!("{:>2}  ", at + 1), theme.quiet()),
            theme.accent().remove_modifier(Modifier::BOLD),
            &words,
        );
        let lacks = state.row_lacks(at);
        if !lacks.is_empty() {
            let said = format!("lacks {}", list_and(&lacks));
            prose.hanging(Span::raw("    "), theme.strong(), &said);
        }
    }
    let lines = counted(theme, u16::try_from(prose.columns()).unwrap_or(u16::MAX), state);
    if rows > 0 && !lines.is_empty() {
        prose.gap();
        for line in lines {
            prose.line(line);
        }
    }
}
