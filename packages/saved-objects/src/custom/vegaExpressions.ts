const NAMES = 'window document global globalThis top parent frames self constructor eval Function setTimeout setInterval setImmediate execScript atob btoa'.split(' ');
const MEMBERS = (
  'ownerDocument defaultView contentDocument contentWindow view innerHTML outerHTML insertAdjacentHTML createElement createElementNS getElementById ' +
  'getElementsByClassName getElementsByTagName querySelector querySelectorAll __proto__ prototype constructor'
).split(' ');

const TEXT = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/gu;
/** A name by itself: no member, and no name of one in an object. */
const NAME = new RegExp(`(?<![\\w$.])(${NAMES.join('|')})(?![\\w$])(?!\\s*:)`, 'u');
const MEMBER = new RegExp(`\\.\\s*(${MEMBERS.join('|')})(?![\\w$])`, 'u');
const QUOTED_MEMBER = new RegExp(`[\\w$)\\]]\\s*\\[\\s*(?:'(${MEMBERS.join('|')})'|"(${MEMBERS.join('|')})")\\s*\\]`, 'u');
/** A member in brackets whose name is neither a text, a number nor a signal. */
const MADE_UP_MEMBER = /[\w$)\]]\s*\[(?!\s*(?:[\w$]+|'')\s*\])/u;

/**
 * What newer OpenSearch Dashboards refuse of an expression, or undefined. After
 * src/plugins/vis_type_vega/public/data_model/vega_validation.ts, which looks at every `expr`, `update`, `test`, `calculate`,
 * `filter` and `signal`.
 */
export function refusedIn(expression: string): string | undefined {
  const bare = expression.replaceAll(TEXT, "''");
  const name = NAME.exec(bare)?.[1];
  if (name !== undefined) return `names "${name}"`;
  const member = MEMBER.exec(bare)?.[1] ?? QUOTED_MEMBER.exec(expression)?.slice(1).find((each) => each !== undefined);
  if (member !== undefined) return `reads the member "${member}"`;
  return MADE_UP_MEMBER.test(bare) ? 'makes up the name of a member' : undefined;
}
