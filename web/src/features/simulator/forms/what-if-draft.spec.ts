import { describe, expect, it } from '@jest/globals';
import { parseRows, type Words } from './paste-rows';
import { changed, type HintChange, inputOf, newRow } from './what-if-draft';

const centers = [{ id: 'A', code: 'center-a', name: '同城主中心（A）' }];
const words: Words = {
  zone: (zone) => ({ GOVERNMENT_EXTRANET: '政务外网区', INTERNET: '互联网区', BUSINESS_LINE: '业务专网区' })[zone],
  localMode: (mode) => ({ SINGLE: '单中心', DUAL_ACTIVE: '同城双活' })[mode],
  remoteMode: (mode) => ({ NONE: '无', DATA: '异地数据级灾备', APPLICATION: '异地应用级灾备' })[mode],
  architecture: (architecture) => ({ ARM64: 'ARM', AMD64: 'x86' })[architecture],
  yes: '是',
};
const parse = (text: string) => parseRows(text, centers, words);

describe('parseRows', () => {
  it('takes what a spreadsheet copies, its heading, its words and its gaps', () => {
    const { rows, errors } = parse(
      '数量\tvCPU\t内存\n20\t8\t32\t200\tHDD\tx86\t互联网区\tcenter-a\t同城双活\t3\t是\t异地数据级灾备\n\n5\t2\t4',
    );
    expect(errors).toEqual([]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      ...{ kind: 'VM', count: 20, vcpu: 8, memoryGib: 32, diskGib: 200, storageTier: 'HDD', architecture: 'AMD64' },
      ...{ zone: 'INTERNET', centerId: 'A', localMode: 'DUAL_ACTIVE', remoteMode: 'DATA' },
      ...{ protectionLevel: 3, domesticCpu: true },
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
  it('asks each kind by the one part of its kind, in MiB and half units', () => {
    const { lines, errors } = inputOf([
      newRow('VM', { accelerator: 'ASCEND-910B', acceleratorCount: 2 }),
      newRow('SERVER', { offerId: 's' }),
      newRow('CABINET', { heightUnits: 1.5, standing: 'APART' }),
      newRow('SERVICE', { offerId: 'w' }),
    ]);
    expect(errors).toEqual([]);
    expect(lines).toMatchObject([
      { kind: 'VM', count: 10, vm: { memoryMib: 16_384, accelerator: 'ASCEND-910B', acceleratorCount: 2 } },
      { kind: 'SERVER', server: { offerId: 's' } },
      { kind: 'CABINET', cabinet: { heightUnits: 1.5, apart: true, whole: false } },
      { kind: 'SERVICE', service: { offerId: 'w' } },
    ]);
    expect(lines.map((line) => ['vm', 'server', 'cabinet', 'service'].filter((part) => part in line))).toEqual([
      ['vm'],
      ['server'],
      ['cabinet'],
      ['service'],
    ]);
  });

  it('names rows that are not filled, and no center of what goes to both', () => {
    const rows = [
      newRow('VM', { count: null, vcpu: 1.5, accelerator: 'L20' }),
      newRow('SERVER'),
      newRow('CABINET', { heightUnits: 0.3, weightKg: null }),
    ];
    expect(inputOf(rows).errors).toEqual([
      { row: 1, column: 'count' },
      { row: 1, column: 'acceleratorCount' },
      { row: 1, column: 'vcpu' },
      { row: 2, column: 'offer' },
      { row: 3, column: 'heightUnits' },
      { row: 3, column: 'weightKg' },
    ]);
    expect(inputOf([newRow('VM', { localMode: 'DUAL_ACTIVE', centerId: 'A' })]).lines[0]?.centerId).toBeNull();
  });
});

describe('changed', () => {
  const nothing: HintChange = {
    ...{ count: null, centerId: null, localMode: null, remoteMode: null, zone: null },
    ...{ storageTier: null, architecture: null, apart: null },
  };

  it('writes over a row what is not null, and nothing else', () => {
    const machine = newRow('VM');
    expect(changed(machine, nothing)).toEqual(machine);
    expect(changed(machine, { ...nothing, count: 3, storageTier: 'HDD' })).toEqual({
      ...machine,
      ...{ count: 3, storageTier: 'HDD' },
    });
    const space = newRow('CABINET', { standing: 'APART' });
    expect(changed(space, { ...nothing, apart: false })).toEqual({ ...space, standing: 'ANY' });
  });
});
