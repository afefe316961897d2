import { useState } from 'react';
import type { HuntView } from '../../api/hunts.ts';
import { Markdown } from '../guide/Markdown.tsx';
import { ago } from '../parts/format.ts';
import { ErrorNote } from '../parts/notes.tsx';
import { useRoute } from '../state/useRoute.ts';
import { AnswerForm } from './AnswerForm.tsx';
import { Evidence } from './Evidence.tsx';
import type { HuntStep } from './useHunts.ts';
import { VerbBox } from './VerbBox.tsx';
import { Verdict } from './Verdict.tsx';
import { STATUS_WORDS } from './words.ts';

/** One hunt: story, tasks, hints, verbs and answers at the left; dashboards and logs at the right. */
export function HuntPlay(props: {
  readonly hunt: HuntView;
  readonly busy: HuntStep | undefined;
  readonly problem: Error | undefined;
  step(name: HuntStep, body?: Readonly<Record<string, unknown>>): Promise<boolean>;
}) {
  const { hunt, busy, problem } = props;
  const [asked, setAsked] = useState(0);
  async function step(name: HuntStep, body?: Readonly<Record<string, unknown>>): Promise<boolean> {
    const done = await props.step(name, body);
    if (done && name === 'submit') setAsked((present) => present + 1);
    return done;
  }
  const { params, setParams } = useRoute();
  const running = hunt.status === 'running';
  const side = params['side'] === 'data' ? 'data' : 'story';
  return (
    <div className={`play play-shows-${side}`}>
      <div className="segments play-switch" role="group" aria-label="Show">
        <button type="button" aria-pressed={side === 'story'} onClick={() => setParams({ side: undefined })}>
          Story and answers
        </button>
        <button type="button" aria-pressed={side === 'data'} onClick={() => setParams({ side: 'data' })}>
          Dashboards and logs
        </button>
      </div>
      <div className="play-story">
        <section className="card" aria-labelledby="story-title">
          <p className="hunt-facts">
            <span className={`status status-${hunt.status}`}>{STATUS_WORDS[hunt.status]}</span>
            {running && hunt.startedAt ? <span>started {ago(hunt.startedAt, Date.now())}</span> : null}
          </p>
          <h2 id="story-title">{hunt.title}</h2>
          <p className="story">{hunt.story}</p>
          {hunt.tasks.length > 0 ? (
            <ol className="tasks">
              {hunt.tasks.map((task) => (
                <li key={task}>{task}</li>
              ))}
            </ol>
          ) : null}
          {problem ? <ErrorNote error={problem} /> : null}
          <div className="play-buttons">
            {running ? (
              <button type="button" className="button" disabled={busy !== undefined} onClick={() => void step('stop')}>
                {busy === 'stop' ? 'Stopping' : 'Give up and see the debrief'}
              </button>
            ) : (
              <button type="button" className="button button-main" disabled={busy !== undefined || hunt.status === 'starting'} onClick={() => void step('start')}>
                {busy === 'start' || hunt.status === 'starting' ? 'Starting' : hunt.status === 'idle' ? 'Start the hunt' : 'Play again'}
              </button>
            )}
          </div>
        </section>
        {hunt.verdict ? <Verdict verdict={hunt.verdict} asked={asked} /> : null}
        {hunt.debrief ? (
          <section className="card" aria-labelledby="debrief-title">
            <h2 id="debrief-title">Debrief</h2>
            <Markdown text={hunt.debrief} />
          </section>
        ) : null}
        {running ? <Hints hunt={hunt} busy={busy} take={() => void step('hint')} /> : null}
        {running ? (
          <section className="card">
            <VerbBox />
          </section>
        ) : null}
        {running ? <AnswerForm key={hunt.attempt} hunt={hunt} busy={busy} step={step} /> : null}
      </div>
      <div className="play-data">
        <Evidence dashboards={hunt.dashboards} />
      </div>
    </div>
  );
}

function Hints({ hunt, busy, take }: { readonly hunt: HuntView; readonly busy: HuntStep | undefined; take(): void }) {
  const { taken, left, nextCost } = hunt.hints;
  return (
    <section className="card" aria-labelledby="hints-title">
      <h2 id="hints-title">Hints</h2>
      <ol className="hints" aria-live="polite">
        {taken.map((hint) => (
          <li key={hint.text}>
            {hint.text} <span className="quiet">−{hint.cost} points</span>
          </li>
        ))}
      </ol>
      {left > 0 ? (
        <button type="button" className="button" disabled={busy !== undefined} onClick={take}>
          Take a hint{nextCost === null ? '' : ` for ${nextCost} points`} ({left} left)
        </button>
      ) : (
        <p className="quiet">No hints are left.</p>
      )}
    </section>
  );
}
