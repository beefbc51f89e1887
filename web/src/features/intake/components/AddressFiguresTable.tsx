import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AddressMatch } from '../../../graphql/enums';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { AddressReconciliationRow } from '../addresses.gql';
import { addressMatchLooks } from '../intake-look';

export type NetworkFigures = ResultOf<typeof AddressReconciliationRow>;

const FIGURES = ['claimed', 'seen', 'matched', 'twice', 'resting', 'otherHolder', 'unclaimed', 'notSeen'] as const;
const MATCH_OF = {
  twice: 'TWICE',
  resting: 'RESTING',
  otherHolder: 'OTHER_HOLDER',
  unclaimed: 'UNCLAIMED',
  notSeen: 'NOT_SEEN',
} as const satisfies Record<string, AddressMatch>;
type Difference = keyof typeof MATCH_OF;
const isDifference = (figure: string): figure is Difference => figure in MATCH_OF;
const differs = (row: NetworkFigures): boolean => FIGURES.some((figure) => isDifference(figure) && row[figure] > 0);

type Props = {
  rows: readonly FragmentOf<typeof AddressReconciliationRow>[];
  /** Narrows the list below to one figure of one network. */
  onShow: (networkId: string, match: AddressMatch) => void;
  /** null = the viewer may look and not prepare. */
  onTake: ((row: NetworkFigures) => void) | null;
};

/** 账 / 实 / 差异 by network; those that agree are counted, not listed, unless somebody wants to see them. */
export function AddressFiguresTable({ rows: masked, onShow, onTake }: Props) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const rows = readFragment(AddressReconciliationRow, masked);
  const differing = rows.filter(differs);
  const shown = all ? rows : differing;
  const agreeing = rows.length - differing.length;
  const sentence =
    rows.length === 0
      ? t('intake.noNetworks')
      : differing.length === 0
        ? t('intake.networksAllAgree')
        : t('intake.networksAgree', { networks: count(agreeing) });
  return (
    <Panel
      title={t('intake.byNetwork')}
      aside={
        agreeing > 0 && (
          <Button type="link" onClick={() => setAll(!all)}>
            {t(all ? 'intake.onlyDiffering' : 'intake.allNetworks')}
          </Button>
        )
      }
    >
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
        <section className="jy-scroll-x" aria-label={t('intake.byNetwork')} tabIndex={0}>
          <table className="jy-small-table jy-address-figures">
            <thead>
              <tr>
                <th scope="col">{t('intake.network')}</th>
                <th scope="col">{t('resource.center')}</th>
                {FIGURES.map((figure) => (
                  <th key={figure} scope="col" className="jy-cell-number">
                    {t(`intake.addressFigure.${figure}`)}
                  </th>
                ))}
                {onTake && <th scope="col" aria-label={t('intake.takeAddresses')} />}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.network.id}>
                  <th scope="row">
                    <Link className="jy-code" to={routes.network(row.network.id)}>
                      {row.network.code}
                    </Link>
                  </th>
                  <td>
                    <CenterMark role={row.network.center.role} name={row.network.center.name} />
                  </td>
                  {FIGURES.map((figure) => (
                    <td key={figure} className="jy-cell-number">
                      {row[figure] > 0 && isDifference(figure) ? (
                        <Button
                          type="link"
                          size="small"
                          aria-label={t('intake.showNetwork', {
                            network: row.network.code,
                            match: t(`intake.addressFigure.${figure}`),
                            count: row[figure],
                          })}
                          onClick={() => onShow(row.network.id, MATCH_OF[figure])}
                        >
                          {count(row[figure])}
                        </Button>
                      ) : (
                        <span className={row[figure] === 0 ? 'jy-quiet-text' : undefined}>{count(row[figure])}</span>
                      )}
                    </td>
                  ))}
                  {onTake && (
                    <td className="jy-cell-number">
                      {row.unclaimed > 0 && (
                        <Button
                          size="small"
                          aria-label={t('intake.takeAddressesIn', { network: row.network.code })}
                          onClick={() => onTake(row)}
                        >
                          {t('intake.takeAddresses')}
                        </Button>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {!all && <p className="jy-quiet-text">{sentence}</p>}
      {shown.length > 0 && (
        <dl className="jy-match-words">
          {Object.values(MATCH_OF).map((match) => (
            <div key={match}>
              <dt>
                <StateTag look={addressMatchLooks[match]} word={t(`intake.addressMatches.${match}`)} />
              </dt>
              <dd>{t(`intake.addressMatchText.${match}`)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
