/** What one `config :name, …` line of a Logstash plugin says. */
export interface DeclaredOption {
  readonly name: string;
  /** `:validate`, as the type's name or the values that are allowed. */
  readonly validate: string | readonly string[] | undefined;
  readonly list: boolean;
  readonly required: boolean;
  readonly default: string | number | boolean | undefined;
  /** The option to use instead, or `true` where the line names none. */
  readonly replacedBy: string | true | undefined;
}

const CONFIG_LINE = /^\s*(?:\w+\.)?config[\s(]+:(\w+)\s*(?:,|=>|\)|$)/;
const TABLE_LINE = /^\s*:(\w+)\s*=>\s*\{/;
const WORDS = /%[wW][[({]([^\])}]*)[\])}]/;
const LITERAL = /^(?:'[^']*'|"[^"]*"|\d+|true|false)$/;

/** Options that a Ruby source declares: lines `config :name, :validate => …`, and tables of them in mixins (`:name => { :validate => … }`). */
export function declaredOptions(source: string): DeclaredOption[] {
  const lines = source.split('\n').map((line) => line.replace(/\s#\s.*$/, ''));
  const found: DeclaredOption[] = [];
  for (const [at, line] of lines.entries()) {
    if (/^\s*#/.test(line)) continue;
    const declared = CONFIG_LINE.exec(line)?.[1];
    const name = declared ?? (/:validate|:obsolete|\{\s*\}/.test(`${line}${lines[at + 1] ?? ''}`) ? TABLE_LINE.exec(line)?.[1] : undefined);
    if (name === undefined) continue;
    const goesOn = declared === undefined ? (text: string) => !text.includes('}') : (text: string) => /[,{[(]\s*$/.test(text);
    let text = line;
    for (let next = at + 1; next < lines.length && goesOn(text); next++) text += ` ${lines[next]?.trim() ?? ''}`;
    found.push(option(name, text));
  }
  return found;
}

function option(name: string, text: string): DeclaredOption {
  const gone = /:(?:deprecated|obsolete)\s*=>\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/.exec(text);
  return {
    name,
    validate: validation(text),
    list: /:list\s*=>\s*true/.test(text),
    required: /:required\s*=>\s*true/.test(text),
    default: scalar(/:default\s*=>\s*([^,}]+)/.exec(text)?.[1]?.trim() ?? ''),
    replacedBy: gone === null ? (/:(?:deprecated|obsolete)\s*=>/.test(text) ? true : undefined) : (/[`'](\w+)[`']/.exec(gone[1] ?? gone[2] ?? '')?.[1] ?? true),
  };
}

function validation(text: string): string | readonly string[] | undefined {
  const after = /:validate\s*=>\s*(.*)$/.exec(text)?.[1] ?? '';
  const named = /^:(\w+)/.exec(after)?.[1];
  if (named !== undefined) return named;
  const words = WORDS.exec(after);
  if (words?.index === 0) return (words[1] ?? '').split(/\s+/).filter(Boolean);
  if (!after.startsWith('[')) return undefined;
  const inside = after.slice(1, after.indexOf(']'));
  const values = inside.split(',').map((value) => value.trim());
  if (!values.every((value) => LITERAL.test(value))) return undefined;
  return [...new Set(values.map((value) => value.replaceAll(/^['"]|['"]$/g, '')))];
}

/** A literal default; undefined for what only Ruby can work out. */
function scalar(text: string): string | number | boolean | undefined {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const product = /^(\d+)((?:\s*\*\s*\d+)+)$/.exec(text);
  if (product !== null) return text.split('*').reduce((all, factor) => all * Number(factor), 1);
  const quoted = /^(?:"([^"#]*)"|'([^']*)')$/.exec(text);
  return quoted === null ? undefined : (quoted[1] ?? quoted[2]);
}
