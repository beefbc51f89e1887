import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { ApprovalNoticeEntity, type NOTICE_KINDS } from './approvals.entity.js';
import type { Person, Round, Seat, Step } from './domain/round.js';
import {
  fromRows,
  IN_ORDER,
  insertRounds,
  insertSeats,
  insertSteps,
  SELECT_WHOLE,
  updateRound,
  updateSeat,
  updateStep,
} from './round-rows.js';

/** What an act on the running round could need to prepare. */
export interface Outlook {
  readonly editionId: string;
  readonly chainKey: string;
  readonly chosenBy: string;
  /** No step follows the current one. */
  readonly isLast: boolean;
  readonly nextHolds: boolean;
  /** The current one is approved only with the sealed form. */
  readonly needsSeal: boolean;
}

interface Notice {
  readonly stepId: string;
  readonly kind: (typeof NOTICE_KINDS)[number];
  readonly day: string;
  readonly byId: string | null;
  readonly byName: string;
}

/** Rounds with their steps, seats and people. Who may see a round is asked of its subject, by whoever owns that. */
@Injectable()
export class RoundsRepository {
  constructor(private readonly db: DataSource) {}

  /** All rounds of the subjects, the first first. */
  ofSubjects(subjectIds: readonly string[]): Promise<Round[]> {
    return this.whole(this.db.manager, 'd.subject_id in (?)', inList(subjectIds));
  }

  runningOf(subjectIds: readonly string[]): Promise<Round[]> {
    return this.whole(this.db.manager, 'd.running_subject_id in (?)', inList(subjectIds));
  }

  /** Within an act that has locked the subject's own row: with that nobody else moves the round. */
  async running(tx: Tx, subjectId: string): Promise<Round | null> {
    const [round] = await this.whole(tx.manager, 'd.running_subject_id = ?', subjectId);
    return round ?? null;
  }

  /** What must be known of the running round before an act begins; null = none runs. */
  async outlook(subjectId: string): Promise<Outlook | null> {
    const [row] = await this.db.query(
      `select d.edition_id as editionId, d.chain_key as chainKey, d.chosen_by as chosenBy, s.holds_capacity as nextHolds,
              c.needs_seal as needsSeal
       from approval_round d join approval_step c on c.id = d.current_step_id left join approval_step s on s.round_id = d.id and s.state = 'WAITING'
       where d.running_subject_id = ? order by s.position limit 1`,
      [subjectId],
    );
    if (!row) return null;
    const { editionId, chainKey, chosenBy, nextHolds, needsSeal } = row;
    return {
      editionId,
      chainKey,
      chosenBy,
      isLast: nextHolds === null,
      nextHolds: nextHolds === 1,
      needsSeal: needsSeal === 1,
    };
  }

  async lastNumber(tx: Tx, subjectId: string): Promise<number> {
    const [row] = await tx.manager.query('select max(number) as n from approval_round where subject_id = ?', [
      subjectId,
    ]);
    return Number(row?.n ?? 0);
  }

  async insert(tx: Tx, rounds: readonly Round[]): Promise<void> {
    if (rounds.length === 0) return;
    await send(tx, insertRounds(rounds));
    await this.insertSteps(
      tx,
      rounds.flatMap((round) => round.steps.map((step) => [round.id, step] as const)),
    );
    await this.insertParticipants(
      tx,
      rounds.flatMap((round) => round.taken.map((personId) => [round.id, personId] as const)),
    );
  }

  /** Writes what differs. Throws WriteConflict when somebody has decided meanwhile: the whole act runs again. */
  async save(tx: Tx, before: Round, after: Round): Promise<void> {
    const known = new Map(before.steps.map((step) => [step.id, step]));
    await this.insertSteps(
      tx,
      after.steps.filter((step) => !known.has(step.id)).map((step) => [after.id, step] as const),
    );
    for (const step of after.steps) {
      const was = known.get(step.id);
      if (was !== undefined && was !== step) await this.updateStep(tx, after.id, was, step);
    }
    const people = new Set(before.taken);
    await this.insertParticipants(
      tx,
      after.taken.filter((id) => !people.has(id)).map((id) => [after.id, id] as const),
    );
    await send(tx, updateRound(after));
  }

  /** false = it has been said for that day. */
  async addNotice(tx: Tx, { stepId, kind, day, byId, byName }: Notice): Promise<boolean> {
    const added = await tx.manager.query(
      'insert ignore into approval_notice (id, step_id, kind, day, by_id, by_name, at) values (?, ?, ?, ?, ?, ?, ?)',
      [newId(tx.now.getTime()), stepId, kind, day, byId, byName, tx.now],
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
      `select d.subject_id as id from approval_step s join approval_round d on d.current_step_id = s.id and d.id = s.round_id
       where s.state = 'CURRENT' and s.due_at <= ? and s.escalated_at is null order by s.due_at limit ?`,
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  private async whole(manager: EntityManager, where: string, value: string | readonly string[]): Promise<Round[]> {
    const rows = await manager.query(`${SELECT_WHOLE} where ${where} ${IN_ORDER}`, [value]);
    if (rows.length === 0) return [];
    const ids = [...new Set(rows.map((row: { d_id: string }) => row.d_id))];
    const people = await manager.query(
      'select round_id as roundId, person_id as personId from approval_participant where round_id in (?)',
      [ids],
    );
    return fromRows(rows, people);
  }

  private async insertSteps(tx: Tx, steps: readonly (readonly [roundId: string, step: Step])[]): Promise<void> {
    if (steps.length === 0) return;
    await send(tx, insertSteps(steps));
    await send(tx, insertSeats(steps.flatMap(([, step]) => step.seats.map((seat) => [step.id, seat] as const))));
  }

  private async updateStep(tx: Tx, roundId: string, before: Step, after: Step): Promise<void> {
    await send(tx, updateStep(roundId, after));
    const known = new Map(before.seats.map((seat) => [seat.id, seat]));
    const added = after.seats.filter((seat) => !known.has(seat.id));
    if (added.length > 0) await send(tx, insertSeats(added.map((seat) => [after.id, seat] as const)));
    for (const seat of after.seats) {
      const was: Seat | undefined = known.get(seat.id);
      if (was === undefined || was === seat) continue;
      const updated = await send(tx, updateSeat(after.id, seat));
      if (updated.affectedRows !== 1) throw new WriteConflict('the signature was given meanwhile');
    }
  }

  private async insertParticipants(
    tx: Tx,
    people: readonly (readonly [roundId: string, personId: Person['id']])[],
  ): Promise<void> {
    if (people.length === 0) return;
    try {
      await tx.manager.query('insert into approval_participant (round_id, person_id) values ?', [people]);
    } catch (error) {
      // The key is the last word on "nobody twice": the act runs again, and is refused with the reason.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO)
        throw new WriteConflict('this person has decided in the round meanwhile');
      throw error;
    }
  }
}

function send(
  tx: Tx,
  { sql, values }: { readonly sql: string; readonly values: readonly unknown[] },
): Promise<{ affectedRows: number }> {
  return tx.manager.query(sql, [...values]);
}
