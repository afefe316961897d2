import type { MetricResult, PanelFilter } from '@podscope/dashboard-renderer';

/** Big numbers. */
export function MetricPanel(props: { readonly result: MetricResult; onFilters(filters: readonly PanelFilter[], out: boolean): void }) {
  return (
    <ul className="metrics">
      {props.result.values.map((value, index) => {
        const content = (
          <>
            <b>{value.formatted}</b>
            <span>{value.label}</span>
          </>
        );
        return (
          <li key={`${value.label}-${index}`}>
            {value.filters.length > 0 ? (
              <button type="button" title="Click to keep only this" onClick={(event) => props.onFilters(value.filters, event.shiftKey)}>
                {content}
              </button>
            ) : (
              content
            )}
          </li>
        );
      })}
    </ul>
  );
}
