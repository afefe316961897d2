import type { Place } from '../read/reader.ts';

/**
 * How much a finding spoils. `refused`: the import says no, to the object or to all of them. `broken`: the page, or the panel, shows an
 * error. `hidden`: something is left out without a word.
 */
export type Severity = 'refused' | 'broken' | 'hidden';

interface Rule {
  readonly severity: Severity;
  /** What it is about, for lists of rules. */
  readonly title: string;
}

/** Everything that is checked. */
export const RULES = {
  'too-many-objects': { severity: 'refused', title: 'More objects than one import takes' },
  'too-large': { severity: 'refused', title: 'More bytes than one import takes' },
  'duplicate-id': { severity: 'refused', title: 'Two objects of one type and id' },
  'bad-id': { severity: 'refused', title: 'An id that the product’s index cannot hold' },
  'data-source-id': { severity: 'broken', title: 'An id of two, as objects of a data source have: refused where data sources are off' },
  'unsupported-type': { severity: 'refused', title: 'A type that the product does not have' },
  'version-too-new': { severity: 'refused', title: 'A shape that is newer than the product' },
  'unknown-attribute': { severity: 'refused', title: 'An attribute that the product’s index does not take' },
  'missing-reference': { severity: 'refused', title: 'A reference to an index pattern or a saved search that is not there' },
  'missing-target': { severity: 'broken', title: 'A reference to another object that is not there: its panel shows an error' },
  'missing-tag': { severity: 'hidden', title: 'A tag that is not there: the object is shown without it' },
  'circular-reference': { severity: 'broken', title: 'Objects that refer to each other in a circle' },
  'missing-title': { severity: 'broken', title: 'No title where the product needs one' },
  'missing-search-source': { severity: 'broken', title: 'No search source, not even an empty one: the page does not open' },
  'bad-inner-json': { severity: 'broken', title: 'Text that should be JSON and is not' },
  'unknown-kind': { severity: 'broken', title: 'A visualization type that the product does not have' },
  'empty-params': { severity: 'broken', title: 'A visualization without parameters' },
  'unknown-aggregation': { severity: 'broken', title: 'An aggregation that the product does not have' },
  'unknown-schema': { severity: 'hidden', title: 'An aggregation in a place that the visualization type does not have' },
  'too-many-aggregations': { severity: 'hidden', title: 'More aggregations than the visualization type draws in that place' },
  'too-few-aggregations': { severity: 'broken', title: 'Fewer aggregations than the visualization type needs' },
  'aggregation-not-allowed': { severity: 'broken', title: 'An aggregation that the visualization type does not take in that place' },
  'missing-parameter': { severity: 'broken', title: 'An aggregation without a parameter that it needs' },
  'duplicate-aggregation-id': { severity: 'broken', title: 'Two aggregations of one id' },
  'missing-metric': { severity: 'broken', title: 'A pipeline over a metric that is not there' },
  'bad-order-by': { severity: 'broken', title: 'Terms in the order of what is not there, or gives no order' },
  'missing-index': { severity: 'broken', title: 'A search without an index pattern' },
  'bad-reference-name': { severity: 'broken', title: 'A name of a reference that no reference has, or one of another type' },
  'duplicate-reference-name': { severity: 'hidden', title: 'Two references of one name: only the first is followed' },
  'panel-without-target': { severity: 'broken', title: 'A panel that shows nothing: the whole page does not open' },
  'duplicate-panel': { severity: 'hidden', title: 'Two panels of one index: only one is shown' },
  'bad-layout': { severity: 'broken', title: 'A panel without a place: the whole page does not open' },
  'bad-vega': { severity: 'broken', title: 'A Vega specification that cannot be read' },
  'region-layer': { severity: 'hidden', title: 'A region map over a layer out of kibana.yml, which Kibana 8 does not read: nothing is drawn' },
  'unknown-field': { severity: 'broken', title: 'A field that the index does not have' },
  'field-type': { severity: 'broken', title: 'A field of a type that cannot be used so' },
} as const satisfies Readonly<Record<string, Rule>>;

/** The name of a rule. */
export type RuleId = keyof typeof RULES;

/** Something that is wrong with an object. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Undefined for what concerns all of them. */
  readonly object?: { readonly type: string; readonly id: string; readonly title?: string };
  /** Where the object was read. */
  readonly place?: Place;
  /** Inside the object, with inner JSON taken apart: `attributes.visState.aggs[1].schema`. */
  readonly path?: string;
  /** One line. */
  readonly what: string;
  /** One line. */
  readonly fix: string;
}

/** What a rule's check says; whose it is, is added by who calls it. */
export type Said = Pick<Finding, 'rule' | 'path' | 'what' | 'fix'>;
