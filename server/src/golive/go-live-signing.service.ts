import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import type { WorkingCalendar } from '../calendars/domain/working-days.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate, startOfDay } from '../kernel/calendar.js';
import { ok, refuse } from '../kernel/result.js';
import { covers, reaches, scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { SystemsService } from '../systems/systems.service.js';
import type { CaseRights } from './domain/go-live-actions.js';
import { goLiveNotice } from './domain/go-live-notices.js';
import { type GoLivePolicy, type Party, partiesOf } from './domain/go-live-policy.js';
import { allAccepted, checkSignature, type Decision } from './domain/signing.js';
import { overOnAfterRefusal } from './domain/trial.js';
import { GoLiveRepository } from './go-live.repository.js';
import type { AcceptanceFacts, CaseRow, SignatureRow } from './go-live.types.js';
import { CASE_OWNER } from './go-live-facts.service.js';
import { GoLivePolicies } from './go-live-policies.service.js';
import { changedMeanwhile, illegal, unknownCase, unknownFile } from './go-live-refusals.js';
import { type Answer, done } from './go-live-trial.service.js';

export interface SignatureWish {
  readonly caseId: string | undefined;
  /** Of the case as it was presented: signatures beside each other do not disturb, another round does. */
  readonly round: number;
  readonly party: Party;
  readonly decision: Decision;
  readonly opinion: string;
  readonly onPaper: { readonly name: string; readonly organisation: string } | null;
  /** null = none; undefined = an id that is none. */
  readonly fileId: string | null | undefined;
  readonly idempotencyKey: string;
}

const DECISION_WORDS = {
  ACCEPT: say('同意上线', 'accepts'),
  REFUSE: say('不同意上线', 'refuses'),
} as const;

export const PARTY_WORDS: { readonly [P in Party]: ReturnType<typeof say> } = {
  DEPARTMENT: say('使用单位', 'the department'),
  CENTER: say('大数据中心', 'the big-data center'),
  VENDOR: say('承建单位', 'the builder'),
  ASSESSOR: say('测评机构', 'the assessor'),
};

/** 验收会签: each party's word, in any order and at the same moment; the last one decides. */
@Injectable()
export class GoLiveSigning {
  constructor(
    private readonly repository: GoLiveRepository,
    private readonly policies: GoLivePolicies,
    private readonly calendars: CalendarsService,
    private readonly systems: SystemsService,
    private readonly files: FilesService,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  /** What the viewer may do about cases of this system. */
  rightsOf(viewer: Viewer, row: Pick<CaseRow, 'departmentId' | 'systemId'>): CaseRights {
    const signs = scopeFor(viewer, 'GO_LIVE', 'SIGN_OFF');
    const edits = scopeFor(viewer, 'GO_LIVE', 'EDIT');
    return {
      userId: viewer.userId,
      department: covers(signs, row.departmentId),
      center: covers(scopeFor(viewer, 'GO_LIVE', 'REVIEW'), row.departmentId),
      // Bound by name to this system, and not of the department itself.
      vendor: !covers(signs, row.departmentId) && reaches(signs, row),
      enters: covers(edits, row.departmentId),
      records: reaches(edits, row),
      leads: covers(scopeFor(viewer, 'GO_LIVE', 'CREATE'), row.departmentId),
    };
  }

  async sign(viewer: Viewer, scope: TenantScope, wish: SignatureWish): Answer {
    const { idempotencyKey, ...input } = wish;
    const seen = wish.caseId === undefined ? null : await this.repository.inScope(scope, wish.caseId);
    if (!seen) return refuse([unknownCase()]);
    const [{ content: policy }, calendar] = await Promise.all([
      this.policies.edition(seen.policyNumber),
      this.calendars.calendar(),
    ]);
    return this.acts.perform({ name: 'goLive.sign', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.repository.locked(tx, seen.id);
      if (!row) return refuse([unknownCase()]);
      const { content, contentHash } = row;
      if (row.state !== 'ACCEPTANCE' || !content || !contentHash)
        return refuse([illegal(row.state, 'SIGN', say('案件不在验收中', 'It is not being accepted'))]);
      if (row.round !== wish.round) return refuse([changedMeanwhile(wish.round, row.round)]);
      const signatures = await this.inRound(tx, row);
      const factsOpened = await this.repository.hasRead(tx.manager, row.id, viewer.userId, contentHash);
      const parties = partiesOf(policy, row.level);
      const said = { ...wish, hasFile: wish.fileId !== null };
      const wrong = checkSignature(said, this.rightsOf(viewer, row), { parties, signatures, factsOpened });
      if (wrong.length > 0) return refuse(wrong);
      const fileIds = wish.fileId === null ? [] : [wish.fileId];
      if (fileIds.includes(undefined)) return refuse([unknownFile(['fileId'])]);
      if (!(await this.files.attach(tx, fileIds as string[], CASE_OWNER, row.id, viewer.userId)))
        return refuse([unknownFile(['fileId'])]);
      const signature = signatureOf(tx, row, contentHash, viewer, wish);
      await this.repository.sign(tx, signature);
      const all = { parties, signatures: [...signatures, signature] };
      if (wish.decision === 'REFUSE') await this.back(tx, row, content, viewer, signature, policy, calendar);
      else if (allAccepted(all)) await this.complete(tx, row, content, viewer);
      const [party, decision] = [PARTY_WORDS[wish.party], DECISION_WORDS[wish.decision]];
      const what = say(`${row.code} ${party.zh}${decision.zh}`, `${row.code}: ${party.en} ${decision.en}`);
      const { opinion, signerName, organisation } = signature;
      const after = { round: row.round, party: wish.party, decision: wish.decision, opinion, signerName, organisation };
      return ok(done(row, what, { ...after, contentHash }));
    });
  }

  private async inRound(tx: Tx, row: CaseRow): Promise<SignatureRow[]> {
    const all = await this.repository.signaturesOf([row.id], tx.manager);
    return all.filter((signature) => signature.round === row.round);
  }

  private async back(
    tx: Tx,
    row: CaseRow,
    { system }: AcceptanceFacts,
    viewer: Viewer,
    { party, opinion, signerName }: SignatureRow,
    policy: GoLivePolicy,
    calendar: WorkingCalendar,
  ): Promise<void> {
    const overOn = overOnAfterRefusal(row.overOn, calendarDate(tx.now), policy, calendar);
    await this.repository.update(tx, row, {
      state: 'TRIAL',
      overOn,
      dueStep: 'TRIAL_OVER',
      dueAt: startOfDay(overOn),
      toldAt: null,
    });
    const reason = `${PARTY_WORDS[party].zh}：${opinion}`.slice(0, REASON_LENGTH_MAX);
    await this.repository.append(tx, {
      caseId: row.id,
      actorName: signerName,
      action: 'REFUSE',
      toState: 'TRIAL',
      reason,
    });
    await this.notices.tell(tx, goLiveNotice('REFUSED', row, system.name, viewer.userId));
  }

  private async complete(tx: Tx, row: CaseRow, { system }: AcceptanceFacts, viewer: Viewer): Promise<void> {
    const liveSince = calendarDate(tx.now);
    const kept = await this.systems.kept(tx, row.systemId);
    if (!kept) throw new Error(`the system of ${row.code} has gone`);
    await this.systems.goLive(tx, kept, liveSince);
    await this.repository.update(tx, row, { state: 'LIVE', liveSince, dueStep: null, dueAt: null });
    await this.repository.append(tx, {
      caseId: row.id,
      actorName: viewer.name,
      action: 'COMPLETE',
      toState: 'LIVE',
      reason: null,
    });
    await this.notices.tell(tx, goLiveNotice('LIVE', row, system.name, viewer.userId));
  }
}

/** Of the column: an opinion of its own longest length with the party before it is cut. */
const REASON_LENGTH_MAX = 500;

function signatureOf(tx: Tx, row: CaseRow, contentHash: string, viewer: Viewer, wish: SignatureWish): SignatureRow {
  const { party, decision, onPaper } = wish;
  return {
    id: newId(tx.now.getTime()),
    caseId: row.id,
    round: row.round,
    party,
    decision,
    opinion: wish.opinion.trim(),
    signerId: onPaper === null ? viewer.userId : null,
    signerName: onPaper === null ? viewer.name : onPaper.name.trim(),
    organisation: onPaper === null ? null : onPaper.organisation.trim(),
    enteredById: onPaper === null ? null : viewer.userId,
    enteredBy: onPaper === null ? null : viewer.name,
    fileId: wish.fileId ?? null,
    contentHash,
    at: tx.now,
  };
}
