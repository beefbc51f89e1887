import { type Cell, Paper, SEALS_HEIGHT } from '../../platform/paper/paper.js';
import type { ObjectionRow, SheetRow } from '../documents.types.js';
import { shanghaiMinute } from '../domain/form-words.js';
import { checkCodeOf } from '../domain/scan.js';
import type { SheetContent, SheetItem } from '../domain/sheet-content.js';

export interface SheetPrint {
  readonly sheet: SheetRow;
  readonly content: SheetContent;
  readonly contentHash: string;
  /** Version of the sheet, from 1. */
  readonly number: number;
  readonly objections: readonly ObjectionRow[];
  readonly printedAt: Date;
  readonly printedBy: string;
}

const NOTHING = '—';
const KIND_NAMES = { VM: '云主机', SERVER: '独立服务器', CABINET: '机柜空间', SERVICE: '服务' } as const;
const label = (text: string, share = 1.15): Cell => ({ text, share, label: true });
const value = (text: string, share = 2.2): Cell => ({ text: text || NOTHING, share });

const SHARES = [1.85, 1.25, 1.9, 1.2, 2, 1.1, 1.3] as const;
const cells = (texts: readonly string[], more: Partial<Cell> = {}): Cell[] =>
  texts.map((text, index) => ({ text: text || NOTHING, share: SHARES[index] ?? 1, size: 8, ...more }));
const HEAD = cells(['编号', '名称', '规格', '数据中心', '地址、集群对象或凭据', '开通方式', '开通时间'], {
  label: true,
  bold: true,
  size: 8.5,
});

/** 资源开通确认单: what was delivered, by whom, when, and what the department says to it. */
export function printDeliverySheet({
  sheet,
  content,
  contentHash,
  number,
  objections,
  printedAt,
  printedBy,
}: SheetPrint): Promise<Buffer> {
  const paper = new Paper({
    title: `政务云资源开通确认单 ${sheet.code}`,
    author: content.unit,
    at: printedAt,
    left: `${sheet.code}　第 ${number} 版　校验码 ${checkCodeOf(contentHash)}\nSM3 ${contentHash}`,
  });
  paper.head(
    '政务云资源开通确认单',
    [
      `编号：${sheet.code}`,
      `版次：第 ${number} 版　　校验码：${checkCodeOf(contentHash)}`,
      `打印：${shanghaiMinute(printedAt)}　${printedBy}`,
    ],
    `JIYUN ${sheet.code} V${number} SM3:${contentHash}`,
  );
  paper.section('一、基本情况');
  paper.table([
    [label('使用单位'), value(content.unit), label('政务信息系统'), value(content.system)],
    [label('申请单编号'), value(sheet.requestCode), label('全部开通时间'), value(shanghaiMinute(sheet.openedAt))],
    [label('确认情况'), value(standing(sheet), 5.55)],
  ]);
  paper.section(`二、交付清单（${content.items.length} 项）`);
  paper.table(content.items.map(itemRow), HEAD);
  if (objections.length > 0) {
    const names = new Map(content.items.map((item) => [item.resourceId, item.name]));
    paper.section('三、异议与答复');
    paper.table(
      objections.map((one) => [
        { text: names.get(one.resourceId) ?? NOTHING, share: 1.2, size: 8.5 },
        { text: `${one.reason}\n${one.raisedBy} ${shanghaiMinute(one.raisedAt)}`, share: 3, size: 8.5 },
        { text: answerText(one), share: 3, size: 8.5 },
      ]),
      [
        { text: '资源', share: 1.2, label: true, bold: true, size: 8.5 },
        { text: '异议', share: 3, label: true, bold: true, size: 8.5 },
        { text: '答复', share: 3, label: true, bold: true, size: 8.5 },
      ],
    );
  }
  paper.section('签章', SEALS_HEIGHT);
  const signed = '经办人签字：\n　　　　　　年　　月　　日';
  paper.seals([
    { title: '使用单位（盖章）', foot: signed },
    { title: '省大数据中心（盖章）', foot: signed },
  ]);
  paper.note(
    `盖章后请扫描上传，并填写校验码 ${checkCodeOf(contentHash)}。交付清单的任何内容变更后，本单及其扫描件即作废，须重新打印盖章。`,
  );
  paper.note('初始口令不随本单交付，由申请单经办人在集云中领取，仅显示一次。计量自各资源的开通时间起算。');
  return paper.end();
}

function standing(sheet: SheetRow): string {
  if (sheet.confirmedAt)
    return sheet.byRule
      ? `逾期未提出异议，${shanghaiMinute(sheet.confirmedAt)} 按规则默认确认`
      : `${sheet.confirmedBy} 于 ${shanghaiMinute(sheet.confirmedAt)} 确认`;
  if (sheet.state === 'OBJECTED') return '有异议，待答复';
  return sheet.dueAt ? `待确认，${shanghaiMinute(sheet.dueAt)} 后默认确认` : '待确认';
}

function itemRow(item: SheetItem): Cell[] {
  return cells([
    `${KIND_NAMES[item.kind ?? 'VM']}\n${item.code}`,
    item.name,
    item.specification,
    item.center,
    [...item.addresses, item.clusterObject ?? '', item.evidence ?? ''].filter((part) => part).join('\n'),
    item.provisionedBy,
    item.deliveredAt ? shanghaiMinute(new Date(item.deliveredAt)) : '',
  ]);
}

function answerText({ answer, answeredAt, answeredBy }: ObjectionRow): string {
  return answer && answeredAt ? `${answer}\n${answeredBy} ${shanghaiMinute(answeredAt)}` : '待答复';
}
