import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count, gibOfMib } from '../../../lib/quantity';
import type { SimulatorPageQuery } from '../simulator.gql';
import type { WhatIfInput } from '../simulator-input';

/** What a row asks for, in one line: "第 2 行　20 台 4C16G · arm64 · 政务外网区". */
export function useLineWords(catalog: ResultOf<typeof SimulatorPageQuery>['catalog'] | undefined) {
  const { t } = useTranslation();
  return (line: WhatIfInput[number], at: number): string => {
    const said = (): string => {
      if ('vm' in line) {
        const { vcpu, memoryMib, architecture, zone, accelerator, acceleratorCount } = line.vm;
        const cards = accelerator === null ? [] : [`${accelerator} × ${count(acceleratorCount)}`];
        return [`${vcpu}C${gibOfMib(memoryMib)}G`, ...cards, t(`architecture.${architecture}`), t(`zone.${zone}`)].join(
          ' · ',
        );
      }
      if ('server' in line) return catalog?.serverOffers.find(({ id }) => id === line.server.offerId)?.name ?? '';
      if ('service' in line) return catalog?.services.find(({ id }) => id === line.service.offerId)?.name ?? '';
      const { heightUnits, powerW, weightKg, whole, apart, zone } = line.cabinet;
      const standing = whole ? 'WHOLE' : apart ? 'APART' : null;
      return [
        `${heightUnits} U`,
        `${count(powerW)} W`,
        `${count(weightKg)} kg`,
        ...(standing ? [t(`simulator.standing.${standing}`)] : []),
        t(`zone.${zone}`),
      ].join(' · ');
    };
    return t(`simulator.line.${line.kind}`, {
      row: at + 1,
      things: count(line.count),
      count: line.count,
      said: said(),
    });
  };
}
