import type { INestApplicationContext } from '@nestjs/common';
import type { ExecutionKind } from '../../server/src/executions/domain/execution-words.js';
import type { PlannedStep } from '../../server/src/executions/domain/runbook.js';
import { ExecutionActs } from '../../server/src/executions/execution-acts.service.js';
import { ExecutionApprovals } from '../../server/src/executions/execution-approvals.service.js';
import { ExecutionGrounds } from '../../server/src/executions/execution-grounds.service.js';
import { ExecutionRequests } from '../../server/src/executions/execution-requests.service.js';
import { ExecutionSteering } from '../../server/src/executions/execution-steering.service.js';
import { ExecutionsRepository } from '../../server/src/executions/executions.repository.js';
import type { StepRow } from '../../server/src/executions/executions.types.js';
import { Runbooks } from '../../server/src/executions/runbooks.service.js';
import { FilesService } from '../../server/src/files/files.service.js';
import type { Refusal } from '../../server/src/kernel/refusal.js';
import type { Result } from '../../server/src/kernel/result.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import type { CenterName } from './galera.ts';
import type { Person, World } from './world.ts';

/** What was answered to a press: refusals by their codes and reasons, in words for whoever reads a failed test. */
export interface Pressed {
  readonly ok: boolean;
  readonly executionId?: string;
  readonly refused?: readonly string[];
}

export interface Turn {
  readonly state: string;
  readonly outcome: string | null;
  readonly paused: string | null;
  readonly step: {
    readonly action: string;
    readonly state: string;
    readonly kind: string;
    readonly problem: string | null;
  } | null;
}

/** What people do at a console, in its process: each act through the feature's own service, with a person's rights. */
export class DrDesk {
  constructor(
    private readonly context: INestApplicationContext,
    private readonly world: World,
  ) {}

  async runbook(kind: ExecutionKind, steps: readonly PlannedStep[]): Promise<string> {
    const { leader, operator } = this.world.people;
    const runbooks = this.get(Runbooks);
    const made = await runbooks.create(operator, WHOLE_PROVINCE, {
      ...{ groupId: this.world.groupId, kind, name: `预案 ${newId().slice(-8)}`, steps, idempotencyKey: newId() },
    });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const { runbookId } = made.value;
    const read = await runbooks.verify(leader, WHOLE_PROVINCE, { runbookId, number: 1, idempotencyKey: newId() });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    return runbookId;
  }

  async request(kind: ExecutionKind, to: CenterName, runbookId: string, idempotencyKey: string): Promise<Pressed> {
    return answered(
      await this.get(ExecutionRequests).request(this.world.people.duty, WHOLE_PROVINCE, {
        ...{ groupId: this.world.groupId, kind, toCenterId: this.world.centerId[to], runbookId, idempotencyKey },
        reason: '中心故障处置',
      }),
    );
  }

  async approve(executionId: string, person: Person): Promise<Pressed> {
    const row = await this.get(ExecutionsRepository).one(executionId);
    return answered(
      await this.get(ExecutionApprovals).approve(this.world.people[person], WHOLE_PROVINCE, {
        ...{ executionId, expectedVersion: row?.version ?? 0, opinion: null, idempotencyKey: newId() },
      }),
    );
  }

  async turn(executionId: string): Promise<Turn | null> {
    const row = await this.get(ExecutionsRepository).one(executionId);
    const step = await this.current(executionId);
    return (
      row && {
        ...{ state: row.state, outcome: row.outcome, paused: row.pausedWhy },
        step: step ? { action: step.action, state: step.state, kind: step.kind, problem: step.problem } : null,
      }
    );
  }

  /** A person does what the current step asks of one, if it does. */
  async press(executionId: string, choice: 'COMMIT' | 'ROLL_BACK' = 'COMMIT'): Promise<Pressed> {
    const step = await this.current(executionId);
    const row = await this.get(ExecutionsRepository).one(executionId);
    if (!step || row?.pausedAt !== null) return { ok: false, refused: ['NOBODYS_TURN'] };
    const acts = this.get(ExecutionActs);
    const { head, leader, operator } = this.world.people;
    const wish = { stepId: step.id, expectedVersion: step.version, idempotencyKey: newId() };
    if (step.state === 'AWAITS_CHECK')
      return answered(await acts.check(leader, WHOLE_PROVINCE, { ...wish, agrees: true, text: '' }));
    if (step.state !== 'RUNNING' || step.kind === 'AUTOMATIC') return { ok: false, refused: ['NOBODYS_TURN'] };
    if (step.kind === 'DECISION')
      return answered(
        await acts.decide(operator, WHOLE_PROVINCE, {
          ...wish,
          choice: step.action === 'ACCEPT_LOSS' ? 'ACCEPT' : choice,
          typed: step.action === 'ACCEPT_LOSS' ? await this.shown(row) : '',
        }),
      );
    const who = step.action === 'VERIFY' ? head : operator;
    return answered(await this.handIn(step, who));
  }

  /** The way back, whatever stands still. */
  async rollBack(executionId: string): Promise<Pressed> {
    const row = await this.get(ExecutionsRepository).one(executionId);
    return answered(
      await this.get(ExecutionSteering).rollBack(this.world.people.leader, WHOLE_PROVINCE, {
        ...{ executionId, expectedVersion: row?.version ?? 0, reason: '原中心仍在运行', idempotencyKey: newId() },
      }),
    );
  }

  /** What a person reads and types. */
  private async shown(row: { groupId: string; kind: ExecutionKind; toCenterId: string }): Promise<string> {
    const grounds = this.get(ExecutionGrounds);
    const ground = await grounds.of(row.groupId);
    return (ground && grounds.lossOf(ground, row.kind, row.toCenterId).mustType) ?? '';
  }

  private async handIn(step: StepRow, who: Viewer) {
    const bytes = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
    const file =
      step.needsEvidence === 1 ? await this.get(FilesService).upload({ name: 'photo.pdf', bytes }, who) : null;
    if (file && !file.ok) throw new Error(JSON.stringify(file.error));
    return this.get(ExecutionActs).handIn(who, WHOLE_PROVINCE, {
      ...{ stepId: step.id, expectedVersion: step.version, idempotencyKey: newId() },
      ...{ text: '已按要求完成，现场确认机房总闸已断开', fileIds: file?.ok ? [file.value.id] : [] },
    });
  }

  private async current(executionId: string): Promise<StepRow | undefined> {
    return (await this.get(ExecutionsRepository).steps([executionId])).find(({ underWay }) => underWay === 1);
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.context.get(type, { strict: false });
  }
}

function answered(result: Result<unknown, readonly Refusal[]>): Pressed {
  if (result.ok) return { ok: true, ...(result.value as { executionId?: string }) };
  return {
    ok: false,
    refused: result.error.map((one) => {
      const { reason, rule } = one as { reason?: string; rule?: string };
      return `${one.code}${reason ? ` ${reason}` : ''}${rule ? ` ${rule}` : ''}: ${one.message.zh}`;
    }),
  };
}
