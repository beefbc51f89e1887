import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import { refusedStatement } from './domain/fence-proof.js';
import type { ExecutionRow, StepRow } from './executions.types.js';

/** What an act says of itself. */
export interface Told {
  readonly zh: string;
  readonly en: string;
  readonly after?: Record<string, unknown>;
}

const TEXT_LENGTH_MAX = 1_000;

export const factOf = ({ departmentId, id }: Pick<ExecutionRow, 'id' | 'departmentId'>) => ({
  ...{ objectType: 'DrExecution', objectId: id, departmentId },
});

/** As the audit keeps it. */
export function told(row: ExecutionRow, done: Result<Told, readonly Refusal[]>, more: Record<string, unknown>) {
  if (!done.ok) return done;
  const { after = {}, en, zh } = done.value;
  const audit = { ...factOf(row), summary: say(zh, en), before: { state: row.state }, after: { ...more, ...after } };
  return ok({ value: { executionId: row.id }, audit });
}

export function wrongText(text: string, step: StepRow, files: number): Refusal[] {
  if (step.action === 'PROVE_FENCE')
    return refusedStatement(text, files).map((one) => ({
      ...one,
      path: one.path.map((part) => (part === 'statement' ? 'text' : part)),
    }));
  if (text.length > TEXT_LENGTH_MAX || (step.needsEvidence === 1 && text === '' && files === 0))
    return [
      {
        ...{ code: 'INVALID_INPUT', path: ['text'], rule: 'required' },
        message: say(
          `请填写结果或附上文件，最多 ${TEXT_LENGTH_MAX} 字`,
          `Say what came of it or attach a file; at most ${TEXT_LENGTH_MAX} characters`,
        ),
      },
    ];
  return [];
}
