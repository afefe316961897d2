/** Words that cannot name a constant in a module, and names that the written files import. */
const TAKEN: readonly string[] = [
  ...'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield arguments eval undefined NaN Infinity raw savedObjects'.split(' '),
  ...'storedIndexPattern storedSearch storedVisualization storedDashboard storedQuery storedUrl storedConfig storedObject'.split(' '),
];

const LONGEST = 48;

/** Gives out names made from titles, none twice. */
export class Names {
  readonly #given = new Set<string>(TAKEN.map((name) => name.toLowerCase()));

  /** The name of a constant: `Top 10 hosts [Nginx]` is `top10HostsNginx`. A title without a first letter has the type's before it. */
  constant(title: string, type: string): string {
    const words = wordsOf(title);
    if (/^[a-z]/.test(words[0] ?? '')) return this.#unique(joined(words), '');
    const [first = '', ...more] = wordsOf(type);
    return this.#unique(joined([...(/^[a-z]/.test(first) ? [] : ['object']), first, ...more, ...words].filter((word) => word !== '')), '');
  }

  /** The name of a file without its extension: `Top 10 hosts` is `top-10-hosts`. */
  file(title: string, otherwise: string): string {
    return this.#unique(shortened(wordsOf(title), '-') || otherwise, '-');
  }

  #unique(name: string, separator: string): string {
    // File systems may not tell upper case from lower case.
    let unique = name;
    for (let number = 2; this.#given.has(unique.toLowerCase()); number++) unique = `${name}${separator}${number}`;
    this.#given.add(unique.toLowerCase());
    return unique;
  }
}

function wordsOf(title: string): readonly string[] {
  const plain = title.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '');
  return plain
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

function joined([first = '', ...rest]: readonly string[]): string {
  return shortened([first, ...rest.map((word) => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`)], '');
}

function shortened(words: readonly string[], separator: string): string {
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word : `${name}${separator}${word}`;
    if (longer.length > LONGEST) return name === '' ? word.slice(0, LONGEST) : name;
    name = longer;
  }
  return name;
}
