/** Decides what somebody types to get to the console of a machine. */

export type ConsoleAccess = {
  /** Screen, keyboard and mouse, as if before it. */
  readonly vncCommand: string;
  /** Its serial port, as text. */
  readonly serialCommand: string;
  /** The same two at the cluster's API server, for whoever has another client. */
  readonly vncPath: string;
  readonly serialPath: string;
};

export function consoleAccess(machine: {
  readonly objectNamespace: string;
  readonly objectName: string;
}): ConsoleAccess {
  const { objectName, objectNamespace } = machine;
  const path = `/apis/subresources.kubevirt.io/v1/namespaces/${objectNamespace}/virtualmachineinstances/${objectName}`;
  return {
    vncCommand: `virtctl vnc ${objectName} --namespace ${objectNamespace}`,
    serialCommand: `virtctl console ${objectName} --namespace ${objectNamespace}`,
    vncPath: `${path}/vnc`,
    serialPath: `${path}/console`,
  };
}
