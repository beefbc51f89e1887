import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import {
  ApprovalNoticeEntity,
  ApprovalParticipantEntity,
  ApprovalRoundEntity,
  ApprovalSeatEntity,
  ApprovalStepEntity,
  type NOTICE_KINDS,
} from './approvals.entity.js';
import type { Person, Round, Step } from './domain/round.js';
import { fromRows, roundColumns, seatColumns, stepColumns } from './round-rows.js';

export interface Notice {
  readonly stepId: string;
  readonly kind: (typeof NOTICE_KINDS)[number];
  readonly day: string;
  readonly byId: string | null;
  readonly byName: string;
  readonly at: Date;
}

/** Rounds with their steps, seats and people. Who may see a round is asked of its subject, by whoever owns that. */
@Injectable()
export class RoundsRepository {
  constructor(private readonly db: DataSource) {}

  /** All rounds of the subjects, the first first. */
  async ofSubjects(subjectIds: readonly string[]): Promise<Round[]> {
    const rows = await this.db.manager.find(ApprovalRoundEntity, {
      where: { subjectId: In([...inList(subjectIds)]) },
      order: { subjectId: 'ASC', number: 'ASC' },
    });
    return this.whole(this.db.manager, rows);
  }

  async runningOf(subjectIds: readonly string[], manager: EntityManager = this.db.manager): Promise<Round[]> {
    const rows = await manager.find(ApprovalRoundEntity, { where: { runningSubjectId: In([...inList(subjectIds)]) } });
    return this.whole(manager, rows);
  }

  /** The running round, locked until commit; the subject's own row has been locked before. */
  async lockedRunning(tx: Tx, subjectId: string): Promise<Round | null> {
    const row = await tx.manager.findOne(ApprovalRoundEntity, {
      where: { runningSubjectId: subjectId },
      lock: { mode: 'pessimistic_write' },
    });
    const [round] = row ? await this.whole(tx.manager, [row]) : [];
    return round ?? null;
  }

  async lastNumber(tx: Tx, subjectId: string): Promise<number> {
    const [row] = await tx.manager.query('select max(number) as n from approval_round where subject_id = ?', [
      subjectId,
    ]);
    return Number(row?.n ?? 0);
  }

  async insert(tx: Tx, round: Round): Promise<void> {
    await tx.manager.insert(ApprovalRoundEntity, roundColumns(round));
    await this.insertSteps(tx, round.id, round.steps);
    await this.insertParticipants(tx, round.id, round.taken);
  }

  async insertAll(tx: Tx, rounds: readonly Round[]): Promise<void> {
    for (const round of rounds) await this.insert(tx, round);
  }

  /** Writes what differs. Throws WriteConflict when somebody has decided meanwhile: the whole act runs again. */
  async save(tx: Tx, before: Round, after: Round): Promise<void> {
    if (before.state !== after.state) {
      const { id, ...columns } = roundColumns(after);
      await tx.manager.update(ApprovalRoundEntity, { id }, columns);
    }
    const known = new Map(before.steps.map((step) => [step.id, step]));
    const changed = after.steps.filter((step) => known.has(step.id) && known.get(step.id) !== step);
    // One step a round is current, by a key: the old one makes room first.
    for (const step of changed.toSorted((a, b) => Number(a.state === 'CURRENT') - Number(b.state === 'CURRENT'))) {
      if (step.state !== 'CURRENT') await this.updateStep(tx, after.id, known.get(step.id) as Step, step);
    }
    await this.insertSteps(
      tx,
      after.id,
      after.steps.filter((step) => !known.has(step.id)),
    );
    for (const step of changed)
      if (step.state === 'CURRENT') await this.updateStep(tx, after.id, known.get(step.id) as Step, step);
    const people = new Set(before.taken);
    await this.insertParticipants(
      tx,
      after.id,
      after.taken.filter((id) => !people.has(id)),
    );
  }

  /** false = it has been said for that day. */
  async addNotice(tx: Tx, notice: Notice): Promise<boolean> {
    const added = await tx.manager.query(
      'insert ignore into approval_notice (id, step_id, kind, day, by_id, by_name, at) values (?, ?, ?, ?, ?, ?, ?)',
      [newId(tx.now.getTime()), notice.stepId, notice.kind, notice.day, notice.byId, notice.byName, notice.at],
    );
    return added.affectedRows > 0;
  }

  async noticesOf(stepIds: readonly string[]): Promise<ApprovalNoticeEntity[]> {
    return this.db.manager.find(ApprovalNoticeEntity, {
      where: { stepId: In([...inList(stepIds)]) },
      order: { at: 'ASC', id: 'ASC' },
    });
  }

  /** Subjects whose current step is past its deadline and was not escalated, the longest first. */
  async overdue(now: Date, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select d.subject_id as id from approval_step s join approval_round d on d.id = s.current_round_id
       where s.due_at <= ? and s.escalated_at is null order by s.due_at limit ?`,
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  private async whole(manager: EntityManager, rows: readonly ApprovalRoundEntity[]): Promise<Round[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const steps = await manager.find(ApprovalStepEntity, {
      where: { roundId: In(ids) },
      order: { roundId: 'ASC', position: 'ASC' },
    });
    const seats = await manager.find(ApprovalSeatEntity, {
      where: { stepId: In([...inList(steps.map((step) => step.id))]) },
      order: { stepId: 'ASC', number: 'ASC' },
    });
    const people = await manager.find(ApprovalParticipantEntity, { where: { roundId: In(ids) } });
    return fromRows(rows, steps, seats, people);
  }

  private async insertSteps(tx: Tx, roundId: string, steps: readonly Step[]): Promise<void> {
    if (steps.length === 0) return;
    await tx.manager.insert(
      ApprovalStepEntity,
      steps.map((step) => stepColumns(roundId, step)),
    );
    await tx.manager.insert(
      ApprovalSeatEntity,
      steps.flatMap((step) => step.seats.map((seat) => seatColumns(step.id, seat))),
    );
  }

  private async updateStep(tx: Tx, roundId: string, before: Step, after: Step): Promise<void> {
    const { id, ...columns } = stepColumns(roundId, after);
    await tx.manager.update(ApprovalStepEntity, { id }, columns);
    const known = new Map(before.seats.map((seat) => [seat.id, seat]));
    const added = after.seats.filter((seat) => !known.has(seat.id));
    if (added.length > 0)
      await tx.manager.insert(
        ApprovalSeatEntity,
        added.map((seat) => seatColumns(id, seat)),
      );
    for (const seat of after.seats) {
      const was = known.get(seat.id);
      if (was === undefined || was === seat) continue;
      const { id: seatId, ...values } = seatColumns(id, seat);
      const updated = await tx.manager
        .createQueryBuilder()
        .update(ApprovalSeatEntity)
        .set(values)
        .where('id = :seatId and verdict is null', { seatId })
        .execute();
      if (updated.affected !== 1) throw new WriteConflict('the signature was given meanwhile');
    }
  }

  private async insertParticipants(tx: Tx, roundId: string, people: readonly Person['id'][]): Promise<void> {
    if (people.length === 0) return;
    try {
      await tx.manager.query('insert into approval_participant (round_id, person_id) values ?', [
        people.map((personId) => [roundId, personId]),
      ]);
    } catch (error) {
      // The key is the last word on "nobody twice": the act runs again, and is refused with the reason.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO)
        throw new WriteConflict('this person has decided in the round meanwhile');
      throw error;
    }
  }
}
