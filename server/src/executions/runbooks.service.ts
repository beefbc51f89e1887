import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { reaches, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { GroupViews } from '../resilience/group-views.service.js';
import type { ExecutionKind } from './domain/execution-words.js';
import { type PlannedStep, refusedSteps, refusedVerifier, TITLE_LENGTH_MAX } from './domain/runbook.js';
import { EvidenceRepository } from './evidence.repository.js';
import { notPermitted, unknown, wrongVersion } from './execution-refusals.js';
import { KIND_ZH } from './execution-requests.service.js';
import type { RunbookFilter, RunbookRow, RunbookVersion } from './executions.types.js';
import { RunbooksRepository } from './runbooks.repository.js';

type Answer = Promise<Result<{ runbookId: string }, readonly Refusal[]>>;

/** 预案: written, verified by another, and, with any edit, a new version that nobody has verified. */
@Injectable()
export class Runbooks {
  constructor(
    private readonly repository: RunbooksRepository,
    private readonly evidence: EvidenceRepository,
    private readonly groups: GroupViews,
    private readonly acts: Acts,
  ) {}

  page(filter: RunbookFilter, page: PageRequest): Promise<Page<RunbookRow>> {
    return this.repository.page(filter, page);
  }

  one(id: string): Promise<RunbookRow | null> {
    return this.repository.one(id);
  }

  ofGroup(groupId: string): Promise<RunbookRow[]> {
    return this.repository.ofGroup(groupId);
  }

  /** By runbook, the newest first; a page's at once. */
  readonly versionsOf = async (runbookIds: readonly string[]): Promise<RunbookVersion[][]> => {
    const rows = await this.repository.versions(runbookIds);
    const texts = await this.evidence.texts(rows);
    const whole = rows.flatMap((row): RunbookVersion[] => {
      const text = texts.get(`${row.runbookId}/${row.number}`);
      return text ? [{ ...row, ...text }] : [];
    });
    const ofRunbook = Map.groupBy(whole, ({ runbookId }) => runbookId);
    return runbookIds.map((id) => ofRunbook.get(id) ?? []);
  };

  async create(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly groupId: string | undefined;
      readonly kind: ExecutionKind;
      readonly name: string;
      readonly steps: readonly PlannedStep[];
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    const found = wish.groupId === undefined ? null : await this.groups.inScope(scope, wish.groupId);
    const group = found && reaches(scope, found) ? found : null;
    return this.acts.perform({ name: 'drRunbook.create', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (!group) return refuse([unknown('groupId')]);
      const name = wish.name.trim();
      const wrong = [...wrongName(name), ...refusedSteps(wish.kind, wish.steps)];
      if (wrong.length > 0) return refuse(wrong);
      const row: RunbookRow = {
        ...{ id: newId(tx.now.getTime()), groupId: group.id, kind: wish.kind, name, latestNumber: 1 },
        ...{ createdAt: tx.now, version: 1 },
      };
      if (await this.repository.nameTaken(tx, row))
        return refuse([notPermitted('NAME_TAKEN', '该组已有同名预案', 'The group has one of that name', ['name'])]);
      const text = { runbookId: row.id, number: 1, kind: row.kind, steps: wish.steps, authoredById: viewer.userId };
      const hash = await this.evidence.addText(tx, text);
      await this.repository.insert(tx, row, versionBy(viewer, row.id, 1, tx.now));
      return ok({
        value: { runbookId: row.id },
        audit: {
          ...{ objectType: 'DrRunbook', objectId: row.id, departmentId: group.departmentId },
          summary: say(`编写${KIND_ZH[row.kind]}预案 ${name}`, `Write the runbook ${name}`),
          ...{ before: null, after: { name, kind: row.kind, number: 1, hash } },
        },
      });
    });
  }

  /** Another text is another version, which nobody has verified. */
  async edit(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly runbookId: string | undefined;
      readonly expectedVersion: number;
      readonly steps: readonly PlannedStep[];
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    const group = await this.groupOf(scope, wish.runbookId);
    return this.acts.perform({ name: 'drRunbook.edit', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.runbookId === undefined ? null : await this.repository.locked(tx, wish.runbookId);
      if (!row || !group) return refuse([unknown('id')]);
      const wrong = [...wrongVersion(wish.expectedVersion, row), ...refusedSteps(row.kind, wish.steps)];
      if (wrong.length > 0) return refuse(wrong);
      const number = row.latestNumber + 1;
      const text = { runbookId: row.id, number, kind: row.kind, steps: wish.steps, authoredById: viewer.userId };
      const hash = await this.evidence.addText(tx, text);
      await this.repository.addVersion(tx, row, versionBy(viewer, row.id, number, tx.now));
      return ok({
        value: { runbookId: row.id },
        audit: {
          ...{ objectType: 'DrRunbook', objectId: row.id, departmentId: group.departmentId },
          summary: say(
            `修改预案 ${row.name}，第 ${number} 版待核验`,
            `Edit the runbook ${row.name}: version ${number}`,
          ),
          ...{ before: { number: row.latestNumber }, after: { number, hash } },
        },
      });
    });
  }

  async verify(
    viewer: Viewer,
    scope: TenantScope,
    wish: { readonly runbookId: string | undefined; readonly number: number; readonly idempotencyKey: string },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    const group = await this.groupOf(scope, wish.runbookId);
    return this.acts.perform({ name: 'drRunbook.verify', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = wish.runbookId === undefined ? null : await this.repository.locked(tx, wish.runbookId);
      const [version] = row ? (await this.repository.versions([row.id], tx)).filter(byNumber(wish.number)) : [];
      if (!row || !version || !group) return refuse([unknown('id')]);
      const refused = refusedVerifier(version, row.latestNumber, viewer.userId);
      if (refused) return refuse([refused]);
      await this.repository.verify(tx, version, { id: viewer.userId, name: viewer.name }, 'REVIEW');
      return ok({
        value: { runbookId: row.id },
        audit: {
          ...{ objectType: 'DrRunbook', objectId: row.id, departmentId: group.departmentId },
          summary: say(`核验预案 ${row.name} 第 ${wish.number} 版`, `Verify version ${wish.number} of ${row.name}`),
          ...{ before: { state: version.state }, after: { state: 'VERIFIED' } },
        },
      });
    });
  }

  private async groupOf(scope: TenantScope, runbookId: string | undefined) {
    const row = runbookId === undefined ? null : await this.repository.one(runbookId);
    return row && (await this.groups.inScope(scope, row.groupId));
  }
}

const byNumber =
  (number: number) =>
  (one: { readonly number: number }): boolean =>
    one.number === number;

function versionBy(viewer: Viewer, runbookId: string, number: number, now: Date) {
  return {
    ...{ runbookId, number, state: 'NEEDS_VERIFIED' as const, verifiedHow: null, verifiedById: null },
    ...{ authoredById: viewer.userId, authoredBy: viewer.name, authoredAt: now, verifiedBy: null, verifiedAt: null },
  };
}

function wrongName(name: string): Refusal[] {
  if (name.length > 0 && name.length <= TITLE_LENGTH_MAX) return [];
  return [
    {
      ...{ code: 'INVALID_INPUT', path: ['name'], rule: 'length' },
      message: say(`名称须为 1 至 ${TITLE_LENGTH_MAX} 字`, `A name has 1 to ${TITLE_LENGTH_MAX} characters`),
    },
  ];
}
