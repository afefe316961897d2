import type { MarkdownParams } from './kinds/markdown.ts';
import type { TimelionParams } from './kinds/timelion.ts';

/** What each kind of visualization keeps. */
interface KindState<Type extends string, Params> {
  readonly title?: string;
  readonly type: Type;
  readonly params?: Params;
  readonly aggs?: readonly [];
}

/**
 * What a visualization shows and how.
 *
 * @discriminator type
 */
export type VisState = KindState<'markdown', MarkdownParams> | KindState<'timelion', TimelionParams>;
