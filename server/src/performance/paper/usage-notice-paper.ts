import { shanghaiMinute, yuanText } from '../../documents/domain/form-words.js';
import { GRADE_WORDS } from '../../grades/domain/grade.js';
import { type Cell, Paper } from '../../platform/paper/paper.js';
import { type SheetToWrite, xlsxBytes } from '../../platform/spreadsheet/write-xlsx.js';
import { percent } from '../domain/evidence.js';
import { findingsOf, type UsageContent } from '../domain/usage-notice.js';
import type { UsageNoticeRow } from '../usage.repository.js';

const NOTHING = '—';
const MIB_PER_GIB = 1024;
const SHARES = [1.9, 3.2, 0.8, 0.9, 1.1, 1.1, 1.1, 1.6, 0.8];
const TITLES = ['系统编号', '系统名称', '云主机', 'vCPU', '内存 GiB', 'CPU 均值', '内存均值', '核算费用（元）', '等次'];
const NUMBERS_FROM = 2;

const label = (text: string, share = 1.15): Cell => ({ text, share, label: true });
const value = (text: string, share = 2.2): Cell => ({ text: text || NOTHING, share });

/** 资源使用通报, as the head of a department gets it. */
export function printUsageNotice(row: UsageNoticeRow, printedAt: Date, printedBy: string): Promise<Buffer> {
  const { content, hash, month } = row;
  const title = `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月资源使用通报`;
  const paper = new Paper({
    title: `${content.departmentName} ${title}`,
    author: '集云',
    at: printedAt,
    left: `${content.departmentName}　${month}\nSM3 ${hash}`,
  });
  paper.head(
    title,
    [
      `使用单位：${content.departmentName}`,
      `生成：${shanghaiMinute(row.madeAt)}`,
      `打印：${shanghaiMinute(printedAt)}　${printedBy}`,
    ],
    `JIYUN USAGE ${month} SM3:${hash}`,
  );
  paper.section('一、总体情况');
  paper.table([
    [
      label('云主机'),
      value(`${content.machines} 台，${content.vcpu} 核，${gib(content.memoryMib)} GiB`),
      label('信息系统'),
      value(`${content.systems.length} 个`),
    ],
    [
      label('CPU 平均利用率'),
      value(beside(content.cpuMean, content.provinceCpuMean)),
      label('内存平均利用率'),
      value(beside(content.memoryMean, content.provinceMemoryMean)),
    ],
    [
      label('本月核算费用'),
      value(`${yuanText(BigInt(content.cost))} 元`),
      label('较上月'),
      value(`${yuanText(BigInt(content.cost) - BigInt(content.costBefore))} 元`),
    ],
    [
      label('单位绩效等次'),
      value(content.grade ? `${GRADE_WORDS[content.grade].zh}（${content.gradeCode ?? ''}）` : '未评'),
      label('待答复回收'),
      value(`${content.openCases} 件`),
    ],
  ]);
  const findings = findingsOf(content);
  paper.section(`二、需要处理（${findings.length} 项）`);
  if (findings.length === 0) paper.note('本月没有需要处理的事项。');
  else paper.table(findings.map((finding, at) => [label(String(at + 1), 0.4), value(finding.zh, 9)]));
  paper.section('三、各系统使用情况');
  paper.table(
    rowsOf(content).map((cells) => cells.map((text, at) => cell(text, at))),
    TITLES.map((text, at) => ({ ...cell(text, at), label: true, bold: true })),
  );
  paper.note('利用率为当月日均值，按规格加权；核算费用按使用月份统计，未结账月份可能变动。');
  return paper.end();
}

export function usageNoticeSheet(row: UsageNoticeRow): Promise<Buffer> {
  const sheets: SheetToWrite[] = [
    {
      name: '各系统使用情况',
      columns: TITLES.map((title, at) => ({ title, width: at === 1 ? 32 : 16 })),
      rows: rowsOf(row.content),
    },
    {
      name: '需要处理',
      columns: [{ title: '事项', width: 90 }],
      rows: findingsOf(row.content).map(({ zh }) => [zh]),
    },
  ];
  return xlsxBytes(sheets);
}

function rowsOf({ systems }: UsageContent): string[][] {
  return systems.map((one) => [
    ...[one.code, one.name, String(one.machines), String(one.vcpu), gib(one.memoryMib)],
    ...[share(one.cpuMean), share(one.memoryMean), yuanText(BigInt(one.cost))],
    one.grade ? GRADE_WORDS[one.grade].zh : NOTHING,
  ]);
}

function cell(text: string, at: number): Cell {
  return {
    text: text || NOTHING,
    share: SHARES[at] ?? 1,
    size: 8,
    ...(at >= NUMBERS_FROM ? { align: 'right' as const } : {}),
  };
}

function beside(own: number | null, province: number | null): string {
  return `${share(own)}（全省 ${share(province)}）`;
}

function share(mean: number | null): string {
  return mean === null ? '无数据' : percent(mean).zh;
}

function gib(mib: number): string {
  return String(Math.round(mib / MIB_PER_GIB));
}
