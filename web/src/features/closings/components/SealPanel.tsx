import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { ResultOf } from '../../../graphql/tada';
import { Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { type ClosingParts, VerifyClosingMutation } from '../closings.gql';

type Closing = ResultOf<typeof ClosingParts>;

/** 封存: the hash under which everything stands, and whether it still comes out the same. */
export function SealPanel({ closing: { document, id } }: { closing: Closing }) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, verify] = useMutation(VerifyClosingMutation);
  if (!document) return null;
  const verified = data?.verifyClosing;
  return (
    <Panel
      title={t('closing.seal')}
      aside={
        <Button loading={fetching} onClick={() => void verify({ id })}>
          {t('closing.verify')}
        </Button>
      }
    >
      <Facts
        facts={[
          { label: 'SM3', value: <span className="jy-code jy-hash">{document.hash}</span>, wide: true },
          {
            label: t('closing.previousHash'),
            value: <span className="jy-code jy-hash">{document.previousHash ?? t('closing.firstOfBook')}</span>,
            wide: true,
          },
          { label: t('closing.closedAt'), value: <Time at={document.closedAt} /> },
          { label: t('closing.format'), value: <span className="jy-code">{document.format}</span> },
        ]}
      />
      <div aria-live="polite">
        {verified && (
          <p>
            <StateTag
              look={
                verified.whole
                  ? { tone: 'good', icon: CheckCircleOutlined }
                  : { tone: 'bad', icon: ExclamationCircleOutlined }
              }
              word={t(verified.whole ? 'closing.whole' : 'closing.broken', { count: verified.findings.length })}
            />{' '}
            {!verified.certified && <span className="jy-quiet-text">{t('closing.notCertified')}</span>}
          </p>
        )}
        {error && <p>{t('closing.notVerified')}</p>}
      </div>
    </Panel>
  );
}
