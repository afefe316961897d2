/** Attributes of a saved `query`. */
export interface QueryAttributes {
  readonly title?: string;
}

/** Attributes of a short `url`. */
export interface UrlAttributes {
  readonly url: string;
}

/** Attributes of `config`: advanced settings. */
export interface ConfigAttributes {
  readonly buildNum?: number;
}
