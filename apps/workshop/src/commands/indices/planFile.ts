import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import type { IndexChangeAction, IndexChangeKind, IndexChangeRisk } from '@podscope/index-manager';
import type { PlanDocument } from './planning.ts';

const KINDS: readonly IndexChangeKind[] = ['cluster-setting', 'component-template', 'ingest-pipeline', 'lifecycle-policy', 'legacy-template', 'index-template', 'data-stream', 'rollover-alias', 'alias'];
const ACTIONS: readonly IndexChangeAction[] = ['create', 'update', 'delete', 'none', 'rollover', 'put-mapping', 'attach-policy', 'reindex'];
const RISKS: readonly IndexChangeRisk[] = ['none', 'safe', 'careful', 'destructive'];

/**
 * Reads a plan that `podscope indices plan --json` printed. Whether the cluster is still as it was planned on, the
 * application looks.
 *
 * @throws PodscopeError INDEX_PLAN_INVALID
 */
export async function readPlanFile(path: string): Promise<PlanDocument> {
  const file = resolve(path);
  let plan: unknown;
  try {
    plan = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw invalid(file, cause instanceof SyntaxError ? 'it is no JSON' : cause instanceof Error ? cause.message : String(cause), cause);
  }
  const { owner, changes, notes, streams, panels = [], unread = [] } = memberOf(plan);
  if (typeof owner !== 'string' || !Array.isArray(changes) || !Array.isArray(notes) || !isObject(streams)) throw invalid(file, 'it has not owner, changes, notes and streams');
  for (const [index, change] of changes.entries()) {
    const { kind, name, action, risk, reason, touches } = memberOf(change);
    const wrong = [
      [KINDS.some((each) => each === kind), 'kind'],
      [ACTIONS.some((each) => each === action), 'action'],
      [RISKS.some((each) => each === risk), 'risk'],
      [typeof name === 'string' && name !== '', 'name'],
      [typeof reason === 'string', 'reason'],
      [Array.isArray(touches) && touches.every((each) => typeof each === 'string'), 'touches'],
    ].find(([isRight]) => isRight !== true)?.[1];
    if (wrong !== undefined) throw invalid(file, `"${String(wrong)}" of change ${index + 1} is none that a plan has`);
  }
  return { ...(plan as PlanDocument), panels: Array.isArray(panels) ? panels : [], unread: Array.isArray(unread) ? unread : [] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function invalid(file: string, what: string, cause?: unknown): PodscopeError<'INDEX_PLAN_INVALID'> {
  return new PodscopeError('INDEX_PLAN_INVALID', `${file} holds no plan: ${what}.`, {
    hint: 'Save one with "podscope indices plan --json > plan.json". Nothing was changed.',
    ...(cause === undefined ? {} : { cause }),
  });
}
