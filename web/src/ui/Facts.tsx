import type { ReactNode } from 'react';

export type Fact = { label: string; value: ReactNode; wide?: boolean };

/** Names and values, two or three beside each other as the width allows. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="jy-facts">
      {facts.map((fact) => (
        <div key={fact.label} className={fact.wide ? 'jy-fact-wide' : undefined}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
