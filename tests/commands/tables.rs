//! The tables of a result folder: CSV and Parquet hold the same, and the numbers are right.

use std::fs::File;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::program::{TEACHING, files, here, read, says};

/// A cell of a Parquet file as CSV has it.
fn as_csv(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) if text.starts_with(['=', '+', '-', '@']) => format!("'{text}"),
        Field::Str(text) => text.clone(),
        Field::Double(number) => {
            let text = number.to_string();
            if text.contains('.') { text } else { format!("{text}.0") }
        }
        Field::Date(_) | Field::Long(_) => field.to_string().trim_matches('"').to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Heads and rows of a table in a format.
fn parquet(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let schema = reader.metadata().file_metadata().schema();
    let heads = schema.get_fields().iter().map(|it| it.name().to_owned()).collect();
    let rows = reader.get_row_iter(None).unwrap().map(|row| {
        let row = row.unwrap();
        row.get_column_iter().map(|(_, field)| as_csv(field)).collect()
    });
    (heads, rows.collect())
}

fn csv(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let heads = texts(reader.headers().unwrap());
    (heads, reader.records().map(|record| texts(&record.unwrap())).collect())
}

/// Holds the two formats of each table of a folder against each other; gives the tables.
fn same_in_both(folder: &Path) -> Vec<String> {
    let mut tables = Vec::new();
    for path in files(folder).into_keys().filter(|it| it.extension().is_some_and(|it| it == "csv"))
    {
        let stem = path.with_extension("").display().to_string();
        let both =
            (csv(&folder.join(&path)), parquet(&folder.join(&path).with_extension("parquet")));
        assert!(!both.0.1.is_empty(), "{stem}");
        assert_eq!(both.0, both.1, "{stem}");
        tables.push(stem);
    }
    tables
}

#[test]
fn both_formats_hold_the_same_rows() {
    let here = here();
    let here = here.path();
    says(here, &["run", "golan-1974", "-n", "6", "--no-charts", "-o", "run"], 0);
    let run = here.join("run");
    assert_eq!(same_in_both(&run), ["places", "points", "records", "runs", "turns", "twins"]);
    let reader = SerializedFileReader::new(File::open(run.join("turns.parquet")).unwrap()).unwrap();
    let row = reader.get_row_iter(None).unwrap().next().unwrap().unwrap();
    let date = row.get_column_iter().find(|(name, _)| *name == "date").unwrap().1;
    assert!(matches!(date, Field::Date(_)), "{date:?}");

    // Names of values that a spreadsheet would run.
    let text = std::fs::read_to_string(TEACHING).unwrap()
        + "\n[experiment]\n[[experiment.lever]]\n\
           paths = [\"clause.pullback.min_km\"]\nvalues = [15, 0x14]\n\
           names = [\"=HYPERLINK(1)\", \"far\"]\n\
           [[experiment.uncertainty]]\npaths = [\"conduct.north.pressure\"]\nvalues = [1, 0.5]\n";
    std::fs::write(here.join("mine.toml"), text).unwrap();
    says(here, &["sweep", "mine.toml", "-o", "it", "-n", "6", "--no-charts"], 0);
    let tables = same_in_both(&here.join("it"));
    assert!(
        ["parameters", "regret"].iter().all(|it| tables.contains(&(*it).to_owned())),
        "{tables:?}"
    );
    assert_eq!(
        read(&here.join("it"), "parameters.csv"),
        "point,clause.pullback.min_km,conduct.north.pressure,clause.pullback.min_km value\n\
         0,'=HYPERLINK(1),1.0,15\n1,'=HYPERLINK(1),0.5,15\n2,far,1.0,20\n3,far,0.5,20\n"
    );
}

#[test]
fn numbers_of_the_command_line_are_those_of_a_file() {
    let here = here();
    let here = here.path();
    let vary = |values: &str| format!("clause.pullback.min_km={values}");
    let sweep = |values: &str, to: &str, code| {
        let sweep =
            ["sweep", TEACHING, "-n", "4", "--no-charts", "-o", to, "--vary", &vary(values)];
        says(here, &sweep, code)
    };
    sweep("0xa,1_5", "odd", 0);
    sweep("10,15", "plain", 0);
    for table in ["parameters.csv", "points.csv", "runs.parquet"] {
        let of = |folder: &str| std::fs::read(here.join(folder).join(table)).unwrap();
        assert_eq!(of("odd"), of("plain"), "{table}");
    }
    let said = sweep("10,10.0", "twice", 2);
    assert!(said.contains("twice"), "{said}");
    let set = ["run", TEACHING, "-n", "4", "--no-charts", "-o", "set", "--set", &vary("0xa")];
    says(here, &set, 0);
}

/// Six flights a day over a year are 2,178, and every quantile is about as many.
#[test]
fn quantiles_of_counts_have_no_most() {
    let here = here();
    let here = here.path();
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cookbook-base.toml");
    let text = std::fs::read_to_string(base).unwrap()
        + "\n[[clause]]\nid = \"no-overflight\"\nkind = \"abstain\"\nbinds = [\"south\"]\n\
           domain = \"air\"\nacts = [\"overflight\"]\nacts_per_day = 6\nmonitors = [\"watch\"]\n\
           [[conduct]]\nid = \"s\"\nparty = \"south\"\nclauses = [\"no-overflight\"]\n\
           kind = \"scripted\"\ninitial = \"defy\"\n";
    std::fs::write(here.join("acts.toml"), text).unwrap();
    says(here, &["run", "acts.toml", "-n", "40", "--no-charts", "-o", "out"], 0);
    let (heads, rows) = csv(&here.join("out/turns.csv"));
    let at = |name: &str| heads.iter().position(|it| it == name).unwrap();
    let number = |row: &[String], name: &str| row[at(name)].parse::<f64>().unwrap();
    let acts: Vec<_> = rows
        .iter()
        .filter(|row| row[at("measure")] == "forbidden_acts" && row[at("register")] == "true")
        .filter(|row| row[at("subject")] == "no-overflight")
        .collect();
    let last = acts.last().unwrap();
    let mean = number(last, "mean");
    assert!((2000.0..2400.0).contains(&mean), "{mean}");
    for quantile in ["q05", "q25", "q50", "q75", "q95"] {
        let found = number(last, quantile);
        // Poisson: its standard deviation is the root of its mean.
        assert!((found - mean).abs() < 3.0 * mean.sqrt() && found.fract() == 0.0, "{found}");
    }
    assert!(number(last, "q05") < mean && mean < number(last, "q95"));
}
