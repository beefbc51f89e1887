import type { NoticeKind } from '../../graphql/enums';

// One row a kind: a kind that the server learns and the screen does not know fails the build here.
const known = { WORK_WAITING: true, WORK_MOVED: true, DEADLINE: true, CALL_OUT: true } satisfies Record<
  NoticeKind,
  true
>;

export const noticeKinds = Object.keys(known) as NoticeKind[];
