import type { HuntView } from '../../api/hunts.ts';
import { EmptyNote } from '../parts/notes.tsx';
import { useRoute } from '../state/useRoute.ts';
import { DIFFICULTY_WORDS, STATUS_WORDS } from './words.ts';

/** The hunts to choose from. */
export function HuntCards({ hunts }: { readonly hunts: readonly HuntView[] }) {
  const { href } = useRoute();
  if (hunts.length === 0) return <EmptyNote title="No hunts are installed." />;
  return (
    <>
      <p className="lead">Something is put wrong with the running system. Find out from its logs and metrics what it is, repair it, and say how far it reached.</p>
      <ul className="hunts">
        {hunts.map((hunt) => (
          <li key={hunt.id} className={`card hunt-card hunt-${hunt.status}`}>
            <p className="hunt-facts">
              <span className="difficulty" role="img" aria-label={`Difficulty ${hunt.difficulty} of 3`}>
                {[1, 2, 3].map((step) => (
                  <i key={step} className={step <= hunt.difficulty ? 'is-on' : ''} />
                ))}
              </span>
              {DIFFICULTY_WORDS[hunt.difficulty]} · {hunt.minutes} min
              <span className={`status status-${hunt.status}`}>{STATUS_WORDS[hunt.status]}</span>
            </p>
            <h2>{hunt.title}</h2>
            <p className="hunt-story">{hunt.story}</p>
            <p className="hunt-end">
              {hunt.verdict ? <span className="number">{hunt.verdict.score} points</span> : null}
              <a className="button button-main" href={href(['hunts', hunt.id])} aria-label={`Open ${hunt.title}`}>
                {hunt.status === 'running' || hunt.status === 'starting' ? 'Go on' : 'Open'}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
