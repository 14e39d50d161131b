//! One accent, quiet everything else. Colour is never the only sign: each style that means
//! something also differs by weight, underline or reverse, and stands beside a word.

use ratatui::style::{Color, Modifier, Style};

/// How many colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// None: weight, underline and reverse only.
    Mono,
    /// The sixteen every terminal has.
    Sixteen,
    /// The 256 of the xterm palette.
    Many,
}

impl Palette {
    /// The palette for a terminal, from whether colour is wanted and what `TERM` and
    /// `COLORTERM` say.
    pub fn choose(wanted: bool, term: Option<&str>, colorterm: Option<&str>) -> Self {
        let term = term.unwrap_or_default();
        if !wanted || term == "dumb" || term.ends_with("-mono") || term.starts_with("vt1") {
            Self::Mono
        } else if term.contains("256") || term.contains("direct") || colorterm.is_some() {
            Self::Many
        } else {
            Self::Sixteen
        }
    }
}

/// The styles of everything on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    accent: Style,
}

impl Theme {
    /// The theme in a palette. Both accents keep a contrast of about 4 to 1 or better on
    /// black and on white, since a terminal doesn't say which it has.
    pub fn new(palette: Palette) -> Self {
        let accent = match palette {
            Palette::Mono => Style::new(),
            Palette::Sixteen => Style::new().fg(Color::Magenta),
            Palette::Many => Style::new().fg(Color::Indexed(31)),
        };
        Self { accent }
    }
    /// Running text.
    pub fn text(self) -> Style {
        Style::new()
    }
    /// What may be overlooked: rules, hints, what is settled.
    pub fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }
    /// Headings and the question itself.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }
    /// The one accent: names of keys, the answer that is given.
    pub fn accent(self) -> Style {
        self.accent.add_modifier(Modifier::BOLD)
    }
    /// Where the reader is: the line that the next key works on.
    pub fn here(self) -> Style {
        self.accent.add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }
    /// Where the reader was, in a list that doesn't have the keys now.
    pub fn was_here(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }
    /// What must not be overlooked: not saved, invalid, a question before something final.
    pub fn alarm(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_follows_the_terminal_and_the_wish() {
        let choose = Palette::choose;
        assert_eq!(choose(false, Some("xterm-256color"), Some("truecolor")), Palette::Mono);
        assert_eq!(choose(true, Some("dumb"), None), Palette::Mono);
        assert_eq!(choose(true, Some("linux"), None), Palette::Sixteen);
        assert_eq!(choose(true, None, None), Palette::Sixteen);
        assert_eq!(choose(true, Some("xterm-256color"), None), Palette::Many);
        assert_eq!(choose(true, Some("xterm"), Some("truecolor")), Palette::Many);
    }

    #[test]
    fn meanings_differ_without_colour() {
        let mono = Theme::new(Palette::Mono);
        let styles = [mono.text(), mono.quiet(), mono.strong(), mono.here(), mono.was_here()];
        for (at, style) in styles.iter().enumerate() {
            assert_eq!(style.fg, None);
            assert!(!styles[at + 1..].contains(style), "{style:?}");
        }
    }
}
