import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { type Bilingual, counted, say } from '../kernel/bilingual.js';
import { cut, isSame, named } from '../kernel/said.js';
import { isConnectionLost } from '../platform/database/connection-errors.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { isFailure } from '../provisioning/domain/cluster-failure.js';
import type { ClusterKind, ClusterObject } from '../provisioning/domain/cluster-object.js';
import type { Clusters } from '../provisioning/domain/ports.js';
import { type ReturnState, returnStateOf } from './domain/returning-side.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionGrounds } from './execution-grounds.service.js';
import { NotMine } from './execution-plays.service.js';
import { demoteCopies, receiveBack } from './returning-copies.js';
import { type ReturningSideRow, ReturningSidesRepository } from './returning-sides.repository.js';
import { saidOf } from './step-handlers.service.js';
import { haltAtCluster } from './steps/halting.js';
import { type Site, stillThere, waitsFor } from './steps/site.js';
import { Tenure } from './tenure.js';

const PROBLEM_LENGTH_MAX = 500;

/** What a look at a side needs of the process that looks. */
interface Look {
  readonly may: () => boolean;
  readonly assertMay: () => void;
  readonly write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** What a round has learnt of one center, for all the groups that it serves no more. */
interface Visit {
  answers: boolean;
  /** What is waited for since it did not answer: it is not asked once more in this round. */
  silence: Bilingual | null;
  /** By center and kind. */
  readonly listed: Map<string, Promise<readonly ClusterObject[]>>;
}

/**
 * A side that a placement left is asked again and again until it answers, and then the first that happens there is that its
 * machines stand still, whoever drives them; then its disks become copies. By the newest placement, whoever made it: so a
 * side that returns in the middle of an execution is met alike.
 */
@Injectable()
export class ReturningSides {
  private readonly log = new Logger(ReturningSides.name);
  private readonly tenure: Tenure;
  /** Of each center the side that was met last: the next round goes on behind it. */
  private readonly met = new Map<string, ReturningSideRow>();

  constructor(
    private readonly repository: ReturningSidesRepository,
    private readonly grounds: ExecutionGrounds,
    private readonly evidence: EvidenceRepository,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
  ) {
    const holder = `returns/${process.pid}/${randomUUID().slice(0, 8)}`;
    this.tenure = new Tenure(leases, 'dr-returning-sides', holder);
  }

  async run(clusters: Clusters): Promise<void> {
    const rows = await this.repository.pending();
    if (rows.length === 0) return;
    const lease = await this.tenure.renew();
    if (!lease) return;
    const look = this.lookUnder(lease);
    // A center that is silent keeps the others waiting for no longer than one call to it, however many groups it has left.
    const ofCenters = [...Map.groupBy(rows, ({ centerId }) => centerId)];
    const silent = await Promise.all(
      ofCenters.map(([centerId, ofCenter]) => this.visit(centerId, ofCenter, clusters, look)),
    );
    // A center that has returned may be heard by another console, and stands still the sooner.
    if (silent.includes(true)) await this.tenure.leave();
  }

  release(): Promise<void> {
    return this.tenure.release();
  }

  /** One after the other, each for itself; what the lease leaves no time for has its turn in the next round. true = its cluster kept silent. */
  private async visit(
    centerId: string,
    rows: readonly ReturningSideRow[],
    clusters: Clusters,
    look: Look,
  ): Promise<boolean> {
    const visit: Visit = { answers: false, silence: null, listed: new Map() };
    for (const row of this.inTurn(centerId, rows)) {
      if (!look.may()) break;
      this.met.set(centerId, row);
      try {
        await this.meet(row, clusters, look, visit);
      } catch (error) {
        if (error instanceof NotMine) continue;
        this.log.warn(`side of group ${row.groupId}: ${String(error)}`);
        if (isConnectionLost(error)) break;
      }
    }
    return visit.silence !== null;
  }

  private inTurn(centerId: string, rows: readonly ReturningSideRow[]): readonly ReturningSideRow[] {
    const last = this.met.get(centerId);
    const next = last === undefined ? -1 : rows.findIndex((row) => comesBehind(row, last));
    return next <= 0 ? rows : [...rows.slice(next), ...rows.slice(0, next)];
  }

  private lookUnder(lease: Lease): Look {
    return {
      may: () => this.tenure.may,
      assertMay: this.tenure.assertMay,
      write: (work) =>
        this.unitOfWork.run(async (tx) => {
          if (!(await this.leases.stillHeld(tx, lease))) throw new NotMine();
          return work(tx);
        }),
    };
  }

  private async meet(row: ReturningSideRow, clusters: Clusters, look: Look, visit: Visit): Promise<void> {
    if (visit.silence !== null) return this.tell(row, look, row.state, visit.silence);
    const ground = await this.grounds.of(row.groupId);
    // A group that is no more has left nothing to meet.
    if (!ground) return look.write((tx) => this.repository.serves(tx, row.groupId, row.centerId));
    const center = ground.centers.find(({ id }) => id === row.centerId);
    const gateway = center && clusters.of(center.code);
    if (!center) return;
    if (!gateway)
      return this.tell(
        row,
        look,
        row.state,
        say(
          `中心 ${center.name} 没有可用的集群连接，请人工停机并确认`,
          `The center ${center.name} has no cluster that can be reached from here: halt it by hand, and confirm that`,
        ),
      );
    const machines = ground.machines.filter(({ centerId, standby }) => centerId === row.centerId && standby);
    // What runs in no cluster can only be stopped, and looked at, by people.
    const seen = machines.filter(({ management }) => management !== 'RECORDED');
    const unseen = machines.length - seen.length;
    const site: Site = { center, gateway, machines: seen };
    // Another placement may have been made while this one was looked at: then it may serve there again.
    const assertOwes = async () => {
      if (!(await this.repository.stands(row))) throw new NotMine();
      look.assertMay();
    };
    try {
      if (!visit.answers) await gateway.probe();
      visit.answers = true;
      await haltAtCluster(site, assertOwes, look.assertMay);
      const running = await stillThere(site);
      if (running.length > 0)
        return await this.tell(
          row,
          look,
          'HALTING',
          say(
            `还有 ${running.length} 台在运行：${named(running).zh}`,
            `${counted(running.length, 'machine runs', 'machines run')} still: ${named(running).en}`,
          ),
        );
      const listed = (of: Pick<Site, 'center' | 'gateway'>, kind: ClusterKind) => {
        const key = `${of.center.id}/${kind}`;
        const known = visit.listed.get(key) ?? of.gateway.list(kind);
        visit.listed.set(key, known);
        return known;
      };
      // Where nobody has looked at them nothing goes on: what still writes there would be lost, or lose what is written elsewhere.
      if (unseen > 0 && row.confirmedAt === null)
        return await this.tell(row, look, 'HALTING', unseenText(unseen), unseen);
      const pending = await demoteCopies(row, site, ground, { look, assertOwes, listed: (kind) => listed(site, kind) });
      if (pending.length > 0) {
        const waits = say(
          `等待 ${pending.length} 块磁盘成为副本：${named(pending).zh}`,
          `Waits for ${counted(pending.length, 'disk', 'disks')} to become a copy: ${named(pending).en}`,
        );
        return await this.tell(row, look, returnStateOf(running, pending), waits, unseen);
      }
      const isWorked = () => this.repository.isWorked(row.groupId);
      const back = await receiveBack(row, site, ground, clusters, { look, assertOwes, isWorked, listed });
      if (back.waits !== null) return await this.tell(row, look, 'DEMOTING', back.waits, unseen);
      await this.tell(row, look, 'FOLLOWS', back.left, unseen);
    } catch (error) {
      const waits = waitsFor(error);
      if (isFailure(error, 'UNREACHABLE')) visit.silence = waits;
      if (waits === null) {
        if (error instanceof NotMine) throw error;
        return this.tell(row, look, row.state, saidOf(error));
      }
      await this.tell(row, look, row.state, waits);
    }
  }

  private async tell(
    row: ReturningSideRow,
    look: Look,
    state: ReturnState,
    problem: Bilingual | null,
    unseen = row.unseen,
  ): Promise<void> {
    const said = problem && cut(problem, PROBLEM_LENGTH_MAX);
    if (state === row.state && isSame(said, row.problem, row.problemEn) && unseen === row.unseen) return;
    await look.write(async (tx) => {
      const reached = state === 'AWAITED' ? null : (row.reachedAt ?? tx.now);
      const halted = state === 'DEMOTING' || state === 'FOLLOWS' ? (row.haltedAt ?? tx.now) : row.haltedAt;
      const words = { problem: said?.zh ?? null, problemEn: said?.en ?? null };
      const values = { state, ...words, reachedAt: reached, haltedAt: halted, unseen };
      const written = await this.repository.update(tx, row, {
        ...values,
        followsAt: state === 'FOLLOWS' ? tx.now : null,
      });
      if (!written || state === row.state) return;
      await this.evidence.record(tx, {
        ...{ executionId: row.executionId, stepId: null, kind: 'RETURN' },
        content: { centerId: row.centerId, epoch: row.epoch, from: row.state, to: state, ...words },
        ...{ recordedById: null, recordedBy: '集云' },
      });
    });
  }
}

const unseenText = (unseen: number) =>
  say(
    `有 ${unseen} 台不在集群中运行，集云读不到是否已停机：请在其所在平台停机，再在本页按「确认已停机」；确认之前不降为副本`,
    `${counted(unseen, 'machine runs', 'machines run')} in no cluster, so that the console cannot read whether it has stopped: halt it at its platform, then press “Confirm that they stand still” on this page; nothing becomes a copy before`,
  );

/** In the order in which they are read. */
function comesBehind(one: ReturningSideRow, other: ReturningSideRow): boolean {
  const later = one.leftAt.getTime() - other.leftAt.getTime();
  return later > 0 || (later === 0 && one.groupId > other.groupId);
}
