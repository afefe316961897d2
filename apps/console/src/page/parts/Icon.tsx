import type { ReactNode } from 'react';

const SHAPES = {
  overview: <path d="M4 6h5v5H4zM15 4h5v5h-5zM15 15h5v5h-5zM9 8.5h3.5V17.5H15M12.5 8.5V6.5H15" />,
  dashboards: <path d="M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z" />,
  logs: <path d="M4 6h16M4 10h11M4 14h16M4 18h8" />,
  hunts: <path d="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20M8 10.5h2l1-2.5 1.5 4 .8-1.5H14" />,
  guide: <path d="M12 6c-2-1.5-5-2-8-1.5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5v-13C17 4 14 4.5 12 6zM12 6v13" />,
  refresh: <path d="M20 11A8 8 0 0 0 5.5 7M4 4v4h4M4 13a8 8 0 0 0 14.5 4M20 20v-4h-4" />,
  clock: <path d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 1.8" />,
  close: <path d="M6 6l12 12M18 6 6 18" />,
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  more: <path d="M6 12h.01M12 12h.01M18 12h.01" strokeWidth={3} />,
  chevron: <path d="M9 6l6 6-6 6" />,
  down: <path d="M6 9l6 6 6-6" />,
  search: <path d="M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5" />,
  swap: <path d="M4 8h14l-3-3M20 16H6l3 3" />,
  around: <path d="M12 3v18M7 8v8M3 11v2M17 8v8M21 11v2" />,
  check: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  warning: <path d="M12 4 2.8 19.5h18.400zM12 10v4.5M12 17v.3" />,
  download: <path d="M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14" />,
  terminal: <path d="M4 5h16v14H4zM7.5 9.5 10 12l-2.5 2.5M12 15h4" />,
} satisfies Record<string, ReactNode>;

/** The names of the icons. */
export type IconName = keyof typeof SHAPES;

/** A line icon of 20 px, silent for screen readers. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
