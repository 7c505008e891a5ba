/** Pictures to take away: SVG as drawn, PNG at twice its size, both on the ground of the page. */
import { colour } from "./palette.js";
import { make, say } from "./site.js";

/** Offer a blob under a file name. */
function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Draw an SVG text on a canvas and return it as a PNG blob. */
async function rasterise(svg, scale = 2) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(image.src);
  }
  const canvas = make("canvas", { width: image.width * scale, height: image.height * scale });
  const context = canvas.getContext("2d");
  context.fillStyle = colour("ground");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/**
 * Return the two buttons under a picture. *draw* gives its SVG text, or a promise of it, with `xmlns`, `width` and
 * `height` and no reference to anything outside; *drawPng* gives a PNG blob where the SVG is not the best source.
 */
export function takeAway(name, draw, drawPng = async () => rasterise(await draw())) {
  const svg = async () => save(new Blob([await draw()], { type: "image/svg+xml" }), `${name}.svg`);
  const png = async () => save(await drawPng(), `${name}.png`);
  return make(
    "p",
    { class: "downloads", "data-picture": name },
    make("span", {}, say("take-picture")),
    make("button", { type: "button", class: "format", onclick: svg }, "SVG"),
    make("button", { type: "button", class: "format", onclick: png }, "PNG"),
  );
}
