/**
 * /simulation/faults, for administrators: GET tells what stands, POST adds one, DELETE takes all away. Any client
 * that holds the kubeconfig can ask: `kubectl create --raw /simulation/faults -f fault.json`.
 */
import { type Fault, type Faults, faultEffects } from '../faults.js';
import { at, isObject, type Json, type JsonObject } from '../json.js';
import { optionalBody } from './decode.js';
import type { ApiAnswer, ApiRequest } from './request.js';
import { badRequest, methodNotAllowed } from './status.js';

export const FAULTS_PATH = '/simulation/faults';

export function answerFaults(faults: Faults, request: ApiRequest): ApiAnswer {
  if (request.method === 'POST') faults.add(faultOf(optionalBody(request)));
  else if (request.method === 'DELETE') faults.clear();
  else if (request.method !== 'GET') throw methodNotAllowed();
  return {
    status: request.method === 'POST' ? 201 : 200,
    body: { kind: 'Faults', items: faults.standing() as unknown as Json },
  };
}

function faultOf(body: Json | undefined): Fault {
  const effect = faultEffects.find((each) => each === at(body, 'effect'));
  if (effect === undefined) throw badRequest(`effect is one of ${faultEffects.join(', ')}`);
  const given = at(body, 'match');
  const match: JsonObject = isObject(given) ? given : {};
  for (const [key, value] of Object.entries(match)) {
    if (!['verb', 'plural', 'name'].includes(key) || typeof value !== 'string')
      throw badRequest(`match.${key}: only verb, plural and name, each a text`);
  }
  return { effect, match, ...numberIn(body, 'times', 1), ...numberIn(body, 'ms', 0), ...numberIn(body, 'code', 500) };
}

function numberIn(body: Json | undefined, key: string, least: number): JsonObject & { times?: number } {
  const value = at(body, key);
  if (value === undefined || value === null) return {};
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
    throw badRequest(`${key} is a whole number, ${least} or more`);
  return { [key]: value };
}
