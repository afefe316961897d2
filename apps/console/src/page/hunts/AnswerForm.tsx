import { type FormEvent, useState } from 'react';
import type { HuntView } from '../../api/hunts.ts';
import type { HuntStep } from './useHunts.ts';
import { ASPECT_WORDS } from './words.ts';

/** The questions of a hunt. Answers are kept by the server when the form is saved or submitted. */
export function AnswerForm(props: {
  readonly hunt: HuntView;
  readonly busy: HuntStep | undefined;
  step(name: HuntStep, body?: Readonly<Record<string, unknown>>): Promise<boolean>;
}) {
  const { hunt, busy, step } = props;
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>(hunt.answers);
  const set = (id: string, value: string): void => setAnswers({ ...answers, [id]: value });

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const kept = await step('answer', { answers });
    if (kept) await step('submit');
  }

  return (
    <section className="card" aria-labelledby="answers-title">
      <h2 id="answers-title">Your answer</h2>
      <form className="answers" onSubmit={(event) => void submit(event)}>
        {hunt.questions.map((question) => {
          const value = answers[question.id] ?? '';
          const name = `answer-${question.id}`;
          return (
            <div key={question.id} className="answer">
              <p className="aspect">{ASPECT_WORDS[question.aspect]}</p>
              {question.kind === 'choice' ? (
                <fieldset>
                  <legend>{question.prompt}</legend>
                  {(question.choices ?? []).map((choice) => (
                    <label key={choice} className="choice">
                      <input type="radio" name={name} value={choice} checked={value === choice} onChange={() => set(question.id, choice)} />
                      {choice}
                    </label>
                  ))}
                </fieldset>
              ) : (
                <label htmlFor={name}>
                  {question.prompt}
                  {question.kind === 'list' ? (
                    <textarea id={name} rows={3} value={value} placeholder="one a line, or with commas" onChange={(event) => set(question.id, event.target.value)} />
                  ) : (
                    <input id={name} type="text" value={value} autoComplete="off" onChange={(event) => set(question.id, event.target.value)} />
                  )}
                </label>
              )}
            </div>
          );
        })}
        <div className="play-buttons">
          <button type="submit" className="button button-main" disabled={busy !== undefined}>
            {busy === 'submit' ? 'Checking the system' : 'Submit'}
          </button>
          <button type="button" className="button" disabled={busy !== undefined} onClick={() => void step('answer', { answers })}>
            {busy === 'answer' ? 'Saving' : 'Save for later'}
          </button>
        </div>
      </form>
    </section>
  );
}
