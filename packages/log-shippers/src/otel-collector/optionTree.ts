/** Options of a component by name: the type of each, or the options under it. */
export interface OtelOptionTree {
  readonly [name: string]: 'string' | 'boolean' | 'integer' | 'number' | 'duration' | 'secret' | 'list' | 'map' | 'any' | OtelOptionTree;
}
