/** Decides what the monthly notice of use (资源使用通报) tells the head of a department, and what of it wants something done. */
import { GRADE_WORDS, type Grade } from '../../grades/domain/grade.js';
import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';

/** One system of the department, as the month ended. */
export interface SystemInNotice {
  readonly code: string;
  readonly name: string;
  readonly machines: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  /** Hundredths of a percent over the month; null = not seen. */
  readonly cpuMean: number | null;
  readonly memoryMean: number | null;
  /** Fen as text: the content is plain JSON. */
  readonly cost: string;
  readonly grade: Grade | null;
}

export interface UsageContent {
  readonly month: string;
  readonly departmentName: string;
  readonly systems: readonly SystemInNotice[];
  readonly machines: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly cpuMean: number | null;
  readonly memoryMean: number | null;
  /** Of all departments together: what is one's own is read beside it. */
  readonly provinceCpuMean: number | null;
  readonly provinceMemoryMean: number | null;
  readonly cost: string;
  readonly costBefore: string;
  readonly openCases: number;
  readonly grade: Grade | null;
  readonly gradeCode: string | null;
}

/** Use below this, of both, is named: hundredths of a percent. */
const LOW_USE = 1_000;

/** The findings in the order in which they are urgent; empty = nothing to do. */
export function findingsOf(content: UsageContent): Bilingual[] {
  const low = content.systems.filter(
    ({ cpuMean, memoryMean }) => cpuMean !== null && memoryMean !== null && Math.max(cpuMean, memoryMean) < LOW_USE,
  );
  const poor = content.systems.filter(({ grade }) => grade === 'POOR');
  const unseen = content.systems.filter(({ machines, cpuMean }) => machines > 0 && cpuMean === null);
  const names = (systems: readonly SystemInNotice[]) => systems.map(({ name }) => name);
  const found: Bilingual[] = [];
  if (poor.length > 0)
    found.push(
      say(
        `${poor.length} 个系统绩效等次为“${GRADE_WORDS.POOR.zh}”，不予扩容：${names(poor).join('、')}`,
        `${counted(poor.length, 'system is graded poor and may not grow', 'systems are graded poor and may not grow')}: ${names(poor).join(', ')}`,
      ),
    );
  if (content.openCases > 0)
    found.push(
      say(
        `${content.openCases} 件闲置回收待答复`,
        `${counted(content.openCases, 'reclaim case waits', 'reclaim cases wait')} for the department’s answer`,
      ),
    );
  if (low.length > 0)
    found.push(
      say(
        `${low.length} 个系统 CPU 和内存平均利用率均低于 ${LOW_USE / 100}%：${names(low).join('、')}`,
        `${counted(low.length, 'system', 'systems')} used less than ${LOW_USE / 100}% of CPU and of memory: ${names(low).join(', ')}`,
      ),
    );
  if (unseen.length > 0)
    found.push(
      say(
        `${unseen.length} 个系统本月没有利用率数据：${names(unseen).join('、')}`,
        `No use was recorded of ${counted(unseen.length, 'system', 'systems')}: ${names(unseen).join(', ')}`,
      ),
    );
  return found;
}

export function usageNoticeMade(id: string, departmentId: string, content: UsageContent): Notice {
  const { length } = findingsOf(content);
  const [zh, en] =
    length === 0 ? ['', ''] : [`，${length} 项需要处理`, `, ${counted(length, 'thing', 'things')} to do`];
  return {
    kind: length === 0 ? 'WORK_MOVED' : 'WORK_WAITING',
    subject: { type: 'UsageNotice', id },
    audience: { roles: [{ role: 'DEPARTMENT_HEAD', departmentId }] },
    text: say(`${content.month} 资源使用通报已生成${zh}`, `The notice of use of ${content.month} is there${en}`),
    onceKey: `usage-notice ${departmentId} ${content.month}`,
  };
}
