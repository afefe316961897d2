/** Control and bidirectional formatting characters, which could rewrite a terminal's lines or start an escape. */
const HOSTILE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text from a log or a server, safe to print: what could drive the terminal is shown as `\xHH` or `\u{HHHH}`. */
export function sanitize(text: string): string {
  return text.replace(HOSTILE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
