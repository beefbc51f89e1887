import { isDateFormat } from './number-text.js';
import { TEXT_CHARS_MAX, Unreadable } from './sheet.js';
import type { Archive } from './unpack.js';
import { walkXml } from './xml-text.js';

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const SHARED_STRINGS = 'xl/sharedStrings.xml';
const STYLES = 'xl/styles.xml';

export interface Workbook {
  /** Part of the first sheet that a person sees. */
  readonly sheetPart: string;
  readonly from1904: boolean;
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const sheets: { relation: string; visible: boolean }[] = [];
  let from1904 = false;
  await walkXml(archive.text(WORKBOOK), {
    open(name, attributes) {
      if (name === 'sheet')
        sheets.push({ relation: attributes['r:id'] ?? '', visible: (attributes.state ?? 'visible') === 'visible' });
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
    },
    close() {},
    text() {},
  });
  const targets = new Map<string, string>();
  await walkXml(archive.text(RELATIONS), {
    open(name, attributes) {
      if (name === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '');
    },
    close() {},
    text() {},
  });
  const target = targets.get(sheets.find((sheet) => sheet.visible)?.relation ?? '');
  const sheetPart = target?.startsWith('/') ? target.slice(1) : `xl/${target ?? ''}`;
  if (target === undefined || !archive.has(sheetPart))
    throw Unreadable.because('文件中没有可见的工作表', 'there is no visible sheet in the file');
  return { sheetPart, from1904 };
}

/** Texts that cells name by number, so that each is kept once. */
export async function readSharedStrings(archive: Archive): Promise<readonly string[]> {
  const texts: string[] = [];
  let text = '';
  let chars = 0;
  let inText = false;
  // Readings (拼音, furigana) stand beside the text and are no part of it.
  let inReading = false;
  await walkXml(archive.text(SHARED_STRINGS), {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') inReading = true;
      inText = name === 't' && !inReading;
    },
    close(name) {
      if (name === 'rPh') inReading = false;
      if (name === 't') inText = false;
      if (name === 'si') texts.push(text);
    },
    text(piece) {
      if (!inText) return;
      text += piece;
      chars += piece.length;
      if (chars > TEXT_CHARS_MAX)
        throw Unreadable.because(
          '表格文字总量过大，请分成几个文件导入',
          'the table holds too much text; import it as several files',
        );
    },
  });
  return texts;
}

/** Whether a cell of each style shows a date. */
export async function readDateStyles(archive: Archive): Promise<readonly boolean[]> {
  const codes = new Map<number, string>();
  const dates: boolean[] = [];
  let inCellFormats = false;
  await walkXml(archive.text(STYLES), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        dates.push(isDateFormat(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text() {},
  });
  return dates;
}
