// Prints where the SSD of @vladmandic/face-api sees faces in pictures: a line a picture, `x,y,width,height` a face.
//
// Pictures are binary PPM, as the test writes them. The first argument is the folder that `npm ci` filled from
// package.json; the net runs as WebAssembly, so that nothing native is needed.

const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [home, ...pictures] = process.argv.slice(2);
const need = createRequire(path.join(path.resolve(home), 'package.json'));
const wasm = need('@tensorflow/tfjs-backend-wasm');
const faceapi = need('@vladmandic/face-api/dist/face-api.node-wasm.js');

function read(file) {
  const bytes = fs.readFileSync(file);
  const head = /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', 0, 40));
  if (!head) throw new Error(`${file}: not a binary PPM of 8 bits`);
  const [width, height] = [Number(head[1]), Number(head[2])];
  return faceapi.tf.tensor3d(new Uint8Array(bytes.subarray(head[0].length)), [height, width, 3], 'int32');
}

async function main() {
  wasm.setWasmPaths(path.dirname(need.resolve('@tensorflow/tfjs-backend-wasm')) + path.sep);
  await faceapi.tf.setBackend('wasm');
  await faceapi.tf.ready();
  const weights = path.join(path.dirname(need.resolve('@vladmandic/face-api/package.json')), 'model');
  await faceapi.nets.ssdMobilenetv1.loadFromDisk(weights);
  const options = new faceapi.SsdMobilenetv1Options({ minConfidence: 0.5 });
  for (const file of pictures) {
    const picture = read(file);
    const faces = await faceapi.detectAllFaces(picture, options);
    picture.dispose();
    console.log(faces.map(({ box }) => [box.x, box.y, box.width, box.height].join(',')).join(' '));
  }
}

main().catch((error) => {
  console.error(String(error));
  process.exitCode = 1;
});
