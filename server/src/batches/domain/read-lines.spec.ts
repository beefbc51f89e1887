import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { say } from '../../kernel/bilingual.js';
import type { BatchRow } from './batch.js';
import type { AskedService, BatchChoices } from './batch-choices.js';
import { columnsOf } from './batch-columns.js';
import { problemOf, readLines } from './read-lines.js';

const RUNS = 200;

const question = { type: 'TEXT' as const, required: false, minimum: null, maximum: null, choices: [] };
const BALANCER: AskedService = {
  id: 'o1',
  code: 'lb',
  name: say('负载均衡', 'Load balancing'),
  offered: true,
  questions: [
    { ...question, key: 'port', label: say('监听端口', 'Port'), type: 'NUMBER', required: true },
    {
      ...question,
      key: 'layer',
      label: say('类型', 'Layer'),
      type: 'CHOICE',
      choices: [{ value: 'L7', label: say('七层', 'Layer 7') }],
    },
    { ...question, key: 'name', label: say('名称', 'Name') },
  ],
};

const CHOICES: BatchChoices = {
  lists: {
    offer: [
      {
        value: 'o1',
        title: say('通用型 2C8G（g-2c8g）', 'General'),
        also: ['g-2c8g', '通用型'],
        architecture: 'ARM64',
      },
      {
        value: 'o2',
        title: say('通用型 4C16G（g-4c16g）', 'Bigger'),
        also: ['g-4c16g', '通用型'],
        architecture: 'AMD64',
      },
    ],
    image: [
      { value: 'i1', title: say('openEuler（oe）', 'openEuler (oe)'), architecture: 'ARM64', minimumDiskGib: 40 },
    ],
    zone: [{ value: 'INTERNET', title: say('互联网区', 'Internet') }],
    tier: [{ value: 'SSD', title: say('SSD 云盘', 'SSD') }],
    center: [{ value: 'c1', title: say('中心一（a）', 'One (a)'), also: ['a'] }],
    localMode: [{ value: 'SINGLE', title: say('单中心', 'Single') }],
    remoteMode: [{ value: 'NONE', title: say('无异地灾备', 'None') }],
  },
  services: new Map([[BALANCER.id, BALANCER]]),
};

const RIGHT = {
  name: 'web',
  offer: 'g-2c8g',
  image: 'OpenEuler(OE)',
  zone: '互联网区',
  tier: 'ssd云盘',
  diskGib: '40',
  count: '2',
};
const row = (cells: Record<string, string>, more: Partial<BatchRow> = {}): BatchRow => ({
  ...{ id: 'r', number: 2, cells, unread: {} },
  ...more,
});
const problems = (cells: Record<string, string>): string[] =>
  readLines('VM', [row({ ...RIGHT, ...cells })], CHOICES).flatMap((read) =>
    read.problems.map(({ column, kind }) => `${column} ${kind}`),
  );

describe('a row of machines', () => {
  it('is a line, however spaces, width of brackets and capitals are written', () => {
    const [read] = readLines('VM', [row({ ...RIGHT, center: 'A' })], CHOICES);
    expect(read?.problems).toEqual([]);
    expect(read?.line).toMatchObject({
      ...{ kind: 'VM', name: 'web', count: 2, centerId: 'c1', localMode: null, remoteMode: null },
      vm: { offerId: 'o1', imageId: 'i1', zone: 'INTERNET', storageTier: 'SSD', diskGib: 40 },
    });
  });

  it.each([
    [{ offer: '' }, ['offer REQUIRED']],
    [{ offer: 'g-64c' }, ['offer UNKNOWN']],
    // A name that two offers have names neither.
    [{ offer: '通用型' }, ['offer UNKNOWN']],
    [{ offer: 'g-4c16g' }, ['image CONFLICT']],
    [{ diskGib: '39' }, ['diskGib RANGE']],
    [{ diskGib: '一百' }, ['diskGib FORMAT']],
    [{ count: '-1' }, ['count FORMAT']],
    [{ count: '1e3' }, ['count FORMAT']],
    [{ center: 'nowhere' }, ['center UNKNOWN']],
    [{ localMode: '三活' }, ['localMode UNKNOWN']],
    [{ name: 'Web_1', diskGib: '5', count: '0' }, ['diskGib RANGE', 'name FORMAT', 'count RANGE']],
    // An empty or unreadable cell is told once.
    [{ name: '', count: '两台', diskGib: '5' }, ['name REQUIRED', 'diskGib RANGE', 'count FORMAT']],
  ])('says of %j what is wrong, at its cell', (cells, expected) => expect(problems(cells)).toEqual(expected));

  it('holds no cell that could not be read, whatever was in it', () => {
    const unread = { count: say('是公式', 'is a formula') };
    const [read] = readLines('VM', [row(RIGHT, { unread })], CHOICES);
    expect(read?.line).toBeNull();
    expect(read?.problems.map(({ column, kind }) => `${column} ${kind}`)).toEqual(['count UNREADABLE']);
  });

  it('has a name that no row before it has', () => {
    const read = readLines(
      'VM',
      [row(RIGHT), row(RIGHT, { number: 7 }), row({ ...RIGHT, name: 'db' }, { number: 8 })],
      CHOICES,
    );
    expect(read.map(({ line }) => line?.name ?? null)).toEqual(['web', null, 'db']);
    expect(read[1]?.problems[0]?.message.en).toBe('row 2 has this name');
  });

  it('is a line exactly when nothing is wrong with it, and every problem names a column of its kind', () => {
    const keys = columnsOf('VM').map(({ key }) => key);
    const text = fc.oneof(
      fc.constantFrom('', '1', 'web', 'g-2c8g', '互联网区', '中心一（a）', '=1+1', '0.5'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom(...keys), text), { maxLength: 6 }), (tables) => {
        const rows = tables.map((cells, at) => row({ ...RIGHT, ...cells }, { number: at + 2 }));
        for (const read of readLines('VM', rows, CHOICES)) {
          expect(read.line === null).toBe(read.problems.length > 0);
          for (const { column } of read.problems) expect(keys).toContain(column);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a row of services', () => {
  const read = (answers: string) =>
    readLines('SERVICE', [row({ name: 's', offer: 'g-2c8g', count: '1', answers })], CHOICES)[0];

  it('answers by the question’s label or key, and a choice by its label or value', () => {
    for (const answers of ['监听端口=443；类型=七层', 'port＝443;layer=L7', '监听端口 = 443\n类型 = Layer 7'])
      expect(read(answers)?.line?.service?.answers).toEqual([
        { key: 'port', value: '443' },
        { key: 'layer', value: 'L7' },
      ]);
  });

  it('is told of a question that is not asked, and of an answer without one', () => {
    expect(read('域名=a.cn')?.problems.map(({ kind }) => kind)).toEqual(['UNKNOWN']);
    expect(read('443')?.problems.map(({ kind }) => kind)).toEqual(['FORMAT']);
  });
});

describe('a row of a table of one service', () => {
  const cells = { name: 'lb', count: '1', 'answer:port': '443', 'answer:layer': '七层', 'answer:name': '门户' };
  const read = (more: Record<string, string>, service = BALANCER) =>
    readLines('SERVICE', [row({ ...cells, ...more })], CHOICES, service)[0];

  it('has a column for each question, told apart from the columns that all services have', () => {
    const columns = columnsOf('SERVICE', BALANCER);
    expect(columns.map(({ key, title }) => `${key} ${title.zh}`)).toEqual([
      'name 名称',
      'count 数量',
      'answer:port 监听端口',
      'answer:layer 类型',
      'answer:name 名称（name）',
    ]);
    expect(new Set(columns.map(({ title }) => title.zh)).size).toBe(columns.length);
    expect(columns.filter(({ required }) => required).map(({ key }) => key)).toEqual(['name', 'count', 'answer:port']);
  });

  it('answers cell by cell, and a choice by its label or value', () => {
    for (const layer of ['七层', 'l7', 'Layer 7'])
      expect(read({ 'answer:layer': layer })?.line?.service).toEqual({
        offerId: 'o1',
        answers: [
          { key: 'port', value: '443' },
          { key: 'layer', value: 'L7' },
          { key: 'name', value: '门户' },
        ],
      });
    expect(read({ 'answer:layer': '' })?.line?.service?.answers.map(({ key }) => key)).toEqual(['port', 'name']);
  });

  it.each([
    [{ 'answer:layer': '三层' }, ['answer:layer UNKNOWN']],
    [{ 'answer:port': '' }, ['answer:port REQUIRED']],
    [{ count: '一' }, ['count FORMAT']],
  ])('says of %j what is wrong, at its cell', (more, expected) =>
    expect(read(more)?.problems.map(({ column, kind }) => `${column} ${kind}`)).toEqual(expected),
  );

  it('is of the whole row wrong once the service is withdrawn', () => {
    expect(read({}, { ...BALANCER, offered: false })?.problems).toMatchObject([{ column: null, kind: 'UNKNOWN' }]);
  });

  it.each([
    [['service', 'answers', 'port'], 'number', 'answer:port FORMAT'],
    [['service', 'answers', 'port'], 'range', 'answer:port RANGE'],
    [['service', 'answers', 'gone'], 'unknownField', 'null CONFLICT'],
    [['service', 'offerId'], 'x', 'null CONFLICT'],
    [['count'], 'range', 'count RANGE'],
  ] as const)('is told of %j by %s at its cell', (path, rule, expected) => {
    const { column, kind } = problemOf({ code: 'INVALID_INPUT', path, rule, message: say('', '') }, BALANCER);
    expect(`${column} ${kind}`).toBe(expected);
  });
});

describe('what the rules of a line refuse', () => {
  const message = say('', '');
  it.each([
    [{ code: 'UNKNOWN_REFERENCE', path: ['vm', 'offerId'], message }, 'offer UNKNOWN'],
    [{ code: 'UNKNOWN_REFERENCE', path: ['centerId'], message }, 'center UNKNOWN'],
    [{ code: 'INVALID_INPUT', path: ['count'], rule: 'range', message }, 'count RANGE'],
    [{ code: 'INVALID_INPUT', path: ['name'], rule: 'unique', message }, 'name DUPLICATE'],
    [{ code: 'INVALID_INPUT', path: ['centerId'], rule: 'centerOfDualActive', message }, 'center CONFLICT'],
    [{ code: 'INVALID_INPUT', path: ['service', 'answers', 'port'], rule: 'required', message }, 'answers REQUIRED'],
    [{ code: 'INVALID_INPUT', path: ['vm'], rule: 'oneOf', message }, 'null CONFLICT'],
  ] as const)('is told at its cell: %j', (refusal, expected) => {
    const { column, kind } = problemOf(refusal);
    expect(`${column} ${kind}`).toBe(expected);
  });
});
