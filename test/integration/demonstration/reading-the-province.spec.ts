import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type ExecutionResult, graphql } from 'graphql';
import { pino } from 'pino';
import { ApplicationModule } from '../../../server/src/application.module.js';
import { DemonstrationModule } from '../../../server/src/demonstration/demonstration.module.js';
import { DemonstrationLoader } from '../../../server/src/demonstration/demonstration-loader.js';
import { makeUpProvince } from '../../../server/src/demonstration/province.js';
import { entities } from '../../../server/src/entities.js';
import { graphqlApi } from '../../../server/src/graphql-api.js';
import { systemClock } from '../../../server/src/kernel/clock.js';
import { toNodeId } from '../../../server/src/kernel/node-id.js';
import type { Role } from '../../../server/src/kernel/viewer.js';
import { readConfiguration } from '../../../server/src/platform/config/configuration.js';
import { newKeyRing } from '../../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../../server/src/platform/crypto/software-crypto.js';
import { RequestContext } from '../../../server/src/platform/graphql/request-context.js';
import { TrustedDocuments } from '../../../server/src/platform/graphql/trusted-documents.js';
import { viewerWith } from '../../support/application.ts';
import { countStatements } from '../../support/count-statements.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const SEED = 20_260_101;
const province = makeUpProvince(SEED);
const departmentId = (code: string): string => province.departments.find((found) => found.code === code)?.id ?? '';
const systemOf = (code: string) =>
  province.systems.systems.find((system) => system.departmentId === departmentId(code));

let test: TestDatabase;
let application: INestApplication;

beforeAll(async () => {
  test = await openTestDatabase(entities);
  const configuration = readConfiguration({ JIYUN_LOG_LEVEL: 'silent' });
  application = await NestFactory.create(
    ApplicationModule.of({
      ground: { configuration, db: test.db, crypto: new SoftwareCrypto(newKeyRing(), 1_000), clock: systemClock },
      demonstration: null,
      parts: [
        graphqlApi({ documents: TrustedDocuments.any, logger: pino({ level: 'silent' }) }),
        { module: DemonstrationModule },
      ],
    }),
    { logger: false, abortOnError: false },
  );
  await application.init();
  await application.get(DemonstrationLoader).load(SEED);
});
afterAll(async () => {
  await application.close();
  await test.close();
});

async function ask(role: Role, code: string | null, source: string, variables = {}): Promise<ExecutionResult> {
  const viewer = viewerWith([role], code === null ? null : departmentId(code));
  return graphql({
    schema: application.get(GraphQLSchemaHost).schema,
    source,
    variableValues: variables,
    contextValue: new RequestContext(viewer, 'zh', viewer, undefined, false),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: the shape is the query's.
async function data(role: Role, code: string | null, source: string, variables = {}): Promise<any> {
  const answer = await ask(role, code, source, variables);
  expect(answer.errors ?? []).toEqual([]);
  return answer.data;
}

async function refusal(role: Role, source: string, code: string | null = 'rst'): Promise<unknown> {
  return (await ask(role, code, source)).errors?.[0]?.extensions.code;
}

const SYSTEMS = `query ($first: Int!, $search: String) { systems(first: $first, search: $search) {
  totalCount
  nodes { code name department { name parent { name } } projects { name budgetYear department { name } } }
} }`;

describe('systems', () => {
  it("shows an applicant the own department's only", async () => {
    const { systems } = await data('APPLICANT', 'rst', SYSTEMS, { first: 100 });
    expect(systems.totalCount).toBe(8);
    expect(new Set(systems.nodes.map((node: { department: { name: string } }) => node.department.name))).toEqual(
      new Set(['省人力资源和社会保障厅']),
    );
    expect(systems.nodes.every((node: { projects: unknown[] }) => node.projects.length > 0)).toBe(true);
    const foreign = await data('APPLICANT', 'rst', SYSTEMS, { first: 10, search: '预算管理一体化' });
    expect(foreign.systems.totalCount).toBe(0);
    const province = await data('CENTER_REVIEWER', 'dsj', SYSTEMS, { first: 10, search: '预算管理一体化' });
    expect(province.systems.totalCount).toBe(1);
  });

  it("finds one's own by node id, and nobody else's", async () => {
    const node = (type: string, id: string | undefined) => ({ id: toNodeId(type, id ?? '') });
    const NODE = 'query ($id: ID!) { node(id: $id) { id __typename } }';
    const [own, foreign] = [systemOf('rst'), systemOf('czt')];
    expect((await data('APPLICANT', 'rst', NODE, node('System', own?.id))).node?.__typename).toBe('System');
    expect((await data('APPLICANT', 'rst', NODE, node('System', foreign?.id))).node).toBeNull();
    expect((await data('CENTER_REVIEWER', 'dsj', NODE, node('System', foreign?.id))).node?.__typename).toBe('System');
    const project = province.systems.projects.find((found) => found.departmentId === departmentId('czt'));
    expect((await data('APPLICANT', 'rst', NODE, node('Project', project?.id))).node).toBeNull();
    expect((await data('APPLICANT', 'rst', NODE, node('Department', departmentId('czt')))).node).toBeNull();
    expect((await data('AUDIT_ADMINISTRATOR', 'dsj', NODE, node('System', own?.id))).node).toBeNull();
  });

  it('costs the same number of statements whatever the page size', async () => {
    const counts: number[] = [];
    for (const first of [2, 20, 100]) {
      const counted = await countStatements(test.db, () => data('CENTER_REVIEWER', 'dsj', SYSTEMS, { first }));
      expect(counted.result.systems.nodes).toHaveLength(first);
      counts.push(counted.statements);
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeLessThanOrEqual(6);
  });
});

describe('centers', () => {
  const CENTERS =
    '{ centers { code role cluster { name reach } pools { code architecture zone center { code } capacity { meter free } } } }';

  it('are read by requesters and watchers by a constant number of statements', async () => {
    const { result, statements } = await countStatements(test.db, () => data('APPLICANT', 'rst', CENTERS));
    expect(result.centers.map((center: { code: string }) => center.code)).toEqual(['center-a', 'center-b', 'center-c']);
    expect(result.centers.flatMap((center: { pools: unknown[] }) => center.pools)).toHaveLength(12);
    // Centers, clusters, pools, the pools' centers and owners; counters, claims, their accelerators and what is present.
    expect(statements).toBeLessThanOrEqual(9);
    await data('PROVIDER_OPERATOR', 'dsj', CENTERS);
  });

  it('are closed to the three administrators', async () => {
    expect(await refusal('AUDIT_ADMINISTRATOR', CENTERS)).toBe('FORBIDDEN');
    expect(await refusal('SYSTEM_ADMINISTRATOR', '{ catalog { countMaximum } }')).toBe('FORBIDDEN');
  });
});

describe('catalog', () => {
  it('shows every offer with its price by four statements', async () => {
    const { result, statements } = await countStatements(test.db, () =>
      data(
        'APPLICANT',
        'rst',
        '{ catalog { diskGibMinimum diskGibMaximum countMaximum images { code } unitPrices { meter architecture unit monthlyPrice synthetic } offers { code monthlyPrice } } }',
      ),
    );
    const { catalog } = result;
    expect([catalog.diskGibMinimum, catalog.diskGibMaximum, catalog.countMaximum]).toEqual([20, 8192, 100]);
    expect(catalog.offers).toHaveLength(31);
    expect(catalog.offers).toContainEqual({ code: 'general-2c8g-amd64', monthlyPrice: '19260' });
    expect(catalog.unitPrices).toContainEqual({
      meter: 'VCPU',
      architecture: 'ARM64',
      unit: 'vCPU',
      monthlyPrice: '2880',
      synthetic: true,
    });
    expect(statements).toBe(4);
  });
});

describe('departments', () => {
  it('are searched within the scope, and refused without the right or with a bad page', async () => {
    const LIST = '{ departments(first: 100, search: "公安") { totalCount nodes { code level parent { code } } } }';
    expect((await data('CENTER_REVIEWER', 'dsj', LIST)).departments.totalCount).toBe(14);
    expect((await data('APPLICANT', 'rst', LIST)).departments.totalCount).toBe(0);
    expect(await refusal('ASSESSOR', LIST)).toBe('FORBIDDEN');
    expect(await refusal('APPLICANT', '{ departments(first: 101) { totalCount } }')).toBe('BAD_INPUT');
    expect(await refusal('APPLICANT', '{ departments(after: "x") { totalCount } }')).toBe('BAD_INPUT');
    expect(await refusal('APPLICANT', `{ departments(search: "${'x'.repeat(101)}") { totalCount } }`)).toBe(
      'BAD_INPUT',
    );
  });
});
