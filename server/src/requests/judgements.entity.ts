import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Verdict } from '../gates/domain/judge.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { JudgedAt } from './judgements.repository.js';
import { RequestEntity } from './requests.entity.js';

/** How a request that went on was judged by the gates: when, by which edition, rule by rule. Append-only. */
@Entity('request_judgement')
@Index('ix_request_judgement_request', ['requestId', 'judgedAt', 'id'])
@Check('ck_request_judgement_moment', "moment in ('SEND', 'HOLD')")
export class RequestJudgementEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  requestId!: string;
  @ManyToOne(() => RequestEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_request_judgement_request' })
  request?: Relation<RequestEntity>;
  @Column(timeColumn)
  judgedAt!: Date;
  @Column({ type: 'varchar', length: 8, charset: 'ascii', collation: 'ascii_bin' })
  moment!: JudgedAt;
  @Column(uuidColumn)
  editionId!: string;
  @Column({ type: 'int' })
  editionNumber!: number;
  @Column(jsonColumn)
  verdicts!: Verdict[];
}
