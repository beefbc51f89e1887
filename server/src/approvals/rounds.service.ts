import { Injectable } from '@nestjs/common';
import { CalendarsService } from '../calendars/calendars.service.js';
import type { WorkingCalendar } from '../calendars/domain/working-days.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ApprovalNoticeEntity } from './approvals.entity.js';
import { DelegationsService } from './delegations.service.js';
import { type ChainFacts, chooseChain, chosenBy } from './domain/choose-chain.js';
import {
  type AddedApprover,
  addApprover,
  applicantJoined,
  currentStep,
  type Decided,
  decide,
  endRound,
  escalated,
  hasDecided,
  type NewRound,
  openRound,
  type Person,
  type Round,
  type Seat,
  transfer,
  type Verdict,
} from './domain/round.js';
import type { Standing, Voice } from './domain/standing.js';
import { dueAt, reminderDay } from './domain/waiting.js';
import { EditionsService } from './editions.service.js';
import { type Outlook, RoundsRepository } from './rounds.repository.js';

/** Somebody was told about a step. */
export type StepNotice = Pick<ApprovalNoticeEntity, 'kind' | 'day' | 'at'>;

/** What an act on a round stands on; read before its unit of work begins. */
export interface Ground {
  readonly voices: readonly Voice[];
  readonly calendar: WorkingCalendar;
}

/** A round that could begin: which chain of which edition, with the steps that are there for this department. */
export type ChosenRound = Pick<NewRound, 'editionId' | 'chainKey' | 'chosenBy' | 'chainTitle' | 'steps'>;

export interface Signature {
  readonly verdict: Verdict;
  readonly opinion: string | null;
  readonly fileId: string | null;
}

/** Runs chains for whatever is approved. Who may see the subject, and what an approval of it means, its own feature knows. */
@Injectable()
export class RoundsService {
  constructor(
    private readonly repository: RoundsRepository,
    private readonly editions: EditionsService,
    private readonly delegations: DelegationsService,
    private readonly calendars: CalendarsService,
    private readonly departments: DepartmentsService,
  ) {}

  async ground(viewer: Viewer): Promise<Ground> {
    const [voices, calendar] = await Promise.all([this.delegations.voicesOf(viewer), this.calendars.calendar()]);
    return { voices, calendar };
  }

  /** Within the act: without delegations that were revoked since the ground was read. */
  async voicesNow(tx: Tx, ground: Ground): Promise<Voice[]> {
    return this.delegations.stillValid(tx, ground.voices);
  }

  /** The chain that something with these facts takes, by today's edition or by the one that its round began with. */
  async choose(
    facts: Omit<ChainFacts, 'departmentLevel' | 'departmentIds' | 'inCity'>,
    departmentId: string,
    editionId?: string,
  ): Promise<ChosenRound> {
    const edition = editionId === undefined ? await this.editions.inForce() : await this.editions.published(editionId);
    const lineage = await this.departments.lineage(departmentId);
    const own = lineage.find((department) => department.id === departmentId);
    const { chain, steps } = chooseChain(edition.content, {
      ...facts,
      departmentLevel: own?.level ?? 'PROVINCE',
      departmentIds: lineage.map((department) => department.id),
      inCity: lineage.some((department) => department.level === 'CITY'),
    });
    return {
      editionId: edition.id,
      chainKey: chain.key,
      chosenBy: chosenBy(facts),
      chainTitle: chain.title,
      steps,
    };
  }

  async begin(
    tx: Tx,
    chosen: ChosenRound,
    subject: Pick<NewRound, 'applicantId' | 'formerApplicantIds' | 'hands'> & { readonly id: string },
    calendar: WorkingCalendar,
  ): Promise<Round> {
    const number = (await this.repository.lastNumber(tx, subject.id)) + 1;
    const { id: subjectId, applicantId, formerApplicantIds, hands } = subject;
    const wish = { ...chosen, subjectId, applicantId, formerApplicantIds, hands, number };
    const round = openRound(wish, tx.now, dueAt(calendar, tx.now), () => newId(tx.now.getTime()));
    await this.repository.insert(tx, [round]);
    return round;
  }

  /** The running round, in an act that has locked the subject's row. */
  running(tx: Tx, subjectId: string): Promise<Round | null> {
    return this.repository.running(tx, subjectId);
  }

  /** What an act must prepare for; null = nothing runs. */
  outlook(subjectId: string): Promise<Outlook | null> {
    return this.repository.outlook(subjectId);
  }

  /** As it is now, outside any unit of work. */
  async runningNow(subjectId: string): Promise<Round | null> {
    const [round] = await this.repository.runningOf([subjectId]);
    return round ?? null;
  }

  async sign(
    tx: Tx,
    round: Round,
    { seat, voice, role }: Standing,
    viewer: Viewer,
    { verdict, opinion, fileId }: Signature,
    calendar: WorkingCalendar,
  ): Promise<Decided> {
    const onBehalfOf = voice.delegationId === null ? null : { id: voice.userId, name: voice.name };
    const by = { id: viewer.userId, name: viewer.name };
    const decision = { verdict, by, role, onBehalfOf, at: tx.now, opinion, fileId };
    const decided = decide(round, seat.id, decision, dueAt(calendar, tx.now));
    await this.repository.save(tx, round, decided.round);
    return decided;
  }

  async end(tx: Tx, round: Round, move: 'WITHDRAW' | 'EXPIRE'): Promise<void> {
    await this.repository.save(tx, round, endRound(round, move, tx.now));
  }

  async handTo(tx: Tx, round: Round, seat: Seat, to: Person): Promise<Round> {
    const after = transfer(round, seat.id, to);
    await this.repository.save(tx, round, after);
    return after;
  }

  async add(tx: Tx, round: Round, wish: AddedApprover, calendar: WorkingCalendar): Promise<Round> {
    const after = addApprover(round, wish, tx.now, dueAt(calendar, tx.now), () => newId(tx.now.getTime()));
    await this.repository.save(tx, round, after);
    return after;
  }

  /** false = it was done for this working day already. On a day off it counts for the next working day. */
  async remind(tx: Tx, round: Round, by: Person, calendar: WorkingCalendar): Promise<boolean> {
    const step = currentStep(round);
    if (!step) return false;
    const day = reminderDay(calendar, tx.now);
    return this.repository.addNotice(tx, {
      stepId: step.id,
      kind: 'REMINDED',
      day,
      byId: by.id,
      byName: by.name,
    });
  }

  /** Marks the current step once, when its deadline has passed. false = it is not, or was marked before. */
  async escalate(tx: Tx, round: Round, actor: Actor): Promise<boolean> {
    const step = currentStep(round);
    if (!step?.dueAt || step.dueAt > tx.now || step.escalatedAt !== null) return false;
    await this.repository.save(tx, round, escalated(round, tx.now));
    return this.repository.addNotice(tx, {
      stepId: step.id,
      kind: 'ESCALATED',
      day: calendarDate(step.dueAt),
      byId: null,
      byName: actor.name,
    });
  }

  /** Whoever becomes the applicant (工作交接) decides nothing in what runs. */
  async applicantChanged(tx: Tx, subjectIds: readonly string[], applicantId: string): Promise<void> {
    for (const id of subjectIds) {
      const round = await this.repository.running(tx, id);
      if (round) await this.repository.save(tx, round, applicantJoined(round, applicantId));
    }
  }

  /** Which of the subjects' running rounds hold a decision of this person: who signed a request cannot become its applicant. */
  async decidedBy(tx: Tx, subjectIds: readonly string[], personId: string): Promise<string[]> {
    const decided: string[] = [];
    for (const id of subjectIds) {
      const round = await this.repository.running(tx, id);
      if (round && hasDecided(round, personId)) decided.push(id);
    }
    return decided;
  }

  /** Rounds of the time before the console knew them. */
  takeOver(tx: Tx, rounds: readonly Round[]): Promise<void> {
    return this.repository.insert(tx, rounds);
  }

  /** Subjects that wait past their deadline and whose escalation role has not been told. */
  overdue(now: Date, limit: number): Promise<string[]> {
    return this.repository.overdue(now, limit);
  }

  /** Batch for loaders: the running round of each subject. */
  readonly runningRounds = async (subjectIds: readonly string[]): Promise<(Round | null)[]> => {
    const rounds = new Map((await this.repository.runningOf(subjectIds)).map((round) => [round.subjectId, round]));
    return subjectIds.map((id) => rounds.get(id) ?? null);
  };

  /** Batch for loaders: all rounds of each subject, the first first. */
  readonly rounds = async (subjectIds: readonly string[]): Promise<Round[][]> => {
    const rounds = Map.groupBy(await this.repository.ofSubjects(subjectIds), (round) => round.subjectId);
    return subjectIds.map((id) => rounds.get(id) ?? []);
  };

  /** Batch for loaders: who was told what of each step. */
  readonly notices = async (stepIds: readonly string[]): Promise<StepNotice[][]> => {
    const notices = Map.groupBy(await this.repository.noticesOf(stepIds), (notice) => notice.stepId);
    return stepIds.map((id) => notices.get(id) ?? []);
  };

  calendar(): Promise<WorkingCalendar> {
    return this.calendars.calendar();
  }
}
