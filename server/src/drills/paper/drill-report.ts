import { shanghaiMinute } from '../../documents/domain/form-words.js';
import { checkCodeOf } from '../../documents/domain/scan.js';
import { type Cell, Paper, SEALS_HEIGHT } from '../../platform/paper/paper.js';
import { type DrillMark, type ItemCode } from '../domain/drill-items.js';
import { DRILL_KIND_WORDS } from '../domain/drill-notices.js';
import type { Deviation, DeviationCode, DrillOutcome } from '../domain/drill-outcome.js';
import type { DrillReport } from '../drills.types.js';

export interface ReportPrint {
  readonly report: DrillReport;
  readonly reportHash: string;
  readonly signature: string;
  readonly signatureKeyId: string;
  /** Its place in the audit's chain, and the chain's hash there; null = not chained yet. */
  readonly link: { readonly sequence: number; readonly hash: string } | null;
  readonly printedAt: Date;
  readonly printedBy: string;
}

const NOTHING = '—';
const label = (text: string, share = 1.15): Cell => ({ text, share, label: true });
const value = (text: string, share = 2.2): Cell => ({ text: text || NOTHING, share });
const row = (texts: readonly string[], shares: readonly number[], more: Partial<Cell> = {}): Cell[] =>
  texts.map((text, index) => ({ text: text || NOTHING, share: shares[index] ?? 1, size: 8.5, ...more }));
const head = (texts: readonly string[], shares: readonly number[]) => row(texts, shares, { label: true, bold: true });

const OUTCOMES: { readonly [O in DrillOutcome]: string } = { PASSED: '达标', MISSED: '未达标', ABORTED: '已中止' };
const MARKS: { readonly [M in DrillMark]: string } = {
  T0: '演练开始（模拟故障发生）',
  T1: '告警确认',
  T2: '宣布灾难',
  T3: '决策切换',
  T4: '隔离证明',
  T5: '数据恢复',
  T6: '系统就绪（探测通过）',
  T7: '业务验证通过',
};
export const ITEM_WORDS: { readonly [C in Exclude<ItemCode, 'OWN'>]: string } = {
  ACKNOWLEDGE: '值班人员确认告警',
  DECLARE: '宣布灾难',
  DECIDE: '决策切换',
  FENCE: '核验隔离环境',
  SNAPSHOT: '对副本做快照',
  RESTORE: '快照恢复到隔离环境',
  START: '按层启动虚拟机',
  PROBE: '探测虚拟机就绪',
  VERIFY: '业务负责人验证',
};
const ELEMENTS: Readonly<Record<string, string>> = {
  DATA_BACKUP: '数据备份系统',
  STANDBY_PROCESSING: '备用数据处理系统',
  STANDBY_NETWORK: '备用网络系统',
  STANDBY_PREMISES: '备用基础设施',
  TECHNICAL_SUPPORT: '专业技术支持能力',
  OPERATIONS: '运行维护管理能力',
  DR_PLAN: '灾难恢复预案',
};
const DEVIATIONS: { readonly [C in DeviationCode]: string } = {
  ABORTED: '演练中止',
  RTO_MISSED: 'RTO 超出目标',
  RTO_UNKNOWN: 'RTO 未测得',
  RPO_MISSED: 'RPO 超出目标',
  RPO_UNKNOWN: 'RPO 未测得（无复制时间依据）',
  NOT_VERIFIED: '业务验证未通过',
  ITEM_LATE: '环节超时',
  MACHINE_FAILED: '虚拟机未恢复',
  LEVEL_BELOW: '灾备等级低于目标',
  LEVEL_UNKNOWN: '灾备等级要素未评全',
  CLEANUP_LATE: '清理超时',
};

const MARK_SHARES = [0.6, 2.6, 2.2, 1.4];
const ITEM_SHARES = [0.5, 3, 1, 1.2, 1.3, 2];
const MACHINE_SHARES = [3, 2.2, 3];
const DEVIATION_SHARES = [1.6, 2.2, 2.4, 1.2, 1.2];
const TARGET_SHARES = [1.4, 1.2, 1.2, 1];

/** 容灾演练报告. */
export function printDrillReport(print: ReportPrint): Promise<Buffer> {
  const { printedAt, printedBy, report, reportHash } = print;
  const checkCode = checkCodeOf(reportHash);
  const paper = new Paper({
    title: `容灾演练报告 ${report.code}`,
    author: report.department,
    at: printedAt,
    left: `${report.code}　校验码 ${checkCode}\nSM3 ${reportHash}`,
  });
  paper.head(
    '容灾演练报告',
    [`编号：${report.code}`, `校验码：${checkCode}`, `打印：${shanghaiMinute(printedAt)}　${printedBy}`],
    `JIYUN ${report.code} SM3:${reportHash}`,
  );
  basics(paper, report);
  targets(paper, report);
  paper.section('三、关键时刻（系统计时）');
  paper.table(
    report.marks.map(({ at, by, mark }) => row([mark, MARKS[mark], secondText(at), by ?? '系统读取'], MARK_SHARES)),
    head(['时刻', '含义', '时间', '操作人'], MARK_SHARES),
  );
  paper.section(`四、演练清单（${report.items.length} 项）`);
  paper.table(
    report.items.map((item) =>
      row(
        [
          ...[String(item.number), item.title ?? (item.code === 'OWN' ? '' : ITEM_WORDS[item.code])],
          ...[durationText(item.limitSeconds), tookText(item), item.by ?? (item.done ? '系统' : '')],
          [item.done ? '完成' : item.doneAt ? '未通过' : '未进行', item.note ?? ''].filter(Boolean).join('：'),
        ],
        ITEM_SHARES,
      ),
    ),
    head(['序号', '环节', '时限', '用时', '操作人', '结果'], ITEM_SHARES),
  );
  if (report.machines.length > 0) {
    const ready = report.machines.filter(({ readyAt }) => readyAt !== null).length;
    paper.section(`五、副本虚拟机（${report.machines.length} 台，就绪 ${ready} 台；隔离环境，演练后已全部清除）`);
    paper.table(
      report.machines.map(({ name, readyAt, trouble }) =>
        row([name, readyAt === null ? '未就绪' : secondText(readyAt), trouble ?? ''], MACHINE_SHARES),
      ),
      head(['虚拟机', '就绪时间', '问题'], MACHINE_SHARES),
    );
  }
  level(paper, report);
  deviations(paper, report);
  paper.section('八、确认', SEALS_HEIGHT);
  paper.seals([
    { title: '组织单位（盖章）', foot: '负责人签字：\n　　　　　　年　　月　　日' },
    { title: '使用单位（盖章）', foot: '负责人签字：\n　　　　　　年　　月　　日' },
  ]);
  paper.note(
    [
      '时间由集云在操作和读取集群时记录，不能填报。报告内容由 SM3 值绑定并记入审计链',
      print.link === null ? '（尚在排队）' : `第 ${print.link.sequence} 条（链值 ${print.link.hash}）`,
      `；SM2 签名（密钥 ${print.signatureKeyId}）：${print.signature}`,
    ].join(''),
  );
  return paper.end();
}

function basics(paper: Paper, report: DrillReport): void {
  paper.section('一、基本情况');
  paper.table([
    [label('政务信息系统'), value(report.system), label('使用单位'), value(report.department)],
    [label('演练形式'), value(DRILL_KIND_WORDS[report.kind].zh), label('演练中心'), value(report.center ?? '不涉及')],
    [
      label('计划时间'),
      value(shanghaiMinute(new Date(report.plannedAt))),
      label('结束时间'),
      value(shanghaiMinute(new Date(report.closedAt))),
    ],
    [
      label('提出人'),
      value(report.people.plannedBy),
      label('批准人'),
      value(
        [report.people.approvedBy ?? '', report.approvedAt ? shanghaiMinute(new Date(report.approvedAt)) : ''].join(
          '　',
        ),
      ),
    ],
    ...(report.checks && report.checks.length > 0
      ? [[label('演练前检查'), value(report.checks.map(({ text }) => text).join('；'), 5.55)]]
      : []),
    [label('演练场景'), value(report.scenario, 5.55)],
    [label('参加人员'), value(report.people.took.join('、'), 5.55)],
    [
      label('结论'),
      {
        ...value(conclusionOf(report), 5.55),
        bold: true,
      },
    ],
  ]);
}

function targets(paper: Paper, report: DrillReport): void {
  const { kind, measured, targets: target } = report;
  paper.section('二、目标与实测');
  const line = (name: string, wanted: number | null, was: number | null) =>
    row(
      [
        ...[name, wanted === null ? '未设目标' : durationText(wanted), was === null ? '未测得' : durationText(was)],
        wanted === null ? NOTHING : was === null ? '无法判断' : was <= wanted ? '达标' : '未达标',
      ],
      TARGET_SHARES,
    );
  const share = (name: string, was: number | null) =>
    row([name, '', was === null ? '未测得' : durationText(was), ''], TARGET_SHARES);
  paper.table(
    [
      ...(kind === 'TABLETOP'
        ? // Nothing was brought back: how long people talked is no recovery time.
          [share('推演用时（T7−T0，不作为恢复时间）', measured.rtoSeconds)]
        : [
            line('恢复时间 RTO（T7−T0）', target.rtoSeconds, measured.rtoSeconds),
            line('数据损失 RPO', target.rpoSeconds, measured.rpoSeconds),
          ]),
      share('其中：发现（T1−T0）', measured.detectionSeconds),
      share('其中：决策（T3−T1）', measured.decisionSeconds),
      share('其中：执行（T7−T3）', measured.executionSeconds),
    ],
    head(['指标', '目标', '实测', '判断'], TARGET_SHARES),
  );
  const note = dataNote(report);
  if (note !== null) paper.note(note);
}

/** What the RPO above rests on; null = there is nothing to say of it. */
export function dataNote({ dataPoint, kind, marks, measured }: DrillReport): string | null {
  if (kind === 'TABLETOP' || dataPoint === undefined) return null;
  if (!marks.some(({ mark }) => mark === 'T5')) return '没有恢复到数据（T5），数据损失未测得。';
  if (dataPoint !== null) return `数据损失按副本的数据时刻 ${secondText(dataPoint)} 与 T0 之差计算。`;
  return measured.rpoSeconds === null
    ? '数据损失没有依据：没有信号说明副本是何时的数据。'
    : '本组没有要恢复的数据，没有数据损失。';
}

function level(paper: Paper, { level: { elements, level: reached, standard, target } }: DrillReport): void {
  paper.section(`六、灾备等级（${standard}，取七要素最低）`);
  const known = elements.flatMap(({ level: one }) => one ?? []);
  const least = known.length === 0 ? null : Math.min(...known);
  const texts = elements.map(({ element, level: one }) => [
    ELEMENTS[element] ?? element,
    one === null ? '未评定' : `${one} 级`,
    levelNote(one, reached === null ? null : least, target),
  ]);
  const shares = [2.2, 1, 2.4];
  paper.table(
    [
      ...texts.map((cells) => row(cells, shares)),
      row(
        ['综合等级', reached === null ? '不定级' : `${reached} 级`, reached === null ? '要素未评全' : '取各要素最低'],
        ...([shares, { bold: true }] as const),
      ),
      row(
        [
          ...['目标等级', target === null ? '未设目标' : `${target} 级`],
          target === null || reached === null ? '' : reached >= target ? '已达到' : '未达到',
        ],
        shares,
      ),
    ],
    head(['要素', '等级', '说明'], shares),
  );
}

/** Why the whole is not higher, and what of it is below what was promised. @param least null = there is no whole. */
export function levelNote(one: number | null, least: number | null, target: number | null): string {
  if (one === null) return '尚未评定，不能定级';
  const below = target !== null && one < target ? `低于目标 ${target} 级` : '';
  return [one === least ? '决定综合等级' : '', below].filter(Boolean).join('，');
}

/** What passed and is to be put right all the same says both in one line: who reads no further must not think that all is well. */
export function conclusionOf({ abortReason, deviations: found, outcome }: DrillReport): string {
  const rest = abortReason
    ? `：${abortReason}`
    : found.length > 0
      ? `，另有 ${found.length} 项偏差待整改（见第七部分）`
      : '';
  return `${OUTCOMES[outcome]}${rest}`;
}

function deviations(paper: Paper, report: DrillReport): void {
  paper.section(`七、偏差与整改（${report.deviations.length} 项）`);
  if (report.deviations.length === 0) {
    paper.note('没有偏差。');
    return;
  }
  paper.table(
    report.deviations.map((one) =>
      row([one.ticket, DEVIATIONS[one.code], detailOf(one), one.owner, one.dueOn], DEVIATION_SHARES),
    ),
    head(['整改编号', '偏差', '说明', '责任人', '期限'], DEVIATION_SHARES),
  );
}

function detailOf({ code, measured, subject, target }: Deviation): string {
  const figure = (amount: number) => (code.startsWith('LEVEL') ? `${amount} 级` : durationText(amount));
  const words =
    code === 'LEVEL_BELOW'
      ? subject
          ?.split(',')
          .map((one) => ELEMENTS[one] ?? one)
          .join('、')
      : wordOf(code, subject);
  return [
    words ?? '',
    target === null ? '' : `目标 ${figure(target)}`,
    measured === null ? '' : `实测 ${figure(measured)}`,
  ]
    .filter(Boolean)
    .join('，');
}

function wordOf(code: DeviationCode, subject: string | null): string {
  if (code !== 'ITEM_LATE' || subject === null) return subject ?? '';
  return subject in ITEM_WORDS ? ITEM_WORDS[subject as keyof typeof ITEM_WORDS] : subject;
}

/** Hours, minutes and seconds, as far as there are any. */
function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3_600), '小时'],
    [Math.floor((seconds % 3_600) / 60), '分'],
    [seconds % 60, '秒'],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return said.length === 0 ? '0 秒' : said.join(' ');
}

function tookText({ begunAt, doneAt }: DrillReport['items'][number]): string {
  if (begunAt === null || doneAt === null) return '';
  return durationText(Math.ceil((Date.parse(doneAt) - Date.parse(begunAt)) / 1_000));
}

const SECONDS = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
});

function secondText(iso: string): string {
  return SECONDS.format(new Date(iso)).replaceAll('/', '-');
}
