//! Clusters of counties, from the sampling plans of a workspace's rounds.

use std::collections::HashMap;

use crate::report::{Column, FinalReading, Query};
use crate::sampling::check;
use crate::store::{StoreError, Workspace};

/// The cluster of each clustered county.
#[derive(Debug, Default)]
pub struct Clusters(HashMap<String, String>);

impl Clusters {
    /// Those of the latest round that names a county; read only where a query asks for them.
    ///
    /// # Errors
    /// When the workspace can't be read.
    pub fn wanted(workspace: &Workspace, query: &Query) -> Result<Self, StoreError> {
        let filtered = query.filters.iter().any(|filter| filter.column == Column::Cluster);
        if filtered || query.by.contains(&Column::Cluster) {
            Self::of(workspace)
        } else {
            Ok(Self::default())
        }
    }

    /// Those of the latest round that names a county.
    ///
    /// # Errors
    /// When the workspace can't be read.
    pub fn of(workspace: &Workspace) -> Result<Self, StoreError> {
        let mut found = HashMap::new();
        for row in workspace.rounds()? {
            let round = workspace.round_outline(row.id)?;
            let Some(frame) = round.frame() else { continue };
            if let Some(plan) = check(&frame.data.plan).plan {
                let named = |(county, cluster): (&str, &str)| (county.into(), cluster.into());
                found.extend(plan.clusters().map(named));
            }
        }
        Ok(Self(found))
    }

    /// The cluster of a county, else the county.
    pub fn name<'a>(&'a self, county: &'a str) -> &'a str {
        self.0.get(county).map_or(county, String::as_str)
    }

    /// A reading with the cluster of its county.
    pub fn seen<'a>(&'a self, reading: FinalReading<'a>) -> FinalReading<'a> {
        FinalReading { cluster: self.name(reading.county), ..reading }
    }
}
