/** Decides whether the audit trail is whole, and where and how it is not. */
import { recordText, type SealedAuditRecord } from './audit-record.js';
import {
  CHAIN_BEGINNING,
  type ChainEnd,
  type ChainLink,
  checkpointHash,
  checkpointText,
  type Hasher,
  linkHash,
  NO_HASH,
  type SignedCheckpoint,
} from './chain.js';

/** What to do about each kind of finding, besides keeping the database as it is until the evidence has been copied. */
export const FINDINGS = {
  MODIFIED: 'The record was changed after it was chained. Compare it with the same record in a backup.',
  MAC_MISMATCH: 'The record was not written by this console, or its MAC was changed. Compare it with a backup.',
  DELETED: 'The record is gone. Restore it from a backup beside the database and see who was able to delete it.',
  INSERTED: 'The record was put in without the console’s key. See who else could write to the audit schema.',
  UNSEQUENCED: 'The record has waited for its place too long. See that a worker runs; if one does, the chain was cut.',
  REORDERED:
    'An authentic record, but not the one of this place: links were exchanged or changed. Compare with a backup.',
  GAP: 'Links or checkpoints between are missing or were never there. Compare with a backup.',
  TRUNCATED: 'The chain ends before what was signed: its tail was cut or an old state of the database was put back.',
  REWRITTEN: 'The chain was computed anew after it had been signed. Compare the records of this segment with a backup.',
  UNSIGNED:
    'The end of the chain was not signed in time. See that a worker runs; if one does, checkpoints were removed.',
  FORGED_CHECKPOINT: 'The checkpoint was changed or was not signed with the console’s key. Compare it with a backup.',
  CLOCK_REGRESS: 'Time ran backwards here. Compare the clocks of the servers (NTP) for that day.',
} as const;
export type FindingKind = keyof typeof FINDINGS;

export interface Finding {
  readonly kind: FindingKind;
  /** The place in the chain; null = a record without one. */
  readonly seq: number | null;
  /** The last place concerned, where there are several. */
  readonly toSeq?: number;
  readonly auditId?: string;
}

/** A clock can run backwards without anyone's doing wrong: it is told, but the trail is whole. */
export function isNotice(finding: Finding): boolean {
  return finding.kind === 'CLOCK_REGRESS';
}

export interface TrailEntry {
  readonly link: ChainLink;
  /** The record that the link names; null = not there. */
  readonly record: SealedAuditRecord | null;
}

export interface Trail {
  /** In the order of seq. */
  readonly entries: AsyncIterable<TrailEntry>;
  /** In the order of toSeq; none younger than the entries. */
  readonly checkpoints: AsyncIterable<SignedCheckpoint>;
  /** Records that no link names. */
  readonly strays: AsyncIterable<SealedAuditRecord>;
}

/** The keys, or the public parts of them, with which the trail was sealed. */
export interface Seals extends Hasher {
  verifyMac(text: string, keyed: { readonly keyId: string; readonly mac: string }): Promise<boolean>;
  verifySignature(text: string, signed: { readonly keyId: string; readonly signature: string }): Promise<boolean>;
}

/** A checkpoint noted outside the database: only it shows that the whole database was put back to yesterday. */
export interface Anchor {
  readonly toSeq: number;
  /** `checkpointHash` of it. */
  readonly hash: string;
}

export interface VerifyOptions {
  readonly now: Date;
  readonly anchor?: Anchor;
}

export interface Verified {
  readonly records: number;
  readonly checkpoints: number;
  /** Records that have not waited long for their place. */
  readonly waiting: number;
  readonly end: ChainEnd;
  readonly lastCheckpoint: SignedCheckpoint | null;
}

/** The sequencer needs a second; this is also when it raises its own alarm. */
export const UNSEQUENCED_LIMIT_MS = 60_000;
/** The sequencer signs each minute; whoever computes a chain anew must do away with the checkpoints, and is seen by it. */
const UNSIGNED_LIMIT_MS = 10 * 60_000;
/** A transaction may commit later than others that began after it, but not by that much. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

/** Reads the trail once, in its order, and yields what is wrong with it. Holds no more than it needs for the next row. */
export async function* verifyTrail(
  trail: Trail,
  seals: Seals,
  options: VerifyOptions,
): AsyncGenerator<Finding, Verified> {
  const walk = new ChainWalk(seals);
  const checkpoints = new CheckpointWalk(seals, trail.checkpoints, options.anchor);
  let unsignedSince: Date | null = null;
  for await (const entry of trail.entries) {
    // A signed end that the chain jumps over is judged before the jump.
    yield* checkpoints.upTo(entry.link.seq - 1, walk.end);
    yield* walk.step(entry);
    yield* checkpoints.upTo(entry.link.seq, walk.end);
    if (checkpoints.last?.toSeq === entry.link.seq) unsignedSince = null;
    // A record that came late has an old time; its place was given after everything before it.
    else unsignedSince ??= walk.newest;
  }
  const signedUntil = checkpoints.last?.toSeq ?? 0;
  if (unsignedSince && options.now.getTime() - unsignedSince.getTime() > UNSIGNED_LIMIT_MS)
    yield { kind: 'UNSIGNED', seq: signedUntil + 1, toSeq: walk.end.seq };
  yield* checkpoints.rest(walk.end);
  let waiting = 0;
  for await (const record of trail.strays) {
    const kind = await judgeStray(seals, record, options.now);
    if (kind === null) waiting += 1;
    else yield { kind, seq: null, auditId: record.id };
  }
  return {
    records: walk.records,
    checkpoints: checkpoints.count,
    waiting,
    end: walk.end,
    lastCheckpoint: checkpoints.last,
  };
}

class ChainWalk {
  end: ChainEnd = CHAIN_BEGINNING;
  records = 0;
  /** The latest time among the authentic records so far; what a forged one claims is no measure. */
  newest: Date | null = null;

  constructor(private readonly seals: Seals) {}

  async *step({ link, record }: TrailEntry): AsyncGenerator<Finding> {
    const { seq, auditId } = link;
    if (seq !== this.end.seq + 1)
      yield { kind: 'GAP', seq: this.end.seq + 1, toSeq: Math.max(this.end.seq + 1, seq - 1) };
    else if (link.prevHash !== this.end.hash) yield { kind: 'REORDERED', seq, auditId };
    if (record === null) yield { kind: 'DELETED', seq, auditId };
    else {
      this.records += 1;
      yield* this.judge(link, record);
    }
    this.end = { seq, hash: link.hash };
  }

  private async *judge(link: ChainLink, record: SealedAuditRecord): AsyncGenerator<Finding> {
    const { seq, auditId } = link;
    const authentic = await isAuthentic(this.seals, record);
    const inPlace = isReadable(record) && linkHash(this.seals, link.prevHash, seq, record) === link.hash;
    if (!inPlace) yield { kind: authentic ? 'REORDERED' : 'MODIFIED', seq, auditId };
    else if (!authentic) yield { kind: 'MAC_MISMATCH', seq, auditId };
    const at = record.occurredAt;
    if (this.newest && at.getTime() < this.newest.getTime() - CLOCK_TOLERANCE_MS)
      yield { kind: 'CLOCK_REGRESS', seq, auditId };
    else if (authentic && (this.newest === null || at > this.newest)) this.newest = at;
  }
}

/** Goes along the checkpoints in step with the chain. */
class CheckpointWalk {
  count = 0;
  last: SignedCheckpoint | null = null;
  private readonly source: AsyncIterator<SignedCheckpoint>;
  private ahead: Promise<IteratorResult<SignedCheckpoint>> | undefined;
  private anchorSeen = false;

  constructor(
    private readonly seals: Seals,
    checkpoints: AsyncIterable<SignedCheckpoint>,
    private readonly anchor: Anchor | undefined,
  ) {
    this.source = checkpoints[Symbol.asyncIterator]();
  }

  /** Judges the checkpoints that end at or before `seq`, given the chain up to there. */
  async *upTo(seq: number, end: ChainEnd): AsyncGenerator<Finding> {
    for (let next = await this.peek(); next !== undefined && next.toSeq <= seq; next = await this.peek()) {
      this.ahead = undefined;
      yield* this.judge(next);
      // Where the link of that place is missing, the chain has said so already.
      if (next.toSeq === end.seq && next.chainHash !== end.hash)
        yield { kind: 'REWRITTEN', seq: next.fromSeq, toSeq: next.toSeq };
      this.last = next;
    }
  }

  /** What was signed of places that the chain does not reach. */
  async *rest(end: ChainEnd): AsyncGenerator<Finding> {
    let signedUntil = this.anchor && !this.anchorSeen ? this.anchor.toSeq : 0;
    for (let next = await this.peek(); next !== undefined; next = await this.peek()) {
      this.ahead = undefined;
      yield* this.judge(next);
      this.last = next;
      signedUntil = Math.max(signedUntil, next.toSeq);
    }
    if (signedUntil > end.seq) yield { kind: 'TRUNCATED', seq: end.seq + 1, toSeq: signedUntil };
    else if (this.anchor && !this.anchorSeen) yield { kind: 'REWRITTEN', seq: 1, toSeq: this.anchor.toSeq };
  }

  private async peek(): Promise<SignedCheckpoint | undefined> {
    this.ahead ??= this.source.next();
    const { done, value } = await this.ahead;
    return done ? undefined : value;
  }

  private async *judge(next: SignedCheckpoint): AsyncGenerator<Finding> {
    this.count += 1;
    const { fromSeq, toSeq } = next;
    const readable = !Number.isNaN(next.signedAt.getTime());
    if (!readable || !(await this.seals.verifySignature(checkpointText(next), next)))
      yield { kind: 'FORGED_CHECKPOINT', seq: fromSeq, toSeq };
    const last = this.last;
    const expectedFrom = (last?.toSeq ?? 0) + 1;
    if (fromSeq !== expectedFrom) yield { kind: 'GAP', seq: expectedFrom, toSeq: Math.max(expectedFrom, fromSeq - 1) };
    else if (next.previousHash !== (last ? hashOf(this.seals, last) : NO_HASH))
      yield { kind: 'FORGED_CHECKPOINT', seq: last?.fromSeq ?? fromSeq, toSeq };
    if (last && next.signedAt < last.signedAt) yield { kind: 'CLOCK_REGRESS', seq: fromSeq, toSeq };
    if (this.anchor?.toSeq === toSeq && hashOf(this.seals, next) === this.anchor.hash) this.anchorSeen = true;
  }
}

function hashOf(seals: Seals, checkpoint: SignedCheckpoint): string | null {
  return Number.isNaN(checkpoint.signedAt.getTime()) ? null : checkpointHash(seals, checkpoint);
}

async function judgeStray(seals: Seals, record: SealedAuditRecord, now: Date): Promise<FindingKind | null> {
  if (!(await isAuthentic(seals, record))) return 'INSERTED';
  return now.getTime() - record.occurredAt.getTime() > UNSEQUENCED_LIMIT_MS ? 'UNSEQUENCED' : null;
}

async function isAuthentic(seals: Seals, record: SealedAuditRecord): Promise<boolean> {
  return isReadable(record) && seals.verifyMac(recordText(record), { keyId: record.macKeyId, mac: record.mac });
}

/** MariaDB can be made to keep days that no calendar has. */
function isReadable(record: SealedAuditRecord): boolean {
  return !Number.isNaN(record.occurredAt.getTime());
}
