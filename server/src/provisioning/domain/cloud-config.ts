/** Decides what cloud-init does at a first start: one account whose password must be changed at the first sign-in. */

export interface FirstAccount {
  readonly username: string;
  /** As /etc/shadow has it. */
  readonly passwordHash: string;
}

/** JSON is YAML: built as an object, no name or hash can be read as anything else. */
export function cloudConfig(hostname: string, { passwordHash, username }: FirstAccount, more: object = {}): string {
  const config = {
    hostname,
    users: [
      {
        name: username,
        shell: '/bin/bash',
        sudo: 'ALL=(ALL) ALL',
        lock_passwd: false,
        passwd: passwordHash,
      },
    ],
    ssh_pwauth: true,
    disable_root: true,
    runcmd: [['chage', '-d', '0', username]],
    ...more,
  };
  return `#cloud-config\n${JSON.stringify(config)}\n`;
}
