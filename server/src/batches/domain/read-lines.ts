/** Decides which line of a request a row of a table means, or what is wrong with each of its cells. */
import type { StorageTier } from '../../allocation/domain/capacity.js';
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { checkNameAndCount, type LineContent, type ServiceAnswer } from '../../requests/domain/content.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import type { BatchRow, CellProblem, ProblemKind } from './batch.js';
import { type AskedService, type BatchChoice, type BatchChoices, plain } from './batch-choices.js';
import { answerColumn, type ChoiceList, columnsOf } from './batch-columns.js';

export interface ReadRow {
  readonly row: BatchRow;
  /** null = something is wrong with it. */
  readonly line: LineContent | null;
  readonly problems: readonly CellProblem[];
}

/** Every row, each with all that can be said of it without asking the catalog's rules and the draft. */
export function readLines(
  kind: LineKind,
  rows: readonly BatchRow[],
  choices: BatchChoices,
  service: AskedService | null = null,
): ReadRow[] {
  const names = new Map<string, number>();
  return rows.map((row) => {
    const reader = new RowReader(kind, row, choices, service);
    const content = service ? lineOfService(reader, service) : LINE_OF[kind](reader);
    const name = row.cells.name ?? '';
    const first = names.get(name);
    if (name !== '' && first !== undefined)
      reader.tell('name', 'DUPLICATE', `名称与第 ${first} 行重复`, `row ${first} has this name`);
    else names.set(name, row.number);
    if (reader.problems.length > 0) reader.tellOwn(content);
    return { row, line: reader.problems.length === 0 ? content : null, problems: reader.problems };
  });
}

class RowReader {
  readonly problems: CellProblem[] = [];

  constructor(
    kind: LineKind,
    private readonly row: BatchRow,
    readonly choices: BatchChoices,
    service: AskedService | null,
  ) {
    for (const [column, message] of Object.entries(row.unread))
      this.problems.push({ column: column === '' ? null : column, kind: 'UNREADABLE', message });
    for (const { key, required, title } of columnsOf(kind, service))
      if (required && this.text(key) === '' && row.unread[key] === undefined)
        this.tell(key, 'REQUIRED', `必须填写“${title.zh}”`, `"${title.en}" is required`);
  }

  text(column: string): string {
    return (this.row.cells[column] ?? '').trim();
  }

  /** NaN where it is none; whether it may be so large is the line's own rule to say. */
  number(column: string): number {
    const text = this.text(column);
    if (text === '' || this.row.unread[column] !== undefined) return Number.NaN;
    if (/^\d{1,9}(\.\d{1,3})?$/.test(text)) return Number(text);
    this.tell(column, 'FORMAT', `“${text}”不是数字`, `"${text}" is no number`);
    return Number.NaN;
  }

  /** null = empty, or not understood. */
  choice(column: ChoiceList): BatchChoice | null {
    const text = this.text(column);
    if (text === '' || this.row.unread[column] !== undefined) return null;
    const wanted = plain(text);
    const found = (this.choices.lists[column] ?? []).filter(({ value, title, also = [] }) =>
      [value, title.zh, title.en, ...also].some((name) => plain(name) === wanted),
    );
    const [only, another] = found;
    if (only && !another) return only;
    if (another)
      this.tell(
        column,
        'UNKNOWN',
        `“${text}”对应多项：${found.map(({ title }) => title.zh).join('、')}，请从列表选择`,
        `"${text}" may be any of ${found.map(({ title }) => title.en).join(', ')}; choose from the list`,
      );
    else this.tell(column, 'UNKNOWN', `${UNKNOWN[column].zh}：“${text}”`, `${UNKNOWN[column].en}: "${text}"`);
    return null;
  }

  /** Whether somebody may still mean what stands there: a cell that could not be read says nothing. */
  unread(column: string): boolean {
    return this.row.unread[column] !== undefined;
  }

  /** A row that is no line is not asked of the lines' own rules: those of its name and count are told with the rest, not after it. */
  tellOwn(line: LineContent): void {
    for (const refusal of checkNameAndCount(line, [])) {
      const problem = problemOf(refusal);
      const { column } = problem;
      const told = this.problems.some((one) => one.column === column);
      if (column !== null && !told && this.text(column) !== '') this.problems.push(problem);
    }
  }

  tell(column: string, kind: ProblemKind, zh: string, en: string): void {
    this.problems.push({ column, kind, message: say(zh, en) });
  }
}

const UNKNOWN: { readonly [L in ChoiceList]: Bilingual } = {
  offer: say('没有这个规格，或已下架', 'There is no such offer, or it was withdrawn'),
  image: say('没有这个镜像，或已下架', 'There is no such image, or it was withdrawn'),
  zone: say('没有这个网络区域', 'There is no such network zone'),
  tier: say('没有这种存储', 'There is no such storage'),
  center: say('没有这个数据中心', 'There is no such center'),
  localMode: say('没有这种同城部署', 'There is no such same-city mode'),
  remoteMode: say('没有这种异地灾备', 'There is no such remote mode'),
};

const NO_PARTS = { vm: null, server: null, cabinet: null, service: null } as const;

function placed(kind: LineKind, reader: RowReader) {
  return {
    ...NO_PARTS,
    kind,
    name: reader.text('name'),
    count: reader.number('count'),
    centerId: reader.choice('center')?.value ?? null,
    localMode: (reader.choice('localMode')?.value ?? null) as LocalMode | null,
    remoteMode: (reader.choice('remoteMode')?.value ?? null) as RemoteMode | null,
  };
}

const LINE_OF: { readonly [K in LineKind]: (reader: RowReader) => LineContent } = {
  VM: (reader) => {
    const [offer, image] = [reader.choice('offer'), reader.choice('image')];
    const [zone, tier] = [reader.choice('zone'), reader.choice('tier')];
    const diskGib = reader.number('diskGib');
    tellOtherArchitecture(reader, offer, image);
    const least = image?.minimumDiskGib ?? 0;
    if (diskGib < least)
      reader.tell('diskGib', 'RANGE', `该镜像的系统盘不小于 ${least} GiB`, `This image needs a disk of ${least} GiB`);
    return {
      ...placed('VM', reader),
      vm: {
        offerId: offer?.value,
        imageId: image?.value,
        zone: zone?.value as NetworkZone,
        storageTier: tier?.value as StorageTier,
        diskGib,
      },
    };
  },
  SERVER: (reader) => {
    const [offer, image] = [reader.choice('offer'), reader.choice('image')];
    tellOtherArchitecture(reader, offer, image);
    return { ...placed('SERVER', reader), server: { offerId: offer?.value, imageId: image?.value ?? null } };
  },
  CABINET: (reader) => ({
    ...placed('CABINET', reader),
    cabinet: {
      offerId: reader.choice('offer')?.value,
      heightUnits: reader.number('heightUnits'),
      powerW: reader.number('powerW'),
      weightKg: reader.number('weightKg'),
    },
  }),
  SERVICE: (reader) => {
    const offerId = reader.choice('offer')?.value;
    return {
      ...unplaced(reader),
      service: { offerId, answers: offerId === undefined ? [] : answersOf(reader, offerId) },
    };
  },
};

function tellOtherArchitecture(reader: RowReader, offer: BatchChoice | null, image: BatchChoice | null): void {
  if (offer && image && offer.architecture !== image.architecture)
    reader.tell(
      'image',
      'CONFLICT',
      `镜像的处理器架构（${image.architecture}）与规格（${offer.architecture}）不同`,
      `The image is for ${image.architecture}, the offer is ${offer.architecture}`,
    );
}

/** Services stand in no center. */
function unplaced(reader: RowReader) {
  return {
    ...NO_PARTS,
    kind: 'SERVICE' as const,
    name: reader.text('name'),
    count: reader.number('count'),
    centerId: null,
    localMode: null,
    remoteMode: null,
  };
}

/** A row of a table of one service: every answer has a cell of its own. Whether it is right is the definition's to say. */
function lineOfService(reader: RowReader, { id, offered, questions }: AskedService): LineContent {
  if (!offered)
    reader.problems.push({
      column: null,
      kind: 'UNKNOWN',
      message: say('这项服务已下架，不能再申请', 'The service was withdrawn and cannot be asked for any more'),
    });
  const answers = questions.flatMap(({ key, choices }): ServiceAnswer[] => {
    const column = answerColumn(key);
    const said = reader.text(column);
    if (said === '' || reader.unread(column)) return [];
    const among = choices.find(({ value, label }) =>
      [value, label.zh, label.en].some((name) => plain(name) === plain(said)),
    );
    if (choices.length > 0 && !among) {
      const names = (locale: 'zh' | 'en', between: string) => choices.map(({ label }) => label[locale]).join(between);
      reader.tell(
        column,
        'UNKNOWN',
        `“${said}”不在可选答案中：${names('zh', '、')}`,
        `"${said}" is none of the answers: ${names('en', ', ')}`,
      );
      return [];
    }
    return [{ key, value: among?.value ?? said }];
  });
  return { ...unplaced(reader), service: { offerId: id, answers } };
}

/** "监听端口=443；类型=七层": by the question's label or key, and of a choice by its label or value. */
function answersOf(reader: RowReader, offerId: string): ServiceAnswer[] {
  const questions = reader.choices.services.get(offerId)?.questions ?? [];
  const parts = reader
    .text('answers')
    .split(/[；;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.flatMap((part) => {
    const [, asked = '', said = ''] = /^([^=＝]+)[=＝](.*)$/s.exec(part) ?? [];
    const question = questions.find(({ key, label }) =>
      [key, label.zh, label.en].some((name) => plain(name) === plain(asked)),
    );
    if (!question) {
      reader.tell(
        'answers',
        asked === '' ? 'FORMAT' : 'UNKNOWN',
        asked === '' ? `“${part}”须写成“问题=答案”` : `该服务没有“${asked.trim()}”这一项`,
        asked === '' ? `"${part}" is not written as question=answer` : `The service does not ask "${asked.trim()}"`,
      );
      return [];
    }
    const wanted = plain(said);
    const choice = question.choices.find(({ value, label }) =>
      [value, label.zh, label.en].some((name) => plain(name) === wanted),
    );
    return [{ key: question.key, value: choice?.value ?? said.trim() }];
  });
}

/** Which cell a refusal of the line is about. */
const COLUMN_OF: { readonly [field: string]: string } = {
  name: 'name',
  count: 'count',
  centerId: 'center',
  localMode: 'localMode',
  remoteMode: 'remoteMode',
  offerId: 'offer',
  imageId: 'image',
  diskGib: 'diskGib',
  heightUnits: 'heightUnits',
  powerW: 'powerW',
  weightKg: 'weightKg',
  answers: 'answers',
};
const KIND_OF_RULE: { readonly [rule: string]: ProblemKind } = {
  range: 'RANGE',
  length: 'RANGE',
  halfUnits: 'RANGE',
  unique: 'DUPLICATE',
  dnsLabel: 'FORMAT',
  // What the definition of a service says against an answer.
  number: 'FORMAT',
  text: 'FORMAT',
  date: 'FORMAT',
  ip: 'FORMAT',
  domain: 'FORMAT',
  choice: 'UNKNOWN',
  required: 'REQUIRED',
};

/**
 * What the rules of a line say against it, at its cell. path: within the line.
 * @param service of a table of one service: an answer has a cell of its own.
 */
export function problemOf(
  { code, path, message, ...more }: Refusal,
  service: Pick<AskedService, 'questions'> | null = null,
): CellProblem {
  const field = path.find((part) => COLUMN_OF[part] !== undefined);
  const question = field === 'answers' ? path[path.indexOf(field) + 1] : undefined;
  const rule = 'rule' in more && typeof more.rule === 'string' ? more.rule : '';
  const kind = code === 'UNKNOWN_REFERENCE' ? 'UNKNOWN' : (KIND_OF_RULE[rule] ?? 'CONFLICT');
  if (service && question !== undefined) {
    const asked = service.questions.some(({ key }) => key === question);
    return { column: asked ? answerColumn(question) : null, kind, message };
  }
  // What a table of one service has no column for, such as the service itself, is of the whole row.
  const column = field === undefined ? null : (COLUMN_OF[field] ?? null);
  const shown = service && column !== 'name' && column !== 'count' ? null : column;
  return { column: shown, kind, message };
}
