/** A value as it stands in a file. */
export type Literal =
  | { readonly kind: 'text'; readonly value: string }
  /** The inside of a double-quoted text with Ruby in it, as it is written. */
  | { readonly kind: 'ruby'; readonly value: string }
  /** A JSON array or object, without comments. */
  | { readonly kind: 'json'; readonly value: string };

interface Span {
  readonly start: number;
  /** After its line's end. */
  readonly end: number;
  /** 1-based. */
  readonly line: number;
}

/** `name value`; an `@include` is one with that name. */
export interface ParameterNode extends Span {
  readonly kind: 'parameter';
  readonly name: string;
  readonly value: Literal;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** `<name argument>` to `</name>`. */
export interface ElementNode extends Span {
  readonly kind: 'element';
  readonly name: string;
  readonly argument: string;
  readonly argumentStart: number;
  readonly argumentEnd: number;
  readonly items: readonly SyntaxNode[];
  /** Where `</name>` begins. */
  readonly closeStart: number;
}

/** A part of a file. Comments and empty lines are what lies between the parts. */
export type SyntaxNode = ParameterNode | ElementNode;
