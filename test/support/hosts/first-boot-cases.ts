import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ServerFirstLogins } from '../../../server/src/documents/server-first-logins.service.js';
import { type Viewer } from '../../../server/src/kernel/viewer.js';
import { unixPasswordHash } from '../../../server/src/platform/crypto/unix-password.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import type { Manifest } from '../../../server/src/provisioning/domain/cluster-object.js';
import { firstBootNameOf } from '../../../server/src/provisioning/domain/desired-first-boot.js';
import type { DesiredHost } from '../../../server/src/servers/domain/host-record.js';
import { HostRecords } from '../../../server/src/servers/host-records.service.js';
import { ServerLoginsRepository } from '../../../server/src/servers/server-logins.repository.js';
import { ServerLogins } from '../../../server/src/servers/server-logins.service.js';
import { viewerWith } from '../application.ts';
import { codesOf, idOf } from '../request-journey.ts';
import { until } from '../until.ts';
import {
  act,
  app,
  desk,
  engineer,
  events,
  gateway,
  get,
  giveOut,
  hostOf,
  IMAGE,
  imageId,
  inCluster,
  isFree,
  move,
  OTHER,
  otherImageId,
  reaches,
  row,
  showing,
  site,
  startWorker,
} from './house.ts';

/** What a server boots with, and who gets into it. */
export function firstBootCases(): void {
  it('boot what was chosen with an account of their own, handed over once to who asked, and nothing of it stays', async () => {
    const secrets = new Map<string, Manifest>();
    await startWorker(showing(secrets));
    const { applicant, department, head } = desk.journey;
    const chosen = { offerId: desk.server.id, imageId: otherImageId };
    const one = { centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE', server: chosen } as const;
    const requestId = await desk.journey.submitted(desk.content([desk.line('SERVER', one)]));
    await desk.journey.approve(requestId);
    await until('it is delivered', async () => (await desk.journey.row(requestId)).state === 'DELIVERED');
    const { code } = await desk.journey.row(requestId);
    const [given] = await app.test.db.query('select server_id as id from server_host where request_code = ?', [code]);
    const { id } = given as { id: string };
    const first = await hostOf(id);
    expect(first.image).toEqual(OTHER);
    expect((await inCluster(id))?.object.spec).toMatchObject({ image: { url: OTHER.url, checksum: 'b'.repeat(64) } });
    const isGone = async (of: DesiredHost) => {
      const key = { kind: 'Secret', namespace: of.host.namespace, name: firstBootNameOf(of) } as const;
      return (await gateway.get(key)) === undefined && (await inCluster(id))?.view.userData === undefined;
    };
    await until('its first boot is forgotten', () => isGone(first));
    const configOf = (of: DesiredHost) => {
      const data = secrets.get(firstBootNameOf(of))?.data?.userData ?? '';
      return parse(Buffer.from(data, 'base64').toString()) as { hostname: string; users: [{ passwd: string }] };
    };
    expect(configOf(first)).toMatchObject({ hostname: first.host.name, users: [{ name: 'jyadmin' }] });

    const take = (viewer: Viewer) => get(ServerFirstLogins).reveal(viewer, id, newId());
    const opens = (password: string, of: DesiredHost) => {
      const [user] = configOf(of).users;
      return unixPasswordHash(password, user.passwd.split('$')[3]) === user.passwd;
    };
    expect(codesOf(await take(head))).toEqual(['NOT_PERMITTED']);
    const pressed = await Promise.all([take(applicant), take(applicant)]);
    const shown = pressed.flatMap((each) => (each.ok ? [each.value] : []));
    expect(shown).toEqual([{ username: 'jyadmin', password: expect.any(String) }]);
    const former = shown[0]?.password ?? '';
    expect(opens(former, first)).toBe(true);
    expect(codesOf(await take(applicant))).toEqual(['ILLEGAL_TRANSITION']);

    // Another of the department has another system installed: another password, and theirs.
    const colleague = viewerWith(['APPLICANT'], department.id, { name: '周同事' });
    const asked = { reason: '换用 openEuler', confirmed: (await row(id)).assetNumber };
    expect(codesOf(await act(id, 'REIMAGE', asked, colleague, newId()))).toEqual(['INVALID_INPUT']);
    idOf(await act(id, 'REIMAGE', asked, colleague, imageId));
    const isInstalled = (round: number) => async () => {
      const [view, host] = [(await inCluster(id))?.view, await hostOf(id)];
      return view?.imageRound === round && view.state === 'provisioned' && host.phase === 'RUNNING';
    };
    await until('the other is installed', isInstalled(2));
    const second = await hostOf(id);
    expect(second.image).toEqual(IMAGE);
    await until('its first boot is forgotten, too', () => isGone(second));
    expect(codesOf(await take(applicant))).toEqual(['NOT_PERMITTED']);
    const anew = await take(colleague);
    if (!anew.ok) throw new Error(anew.error[0]?.message.en);
    expect(opens(anew.value.password, second)).toBe(true);
    expect(opens(former, second)).toBe(false);
    const told = (await events(id)).filter(({ kind }) => kind === 'REIMAGE');
    expect(JSON.parse(told.at(-1)?.text ?? '').zh).toBe(`重装系统为 ${IMAGE.name}：换用 openEuler`);

    // What nobody fetched opens nothing after the use: whoever asks for the machine next gets their own.
    idOf(await act(id, 'REIMAGE', asked, engineer));
    await until('it is installed once more', isInstalled(3));
    const { useId } = await hostOf(id);
    idOf(await move(id, 'RETURN'));
    await isFree(id);
    const kept: object[] = await app.test.db.query(
      `select image_round as round, sealed, revealed_by as \`by\`, destroyed_at is not null as destroyed
       from server_login where use_id = ? order by image_round`,
      [useId],
    );
    expect(kept).toEqual([
      { round: 1, sealed: null, by: applicant.name, destroyed: 0 },
      { round: 2, sealed: null, by: '周同事', destroyed: 0 },
      { round: 3, sealed: null, by: null, destroyed: 1 },
    ]);
  });

  it('have one first password each installation, whoever asks first', async () => {
    const id = await giveOut();
    const asked = await hostOf(id);
    const answers = await Promise.all([1, 2, 3].map(() => get(ServerLogins).ofInstallation(asked)));
    expect(new Set(answers.map((login) => login?.passwordHash)).size).toBe(1);
    await startWorker();
    await reaches(id, 'RUNNING');
    idOf(await move(id, 'RETURN'));
    await isFree(id);
  });

  it('are told that a first password could not be kept, and never left without one in silence', async () => {
    const { imageRound, requestCode, useId, ...rest } = await hostOf(await giveOut());
    const login = { useId: useId ?? '', imageRound, requestCode, askedById: null, username: 'jyadmin' };
    const kept = { ...login, passwordHash: '$6$x', sealed: Buffer.from('sealed') };
    const insert = (of: { serverId: string; username?: string }) =>
      get(UnitOfWork).run((tx) => get(ServerLoginsRepository).insert(tx, { ...kept, ...of }));
    await expect(insert({ serverId: newId() })).rejects.toThrow(/foreign key/);
    await expect(insert({ serverId: rest.serverId, username: 'u'.repeat(33) })).rejects.toThrow(/too long/);
    await insert({ serverId: rest.serverId });
    // The first stands.
    await insert({ serverId: rest.serverId, username: 'other' });
    expect(await get(ServerLogins).ofInstallation(await hostOf(rest.serverId))).toMatchObject({ username: 'jyadmin' });
    await startWorker();
    await reaches(rest.serverId, 'RUNNING');
    idOf(await move(rest.serverId, 'RETURN'));
    await isFree(rest.serverId);
  });

  it('keep what they boot with while the same installation is put on again, and lose it once they have booted', async () => {
    const id = await giveOut();
    const asked = await hostOf(id);
    await get(ServerLogins).ofInstallation(asked);
    const { imageRound, useId } = asked;
    const isOver = async () =>
      (await get(HostRecords).firstBootsOver(asked.centerId, new Date(0))).some((over) => over.useId === useId);
    expect(await isOver()).toBe(false);
    await get(UnitOfWork).run((tx) => get(ServerLogins).ready(tx, useId ?? '', imageRound));
    // It has booted once; somebody took its image away in the cluster, and it is being put on again.
    expect((await hostOf(id)).phase).toBe('PROVISIONING');
    expect(await isOver()).toBe(false);
    await startWorker();
    await reaches(id, 'RUNNING');
    expect(await isOver()).toBe(true);
    idOf(await move(id, 'RETURN'));
    await isFree(id);
    expect(await isOver()).toBe(true);
  });
}
