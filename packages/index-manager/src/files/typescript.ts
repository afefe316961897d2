import { PodscopeError } from '@podscope/core';
import type { IndexSetup, JsonObject, JsonValue } from '../model.ts';
import { policyBody } from './bodies.ts';
import { LAYOUT } from './layout.ts';
import { literal } from './literal.ts';
import type { TypeScriptOptions } from './model.ts';
import { ordered, orderedThings } from './order.ts';

/** Words that can't be the name of a constant in a module. */
const RESERVED = /^(?:arguments|as|async|await|break|case|catch|class|const|continue|debugger|default|defineIndexSetup|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|of|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/u;

/**
 * A setup as a module of TypeScript that exports it: plain data in a call of `defineIndexSetup`, formatted, in one order,
 * so that equal setups give equal code.
 *
 * @throws PodscopeError INDEX_EXPORT_NAME when `name` can't be the name of a constant.
 */
export function indexSetupToTypeScript(setup: IndexSetup, options: TypeScriptOptions = {}): string {
  const { name = 'setup' } = options;
  if (!/^[A-Za-z_$][A-Za-z0-9_$]*$/u.test(name) || RESERVED.test(name)) {
    throw new PodscopeError('INDEX_EXPORT_NAME', `${JSON.stringify(name)} can't be the name of a constant.`, {
      hint: 'Use letters, digits, "_" and "$", and no word of the language: setup, shopSetup.',
    });
  }
  const sections = LAYOUT.flatMap(({ section }): (readonly [string, JsonValue])[] => {
    const things = setup[section];
    if (Object.keys(things).length === 0) return [];
    if (Array.isArray(things)) return [[section, things as readonly string[]]];
    // What a server wrote into a policy is not in its type.
    const policies = section === 'lifecyclePolicies' ? Object.fromEntries(Object.entries(things).map(([policy, body]) => [policy, policyBody(body as unknown as JsonObject).body])) : things;
    return [[section, orderedThings(policies as Readonly<Record<string, unknown>>)]];
  });
  const lines = [['owner', setup.owner] as const, ...sections].map(([section, value]) => `  ${section}: ${literal(ordered(value), '  ', section.length + 5)},\n`);
  return `import { defineIndexSetup } from '@podscope/index-manager';\n\nexport const ${name} = defineIndexSetup({\n${lines.join('')}});\n`;
}
