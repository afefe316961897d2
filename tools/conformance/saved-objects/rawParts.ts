import ts from 'typescript';

/** Something in the code that the types do not check. */
export interface RawFinding {
  /** The exported constant that it is in. */
  readonly constant: string;
  readonly what: string;
}

/** What the label maps' doc comments begin with: maps by names that belong to the object itself, each with values of an exact type. */
const LABEL_MAP = /^By (?:label|name|type):/;

/**
 * Finds raw escapes in generated code, by its syntax tree and the library's types, without knowing how the code was made: any
 * call of `raw`, any `as`, any value whose place is typed `any`, `unknown` or by an index signature that is no listed label
 * map, any text that is JSON.
 */
export function rawParts(file: ts.SourceFile, checker: ts.TypeChecker): readonly RawFinding[] {
  const found: RawFinding[] = [];
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (declaration.initializer) visit(declaration.initializer, declaration.name.getText(file));
    }
  }
  return found;

  function visit(node: ts.Node, constant: string): void {
    const say = (what: string): void => void found.push({ constant, what });
    if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) say(`an assertion: ${node.getText(file).slice(0, 60)}`);
    if (ts.isCallExpression(node)) {
      const name = node.expression.getText(file);
      if (name === 'storedObject' || passesOn(checker.getResolvedSignature(node)?.declaration)) return say(`a call of ${name}`);
    }
    if (ts.isStringLiteralLike(node) && isJsonText(node.text)) say(`text that is JSON: ${node.text.slice(0, 60)}`);
    if (ts.isObjectLiteralExpression(node)) {
      const types = partsOf(checker.getContextualType(node));
      if (types.length === 0 || types.some(isLoose)) return say(`an object where ${types.length === 0 ? 'there is no type' : 'anything may stand'}`);
      for (const property of node.properties) {
        const name = property.name && (ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name)) ? property.name.text : undefined;
        if (name !== undefined && !isNamed(types, name)) say(`"${name}" has its place by an index signature only`);
      }
    } else if (ts.isExpression(node) && (ts.isLiteralExpression(node) || ts.isArrayLiteralExpression(node)) && partsOf(checker.getContextualType(node)).some(isLoose)) {
      say(`a value where anything may stand: ${node.getText(file).slice(0, 60)}`);
    }
    ts.forEachChild(node, (child) => visit(child, constant));
  }

  /** A function whose result is whatever type the place wants: `raw`, and others like it. */
  function passesOn(declaration: ts.SignatureDeclaration | ts.JSDocSignature | undefined): boolean {
    if (declaration === undefined || ts.isJSDocSignature(declaration) || declaration.type === undefined) return false;
    const result = checker.getTypeFromTypeNode(declaration.type);
    return [result, ...(result.isIntersection() ? result.types : [])].some(({ flags }) => (flags & ts.TypeFlags.TypeParameter) !== 0);
  }

  function isNamed(types: readonly ts.Type[], name: string): boolean {
    if (types.some((type) => checker.getPropertyOfType(type, name) !== undefined)) return true;
    return types.some((type) => checker.getIndexInfosOfType(type).some(({ declaration }) => isLabelMap(type.aliasSymbol) || isLabelMap(ownerOf(declaration))));
  }

  function ownerOf(declaration: ts.Node | undefined): ts.Symbol | undefined {
    for (let node = declaration; node !== undefined; node = node.parent) {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return checker.getSymbolAtLocation(node.name);
    }
    return undefined;
  }

  function isLabelMap(symbol: ts.Symbol | undefined): boolean {
    return symbol !== undefined && LABEL_MAP.test(ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim());
  }
}

function partsOf(type: ts.Type | undefined): readonly ts.Type[] {
  if (type === undefined) return [];
  return type.isUnion() ? type.types : [type];
}

function isLoose(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) !== 0;
}

/** An object, or a list of objects. A list of numbers is an expression as Vega has them. */
function isJsonText(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return [value].flat().some((each) => typeof each === 'object' && each !== null && Object.keys(each).length > 0);
  } catch {
    return false;
  }
}
