import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { MEDIA_TYPES } from '../files/domain/stored-file.js';
import { say } from '../kernel/bilingual.js';
import { readBatch } from './batch-reading.js';
import type { AskedService, BatchChoices } from './domain/batch-choices.js';
import { readLines } from './domain/read-lines.js';

const question = { type: 'TEXT' as const, required: false, minimum: null, maximum: null, choices: [] };
const BALANCER: AskedService = {
  id: 's1',
  code: 'load-balancer',
  name: say('负载均衡', 'Load balancer'),
  offered: true,
  questions: [
    {
      ...{ ...question, key: 'layer', label: say('类型', 'Layer'), type: 'CHOICE' as const, required: true },
      choices: [
        { value: 'l4', label: say('四层', 'Layer 4') },
        { value: 'l7', label: say('七层', 'Layer 7') },
      ],
    },
    { ...question, key: 'port', label: say('监听端口', 'Port'), type: 'NUMBER', required: true },
    { ...question, key: 'domain', label: say('域名', 'Domain'), type: 'DOMAIN' },
  ],
};
const CHOICES: BatchChoices = { lists: {}, services: new Map([[BALANCER.id, BALANCER]]) };

/** The template of a service, filled in and saved by LibreOffice Calc 7.4: numbers are numbers there, texts shared. */
const FILLED = readFileSync(new URL('../../../test/support/tables/load-balancers.libreoffice.xlsx', import.meta.url));

describe('a table that LibreOffice saved', () => {
  it('is known by its mark, and read cell by cell as it was typed', async () => {
    const read = await readBatch('SERVICE', { mediaType: MEDIA_TYPES.XLSX, bytes: FILLED }, [BALANCER]);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.service?.code).toBe('load-balancer');
    expect(read.value.rows.map(({ cells }) => cells)).toEqual([
      {
        name: 'portal',
        count: '2',
        'answer:layer': '七层',
        'answer:port': '443',
        'answer:domain': 'www.example.gov.cn',
      },
      { name: 'inner', count: '1', 'answer:layer': '四层', 'answer:port': '8080', 'answer:domain': '' },
      { name: 'wrong', count: '1', 'answer:layer': '三层', 'answer:port': '70000', 'answer:domain': '不是域名' },
    ]);
    const lines = readLines('SERVICE', read.value.rows, CHOICES, read.value.service);
    expect(lines.map(({ line }) => line?.name ?? null)).toEqual(['portal', 'inner', null]);
    expect(lines[2]?.problems).toMatchObject([{ column: 'answer:layer', kind: 'UNKNOWN' }]);
  });

  it('of a service that is withdrawn, or of another than was named, is refused with words', async () => {
    const file = { mediaType: MEDIA_TYPES.XLSX, bytes: FILLED };
    const gone = await readBatch('SERVICE', file, [{ ...BALANCER, offered: false }]);
    expect(gone.ok ? null : gone.error[0]?.message.zh).toMatch(/load-balancer.*已下架/);
    const other: AskedService = { ...BALANCER, id: 's2', code: 'vpn', name: say('VPN', 'VPN') };
    const named = await readBatch('SERVICE', file, [BALANCER, other], other);
    expect(named.ok ? null : named.error[0]?.message.zh).toMatch(/负载均衡.*VPN/);
    const kind = await readBatch('VM', file);
    expect(kind.ok ? null : kind.error[0]?.message.zh).toMatch(/服务.*云主机/);
  });
});
