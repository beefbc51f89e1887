/** Of a fence that keeps a whole center's nodes out, whosever machines run there. */
export const WHOLE_CENTER = '00000000-0000-0000-0000-000000000000';
