import { describe, expect, it } from '@jest/globals';
import {
  checkContent,
  FORM_LINES_MAX,
  LINES_MAX,
  type LineContent,
  type LineRelation,
  type RequestContent,
} from './content.js';

const vm = (diskGib = 100) => ({
  offerId: 'o',
  imageId: 'i',
  zone: 'GOVERNMENT_EXTRANET' as const,
  storageTier: 'SSD' as const,
  diskGib,
});
const line = (more: Partial<LineContent> = {}): LineContent => ({
  kind: 'VM',
  name: 'web',
  count: 2,
  centerId: 'c',
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  vm: vm(),
  server: null,
  cabinet: null,
  service: null,
  ...more,
});
const cabinet = (more: object = {}): LineContent =>
  line({ kind: 'CABINET', vm: null, cabinet: { offerId: 'o', heightUnits: 4, powerW: 800, weightKg: 60, ...more } });
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

  it('lets machines stand to machines in pool or center, servers and space to each other in cabinet, room or center', () => {
    const server = (more: Partial<LineContent> = {}) =>
      line({ kind: 'SERVER', name: 'server', vm: null, server: { offerId: 'o' }, ...more });
    const said = (scope: LineRelation['scope'], other: string) => ({
      relations: [{ kind: 'APART' as const, line: other, scope }],
    });
    const space = { ...cabinet(), name: 'space' };
    const others = [line(), server(), space];
    for (const scope of ['CABINET', 'ROOM', 'CENTER'] as const) {
      expect(refused({ lines: [...others, server({ name: 's2', ...said(scope, 'server') })] })).toEqual([]);
      expect(refused({ lines: [...others, server({ name: 's2', ...said(scope, 'space') })] })).toEqual([]);
      expect(refused({ lines: [...others, { ...cabinet(), name: 'c2', ...said(scope, 'server') }] })).toEqual([]);
    }
    for (const scope of ['POOL', 'CENTER'] as const)
      expect(refused({ lines: [...others, line({ name: 'db', ...said(scope, 'web') })] })).toEqual([]);
    const at = 'content.lines.3.relations';
    expect(refused({ lines: [...others, line({ name: 'db', ...said('ROOM', 'web') })] })).toEqual([
      `${at}.0.scope scope`,
    ]);
    expect(refused({ lines: [...others, server({ name: 's2', ...said('POOL', 'server') })] })).toEqual([
      `${at}.0.scope scope`,
    ]);
    expect(refused({ lines: [...others, server({ name: 's2', ...said('CENTER', 'web') })] })).toEqual([
      `${at}.0.line otherLine`,
    ]);
    expect(refused({ lines: [...others, server({ name: 's2', ...said('ROOM', 's2') })] })).toEqual([
      `${at}.0.line otherLine`,
    ]);
    const service = line({ kind: 'SERVICE', name: 'waf', vm: null, service: { offerId: 'o', answers: [] } });
    expect(refused({ lines: [...others, { ...service, ...said('CENTER', 'web') }] })).toContain(`${at} range`);
  });

  it('refuses what two lines say of each other and cannot hold at once, at the later, with both names', () => {
    const server = (name: string, ...relations: LineRelation[]) =>
      line({ kind: 'SERVER', name, vm: null, server: { offerId: 'o' }, relations });
    const said = (kind: LineRelation['kind'], scope: LineRelation['scope'], other = 'a'): LineRelation => ({
      ...{ kind, scope, line: other },
    });
    const SCOPES = ['CABINET', 'ROOM', 'CENTER'] as const;
    for (const [near, together] of SCOPES.entries())
      for (const [far, apart] of SCOPES.entries()) {
        const both = [said('TOGETHER', together), said('APART', apart)];
        const wrong = near <= far;
        // Whichever is said first, and by which of the two.
        for (const lines of [
          [server('a'), server('b', ...both)],
          [server('a'), server('b', ...both.toReversed())],
        ])
          expect(refused({ lines })).toEqual(wrong ? ['content.lines.1.relations.1 contradiction'] : []);
        const lines = [server('a', said('TOGETHER', together, 'b')), server('b', said('APART', apart))];
        expect(refused({ lines })).toEqual(wrong ? ['content.lines.1.relations.0 contradiction'] : []);
      }
    const [told] = checkContent(
      content({ lines: [server('a', said('APART', 'ROOM', 'b')), server('b', said('TOGETHER', 'CABINET'))] }),
    );
    expect(told?.message.zh).toContain('“b”与“a”按机柜同处，而“a”已写按机房分开');
    const machines = [
      line({ name: 'a' }),
      line({ name: 'b', relations: [said('TOGETHER', 'POOL'), said('APART', 'POOL')] }),
    ];
    expect(refused({ lines: machines })).toEqual(['content.lines.1.relations.1 contradiction']);
    // The same twice says it once more.
    expect(refused({ lines: [server('a'), server('b', said('APART', 'ROOM'), said('APART', 'ROOM'))] })).toEqual([]);
  });

  it('refuses a name twice, at the second', () => {
    expect(refused({ lines: [line(), line()] })).toEqual(['content.lines.1.name unique']);
  });

  it.each([19, 8193, -5])('refuses a disk of %p GiB', (diskGib) => {
    expect(refused({ lines: [line({ vm: vm(diskGib) })] })).toEqual(['content.lines.0.vm.diskGib range']);
  });

  it('refuses no lines and too many', () => {
    expect(refused({ lines: [] })).toEqual(['content.lines range']);
    const many = Array.from({ length: LINES_MAX + 1 }, (_, i) => line({ name: `web${i}` }));
    expect(refused({ lines: many })).toEqual(['content.lines range']);
    expect(refused({ lines: many.slice(0, LINES_MAX) })).toEqual([]);
  });

  it('lets one form carry fewer lines than a request may have', () => {
    const lines = Array.from({ length: FORM_LINES_MAX + 1 }, (_, i) => line({ name: `web${i}` }));
    expect(checkContent(content({ lines }), FORM_LINES_MAX)).toMatchObject([{ path: ['content', 'lines'] }]);
    expect(checkContent(content({ lines: lines.slice(1) }), FORM_LINES_MAX)).toEqual([]);
  });

  it.each([
    ['none', line({ vm: null }), 'vm'],
    ['two', line({ server: { offerId: 'o' } }), 'vm'],
    ['that of another kind', line({ kind: 'SERVER' }), 'server'],
  ] as const)('refuses a line with %s of the parts', (_, wrong, part) => {
    expect(refused({ lines: [wrong] })).toEqual([`content.lines.0.${part} oneOf`]);
  });

  it.each([0, -1, 0.25, 60.5, Number.NaN])('refuses %p U of a cabinet', (heightUnits) => {
    expect(refused({ lines: [cabinet({ heightUnits })] })).toEqual(['content.lines.0.cabinet.heightUnits halfUnits']);
  });

  it('takes half units, and refuses negative power and weight', () => {
    expect(refused({ lines: [cabinet({ heightUnits: 0.5 })] })).toEqual([]);
    expect(refused({ lines: [cabinet({ powerW: -1, weightKg: -1 })] })).toEqual([
      'content.lines.0.cabinet.powerW range',
      'content.lines.0.cabinet.weightKg range',
    ]);
  });

  it('refuses two answers to one question', () => {
    const answers = ['a', 'b'].map((value) => ({ key: 'port', value }));
    const asked = line({ kind: 'SERVICE', vm: null, service: { offerId: 'o', answers } });
    expect(refused({ lines: [asked] })).toEqual(['content.lines.0.service.answers unique']);
  });

  it('refuses an empty purpose and one of 501 characters', () => {
    expect(refused({ purpose: '  ' })).toEqual(['content.purpose length']);
    expect(refused({ purpose: '长'.repeat(501) })).toEqual(['content.purpose length']);
  });

  it('says everything that is wrong at once', () => {
    expect(refused({ purpose: '', lines: [line({ name: 'X', count: 0, vm: vm(1) })] })).toHaveLength(4);
  });
});
