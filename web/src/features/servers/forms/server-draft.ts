import type { AcceleratorKind, CpuMaker, DiskKind, ServerArchitecture } from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import type { FormError } from '../../../ui/forms/form-errors';
import type { EditServerPageQuery, NewServerPageQuery, RegisterServerMutation } from '../servers.gql';

/** Memory is spoken of in GiB and kept in MiB. */
const MIB_PER_GIB = 1_024;
/** Weight, in kg and grams. */
const GRAMS_PER_KG = 1_000;

/** `key` tells rows apart while they are added and taken away. */
type Row<Content> = Content & { key: number };
export type DiskDraft = Row<{ kind: DiskKind; sizeGib: number | null; count: number | null }>;
export type NicDraft = Row<{ name: string; mac: string; speedMbps: number | null }>;
export type AcceleratorDraft = Row<{ kind: AcceleratorKind; name: string; count: number | null }>;

export type ServerDraft = {
  assetNumber: string;
  serial: string;
  modelId: string;
  centerId: string;
  architecture: ServerArchitecture;
  cpuMaker: CpuMaker;
  cpuModel: string;
  sockets: number | null;
  cores: number | null;
  threads: number | null;
  memoryGib: number | null;
  /** null = the model's nameplate. */
  powerW: number | null;
  /** Its own, where the model's is unknown. */
  weightKg: number | null;
  disks: DiskDraft[];
  nics: NicDraft[];
  accelerators: AcceleratorDraft[];
  bmcAddress: string;
  purchasedOn: string;
  warrantyUntil: string;
};

export type Makers = ResultOf<typeof NewServerPageQuery>['cpuMakers'];
type Opened = ResultOf<typeof EditServerPageQuery>['server'];
type Facts = VariablesOf<typeof RegisterServerMutation>['input']['facts'];

export const emptyServer: ServerDraft = {
  assetNumber: '',
  serial: '',
  modelId: '',
  centerId: '',
  architecture: 'ARM64',
  cpuMaker: 'KUNPENG',
  cpuModel: '',
  sockets: 2,
  cores: null,
  threads: null,
  memoryGib: null,
  powerW: null,
  weightKg: null,
  disks: [],
  nics: [],
  accelerators: [],
  bmcAddress: '',
  purchasedOn: '',
  warrantyUntil: '',
};

const keyed = <Content extends object>(rows: readonly Content[]): Row<Content>[] =>
  rows.map((row, at) => ({ ...row, key: at + 1 }));

export const nextKey = (rows: readonly { key: number }[]): number => Math.max(0, ...rows.map(({ key }) => key)) + 1;

export function draftOfServer(server: Opened): ServerDraft {
  return {
    assetNumber: server.assetNumber,
    serial: server.serial,
    modelId: server.model.id,
    centerId: server.center.id,
    architecture: server.architecture,
    cpuMaker: server.cpuMaker,
    cpuModel: server.cpuModel,
    sockets: server.sockets,
    cores: server.cores,
    threads: server.threads,
    memoryGib: server.memoryMib / MIB_PER_GIB,
    powerW: server.powerW,
    weightKg: server.weightGrams === null ? null : server.weightGrams / GRAMS_PER_KG,
    disks: keyed(server.disks.map(({ kind, sizeGib, count }) => ({ kind, sizeGib, count }))),
    nics: keyed(server.nics.map(({ name, mac, speedMbps }) => ({ name, mac, speedMbps }))),
    accelerators: keyed(server.accelerators.map(({ kind, name, count }) => ({ kind, name, count }))),
    bmcAddress: server.bmc?.address ?? '',
    purchasedOn: server.purchasedOn ?? '',
    warrantyUntil: server.warrantyUntil ?? '',
  };
}

/** A maker that builds one architecture only has chosen it. */
export function withMaker(draft: ServerDraft, maker: CpuMaker, makers: Makers): Partial<ServerDraft> {
  const built = makers.find((one) => one.maker === maker)?.architectures ?? [];
  return {
    cpuMaker: maker,
    architecture: built.includes(draft.architecture) ? draft.architecture : (built[0] ?? draft.architecture),
  };
}

const NEEDED_TEXTS = ['assetNumber', 'serial', 'modelId', 'centerId'] as const;
const NEEDED_NUMBERS = ['sockets', 'cores', 'threads', 'memoryGib'] as const;
export type NeededFact =
  | (typeof NEEDED_TEXTS)[number]
  | (typeof NEEDED_NUMBERS)[number]
  | 'sizeGib'
  | 'count'
  | 'speedMbps'
  | 'name'
  | 'mac';

/** What is empty and must not be; the server says the rest. */
export function missingFacts(draft: ServerDraft, message: (fact: NeededFact) => string): FormError[] {
  const at = (field: string, fact: NeededFact): FormError => ({ field, message: message(fact) });
  return [
    ...NEEDED_TEXTS.filter((fact) => draft[fact].trim() === '').map((fact) => at(fact, fact)),
    ...NEEDED_NUMBERS.filter((fact) => draft[fact] === null).map((fact) => at(fact, fact)),
    ...draft.disks.flatMap((disk, row) =>
      (['sizeGib', 'count'] as const)
        .filter((fact) => disk[fact] === null)
        .map((fact) => at(`disks.${row}.${fact}`, fact)),
    ),
    ...draft.accelerators.flatMap((card, row) => [
      ...(card.name.trim() === '' ? [at(`accelerators.${row}.name`, 'name')] : []),
      ...(card.count === null ? [at(`accelerators.${row}.count`, 'count')] : []),
    ]),
    ...draft.nics.flatMap((nic, row) => [
      ...(['name', 'mac'] as const)
        .filter((fact) => nic[fact].trim() === '')
        .map((fact) => at(`nics.${row}.${fact}`, fact)),
      ...(nic.speedMbps === null ? [at(`nics.${row}.speedMbps`, 'speedMbps')] : []),
    ]),
  ];
}

export function factsOf(draft: ServerDraft): Facts {
  const { assetNumber, serial, modelId, centerId, architecture, cpuMaker, powerW } = draft;
  return {
    assetNumber: assetNumber.trim(),
    serial: serial.trim(),
    modelId,
    centerId,
    architecture,
    cpuMaker,
    cpuModel: draft.cpuModel.trim(),
    sockets: draft.sockets ?? 0,
    cores: draft.cores ?? 0,
    threads: draft.threads ?? 0,
    memoryMib: Math.round((draft.memoryGib ?? 0) * MIB_PER_GIB),
    powerW,
    weightGrams: draft.weightKg === null ? null : Math.round(draft.weightKg * GRAMS_PER_KG),
    disks: draft.disks.map(({ kind, sizeGib, count }) => ({ kind, sizeGib: sizeGib ?? 0, count: count ?? 0 })),
    nics: draft.nics.map(({ name, mac, speedMbps }) => ({
      name: name.trim(),
      mac: mac.trim(),
      speedMbps: speedMbps ?? 0,
    })),
    accelerators: draft.accelerators.map(({ kind, name, count }) => ({ kind, name: name.trim(), count: count ?? 0 })),
    bmcAddress: draft.bmcAddress.trim() || null,
    purchasedOn: draft.purchasedOn || null,
    warrantyUntil: draft.warrantyUntil || null,
  };
}

/** The server counts memory in MiB and weight in grams; here their controls have other names. */
const CONTROL_OF: { readonly [field: string]: string } = { memoryMib: 'memoryGib', weightGrams: 'weightKg' };

export function atFields(errors: readonly FormError[]): FormError[] {
  return errors.map((error) => ({ ...error, field: CONTROL_OF[error.field] ?? error.field }));
}
