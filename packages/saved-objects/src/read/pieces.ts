/** A piece of a text that should be one JSON value, and where it begins. */
export interface Piece {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const STARTS = /^\s*[[{]/u;

/**
 * Whether a text is one JSON value a line. Told by its first two lines with anything on them: an export whose first line is
 * damaged is still one of lines, and a file that is written over many lines has no line that is a value by itself.
 */
export function isLines(head: readonly string[]): boolean {
  const [first, second] = head.filter((line) => line.trim() !== '');
  if (first === undefined || second === undefined) return false;
  return (isValue(first) && STARTS.test(second)) || (isValue(second) && STARTS.test(second) && !/^\s/u.test(second)) || (isValue(first) && !/^\s*[\]}]/u.test(second));
}

function isValue(line: string): boolean {
  if (!STARTS.test(line)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/**
 * The values of a text in which each is written over many lines, one after another, as archives of an index have them. The
 * rest of a text that ends within a value is a piece too, so that its reader says what is wrong with it.
 */
export function documentsOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let line = 1;
  let depth = 0;
  let inText = false;
  let from = -1;
  let fromLine = 1;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\n') line += 1;
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
      continue;
    }
    if (from === -1) {
      if (/\s/u.test(character ?? '')) continue;
      from = at;
      fromLine = line;
    }
    if (character === '"') inText = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth <= 0) {
        pieces.push({ text: text.slice(from, at + 1), line: fromLine });
        from = -1;
        depth = 0;
      }
    }
  }
  if (from !== -1) pieces.push({ text: text.slice(from), line: fromLine });
  return pieces;
}
