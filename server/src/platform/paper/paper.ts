import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import { breakLines } from './text-lines.js';

const fontFile = createRequire(import.meta.url).resolve;
/** Noto Sans SC (OFL): 30,890 characters; only those that are used go into the file. */
const FONTS = {
  regular: fontFile('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: fontFile('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
} as const;

/** Points; A4 is 595.28 × 841.89. */
const MARGIN = { left: 48, right: 48, top: 46, bottom: 58 };
const INK = '#1a1a1a';
const QUIET = '#5f6368';
const RULE = '#8a8f98';
const SHADE = '#f1f3f6';
const TEXT_SIZE = 9;
const CELL_PADDING = { x: 5, y: 4.5 };
const ROW_HEIGHT_MIN = 22;
const SIGN_HEIGHT = 56;
/** Of a row of boxes for seals; who heads it keeps the heading with them. */
export const SEALS_HEIGHT = 132;

export interface Cell {
  readonly text: string;
  /** Share of the row's width; the shares of a row are put in proportion. */
  readonly share: number;
  readonly label?: boolean;
  readonly bold?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  readonly size?: number;
}

export interface SealBox {
  readonly title: string;
  /** Under the room for the seal, e.g. where one signs. */
  readonly foot: string;
}

export interface Imprint {
  /** Left in the foot of each page. */
  readonly left: string;
  readonly title: string;
  readonly author: string;
  readonly at: Date;
  /** For wide tables. */
  readonly landscape?: boolean;
}

/**
 * A4 paper with ruled tables, as Chinese offices fill in and seal. It knows layout and nothing of what is written. Made
 * with the same facts it is the same file, byte by byte.
 */
export class Paper {
  private readonly doc: PDFKit.PDFDocument;
  private readonly pieces: Buffer[] = [];
  private readonly done: Promise<Buffer>;

  constructor(private readonly imprint: Imprint) {
    this.doc = new PDFDocument({
      size: 'A4',
      layout: imprint.landscape ? 'landscape' : 'portrait',
      margins: MARGIN,
      bufferPages: true,
      font: NONE_YET,
      pdfVersion: '1.7',
      lang: 'zh-CN',
      displayTitle: true,
      info: {
        Title: imprint.title,
        Author: imprint.author,
        Creator: '集云',
        CreationDate: imprint.at,
        ModDate: imprint.at,
      },
    });
    this.doc.lineWidth(0.6).strokeColor(RULE).fillColor(INK);
    this.use('regular');
    this.done = new Promise((resolve, reject) => {
      this.doc.on('data', (piece: Buffer) => this.pieces.push(piece));
      this.doc.on('end', () => resolve(Buffer.concat(this.pieces)));
      this.doc.on('error', reject);
    });
  }

  /** The head of the first page: what it is, its numbers at the left, the code at the right. */
  head(title: string, numbers: readonly string[], code: string): void {
    const { doc } = this;
    const side = 58;
    const top = doc.y;
    this.qr(code, doc.page.width - MARGIN.right - side, top, side);
    numbers.forEach((text, index) => {
      this.write(text, MARGIN.left, top + index * 13, this.width - side - 8, { size: 8, color: QUIET });
    });
    const titleTop = top + Math.max(numbers.length * 13, side - 24) + 2;
    this.write(title, MARGIN.left, titleTop, this.width, { size: 19, bold: true, align: 'center' });
    doc.y = titleTop + 38;
  }

  /** The head of a report: its name in the middle, and a line with what stands at its left and right. */
  title(title: string, subtitle: string, [left, right]: readonly [string, string]): void {
    const { doc } = this;
    const top = doc.y;
    this.write(title, MARGIN.left, top, this.width, { size: 17, bold: true, align: 'center' });
    this.write(subtitle, MARGIN.left, top + 28, this.width, { size: 9, color: QUIET, align: 'center' });
    this.write(left, MARGIN.left, top + 46, this.width / 2, { size: 8.5 });
    this.write(right, MARGIN.left + this.width / 2, top + 46, this.width / 2, { size: 8.5, align: 'right' });
    doc.y = top + 62;
  }

  /** One row of who signs, with room to write. */
  signatures(signs: readonly string[]): void {
    this.room(SIGN_HEIGHT);
    const width = this.width / signs.length;
    const top = this.doc.y + SIGN_HEIGHT / 2;
    signs.forEach((sign, index) => {
      this.write(sign, MARGIN.left + index * width, top, width - 8, { size: 9.5 });
    });
    this.doc.y += SIGN_HEIGHT;
  }

  /** @param follows height that is to stand on the same page. */
  section(title: string, follows = ROW_HEIGHT_MIN * 2): void {
    this.room(ROW_HEIGHT_MIN + follows);
    this.doc.y += 7;
    this.write(title, MARGIN.left, this.doc.y, this.width, { size: 10.5, bold: true });
    this.doc.y += 19;
  }

  /**
   * Rows of ruled cells; `head` is said again at the top of each page that the table runs on to.
   * @param continued more rows of the table that was drawn last: its head stands there already.
   */
  table(rows: readonly (readonly Cell[])[], head?: readonly Cell[], continued = false): void {
    if (head && !continued) this.row(head);
    for (const row of rows) {
      if (this.room(this.heightOf(row)) && head) this.row(head);
      this.row(row);
    }
  }

  /** Boxes beside each other with room for a round seal of 42 mm and a signature under it. */
  seals(boxes: readonly SealBox[]): void {
    const height = SEALS_HEIGHT;
    this.room(height);
    const top = this.doc.y;
    const width = this.width / boxes.length;
    boxes.forEach(({ title, foot }, index) => {
      const left = MARGIN.left + index * width;
      this.doc.rect(left, top, width, height).stroke();
      this.write(title, left + 6, top + 6, width - 12, { size: 9, bold: true });
      this.write(foot, left + 6, top + height - 36, width - 12, { size: 8.5, color: QUIET });
    });
    this.doc.y = top + height;
  }

  note(text: string): void {
    this.doc.y += 6;
    this.room(this.heightOfText(text, this.width, 8));
    this.write(text, MARGIN.left, this.doc.y, this.width, { size: 8, color: QUIET });
    this.doc.y += this.heightOfText(text, this.width, 8);
  }

  /** Numbers the pages and closes the file. */
  async end(): Promise<Buffer> {
    const { doc } = this;
    const { start, count } = doc.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      doc.switchToPage(page);
      const y = doc.page.height - 40;
      doc
        .moveTo(MARGIN.left, y - 5)
        .lineTo(doc.page.width - MARGIN.right, y - 5)
        .stroke();
      // Below the margin, where text would begin another page.
      doc.page.margins.bottom = 0;
      this.write(this.imprint.left, MARGIN.left, y, this.width - 90, { size: 7, color: QUIET });
      this.write(`第 ${page - start + 1} 页 共 ${count} 页`, doc.page.width - MARGIN.right - 90, y, 90, {
        size: 7.5,
        color: QUIET,
        align: 'right',
      });
    }
    doc.end();
    return this.done;
  }

  private get width(): number {
    return this.doc.page.width - MARGIN.left - MARGIN.right;
  }

  private get bottom(): number {
    return this.doc.page.height - MARGIN.bottom;
  }

  /** Begins another page where so much does not fit; says whether it did. */
  private room(height: number): boolean {
    if (this.doc.y + height <= this.bottom) return false;
    this.doc.addPage();
    this.doc.lineWidth(0.6).strokeColor(RULE).fillColor(INK);
    return true;
  }

  private row(cells: readonly Cell[]): void {
    const height = this.heightOf(cells);
    const top = this.doc.y;
    let left = MARGIN.left;
    for (const [index, cell] of cells.entries()) {
      const width = this.widthOf(cells, index);
      if (cell.label) this.doc.rect(left, top, width, height).fill(SHADE);
      this.doc.rect(left, top, width, height).stroke();
      const inner = width - 2 * CELL_PADDING.x;
      const textHeight = this.heightOfText(cell.text, inner, cell.size ?? TEXT_SIZE, cell.bold);
      this.write(cell.text, left + CELL_PADDING.x, top + (height - textHeight) / 2, inner, {
        size: cell.size ?? TEXT_SIZE,
        bold: cell.bold ?? false,
        align: cell.align ?? (cell.label ? 'center' : 'left'),
      });
      left += width;
    }
    this.doc.y = top + height;
  }

  private heightOf(cells: readonly Cell[]): number {
    const heights = cells.map((cell, index) =>
      this.heightOfText(cell.text, this.widthOf(cells, index) - 2 * CELL_PADDING.x, cell.size ?? TEXT_SIZE, cell.bold),
    );
    return Math.max(ROW_HEIGHT_MIN, ...heights.map((height) => height + 2 * CELL_PADDING.y));
  }

  private widthOf(cells: readonly Cell[], index: number): number {
    const shares = cells.reduce((sum, cell) => sum + cell.share, 0);
    return (this.width * (cells[index]?.share ?? 0)) / shares;
  }

  private heightOfText(text: string, width: number, size: number, bold = false): number {
    return this.linesOf(text, width, size, bold).length * lineHeight(size);
  }

  private linesOf(text: string, width: number, size: number, bold: boolean): string[] {
    const weight = bold ? 'bold' : 'regular';
    const widths = WIDTHS[weight];
    const font = this.use(weight);
    const widthOf = (character: string): number => {
      const known = widths.get(character);
      if (known !== undefined) return known * size;
      const made = font.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth / font.unitsPerEm;
      widths.set(character, made);
      return made * size;
    };
    return breakLines(drawable(text, font), width, widthOf);
  }

  /** Line by line, broken as Chinese is; the kit's own breaking lets a comma begin a line. */
  private write(
    text: string,
    x: number,
    y: number,
    width: number,
    style: { size: number; bold?: boolean; color?: string; align?: 'left' | 'center' | 'right' },
  ): void {
    const { y: before } = this.doc;
    const lines = this.linesOf(text, width, style.size, style.bold ?? false);
    this.doc.fontSize(style.size).fillColor(style.color ?? INK);
    lines.forEach((line, index) => {
      if (line !== '')
        this.doc.text(line, x + this.indent(line, width, style), y + index * lineHeight(style.size), {
          lineBreak: false,
          features: NO_FEATURES,
        });
    });
    this.doc.fillColor(INK);
    this.doc.y = before;
  }

  /** What is written next is of this weight. By a name of its own: under the font's the kit would compare it at each use. */
  private use(weight: Weight): OpenFont {
    const font = openFont(weight);
    this.doc.font(font as unknown as string, weight);
    return font;
  }

  private indent(
    line: string,
    width: number,
    { align = 'left', bold = false, size }: { align?: string; bold?: boolean; size: number },
  ): number {
    if (align === 'left') return 0;
    const widths = WIDTHS[bold ? 'bold' : 'regular'];
    const used = [...line].reduce((sum, character) => sum + (widths.get(character) ?? 0) * size, 0);
    return align === 'right' ? width - used : (width - used) / 2;
  }

  private qr(text: string, x: number, y: number, side: number): void {
    const { data, size } = encode(text, { ecc: 'M', border: 0 });
    const dot = side / size;
    this.doc.save().fillColor('#000000');
    data.forEach((line, row) => {
      line.forEach((dark, column) => {
        // A hair wider, so that printers leave no white between neighbours.
        if (dark) this.doc.rect(x + column * dot, y + row * dot, dot + 0.05, dot + 0.05);
      });
    });
    this.doc.fill().restore();
  }
}

/** What is asked of the font that the kit has open. */
interface OpenFont {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(code: number): boolean;
  glyphForCodePoint(code: number): { readonly advanceWidth: number };
}

type Weight = keyof typeof FONTS;

const openFonts = new Map<Weight, OpenFont>();

/** Read and parsed once a process: ten megabytes each, and every paper has both. */
function openFont(weight: Weight): OpenFont {
  const known = openFonts.get(weight);
  if (known) return known;
  const doc = new PDFDocument({ font: FONTS[weight] });
  const { font } = (doc as unknown as { _font: { font: OpenFont } })._font;
  openFonts.set(weight, font);
  return font;
}

/** The kit's own would stand in each file, unused. */
const NONE_YET = null as unknown as string;

/** Widths in ems, by character: the same in every paper. */
const WIDTHS = { regular: new Map<string, number>(), bold: new Map<string, number>() };
const NO_FEATURES: PDFKit.Mixins.OpenTypeFeatures[] = [];
const LINE_HEIGHT = 1.45;

function lineHeight(size: number): number {
  return size * LINE_HEIGHT;
}

/** A rare character of a name that the font has not is named by its code: an empty box would be a name lost. */
function drawable(text: string, font: OpenFont): string {
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      return code < FIRST_PRINTABLE || font.hasGlyphForCodePoint(code)
        ? character
        : `〔U+${code.toString(16).toUpperCase()}〕`;
    })
    .join('');
}

const FIRST_PRINTABLE = 0x20;
