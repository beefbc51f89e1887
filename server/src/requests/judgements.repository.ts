import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Verdict } from '../gates/domain/judge.js';
import { jsonText } from '../platform/database/columns.js';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { RequestJudgementEntity } from './judgements.entity.js';

/** SEND: as its department sent it on. HOLD: as the center took its capacity. */
export const JUDGED_AT = ['SEND', 'HOLD'] as const;
export type JudgedAt = (typeof JUDGED_AT)[number];

export interface JudgementRow {
  readonly id: string;
  readonly requestId: string;
  readonly judgedAt: Date;
  readonly moment: JudgedAt;
  readonly editionId: string;
  readonly editionNumber: number;
  readonly verdicts: readonly Verdict[];
}

@Injectable()
export class JudgementsRepository {
  constructor(private readonly db: DataSource) {}

  /** Plain SQL: on the way of every submit. */
  async append(tx: Tx, judgement: Omit<JudgementRow, 'id' | 'judgedAt'>): Promise<void> {
    const { requestId, moment, editionId, editionNumber, verdicts } = judgement;
    await tx.manager.query(
      'insert into request_judgement (id, request_id, judged_at, moment, edition_id, edition_number, verdicts) values (?)',
      [[newId(tx.now.getTime()), requestId, tx.now, moment, editionId, editionNumber, jsonText.to(verdicts)]],
    );
  }

  /** In the order in which they were made. */
  ofRequests(requestIds: readonly string[]): Promise<JudgementRow[]> {
    return this.db
      .createQueryBuilder(RequestJudgementEntity, 'judgement')
      .where('judgement.requestId in (:...ids)', { ids: inList(requestIds) })
      .orderBy('judgement.judgedAt')
      .addOrderBy('judgement.id')
      .getMany();
  }
}
