import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { createDraft, ERROR_FIELDS, type LineInput, plainContent } from '../support/request-form.ts';

const SHELF = `{ catalog {
  serverOffers { id } cabinetOffers { id form } services { id definition { fields { key type required minimum choices { value } } } }
} }`;
const PREVIEW = `query P($input: PreviewRequestInput!) { previewRequest(input: $input) {
  lines { index shares { share standing owed count center { role } checks { criterion } } } ${ERROR_FIELDS} } }`;
const LINES = `query R($id: ID!) { request(id: $id) { machineCount serverCount cabinetCount serviceCount lines {
  kind name count localMode remoteMode vm { diskGib offer { id } image { id } } server { offer { id } }
  cabinet { heightUnits powerW weightKg offer { id } } service { answers { key value } offer { id } definition { id } }
} } }`;
/** An answer that each type of question takes. */
const ANSWERS: { readonly [type: string]: string } = {
  TEXT: '说明',
  NUMBER: '1',
  DATE: '2027-01-01',
  IP: '10.1.2.3',
  DOMAIN: 'www.example.gov.cn',
};

let console_: TestConsole;
let applicant: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  applicant = await console_.signIn('applicant');
}, 120_000);
afterAll(() => console_.close());

async function fourLines(): Promise<LineInput[]> {
  const { catalog } = await applicant.data(SHELF);
  const [service] = catalog.services;
  const unit = catalog.cabinetOffers.find((offer: { form: string }) => offer.form === 'UNIT');
  const [plain] = (await plainContent(applicant)).lines;
  const modes = { count: 1, localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' };
  const fields: {
    key: string;
    type: string;
    required: boolean;
    minimum: number | null;
    choices: { value: string }[];
  }[] = service.definition.fields;
  const answers = fields
    .filter((field) => field.required)
    .map(({ key, type, choices, minimum }) => ({
      key,
      value: choices[0]?.value ?? minimum?.toString() ?? ANSWERS[type] ?? '',
    }));
  return [
    { ...modes, kind: 'VM', name: 'vm', ...(plain?.vm ? { vm: plain.vm } : {}) },
    { ...modes, kind: 'SERVER', name: 'server', server: { offerId: catalog.serverOffers[0].id } },
    {
      ...{ ...modes, kind: 'CABINET', name: 'space' },
      cabinet: { offerId: unit.id, heightUnits: 1.5, powerW: 300, weightKg: 20 },
    },
    { kind: 'SERVICE', name: 'service', count: 1, service: { offerId: service.id, answers } },
  ];
}

describe('a request for all kinds over the API', () => {
  it('is previewed share by share, and saved as it was asked', async () => {
    const content = { ...(await plainContent(applicant)), lines: await fourLines() };
    const { previewRequest } = await applicant.data(PREVIEW, { input: { content } });
    const shares = previewRequest.lines.map((line: { shares: { share: string; center: { role: string } }[] }) =>
      line.shares.map(({ share, center }) => `${share} ${center.role}`),
    );
    const three = ['MAIN_A ACTIVE_A', 'MAIN_B ACTIVE_B', 'RECOVERY RECOVERY'];
    expect(shares).toEqual([three, three, three, []]);
    const [vm] = previewRequest.lines;
    expect(vm.shares.map((share: { standing: string }) => share.standing)).toEqual(['RUNNING', 'RUNNING', 'STANDBY']);

    const { request, errors } = await createDraft(applicant, content);
    expect(errors).toEqual([]);
    const saved = (await applicant.data(LINES, { id: request.id })).request;
    expect(saved).toMatchObject({ machineCount: 1, serverCount: 1, cabinetCount: 1, serviceCount: 1 });
    for (const [at, line] of content.lines.entries()) {
      const { offerId, ...part } = (line.vm ?? line.server ?? line.cabinet ?? line.service) as { offerId: string };
      const found = saved.lines[at];
      const own = found.vm ?? found.server ?? found.cabinet ?? found.service;
      expect(found).toMatchObject({ kind: line.kind, name: line.name, count: 1 });
      expect(own.offer.id).toBe(offerId);
      if (line.kind === 'CABINET') expect(own).toMatchObject(part);
      if (line.kind === 'SERVICE') expect(own.answers).toEqual(line.service?.answers);
    }
  });

  it('is refused where a line has two parts, none, or a center although it goes to both', async () => {
    const lines = await fourLines();
    const content = await plainContent(applicant);
    const centerId = content.lines[0]?.centerId as string;
    const refused = async (line: object) =>
      (await createDraft(applicant, { ...content, lines: [line as LineInput] })).errors.map(
        (error: { path: string[]; rule: string }) => `${error.path.join('.')} ${error.rule}`,
      );
    expect(await refused({ ...lines[0], server: lines[1]?.server })).toEqual(['content.lines.0.vm oneOf']);
    expect(await refused({ ...lines[1], server: null })).toEqual(['content.lines.0.server oneOf']);
    expect(await refused({ ...lines[0], centerId })).toEqual(['content.lines.0.centerId centerOfDualActive']);
  });
});
