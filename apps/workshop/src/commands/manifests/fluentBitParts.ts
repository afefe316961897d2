import { basename, dirname } from 'node:path';
import { isPodscopeError } from '@podscope/core';
import type { ParserKnowledge } from '@podscope/log-shippers/fluent-bit';
import type { Configuration } from './configurations.ts';

type Parse = (text: string, options: { readonly file: string }) => { readonly parsers?: readonly { readonly name?: unknown }[]; readonly multilineParsers?: readonly { readonly name?: unknown }[] };

/** `@INCLUDE name`, and the items of `includes:`. */
const INCLUDED = /^(?:@INCLUDE[ \t]+(\S+)|[ \t]*-[ \t]+["']?([^\s"':]+)["']?[ \t]*)$/gim;
const PARSERS_FILE = /^[ \t]+parsers_file:?[ \t]+["']?([^\s"']+)/gim;

/** What the linter is to know of the files beside one of Fluent Bit: those of its ConfigMap, or of its folder. */
export function fluentBitKnowledge(configuration: Configuration, all: readonly Configuration[], parse: Parse): ParserKnowledge {
  const others = all.filter((other) => other !== configuration && isBeside(configuration, other));
  const isPart = others.some((other) => names(other.text, INCLUDED).some((name) => matches(name, configuration.name)));
  const files = names(configuration.text, PARSERS_FILE).map((name) => others.find((other) => other.name === name));
  // One that isn't here is in the image, and nobody knows what it has.
  if (files.length === 0 || !files.every((file) => file !== undefined)) return { isPart };
  const read = files.map((file) => parsersIn(file, parse));
  if (!read.every((parsers) => parsers !== undefined)) return { isPart };
  return { isPart, parsers: read.flatMap(({ parsers }) => parsers), multilineParsers: read.flatMap(({ multilineParsers }) => multilineParsers) };
}

function isBeside(one: Configuration, other: Configuration): boolean {
  if (one.configMap !== undefined || other.configMap !== undefined) return one.file === other.file && one.configMap === other.configMap;
  return dirname(one.file) === dirname(other.file);
}

function names(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, ...found]) => basename(found.find((name) => name !== undefined) ?? ''));
}

/** A name as it stands in an `@INCLUDE`, where `*` is any part of one. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === name;
  const [first = '', ...rest] = parts;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = rest.at(-1) ?? '';
  return name.length - last.length >= at && name.endsWith(last);
}

/** The names of a file's parsers; undefined where it can't be read, which is said of it by itself. */
function parsersIn({ name, text }: Configuration, parse: Parse): { readonly parsers: readonly string[]; readonly multilineParsers: readonly string[] } | undefined {
  try {
    const { parsers = [], multilineParsers = [] } = parse(text, { file: name });
    return { parsers: parsers.map((parser) => String(parser.name)), multilineParsers: multilineParsers.map((parser) => String(parser.name)) };
  } catch (error) {
    if (!isPodscopeError(error)) throw error;
    return undefined;
  }
}
