//! A short form: labels, what each line holds, and the text box of the line written on.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::task::form::{Form, Held, Line as FormLine};
use crate::text::{clean, clean_lines, fit, width, wrap};
use crate::tui::editor::{self, Editor};
use crate::tui::footer;
use crate::tui::layout::{below, inset, row, rule};
use crate::tui::list::Window;
use crate::tui::theme::Theme;

/// Rows that a text of several lines takes at most while it is not written on.
const READ: usize = 6;

/// Rows that a form takes in so many columns where there is room for all.
pub fn height<K: Copy + PartialEq>(form: &Form<K>, columns: u16) -> u16 {
    let room = usize::from(columns).saturating_sub(2 + label_width(form));
    let rows = |line: &FormLine<K>| match &line.held {
        Held::Choice { .. } => choice(&line.held, true, room).len().max(1),
        _ => 1,
    };
    u16::try_from(form.lines().iter().map(rows).sum::<usize>()).unwrap_or(u16::MAX)
}

/// How wide the labels are.
fn label_width<K: Copy + PartialEq>(form: &Form<K>) -> usize {
    let labels = form.lines().iter().filter(|line| line.held != Held::Go);
    labels.map(|line| width(&clean(&line.label))).max().unwrap_or(0).clamp(8, 27) + 2
}

/// What is chosen, in marks where it can be turned, in as many rows as it needs.
fn choice(held: &Held, here: bool, room: usize) -> Vec<String> {
    let text = value(held);
    let text = if here { format!("< {text} >") } else { text };
    wrap(&clean_lines(&text), room.max(10))
}

/// Draws the lines that fit round the highlighted one; `note` says more about a line. A text
/// of several lines has all the room while it is written on.
pub fn draw<K: Copy + PartialEq>(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    form: &Form<K>,
    note: impl Fn(K) -> String,
    editor: Option<&Editor>,
) {
    if let (true, Some(line), Some(editor)) = (form.is_in_paragraphs(), form.here(), editor) {
        write(frame, theme, area, &line.label, editor);
        return;
    }
    let label = label_width(form);
    let values = form.lines().iter().map(|line| width(&clean(&value(&line.held))) + 4);
    let room = usize::from(area.width).saturating_sub(2 + label);
    let held = values.max().unwrap_or(0).clamp(12, 26).min(room);
    let at = form.cursor.at();
    let window = Window::new(form.lines().len(), at, area.height);
    let read = |line: &Held, here: bool| match line {
        Held::Paragraphs(text) if !text.is_empty() => wrap(&clean_lines(text), room.max(10)),
        Held::Choice { .. } => choice(line, here, room),
        _ => Vec::new(),
    };
    let mut spare = usize::from(area.height).saturating_sub(form.lines().len());
    let mut top = 0;
    for place in 0..window.shown {
        let here = window.from + place == at;
        let Some(line) = form.lines().get(window.from + place) else { break };
        let place = row(area, top);
        top += 1;
        let mark = Span::styled(if here { "> " } else { "  " }, theme.accent());
        if line.held == Held::Go {
            let style = if here { theme.here() } else { theme.strong() };
            let go = fit(&clean(&line.label), usize::from(area.width).saturating_sub(2));
            let go = Span::styled(go.trim_end().to_owned(), style);
            frame.render_widget(Line::from(vec![mark, go]), place);
            continue;
        }
        let style = if here { theme.strong() } else { theme.text() };
        let name = Span::styled(fit(&clean(&line.label), label), style);
        let typing = here && form.editing().is_some();
        frame.render_widget(Line::from(vec![mark, name]), place);
        let columns = u16::try_from(2 + label).unwrap_or(u16::MAX);
        let beside = inset(place, columns, 0);
        if let Some(editor) = editor.filter(|_| typing) {
            editor.draw(frame, theme, beside);
            continue;
        }
        let mut further = read(&line.held, here);
        if further.len() > 1 && further.len().min(READ) - 1 <= spare {
            spare -= further.len().min(READ) - 1;
            let more = further.len() > READ;
            further.truncate(READ);
            if let (true, Some(last)) = (more, further.last_mut()) {
                last.push_str(" ...");
            }
            let style = if here { theme.accent() } else { theme.text() };
            let rows = u16::try_from(further.len()).unwrap_or(1);
            let block = Rect { height: rows, ..beside };
            let lines: Vec<Line<'_>> =
                further.into_iter().map(|line| Line::styled(line, style)).collect();
            frame.render_widget(Text::from(lines), block);
            top += rows - 1;
            continue;
        }
        let text = clean(&value(&line.held)).into_owned();
        let shown = match &line.held {
            Held::Choice { .. } if here => format!("< {text} >"),
            Held::Text(text) | Held::Paragraphs(text) if text.is_empty() => "...".to_owned(),
            _ => text,
        };
        let said = note(line.key);
        let beyond = width(&shown).max(held);
        let style = match (&line.held, here) {
            (Held::Text(text) | Held::Paragraphs(text), _) if text.is_empty() => theme.quiet(),
            (_, true) => theme.accent(),
            _ => theme.text(),
        };
        let shown = fit(&shown, beyond.min(room));
        let left = room.saturating_sub(beyond + 2);
        let said = if left > 8 { format!("  {}", fit(&clean(&said), left)) } else { String::new() };
        let spans = vec![Span::styled(shown, style), Span::styled(said, theme.quiet())];
        frame.render_widget(Line::from(spans), beside);
    }
    if let Some(sign) = window.sign()
        && area.height > 1
    {
        frame.render_widget(
            Line::styled(format!("  {sign}"), theme.quiet()),
            row(area, area.height - 1),
        );
    }
}

/// The text box of several lines, with its keys under it.
fn write(frame: &mut Frame<'_>, theme: Theme, area: Rect, label: &str, editor: &Editor) {
    let label = fit(&clean(label), usize::from(area.width));
    frame.render_widget(Line::styled(label, theme.strong()), row(area, 0));
    let hints = editor::keys(true);
    let under = footer::height(&hints, area.width) + 1;
    let rest = below(area, 1);
    rule(frame, theme, rest);
    let rest = below(rest, 1);
    let field = Rect { height: rest.height.saturating_sub(under).max(1).min(rest.height), ..rest };
    editor.draw(frame, theme, inset(field, 1, 1));
    let rest = below(rest, field.height);
    rule(frame, theme, rest);
    footer::draw(frame, theme, below(rest, 1), &hints);
}

fn value(held: &Held) -> String {
    match held {
        Held::Text(text) | Held::Paragraphs(text) => text.clone(),
        Held::Choice { options, at } => options.get(*at).cloned().unwrap_or_default(),
        Held::Go => String::new(),
    }
}
