//! Writes what each fuzz target begins from, and a dictionary, into the folder named.

use std::fs;
use std::path::Path;

use disengage_fuzz::change::Pool;
use disengage_fuzz::seeds;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).expect("a folder");
    let folder = Path::new(&folder);
    let texts = |texts: Vec<String>| texts.into_iter().map(String::into_bytes).collect();
    let mut scenarios = seeds::good();
    scenarios.extend(seeds::odd());
    let all: [(&str, Vec<Vec<u8>>); 5] = [
        ("scenario", texts(scenarios)),
        ("geojson", texts(seeds::geojson())),
        ("part", seeds::parts()),
        ("plan", texts(seeds::plans())),
        ("manifest", texts(seeds::manifests())),
    ];
    for (target, seeds) in all {
        let corpus = folder.join(target);
        fs::create_dir_all(&corpus)?;
        for (at, seed) in seeds.iter().enumerate() {
            fs::write(corpus.join(format!("seed-{at:03}")), seed)?;
        }
    }
    let plain =
        |word: &&String| word.chars().all(|it| it.is_ascii_graphic() && !"\"\\".contains(it));
    let words = Pool::shared().words().iter().filter(plain);
    let lines: String = words.map(|word| format!("\"{word}\"\n")).collect();
    fs::write(folder.join("words"), lines)
}
