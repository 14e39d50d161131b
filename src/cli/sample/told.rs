//! What both kinds of draw tell.

use crate::cli::output::note;
use crate::sampling::{Draw, Receipt, counts};
use crate::text::clean;

/// Warns of strata that the limits left short.
pub fn tell_short(draw: &Draw) {
    for stratum in &draw.strata {
        let (asked, drawn) = (stratum.size, stratum.sampled());
        if drawn < asked {
            let name = clean(&stratum.name);
            note(&format!(
                "warning: stratum {name}: {asked} asked, {drawn} drawn: the limits allow no more"
            ));
        }
    }
}

/// The draw in a few lines for people.
pub fn drawn_text(draw: &Draw, receipt: &Receipt) -> String {
    let (seed, cases) = (&draw.seed, draw.sampled());
    clean_page(&format!("drawn with seed {seed}: {cases} cases\n\n{}", counts(receipt)))
}

/// Names come from the frame: each line passes the sanitiser.
pub fn clean_page(text: &str) -> String {
    text.lines().map(|line| clean(line).into_owned() + "\n").collect()
}
