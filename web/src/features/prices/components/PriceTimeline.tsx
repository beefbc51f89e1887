import { CheckCircleOutlined, FieldTimeOutlined, StopOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../../ui/StateTag';
import type { PriceRow } from './price-columns';
import { amountText, plainPrice, reachText, termText, tierText } from './price-words';

const looks = {
  COMING: { tone: 'waiting', icon: FieldTimeOutlined },
  IN_FORCE: { tone: 'good', icon: CheckCircleOutlined },
  ENDED: { tone: 'quiet', icon: StopOutlined },
} as const;

type Version = PriceRow['versions'][number];
type Props = {
  item: PriceRow;
  /** null = the viewer may only look. */
  onEnd: ((version: Version) => void) | null;
  onWithdraw: ((version: Version) => void) | null;
};

/** Every price the item had, has and will have, reach by reach, with the gaps between them. */
export function PriceTimeline({ item, onEnd, onWithdraw }: Props) {
  const { t } = useTranslation();
  const reaches = new Map<string, Version[]>();
  for (const version of item.versions) {
    const reach = reachText(t, version);
    reaches.set(reach, [version, ...(reaches.get(reach) ?? [])]);
  }
  return (
    <>
      {item.gaps.map((gap) => (
        <p key={`${reachText(t, gap)} ${gap.from}`} className="jy-price-gap">
          <StateTag
            look={{ tone: 'bad', icon: WarningOutlined }}
            word={t('price.gap', { reach: reachText(t, gap), term: termText(t, gap) })}
          />
        </p>
      ))}
      {reaches.size === 0 && <p className="jy-quiet-text">{t('price.noVersions')}</p>}
      {[...reaches].map(([reach, versions]) => (
        <section key={reach} className="jy-price-reach" aria-label={reach}>
          <h3>{reach}</h3>
          <ol className="jy-price-versions">
            {versions.map((version) => (
              <li key={version.id} data-state={version.state}>
                <span className="jy-price-head">
                  <span className="jy-number jy-price-amount">{amountText(t, version)}</span>
                  <StateTag look={looks[version.state]} word={t(`price.versionState.${version.state}`)} />
                  {version.synthetic && <span className="jy-mark">{t('price.synthetic')}</span>}
                </span>
                {version.tiers.length > 0 && (
                  <ul className="jy-price-lines" aria-label={t('price.tiers')}>
                    {version.tiers.map((tier) => (
                      <li key={tier.number} className="jy-price-tier">
                        <span className="jy-quiet-text">{tierText(t, tier, item.unit)}</span>{' '}
                        <span className="jy-number">
                          {plainPrice(tier.unitPrice)} {t('price.yuan')}
                        </span>
                      </li>
                    ))}
                  </ul>
                )}
                <span className="jy-number">{termText(t, version)}</span>
                <span className="jy-quiet-text">{version.reason}</span>
                {version.state === 'IN_FORCE' && onEnd && (
                  <span>
                    <Button size="small" onClick={() => onEnd(version)}>
                      {t('price.end')}
                    </Button>
                  </span>
                )}
                {version.state === 'COMING' && onWithdraw && (
                  <span>
                    <Button size="small" onClick={() => onWithdraw(version)}>
                      {t('price.withdraw')}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
