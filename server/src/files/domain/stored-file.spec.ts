import { describe, expect, it } from '@jest/globals';
import { fileNameOf, mediaTypeOf } from './stored-file.js';

describe('fileNameOf', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\合同.pdf', '合同.pdf'],
    ['a\0b\r\n.pdf', 'ab.pdf'],
    // Read from the right it would be another type.
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    // Two names that look the same are the same.
    ['盖章\u200B件\u200F.pdf', '盖章件.pdf'],
    ['\uFEFF说明\u2028.pdf', '说明.pdf'],
    [`${'长'.repeat(300)}`, '长'.repeat(200)],
  ])('keeps of %j what neither an eye nor a file system is misled by', (given, kept) => {
    expect(fileNameOf(given)).toBe(kept);
  });

  it.each(['', '..', '/', '\u200B', '\u202E'])('finds no name in %j', (given) => {
    expect(fileNameOf(given)).toBeUndefined();
  });
});

describe('mediaTypeOf', () => {
  const typeOf = (bytes: Buffer, name: string) => {
    const found = mediaTypeOf(bytes, [], name);
    return found.ok ? found.value : 'REFUSED';
  };

  it('goes by the bytes, whatever the name says', () => {
    expect(typeOf(Buffer.from('%PDF-1.7 <script>'), 'x.png')).toBe('application/pdf');
    expect(typeOf(Buffer.from('<html><script>alert(1)</script>'), 'scan.pdf')).toBe('REFUSED');
    expect(typeOf(Buffer.from('GIF89a%PDF-1.7'), 'scan.pdf')).toBe('REFUSED');
    expect(typeOf(Buffer.from('<svg onload="alert(1)">'), 'plan.svg')).toBe('REFUSED');
    expect(typeOf(Buffer.from('MZ\x90\0'), 'scan.pdf')).toBe('REFUSED');
  });
});
