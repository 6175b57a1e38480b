//! What is told beside a picture: landmarks, hidden parts and the mask, held against the picture itself.

use lianpu_portrait::{HiddenParts, Mask, Part, Raster, Scene, draw, hiding, truth};

fn scene(line: &str) -> Scene {
    Scene::parse(line).unwrap()
}

fn landmarks(line: &str) -> Vec<[f32; 2]> {
    truth(&scene(line)).remove(0).landmarks
}

fn shares(line: &str) -> HiddenParts {
    hiding(&scene(line)).faces[0]
}

#[test]
fn a_covered_part_is_hidden_and_the_others_are_not() {
    for (who, material) in [("anna", "cloth"), ("carl", "paper"), ("seed:77", "plastic"), ("seed:78", "hand")]
    {
        for part in Part::ALL {
            let shares = shares(&format!("{who} cover={} material={material}", part.word()));
            for other in Part::ALL {
                let share = shares.of(*other).unwrap();
                let right = if part == other { share > 0.8 } else { share < 0.2 };
                assert!(right, "{who}, {material} over {}: {share} of {}", part.word(), other.word());
            }
        }
    }
}

#[test]
fn clear_glasses_hide_nothing_and_dark_ones_hide_the_eyes() {
    let none = Part::ALL.iter().map(|part| shares("dora glasses=clear").of(*part).unwrap()).sum::<f32>();
    assert!(none.abs() < 1e-9, "{none}");
    let dark = shares("dora glasses=sun");
    assert!(dark.left_eye.unwrap() > 0.9 && dark.right_eye.unwrap() > 0.9, "{dark:?}");
    assert!(dark.mouth.unwrap() < 0.01 && dark.nose.unwrap() < 0.3, "{dark:?}");
}

#[test]
fn of_a_part_beyond_the_border_nothing_is_told() {
    let cut = shares("anna cover=mouth crop=bottom:0.6");
    assert_eq!((cut.mouth, cut.chin_contour), (None, None));
    assert!(cut.left_eye.is_some_and(|share| share < 0.01), "{cut:?}");
}

/// Whether a pixel is not the same in two pictures.
fn differs(one: &Raster, other: &Raster, pixel: usize) -> bool {
    let of = |raster: &Raster| [0, 1, 2].map(|channel| raster.pixels[3 * pixel + channel]);
    of(one).iter().zip(of(other)).any(|(a, b)| a.abs_diff(b) > 3)
}

/// Of white pixels, the share that covering changed; of changed pixels in the box of the face, the share that is white.
fn agreement(bare: &str, covered: &str) -> (f32, f32) {
    let (before, after) = (draw(&scene(bare)), draw(&scene(covered)));
    let Mask { width, pixels, .. } = hiding(&scene(covered)).mask;
    assert_eq!(pixels.len() * 3, after.pixels.len());
    let points = landmarks(covered);
    let middle = |axis: usize| points.iter().map(|p| p[axis]).sum::<f32>() / 68.0;
    // Well inside the face: the outline, drawn in towards its middle.
    let outline: Vec<[f32; 2]> = (0..17)
        .chain((17..27).rev())
        .map(|at| [0, 1].map(|axis| middle(axis) + 0.85 * (points[at][axis] - middle(axis))))
        .collect();
    let (mut white, mut right, mut changed, mut told) = (0.0, 0.0, 0.0, 0.0);
    for (pixel, told_hidden) in pixels.iter().map(|value| *value == 255).enumerate() {
        let other = differs(&before, &after, pixel);
        let at = [(pixel as u32 % width) as f32, (pixel as u32 / width) as f32];
        if told_hidden {
            white += 1.0;
            right += f32::from(u8::from(other));
        }
        if other && inside(&outline, at) {
            changed += 1.0;
            told += f32::from(u8::from(told_hidden));
        }
    }
    assert!(white > 300.0 && changed > 300.0, "{covered}: {white} and {changed} pixels");
    (right / white, told / changed)
}

/// Whether a point lies inside a polygon.
fn inside(outline: &[[f32; 2]], [x, y]: [f32; 2]) -> bool {
    let edges = outline.iter().zip(outline.iter().cycle().skip(1));
    let crossed = edges
        .filter(|([ax, ay], [bx, by])| (*ay > y) != (*by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax));
    crossed.count() % 2 == 1
}

#[test]
fn the_mask_is_where_the_covered_picture_differs_from_the_bare_one() {
    for (who, cover) in [
        ("anna", "cover=nose"),
        ("ben yaw=25 roll=15", "cover=mouth,left_eye material=paper"),
        ("hana pitch=-15 zoom=0.8", "cover=chin_contour,right_cheek material=plastic"),
        ("ivan size=1500x1400", "cover=mouth"),
        ("lena", "cover=nose recapture=print"),
        ("max crop=left:0.3", "glasses=sun"),
    ] {
        let picture = if cover.contains("recapture") { "noise=0 recapture=print" } else { "noise=0" };
        let (right, told) = agreement(&format!("{who} {picture}"), &format!("{who} noise=0 {cover}"));
        println!("{who} {cover}: {right:.4} {told:.4}");
        // A print is soft: round what is white pixels differ a little.
        assert!(right > 0.95 && told > 0.9, "{who} {cover}: {right} {told}");
    }
}

/// Which landmark of a mirrored picture each one is.
fn mirrored(index: usize) -> usize {
    match index {
        0..=16 => 16 - index,
        17..=26 => 43 - index,
        31..=35 => 66 - index,
        36..=39 | 42..=45 => 81 - index,
        40 | 41 | 46 | 47 => 87 - index,
        48..=54 => 102 - index,
        55..=59 => 114 - index,
        60..=64 => 124 - index,
        65..=67 => 132 - index,
        _ => index,
    }
}

#[test]
fn a_head_turned_the_other_way_has_its_landmarks_mirrored() {
    for (one, other) in [("anna", "anna"), ("bea yaw=25 roll=10 smile=1", "bea yaw=-25 roll=-10 smile=1")] {
        let (points, turned) = (landmarks(one), landmarks(other));
        for (index, [x, y]) in points.iter().enumerate() {
            let [mx, my] = turned[mirrored(index)];
            // The grid on which depth is looked up is not quite the same on both sides.
            assert!(
                (288.0 - x - mx).abs() < 1.0 && (y - my).abs() < 1.0,
                "{one}, {index}: {x} {y} and {mx} {my}"
            );
        }
    }
}

#[test]
fn landmarks_follow_eyes_and_mouth() {
    let open = |points: &[[f32; 2]]| points[40][1] - points[38][1];
    let parted = |points: &[[f32; 2]]| points[66][1] - points[62][1];
    let wide = |points: &[[f32; 2]]| points[54][0] - points[48][0];
    let (plain, closed, shouting, smiling) =
        (landmarks("anna"), landmarks("anna eyes=1"), landmarks("anna mouth=1"), landmarks("anna smile=1"));
    assert!(open(&plain) > 5.0 && open(&closed) < 2.0, "{} {}", open(&plain), open(&closed));
    assert!(parted(&plain) < 1.0 && parted(&shouting) > 10.0, "{} {}", parted(&plain), parted(&shouting));
    assert!(wide(&smiling) > 1.1 * wide(&plain));
}
