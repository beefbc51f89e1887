import { uuidOf } from '../kernel/node-id.js';
import type { LineContent, RequestContent } from './domain/content.js';
import type { RequestLineInput } from './request-lines.graphql.js';
import type { RequestContentInput } from './requests.graphql.js';

/** What the form says, with ids where the texts are some. */
export function toContent(input: RequestContentInput): RequestContent {
  return {
    systemId: uuidOf('System', input.systemId),
    projectId: uuidOf('Project', input.projectId),
    purpose: input.purpose,
    temporaryUntil: input.temporaryUntil ?? null,
    lines: input.lines.map(toLineContent),
  };
}

export function toLineContent(line: RequestLineInput): LineContent {
  const { kind, name, count, vm, server, cabinet, service } = line;
  return {
    kind,
    name,
    count,
    centerId: line.centerId ? uuidOf('Center', line.centerId) : null,
    localMode: line.localMode ?? null,
    remoteMode: line.remoteMode ?? null,
    vm: vm ? { ...vm, offerId: uuidOf('Offer', vm.offerId), imageId: uuidOf('Image', vm.imageId) } : null,
    server: server ? { offerId: uuidOf('ServerOffer', server.offerId) } : null,
    cabinet: cabinet ? { ...cabinet, offerId: uuidOf('CabinetOffer', cabinet.offerId) } : null,
    service: service ? { ...service, offerId: uuidOf('ServiceOffer', service.offerId) } : null,
    relations: (line.relations ?? []).map(({ kind: how, line: other, scope }) => ({ kind: how, line: other, scope })),
  };
}
