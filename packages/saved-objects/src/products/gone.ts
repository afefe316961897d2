/** Types that a product no longer has, and why: for reports of what is refused. */
const WHY: readonly { readonly type: string; readonly why: string }[] = [
  { type: 'timelion-sheet', why: 'imports take no sheets of the Timelion app; converted, each of its expressions becomes a visualization' },
  { type: 'timeline-sheet', why: 'imports take no sheets of the Timeline app; converted, each of its expressions becomes a visualization' },
  { type: 'visualization-visbuilder', why: 'VisBuilder is of OpenSearch Dashboards only; build the visualization anew' },
  { type: 'data-source', why: 'only OpenSearch Dashboards has data sources beside its own cluster' },
  { type: 'lens', why: 'Lens is of Kibana only; build the visualization anew, as one with aggregations' },
  { type: 'tag', why: 'only Kibana has tags; the objects that carry it go without' },
];

/** What else is to be said of a type that a target does not have; empty for one that nothing is known of. */
export function whyGone(type: string): string {
  const found = WHY.find((each) => each.type === type);
  return found === undefined ? '' : `: ${found.why}`;
}
