//! What happened in an invented case, told as answers to the rated questions.
//!
//! The shares are plausible, not any state's: fathers are worked with less than mothers,
//! regions and periods differ a little, and one case's answers hang together.

use super::chance::Chance;

/// The few facts the answers hang on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// Code of the case type.
    pub(super) case_type: &'a str,
    /// Region.
    pub(super) region: &'a str,
    /// Review period.
    pub(super) period: &'a str,
}

/// Where a parent stands in the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parent {
    /// Code of why the parent is not rated, where that is so.
    out: Option<&'static str>,
}

/// Question and answer code of everything the rating tables read, as far as it is asked.
pub(super) fn tell(setting: Setting<'_>, chance: &mut Chance) -> Vec<(&'static str, &'static str)> {
    let mut story = Story { told: Vec::new(), tilt: tilt(setting, chance) };
    let foster_care = setting.case_type == "foster-care";
    let mother = parent(chance, foster_care, 0.07);
    let father = parent(chance, foster_care, 0.24);
    // A child too young to take part in planning.
    let young = chance.happens(0.3);
    if foster_care {
        story.connections(chance);
        story.relatives(chance);
        story.relationship(chance, mother, father);
    }
    story.needs(chance, foster_care, mother, father);
    story.planning(chance, foster_care, young, mother, father);
    story.child_visits(chance);
    story.parent_visits(chance, mother, father);
    story.told
}

/// Questions two readers may well answer differently, yes and no both fitting the rest.
const DEBATABLE: [&str; 12] = [
    "14.A", "15.B", "15.C", "16.A", "16.B", "17.A2", "17.B4", "18.A", "18.C", "19.B", "20.C",
    "20.D",
];

/// Turns the answers of one reader into those of another, who sees some things differently.
pub(super) fn differ(story: &mut [(&'static str, &'static str)], chance: &mut Chance) {
    for (question, answer) in story {
        if DEBATABLE.contains(question) && chance.happens(0.16) {
            *answer = match *answer {
                "yes" => "no",
                "no" => "yes",
                other => other,
            };
        }
    }
}

/// How much better or worse than elsewhere this case goes.
fn tilt(setting: Setting<'_>, chance: &mut Chance) -> f64 {
    let of = |name: &str| Chance::new("practice", &[name]).share() - 0.5;
    // A team that works well does so all over its case.
    let team = chance.share() + chance.share() - 1.0;
    0.16 * of(setting.region) + 0.06 * of(setting.period) + 0.16 * team
}

fn parent(chance: &mut Chance, foster_care: bool, likely_out: f64) -> Parent {
    let reasons: &[&str] = if foster_care {
        &["whereabouts-unknown", "whereabouts-unknown", "rights-ended", "deceased"]
    } else {
        &["not-parent"]
    };
    let out = chance.happens(likely_out).then(|| chance.pick(reasons).copied()).flatten();
    Parent { out }
}

struct Story {
    told: Vec<(&'static str, &'static str)>,
    tilt: f64,
}

impl Story {
    fn tell(&mut self, question: &'static str, answer: &'static str) {
        self.told.push((question, answer));
    }
    fn yes_no(&mut self, chance: &mut Chance, likely: f64) -> &'static str {
        if chance.happens((likely + self.tilt).clamp(0.02, 0.98)) { "yes" } else { "no" }
    }

    fn connections(&mut self, chance: &mut Chance) {
        if chance.happens(0.03) {
            self.tell("14.applies", "no");
            self.tell("14.applies.reason", "no-connections");
            return;
        }
        self.tell("14.applies", "yes");
        let kept = self.yes_no(chance, 0.82);
        self.tell("14.A", kept);
        let asked = self.yes_no(chance, 0.85);
        self.tell("14.B", asked);
        let tribe = chance.happens(0.04);
        for (question, reason) in [("14.C", "14.C.reason"), ("14.D", "14.D.reason")] {
            if tribe {
                let answer = self.yes_no(chance, 0.7);
                self.tell(question, answer);
            } else {
                self.tell(question, "na");
                self.tell(reason, "not-member");
            }
        }
    }

    fn relatives(&mut self, chance: &mut Chance) {
        if chance.happens(0.04) {
            self.tell("15.applies", "no");
            self.tell("15.applies.reason", "specialized-care");
            return;
        }
        self.tell("15.applies", "yes");
        let with_relative = chance.happens(0.36);
        self.tell("15.A1", if with_relative { "yes" } else { "no" });
        if with_relative {
            let stable = self.yes_no(chance, 0.9);
            self.tell("15.A2", stable);
            if stable == "yes" {
                return;
            }
        } else {
            self.tell("15.A2", "na");
        }
        for (side, reason, likely) in [
            ("15.B", "15.maternal-relatives.reason", 0.76),
            ("15.C", "15.paternal-relatives.reason", 0.58),
        ] {
            if chance.happens(0.1) {
                self.tell(side, "na");
                self.tell(reason, "ruled-out");
            } else {
                let answer = self.yes_no(chance, likely);
                self.tell(side, answer);
            }
        }
    }

    /// A parent's question, or why it is not asked of this parent.
    fn of_parent(
        &mut self,
        chance: &mut Chance,
        parent: Parent,
        question: &'static str,
        reason: &'static str,
        likely: f64,
    ) -> &'static str {
        let answer = match parent.out {
            Some(code) => {
                self.tell(reason, code);
                "na"
            }
            None => self.yes_no(chance, likely),
        };
        self.tell(question, answer);
        answer
    }

    fn relationship(&mut self, chance: &mut Chance, mother: Parent, father: Parent) {
        if mother.out.is_some() && father.out.is_some() {
            self.tell("16.applies", "no");
            self.tell("16.applies.reason", "differs");
            return;
        }
        self.tell("16.applies", "yes");
        self.of_parent(chance, mother, "16.A", "16.mother.reason", 0.74);
        self.of_parent(chance, father, "16.B", "16.father.reason", 0.54);
    }

    /// An assessment and its services: no needs found only where they were looked for.
    fn assessed(
        &mut self,
        chance: &mut Chance,
        questions: [&'static str; 2],
        likely: [f64; 2],
        no_needs: Option<&'static str>,
    ) {
        let assessed = self.yes_no(chance, likely[0]);
        self.tell(questions[0], assessed);
        if assessed == "yes" && chance.happens(0.12) {
            self.tell(questions[1], "na");
            if let Some(reason) = no_needs {
                self.tell(reason, "no-needs");
            }
            return;
        }
        let unassessed = if assessed == "yes" { 0.0 } else { 0.45 };
        let served = self.yes_no(chance, likely[1] - unassessed);
        self.tell(questions[1], served);
    }

    fn needs(&mut self, chance: &mut Chance, foster_care: bool, mother: Parent, father: Parent) {
        self.assessed(chance, ["17.A1", "17.A2"], [0.9, 0.86], None);
        for (parent, questions, likely, reason, no_needs) in [
            (mother, ["17.B1", "17.B3"], [0.84, 0.78], "17.mother.reason", "17.B3.reason"),
            (father, ["17.B2", "17.B4"], [0.66, 0.6], "17.father.reason", "17.B4.reason"),
        ] {
            match parent.out {
                Some(code) => {
                    self.tell(questions[0], "na");
                    self.tell(reason, code);
                    self.tell(questions[1], "na");
                }
                None => self.assessed(chance, questions, likely, Some(no_needs)),
            }
        }
        if foster_care {
            if chance.happens(0.08) {
                // In residential care all the time: no foster parents.
                self.tell("17.C1", "na");
                self.tell("17.C2", "na");
            } else {
                self.assessed(chance, ["17.C1", "17.C2"], [0.9, 0.88], None);
            }
        }
    }

    fn planning(
        &mut self,
        chance: &mut Chance,
        foster_care: bool,
        young: bool,
        mother: Parent,
        father: Parent,
    ) {
        let nobody = mother.out.is_some() && father.out.is_some();
        if foster_care {
            if nobody && young {
                self.tell("18.applies", "no");
                self.tell("18.applies.reason", "nobody-able");
                return;
            }
            self.tell("18.applies", "yes");
        }
        if young && !nobody {
            self.tell("18.A", "na");
            self.tell("18.child.reason", "too-young");
        } else {
            let involved = self.yes_no(chance, 0.76);
            self.tell("18.A", involved);
        }
        self.of_parent(chance, mother, "18.B", "18.mother.reason", 0.78);
        self.of_parent(chance, father, "18.C", "18.father.reason", 0.56);
    }

    fn child_visits(&mut self, chance: &mut Chance) {
        let enough = self.yes_no(chance, 0.86);
        let often = often(chance, enough, 0.04);
        self.tell("19.A1", often);
        self.tell("19.A", enough);
        let well = if often == "never" { "na" } else { self.yes_no(chance, 0.84) };
        self.tell("19.B", well);
    }

    fn parent_visits(&mut self, chance: &mut Chance, mother: Parent, father: Parent) {
        if mother.out.is_some() && father.out.is_some() {
            self.tell("20.applies", "no");
            let same = mother.out == father.out;
            self.tell(
                "20.applies.reason",
                match mother.out {
                    Some(code) if same => code,
                    _ => "differs",
                },
            );
            return;
        }
        self.tell("20.applies", "yes");
        for (parent, questions, reason, likely, never) in [
            (mother, ["20.A1", "20.A2", "20.C"], "20.mother.reason", [0.74, 0.76], 0.06),
            (father, ["20.B1", "20.B2", "20.D"], "20.father.reason", [0.54, 0.62], 0.22),
        ] {
            let enough = self.of_parent(chance, parent, questions[1], reason, likely[0]);
            if enough == "na" {
                self.tell(questions[0], "na");
                self.tell(questions[2], "na");
                continue;
            }
            let often = often(chance, enough, never);
            self.tell(questions[0], often);
            let well = if often == "never" { "na" } else { self.yes_no(chance, likely[1]) };
            self.tell(questions[2], well);
        }
    }
}

/// How often visits took place, given whether that was often enough.
fn often(chance: &mut Chance, enough: &str, never: f64) -> &'static str {
    let codes: &[&'static str] = match enough {
        "yes" => &["monthly", "monthly", "twice-monthly", "twice-monthly", "weekly"],
        _ if chance.happens(never) => &["never"],
        _ => &["less-than-monthly", "less-than-monthly", "monthly"],
    };
    chance.pick(codes).copied().unwrap_or("monthly")
}
