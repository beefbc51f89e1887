import { registerEnumType } from '@nestjs/graphql';
import { ORIGINS } from '../../kernel/origin.js';
import { enumOf } from './enum-of.js';

export const OriginEnum = enumOf(ORIGINS);
registerEnumType(OriginEnum, {
  name: 'Origin',
  description: 'How a use came into the books.',
  valuesMap: { INTAKE: { description: '期初: it ran before the console knew of it.' } },
});
