import { useEffect, useRef } from 'react';
import type { HuntVerdictView } from '../../api/hunts.ts';
import { Icon } from '../parts/Icon.tsx';
import { ASPECT_WORDS } from './words.ts';

/** What of the answer holds, aspect by aspect, and the score. Whoever has just asked for it is led to it. */
export function Verdict({ verdict, asked }: { readonly verdict: HuntVerdictView; /** How often it was asked for since the page is open. */ readonly asked: number }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (asked > 0) heading.current?.focus();
  }, [asked]);
  return (
    <section className={`card verdict ${verdict.passed ? 'verdict-passed' : 'verdict-failed'}`} aria-labelledby="verdict-title" aria-live="polite">
      <h2 id="verdict-title" ref={heading} tabIndex={-1}>{verdict.passed ? 'Right. The system is well again.' : 'Not yet.'}</h2>
      <p className="big-number">
        {verdict.score} <span>of 100 points</span>
      </p>
      <ul>
        {verdict.parts.map((part) => (
          <li key={part.aspect} className={part.passed ? 'is-passed' : 'is-failed'}>
            <Icon name={part.passed ? 'check' : 'close'} size={18} />
            <div>
              <b>
                {ASPECT_WORDS[part.aspect]} <span>{part.passed ? 'holds' : 'does not hold'}</span>
              </b>
              <p>{part.message}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
