// A greyscale PNG from a function of the pixel: enough to draw a made-up steel plate.
import { deflateSync } from "node:zlib";

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "ascii"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

export function png(width, height, shade) {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = Math.max(0, Math.min(255, Math.round(shade(x, y))));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A rolled steel plate with a scratch, a crack and some pits, different for each seed. */
export function steel(seed, width = 960, height = 600) {
  const noise = (x, y) => {
    const v = Math.sin(x * 12.9898 + y * 78.233 + seed * 37.719) * 43758.5453;
    return v - Math.floor(v);
  };
  const sx = 140 + ((seed * 97) % 300);
  const sy = 150 + ((seed * 53) % 120);
  return png(width, height, (x, y) => {
    let v = 138 + 10 * Math.sin(y / 2.1 + Math.sin(x / 90)) + 14 * (noise(0, y) - 0.5) + 12 * (noise(x, y) - 0.5);
    v += 18 * Math.sin((x + y * 0.3) / 330 + seed);
    const along = (x - sx) / 360;
    if (
      along > 0 &&
      along < 1 &&
      Math.abs(y - sy - 26 * along - 3 * Math.sin(along * 9)) < 2.4 * Math.sin(Math.PI * along)
    )
      v += 74;
    const down = (y - 300) / 170;
    if (
      down > 0 &&
      down < 1 &&
      Math.abs(x - 690 - 22 * Math.sin(down * 8 + seed) - 10 * noise(0, Math.floor(y / 6))) < 3
    )
      v -= 92;
    for (let k = 0; k < 7; k += 1) {
      const px = 250 + ((seed * 31 + k * 67) % 190);
      const py = 420 + ((seed * 17 + k * 41) % 110);
      if ((x - px) ** 2 + (y - py) ** 2 < 26 + 9 * (k % 3)) v -= 58;
    }
    return v;
  });
}
