//! Pictures of a user's own photographs: what is changed in them, and what is not shown.
//!
//! Drawn people stand for photographed ones, so that the true places of their parts are known.

use lianpu_portrait::{FacePoints, Photograph, Scene, Unshown, draw, file_of_photographs, truth};

fn scene(line: &str) -> Scene {
    Scene::parse(line).unwrap()
}

/// A drawn person as a photograph of unknown origin.
fn photograph(line: &str) -> Photograph {
    let face = &truth(&scene(line))[0];
    Photograph {
        raster: draw(&scene(line)),
        face: Some(FacePoints {
            left_eye: face.left_eye,
            right_eye: face.right_eye,
            nose: face.nose,
            mouth: face.mouth,
            chin: face.chin,
        }),
    }
}

/// The pixels of a scene with this photograph for its one face.
fn shown(line: &str, photograph: &Photograph) -> image::RgbImage {
    let bytes = file_of_photographs(&scene(&format!("{line} as=png")), &[photograph]).unwrap();
    image::load_from_memory(&bytes).unwrap().into_rgb8()
}

#[test]
fn a_photograph_is_shown_as_it_is() {
    let photograph = photograph("carl");
    let picture = shown("anna", &photograph);
    assert_eq!((picture.width(), picture.height()), (photograph.raster.width, photograph.raster.height));
    let off = picture.as_raw().iter().zip(&photograph.raster.pixels).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(off.unwrap() <= 1, "{off:?}");
}

#[test]
fn a_cover_hides_its_part_and_no_other() {
    let photograph = photograph("dan");
    let face = photograph.face.unwrap();
    let places = [
        ("left_eye", face.left_eye),
        ("right_eye", face.right_eye),
        ("nose", face.nose),
        ("mouth", face.mouth),
        ("chin_contour", face.chin),
    ];
    let plain = shown("anna", &photograph);
    for material in ["cloth", "paper", "hand", "plastic", "black"] {
        for (part, _) in places {
            let covered = shown(&format!("anna cover={part} material={material}"), &photograph);
            for (other, at) in places {
                let pixels = (-3..4).flat_map(|dx| (-3..4).map(move |dy| (dx, dy)));
                let near = pixels.map(|(dx, dy)| ((at.x as i32 + dx) as u32, (at.y as i32 + dy) as u32));
                let changed =
                    near.filter(|(x, y)| plain.get_pixel(*x, *y) != covered.get_pixel(*x, *y)).count();
                if part == other {
                    assert!(changed > 40, "{material} over {part}: {changed} of 49 pixels");
                } else if !(part == "nose" && other == "mouth") {
                    assert_eq!(changed, 0, "{material} over {part} changes {other}");
                }
            }
        }
    }
}

#[test]
fn a_crop_moves_the_face_beyond_the_border() {
    let photograph = photograph("bea");
    let face = photograph.face.unwrap();
    let (plain, cropped) = (shown("anna", &photograph), shown("anna crop=left:0.5", &photograph));
    // Half of the box is gone, so the middle of the face stands at the border.
    let moved = ((face.left_eye.x + face.right_eye.x) * 0.5) as u32;
    let near = (moved - 6..moved + 6).min_by_key(|shift| {
        let row =
            |picture: &image::RgbImage, x: u32| picture.get_pixel(x, face.nose.y as u32).0.map(i32::from);
        let differs = |x: u32| {
            row(&cropped, x).iter().zip(row(&plain, x + shift)).map(|(a, b)| (a - b).abs()).sum::<i32>()
        };
        (0..80).map(differs).sum::<i32>()
    });
    assert!(near.unwrap().abs_diff(moved) < 6, "moved by {near:?}, and the face by {moved}");
}

#[test]
fn what_photographs_cannot_show_is_refused() {
    let photograph = photograph("carl");
    let refused =
        |line: &str, photograph: &Photograph| file_of_photographs(&scene(line), &[photograph]).unwrap_err();
    for line in ["anna eyes=1", "anna glasses=sun", "anna yaw=40", "anna light=60,10"] {
        assert!(matches!(refused(line, &photograph), Unshown::Drawn(_)), "{line}");
    }
    let unknown = Photograph { face: None, ..photograph };
    for line in ["anna cover=nose", "anna crop=top:0.2"] {
        assert!(matches!(refused(line, &unknown), Unshown::NoPoints(_)), "{line}");
    }
}
