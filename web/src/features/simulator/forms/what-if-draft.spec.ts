import { describe, expect, it } from '@jest/globals';
import { inputOf, newRow, parseRows, type Words } from './what-if-draft';

const centers = [{ id: 'A', code: 'center-a', name: '同城主中心（A）' }];
const words: Words = {
  zone: (zone) => ({ GOVERNMENT_EXTRANET: '政务外网区', INTERNET: '互联网区', BUSINESS_LINE: '业务专网区' })[zone],
  localMode: (mode) => ({ SINGLE: '单中心', DUAL_ACTIVE: '同城双活' })[mode],
  architecture: (architecture) => ({ ARM64: 'ARM', AMD64: 'x86' })[architecture],
  yes: '是',
};
const parse = (text: string) => parseRows(text, centers, words);

describe('parseRows', () => {
  it('takes what a spreadsheet copies, its heading, its words and its gaps', () => {
    const { rows, errors } = parse(
      '数量\tvCPU\t内存\n20\t8\t32\t200\tHDD\tx86\t互联网区\tcenter-a\t同城双活\t3\t是\n\n5\t2\t4',
    );
    expect(errors).toEqual([]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      count: 20,
      vcpu: 8,
      memoryGib: 32,
      diskGib: 200,
      storageTier: 'HDD',
      architecture: 'AMD64',
      zone: 'INTERNET',
      centerId: 'A',
      localMode: 'DUAL_ACTIVE',
      protectionLevel: 3,
      domesticCpu: true,
    });
    expect(rows[1]).toMatchObject({ count: 5, vcpu: 2, memoryGib: 4, diskGib: 100, centerId: null });
  });

  it('names the row and the column of what it cannot read', () => {
    expect(parse('3,4,8,100,NVME\nx1,4,8').errors).toEqual([
      { row: 1, column: 'storageTier' },
      { row: 2, column: 'count' },
    ]);
    expect(parse('3,4,8,100,SSD,ARM,INTERNET,mars').errors).toEqual([{ row: 1, column: 'center' }]);
  });
});

describe('inputOf', () => {
  it('asks in MiB and names rows that are not filled', () => {
    expect(inputOf([newRow()])).toMatchObject({ lines: [{ memoryMib: 16_384, count: 10 }], errors: [] });
    expect(inputOf([{ ...newRow(), count: null, vcpu: 1.5 }]).errors).toEqual([
      { row: 1, column: 'count' },
      { row: 1, column: 'vcpu' },
    ]);
  });
});
