//! A first guess at which column holds what; a person looks at each.

use crate::sampling::Field;

/// Words that name a fact in lists of cases, letters only, the surest first.
fn names(field: Field) -> &'static [&'static str] {
    match field {
        Field::Case => &["caseid", "casenumber", "caseno", "case", "id"],
        Field::Region => &["region", "district", "area"],
        Field::County => &["county", "localarea", "parish"],
        Field::CaseType => &["casetype", "type", "program", "service"],
        Field::Worker => &["worker", "caseworker", "caseworkerid", "workerid", "assignedto"],
        Field::Family => &["familyid", "family", "familynumber", "householdid"],
        Field::Opened => &["opened", "opendate", "dateopened", "openedon", "casestart", "start"],
        Field::Closed => &["closed", "closedate", "dateclosed", "closedon", "caseend", "end"],
        Field::Child => &["childid", "child", "personid", "clientid"],
        Field::Born => &["born", "birthdate", "dateofbirth", "dob"],
        Field::InCare => &["incare", "fostercareover", "placement"],
        Field::SubsidyOnly => &["subsidyonly", "subsidy", "adoptionsubsidy"],
        Field::OutOfState => &["outofstate", "icpc"],
        Field::Unit => &["unit", "unitid", "team"],
        Field::Supervisor => &["supervisor", "supervisorid"],
        Field::Agency => &["agency", "provider", "provideragency"],
        Field::Group => &["group", "samplegroup"],
        Field::Status => &[],
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The column that most likely holds a fact.
pub(super) fn guess_column(field: Field, columns: &[String]) -> Option<usize> {
    let columns: Vec<String> = columns.iter().map(|name| letters(name)).collect();
    names(field).iter().find_map(|name| columns.iter().position(|column| column == name))
}

/// The case type that a word of the list most likely stands for.
pub(super) fn guess_type(word: &str, types: &[(String, String)]) -> Option<usize> {
    let word = letters(word);
    let of = |text: &str| {
        let text = text.to_lowercase();
        let first: String =
            text.split(['-', ' ', '_']).filter_map(|part| part.chars().next()).collect();
        (letters(&text), first)
    };
    let fits = |(code, title): &(String, String)| {
        [code, title].into_iter().any(|text| {
            let (whole, first) = of(text);
            whole == word || first == word || (word.len() > 2 && whole.starts_with(&word))
        })
    };
    types.iter().position(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_are_known() {
        let columns = ["Case ID", "Region", "County", "Type", "Opened", "Closed", "D.O.B."];
        let columns = columns.map(str::to_owned);
        let guess = |field| guess_column(field, &columns);
        assert_eq!(guess(Field::Case), Some(0));
        assert_eq!(guess(Field::CaseType), Some(3));
        assert_eq!(guess(Field::Born), Some(6));
        assert_eq!(guess(Field::Worker), None);
        let types = [("foster-care", "Foster care"), ("in-home", "In-home services")];
        let types = types.map(|(code, title)| (code.to_owned(), title.to_owned()));
        assert_eq!(guess_type("FC", &types), Some(0));
        assert_eq!(guess_type("In Home", &types), Some(1));
        assert_eq!(guess_type("Foster", &types), Some(0));
        assert_eq!(guess_type("X", &types), None);
    }
}
