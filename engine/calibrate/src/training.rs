//! Fitting a network of one hidden layer: Adam on the cross entropy, with a penalty on large weights.

use super::random::Random;

/// An example: what is measured, the answer (0 to 1), and how much it counts.
#[derive(Debug, Clone)]
pub struct Example {
    pub signs: Vec<f32>,
    pub answer: f32,
    pub weight: f32,
}

/// How a network is fitted.
pub struct Plan {
    pub hidden: usize,
    pub epochs: usize,
    pub penalty: f32,
}

const BATCH: usize = 64;
const RATE: f32 = 3e-3;

/// The weights in the engine's order: for each hidden unit bias and inputs, then the output's.
pub fn fit(examples: &[Example], plan: &Plan) -> Vec<f32> {
    let inputs = examples[0].signs.len();
    let (mean, spread) = moments(examples, inputs);
    let standard: Vec<Vec<f32>> = examples
        .iter()
        .map(|example| {
            (0..inputs).map(|index| (example.signs[index] - mean[index]) / spread[index]).collect()
        })
        .collect();
    let mut random = Random::new(7);
    let row = inputs + 1;
    let outputs = plan.hidden * row;
    let mut weights: Vec<f32> = (0..=outputs + plan.hidden)
        .map(|index| {
            let bias = (index < outputs && index % row == 0) || index == outputs;
            let wide = if index < outputs { 1.0 / (inputs as f32).sqrt() } else { 0.5 };
            if bias { 0.0 } else { random.between(-wide, wide) }
        })
        .collect();
    let (mut first, mut second) = (vec![0.0_f32; weights.len()], vec![0.0_f32; weights.len()]);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut steps = 0;
    for epoch in 0..plan.epochs {
        for index in (1..order.len()).rev() {
            order.swap(index, random.below(index + 1));
        }
        // The rate falls along a half cosine.
        let done = epoch as f32 / plan.epochs as f32;
        let rate = RATE * (0.02 + 0.98 * 0.5 * (1.0 + (std::f32::consts::PI * done).cos()));
        for batch in order.chunks(BATCH) {
            let mut slopes = vec![0.0_f32; weights.len()];
            for index in batch {
                add_slopes(&standard[*index], &examples[*index], &weights, plan.hidden, &mut slopes);
            }
            steps += 1;
            let (fade1, fade2) = (1.0 - 0.9_f32.powi(steps), 1.0 - 0.999_f32.powi(steps));
            for index in 0..weights.len() {
                let slope = slopes[index] / batch.len() as f32 + plan.penalty * weights[index];
                first[index] = 0.9 * first[index] + 0.1 * slope;
                second[index] = 0.999 * second[index] + 0.001 * slope * slope;
                weights[index] -= rate * (first[index] / fade1) / ((second[index] / fade2).sqrt() + 1e-7);
            }
        }
    }
    // The network takes signs as they are: the standardising goes into the weights.
    for unit in weights[..outputs].chunks_exact_mut(row) {
        for index in 0..inputs {
            unit[index + 1] /= spread[index];
            unit[0] -= unit[index + 1] * mean[index];
        }
    }
    weights
}

fn moments(examples: &[Example], inputs: usize) -> (Vec<f32>, Vec<f32>) {
    let count = examples.len() as f32;
    let mean: Vec<f32> =
        (0..inputs).map(|index| examples.iter().map(|e| e.signs[index]).sum::<f32>() / count).collect();
    let spread = (0..inputs)
        .map(|index| {
            let squares: f32 = examples.iter().map(|e| (e.signs[index] - mean[index]).powi(2)).sum();
            (squares / count).sqrt().max(0.02)
        })
        .collect();
    (mean, spread)
}

fn add_slopes(signs: &[f32], example: &Example, weights: &[f32], hidden: usize, slopes: &mut [f32]) {
    let row = signs.len() + 1;
    let outputs = hidden * row;
    let units: Vec<f32> = weights[..outputs]
        .chunks_exact(row)
        .map(|unit| (unit[0] + unit[1..].iter().zip(signs).map(|(w, s)| w * s).sum::<f32>()).tanh())
        .collect();
    let sum = weights[outputs]
        + weights[outputs + 1..].iter().zip(&units).map(|(weight, unit)| weight * unit).sum::<f32>();
    let slope = example.weight * (1.0 / (1.0 + (-sum).exp()) - example.answer);
    slopes[outputs] += slope;
    for (index, unit) in units.iter().enumerate() {
        slopes[outputs + 1 + index] += slope * unit;
        let inner = slope * weights[outputs + 1 + index] * (1.0 - unit * unit);
        let of_unit = &mut slopes[index * row..(index + 1) * row];
        of_unit[0] += inner;
        for (slope, sign) in of_unit[1..].iter_mut().zip(signs) {
            *slope += inner * sign;
        }
    }
}

/// What a network answers, as the engine computes it.
pub fn answer(weights: &[f32], signs: &[f32]) -> f32 {
    let weights: &'static [f32] = Box::leak(weights.to_vec().into_boxed_slice());
    lianpu_engine::vision::network::Network { inputs: signs.len(), weights }.probability(signs)
}
