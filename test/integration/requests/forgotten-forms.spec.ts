import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/platform/database/ids.js';
import { FORM_LIFE_DAYS, keptUntil } from '../../../server/src/requests/domain/unfinished-form.js';
import { UnfinishedForms } from '../../../server/src/requests/unfinished-forms.service.js';
import { keepHouse } from '../../../server/src/work.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';

const DAY_MS = 86_400_000;
const BEGUN = new Date('2027-03-01T01:00:00.000Z');
/** More than one statement removes. */
const MANY = 1_203;

let now = BEGUN;
let app: TestApplication;
let forms: UnfinishedForms;
const writer = viewerWith(['APPLICANT'], newId());
beforeAll(async () => {
  app = await openTestApplication({ now: () => now });
  forms = app.context.get(UnfinishedForms, { strict: false });
});
afterAll(() => app.close());

async function save(startKey: string, purpose: string, expectedVersion = 0): Promise<string> {
  const saved = await forms.save(writer, {
    ...{ requestId: null, requestVersion: null, startKey, expectedVersion },
    form: JSON.stringify({ purpose }),
  });
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return saved.value.id;
}
const rows = async (): Promise<number> =>
  Number((await app.test.db.query('select count(*) as n from unfinished_form'))[0].n);

describe('a half-filled form that nobody goes on with', () => {
  it('is kept to the end of its time from its last change on, and is gone from then on', async () => {
    now = BEGUN;
    const touched = await save('touched', '一');
    const left = await save('left', '二');
    now = new Date(BEGUN.getTime() + 60 * DAY_MS);
    await save('touched', '一又写', 1);
    now = new Date(keptUntil(BEGUN).getTime() - 1);
    expect(await forms.form(writer, left)).not.toBeNull();
    await keepHouse(app.context);
    expect(await rows()).toBe(2);
    // Its time is over at once, whether housekeeping has come by or not.
    now = keptUntil(BEGUN);
    expect(await forms.form(writer, left)).toBeNull();
    expect((await forms.own(writer)).map(({ id }) => id)).toEqual([touched]);
    await keepHouse(app.context);
    expect(await rows()).toBe(1);
    expect(await forms.form(writer, touched)).not.toBeNull();
    now = new Date(BEGUN.getTime() + (60 + FORM_LIFE_DAYS) * DAY_MS);
    await keepHouse(app.context);
    expect(await rows()).toBe(0);
  });

  it('begins anew where a window goes on with it after its time, whatever version that window saw', async () => {
    now = BEGUN;
    const id = await save('late', '旧');
    now = new Date(keptUntil(BEGUN).getTime() + DAY_MS);
    expect(await save('late', '新', 1)).toBe(id);
    expect(await forms.form(writer, id)).toMatchObject({ form: JSON.stringify({ purpose: '新' }), savedAt: now });
  });

  it('goes in batches, the longest untouched first, and leaves what is kept', async () => {
    now = BEGUN;
    await app.test.db.query('delete from unfinished_form');
    const long = new Date(BEGUN.getTime() - 400 * DAY_MS);
    await app.test.db.query(
      'insert into unfinished_form (id, request_id, request_version, owner_id, owner_name, start_key, form, version, saved_at) values ?',
      [Array.from({ length: MANY }, (_, at) => [newId(), null, null, newId(), '某人', `k${at}`, '{}', 1, long])],
    );
    const kept = await save('kept', '还在写');
    expect(await forms.removeForgotten()).toBe(MANY);
    expect(await forms.removeForgotten()).toBe(0);
    expect((await forms.own(writer)).map(({ id }) => id)).toEqual([kept]);
  });
});
