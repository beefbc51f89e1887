import type { Center } from '../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { type Tx, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { HardwareModel, ServerFacts } from '../../server/src/servers/domain/server.js';
import { HardwareModelsService } from '../../server/src/servers/hardware-models.service.js';
import { ServerIntakeService } from '../../server/src/servers/server-intake.service.js';
import type { IncomingServer } from '../../server/src/servers/servers.types.js';
import { type TestApplication, viewerWith } from './application.ts';

let made = 0;

export function plainModel(more: Partial<HardwareModel> = {}): HardwareModel {
  made += 1;
  return {
    id: newId(),
    manufacturer: '华为',
    model: 'TaiShan 200 2280',
    slug: `taishan-${made}`,
    heightHalfUnits: 4,
    fullDepth: true,
    weightGrams: 28_000,
    nameplatePowerW: 900,
    keptAside: { airflow: 'front-to-rear' },
    ...more,
  };
}

export function plainServer(modelId: string, centerId: string, more: Partial<ServerFacts> = {}): ServerFacts {
  made += 1;
  return {
    assetNumber: `ZC-${made}`,
    serial: `SN${made}`,
    modelId,
    centerId,
    architecture: 'ARM64',
    cpuMaker: 'KUNPENG',
    cpuModel: '鲲鹏 920 5250',
    sockets: 2,
    cores: 96,
    threads: 96,
    memoryMib: 524_288,
    powerW: null,
    weightGrams: null,
    disks: [{ kind: 'NVME', sizeGib: 3_576, count: 4 }],
    nics: [{ name: 'eth0', mac: `02:00:00:00:${hex(made >> 8)}:${hex(made)}`, speedMbps: 25_000 }],
    accelerators: [],
    bmcAddress: null,
    purchasedOn: '2025-06-01',
    warrantyUntil: '2030-05-31',
    ...more,
  };
}

/** A center with one model of server, and the ways to fill it. */
export class ServerRoom {
  private constructor(
    private readonly app: TestApplication,
    readonly center: Center,
    readonly model: HardwareModel,
  ) {}

  static async open(app: TestApplication): Promise<ServerRoom> {
    made += 1;
    const center: Center = {
      id: newId(),
      code: `room-${made}`,
      name: `测试中心 ${made}`,
      role: 'ACTIVE_A',
      life: 'IN_SERVICE',
      version: 1,
    };
    const model = plainModel();
    const room = new ServerRoom(app, center, model);
    await room.run(async (tx) => {
      await app.context
        .get(FacilitiesService, { strict: false })
        .add(tx, { centers: [center], clusters: [], pools: [] });
      await app.context.get(HardwareModelsService, { strict: false }).addModels(tx, [model]);
    });
    return room;
  }

  readonly engineer = viewerWith(['FACILITY_ENGINEER'], null);

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.app.context.get(UnitOfWork, { strict: false }).run(work);
  }

  facts(more: Partial<ServerFacts> = {}): ServerFacts {
    return plainServer(this.model.id, this.center.id, more);
  }

  /** So many servers, all in one state. */
  async fill(count: number, state: IncomingServer['state'], more: Partial<IncomingServer> = {}): Promise<string[]> {
    const servers = Array.from(
      { length: count },
      (): IncomingServer => ({ ...this.facts(), id: newId(), state, ...more }),
    );
    await this.run((tx) => this.get(ServerIntakeService).addAll(tx, servers, '测试'));
    return servers.map((server) => server.id);
  }
}

function hex(number: number): string {
  return (number & 255).toString(16).padStart(2, '0');
}
