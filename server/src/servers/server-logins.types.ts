/** How one gets into a server after one installation of it; without the password. */
export interface ServerLoginRow {
  readonly useId: string;
  readonly imageRound: number;
  readonly serverId: string;
  readonly requestCode: string | null;
  readonly askedById: string | null;
  readonly username: string;
  readonly passwordHash: string;
  readonly readyAt: Date | null;
  readonly revealedAt: Date | null;
  readonly revealedBy: string | null;
  readonly destroyedAt: Date | null;
}

export interface NewServerLogin
  extends Pick<ServerLoginRow, 'useId' | 'imageRound' | 'serverId' | 'requestCode' | 'askedById'> {
  readonly username: string;
  readonly passwordHash: string;
  readonly sealed: Buffer;
}
