import { AllocationService } from '../../server/src/allocation/allocation.service.js';
import type { CabinetDescription } from '../../server/src/cabinets/domain/cabinet.js';
import { CatalogService } from '../../server/src/catalog/catalog.service.js';
import type { CabinetOffer, ServerOffer, ServiceOffer } from '../../server/src/catalog/domain/entries.js';
import type { ServiceDefinition } from '../../server/src/catalog/domain/service-definition.js';
import type { Center, CenterRole, Pool } from '../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { parseUnitPrice } from '../../server/src/kernel/money.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { NetworksService } from '../../server/src/networks/networks.service.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { PricingService } from '../../server/src/pricing/pricing.service.js';
import type { LineContent, RequestContent } from '../../server/src/requests/domain/content.js';
import { HardwareModelsService } from '../../server/src/servers/hardware-models.service.js';
import { ServerIntakeService } from '../../server/src/servers/server-intake.service.js';
import { ServerPlaceService } from '../../server/src/servers/server-place.service.js';
import { type TestApplication, viewerWith } from './application.ts';
import { center, cluster, pool } from './builders/facility.ts';
import { idOf, RequestJourney } from './request-journey.ts';
import { Rooms } from './rooms.ts';
import { plainModel, plainServer } from './server-room.ts';

export interface Site {
  readonly center: Center;
  readonly pool: Pool;
  readonly cabinetIds: readonly string[];
  readonly serverIds: readonly string[];
}

interface SiteSize {
  readonly vcpu: number;
  readonly servers: number;
  readonly cabinets: readonly Partial<CabinetDescription>[];
  /** What is different of its pool. */
  readonly pool: Partial<Pool>;
}

/** Everything that is countable, as one number each: what a request leaves behind is the difference of two of these. */
export interface Books {
  readonly claims: number;
  readonly pools: number;
  readonly quotas: number;
  readonly servers: number;
  readonly places: number;
  readonly items: number;
  readonly takings: number;
}

/** Two same-city centers and a recovery center that have everything, and a department that asks for all of it. */
export class KindsDesk {
  readonly server: ServerOffer = {
    id: newId(),
    code: 'kunpeng-2s',
    name: '鲲鹏双路',
    architecture: 'ARM64',
    cpuMaker: 'KUNPENG',
    cores: 96,
    memoryMib: 524_288,
    disks: '4×3.84T NVMe',
    accelerator: null,
    acceleratorCount: 0,
    status: 'OFFERED',
    version: 1,
  };
  readonly cabinet: CabinetOffer = {
    id: newId(),
    code: 'cabinet-u',
    name: '机柜空间',
    form: 'UNIT',
    zone: 'GOVERNMENT_EXTRANET',
    heightUnits: 1,
    includedW: 200,
    status: 'OFFERED',
    version: 1,
  };
  readonly service: ServiceOffer = { id: newId(), code: 'waf', status: 'OFFERED', version: 1, definitionNumber: 1 };
  readonly definition: ServiceDefinition = {
    id: newId(),
    serviceId: this.service.id,
    number: 1,
    name: { zh: '应用防火墙', en: 'Application firewall' },
    summary: { zh: '防护域名', en: 'Protects a domain' },
    unit: { zh: '个', en: 'domain' },
    quantityMaximum: 10,
    quotaMeter: null,
    priceMeter: 'SERVICE:waf',
    fulfilment: 'WORK_ORDER',
    fields: [
      {
        key: 'domain',
        label: { zh: '域名', en: 'Domain' },
        type: 'DOMAIN',
        required: true,
        minimum: null,
        maximum: null,
        lengthMaximum: null,
        choices: [],
      },
    ],
  };

  private networks = 0;

  private constructor(
    readonly app: TestApplication,
    readonly journey: RequestJourney,
    private readonly rooms: Rooms,
  ) {}

  static async open(app: TestApplication): Promise<KindsDesk> {
    const desk = new KindsDesk(app, await RequestJourney.begin(app), new Rooms(app));
    await desk.get(UnitOfWork).run(async (tx) => {
      await desk.get(CatalogService).add(tx, {
        ...{ offers: [], images: [], servers: [desk.server], cabinets: [desk.cabinet] },
        ...{ services: [desk.service], definitions: [desk.definition] },
      });
      const meters = ['SERVER:kunpeng-2s', 'CABINET_U', 'POWER_KW', 'SERVICE:waf'];
      await desk.get(PricingService).add(
        tx,
        meters.map((meter) => ({ meter, architecture: null, price: parseUnitPrice('100.00'), synthetic: true })),
      );
    });
    return desk;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  /** A center with a pool, a row of cabinets of 42 U and free servers; as many as are said. */
  async openSite(
    role: CenterRole,
    size: Partial<SiteSize> = {},
    life: Center['life'] = 'IN_SERVICE',
    code = `site-${newId().slice(-6)}`,
  ): Promise<Site> {
    const { vcpu = 100, servers = 4, cabinets = [{}], pool: more = {} } = size;
    const made = center({ code, name: role, role, life });
    const madeCluster = cluster(made);
    const madePool = pool(madeCluster, { code: `${made.code}-arm64`, ...more });
    const model = plainModel();
    const incoming = Array.from({ length: servers }, () => ({
      ...plainServer(model.id, made.id),
      id: newId(),
      state: 'FREE' as const,
    }));
    await this.get(UnitOfWork).run(async (tx) => {
      await this.get(FacilitiesService).add(tx, { centers: [made], clusters: [madeCluster], pools: [madePool] });
      const storage = { SSD: vcpu * 1000, HDD: vcpu * 1000 };
      const limits = { poolId: madePool.id, vcpu, memoryMib: vcpu * 4096, storage };
      await this.get(AllocationService).openPool(tx, limits);
      await this.get(HardwareModelsService).addModels(tx, [model]);
      await this.get(ServerIntakeService).addAll(tx, incoming, '测试');
    });
    const { ids } = await this.rooms.open([cabinets], null, made.id);
    return { center: made, pool: madePool, cabinetIds: ids, serverIds: incoming.map((one) => one.id) };
  }

  /** A dual-stack network of the zone that the desk's lines ask for, with so many IPv4 addresses. */
  async openNetwork(site: Site, ipv4: number): Promise<{ id: string; code: string }> {
    this.networks += 1;
    const code = `net-${String(this.networks).padStart(3, '0')}`;
    const first = `10.${this.networks}.0`;
    const words = {
      ...{ code, name: code, centerId: site.center.id, zone: 'GOVERNMENT_EXTRANET' as const },
      ...{
        vlanId: 100 + this.networks,
        ipv4Prefix: `${first}.0/24`,
        ipv4Gateway: `${first}.1`,
        singleStackReason: null,
      },
      ...{ ipv6Prefix: `2001:db8:${this.networks}::/64`, ipv6Gateway: `2001:db8:${this.networks}::1` },
      reserved: [{ first: `${first}.${2 + ipv4}`, last: `${first}.254`, note: '保留' }],
    };
    const engineer = viewerWith(['FACILITY_ENGINEER'], null);
    return { id: idOf(await this.get(NetworksService).create(engineer, words, newId())), code };
  }

  /** Every server of the site into its first cabinet. */
  async rackServers(site: Site): Promise<void> {
    const engineer = viewerWith(['FACILITY_ENGINEER'], null);
    for (const id of site.serverIds) {
      const wish = { id, expectedVersion: 1, idempotencyKey: newId(), startUnit: null };
      const cabinetId = site.cabinetIds[0] as string;
      idOf(await this.get(ServerPlaceService).mount(engineer, WHOLE_PROVINCE, { ...wish, cabinetId }));
    }
  }

  /** One line of each kind. */
  lines(more: Partial<LineContent> = {}): LineContent[] {
    const { offer, image } = this.journey;
    const none = { vm: null, server: null, cabinet: null, service: null };
    const common = { ...none, count: 1, centerId: null, localMode: null, remoteMode: null, ...more };
    const disk = { zone: 'GOVERNMENT_EXTRANET', storageTier: 'SSD', diskGib: 20 } as const;
    return [
      { ...common, kind: 'VM', name: 'vm', count: 2, vm: { offerId: offer.id, imageId: image.id, ...disk } },
      { ...common, kind: 'SERVER', name: 'server', server: { offerId: this.server.id } },
      {
        ...{ ...common, kind: 'CABINET', name: 'cabinet' },
        cabinet: { offerId: this.cabinet.id, heightUnits: 2, powerW: 600, weightKg: 40 },
      },
      {
        ...{ ...common, kind: 'SERVICE', name: 'service', centerId: null, localMode: null, remoteMode: null },
        service: { offerId: this.service.id, answers: [{ key: 'domain', value: 'www.example.gov.cn' }] },
      },
    ];
  }

  line(kind: LineContent['kind'], more: Partial<LineContent> = {}): LineContent {
    const found = this.lines().find((line) => line.kind === kind);
    if (!found) throw new Error(kind);
    return { ...found, ...more };
  }

  content(lines: readonly LineContent[]): RequestContent {
    const { system, project } = this.journey;
    return { systemId: system.id, projectId: project.id, purpose: '整体迁移', lines };
  }

  async books(): Promise<Books> {
    const one = async (sql: string): Promise<number> => {
      const [row] = await this.app.test.db.query(sql);
      return Number(row.n);
    };
    return {
      claims: await one("select count(*) as n from claim where state <> 'RELEASED'"),
      pools: await one("select coalesce(sum(live_amount), 0) as n from capacity_counter where kind = 'POOL'"),
      quotas: await one("select coalesce(sum(live_amount), 0) as n from capacity_counter where kind = 'QUOTA'"),
      servers: await one("select count(*) as n from server where state <> 'FREE'"),
      places: await one("select count(*) as n from cabinet_holder where state <> 'RELEASED'"),
      items: await one("select count(*) as n from item_claim where state <> 'RELEASED'"),
      takings: await one('select count(*) as n from quota_taking where live = 1'),
    };
  }
}
