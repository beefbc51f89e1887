/** Opaque public ids: base64url of "Type:uuid". The type inside keeps an id of one kind from being taken for another. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Long enough for every type name we have; a longer text is no id of ours. */
const NODE_ID_LENGTH_MAX = 120;

export function toNodeId(type: string, uuid: string): string {
  return Buffer.from(`${type}:${uuid}`, 'utf8').toString('base64url');
}

export function parseNodeId(nodeId: string): { type: string; uuid: string } | undefined {
  if (nodeId.length > NODE_ID_LENGTH_MAX) return undefined;
  const text = Buffer.from(nodeId, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  const [type, uuid] = [text.slice(0, colon), text.slice(colon + 1)];
  if (!UUID.test(uuid) || toNodeId(type, uuid) !== nodeId) return undefined;
  return { type, uuid };
}

/** The uuid, when the id is one of the expected type; anything else is undefined and reads as "not found". */
export function uuidOf(type: string, nodeId: string): string | undefined {
  const parsed = parseNodeId(nodeId);
  return parsed?.type === type ? parsed.uuid : undefined;
}
