/** Control bytes, what turns the direction of writing, separators of lines, and what no XML may hold. */
const DISGUISES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]|\p{Cs}/gu;

/**
 * A text from a log, fit to be shown: what would disguise it is written out, such as `\x1b` or `\u{202e}`. Line ends
 * and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(DISGUISES, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** The same on one line, for names on axes, in legends and in tooltips. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/[\t\n\r]+/g, ' '));
}

/** Text for HTML and SVG: nothing in it is markup, and nothing in it is a disguise. */
export function escapeMarkup(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** At most `length` characters: the middle is left out, because names of pods differ at their end. */
export function squeezed(text: string, length: number): string {
  const chars = [...text];
  if (chars.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${chars.slice(0, length - 1 - end).join('')}…${chars.slice(chars.length - end).join('')}`;
}

/** At most `length` characters, then an ellipsis. */
export function shortened(text: string, length: number): string {
  const chars = [...text];
  return chars.length <= length ? text : `${chars.slice(0, length - 1).join('')}…`;
}
