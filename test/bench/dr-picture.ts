import { Logger } from '@nestjs/common';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { diskNameOf } from '../../server/src/provisioning/domain/desired-manifests.js';
import type { ReplicationObject } from '../../server/src/replication/domain/replication-object.js';
import { Replication } from '../../server/src/replication/replication.service.js';
import { DrSweep } from '../../server/src/resilience/dr-sweep.service.js';
import { type GroupPicture, GroupViews } from '../../server/src/resilience/group-views.service.js';
import { SignalWriting } from '../../server/src/resilience/signal-writing.service.js';
import { SystemSites } from '../../server/src/resources/system-sites.service.js';
import { startWork } from '../../server/src/work.js';
import { openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { Row } from './table.ts';

/** As many as give most systems machines, and so as many groups as the province of the demonstration can have. */
const PAST = { machines: 5_000, months: 24 };
const CHANGES = 20;
const GOAL_MS = 2_000;
const REPORT_EVERY_MS = 15_000;
const LIMIT_MS = 120_000;
/** Not at the same place between two beats each time. */
const APART_MS = 1_370;

/**
 * From a change until an onlooker's three-center picture has painted it, with the rounds of production: of a level, as a probe
 * or a gateway writes it, and of what a cluster says to its worker.
 */
export async function benchDrPicture(): Promise<Row[]> {
  Logger.overrideLogger(false);
  const console_ = await startTestConsole({ clusters: new ClusterRegistry([]), machines: PAST.machines });
  const get = <T>(type: abstract new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  let work: { close(): Promise<void> } | undefined;
  let reporting: NodeJS.Timeout | undefined;
  const browser = await openBrowser();
  try {
    await get(HistoryLoader).load(PAST);
    await get(DrSweep).run();
    const cluster = await Mirrors.of(console_);
    await cluster.report();
    reporting = setInterval(() => void cluster.report(), REPORT_EVERY_MS);
    work = await startWork(console_.application, pino({ level: 'silent' }));
    const person = await Person.arrive(browser, console_.url);
    await person.signIn('duty', DEMONSTRATION_PASSWORD);
    await person.goTo('/dr-picture');
    const { page } = person;
    await page.locator('.jy-dr-grades').waitFor();
    const kept = await keptGroups(console_);
    const [first, second] = [kept.slice(0, CHANGES), kept.slice(CHANGES, 2 * CHANGES)];
    if (second.length < CHANGES) throw new Error(`only ${kept.length} groups keep their promise`);
    const levels = await each(page, first, ({ facts }) =>
      get(UnitOfWork).run((tx) =>
        get(SignalWriting).record(tx, [
          {
            ...{ subjectKind: 'GROUP', subjectId: facts.id, name: 'DRILL_DAYS', towards: null, source: 'drills' },
            ...{ value: 365, observedAt: new Date(), maxAgeSeconds: 600 },
          },
        ]),
      ),
    );
    const copies = await each(page, second, async (group) => {
      cluster.lose(group);
      await cluster.report();
    });
    await person.leave();
    const groups = (await get(GroupViews).all(WHOLE_PROVINCE)).length;
    const of = `${groups} groups, ${cluster.machines} machines`;
    const goal = { atMost: GOAL_MS };
    return [
      { what: `a level changes, until the picture of ${of} shows it, p95`, value: p95(levels), unit: ' ms', goal },
      { what: '… in the middle', value: middle(levels), unit: ' ms' },
      {
        what: `a cluster says that a mirror is gone, until the picture shows it, p95`,
        value: p95(copies),
        unit: ' ms',
        goal,
      },
      { what: '… in the middle', value: middle(copies), unit: ' ms' },
    ];
  } finally {
    clearInterval(reporting);
    await work?.close();
    await browser.close();
    await console_.close();
  }
}

async function keptGroups(console_: TestConsole): Promise<GroupPicture[]> {
  const views = console_.application.get(GroupViews, { strict: false });
  const ids = (await views.all(WHOLE_PROVINCE)).map(({ id }) => id);
  const pictures = (await views.pictures(ids)).flatMap((one) => one ?? []);
  return pictures.filter(({ facts, judgement }) => judgement.grade === 'KEPT' && facts.localMode === 'DUAL_ACTIVE');
}

/** Milliseconds from before it is made until a frame with other counts has been painted. */
async function each(
  page: Page,
  groups: readonly GroupPicture[],
  change: (group: GroupPicture) => Promise<void>,
): Promise<number[]> {
  const took: number[] = [];
  for (const group of groups) {
    await page.waitForTimeout(APART_MS);
    await page.evaluate(waitForOtherCounts, LIMIT_MS);
    const began = Date.now();
    await change(group);
    took.push((await page.evaluate(painted)) - began);
  }
  return took;
}

interface Waiting {
  shown?: Promise<number>;
}

/** In the page. */
function waitForOtherCounts(limitMs: number): void {
  const counts = () => document.querySelector('.jy-dr-grades')?.textContent ?? '';
  const before = counts();
  (globalThis as unknown as Waiting).shown = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not within ${limitMs} ms: ${counts()}`)), limitMs);
    const look = new MutationObserver(() => {
      if (counts() === before) return;
      look.disconnect();
      clearTimeout(late);
      requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    });
    look.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

function painted(): Promise<number> {
  return (globalThis as unknown as Waiting).shown as Promise<number>;
}

/** What the workers of all centers would see: every pair mirrored, every disk carried that is to be. */
class Mirrors {
  private readonly lost = new Set<string>();

  private constructor(
    private readonly console_: TestConsole,
    private readonly centers: readonly { readonly id: string }[],
    private readonly all: readonly (ReplicationObject & { readonly centerId: string; readonly systemId: string })[],
    readonly machines: number,
  ) {}

  static async of(console_: TestConsole): Promise<Mirrors> {
    const { application } = console_;
    const centers = await application.get(FacilitiesService, { strict: false }).centers();
    const roleOf = new Map(centers.map(({ id, role }) => [id, role]));
    const machines = await application.get(SystemSites, { strict: false }).standing(null);
    const all = machines.flatMap(({ centerId, objectName, objectNamespace, standby, systemId }) => {
      const role = roleOf.get(centerId);
      if (standby || role === 'RECOVERY') return [];
      const disk = diskNameOf(objectName);
      const one = {
        namespace: objectNamespace,
        name: disk,
        volume: disk,
        towards: null,
        problem: null,
        centerId,
        systemId,
      };
      const writes = role === 'ACTIVE_A';
      const lastSyncAt = new Date();
      return [
        {
          ...one,
          ...({ kind: 'VolumeReplication', role: writes ? 'PRIMARY' : 'SECONDARY', intervalSeconds: null } as const),
          lastSyncAt: writes ? lastSyncAt : null,
        },
        { ...one, ...({ kind: 'ReplicationSource', role: 'PRIMARY', intervalSeconds: 300 } as const), lastSyncAt },
      ];
    });
    return new Mirrors(console_, centers, all, machines.length);
  }

  lose({ row }: GroupPicture): void {
    this.lost.add(row.systemId);
  }

  async report(): Promise<void> {
    const { application } = this.console_;
    const [replication, unitOfWork] = [
      application.get(Replication, { strict: false }),
      application.get(UnitOfWork, { strict: false }),
    ];
    for (const { id } of this.centers) {
      const seen = this.all.filter(
        ({ centerId, kind, systemId }) => centerId === id && !(kind === 'VolumeReplication' && this.lost.has(systemId)),
      );
      await unitOfWork.run((tx) => replication.record(tx, id, seen));
    }
  }
}

function p95(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.95)] as number;
}

function middle(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] as number;
}
