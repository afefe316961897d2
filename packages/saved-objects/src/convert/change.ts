/** Something that conversion changed of an object, or left out, because the target has no such thing. */
export interface ConversionChange {
  readonly object: { readonly type: string; readonly id: string };
  readonly rule: ConversionRule;
  /** One line. */
  readonly what: string;
}

/** What a conversion can change. `lost` ones change what is seen; the others only how it is stored. */
export const CONVERSION_RULES = {
  'new-defaults': { lost: false, title: 'Parameters by which newer products keep an older look' },
  'palette': { lost: true, title: 'A palette that the target does not have' },
  'tsvb-index-pattern': { lost: false, title: 'A TSVB panel that refers to an index pattern names it' },
  'tsvb-empty-rule': { lost: true, title: 'A colour rule for "no value"' },
  'panel-type': { lost: false, title: 'Panels name their references without their index' },
  'panel-by-value': { lost: false, title: 'A panel that holds its visualization gets a saved one' },
  'panel-dropped': { lost: true, title: 'A panel of a type that the target does not have' },
  'controls-dropped': { lost: true, title: 'The controls of a dashboard' },
  'runtime-fields-dropped': { lost: true, title: 'The runtime fields of an index pattern' },
  'field-labels-dropped': { lost: true, title: 'The labels of an index pattern’s fields' },
  'reference-dropped': { lost: true, title: 'Tags, or a data source, that the target does not have' },
  'interval-renamed': { lost: false, title: 'The option of date histograms that either product calls after its server' },
  'timelion-sheet': { lost: false, title: 'A sheet of the Timelion app becomes visualizations and a dashboard' },
  'region-layer': { lost: true, title: 'A region map over a layer out of kibana.yml, which Kibana 8 does not read' },
  'filter-reference': { lost: false, title: 'The filters of a saved query name their index patterns by id' },
  'attribute-dropped': { lost: true, title: 'An attribute that the target’s index does not take' },
} as const satisfies Readonly<Record<string, { readonly lost: boolean; readonly title: string }>>;

/** The name of a conversion rule. */
export type ConversionRule = keyof typeof CONVERSION_RULES;

/** Called for each change of one object. */
export type Note = (rule: ConversionRule, what: string) => void;
