//! The draw.

use std::cmp::Ordering;
use std::collections::HashMap;

use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
use rayon::slice::{ParallelSlice as _, ParallelSliceMut as _};

use super::draw_problem::DrawProblem;
use super::eligible::eligible;
use super::frame::Place;
use super::strata::{Group, groups, size, sized_types};
use super::ticket::Press;
use super::{Case, Field, Frame, Plan, Removed, Ticket};

/// A drawn sample with its spares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The seed as given.
    pub seed: String,
    /// Cases in the frame.
    pub frame: u64,
    /// What the filters took out, in the order they were tried.
    pub removed: Vec<Removed>,
    /// Cases left to draw from.
    pub eligible: u64,
    /// Every stratum that has an eligible case, in byte order of name.
    pub strata: Vec<DrawnStratum>,
}

/// A stratum after the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnStratum {
    /// Its values, joined by ` | `.
    pub name: String,
    /// N: its eligible cases.
    pub frame: u64,
    /// n: cases the plan asks of it. Limits can leave the sample smaller.
    pub size: u64,
    /// The sample, then the spares, by ticket.
    pub cases: Vec<Drawn>,
}

/// Further spares for a stratum whose spares are used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    /// The stratum's name.
    pub stratum: String,
    /// How many, if the frame and the limits have as many.
    pub cases: u64,
}

/// What a drawn case is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// To be read.
    Sample,
    /// To replace an eliminated case, in order.
    Spare,
}

impl Role {
    /// `sample` or `spare`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Spare => "spare",
        }
    }
}

/// A drawn case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Place in its stratum, from 1, spares counted on.
    pub order: u64,
    /// Sample or spare.
    pub role: Role,
    /// Its ticket.
    pub ticket: Ticket,
    /// Its id.
    pub case: String,
    /// Its position in the frame.
    pub position: usize,
}

impl Draw {
    /// Cases in the sample.
    pub fn sampled(&self) -> u64 {
        self.strata.iter().map(DrawnStratum::sampled).sum()
    }
    /// Cases the plan asks for.
    pub fn asked(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.size).sum()
    }
}

impl DrawnStratum {
    /// Cases in the sample.
    pub fn sampled(&self) -> u64 {
        self.cases.iter().filter(|case| case.role == Role::Sample).count() as u64
    }
    /// Spares.
    pub fn spares(&self) -> u64 {
        self.cases.iter().filter(|case| case.role == Role::Spare).count() as u64
    }
}

/// Draws the plan's sample from a frame.
///
/// Every eligible case gets its [`Ticket`]. Cases are walked in the order of tickets, all
/// strata together; a case is taken while its stratum has room and no more of the taken
/// cases than the limits allow share its worker, family or child. When the sample is complete the
/// walk starts over for the spares, which pass the same test against all that was taken
/// before, spares included, so that every spare can come in without breaking a limit.
/// Without limits this is the first n of each stratum, then the next.
///
/// The frame must have been read with this plan's [`mapping`](Plan::mapping).
///
/// # Errors
/// Every reason why the sizes can't be met. Limits are none: a stratum they leave short is
/// drawn short, since another seed would be a second draw.
pub fn draw(frame: &Frame, plan: &Plan, seed: &str) -> Result<Draw, Vec<DrawProblem>> {
    draw_with(frame, plan, seed, &[])
}

/// Draws as [`draw`] does, then walks the line once more for each supplement: the next cases
/// of its stratum that the limits allow against all that was taken before. They are spares,
/// and their order goes on. No seed is given anew, so that nobody can wish for other cases.
///
/// # Errors
/// As [`draw`].
pub fn draw_with(
    frame: &Frame,
    plan: &Plan,
    seed: &str,
    supplements: &[Supplement],
) -> Result<Draw, Vec<DrawProblem>> {
    if seed.is_empty() || seed != seed.trim() || seed.contains(char::is_control) {
        return Err(vec![DrawProblem::Seed]);
    }
    let types = sized_types(frame, plan);
    let (places, removed) = eligible(frame, plan, types.as_deref());
    let (mut groups, of) = groups(frame, plan, &places);
    let sized = size(&mut groups, frame, plan, types.as_deref());
    if places.is_empty() {
        let mut problems = vec![DrawProblem::NothingEligible];
        problems.extend(sized.err().unwrap_or_default().into_iter().filter(|problem| {
            !matches!(problem, DrawProblem::Allocation { .. } | DrawProblem::UnknownSize { .. })
        }));
        return Err(problems);
    }
    sized?;
    let eligible = places.len() as u64;
    let strata = walk(frame, plan, seed, &groups, (places, of), supplements);
    Ok(Draw { seed: seed.to_owned(), frame: frame.len() as u64, removed, eligible, strata })
}

/// A case in line: the first bytes of its ticket, which order nearly all, its place and the
/// position of its group.
type InLine = (u64, Place, u32);

/// For each walk along the line how much room the strata have.
fn rooms(plan: &Plan, groups: &[Group], supplements: &[Supplement]) -> Vec<(Role, Vec<u64>)> {
    let room = |of: &dyn Fn(&Group) -> u64| groups.iter().map(of).collect();
    let mut rooms = vec![
        (Role::Sample, room(&|group| group.size)),
        (Role::Spare, room(&|group| plan.spares_for(group.size))),
    ];
    rooms.extend(supplements.iter().map(|more| {
        let of = |group: &Group| if group.name == more.stratum { more.cases } else { 0 };
        (Role::Spare, room(&of))
    }));
    rooms
}

/// Draws from eligible cases and, for each, the position of its group.
fn walk(
    frame: &Frame,
    plan: &Plan,
    seed: &str,
    groups: &[Group],
    (places, of): (Vec<Place>, Vec<u32>),
    supplements: &[Supplement],
) -> Vec<DrawnStratum> {
    let press = Press::new(seed);
    let ticket = |place: Place| press.ticket(frame.at(place).id());
    let by_ticket =
        |a: &InLine, b: &InLine| a.0.cmp(&b.0).then_with(|| ticket(a.1).cmp(&ticket(b.1)));
    let mut limits = Limits::new(plan);
    let rooms = rooms(plan, groups, supplements);
    // Where no limit passes a case over, those behind the spares can't come in.
    let most: Option<Vec<usize>> = limits.is_empty().then(|| {
        let most = |at: usize| rooms.iter().map(|(_, room)| room[at]).sum::<u64>();
        let most = (0..groups.len()).map(most);
        most.map(|most| usize::try_from(most).unwrap_or(usize::MAX)).collect()
    });
    // Cases next to each other in the file are next to each other in memory.
    let line = places.par_chunks(TOGETHER).zip(of.par_chunks(TOGETHER)).map(|(places, of)| {
        let cases = places.iter().zip(of);
        let own = cases.map(|(&place, &at)| (ticket(place).start(), place, at));
        match &most {
            Some(most) => first(own, most, by_ticket),
            None => own.collect(),
        }
    });
    let mut line: Vec<InLine> = line.reduce(Vec::new, |mut all, mut some| {
        all.append(&mut some);
        all
    });
    drop((places, of));
    line.par_sort_unstable_by(by_ticket);

    let mut strata: Vec<DrawnStratum> = groups
        .iter()
        .map(|group| DrawnStratum {
            name: group.name.clone(),
            frame: group.cases,
            size: group.size,
            cases: Vec::new(),
        })
        .collect();
    for (role, mut room) in rooms {
        let mut left: u64 = room.iter().sum();
        line.retain(|&(_, place, group)| {
            let at = group as usize;
            if left == 0 || room[at] == 0 || !limits.take(frame.at(place)) {
                return true;
            }
            room[at] -= 1;
            left -= 1;
            let cases = &mut strata[at].cases;
            let case = frame.at(place);
            cases.push(Drawn {
                order: cases.len() as u64 + 1,
                role,
                ticket: ticket(place),
                case: case.id().to_owned(),
                position: case.position(),
            });
            false
        });
    }
    strata
}

/// Cases whose tickets are made at a time.
const TOGETHER: usize = 1 << 14;

/// Of each group all of the first so many cases, in no order, and some behind them.
fn first(
    cases: impl Iterator<Item = InLine>,
    most: &[usize],
    by_ticket: impl Fn(&InLine, &InLine) -> Ordering + Copy,
) -> Vec<InLine> {
    const SPARE_ROOM: usize = 32;
    let mut kept: Vec<Vec<InLine>> = vec![Vec::new(); most.len()];
    // The first bytes of a ticket behind which a case can't come in any more.
    let mut last = vec![u64::MAX; most.len()];
    for case in cases {
        let at = case.2 as usize;
        if case.0 > last[at] || most[at] == 0 {
            continue;
        }
        kept[at].push(case);
        if kept[at].len() == most[at].saturating_mul(2).saturating_add(SPARE_ROOM) {
            let (_, behind, _) = kept[at].select_nth_unstable_by(most[at], by_ticket);
            last[at] = behind.0;
            kept[at].truncate(most[at]);
        }
    }
    kept.concat()
}

/// How many cases were taken of each worker, family and child.
struct Limits<'f> {
    limits: Vec<(Field, u64)>,
    taken: HashMap<(Field, &'f str), u64>,
}

impl<'f> Limits<'f> {
    fn new(plan: &Plan) -> Self {
        let limits = [
            (Field::Worker, plan.per_worker),
            (Field::Family, plan.per_family),
            (Field::Child, plan.per_child),
        ];
        let limits =
            limits.into_iter().filter_map(|(field, limit)| Some((field, limit?))).collect();
        Self { limits, taken: HashMap::new() }
    }

    fn is_empty(&self) -> bool {
        self.limits.is_empty()
    }

    /// Takes the case unless a limit forbids it.
    fn take(&mut self, case: Case<'f>) -> bool {
        // A case without worker or family shares none.
        let shares = self.limits.iter().map(|&(field, limit)| (field, case.fact(field), limit));
        let shares = shares.filter(|(_, who, _)| !who.is_empty());
        if shares.clone().any(|(field, who, limit)| {
            self.taken.get(&(field, who)).is_some_and(|taken| *taken >= limit)
        }) {
            return false;
        }
        for (field, who, _) in shares {
            *self.taken.entry((field, who)).or_default() += 1;
        }
        true
    }
}
