import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/Panel';
import {
  type Chain,
  conditionWords,
  type Difference,
  differenceOf,
  type Edition,
  type Step,
  stepWords,
} from '../chain-words';

type Props = {
  edition: Edition;
  /** What the draft is compared with. */
  against: Edition | null;
};

/** An edition as it reads: rules in their order, and the chains that they choose from. */
export function EditionView({ edition, against }: Props) {
  const { t, i18n } = useTranslation();
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  return (
    <div>
      <Panel title={t('chains.rules')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
        <section className="jy-scroll-x" tabIndex={0} aria-label={t('chains.rules')}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('chains.ruleName')}</th>
                <th scope="col">{t('chains.condition')}</th>
                <th scope="col">{t('chains.takes')}</th>
                {against && <th scope="col">{t('chains.inForce')}</th>}
              </tr>
            </thead>
            <tbody>
              {edition.rules.map((rule, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the order.
                <tr key={index}>
                  <td>
                    {index + 1}. {rule.title[language]}
                  </td>
                  <td>{conditionWords(t, rule.condition)}</td>
                  <td>{edition.chains.find(({ key }) => key === rule.chainKey)?.title[language] ?? rule.chainKey}</td>
                  {against && (
                    <td>
                      <DifferenceWord difference={differenceOf(rule, against.rules[index])} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Panel>
      <Panel title={t('chains.title')}>
        {edition.chains.map((chain) => (
          <ChainView
            key={chain.key}
            chain={chain}
            against={against && (against.chains.find(({ key }) => key === chain.key) ?? undefined)}
            language={language}
          />
        ))}
      </Panel>
    </div>
  );
}

type ChainProps = { chain: Chain; against: Chain | null | undefined; language: 'zh' | 'en' };

function ChainView({ chain, against, language }: ChainProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={chain.title[language]}>
      <div className="jy-chain-head">
        <h3>{chain.title[language]}</h3>
        {against !== null && <DifferenceWord difference={differenceOf(chain, against)} />}
      </div>
      <ol className="jy-chain-steps">
        {chain.steps.map((step: Step) => (
          <li key={step.key}>
            <span className="jy-strong">{step.title[language]}</span>{' '}
            <span className="jy-quiet-text">{stepWords(t, step)}</span>
            {against && <StepDifference step={step} against={against} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A step that is as it was says nothing: there are many. */
function StepDifference({ step, against }: { step: Step; against: Chain }) {
  const difference = differenceOf(
    step,
    against.steps.find(({ key }) => key === step.key),
  );
  if (difference === 'same') return null;
  return (
    <>
      {' '}
      <DifferenceWord difference={difference} />
    </>
  );
}

function DifferenceWord({ difference }: { difference: Difference }) {
  const { t } = useTranslation();
  if (difference === 'same') return <span className="jy-quiet-text">{t('chains.same')}</span>;
  return <span className="jy-mark">{t(`chains.${difference}`)}</span>;
}
