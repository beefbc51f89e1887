import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImageEntity, OfferEntity } from '../../../server/src/catalog/catalog.entity.js';
import { CatalogRepository } from '../../../server/src/catalog/catalog.repository.js';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { EntriesRepository } from '../../../server/src/catalog/entries.repository.js';
import { image, offer } from '../../support/builders/catalog.ts';
import { countStatements } from '../../support/count-statements.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

const small = offer({ code: 'small', vcpu: 2, memoryMib: 8192, keptAside: { spec: { gpus: [{ name: '显卡' }] } } });
const large = offer({ code: 'large', vcpu: 32 });
const withdrawn = offer({ code: 'old', status: 'WITHDRAWN' });
const kylin = image({ code: 'kylin', source: { registry: { url: 'docker://registry.example/kylin:v10' } } });
const retired = image({ code: 'retired', status: 'WITHDRAWN' });

let test: TestDatabase;
let catalog: CatalogService;

beforeAll(async () => {
  test = await openTestDatabase([OfferEntity, ImageEntity]);
  catalog = new CatalogService(new CatalogRepository(test.db), new EntriesRepository(test.db));
  await unitsOfWork(test.db).work.run((tx) =>
    catalog.add(tx, { offers: [large, withdrawn, small], images: [retired, kylin] }),
  );
});
afterAll(() => test.close());

describe('CatalogService', () => {
  it('shows what is offered now, small sizes first, by two statements', async () => {
    const { result, statements } = await countStatements(test.db, () => catalog.catalog());
    expect(result).toEqual({ offers: [small, large], images: [kylin] });
    expect(statements).toBe(2);
  });

  it('finds withdrawn ones by id, for what was asked for by them', async () => {
    expect(await catalog.offers([withdrawn.id, 'nothing', small.id])).toEqual([withdrawn, null, small]);
    expect(await catalog.images([retired.id])).toEqual([retired]);
  });
});
