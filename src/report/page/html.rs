//! The page's template.

use askama::Template;

use super::{Audience, Page, Part};
use crate::text::clean;

#[derive(Template)]
#[template(path = "page.html", config = "src/report/page/askama.toml")]
struct Html<'p> {
    title: String,
    mark: String,
    style: &'static str,
    says: Vec<String>,
    page: &'p Page,
}

impl Html<'_> {
    /// Text as it may stand on a page: nothing that turns its direction or hides in it.
    fn plain(&self, text: &str) -> String {
        clean(text).into_owned()
    }
}

/// Renders a page. Writing to a text can't fail, and neither can the template.
pub(super) fn html(page: &Page) -> String {
    let mark = match page.audience {
        Audience::Internal | Audience::Director => {
            "Internal: small numbers are shown. Not for release outside of the agency.".to_owned()
        }
        Audience::OneCase => {
            "Confidential: about one case. Not for release outside of the agency.".to_owned()
        }
        Audience::Blank => String::new(),
        Audience::Public { threshold } => format!(
            "For release: counts from 1 to {} are hidden, and further ones that would give them \
             away. A * stands for each.",
            threshold.saturating_sub(1)
        ),
    };
    let html = Html {
        title: clean(&page.title).into_owned(),
        mark,
        style: match page.audience {
            Audience::Director => concat!(include_str!("page.css"), include_str!("sheet.css")),
            _ => include_str!("page.css"),
        },
        says: page.says.iter().map(|line| clean(line).into_owned()).collect(),
        page,
    };
    html.render().unwrap_or_default()
}
