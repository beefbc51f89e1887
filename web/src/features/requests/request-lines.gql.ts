import { graphql } from '../../graphql/tada';

/** What is asked for, line by line, and of a change what becomes of each machine: a page of a request that may have a thousand. */
export const RequestLines = graphql(`
  fragment RequestLines on Request {
    id
    version
    linePage(first: $first, after: $linesAfter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
      id
      mayGiveBack
      mayOpenReclaim
      reclaimCaseId
      endedAt
      index
      name
      kind
      count
      beyondQuotaCount
      monthlyCost
      vm {
        zone
        storageTier
        diskGib
        offer { id code name vcpu memoryMib architecture domesticCpu accelerator acceleratorCount }
        image { id name }
      }
      server {
        offer { id name cores memoryMib disks accelerator acceleratorCount }
        image { id name }
      }
      cabinet { heightUnits powerW weightKg apart offer { id name zone } }
      service {
        offer { id name }
        answers { key value }
        definition { id unit }
      }
      serviceNow {
        count
        answers { key value }
        since
        times
        change { id code }
      }
      openChange { id code }
      localMode
      remoteMode
      fromLocalMode
      fromRemoteMode
      fromCount
      fromAnswers { key value }
      fromPlace { heightUnits powerW weightKg }
      fulfilledAt
      evidence
      changes {
        id
        what
        state
        doneAt
        from { vcpu memoryMib diskGib }
        to { vcpu memoryMib diskGib }
        fromMonthlyCost
        toMonthlyCost
        resource { id code name statusText center { id name role } }
      }
      center { id name role }
      shares {
        share
        count
        owed
        standing
        monthlyCost
        center { id name role }
      }
      drDebts { id share state due dueOn }
      placements { count pool { id code } }
      relations { kind line scope }
      checks { criterion text passed figures }
      candidates { fits taken score balance fragmentation locality headroom refusedBy pool { id code } }
      }
    }
  }
`);
