//! The map date by date, as an animated PNG.

use disengage::chart::{ChartInput, Theme, film, render};
use disengage::geo::Position;
use time::{Date, Duration};

use super::{inputs, texts};

/// Weeks of a run, and forces that stand where their tracks begin until the n-th of
/// them moves on in week n + 2.
fn weeks(input: &ChartInput, count: i64) -> (Vec<Date>, Vec<Vec<(usize, Position)>>) {
    let dates = (0..count).map(|week| input.start + Duration::days(7 * week));
    let path = |(n, track): (usize, &disengage::chart::ChartTrack)| {
        let places = track.path.iter().enumerate();
        places.map(|(at, place)| (if at == 0 { 0 } else { n + 1 + at }, *place)).collect()
    };
    let tracks = input.tracks.iter().enumerate();
    (dates.collect(), tracks.map(path).collect())
}

/// Width and height, the pixels of every frame as they show, and its delay in seconds.
fn shown(bytes: &[u8]) -> (u32, u32, Vec<(Vec<u8>, f64)>) {
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let mut reader = decoder.read_info().unwrap();
    let (width, height) = (reader.info().width, reader.info().height);
    let control = reader.info().animation_control.unwrap();
    assert_eq!(control.num_plays, 0, "over and over");
    let mut canvas = vec![0; (4 * width * height) as usize];
    let mut frames = Vec::new();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    for _ in 0..control.num_frames {
        reader.next_frame(&mut data).unwrap();
        let own = *reader.info().frame_control().unwrap();
        for y in 0..own.height {
            for x in 0..own.width {
                let from = 4 * (y * own.width + x) as usize;
                let to = 4 * ((y + own.y_offset) * width + x + own.x_offset) as usize;
                // Opaque, or what stood there before.
                match data[from + 3] {
                    255 => canvas[to..to + 4].copy_from_slice(&data[from..from + 4]),
                    alpha => assert_eq!(alpha, 0),
                }
            }
        }
        let seconds = f64::from(own.delay_num) / f64::from(own.delay_den);
        frames.push((canvas.clone(), seconds));
    }
    (width, height, frames)
}

/// The pixels of an image.
fn pixels(bytes: &[u8]) -> Vec<u8> {
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let mut reader = decoder.read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut data).unwrap();
    data
}

#[test]
fn every_frame_is_the_drawing_of_its_date() {
    let input = inputs::tiny(46.0, 34.5, 60);
    let (dates, paths) = weeks(&input, 9);
    let film = film(&input, &dates, &paths).unwrap();
    assert_eq!(film.frames(), 9);
    let (width, height, frames) = shown(&film.png(Theme::Light).unwrap());
    assert!(width == 960 && height > 500, "{width} {height}");
    assert_eq!(frames.len(), 9);
    for (number, (frame, seconds)) in frames.iter().enumerate() {
        let still = film.still(number).unwrap();
        let drawn = pixels(&render::png(&still, 1.0).unwrap());
        assert!(drawn == *frame, "frame {number}");
        let wanted = if number == 8 { 2.0 } else { 0.2 };
        assert!((seconds - wanted).abs() < 1e-9, "{seconds}");
        let date = dates[number];
        let words = texts(&still).1;
        let day = format!("{} ", date.day());
        assert!(words.iter().any(|(it, _)| it.starts_with(&day)), "{date}");
    }
    assert!(frames[1].0 != frames[4].0, "forces move");
    assert!(film.png(Theme::Dark).unwrap() != film.png(Theme::Light).unwrap());
    assert!(film.still(9).is_none());
}

#[test]
fn an_animation_says_what_it_leaves_out_and_names_stay_text() {
    let input = inputs::hostile();
    let (dates, paths) = weeks(&input, 500);
    let film = film(&input, &dates, &paths).unwrap();
    assert_eq!(film.frames(), 167);
    for number in [0, 80, 166] {
        let still = film.still(number).unwrap();
        super::stays_inside("hostile", &still);
        super::stands_apart("hostile", &still);
        assert!(!still.contains("<script") && !still.contains("NaN"));
        let said = |words: &str| words.contains("every 3rd: 167 of them");
        assert!(texts(&still).1.iter().any(|(words, _)| said(words)));
    }
    assert!(disengage::chart::film(&input, &[], &paths).is_none());
}
