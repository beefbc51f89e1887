import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { auditSchemaOf } from '../platform/database/data-source.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { RECORD_COLUMNS, type RecordRow, toRecord } from './audit.repository.js';
import type { SealedAuditRecord } from './domain/audit-record.js';
import { CHAIN_BEGINNING, type ChainEnd, type ChainLink, type SignedCheckpoint } from './domain/chain.js';
import type { Trail, TrailEntry } from './domain/verify.js';

/** A place in the order of time, in which records are looked for. */
export interface Moment {
  readonly occurredAt: Date;
  readonly id: string;
}

/** Rows that a verifier holds at once: some megabytes. */
const ROWS_PER_PAGE = 1_000;

interface LinkRow {
  readonly seq: number | string;
  readonly audit_id: string;
  readonly prev_hash: string;
  readonly hash: string;
}

interface CheckpointRow {
  readonly from_seq: number | string;
  readonly to_seq: number | string;
  readonly chain_hash: string;
  readonly previous_hash: string;
  readonly signed_at: Date;
  readonly key_id: string;
  readonly signature: string;
}

/** The chain, its checkpoints, and which records are not in it yet. */
@Injectable()
export class ChainRepository {
  private readonly schema: string;
  private readonly recordColumns = RECORD_COLUMNS.map((column) => `e.${column}`).join(', ');

  constructor(private readonly db: DataSource) {
    this.schema = auditSchemaOf(db.options.database as string);
  }

  async end(): Promise<ChainEnd> {
    return this.endBy(this.db);
  }

  async endIn(tx: Tx): Promise<ChainEnd> {
    return this.endBy(tx.manager);
  }

  private async endBy(source: Pick<DataSource, 'query'>): Promise<ChainEnd> {
    const [row] = await source.query(`select seq, hash from \`${this.schema}\`.audit_chain order by seq desc limit 1`);
    return row ? { seq: Number(row.seq), hash: row.hash } : CHAIN_BEGINNING;
  }

  async append(tx: Tx, links: readonly ChainLink[]): Promise<void> {
    await tx.manager.query(`insert into \`${this.schema}\`.audit_chain (seq, audit_id, prev_hash, hash) values ?`, [
      links.map((link) => [link.seq, link.auditId, link.prevHash, link.hash]),
    ]);
  }

  async lastCheckpoint(): Promise<SignedCheckpoint | null> {
    const [row] = await this.db.query(`select * from \`${this.schema}\`.audit_checkpoint order by to_seq desc limit 1`);
    return row ? toCheckpoint(row) : null;
  }

  async addCheckpoint(tx: Tx, checkpoint: SignedCheckpoint): Promise<void> {
    await tx.manager.query(
      `insert into \`${this.schema}\`.audit_checkpoint
       (from_seq, to_seq, chain_hash, previous_hash, signed_at, key_id, signature) values (?, ?, ?, ?, ?, ?, ?)`,
      [
        checkpoint.fromSeq,
        checkpoint.toSeq,
        checkpoint.chainHash,
        checkpoint.previousHash,
        checkpoint.signedAt,
        checkpoint.keyId,
        checkpoint.signature,
      ],
    );
  }

  /** Time of the newest record, sequenced or not; null = there is none. */
  async newest(): Promise<Date | null> {
    const [row] = await this.db.query(`select max(occurred_at) as newest from \`${this.schema}\`.audit_event`);
    return row.newest;
  }

  /** The record that stands `rows` places behind, in the order of time; null = there are fewer. */
  async momentBehind(from: Moment, rows: number): Promise<Moment | null> {
    const [row] = await this.db.query(
      `select e.occurred_at, e.id from \`${this.schema}\`.audit_event e where ${BEHIND}
       order by e.occurred_at, e.id limit 1 offset ?`,
      [...behind(from), rows - 1],
    );
    return row ? { occurredAt: row.occurred_at, id: row.id } : null;
  }

  /** Records behind `from` up to and with `to` (null = to the end) that have no place in the chain, in the order of time. */
  async unsequenced(from: Moment, to: Moment | null, limit: number): Promise<SealedAuditRecord[]> {
    const rows: RecordRow[] = await this.db.query(
      `select ${this.recordColumns} from \`${this.schema}\`.audit_event e
       left join \`${this.schema}\`.audit_chain c on c.audit_id = e.id
       where ${BEHIND} ${to ? `and ${UP_TO}` : ''} and c.seq is null
       order by e.occurred_at, e.id limit ?`,
      [...behind(from), ...(to ? [to.occurredAt, to.occurredAt, to.id] : []), limit],
    );
    return rows.map(toRecord);
  }

  /** Time of the oldest record without a place, among those that are not settled; null = there is none. */
  async oldestUnsequenced(): Promise<Date | null> {
    const [oldest] = await this.unsequenced({ occurredAt: await this.settledUntil(), id: '' }, null, 1);
    return oldest?.occurredAt ?? null;
  }

  async settledUntil(): Promise<Date> {
    const [row] = await this.db.query("select settled_until from audit_sequencer where name = 'chain'");
    return row.settled_until;
  }

  async settle(tx: Tx, until: Date): Promise<void> {
    await tx.manager.query("update audit_sequencer set settled_until = ? where name = 'chain'", [until]);
  }

  /**
   * Everything for the verifier, in pages. What is added while it reads belongs to the next verification: the last
   * checkpoint is fixed first and the end of the chain after it, so a chain that grows is not taken for a cut one.
   */
  async trail(): Promise<Trail> {
    const lastCheckpoint = await this.lastCheckpoint();
    const end = await this.end();
    return {
      checkpoints: this.checkpoints(lastCheckpoint?.toSeq ?? 0),
      entries: this.entries(end.seq),
      strays: this.strays(),
    };
  }

  private async *checkpoints(toSeq: number): AsyncGenerator<SignedCheckpoint> {
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const rows: CheckpointRow[] = await this.db.query(
        `select * from \`${this.schema}\`.audit_checkpoint where to_seq > ? and to_seq <= ? order by to_seq limit ?`,
        [after, toSeq, ROWS_PER_PAGE],
      );
      for (const row of rows) yield toCheckpoint(row);
      if (rows.length < ROWS_PER_PAGE) return;
      after = Number(rows.at(-1)?.to_seq);
    }
  }

  private async *entries(toSeq: number): AsyncGenerator<TrailEntry> {
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const rows: (LinkRow & { [C in keyof RecordRow]: RecordRow[C] | null })[] = await this.db.query(
        `select c.seq, c.audit_id, c.prev_hash, c.hash, ${this.recordColumns} from \`${this.schema}\`.audit_chain c
         left join \`${this.schema}\`.audit_event e on e.id = c.audit_id
         where c.seq > ? and c.seq <= ? order by c.seq limit ?`,
        [after, toSeq, ROWS_PER_PAGE],
      );
      for (const row of rows) yield { link: toLink(row), record: row.id === null ? null : toRecord(row as RecordRow) };
      if (rows.length < ROWS_PER_PAGE) return;
      after = Number(rows.at(-1)?.seq);
    }
  }

  /** In the order of ids: whatever time a planted row claims, it is met. */
  private async *strays(): AsyncGenerator<SealedAuditRecord> {
    for (let after: string | null = null; ; ) {
      const rows: RecordRow[] = await this.db.query(
        `select ${this.recordColumns} from \`${this.schema}\`.audit_event e
         left join \`${this.schema}\`.audit_chain c on c.audit_id = e.id
         where c.seq is null ${after === null ? '' : 'and e.id > ?'} order by e.id limit ?`,
        [...(after === null ? [] : [after]), ROWS_PER_PAGE],
      );
      for (const row of rows) yield toRecord(row);
      if (rows.length < ROWS_PER_PAGE) return;
      after = rows.at(-1)?.id ?? null;
    }
  }
}

/** Before every record: an id is never empty, and no server's clock stood there. */
export const BEGINNING_OF_TIME: Moment = { occurredAt: new Date('1970-01-02T00:00:00.000Z'), id: '' };

/** With a plain bound on the time first: from the disjunction alone the optimizer does not always make a range. */
const BEHIND = 'e.occurred_at >= ? and (e.occurred_at > ? or e.id > ?)';
const UP_TO = '(e.occurred_at < ? or (e.occurred_at = ? and e.id <= ?))';

function behind({ occurredAt, id }: Moment): unknown[] {
  return [occurredAt, occurredAt, id];
}

function toLink(row: LinkRow): ChainLink {
  return { seq: Number(row.seq), auditId: row.audit_id, prevHash: row.prev_hash, hash: row.hash };
}

function toCheckpoint(row: CheckpointRow): SignedCheckpoint {
  return {
    fromSeq: Number(row.from_seq),
    toSeq: Number(row.to_seq),
    chainHash: row.chain_hash,
    previousHash: row.previous_hash,
    signedAt: row.signed_at,
    keyId: row.key_id,
    signature: row.signature,
  };
}
