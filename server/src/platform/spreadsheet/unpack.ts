import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Unreadable } from './sheet.js';

/** What all parts of a workbook may take when unpacked; 10,000 rows of thirty columns take some 20 MiB. */
export const UNPACKED_BYTES_MAX = 192 * 1024 * 1024;
/** Tables of the same few words shrink to a fiftieth; a bomb shrinks to a thousandth. */
export const COMPRESSION_RATIO_MAX = 200;
/** Below this a high ratio harms nobody: an empty workbook of one long word. */
const RATIO_MATTERS_FROM_BYTES = 8 * 1024 * 1024;
/** A workbook of ours has a dozen parts, one with pictures some hundreds. */
const PARTS_MAX = 2_000;

/** The parts of a zip file, by name. Sizes are refused as declared, before anything is unpacked, and held to while it is. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(bytes: Buffer): Promise<Archive> {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true }).catch(
      (error: unknown) => {
        throw damaged(error);
      },
    );
    const entries = new Map<string, Entry>();
    let unpacked = 0;
    try {
      for await (const entry of zip.eachEntry()) {
        if (entry.isEncrypted())
          throw Unreadable.because(
            '文件有密码保护，请去掉密码后再上传',
            'the file is protected by a password; remove it first',
          );
        unpacked += entry.uncompressedSize;
        if (entries.size >= PARTS_MAX || unpacked > UNPACKED_BYTES_MAX) throw tooLarge(unpacked, bytes.length);
        if (unpacked > RATIO_MATTERS_FROM_BYTES && unpacked / bytes.length > COMPRESSION_RATIO_MAX)
          throw tooLarge(unpacked, bytes.length);
        entries.set(entry.fileName, entry);
      }
    } catch (error) {
      throw error instanceof Unreadable ? error : damaged(error);
    }
    return new Archive(zip, entries);
  }

  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  sizeOf(name: string): number {
    return this.entries.get(name)?.uncompressedSize ?? 0;
  }

  /** The part's text, piece by piece; nothing when there is no such part. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry) return;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const piece of await this.zip.openReadStreamPromise(entry))
        yield decoder.decode(piece as Buffer, { stream: true });
      yield decoder.decode();
    } catch (error) {
      throw error instanceof Unreadable ? error : damaged(error);
    }
  }
}

function tooLarge(unpacked: number, packed: number): Unreadable {
  const mebibytes = Math.ceil(unpacked / 1024 / 1024);
  const times = Math.round(unpacked / packed);
  return Unreadable.because(
    `文件解压后至少 ${mebibytes} MiB（是原来的 ${times} 倍），已拒绝`,
    `the file unpacks to at least ${mebibytes} MiB (${times} times its size) and is refused`,
  );
}

function damaged(error: unknown): Unreadable {
  const reason = error instanceof Error ? error.message : String(error);
  return Unreadable.because(
    `文件已损坏，无法解压（${reason}）`,
    `the file is damaged and cannot be unpacked (${reason})`,
  );
}
