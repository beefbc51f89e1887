import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';
import { plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let head: ConsoleClient;
let finance: ConsoleClient;
let vendor: ConsoleClient;
let departmentId: string;

beforeAll(async () => {
  console_ = await startTestConsole();
  [head, finance, vendor] = (await Promise.all(
    ['head', 'finance', 'vendor'].map((username) => console_.signIn(username)),
  )) as [ConsoleClient, ConsoleClient, ConsoleClient];
  departmentId = (await head.data('{ viewer { department { id } } }')).viewer.department.id;
}, 120_000);
afterAll(() => console_.close());

const content = (more: object = {}) => ({
  code: `XT-TEST-${newId().slice(-6).toUpperCase()}`,
  name: '就业服务系统',
  protectionLevel: 3,
  localMode: 'DUAL_ACTIVE',
  remoteMode: 'DATA',
  ownerUsername: 'head',
  filingNumber: '32010099999-00001',
  filingOrgan: '省公安厅',
  filedOn: '2025-03-01',
  availabilityPercent: 99.95,
  criticalInfrastructure: false,
  sharesData: true,
  contacts: [{ name: '陈晓舟', phone: '025-83300000', role: '业务负责人' }],
  ...more,
});

async function act(client: ConsoleClient, mutation: string, type: string, input: object, of = 'system { id version }') {
  const query = `mutation M($input: ${type}!) { ${mutation}(input: $input) { ${of} errors { code path message ... on InvalidInput { rule } } } }`;
  return (await client.data(query, { input: { idempotencyKey: newId(), ...input } }))[mutation];
}

async function registered(more: object = {}): Promise<{ id: string; version: number }> {
  const { system, errors } = await act(head, 'registerSystem', 'RegisterSystemInput', {
    departmentId,
    content: content(more),
  });
  expect(errors).toEqual([]);
  return system;
}

describe('a system', () => {
  it('is registered, found again with every field, and edited on what was seen', async () => {
    const { id } = await registered();
    const query =
      'query S($id: ID!) { system(id: $id) { name filed filingNumber availabilityPercent declarationState editable owner { username displayName } contacts { name phone role } quota { level version } } }';
    const { system } = await head.data(query, { id });
    expect(system).toEqual({
      name: '就业服务系统',
      filed: true,
      filingNumber: '32010099999-00001',
      availabilityPercent: 99.95,
      declarationState: 'MISSING',
      editable: true,
      owner: { username: 'head', displayName: '顾文清' },
      contacts: [{ name: '陈晓舟', phone: '025-83300000', role: '业务负责人' }],
      quota: { level: 'SYSTEM', version: 0 },
    });
    const edited = await act(head, 'editSystem', 'EditSystemInput', {
      id,
      expectedVersion: 1,
      content: content({ ownerUsername: null, name: '就业创业服务系统' }),
    });
    expect(edited).toMatchObject({ system: { version: 2 }, errors: [] });
    const again = await act(head, 'editSystem', 'EditSystemInput', { id, expectedVersion: 1, content: content() });
    expect(again.errors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    const { systems } = await head.data('{ systems(filter: { withoutOwner: true }, first: 100) { nodes { id } } }');
    expect(systems.nodes).toContainEqual({ id });
  });

  it('is refused with every wrong field, in the language of the reader', async () => {
    const { errors } = await act(head, 'registerSystem', 'RegisterSystemInput', {
      departmentId,
      content: content({ code: 'a b', protectionLevel: 4, filedOn: null, ownerUsername: 'head.gat' }),
    });
    expect(errors.map((e: { path: string[] }) => e.path.join('.'))).toEqual([
      'content.code',
      'content.protectionLevel',
      'content.filedOn',
      'ownerUsername',
    ]);
  });

  it('has a code that no other has', async () => {
    const code = `XT-ONCE-${newId().slice(-6).toUpperCase()}`;
    await registered({ code });
    const { errors } = await act(head, 'registerSystem', 'RegisterSystemInput', {
      departmentId,
      content: content({ code }),
    });
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT', rule: 'unique', path: ['content', 'code'] }]);
  });

  it('is declared not classified with a file that was sent, and shows it to those who see the system', async () => {
    const { id, version } = await registered();
    const bad = await act(head, 'declareNotClassified', 'DeclareNotClassifiedInput', {
      id,
      expectedVersion: version,
      fileId: id,
      validUntil: '2027-12-31',
    });
    expect(bad.errors).toMatchObject([{ code: 'UNKNOWN_REFERENCE', path: ['fileId'] }]);
    const past = await act(head, 'declareNotClassified', 'DeclareNotClassifiedInput', {
      id,
      expectedVersion: version,
      fileId: id,
      validUntil: '2020-01-01',
    });
    expect(past.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['validUntil'] }]);
  });
});

describe('periods of projects', () => {
  it('are opened, refused where they overlap, and ended', async () => {
    const { id: systemId } = await registered();
    const { projects } = await head.data('{ projects(first: 1) { nodes { id code } } }');
    const projectId = projects.nodes[0].id;
    const link = (from: string, to: string | null) =>
      act(head, 'linkProject', 'LinkProjectInput', { systemId, projectId, from, to });
    expect((await link('2026-01-01', '2027-01-01')).errors).toEqual([]);
    expect((await link('2026-12-31', null)).errors).toMatchObject([{ rule: 'overlap' }]);
    expect((await link('2027-01-01', null)).errors).toEqual([]);
    const ended = await act(head, 'endProjectLink', 'EndProjectLinkInput', {
      systemId,
      projectId,
      from: '2027-01-01',
      to: '2028-01-01',
    });
    expect(ended.errors).toEqual([]);
    const { system } = await head.data('query S($id: ID!) { system(id: $id) { periods { from to project { id } } } }', {
      id: systemId,
    });
    expect(system.periods).toEqual([
      { from: '2027-01-01', to: '2028-01-01', project: { id: projectId } },
      { from: '2026-01-01', to: '2027-01-01', project: { id: projectId } },
    ]);
  });
});

describe('a period written by mistake', () => {
  it('is taken back with a reason while nothing rests on it, and not afterwards', async () => {
    const { id: systemId } = await registered();
    const { projects } = await head.data('{ projects(first: 1) { nodes { id } } }');
    const projectId = projects.nodes[0].id;
    const link = (from: string) =>
      act(head, 'linkProject', 'LinkProjectInput', { systemId, projectId, from, to: null });
    const back = (from: string, reason = '项目选错') =>
      act(head, 'takeBackProjectLink', 'TakeBackProjectLinkInput', { systemId, projectId, from, reason });
    expect((await link('2026-01-01')).errors).toEqual([]);
    expect((await back('2026-01-01', ' ')).errors).toMatchObject([{ path: ['reason'] }]);
    expect((await back('2026-01-01')).errors).toEqual([]);
    const periods = async () =>
      (await head.data('query S($id: ID!) { system(id: $id) { periods { from } } }', { id: systemId })).system.periods;
    expect(await periods()).toEqual([]);
    expect((await link('2026-01-01')).errors).toEqual([]);
    const content = { ...(await plainContent(head)), systemId, projectId };
    const { createRequestDraft } = await head.data(
      'mutation C($input: CreateRequestDraftInput!) { createRequestDraft(input: $input) { errors { path } } }',
      { input: { idempotencyKey: newId(), content } },
    );
    expect(createRequestDraft.errors).toEqual([]);
    expect((await back('2026-01-01')).errors).toMatchObject([{ code: 'INVALID_INPUT', rule: 'used' }]);
    expect(await periods()).toEqual([{ from: '2026-01-01' }]);
  });
});

describe("a vendor's staff", () => {
  it('reaches a system while bound to it, and not a moment longer', async () => {
    const { id: systemId } = await registered();
    const see = async () =>
      (await vendor.ask('query S($id: ID!) { system(id: $id) { id } }', { id: systemId })).data?.system;
    expect(await see()).toBeFalsy();
    const bound = await act(
      head,
      'bindVendorStaff',
      'BindVendorStaffInput',
      {
        systemId,
        username: 'vendor',
        name: '',
        phone: '13800000000',
        company: '某某信息技术有限公司',
        until: '2099-12-31',
      },
      'system { vendorStaff { id name hasAccount expired } }',
    );
    expect(bound.system.vendorStaff).toMatchObject([{ name: '陆一鸣', hasAccount: true, expired: false }]);
    expect(await see()).toBeTruthy();
    const unbound = await act(head, 'unbindVendorStaff', 'UnbindVendorStaffInput', {
      systemId,
      bindingId: bound.system.vendorStaff[0].id,
    });
    expect(unbound.errors).toEqual([]);
    // What was open with that right is closed: signed out, and after signing in again the system is not there.
    expect((await vendor.ask('{ viewer { username } }')).data?.viewer ?? null).toBeNull();
    vendor = await console_.signIn('vendor');
    expect(await see()).toBeFalsy();
  });

  it('asks for machines for the systems that it is bound to, and for no other', async () => {
    const { systems } = await vendor.data('{ systems(first: 100) { nodes { id name } } }');
    // Two bindings last, the third has run out.
    expect(systems.nodes).toHaveLength(2);
    const all = (await head.data('{ systems(first: 100) { nodes { id projects { id } } } }')).systems.nodes;
    const theirs = new Set(systems.nodes.map((s: { id: string }) => s.id));
    const paths = async (system: { id: string; projects: { id: string }[] }) => {
      const content = { systemId: system.id, projectId: system.projects[0]?.id, purpose: '试用', lines: [] };
      const { previewRequest } = await vendor.data(
        'query P($input: PreviewRequestInput!) { previewRequest(input: $input) { errors { path } } }',
        { input: { content } },
      );
      return previewRequest.errors.map((e: { path: string[] }) => e.path[1]);
    };
    const paid = all.filter((s: { projects: unknown[] }) => s.projects.length > 0);
    expect(await paths(paid.find((s: { id: string }) => theirs.has(s.id)))).toEqual(['lines']);
    expect(await paths(paid.find((s: { id: string }) => !theirs.has(s.id)))).toEqual([
      'lines',
      'systemId',
      'projectId',
    ]);
  });

  it('must be staff of a vendor in that department to be bound with an account', async () => {
    const { id: systemId } = await registered();
    const { errors } = await act(head, 'bindVendorStaff', 'BindVendorStaffInput', {
      systemId,
      username: 'finance',
      name: '',
      phone: '13800000000',
      company: '某公司',
      until: '2099-12-31',
    });
    expect(errors).toMatchObject([{ code: 'UNKNOWN_REFERENCE', path: ['username'] }]);
  });
});

describe('a project', () => {
  const project = (more: object = {}) => ({
    code: `XM-TEST-${newId().slice(-6).toUpperCase()}`,
    name: '信息系统升级改造项目',
    budgetYear: 2026,
    fundSource: '省级财政资金',
    budgetLevel: 'PROVINCE',
    performanceTargets: ['系统可用率不低于 99.9%'],
    totalBudgetFen: '123456700',
    ...more,
  });

  it('is registered by its department, and its budget keys are corrected by the finance office only there', async () => {
    const written = project();
    const { project: made, errors } = await act(
      head,
      'registerProject',
      'RegisterProjectInput',
      { departmentId, content: written },
      'project { id version editing totalBudget }',
    );
    expect([errors, made]).toMatchObject([[], { editing: 'ALL', totalBudget: '123456700' }]);
    const edit = (more: object, expectedVersion: number) =>
      act(
        finance,
        'editProject',
        'EditProjectInput',
        { id: made.id, expectedVersion, content: { ...written, ...more } },
        'project { version functionClass editing }',
      );
    expect(await edit({ functionClass: '2010399' }, 1)).toMatchObject({
      project: { version: 2, functionClass: '2010399', editing: 'BUDGET_KEYS' },
      errors: [],
    });
    expect((await edit({ functionClass: '2010399', name: '别的' }, 2)).errors).toMatchObject([
      { code: 'NOT_PERMITTED', path: ['content', 'name'] },
    ]);
  });
});

describe('quotas', () => {
  it('show everybody their own, and let a city divide what it has', async () => {
    const query = '{ viewer { department { quota { level editable meters { meter limit held allocated left } } } } }';
    const mine = await head.data(query);
    expect(mine.viewer.department.quota).toMatchObject({ level: 'DEPARTMENT', editable: false });
    expect(mine.viewer.department.quota.meters).toHaveLength(8);
    const city = await console_.signIn('city');
    const { quotas } = await city.data(
      '{ quotas { totalCount nodes { id name version editable meters { meter limit } } } }',
    );
    expect(quotas.nodes.map((q: { editable: boolean }) => q.editable)).toEqual([false, true, true, true, true]);
    const bureau = quotas.nodes[1];
    const set = (limit: number) =>
      act(
        city,
        'setQuota',
        'SetQuotaInput',
        { id: bureau.id, expectedVersion: bureau.version, limits: [{ meter: 'MACHINE', limit }] },
        'quota { version meters { meter limit } }',
      );
    expect((await set(1_000_000)).errors).toMatchObject([{ code: 'QUOTA_OUT_OF_BOUNDS', path: ['limits', 'MACHINE'] }]);
    const done = await set(33);
    expect(done.quota.meters[0]).toEqual({ meter: 'MACHINE', limit: 33 });
  });
});

describe('lists', () => {
  it.each([
    [
      'systems',
      'id owner { displayName } department { name } projects { id } periods { from } vendorStaff { name } quota { meters { held } } declarationFile { id }',
    ],
    [
      'projects',
      'id department { name } periods { system { name } } attachments { id } quota { version meters { left } }',
    ],
    ['quotas', 'id name version editable department { name } meters { limit held allocated left }'],
  ])('of %s cost as many statements for 100 rows as for 2', async (field, nodes) => {
    const reviewer = await console_.signIn('reviewer');
    const db = console_.application.get(DataSource);
    const ask = (first: number) =>
      // Of the list's own tables: the worker's and the sequencer's statements come and go beside.
      countStatements(
        db,
        () => reviewer.data(`{ ${field}(first: ${first}) { totalCount nodes { ${nodes} } } }`),
        /department|government_system|project|quota|vendor_binding|capacity_counter|claim|app_user|stored_file/i,
      );
    const [few, many] = [await ask(2), await ask(100)];
    expect(many.result[field].nodes.length).toBe(100);
    expect(many.statements).toBe(few.statements);
    expect(many.statements).toBeLessThan(20);
  });
});
