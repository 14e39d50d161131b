//! A round: one campaign of reviews.

use std::collections::BTreeMap;

use super::{
    CaseNumber, Changes, Days, DrawnCase, Event, EventBody, EventHash, FrameImported, LevelPeople,
    Moment, PairArranged, PersonCode, ReviewKind, RoundId, SampleSupplemented, Seconds,
    StratumSize, Words,
};

/// A round, its frames and its samples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// Its name.
    pub name: String,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// What its reviews are held for.
    pub review_kind: ReviewKind,
    /// The period its results belong to.
    pub period: String,
    /// The period under review, where it is one for all cases.
    pub under_review: Option<Days>,
    /// When it was opened.
    pub opened_at: Moment,
    /// Closed: no new readings, no new samples.
    pub closed: bool,
    /// Frames in the order they came; the last one is drawn from.
    pub frames: Vec<Frame>,
    /// Draws in their order.
    pub draws: Vec<Draw>,
    /// What became of drawn cases.
    pub changes: Changes,
    /// Cases read a second time.
    pub seconds: Seconds,
    /// The levels of QA its reviews pass; none: submission makes a review final.
    pub qa: Vec<LevelPeople>,
    /// How cases that are read twice are read.
    pub pairs: BTreeMap<CaseNumber, PairArranged>,
}

/// A frame of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The event that brought it.
    pub event: EventHash,
    /// What it is.
    pub data: FrameImported,
}

/// A draw of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The event that holds it.
    pub event: EventHash,
    /// When it was made.
    pub at: Moment,
    /// The frame it was drawn from.
    pub frame: EventHash,
    /// Its number in the round.
    pub number: u32,
    /// The seed.
    pub seed: String,
    /// Who or what gave it.
    pub seed_source: Option<String>,
    /// Who watched.
    pub witnesses: Vec<String>,
    /// Why the frame was drawn from again.
    pub reason: Option<String>,
    /// Sizes by stratum.
    pub strata: Vec<StratumSize>,
    /// Cases, sample and spares; those of supplements stand last.
    pub cases: Vec<DrawnCase>,
    /// Further spares that were drawn for strata without any, in their order.
    pub supplements: Vec<Supplement>,
}

/// Further spares of one stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    /// When they were drawn.
    pub at: Moment,
    /// Who drew them.
    pub by: PersonCode,
    /// The stratum.
    pub stratum: String,
    /// How many.
    pub cases: u64,
    /// Who approved it; none once removed.
    pub approved_by: Option<String>,
    /// Why it was needed; none once removed.
    pub why: Option<String>,
}

impl Round {
    /// The round an event opens; `None` for an event that opens none.
    pub fn begin(id: RoundId, event: &Event) -> Option<Self> {
        let EventBody::RoundOpened(opened) = &event.body else { return None };
        Some(Self {
            id,
            name: opened.name.clone(),
            instrument: opened.instrument.clone(),
            review_kind: opened.review_kind,
            period: opened.period.clone(),
            under_review: opened.under_review,
            opened_at: event.at,
            closed: false,
            frames: Vec::new(),
            draws: Vec::new(),
            changes: Changes::default(),
            seconds: Seconds::default(),
            qa: Vec::new(),
            pairs: BTreeMap::new(),
        })
    }

    /// Takes in an event after the one that opened it; what is not about a round is passed over.
    pub fn apply(&mut self, event: &Event) {
        match &event.body {
            EventBody::RoundClosed(_) => self.closed = true,
            EventBody::FrameImported(data) => {
                if data.under_review.is_some() {
                    self.under_review = data.under_review;
                }
                self.frames.push(Frame { event: event.hash, data: (**data).clone() });
            }
            EventBody::SampleDrawn(drawn) => self.draws.push(Draw {
                event: event.hash,
                at: event.at,
                frame: drawn.frame,
                number: drawn.draw,
                seed: drawn.seed.clone(),
                seed_source: drawn
                    .seed_source
                    .as_ref()
                    .and_then(|words| words.text().map(str::to_owned)),
                witnesses: Vec::new(),
                reason: drawn.reason.as_ref().and_then(|words| words.text().map(str::to_owned)),
                strata: drawn.strata.clone(),
                cases: drawn.cases.clone(),
                supplements: Vec::new(),
            }),
            EventBody::SampleSupplemented(data) => self.supplement(event, data),
            EventBody::SecondsDrawn(_) | EventBody::SecondDropped(_) => self.seconds.apply(event),
            EventBody::QaLevelsSet(data) => self.qa.clone_from(&data.levels),
            EventBody::PairArranged(data) => {
                self.pairs.insert(data.case, (**data).clone());
            }
            EventBody::SeedWitnessed(data) => {
                let texts = data.witnesses.iter().filter_map(|words| words.text());
                if let Some(draw) = self.draws.iter_mut().find(|draw| draw.number == data.draw) {
                    draw.witnesses.extend(texts.map(str::to_owned));
                }
            }
            _ => self.changes.apply(event),
        }
    }

    fn supplement(&mut self, event: &Event, data: &SampleSupplemented) {
        let text = |words: &Words| words.text().map(str::to_owned);
        let Some(draw) = self.draws.iter_mut().find(|draw| draw.number == data.draw) else {
            return;
        };
        draw.cases.extend(data.cases.iter().cloned());
        draw.supplements.push(Supplement {
            at: event.at,
            by: event.chain.author.clone(),
            stratum: data.stratum.clone(),
            cases: data.cases.len() as u64,
            approved_by: text(&data.approved_by),
            why: text(&data.why),
        });
    }

    /// The frame that is drawn from.
    pub fn frame(&self) -> Option<&Frame> {
        self.frames.last()
    }
}
