import { join } from 'node:path';
import ts from 'typescript';

/** One public name of a package's entry. */
export interface PublicName {
  readonly name: string;
  readonly kind: 'value' | 'type';
  /** Its declaration, as it is published. */
  readonly declaration: string;
  /** Its doc comment, without stars. Empty where it has none. */
  readonly comment: string;
}

function compilerOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) => ts.sys.readFile(path)) as { config: { compilerOptions: Record<string, unknown> } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true }, root);
  return { ...options, typeRoots: [join(root, 'node_modules/@types')] };
}

function commentOf(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).findLast((each) => ts.isJSDoc(each));
  if (!comment) return '';
  const lines = comment.getText().replace(/^\/\*\*/, '').replace(/\*\/$/, '').split('\n');
  return lines.map((line) => line.replace(/^\s*\* ?/, '').trimEnd()).join('\n').trim();
}

function isNamed(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.some((each) => each.name.getText() === name);
  const declared = statement as ts.Statement & { readonly name?: ts.Node };
  return declared.name?.getText() === name;
}

/** A declaration longer than this is shown as the compiler shows types in messages: with the middle left out. */
const LONGEST = 2_000;

/** The public names of each entry file, in alphabetical order, with their declarations as the compiler emits them. */
export function publicNames(root: string, entries: readonly string[]): ReadonlyMap<string, readonly PublicName[]> {
  const program = ts.createProgram(entries.map((entry) => join(root, entry)), compilerOptions(root));
  const checker = program.getTypeChecker();
  const emitted = new Map<string, ts.SourceFile>();

  function declarationFile(source: ts.SourceFile): ts.SourceFile {
    const known = emitted.get(source.fileName);
    if (known) return known;
    let text = '';
    program.emit(source, (_file, content) => (text = content), undefined, true);
    const file = ts.createSourceFile(`${source.fileName}.d.ts`, text, ts.ScriptTarget.Latest, true);
    emitted.set(source.fileName, file);
    return file;
  }

  function describe(symbol: ts.Symbol): PublicName {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const source = target.declarations?.[0]?.getSourceFile();
    const statements = source ? declarationFile(source).statements.filter((statement) => isNamed(statement, target.name)) : [];
    if (statements.length === 0) throw new Error(`${symbol.name} has no declaration.`);
    const whole = statements.map((statement) => statement.getText().replace(/^export (?:declare )?/, '').replaceAll('    ', '  ')).join('\n');
    const isValue = (target.flags & ts.SymbolFlags.Value) !== 0;
    return {
      name: symbol.name,
      kind: isValue ? 'value' : 'type',
      declaration: isValue && whole.length > LONGEST ? `const ${target.name}: ${checker.typeToString(checker.getTypeOfSymbol(target))};` : whole,
      comment: statements.map(commentOf).find((comment) => comment !== '') ?? '',
    };
  }

  return new Map(
    entries.map((entry) => {
      const file = program.getSourceFile(join(root, entry));
      const module = file && checker.getSymbolAtLocation(file);
      if (!module) throw new Error(`${entry} is no module.`);
      const names = checker.getExportsOfModule(module).map(describe);
      return [entry, names.toSorted((one, other) => (one.name < other.name ? -1 : 1))];
    }),
  );
}
