/** Decides which files people may attach, how large and how many, and what a file is by its content. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { ok, type Result, refuse } from '../../kernel/result.js';

/** A scanned contract of fifty pages has some 15 MiB. */
export const FILE_BYTES_MAX = 20 * 1024 * 1024;
export const FILE_NAME_CHARS_MAX = 200;
/** What was sent and attached to nothing goes after a day: a form that is still open then has to be begun again. */
export const UNATTACHED_LIFE_MS = 24 * 60 * 60_000;
/** A person's files that are attached to nothing yet: three hundred device types, or ten scans of the largest size. */
export const UNATTACHED_FILES_MAX = 300;
export const UNATTACHED_BYTES_MAX = 200 * 1024 * 1024;

export const MEDIA_TYPES = {
  PDF: 'application/pdf',
  OFD: 'application/ofd',
  DOCX: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  PNG: 'image/png',
  JPEG: 'image/jpeg',
  CSV: 'text/csv',
  YAML: 'application/yaml',
} as const;
export type MediaType = (typeof MEDIA_TYPES)[keyof typeof MEDIA_TYPES];

export interface StoredFile {
  readonly id: string;
  /** As it was called where it came from. Never a path here. */
  readonly name: string;
  readonly mediaType: MediaType;
  readonly sizeBytes: number;
  /** Of the bytes, lower-case hexadecimal. */
  readonly sm3: string;
  readonly uploadedAt: Date;
  /** null = by a command. */
  readonly uploadedBy: string | null;
  /** null = attached to nothing yet. */
  readonly ownerType: string | null;
  readonly ownerId: string | null;
}

/** Zip containers are told apart by a part that only they have. */
const CONTAINERS: readonly (readonly [part: string, type: MediaType])[] = [
  ['xl/workbook.xml', MEDIA_TYPES.XLSX],
  ['word/document.xml', MEDIA_TYPES.DOCX],
  ['OFD.xml', MEDIA_TYPES.OFD],
];
const MACROS = /(^|\/)(vbaProject\.bin|.*\.vbs|.*\.js)$/i;
const YAML_NAME = /\.ya?ml$/i;
const TEXT_NAME = /\.(csv|ya?ml)$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a name may not hold.
const NOT_IN_A_NAME = /[\u0000-\u001f\u007f\\/:*?"<>|\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

export function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
}

/**
 * What the file is: by its first bytes, and for a zip container by the names of its parts. The name decides only between
 * kinds of text. Old and protected workbooks are no container that anyone can look into and are refused.
 */
export function mediaTypeOf(bytes: Uint8Array, parts: readonly string[], name: string): Result<MediaType, Bilingual> {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return ok(MEDIA_TYPES.PDF);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return ok(MEDIA_TYPES.PNG);
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return ok(MEDIA_TYPES.JPEG);
  if (isZip(bytes)) return containerOf(parts);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return refuse(
      say(
        '旧版 Office 文件或有密码保护的文件，请另存为无密码的 .xlsx 或 .docx',
        'an old or password-protected Office file; save it as .xlsx or .docx without a password',
      ),
    );
  if (TEXT_NAME.test(name) && isText(bytes)) return ok(YAML_NAME.test(name) ? MEDIA_TYPES.YAML : MEDIA_TYPES.CSV);
  return refuse(notAllowed());
}

function containerOf(parts: readonly string[]): Result<MediaType, Bilingual> {
  if (parts.some((part) => MACROS.test(part)))
    return refuse(say('文件含有宏，已拒绝', 'the file contains macros and is refused'));
  const found = CONTAINERS.find(([part]) => parts.includes(part));
  return found ? ok(found[1]) : refuse(notAllowed());
}

function notAllowed(): Bilingual {
  return say(
    '不支持的文件类型；可上传 PDF、OFD、DOCX、XLSX、CSV、YAML、PNG、JPG',
    'this type of file is not allowed; PDF, OFD, DOCX, XLSX, CSV, YAML, PNG and JPG are',
  );
}

/** Text of any encoding but for UTF-16, which announces itself: whether it is the right one is the reader's to say. */
function isText(bytes: Uint8Array): boolean {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return true;
  return !bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** The last part of what a browser calls the file, without what could mislead a file system or an eye. */
export function fileNameOf(given: string): string | undefined {
  const base = given.split(/[\\/]/).at(-1) ?? '';
  const name = base.toWellFormed().replace(NOT_IN_A_NAME, '').trim().slice(0, FILE_NAME_CHARS_MAX);
  return name === '' || name === '.' || name === '..' ? undefined : name;
}
