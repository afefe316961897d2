import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PublicName, publicNames } from './declarations.ts';
import { shippersPage } from './shippers.ts';

/** The repository's root. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The first line of every generated page. */
export const GENERATED = '<!-- Generated from doc comments by "npm run reference". Do not edit. -->';

interface Entry {
  /** What a user imports. */
  readonly specifier: string;
  /** The source file, from the root. */
  readonly source: string;
}

interface Published {
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly entries: readonly Entry[];
}

async function publishedPackages(): Promise<readonly Published[]> {
  const found: Published[] = [];
  for (const parent of ['packages', 'apps']) {
    for (const child of (await readdir(join(root, parent))).sort()) {
      const folder = `${parent}/${child}`;
      const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as { name: string; description: string; private?: boolean; exports: Record<string, unknown> };
      if (manifest.private === true) continue;
      const entries = Object.entries(manifest.exports).flatMap(([path, target]) => {
        const source = typeof target === 'object' && target !== null ? (target as Record<string, string>)['@podscope/source'] : undefined;
        return source === undefined ? [] : [{ specifier: join(manifest.name, path), source: join(folder, source) }];
      });
      found.push({ folder, name: manifest.name, description: manifest.description, entries });
    }
  }
  return found;
}

/** A doc comment as Markdown: links become code, each tag a line. */
function markdown(comment: string): string {
  return comment
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/(?:^|\s+)@(throws|default|param|returns)\s+/g, (_match, tag: string) => `\n\n*${tag === 'param' ? 'parameter' : tag}:* `)
    .replace(/^@example\s*/gm, '')
    .trim();
}

function section({ name, declaration, comment }: PublicName): string {
  return [`### ${name}`, ...(comment === '' ? [] : [markdown(comment)]), `\`\`\`ts\n${declaration}\n\`\`\``].join('\n\n');
}

/** Every page of the reference by its file name in docs/reference, and the names that have no doc comment. */
export async function referencePages(): Promise<{ readonly pages: ReadonlyMap<string, string>; readonly undocumented: readonly string[] }> {
  const packages = await publishedPackages();
  const names = publicNames(root, packages.flatMap(({ entries }) => entries.map(({ source }) => source)));
  const pages = new Map<string, string>();
  const undocumented: string[] = [];
  for (const { folder, name, description, entries } of packages) {
    const parts = [GENERATED, `# ${name}`, `${description}. What it is for and how to begin: [its README](../../${folder}/README.md).`];
    for (const { specifier, source } of entries) {
      const found = names.get(source) ?? [];
      undocumented.push(...found.filter(({ comment }) => comment === '').map((each) => `${specifier}: ${each.name}`));
      for (const [kind, title] of [['value', 'Functions and values'], ['type', 'Types']] as const) {
        const sections = found.filter((each) => each.kind === kind).map(section);
        if (sections.length > 0) parts.push(`## ${title} of \`${specifier}\``, ...sections);
      }
    }
    pages.set(`${name.slice('@podscope/'.length)}.md`, `${parts.join('\n\n')}\n`);
  }
  pages.set('shippers.md', shippersPage(GENERATED));
  const list = packages.map(({ name, description }) => `- [${name}](${name.slice('@podscope/'.length)}.md): ${description}`);
  pages.set('README.md', `${[GENERATED, '# Reference', 'The public names of each package, out of their doc comments:', list.join('\n'), 'Besides: [the commands](commands.md), [what goes with what](shippers.md) of the shippers, [the environment variables](environment.md), and [a page for each error code](../errors).'].join('\n\n')}\n`);
  return { pages, undocumented };
}
