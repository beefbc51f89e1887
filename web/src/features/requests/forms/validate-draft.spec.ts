import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { withTranslations } from '../../../lib/i18n/for-tests';
import {
  type Choices,
  fieldsOfLineChange,
  newLine,
  relationChoices,
  serverImages,
  type VmDraft,
  withCabinetOffer,
  withOffer,
  withServerOffer,
} from './line-draft';
import { contentOfDraft, draftOfContent, emptyDraft, previewableContent, type RequestDraft } from './request-draft';
import { validateDraft } from './validate-draft';

await withTranslations();
const t = i18next.t;

const choices: Choices = {
  catalog: {
    diskGibMinimum: 20,
    diskGibMaximum: 2000,
    countMaximum: 50,
    offers: [
      {
        id: 'o1',
        code: 'g4',
        name: '通用型 4C8G',
        family: 'GENERAL',
        architecture: 'AMD64',
        domesticCpu: false,
        accelerator: null,
        acceleratorCount: 0,
        vcpu: 4,
        memoryMib: 8192,
        monthlyPrice: '36600',
      },
      {
        id: 'o2',
        code: 'a4',
        name: '通用型 4C8G',
        family: 'GENERAL',
        architecture: 'ARM64',
        domesticCpu: true,
        accelerator: null,
        acceleratorCount: 0,
        vcpu: 4,
        memoryMib: 8192,
        monthlyPrice: null,
      },
    ],
    images: [
      { id: 'i1', code: 'k', name: '麒麟', architecture: 'AMD64', minimumDiskGib: 40, checksum: 'sha256:1' },
      { id: 'i2', code: 'ka', name: '麒麟', architecture: 'ARM64', minimumDiskGib: 200, checksum: null },
    ],
    serverOffers: [],
    cabinetOffers: [
      {
        id: 'c1',
        code: 'u',
        name: '按 U',
        form: 'UNIT',
        zone: 'INTERNET',
        heightUnits: 1,
        includedW: 150,
        monthlyPrice: '100',
      },
      {
        id: 'c2',
        code: 'w',
        name: '整柜',
        form: 'WHOLE',
        zone: 'INTERNET',
        heightUnits: 42,
        includedW: 6000,
        monthlyPrice: '9000',
      },
    ],
    services: [
      {
        id: 'v1',
        code: 'policy',
        name: '网络策略',
        definition: {
          id: 'd1',
          summary: '',
          unit: '条',
          quantityMaximum: 200,
          monthlyPrice: null,
          fulfilment: 'AUTOMATIC',
          fields: [
            {
              key: 'source',
              label: '源地址',
              type: 'IP',
              required: true,
              minimum: null,
              maximum: null,
              lengthMaximum: null,
              choices: [],
            },
            {
              key: 'until',
              label: '有效期至',
              type: 'DATE',
              required: false,
              minimum: null,
              maximum: null,
              lengthMaximum: null,
              choices: [],
            },
          ],
        },
      },
    ],
  },
  centers: [
    { id: 'c', code: 'R', name: '灾备', role: 'RECOVERY', life: 'IN_SERVICE' },
    { id: 'a', code: 'A', name: '江宁', role: 'ACTIVE_A', life: 'IN_SERVICE' },
  ],
};

const system = {
  id: 's',
  code: 'XT-1',
  name: '系统',
  localMode: 'DUAL_ACTIVE',
  remoteMode: 'DATA',
  department: { id: 'd', name: '厅' },
  projects: [],
} as const;

const machine = (): VmDraft => withOffer(newLine(choices, [], 'VM'), 'o1', choices);
function complete(patch: Partial<VmDraft> = {}): RequestDraft {
  return {
    ...emptyDraft(choices),
    system: { ...system, projects: [] },
    projectId: 'p',
    purpose: '扩容',
    lines: [{ ...machine(), ...patch }],
  };
}
const fields = (draft: RequestDraft) => validateDraft(draft, choices, t).map((error) => error.field);

describe('validateDraft', () => {
  it('accepts a complete form', () => expect(fields(complete())).toEqual([]));
  it('names everything an empty form lacks, in reading order', () => {
    expect(fields(emptyDraft(choices))).toEqual([
      'systemId',
      'projectId',
      'purpose',
      'lines.0.offerId',
      'lines.0.imageId',
    ]);
  });
  it.each([0, -1, 51, 1e9, null])('refuses a count of %p', (count) =>
    expect(fields(complete({ count }))).toEqual(['lines.0.count']),
  );
  it.each([39, 2001, null])('refuses a disk of %p GiB for an image of 40', (diskGib) =>
    expect(fields(complete({ diskGib }))).toEqual(['lines.0.diskGib']),
  );
  it.each(['', 'Web', '1web', 'web-', 'we_b', 'x'.repeat(41)])('refuses the name %p', (name) =>
    expect(fields(complete({ name }))).toEqual(['lines.0.name']),
  );
  it('refuses one name twice', () =>
    expect(fields({ ...complete(), lines: [machine(), { ...machine(), key: 'other' }] })).toEqual(['lines.1.name']));
  it('refuses a place that no cabinet has', () => {
    const place = { ...newLine(choices, [], 'CABINET'), offerId: 'c1' };
    const wrong = { ...place, name: 'b', heightUnits: 1.3, powerW: -1, weightKg: 9_999 };
    expect(fields({ ...complete(), lines: [{ ...place, heightUnits: 1.5 }] })).toEqual([]);
    expect(fields({ ...complete(), lines: [wrong] })).toEqual(
      ['heightUnits', 'powerW', 'weightKg'].map((f) => `lines.0.${f}`),
    );
  });
  it('asks for the answers that a service needs, and for no more than it allows', () => {
    const service = { ...newLine(choices, [], 'SERVICE'), offerId: 'v1' };
    expect(fields({ ...complete(), lines: [service] })).toEqual(['lines.0.answers.source']);
    const answered = { ...service, answers: { source: '10.1.0.0/16' } };
    expect(fields({ ...complete(), lines: [{ ...answered, count: 200 }] })).toEqual([]);
    expect(fields({ ...complete(), lines: [{ ...answered, count: 201 }] })).toEqual(['lines.0.count']);
  });
});

describe('request draft', () => {
  it('numbers new lines of each kind without taking a name twice', () => {
    const lines = [machine(), { ...machine(), name: 'vm2' }];
    expect(newLine(choices, lines, 'VM').name).toBe('vm3');
    expect(newLine(choices, lines, 'SERVER').name).toBe('server1');
  });
  it('begins a further line like the last of its kind, and never with the answers of another service', () => {
    const service = { ...newLine(choices, [], 'SERVICE'), offerId: 'v1', answers: { source: '10.0.0.1' } };
    const lines = [{ ...machine(), zone: 'INTERNET' as const, count: 7 }, service];
    expect(newLine(choices, lines, 'VM')).toMatchObject({ offerId: 'o1', zone: 'INTERNET', count: 1 });
    expect(newLine(choices, lines, 'SERVICE')).toMatchObject({ offerId: null, answers: {} });
  });
  it('changes the image with the architecture, and the disk with the image', () => {
    const line = withOffer(machine(), 'o2', choices);
    expect(line).toMatchObject({ imageId: 'i2', diskGib: 200 });
    expect(fieldsOfLineChange({ ...line, offerId: 'o1', imageId: 'i1', diskGib: 100 }, line, 2)).toEqual([
      'lines.2.offerId',
      'lines.2.imageId',
      'lines.2.diskGib',
    ]);
  });
  it('names the answer that was changed', () => {
    const service = newLine(choices, [], 'SERVICE');
    expect(fieldsOfLineChange(service, { ...service, answers: { source: 'x' } }, 1)).toEqual([
      'lines.1.answers.source',
    ]);
  });
  it('takes the height and the power of a whole cabinet from its offer', () => {
    const whole = withCabinetOffer(newLine(choices, [], 'CABINET'), 'c2', choices);
    expect(whole).toMatchObject({ heightUnits: 42, powerW: 6000 });
    expect(withCabinetOffer(whole, 'c1', choices)).toMatchObject({ heightUnits: 2, powerW: 500 });
  });
  it('puts on a server what its processor can run and its cluster can check, and drops it with another class', () => {
    const offer = { ...{ cpuMaker: 'HYGON' as const, cores: 64, memoryMib: 262_144, disks: '', accelerator: null } };
    const more = { ...offer, acceleratorCount: 0, monthlyPrice: null };
    const serverOffers = [
      { id: 'x', code: 'x', name: 'x', architecture: 'AMD64' as const, ...more },
      { id: 'a', code: 'a', name: 'a', architecture: 'ARM64' as const, ...more },
    ];
    const offered = { catalog: { ...choices.catalog, serverOffers } };
    expect(serverImages('x', offered).map(({ id }) => id)).toEqual(['i1']);
    // That of arm64 has no checksum.
    expect(serverImages('a', offered)).toEqual([]);
    const server = { ...newLine(choices, [], 'SERVER'), offerId: 'x', imageId: 'i1' };
    expect(withServerOffer(server, 'x', offered).imageId).toBe('i1');
    expect(withServerOffer(server, 'a', offered)).toMatchObject({ offerId: 'a', imageId: null });
  });
  it('previews the finished lines and says which they are', () => {
    const half = { ...newLine(choices, [], 'VM'), key: 'h', name: 'half' };
    const asked = previewableContent({ ...complete(), purpose: '', lines: [half, machine()] }, choices);
    expect(asked?.lineNumbers).toEqual([1]);
    expect(asked?.content.purpose).toBe('-');
  });
  it('previews nothing before system and project are chosen', () =>
    expect(previewableContent({ ...complete(), projectId: null }, choices)).toBeNull());
  it('leaves out a service whose questions are open, so that the others keep their cost', () => {
    const service = { ...newLine(choices, [], 'SERVICE'), offerId: 'v1' };
    const asked = (answers: Record<string, string>) =>
      previewableContent({ ...complete(), lines: [machine(), { ...service, answers }] }, choices)?.lineNumbers;
    expect(asked({})).toEqual([0]);
    expect(asked({ source: ' ' })).toEqual([0]);
    expect(asked({ source: '10.0.0.1' })).toEqual([0, 1]);
  });
  it('says of a line how it stands to whole lines only: of the others nothing is known yet', () => {
    const half = { ...newLine(choices, [], 'VM'), key: 'h', name: 'half' };
    const first = { ...machine(), relations: ['APART:POOL:half', 'TOGETHER:CENTER:vm2'] };
    const second = { ...machine(), key: 'l2', name: 'vm2' };
    const asked = previewableContent({ ...complete(), lines: [first, second, half] }, choices);
    expect(asked?.lineNumbers).toEqual([0, 1]);
    expect(asked?.content.lines[0]?.relations).toEqual([{ kind: 'TOGETHER', scope: 'CENTER', line: 'vm2' }]);
  });
  it('sends only a whole form, each line with the part of its kind', () => {
    expect(contentOfDraft(complete({ diskGib: null }))).toBeNull();
    const server = { ...newLine(choices, [], 'SERVER'), offerId: 's1' };
    const service = { ...newLine(choices, [], 'SERVICE'), offerId: 'v1', answers: { source: ' 10.0.0.1 ', until: '' } };
    const lines = contentOfDraft({ ...complete({ centerId: 'a' }), lines: [machine(), server, service] })?.lines;
    expect(lines).toEqual([
      {
        kind: 'VM',
        name: 'vm1',
        count: 1,
        centerId: null,
        localMode: null,
        remoteMode: null,
        vm: { offerId: 'o1', imageId: 'i1', zone: 'GOVERNMENT_EXTRANET', storageTier: 'SSD', diskGib: 100 },
      },
      {
        kind: 'SERVER',
        name: 'server1',
        count: 1,
        centerId: null,
        localMode: null,
        remoteMode: null,
        server: { offerId: 's1', imageId: null },
      },
      {
        kind: 'SERVICE',
        name: 'service1',
        count: 1,
        centerId: null,
        service: { offerId: 'v1', answers: [{ key: 'source', value: '10.0.0.1' }] },
      },
    ]);
  });
  it('offers machines pool and center beside machines, servers and space cabinet, room and center beside each other', () => {
    const server = { ...newLine(choices, [], 'SERVER'), key: 's', name: 'main', offerId: 's1' };
    const standby = { ...server, key: 't', name: 'standby' };
    const space = { ...newLine(choices, [], 'CABINET'), key: 'c', name: 'space' };
    const waf = { ...newLine(choices, [], 'SERVICE'), key: 'w', name: 'waf' };
    const lines = [machine(), server, standby, space, waf];
    const offered = (line: (typeof lines)[number]) => relationChoices(line, lines).map(({ value }) => value);
    expect(offered(lines[0] as VmDraft)).toEqual([]);
    expect(offered({ ...machine(), key: 'v', name: 'vm2' })).toEqual([
      ...['APART:POOL:vm1', 'APART:CENTER:vm1'],
      ...['TOGETHER:POOL:vm1', 'TOGETHER:CENTER:vm1'],
    ]);
    expect(offered(standby)).toEqual(
      ['main', 'space'].flatMap((name) =>
        ['APART', 'TOGETHER'].flatMap((kind) =>
          ['CABINET', 'ROOM', 'CENTER'].map((scope) => `${kind}:${scope}:${name}`),
        ),
      ),
    );
    expect(offered(waf)).toEqual([]);
    // Every choice has its words.
    for (const { kind, scope } of [standby, machine()].flatMap((line) => relationChoices(line, [...lines, machine()])))
      expect(t(`requestForm.relation.${kind}_${scope}`, { name: 'x' })).toContain('x');
    const asked = { ...standby, relations: ['APART:CABINET:main', 'APART:CABINET:gone'] };
    expect(contentOfDraft({ ...complete(), lines: [server, asked] })?.lines[1]).toMatchObject({
      relations: [{ kind: 'APART', scope: 'CABINET', line: 'main' }],
    });
  });
  it('names a center only where one center runs it', () => {
    const centerOf = (draft: RequestDraft) => contentOfDraft(draft)?.lines[0]?.centerId;
    expect(centerOf(complete({ centerId: 'a' }))).toBeNull();
    expect(centerOf({ ...complete({ centerId: 'a' }), localMode: 'SINGLE' })).toBe('a');
    expect(centerOf(complete({ centerId: 'a', localMode: 'SINGLE' }))).toBe('a');
  });
  it('gives the modes that all saved lines have to the request, and the rest to their lines', () => {
    const saved = (localMode: 'SINGLE' | 'DUAL_ACTIVE', index: number) => ({
      ...{ id: `l${index}`, index, kind: 'SERVER' as const, name: `s${index}`, count: 1, localMode },
      ...{
        remoteMode: 'DATA' as const,
        vm: null,
        server: { offer: { id: 's1' }, image: null },
        cabinet: null,
        service: null,
        relations: [],
        center: null,
      },
    });
    const content = (...modes: ('SINGLE' | 'DUAL_ACTIVE')[]) =>
      draftOfContent(
        { project: { id: 'p' }, purpose: 'x', linePage: { nodes: modes.map(saved) } } as unknown as Parameters<
          typeof draftOfContent
        >[0],
        { ...system, projects: [] },
      );
    expect(content('SINGLE', 'SINGLE')).toMatchObject({
      localMode: 'SINGLE',
      remoteMode: null,
      lines: [{ localMode: null }, { localMode: null }],
    });
    expect(content('SINGLE', 'DUAL_ACTIVE')).toMatchObject({
      localMode: null,
      lines: [{ localMode: 'SINGLE' }, { localMode: null }],
    });
  });
});
