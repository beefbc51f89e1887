/** Decides what may be laid beside a request, and how much of it. */
import { MEDIA_TYPES, type MediaType } from '../../files/domain/stored-file.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** LETTER 公函, TECHNICAL_PLAN 技术方案. */
export const ATTACHMENT_KINDS = ['LETTER', 'TECHNICAL_PLAN', 'OTHER'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

export const ATTACHMENT_WORDS: Readonly<Record<AttachmentKind, Bilingual>> = {
  LETTER: say('公函', 'official letter'),
  TECHNICAL_PLAN: say('技术方案', 'technical plan'),
  OTHER: say('其他材料', 'other paper'),
};

/** A letter, a plan of some volumes and what belongs to them; each is printed on the form by name and SM3. */
export const ATTACHMENTS_MAX = 20;

/** What people read and put a seal on; tables and texts for machines come in by their own ways. */
const READABLE: ReadonlySet<MediaType> = new Set([
  MEDIA_TYPES.PDF,
  MEDIA_TYPES.OFD,
  MEDIA_TYPES.DOCX,
  MEDIA_TYPES.XLSX,
  MEDIA_TYPES.PNG,
  MEDIA_TYPES.JPEG,
]);

/** null = they may be laid beside those that are there. `files` null = one of them is no upload of whoever attaches. */
export function attachingRefused(
  standing: number,
  files: readonly ({ readonly name: string; readonly mediaType: MediaType } | null)[],
): Refusal | null {
  const invalid = (rule: string, message: Bilingual): Refusal => ({
    code: 'INVALID_INPUT',
    path: ['fileIds'],
    rule,
    message,
  });
  if (files.length === 0) return invalid('required', say('请选择文件', 'Choose a file'));
  if (files.some((file) => file === null))
    return {
      code: 'UNKNOWN_REFERENCE',
      path: ['fileIds'],
      message: say(
        '找不到上传的文件，请重新上传；已有的附件未变',
        'There is no such upload of yours: send it again. What was attached before is kept',
      ),
    };
  if (standing + files.length > ATTACHMENTS_MAX)
    return invalid(
      'count',
      say(
        `一张申请单最多 ${ATTACHMENTS_MAX} 个附件，现有 ${standing} 个`,
        `A request has at most ${ATTACHMENTS_MAX} attachments; this one has ${standing}`,
      ),
    );
  const unreadable = files.find((file) => file !== null && !READABLE.has(file.mediaType));
  return unreadable
    ? invalid(
        'type',
        say(
          `附件须为 PDF、OFD、DOCX、XLSX、PNG 或 JPG：${unreadable.name} 未添加`,
          `An attachment is PDF, OFD, DOCX, XLSX, PNG or JPG: ${unreadable.name} was not added`,
        ),
      )
    : null;
}
