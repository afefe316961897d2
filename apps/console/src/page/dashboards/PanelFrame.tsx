import { type ReactNode, useRef, useState } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { useDismiss } from '../parts/useDismiss.ts';

/** An entry of a panel's menu. */
export interface PanelAction {
  readonly title: string;
  run(): void;
}

/** A panel: title, menu, content. */
export function PanelFrame(props: {
  readonly title: string;
  readonly stale?: string | undefined;
  readonly actions?: readonly PanelAction[];
  readonly grid?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly children: ReactNode;
}) {
  const { title, actions = [], grid, stale } = props;
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  useDismiss(menu, open, () => setOpen(false));
  const place = grid && {
    gridColumn: `${grid.x + 1} / span ${grid.w}`,
    gridRow: `${grid.y + 1} / span ${grid.h}`,
    '--rows': String(grid.h),
    order: grid.y * 48 + grid.x,
  };
  return (
    <section className="panel" style={place} aria-label={title}>
      <header>
        <h3 title={title}>{title}</h3>
        {stale ? (
          <span className="panel-stale" title={stale} role="img" aria-label={`Old data: ${stale}`}>
            <Icon name="warning" size={15} />
          </span>
        ) : null}
        {actions.length > 0 ? (
          <div className="panel-menu" ref={menu}>
            <button type="button" className="button-mini" aria-label={`Menu of ${title}`} aria-expanded={open} onClick={() => setOpen(!open)}>
              <Icon name="more" size={18} />
            </button>
            {open ? (
              <ul className="popover">
                {actions.map((action) => (
                  <li key={action.title}>
                    <button
                      type="button"
                      onClick={() => {
                        // What the action opens gives the focus back to where it was: to a button that stays.
                        menu.current?.querySelector('button')?.focus();
                        setOpen(false);
                        action.run();
                      }}
                    >
                      {action.title}
                    </button>
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
        ) : null}
      </header>
      <div className="panel-content">{props.children}</div>
    </section>
  );
}
