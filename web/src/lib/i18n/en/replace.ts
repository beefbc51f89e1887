import type { replace as source } from '../zh-CN/replace.ts';

/** Granted machines that no node takes. */
export const replace = {
  replace: {
    title: 'Re-place tasks',
    lead: 'A granted machine that no node of its cluster has taken for 10 minutes is placed elsewhere by a person. Its claim is kept; the task ends by itself once the cluster finds a node.',
    tab: 'Re-place',
    stateOf: 'State',
    state: { OPEN: 'To be placed', PLACED: 'Placed elsewhere', SCHEDULED: 'Found a node', ENDED: 'Given back' },
    refusedBy: 'Where no node takes it',
    scheduler: 'What the scheduler says',
    since: 'Since',
    opened: 'Asked',
    outcome: 'Outcome',
    place: 'Place elsewhere',
    ask: 'Place {{name}} elsewhere',
    explain:
      'The machine ({{size}}) has to go into another pool. Pools are compared by the criteria of its submit; its claim moves with it, quota and cost stay.',
    chooseIn: 'Place in {{pool}}',
    poolMissing: 'Choose a pool',
    reasonMissing: 'Give a reason',
    noPools: 'There are no pools to compare',
    noPoolsText: 'There is no other pool of its architecture and zone that a cluster serves.',
    noneFits: 'No pool takes it now. Its claim is kept: add nodes, or look again later.',
    done: '{{name}} is placed elsewhere; it is made there once it has gone where it was',
    none: 'No re-place tasks',
    noneText: 'Every granted machine has found a node.',
    waiting: 'No node takes it; it waits for the center to place it elsewhere. Its claim is kept.',
    see: 'See the re-place task',
  },
} satisfies typeof source;
