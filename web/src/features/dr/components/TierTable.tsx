import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import type { DrGroup } from '../dr.gql';
import { modeText } from '../dr-words';
import { DissolveDialog } from './DissolveDialog';
import { TierDialog } from './TierDialog';

export type Tier = DrGroup['tiers'][number];

const ROLES = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const;

/** Tier by tier: what stands in which center, who writes its data, and whose affair it is. */
export function TierTable({ tiers, mayEdit }: { tiers: DrGroup['tiers']; mayEdit: boolean }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ tier: Tier; act: 'EDIT' | 'DISSOLVE' } | null>(null);
  if (tiers.length === 0) return <p className="jy-quiet-text">{t('dr.noTiers')}</p>;
  return (
    <>
      <WideTable label={t('dr.tiers')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('dr.tier')}</th>
              {ROLES.map((role) => (
                <th key={role} scope="col">
                  {t(`center.role.${role}`)}
                </th>
              ))}
              <th scope="col">{t('dr.data')}</th>
              <th scope="col">{t('dr.party')}</th>
              {mayEdit && <th scope="col">{t('life.acts')}</th>}
            </tr>
          </thead>
          <tbody>
            {tiers.map((tier) => (
              <tr key={tier.id}>
                <th scope="row">
                  {tier.name}
                  <div className="jy-quiet-text">
                    {t(`dr.layer.${tier.layer}`)} · {modeText(t, tier.localMode, tier.remoteMode)} ·{' '}
                    {t(`dr.origin.${tier.origin}`)}
                  </div>
                </th>
                {ROLES.map((role) => (
                  <td key={role}>{standing(t, tier, role)}</td>
                ))}
                <td>
                  {tier.dataKind === 'STATELESS' ? t('dr.dataKind.STATELESS') : <Places tier={tier} />}
                  <div className="jy-quiet-text">{t(`dr.tierSource.${tier.source}`)}</div>
                </td>
                <td>
                  {t(`dr.parties.${tier.party}`)}
                  {tier.partyName && <div className="jy-quiet-text">{tier.partyName}</div>}
                </td>
                {mayEdit && (
                  <td>
                    <Button
                      size="small"
                      aria-label={`${t('dr.edit')} ${tier.name}`}
                      onClick={() => setAsked({ tier, act: 'EDIT' })}
                    >
                      {t('dr.edit')}
                    </Button>{' '}
                    {tier.origin === 'COMPOSED' && (
                      <Button
                        size="small"
                        aria-label={`${t('dr.dissolve')} ${tier.name}`}
                        onClick={() => setAsked({ tier, act: 'DISSOLVE' })}
                      >
                        {t('dr.dissolve')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      {asked?.act === 'EDIT' && <TierDialog tier={asked.tier} onClose={() => setAsked(null)} />}
      {asked?.act === 'DISSOLVE' && <DissolveDialog tier={asked.tier} onClose={() => setAsked(null)} />}
    </>
  );
}

function standing(t: TFunction, tier: Tier, role: (typeof ROLES)[number]): string {
  const here = tier.centers.find((center) => center.role === role);
  const parts = [
    here && here.running > 0 && t('dr.running', { n: count(here.running) }),
    here && here.standby > 0 && t('dr.standby', { n: count(here.standby) }),
    here && here.coming > 0 && t('dr.coming', { n: count(here.coming) }),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : '–';
}

function Places({ tier }: { tier: Tier }) {
  const { t } = useTranslation();
  return tier.dataSets.map(({ name, places }) => (
    <div key={name}>
      {places
        .toSorted((one, other) => ROLES.indexOf(one.center.role) - ROLES.indexOf(other.center.role))
        .map(({ center, role }) => (
          <div key={center.id} className="jy-dr-place">
            <CenterMark role={center.role} name={t(`dr.dataRole.${role}`)} />
          </div>
        ))}
    </div>
  ));
}
