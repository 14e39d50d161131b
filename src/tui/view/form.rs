//! A short form: labels, what each line holds, and the text box of the line written on.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::task::form::{Form, Held};
use crate::text::{clean, fit, width};
use crate::tui::editor::Editor;
use crate::tui::layout::{inset, row};
use crate::tui::list::Window;
use crate::tui::theme::Theme;

/// Rows that a form takes where there is room for all.
pub fn height<K: Copy + PartialEq>(form: &Form<K>) -> u16 {
    u16::try_from(form.lines().len()).unwrap_or(u16::MAX)
}

/// Draws the lines that fit round the highlighted one; `note` says more about a line.
pub fn draw<K: Copy + PartialEq>(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    form: &Form<K>,
    note: impl Fn(K) -> String,
    editor: Option<&Editor>,
) {
    let labels = form.lines().iter().filter(|line| line.held != Held::Go);
    let label = labels.map(|line| width(&clean(&line.label))).max().unwrap_or(0).clamp(8, 27) + 2;
    let values = form.lines().iter().map(|line| width(&clean(&value(&line.held))) + 4);
    let room = usize::from(area.width).saturating_sub(2 + label);
    let held = values.max().unwrap_or(0).clamp(12, 26).min(room);
    let at = form.cursor.at();
    let window = Window::new(form.lines().len(), at, area.height);
    for place in 0..window.shown {
        let here = window.from + place == at;
        let Some(line) = form.lines().get(window.from + place) else { break };
        let place = row(area, u16::try_from(place).unwrap_or(u16::MAX));
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
        let text = clean(&value(&line.held)).into_owned();
        let shown = match &line.held {
            Held::Choice { .. } if here => format!("< {text} >"),
            Held::Text(text) if text.is_empty() => "...".to_owned(),
            _ => text,
        };
        let said = note(line.key);
        let beyond = width(&shown).max(held);
        let style = match (&line.held, here) {
            (Held::Text(text), _) if text.is_empty() => theme.quiet(),
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

fn value(held: &Held) -> String {
    match held {
        Held::Text(text) => text.clone(),
        Held::Choice { options, at } => options.get(*at).cloned().unwrap_or_default(),
        Held::Go => String::new(),
    }
}
