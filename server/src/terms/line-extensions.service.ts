import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import { say } from '../kernel/bilingual.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { lineNamed, reclaimStands, unknownLine } from '../requests/domain/named-line.js';
import { LineTerms } from '../requests/line-terms.service.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { decideExtension, type ExtensionMove, type ExtensionState } from './domain/extension.js';
import { lineExtensionAnswered, lineExtensionAsked } from './domain/line-term-notices.js';
import { alreadyOver, givenBack, waitsAlready } from './extension-refusals.js';
import { lineDone } from './line-term-acts.js';
import { TermsRepository } from './terms.repository.js';
import type { ExtensionRow } from './terms.types.js';

export interface ExtendLineWish {
  readonly lineId: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
  /** null = long-term from now on. */
  readonly until: CalendarDate | null;
  readonly reason: string;
}

type ExtensionDone = { id: string; state: ExtensionState };

const WORDS: Readonly<Record<ExtensionMove, readonly [string, string]>> = {
  GRANT: ['批准', 'Granted'],
  REFUSE: ['不批准', 'Refused'],
  WITHDRAW: ['撤回', 'Withdrew'],
};

/** Lengthens terms of servers, places and services by the rules of machines: at once within them, else by the center's answer. */
@Injectable()
export class LineExtensions {
  constructor(
    private readonly repository: TermsRepository,
    private readonly terms: LineTerms,
    private readonly policies: LifePolicies,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  async extend(
    viewer: Viewer,
    scope: TenantScope,
    wish: ExtendLineWish,
  ): Promise<Result<ExtensionDone, readonly Refusal[]>> {
    const policy = await this.policies.policy();
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'lineTerm.extend', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.terms.locked(tx, scope, wish.lineId);
      if (!row) return refuse([unknownLine()]);
      const stopped = reclaimStands(row);
      if (stopped) return refuse([stopped]);
      const decided = decideExtension({ ...row, state: 'IN_USE' }, wish, calendarDate(tx.now), policy);
      if (!decided.ok) return decided;
      if (await this.repository.isOpenOfLine(tx, row.lineId)) return refuse([waitsAlready()]);
      const { byRule } = decided.value;
      const extension: ExtensionRow = {
        id: newId(tx.now.getTime()),
        resourceId: null,
        lineId: row.lineId,
        departmentId: row.departmentId,
        systemId: row.systemId,
        state: byRule ? 'GRANTED' : 'ASKED',
        fromUntil: row.temporaryUntil as string,
        toUntil: wish.until,
        byRule,
        reason: wish.reason.trim(),
        askedAt: tx.now,
        askedById: viewer.userId,
        askedByName: viewer.name,
        decidedAt: byRule ? tx.now : null,
        decidedByName: null,
        opinion: null,
        version: 1,
      };
      await this.repository.insertExtension(tx, extension);
      if (byRule) await this.terms.extend(tx, row, wish.until, true);
      else await this.notices.tell(tx, lineExtensionAsked(row, wish.until));
      const name = lineNamed(row);
      const summary = say(`${name} 延期至 ${wish.until ?? '长期'}`, `Extend ${name} to ${wish.until ?? 'long-term'}`);
      const { audit } = lineDone(row, summary, { until: row.temporaryUntil }, { until: wish.until, byRule });
      return ok({ value: { id: extension.id, state: extension.state }, audit });
    });
  }

  /** Inside the answer's act, of a wish that is locked and may be answered so. */
  async answer(
    tx: Tx,
    viewer: Viewer,
    asked: ExtensionRow,
    move: ExtensionMove,
    state: ExtensionState,
    opinion: string | null,
  ): Promise<Result<Done<ExtensionDone>, readonly Refusal[]>> {
    // A wish about what was given back meanwhile is refused or withdrawn still: else it waited for ever.
    const row = await this.terms.lockedAnyway(tx, asked.lineId);
    if (!row) return refuse([unknownLine()]);
    const stopped = move === 'GRANT' ? (row.endedAt === null ? reclaimStands(row) : givenBack()) : null;
    if (stopped) return refuse([stopped]);
    if (move === 'GRANT' && asked.toUntil !== null && asked.toUntil < calendarDate(tx.now))
      return refuse([alreadyOver(asked.toUntil)]);
    const version = asked.version + 1;
    const decided = { state, decidedAt: tx.now, decidedByName: viewer.name, opinion, version };
    await this.repository.updateExtension(tx, asked.id, decided);
    if (move === 'GRANT') await this.terms.extend(tx, row, asked.toUntil, false);
    if (move !== 'WITHDRAW') await this.notices.tell(tx, lineExtensionAnswered(row, asked.askedById, move === 'GRANT'));
    const [zh, en] = WORDS[move];
    const name = lineNamed(row);
    const summary = say(
      `${zh} ${name} 延期至 ${asked.toUntil ?? '长期'}`,
      `${en} ${name} ${asked.toUntil ?? 'long-term'}`,
    );
    const { audit } = lineDone(row, summary, { state: asked.state }, { state, opinion });
    return ok({ value: { id: asked.id, state }, audit });
  }
}
