import { EditOutlined, FileSearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoLiveParty } from '../../../graphql/enums';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { OpenGoLiveFactsMutation } from '../acts.gql';
import { GoLiveParties } from '../golive.gql';
import { DecisionTag } from '../looks';
import { SignDialog } from './SignDialog';

type Signature = ResultOf<typeof GoLiveParties>['signatures'][number];

/** Each party's word on what was presented. Whoever signs has opened it: the press is on record. */
export function PartiesPanel({ golive: masked }: { golive: FragmentOf<typeof GoLiveParties> }) {
  const { t } = useTranslation();
  const golive = readFragment(GoLiveParties, masked);
  const notice = useNotice();
  const opening = useOutcome(OpenGoLiveFactsMutation);
  const [signing, setSigning] = useState<{ party: GoLiveParty; onPaper: boolean } | null>(null);
  const inRound = golive.signatures.filter((one) => one.round === golive.round);
  const before = golive.signatures.filter((one) => one.round < golive.round);
  // Back in its trial, what was said in the last round stands as what was said before.
  const isTrial = golive.state === 'TRIAL';
  const shown = isTrial ? [] : inRound;
  const earlier = isTrial ? golive.signatures : before;
  const open = async () => {
    const { errors } = await opening.send({ id: golive.id });
    notice(errors[0]?.message ?? t('goLive.factsAreOpen'), errors[0] ? 'reason' : undefined);
  };
  return (
    <Panel title={t('goLive.parties')}>
      {golive.checkCode && (
        <p className="jy-quiet-text">
          {t('goLive.round', { number: golive.round })} · {t('goLive.checkCode')}{' '}
          <span className="jy-code">{golive.checkCode}</span>
        </p>
      )}
      {golive.partiesToSign.length > 0 && !golive.factsOpened && (
        <div className="jy-banner jy-tone-waiting">
          <p>{t('goLive.openFirst')}</p>
          <Button
            type="primary"
            icon={<FileSearchOutlined aria-hidden />}
            loading={opening.busy}
            onClick={() => void open()}
          >
            {t('goLive.openFacts')}
          </Button>
        </div>
      )}
      {isTrial && <p className="jy-quiet-text">{t('goLive.partiesLater')}</p>}
      <ul className="jy-scans jy-golive-parties">
        {golive.parties.map((party) => {
          const signature = shown.find((one) => one.party === party);
          const may = golive.factsOpened ? golive.partiesToSign.find((one) => one.party === party) : undefined;
          return (
            <li key={party}>
              <div className="jy-scan-head">
                <span className="jy-strong">{t(`goLive.party.${party}`)}</span>
                {golive.state !== 'STOPPED' && !isTrial && <DecisionTag decision={signature?.decision ?? null} />}
                {may && (
                  <Button
                    size="small"
                    type={may.onPaper ? 'default' : 'primary'}
                    icon={<EditOutlined aria-hidden />}
                    onClick={() => setSigning(may)}
                  >
                    {t(may.onPaper ? 'goLive.enterPaper' : 'goLive.sign')}
                  </Button>
                )}
              </div>
              {signature && <Said signature={signature} />}
            </li>
          );
        })}
      </ul>
      {earlier.length > 0 && (
        <details>
          <summary>{t('goLive.earlier', { total: earlier.length })}</summary>
          <ul className="jy-scans">
            {earlier.map((signature) => (
              <li key={signature.id}>
                <div className="jy-scan-head">
                  <span className="jy-strong">{t(`goLive.party.${signature.party}`)}</span>
                  <DecisionTag decision={signature.decision} />
                  <span className="jy-quiet-text">{t('goLive.round', { number: signature.round })}</span>
                </div>
                <Said signature={signature} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {signing && <SignDialog golive={golive} {...signing} onClose={() => setSigning(null)} />}
    </Panel>
  );
}

function Said({ signature }: { signature: Signature }) {
  const { t } = useTranslation();
  const { organisation, enteredBy, file } = signature;
  return (
    <>
      <blockquote className="jy-opinion">{signature.opinion}</blockquote>
      <p className="jy-quiet-text">
        {signature.signerName}
        {organisation && `（${organisation}）`} <Time at={signature.at} exact />
        {enteredBy && ` · ${t('goLive.enteredBy', { name: enteredBy })}`}{' '}
        {file && (
          <a href={file.url} download={file.name}>
            {file.name}
          </a>
        )}
      </p>
    </>
  );
}
