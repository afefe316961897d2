import { useTimeRange } from '../state/useTimeRange.ts';

/** Live mode: how often the page loads anew. */
export function LiveChoice() {
  const { live, setLive, range } = useTimeRange();
  const frozen = range.to !== 'now';
  return (
    <label className={`live ${live > 0 && !frozen ? 'live-on' : ''}`} title={frozen ? 'The range has a fixed end' : 'Automatic refresh'}>
      <i aria-hidden="true" />
      <span className="visually-hidden">Automatic refresh</span>
      <select
        value={frozen ? 0 : live}
        disabled={frozen}
        onChange={(event) => {
          const seconds = Number(event.target.value);
          setLive(seconds === 5 ? 5 : seconds === 10 ? 10 : 0);
        }}
      >
        <option value={10}>Live 10 s</option>
        <option value={5}>Live 5 s</option>
        <option value={0}>Paused</option>
      </select>
    </label>
  );
}
