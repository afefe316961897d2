import { type KeyboardEvent, useState } from 'react';
import { formatFilters } from '../state/filters.ts';
import { useRoute } from '../state/useRoute.ts';
import type { Tile } from './tiles.ts';

/** Web instances as tiles; arrow keys move among them, so that a hundred cost one stop of the Tab key. */
export function PodTiles({ tiles }: { readonly tiles: readonly Tile[] }) {
  const { href } = useRoute();
  const [present, setPresent] = useState(0);

  function move(event: KeyboardEvent<HTMLUListElement>): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (Math.min(present, tiles.length - 1) + step + tiles.length) % tiles.length;
    setPresent(next);
    event.currentTarget.querySelectorAll('a')[next]?.focus();
  }

  return (
    <ul className={`tiles ${tiles.length > 48 ? 'tiles-tiny' : tiles.length > 12 ? 'tiles-small' : ''}`} aria-label="Web instances" onKeyDown={move}>
      {tiles.map((tile, index) => (
        <li key={tile.pod.name}>
          <a
            className={`tile tile-${tile.state}`}
            style={{ '--load': `${Math.round(tile.load * 100)}%` } as React.CSSProperties}
            href={
              tile.state === 'running'
                ? href(['logs'], { p: 'apache-*', f: podFilter(tile.pod.name) })
                : href(['logs'], { p: 'kubernetes-*', f: podFilter(tile.pod.name) })
            }
            tabIndex={index === Math.min(present, tiles.length - 1) ? 0 : -1}
            onFocus={() => setPresent(index)}
            aria-label={tile.label}
            title={tile.label}
          >
            {tiles.length <= 12 ? <span>{tile.pod.name.split('-').at(-1)}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}

function podFilter(name: string): string | undefined {
  return formatFilters([{ field: 'kubernetes.pod.name', value: name, negate: false }]);
}
