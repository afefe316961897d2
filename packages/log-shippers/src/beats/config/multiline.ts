import type { MultilineLanguage } from '../../sources/sources.ts';

/** Lines that go on with a stack trace, by language, as RE2 (which Beats use) takes them. */
const CONTINUED: Readonly<Record<MultilineLanguage, readonly string[]>> = {
  java: ['^[ \\t]+(at|\\.{3}|Suppressed:)[ \\t]', '^Caused by:', '^[ \\t]+\\.{3} \\d+ (more|common frames omitted)'],
  // The last line stands at the margin again: a name of an exception, without dots or with a lower-case module before it.
  python: ['^[ \\t]+', '^Traceback \\(most recent call last\\):', '^[A-Za-z_]\\w*(Error|Exception|Warning|Interrupt|Exit|Iteration)(:|$)', '^During handling of the above exception', '^The above exception was the direct cause'],
  go: ['^goroutine \\d+ \\[', '^\\t', '^created by ', '^\\[signal ', '^[\\w./*()-]+\\.[\\w.*()-]+\\(.*\\)$', '^exit status \\d+$', '^$'],
  ruby: ['^[ \\t]+from ', '^[ \\t]+\\d+: from ', '^\\tfrom '],
};

/** The multiline settings that join stack traces of these languages. */
export function multilineOf(languages: readonly MultilineLanguage[] | undefined) {
  if (languages === undefined || languages.length === 0) return {};
  const continued = languages.flatMap((language) => CONTINUED[language]);
  return {
    'multiline.type': 'pattern', 'multiline.pattern': [...new Set(continued)].join('|'), 'multiline.negate': false, 'multiline.match': 'after', 'multiline.max_lines': 1000, 'multiline.timeout': '5s',
  } as const;
}
