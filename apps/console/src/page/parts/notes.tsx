import { isPodscopeError } from '@podscope/core';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** Nothing here, and what to do about it. */
export function EmptyNote({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="note note-empty">
      <p className="note-title">{title}</p>
      {children ? <div className="note-body">{children}</div> : null}
    </div>
  );
}

/** What failed, and the way on. */
export function ErrorNote({ error, onRetry }: { readonly error: Error; readonly onRetry?: (() => void) | undefined }) {
  return (
    <div className="note note-error" role="alert">
      <p className="note-title">
        <Icon name="warning" size={18} /> {error.message}
      </p>
      {isPodscopeError(error) && error.hint ? <p className="note-body">{error.hint}</p> : null}
      {isPodscopeError(error) ? <p className="note-code">{error.code}</p> : null}
      {onRetry ? (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      ) : null}
    </div>
  );
}

/** A quiet placeholder of the size of what comes. */
export function Skeleton({ height, label }: { readonly height?: number | string; readonly label: string }) {
  return (
    <div className="skeleton" style={height === undefined ? undefined : { height }} role="status">
      <span className="visually-hidden">{label}</span>
    </div>
  );
}

/** The data are older than they should be. */
export function StaleNote({ error }: { readonly error: Error }) {
  return (
    <p className="stale" role="status">
      <Icon name="warning" size={16} /> Showing the last data that came. {error.message}
    </p>
  );
}
