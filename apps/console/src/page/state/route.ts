/** Where the page is: the path's parts and the parameters after the question mark, all inside the URL's hash. */
export interface Route {
  readonly path: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

/** Reads `#/logs?p=apache-*`. Broken escapes are kept as they stand. */
export function parseHash(hash: string): Route {
  const text = hash.replace(/^#/, '');
  const question = text.indexOf('?');
  const pathText = question < 0 ? text : text.slice(0, question);
  const path = pathText.split('/').filter(Boolean).map(decode);
  const params: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(question < 0 ? '' : text.slice(question + 1))) {
    params[name] = value;
  }
  return { path, params };
}

/** The hash of a route; parameters without a value are left out. */
export function formatHash(path: readonly string[], params: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value) search.set(name, value);
  const query = search.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`;
}

/** Parameters that stay when the reader goes from one page to another. */
export const LASTING_PARAMS = ['from', 'to', 'live'] as const;

/** What of `params` goes along to another page. */
export function lastingParams(params: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of LASTING_PARAMS) {
    const value = params[name];
    if (value) kept[name] = value;
  }
  return kept;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
