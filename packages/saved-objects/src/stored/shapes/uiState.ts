/** What a viewer changed by hand: colours, sort orders, map positions. */
export interface UiState {
  readonly vis?: UiVisState;
}

interface UiVisState {
  /** By label. */
  readonly colors?: { readonly [label: string]: string };
  readonly legendOpen?: boolean;
}
