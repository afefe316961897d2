import type { Literal } from './syntax.ts';

/** A parameter by its name. */
export interface Parameter {
  readonly name: string;
  readonly value: Literal;
}

/** A section as the program reads it: without types, comments and places. */
export interface Element {
  readonly name: string;
  readonly argument: string;
  readonly items: readonly Item[];
}

/** What stands in a section. */
export type Item = (Parameter & { readonly kind: 'parameter' }) | (Element & { readonly kind: 'element' });
