import { describe, expect, it } from '@jest/globals';
import { refusalOf, unreachable } from './kube-errors.js';

const NOW = new Date('2026-11-24T08:00:00Z');
const status = (code: number, message: string, over: object = {}) => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code, ...over },
});

// The messages are kube-apiserver 1.36's own.
describe('a refusal', () => {
  it.each([
    ['RETRYABLE', undefined, status(401, 'Unauthorized')],
    ['PERMANENT', 'FORBIDDEN', status(403, 'namespaces is forbidden: User "x" cannot list resource "namespaces"')],
    [
      'PERMANENT',
      'QUOTA',
      status(
        403,
        'secrets "b" is forbidden: exceeded quota: q, requested: secrets=1, used: secrets=1, limited: secrets=1',
      ),
    ],
    ['PERMANENT', 'QUOTA', status(403, 'pods "p" is forbidden: failed quota: q: must specify memory')],
    [
      'RETRYABLE',
      undefined,
      status(403, 'secrets "b" is forbidden: unable to create new content in namespace n', {
        details: { causes: [{ reason: 'NamespaceTerminating' }] },
      }),
    ],
    ['RETRYABLE', undefined, status(403, 'unable to create new content in namespace n because it is being terminated')],
    ['NOT_FOUND', undefined, status(404, 'namespaces "n" not found')],
    ['RETRYABLE', undefined, status(408, 'Request timeout')],
    ['CONFLICT', undefined, status(409, 'Apply failed with 1 conflict')],
    ['CONFLICT', undefined, status(409, 'the UID in the precondition does not match')],
    ['GONE', undefined, status(410, 'too old resource version: 1 (2)')],
    ['PERMANENT', 'INVALID', status(400, 'bad request')],
    ['PERMANENT', 'INVALID', status(415, 'the body of the request was in an unknown format')],
    ['PERMANENT', 'INVALID', status(422, 'VirtualMachine "a" is invalid')],
    ['RETRYABLE', undefined, status(429, 'too many requests')],
    [
      'PERMANENT',
      'SCHEMA',
      status(
        500,
        'failed to create typed patch object (n/a; kubevirt.io/v1, Kind=VirtualMachine): .spec.runStratgy: field not declared in schema',
      ),
    ],
    [
      'PERMANENT',
      'SCHEMA',
      status(
        500,
        'failed to create typed patch object (n/a): .spec.template.spec.domain.cpu.cores: expected numeric (int or float), got string',
      ),
    ],
    ['RETRYABLE', undefined, status(500, 'etcdserver: request timed out')],
    ['RETRYABLE', undefined, status(503, 'apiserver is shutting down')],
    ['RETRYABLE', undefined, { status: 502, body: '<html>Bad Gateway</html>' }],
    ['RETRYABLE', undefined, { status: 504, body: undefined }],
    ['PERMANENT', 'INVALID', { status: 302, body: '' }],
  ])('is %s (%s)', (failureClass, reason, answer) => {
    const failure = refusalOf('apply VirtualMachine n/a', answer, NOW);
    expect(failure.failureClass).toBe(failureClass);
    expect(failure.details.reason).toBe(reason);
    expect(failure.details.status).toBe(answer.status);
    expect(failure.message).toContain('apply VirtualMachine n/a');
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Tue, 24 Nov 2026 08:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 07:00:00 GMT', 0],
    ['86400', 30_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('with Retry-After "%s" asks for %s ms', (retryAfter, ms) => {
    const failure = refusalOf('x', { ...status(429, 'busy'), retryAfter }, NOW);
    expect(failure.details.retryAfterMs).toBe(ms);
  });

  it('does not repeat a proxy’s whole page', () => {
    expect(refusalOf('x', { status: 502, body: 'y'.repeat(10_000) }, NOW).message.length).toBeLessThan(600);
  });
});

describe('silence', () => {
  it('is UNREACHABLE and says what happened innermost', () => {
    const inner = Object.assign(new Error('connect 10.0.0.1:6443'), { code: 'ECONNREFUSED' });
    const failure = unreachable('probe', new TypeError('fetch failed', { cause: inner }));
    expect(failure.failureClass).toBe('UNREACHABLE');
    expect(failure.message).toBe('probe: ECONNREFUSED connect 10.0.0.1:6443');
  });
});
