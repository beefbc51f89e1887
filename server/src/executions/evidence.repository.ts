import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { auditSchemaOf } from '../platform/database/data-source.js';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { isTypedAcceptance } from './domain/data-loss.js';
import type { FenceProof, Signer } from './domain/fence-proof.js';
import type { PlannedStep } from './domain/runbook.js';
import type { EvidenceKind, EvidenceRow, Placement } from './executions.types.js';

export interface ProofRow {
  readonly id: string;
  readonly executionId: string;
  readonly centerId: string;
  readonly kind: FenceProof;
  readonly detail: unknown;
  readonly observedAt: Date;
}

export interface PromotionRow {
  readonly executionId: string;
  readonly kind: string;
  readonly dataSetId: string;
  readonly fromCenterId: string;
  readonly toCenterId: string;
  readonly epoch: number;
  readonly proofId: string;
  readonly dataKnown: boolean;
  readonly acceptanceId: string | null;
}

/** What the application may add and read, and nobody changes: it stands in the audit schema. */
@Injectable()
export class EvidenceRepository {
  private readonly schema: string;

  constructor(
    private readonly db: DataSource,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {
    this.schema = auditSchemaOf(String(db.options.database));
  }

  hashOf(content: unknown): string {
    return this.crypto.sm3(canonicalJson(JSON.parse(JSON.stringify(content ?? null)))).toString('hex');
  }

  async record(
    tx: Tx,
    of: Pick<EvidenceRow, 'executionId' | 'stepId' | 'kind' | 'content' | 'recordedById' | 'recordedBy'>,
  ): Promise<{ id: string; hash: string }> {
    const id = newId(tx.now.getTime());
    const hash = this.hashOf(of.content);
    await tx.manager.query(
      `insert into \`${this.schema}\`.dr_evidence
         (id, execution_id, step_id, kind, content, hash, recorded_by_id, recorded_by, recorded_at) values (?)`,
      [
        [
          ...[id, of.executionId, of.stepId, of.kind, JSON.stringify(of.content ?? null), hash],
          ...[of.recordedById, of.recordedBy, tx.now],
        ],
      ],
    );
    return { id, hash };
  }

  async ofExecutions(ids: readonly string[]): Promise<EvidenceRow[]> {
    const rows: (Omit<EvidenceRow, 'content' | 'kind'> & { content: string; kind: EvidenceKind })[] =
      await this.db.query(
        `select id, execution_id as executionId, step_id as stepId, kind, content, hash,
           recorded_by_id as recordedById, recorded_by as recordedBy, recorded_at as recordedAt
         from \`${this.schema}\`.dr_evidence where execution_id in (?) order by recorded_at, id`,
        [inList(ids)],
      );
    return rows.map((row) => ({ ...row, content: JSON.parse(row.content) }));
  }

  async addText(
    tx: Tx,
    of: { runbookId: string; number: number; kind: string; steps: readonly PlannedStep[]; authoredById: string },
  ): Promise<string> {
    const hash = this.hashOf(of.steps);
    await tx.manager.query(
      `insert into \`${this.schema}\`.dr_runbook_text (runbook_id, number, kind, steps, hash, authored_by_id, authored_at) values (?)`,
      [[of.runbookId, of.number, of.kind, JSON.stringify(of.steps), hash, of.authoredById, tx.now]],
    );
    return hash;
  }

  /** Of these versions, "runbook/number". */
  async texts(
    keys: readonly { readonly runbookId: string; readonly number: number }[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, { hash: string; steps: PlannedStep[] }>> {
    const rows: { runbookId: string; number: number; steps: string; hash: string }[] = await (
      tx?.manager ?? this.db
    ).query(
      `select runbook_id as runbookId, number, steps, hash from \`${this.schema}\`.dr_runbook_text where runbook_id in (?)`,
      [inList([...new Set(keys.map(({ runbookId }) => runbookId))])],
    );
    return new Map(
      rows.map(({ hash, number, runbookId, steps }) => [`${runbookId}/${number}`, { hash, steps: JSON.parse(steps) }]),
    );
  }

  async accept(
    tx: Tx,
    of: { executionId: string; seconds: number | null; shown: string; typed: string; userId: string; name: string },
  ): Promise<string> {
    const id = newId(tx.now.getTime());
    await tx.manager.query(
      `insert into \`${this.schema}\`.dr_loss_acceptance
         (id, execution_id, shown_seconds, shown_text, typed_text, accepted_by_id, accepted_by, accepted_at) values (?)`,
      [[id, of.executionId, of.seconds, of.shown, of.typed, of.userId, of.name, tx.now]],
    );
    return id;
  }

  /** `typed`: a person typed what is lost; else it was within what was promised, and nothing had to be typed. */
  async acceptance(
    executionId: string,
    tx?: Tx,
  ): Promise<{ id: string; seconds: number | null; typed: boolean } | null> {
    const [row] = await (tx?.manager ?? this.db).query(
      `select id, shown_seconds as seconds, shown_text as shown from \`${this.schema}\`.dr_loss_acceptance
       where execution_id = ? order by accepted_at desc, id desc limit 1`,
      [executionId],
    );
    const seconds = row === undefined || row.seconds === null ? null : Number(row.seconds);
    return row ? { id: row.id, seconds, typed: isTypedAcceptance(row.shown) } : null;
  }

  async prove(
    tx: Tx,
    of: Omit<ProofRow, 'id'> & { evidenceId?: string; first?: Signer; second?: Signer },
  ): Promise<string> {
    const id = newId(tx.now.getTime());
    await tx.manager.query(
      `insert into \`${this.schema}\`.dr_fence_proof
         (id, execution_id, center_id, kind, detail, observed_at, evidence_id, first_signer_id, first_department_id,
          second_signer_id, second_department_id, recorded_at) values (?)`,
      [
        [
          ...[id, of.executionId, of.centerId, of.kind, JSON.stringify(of.detail), of.observedAt],
          ...[of.evidenceId ?? null, of.first?.userId ?? null, of.first?.departmentId ?? null],
          ...[of.second?.userId ?? null, of.second?.departmentId ?? null, tx.now],
        ],
      ],
    );
    return id;
  }

  /** Of the execution, against a center; the newest first. */
  async proofs(executionId: string, centerId: string, tx?: Tx): Promise<ProofRow[]> {
    const rows: (Omit<ProofRow, 'detail'> & { detail: string })[] = await (tx?.manager ?? this.db).query(
      `select id, execution_id as executionId, center_id as centerId, kind, detail, observed_at as observedAt
       from \`${this.schema}\`.dr_fence_proof where execution_id = ? and center_id = ? order by recorded_at desc, id desc`,
      [executionId, centerId],
    );
    return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }));
  }

  /** Codes of what is not over and rests on the storage's keeping this center out. */
  async restingOn(centerId: string, exceptIds: readonly string[]): Promise<string[]> {
    const rows: { code: string }[] = await this.db.query(
      `select distinct e.code from dr_execution e
       join \`${this.schema}\`.dr_fence_proof p on p.execution_id = e.id and p.center_id = ? and p.kind = 'NETWORK_FENCE'
       where e.open = 1 and e.id not in (?) order by e.code`,
      [centerId, inList(exceptIds)],
    );
    return rows.map(({ code }) => code);
  }

  /**
   * Groups that were moved out of this center while the storage kept it out, and have not come back, wherever they were moved
   * to since. What runs of theirs in it would serve beside what serves now, once it is let in.
   */
  async movedBehind(centerId: string): Promise<{ groupId: string; code: string }[]> {
    return this.db.query(
      `select p.group_id as groupId, e.code from \`${this.schema}\`.dr_placement p
       join (select group_id, max(epoch) as epoch from \`${this.schema}\`.dr_placement group by group_id) newest
         on newest.group_id = p.group_id and newest.epoch = p.epoch
       join dr_execution e on e.id = p.execution_id
       where p.serving_center_id <> ? and exists (
         select 1 from \`${this.schema}\`.dr_fence_proof f join dr_execution x on x.id = f.execution_id
         where x.group_id = p.group_id and f.center_id = ? and f.kind = 'NETWORK_FENCE')
       order by e.code`,
      [centerId, centerId],
    );
  }

  async promote(tx: Tx, row: PromotionRow): Promise<void> {
    await tx.manager.query(
      `insert into \`${this.schema}\`.dr_promotion
         (id, execution_id, kind, data_set_id, from_center_id, to_center_id, epoch, proof_id, data_known, acceptance_id, promoted_at)
       values (?)`,
      [
        [
          ...[newId(tx.now.getTime()), row.executionId, row.kind, row.dataSetId, row.fromCenterId, row.toCenterId],
          ...[row.epoch, row.proofId, row.dataKnown ? 1 : 0, row.acceptanceId, tx.now],
        ],
      ],
    );
  }

  async promotions(executionId: string, tx?: Tx): Promise<{ toCenterId: string; epoch: number }[]> {
    const rows: { toCenterId: string; epoch: string }[] = await (tx?.manager ?? this.db).query(
      `select to_center_id as toCenterId, epoch from \`${this.schema}\`.dr_promotion where execution_id = ?`,
      [executionId],
    );
    return rows.map(({ epoch, toCenterId }) => ({ toCenterId, epoch: Number(epoch) }));
  }

  /** Where groups serve now: their newest placement. A group that was never moved has none. */
  async placements(groupIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, Placement>> {
    const rows: (Placement & { groupId: string })[] = await (tx?.manager ?? this.db).query(
      `select p.group_id as groupId, p.epoch, p.execution_id as executionId, p.serving_center_id as servingCenterId,
         p.placed_at as placedAt
       from \`${this.schema}\`.dr_placement p
       join (select group_id, max(epoch) as epoch from \`${this.schema}\`.dr_placement where group_id in (?) group by group_id) newest
         on newest.group_id = p.group_id and newest.epoch = p.epoch`,
      [inList(groupIds)],
    );
    return new Map(rows.map(({ groupId, ...row }) => [groupId, { ...row, epoch: Number(row.epoch) }]));
  }

  /** By epoch, the center that served from that placement on. */
  async servedBy(groupId: string): Promise<ReadonlyMap<number, string>> {
    const rows: { epoch: string; centerId: string }[] = await this.db.query(
      `select epoch, serving_center_id as centerId from \`${this.schema}\`.dr_placement where group_id = ?`,
      [groupId],
    );
    return new Map(rows.map(({ centerId, epoch }) => [Number(epoch), centerId]));
  }

  /** Follows the newest, or the place where it was before anything moved. Another at the same moment is a duplicate key. */
  async place(
    tx: Tx,
    of: { groupId: string; executionId: string; fromCenterId: string; toCenterId: string },
  ): Promise<number> {
    const insert = (epoch: number, executionId: string | null, centerId: string) =>
      tx.manager.query(
        `insert into \`${this.schema}\`.dr_placement (group_id, epoch, previous_epoch, execution_id, serving_center_id, placed_at) values (?)`,
        [[of.groupId, epoch, epoch === 0 ? null : epoch - 1, executionId, centerId, tx.now]],
      );
    const now = (await this.placements([of.groupId], tx)).get(of.groupId);
    if (!now) await insert(0, null, of.fromCenterId);
    const epoch = (now?.epoch ?? 0) + 1;
    await insert(epoch, of.executionId, of.toCenterId);
    return epoch;
  }
}
