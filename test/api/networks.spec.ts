import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidOf } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';

let console_: TestConsole;
let engineer: ConsoleClient;
let applicant: ConsoleClient;
let city: ConsoleClient;
let network: { id: string; ipv4Prefix: string };
beforeAll(async () => {
  console_ = await startTestConsole();
  [engineer, applicant, city] = (await Promise.all(
    ['facility', 'applicant', 'applicant.nanjing-sjj'].map((name) => console_.signIn(name)),
  )) as [ConsoleClient, ConsoleClient, ConsoleClient];
  const { networks } = await engineer.data(
    '{ networks(first: 1, filter: { stack: DUAL }) { nodes { id ipv4Prefix } } }',
  );
  network = networks.nodes[0];
});
afterAll(() => console_.close());

const PAGE = `query N($id: ID!, $family: IpFamily) { network(id: $id) {
  figures { family usable held allocated quarantine free }
  addressMap { block blocks first uses }
  addressClaims(first: 50, family: $family) { totalCount nodes { address family state version availableActions } }
} }`;
const CLAIM = `mutation C($input: ClaimAddressInput!) { claimAddress(input: $input) {
  network { id } claims { id address version } errors { message path }
} }`;

async function claimFor(client: ConsoleClient) {
  const { systems } = await client.data('{ systems(first: 1) { nodes { id } } }');
  const { claimAddress } = await engineer.data(CLAIM, {
    input: { idempotencyKey: newId(), networkId: network.id, holderId: systems.nodes[0].id, purpose: '测试' },
  });
  expect(claimAddress.errors).toEqual([]);
  return claimAddress.claims as { id: string; address: string; version: number }[];
}

describe('networks', () => {
  it('answers a claim with what was taken, and a map that agrees with the figures', async () => {
    const input = { idempotencyKey: newId(), networkId: network.id, purpose: '负载均衡' };
    const { claimAddress } = await engineer.data(CLAIM, { input });
    expect(claimAddress.claims).toHaveLength(2);
    // The same press answers the same, addresses and all.
    expect((await engineer.data(CLAIM, { input })).claimAddress).toEqual(claimAddress);
    const { network: seen } = await engineer.data(PAGE, { id: network.id, family: 'IPV4' });
    const [figures] = seen.figures;
    expect(seen.addressMap).toMatchObject({ block: 0, blocks: 4, first: network.ipv4Prefix.replace('/22', '') });
    const uses: string[] = seen.addressMap.uses;
    expect(uses).toHaveLength(256);
    expect(uses.slice(0, 3)).toEqual(['EDGE', 'GATEWAY', 'RESERVED']);
    expect(uses.filter((use) => use === 'ALLOCATED')).toHaveLength(figures.allocated);
    const last = Number(claimAddress.claims[0].address.split('.')[3]);
    expect(uses[last]).toBe('ALLOCATED');
    expect(new Set(seen.addressClaims.nodes.map((claim: { family: string }) => claim.family))).toEqual(
      new Set(['IPV4']),
    );
    const BLOCK = 'query B($id: ID!, $block: Int!) { network(id: $id) { addressMap(block: $block) { uses } } }';
    const beyond = await engineer.data(BLOCK, { id: network.id, block: 4 });
    expect(beyond.network.addressMap).toBeNull();
    const end = await engineer.data(BLOCK, { id: network.id, block: 3 });
    expect(end.network.addressMap.uses.at(-1)).toBe('EDGE');
  });

  it('shows a department its own addresses of a network and nothing else of it', async () => {
    expect((await applicant.ask(PAGE, { id: network.id })).data).toBeNull();
    const own = await claimFor(applicant);
    await claimFor(city);
    const { network: theirs } = await applicant.data(PAGE, { id: network.id });
    expect(theirs).toMatchObject({ figures: null, addressMap: null, addressClaims: { totalCount: own.length } });
    expect(theirs.addressClaims.nodes.map((claim: { address: string }) => claim.address)).toEqual(
      own.map((claim) => claim.address),
    );
    for (const claim of theirs.addressClaims.nodes) expect(claim.availableActions).toEqual([]);
  });

  it('offers a release while there is something to release', async () => {
    const [claim] = await claimFor(applicant);
    const release = `mutation R($input: ReleaseAddressInput!) { releaseAddress(input: $input) { claims { id } errors { code } } }`;
    const input = { id: claim?.id, idempotencyKey: newId(), expectedVersion: claim?.version };
    const STATE = `query S($id: ID!) { node(id: $id) { ... on AddressClaim { state availableActions releasedAt quarantineUntil } } }`;
    expect((await engineer.data(STATE, { id: claim?.id })).node).toMatchObject({
      state: 'ALLOCATED',
      availableActions: ['RELEASE'],
      releasedAt: null,
    });
    expect((await engineer.data(release, { input })).releaseAddress).toEqual({ claims: [], errors: [] });
    const { node } = await engineer.data(STATE, { id: claim?.id });
    expect(node).toMatchObject({ state: 'QUARANTINE', availableActions: [] });
    expect(Date.parse(node.quarantineUntil)).toBeGreaterThan(Date.parse(node.releasedAt));
  });

  it('tells a former department that its address rests, and not whose the thing is now', async () => {
    const [claim] = await claimFor(applicant);
    const [{ systemId, own }] = await console_.test.db.query(
      'select s.id as systemId, s.department_id as own from government_system s join address_claim a on a.subject_id = s.id where a.id = ?',
      [uuidOf('AddressClaim', claim?.id as string)],
    );
    const [{ id: other }] = await console_.test.db.query("select id from department where code = 'nanjing-sjj'");
    const give = (departmentId: string) =>
      console_.test.db.query('update government_system set department_id = ? where id = ?', [departmentId, systemId]);
    const SEEN = 'query S($id: ID!) { node(id: $id) { ... on AddressClaim { state holder { kind } } } }';
    const seen = async (client: ConsoleClient) => (await client.data(SEEN, { id: claim?.id })).node;
    expect(await seen(applicant)).toEqual({ state: 'ALLOCATED', holder: { kind: 'System' } });
    const release = 'mutation R($input: ReleaseAddressInput!) { releaseAddress(input: $input) { errors { code } } }';
    const input = { id: claim?.id, idempotencyKey: newId(), expectedVersion: claim?.version };
    expect((await engineer.data(release, { input })).releaseAddress.errors).toEqual([]);
    await give(other);
    expect(await seen(applicant)).toEqual({ state: 'QUARANTINE', holder: null });
    expect(await seen(engineer)).toEqual({ state: 'QUARANTINE', holder: { kind: 'System' } });
    await give(own);
    expect(await seen(applicant)).toEqual({ state: 'QUARANTINE', holder: { kind: 'System' } });
  });

  it('asks the database as often for one network or address as for many', async () => {
    const { servers } = await engineer.data('{ servers(first: 3) { nodes { id } } }');
    for (const server of servers.nodes) {
      const input = { idempotencyKey: newId(), networkId: network.id, holderId: server.id, purpose: '测试' };
      expect((await engineer.data(CLAIM, { input })).claimAddress.errors).toEqual([]);
    }
    await claimFor(applicant);
    const meant = /from `?(network|address_claim|government_system|server|resource|department|center)\b/i;
    const statements = async (query: string, first: number) =>
      (
        await countStatements(
          console_.test.db,
          () => engineer.data(query, { id: network.id, first, states: ['ALLOCATED'] }),
          meant,
        )
      ).statements;
    const LIST = `query L($first: Int!) { networks(first: $first) { totalCount nodes {
      code center { name } figures { free } } } }`;
    const ADDRESSES = `query A($id: ID!, $first: Int!, $states: [AddressState!]) { network(id: $id) {
      addressClaims(first: $first, states: $states) { totalCount nodes {
        address department { name } holder { kind name } availableActions } } } }`;
    expect(await statements(LIST, 18)).toBe(await statements(LIST, 1));
    // A page of one may lack a kind of holder, and each kind is one statement: the page of many has all of them.
    const [few, many] = [await statements(ADDRESSES, 10), await statements(ADDRESSES, 100)];
    expect(many).toBe(few);
    expect(many).toBeGreaterThan(0);
  });

  it('finds networks by their families: every one is dual-stack or of one family with a reason', async () => {
    const LIST = `query L($stack: NetworkStack) { networks(first: 100, filter: { stack: $stack }) {
      totalCount nodes { ipv4Prefix ipv6Prefix singleStackReason } } }`;
    const of = async (stack: string | null) => (await engineer.data(LIST, { stack })).networks;
    const [all, dual, four, six] = await Promise.all([of(null), of('DUAL'), of('IPV4_ONLY'), of('IPV6_ONLY')]);
    expect(dual.totalCount + four.totalCount + six.totalCount).toBe(all.totalCount);
    expect(four.totalCount).toBeGreaterThan(0);
    for (const each of four.nodes)
      expect(each).toMatchObject({ ipv6Prefix: null, singleStackReason: expect.any(String) });
    for (const each of dual.nodes) expect([each.ipv4Prefix, each.ipv6Prefix]).not.toContain(null);
  });
});
