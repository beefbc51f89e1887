import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import { CatalogKeeper, type EntryWish } from '../../../server/src/catalog/catalog-keeper.service.js';
import type { EntryKind } from '../../../server/src/catalog/domain/entries.js';
import type { DefinitionContent } from '../../../server/src/catalog/domain/service-definition.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { PriceEditor } from '../../../server/src/pricing/price-editor.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const keeper = viewerWith(['CAPACITY_ALLOCATOR'], null);

/** What is on the shelf is remembered for a second; the clock steps over it. */
let aheadMs = 0;
let app: TestApplication;
let journey: RequestJourney;
let acts: CatalogKeeper;
let catalog: CatalogService;
beforeAll(async () => {
  app = await openTestApplication({ now: () => new Date(Date.now() + aheadMs) });
  journey = await RequestJourney.begin(app);
  acts = app.context.get(CatalogKeeper, { strict: false });
  catalog = app.context.get(CatalogService, { strict: false });
  const item = { meter: 'SERVICE:x', name: { zh: '服务', en: 'Service' }, unit: { zh: '个', en: 'piece' } };
  expectOk(
    await app.context.get(PriceEditor, { strict: false }).createItem(viewerWith(['FINANCE'], null), item, newId()),
  );
});
afterAll(() => app.close());

function expectOk(result: { readonly ok: boolean }): void {
  expect(result).toMatchObject({ ok: true });
}
const wish = (kind: EntryKind, id: string, expectedVersion = 1): EntryWish => ({
  idempotencyKey: newId(),
  kind,
  id,
  expectedVersion,
});
const service = (name: string): DefinitionContent => ({
  name: { zh: name, en: name },
  summary: { zh: '说明', en: 'Says' },
  unit: { zh: '个', en: 'piece' },
  quantityMaximum: 5,
  quotaMeter: null,
  priceMeter: 'SERVICE:x',
  fulfilment: 'WORK_ORDER',
  fields: [],
});

describe('CatalogKeeper', () => {
  it('withdraws an offer without touching what runs or is drafted, and offers it again', async () => {
    const { center } = await journey.openCenter('withdraw', 10);
    const running = await journey.submitted(journey.content(center.id));
    idOf(await journey.approve(running));
    const draft = await journey.draft(journey.content(center.id));
    const resources = () =>
      app.test.db.query('select id, state, offer_id, vcpu, monthly_fen from resource order by id');
    const before = await resources();
    expect(before).toHaveLength(1);

    idOf(await acts.withdraw(keeper, wish('Offer', journey.offer.id)));
    idOf(await acts.rename(keeper, wish('Offer', journey.offer.id, 2), '已停售规格'));
    expect(await resources()).toEqual(before);
    expect((await catalog.catalog()).offers).toEqual([]);
    // Still found by id, under its new name, for what stands on it.
    expect(await catalog.offers([journey.offer.id])).toMatchObject([
      { name: '已停售规格', status: 'WITHDRAWN', version: 3 },
    ]);
    expect(await journey.row(draft)).toMatchObject({ state: 'DRAFT', version: 1 });
    // The draft lives on and says at sign-off which of its lines can no longer be asked for.
    idOf(await journey.review.move(journey.applicant, journey.scope, 'SEND_FOR_SIGN_OFF', journey.wish(draft, 1)));
    aheadMs += 2_000;
    const refused = await journey.submit(draft);
    expect(refused).toMatchObject({
      ok: false,
      error: [{ code: 'UNKNOWN_REFERENCE', path: ['content', 'lines', '0', 'vm', 'offerId'] }],
    });

    idOf(await acts.restore(keeper, wish('Offer', journey.offer.id, 3)));
    idOf(await journey.submit(draft));
  });

  it('takes no service that is priced by a price item which is not there, neither new nor revised', async () => {
    const priced = (priceMeter: string | null) => ({ ...service('计价'), priceMeter });
    const rules = async (answer: ReturnType<CatalogKeeper['addService']>) => {
      const result = await answer;
      return result.ok
        ? []
        : result.error.map((refusal) => [refusal.path.join('.'), 'rule' in refusal && refusal.rule]);
    };
    const missing = [['definition.priceMeter', 'priceItem']];
    expect(await rules(acts.addService(keeper, 'priced', priced('SERVICE:nowhere'), newId()))).toEqual(missing);
    expect(await rules(acts.addService(keeper, 'priced', priced('nowhere'), newId()))).toEqual([
      ['definition.priceMeter', 'meter'],
    ]);
    const id = idOf(await acts.addService(keeper, 'priced', priced('SERVICE:x'), newId()));
    const revise = (meter: string | null) => acts.reviseService(keeper, wish('ServiceOffer', id), priced(meter));
    expect(await rules(revise('SERVICE:nowhere'))).toEqual(missing);
    expect(await rules(revise(null))).toEqual([]);
    const [versions = []] = await catalog.definitionsOf([id]);
    expect(versions.map(({ number, priceMeter }) => [number, priceMeter])).toEqual([
      [2, null],
      [1, 'SERVICE:x'],
    ]);
  });

  it('makes a new version of a service at each edit; the old one stays as it was', async () => {
    const id = idOf(await acts.addService(keeper, 'waf', service('一'), newId()));
    idOf(await acts.reviseService(keeper, wish('ServiceOffer', id), service('二')));
    const [versions = []] = await catalog.definitionsOf([id]);
    expect(versions.map(({ number, name }) => [number, name.zh])).toEqual([
      [2, '二'],
      [1, '一'],
    ]);
    expect(await catalog.definitions([versions[1]?.id ?? ''])).toMatchObject([{ number: 1, name: { zh: '一' } }]);
    const stale = await Promise.all(
      [1, 2].map(() => acts.reviseService(keeper, wish('ServiceOffer', id, 2), service('三'))),
    );
    expect(stale.filter((r) => r.ok)).toHaveLength(1);
    expect(stale.flatMap(codesOf)).toEqual(['VERSION_CONFLICT']);
  });

  it('adds a code once, also when sixteen press at the same moment', async () => {
    const add = () =>
      acts.addCabinet(
        keeper,
        { code: 'u-1', name: '机位', form: 'UNIT', zone: 'INTERNET', heightUnits: 1, includedW: 150 },
        newId(),
      );
    const results = await Promise.all(Array.from({ length: 16 }, add));
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    expect([...new Set(results.flatMap(codesOf))]).toEqual(['INVALID_INPUT']);
  });

  it('takes no image without the checksum or the digest that it is known by', async () => {
    const image = (url: string, checksum?: string, devicePreference: string | null = null) =>
      acts.addImage(
        keeper,
        {
          code: `image-${newId()}`,
          name: '镜像',
          architecture: 'ARM64',
          minimumDiskGib: 20,
          devicePreference,
          source: url.startsWith('docker')
            ? { registry: { url } }
            : { http: { url, ...(checksum ? { checksum } : {}) } },
        },
        newId(),
      );
    const sum = `sha256:${'a1'.repeat(32)}`;
    const rules = async (url: string, checksum?: string, devicePreference?: string) => {
      const result = await image(url, checksum, devicePreference);
      return result.ok ? [] : result.error.map((r) => (r.code === 'INVALID_INPUT' ? r.rule : r.code));
    };
    expect(await rules('https://images.example/a.qcow2', sum)).toEqual([]);
    expect(await rules(`docker://registry.example/a@${sum}`)).toEqual([]);
    expect(await rules(`docker://registry.example:5000/b/a@${sum}`)).toEqual([]);
    expect(await rules(`docker://registry.example/a:1@${sum}`)).toEqual(['digest']);
    expect(await rules('docker://registry.example/a:1')).toEqual(['digest']);
    expect(await rules('docker://registry.example/a@sha256:abc')).toEqual(['digest']);
    expect(await rules(`docker://user:secret@registry.example/a@${sum}`)).toEqual(['url', 'digest']);
    expect(await rules('https://images.example/a.qcow2')).toEqual(['checksum']);
    expect(await rules('https://images.example/a.qcow2', 'md5:abc')).toEqual(['checksum']);
    expect(await rules('ftp://images.example/a', sum)).toEqual(['url']);
    expect(await rules('https://user:secret@images.example/a', sum)).toEqual(['url']);
    // Named as objects of a cluster are.
    expect(await rules('https://images.example/a.qcow2', sum, 'windows.2k22-virtio')).toEqual([]);
    for (const name of ['Windows', 'a_b', '-a', 'a..b', 'a'.repeat(254)])
      expect(await rules('https://images.example/a.qcow2', sum, name)).toEqual(['name']);
  });

  it.each([
    [{ cores: 0 }, 'range'],
    [{ cpuMaker: 'HYGON' as const }, 'architecture'],
    [{ acceleratorCount: 2 }, 'accelerator'],
    [{ accelerator: '昇腾', acceleratorCount: 0 }, 'accelerator'],
    [{ disks: '' }, 'length'],
    [{ code: 'Big Server' }, 'code'],
    [{ name: ' ' }, 'length'],
  ])('refuses a server class with %j', async (bad, rule) => {
    const plain = {
      code: 'srv',
      name: '服务器',
      architecture: 'ARM64' as const,
      cpuMaker: 'KUNPENG' as const,
      cores: 64,
      memoryMib: 262_144,
      disks: '2×480G',
      accelerator: null,
      acceleratorCount: 0,
    };
    const result = await acts.addServer(keeper, { ...plain, ...bad }, newId());
    expect(result).toMatchObject({ ok: false, error: [{ code: 'INVALID_INPUT', rule }] });
    expect(await catalog.servers(true)).toEqual([]);
  });

  it('answers an unknown thing and one of another kind alike', async () => {
    const answers = await Promise.all([
      acts.withdraw(keeper, wish('Offer', newId())),
      acts.withdraw(keeper, wish('ServerOffer', journey.offer.id)),
      acts.withdraw(keeper, { ...wish('Offer', journey.offer.id), kind: undefined }),
      acts.rename(keeper, wish('ServiceOffer', journey.offer.id), '新'),
    ]);
    expect(answers.map(codesOf)).toEqual(Array.from({ length: 4 }, () => ['UNKNOWN_REFERENCE']));
  });
});
