/**
 * Patterns of tags, as lib/fluent/match.rb of Fluentd 1.18 reads them: `*` is one part, `**` any number of parts, `{a,b}` either, and
 * several patterns stand apart by spaces.
 */
export function tagMatcher(pattern: string): (tag: string) => boolean {
  const expressions = patternsIn(pattern).map(expressionOf);
  return (tag) => expressions.some((expression) => expression === undefined || expression.test(tag));
}

/** The patterns in the text of a match or filter. An empty text is `**`. */
export function patternsIn(pattern: string): readonly string[] {
  const patterns: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of pattern.trim()) {
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    if (/\s/.test(char) && depth <= 0) {
      if (current !== '') patterns.push(current);
      current = '';
    } else current += char;
  }
  if (current !== '') patterns.push(current);
  return patterns.length === 0 ? ['**'] : patterns;
}

/** True when what a pattern takes can't be known here: Ruby in it. */
export function isUnknownPattern(pattern: string): boolean {
  return pattern.includes('#{');
}

/** More wildcards than a person writes take a matcher for ever. */
const MOST_WILDCARDS = 6;
const MOST_SAMPLES = 64;

/**
 * Undefined for what may match anything: a regular expression of Ruby that JavaScript doesn't know, one that repeats a group (which may
 * take for ever), and a pattern of very many wildcards.
 */
function expressionOf(pattern: string): RegExp | undefined {
  if (/^\/.*\/$/.test(pattern)) {
    if (/\)[*+{?]/.test(pattern)) return undefined;
    try {
      return new RegExp(pattern.slice(1, -1).replaceAll('\\A', '^').replaceAll('\\z', '$'));
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
  return (pattern.match(/\*+/g) ?? []).length > MOST_WILDCARDS ? undefined : new RegExp(`^${globOf(pattern)}$`);
}

function globOf(pattern: string): string {
  let written = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] as string;
    if (char === '*' && pattern[at + 1] === '*') {
      at += 1;
      // `a.**` takes `a` too, and `**.b` takes `b`.
      if (written.endsWith('\\.')) written = `${written.slice(0, -2)}(?:\\..*)?`;
      else if (pattern[at + 1] === '.') {
        written += '(?:.*\\.)?';
        at += 1;
      } else written += '.*';
    } else if (char === '*') written += '[^.]*';
    else if (char === '{') {
      const end = pattern.indexOf('}', at);
      if (end < 0) return `${written}\\{`;
      written += `(?:${pattern.slice(at + 1, end).split(',').map((each) => globOf(each.trim())).join('|')})`;
      at = end;
    } else written += char.replace(/[.+?^$()|[\]\\/}]/, '\\$&');
  }
  return written;
}

/** Tags that a pattern takes, with parts that no other pattern names; none where they would be too many. */
export function samplesOf(pattern: string): readonly string[] {
  const choices = (pattern.match(/\{[^}]*\}/g) ?? []).reduce((product, each) => product * each.split(',').length, 1);
  if (choices > MOST_SAMPLES) return [];
  return patternsIn(pattern).flatMap((each) => {
    if (/^\/.*\/$/.test(each)) return [];
    const choices = /\{([^}]*)\}/.exec(each);
    if (choices !== null) return (choices[1] as string).split(',').flatMap((choice) => samplesOf(each.replace(choices[0], () => choice.trim())));
    if (!each.includes('**')) return [each.replaceAll('*', 'zq7')];
    return ['', 'zq7', 'zq7.zq8'].map((filling) => each.replaceAll('**', filling).replaceAll('*', 'zq9').replaceAll(/\.\.+/g, '.').replaceAll(/^\.|\.$/g, '')).filter((tag) => tag !== '');
  });
}

/** True when `earlier` takes every tag that `later` takes. */
export function covers(earlier: string, later: string): boolean {
  if (isUnknownPattern(earlier) || isUnknownPattern(later)) return false;
  const samples = samplesOf(later);
  if (samples.length === 0) return patternsIn(earlier).includes('**') || patternsIn(later).every((each) => patternsIn(earlier).includes(each));
  const matches = tagMatcher(earlier);
  return samples.every(matches) && patternsIn(later).every((each) => !/^\/.*\/$/.test(each) || patternsIn(earlier).includes('**'));
}
