//! The form of a file to be written: its name, the command that writes the same, and who may
//! read it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Text;

use crate::task::saving::{SaveSlot, Saving};
use crate::tui::editor::Editor;
use crate::tui::layout::below;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;
use crate::tui::view::form;

/// Draws the form; `folder` is where a name without one goes.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    saving: &Saving,
    folder: &str,
    editor: Option<&Editor>,
) {
    let area = below(area, 1);
    let height = form::height(&saving.form, area.width).min(area.height);
    let note = |slot: SaveSlot| match slot {
        SaveSlot::File => format!("in {folder}"),
        _ => String::new(),
    };
    form::draw(frame, theme, Rect { height, ..area }, &saving.form, note, editor);
    let mut prose = Prose::new(area.width);
    prose.gap();
    if let Some(problem) = &saving.problem {
        prose.text(theme.strong(), problem);
        prose.gap();
    }
    let save = saving.to_save();
    if let Some(save) = &save {
        prose.text(theme.quiet(), "The same as");
        prose.text(theme.text(), &format!("casereview {}", save.what.command()));
        prose.gap();
    }
    prose.text(
        theme.quiet(),
        "Only you may read the file. It is internal: small numbers are shown in it. A file that is there is never replaced.",
    );
    if save.is_some_and(|save| save.what.has_drafts()) {
        prose.text(theme.quiet(), "It holds drafts, which may still change, and says so.");
    }
    let rest = below(area, height + 1);
    frame.render_widget(Text::from(prose.into_lines()), rest);
}
