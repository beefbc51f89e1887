import { newId } from '../../server/src/platform/database/ids.js';
import type { ConsoleClient } from './console-client.ts';

export const FORM = `query Form {
  systems(first: 100) { nodes { id name projects { id } department { id } } }
  centers { id code role }
  catalog { offers { id code architecture vcpu memoryMib } images { id architecture minimumDiskGib } }
}`;
export const REQUEST_FIELDS = `id code state version holder availableActions { action disabledReason }
  lines { placements { count pool { code } } resources { id name state power version addresses statusText clusterObject } }
  steps { action opinion actorName toState }`;
export const ERROR_FIELDS = `errors { __typename code message path ... on CapacityShortage { criterion meter requested free short }
  ... on VersionConflict { expected current } ... on IllegalTransition { state action } ... on InvalidInput { rule } }`;
export const PREVIEW = `query P($input: PreviewRequestInput!) { previewRequest(input: $input) { feasible monthlyCost yearlyCost
  lines { index feasible monthlyCost placements { count pool { code } } checks { criterion passed text figures } } ${ERROR_FIELDS} } }`;
export const CREATE = `mutation C($input: CreateRequestDraftInput!) { createRequestDraft(input: $input) { request { ${REQUEST_FIELDS} } ${ERROR_FIELDS} } }`;
export const actMutation = (name: string): string =>
  `mutation A($input: RequestActInput!) { ${name}(input: $input) { request { ${REQUEST_FIELDS} } ${ERROR_FIELDS} } }`;

export interface VmInput {
  offerId: string;
  imageId: string;
  zone: string;
  storageTier: string;
  diskGib: number;
}

export interface LineInput {
  kind: string;
  name: string;
  count: number;
  centerId?: string | null;
  localMode?: string | null;
  remoteMode?: string | null;
  vm?: VmInput | null;
  server?: { offerId: string } | null;
  cabinet?: { offerId: string; heightUnits: number; powerW: number; weightKg: number } | null;
  service?: { offerId: string; answers: { key: string; value: string }[] } | null;
}

export interface ContentInput {
  systemId: string;
  projectId: string;
  purpose: string;
  lines: LineInput[];
}

/** A plain request that the made-up province can serve, as the form would fill it in for this person. */
export async function plainContent(
  client: ConsoleClient,
  centerCode = 'center-a',
  architecture: 'AMD64' | 'ARM64' = 'ARM64',
): Promise<ContentInput> {
  const { systems, centers, catalog } = await client.data(FORM);
  const system = systems.nodes.find((s: { projects: unknown[] }) => s.projects.length > 0);
  const offer = catalog.offers.find(
    (o: { architecture: string; vcpu: number }) => o.architecture === architecture && o.vcpu === 2,
  );
  const image = catalog.images.find((i: { architecture: string }) => i.architecture === architecture);
  return {
    systemId: system.id,
    projectId: system.projects[0].id,
    purpose: '业务系统扩容',
    lines: [
      {
        kind: 'VM',
        name: 'web',
        count: 1,
        centerId: centers.find((c: { code: string }) => c.code === centerCode).id,
        localMode: 'SINGLE',
        remoteMode: 'NONE',
        vm: {
          offerId: offer.id,
          imageId: image.id,
          zone: 'GOVERNMENT_EXTRANET',
          storageTier: 'SSD',
          diskGib: 100,
        },
      },
    ],
  };
}

export async function createDraft(client: ConsoleClient, content: ContentInput, idempotencyKey = newId()) {
  const { createRequestDraft } = await client.data(CREATE, { input: { idempotencyKey, content } });
  return createRequestDraft;
}

export async function act(
  client: ConsoleClient,
  name: string,
  request: { id: string; version: number },
  opinion: string | null = '同意',
  idempotencyKey = newId(),
) {
  const data = await client.data(actMutation(name), {
    input: { id: request.id, expectedVersion: request.version, opinion, idempotencyKey },
  });
  return data[name];
}

/** Whoever of the center decides the steps of the standard chain, in its order. */
export const CENTERS_STEPS = ['acceptance', 'reviewer', 'allocator'] as const;

/** The center's steps, each by the person of the demonstration whose it is: the request after the last. */
export async function approveToEnd(
  signIn: (username: string) => Promise<ConsoleClient>,
  request: { id: string; version: number },
  opinion = '同意',
) {
  let current = request;
  for (const username of CENTERS_STEPS) {
    const answer = await act(await signIn(username), 'approveRequest', current, opinion);
    if (!answer.request) throw new Error(`${username} was refused: ${JSON.stringify(answer.errors)}`);
    current = answer.request;
  }
  return current;
}
