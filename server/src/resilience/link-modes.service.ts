import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { LinkMode } from './domain/dr-link.js';
import { unknown, wrongReason, wrongVersion } from './domain/dr-refusals.js';
import { LinksRepository } from './links.repository.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** 同步改异步: what a link promises is given up by two people of different departments, and never by itself. */
@Injectable()
export class LinkModes {
  constructor(
    private readonly repository: LinksRepository,
    private readonly acts: Acts,
  ) {}

  ask(
    viewer: Viewer,
    wish: {
      readonly linkId: string | undefined;
      readonly expectedVersion: number;
      readonly toMode: LinkMode;
      readonly reason: string;
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'drLink.askMode', actor: viewer, idempotencyKey, input }, async (tx) => {
      const link = wish.linkId === undefined ? null : await this.repository.locked(tx, wish.linkId);
      if (!link) return refuse([unknown('id')]);
      const stopped = wrongVersion(wish.expectedVersion, link.version);
      if (stopped) return refuse([stopped]);
      const wrong = wrongReason(wish.reason);
      if (wrong.length > 0) return refuse(wrong);
      if (viewer.departmentId === null) return refuse([noDepartment()]);
      if (link.mode === wish.toMode)
        return refuse([notPermitted('SAME_MODE', '已是该模式', 'It has that mode already')]);
      await this.repository.askMode(tx, link, {
        ...{ linkId: link.id, toMode: wish.toMode, reason: wish.reason.trim() },
        ...{ askedById: viewer.userId, askedBy: viewer.name, askedDepartmentId: viewer.departmentId, askedAt: tx.now },
      });
      return ok({
        value: { id: link.id },
        audit: {
          ...{ objectType: 'DrLink', objectId: link.id, departmentId: null },
          summary: say('申请改变链路模式', 'Ask for another mode of a link'),
          ...{ before: { mode: link.mode }, after: { wanted: wish.toMode, reason: wish.reason.trim() } },
        },
      });
    });
  }

  /** To the wish that was looked at: another wish has made another version of the link. */
  agree(viewer: Viewer, wish: OnLink): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'drLink.agreeMode', actor: viewer, idempotencyKey, input }, async (tx) => {
      const link = wish.linkId === undefined ? null : await this.repository.locked(tx, wish.linkId);
      const asked = link && (await this.repository.askedMode(tx, link.id));
      if (!link) return refuse([unknown('id')]);
      const stopped = wrongVersion(wish.expectedVersion, link.version);
      if (stopped) return refuse([stopped]);
      if (!asked) return refuse([nothingAsked()]);
      if (asked.askedById === viewer.userId)
        return refuse([notPermitted('OWN_REQUEST', '申请人不能同意自己的申请', 'Whoever asked does not agree')]);
      if (viewer.departmentId === null) return refuse([noDepartment()]);
      if (viewer.departmentId === asked.askedDepartmentId)
        return refuse([
          notPermitted('SAME_DEPARTMENT', '须由另一部门的人同意', 'Somebody of another department agrees'),
        ]);
      const { askedAt: _, toMode, ...kept } = asked;
      await this.repository.changeMode(tx, link, {
        ...{ ...kept, id: newId(tx.now.getTime()), fromMode: link.mode, toMode },
        ...{ agreedById: viewer.userId, agreedBy: viewer.name, agreedDepartmentId: viewer.departmentId },
        agreedAt: tx.now,
      });
      // Groups whose data go by it are judged anew at once.
      tx.changed('dr', 'LEVELS');
      return ok({
        value: { id: link.id },
        audit: {
          ...{ objectType: 'DrLink', objectId: link.id, departmentId: null },
          summary: say('同意改变链路模式', 'Agree to another mode of a link'),
          ...{ before: { mode: link.mode }, after: { mode: toMode, askedBy: asked.askedBy, reason: asked.reason } },
        },
      });
    });
  }

  /** By whoever asked, or by another who would have agreed: nothing has changed, and nothing does. */
  withdraw(viewer: Viewer, wish: OnLink): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'drLink.withdrawMode', actor: viewer, idempotencyKey, input }, async (tx) => {
      const link = wish.linkId === undefined ? null : await this.repository.locked(tx, wish.linkId);
      if (!link) return refuse([unknown('id')]);
      const stopped = wrongVersion(wish.expectedVersion, link.version);
      if (stopped) return refuse([stopped]);
      const asked = await this.repository.askedMode(tx, link.id);
      if (!asked) return refuse([nothingAsked()]);
      await this.repository.withdrawMode(tx, link);
      return ok({
        value: { id: link.id },
        audit: {
          ...{ objectType: 'DrLink', objectId: link.id, departmentId: null },
          summary: say('撤回链路模式的申请', 'Withdraw the wish for another mode of a link'),
          ...{ before: { wanted: asked.toMode, askedBy: asked.askedBy, reason: asked.reason }, after: null },
        },
      });
    });
  }
}

export interface OnLink {
  readonly linkId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

const nothingAsked = () => notPermitted('NOTHING_ASKED', '没有待同意的申请', 'Nobody asks for another mode');

function notPermitted(reason: string, zh: string, en: string): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason, message: say(zh, en) };
}

const noDepartment = () =>
  notPermitted('NO_DEPARTMENT', '须属于一个部门才能签署', 'Whoever signs must be of a department');
