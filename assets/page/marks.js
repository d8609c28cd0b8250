// What is marked on a picture, on a sheet of its own over it. Knows no component.
const HALVES = { middle: [0.25, 0.25, 0.5, 0.5], top: [0, 0, 1, 0.5], bottom: [0, 0.5, 1, 0.5], left: [0, 0, 0.5, 1], right: [0.5, 0, 0.5, 1] };
const MARK = "#c03a26";

// What is white in a picture of a mask, in the colour of marks.
function tint({ canvas, brush }, marks) {
  brush.drawImage(marks, 0, 0, canvas.width, canvas.height);
  const pixels = brush.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < pixels.data.length; i += 4) pixels.data.set([192, 58, 38, pixels.data[i]], i);
  brush.putImageData(pixels, 0, 0);
}

// The marks as a picture of a mask: white on black.
function maskSheet(mask) {
  const { canvas, brush } = sheet(mask.canvas.width, mask.canvas.height);
  brush.drawImage(mask.canvas, 0, 0);
  brush.globalCompositeOperation = "source-in";
  brush.fillStyle = "white";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.globalCompositeOperation = "destination-over";
  brush.fillStyle = "black";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

// Marks a named part of the picture and nothing else; gives whether there is such a part.
function markPart({ canvas, brush }, where) {
  const [x, y, width, height] = HALVES[where] ?? [0, 0, 0, 0];
  brush.clearRect(0, 0, canvas.width, canvas.height);
  brush.fillStyle = MARK;
  brush.fillRect(x * canvas.width, y * canvas.height, width * canvas.width, height * canvas.height);
  return where in HALVES;
}
