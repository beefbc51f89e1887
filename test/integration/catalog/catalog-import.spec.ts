import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { ImageEntity, OfferEntity } from '../../../server/src/catalog/catalog.entity.js';
import { CatalogRepository } from '../../../server/src/catalog/catalog.repository.js';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { CatalogImportService } from '../../../server/src/catalog/catalog-import.service.js';
import { EntriesRepository } from '../../../server/src/catalog/entries.repository.js';
import { catalogImportCommand } from '../../../server/src/catalog/import/catalog-import-command.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { actsOn } from '../../support/acts.ts';
import { offer } from '../../support/builders/catalog.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

let test: TestDatabase;
let catalog: CatalogService;
let imports: CatalogImportService;
let owner: mysql.Connection;
let folder: string;

beforeAll(async () => {
  test = await openTestDatabase([OfferEntity, ImageEntity]);
  const repository = new CatalogRepository(test.db);
  catalog = new CatalogService(repository, new EntriesRepository(test.db));
  imports = new CatalogImportService(repository, actsOn(test.db));
  owner = await mysql.createConnection({ ...test.owner });
  folder = await mkdtemp(join(tmpdir(), 'jiyun-import-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await owner.end();
  await test.close();
});
beforeEach(async () => {
  await owner.query('delete from offer');
  await owner.query(`delete from ${auditSchemaOf(test.owner.database)}.audit_event`);
});

function instancetype(name: string, memory = '8Gi', more = ''): string {
  return `---
apiVersion: instancetype.kubevirt.io/v1beta1
kind: VirtualMachineClusterInstancetype
metadata:
  name: ${name}
spec:
  cpu:
    guest: 2
  memory:
    guest: ${memory}
${more}`;
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function run(...paths: string[]): Promise<{ code: number; said: string[] }> {
  const said: string[] = [];
  const code = await catalogImportCommand(paths, { imports }, (line) => said.push(line.replaceAll(`${folder}/`, '')));
  return { code, said };
}

async function codes(): Promise<string[]> {
  const rows: { code: string }[] = await test.db.query("select code from offer where status = 'OFFERED' order by code");
  return rows.map((row) => row.code);
}

async function acts(): Promise<{ action: string; actor_name: string; summary_zh: string }[]> {
  const [rows] = await owner.query(
    `select action, actor_name, summary_zh from ${auditSchemaOf(test.owner.database)}.audit_event`,
  );
  return rows as { action: string; actor_name: string; summary_zh: string }[];
}

describe('catalogImportCommand', () => {
  it('imports all files as one audited act and says what it keeps without acting on it', async () => {
    const hugepages = '    hugepages:\n      pageSize: 2Mi\n';
    const { code, said } = await run(
      await file('a.yaml', instancetype('a1') + instancetype('a2', '16Gi', hugepages)),
      await file('b.yaml', instancetype('b1')),
    );
    expect(said).toEqual([
      '3 offers imported, 0 were there already.',
      'Kept with the offer but not acted on: spec.memory.hugepages (1 types)',
    ]);
    expect(code).toBe(0);
    expect(await codes()).toEqual(['a1', 'a2', 'b1']);
    expect(await acts()).toEqual([
      { action: 'catalog.import', actor_name: 'jiyun catalog import', summary_zh: '从 2 个文件导入 3 个服务项' },
    ]);
    expect((await catalog.catalog()).offers.find((found) => found.code === 'a2')).toMatchObject({
      memoryMib: 16_384,
      keptAside: { spec: { memory: { hugepages: { pageSize: '2Mi' } } } },
    });
  });

  it('looks for codes as they were written, also in Chinese, which no code can be', async () => {
    await run(await file('a.yaml', instancetype('a1')));
    const repository = new CatalogRepository(test.db);
    expect((await repository.offersByCodes(['通用型', 'a1'])).map((found) => found.code)).toEqual(['a1']);
    expect(await repository.offersByCodes(['通用型'])).toEqual([]);
  });

  it('changes nothing the second time, and adds only what is new', async () => {
    const first = await file('a.yaml', instancetype('a1'));
    await run(first);
    expect(await run(first)).toEqual({ code: 0, said: ['0 offers imported, 1 were there already.'] });
    expect(await acts()).toHaveLength(1);
    const more = await file('more.yaml', instancetype('a1') + instancetype('a2'));
    expect(await run(more)).toEqual({ code: 0, said: ['1 offers imported, 1 were there already.'] });
    expect(await codes()).toEqual(['a1', 'a2']);
    expect(await acts()).toHaveLength(2);
  });

  it('imports nothing when any document is bad, and names file, document and field', async () => {
    const { code, said } = await run(
      await file('good.yaml', instancetype('a1')),
      await file('bad.yaml', instancetype('a2') + instancetype('a3', 'plenty')),
    );
    expect(code).toBe(1);
    expect(said).toEqual([
      'bad.yaml, document 2, spec.memory.guest: must be an amount of memory such as 8Gi',
      'Nothing was imported.',
    ]);
    expect(await codes()).toEqual([]);
    expect(await acts()).toEqual([]);
  });

  it('never overwrites an offer that requests may stand on', async () => {
    await run(await file('a.yaml', instancetype('a1')));
    const { code, said } = await run(await file('b.yaml', instancetype('new') + instancetype('a1', '16Gi')));
    expect(code).toBe(1);
    expect(said[0]).toBe(
      'b.yaml, document 2, metadata.name: a1 is already there as AMD64 2 vCPU 8192 MiB and differs; a published offer never changes, so give this one another name',
    );
    expect(await codes()).toEqual(['a1']);
  });

  it('knows an offer again that was renamed or withdrawn by hand', async () => {
    const path = await file('a.yaml', instancetype('a1'));
    const renamed = offer({
      code: 'a1',
      name: '二核八吉',
      architecture: 'AMD64',
      vcpu: 2,
      memoryMib: 8192,
      status: 'WITHDRAWN',
    });
    await unitsOfWork(test.db).work.run((tx) => catalog.add(tx, { offers: [renamed], images: [] }));
    expect((await run(path)).said).toEqual(['0 offers imported, 1 were there already.']);
  });

  it('writes everything once when two imports run at the same time', async () => {
    const text = Array.from({ length: 20 }, (_, i) => instancetype(`t${i}`)).join('');
    const path = await file('many.yaml', text);
    const outcomes = await Promise.all([run(path), run(path), run(path)]);
    expect(outcomes.some((outcome) => outcome.code === 0)).toBe(true);
    for (const { code, said } of outcomes) if (code !== 0) expect(said[0]).toContain('Run the command again.');
    expect(await codes()).toHaveLength(20);
    expect(await acts()).toHaveLength(1);
  });

  it('says which file cannot be read, and asks for one when none is named', async () => {
    expect(await run(join(folder, 'nowhere.yaml'), folder)).toEqual({
      code: 1,
      said: ['nowhere.yaml: cannot be read (ENOENT)', `${folder}: cannot be read (EISDIR)`, 'Nothing was imported.'],
    });
    expect((await run()).code).toBe(2);
    expect((await run(await file('huge.yaml', `# ${'x'.repeat(1 << 20)}`))).said[0]).toBe(
      'huge.yaml: the file is larger than 1024 KiB',
    );
  });
});

describe('the 47 types of kubevirt/common-instancetypes', () => {
  const data = resolve(
    process.env.TEST_DATA ?? resolve(import.meta.dirname, '../../../../shared/data'),
    'instancetypes',
  );
  const there = existsSync(data);
  // Real data is not part of the repository; everything it proves is covered above by small documents.
  (there ? it : it.skip)(
    there ? 'are imported' : `are imported (skipped: TEST_DATA names no folder with instancetypes)`,
    async () => {
      const paths = (await readdir(data)).map((name) => join(data, name));
      const { code, said } = await run(...paths);
      expect(said).toEqual([
        '47 offers imported, 0 were there already.',
        'Kept with the offer but not acted on: spec.cpu.maxSockets (12 types)',
        'Kept with the offer but not acted on: spec.memory.hugepages (22 types)',
      ]);
      expect(code).toBe(0);
      expect((await run(...paths)).said[0]).toBe('0 offers imported, 47 were there already.');
      const { offers } = await catalog.catalog();
      const family = (code: string) => offers.find((found) => found.code === code)?.family;
      expect([family('u1.large'), family('m1.large'), family('cx1.large')]).toEqual(['GENERAL', 'MEMORY', 'COMPUTE']);
    },
  );
});
