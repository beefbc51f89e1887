import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Time } from '../../../ui/Time';
import type { PaperFields } from '../paper-fields.gql';
import { SealedScanTag } from './paper-states';

export type Papers = ResultOf<typeof PaperFields>;

/** Which version says what the paper would say now: what is sealed must bear its code. */
export function PaperVersion({ papers: { formNumber, checkCode } }: { papers: Papers }) {
  const { t } = useTranslation();
  return (
    <p className="jy-quiet-text">
      {formNumber === null ? t('papers.neverPrinted') : t('papers.version', { number: formNumber, code: checkCode })}
    </p>
  );
}

/** What was sealed of one paper, whether it still counts, and why it does not. */
export function SealedScans({ scans }: { scans: Papers['scans'] }) {
  const { t } = useTranslation();
  if (scans.length === 0) return null;
  return (
    <ul className="jy-scans" aria-label={t('papers.scans')}>
      {scans.map((scan) => (
        <Scan key={scan.id} scan={scan} />
      ))}
    </ul>
  );
}

function Scan({ scan }: { scan: Papers['scans'][number] }) {
  const { t } = useTranslation();
  return (
    <li className={scan.valid ? undefined : 'jy-scan-void'}>
      <div className="jy-scan-head">
        <SealedScanTag valid={scan.valid} />
        {scan.file ? (
          <a href={scan.file.url} download={scan.file.name}>
            {scan.file.name}
          </a>
        ) : null}
      </div>
      <p className="jy-quiet-text">
        {t('papers.scanOf', { number: scan.formNumber, name: scan.uploadedBy })} <Time at={scan.uploadedAt} />
      </p>
      {scan.voidReasons.length > 0 && (
        <p className="jy-scan-why">
          {t('papers.voidBecause')} {scan.voidReasons.join(t('papers.semicolon'))}
        </p>
      )}
    </li>
  );
}

/** Only what is not there is worth a line: who has it connected sees it work. */
export function Ports({ ports }: { ports: Papers['ports'] }) {
  const missing = ports.filter((port) => !port.configured);
  if (missing.length === 0) return null;
  return (
    <ul className="jy-ports jy-quiet-text">
      {missing.map((port) => (
        <li key={port.name}>{port.text}</li>
      ))}
    </ul>
  );
}
