import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import type { RequestRow } from '../requests/requests.types.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { SystemsService } from '../systems/systems.service.js';
import type { SheetContent, SheetItem } from './domain/sheet-content.js';
import { SheetThings } from './sheet-things.service.js';

const MIB_PER_GIB = 1024;
const SHEET_FORMAT = 'jiyun-delivery-sheet/1';
const PROVISIONED_BY: { readonly [M in ResourceRow['management']]: string } = {
  DRIVEN: '集云自动开通',
  OBSERVED: '存量纳管',
  RECORDED: '工单开通',
};

export interface HashedSheet {
  readonly content: SheetContent;
  readonly contentHash: string;
}

/** What the delivery sheet of a request lists: machines read off the resources as they are, then what people made ready. */
@Injectable()
export class SheetContents {
  constructor(
    private readonly resources: ResourcesService,
    private readonly things: SheetThings,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  async of(request: RequestRow): Promise<HashedSheet> {
    const [one] = await this.ofAll([request]);
    if (!one) throw new Error(`request ${request.code} has no sheet`);
    return one;
  }

  /** Batch: the same number of statements however many. */
  async ofAll(requests: readonly RequestRow[]): Promise<HashedSheet[]> {
    const [units, systems, resourcesOf, thingsOf] = await Promise.all([
      this.departments.departments(requests.map((request) => request.departmentId)),
      this.systems.systems(requests.map((request) => request.systemId)),
      this.resources.ofRequests(requests.map((request) => request.id)),
      this.things.ofRequests(requests.map((request) => request.id)),
    ]);
    const centerIds = [...new Set(resourcesOf.flat().flatMap((row) => row.centerId ?? []))];
    const centers = await this.facilities.centersByIds(centerIds);
    const nameOf = new Map(centers.flatMap((center) => (center ? [[center.id, center.name] as const] : [])));
    return requests.map((_request, index) => {
      const content: SheetContent = {
        unit: units[index]?.name ?? '',
        system: systems[index]?.name ?? '',
        items: [...(resourcesOf[index] ?? []).map((row) => itemOf(row, nameOf)), ...(thingsOf[index] ?? [])],
      };
      const text = canonicalJson({ format: SHEET_FORMAT, content });
      return { content, contentHash: this.crypto.sm3(text).toString('hex') };
    });
  }
}

function itemOf(row: ResourceRow, nameOf: ReadonlyMap<string, string>): SheetItem {
  return {
    kind: 'VM',
    resourceId: row.id,
    code: row.code,
    name: row.name,
    specification: `${row.vcpu} 核 ${row.memoryMib / MIB_PER_GIB} GiB，${row.storageTier} ${row.diskGib} GiB`,
    center: row.centerId === null ? '—' : (nameOf.get(row.centerId) ?? '—'),
    addresses: [...row.addresses],
    clusterObject: row.management === 'RECORDED' ? null : `${row.objectNamespace}/${row.objectName}`,
    provisionedBy: PROVISIONED_BY[row.management],
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}
