import type { Architecture, CloudKind, NetworkZone, PoolKind } from '../../../graphql/enums';
import type { FormError } from '../../../ui/forms/form-errors';
import type { FormErrors } from '../../../ui/forms/use-form-errors';
import type { Pool } from '../components/PoolTable';

/** A pool's form as it is typed: numbers are null while empty. */
export type PoolDraft = {
  code: string;
  kind: PoolKind;
  architecture: Architecture;
  zone: NetworkZone;
  processor: string;
  domesticCpu: boolean;
  protectionLevelMax: number;
  vcpuOvercommitPercent: number | null;
  reservePercent: number | null;
  reserveNodes: number | null;
  takeCounted: boolean;
  nodes: number | null;
  vcpu: number | null;
  memoryGib: number | null;
  ssdGib: number | null;
  hddGib: number | null;
  /** "ASCEND-910B 32", one class a line. */
  accelerators: string;
  platformName: string;
  cloudKind: CloudKind;
  ownerId: string | null;
  migrationPlan: string;
  migrationTarget: string;
  servers: number | null;
  rackUnits: number | null;
};

/** What the parts of the form share. */
export type PoolFieldsProps = {
  draft: PoolDraft;
  set: (patch: Partial<PoolDraft>, ...fields: string[]) => void;
  errors: FormErrors['errors'];
};

const MIB_PER_GIB = 1024;

/** @param cloud whether the pool is a cloud of a city or department, outside our centers */
export function newDraft(cloud: boolean): PoolDraft {
  return {
    code: '',
    kind: cloud ? 'RECORDED' : 'DRIVEN',
    architecture: 'ARM64',
    zone: 'GOVERNMENT_EXTRANET',
    processor: '',
    domesticCpu: false,
    protectionLevelMax: 2,
    vcpuOvercommitPercent: cloud ? 100 : 300,
    reservePercent: 0,
    reserveNodes: cloud ? 0 : 1,
    takeCounted: false,
    nodes: null,
    vcpu: null,
    memoryGib: null,
    ssdGib: null,
    hddGib: null,
    accelerators: '',
    platformName: '',
    cloudKind: 'CITY_CLOUD',
    ownerId: null,
    migrationPlan: '',
    migrationTarget: '',
    servers: null,
    rackUnits: null,
  };
}

export function draftOf(pool: Pool): PoolDraft {
  const { sizing, cloud } = pool;
  return {
    ...newDraft(cloud !== null),
    code: pool.code,
    kind: pool.kind,
    architecture: pool.architecture,
    zone: pool.zone,
    processor: pool.processor,
    domesticCpu: pool.domesticCpu,
    protectionLevelMax: pool.protectionLevelMax,
    vcpuOvercommitPercent: sizing?.vcpuOvercommitPercent ?? 100,
    reservePercent: sizing?.reservePercent ?? 0,
    reserveNodes: sizing?.reserveNodes ?? 0,
    nodes: sizing?.size?.nodes ?? null,
    vcpu: sizing?.size?.vcpu ?? null,
    memoryGib: sizing?.size ? sizing.size.memoryMib / MIB_PER_GIB : null,
    ssdGib: sizing?.size?.ssdGib ?? null,
    hddGib: sizing?.size?.hddGib ?? null,
    accelerators: (sizing?.accelerators ?? []).map(({ name, count }) => `${name} ${count}`).join('\n'),
    platformName: pool.platformName ?? '',
    cloudKind: cloud?.kind ?? 'CITY_CLOUD',
    ownerId: cloud?.owner?.id ?? null,
    migrationPlan: cloud?.migrationPlan ?? '',
    migrationTarget: cloud?.migrationTarget ?? '',
    servers: cloud?.servers ?? null,
    rackUnits: cloud?.rackUnits ?? null,
  };
}

const ACCELERATOR_LINE = /^(\S+)\s+(\d{1,7})$/;

export type Sentences = { wholeNumber: string; acceleratorWrong: (line: number) => string; required: string };

/** What the API is sent, or what must be put right first: only what cannot be sent at all, the rest the server says. */
export function inputOf(draft: PoolDraft, cloud: boolean, say: Sentences) {
  const errors: FormError[] = [];
  const whole = (field: string, value: number | null): number => {
    if (value !== null && Number.isInteger(value)) return value;
    errors.push({ field, message: say.wholeNumber });
    return 0;
  };
  const accelerators = draft.accelerators
    .split('\n')
    .map((line) => line.trim())
    .flatMap((line, index) => {
      if (line === '') return [];
      const [, name, pieces] = ACCELERATOR_LINE.exec(line) ?? [];
      if (name !== undefined && pieces !== undefined) return [{ name, count: Number(pieces) }];
      errors.push({ field: 'accelerators', message: say.acceleratorWrong(index + 1) });
      return [];
    });
  const recorded = draft.kind === 'RECORDED';
  if (cloud && draft.ownerId === null) errors.push({ field: 'cloud.ownerDepartmentId', message: say.required });
  const input = {
    processor: draft.processor.trim(),
    domesticCpu: draft.domesticCpu,
    protectionLevelMax: draft.protectionLevelMax,
    vcpuOvercommitPercent: whole('vcpuOvercommitPercent', draft.vcpuOvercommitPercent),
    reservePercent: whole('reservePercent', draft.reservePercent),
    reserveNodes: whole('reserveNodes', draft.reserveNodes),
    size: recorded
      ? {
          nodes: draft.nodes,
          vcpu: whole('size.vcpu', draft.vcpu),
          memoryMib: Math.round((draft.memoryGib ?? 0) * MIB_PER_GIB),
          ssdGib: whole('size.ssdGib', draft.ssdGib),
          hddGib: whole('size.hddGib', draft.hddGib),
        }
      : null,
    accelerators,
    platformName: recorded ? draft.platformName.trim() : null,
    cloud:
      cloud && draft.ownerId !== null
        ? {
            kind: draft.cloudKind,
            ownerDepartmentId: draft.ownerId,
            migrationPlan: draft.migrationPlan.trim() || null,
            migrationTarget: draft.migrationTarget || null,
            servers: draft.servers,
            rackUnits: draft.rackUnits,
          }
        : null,
  };
  return { errors, input };
}
