import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import type { ContractParts } from '../spend.gql';
import { periodText } from './contract-columns';
import { plainPrice } from './contract-terms';
import { shareText } from './spend-words';

type Contract = ResultOf<typeof ContractParts>;

/** What was agreed: period, services and their prices, centers, plan, assessment. */
export function ContractTerms({ contract }: { contract: Contract }) {
  const { t } = useTranslation();
  const { hands, supplier, shares, assessmentRules } = contract;
  const whole = shares.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <Panel title={t('contract.facts')}>
      <Facts
        facts={[
          {
            label: t('contract.supplier'),
            value: <Link to={routes.contractsOf(supplier.id)}>{supplier.name}</Link>,
          },
          { label: t('supplier.creditCode'), value: <span className="jy-code">{supplier.creditCode}</span> },
          { label: t('contract.kind'), value: t(`spend.kinds.${contract.kind}`) },
          { label: t('contract.period'), value: periodText(t, contract) },
          {
            label: t('contract.shares'),
            value:
              whole === 0
                ? t('contract.noShares')
                : shares
                    .filter(({ weight }) => weight > 0)
                    .map(({ center, weight }) => `${center.name} ${weight}/${whole}`)
                    .join('，'),
          },
          ...(contract.advance.limit === '0'
            ? []
            : [
                {
                  label: t('contract.advanceLimit'),
                  value: (
                    <>
                      <Money fen={contract.advance.limit} /> · {t('contract.advanceOut')}{' '}
                      <Money fen={contract.advance.outstanding} />
                    </>
                  ),
                },
              ]),
          {
            label: t('spend.enteredBy'),
            value: (
              <>
                {hands.enteredBy} <Time at={hands.enteredAt} exact />
              </>
            ),
          },
          {
            label: t('spend.decidedBy'),
            value: hands.decidedBy ? (
              <>
                {hands.decidedBy} <Time at={hands.decidedAt} exact />
              </>
            ) : (
              '–'
            ),
          },
          ...(contract.note ? [{ label: t('contract.note'), value: contract.note, wide: true }] : []),
        ]}
      />
      <h3 className="jy-spend-subhead">{t('contract.rule')}</h3>
      {assessmentRules.length === 0 && <p className="jy-quiet-text">{t('contract.noRule')}</p>}
      {assessmentRules.map(({ from, cap, contractCap, bands }) => (
        <div key={from}>
          <p className="jy-quiet-text">
            {t('contract.ruleLead', { from, cap: shareText(cap) })}
            {contractCap !== null && ` ${t('contract.ruleWhole', { cap: shareText(contractCap) })}`}
          </p>
          <ul className="jy-spend-bands">
            {bands.map(({ below, deduct }) => (
              <li key={below}>{t('contract.band', { below: shareText(below), deduct: shareText(deduct) })}</li>
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
}

/** Unit prices, and the payment plan with what was paid of it. */
export function ContractTables({ contract: { services, instalments } }: { contract: Contract }) {
  const { t } = useTranslation();
  return (
    <div className="jy-spend-pair">
      <Panel title={t('contract.services')}>
        {services.length === 0 ? (
          <p className="jy-quiet-text">{t('contract.noServices')}</p>
        ) : (
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('contract.service')}</th>
                <th scope="col">{t('contract.unit')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('contract.unitPrice')}
                </th>
              </tr>
            </thead>
            <tbody>
              {services.map(({ position, name, unit, unitPrice }) => (
                <tr key={position}>
                  <th scope="row">{name}</th>
                  <td>{unit}</td>
                  <td className="jy-cell-number">{plainPrice(unitPrice)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <Panel title={t('contract.plan')}>
        {instalments.length === 0 ? (
          <p className="jy-quiet-text">{t('contract.noPlan')}</p>
        ) : (
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('contract.position')}</th>
                <th scope="col">{t('contract.dueOn')}</th>
                <th scope="col">{t('contract.condition')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('spend.amount')}
                </th>
                <th scope="col" className="jy-cell-number">
                  {t('contract.planPaid')}
                </th>
              </tr>
            </thead>
            <tbody>
              {instalments.map(({ position, dueOn, condition, amount, paid }) => (
                <tr key={position}>
                  <th scope="row">{position}</th>
                  <td className="jy-number">{dueOn}</td>
                  <td>{condition}</td>
                  <td className="jy-cell-number">
                    <Money fen={amount} />
                  </td>
                  <td className="jy-cell-number">
                    <Money fen={paid} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </div>
  );
}
