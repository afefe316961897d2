import { relaxedJson } from './relaxedJson.ts';

/** A request as it is written for the console of Dashboards or Kibana: method and path on a line, the body below. */
export interface WrittenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

const LINE = /^(?:GET|HEAD|POST|PUT|DELETE|PATCH) +(\S+)[ \t]*$/u;

/** Whether a text is written in that form. */
export function hasRequests(text: string): boolean {
  const first = text.split('\n').map((line) => line.trim()).find((line) => line !== '' && !/^(?:#|\/\/)/u.test(line));
  return first !== undefined && LINE.test(first);
}

/**
 * The requests that have one body, in their order.
 *
 * @throws SyntaxError when a body is no JSON.
 */
export function readRequests(text: string): readonly WrittenRequest[] {
  const requests: { method: string; path: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const [, path] = LINE.exec(line.trim()) ?? [];
    if (path === undefined) requests.at(-1)?.lines.push(line);
    else requests.push({ method: line.trim().split(' ')[0] ?? '', path, lines: [] });
  }
  return requests.flatMap(({ method, path, lines }) => {
    const body = lines.join('\n').trim();
    // Lines for _bulk and _msearch are no one body.
    if (body === '' || /\/?_(?:bulk|msearch)\b/u.test(path)) return [];
    return [{ method, path, body: relaxedJson(body).value }];
  });
}
