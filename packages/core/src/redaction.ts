const MASK = '[redacted]';

/** Keys whose values are secrets wherever they stand. */
const SECRET_KEY = /^(?:.*[_.-])?(?:password|passwd|passphrase|secret|token|api[_-]?key|authorization|cookie|credential)s?$/i;

/** `scheme://user:password@host`: what stands between the colon and the at sign. */
const URL_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi;

/** `Authorization: Basic …`, `Bearer …`. */
const AUTH_SCHEME = /\b(Basic|Bearer)\s+[A-Za-z0-9._~+/=-]{8,}/g;

/** Replaces passwords in URLs and credentials after an authentication scheme in one text. */
export function redactText(text: string): string {
  return text.replace(URL_PASSWORD, `$1${MASK}@`).replace(AUTH_SCHEME, `$1 ${MASK}`);
}

/**
 * A deep copy of plain data in which every value under a secret's key is replaced, and every text went through
 * {@link redactText}. Cycles end in `[circular]`.
 */
export function redact(value: unknown): unknown {
  return redactValue(value, new Set());
}

function redactValue(value: unknown, seen: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return '[circular]';
  seen.add(value);
  const copy = Array.isArray(value)
    ? value.map((item) => redactValue(item, seen))
    : Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          SECRET_KEY.test(key) && item !== null && item !== undefined ? MASK : redactValue(item, seen),
        ]),
      );
  seen.delete(value);
  return copy;
}
