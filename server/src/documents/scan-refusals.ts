import { MEDIA_TYPES } from '../files/domain/stored-file.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import type { RequestState } from '../requests/domain/request-state.js';
import type { VersionRow } from './documents.types.js';
import type { PaperContent, SealablePaper } from './domain/paper-content.js';
import type { PortState } from './domain/ports.js';
import { checkCodeOf, SCAN_TYPES } from './domain/scan.js';

const CODE_PATH: InputPath = ['checkCode'];

/** Who sends a scan, as people are told who may not. */
const SENDERS: { readonly [P in SealablePaper]: Bilingual } = {
  REQUEST_FORM: say(
    '盖章件由申请单位的经办人或负责人上传',
    'The sealed form is sent by the department’s applicant or head',
  ),
  DELIVERY_SHEET: say(
    '开通确认单的盖章件由使用单位的经办人或负责人、或大数据中心上传',
    'The sealed delivery sheet is sent by the department’s applicant or head, or by the center',
  ),
};

export function unknown(field: string, zh: string, en: string): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: [field], message: say(zh, en) };
}

export function unknownFile(): Refusal {
  return unknown('fileId', '找不到这个文件，请重新上传', 'There is no such file; send it again');
}

export function noSheetYet(): Refusal {
  return unknown(
    'requestId',
    '申请单尚未全部开通，还没有开通确认单',
    'Not all of the request is delivered yet, so it has no delivery sheet',
  );
}

export function hasEnded(state: RequestState): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state,
    action: 'UPLOAD_SCAN',
    message: say('申请单已结束，不再接收盖章件', 'The request has ended and takes no sealed form any more'),
  };
}

export function notTheirPaper(paper: SealablePaper): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason: 'role', message: SENDERS[paper] };
}

/** null = it is what scanners make. */
export function wrongFile(mediaType: string | undefined, ofd: PortState): Refusal | null {
  if (mediaType === undefined) return unknownFile();
  if (mediaType === MEDIA_TYPES.OFD && !ofd.configured)
    return { code: 'INVALID_INPUT', path: ['fileId'], rule: 'ofd', message: ofd.text };
  if ((SCAN_TYPES as readonly string[]).includes(mediaType)) return null;
  return {
    code: 'INVALID_INPUT',
    path: ['fileId'],
    rule: 'type',
    message: say('扫描件须为 PDF、JPG 或 PNG', 'A scan is a PDF, JPG or PNG'),
  };
}

export function wrongCode(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: CODE_PATH,
    rule: 'checkCode',
    message: say(
      '校验码与打印过的任何一版都不符，请按纸质表左上角或页脚填写',
      'The check code is of no version that was printed; read it at the top or foot of the paper',
    ),
  };
}

export function oldVersion({ number }: VersionRow, now: PaperContent): Refusal {
  const code = checkCodeOf(now.contentHash);
  return {
    code: 'INVALID_INPUT',
    path: CODE_PATH,
    rule: 'oldVersion',
    message: say(
      `这是第 ${number} 版，打印后内容已变更（现校验码 ${code}）；请重新打印、盖章`,
      `This is version ${number}; what it says has changed since (its check code is ${code} now): print and seal it anew`,
    ),
  };
}
