import { shanghaiMinute } from '../../documents/domain/form-words.js';
import { checkCodeOf } from '../../documents/domain/scan.js';
import { type Cell, Paper, SEALS_HEIGHT } from '../../platform/paper/paper.js';
import type { DocumentKind, Party } from '../domain/go-live-policy.js';
import { DOCUMENT_WORDS } from '../domain/trial.js';
import type { AcceptanceFacts, CaseRow, SignatureRow, SystemInUse } from '../go-live.types.js';

export interface AcceptancePrint {
  readonly row: CaseRow;
  readonly content: AcceptanceFacts;
  readonly contentHash: string;
  readonly parties: readonly Party[];
  /** Of the round that runs, or ended. */
  readonly signatures: readonly SignatureRow[];
  readonly printedAt: Date;
  readonly printedBy: string;
}

const NOTHING = '—';
const MIB_PER_GIB = 1024;
const PARTY_NAMES: { readonly [P in Party]: string } = {
  DEPARTMENT: '使用单位',
  CENTER: '省大数据中心',
  VENDOR: '承建单位',
  ASSESSOR: '测评机构',
};
const label = (text: string, share = 1.15): Cell => ({ text, share, label: true });
const value = (text: string, share = 2.2): Cell => ({ text: text || NOTHING, share });
const row = (texts: readonly string[], shares: readonly number[], more: Partial<Cell> = {}): Cell[] =>
  texts.map((text, index) => ({ text: text || NOTHING, share: shares[index] ?? 1, size: 8.5, ...more }));
const head = (texts: readonly string[], shares: readonly number[]) => row(texts, shares, { label: true, bold: true });

const ENTRY_SHARES = [1.2, 0.9, 4, 2.2, 1];
const DOCUMENT_SHARES = [1.5, 3, 4];
/** Boxes beside each other: three, or four in two rows. */
const SEALS_IN_A_ROW = { few: 3, many: 2 };

/** 政务信息系统上线验收单. */
export function printAcceptanceSheet(print: AcceptancePrint): Promise<Buffer> {
  const { row: golive, content, contentHash, printedAt, printedBy } = print;
  const checkCode = checkCodeOf(contentHash);
  const paper = new Paper({
    title: `政务信息系统上线验收单 ${golive.code}`,
    author: content.system.department,
    at: printedAt,
    left: `${golive.code}　校验码 ${checkCode}\nSM3 ${contentHash}`,
  });
  paper.head(
    '政务信息系统上线验收单',
    [`编号：${golive.code}`, `校验码：${checkCode}`, `打印：${shanghaiMinute(printedAt)}　${printedBy}`],
    `JIYUN ${golive.code} SM3:${contentHash}`,
  );
  basics(paper, print);
  paper.section(`二、试运行记录（${content.entries.length} 项）`);
  paper.table(
    content.entries.map((entry) =>
      row(
        [
          entry.day,
          entry.kind === 'INCIDENT' ? '故障' : '记录',
          entry.text,
          entry.kind === 'INCIDENT' ? (entry.resolution ?? '未解决') : '',
          entry.by,
        ],
        ENTRY_SHARES,
      ),
    ),
    head(['日期', '类别', '内容', '处理结果', '登记人'], ENTRY_SHARES),
  );
  paper.section(`三、验收材料（${content.documents.length} 份）`);
  paper.table(
    content.documents.map((document) =>
      row(
        [
          documentName(document.kind),
          [document.fileName, document.reference].filter((part) => part).join('\n'),
          document.sm3 ? `SM3 ${document.sm3}` : '',
        ],
        DOCUMENT_SHARES,
        { size: 8 },
      ),
    ),
    head(['材料', '文件或编号', '校验值'], DOCUMENT_SHARES),
  );
  paper.section('四、验收意见');
  paper.table(
    print.parties.map((party) => opinionRow(party, print.signatures)),
    OPINION_HEAD,
  );
  const foot = '负责人签字：\n　　　　　　年　　月　　日';
  const boxes = print.parties.map((party) => ({ title: `${PARTY_NAMES[party]}（盖章）`, foot }));
  const beside = boxes.length > SEALS_IN_A_ROW.few ? SEALS_IN_A_ROW.many : SEALS_IN_A_ROW.few;
  paper.section('签章', SEALS_HEIGHT * Math.ceil(boxes.length / beside));
  for (let at = 0; at < boxes.length; at += beside) paper.seals(boxes.slice(at, at + beside));
  paper.note('各方在集云中打开验收材料后签署；签署内容由校验码和 SM3 值绑定，材料变更后须重新提交验收。');
  return paper.end();
}

function basics(paper: Paper, { row: golive, content }: AcceptancePrint): void {
  const { system, trial } = content;
  paper.section('一、基本情况');
  paper.table([
    [label('政务信息系统'), value(system.name), label('系统编号'), value(system.code)],
    [label('使用单位'), value(system.department), label('承建单位'), value(system.vendorCompany ?? '')],
    [
      label('等级保护'),
      value(`第${['一', '二', '三'][system.protectionLevel - 1] ?? ''}级`),
      label('备案编号'),
      value(system.filingNumber ?? ''),
    ],
    [label('试运行'), value(`${trial.begunOn} 起`), label('可验收日期'), value(trial.overOn)],
    [label('在用资源'), value(inUseText(content.resources), 5.55)],
    [label('结论'), value(conclusion(golive), 5.55)],
  ]);
}

function inUseText({
  machines,
  vcpu,
  memoryMib,
  diskGib,
  servers,
  places = 0,
  services = 0,
  centers,
}: SystemInUse): string {
  return [
    ...(machines > 0
      ? [`虚拟机 ${machines} 台（${vcpu} 核 ${Math.round(memoryMib / MIB_PER_GIB)} GiB，磁盘 ${diskGib} GiB）`]
      : []),
    ...(servers > 0 ? [`独立服务器 ${servers} 台`] : []),
    ...(places > 0 ? [`机柜空间 ${places} 处`] : []),
    ...(services > 0 ? [`服务 ${services} 项`] : []),
    ...(centers.length > 0 ? [centers.join('、')] : []),
  ].join('；');
}

function conclusion({ state, liveSince, round }: CaseRow): string {
  if (liveSince) return `各方同意，${liveSince} 正式上线`;
  if (state === 'ACCEPTANCE') return `第 ${round} 次提交验收，会签中`;
  return state === 'STOPPED' ? '已终止' : '试运行中，尚未提交验收';
}

const OPINION_SHARES = [1.3, 1, 3.6, 1.7, 1.5];
const OPINION_HEAD = head(['签署方', '结论', '意见', '签署人', '时间'], OPINION_SHARES);

function opinionRow(party: Party, signatures: readonly SignatureRow[]): Cell[] {
  const signed = signatures.find((one) => one.party === party);
  if (!signed) return row([PARTY_NAMES[party], '待签署', '', '', ''], OPINION_SHARES);
  const by = signed.organisation
    ? `${signed.signerName}（${signed.organisation}）\n纸质签署，${signed.enteredBy} 登记`
    : signed.signerName;
  const decision = signed.decision === 'ACCEPT' ? '同意上线' : '不同意';
  return row([PARTY_NAMES[party], decision, signed.opinion, by, shanghaiMinute(signed.at)], OPINION_SHARES);
}

function documentName(kind: DocumentKind): string {
  return DOCUMENT_WORDS[kind].zh;
}
