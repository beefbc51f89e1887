import { dateText, numberText } from './number-text.js';
import { RowCollector } from './row-collector.js';
import { problem, type ReadProgress, type SheetProblem, type SheetResult, Unreadable } from './sheet.js';
import { Archive } from './unpack.js';
import { readDateStyles, readSharedStrings, readWorkbook } from './workbook-parts.js';
import { walkXml, type XmlListener } from './xml-text.js';

const ZIP_MARK = Buffer.from('PK\u0003\u0004', 'latin1');
/** The container of old .xls files, and of every workbook with a password. */
const OLD_MARK = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const CELL = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/;

/**
 * The first visible sheet of an XLSX workbook as texts. What would be stored otherwise than it looks is refused at its
 * cell: formulas, merged cells, error values, numbers that have lost digits.
 */
export async function readXlsx(
  bytes: Buffer,
  onProgress: ReadProgress = () => {},
  collector = new RowCollector(),
): Promise<SheetResult> {
  try {
    if (bytes.subarray(0, OLD_MARK.length).equals(OLD_MARK))
      throw Unreadable.because(
        '这是旧版 .xls 文件或有密码保护，请另存为无密码的 .xlsx',
        'this is an old .xls file or has a password; save it as .xlsx without one',
      );
    if (!bytes.subarray(0, ZIP_MARK.length).equals(ZIP_MARK))
      throw Unreadable.because('这不是 XLSX 文件', 'this is no XLSX file');
    const archive = await Archive.open(bytes);
    const { sheetPart, from1904 } = await readWorkbook(archive);
    const strings = await readSharedStrings(archive);
    const dateStyles = await readDateStyles(archive);
    const size = Math.max(1, archive.sizeOf(sheetPart));
    let read = 0;
    await walkXml(archive.text(sheetPart), new SheetListener(collector, strings, dateStyles, from1904), (chars) => {
      read += chars;
      onProgress(Math.min(1, read / size));
    });
    return collector.result();
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, error: error.problems };
    throw error;
  }
}

class SheetListener implements XmlListener {
  private row = 0;
  private column = -1;
  private cells: string[] = [];
  private type = 'n';
  private isDate = false;
  private value = '';
  private taking = false;
  private inReading = false;
  private formula = false;

  constructor(
    private readonly collector: RowCollector,
    private readonly strings: readonly string[],
    private readonly dateStyles: readonly boolean[],
    private readonly from1904: boolean,
  ) {}

  open(name: string, attributes: { readonly [name: string]: string | undefined }): void {
    if (name === 'row') {
      this.row = attributes.r === undefined ? this.row + 1 : Number(attributes.r);
      this.column = -1;
      this.cells = [];
    } else if (name === 'c') this.openCell(attributes);
    else if (name === 'f') this.formula = true;
    else if (name === 'rPh') this.inReading = true;
    else if (name === 'v' || (name === 't' && !this.inReading)) this.taking = true;
    else if (name === 'mergeCell') this.merged(attributes.ref ?? '');
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.taking = false;
    else if (name === 'rPh') this.inReading = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.collector.add(this.row, this.cells);
  }

  text(piece: string): void {
    if (this.taking) this.value += piece;
  }

  private openCell(attributes: { readonly [name: string]: string | undefined }): void {
    const place = CELL.exec(attributes.r ?? '');
    this.column = place ? columnNumber(place[1] as string) : this.column + 1;
    this.type = attributes.t ?? 'n';
    this.isDate = this.dateStyles[Number(attributes.s ?? 0)] ?? false;
    this.value = '';
    this.formula = false;
  }

  private closeCell(): void {
    if (this.formula)
      this.tell('是公式，请改为数值（复制后选择性粘贴“数值”）', 'is a formula; paste its value there instead');
    if (this.value === '') return;
    // Holes in between, not a hole of 16,000 columns: too many columns are told by the collector.
    while (this.cells.length < this.column) this.cells.push('');
    this.cells[this.column] = this.textOfCell();
  }

  private textOfCell(): string {
    switch (this.type) {
      case 's':
        return this.strings[Number(this.value)] ?? '';
      case 'b':
        return this.value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
        this.tell(`是错误值 ${this.value}`, `holds the error ${this.value}`);
        return '';
      case 'str':
      case 'inlineStr':
        return this.value;
      case 'd':
        return this.value.replace(/T00:00:00(\.0+)?Z?$/, '');
      default:
        return this.numberOfCell();
    }
  }

  private numberOfCell(): string {
    if (this.isDate) {
      const date = dateText(this.value, this.from1904);
      if (date === undefined) this.tell('不是有效日期', 'is no valid date');
      return date ?? '';
    }
    const text = numberText(this.value);
    if (text === undefined)
      this.tell(
        '是超过 15 位的数字，末尾几位已丢失，请将单元格设为文本后重新填写',
        'is a number of more than 15 digits and has lost its last ones; format the cell as text and type it again',
      );
    return text ?? '';
  }

  private merged(range: string): void {
    const [first = ''] = range.split(':');
    const place = CELL.exec(first);
    this.collector.tell(
      mergedProblem(range, place ? Number(place[2]) : null, place ? columnNumber(place[1] as string) : null),
    );
  }

  private tell(zh: string, en: string): void {
    this.collector.tell(problem(this.row, this.column, zh, en));
  }
}

function mergedProblem(range: string, row: number | null, column: number | null): SheetProblem {
  return problem(
    row,
    column,
    `${range} 是合并单元格，请取消合并并逐格填写`,
    `${range} are merged; unmerge them and fill in each cell`,
  );
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}
