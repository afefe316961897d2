/** The letters of generated Kubernetes names: no vowels, nothing that looks like another letter. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const HEX = '0123456789abcdef';

/** A text drawn from a generator's state, and the state after it (mulberry32). */
export interface Drawn {
  readonly text: string;
  readonly random: number;
}

function draw(random: number, letters: string, length: number): Drawn {
  let state = random;
  let text = '';
  for (let index = 0; index < length; index++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    text += letters[((mixed ^ (mixed >>> 14)) >>> 0) % letters.length];
  }
  return { text, random: state };
}

/** The suffix of a generated pod name: five letters by default. */
export function drawSuffix(random: number, length = 5): Drawn {
  return draw(random, LETTERS, length);
}

/** A container's id: 64 hexadecimal digits, as container runtimes write them. */
export function drawContainerId(random: number): Drawn {
  return draw(random, HEX, 64);
}

/** A number to start a generator with, from any text (FNV-1a). */
export function randomFrom(seed: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  return hash | 0;
}
