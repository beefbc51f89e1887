import type { TFunction } from 'i18next';
import { yuanOfFen } from '../../../lib/money';
import { dayBefore } from './spend-words';

export type AgreedTerms = {
  ceiling: string;
  advanceLimit: string;
  to: string;
  services: readonly { name: string; unit: string; unitPrice: string }[];
};

/** "0.500000" → "0.50": at least two decimals, and never fewer than the price has. */
export function plainPrice(text: string): string {
  const [yuan = '0', decimals = ''] = text.split('.');
  return `${yuan}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** What a supplement changes, one sentence for each thing; what stays as it was is not said. */
export function changedTerms(t: TFunction, before: AgreedTerms, after: AgreedTerms): string[] {
  const said: string[] = [];
  const say = (what: string, from: string, to: string) =>
    from !== to && said.push(t('supplement.changes', { what, from, to }));
  say(t('contract.ceiling'), yuanOfFen(before.ceiling), yuanOfFen(after.ceiling));
  say(t('contract.lastDay'), dayBefore(before.to), dayBefore(after.to));
  say(t('contract.advanceLimit'), yuanOfFen(before.advanceLimit), yuanOfFen(after.advanceLimit));
  const was = new Map(before.services.map((service) => [service.name, service]));
  const is = new Set(after.services.map(({ name }) => name));
  const price = ({ unit, unitPrice }: AgreedTerms['services'][number]) => `${plainPrice(unitPrice)} / ${unit}`;
  for (const service of after.services) {
    const old = was.get(service.name);
    if (old) say(service.name, price(old), price(service));
    else said.push(t('supplement.adds', { name: service.name, price: price(service) }));
  }
  for (const { name } of before.services) if (!is.has(name)) said.push(t('supplement.drops', { name }));
  return said;
}
