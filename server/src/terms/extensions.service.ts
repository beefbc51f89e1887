import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { nextState } from '../kernel/state-machine.js';
import { reaches, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { Notices } from '../platform/notices/notices.js';
import { checkReason, checkRemark, illegal } from '../resources/domain/release.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { type ActOnResource, done, unknownResource } from '../resources/resource-life.service.js';
import { ResourceMoves } from '../resources/resource-moves.service.js';
import { decideExtension, type ExtensionMove, type ExtensionState, extensionTable } from './domain/extension.js';
import { extensionAnswered, extensionAsked } from './domain/term-notices.js';
import { alreadyOver, answered, conflict, ownWish, unknownExtension, waitsAlready } from './extension-refusals.js';
import { LineExtensions } from './line-extensions.service.js';
import { TermsRepository } from './terms.repository.js';
import type { ExtensionRow } from './terms.types.js';

export interface ExtendWish extends ActOnResource {
  readonly until: string | null;
  readonly reason: string;
}

export interface AnswerWish {
  readonly extensionId: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
  readonly opinion: string | null;
}

export type Extended = Promise<Result<{ id: string; state: ExtensionState }, readonly Refusal[]>>;

/** Lengthens terms: at once where the rule covers it, else by the center's answer. */
@Injectable()
export class Extensions {
  constructor(
    private readonly repository: TermsRepository,
    private readonly moves: ResourceMoves,
    private readonly lines: LineExtensions,
    private readonly policies: LifePolicies,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  async extend(viewer: Viewer, scope: TenantScope, wish: ExtendWish): Extended {
    const policy = await this.policies.policy();
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'term.extend', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.moves.locked(tx, scope, wish.resourceId);
      if (!row) return refuse([unknownResource()]);
      const decided = decideExtension(row, wish, calendarDate(tx.now), policy);
      if (!decided.ok) return decided;
      if (await this.repository.isOpen(tx, row.id)) return refuse([waitsAlready()]);
      const { byRule } = decided.value;
      const state: ExtensionState = byRule ? 'GRANTED' : 'ASKED';
      const extension: ExtensionRow = {
        id: newId(tx.now.getTime()),
        resourceId: row.id,
        lineId: null,
        departmentId: row.departmentId,
        systemId: row.systemId,
        state,
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
      const to = wish.until ?? '长期';
      if (byRule) {
        const text = say(`延期至 ${to}：${extension.reason}`, `Extended to ${to}: ${extension.reason}`);
        await this.moves.extend(tx, row, wish.until, true, { text, by: viewer.name });
      } else {
        const text = say(
          `申请延期至 ${to}，待大数据中心审批`,
          `An extension to ${wish.until ?? 'long-term'} waits for the center`,
        );
        await this.moves.note(tx, row, 'EXTENSION_ASKED', { text, by: viewer.name });
        await this.notices.tell(tx, extensionAsked(row, wish.until));
      }
      const summary = say(`${row.code} 延期至 ${to}`, `Extend ${row.code} to ${wish.until ?? 'long-term'}`);
      const { audit } = done(row, summary, { until: row.temporaryUntil }, { until: wish.until, byRule });
      return ok({ value: { id: extension.id, state }, audit });
    });
  }

  /** The center grants or refuses; who asked takes back. */
  async answer(viewer: Viewer, scope: TenantScope, move: ExtensionMove, wish: AnswerWish): Extended {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: ACT_NAMES[move], actor: viewer, idempotencyKey, input }, async (tx) => {
      const asked = wish.extensionId === undefined ? null : await this.repository.lockedExtension(tx, wish.extensionId);
      if (!asked || !reaches(scope, asked)) return refuse([unknownExtension()]);
      const state = nextState(extensionTable, asked.state, move);
      const check = move === 'REFUSE' ? checkReason : checkRemark;
      const wrong = check(wish.opinion ?? '', ['opinion']);
      if (wrong.length > 0) return refuse(wrong);
      if (state === undefined) return refuse([answered(asked.state, move)]);
      if (asked.version !== wish.expectedVersion) return refuse([conflict(wish.expectedVersion, asked.version)]);
      if (move !== 'WITHDRAW' && asked.askedById === viewer.userId) return refuse([ownWish()]);
      if (asked.lineId !== null) return this.lines.answer(tx, viewer, asked, move, state, wish.opinion?.trim() || null);
      const row = await this.moves.locked(tx, WHOLE_PROVINCE, asked.resourceId ?? undefined);
      if (!row) return refuse([unknownResource()]);
      if (move === 'GRANT' && row.state !== 'IN_USE' && row.state !== 'IN_BIN')
        return refuse([
          illegal(row.state, 'EXTEND', say('资源已在释放或已释放', 'The resource is being or has been released')),
        ]);
      if (move === 'GRANT' && asked.toUntil !== null && asked.toUntil < calendarDate(tx.now))
        return refuse([alreadyOver(asked.toUntil)]);
      const opinion = wish.opinion?.trim() || null;
      await this.repository.updateExtension(tx, asked.id, {
        state,
        decidedAt: tx.now,
        decidedByName: viewer.name,
        opinion,
        version: asked.version + 1,
      });
      const to = asked.toUntil ?? '长期';
      const [zh, en] = WORDS[move];
      const said = {
        text: say(`${zh}延期至 ${to}`, `${en} the extension to ${asked.toUntil ?? 'long-term'}`),
        by: viewer.name,
      };
      if (move === 'GRANT') await this.moves.extend(tx, row, asked.toUntil, false, said);
      else await this.moves.note(tx, row, `EXTENSION_${state}`, said);
      if (move !== 'WITHDRAW') await this.notices.tell(tx, extensionAnswered(row, asked.askedById, move === 'GRANT'));
      const summary = say(`${zh} ${row.code} 延期至 ${to}`, `${en} ${row.code} ${asked.toUntil ?? 'long-term'}`);
      const { audit } = done(row, summary, { state: asked.state }, { state, opinion });
      return ok({ value: { id: asked.id, state }, audit });
    });
  }
}

const ACT_NAMES: Readonly<Record<ExtensionMove, string>> = {
  GRANT: 'term.grantExtension',
  REFUSE: 'term.refuseExtension',
  WITHDRAW: 'term.withdrawExtension',
};
const WORDS: Readonly<Record<ExtensionMove, readonly [string, string]>> = {
  GRANT: ['批准', 'Granted'],
  REFUSE: ['不批准', 'Refused'],
  WITHDRAW: ['撤回', 'Withdrew'],
};
