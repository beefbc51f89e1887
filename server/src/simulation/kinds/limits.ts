/** LimitRange: what one thing in a namespace may have at least and at most. */
import { qualifiedNameText } from '../api/metadata-check.js';
import { type JsonObject, type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import { parseQuantity } from '../quantity.js';
import { createdAtColumn } from './columns.js';
import { type FieldProblem, kindOf, nameColumn } from './kind.js';
import { list, map, object, quantity, string } from './schema.js';

export const limitRange = kindOf({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  shortNames: ['limits'],
  namespaced: true,
  fields: {
    spec: object({
      limits: list(
        object({
          type: string,
          max: map(quantity),
          min: map(quantity),
          default: map(quantity),
          defaultRequest: map(quantity),
          maxLimitRequestRatio: map(quantity),
        }),
      ),
    }),
  },
  columns: [nameColumn, createdAtColumn],
  zero: { spec: { limits: null } },
  defaults: withDefaults,
  validate: problemsOf,
});

/** SetDefaults_LimitRangeItem: of a container, what is not said follows from what is. */
function withDefaults(range: KubeObject): KubeObject {
  const limits = objectsAt(range, 'spec', 'limits').map((item): JsonObject => {
    if (item.type !== 'Container') return item;
    const defaults = { ...objectAt(item, 'max'), ...objectAt(item, 'default') };
    const requests = { ...objectAt(item, 'min'), ...defaults, ...objectAt(item, 'defaultRequest') };
    return {
      ...item,
      ...(Object.keys(defaults).length === 0 ? {} : { default: defaults }),
      ...(Object.keys(requests).length === 0 ? {} : { defaultRequest: requests }),
    };
  });
  return limits.length === 0 ? range : { ...range, spec: { ...objectAt(range, 'spec'), limits } };
}

/** pkg/apis/core/validation.ValidateLimitRange, pair by pair: lower, upper, which of them is blamed, and the words for it. */
const pairs: readonly (readonly [lower: Part, upper: Part, blamed: Part, value: Part, words: string])[] = [
  ['min', 'max', 'min', 'min', 'min value LOWER is greater than max value UPPER'],
  [
    'min',
    'defaultRequest',
    'defaultRequest',
    'defaultRequest',
    'min value LOWER is greater than default request value UPPER',
  ],
  [
    'defaultRequest',
    'max',
    'defaultRequest',
    'defaultRequest',
    'default request value LOWER is greater than max value UPPER',
  ],
  [
    'defaultRequest',
    'default',
    'defaultRequest',
    'defaultRequest',
    'default request value LOWER is greater than default limit value UPPER',
  ],
  ['min', 'default', 'default', 'min', 'min value LOWER is greater than default value UPPER'],
  ['default', 'max', 'default', 'max', 'default value LOWER is greater than max value UPPER'],
];
type Part = 'min' | 'max' | 'default' | 'defaultRequest';

function problemsOf(range: KubeObject): FieldProblem[] {
  return objectsAt(range, 'spec', 'limits').flatMap((item, index) => {
    const field = `spec.limits[${index}]`;
    const type = textAt(item, 'type') ?? '';
    const found: FieldProblem[] = type === '' ? unnamed(`${field}.type`) : [];
    const parts = ['max', 'min', 'default', 'defaultRequest'];
    const names = new Set(parts.flatMap((part) => Object.keys(objectAt(item, part) ?? {})));
    for (const name of [...names].sort()) {
      for (const [lower, upper, blamed, value, words] of pairs) {
        const [low, high] = [textAt(item, lower, name), textAt(item, upper, name)];
        if (low === undefined || high === undefined || (parseQuantity(low) ?? 0n) <= (parseQuantity(high) ?? 0n))
          continue;
        found.push({
          reason: 'FieldValueInvalid',
          field: `${field}.${blamed}[${name}]`,
          message: `Invalid value: "${value === lower ? low : high}": ${words.replace('LOWER', low).replace('UPPER', high)}`,
        });
      }
    }
    return found;
  });
}

function unnamed(field: string): FieldProblem[] {
  return ['name part must be non-empty', qualifiedNameText].map((why) => ({
    reason: 'FieldValueInvalid',
    field,
    message: `Invalid value: "": ${why}`,
  }));
}
