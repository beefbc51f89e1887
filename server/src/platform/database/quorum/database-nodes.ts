import { Logger } from '@nestjs/common';
import { isConnectionLost } from '../connection-errors.js';
import type { DatabaseNode, DatabaseTarget } from '../database-url.js';
import { DatabaseQuorum, DatabaseReadOnly, type NodeStanding, type QuorumState } from './database-quorum.js';
import { errnoIn } from './error-number.js';
import { type Choice, chooseNode, isFit, type NodeSight, type NodeWords, SILENT_LOOKS_MAX } from './node-choice.js';
import type { NodePools } from './node-pools.js';
import { NodeProbe } from './node-probe.js';
import type { RememberedEpoch } from './remembered-epoch.js';

/** A writer that fails is left within two of these where it refuses, four where it is silent. */
const LOOK_EVERY_MS = 500;
/**
 * Survivors agree on a new component in five to fifteen seconds by Galera's own figures; for so long whoever writes waits
 * instead of being refused, and pages say nothing of it.
 */
export const SWITCH_PATIENCE_MS = 20_000;
/** At the start nothing is under way that could wait; a cluster that is just forming is waited for. */
const START_PATIENCE_MS = 5_000;
/** Not prepared (1047), failed at commit (1180), locked (1290, 1836), a transaction that may only read (1792). */
const NODE_ERRNOS = new Set([1047, 1180, 1290, 1792, 1836]);

/** The nodes of a cluster, looked at twice a second; leads the console's connections to the one through which it writes. */
export class DatabaseNodes extends DatabaseQuorum {
  private readonly log = new Logger(DatabaseNodes.name);
  private readonly probes: ReadonlyMap<string, NodeProbe>;
  private sights: NodeSight[];
  private choice: Choice | null = null;
  private lastWritableAt: number;
  private since: Date;
  private mode: QuorumState['mode'] = 'SWITCHING';
  private pools: NodePools | null = null;
  private looking: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<() => void>();
  private closed = false;
  /** A connection to it broke: if it does not answer the next look either, that is no slowness. */
  private suspected: string | null = null;

  private constructor(
    private readonly target: DatabaseTarget,
    private readonly remembered: RememberedEpoch,
    private readonly wallClock: () => Date,
  ) {
    super();
    this.probes = new Map(target.nodes.map((node) => [node.name, new NodeProbe(node, target)]));
    this.sights = target.nodes.map(({ name }) => ({ name, said: null, silentLooks: 0, fitSince: null }));
    this.lastWritableAt = performance.now() - SWITCH_PATIENCE_MS + START_PATIENCE_MS;
    this.since = wallClock();
  }

  /** Returns when it is known whether the database takes writes. */
  static async open(
    target: DatabaseTarget,
    remembered: RememberedEpoch,
    wallClock: () => Date = () => new Date(),
  ): Promise<DatabaseNodes> {
    const nodes = new DatabaseNodes(target, remembered, wallClock);
    await nodes.look();
    nodes.schedule();
    await nodes.writable().catch(() => undefined);
    return nodes;
  }

  /** From now on the pools follow. */
  attach(pools: NodePools): void {
    this.pools = pools;
    this.follow(true);
  }

  /** Through which it writes, or reads where nothing is written; null = nobody answers. */
  get lead(): DatabaseNode | null {
    const name = this.choice?.node ?? null;
    return this.target.nodes.find((node) => node.name === name) ?? null;
  }

  state(): QuorumState {
    return {
      mode: this.mode,
      reason: this.mode === 'READ_ONLY' && this.choice?.mode === 'READ_ONLY' ? this.choice.reason : null,
      since: this.since,
      epoch: this.remembered.epoch,
      nodes: this.sights.map((sight) => this.standingOf(sight)),
    };
  }

  async writable(): Promise<void> {
    // What a look says of a writer that is in doubt comes first. For an ordinary one nobody waits: a center that is gone makes
    // each of them last as long as its silence may.
    if (this.suspected !== null) await this.looking;
    while (this.mode === 'SWITCHING' && !this.closed) await new Promise<void>((resolve) => this.waiting.add(resolve));
    if (this.mode === 'READ_ONLY')
      throw new DatabaseReadOnly(this.choice?.mode === 'READ_ONLY' ? this.choice.reason : 'NO_NODE', this.since);
  }

  nodeWent(error: unknown): boolean {
    const went = isConnectionLost(error) || NODE_ERRNOS.has(errnoIn(error) ?? 0);
    if (went) {
      this.suspected = this.lead?.name ?? null;
      void this.look();
    }
    return went;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.looking;
    for (const probe of this.probes.values()) probe.close();
    this.wake();
  }

  private schedule(): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      void this.look().finally(() => this.schedule());
    }, LOOK_EVERY_MS);
  }

  /** One look at a time: who asks meanwhile waits for the one under way. */
  private look(): Promise<void> {
    this.looking ??= this.lookAtAll().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async lookAtAll(): Promise<void> {
    const answers = await Promise.all(
      this.target.nodes.map(async ({ name }) => [name, (await this.probes.get(name)?.look()) ?? null] as const),
    );
    const said = new Map<string, NodeWords | null>(answers);
    await this.hear(Math.max(0, ...[...said.values()].map((words) => words?.epoch ?? 0)));
    const now = performance.now();
    this.sights = this.sights.map((before) => {
      const words = said.get(before.name) ?? null;
      // What a node said before it fell silent holds for as long as its silence may still be slowness.
      const looks = before.name === this.suspected ? SILENT_LOOKS_MAX : before.silentLooks + 1;
      const silentLooks = words === null ? looks : 0;
      const kept = words ?? (silentLooks < SILENT_LOOKS_MAX ? before.said : null);
      const fit = isFit(kept, this.remembered.epoch);
      return { name: before.name, said: kept, silentLooks, fitSince: fit ? (before.fitSince ?? now) : null };
    });
    this.suspected = null;
    this.decide(now);
  }

  /** A full disk ends no process and no looking: it is tried at each look, and until it is kept nothing is written. */
  private async hear(epoch: number): Promise<void> {
    const was = this.remembered.isKept;
    try {
      await this.remembered.hear(epoch);
    } catch (error) {
      if (was)
        this.log.error(
          `the database's epoch ${epoch} cannot be kept on this console's disk, which stays read-only until it can (is the disk full?): ${String(error)}`,
        );
    }
  }

  private decide(now: number): void {
    const before = this.choice;
    const answersStill = this.sights.find(({ name }) => name === before?.node)?.silentLooks === 0;
    const choice = chooseNode(this.sights, before?.node ?? null, this.remembered.epoch, now);
    this.choice = this.remembered.isKept ? choice : { mode: 'READ_ONLY', node: choice.node, reason: 'NOT_READY' };
    if (this.choice.mode === 'WRITABLE') this.lastWritableAt = now;
    const mode =
      this.choice.mode === 'WRITABLE'
        ? 'WRITABLE'
        : now - this.lastWritableAt < SWITCH_PATIENCE_MS
          ? 'SWITCHING'
          : 'READ_ONLY';
    if (mode !== this.mode) {
      this.mode = mode;
      this.since = this.wallClock();
    }
    this.follow(answersStill);
    if (mode !== 'SWITCHING') this.wake();
  }

  private follow(answersStill: boolean): void {
    const node = this.lead;
    this.pools?.lead(node && { node, writes: this.choice?.mode === 'WRITABLE' }, answersStill);
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private standingOf({ name, said }: NodeSight): NodeStanding {
    if (said === null) return { name, standing: 'SILENT', epoch: null };
    const { epoch } = said;
    if (this.choice?.mode === 'WRITABLE' && this.choice.node === name) return { name, standing: 'WRITER', epoch };
    if (epoch < this.remembered.epoch) return { name, standing: 'OLDER_HISTORY', epoch };
    if (!said.isPrimary) return { name, standing: 'MINORITY', epoch };
    return { name, standing: said.state === 'Synced' && said.isReady ? 'MEMBER' : 'JOINING', epoch };
  }
}
