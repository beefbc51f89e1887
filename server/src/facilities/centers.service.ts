import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { type CalendarDate, calendarDate, isCalendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { nextState } from '../kernel/state-machine.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CenterOpenings } from './center-openings.service.js';
import { CenterPools } from './center-pools.service.js';
import { CenterRemains } from './center-remains.service.js';
import { type CenterAction, centerLifeTable, stopObjection, takesPromises } from './domain/center-life.js';
import { type Center, type CenterRole, isFacilityCode, roleTakenBy } from './domain/facility.js';
import { badCode } from './domain/pool-form.js';
import { changedMeanwhile, illegal, invalid, unknown } from './domain/refusals.js';
import { FacilitiesRepository } from './facilities.repository.js';

type Answer = Result<{ id: string }, readonly Refusal[]>;

const NAME_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 500;

/** Acts on centers as such: they come, they go through their life. */
@Injectable()
export class CentersService {
  constructor(
    private readonly repository: FacilitiesRepository,
    private readonly remains: CenterRemains,
    private readonly pools: CenterPools,
    private readonly openings: CenterOpenings,
    private readonly acts: Acts,
  ) {}

  /** A new center begins as a plan; with a cluster's name it also gets the row that its kubeconfig drives. */
  register(
    viewer: Viewer,
    wish: {
      readonly code: string;
      readonly name: string;
      readonly role: CenterRole;
      readonly clusterName: string | null;
      readonly idempotencyKey: string;
    },
  ): Promise<Answer> {
    return this.acts.perform(
      { name: 'center.register', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const centers = await this.repository.lockedCenters(tx);
        const refusals = [...checkCenter(wish, centers)];
        if (refusals.length > 0) return refuse(refusals);
        const center: Center = {
          id: newId(tx.now.getTime()),
          code: wish.code,
          name: wish.name.trim(),
          role: wish.role,
          life: centerLifeTable.initial,
          version: 1,
        };
        const clusterName = wish.clusterName?.trim() ?? '';
        await this.repository.insert(
          tx,
          [center],
          clusterName === ''
            ? []
            : [
                {
                  id: newId(tx.now.getTime()),
                  centerId: center.id,
                  name: clusterName,
                  reach: 'UNKNOWN',
                  observedAt: null,
                },
              ],
          [],
        );
        return ok({
          value: { id: center.id },
          audit: {
            objectType: 'Center',
            objectId: center.id,
            departmentId: null,
            summary: say(`登记数据中心 ${center.code} ${center.name}`, `Register center ${center.code} ${center.name}`),
            after: { ...center, clusterName },
          },
        });
      },
    );
  }

  changeLife(
    viewer: Viewer,
    wish: {
      readonly centerId: string | undefined;
      readonly action: CenterAction;
      readonly reason: string;
      readonly expectedVersion: number;
      readonly idempotencyKey: string;
    },
  ): Promise<Answer> {
    return this.acts.perform(
      { name: 'center.changeLife', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const found = await this.withReason(tx, wish);
        if (!found.ok) return found;
        const { centers, center, reason } = found.value;
        const next = nextState(centerLifeTable, center.life, wish.action);
        if (next === undefined)
          return refuse([
            illegal(center.life, wish.action, say('当前阶段不能这样变更', 'Its present life does not allow that')),
          ]);
        if (wish.expectedVersion !== center.version)
          return refuse([changedMeanwhile(wish.expectedVersion, center.version)]);
        const holder = next === 'STOPPED' ? undefined : roleTakenBy(centers, center.role, center.id);
        if (holder) return refuse([roleTaken(holder)]);
        const inTheWay = next === 'STOPPED' ? stopObjection(await this.remains.within(tx, center.id)) : null;
        if (inTheWay) return refuse([inTheWay]);
        await this.repository.setLife(tx, center.id, next);
        if (takesPromises(next) && !takesPromises(center.life))
          await this.openings.opened(tx, { ...center, life: next });
        const last = await this.pools.follow(tx, center, next);
        return ok({
          value: { id: center.id },
          audit: {
            objectType: 'Center',
            objectId: center.id,
            departmentId: null,
            summary: say(`${center.name}：${center.life} → ${next}`, `${center.code}: ${center.life} → ${next}`),
            before: { life: center.life },
            after: { life: next, reason },
          },
          last,
        });
      },
    );
  }

  /** When it is to open, as far as anybody can say; what is open already was opened. */
  planOpening(
    viewer: Viewer,
    wish: {
      readonly centerId: string | undefined;
      readonly opensOn: CalendarDate | null;
      readonly reason: string;
      readonly expectedVersion: number;
      readonly idempotencyKey: string;
    },
  ): Promise<Answer> {
    return this.acts.perform(
      { name: 'center.planOpening', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const found = await this.withReason(tx, wish);
        if (!found.ok) return found;
        const { center, reason } = found.value;
        if (takesPromises(center.life))
          return refuse([illegal(center.life, 'PLAN_OPENING', say('该中心已投用', 'The center is open already'))]);
        if (wish.opensOn !== null && (!isCalendarDate(wish.opensOn) || wish.opensOn < calendarDate(tx.now)))
          return refuse([
            invalid(['opensOn'], 'past', say('计划投用日期须为今天或以后的日期', 'It opens today or on a later day')),
          ]);
        if (wish.expectedVersion !== center.version)
          return refuse([changedMeanwhile(wish.expectedVersion, center.version)]);
        await this.repository.setOpensOn(tx, center.id, wish.opensOn);
        return ok({
          value: { id: center.id },
          audit: {
            objectType: 'Center',
            objectId: center.id,
            departmentId: null,
            summary: say(
              `${center.name} 计划投用：${wish.opensOn ?? '未定'}`,
              `${center.code} is to open: ${wish.opensOn ?? 'not known'}`,
            ),
            before: { opensOn: center.opensOn ?? null },
            after: { opensOn: wish.opensOn, reason },
          },
        });
      },
    );
  }

  /** Whatever changes a center's life or its plan says why; all centers stay locked, because their roles stand to each other. */
  private async withReason(
    tx: Tx,
    wish: { readonly centerId: string | undefined; readonly reason: string },
  ): Promise<Result<{ centers: readonly Center[]; center: Center; reason: string }, readonly Refusal[]>> {
    const centers = await this.repository.lockedCenters(tx);
    const center = centers.find((one) => one.id === wish.centerId);
    if (!center) return refuse([unknown(['id'], say('没有这个数据中心', 'There is no such center'))]);
    const reason = wish.reason.trim();
    const unsaid = reasonObjection(reason);
    return unsaid ? refuse([unsaid]) : ok({ centers, center, reason });
  }
}

function reasonObjection(reason: string): Refusal | null {
  if (reason.length >= 1 && reason.length <= REASON_LENGTH_MAX) return null;
  return invalid(
    ['reason'],
    'length',
    say(`请说明原因，1 至 ${REASON_LENGTH_MAX} 字`, `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`),
  );
}

function checkCenter(
  wish: {
    readonly code: string;
    readonly name: string;
    readonly role: CenterRole;
    readonly clusterName: string | null;
  },
  centers: readonly Center[],
): Refusal[] {
  const refusals: Refusal[] = [];
  if (!isFacilityCode(wish.code)) refusals.push(badCode());
  else if (centers.some((c) => c.code === wish.code))
    refusals.push(invalid(['code'], 'taken', say('编码已被使用', 'The code is taken')));
  const tooLong = say(`须为 1 至 ${NAME_LENGTH_MAX} 字`, `1 to ${NAME_LENGTH_MAX} characters`);
  if (wish.name.trim().length < 1 || wish.name.trim().length > NAME_LENGTH_MAX)
    refusals.push(invalid(['name'], 'length', tooLong));
  if ((wish.clusterName ?? '').trim().length > NAME_LENGTH_MAX)
    refusals.push(invalid(['clusterName'], 'length', tooLong));
  const holder = roleTakenBy(centers, wish.role, null);
  if (holder) refusals.push(roleTaken(holder));
  return refusals;
}

function roleTaken(holder: Center): Refusal {
  return invalid(
    ['role'],
    'roleTaken',
    say(`同城双活的这一侧已由 ${holder.name} 承担`, `${holder.name} already is this side of the dual-active pair`),
  );
}
