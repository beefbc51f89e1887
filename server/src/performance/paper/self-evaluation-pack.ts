import { shanghaiMinute, yuanText } from '../../documents/domain/form-words.js';
import { GRADE_WORDS } from '../../grades/domain/grade.js';
import { addDays } from '../../kernel/calendar.js';
import { type Cell, Paper, SEALS_HEIGHT } from '../../platform/paper/paper.js';
import { xlsxBytes } from '../../platform/spreadsheet/write-xlsx.js';
import { pointsText } from '../domain/evaluation.js';
import { INDICATOR_MEANINGS } from '../domain/indicators.js';
import type { PackContent } from '../domain/self-evaluation.js';
import type { SelfEvaluationRow } from '../usage.repository.js';

const NOTHING = '—';
const label = (text: string, share = 1.15): Cell => ({ text, share, label: true });
const value = (text: string, share = 2.2): Cell => ({ text: text || NOTHING, share });
const row = (texts: readonly string[], shares: readonly number[], more: Partial<Cell> = {}): Cell[] =>
  texts.map((text, at) => ({ text: text || NOTHING, share: shares[at] ?? 1, size: 8.5, ...more }));
const head = (texts: readonly string[], shares: readonly number[]) => row(texts, shares, { label: true, bold: true });

const INDICATOR_TITLES = ['指标', '目标', '实际', '差距', '数据来源'];
const INDICATOR_SHARES = [1.4, 1.1, 1.1, 1.2, 4];
const FIGURE_TITLES = ['指标', '数据项', '数值'];
const FIGURE_SHARES = [1.5, 3, 4];
const PROJECT_TITLES = ['项目编号', '项目名称', '批复', '备案', '总投资（元）', '绩效目标'];
const PROJECT_SHARES = [1.3, 2.4, 1.3, 1.3, 1.3, 3];
const COST_TITLES = ['月份', '核算费用（元）'];
const GRADE_TITLES = ['评价期', '评价编号', '得分', '等次'];
const EQUAL = [1, 1, 1, 1];

/** 政务信息化项目自评价材料. */
export function printPack(
  task: SelfEvaluationRow,
  content: PackContent,
  printedAt: Date,
  printedBy: string,
): Promise<Buffer> {
  const { system, window, period } = content;
  const paper = new Paper({
    title: `${system.name} 自评价材料`,
    author: system.departmentName,
    at: printedAt,
    left: `${system.code} 自评价${task.hash ? `\nSM3 ${task.hash}` : '（草稿）'}`,
  });
  paper.head(
    '政务信息系统自评价材料',
    [`系统编号：${system.code}`, `数据截至：${content.asOf}`, `打印：${shanghaiMinute(printedAt)}　${printedBy}`],
    `JIYUN SELF ${system.code}${task.hash ? ` SM3:${task.hash}` : ''}`,
  );
  paper.section('一、基本情况');
  paper.table([
    [label('政务信息系统'), value(system.name), label('使用单位'), value(system.departmentName)],
    [label('上线日期'), value(system.liveSince), label('等级保护'), value(`第 ${system.protectionLevel} 级`)],
    [
      label('自评价期'),
      value(`${window.from} 至 ${addDays(window.to, -1)}`),
      label('指标数据区间'),
      value(`${period.from} 至 ${addDays(period.to, -1)}`),
    ],
    [
      label('状态'),
      value(
        task.handedInAt
          ? `${shanghaiMinute(task.handedInAt)} 由 ${task.handedInBy ?? ''} 提交`
          : '草稿，数据随档案更新',
        5.55,
      ),
    ],
  ]);
  paper.section('二、建设项目与绩效目标');
  paper.table(
    projectsOf(content).map((cells) => row(cells, PROJECT_SHARES, { size: 8 })),
    head(PROJECT_TITLES, PROJECT_SHARES),
  );
  paper.section('三、指标完成情况');
  paper.table(
    indicatorsOf(content).map((cells) => row(cells, INDICATOR_SHARES)),
    head(INDICATOR_TITLES, INDICATOR_SHARES),
  );
  paper.section('四、佐证数据');
  paper.table(
    figuresOf(content).map((cells) => row(cells, FIGURE_SHARES, { size: 8 })),
    head(FIGURE_TITLES, FIGURE_SHARES),
  );
  paper.section('五、上线以来核算费用');
  paper.table(
    [...costsOf(content), ['合计', totalOf(content)]].map((cells) => row(cells, EQUAL)),
    head(COST_TITLES, EQUAL),
  );
  paper.section('六、历次绩效评价');
  if (content.evaluations.length === 0) paper.note('尚无已发布的绩效评价。');
  else
    paper.table(
      gradesOf(content).map((cells) => row(cells, EQUAL)),
      head(GRADE_TITLES, EQUAL),
    );
  paper.section('七、自评结论', SEALS_HEIGHT);
  paper.table([[value(task.statement ?? '（待填写）', 1)]]);
  paper.seals([{ title: '使用单位（盖章）', foot: '负责人签字：\n　　　　　　年　　月　　日' }]);
  paper.note(
    '指标数据由集云从档案、监控、核算和预算记录生成，“无佐证”表示没有任何记录；提交后内容由 SM3 值绑定，不再变动。',
  );
  return paper.end();
}

export function packSheets(task: SelfEvaluationRow, content: PackContent): Promise<Buffer> {
  const { system, window, period } = content;
  const sheet = (name: string, titles: readonly string[], rows: readonly (readonly string[])[], width = 22) => ({
    name,
    columns: titles.map((title) => ({ title, width })),
    rows,
  });
  return xlsxBytes([
    sheet(
      '基本情况',
      ['项目', '内容'],
      [
        ['系统编号', system.code],
        ['政务信息系统', system.name],
        ['使用单位', system.departmentName],
        ['上线日期', system.liveSince],
        ['等级保护', `第 ${system.protectionLevel} 级`],
        ['自评价期', `${window.from} 至 ${addDays(window.to, -1)}`],
        ['指标数据区间', `${period.from} 至 ${addDays(period.to, -1)}`],
        ['数据截至', content.asOf],
        ['自评结论', task.statement ?? '（待填写）'],
        ['SM3', task.hash ?? '（草稿）'],
      ],
      40,
    ),
    sheet('建设项目', PROJECT_TITLES, projectsOf(content)),
    sheet('指标完成情况', INDICATOR_TITLES, indicatorsOf(content)),
    sheet('佐证数据', FIGURE_TITLES, figuresOf(content), 30),
    sheet('核算费用', COST_TITLES, [...costsOf(content), ['合计', totalOf(content)]]),
    sheet('历次绩效评价', GRADE_TITLES, gradesOf(content)),
  ]);
}

function projectsOf({ projects }: PackContent): string[][] {
  return projects.map((one) => [
    ...[one.code, one.name, one.approvalNumber ?? NOTHING, one.filingNumber ?? NOTHING],
    one.totalBudget === null ? NOTHING : yuanText(BigInt(one.totalBudget)),
    one.targets.join('\n') || NOTHING,
  ]);
}

function indicatorsOf({ rows }: PackContent): string[][] {
  return rows.map(({ title, target, actual, gap, source }) => [title.zh, target.zh, actual.zh, gap.zh, source.zh]);
}

function figuresOf({ evidence }: PackContent): string[][] {
  return evidence.flatMap(({ indicator, figures }) =>
    figures.map(({ label: what, value: amount }) => [INDICATOR_MEANINGS[indicator].title.zh, what.zh, amount.zh]),
  );
}

function costsOf({ costs }: PackContent): string[][] {
  return costs.map(({ month, amount }) => [month, yuanText(BigInt(amount))]);
}

function totalOf({ costs }: PackContent): string {
  return yuanText(costs.reduce((sum, { amount }) => sum + BigInt(amount), 0n));
}

function gradesOf({ evaluations }: PackContent): string[][] {
  return evaluations.map(({ period, code, points, grade }) => [
    ...[period, code, pointsText(points)],
    grade ? GRADE_WORDS[grade].zh : '未评等次',
  ]);
}
