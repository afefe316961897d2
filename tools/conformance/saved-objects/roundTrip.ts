import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { decompileSavedObjects, diffSavedObjects, migrateSavedObject, readSavedObjects, type StoredObject } from '../../../packages/saved-objects/src/index.ts';
import { meansTheSame } from './meaning.ts';
import { mutated } from './mutation.ts';
import { rawParts } from './rawParts.ts';

/** One file to try. */
export interface Input {
  /** As a user would say it. */
  readonly file: string;
  readonly text: string;
}

/** What became of one object. */
export interface Tried {
  readonly file: string;
  readonly object: StoredObject;
  /** Why it did not come through; undefined when it did. */
  readonly why?: string;
  /** What the types of its code do not check. */
  readonly raw: readonly string[];
  /** For every 20th object: whether the comparison noticed that one leaf of the original was changed. */
  readonly mutationNoticed?: boolean;
}

/** What became of all. */
export interface RoundTrip {
  readonly tried: readonly Tried[];
  /** What is no saved object, with its place. */
  readonly unread: readonly { readonly file: string; readonly line: number; readonly what: string }[];
}

const LIBRARY = fileURLToPath(new URL('../../../packages/saved-objects', import.meta.url));

/**
 * Takes every object of the files through the whole way: read, migrate, decompile, compile with `tsc --strict`, run, compare
 * with what was read. Each file is decompiled by itself, as a user would do.
 */
export async function roundTrip(inputs: readonly Input[], progress: (step: string) => void = () => {}, signal?: AbortSignal): Promise<RoundTrip> {
  const work = await mkdtemp(join(tmpdir(), 'podscope-decompiled-'));
  try {
    const unread: RoundTrip['unread'][number][] = [];
    const sources: Source[] = [];
    progress(`reading ${inputs.length} files`);
    for (const { file, text } of inputs) {
      const { objects, problems } = readSavedObjects(text, { file });
      unread.push(...problems.map(({ place, what }) => ({ file, line: place.line, what })));
      if (objects.length > 0) sources.push({ file, folder: String(sources.length), size: text.length, objects: objects.map(({ object }) => migrateSavedObject(object)) });
    }
    const total = sources.reduce((sum, { objects }) => sum + objects.length, 0);
    await mkdir(join(work, 'node_modules', '@podscope'), { recursive: true });
    await symlink(LIBRARY, join(work, 'node_modules', '@podscope', 'saved-objects'));
    await writeFile(join(work, 'package.json'), '{ "type": "module" }');
    const tried: Tried[] = [];
    for (const batch of batchesOf(sources)) {
      const last = tried.length + batch.reduce((sum, { objects }) => sum + objects.length, 0);
      const part = `objects ${tried.length + 1} to ${last} of ${total}`;
      const failures = new Map<Source, string>();
      progress(`writing the code of ${part}`);
      for (const source of batch) {
        try {
          await writeSource(work, source);
        } catch (error) {
          failures.set(source, `cannot be decompiled: ${messageOf(error)}`);
        }
        signal?.throwIfAborted();
      }
      progress(`compiling ${part}`);
      const compiled = compile(work, batch.filter((source) => !failures.has(source)));
      signal?.throwIfAborted();
      progress(`running ${part}`);
      const results = await run(work, batch, signal);
      for (const source of batch) {
        tried.push(...compare(source, tried.length, failures.get(source), compiled, results.get(source.folder)));
        await rm(join(work, source.folder), { recursive: true, force: true });
      }
    }
    return { tried, unread };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Source {
  readonly file: string;
  readonly folder: string;
  /** Characters. */
  readonly size: number;
  readonly objects: readonly StoredObject[];
}

/** Characters of exports in one program: the compiler holds all of it. */
const BATCH = 16 * 1024 * 1024;

function batchesOf(sources: readonly Source[]): readonly (readonly Source[])[] {
  const batches: Source[][] = [];
  let size = Infinity;
  for (const source of sources) {
    if (size + source.size > BATCH) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(source);
    size += source.size;
  }
  return batches;
}

async function writeSource(work: string, { folder, objects }: Source): Promise<void> {
  for (const { path, text } of decompileSavedObjects(objects).files) {
    const file = join(work, folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** What the compiler says, by folder and constant. */
interface Compiled {
  readonly errors: ReadonlyMap<string, string>;
  readonly raw: ReadonlyMap<string, readonly string[]>;
  /** The constants of a folder, by type and id. */
  readonly constants: ReadonlyMap<string, string>;
}

function compile(work: string, sources: readonly Source[]): Compiled {
  const program = ts.createProgram(
    sources.map(({ folder }) => join(work, folder, 'index.ts')),
    {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      customConditions: ['@podscope/source'],
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      exactOptionalPropertyTypes: true,
      types: [],
    },
  );
  const checker = program.getTypeChecker();
  const errors = new Map<string, string>();
  const raw = new Map<string, string[]>();
  const constants = new Map<string, string>();
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.startsWith(`${work}/`) || file.fileName.includes('/node_modules/')) continue;
    const folder = file.fileName.slice(work.length + 1).split('/')[0] ?? '';
    const spans = spansOf(file);
    for (const { key, constant } of spans) constants.set(`${folder}:${key}`, constant);
    for (const { start, messageText } of [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]) {
      const span = spans.find(({ from, to }) => start !== undefined && start >= from && start < to);
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      errors.set(`${folder}:${span?.constant ?? '*'}`, text.slice(0, 400));
    }
    for (const { constant, what } of rawParts(file, checker)) raw.set(`${folder}:${constant}`, [...(raw.get(`${folder}:${constant}`) ?? []), what]);
  }
  return { errors, raw, constants };
}

/** The exported constants of a file, and which object each makes: the texts before its attributes are its type and id, or its id. */
function spansOf(file: ts.SourceFile): readonly { readonly constant: string; readonly key: string; readonly from: number; readonly to: number }[] {
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const [declaration] = statement.declarationList.declarations;
    const call = declaration?.initializer;
    if (declaration === undefined || call === undefined || !ts.isCallExpression(call)) return [];
    const texts = call.arguments.filter(ts.isStringLiteralLike).map(({ text }) => text);
    return [{ constant: declaration.name.getText(file), key: texts.at(-1) ?? '', from: statement.getStart(file), to: statement.end }];
  });
}

interface Ran {
  readonly objects?: readonly StoredObject[];
  readonly constants?: Readonly<Record<string, string>>;
  readonly error?: string;
}

const RUNNER = `
import { readdirSync, writeFileSync } from 'node:fs';
const results = {};
for (const folder of process.argv.slice(2)) {
  try {
    const { savedObjects } = await import('./' + folder + '/index.ts');
    const constants = {};
    for (const file of readdirSync(folder)) {
      if (file === 'index.ts') continue;
      for (const [name, { object }] of Object.entries(await import('./' + folder + '/' + file))) constants[name] = object.type + ':' + object.id;
    }
    results[folder] = { objects: savedObjects.objects, constants };
  } catch (error) {
    results[folder] = { error: String(error?.message ?? error) };
  }
}
writeFileSync('results.json', JSON.stringify(results));
`;

async function run(work: string, batch: readonly Source[], signal: AbortSignal | undefined): Promise<ReadonlyMap<string, Ran>> {
  await writeFile(join(work, 'run.mjs'), RUNNER);
  const child = spawn(process.execPath, ['--conditions=@podscope/source', '--no-warnings', '--max-old-space-size=4096', 'run.mjs', ...batch.map(({ folder }) => folder)], { cwd: work, stdio: ['ignore', 'ignore', 'pipe'], ...(signal ? { signal } : {}) });
  let said = '';
  child.stderr.on('data', (text) => (said = `${said}${String(text)}`.slice(-2_000)));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error(`The generated code could not be run (exit code ${code}): ${said}`);
  return new Map(Object.entries(JSON.parse(await readFile(join(work, 'results.json'), 'utf8')) as Record<string, Ran>));
}

/** One leaf of every so many originals is changed, to try the comparison. */
const MUTATED = 20;

/** `first` is the number of the source's first object among all. */
function compare(source: Source, first: number, failure: string | undefined, compiled: Compiled, ran: Ran | undefined): readonly Tried[] {
  return source.objects.map((object, index): Tried => {
    const constant = constantOf(object, ran);
    const raw = constant === undefined ? [] : (compiled.raw.get(`${source.folder}:${constant}`) ?? []);
    const other = ran?.objects?.[index];
    const why = failure ?? compiled.errors.get(`${source.folder}:${constant}`) ?? compiled.errors.get(`${source.folder}:*`) ?? ran?.error ?? differenceOf(object, other);
    const number = first + index;
    const change = number % MUTATED === 0 && other !== undefined && why === undefined ? mutated(object, number * 7919 + 13) : undefined;
    return {
      file: source.file,
      object,
      raw,
      ...(why === undefined ? {} : { why }),
      ...(change === undefined || other === undefined ? {} : { mutationNoticed: !meansTheSame(change, other) }),
    };
  });
}

function constantOf({ type, id }: StoredObject, ran: Ran | undefined): string | undefined {
  return Object.entries(ran?.constants ?? {}).find(([, key]) => key === `${type}:${id}`)?.[0];
}

function differenceOf(object: StoredObject, other: StoredObject | undefined): string | undefined {
  if (other === undefined) return 'was not made again';
  if (meansTheSame(object, other)) return undefined;
  const [first] = diffSavedObjects([object], [other]).flatMap(({ differences }) => differences);
  return first === undefined ? 'is not the same' : `differs at ${first.path}: ${JSON.stringify(first.before)?.slice(0, 80)} became ${JSON.stringify(first.after)?.slice(0, 80)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
