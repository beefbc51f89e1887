import type { Architecture, LocalMode, NetworkZone, PlanLineKind, RemoteMode } from '../../../graphql/enums';
import type { PlanLine } from '../components/line-columns';

const MIB_PER_GIB = 1024;
const W_PER_KW = 1000;

/** A line as it is typed: GiB and kW, empty fields as null, "any" as ''. */
export type LineDraft = {
  systemId: string;
  kind: PlanLineKind;
  count: number | null;
  vcpu: number | null;
  memoryGib: number | null;
  ssdGib: number | null;
  hddGib: number | null;
  architecture: Architecture | '';
  zone: NetworkZone | '';
  offerCode: string;
  units: number | null;
  powerKw: number | null;
  localMode: LocalMode;
  remoteMode: RemoteMode;
  month: number;
  reason: string;
};

const JANUARY = 1;

export const newLine = (): LineDraft => ({
  systemId: '',
  kind: 'VM',
  count: 1,
  vcpu: 4,
  memoryGib: 16,
  ssdGib: 100,
  hddGib: null,
  architecture: '',
  zone: '',
  offerCode: '',
  units: null,
  powerKw: null,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  month: JANUARY,
  reason: '',
});

export const draftOfLine = (line: PlanLine): LineDraft => ({
  systemId: line.system.id,
  kind: line.kind,
  count: line.count,
  vcpu: line.vcpu || null,
  memoryGib: line.memoryMib / MIB_PER_GIB || null,
  ssdGib: line.ssdGib || null,
  hddGib: line.hddGib || null,
  architecture: line.architecture ?? '',
  zone: line.zone ?? '',
  offerCode: line.offerCode ?? '',
  units: line.units || null,
  powerKw: line.powerW / W_PER_KW || null,
  localMode: line.localMode,
  remoteMode: line.remoteMode,
  month: line.month,
  reason: line.reason,
});

/** As the server takes it; what was left empty is nought, so that it says what is wrong. */
export const inputOfDraft = (draft: LineDraft) => ({
  systemId: draft.systemId,
  kind: draft.kind,
  count: draft.count ?? 0,
  vcpu: draft.vcpu ?? 0,
  memoryMib: Math.round((draft.memoryGib ?? 0) * MIB_PER_GIB),
  ssdGib: draft.ssdGib ?? 0,
  hddGib: draft.hddGib ?? 0,
  architecture: draft.architecture || null,
  zone: draft.zone || null,
  offerCode: draft.offerCode || null,
  units: draft.units ?? 0,
  powerW: Math.round((draft.powerKw ?? 0) * W_PER_KW),
  localMode: draft.localMode,
  remoteMode: draft.remoteMode,
  month: draft.month,
  reason: draft.reason,
});

/** Where the form shows what the server says of a field. */
export const FIELD_OF: Readonly<Record<string, string>> = {
  'line.memoryMib': 'line.memoryGib',
  'line.halfUnits': 'line.units',
  'line.powerW': 'line.powerKw',
};
