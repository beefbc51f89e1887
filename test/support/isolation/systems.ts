import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import {
  byId,
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  has,
  listed,
  type NodeIds,
  REQUESTS_OF_ALL,
  SYSTEMS_OF_ALL,
} from './case.ts';

/** Systems, projects and quotas: records of a department that others read only by office. */
const NO_SYSTEM = toNodeId('System', newId());
const NO_PROJECT = toNodeId('Project', newId());
const NO_DEPARTMENT = toNodeId('Department', newId());
const NO_QUOTA = toNodeId('Quota', newId());
/** Nothing has come so far: who may edit is told so, and nothing is changed. */
const FAR_VERSION = 9_999;

const quotaOf = (foreign: Foreign) => toNodeId('Quota', uuidOf('Department', foreign.departmentId) as string);
const SYSTEM_CONTENT = {
  code: 'XT-ISOLATION',
  name: '隔离',
  protectionLevel: 2,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  criticalInfrastructure: false,
  sharesData: false,
  contacts: [],
};
const PROJECT_CONTENT = {
  code: 'XM-ISOLATION',
  name: '隔离',
  budgetYear: 2026,
  fundSource: '省级财政资金',
  budgetLevel: 'PROVINCE',
  performanceTargets: [],
};

function act(mutation: string, type: string, input: (foreign: Foreign, exists: boolean) => object): Case {
  return {
    ...CLOSED,
    ask: (f, exists) => ({
      query: `mutation M($input: ${type}!) { ${mutation}(input: $input) { errors { code message path } } }`,
      variables: { input: { idempotencyKey: newId(), ...input(f, exists) } },
    }),
  };
}

const systemId = (f: Foreign, exists: boolean) => (exists ? f.content.systemId : NO_SYSTEM);
const projectId = (f: Foreign, exists: boolean) => (exists ? f.content.projectId : NO_PROJECT);
const departmentId = (f: Foreign, exists: boolean) => (exists ? f.departmentId : NO_DEPARTMENT);

/** Whoever may edit everywhere is told of the version; to all others the thing is not there. */
const saysVersion: Case['shows'] = (answer) => JSON.stringify(answer.data ?? null).includes('VERSION_CONFLICT');

export const systemCases: Cases = {
  'Query.system': {
    ask: byId(
      'system',
      (f) => f.content.systemId,
      () => NO_SYSTEM,
    ),
    seen: SYSTEMS_OF_ALL,
    shows: has('system', 'id'),
  },
  'Query.project': {
    ask: byId(
      'project',
      (f) => f.content.projectId,
      () => NO_PROJECT,
    ),
    seen: REQUESTS_OF_ALL,
    shows: has('project', 'id'),
  },
  'Query.projects': {
    ask: (f, exists) => ({
      query: 'query P($filter: ProjectFilter) { projects(filter: $filter) { totalCount } }',
      variables: { filter: { departmentId: departmentId(f, exists) } },
    }),
    seen: REQUESTS_OF_ALL,
    shows: listed('projects'),
  },
  'Query.quotas': {
    ask: (f, exists) => ({
      query: 'query Q($filter: QuotaFilter) { quotas(filter: $filter) { totalCount } }',
      variables: { filter: { departmentId: departmentId(f, exists) } },
    }),
    seen: REQUESTS_OF_ALL,
    shows: listed('quotas'),
  },
  'Query.quota': {
    ask: byId('quota', quotaOf, () => NO_QUOTA),
    seen: REQUESTS_OF_ALL,
    shows: has('quota', 'id'),
  },
  'Mutation.setQuota': {
    ...act('setQuota', 'SetQuotaInput', (f, exists) => ({
      id: exists ? quotaOf(f) : NO_QUOTA,
      expectedVersion: FAR_VERSION,
      limits: [{ meter: 'VCPU', limit: 1 }],
    })),
    seen: ['allocator', 'authority'],
    shows: saysVersion,
  },
  'Mutation.registerSystem': act('registerSystem', 'RegisterSystemInput', (f, exists) => ({
    departmentId: departmentId(f, exists),
    content: SYSTEM_CONTENT,
  })),
  'Mutation.editSystem': act('editSystem', 'EditSystemInput', (f, exists) => ({
    id: systemId(f, exists),
    expectedVersion: FAR_VERSION,
    content: SYSTEM_CONTENT,
  })),
  'Mutation.declareNotClassified': act('declareNotClassified', 'DeclareNotClassifiedInput', (f, exists) => ({
    id: systemId(f, exists),
    expectedVersion: FAR_VERSION,
    fileId: toNodeId('StoredFile', newId()),
    validUntil: '2099-01-01',
  })),
  'Mutation.stateReliability': act('stateReliability', 'StateReliabilityInput', (f, exists) => ({
    id: systemId(f, exists),
    expectedVersion: FAR_VERSION,
    fileId: toNodeId('StoredFile', newId()),
    validUntil: '2099-01-01',
    entries: [],
  })),
  'Mutation.linkProject': act('linkProject', 'LinkProjectInput', (f, exists) => ({
    systemId: systemId(f, exists),
    projectId: projectId(f, exists),
    from: '2030-01-01',
  })),
  'Mutation.endProjectLink': act('endProjectLink', 'EndProjectLinkInput', (f, exists) => ({
    systemId: systemId(f, exists),
    projectId: projectId(f, exists),
    from: '2026-01-01',
    to: '2099-01-01',
  })),
  'Mutation.takeBackProjectLink': act('takeBackProjectLink', 'TakeBackProjectLinkInput', (f, exists) => ({
    systemId: systemId(f, exists),
    projectId: projectId(f, exists),
    from: '2026-01-01',
    reason: '选错',
  })),
  'Mutation.bindVendorStaff': act('bindVendorStaff', 'BindVendorStaffInput', (f, exists) => ({
    systemId: systemId(f, exists),
    name: '某人',
    phone: '13800000000',
    company: '某公司',
    until: '2099-01-01',
  })),
  'Mutation.unbindVendorStaff': act('unbindVendorStaff', 'UnbindVendorStaffInput', (f, exists) => ({
    systemId: systemId(f, exists),
    bindingId: toNodeId('VendorStaff', newId()),
  })),
  'Mutation.registerProject': act('registerProject', 'RegisterProjectInput', (f, exists) => ({
    departmentId: departmentId(f, exists),
    content: PROJECT_CONTENT,
  })),
  'Mutation.editProject': {
    ...act('editProject', 'EditProjectInput', (f, exists) => ({
      id: projectId(f, exists),
      expectedVersion: FAR_VERSION,
      content: PROJECT_CONTENT,
    })),
    seen: ['finance'],
    shows: saysVersion,
  },
};

export async function systemNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { Quota: [quotaOf(foreign), REQUESTS_OF_ALL] };
}
