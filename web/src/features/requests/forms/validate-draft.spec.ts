import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { withTranslations } from '../../../lib/i18n/for-tests';
import {
  type Choices,
  contentOfDraft,
  emptyDraft,
  fieldsOfLineChange,
  newLine,
  previewableContent,
  type RequestDraft,
  withOffer,
} from './request-draft';
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
        vcpu: 4,
        memoryMib: 8192,
        monthlyPrice: null,
      },
    ],
    images: [
      { id: 'i1', code: 'k', name: '麒麟', architecture: 'AMD64', minimumDiskGib: 40 },
      { id: 'i2', code: 'ka', name: '麒麟', architecture: 'ARM64', minimumDiskGib: 200 },
    ],
  },
  centers: [
    { id: 'c', code: 'R', name: '灾备', role: 'RECOVERY', life: 'IN_SERVICE' },
    { id: 'a', code: 'A', name: '江宁', role: 'ACTIVE_A', life: 'IN_SERVICE' },
  ],
};

function complete(): RequestDraft {
  const draft = emptyDraft(choices);
  return {
    system: { id: 's', code: 'XT-1', name: '系统', department: { id: 'd', name: '厅' }, projects: [] },
    projectId: 'p',
    purpose: '扩容',
    lines: draft.lines.map((line) => withOffer(line, 'o1', choices)),
  };
}
const fields = (draft: RequestDraft) => validateDraft(draft, choices, t).map((error) => error.field);
const withLine = (patch: Partial<RequestDraft['lines'][number]>): RequestDraft => {
  const draft = complete();
  return { ...draft, lines: draft.lines.map((line) => ({ ...line, ...patch })) };
};

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
    expect(fields(withLine({ count }))).toEqual(['lines.0.count']),
  );
  it.each([39, 2001, null])('refuses a disk of %p GiB for an image of 40', (diskGib) =>
    expect(fields(withLine({ diskGib }))).toEqual(['lines.0.diskGib']),
  );
  it.each(['', 'Web', '1web', 'web-', 'we_b', 'x'.repeat(41)])('refuses the name %p', (name) =>
    expect(fields(withLine({ name }))).toEqual(['lines.0.name']),
  );
  it('refuses one name twice', () => {
    const draft = complete();
    const [line] = draft.lines;
    if (!line) throw new Error('A draft begins with one line.');
    expect(fields({ ...draft, lines: [line, { ...line, key: 'other' }] })).toEqual(['lines.1.name']);
  });
});

describe('request draft', () => {
  it('begins in an active center, not in the recovery center', () =>
    expect(emptyDraft(choices).lines[0]?.centerId).toBe('a'));
  it('numbers new lines without taking a name twice', () => {
    const draft = complete();
    expect(newLine(choices, [...draft.lines, { ...newLine(choices, draft.lines), name: 'vm3' }]).name).toBe('vm4');
  });
  it('changes the image with the architecture, and the disk with the image', () => {
    const line = withOffer(withLine({}).lines[0] ?? newLine(choices, []), 'o2', choices);
    expect(line).toMatchObject({ imageId: 'i2', diskGib: 200 });
    const before = complete().lines[0];
    if (before)
      expect(fieldsOfLineChange({ ...line, offerId: 'o1', imageId: 'i1', diskGib: 100 }, line, 2)).toEqual([
        'lines.2.offerId',
        'lines.2.imageId',
        'lines.2.diskGib',
      ]);
  });
  it('previews the finished lines and says which they are', () => {
    const draft = complete();
    const half = newLine(choices, []);
    const asked = previewableContent({
      ...draft,
      purpose: '',
      lines: [{ ...half, key: 'h', name: 'half' }, ...draft.lines],
    });
    expect(asked?.lineNumbers).toEqual([1]);
    expect(asked?.content.purpose).toBe('-');
  });
  it('previews nothing before system and project are chosen', () =>
    expect(previewableContent({ ...complete(), projectId: null })).toBeNull());
  it('sends only a whole form', () => {
    expect(contentOfDraft(withLine({ diskGib: null }))).toBeNull();
    expect(contentOfDraft(complete())?.lines[0]).toEqual({
      kind: 'VM',
      name: 'vm1',
      count: 1,
      centerId: 'a',
      localMode: 'SINGLE',
      remoteMode: 'NONE',
      relations: [],
      vm: { offerId: 'o1', imageId: 'i1', zone: 'GOVERNMENT_EXTRANET', storageTier: 'SSD', diskGib: 100 },
    });
  });
});
