import type { ReactNode } from 'react';

/** One part of the flow: what it is, how it does, and the ways into its data. */
export function Part(props: {
  readonly title: string;
  readonly note: string;
  readonly state?: 'good' | 'warn' | 'bad';
  readonly className?: string;
  readonly links?: readonly { readonly text: string; readonly href: string }[];
  readonly children?: ReactNode;
}) {
  return (
    <section className={`part part-${props.state ?? 'good'} ${props.className ?? ''}`} aria-label={props.title}>
      <header>
        <h3>{props.title}</h3>
        <p>{props.note}</p>
      </header>
      {props.children}
      {props.links && props.links.length > 0 ? (
        <footer>
          {props.links.map((link) => (
            <a key={link.text} href={link.href} aria-label={`${props.title}: ${link.text}`}>
              {link.text}
            </a>
          ))}
        </footer>
      ) : null}
    </section>
  );
}

/** An edge of the flow, with what goes over it. */
export function Edge({ label, still }: { readonly label: string; readonly still?: boolean }) {
  return (
    <div className={`edge ${still ? 'edge-still' : ''}`}>
      <span>{label}</span>
      <i aria-hidden="true" />
    </div>
  );
}
