/** Attributes of an `index-pattern`. */
export interface IndexPatternAttributes {
  readonly title?: string;
  readonly timeFieldName?: string;
}
