/** Decides which single changes of a line that does not fit are worth trying, nearest to what was asked first. */
import type { StorageTier } from '../../allocation/domain/capacity.js';
import type { CenterFacts } from '../../allocation/domain/placement-facts.js';
import type { Architecture, NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import type { WhatIfLine } from './what-if.js';

/** What is written over the line when the change is taken; what is left out stays. */
export interface HintChange {
  readonly count?: number;
  readonly centerId?: string;
  readonly localMode?: LocalMode;
  readonly remoteMode?: RemoteMode;
  readonly zone?: NetworkZone;
  readonly storageTier?: StorageTier;
  readonly architecture?: Architecture;
  readonly apart?: boolean;
}

export interface Hint {
  readonly text: Bilingual;
  readonly change: HintChange;
}

interface Variation {
  readonly hint: Hint;
  readonly line: WhatIfLine;
}

const UNITS = { VM: '台', SERVER: '台', CABINET: '处', SERVICE: '项' } as const;
const ZONES: readonly { readonly zone: NetworkZone; readonly name: Bilingual }[] = [
  { zone: 'GOVERNMENT_EXTRANET', name: say('政务外网区', 'the government extranet') },
  { zone: 'INTERNET', name: say('互联网区', 'the internet zone') },
  { zone: 'BUSINESS_LINE', name: say('业务专网区', 'the business line') },
];

export function variationsOf(
  line: WhatIfLine,
  placed: number,
  open: readonly Pick<CenterFacts, 'centerId' | 'name' | 'role'>[],
): Variation[] {
  const { thing } = line;
  return [
    ...fewer(line, placed),
    ...(thing.kind === 'CABINET' && thing.apart
      ? [vary(line, { apart: false }, say('不要求分放在不同机柜', 'without standing in different cabinets'))]
      : []),
    ...otherCenters(line, open),
    ...otherSizes(line),
    ...otherModes(line),
    ...otherZones(line),
  ];
}

/** How the line would read; also what a page writes over its row. */
export function changed(line: WhatIfLine, change: HintChange): WhatIfLine {
  const { zone, storageTier, architecture, apart, ...rest } = change;
  const { thing } = line;
  if (thing.kind === 'VM') {
    const size = storageTier ? { ...thing.size, storageTier } : thing.size;
    const made = architecture ? { architecture, imageArchitecture: architecture } : {};
    return { ...line, ...rest, thing: { ...thing, ...made, size, zone: zone ?? thing.zone } };
  }
  if (thing.kind === 'CABINET')
    return { ...line, ...rest, thing: { ...thing, zone: zone ?? thing.zone, apart: apart ?? thing.apart } };
  return { ...line, ...rest };
}

function vary(line: WhatIfLine, change: HintChange, text: Bilingual): Variation {
  return { hint: { text, change }, line: changed(line, change) };
}

function fewer(line: WhatIfLine, placed: number): Variation[] {
  if (placed === 0) return [];
  const text = say(`减为 ${placed} ${UNITS[line.thing.kind]}`, `${placed} instead of ${line.count}`);
  return [vary(line, { count: placed }, text)];
}

function otherCenters(line: WhatIfLine, open: readonly Pick<CenterFacts, 'centerId' | 'name' | 'role'>[]): Variation[] {
  if (line.localMode === 'DUAL_ACTIVE' || line.centerId === null) return [];
  return open
    .filter(({ centerId, role }) => role !== 'RECOVERY' && centerId !== line.centerId)
    .map(({ centerId, name }) => vary(line, { centerId }, say(`改放 ${name}`, `in ${name} instead`)));
}

/** 信创 is not given up by a click. */
function otherSizes(line: WhatIfLine): Variation[] {
  const { thing } = line;
  if (thing.kind !== 'VM') return [];
  const storageTier = thing.size.storageTier === 'SSD' ? 'HDD' : 'SSD';
  const tier = vary(line, { storageTier }, say(`存储改用 ${storageTier}`, `on ${storageTier} storage`));
  if (thing.domesticCpu) return [tier];
  const architecture = thing.architecture === 'ARM64' ? 'AMD64' : 'ARM64';
  const name = architecture === 'ARM64' ? 'arm64' : 'amd64';
  return [tier, vary(line, { architecture }, say(`改用 ${name} 架构`, `on ${name} processors`))];
}

/** Less safety comes after everything that keeps it. */
function otherModes(line: WhatIfLine): Variation[] {
  const { localMode, remoteMode, thing } = line;
  return [
    ...(remoteMode === 'APPLICATION' && thing.kind === 'VM'
      ? [vary(line, { remoteMode: 'DATA' }, say('异地改为数据级', 'with remote data only'))]
      : []),
    ...(remoteMode === 'NONE'
      ? []
      : [vary(line, { remoteMode: 'NONE' }, say('不做异地灾备', 'without a remote copy'))]),
    ...(localMode === 'DUAL_ACTIVE'
      ? [vary(line, { localMode: 'SINGLE' }, say('改为单中心', 'in a single center'))]
      : []),
  ];
}

/** Last, because another zone is another network. */
function otherZones(line: WhatIfLine): Variation[] {
  const { thing } = line;
  if (thing.kind !== 'VM' && thing.kind !== 'CABINET') return [];
  return ZONES.filter(({ zone }) => zone !== thing.zone).map(({ zone, name }) =>
    vary(line, { zone }, say(`改放${name.zh}`, `in ${name.en}`)),
  );
}
