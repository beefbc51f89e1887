import { describe, expect, it } from '@jest/globals';
import { checkContent, LINES_MAX, type LineContent, type RequestContent } from './content.js';

const line = (more: Partial<LineContent> = {}): LineContent => ({
  name: 'web',
  offerId: 'o',
  imageId: 'i',
  centerId: 'c',
  zone: 'GOVERNMENT_EXTRANET',
  storageTier: 'SSD',
  diskGib: 100,
  count: 2,
  ...more,
});
const content = (more: Partial<RequestContent> = {}): RequestContent => ({
  systemId: 's',
  projectId: 'p',
  purpose: '年度扩容',
  lines: [line()],
  ...more,
});
const refused = (more: Partial<RequestContent>) =>
  checkContent(content(more)).map((r) => `${r.path.join('.')} ${r.code === 'INVALID_INPUT' ? r.rule : r.code}`);

describe('checkContent', () => {
  it('accepts a plain request', () => expect(checkContent(content())).toEqual([]));

  it.each([0, -1, 1.5, 101, 1e9, Number.NaN])('refuses a count of %p at its line', (count) => {
    expect(refused({ lines: [line(), line({ name: 'db', count })] })).toEqual(['content.lines.1.count range']);
  });

  it.each(['', 'Web', '1web', 'web_1', '-web', 'web-', 'a'.repeat(41), 'web\n', '名称', 'web.example'])(
    'refuses %p, which is no DNS label of ours',
    (name) => {
      expect(refused({ lines: [line({ name })] })).toEqual(['content.lines.0.name dnsLabel']);
    },
  );

  it.each(['w', 'web-1', 'a'.repeat(40)])('accepts the name %p', (name) => {
    expect(refused({ lines: [line({ name })] })).toEqual([]);
  });

  it('refuses a name twice, at the second', () => {
    expect(refused({ lines: [line(), line()] })).toEqual(['content.lines.1.name unique']);
  });

  it.each([19, 8193, -5])('refuses a disk of %p GiB', (diskGib) => {
    expect(refused({ lines: [line({ diskGib })] })).toEqual(['content.lines.0.diskGib range']);
  });

  it('refuses no lines and too many', () => {
    expect(refused({ lines: [] })).toEqual(['content.lines range']);
    const many = Array.from({ length: LINES_MAX + 1 }, (_, i) => line({ name: `web${i}` }));
    expect(refused({ lines: many })).toEqual(['content.lines range']);
  });

  it('refuses an empty purpose and one of 501 characters', () => {
    expect(refused({ purpose: '  ' })).toEqual(['content.purpose length']);
    expect(refused({ purpose: '长'.repeat(501) })).toEqual(['content.purpose length']);
  });

  it('says everything that is wrong at once', () => {
    expect(refused({ purpose: '', lines: [line({ name: 'X', count: 0, diskGib: 1 })] })).toHaveLength(4);
  });
});
