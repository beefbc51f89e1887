/** Decides which columns the table of each kind of line has, and what may stand in them. */
import { LINE_KINDS, type LineKind } from '../../allocation/domain/line-kind.js';
import type { FieldType } from '../../catalog/domain/service-definition.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { AskedService, Question } from './batch-choices.js';

/** Lists that a cell chooses from. */
export type ChoiceList = 'offer' | 'image' | 'zone' | 'tier' | 'center' | 'localMode' | 'remoteMode';

export interface BatchColumn {
  readonly key: string;
  readonly title: Bilingual;
  readonly required: boolean;
  readonly note: Bilingual;
  /** A cell of the example row; a column that chooses takes its list's first. */
  readonly example: string;
  readonly list?: ChoiceList;
  /** Of a question with answers to choose from: the only ones. */
  readonly options?: Question['choices'];
}

/** Another number: the heading or what stands below it means something else than before. */
export const TEMPLATE_VERSION = 1;

const NAME: BatchColumn = {
  key: 'name',
  title: say('名称', 'Name'),
  required: true,
  note: say(
    '小写字母开头，只含小写字母、数字和连字符，最长 40 个字符；本单内不能重复',
    'Begins with a lower-case letter; lower-case letters, digits and hyphens, 40 at most; none twice in a request',
  ),
  example: 'web',
};
const COUNT: BatchColumn = {
  key: 'count',
  title: say('数量', 'Count'),
  required: true,
  note: say('整数；同城双活时为每个中心的数量', 'A whole number; of dual-active, in each center'),
  example: '2',
};
const offer = (note: Bilingual): BatchColumn => ({
  key: 'offer',
  title: say('规格', 'Offer'),
  required: true,
  note,
  example: '',
  list: 'offer',
});
const PLACE: readonly BatchColumn[] = [
  {
    key: 'center',
    title: say('数据中心', 'Center'),
    required: false,
    note: say('仅单中心可填；留空由系统按容量选择', 'Of one center only; left empty, the best one by placement'),
    example: '',
    list: 'center',
  },
  {
    key: 'localMode',
    title: say('同城部署', 'Same-city mode'),
    required: false,
    note: say('留空与系统登记的一致', "Left empty: the system's own"),
    example: '',
    list: 'localMode',
  },
  {
    key: 'remoteMode',
    title: say('异地灾备', 'Remote mode'),
    required: false,
    note: say('留空与系统登记的一致', "Left empty: the system's own"),
    example: '',
    list: 'remoteMode',
  },
];

const COLUMNS: { readonly [K in LineKind]: readonly BatchColumn[] } = {
  VM: [
    NAME,
    offer(say('从下拉列表选择；也可只写规格代码', 'Choose from the list; its code alone will do')),
    {
      key: 'image',
      title: say('镜像', 'Image'),
      required: true,
      note: say('与规格的处理器架构一致', "Of the offer's architecture"),
      example: '',
      list: 'image',
    },
    {
      key: 'zone',
      title: say('网络区域', 'Network zone'),
      required: true,
      note: say('从下拉列表选择', 'Choose from the list'),
      example: '',
      list: 'zone',
    },
    {
      key: 'tier',
      title: say('存储', 'Storage'),
      required: true,
      note: say('从下拉列表选择', 'Choose from the list'),
      example: '',
      list: 'tier',
    },
    {
      key: 'diskGib',
      title: say('系统盘（GiB）', 'Disk (GiB)'),
      required: true,
      note: say('整数，不小于镜像要求', 'A whole number, at least what the image needs'),
      example: '100',
    },
    COUNT,
    ...PLACE,
  ],
  SERVER: [
    { ...NAME, example: 'db' },
    offer(say('从下拉列表选择；也可只写规格代码', 'Choose from the list; its code alone will do')),
    {
      key: 'image',
      title: say('操作系统镜像', 'Operating system'),
      required: false,
      note: say(
        '与规格的处理器架构一致；留空按数据中心默认',
        "Of the offer's architecture; left empty: its center's default",
      ),
      example: '',
      list: 'image',
    },
    { ...COUNT, example: '1' },
    ...PLACE,
  ],
  CABINET: [
    { ...NAME, example: 'rack' },
    offer(say('从下拉列表选择；也可只写规格代码', 'Choose from the list; its code alone will do')),
    {
      key: 'heightUnits',
      title: say('高度（U）', 'Height (U)'),
      required: true,
      note: say('半 U 的整数倍；整柜填整柜高度', 'In half units; of a whole cabinet its height'),
      example: '2',
    },
    {
      key: 'powerW',
      title: say('功率（W）', 'Power (W)'),
      required: true,
      note: say('整数，每个机位的功率', 'A whole number, of each place'),
      example: '500',
    },
    {
      key: 'weightKg',
      title: say('重量（kg）', 'Weight (kg)'),
      required: true,
      note: say('整数，每个机位的重量', 'A whole number, of each place'),
      example: '30',
    },
    { ...COUNT, example: '1' },
    ...PLACE,
  ],
  SERVICE: [
    { ...NAME, example: 'service' },
    offer(say('从下拉列表选择；也可只写服务代码', 'Choose from the list; its code alone will do')),
    { ...COUNT, example: '1' },
    {
      key: 'answers',
      title: say('填写内容', 'Answers'),
      required: false,
      note: say(
        '写成“问题=答案；问题=答案”，各服务的问题见下',
        'As "question=answer; question=answer"; each service\'s questions stand below',
      ),
      example: '',
    },
  ],
};

/** @param service a table of services may be of this one alone: then each of its questions is a column. */
export function columnsOf(kind: LineKind, service: AskedService | null = null): readonly BatchColumn[] {
  if (!service) return COLUMNS[kind];
  const fixed = [
    { ...NAME, example: service.code.replace(/[^a-z0-9-]/g, '-').slice(0, 40) },
    { ...COUNT, example: '1' },
  ];
  return [...fixed, ...service.questions.map((question, at) => questionColumn(question, at, service.questions, fixed))];
}

const ANSWER = 'answer:';

/** The column in which a question of a service is answered. */
export const answerColumn = (question: string): string => `${ANSWER}${question}`;

function questionColumn(
  { key, label, type, required, minimum, maximum, choices }: Question,
  at: number,
  questions: readonly Question[],
  fixed: readonly BatchColumn[],
): BatchColumn {
  // Two headings of one name would be told apart by nothing: the question's key does.
  const titles = [...fixed.map(({ title }) => title), ...questions.toSpliced(at, 1).map((other) => other.label)];
  const shared = titles.some(({ zh, en }) => zh === label.zh || en === label.en);
  const range = [minimum ?? '', maximum ?? ''];
  const bounded = minimum !== null || maximum !== null;
  return {
    key: answerColumn(key),
    title: shared ? say(`${label.zh}（${key}）`, `${label.en} (${key})`) : label,
    required,
    note: bounded
      ? say(`${ANSWERS[type].zh}，${range.join(' 至 ')}`, `${ANSWERS[type].en}, ${range.join(' to ')}`)
      : ANSWERS[type],
    // A text has no example that would be right for every question; a choice takes its first.
    example: '',
    ...(choices.length > 0 ? { options: choices } : {}),
  };
}

const ANSWERS: { readonly [T in FieldType]: Bilingual } = {
  TEXT: say('文字', 'Text'),
  NUMBER: say('数字', 'A number'),
  CHOICE: say('从下拉列表选择', 'Choose from the list'),
  DATE: say('日期，如 2026-12-31', 'A day, as 2026-12-31'),
  IP: say('IPv4 或 IPv6 地址', 'An IPv4 or IPv6 address'),
  DOMAIN: say('域名，如 www.example.gov.cn', 'A domain, as www.example.gov.cn'),
};

export const KIND_NAMES: { readonly [K in LineKind]: Bilingual } = {
  VM: say('云主机', 'Virtual machines'),
  SERVER: say('独立服务器', 'Servers'),
  CABINET: say('机柜空间', 'Cabinet space'),
  SERVICE: say('服务', 'Services'),
};

const MARK = /^(?:模板|template)[:：]\s*([A-Z]+)-(\d{1,4})(?:\/([a-z0-9.-]{1,63}))?$/i;

/** The heading of the template's last column, which names its kind, its version and the one service; nothing stands below it. */
export function markOf(kind: LineKind, service: Pick<AskedService, 'code'> | null = null): string {
  return `模板:${kind}-${TEMPLATE_VERSION}${service ? `/${service.code}` : ''}`;
}

interface Mark {
  readonly kind: string;
  readonly version: number;
  readonly serviceCode: string | null;
}

/** null = the heading is no mark. */
function readMark(heading: string): Mark | null {
  const [, kind, version, code = null] = MARK.exec(heading.trim()) ?? [];
  return kind === undefined ? null : { kind: kind.toUpperCase(), version: Number(version), serviceCode: code };
}

export interface CheckedMark {
  /** Of its column; -1 = the table has none. */
  readonly position: number;
  readonly wrong: Bilingual | null;
  /** Of the service that its template is of; null = of none, or of several. */
  readonly serviceCode: string | null;
}

/** What is wrong with the template that a heading comes from, and where its mark stands; a table without a mark goes by its heading. */
export function checkMark(kind: LineKind, heading: readonly string[]): CheckedMark {
  const position = heading.findIndex((title) => readMark(title) !== null);
  const mark = readMark(heading[position] ?? '');
  if (!mark) return { position: -1, wrong: null, serviceCode: null };
  const { serviceCode } = mark;
  const other = LINE_KINDS.find((one) => one === mark.kind);
  if (mark.kind !== kind) {
    const name = other ? KIND_NAMES[other] : say(mark.kind, mark.kind);
    return {
      position,
      serviceCode,
      wrong: say(
        `这是“${name.zh}”的模板，这里要的是“${KIND_NAMES[kind].zh}”：请改选类型，或下载对应的模板`,
        `This is the template of ${name.en.toLowerCase()}; ${KIND_NAMES[kind].en.toLowerCase()} are wanted here. Choose that kind, or use the right template`,
      ),
    };
  }
  if (mark.version !== TEMPLATE_VERSION)
    return {
      position,
      serviceCode,
      wrong: say(
        `这是第 ${mark.version} 版模板，现在用第 ${TEMPLATE_VERSION} 版：请重新下载模板，把数据粘贴过去`,
        `This is version ${mark.version} of the template; version ${TEMPLATE_VERSION} is in use. Download it again and paste your rows into it`,
      ),
    };
  return { position, wrong: null, serviceCode };
}
