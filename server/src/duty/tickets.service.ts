import { Injectable } from '@nestjs/common';
import { Roster } from '../alerts/roster.service.js';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { isText, TEXT_LENGTH_MAX } from './domain/ticket.js';
import { isSettled, keyOfLink, LINKS_MAX } from './domain/ticket-links.js';
import { isOver } from './domain/ticket-state.js';
import { ENTRIES_MAX } from './domain/ticket-story.js';
import { titleOf } from './domain/ticket-words.js';
import { type LinkWish, TicketLinks } from './ticket-links.service.js';
import { TicketPutting } from './ticket-putting.service.js';
import { changedMeanwhile, notPermitted, tooManyLinks, unknown } from './ticket-refusals.js';
import { TicketsRepository } from './tickets.repository.js';
import type { TicketAct, TicketRow } from './tickets.types.js';

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** A ticket that is there is given to somebody, noted upon, and linked to what it is about. */
@Injectable()
export class Tickets {
  constructor(
    private readonly repository: TicketsRepository,
    private readonly links: TicketLinks,
    private readonly putting: TicketPutting,
    private readonly roster: Roster,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  /** To one of those who may stand on the roster; he is told. */
  async assign(viewer: Viewer, wish: TicketAct & { readonly userId: string | undefined }): Answer {
    const candidates = await this.roster.candidates();
    return this.on('assign', viewer, wish, { userId: wish.userId ?? null }, async (tx, row) => {
      const to = candidates.find(({ userId }) => userId === wish.userId);
      if (!to) return refuse([unknown('userId')]);
      if (isOver(row.state)) return refuse([ended()]);
      await this.repository.update(tx, row, { assigneeId: to.userId, assignee: to.name });
      await this.repository.happened(tx, { ...line(row, viewer), kind: 'ASSIGN', text: to.name });
      if (to.userId !== viewer.userId) await this.notices.tell(tx, assigned(row, to.userId, viewer.name));
      return ok(say(`${row.code} 交由 ${to.name} 办理`, `Give ${row.code} to ${to.name}`));
    });
  }

  /** A line of its story, and of a problem how to live with it. */
  note(viewer: Viewer, wish: TicketAct & { readonly text: string; readonly isWorkaround: boolean }): Answer {
    const { isWorkaround, text } = wish;
    return this.on('note', viewer, wish, { text, isWorkaround }, async (tx, row) => {
      if (!isText(text, TEXT_LENGTH_MAX)) return refuse([wrongText()]);
      if ((await this.repository.entryCount(tx, row.id)) >= ENTRIES_MAX) return refuse([storyFull()]);
      const workaround = isWorkaround && row.kind === 'PROBLEM' ? { workaround: text.trim() } : {};
      await this.repository.update(tx, row, workaround);
      await this.repository.happened(tx, { ...line(row, viewer), kind: 'NOTE', text: text.trim() });
      return ok(say(`${row.code} 补充记录`, `Add to the story of ${row.code}`));
    });
  }

  async link(viewer: Viewer, wish: TicketAct & LinkWish): Answer {
    const [found] = await this.links.resolved([wish]);
    const { subject, subjectType } = wish;
    return this.on('link', viewer, wish, { subject, subjectType }, async (tx, row) => {
      if (!found || found.subjectId === row.id) return refuse([unknown('subject')]);
      if (isSettled(row, subjectType)) return refuse([settled()]);
      const standing = await this.repository.links([row.id], tx);
      if (standing.length >= LINKS_MAX) return refuse([tooManyLinks()]);
      if (standing.some((link) => keyOfLink(link) === keyOfLink(found)))
        return refuse([notPermitted('LINKED', '已关联', 'It is linked already')]);
      const taken = isOver(row.state) ? ok([]) : await this.putting.alertsOf(tx, row.kind, [found]);
      if (!taken.ok) return taken;
      await this.putting.put(tx, viewer, row, [found]);
      await this.putting.takeOn(tx, viewer, row, taken.value);
      await this.repository.update(tx, row, {});
      await this.repository.happened(tx, { ...line(row, viewer), kind: 'LINK', text: found.subjectName });
      return ok(say(`${row.code} 关联 ${found.subjectName}`, `Link ${row.code} to ${found.subjectName}`));
    });
  }

  unlink(viewer: Viewer, wish: TicketAct & LinkWish & { readonly subjectId: string | undefined }): Answer {
    const { subject, subjectType } = wish;
    return this.on('unlink', viewer, wish, { subject, subjectType }, async (tx, row) => {
      const found = (await this.repository.links([row.id], tx)).find(
        (link) => link.subjectType === subjectType && link.subjectId === wish.subjectId,
      );
      if (!found) return refuse([unknown('subject')]);
      if (isOver(row.state)) return refuse([ended()]);
      if (isSettled(row, subjectType)) return refuse([settled()]);
      await this.repository.unlink(tx, found);
      await this.repository.update(tx, row, {});
      await this.repository.happened(tx, { ...line(row, viewer), kind: 'UNLINK', text: found.subjectName });
      return ok(say(`${row.code} 取消关联 ${found.subjectName}`, `Unlink ${found.subjectName} from ${row.code}`));
    });
  }

  private on(
    act: string,
    viewer: Viewer,
    { expectedVersion, idempotencyKey, ticketId }: TicketAct,
    asked: { readonly [what: string]: string | boolean | null },
    work: (tx: Tx, row: TicketRow) => Promise<Result<Bilingual, readonly Refusal[]>>,
  ): Answer {
    const input = { ticketId: ticketId ?? null, expectedVersion, ...asked };
    return this.acts.perform({ name: `dutyTicket.${act}`, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.locked(tx, ticketId);
      if (!row) return refuse([unknown('id')]);
      if (row.version !== expectedVersion) return refuse([changedMeanwhile(expectedVersion, row.version)]);
      const done = await work(tx, row);
      if (!done.ok) return done;
      tx.changed('dr', 'ALERTS');
      return ok({ value: { id: row.id }, audit: { ...auditOf(row.id), summary: done.value, after: asked } });
    });
  }
}

const line = (row: TicketRow, { name }: Viewer) => ({ ticketId: row.id, state: null, byName: name, words: null });
const auditOf = (objectId: string) => ({ objectType: 'DutyTicket', objectId, departmentId: null });
const ended = (): Refusal => notPermitted('OVER', '工单已结束', 'The ticket is over');
const settled = (): Refusal =>
  notPermitted(
    'SETTLED',
    '变更已评审，所涉系统、资源与服务器不再改动',
    'The change is reviewed: what it is of stays as it was then',
  );
const storyFull = (): Refusal =>
  notPermitted(
    'STORY_FULL',
    `时间线已满 ${ENTRIES_MAX} 条；请另登记工单并关联本单。未作任何更改。`,
    `Its story has ${ENTRIES_MAX} lines. Open another ticket and link it to this one; nothing was changed.`,
  );
const wrongText = (): Refusal => ({
  ...{ code: 'INVALID_INPUT', path: ['text'], rule: 'length' },
  message: say(`请填写，最多 ${TEXT_LENGTH_MAX} 字`, `Required, ${TEXT_LENGTH_MAX} characters at most`),
});

function assigned(row: TicketRow, userId: string, by: string) {
  const { code, id, severity } = row;
  const title = titleOf(row);
  return {
    ...{ kind: 'WORK_WAITING' as const, subject: { type: 'DutyTicket', id }, audience: { userIds: [userId] } },
    text: say(`${by} 请您办理 ${code} ${title.zh}（${severity}）`, `${by} gives you ${code} ${title.en} (${severity})`),
    onceKey: null,
  };
}
