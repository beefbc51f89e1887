import { type ZipPart, zipOf } from './zip.ts';

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export interface WorkbookParts {
  /** What stands inside <sheetData>. */
  readonly rows: string;
  /** What stands behind it, e.g. <mergeCells>. */
  readonly behind?: string;
  readonly strings?: readonly string[];
  /** numFmtId of each cell style, the first being style 0. */
  readonly formats?: readonly number[];
  readonly customFormats?: Readonly<Record<number, string>>;
  readonly from1904?: boolean;
  readonly more?: readonly ZipPart[];
}

/** A workbook by its XML, so that a test says exactly what a cell is. */
export function workbookOf(parts: WorkbookParts): Buffer {
  return zipOf(partsOf(parts));
}

export function partsOf({
  rows,
  behind = '',
  strings,
  formats = [0],
  customFormats = {},
  from1904,
  more = [],
}: WorkbookParts): ZipPart[] {
  const codes = Object.entries(customFormats).map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`);
  return [
    {
      name: 'xl/workbook.xml',
      content: `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets><sheet name="Notes" sheetId="1" state="hidden" r:id="rId9"/><sheet name="Sheet" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
    },
    ...(strings
      ? [
          {
            name: 'xl/sharedStrings.xml',
            content: `<sst xmlns="${MAIN}">${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
          },
        ]
      : []),
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${behind}</worksheet>`,
    },
    ...more,
  ];
}

/** A row of inline texts; empty cells are left out, as spreadsheets do. */
export function textRow(number: number, texts: readonly string[]): string {
  const cells = texts.map((text, column) =>
    text === ''
      ? ''
      : `<c r="${String.fromCharCode(65 + column)}${number}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`,
  );
  return `<row r="${number}">${cells.join('')}</row>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
