import { type Cell, Paper, SEALS_HEIGHT } from '../../platform/paper/paper.js';
import { ATTACHMENT_WORDS } from '../../requests/domain/attachment.js';
import type { FormAttachment, FormContent, FormLine } from '../domain/form-content.js';
import {
  FIELD_WORDS,
  KIND_UNITS,
  KIND_WORDS,
  LINE_FIELD_WORDS,
  protectionWord,
  shanghaiMinute,
  valueWord,
  yuanText,
} from '../domain/form-words.js';
import { checkCodeOf } from '../domain/scan.js';
import type { HashedContent } from '../form-contents.service.js';
import { MODES_HEAD, modesRows, RESOURCES_HEAD, resourcesRows, SERVICES_HEAD, servicesRows } from './change-section.js';

/** One signature as the form shows it. */
export interface FormOpinion {
  readonly step: string;
  /** 同意, 退回补正, 不予批准; null = not yet. */
  readonly verdict: string | null;
  readonly by: string;
  readonly opinion: string;
  readonly at: Date | null;
}

export interface FormPrint extends HashedContent {
  /** Which version of the form: the first content that was printed is 1. */
  readonly number: number;
  readonly printedAt: Date;
  readonly printedBy: string;
  /** The department is of a city, which seals too. */
  readonly inCity: boolean;
  readonly opinions: readonly FormOpinion[];
}

const NOTHING = '—';
const MONTHS_A_YEAR = 12n;
const MILLI = 1000;

const label = (text: string, share = 1.15): Cell => ({ text, share, label: true });
const value = (text: string | null, share = 2.2): Cell => ({
  text: text === null || text === '' ? NOTHING : text,
  share,
});
const whole = (text: string | null): Cell => value(text, 5.55);
const money = (fen: string | null): string => (fen === null ? '价格未定' : `${yuanText(BigInt(fen))} 元`);

/** 政务云资源需求申请表, as it is sealed. */
export function printRequestForm(print: FormPrint): Promise<Buffer> {
  const { content, contentHash, number } = print;
  const { request, unit, system, change } = content;
  const title = change ? '政务云资源变更申请表' : '政务云资源需求申请表';
  const paper = new Paper({
    title: `${title} ${request.code}`,
    author: unit.name,
    at: print.printedAt,
    left: `${request.code}　第 ${number} 版　校验码 ${checkCodeOf(contentHash)}\nSM3 ${contentHash}`,
  });
  paper.head(
    title,
    [
      `编号：${request.code}`,
      `版次：第 ${number} 版　　校验码：${checkCodeOf(contentHash)}`,
      `打印：${shanghaiMinute(print.printedAt)}　${print.printedBy}`,
    ],
    `JIYUN ${request.code} V${number} SM3:${contentHash}`,
  );
  paper.section('一、申请单位');
  paper.table([
    [label('申请单位'), value(unit.name), label('经办人'), value(request.applicantName)],
    [label('单位联系人'), value(unit.contactName), label('联系电话'), value(unit.contactPhone)],
  ]);
  paper.section('二、政务信息系统');
  paper.table(systemRows(system));
  paper.section('三、项目与资金');
  paper.table(projectRows(content.project));
  if (change) {
    paper.section('四、资源变更明细（现在 → 变更后）');
    if (change.modes.length > 0) paper.table(modesRows(change), MODES_HEAD);
    if (change.resources.length > 0) paper.table(resourcesRows(change), RESOURCES_HEAD);
    if (change.services) paper.table(servicesRows(change.services), SERVICES_HEAD);
  } else paper.section('四、资源需求明细');
  paper.table(content.lines.map(lineRow), change ? CHANGED_LINE_HEAD : LINE_HEAD);
  paper.table([change ? differenceRow(request.monthlyFen) : totalRow(request.monthlyFen)]);
  paper.section('五、用途与声明');
  paper.table([
    [label('用途说明'), whole(request.purpose)],
    [
      label('本单位声明'),
      whole(
        `所填内容真实、完整；系统不处理国家秘密（${declarationText(system.declarationValidUntil)}）；将按批准的用途使用资源，不再使用时及时退还。`,
      ),
    ],
  ]);
  if (content.attachments) {
    paper.section('随表材料（更换或增减后本表作废）');
    paper.table(content.attachments.map(attachmentRow), ATTACHMENT_HEAD);
  }
  paper.section('六、盖章', SEALS_HEIGHT);
  const signed = '负责人签字：\n　　　　　　年　　月　　日';
  paper.seals([
    { title: '申请单位（盖章）', foot: signed },
    ...(print.inCity ? [{ title: '市级主管部门（盖章）', foot: signed }] : []),
    { title: '省大数据中心（盖章）', foot: signed },
  ]);
  paper.section('七、办理意见');
  paper.table(print.opinions.length > 0 ? print.opinions.map(opinionRow) : [NO_OPINION], OPINION_HEAD);
  paper.note(
    `本表由集云生成。盖章后请扫描上传，并填写校验码 ${checkCodeOf(contentHash)}。除“办理意见”外的任何内容变更后，本表及其扫描件即作废，须重新打印盖章。`,
  );
  return paper.end();
}

function systemRows(system: FormContent['system']): Cell[][] {
  const words = FIELD_WORDS.system;
  const contacts = system.contacts.map(({ role, name, phone }) => `${role} ${name} ${phone}`).join('；');
  const filing = system.filed
    ? [`已备案`, system.filingNumber, system.filingOrgan, system.filedOn].filter((part) => part).join('，')
    : '未备案';
  const crypto = system.cryptoResult
    ? [valueWord(system.cryptoResult), system.cryptoAssessedOn, system.cryptoNumber].filter((part) => part).join('，')
    : '未开展';
  const remote = system.remoteMode === 'NONE' ? '' : ` + ${valueWord(system.remoteMode)}`;
  return [
    [label(words.name.zh), value(system.name), label(words.code.zh), value(system.code)],
    [label(words.ownerName.zh), value(system.ownerName), label(words.vendorCompany.zh), value(system.vendorCompany)],
    [label(words.contacts.zh), whole(contacts)],
    [label('等级保护'), value(protectionWord(system.protectionLevel)), label('等保备案'), value(filing)],
    [label('密码应用评估'), value(crypto), label(words.dataClass.zh), value(dataWords(system))],
    [
      label('容灾模式'),
      value(`${valueWord(system.localMode)}${remote}`),
      label('可用性与规模'),
      value(scaleWords(system)),
    ],
    [label(words.description.zh), whole(system.description)],
  ];
}

function dataWords(system: FormContent['system']): string {
  return [
    system.dataClass ? valueWord(system.dataClass) : '未分级',
    ...(system.criticalInfrastructure ? ['关键信息基础设施'] : []),
    system.sharesData ? '共享数据' : '不共享数据',
  ].join('，');
}

function scaleWords({ availabilityMilliPercent, usersEstimate, concurrencyEstimate }: FormContent['system']): string {
  const parts = [
    availabilityMilliPercent === null ? null : `可用性 ${availabilityMilliPercent / MILLI}%`,
    usersEstimate === null ? null : `用户 ${usersEstimate}`,
    concurrencyEstimate === null ? null : `并发 ${concurrencyEstimate}`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join('，') : NOTHING;
}

function projectRows(project: FormContent['project']): Cell[][] {
  const words = FIELD_WORDS.project;
  const nature = project.fundNature ? valueWord(project.fundNature) : null;
  return [
    [label(words.name.zh), value(project.name), label(words.code.zh), value(project.code)],
    [
      label(words.approvalNumber.zh),
      value(project.approvalNumber),
      label(words.filingNumber.zh),
      value(project.filingNumber),
    ],
    [
      label(words.totalBudgetFen.zh),
      value(project.totalBudgetFen === null ? null : money(project.totalBudgetFen)),
      label(words.fundSource.zh),
      value(project.fundSource),
    ],
    [
      label(words.budgetYear.zh),
      value(String(project.budgetYear)),
      label(words.budgetCode.zh),
      value(project.budgetCode),
    ],
    [
      label(words.functionClass.zh),
      value(project.functionClass),
      label(words.economicClass.zh),
      value(project.economicClass),
    ],
    [label(words.fundNature.zh), value(nature), label(words.budgetLevel.zh), value(valueWord(project.budgetLevel))],
  ];
}

const LINE_SHARES = {
  kind: 1.1,
  name: 1.2,
  specification: 2.2,
  configuration: 2.1,
  place: 1.8,
  term: 0.9,
  count: 0.8,
  monthlyFen: 1.3,
};
const head = (text: string, share: number): Cell => ({ text, share, label: true, bold: true, size: 8.5 });
const LINE_HEAD: Cell[] = [
  head(LINE_FIELD_WORDS.kind.zh, LINE_SHARES.kind),
  head(LINE_FIELD_WORDS.name.zh, LINE_SHARES.name),
  head(LINE_FIELD_WORDS.specification.zh, LINE_SHARES.specification),
  head(LINE_FIELD_WORDS.configuration.zh, LINE_SHARES.configuration),
  head(LINE_FIELD_WORDS.place.zh, LINE_SHARES.place),
  head('期限', LINE_SHARES.term),
  head(LINE_FIELD_WORDS.count.zh, LINE_SHARES.count),
  head('月费用（元）', LINE_SHARES.monthlyFen),
];
const CHANGED_LINE_HEAD: Cell[] = [...LINE_HEAD.slice(0, -1), head('月费用差额（元）', LINE_SHARES.monthlyFen)];

function lineRow(line: FormLine): Cell[] {
  const cell = (text: string, share: number, align: Cell['align'] = 'left'): Cell => ({ text, share, align, size: 8 });
  return [
    cell(KIND_WORDS[line.kind], LINE_SHARES.kind),
    cell(line.name, LINE_SHARES.name),
    cell(line.specification, LINE_SHARES.specification),
    cell(line.configuration, LINE_SHARES.configuration),
    cell(line.place, LINE_SHARES.place),
    cell(line.term ?? NOTHING, LINE_SHARES.term, 'center'),
    cell(`${line.count} ${KIND_UNITS[line.kind]}`, LINE_SHARES.count, 'right'),
    cell(line.monthlyFen === null ? '未定' : yuanText(BigInt(line.monthlyFen)), LINE_SHARES.monthlyFen, 'right'),
  ];
}

/** Of a change how much more a month, below zero how much less. */
function differenceRow(monthlyFen: string | null): Cell[] {
  const shares = Object.values(LINE_SHARES).reduce((sum, share) => sum + share, 0);
  const yearly = monthlyFen === null ? '' : `，年费用差额 ${yuanText(BigInt(monthlyFen) * MONTHS_A_YEAR)} 元`;
  return [
    { text: '费用差额', share: 2.3, label: true },
    {
      text: `月费用差额 ${money(monthlyFen)}${yearly}（负数为减少；按提交时计费标准核算）`,
      share: shares - 2.3,
      align: 'right',
    },
  ];
}

function totalRow(monthlyFen: string | null): Cell[] {
  const shares = Object.values(LINE_SHARES).reduce((sum, share) => sum + share, 0);
  const yearly = monthlyFen === null ? '' : `，年费用 ${yuanText(BigInt(monthlyFen) * MONTHS_A_YEAR)} 元`;
  return [
    { text: '费用合计', share: 2.3, label: true },
    { text: `月费用 ${money(monthlyFen)}${yearly}（按提交时计费标准核算）`, share: shares - 2.3, align: 'right' },
  ];
}

const ATTACHMENT_SHARES = { kind: 1.1, name: 3.4, sm3: 5.4 };
const ATTACHMENT_HEAD: Cell[] = [
  head('材料', ATTACHMENT_SHARES.kind),
  head('文件名', ATTACHMENT_SHARES.name),
  head('SM3', ATTACHMENT_SHARES.sm3),
];

function attachmentRow({ kind, name, sm3 }: FormAttachment): Cell[] {
  return [
    { text: ATTACHMENT_WORDS[kind].zh, share: ATTACHMENT_SHARES.kind, size: 8 },
    { text: name, share: ATTACHMENT_SHARES.name, size: 8 },
    { text: sm3, share: ATTACHMENT_SHARES.sm3, size: 7 },
  ];
}

function declarationText(validUntil: string | null): string {
  return validUntil === null ? '非涉密声明尚未签署' : `非涉密声明有效期至 ${validUntil}`;
}

const OPINION_SHARES = [1.5, 1.4, 1, 3.4, 1.5] as const;
const opinionCells = (
  texts: readonly [string, string, string, string, string],
  make: (text: string, share: number) => Cell,
) => texts.map((text, index) => make(text, OPINION_SHARES[index] ?? 1));
const OPINION_HEAD = opinionCells(['环节', '办理人', '结论', '意见', '签署时间'], head);
const NO_OPINION: Cell[] = [{ text: '尚未送审', share: 1, align: 'center' }];

function opinionRow({ step, verdict, by, opinion, at }: FormOpinion): Cell[] {
  return opinionCells(
    [step, by || NOTHING, verdict ?? '待办理', opinion || NOTHING, at ? shanghaiMinute(at) : NOTHING],
    (text, share) => ({ text, share, size: 8.5 }),
  );
}
