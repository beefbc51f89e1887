import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionKind } from '../../server/src/executions/domain/execution-words.js';
import type { DrBed } from './dr-bed.ts';
import type { DrConsole } from './dr-console.ts';
import type { Turn } from './dr-desk.ts';
import type { CenterName } from './galera.ts';

const LOOK_MS = 200;
const PLAYED_MS = 120_000;

/** What a console answers while its database changes its node is no answer yet: people press again. */
export async function insist<T>(
  what: string,
  press: () => Promise<T>,
  good: (answer: T) => boolean,
  limitMs = 60_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (let last: unknown; ; await sleep(LOOK_MS)) {
    const answer = await press().catch((error: unknown) => {
      last = error;
      return null;
    });
    if (answer !== null && good(answer)) return answer;
    if (answer !== null) last = answer;
    if (Date.now() > end) throw new Error(`${what}: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
  }
}

/** Asked for and approved by two of different departments. */
export async function approved(
  bed: DrBed,
  at: DrConsole,
  kind: ExecutionKind,
  to: CenterName,
  runbookId = bed.runbooks[kind],
): Promise<string> {
  const key = randomUUID();
  const { executionId } = await insist(
    `${kind} to ${to}`,
    () => at.request(kind, to, runbookId as string, key),
    ({ ok }) => ok,
  );
  for (const person of ['operator', 'leader'] as const)
    await insist(
      `${person} approves`,
      () => at.approve(executionId as string, person),
      ({ ok }) => ok,
    );
  return executionId as string;
}

/** People do what is theirs until the condition holds. */
export async function play(
  at: DrConsole,
  executionId: string,
  until: (turn: Turn) => boolean,
  { limitMs = PLAYED_MS, choice }: { limitMs?: number; choice?: 'COMMIT' | 'ROLL_BACK' } = {},
): Promise<Turn> {
  const end = Date.now() + limitMs;
  for (let last: unknown = null; ; await sleep(LOOK_MS)) {
    const turn = await at.turn(executionId).catch(() => null);
    if (turn !== null && until(turn)) return turn;
    if (Date.now() > end || turn?.paused) throw new Error(`${JSON.stringify(turn)} after ${JSON.stringify(last)}`);
    const { step } = turn ?? {};
    const ofPeople = step && (step.state === 'AWAITS_CHECK' || (step.state === 'RUNNING' && step.kind !== 'AUTOMATIC'));
    if (ofPeople) last = await at.press(executionId, choice).catch(String);
  }
}

export const closed = ({ state }: Turn) => state === 'CLOSED';
/** The step's turn has come. */
export const at =
  (action: string) =>
  ({ step }: Turn): boolean =>
    step?.action === action;
