// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** SHA-1, for name-based UUIDs (RFC 9562) only. */
export function sha1(bytes: Uint8Array): Uint8Array {
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const padded = padToBlocks(bytes);
  for (let offset = 0; offset < padded.byteLength; offset += blockBytes) {
    state = addBlock(state, padded, offset);
  }
  const digest = new DataView(new ArrayBuffer(20));
  state.forEach((word, index) => digest.setUint32(4 * index, word));
  return new Uint8Array(digest.buffer);
}

const blockBytes = 64;

/** The message, a one bit, zeros, and the length in bits as the last 8 bytes of a block. */
function padToBlocks(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / blockBytes);
  const padded = new Uint8Array(blocks * blockBytes);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  return view;
}

function addBlock(
  state: readonly number[],
  block: DataView,
  offset: number,
): number[] {
  // Safe: `state` always holds five words; see `sha1`.
  const [h0, h1, h2, h3, h4] = state as [
    number,
    number,
    number,
    number,
    number,
  ];
  const words = new Uint32Array(80);
  let [a, b, c, d, e] = [h0, h1, h2, h3, h4];
  for (let round = 0; round < 80; round += 1) {
    const word =
      round < 16
        ? block.getUint32(offset + 4 * round)
        : expandedWord(words, round);
    words[round] = word;
    const next = (rotate(a, 5) + roundFunction(round, b, c, d) + e + word) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  return [(h0 + a) | 0, (h1 + b) | 0, (h2 + c) | 0, (h3 + d) | 0, (h4 + e) | 0];
}

function expandedWord(words: Uint32Array, round: number): number {
  // Safe: called from round 16 on, when all four words are set.
  const at = (index: number) => words[index] as number;
  return rotate(
    at(round - 3) ^ at(round - 8) ^ at(round - 14) ^ at(round - 16),
    1,
  );
}

function roundFunction(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The text's bytes in UTF-8; not every Hermes has TextEncoder. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) bytes.push(...encode(character));
  return Uint8Array.from(bytes);
}

function encode(character: string): number[] {
  // Safe: iterating a string yields no empty character.
  const code = character.codePointAt(0) as number;
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), tail(code)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(code >> 6), tail(code)];
  return [0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code)];
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}
