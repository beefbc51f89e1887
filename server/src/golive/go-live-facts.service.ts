import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { FilesService } from '../files/files.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { LinesOfSystems } from '../requests/lines-in-use.service.js';
import { SystemSites } from '../resources/system-sites.service.js';
import { ServersService } from '../servers/servers.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { GoLiveRepository } from './go-live.repository.js';
import type { AcceptanceFacts, CaseRow, SystemInUse } from './go-live.types.js';

export const CASE_OWNER = 'GoLiveCase';
const FACTS_FORMAT = 'jiyun-go-live/1';

/** What the parties judge by: the system, its trial with records and papers, and what it runs on. */
@Injectable()
export class GoLiveFacts {
  constructor(
    private readonly repository: GoLiveRepository,
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly sites: SystemSites,
    private readonly servers: ServersService,
    private readonly lines: LinesOfSystems,
    private readonly facilities: FacilitiesService,
    private readonly files: FilesService,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  /** As it was presented; while the trial runs, as things are. */
  async of(row: CaseRow): Promise<AcceptanceFacts> {
    if (row.content && row.state !== 'TRIAL') return row.content;
    const [[system], [department], inUse, entries, documents, [files = []]] = await Promise.all([
      this.systems.systems([row.systemId]),
      this.departments.departments([row.departmentId]),
      this.inUse(row.systemId),
      this.repository.entriesOf([row.id]),
      this.repository.documentsOf([row.id]),
      this.files.filesOf(CASE_OWNER, [row.id]),
    ]);
    if (!system) throw new Error(`the system of ${row.code} has gone`);
    const fileOf = new Map(files.map((file) => [file.id, file]));
    return {
      system: {
        code: system.code,
        name: system.name,
        department: department?.name ?? '',
        protectionLevel: system.protectionLevel,
        filingNumber: system.filingNumber,
        vendorCompany: system.vendorCompany,
      },
      trial: { begunOn: row.begunOn, overOn: row.overOn, policyNumber: row.policyNumber },
      entries: entries.map(({ kind, day, text, enteredBy, resolution }) => ({
        kind,
        day,
        text,
        by: enteredBy,
        resolution,
      })),
      documents: documents.map(({ kind, reference, fileId }) => {
        const file = fileId === null ? undefined : fileOf.get(fileId);
        return { kind, reference, fileName: file?.name ?? null, sm3: file?.sm3 ?? null };
      }),
      resources: inUse,
    };
  }

  hashOf(content: AcceptanceFacts): string {
    return this.crypto.sm3(canonicalJson({ format: FACTS_FORMAT, content })).toString('hex');
  }

  /** Callers have been let see the system. */
  async inUse(systemId: string): Promise<SystemInUse> {
    const [machines, servers, lines] = await Promise.all([
      this.sites.inUse(systemId),
      this.servers.counts(WHOLE_PROVINCE, { systemId, states: ['IN_USE'] }),
      this.lines.inUse(systemId),
    ]);
    const centerIds = [...machines.flatMap(({ centerId }) => centerId ?? []), ...lines.centerIds];
    const centers = await this.facilities.centersByIds([...new Set(centerIds)]);
    const sum = (key: 'machines' | 'vcpu' | 'memoryMib' | 'diskGib') =>
      machines.reduce((total, row) => total + row[key], 0);
    return {
      machines: sum('machines'),
      vcpu: sum('vcpu'),
      memoryMib: sum('memoryMib'),
      diskGib: sum('diskGib'),
      servers: servers.total,
      places: lines.places,
      services: lines.services,
      centers: centers.flatMap((center) => center?.name ?? []),
    };
  }
}
