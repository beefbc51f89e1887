import { uuidOf } from '../kernel/node-id.js';
import type { LineContent } from './domain/content.js';
import type { RequestLineInput } from './request-lines.graphql.js';

/** A line as the API takes it, with ids where the texts are some. */
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
    server: server
      ? {
          offerId: uuidOf('ServerOffer', server.offerId),
          // A text that is no id names nothing, and is told so.
          imageId: server.imageId ? (uuidOf('Image', server.imageId) ?? '') : null,
        }
      : null,
    cabinet: cabinet ? { ...cabinet, offerId: uuidOf('CabinetOffer', cabinet.offerId) } : null,
    service: service ? { ...service, offerId: uuidOf('ServiceOffer', service.offerId) } : null,
    relations: (line.relations ?? []).map(({ kind: how, line: other, scope }) => ({ kind: how, line: other, scope })),
  };
}
