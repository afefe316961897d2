/** What has to be escaped in a JSON text: control characters, backslash, quote, and lone surrogates. */
const NEEDS_ESCAPE = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** `text` as a JSON string. Cheaper than `JSON.stringify` for the short plain texts that log lines are made of. */
export function jsonText(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}
