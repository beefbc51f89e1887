import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { ClosingFacts } from '../accounting/closing-facts.service.js';
import { ClosingsService } from '../accounting/closings.service.js';
import { monthAfter, monthBefore, monthOfMoment } from '../accounting/domain/accounting-units.js';
import { PROVINCE_BOOK } from '../accounting/domain/closing.js';
import { checklistOf } from '../accounting/domain/closing-checklist.js';
import { Freezer } from '../accounting/freezer.service.js';
import { LineDisputes } from '../accounting/line-disputes.service.js';
import { ProrationRules } from '../accounting/proration-rules.service.js';
import { StatementConfirmations } from '../accounting/statement-confirmations.service.js';
import { StatementsService } from '../accounting/statements.service.js';
import { TokensService } from '../exports/tokens.service.js';
import { permissionsOf } from '../identity/domain/permissions.js';
import { UserNames } from '../identity/user-names.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { type Role, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';

/** What moves figures is over within a minute of the first start, on a machine that does much else at the same time. */
const CLOSE_TRIES = 5;
/** Rating and freezing keep each other out; a page of the one is written in seconds. */
const FREEZE_TRIES = 60;
const PAUSE_MS = 1_000;
/** A script of one's own, and a platform whose token waits for the security administrator. */
const TOKENS = [
  { kind: 'PERSONAL', purpose: '月度核算分析脚本', exports: ['FOCUS', 'COSTS'], days: 60 },
  { kind: 'SERVICE', purpose: '预算管理一体化系统每月取数', exports: ['FOCUS', 'STATEMENT', 'BUDGETS'], days: 365 },
] as const;

/** Of each statement the tour's department disputes the dearest line. */
const FIRST_PAGE = { first: 1, after: null };

/**
 * What two people of finance have closed of the past, and what a department did not accept: of the last month but one a
 * dispute that was answered after the close, and so stands as a correction in the month after; of the last one an open one.
 * The last month waits for whoever looks at the demonstration.
 */
@Injectable()
export class DemonstrationClosings {
  constructor(
    private readonly closings: ClosingsService,
    private readonly facts: ClosingFacts,
    private readonly freezer: Freezer,
    private readonly disputes: LineDisputes,
    private readonly confirmations: StatementConfirmations,
    private readonly statements: StatementsService,
    private readonly rules: ProrationRules,
    private readonly users: UserNames,
    private readonly tokens: TokensService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Again on the same past it goes on where it stopped. @returns what kept a month open that ought to be closed. */
  async run(): Promise<string[]> {
    const first = await this.rules.firstMonth();
    const last = monthBefore(monthOfMoment(this.clock.now().getTime()));
    const before = monthBefore(last);
    if (first === null || first > before) return [];
    const [finance, second, head] = await Promise.all([
      this.person('finance', 'FINANCE'),
      this.person('finance.czt', 'FINANCE'),
      this.person('head', 'DEPARTMENT_HEAD'),
    ]);
    await this.confirmations.run(finance);
    const answered = await this.dispute(head, before, '该虚拟机月中已申请降配，请按实际规格核减');
    await this.dispute(head, last, '与验收单所列磁盘容量不一致，请核对');
    for (let month = first; month <= before; month = monthAfter(month)) {
      const problem = await this.close(finance, second, month);
      if (problem) return [`${month}: ${problem}`];
    }
    if (answered) await this.answer(second, answered);
    await this.makeTokens(finance);
    return [];
  }

  /** @returns why it stays open; null = it is closed. */
  private async close(asks: Viewer, approves: Viewer, month: string, tries = CLOSE_TRIES): Promise<string | null> {
    const checks = checklistOf(await this.facts.of(PROVINCE_BOOK, month));
    const explanations = checks
      .filter(({ result }) => result === 'EXPLAIN')
      .map(({ item }) => ({ item, text: '已逐户核实，不影响当月结账' }));
    const wish = { month, book: PROVINCE_BOOK, explanations, idempotencyKey: newId() };
    const asked = await this.closings.request(asks, WHOLE_PROVINCE, wish);
    if (!asked.ok) return asked.error.every(({ code }) => code === 'PERIOD_CLOSED') ? null : wordsOf(asked.error);
    const { id } = asked.value;
    const decision = { id, expectedVersion: 1, opinion: '同意结账', idempotencyKey: newId() };
    const approved = await this.closings.decide(approves, WHOLE_PROVINCE, 'APPROVE', decision);
    if (!approved.ok && tries > 1 && approved.error.some(isFiguresMoved)) {
      // Machines of the demonstration are still being delivered beside it: what was asked for is taken back, and asked anew.
      const back = { id, expectedVersion: 1, idempotencyKey: newId() };
      await this.closings.decide(asks, WHOLE_PROVINCE, 'WITHDRAW', back);
      await setTimeout(PAUSE_MS);
      return this.close(asks, approves, month, tries - 1);
    }
    if (!approved.ok) return wordsOf(approved.error);
    return this.frozen(approves, id);
  }

  /** Where rating passes at that moment, or it is much, it is frozen a little later: the next month wants this one closed. */
  private async frozen(by: Viewer, id: string, tries = FREEZE_TRIES): Promise<string | null> {
    const state = (await this.closings.byId(WHOLE_PROVINCE, id))?.state;
    if (state === 'CLOSED') return null;
    if (state !== 'FREEZING' || tries === 0) return `is ${state}`;
    if (tries < FREEZE_TRIES) await setTimeout(PAUSE_MS);
    await this.freezer.run(by);
    return this.frozen(by, id, tries - 1);
  }

  private async dispute(head: Viewer, month: string, reason: string): Promise<string | null> {
    const scope = scopeOf(head);
    const view = await this.statements.view(month);
    const filter = { view, departmentId: head.departmentId, kind: 'MACHINE' as const };
    const [use] = (await this.statements.resources(scope, filter, FIRST_PAGE)).rows;
    if (!use) return null;
    const [lines = []] = await this.statements.linesOf([{ scope, month, resourceId: use.resourceId }]);
    const line = lines.find(({ amount, state }) => state === 'RATED' && amount !== null && amount > 0n);
    if (!line) return null;
    const wish = { month, resourceId: line.resourceId, meter: line.meter, from: line.from, reason };
    const raised = await this.disputes.raise(head, scope, { ...wish, idempotencyKey: newId() });
    return raised.ok ? raised.value.id : null;
  }

  private async answer(by: Viewer, id: string): Promise<void> {
    const dispute = await this.disputes.byId(WHOLE_PROVINCE, id);
    if (!dispute) return;
    await this.disputes.decide(by, WHOLE_PROVINCE, 'CORRECT', {
      ...{ id, expectedVersion: dispute.version, text: '经核对变更单，降配自当月中旬生效，按半月核减' },
      ...{ correctedFen: dispute.amountFen / 2n, idempotencyKey: newId() },
    });
  }

  /** Their secrets are shown to nobody: who wants to use one makes another. */
  private async makeTokens(finance: Viewer): Promise<void> {
    if ((await this.tokens.page(finance, FIRST_PAGE)).totalCount > 0) return;
    for (const token of TOKENS) {
      const made = await this.tokens.create(finance, WHOLE_PROVINCE, {
        ...token,
        departmentId: null,
        idempotencyKey: newId(),
      });
      if (!made.ok) throw new Error(made.error.map(({ message }) => message.en).join('; '));
    }
  }

  private async person(username: string, role: Role): Promise<Viewer> {
    const user = await this.users.activeByName(username);
    if (!user) throw new Error(`the demonstration has no ${username}`);
    const { departmentId, displayName, id } = user;
    return {
      ...{ userId: id, username, name: displayName, departmentId, address: null, locale: 'zh' },
      ...{ departmentTreeIds: departmentId === null ? [] : [departmentId], traceId: newId(), sessionId: newId() },
      ...{ roles: [role], permissions: permissionsOf([role]) },
    };
  }
}

function isFiguresMoved(refusal: Refusal): boolean {
  return refusal.code === 'NOT_PERMITTED' && refusal.reason === 'FIGURES_MOVED';
}

function wordsOf(refusals: readonly Refusal[]): string {
  return refusals.map(({ message }) => message.en).join('; ');
}

function scopeOf({ departmentTreeIds }: Viewer): TenantScope {
  return { kind: 'DEPARTMENTS', departmentIds: departmentTreeIds };
}
