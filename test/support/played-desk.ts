import type { ExecutionKind } from '../../server/src/executions/domain/execution-words.js';
import type { PlannedStep } from '../../server/src/executions/domain/runbook.js';
import { usualSteps } from '../../server/src/executions/domain/usual-steps.js';
import { ExecutionActs } from '../../server/src/executions/execution-acts.service.js';
import { ExecutionApprovals } from '../../server/src/executions/execution-approvals.service.js';
import { ExecutionEngine } from '../../server/src/executions/execution-engine.service.js';
import { ExecutionRequests } from '../../server/src/executions/execution-requests.service.js';
import { ExecutionViews } from '../../server/src/executions/execution-views.service.js';
import { ExecutionsRepository } from '../../server/src/executions/executions.repository.js';
import type { ExecutionRow, StepRow } from '../../server/src/executions/executions.types.js';
import { Runbooks } from '../../server/src/executions/runbooks.service.js';
import { FilesService } from '../../server/src/files/files.service.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { GroupsRepository } from '../../server/src/resilience/groups.repository.js';
import { SignalWriting } from '../../server/src/resilience/signal-writing.service.js';
import { type TestApplication, viewerWith } from './application.ts';
import type { KindsDesk } from './kinds-desk.ts';
import { idOf } from './request-journey.ts';

/** Rounds of the engine in one wait: more than any execution here takes. */
const ROUNDS_MAX = 120;

/** People of three sides who ask for executions of one group, approve them and do what they ask of people. */
export class PlayedDesk {
  readonly duty: Viewer;
  readonly operator: Viewer;
  readonly leader: Viewer;
  readonly head: Viewer;
  readonly center = newId();
  readonly authority = newId();
  /** Between two rounds; clusters that take their time are waited for. */
  protected readonly pauseMs: number = 0;
  protected readonly roundsMax: number = ROUNDS_MAX;

  protected constructor(
    readonly app: TestApplication,
    readonly kinds: KindsDesk,
    readonly groupId: string,
  ) {
    this.duty = viewerWith(['DUTY_ENGINEER'], this.center, { name: '孙值班' });
    this.operator = viewerWith(['DR_OPERATOR'], this.center, { name: '高运维' });
    this.leader = viewerWith(['LEADER'], this.authority, { name: '周领导' });
    this.head = { ...kinds.journey.head };
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** How far behind the copy of every tier is, as it was read just now. */
  async measureLag(seconds: number, observedAt = new Date(), towards: 'ACTIVE_B' | 'RECOVERY' = 'ACTIVE_B') {
    const tiers = await this.get(GroupsRepository).tiers([this.groupId]);
    await this.get(UnitOfWork).run((tx) =>
      this.get(SignalWriting).record(
        tx,
        tiers.map(({ id }) => ({
          ...{ subjectKind: 'TIER' as const, subjectId: id, name: 'REPLICATION_LAG' as const, towards, value: seconds },
          ...{ source: '测试', observedAt, maxAgeSeconds: 60, bounds: { warn: 600, critical: 1_200 } },
        })) as never,
      ),
    );
  }

  async runbook(
    kind: ExecutionKind,
    steps: readonly PlannedStep[] = usualSteps(kind),
    verified = true,
  ): Promise<string> {
    const runbooks = this.get(Runbooks);
    const wish = { groupId: this.groupId, kind, name: `预案 ${newId().slice(-8)}`, steps, idempotencyKey: newId() };
    const made = await runbooks.create(this.operator, WHOLE_PROVINCE, wish);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const { runbookId } = made.value;
    if (verified) {
      const done = await runbooks.verify(this.leader, WHOLE_PROVINCE, {
        runbookId,
        number: 1,
        idempotencyKey: newId(),
      });
      if (!done.ok) throw new Error(JSON.stringify(done.error));
    }
    return runbookId;
  }

  async request(
    kind: ExecutionKind,
    toCenterId: string,
    more: Partial<{ runbookId: string; standingOrderId: string }> = {},
  ) {
    return this.get(ExecutionRequests).request(this.duty, WHOLE_PROVINCE, {
      ...{ groupId: this.groupId, kind, toCenterId, reason: '年度切换', idempotencyKey: newId() },
      runbookId: more.runbookId ?? (await this.runbook(kind)),
      standingOrderId: more.standingOrderId,
    });
  }

  async approve(executionId: string, by: Viewer) {
    const { version } = await this.row(executionId);
    const wish = { executionId, expectedVersion: version, opinion: null, idempotencyKey: newId() };
    return this.get(ExecutionApprovals).approve(by, WHOLE_PROVINCE, wish);
  }

  /** Asked for, and approved by two of different departments. */
  async approved(kind: ExecutionKind, toCenterId: string, more: Partial<{ runbookId: string }> = {}): Promise<string> {
    const asked = await this.request(kind, toCenterId, more);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const { executionId } = asked.value;
    for (const by of [this.operator, this.leader]) {
      const done = await this.approve(executionId, by);
      if (!done.ok) throw new Error(JSON.stringify(done.error));
    }
    return executionId;
  }

  async row(id: string): Promise<ExecutionRow> {
    const row = await this.get(ExecutionsRepository).one(id);
    if (!row) throw new Error(`no execution ${id}`);
    return row;
  }

  steps(id: string): Promise<StepRow[]> {
    return this.get(ExecutionsRepository).steps([id]);
  }

  async current(id: string): Promise<StepRow | undefined> {
    return (await this.steps(id)).find(({ underWay }) => underWay === 1);
  }

  /** A person does what the current step asks of one, if it does. */
  async press(id: string, more: { commit?: boolean; typed?: string } = {}): Promise<void> {
    const step = await this.current(id);
    if (!step || (await this.row(id)).pausedAt !== null) return;
    const acts = this.get(ExecutionActs);
    const wish = { stepId: step.id, expectedVersion: step.version, idempotencyKey: newId() };
    const done =
      step.state === 'AWAITS_CHECK'
        ? await acts.check(this.leader, WHOLE_PROVINCE, { ...wish, agrees: true, text: '' })
        : step.state !== 'RUNNING' || step.kind === 'AUTOMATIC'
          ? null
          : step.kind === 'MANUAL'
            ? await this.handIn(step)
            : await acts.decide(this.operator, WHOLE_PROVINCE, {
                ...wish,
                choice: step.action === 'ACCEPT_LOSS' ? 'ACCEPT' : more.commit === false ? 'ROLL_BACK' : 'COMMIT',
                typed: more.typed ?? '',
              });
    if (done && !done.ok) throw new Error(`${step.action}: ${JSON.stringify(done.error)}`);
  }

  async handIn(step: StepRow, by?: Viewer) {
    const who = by ?? (step.action === 'VERIFY' ? this.head : this.operator);
    const fileIds = step.action === 'PROVE_FENCE' ? [await this.file(who)] : [];
    return this.get(ExecutionActs).handIn(who, WHOLE_PROVINCE, {
      ...{ stepId: step.id, expectedVersion: step.version, idempotencyKey: newId() },
      ...{ text: '已按要求完成，现场确认机房总闸已断开', fileIds },
    });
  }

  async file(by: Viewer): Promise<string> {
    const bytes = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
    return idOf(await this.get(FilesService).upload({ name: 'photo.pdf', bytes }, by));
  }

  /** Rounds of the engine and presses of people until the condition holds. */
  async play(id: string, until: (row: ExecutionRow) => boolean, more: Parameters<PlayedDesk['press']>[1] = {}) {
    for (let n = 0; n < this.roundsMax; n += 1) {
      await this.get(ExecutionEngine).run();
      const row = await this.row(id);
      if (until(row)) return row;
      await this.press(id, more);
      if (this.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, this.pauseMs));
    }
    const { action, problem, state } = (await this.current(id)) ?? {};
    throw new Error(`${JSON.stringify(await this.row(id))}\n${JSON.stringify({ action, problem, state })}`);
  }

  /** As a failover is played: what is lost is typed as it is shown, and the figure is measured again as time goes on; @param before stops at it. */
  async playFailover(
    id: string,
    until: (row: ExecutionRow) => boolean,
    lagSeconds = 12,
    before?: Pick<StepRow, 'action' | 'state'>,
  ): Promise<ExecutionRow> {
    for (let n = 0; n < this.roundsMax; n += 1) {
      await this.get(ExecutionEngine).run();
      const row = await this.row(id);
      if (until(row)) return row;
      const step = await this.current(id);
      if (before !== undefined && step?.action === before.action && step.state === before.state) return row;
      let typed = '';
      if (step?.action === 'ACCEPT_LOSS') {
        for (const towards of ['ACTIVE_B', 'RECOVERY'] as const) await this.measureLag(lagSeconds, new Date(), towards);
        typed = (await this.get(ExecutionViews).lossNow(row))?.mustType ?? '';
      }
      await this.press(id, { typed });
      if (this.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, this.pauseMs));
    }
    const { action, problem, state } = (await this.current(id)) ?? {};
    throw new Error(JSON.stringify({ action, problem, state }));
  }
}
