import { describe, expect, it } from '@jest/globals';
import {
  atFields,
  draftOfServer,
  emptyServer,
  factsOf,
  type Makers,
  missingFacts,
  nextKey,
  withMaker,
} from './server-draft';

const makers = [
  { maker: 'KUNPENG', name: '鲲鹏', domestic: true, architectures: ['ARM64'] },
  { maker: 'HYGON', name: '海光', domestic: true, architectures: ['AMD64'] },
] as unknown as Makers;

const kept = {
  id: 's',
  version: 3,
  state: 'FREE',
  assetNumber: 'ZC-1',
  serial: 'SN1',
  architecture: 'ARM64',
  cpuMaker: 'KUNPENG',
  cpuModel: '鲲鹏 920',
  sockets: 2,
  cores: 96,
  threads: 96,
  memoryMib: 524_800,
  powerW: null,
  weightGrams: 21_500,
  purchasedOn: null,
  warrantyUntil: '2030-05-31',
  clusterHost: null,
  disks: [{ kind: 'NVME', sizeGib: 3_576, count: 4 }],
  nics: [{ name: 'eth0', mac: '02:00:00:00:00:01', speedMbps: 25_000 }],
  accelerators: [{ kind: 'NPU', name: '昇腾 910', count: 8 }],
  bmc: { address: null },
  model: { id: 'm' },
  center: { id: 'c' },
  place: null,
} as unknown as Parameters<typeof draftOfServer>[0];

describe('the draft of a server', () => {
  it('says again what was read, to the MiB, when nothing is changed', () => {
    const { id, version, state, clusterHost, bmc, model, center, place, ...facts } = kept as typeof kept & object;
    expect(factsOf(draftOfServer(kept))).toEqual({ ...facts, modelId: 'm', centerId: 'c', bmcAddress: null });
  });

  it('takes the architecture from the maker where it builds one only', () => {
    expect(withMaker(emptyServer, 'HYGON', makers)).toEqual({ cpuMaker: 'HYGON', architecture: 'AMD64' });
    expect(withMaker(emptyServer, 'KUNPENG', makers)).toEqual({ cpuMaker: 'KUNPENG', architecture: 'ARM64' });
  });

  it('names every empty field, rows of its lists included', () => {
    const draft = {
      ...draftOfServer(kept),
      serial: ' ',
      cores: null,
      disks: [{ key: 1, kind: 'SSD' as const, sizeGib: null, count: 1 }],
      accelerators: [{ key: 1, kind: 'GPU' as const, name: '', count: null }],
    };
    expect(missingFacts(draft, (fact) => fact).map(({ field }) => field)).toEqual([
      'serial',
      'cores',
      'disks.0.sizeGib',
      'accelerators.0.name',
      'accelerators.0.count',
    ]);
    expect(missingFacts(draftOfServer(kept), (fact) => fact)).toEqual([]);
  });

  it('leads what the server says of MiB to the control in GiB, and never gives two rows one key', () => {
    const said = [
      { field: 'memoryMib', message: 'a' },
      { field: 'disks.0.count', message: 'b' },
    ];
    expect(atFields(said).map(({ field }) => field)).toEqual(['memoryGib', 'disks.0.count']);
    expect(nextKey([{ key: 4 }, { key: 2 }])).toBe(5);
    expect(nextKey([])).toBe(1);
  });
});
