import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { type FreezeWish, isRunning, type Subject, wrongFreeze, wrongRelease } from './domain/freeze.js';
import { FreezesRepository } from './freezes.repository.js';
import type { FreezeRow, ReleaseRow } from './freezes.types.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** FW: 封网. */
const CODE_PREFIX = 'FW';
/** Of three years, at one a month. */
const FREEZES_SHOWN = 40;

/** 封网: set by whoever runs the desk, told to everybody, let through by a leader. */
@Injectable()
export class Freezes {
  constructor(
    private readonly repository: FreezesRepository,
    private readonly facilities: FacilitiesService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  newest(): Promise<FreezeRow[]> {
    return this.repository.newest(FREEZES_SHOWN);
  }

  /** Those that touch the time, in the order in which they begin; what was ended before it began is none. */
  between(fromAt: Date, toAt: Date, limit: number): Promise<FreezeRow[]> {
    return this.repository.between(fromAt, toAt, limit);
  }

  /** Batches for loaders. */
  readonly byIds = async (ids: readonly string[]): Promise<(FreezeRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), ({ id }) => id);
  readonly releases = async (ids: readonly string[]): Promise<ReleaseRow[][]> => {
    const of = Map.groupBy(await this.repository.releases(ids), ({ freezeId }) => freezeId);
    return ids.map((id) => of.get(id) ?? []);
  };

  isRunning(row: FreezeRow): boolean {
    return isRunning(row, this.clock.now());
  }

  async set(
    viewer: Viewer,
    wish: FreezeWish & { readonly centerIds: readonly (string | undefined)[]; readonly idempotencyKey: string },
  ): Answer {
    const { idempotencyKey, ...asked } = wish;
    const input = { ...asked, fromAt: asked.fromAt.toISOString(), toAt: asked.toAt.toISOString() };
    const code = await this.codes.next(CODE_PREFIX, accountingYear(this.clock.now()));
    const known = new Set((await this.facilities.centers()).map(({ id }) => id));
    return this.acts.perform({ name: 'freeze.set', actor: viewer, idempotencyKey, input }, async (tx) => {
      const wrong: Refusal[] = wrongFreeze(wish, tx.now);
      if (wish.centerIds.some((id) => id === undefined || !known.has(id))) wrong.push(unknown('centerIds'));
      if (wrong.length > 0) return refuse(wrong);
      const { fromAt, reason, title, toAt } = wish;
      const row: FreezeRow = {
        ...{ id: newId(tx.now.getTime()), code, title: title.trim(), reason: reason.trim(), fromAt, toAt },
        ...{ endedAt: null, endedBy: null, madeBy: viewer.name, madeAt: tx.now, version: 1 },
        centerIds: [...new Set(wish.centerIds)].flatMap((id) => id ?? []),
      };
      await this.repository.insert(tx, row);
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row.id),
          summary: say(`设定封网 ${code} ${row.title}`, `Set the freeze ${code} ${row.title}`),
          after: input,
        },
      });
    });
  }

  /** Sooner than it was set: of one that runs by a leader, for it lets everything through. */
  end(
    viewer: Viewer,
    mayRelease: boolean,
    wish: { readonly freezeId: string | undefined; readonly expectedVersion: number; readonly idempotencyKey: string },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'freeze.end', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.locked(tx, wish.freezeId);
      if (!row) return refuse([unknown('id')]);
      if (row.version !== wish.expectedVersion) return refuse([changed(wish.expectedVersion, row.version)]);
      if (row.endedAt !== null || row.toAt <= tx.now) return refuse([over('END')]);
      if (row.fromAt <= tx.now && !mayRelease) return refuse([onlyLeader()]);
      await this.repository.end(tx, row, viewer.name);
      return ok({
        value: { id: row.id },
        audit: { ...auditOf(row.id), summary: say(`提前结束封网 ${row.code}`, `End the freeze ${row.code} early`) },
      });
    });
  }

  /** By a leader: one system, request or machine, for some hours, with a reason that stays. */
  release(
    viewer: Viewer,
    wish: {
      readonly freezeId: string | undefined;
      readonly subject: Subject | undefined;
      /** As people call it; null = there is none. */
      readonly subjectName: string | null;
      readonly reason: string;
      readonly until: Date;
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, subject, until, ...rest } = wish;
    const input = { ...rest, subject: subject ? { ...subject } : null, until: until.toISOString() };
    return this.acts.perform({ name: 'freeze.release', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.locked(tx, wish.freezeId);
      if (!row) return refuse([unknown('id')]);
      if (!subject || wish.subjectName === null) return refuse([unknown('subjectId')]);
      if (row.endedAt !== null || row.toAt <= tx.now) return refuse([over('RELEASE')]);
      const wrong = wrongRelease(wish.reason, until, row, tx.now);
      if (wrong.length > 0) return refuse(wrong);
      await this.repository.addRelease(tx, {
        ...{ id: newId(tx.now.getTime()), freezeId: row.id, subjectType: subject.type, subjectId: subject.id },
        ...{ subjectName: wish.subjectName.slice(0, 200), reason: wish.reason.trim(), until },
        ...{ givenBy: viewer.name, givenAt: tx.now, revokedAt: null },
      });
      return ok({
        value: { id: row.id },
        audit: {
          ...auditOf(row.id),
          summary: say(
            `封网 ${row.code} 放行 ${wish.subjectName}`,
            `Let ${wish.subjectName} through the freeze ${row.code}`,
          ),
          after: input,
        },
      });
    });
  }
}

const auditOf = (objectId: string) => ({ objectType: 'ChangeFreeze', objectId, departmentId: null });
const unknown = (field: string): Refusal => ({
  ...{ code: 'UNKNOWN_REFERENCE', path: [field] },
  message: say('没有这一项', 'There is no such thing'),
});
const changed = (expected: number, current: number): Refusal => ({
  ...{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], expected, current },
  message: say('刚有人改过，请刷新后再试', 'Somebody has just changed it; look again first'),
});
const onlyLeader = (): Refusal => ({
  ...{ code: 'NOT_PERMITTED', path: ['id'], reason: 'ONLY_LEADER' },
  message: say(
    '封网已开始，只有领导能提前结束；封网仍有效',
    'It runs already, and only a leader ends it sooner; it stands as it was',
  ),
});
const over = (action: string): Refusal => ({
  ...{ code: 'ILLEGAL_TRANSITION', path: ['id'], state: 'ENDED', action },
  message: say('封网已结束', 'The freeze is over'),
});
