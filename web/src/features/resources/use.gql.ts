import { graphql } from '../../graphql/tada';

/** What a machine used, with what follows from it. */
export const ResourceUseQuery = graphql(`
  query ResourceUse($id: ID!) {
    resource(id: $id) {
      id
      state
      management
      openChange { id code }
      reclaimCase { id code }
      use {
        state
        lastSampleAt
        windowDays
        seenDays
        cpuP95
        memoryP95
        idle { text figures { label value } }
      }
      useDays {
        day
        partial
        hours
        source
        cpu { p50 p95 max mean }
        memory { p50 p95 max mean }
        disk { p50 p95 max mean }
        diskRead { p95 }
        diskWrite { p95 }
        netIn { p95 }
        netOut { p95 }
      }
      sizeSuggestion { offerId vcpu memoryMib savedMonthly }
    }
  }
`);
