//! `import ratings --mapping`: spreadsheets as agencies have them.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use rust_xlsxwriter::Workbook;

use crate::place::Place;

const MAPPING: &str = r#"
[file]
instrument = "cfsr-r2-items-14-20"
fill-down = ["region"]
[columns]
case = "Case #"
region = "Region"
county = "County"
case_type = "Type"
period = "Period"
[items]
17 = "Item 17"
20 = "Item 20"
[values.rating]
"S" = "strength"
"ANI" = "ani"
"n/a" = "na"
[values.case_type]
"FC" = "foster-care"
"IH" = "in-home"
[skip]
case = ["Total"]
"#;

const SHEET: &str = "Reviews of the year,,,,,,\n\
    ,,,,,,\n\
    Case #,Region,County,Type,Period,Item 17,Item 20\n\
    A-1,Knox,Knox,FC,2025-H1,S,ani\n\
    A-2,,Knox,IH,2025-H1, s ,N/A\n\
    A-3,East,Jefferson,fc,2025-H2,,S\n\
    Total,,,,,2,1\n";

fn place() -> Place {
    let place = Place::new();
    place.write("map.toml", MAPPING);
    place
}

/// What came in, as the long export has it.
fn ratings(place: &Place) -> Vec<[String; 7]> {
    let csv = place.ok(&["export", "items", "--case-ids"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let at = |name: &str| names.iter().position(|known| known == name).unwrap();
    let wanted = ["case", "region", "county", "case_type", "period", "item", "rating"].map(at);
    let mut rows: Vec<[String; 7]> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| wanted.map(|at| row[at].to_owned()))
        .collect();
    rows.sort();
    rows
}

fn wanted() -> Vec<[String; 7]> {
    [
        ["A-1", "Knox", "Knox", "foster-care", "2025-H1", "17", "strength"],
        ["A-1", "Knox", "Knox", "foster-care", "2025-H1", "20", "ani"],
        ["A-2", "Knox", "Knox", "in-home", "2025-H1", "17", "strength"],
        ["A-2", "Knox", "Knox", "in-home", "2025-H1", "20", "na"],
        ["A-3", "East", "Jefferson", "foster-care", "2025-H2", "20", "strength"],
    ]
    .map(|row| row.map(str::to_owned))
    .to_vec()
}

#[test]
fn a_wide_sheet_comes_in_and_the_second_time_nothing_changes() {
    let place = place();
    place.write("sheet.csv", SHEET);
    let line = ["import", "ratings", "sheet.csv", "--mapping", "map.toml"];
    assert_eq!(place.ok(&line), "ratings of 3 cases taken in\n");
    assert_eq!(ratings(&place), wanted());
    let (code, out, err) = place.run(&line);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "all 3 reviews were there already: nothing changed\n");
}

#[test]
fn a_workbook_comes_in_like_its_csv() {
    let place = place();
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write_string(0, 0, "see next sheet").unwrap();
    let sheet = book.add_worksheet().set_name("Ratings").unwrap();
    for (row, line) in SHEET.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            // Headers of spreadsheets hold line ends.
            let cell = cell.replace("Item 17", "Item\n17");
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    place.write("sheet.xlsx", book.save_to_buffer().unwrap());
    let (code, out, err) = place.run(&["import", "ratings", "sheet.xlsx", "--mapping", "map.toml"]);
    assert_eq!((code, out.as_str()), (0, "ratings of 3 cases taken in\n"));
    assert_eq!(err, "note: sheet.xlsx: the ratings are read from sheet \"Ratings\"\n");
    assert_eq!(ratings(&place), wanted());
}

#[test]
fn a_long_sheet_with_words_for_items_and_a_constant_kind() {
    let place = Place::new();
    place.write(
        "map.toml",
        "[file]\ninstrument = \"cfsr-r2-items-14-20\"\n\
         [columns]\ncase = \"ID\"\nregion = \"R\"\nitem = \"Measure\"\nrating = \"Result\"\nperiod = \"When\"\n\
         [constants]\ncounty = \"X\"\ncase_type = \"foster-care\"\nreview_kind = \"baseline\"\nsample_id = \"s\"\n\
         [values.item]\n\"Needs and services\" = \"17\"\n\
         [values.rating]\n\"Met\" = \"strength\"\n\"Not met\" = \"ani\"\n\
         [values.period]\n\"FY25\" = \"2024-07-01/2025-06-30\"\n",
    );
    place.write("sheet.csv", "When,ID,R,Measure,Result\nFY25,7,Knox,needs and  services,MET\n");
    place.ok(&["import", "ratings", "sheet.csv", "--mapping", "map.toml"]);
    let rows = ratings(&place);
    assert_eq!(
        rows,
        [["7", "Knox", "X", "foster-care", "2024-07-01/2025-06-30", "17", "strength"]
            .map(str::to_owned)]
    );
}

#[test]
fn every_problem_has_its_row_and_column() {
    let place = place();
    place.write(
        "sheet.csv",
        "Case #,Region,County,Type,Period,Item 17,Item 20\n\
         A-1,Knox,Knox,FX,2025-H3,S,maybe\n\
         ,Knox,Knox,FC,2025-H1,S,S\n\
         A-3,Knox,Knox,FC,2025-H1,S,S\n\
         A-3,East,Knox,FC,2025-H1,ANI,\n",
    );
    let (code, out, err) = place.run(&["import", "ratings", "sheet.csv", "--mapping", "map.toml"]);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!("import-mapped-problems", err);
    assert!(ratings(&place).is_empty());

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in
        ["Case #", "Region", "County", "Type", "Period", "Item 17", "Item 20"].iter().enumerate()
    {
        sheet.write_string(0, column as u16, *name).unwrap();
        sheet.write_string(1, column as u16, if column == 6 { "maybe" } else { "2025" }).unwrap();
    }
    place.write("sheet.xlsx", book.save_to_buffer().unwrap());
    let (code, _, err) = place.run(&["import", "ratings", "sheet.xlsx", "--mapping", "map.toml"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!("import-mapped-cells", err);
}

#[test]
fn a_sheet_or_a_mapping_that_does_not_fit_is_told_whole() {
    let place = place();
    place
        .write("sheet.csv", "Case #,Regon,County,Type,Period,Item 17,Item 17\nA,B,C,FC,2025,S,S\n");
    let line = ["import", "ratings", "sheet.csv", "--mapping", "map.toml"];
    let (code, _, err) = place.run(&line);
    assert_eq!(code, 2);
    insta::assert_snapshot!("import-mapped-header", err);
    place.write("sheet.csv", "what,ever\n1,2\n");
    let (_, _, err) = place.run(&line);
    assert_eq!(
        err,
        "error: sheet.csv: no row names the mapping's columns (looked at 2 filled rows)\n  \
         help: they are Case #, Region, County, Type, Period, Item 17 and Item 20\n"
    );
    place.write(
        "map.toml",
        "[file]\nsheets = \"x\"\n[columns]\ncas = \"Case\"\nregion = \"\"\nitem = \"Item\"\n\
         [items]\n17 = \"Item 17\"\n[constants]\nperiod = \"2025\"\n",
    );
    let (code, _, err) = place.run(&line);
    assert_eq!(code, 2);
    insta::assert_snapshot!("import-mapped-mapping", err);
}

#[test]
fn the_samples_come_in() {
    let place = Place::new();
    let sample = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        path.to_str().unwrap().to_owned()
    };
    let (sheet, mapping) = (sample("ratings-2023-2025.csv"), sample("ratings-mapping.toml"));
    assert_eq!(
        place.ok(&["import", "ratings", &sheet, "--mapping", &mapping]),
        "ratings of 160 cases taken in\n"
    );
}
