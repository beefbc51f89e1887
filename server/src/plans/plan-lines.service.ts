import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { SystemsService } from '../systems/systems.service.js';
import { checkLine, PLAN_LINES_MAX, type PlanLineContent, tidied } from './domain/plan-line.js';
import { monthlyOf } from './domain/plan-price.js';
import { isEditable } from './domain/plan-state.js';
import { PlanCatalog, type PlanShelf, unknownOffer, withCatalog } from './plan-catalog.service.js';
import { type Answer, planChanged, unknownPlan } from './plan-desk.service.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { PlansRepository } from './plans.repository.js';
import type { PlanLineRow, PlanRow } from './plans.types.js';

export interface LineWish {
  readonly planId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** Writing a plan, line by line. */
@Injectable()
export class PlanLines {
  constructor(
    private readonly plans: PlansRepository,
    private readonly lines: PlanLinesRepository,
    private readonly catalog: PlanCatalog,
    private readonly systems: SystemsService,
    private readonly acts: Acts,
  ) {}

  /** A new line (`lineId` null) or another content of one that is there. */
  async save(
    viewer: Viewer,
    scope: TenantScope,
    wish: LineWish & {
      readonly lineId: string | null | undefined;
      readonly content: Omit<PlanLineContent, 'systemId' | 'quotaMeter'> & { readonly systemId: string | undefined };
    },
  ): Answer {
    const { systemId = '-' } = wish.content;
    const [shelf, system] = await Promise.all([this.catalog.shelf(), this.systems.system(scope, systemId)]);
    const content = tidied({ ...wish.content, systemId, quotaMeter: null });
    return this.edit(viewer, scope, wish, 'plan.saveLine', async (tx, plan, all) => {
      const wrong: Refusal[] = checkLine(content);
      if (!system || system.departmentId !== plan.departmentId) wrong.push(unknownSystem());
      const unknown = unknownOffer(shelf, content);
      if (unknown) wrong.push({ code: 'UNKNOWN_REFERENCE', path: ['line', 'offerCode'], message: unknown });
      const before = wish.lineId === null ? null : all.find((line) => line.id === wish.lineId);
      if (before === undefined) wrong.push(unknownLine());
      if (!before && all.length >= PLAN_LINES_MAX) wrong.push(tooMany());
      if (wrong.length > 0) return refuse(wrong);
      const [row] = rowsOf(tx, plan.id, [content], shelf, (all.at(-1)?.position ?? 0) + 1) as [PlanLineRow];
      if (!before) await this.lines.insert(tx, [row]);
      else {
        const { id: _id, planId: _planId, position: _position, ...change } = row;
        await this.lines.update(tx, before.id, change);
      }
      const kept = all.filter((line) => line.id !== before?.id);
      return ok({ lines: [...kept, row], before: before ?? null, after: content });
    });
  }

  async remove(
    viewer: Viewer,
    scope: TenantScope,
    wish: LineWish & { readonly lineIds: readonly (string | undefined)[] },
  ): Answer {
    return this.edit(viewer, scope, wish, 'plan.removeLines', async (tx, plan, all) => {
      const ids = wish.lineIds.map((id) => id ?? '-');
      const gone = all.filter((line) => ids.includes(line.id));
      if (gone.length < ids.length || ids.length === 0) return refuse([unknownLine()]);
      await this.lines.remove(tx, plan.id, ids);
      return ok({ lines: all.filter((line) => !ids.includes(line.id)), before: gone.map(plain), after: null });
    });
  }

  /** Appends lines to a plan that may be edited, in the caller's act. The caller has checked and priced them. */
  async append(tx: Tx, plan: PlanRow, authorId: string | null, added: readonly PricedContent[]): Promise<void> {
    const all = await this.lines.of(plan.id, tx.manager);
    const rows = numbered(tx, plan.id, added, (all.at(-1)?.position ?? 0) + 1);
    await this.lines.insert(tx, rows);
    await this.plans.update(tx, plan, totals(plan, [...all, ...rows], authorId));
  }

  private edit(
    viewer: Viewer,
    scope: TenantScope,
    wish: LineWish,
    name: string,
    change: (tx: Tx, plan: PlanRow, lines: readonly PlanLineRow[]) => Promise<Result<Changed, readonly Refusal[]>>,
  ): Answer {
    const input = { ...wish, planId: wish.planId ?? '-' };
    return this.acts.perform({ name, actor: viewer, idempotencyKey: wish.idempotencyKey, input }, async (tx) => {
      const plan = await this.plans.locked(tx, scope, input.planId);
      if (!plan || !covers(scopeFor(viewer, 'PLAN', 'CREATE'), plan.departmentId)) return refuse([unknownPlan()]);
      if (!isEditable(plan.state)) return refuse([notNow(plan)]);
      if (plan.version !== wish.expectedVersion) return refuse([planChanged(wish.expectedVersion, plan.version)]);
      const changed = await change(tx, plan, await this.lines.of(plan.id, tx.manager));
      if (!changed.ok) return changed;
      await this.plans.update(tx, plan, totals(plan, changed.value.lines, viewer.userId));
      return ok({
        value: { id: plan.id },
        audit: {
          objectType: 'Plan',
          objectId: plan.id,
          departmentId: plan.departmentId,
          summary: say(`编制 ${plan.code}`, `Wrote ${plan.code}`),
          before: Array.isArray(changed.value.before) ? changed.value.before : plain(changed.value.before),
          after: changed.value.after,
        },
      });
    });
  }
}

interface Changed {
  readonly lines: readonly PlanLineRow[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Lines with everything that is known of them, one behind the other. */
export function rowsOf(
  tx: Tx,
  planId: string,
  contents: readonly PlanLineContent[],
  shelf: PlanShelf,
  from: number,
): PlanLineRow[] {
  return numbered(
    tx,
    planId,
    contents.map((content) => withCatalog(tidied(content), shelf)),
    from,
  );
}

export type PricedContent = PlanLineContent & Pick<PlanLineRow, 'unitFen'>;

function numbered(tx: Tx, planId: string, contents: readonly PricedContent[], from: number): PlanLineRow[] {
  return contents.map((content, at) => ({
    ...content,
    id: newId(tx.now.getTime()),
    planId,
    position: from + at,
    acceptedCount: null,
    reductionReason: null,
  }));
}

function totals(plan: PlanRow, lines: readonly PlanLineRow[], authorId: string | null): Partial<PlanRow> {
  return {
    lineCount: lines.length,
    monthlyFen: monthlyOf(lines),
    authorIds: [...new Set([...plan.authorIds, ...(authorId === null ? [] : [authorId])])],
  };
}

/** An audit row is plain JSON: money is text. */
function plain(line: unknown): unknown {
  return JSON.parse(
    JSON.stringify(line, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)) ?? 'null',
  );
}

function notNow(plan: PlanRow): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state: plan.state,
    action: 'EDIT',
    message: say('计划已提交，撤回或退回后才能修改', 'The plan was sent; withdraw it to change it'),
  };
}

function unknownSystem(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['line', 'systemId'],
    message: say('找不到这个系统，或不属于编制单位', 'There is no such system, or it is not of the plan’s department'),
  };
}

export function unknownLine(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['lineId'], message: say('计划中没有这一行', 'The plan has no such line') };
}

function tooMany(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['lines'],
    rule: 'range',
    message: say(`一份计划最多 ${PLAN_LINES_MAX} 行`, `A plan has at most ${PLAN_LINES_MAX} lines`),
  };
}
