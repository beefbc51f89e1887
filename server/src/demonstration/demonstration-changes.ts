import { Inject, Injectable } from '@nestjs/common';
import { unitsOf } from '../cabinets/domain/units.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Offer } from '../catalog/domain/catalog.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { newId } from '../platform/database/ids.js';
import { ChangesService } from '../requests/changes.service.js';
import type { ChangeContent, ChangeLineContent } from '../requests/domain/change.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { SystemsService } from '../systems/systems.service.js';
import { DemonstrationBudgets } from './demonstration-budgets.js';
import { done, own, type People, type Way } from './journey-people.js';
import { RecordedWork } from './recorded-work.js';
import { RequestWays } from './request-ways.js';

const AS_IT_IS = { offerId: null, diskGib: null, localMode: null, remoteMode: null, centerId: null } as const;
/** Enough to find three lines that stand alone; the first one is what the reclaim case is opened on. */
const LOOKED_AT = 60;
const MORE_DISK_GIB = 100;
const MORE_SPACE = [
  { units: 2, powerW: 500, weightKg: 30 },
  { units: 2, powerW: 0, weightKg: 30 },
  { units: 0, powerW: 0, weightKg: 20 },
] as const;
const GRAMS_PER_KG = 1_000;

/** What can be asked of a machine that the tour's department uses: it waits at the center, or has been carried out. */
interface Asked {
  readonly purpose: string;
  readonly way: Way;
  readonly to: (machine: ResourceRow, bigger: Offer) => Partial<ChangeLineContent>;
}

const ASKED: readonly Asked[] = [
  {
    purpose: '集中办理期业务量翻倍，CPU 持续高于 80%',
    way: 'GRANTED',
    to: (_machine, { id }) => ({ offerId: id }),
  },
  {
    purpose: '按等保整改意见补齐异地数据级灾备',
    way: 'GRANTED',
    to: () => ({ remoteMode: 'DATA' }),
  },
  {
    purpose: '影像资料增加，磁盘与规格同时扩大',
    way: 'SUBMITTED',
    to: ({ diskGib }, { id }) => ({ offerId: id, diskGib: diskGib + MORE_DISK_GIB }),
  },
];

const RECORDED: Asked = {
  purpose: '专网接口并发增加，CPU 与内存扩大一档',
  way: 'GRANTED',
  to: (_machine, { id }) => ({ offerId: id }),
};

/** Change requests of this morning on machines of the past, made by the same acts as people's. */
@Injectable()
export class DemonstrationChanges {
  constructor(
    private readonly changes: ChangesService,
    private readonly resources: ResourcesService,
    private readonly catalog: CatalogService,
    private readonly systems: SystemsService,
    private readonly ways: RequestWays,
    private readonly requests: RequestsService,
    private readonly recordedWork: RecordedWork,
    private readonly budgets: DemonstrationBudgets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Where there is no past, or nothing bigger is offered, there is nothing to change. */
  async run(people: People): Promise<void> {
    const machines = (await this.alone(people)).slice(0, ASKED.length);
    await this.budgets.add(people.finance, [...new Set(machines.map(({ row }) => row.systemId))]);
    const asking = ASKED.flatMap((asked, at) => {
      const machine = machines[at];
      return machine ? [() => this.ask(people, machine.row, machine.bigger, asked)] : [];
    });
    // One that a budget refuses stands where it got to, and the others are made all the same.
    await eachAlone(asking, (ask) => ask());
  }

  /** Of a machine that people made: signed by all, and the order by which people change it waits to be assigned. */
  async ofRecorded(people: People, requestId: string): Promise<void> {
    const [machines = []] = await this.resources.ofRequests([requestId]);
    const { offers } = await this.catalog.catalog();
    const [row] = machines.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const bigger = row && nextBigger(row, offers);
    if (row && bigger) await this.ask(people, row, bigger, RECORDED);
  }

  /** Of a service that runs: asked, signed and carried out, so that its first request says what it is now. */
  async ofService(people: People, requestId: string, evidence: Buffer): Promise<void> {
    const [[line] = []] = await this.requests.linesOf([requestId]);
    if (!line) return;
    const { applicant, workers } = people;
    const answers = (line.answers ?? []).map((one) => (one.key === 'kind' ? { ...one, value: 'tamper' } : one));
    const service = { lineId: line.id, count: line.itemCount * 2, answers };
    const content: ChangeContent = {
      ...{ purpose: '重要时期网络安全保障，扩大防护范围', restartAgreed: true },
      lines: [{ ...AS_IT_IS, service, resourceIds: [] }],
    };
    const change = await done(this.changes.createDraft(applicant, own(applicant), content, newId()));
    await this.ways.go(people, change, 'GRANTED');
    await this.recordedWork.carryOut(change, workers, evidence);
  }

  /** More units and power for space that the system has; it is held while the center looks at it. */
  async ofSpace(people: People, systemId: string): Promise<void> {
    const { applicant } = people;
    const found = await this.changes.things(own(applicant), systemId, []);
    const space = found.find(
      (one) => one.line.kind === 'CABINET' && one.items.length > 0 && this.changes.thingsObjections(one).length === 0,
    );
    const [place] = space?.items ?? [];
    if (!space || !place?.place) return;
    const { heightHalfUnits, powerW, weightGrams } = place.place.holder;
    // Where its cabinet has no more power, units alone; where those are taken too, it bears more.
    for (const more of MORE_SPACE) {
      const things = {
        lineId: space.line.id,
        heightUnits: unitsOf(heightHalfUnits) + more.units,
        powerW: powerW + more.powerW,
        weightKg: weightGrams / GRAMS_PER_KG + more.weightKg,
      };
      const content: ChangeContent = {
        ...{ purpose: '新增两台防火墙，机位就地扩容', restartAgreed: false },
        lines: [{ ...AS_IT_IS, resourceIds: [], things }],
      };
      const seen = await this.changes.preview(own(applicant), content, null);
      if (!seen.ok || !seen.value.preview.plan.feasible) continue;
      const draft = await done(this.changes.createDraft(applicant, own(applicant), content, newId()));
      await this.ways.go(people, draft, 'SUBMITTED');
      return;
    }
  }

  private async ask(people: People, row: ResourceRow, bigger: Offer, { purpose, way, to }: Asked): Promise<void> {
    const { applicant } = people;
    const content: ChangeContent = {
      ...{ purpose, restartAgreed: true },
      lines: [{ ...AS_IT_IS, ...to(row, bigger), resourceIds: [row.id] }],
    };
    await this.ways.go(people, await done(this.changes.createDraft(applicant, own(applicant), content, newId())), way);
  }

  /** One machine a line, of lines that stand in one center and can be changed now, each with the next bigger size. */
  private async alone({ applicant }: People): Promise<{ row: ResourceRow; bigger: Offer }[]> {
    const scope = own(applicant);
    const page = { first: LOOKED_AT, after: null };
    const { rows } = await this.resources.page(scope, { states: ['IN_USE'] }, 'NEWEST', page);
    const driven = rows.slice(1).filter(({ management, origin }) => management === 'DRIVEN' && origin === 'REQUEST');
    const inOrder = await this.inOrder(driven);
    const [groups, { offers }] = await Promise.all([
      this.changes.groups(
        scope,
        inOrder.map(({ id }) => id),
      ),
      this.catalog.catalog(),
    ]);
    const possible = groups.flatMap(({ rows: [row], whole, refusals, remoteMode }) => {
      const bigger = row && nextBigger(row, offers);
      return row && bigger && !whole && refusals.length === 0 && remoteMode === 'NONE' ? [{ row, bigger }] : [];
    });
    // Small ones: in order of price, so that they are the same ones however the past was made up.
    return possible.toSorted((a, b) => Number(a.row.monthlyFen - b.row.monthlyFen) || (a.row.id < b.row.id ? -1 : 1));
  }

  /** Of systems that may ask today: some of the tour's department were made to stand before a closed gate. */
  private async inOrder(machines: readonly ResourceRow[]): Promise<ResourceRow[]> {
    const today = calendarDate(this.clock.now());
    const systems = await this.systems.systems(machines.map(({ systemId }) => systemId));
    return machines.filter((_, at) =>
      [systems[at]?.declarationValidUntil, systems[at]?.reliabilityValidUntil].every((until) => (until ?? '') >= today),
    );
  }
}

function nextBigger(row: ResourceRow, offers: readonly Offer[]): Offer | undefined {
  const present = offers.find(({ id }) => id === row.offerId);
  return offers
    .filter(
      ({ architecture, accelerator, domesticCpu, vcpu, memoryMib }) =>
        architecture === row.architecture &&
        accelerator === null &&
        domesticCpu === present?.domesticCpu &&
        vcpu > row.vcpu &&
        memoryMib >= row.memoryMib,
    )
    .toSorted((a, b) => a.vcpu - b.vcpu || a.memoryMib - b.memoryMib)[0];
}
