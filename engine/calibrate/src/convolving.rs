//! Fitting a convolutional network: Adam on the cross entropy of each output, pictures varied anew each time.

use gemm::Parallelism;
use lianpu_engine::vision::convolution::{Convolutions, LEAK, Shape};

use super::random::Random;

/// A picture as the network takes it, and for each output the answer (0 or 1) and how much it counts.
pub struct Example {
    pub input: Vec<f32>,
    pub answers: Vec<(f32, f32)>,
}

/// How a network is fitted.
pub struct Plan {
    pub epochs: usize,
    pub rate: f32,
    /// How much of itself a weight loses at each step, as a part of the rate.
    pub decay: f32,
    /// The share of what the hidden layer sees that is left out.
    pub dropped: f32,
}

const BATCH: usize = 64;
const THREADS: usize = 2;

/// The weights in the engine's order, fitted from these or, where there are none, from random ones. `example` makes one of
/// `count`, each time another.
pub fn fit(
    net: &Convolutions,
    plan: &Plan,
    from: Option<Vec<f32>>,
    count: usize,
    example: impl Fn(usize, &mut Random) -> Example + Sync,
) -> Vec<f32> {
    let mut random = Random::new(11);
    let mut weights = from.unwrap_or_else(|| start(net, &mut random));
    let (mut first, mut second) = (vec![0.0_f32; weights.len()], vec![0.0_f32; weights.len()]);
    let mut order: Vec<usize> = (0..count).collect();
    let mut steps = 0;
    for epoch in 0..plan.epochs {
        for index in (1..order.len()).rev() {
            order.swap(index, random.below(index + 1));
        }
        let mut loss = 0.0;
        for (number, batch) in order.chunks_exact(BATCH).enumerate() {
            // The rate rises for a while, then falls along a half cosine.
            let done = (epoch as f32 + number as f32 * BATCH as f32 / count as f32) / plan.epochs as f32;
            let warm = (steps as f32 / 200.0).min(1.0);
            let rate = plan.rate * warm * (0.01 + 0.99 * 0.5 * (1.0 + (std::f32::consts::PI * done).cos()));
            let seed = random.bits();
            let (slopes, of_batch) = slopes(net, &weights, plan, batch, seed, &example);
            loss += of_batch;
            steps += 1;
            let (fade1, fade2) = (1.0 - 0.9_f32.powi(steps), 1.0 - 0.999_f32.powi(steps));
            for index in 0..weights.len() {
                let slope = slopes[index] / BATCH as f32;
                first[index] = 0.9 * first[index] + 0.1 * slope;
                second[index] = 0.999 * second[index] + 0.001 * slope * slope;
                weights[index] -= rate
                    * ((first[index] / fade1) / ((second[index] / fade2).sqrt() + 1e-7)
                        + plan.decay * weights[index]);
            }
        }
        eprintln!("epoch {} of {}: loss {:.4}", epoch + 1, plan.epochs, loss / count as f32);
    }
    weights
}

/// Small random numbers, the larger the fewer are summed.
fn start(net: &Convolutions, random: &mut Random) -> Vec<f32> {
    let mut weights = Vec::with_capacity(net.weights());
    let mut table = |inputs: usize, outputs: usize| {
        let wide = (6.0 / inputs as f32).sqrt();
        weights.extend((0..inputs * outputs).map(|_| random.between(-wide, wide)));
        weights.extend(vec![0.0; outputs]);
    };
    for shape in net.shapes() {
        table(shape.under(), shape.layer.outputs);
    }
    table(net.flat(), net.hidden);
    table(net.hidden, net.outputs);
    weights
}

/// The sum of the slopes of a batch, and of its losses.
fn slopes(
    net: &Convolutions,
    weights: &[f32],
    plan: &Plan,
    batch: &[usize],
    seed: u64,
    example: &(impl Fn(usize, &mut Random) -> Example + Sync),
) -> (Vec<f32>, f32) {
    let halves: Vec<(Vec<f32>, f32)> = std::thread::scope(|scope| {
        let work = |(part, indices): (usize, &[usize])| {
            let mut random = Random::new(seed ^ (part as u64) << 40);
            let examples: Vec<Example> = indices.iter().map(|index| example(*index, &mut random)).collect();
            back(net, weights, plan, &examples, &mut random)
        };
        let started: Vec<_> = batch
            .chunks(batch.len().div_ceil(THREADS))
            .enumerate()
            .map(|part| scope.spawn(move || work(part)))
            .collect();
        started.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut sum = vec![0.0; weights.len()];
    let mut loss = 0.0;
    for (slopes, of_part) in halves {
        loss += of_part;
        sum.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += slope);
    }
    (sum, loss)
}

/// Forth and back through the network.
fn back(
    net: &Convolutions,
    weights: &[f32],
    plan: &Plan,
    examples: &[Example],
    random: &mut Random,
) -> (Vec<f32>, f32) {
    let count = examples.len();
    let shapes = net.shapes();
    let mut offset = 0;
    let mut place = |inputs: usize, outputs: usize| {
        let from = offset;
        offset += (inputs + 1) * outputs;
        from
    };
    let places: Vec<usize> = shapes.iter().map(|shape| place(shape.under(), shape.layer.outputs)).collect();
    let (flat, hidden, outputs) = (net.flat(), net.hidden, net.outputs);
    let (at_hidden, at_outputs) = (place(flat, hidden), place(hidden, outputs));

    let mut values: Vec<f32> = examples.iter().flat_map(|example| example.input.iter().copied()).collect();
    let (mut gathered, mut results) = (Vec::new(), Vec::new());
    for (shape, at) in shapes.iter().zip(&places) {
        let columns = gather(&values, shape, count);
        let mut result = layer(&columns, &weights[*at..], shape.under(), shape.layer.outputs);
        leak(&mut result);
        gathered.push(columns);
        values.clone_from(&result);
        results.push(result);
    }
    let kept: Vec<f32> = (0..values.len())
        .map(|_| if random.chance(plan.dropped) { 0.0 } else { 1.0 / (1.0 - plan.dropped) })
        .collect();
    values.iter_mut().zip(&kept).for_each(|(value, kept)| *value *= kept);
    let mut units = layer(&values, &weights[at_hidden..], flat, hidden);
    leak(&mut units);
    let sums = layer(&units, &weights[at_outputs..], hidden, outputs);

    let mut loss = 0.0;
    let mut slope: Vec<f32> = Vec::with_capacity(sums.len());
    for (sum, (answer, weight)) in sums.iter().zip(examples.iter().flat_map(|example| example.answers.iter()))
    {
        loss += weight * ((1.0 + (-sum.abs()).exp()).ln() + sum.max(0.0) - sum * answer);
        slope.push(weight * (1.0 / (1.0 + (-sum).exp()) - answer));
    }
    let mut all = vec![0.0; weights.len()];
    let mut slope = layer_back(&units, &slope, weights, &mut all, (at_outputs, hidden, outputs));
    unleak(&mut slope, &units);
    let mut slope = layer_back(&values, &slope, weights, &mut all, (at_hidden, flat, hidden));
    slope.iter_mut().zip(&kept).for_each(|(slope, kept)| *slope *= kept);
    for index in (0..shapes.len()).rev() {
        let shape = &shapes[index];
        unleak(&mut slope, &results[index]);
        let table = (places[index], shape.under(), shape.layer.outputs);
        let columns = layer_back(&gathered[index], &slope, weights, &mut all, table);
        if index > 0 {
            slope = scatter(&columns, shape, count);
        }
    }
    (all, loss)
}

/// Rows of inputs times a table of weights, plus its biases.
fn layer(values: &[f32], weights: &[f32], inputs: usize, outputs: usize) -> Vec<f32> {
    let rows = values.len() / inputs;
    let mut sums = weights[inputs * outputs..(inputs + 1) * outputs].repeat(rows);
    multiply((rows, outputs, inputs), &mut sums, (values, false), (weights, false), true);
    sums
}

/// The slopes of the inputs; those of the weights are put in their place.
fn layer_back(
    values: &[f32],
    slope: &[f32],
    weights: &[f32],
    all: &mut [f32],
    (at, inputs, outputs): (usize, usize, usize),
) -> Vec<f32> {
    let rows = slope.len() / outputs;
    let of_table = &mut all[at..at + (inputs + 1) * outputs];
    multiply((inputs, outputs, rows), of_table, (values, true), (slope, false), false);
    for row in slope.chunks_exact(outputs) {
        of_table[inputs * outputs..].iter_mut().zip(row).for_each(|(sum, slope)| *sum += slope);
    }
    let mut of_inputs = vec![0.0; rows * inputs];
    multiply((rows, inputs, outputs), &mut of_inputs, (slope, false), (&weights[at..], true), false);
    of_inputs
}

/// For each place of the result what lies under the filter.
fn gather(values: &[f32], shape: &Shape, count: usize) -> Vec<f32> {
    let mut columns = vec![0.0; count * shape.to_side * shape.to_side * shape.under()];
    under(shape, count, |from, to, length| {
        columns[to..to + length].copy_from_slice(&values[from..from + length]);
    });
    columns
}

/// The reverse: each place is given the sum of what was taken from it.
fn scatter(columns: &[f32], shape: &Shape, count: usize) -> Vec<f32> {
    let mut values = vec![0.0; count * shape.side * shape.side * shape.inputs];
    under(shape, count, |from, to, length| {
        values[from..from + length]
            .iter_mut()
            .zip(&columns[to..to + length])
            .for_each(|(sum, slope)| *sum += slope);
    });
    values
}

/// Each run of numbers that lies under a filter: where it is, and where it goes.
fn under(shape: &Shape, count: usize, mut run: impl FnMut(usize, usize, usize)) {
    let (kernel, reach) = (shape.layer.kernel as isize, shape.layer.kernel as isize / 2);
    let side = shape.side as isize;
    for place in 0..count * shape.to_side * shape.to_side {
        let (picture, place_in) =
            (place / (shape.to_side * shape.to_side), place % (shape.to_side * shape.to_side));
        let y = (place_in / shape.to_side * shape.layer.stride) as isize - reach;
        let x = (place_in % shape.to_side * shape.layer.stride) as isize - reach;
        let (left, right) = ((-x).max(0), (side - x).min(kernel));
        for down in (-y).max(0)..(side - y).min(kernel) {
            let from = picture * shape.side * shape.side + ((y + down) * side + x + left) as usize;
            let to = place * shape.under() + (down * kernel + left) as usize * shape.inputs;
            run(from * shape.inputs, to, (right - left) as usize * shape.inputs);
        }
    }
}

fn leak(values: &mut [f32]) {
    for value in values {
        *value = value.max(LEAK * *value);
    }
}

/// What has leaked has the sign it had before.
fn unleak(slope: &mut [f32], results: &[f32]) {
    for (slope, result) in slope.iter_mut().zip(results) {
        if *result < 0.0 {
            *slope *= LEAK;
        }
    }
}

/// `to` (rows by columns) becomes, or grows by, the product of two matrices that lie row by row, each turned first where
/// it says so.
fn multiply(
    (rows, columns, inner): (usize, usize, usize),
    to: &mut [f32],
    (left, turn_left): (&[f32], bool),
    (right, turn_right): (&[f32], bool),
    grows: bool,
) {
    assert!(to.len() >= rows * columns && left.len() >= rows * inner && right.len() >= inner * columns);
    let steps = |turned: bool, high: usize, wide: usize| {
        if turned { (high as isize, 1) } else { (1, wide as isize) }
    };
    let (left_across, left_down) = steps(turn_left, rows, inner);
    let (right_across, right_down) = steps(turn_right, inner, columns);
    #[expect(unsafe_code, reason = "the kernel takes pointers; the lengths are checked above")]
    unsafe {
        gemm::gemm(
            rows,
            columns,
            inner,
            to.as_mut_ptr(),
            1,
            columns as isize,
            grows,
            left.as_ptr(),
            left_across,
            left_down,
            right.as_ptr(),
            right_across,
            right_down,
            1.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}
