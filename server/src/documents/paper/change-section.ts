import type { Cell } from '../../platform/paper/paper.js';
import type { FormChange, FormModes, FormServiceChange, FormSize } from '../domain/form-content.js';
import { valueWord } from '../domain/form-words.js';

const MIB_PER_GIB = 1024;
const SIZE = 8;

const head = (text: string, share: number): Cell => ({ text, share, label: true, bold: true, size: 8.5 });
const cell = (text: string, share: number, bold = false): Cell => ({ text, share, bold, size: SIZE });

export const MODES_HEAD: Cell[] = [head('明细', 2), head('容灾模式（现在）', 3.5), head('容灾模式（变更后）', 3.5)];

export const RESOURCES_HEAD: Cell[] = [
  head('资源', 3),
  head('明细', 1.4),
  head('vCPU（核）', 1.5),
  head('内存（GiB）', 1.6),
  head('磁盘（GiB）', 1.6),
];

export function modesRows({ modes }: FormChange): Cell[][] {
  return modes.map(({ line, from, to }) => [
    cell(line, 2),
    cell(modesWord(from), 3.5),
    cell(modesWord(to), 3.5, modesWord(from) !== modesWord(to)),
  ]);
}

/** Field by field what it is now and what it becomes; what stays is said once. */
export function resourcesRows({ resources }: FormChange): Cell[][] {
  return resources.map(({ line, code, name, from, to }) => {
    const part = (of: (size: FormSize) => number, share: number): Cell => {
      if (to === null) return cell(`${of(from)} → 放入回收站`, share, true);
      const [now, then] = [of(from), of(to)];
      return now === then ? cell(`${now}（不变）`, share) : cell(`${now} → ${then}`, share, true);
    };
    return [
      cell(`${name}（${code}）`, 3),
      cell(line, 1.4),
      part(({ vcpu }) => vcpu, 1.5),
      part(({ memoryMib }) => memoryMib / MIB_PER_GIB, 1.6),
      part(({ diskGib }) => diskGib, 1.6),
    ];
  });
}

export const SERVICES_HEAD: Cell[] = [head('服务', 2.4), head('项目', 2), head('现在', 2.3), head('变更后', 2.3)];

/** One row a question: what it is now and what it becomes; what stays is said once. */
export function servicesRows(services: readonly FormServiceChange[]): Cell[][] {
  return services.flatMap(({ line, service, unit, count, answers }) => {
    const rows = [{ label: '数量', from: `${count.from} ${unit}`, to: `${count.to} ${unit}` }, ...answers];
    return rows.map(({ label, from, to }, at) => [
      cell(at === 0 ? `${line}（${service}）` : '', 2.4),
      cell(label, 2),
      cell(from === '' ? '—' : from, 2.3),
      from === to ? cell('不变', 2.3) : cell(to === '' ? '—' : to, 2.3, true),
    ]);
  });
}

function modesWord({ localMode, remoteMode }: FormModes): string {
  return remoteMode === 'NONE' ? valueWord(localMode) : `${valueWord(localMode)} + ${valueWord(remoteMode)}`;
}
