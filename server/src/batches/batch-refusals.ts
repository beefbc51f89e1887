import { type Bilingual, say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { LINES_MAX } from '../requests/domain/content.js';
import type { Batch } from './domain/batch.js';

export function invalid(path: InputPath, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path, rule, message };
}

export function unknownBatch(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这张批量表，或不属于您的单位', 'There is no such table, or it is not your department’s'),
  };
}

export function unknownRow(path: InputPath): Refusal {
  return invalid(path, 'unknownRow', say('表中没有这一行', 'The table has no such row'));
}

export function fullTable(): Refusal {
  return invalid(
    [],
    'range',
    say(
      `一张申请单最多 ${LINES_MAX} 行明细，这张表已满：先取入或删除一些行`,
      `A request has ${LINES_MAX} lines at most, and the table is full: take rows in or out first`,
    ),
  );
}

export function unknownFile(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['fileId'],
    message: say(
      '找不到上传的文件，或已用于别处，请重新上传',
      'The file is not there or is used elsewhere; send it again',
    ),
  };
}

/** null = the act may go on. */
export function notNow(batch: Batch, expectedVersion: number, action: string): Refusal | null {
  if (batch.state !== 'OPEN')
    return {
      code: 'ILLEGAL_TRANSITION',
      path: [],
      state: batch.state,
      action,
      message:
        batch.state === 'TAKEN'
          ? say('这张表已全部取入草稿', 'All of this table is in the draft already')
          : say('这张表已放弃', 'This table was discarded'),
    };
  if (batch.version === expectedVersion) return null;
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected: expectedVersion,
    current: batch.version,
    message: say(
      `这张表刚在别处改到第 ${batch.version} 版：这一次改动没有保存，其余单元格都在。请刷新后再改`,
      `The table was changed elsewhere and is version ${batch.version} now: this change was not saved, all other cells are kept. Look again and repeat it`,
    ),
  };
}
