// Pictures as text that a request can carry. Knows no component.
const MOST_BYTES = 300000; // what a recipe keeps
const LONGEST_SIDE = 1024; // pixels

function sheet(width, height) {
  const canvas = make("canvas", { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) });
  return { canvas, brush: canvas.getContext("2d", { willReadFrequently: true }) };
}

// A canvas with the picture, not larger than `side` pixels.
function onSheet(picture, side = LONGEST_SIDE) {
  const [width, height] = [picture.naturalWidth || picture.width, picture.naturalHeight || picture.height];
  const scale = Math.min(1, side / Math.max(width, height));
  const { canvas, brush } = sheet(width * scale, height * scale);
  brush.fillStyle = "white";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function asText(canvas) {
  for (const [type, quality] of [["image/png"], ["image/webp", 0.96], ["image/webp", 0.85], ["image/jpeg", 0.8], ["image/jpeg", 0.5]]) {
    const blob = await new Promise((done) => canvas.toBlob(done, type, quality));
    if (blob && blob.size <= MOST_BYTES) return textOf(blob);
  }
  return asText(onSheet(canvas, Math.max(canvas.width, canvas.height) * 0.7));
}

const textOf = (blob) =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.readAsDataURL(blob);
  });

async function loaded(source) {
  const image = make("img", { src: source });
  await image.decode();
  return image;
}

const typeOf = (text) => (text.startsWith("iVBOR") ? "png" : text.startsWith("/9j/") ? "jpeg" : "webp");
const pictureOf = (text) => loaded(`data:image/${typeOf(text)};base64,${text}`);
