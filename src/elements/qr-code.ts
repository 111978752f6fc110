/**
 * A QR code for receipts (ISO/IEC 18004): byte mode, error correction level M, versions 1 to 20. Written here because a
 * general encoder is a sixth of the whole script's size. The mask is always pattern 0: readers take any of the eight,
 * and choosing one only helps print that is worse than a screen.
 */

/** Table 9, level M: error correction codewords per block, and the number of blocks, by version. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

/** Table C.1 for level M and mask 0. */
const FORMAT = 0x5412;

/** Rows from the top, true for dark; undefined for a text of more than 666 bytes. */
export function qrCode(text: string): boolean[][] | undefined {
  const bytes = new TextEncoder().encode(text);
  const version = BLOCKS.findIndex((_, i) => dataLength(i + 1) >= bytes.length + lengthBytes(i + 1)) + 1;
  return version === 0 ? undefined : drawn(version, interleaved(version, encoded(version, bytes)));
}

/** Mode and length, rounded up to bytes. */
function lengthBytes(version: number): number {
  return version < 10 ? 2 : 3;
}

/** All codewords of a version: what is left of the square by its fixed patterns. */
function totalLength(version: number): number {
  const alignments = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const aligned = version === 1 ? 0 : (25 * alignments - 10) * alignments - 55;
  return ((16 * version + 128) * version + 64 - aligned - (version < 7 ? 0 : 36)) >> 3;
}

function dataLength(version: number): number {
  return totalLength(version) - CORRECTION[version - 1]! * BLOCKS[version - 1]!;
}

function encoded(version: number, bytes: Uint8Array): number[] {
  const length = lengthBytes(version) === 2 ? [bytes.length] : [bytes.length >> 8, bytes.length & 255];
  // The mode takes four bits, so that every byte after it lies across two; the terminator fills the last one.
  const halves = [4, ...[...length, ...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const codewords = halves.flatMap((half, i) => (i % 2 ? [] : [(half << 4) | halves[i + 1]!]));
  const padding = dataLength(version) - codewords.length;
  return [...codewords, ...Array.from({ length: padding }, (_, i) => (i % 2 ? 0x11 : 0xec))];
}

/** Blocks of data, each with its correction, dealt out one codeword at a time. */
function interleaved(version: number, data: number[]): number[] {
  const count = BLOCKS[version - 1]!;
  const correction = CORRECTION[version - 1]!;
  const short = Math.floor(data.length / count);
  const longFrom = count - (data.length % count);
  const blocks = Array.from({ length: count }, (_, i) => {
    const start = i * short + Math.max(0, i - longFrom);
    return data.slice(start, start + short + (i < longFrom ? 0 : 1));
  });
  const deal = (rows: number[][]): number[] =>
    Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, i) =>
      rows.flatMap((row) => row[i] ?? []),
    ).flat();
  const divisor = generator(correction);
  return [...deal(blocks), ...deal(blocks.map((block) => remainder(block, divisor)))];
}

/** The product of (x − 2ⁱ), without its leading 1. */
function generator(degree: number): number[] {
  let polynomial = [1];
  for (let i = 0, root = 1; i < degree; i += 1, root = multiply(root, 2)) {
    const before = polynomial;
    polynomial = [...before, 0].map((factor, j) => factor ^ multiply(before[j - 1] ?? 0, root));
  }
  return polynomial.slice(1);
}

function remainder(block: number[], divisor: number[]): number[] {
  let rest = divisor.map(() => 0);
  for (const codeword of block) {
    const factor = codeword ^ rest[0]!;
    rest = divisor.map((coefficient, i) => (rest[i + 1] ?? 0) ^ multiply(coefficient, factor));
  }
  return rest;
}

/** In the field of 256 elements, modulo x⁸ + x⁴ + x³ + x² + 1. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> bit) & 1) * a);
  }
  return product;
}

function drawn(version: number, codewords: number[]): boolean[][] {
  const size = 17 + 4 * version;
  const last = size - 7;
  const rows = Array.from({ length: size }, () => new Array<boolean | undefined>(size));
  const set = (x: number, y: number, dark: boolean): void => {
    if (x >= 0 && y >= 0 && x < size && y < size) rows[y]![x] ??= dark;
  };
  const rings = (x: number, y: number, radius: number, light: number[]): void => {
    for (let dy = -radius; dy <= radius; dy += 1) {
      for (let dx = -radius; dx <= radius; dx += 1) {
        set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  };
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    rings(x, y, 4, [2, 4]);
  }
  const centres = alignments(version, last);
  for (const x of centres) {
    for (const y of centres) {
      const inCorner = (x === 6 && (y === 6 || y === last)) || (x === last && y === 6);
      if (!inCorner) rings(x, y, 2, [1]);
    }
  }
  for (let i = 8; i < size - 8; i += 1) {
    set(i, 6, i % 2 === 0);
    set(6, i, i % 2 === 0);
  }
  format(size, set);
  if (version > 6) versionInformation(version, size, set);
  fill(rows, codewords);
  return rows as boolean[][];
}

type Set = (x: number, y: number, dark: boolean) => void;

/** Where the centres of the small squares lie, in both directions. */
function alignments(version: number, last: number): number[] {
  if (version === 1) return [];
  const gaps = Math.floor(version / 7) + 1;
  const step = Math.ceil((last - 6) / gaps / 2) * 2;
  return [6, ...Array.from({ length: gaps }, (_, i) => last - i * step)];
}

function format(size: number, set: Set): void {
  for (let i = 0; i < 15; i += 1) {
    const dark = ((FORMAT >> i) & 1) === 1;
    // Around the first corner, past the line of dots; and along the other two.
    if (i < 8) set(8, i < 6 ? i : i + 1, dark);
    else set(i === 8 ? 7 : 14 - i, 8, dark);
    if (i < 8) set(size - 1 - i, 8, dark);
    else set(8, size - 15 + i, dark);
  }
  set(8, size - 8, true);
}

function versionInformation(version: number, size: number, set: Set): void {
  let rest = version;
  for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  for (let i = 0; i < 18; i += 1) {
    const dark = ((((version << 12) | rest) >> i) & 1) === 1;
    const [along, across] = [size - 11 + (i % 3), Math.floor(i / 3)];
    set(along, across, dark);
    set(across, along, dark);
  }
}

/** From the lower right, two columns at a time, up and down by turns, wherever nothing stands yet. */
function fill(rows: (boolean | undefined)[][], codewords: number[]): void {
  const size = rows.length;
  let bit = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5; // the line of dots has its column to itself
    for (let i = 0; i < size; i += 1) {
      const y = up ? size - 1 - i : i;
      const row = rows[y]!;
      for (const x of [right, right - 1]) {
        if (row[x] !== undefined) continue;
        const dark = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        row[x] = dark !== ((x + y) % 2 === 0);
        bit += 1;
      }
    }
  }
}
