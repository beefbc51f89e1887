import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import type { ExportTokenRow } from '../exports.gql';
import { lookOf, tokenLooks } from './token-looks';

export type TokenRow = ResultOf<typeof ExportTokenRow>;

type Props = {
  tokens: readonly TokenRow[];
  /** Everybody's are shown: whose each is stands beside it. */
  ofMany: boolean;
  busy: boolean;
  onApprove: (token: TokenRow) => void;
  onRevoke: (token: TokenRow) => void;
};

/** What each key opens, until when, and when it was used last. */
export function TokenTable({ tokens, ofMany, busy, onApprove, onRevoke }: Props) {
  const { t } = useTranslation();
  return (
    <WideTable label={t('dataExport.tokens')}>
      <table className="jy-small-table jy-export-table">
        <thead>
          <tr>
            <th scope="col">{t('dataExport.purpose')}</th>
            {ofMany && <th scope="col">{t('dataExport.owner')}</th>}
            <th scope="col">{t('dataExport.opens')}</th>
            <th scope="col">{t('dataExport.state')}</th>
            <th scope="col">{t('dataExport.expiresAt')}</th>
            <th scope="col">{t('dataExport.lastUsed')}</th>
            <th scope="col">{t('dataExport.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id}>
              <th scope="row">
                {token.purpose}
                <div className="jy-quiet-text">
                  {t(`dataExport.kinds.${token.kind}`)} · <span className="jy-code">jyt_{token.publicId}…</span>
                </div>
              </th>
              {ofMany && <td>{token.owner}</td>}
              <td>
                {token.exports.map((name) => t(`dataExport.names.${name}`)).join(t('common.comma'))}
                <div className="jy-quiet-text">{token.department?.name ?? t('dataExport.allIRead')}</div>
              </td>
              <td>
                <StateTag look={tokenLooks[lookOf(token)]} word={t(`dataExport.states.${lookOf(token)}`)} />
                {(token.revokedBy ?? token.approvedBy) && (
                  <div className="jy-quiet-text">{token.revokedBy ?? token.approvedBy}</div>
                )}
              </td>
              <td>
                <Time at={token.expiresAt} />
              </td>
              <td>
                {token.lastUsedAt ? (
                  <>
                    <Time at={token.lastUsedAt} />
                    <div className="jy-quiet-text">
                      {t('dataExport.uses', { count: token.uses })} · {token.lastUsedAddress ?? '–'}
                    </div>
                  </>
                ) : (
                  t('dataExport.neverUsed')
                )}
              </td>
              <td>
                <div className="jy-row-actions">
                  {token.availableActions.includes('APPROVE') && (
                    <Button size="small" type="primary" disabled={busy} onClick={() => onApprove(token)}>
                      {t('dataExport.approve')}
                    </Button>
                  )}
                  {token.availableActions.includes('REVOKE') && (
                    <Button size="small" danger disabled={busy} onClick={() => onRevoke(token)}>
                      {t('dataExport.revoke')}
                    </Button>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
