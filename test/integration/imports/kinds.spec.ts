import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CabinetsService } from '../../../server/src/cabinets/cabinets.service.js';
import { CABINET_COLUMNS } from '../../../server/src/cabinets/domain/cabinet-table.js';
import { RackTypesService } from '../../../server/src/cabinets/rack-types.service.js';
import { RecountService } from '../../../server/src/cabinets/recount.service.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import type { ImportColumn } from '../../../server/src/imports/domain/import-table.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { csvText } from '../../../server/src/platform/spreadsheet/write-csv.js';
import { SERVER_COLUMNS } from '../../../server/src/servers/domain/server-table.js';
import { HardwareModelsService } from '../../../server/src/servers/hardware-models.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { center } from '../../support/builders/facility.ts';
import { csvFile, runImport, yamlFile } from '../../support/run-import.ts';

let app: TestApplication;
const own = center();
const roomId = newId();
const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });

beforeAll(async () => {
  app = await openTestApplication();
  await get(UnitOfWork).run(async (tx) => {
    await get(FacilitiesService).add(tx, { centers: [own], clusters: [], pools: [] });
    await get(CabinetsService).add(tx, {
      rooms: [
        { id: roomId, centerId: own.id, code: 'R101', name: '一号机房', widthTiles: 60, depthTiles: 60, version: 1 },
      ],
      rows: [],
      cabinets: [],
    });
  });
}, 60_000);
afterAll(() => app.close());

type Cells = Readonly<Record<string, string>>;
/** A table of the columns' examples, each row changed as it says. */
function table(columns: readonly ImportColumn[], rows: readonly Cells[]): ReturnType<typeof csvFile> {
  const body = rows.map((row) => columns.map(({ key, example }) => row[key] ?? example));
  return csvFile(csvText([columns.map(({ title }) => title.zh), ...body]));
}
const cabinets = (...rows: readonly Cells[]) => table(CABINET_COLUMNS, rows);
const servers = (...rows: readonly Cells[]) => table(SERVER_COLUMNS, rows);
const netbox = (name: string) => yamlFile(name, readFileSync(join(import.meta.dirname, 'netbox', name)));

describe('device types and rack types of the NetBox library', () => {
  it('come in as models and frames, with what we have no use for kept aside; the same again is unchanged', async () => {
    const files = [netbox('2288H-V7.yaml'), netbox('UniServer-R4900-G7.yaml')];
    expect(await runImport(app, 'device-types', files)).toMatchObject({
      said: [],
      written: true,
      prepared: { counts: { added: 2 } },
    });
    const model = (await get(HardwareModelsService).modelsBySlug(['huawei-2288h-v7'])).get('huawei-2288h-v7');
    expect(model).toMatchObject({
      manufacturer: 'Huawei',
      model: '2288H-V7',
      heightHalfUnits: 4,
      fullDepth: true,
      weightGrams: 28_000,
    });
    expect(Object.keys(model?.keptAside ?? {}).toSorted()).toEqual([
      'airflow',
      'comments',
      'console-ports',
      'interfaces',
      'module-bays',
    ]);
    expect((await runImport(app, 'device-types', files)).prepared.counts).toMatchObject({
      added: 0,
      unchanged: 2,
      problems: 0,
    });
    expect(await runImport(app, 'rack-types', [netbox('rack-AR3100.yaml')])).toMatchObject({ said: [], written: true });
    expect((await get(RackTypesService).bySlugs(['apc-ar3100'])).get('apc-ar3100')).toMatchObject({
      heightUnits: 42,
      numbering: 'ASCENDING',
      widthMm: null,
      depthMm: 1_070,
      ownWeightGrams: 125_000,
      weightLimitGrams: 1_701_000,
      keptAside: { form_factor: '4-post-cabinet', outer_height: 1_991 },
    });
    expect((await runImport(app, 'rack-types', [netbox('rack-AR3100.yaml')])).prepared.counts).toMatchObject({
      unchanged: 1,
    });
  });

  it('are refused at file, document and field', async () => {
    const wrong = `manufacturer: X\nmodel: Y\nslug: y\nu_height: 0.25\n---\nmanufacturer: X\nmodel: Z\nslug: z\nu_height: 2\nweight: 3\nweight_unit: stone\npower-ports:\n  - name: PSU1\n    maximum_draw: -5\n---\n- 1\n`;
    const { said, written } = await runImport(app, 'device-types', [
      netbox('2288H-V7.yaml'),
      yamlFile('w.yaml', wrong),
    ]);
    expect(written).toBe(false);
    expect(said).toEqual([
      'w.yaml#1 u_height: must be a multiple of 0.5 from 0 to 60',
      'w.yaml#2 weight_unit: must be one of kg, g, lb, oz',
      'w.yaml#2 power-ports[0].maximum_draw: must be a whole number of watts, 0 or more',
      'w.yaml#3 : the document is no mapping',
      'w.yaml#3 manufacturer: is required, with at most 60 characters',
      'w.yaml#3 model: is required, with at most 120 characters',
      'w.yaml#3 slug: is required, with at most 100 characters',
      'w.yaml#3 u_height: must be a multiple of 0.5 from 0 to 60',
    ]);
    expect((await runImport(app, 'device-types', [netbox('rack-AR3100.yaml')])).said).toEqual([
      'rack-AR3100.yaml#1 form_factor: this is a rack type, no device type',
    ]);
    expect((await runImport(app, 'rack-types', [netbox('2288H-V7.yaml')])).said).toEqual([
      '2288H-V7.yaml#1 form_factor: is required; without it this is no rack type',
    ]);
    const other = yamlFile('o.yaml', 'manufacturer: Huawei\nmodel: 2288H-V7\nslug: huawei-2288h-v7\nu_height: 3\n');
    expect((await runImport(app, 'device-types', [other])).said).toEqual([
      'o.yaml#1 slug: the model huawei-2288h-v7 is there already, but differs',
    ]);
    expect((await runImport(app, 'device-types', [yamlFile('b.yaml', 'a: [1')])).said).toEqual([
      expect.stringMatching(/^b\.yaml#1 : not valid YAML/),
    ]);
  });

  it('reckon power ports by the half that must carry all', async () => {
    const ports = (...draws: number[]) => draws.map((draw) => `  - maximum_draw: ${draw}`).join('\n');
    const file = yamlFile(
      'p.yaml',
      [
        ['p1', ports(900)],
        ['p2', ports(900, 900)],
        ['p4', ports(1_000, 800, 1_000, 800)],
      ]
        .map(([slug, list]) => `manufacturer: X\nmodel: ${slug}\nslug: ${slug}\nu_height: 43\npower-ports:\n${list}`)
        .join('\n---\n'),
    );
    expect(await runImport(app, 'device-types', [file])).toMatchObject({ written: true });
    const models = await get(HardwareModelsService).modelsBySlug(['p1', 'p2', 'p4']);
    expect(['p1', 'p2', 'p4'].map((slug) => models.get(slug)?.nameplatePowerW)).toEqual([900, 900, 2_000]);
  });
});

describe('cabinets', () => {
  it('come into rooms that are there, with rows made where they are missing, and take figures from their rack type', async () => {
    const file = cabinets(
      { rackType: 'apc-ar3100', depthMm: '', weightLimitKg: '', ownWeightKg: '' },
      { code: 'A02', position: '2', planX: '3', numbering: '自上而下' },
    );
    expect(await runImport(app, 'cabinets', [file])).toMatchObject({ said: [], written: true });
    const made = await get(CabinetsService).cabinetsOfRooms(WHOLE_PROVINCE, [roomId]);
    expect(
      made.map(({ code, depthMm, weightLimitGrams, numbering, rackType }) => ({
        code,
        depthMm,
        weightLimitGrams,
        numbering,
        rackType,
      })),
    ).toEqual([
      { code: 'A01', depthMm: 1_070, weightLimitGrams: 1_701_000, numbering: 'ASCENDING', rackType: 'APC AR3100' },
      { code: 'A02', depthMm: 1_200, weightLimitGrams: 1_000_000, numbering: 'DESCENDING', rackType: null },
    ]);
    expect((await runImport(app, 'cabinets', [file])).prepared.counts).toMatchObject({
      added: 0,
      unchanged: 2,
      problems: 0,
    });
    expect(await get(RecountService).recount()).toEqual([]);
  });

  it('are refused at their cells, all of them with one', async () => {
    const before = (await get(CabinetsService).cabinetsOfRooms(WHOLE_PROVINCE, [roomId])).length;
    const { said, written } = await runImport(app, 'cabinets', [
      cabinets(
        { code: 'B01', row: 'B' },
        { code: 'B02', row: 'B', feedAWatts: '-5', heightUnits: '42.5' },
        { code: 'B03', row: 'B', room: 'R9' },
        { code: 'B01', row: 'B' },
        { code: 'B05', row: 'B', planX: '60' },
        { code: 'A01', rackType: 'nobody', heightUnits: '47' },
        { code: 'A02', position: '2', planX: '3', numbering: 'DESCENDING', heightUnits: '47' },
        // Of a room whose center is not given nothing is said.
        { code: 'B08', row: 'B', center: '', feedAWatts: '-5' },
      ),
    ]);
    expect(written).toBe(false);
    expect(said).toEqual([
      'I3 "42.5" is not a whole number from 1 to 100 U',
      'M3 "-5" is not a whole number from 1 to 200000 W',
      'B4 center center-a has no room R9; make the room first',
      'D5 stands in row 2 already',
      'F6 the room is 60 tiles wide',
      'H7 there is no rack type nobody; import it first',
      'I8 cabinet A02 is there already, and differs here',
      'A9 "Center" is required',
      'M9 "-5" is not a whole number from 1 to 200000 W',
    ]);
    expect(await get(CabinetsService).cabinetsOfRooms(WHOLE_PROVINCE, [roomId])).toHaveLength(before);
  });
});

describe('servers', () => {
  it('come in with their places; the same file again adds nothing', async () => {
    const file = servers(
      { assetNumber: 'S-1', serial: 'SN-1', room: 'R101', cabinet: 'A01', unit: '1' },
      { assetNumber: 'S-2', serial: 'SN-2', room: 'R101', cabinet: 'A01', unit: '' },
      { assetNumber: 'S-3', serial: 'sn-3', nics: '', accelerators: '' },
    );
    expect(await runImport(app, 'servers', [file])).toMatchObject({
      said: [],
      written: true,
      prepared: { counts: { added: 3 } },
    });
    const [cabinet] = await get(CabinetsService).cabinetsOfRooms(WHOLE_PROVINCE, [roomId]);
    expect(cabinet).toMatchObject({ code: 'A01', usedHalfUnits: 8, powerW: 1_800, weightGrams: 56_000 });
    expect((await runImport(app, 'servers', [file])).prepared.counts).toMatchObject({
      added: 0,
      unchanged: 3,
      problems: 0,
    });
    const elsewhere = servers(
      { assetNumber: 'S-1', serial: 'SN-1', room: 'R101', cabinet: 'A01', unit: '7' },
      { assetNumber: 'S-2', serial: 'SN-2', room: 'R101', cabinet: 'A02' },
    );
    expect((await runImport(app, 'servers', [elsewhere])).said).toEqual([
      'T2 server S-1 is registered already, and differs here',
      'S3 server S-2 is registered already, and differs here',
    ]);
    expect(await get(RecountService).recount()).toEqual([]);
  });

  it('are refused at their cells, and no place is taken', async () => {
    const at = { room: 'R101', cabinet: 'A02' };
    const { said, written } = await runImport(app, 'servers', [
      servers(
        { assetNumber: 'T-1', serial: 'TN-1', ...at, unit: '40' },
        { assetNumber: 'T-2', serial: 'TN-2', ...at, unit: '41' },
        { assetNumber: 'T-3', serial: 'TN-3', ...at, model: 'p1', weightKg: '20' },
        { assetNumber: 'T-4', serial: 'TN-4', ...at, unit: '3.25' },
        { assetNumber: 'T-5', serial: 'TN-5', powerW: '-1' },
        { assetNumber: 'T-6', serial: 'TN-6', cabinet: 'A99', room: 'R101' },
        { assetNumber: 'T-7', serial: 'TN-1', model: 'nobody', center: 'nowhere' },
        { assetNumber: 'S-1', serial: 'SN-1', cores: '64' },
        { assetNumber: 'T-9', serial: 'TN-9', disks: 'SSD many', cpuMaker: '鲲鹏', architecture: 'AMD64', unit: '3' },
        { assetNumber: 'T-10', serial: 'TN-10', ...at, model: 'p1' },
      ),
    ]);
    expect(written).toBe(false);
    expect(said).toEqual([
      expect.stringMatching(/^T3 /),
      expect.stringMatching(/^S4 .*43 U.*/),
      'T5 must be a multiple of 0.5',
      'P6 "-1" is not a whole number from 0 to 30000 W',
      'S7 there is no cabinet A99 in room R101',
      'B8 TN-1 stands in row 2 already',
      'C8 there is no model nobody; import its device type first',
      'D8 there is no center nowhere',
      'J9 server S-1 is registered already, and differs here',
      'K9 server S-1 is registered already, and differs here',
      'G10 This maker builds no processors of that architecture',
      'M10 write: SSD 960x2; HDD 8000x4',
      'S10 is required where there is a room or a unit',
      'W11 Model "p1" does not say what it weighs; enter the server\'s own weight before it is mounted',
    ]);
    const [, second] = await get(CabinetsService).cabinetsOfRooms(WHOLE_PROVINCE, [roomId]);
    expect(second).toMatchObject({ code: 'A02', usedHalfUnits: 0, powerW: 0 });
  });

  it('are told everything that is wrong with a row at once, and nothing that follows from a cell that cannot be read', async () => {
    const at = { room: 'R101', cabinet: 'A02' };
    const { said } = await runImport(app, 'servers', [
      servers(
        { assetNumber: 'W-1', serial: 'WN-1', nics: '' },
        {
          assetNumber: 'W-2',
          serial: 'wn-1',
          state: '使用中',
          center: 'nowhere',
          memoryGib: '-5',
          bmcAddress: '10.0.0.1 x',
        },
        // The maker is not known, so that nothing is said of the architecture; nor of threads where cores are none.
        { assetNumber: 'W-3', serial: 'WN-3', cpuMaker: '英特儿', model: '无', cores: 'many', purchasedOn: 'soon' },
        // Of a registered server: only what the readable cells say otherwise.
        { assetNumber: 'S-1', serial: 'SN-1', cpuMaker: '英特儿', cores: 'many', memoryGib: '64' },
        { assetNumber: 'W-5', serial: '', ...at, center: '', powerW: 'x', model: 'p1' },
        { assetNumber: '中文', serial: 'WN-6', cabinet: 'A99', room: 'R101', disks: 'SSD many' },
        { assetNumber: '中文', serial: 'WN-7', warrantyUntil: '2020-01-01' },
      ),
    ]);
    expect(said).toEqual([
      'B3 WN-1 stands in row 2 already',
      'D3 there is no center nowhere',
      expect.stringMatching(/^E3 "使用中" is none of /),
      'L3 "-5" is not a whole number from 1 to 65536 GiB',
      'Q3 A BMC address is a host name, IP or redfish:// address without credentials',
      'C4 there is no model 无; import its device type first',
      expect.stringMatching(/^F4 "英特儿" is none of /),
      'J4 "many" is not a whole number from 1 to 4096',
      'U4 "soon" is no date; write 2026-11-24',
      expect.stringMatching(/^F5 "英特儿" is none of /),
      'J5 "many" is not a whole number from 1 to 4096',
      'L5 server S-1 is registered already, and differs here',
      'B6 "Serial number" is required',
      'D6 "Center" is required',
      'P6 "x" is not a whole number from 0 to 30000 W',
      'A7 An asset number is 1 to 40 letters, digits or . _ / -',
      'M7 write: SSD 960x2; HDD 8000x4',
      'S7 there is no cabinet A99 in room R101',
      'A8 An asset number is 1 to 40 letters, digits or . _ / -',
      'V8 The warranty cannot end before the purchase',
    ]);
  });

  it('that want units which are not free are told which and who has them, in the file or in the cabinet', async () => {
    const { prepared } = await runImport(app, 'servers', [
      servers(
        { assetNumber: 'U-1', serial: 'UN-1', room: 'R101', cabinet: 'A02', unit: '10', memoryGib: 'x' },
        { assetNumber: 'U-2', serial: 'UN-2', room: 'R101', cabinet: 'A02', unit: '11' },
        { assetNumber: 'U-3', serial: 'UN-3', room: 'R101', cabinet: 'A01', unit: '2' },
        { assetNumber: 'U-4', serial: 'UN-4', room: 'R101', cabinet: 'A02', unit: '12' },
      ),
    ]);
    expect(prepared.problems.map(({ cell, message }) => [cell, message.zh, message.en])).toEqual([
      ['L2', expect.anything(), expect.anything()],
      [
        'T3',
        '机柜 A02 的 U11–12 放不下：U10–11 已被第 2 行 U-1 占用',
        'U11–12 of cabinet A02 is not free: U10–11 is taken by row 2, U-1',
      ],
      [
        'T4',
        '机柜 A01 的 U2–3 放不下：U1–2 已被 S-1 占用，U3–4 已被 S-2 占用',
        'U2–3 of cabinet A01 is not free: U1–2 is taken by S-1, U3–4 is taken by S-2',
      ],
    ]);
    expect(prepared.counts).toMatchObject({ added: 1, problems: 3 });
  });

  it('come by the thousand, in one transaction of some seconds, with what they take counted right', async () => {
    const THOUSAND = 1_000;
    const perCabinet = 8;
    const frames = Array.from(
      { length: THOUSAND / perCabinet },
      (_, i): Cells => ({
        row: `C${i % 5}`,
        code: `C${i}`,
        position: String(Math.floor(i / 5) + 1),
        planX: String(Math.floor(i / 5)),
        planY: String(10 + (i % 5)),
      }),
    );
    expect(await runImport(app, 'cabinets', [cabinets(...frames)])).toMatchObject({ said: [], written: true });
    const rows = Array.from(
      { length: THOUSAND },
      (_, i): Cells => ({
        assetNumber: `M-${i}`,
        serial: `MN-${i}`,
        nics: '',
        room: 'R101',
        cabinet: `C${i % frames.length}`,
        powerW: '700',
      }),
    );
    expect(await runImport(app, 'servers', [servers(...rows)])).toMatchObject({
      said: [],
      written: true,
      prepared: { counts: { added: THOUSAND } },
    });
    expect(await get(RecountService).recount()).toEqual([]);
  });
});
